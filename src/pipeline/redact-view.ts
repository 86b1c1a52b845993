import { stripInvisible } from './redact-invisible.ts';
import { createTextReader } from './redact-reading.ts';

/**
 * A text as its reader would decode it, and the way back. Percent-encoding (`%41`), JavaScript and JSON escapes (`\u0041`, `\x41`,
 * with any number of backslashes before them), HTML entities, full-width and other compatibility forms of ASCII. Quotes and line
 * ends that are written with a backslash stay: the rules of names count those backslashes.
 */
export interface View {
  readonly text: string;
  /** The parts of the text in which something reads otherwise than in the source; the rest has been looked at there. */
  readonly windows: readonly (readonly [from: number, to: number])[];
  /** Where in the source the character at this position begins. */
  startOf(position: number): number;
  /** Where in the source the character before this position ends. */
  endOf(position: number): number;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  equals: '=',
  colon: ':',
  commat: '@',
  sol: '/',
  lowbar: '_',
  period: '.',
  hyphen: '-',
};

/** Marks that Markdown, JSON encoders and properties files write with a backslash before them. */
const MARKED = '/_*~.+=@:#!-';

// One alternative begins unlike the other, and every quantifier is bounded or followed by what it does not match.
// The last one: letterlike symbols, enclosed letters, small, full-width and mathematical forms (Unicode TR15, compatibility).
const ENCODED =
  /(?:%(?![A-Z_][A-Z0-9_]{2,60}%)(?:25){0,4}[0-9A-Fa-f]{2})+|(?<!\\)\\+(?:u(?:[0-9A-Fa-f]{4}|\{0{0,4}[0-9A-Fa-f]{1,6}\})|x[0-9A-Fa-f]{2}|[01][0-7]{2}|[/_*~.+=@:#!-])|&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[a-z]{2,6});|[\u2100-\u214f\u2460-\u24ff\ufe50-\ufe6b\uff01-\uff5e]|\ud835[\udc00-\udfff]|(?<=[A-Za-z])[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0501\u03bf]+|(?<![\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0501\u03bf])[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0501\u03bf]+(?=[A-Za-z])/y;

/** Letters of other scripts that look like ASCII, where they stand beside it. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '\u0430': 'a',
  '\u0435': 'e',
  '\u043e': 'o',
  '\u0440': 'p',
  '\u0441': 'c',
  '\u0443': 'y',
  '\u0445': 'x',
  '\u0456': 'i',
  '\u0455': 's',
  '\u0501': 'd',
  '\u03bf': 'o',
};

/** What is decoded at a time: the piece of the source, and what it says. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly source: number;
  readonly sourceEnd: number;
}

const readPlain = createTextReader({});

/**
 * The decoded text, or undefined when nothing in it is encoded. Linear in the text. `places`: where it may be, as a reading of the text
 * found it.
 */
export function viewOf(source: string, places: readonly number[] = readPlain(source).encoded): View | undefined {
  if (places.length === 0) return undefined;
  const pieces: Piece[] = [];
  const marks: number[] = [];
  let text = '';
  let done = 0;
  const add = (at: number, end: number, decoded: string): void => {
    // What a reader would not see splits no token here either.
    const visible = stripInvisible(decoded);
    text += source.slice(done, at);
    marks.push(text.length);
    // As long as what it stands for: places do not move.
    if (visible.length !== end - at)
      pieces.push({ from: text.length, to: text.length + visible.length, source: at, sourceEnd: end });
    text += visible;
    done = end;
  };
  let next = 0;
  for (const place of places) {
    if (place < next) continue;
    const at = backslashesBefore(source, place);
    ENCODED.lastIndex = at;
    const found = ENCODED.exec(source);
    if (found === null) continue;
    next = ENCODED.lastIndex;
    const [encoded] = found;
    if (encoded.startsWith('%')) decodePercent(encoded, at, add);
    else {
      const decoded = decodeOne(encoded);
      if (decoded !== undefined) add(at, at + encoded.length, decoded);
    }
  }
  if (done === 0) return undefined;
  text += source.slice(done);
  return {
    text,
    windows: windowsOf(text, marks),
    startOf: (position) => placeOf(pieces, position, 'source'),
    endOf: (position) => placeOf(pieces, position - 1, 'sourceEnd'),
  };
}

/** A run of backslashes begins with the first of them. */
function backslashesBefore(source: string, place: number): number {
  let at = place;
  if (source.charCodeAt(at) === 92) while (source.charCodeAt(at - 1) === 92) at--;
  return at;
}

/** Below this a text is looked at as a whole. */
const MIN_WINDOWED_CHARS = 768;

/** The lines in which something was decoded, with the line before and the line behind each. */
function windowsOf(text: string, marks: readonly number[]): readonly (readonly [from: number, to: number])[] {
  if (text.length < MIN_WINDOWED_CHARS) return [[0, text.length]];
  const windows: [number, number][] = [];
  for (const mark of marks) {
    const last = windows[windows.length - 1];
    if (last !== undefined && mark < last[1]) continue;
    const line = text.lastIndexOf('\n', mark - 1) + 1;
    const from = line < 2 ? 0 : text.lastIndexOf('\n', line - 2) + 1;
    const end = text.indexOf('\n', mark);
    const next = end < 0 ? -1 : text.indexOf('\n', end + 1);
    const to = next < 0 ? text.length : next;
    if (last !== undefined && from <= last[1]) last[1] = to;
    else windows.push([from, to]);
  }
  return windows;
}

/** Bytes of ASCII one by one, so that a secret can begin and end at each; what is longer in UTF-8 as a whole. */
function decodePercent(encoded: string, at: number, add: (at: number, end: number, decoded: string) => void): void {
  // Encoded several times: `%252541` is `%2541` is `%41` is `A`.
  if (/%25[0-9A-Fa-f]{2}/.test(encoded)) {
    for (const { index, 0: one } of encoded.matchAll(/%(?:25)*[0-9A-Fa-f]{2}/g)) {
      add(at + index, at + index + one.length, utf8(`%${one.slice(-2)}`));
    }
    return;
  }
  for (let i = 0; i < encoded.length; ) {
    let end = i;
    while (end < encoded.length && encoded.charCodeAt(end + 1) >= 56) end += 3;
    if (end === i) end += 3;
    add(at + i, at + end, utf8(encoded.slice(i, end)));
    i = end;
  }
}

function utf8(encoded: string): string {
  if (encoded.length === 3) return String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8');
}

function decodeOne(encoded: string): string | undefined {
  const first = encoded.charCodeAt(0);
  // &name; &#1; &#x1;
  if (first === 38) {
    if (encoded.charCodeAt(1) !== 35) return NAMED[encoded.slice(1, -1)];
    const isHex = (encoded.charCodeAt(2) | 32) === 120;
    return codePoint(encoded.slice(isHex ? 3 : 2, -1), isHex ? 16 : 10);
  }
  if (first === 92) {
    const last = encoded.charAt(encoded.length - 1);
    if (MARKED.includes(last)) return last;
    const digits = encoded.replace(/[\\ux{}]/g, '');
    return /[ux]/.test(encoded) ? codePoint(digits, 16) : codePoint(digits, 8);
  }
  if (LOOKALIKES[encoded.charAt(0)] !== undefined) {
    return Array.from(encoded, (letter) => LOOKALIKES[letter] ?? letter).join('');
  }
  return plainOf(encoded);
}

const plain = new Map<string, string | undefined>();

/** The ASCII that a compatibility form stands for, remembered: there are some thousand of them. */
function plainOf(form: string): string | undefined {
  if (plain.has(form)) return plain.get(form);
  const ascii = form.normalize('NFKC');
  const known = /^[!-~]+$/.test(ascii) ? ascii : undefined;
  plain.set(form, known);
  return known;
}

function codePoint(digits: string, radix: 8 | 10 | 16): string | undefined {
  const code = Number.parseInt(digits, radix);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

function placeOf(pieces: readonly Piece[], position: number, side: 'source' | 'sourceEnd'): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).from <= position) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low - 1];
  if (piece === undefined) return side === 'source' ? position : position + 1;
  if (position < piece.to) return piece[side];
  return piece.sourceEnd + position - piece.to + (side === 'source' ? 0 : 1);
}
