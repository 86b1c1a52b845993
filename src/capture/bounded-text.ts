/** Room for the note that stands in the gap. */
const NOTE_CHARS = 64;
/** Under this length a text is not cut but left out: the cut edges would take it all. */
const MIN_CUT_CHARS = 8_192;

/**
 * The text itself up to `maxChars` UTF-16 units; a longer one loses its middle, because what broke stands at the start and why at
 * the end. This happens before redaction, which knows neither half a token nor a value whose name is gone, so both edges of the gap
 * move to where nothing of the kind can be (see {@link endOfHead} and {@link startOfTail}), however much that costs: a text without
 * a line to go on with has no end, one without a blank no beginning. The gap says how much is missing. Below 8,192 allowed characters
 * a text that is too long is left out as a whole.
 */
export function cutMiddle(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  if (maxChars < MIN_CUT_CHARS) return `[… ${grouped(text.length)} characters left out at capture …]`;
  const room = maxChars - NOTE_CHARS;
  const tail = startOfTail(text, text.length - (room >> 1));
  // Where there is no end, the beginning has all the room.
  const head = endOfHead(text, tail === text.length ? room : room >> 1);
  const note = `[… ${grouped(tail - head)} characters cut at capture …]`;
  return `${head === 0 ? '' : `${text.slice(0, head)}\n`}${note}${tail === text.length ? '' : `\n${text.slice(tail)}`}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Where the beginning of a text ends that is to have at most `maxChars` UTF-16 units: before the last blank or double quote. What is
 * cut there is a whole word, or a quoted value that lacks its end, which redaction takes to the end of the line.
 */
export function endOfHead(text: string, maxChars: number): number {
  for (let i = Math.min(maxChars, text.length); i > 0; i--) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) return i;
    if (code !== QUOTE) continue;
    // Of a quote that is escaped, nothing stays.
    while (i > 0 && text.charCodeAt(i - 1) === BACKSLASH) i--;
    return i;
  }
  return 0;
}

/**
 * Where the end of a text begins whose start before `from` is gone: at a line that speaks for itself. That is one without indentation
 * (what is indented belongs to a line above, which may have named it a password), and a frame of a stack; not an entry of a list, a
 * quoted text, or a line of a key. The length of the text where there is none.
 */
export function startOfTail(text: string, from: number): number {
  let at = from <= 0 ? 0 : text.indexOf('\n', from - 1) + 1;
  for (let isFirst = from <= 0; isFirst || at > 0; isFirst = false) {
    if (speaksForItself(text, at)) return afterOpenPem(text, at);
    at = text.indexOf('\n', at) + 1;
  }
  return text.length;
}

const FRAME = /[ \t]{1,64}(?:at |File ")/y;
// Base64 alone: PEM and PuTTY keys, whose first lines are gone.
const KEY_LINE = /[A-Za-z0-9+/]{16,}={0,2}[ \t\r]*(?:\n|$)/y;

function speaksForItself(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  if (isBlank(code)) {
    FRAME.lastIndex = at;
    return FRAME.test(text);
  }
  // `- entry`; `"…"`, `'…'`, `` `…` ``.
  if (code === 0x2d && isBlank(text.charCodeAt(at + 1))) return false;
  if (code === QUOTE || code === 0x27 || code === 0x60) return false;
  KEY_LINE.lastIndex = at;
  return !KEY_LINE.test(text);
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
