import { isAtLeast, type Priority } from '../priority.ts';
import { NO_MESSAGE, titleOf } from '../title.ts';
import { codePointLength } from './code-points.ts';
import { cutEnd } from './cut.ts';
import { MAX_CONTENT_CHARS } from './limits.ts';
import { type Mentions, mentionsOf, noMentions } from './mentions.ts';
import type { MessageEntry, RenderOptions } from './render.ts';
import { cleanLine, escapeContent } from './text.ts';
import { formatCount, formatDuration } from './wording.ts';

/** How a priority looks where there is no colour. */
export const PRIORITY_SIGN: Readonly<Record<Priority, string>> = { P0: '🔴', P1: '🟠', P2: '🟡', P3: '🔵', DEV: '⚪' };

/** A lock screen shows two or three lines; the embed says the rest. */
const LINE_CHARS = 200;
const SERVICE_CHARS = 40;

/** True while an entry reports trouble: only then may it ping. */
export function isFiring({ incident, reason }: MessageEntry): boolean {
  return incident.state === 'firing' && reason !== 'resolved';
}

/** Whom a new message of these entries pings: nobody for what is over. */
export function mentionsFor(entries: readonly MessageEntry[], options: RenderOptions): Mentions {
  const firing = entries.filter(isFiring);
  return firing.length === 0
    ? noMentions()
    : mentionsOf(
        firing.map(({ incident }) => incident.priority),
        options.mentions,
      );
}

/** True when a new message of these entries makes no sound: nothing urgent in it is firing, and nobody is mentioned. */
export function isSilent(entries: readonly MessageEntry[], mentions: Mentions): boolean {
  return mentions.text === '' && !entries.some((entry) => isFiring(entry) && isAtLeast(entry.incident.priority, 'P1'));
}

/**
 * What a lock screen shows: one line per P0 and P1 (per entry, where somebody is mentioned), then the mention; undefined where
 * there is nothing to say. At most 2,000 code points, of which every line gets an equal part.
 */
export function contentOf(entries: readonly MessageEntry[], mentions: Mentions): string | undefined {
  const spoken = mentions.text === '' ? entries.filter(({ incident }) => isAtLeast(incident.priority, 'P1')) : entries;
  if (spoken.length === 0) return undefined;
  const room = MAX_CONTENT_CHARS - codePointLength(mentions.text) - 1;
  const lineChars = Math.min(LINE_CHARS, Math.floor(room / spoken.length) - 1);
  const lines = spoken.map((entry) => contentLine(entry, lineChars, spoken.length === 1));
  return lines.join('\n') + (mentions.text === '' ? '' : `${lines.length === 1 ? ' ' : '\n'}${mentions.text}`);
}

/**
 * `🔴 P0 checkout · TypeError: x is not a function ×3`; what is over: `✅ ~~checkout · TypeError: …~~ · resolved after 12 min`. At most
 * `maxChars` (no less than 100) code points.
 */
export function contentLine(entry: MessageEntry, maxChars: number, standsAlone: boolean): string {
  const { incident } = entry;
  const service = cutEnd(cleanLine((incident.alert.origin.service ?? '').slice(0, 4 * SERVICE_CHARS)), SERVICE_CHARS);
  const title = cleanLine(titleOf(incident.alert)) || NO_MESSAGE;
  const what = service === '' ? title : `${service} · ${title}`;
  const count = `${countSuffix(incident.count)}${delayedSuffix(entry)}`;
  if (isFiring(entry)) {
    const head = `${PRIORITY_SIGN[incident.priority]} ${incident.priority} `;
    return `${head}${fitEnd(what, maxChars - codePointLength(head) - count.length, standsAlone)}${count}`;
  }
  if (incident.state === 'quiet') {
    const tail = `${count}${quietSuffix(entry)}`;
    return `${fitEnd(what, maxChars - tail.length, standsAlone)}${tail}`;
  }
  const tail = `${count} · ${resolvedWords(entry)}`;
  return `✅ ~~${fitEnd(what, maxChars - tail.length - 6, false)}~~${tail}`;
}

/** ` ×12`, or nothing for a single occurrence. */
export function countSuffix(count: number): string {
  return count > 1 ? ` ×${formatCount(count)}` : '';
}

/** ` · delayed 12 min`, or nothing for what was shown at once. */
export function delayedSuffix({ delayedMs }: MessageEntry): string {
  return delayedMs === undefined ? '' : ` · delayed ${formatDuration(delayedMs)}`;
}

/** ` · quiet for 10 min`. */
export function quietSuffix({ incident }: MessageEntry): string {
  const quietMs = (incident.closedAtMs ?? incident.lastSeenMs) - incident.lastSeenMs;
  return quietMs > 0 ? ` · quiet for ${formatDuration(quietMs)}` : ' · quiet';
}

/** `resolved after 12 min`, or `resolved` where nothing is known of its beginning. */
export function resolvedWords({ incident }: MessageEntry): string {
  const durationMs = (incident.closedAtMs ?? incident.lastSeenMs) - incident.firstSeenMs;
  return durationMs >= 1_000 ? `resolved after ${formatDuration(durationMs)}` : 'resolved';
}

/** Escapes a line so that the result is at most `maxChars` long; the end is cut, because the beginning is what is seen. */
function fitEnd(line: string, maxChars: number, standsAlone: boolean): string {
  let chars = maxChars;
  let fitted = escapeContent(cutEnd(line, chars), standsAlone);
  while (codePointLength(fitted) > maxChars && chars > 0) {
    chars = Math.min(chars - 1, Math.floor((chars * maxChars) / codePointLength(fitted)));
    fitted = escapeContent(cutEnd(line, chars), standsAlone);
  }
  return fitted;
}
