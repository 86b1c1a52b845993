import { codePointLength, fitsIn, indexAfter, indexBeforeLast, isPairAt } from './code-points.ts';
import { formatCount } from './wording.ts';

/**
 * Shortens a text to at most `maxCodePoints` by taking out its middle: a third of the room goes to the head, the rest to the tail,
 * because the cause of an error is at the end. What was taken out is said in its place (`… 1,234 characters cut …`; where less
 * than about seventy characters are allowed, only `…`). Prefers ends of lines near the cut.
 *
 * Never splits a surrogate pair, a markdown escape (`\*`), or a `[REDACTED]` marker; does not split a combined character (an emoji
 * with its modifiers, a letter with its accents) unless that is longer than 32 code points. 0 or less gives the empty text.
 */
export function cutMiddle(text: string, maxCodePoints: number): string {
  if (fitsIn(text, maxCodePoints)) return text;
  if (maxCodePoints <= 0) return '';
  const total = codePointLength(text);
  const room = maxCodePoints - codePointLength(cutMarker(total)) - 2;
  if (room < MIN_KEPT_CHARS) return elideMiddle(text, maxCodePoints);

  const headRoom = Math.floor(room / 3);
  const headEnd = endOfHead(text, indexAfter(text, headRoom));
  const tailStart = startOfTail(text, indexBeforeLast(text, room - headRoom));
  const head = text.slice(0, headEnd);
  const tail = text.slice(tailStart);
  const marker = cutMarker(total - codePointLength(head) - codePointLength(tail));
  // The tail goes to a line of its own only when it began one: "# x" from the middle of a line must not become a heading.
  const before = head === '' ? '' : text[headEnd] === '\n' ? '\n' : ' ';
  const after = tail === '' ? '' : text[tailStart - 1] === '\n' ? '\n' : ' ';
  return `${head}${before}${marker}${after}${tail}`;
}

