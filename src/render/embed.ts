import { COLOR_GREEN, PRIORITY_COLOR } from '../priority.ts';
import { NO_MESSAGE, titleOf } from '../title.ts';
import { codePointLength } from './code-points.ts';
import { countSuffix, delayedSuffix, isFiring, quietSuffix, resolvedWords } from './content.ts';
import { cutEnd, elideMiddle, fitMiddle } from './cut.ts';
import { errorBlock, headOf } from './error-block.ts';
import { callerFields, callerFieldsLength, gridFields } from './fields.ts';
import {
  embedBudget,
  MAX_EMBED_DESCRIPTION_CHARS,
  MAX_EMBED_FIELDS,
  MAX_EMBED_TITLE_CHARS,
  MAX_FOOTER_CHARS,
} from './limits.ts';
import { type IncidentLink, isButtonUrl, linksOf, messageUrl, toMaskedLink } from './links.ts';
import type { MessageEntry, RenderOptions } from './render.ts';
import { cleanLine, cleanParagraphs, escapeInline, escapeMarkdown } from './text.ts';
import type { Embed } from './webhook-message.ts';
import { isoTime, reasonInWords, stateInWords } from './wording.ts';

/** An embed, and whether the full text has to be attached because something in it was cut. */
export interface IncidentEmbed {
  readonly embed: Embed;
  readonly cut: boolean;
}

/**
 * One incident as one of `embedCount` embeds, within its share of the 6,000 characters that a message has. What cannot be left out
 * is placed first (footer, title, when and where), then links, then what happened, and the caller's own fields as there is room:
 * they always get a third of what is left, and more where the error is short.
 */
export function incidentEmbed(entry: MessageEntry, embedCount: number, options: RenderOptions): IncidentEmbed {
  const { incident } = entry;
  const { alert } = incident;
  const budget = embedBudget(embedCount);

  const footer = footerOf(entry, options);
  const title = titleFor(entry, Math.min(MAX_EMBED_TITLE_CHARS, Math.floor(budget / 4)));
  const grid = gridFields(incident, Math.min(700, Math.floor(budget / 4)));
  const room = budget - codePointLength(footer) - codePointLength(title.text) - grid.chars;

  const wanted = callerFieldsLength(alert, room);
  const description = descriptionOf(
    entry,
    title.said,
    embedCount,
    Math.min(MAX_EMBED_DESCRIPTION_CHARS, Math.max(room - wanted, Math.ceil((room * 2) / 3))),
    options,
  );
  const caller = callerFields(alert, MAX_EMBED_FIELDS - grid.fields.length, room - codePointLength(description.text));

  const fields = [...caller.fields, ...grid.fields];
  return {
    embed: {
      title: title.text,
      ...(description.text === '' ? {} : { description: description.text }),
      color: colorOf(entry),
      ...(fields.length === 0 ? {} : { fields }),
      footer: { text: footer },
      timestamp: isoTime(incident.closedAtMs ?? incident.lastSeenMs),
    },
    cut: description.cut || caller.cut,
  };
}

function colorOf(entry: MessageEntry): number {
  const { incident } = entry;
  if (!isFiring(entry)) return COLOR_GREEN;
  if (incident.priority === 'P3' && incident.alert.outcome === 'success') return COLOR_GREEN;
  return PRIORITY_COLOR[incident.priority];
}

const ID_CHARS = 40;

/**
 * `k3f9a2 · still firing, repeated after 1 h · P1`, and how late it was shown: the priority in words for those who cannot tell the
 * colours apart.
 */
function footerOf(entry: MessageEntry, options: RenderOptions): string {
  const { incident, reason } = entry;
  const words = `${reasonInWords(reason, options.repeatIntervalMs?.[incident.priority], incident.escalatedBy)}${delayedSuffix(entry).replace(' ·', ',')}`;
  const since = reason === 'resolved' ? '' : stateInWords(incident.state);
  const id = cutEnd(cleanLine(incident.id.slice(0, 4 * ID_CHARS)), ID_CHARS);
  const parts = [id, since === '' ? words : `${words}, ${since}`, incident.priority];
  return cutEnd(parts.filter((part) => part !== '').join(' · '), MAX_FOOTER_CHARS);
}

interface EmbedTitle {
  readonly text: string;
  /** What the title says of the alert, unescaped; undefined where it had to be cut. */
  readonly said?: string;
}

