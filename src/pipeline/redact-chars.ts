/** A set of ASCII characters, indexed by char code; everything from 128 on is outside. */
export type Alphabet = Uint8Array;

/** Builds an alphabet from the characters it holds. Ranges are written out by {@link range}. */
export function alphabet(characters: string): Alphabet {
  const set = new Uint8Array(128);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** Every character from `first` to `last`. */
export function range(first: string, last: string): string {
  let out = '';
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) out += String.fromCharCode(code);
  return out;
}

/** The name of an alphabet. */
export type AlphabetName =
  | 'hex'
  | 'digits'
  | 'upper'
  | 'alnum'
  | 'word'
  | 'dash'
  | 'dotted'
  | 'base64'
  | 'dollar'
  | 'crypt'
  | 'verifier';

/** The alphabets of tokens, by the name that a rule uses. */
export const ALPHABETS: Readonly<Record<AlphabetName, Alphabet>> = {
  hex: alphabet(range('0', '9') + range('a', 'f') + range('A', 'F')),
  digits: alphabet(range('0', '9')),
  /** Capitals and digits. */
  upper: alphabet(range('A', 'Z') + range('0', '9')),
  alnum: alphabet(range('A', 'Z') + range('a', 'z') + range('0', '9')),
  /** Letters, digits, `_`. */
  word: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}_`),
  /** Letters, digits, `_`, `-`: base64url. */
  dash: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}_-`),
  /** Letters, digits, `_`, `-`, `.`. */
  dotted: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}_-.`),
  /** Both base64 alphabets, with padding. */
  base64: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}+/=_-`),
  dollar: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}$`),
  verifier: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}./$=,+_:-`),
  /** Modular crypt format: `$2b$12$…`, `$argon2id$v=19$m=…`. */
  crypt: alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}./$=,+_-`),
};

const ALNUM = ALPHABETS.alnum;
const HEX = ALPHABETS.hex;

/** True for `A-Z a-z 0-9`. NaN, as `charCodeAt` gives beyond the end, is false. */
export function isAlnum(code: number): boolean {
  return ALNUM[code] === 1;
}

/** True for `0-9`. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True for a space, a tab or a space that does not break. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0;
}

/** True for whatever ends a word in a line of text: blanks, line ends, other Unicode spaces, and (as NaN) the end of the text. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x3000 ||
    Number.isNaN(code)
  );
}

/** The end of the run of `set` that begins at `from`. A percent-encoded `+`, `/` or `=` belongs to the run. */
export function runEnd(text: string, from: number, set: Alphabet, stop: number = text.length): number {
  let i = from;
  for (;;) {
    while (i < stop && set[text.charCodeAt(i)] === 1) i++;
    if (text.charCodeAt(i) !== 37) return i;
    const encoded = text.slice(i + 1, i + 3).toUpperCase();
    if (encoded !== '2B' && encoded !== '2F' && encoded !== '3D') return i;
    i += 3;
  }
}

/** The start of the run of `set` that ends before `to`, at most `maxChars` back; the end of an escape is no part of it. */
export function runStart(text: string, to: number, set: Alphabet, maxChars: number): number {
  let i = to;
  const stop = Math.max(0, to - maxChars);
  while (i > stop && set[text.charCodeAt(i - 1)] === 1) i--;
  // `%22`, `\n`, `\x22`, `\u0022`: their letters and digits look like the beginning of the run.
  const sign = text.charCodeAt(i - 1);
  if (sign !== 37 && sign !== 92) return i;
  for (let end = i + 1; end <= Math.min(to, i + 5); end++) if (endsEscape(text, end)) return end;
  return i;
}

/**
 * True where a token may begin: at the start, after anything but a letter or digit, and after an escape that is one character
 * to its reader though it ends in a letter or digit (`\n`, `\x22`, `\u0022`, `%22`). `_` is no letter: `x_AKIA…` is found.
 */
export function isTokenStart(text: string, at: number): boolean {
  const previous = text.charCodeAt(at - 1);
  if (!isAlnum(previous)) return true;
  return endsEscape(text, at);
}

function endsEscape(text: string, at: number): boolean {
  const c1 = text.charCodeAt(at - 1);
  const c2 = text.charCodeAt(at - 2);
  if (c2 === 92) return c1 === 110 || c1 === 114 || c1 === 116 || c1 === 98 || c1 === 102 || c1 === 118 || c1 === 48;
  if (HEX[c1] !== 1 || HEX[c2] !== 1) return false;
  const c3 = text.charCodeAt(at - 3);
  if (c3 === 37) return true;
  if (c3 === 120) return text.charCodeAt(at - 4) === 92;
  return (
    HEX[c3] === 1 &&
    HEX[text.charCodeAt(at - 4)] === 1 &&
    text.charCodeAt(at - 5) === 117 &&
    text.charCodeAt(at - 6) === 92
  );
}

/** True for `"`, `'` and the backtick. */
export function isQuoteCode(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/** True for what names are made of: letters of any script, digits, `_ - . $ @`. */
export function isNameCode(code: number): boolean {
  return (
    isAlnum(code) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code === 36 ||
    code === 64 ||
    (code > 127 && code !== 0xff1a && code !== 0xff1d && code < 0xe000 && !isSpace(code))
  );
}

const CUT = /[ \t]?(?:\u2026|\.{3}|\[(?:truncated|cut|snip|\u2026|\.{3}|\+?\d)|\((?:truncated|cut|\d)|<truncated)/iy;

/** True where a text says that it was cut: `…`, `...`, `[truncated 40 chars]`. */
export function endsInCut(text: string, at: number): boolean {
  CUT.lastIndex = at;
  return CUT.test(text);
}

/** Behind the letter of a `\\n`, `\\r` or `\\t` that is written out: it is no part of the name that follows it. */
export function behindEscape(text: string, start: number): number {
  return text.charCodeAt(start - 1) === 92 && 'nrt'.includes(text.charAt(start)) ? start + 1 : start;
}

/** True when a sticky pattern matches at a position; its `lastIndex` is behind the match then. */
export function matches(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
