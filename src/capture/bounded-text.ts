/**
 * How far from a cut a blank is looked for, and what is given up where there is none, in UTF-16 units: longer than a JSON Web Token or
 * a cloud's session token, and in a long text an eighth of what is kept.
 */
const MIN_REACH = 2_048;
/** Room for the note that stands in the gap. */
const NOTE_CHARS = 64;
/** Under this length a text is not cut but left out: the cut edges would take it all. */
const MIN_CUT_CHARS = 4 * MIN_REACH;

/**
 * The text itself up to `maxChars` UTF-16 units; a longer one loses its middle, because what broke stands at the start and why at
 * the end. This happens before redaction, which does not know half a token: each edge of the gap moves to the next blank within reach
 * (2,048 characters, 16,380 at the longest text), and by that many where there is none; the end of a PEM block whose start is gone
 * goes too. The gap says how much is missing. Below 8,192 allowed characters a text that is too long is left out as a whole.
 */
export function cutMiddle(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  if (maxChars < MIN_CUT_CHARS) return `[… ${grouped(text.length)} characters left out at capture …]`;
  const half = (maxChars - NOTE_CHARS) >> 1;
  const reach = Math.max(MIN_REACH, half >> 3);
  const head = headEnd(text, half, reach);
  const tail = tailStart(text, text.length - half, reach);
  return `${text.slice(0, head)}\n[… ${grouped(tail - head)} characters cut at capture …]\n${text.slice(tail)}`;
}

function headEnd(text: string, from: number, reach: number): number {
  const stop = from - reach;
  for (let i = from; i > stop; i--) {
    if (isBlank(text.charCodeAt(i))) return i;
  }
  return isLowSurrogate(text.charCodeAt(stop)) ? stop - 1 : stop;
}

function tailStart(text: string, from: number, reach: number): number {
  const stop = Math.min(text.length, from + reach);
  let start = stop;
  // The character before the edge counts: a blank there means that the tail begins with a whole word.
  for (let i = from - 1; i < stop; i++) {
    if (isBlank(text.charCodeAt(i))) {
      start = i + 1;
      break;
    }
  }
  if (start === stop && isLowSurrogate(text.charCodeAt(stop))) start++;
  return afterOpenPem(text, start);
}

/** A key whose BEGIN line fell into the gap would be lines of base64 that no rule recognises. */
function afterOpenPem(text: string, start: number): number {
  const end = text.indexOf('-----END ', start);
  if (end < 0) return start;
  const begin = text.indexOf('-----BEGIN ', start);
  if (begin >= 0 && begin < end) return start;
  const close = text.indexOf('-----', end + 9);
  return close < 0 ? text.length : close + 5;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x2028 || code === 0x2029;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** `12,345`, whatever the locale. */
export function grouped(count: number): string {
  const digits = String(count);
  let out = '';
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % 3 === 0) out += ',';
    out += digits[i];
  }
  return out;
}