function titleFor(entry: MessageEntry, maxChars: number): EmbedTitle {
  const { incident } = entry;
  const line = cleanLine(titleOf(incident.alert)) || NO_MESSAGE;
  const count = countSuffix(incident.count);
  let before = '';
  let after = count;
  if (!isFiring(entry)) {
    if (incident.state === 'quiet') {
      after = `${count}${quietSuffix(entry)}`;
    } else {
      before = '✅ ~~';
      after = `${count}~~ · ${resolvedWords(entry)}`;
    }
  }
  const room = maxChars - codePointLength(before) - codePointLength(after);
  // The title of an alert is bounded itself, so a count of what is missing would not be true here.
  const fitted = fitMiddle(line, room, escapeInline, elideMiddle);
  return { text: `${before}${fitted.text}${after}`, ...(fitted.cut ? {} : { said: line }) };
}

const SMALL_ROOM_CHARS = 300;

interface Description {
  readonly text: string;
  readonly cut: boolean;
}

function descriptionOf(
  entry: MessageEntry,
  said: string | undefined,
  embedCount: number,
  maxChars: number,
  options: RenderOptions,
): Description {
  const { alert } = entry.incident;
  // What happened keeps more than half, however long the links are.
  const linkRoom = Math.floor(maxChars * 0.4);
  const relation = relationLine(entry, linkRoom);
  const links = linksOf(alert, entry.incident.id, options.links).filter(
    (link) => embedCount > 1 || !isButtonUrl(link.url),
  );
  const linkLine = linksLine(links, linkRoom - relation.length);
  const fixed = [relation, linkLine].filter((line) => line !== '');
  let room = maxChars - fixed.reduce((sum, line) => sum + codePointLength(line) + 1, 0);

  const message = messageBeyond(entry, said);
  let cut = false;
  let errorText = '';
  if (alert.error !== undefined) {
    const head = headOf(alert.error);
    const isSaid = said !== undefined && head.length <= said.length && said.includes(cleanLine(head));
    // In a small room a frame is worth more than the rest of a long message, of which the title shows both ends.
    const isBegun = said === undefined && alert.title === undefined && room < SMALL_ROOM_CHARS;
    // The error goes first: a message beside it seldom says more. In a small room it gets what is left, else at least a third.
    const reserved = room < SMALL_ROOM_CHARS ? 0 : Math.min(Math.ceil(message.length * 1.2), Math.floor(room / 3));
    const block = errorBlock(alert.error, room - reserved, !isSaid && !isBegun);
    errorText = block.text;
    cut = block.cut || isBegun;
    room -= errorText === '' ? 0 : codePointLength(errorText) + 1;
  }
  const fittedMessage = fitMiddle(message, room, (text) => escapeMarkdown(cleanParagraphs(text)));
  const parts = [relation, fittedMessage.text, errorText, linkLine];
  return { text: parts.filter((part) => part !== '').join('\n'), cut: cut || fittedMessage.cut };
}

/** What the message says beyond the title; empty when that is nothing, or when the error's own block says it. */
function messageBeyond({ incident: { alert } }: MessageEntry, said: string | undefined): string {
  const { message, error } = alert;
  if (message.trim() === '') return '';
  if (said !== undefined && message.length <= 4 * said.length && said.includes(cleanLine(message))) return '';
  if (error === undefined) return message;
  // Many loggers make the message from the error, or print its whole stack into it.
  if (message === error.message || message === `${error.type}: ${error.message}`) return '';
  return error.stack !== undefined && error.stack !== '' ? message.replace(error.stack, () => '').trim() : message;
}

function relationLine({ previous, continuedIn }: MessageEntry, maxChars: number): string {
  const ref = continuedIn ?? previous;
  const url = ref === undefined ? undefined : messageUrl(ref);
  const line =
    url === undefined
      ? ''
      : continuedIn === undefined
        ? `Continues [the message before](${url}).`
        : `Continued in [a newer message](${url}).`;
  if (line !== '' && line.length <= maxChars) return line;
  return continuedIn === undefined ? '' : 'Continued in a newer message.';
}

/** Links beside each other, as many as fit; a link is never cut. */
function linksLine(links: readonly IncidentLink[], maxChars: number): string {
  let line = '';
  for (const link of links) {
    const longer = line === '' ? toMaskedLink(link) : `${line} · ${toMaskedLink(link)}`;
    if (longer.length <= maxChars) line = longer;
  }
  return line;
}
