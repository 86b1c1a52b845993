import type { AlertError } from '../alert.ts';
import { NO_MESSAGE, titleOf } from '../title.ts';
import { codePointLength } from './code-points.ts';
import { cutMiddle } from './cut.ts';
import { headOf } from './error-block.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { linksOf } from './links.ts';
import type { MessageEntry, RenderOptions } from './render.ts';
import { cleanLine, cleanText } from './text.ts';
import type { AttachedText } from './webhook-message.ts';
import { formatCount, isoTime, reasonInWords } from './wording.ts';

/**
 * Everything that is known about these incidents, as one text file of at most 1 MiB of UTF-8, which they share evenly; what is
 * still longer is cut in the middle. The text has been redacted with the alert; markdown has no meaning in it.
 */
export function fullTextFile(entries: readonly MessageEntry[], options: RenderOptions): AttachedText {
  const bytesEach = Math.floor(MAX_FILE_BYTES / Math.max(1, entries.length)) - SEPARATOR.length;
  return {
    name: `${entries.length === 1 ? 'incident' : 'incidents'}-${fileNamePart(entries[0]?.incident.id ?? '')}.txt`,
    text: entries.map((entry) => fitBytes(fullText(entry, options), bytesEach)).join(SEPARATOR),
  };
}

const SEPARATOR = `\n${'='.repeat(80)}\n\n`;

function fileNamePart(id: string): string {
  return id.slice(0, 64).replace(/[^A-Za-z0-9_-]/g, '') || 'unnamed';
}

function fullText(entry: MessageEntry, options: RenderOptions): string {
  const { incident, reason } = entry;
  const { alert } = incident;
  const { origin } = alert;
  const lines: string[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`${cleanLine(name)}: ${cleanText(value)}`);
  };
  lines.push(cleanLine(titleOf(alert)) || NO_MESSAGE, '');
  add('incident', incident.id);
  add('priority', incident.priority);
  add('notice', `${reasonInWords(reason, options.repeatIntervalMs?.[incident.priority])} (${incident.state})`);
  add('occurrences', formatCount(incident.count));
  add('first seen', isoTime(incident.firstSeenMs));
  add('last seen', isoTime(incident.lastSeenMs));
  add('closed', incident.closedAtMs === undefined ? undefined : isoTime(incident.closedAtMs));
  add('service', origin.service);
  add('environment', origin.environment);
  add('version', origin.version);
  add('instance', origin.instance);
  add('logger', origin.logger);
  add('event', origin.event);
  add('trace id', alert.traceId);
  add('span id', alert.spanId);
  for (const { label, url } of linksOf(alert, incident.id, options.links)) add(label.toLowerCase(), url);
  for (const [name, value] of Object.entries(alert.fields ?? {})) add(name, value);
  if (alert.message !== '') lines.push('', cleanText(alert.message));
  for (let error = alert.error; error !== undefined; error = error.cause) {
    lines.push('', `${error === alert.error ? '' : 'Caused by: '}${errorText(error)}`);
  }
  const attributes = Object.entries(alert.attributes);
  if (attributes.length > 0) lines.push('', 'Attributes');
  for (const [name, value] of attributes) add(`  ${name}`, typeof value === 'string' ? value : JSON.stringify(value));
  return `${lines.join('\n')}\n`;
}

function errorText(error: AlertError): string {
  const head = cleanText(headOf(error));
  const stack = cleanText(error.stack ?? '').trim();
  // V8 begins a stack with type and message; the code is only in the head.
  if (stack.startsWith(head)) return stack;
  return stack === '' ? head : `${head}\n${stack}`;
}

function fitBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  const proportional = cutMiddle(text, Math.floor((codePointLength(text) * maxBytes) / bytes) - 64);
  // The proportion fails where long characters stand in what remains; four bytes each is the most there is.
  return Buffer.byteLength(proportional) <= maxBytes ? proportional : cutMiddle(text, Math.floor(maxBytes / 4) - 8);
}