/** Shortens a text to at most `maxCodePoints` by taking off its end, which `…` stands for. Splits nothing that {@link cutMiddle} keeps whole. */
export function cutEnd(text: string, maxCodePoints: number): string {
  if (fitsIn(text, maxCodePoints)) return text;
  if (maxCodePoints <= 0) return '';
  const end = safeEnd(text, indexAfter(text, maxCodePoints - 1));
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A text made to fit, and whether anything was taken out. */
export interface FittedText {
  readonly text: string;
  readonly cut: boolean;
}

/**
 * Cuts `raw` in the middle until `transform(raw)` (cleaning, escaping) is at most `maxCodePoints` long. The cut is made before the
 * transformation, so the number it states counts characters of the original, and no megabyte is transformed for a page of text.
 */
export function fitMiddle(
  raw: string,
  maxCodePoints: number,
  transform: (text: string) => string,
  cut: (text: string, maxCodePoints: number) => string = cutMiddle,
): FittedText {
  if (maxCodePoints <= 0) return { text: '', cut: raw !== '' };
  // Cleaning can shorten a text (colour codes of a terminal), so a somewhat longer one gets its chance.
  if (raw.length <= 4 * maxCodePoints) {
    const whole = transform(raw);
    if (fitsIn(whole, maxCodePoints)) return { text: whole, cut: false };
  }
  let room = maxCodePoints;
  let fitted = transform(cut(raw, room));
  while (!fitsIn(fitted, maxCodePoints)) {
    // Escapes are spread evenly enough that this proportion is right within a step or two.
    room = Math.min(room - 1, Math.floor((room * maxCodePoints) / codePointLength(fitted)));
    fitted = transform(cut(raw, room));
  }
  return { text: fitted, cut: true };
}

/** Below this many characters to keep, a count of what is missing is not worth its room. */
const MIN_KEPT_CHARS = 40;

function cutMarker(count: number): string {
  return `… ${formatCount(count)} characters cut …`;
}

/** {@link cutMiddle} for a title: `…` stands for what was taken out, without a number. */
export function elideMiddle(text: string, maxCodePoints: number): string {
  if (fitsIn(text, maxCodePoints)) return text;
  if (maxCodePoints <= 0) return '';
  const headRoom = Math.floor((maxCodePoints - 1) / 3);
  const headEnd = safeEnd(text, indexAfter(text, headRoom));
  const tailStart = safeStart(text, indexBeforeLast(text, maxCodePoints - 1 - headRoom));
  return `${text.slice(0, headEnd)}…${text.slice(tailStart)}`;
}

function endOfHead(text: string, index: number): number {
  const end = safeEnd(text, index);
  const newline = text.lastIndexOf('\n', end);
  return newline > 0 && newline >= end - end / 4 ? safeEnd(text, newline) : end;
}

function startOfTail(text: string, index: number): number {
  const start = safeStart(text, index);
  const newline = text.indexOf('\n', start - 1);
  return newline >= 0 && newline + 1 - start <= (text.length - start) / 4 ? safeStart(text, newline + 1) : start;
}

function safeEnd(text: string, index: number): number {
  let end = index;
  for (let step = 0; step < MAX_JOINED_CODE_POINTS && end > 0 && isJoinedAt(text, end); step++) {
    end -= isPairAt(text, end - 2) ? 2 : 1;
  }
  if (isInsidePair(text, end)) end--;
  const marker = markerAround(text, end);
  if (marker !== undefined) end = marker.start;
  return isInsideEscape(text, end) ? end - 1 : end;
}

function safeStart(text: string, index: number): number {
  let start = index;
  for (let step = 0; step < MAX_JOINED_CODE_POINTS && start < text.length && isJoinedAt(text, start); step++) {
    start += isPairAt(text, start) ? 2 : 1;
  }
  if (isInsidePair(text, start)) start++;
  const marker = markerAround(text, start);
  if (marker !== undefined) start = marker.end;
  if (isInsideEscape(text, start)) start += isPairAt(text, start) ? 2 : 1;
  return start;
}

function isInsidePair(text: string, index: number): boolean {
  return index > 0 && isPairAt(text, index - 1);
}

function isInsideEscape(text: string, index: number): boolean {
  let backslashes = 0;
  while (backslashes < index && text.charCodeAt(index - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1 && index < text.length;
}

const MARKER_HEAD = '[REDACTED';
/** Longer than any `[REDACTED:kind]`. */
const MARKER_WINDOW = 64;

function markerAround(text: string, index: number): { readonly start: number; readonly end: number } | undefined {
  const start = text.lastIndexOf(MARKER_HEAD, index - 1);
  if (index <= 0 || start < 0 || start <= index - MARKER_WINDOW) return undefined;
  const close = text.slice(start, start + MARKER_WINDOW).indexOf(']');
  return close >= 0 && index <= start + close ? { start, end: start + close + 1 } : undefined;
}

/** Text that piles up more marks than this on one character is not read by anybody: it may be split. */
const MAX_JOINED_CODE_POINTS = 32;
const MAX_FLAGS = 512;
const JOINS_BEFORE = /^(?:\p{M}|\u200d|[\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007f}]|[\u1160-\u11ff])/u;
const REGIONAL_INDICATOR = /^[\u{1f1e6}-\u{1f1ff}]/u;

/** True when what stands before and behind `index` is one character to a reader (the part of UAX #29 that matters here). */
function isJoinedAt(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false;
  if (isInsidePair(text, index)) return true;
  const next = text.slice(index, index + 2);
  if (JOINS_BEFORE.test(next)) return text.charCodeAt(index - 1) !== 0x0a;
  if (text.charCodeAt(index - 1) === 0x200d) return true;
  if (text.charCodeAt(index - 1) === 0x0d) return text.charCodeAt(index) === 0x0a;
  return REGIONAL_INDICATOR.test(next) && flagsBefore(text, index) % 2 === 1;
}

function flagsBefore(text: string, index: number): number {
  let count = 0;
  // The parity of a longer row of flags is not looked for.
  for (let at = index - 2; at >= 0 && count < MAX_FLAGS; at -= 2) {
    if (!REGIONAL_INDICATOR.test(text.slice(at, at + 2))) break;
    count++;
  }
  return count;
}
