import type { Alert, JsonValue } from '../alert.ts';
import type { Affected, Incident } from '../pipeline/incident.ts';
import { codePointLength } from './code-points.ts';
import { fitMiddle } from './cut.ts';
import { MAX_EMBED_FIELDS, MAX_FIELD_NAME_CHARS, MAX_FIELD_VALUE_CHARS } from './limits.ts';
import { cleanLine, cleanParagraphs, escapeInline, escapeMarkdown } from './text.ts';
import type { EmbedField } from './webhook-message.ts';
import { discordTime } from './wording.ts';

const NAME_CHARS = Math.min(80, MAX_FIELD_NAME_CHARS);
/** Below this, a value says too little for the room of its name. */
const MIN_VALUE_CHARS = 16;
/** A field must not be empty. */
const EMPTY = '–';

/** Fields, their length in code points, and whether anything of them had to be left out. */
export interface FieldList {
  readonly fields: readonly EmbedField[];
  readonly chars: number;
  readonly cut: boolean;
}

/**
 * Service, environment, first and last seen, instance and version, route or logger: those that are known, at most
 * six (two rows of three) and `maxChars` code points together, the first ones first. They are short by nature, so one that is not is
 * shortened without further notice.
 */
export function gridFields(incident: Incident, maxChars: number): FieldList {
  const { alert } = incident;
  const { service, environment } = alert.origin;
  const candidates: readonly (readonly [name: string, value: string | undefined, isMarkup?: boolean])[] = [
    ['Service', service],
    ['Environment', environment],
    ['First seen', discordTime(incident.firstSeenMs, 'R'), true],
    ['Last seen', discordTime(incident.lastSeenMs, 'R'), true],
    listField('Instances', incident.affected?.instances) ?? instanceField(alert),
    listField('Routes', incident.affected?.routes) ?? placeField(alert),
  ];
  const valueChars = Math.max(MIN_VALUE_CHARS * 2, Math.floor(maxChars / 8));
  const fields: EmbedField[] = [];
  let chars = 0;
  for (const [name, value, isMarkup = false] of candidates) {
    if (value === undefined) continue;
    const shown = isMarkup ? value : fitMiddle(value, valueChars, (text) => escapeInline(cleanLine(text))).text;
    const length = name.length + codePointLength(shown);
    if (shown === '' || chars + length > maxChars) continue;
    fields.push({ name, value: shown, inline: true });
    chars += length;
  }
  return { fields, chars, cut: false };
}

/** `3: pod-1, pod-2, pod-3`; undefined for fewer than two. */
function listField(name: string, affected: Affected | undefined): [name: string, value: string] | undefined {
  if (affected === undefined || affected.names.length < 2) return undefined;
  const { names, hasMore } = affected;
  return [name, `${names.length}${hasMore ? '+' : ''}: ${names.join(', ')}`];
}

function instanceField({ origin: { instance, version } }: Alert): [name: string, value: string | undefined] {
  if (instance !== undefined && version !== undefined) return ['Instance', `${instance} · ${version}`];
  return instance === undefined ? ['Version', version] : ['Instance', instance];
}

function placeField({ attributes, origin }: Alert): [name: string, value: string | undefined] {
  const route = textAttribute(attributes, 'http.route');
  if (route !== undefined) {
    const method = textAttribute(attributes, 'http.request.method');
    return ['Route', method === undefined ? route : `${method} ${route}`];
  }
  return origin.logger === undefined ? ['Event', origin.event] : ['Logger', origin.logger];
}

function textAttribute(attributes: Readonly<Record<string, JsonValue>>, key: string): string | undefined {
  const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Length of the caller's own fields if all of them were shown in full; counts no further than `enough`. */
export function callerFieldsLength(alert: Alert, enough: number): number {
  let chars = 0;
  for (const [name, value] of Object.entries(alert.fields ?? {})) {
    if (chars >= enough) return enough;
    // Escapes can make a text longer; a little room is better left than text cut.
    chars += Math.min(name.length, NAME_CHARS) + Math.min(Math.ceil(value.length * 1.2), MAX_FIELD_VALUE_CHARS) + 1;
  }
  return Math.min(chars, enough);
}

/** The fields that the caller wants to see, one below the other, in at most `maxFields` fields and `maxChars` code points. */
export function callerFields(alert: Alert, maxFields: number, maxChars: number): FieldList {
  const entries = Object.entries(alert.fields ?? {});
  const fields: EmbedField[] = [];
  let chars = 0;
  let cut = false;
  for (const [name, value] of entries) {
    const shownName = fitMiddle(name, NAME_CHARS, (text) => escapeInline(cleanLine(text)));
    const label = shownName.text || EMPTY;
    const room = Math.min(MAX_FIELD_VALUE_CHARS, maxChars - chars - codePointLength(label));
    if (fields.length >= Math.min(maxFields, MAX_EMBED_FIELDS) || room < Math.min(MIN_VALUE_CHARS, value.length + 1)) {
      cut = true;
      break;
    }
    const shown = fitMiddle(value, room, (text) => escapeMarkdown(cleanParagraphs(text)));
    const text = shown.text || EMPTY;
    cut ||= shown.cut || shownName.cut;
    fields.push({ name: label, value: text });
    chars += codePointLength(label) + codePointLength(text);
  }
  return { fields, chars, cut };
}
