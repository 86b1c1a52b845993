import { isDigit } from './redact-chars.ts';

/**
 * What one pass over a text tells all detectors: where something may begin that one of them wants to look at. A text that has none of it
 * costs that detector nothing. Everything here is a possibility only; whether it is so is for the detector to see.
 */
export interface Reading {
  /** The text, in one piece: one that was put together or cut out of another is read more slowly. */
  readonly text: string;
  /** Positions, in order, at which a literal of the group may begin: by its first three characters, in whatever case. */
  at(group: number): readonly number[];
  /** Positions, in order, at which something may be encoded: `%41`, `\u0041`, `&#65;`, forms that stand for ASCII. */
  readonly encoded: readonly number[];
  /** The characters of the text, and zeros behind them: read faster here, however the text was put together. */
  readonly codes: Uint16Array;
  /** Positions, in order, at which something may be that a reader does not see. */
  readonly hidden: readonly number[];
  /** Whether there is a letter of a literal that is not ASCII. Such literals stand in no group. */
  readonly isForeign: boolean;
}

/** What literals begin, by number: no more than 16 of them. */
export const GROUP = {
  names: 0,
  prefixes: 1,
  shapes: 2,
  schemes: 3,
  logins: 4,
  protocols: 5,
  columns: 6,
  rejected: 7,
  documents: 8,
  flags: 9,
  markers: 10,
  urls: 11,
  escapedUrls: 12,
} as const;

/** Reads a text. What it gave for the one before is no longer good then. */
export type TextReader = (text: string) => Reading;

/** A copy of this many characters is kept for the next text; a longer one is let go. */
const MAX_KEPT_CHARS = 65_536;

const GRAM = 3;
const CLASS_BITS = 5;
const CLASS_COUNT = 1 << CLASS_BITS;
const CLASS = CLASS_COUNT - 1;
const KEYS = CLASS_COUNT ** GRAM;
/** Worth a look at its neighbours. */
const IS_SPECIAL = 32;

/** So far ahead is looked for what makes an escape. */
const AHEAD = 8;

// Letters in either case and digits have classes; so have the marks that literals begin with. All others are alike.
const OTHER = 0;
const DIGIT = 27;
const TRAITS = new Uint8Array(128);
for (let code = 0; code < 128; code++) TRAITS[code] = traitsOf(String.fromCharCode(code));

function traitsOf(character: string): number {
  const letter = /[a-z]/i.test(character) ? character.toLowerCase().charCodeAt(0) - 96 : OTHER;
  const mark = '_-./'.indexOf(character);
  return (
    (letter || (/\d/.test(character) ? DIGIT : mark < 0 ? OTHER : DIGIT + 1 + mark)) |
    (/[%&\\[#\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(character) ? IS_SPECIAL : 0)
  );
}

const NONE: readonly number[] = [];

/** Compiles groups of literals of at least two characters. */
export function createTextReader(literals: Partial<Record<keyof typeof GROUP, readonly string[]>>): TextReader {
  const table = new Uint16Array(KEYS);
  const foreign = new Set<number>();
  for (const [name, group] of Object.entries(GROUP)) {
    for (const literal of literals[name as keyof typeof GROUP] ?? []) {
      const letters = Array.from(literal.toLowerCase() + literal.toUpperCase(), (letter) => letter.charCodeAt(0));
      const beyond = letters.filter((code) => code > 127);
      for (const code of beyond) foreign.add(code);
      if (beyond.length > 0) continue;
      for (const key of keysOf(literal)) table[key] = (table[key] as number) | (1 << group);
    }
  }
  let kept = scratchFor(0);
  return (text) => {
    const { length } = text;
    if (length > MAX_KEPT_CHARS) return read(text, scratchFor(length), table, foreign);
    if (length + AHEAD > kept.codes.length) kept = scratchFor(Math.min(2 * length, MAX_KEPT_CHARS));
    return read(text, kept, table, foreign);
  };
}

function read(text: string, scratch: Scratch, table: Uint16Array, foreign: ReadonlySet<number>): Reading {
  const { bytes, codes } = scratch;
  let { hits } = scratch;
  let hitsEnd = 0;
  const encoded: number[] = [];
  const hidden: number[] = [];
  const traits = TRAITS;
  let allGroups = 0;
  let isForeign = false;
  let isWide = false;
  let key = 0;
  const { length } = text;
  bytes.write(text, 'utf16le');
  for (let i = length; i < length + AHEAD; i++) codes[i] = OTHER;
  // The last characters are followed by nothing.
  for (let i = 0; i < length + GRAM - 1; i++) {
    const code = codes[i] as number;
    const own = code < 128 ? (traits[code] as number) : IS_SPECIAL;
    key = ((key << CLASS_BITS) | (own & CLASS)) & (KEYS - 1);
    const found = table[key] as number;
    if (found !== 0 && i >= GRAM - 1) {
      if (hitsEnd === hits.length) hits = scratch.hits = twiceAsLong(hits);
      hits[hitsEnd++] = i - GRAM + 1;
      hits[hitsEnd++] = found;
      allGroups |= found;
    }
    if (own >= IS_SPECIAL && i < length) {
      const meaning = meaningOf(codes, i, code);
      if ((meaning & ENCODED) !== 0) encoded.push(i);
      if ((meaning & HIDES) !== 0) hidden.push(i);
      if (code > 127 && foreign.has(code)) isForeign = true;
      if (code > 255) isWide = true;
    }
  }
  const asked: (readonly number[])[] = [];
  const at = (group: number): readonly number[] => {
    if ((allGroups & (1 << group)) === 0) return NONE;
    asked[group] ??= placesOf(hits, hitsEnd, 1 << group);
    return asked[group];
  };
  // A byte for each character is what most texts need, and what patterns run over fastest.
  const inOnePiece = isWide ? bytes.toString('utf16le', 0, 2 * length) : Buffer.from(text, 'latin1').toString('latin1');
  return { text: inOnePiece, at, encoded, codes, hidden, isForeign };
}

/** What a reading is written into. */
interface Scratch {
  readonly bytes: Buffer;
  /** The same memory by characters. */
  readonly codes: Uint16Array;
  /** In turn: where a literal may begin, and of which groups. */
  hits: Int32Array;
}

function scratchFor(length: number): Scratch {
  const bytes = Buffer.alloc(2 * (length + AHEAD));
  const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, length + AHEAD);
  return { bytes, codes, hits: new Int32Array(FIRST_HITS) };
}

const FIRST_HITS = 1_024;

function twiceAsLong(hits: Int32Array): Int32Array {
  const longer = new Int32Array(2 * hits.length);
  longer.set(hits);
  return longer;
}

function placesOf(hits: Int32Array, end: number, group: number): readonly number[] {
  let count = 0;
  for (let i = 1; i < end; i += 2) if (((hits[i] as number) & group) !== 0) count++;
  const places = new Array<number>(count);
  let next = 0;
  for (let i = 1; i < end; i += 2) if (((hits[i] as number) & group) !== 0) places[next++] = hits[i - 1] as number;
  return places;
}

/** Every key under which the beginning of a literal is looked up: one for three characters, one for each third of two. */
function keysOf(literal: string): readonly number[] {
  const [first = OTHER, second = OTHER, third] = Array.from(
    literal.slice(0, GRAM),
    (character) => (TRAITS[character.charCodeAt(0)] ?? OTHER) & CLASS,
  );
  const head = (first << (2 * CLASS_BITS)) | (second << CLASS_BITS);
  return third === undefined ? Array.from({ length: CLASS_COUNT }, (_, any) => head | any) : [head | third];
}

function isHex(code: number): boolean {
  return isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
}

const ENCODED = 1;
const HIDES = 2;

/** Marks and letters that make an escape of a backslash. */
const BEHIND_BACKSLASH = new Uint8Array(128);
for (const character of 'ux01/_*~.+=@:#!-') BEHIND_BACKSLASH[character.charCodeAt(0)] = ENCODED;

/** What may be at a special character: {@link ENCODED} what `viewOf` decodes, {@link HIDES} what `stripInvisible` takes out. */
function meaningOf(codes: Uint16Array, i: number, code: number): number {
  const next = codes[i + 1] as number;
  // A run of backslashes counts by its last one.
  if (code === 92)
    return next > 127 ? 0 : (BEHIND_BACKSLASH[next] as number) | (opensSequence(codes, i, next) ? HIDES : 0);
  if (code > 127) return (isEncodedForm(code) ? ENCODED : 0) | (isHiddenForeign(code) ? HIDES : 0);
  // `[31m`, and `^[[` by its second sign
  if (code === 91) return next === 91 || (isDigit(next) && endsColour(codes, i + 2)) ? HIDES : 0;
  if (code === 37) return isHex(next) ? ENCODED : 0;
  if (code === 38) return next === 35 || (next >= 97 && next <= 122) ? ENCODED : 0;
  // `#x1b[`
  if (code === 35) return next === 120 && codes[i + 2] === 49 ? HIDES : 0;
  return HIDES;
}

/** `\u001b[`, `\x1b[`, `\033[`, `\e[` */
function opensSequence(codes: Uint16Array, i: number, next: number): boolean {
  if (next === 117) return codes[i + 2] === 48 && codes[i + 3] === 48 && codes[i + 4] === 49;
  if (next === 120) return codes[i + 2] === 49;
  if (next === 48) return codes[i + 2] === 51 && codes[i + 3] === 51;
  return next === 101 && codes[i + 2] === 91;
}

/** `m` or `;` behind the one or two digits of a colour. */
function endsColour(codes: Uint16Array, i: number): boolean {
  const code = codes[isDigit(codes[i] as number) ? i + 1 : i];
  return code === 109 || code === 59;
}

// Of the ranges that the pattern of encoded forms has, and the letters that look like ASCII.
function isEncodedForm(code: number): boolean {
  if (code < 0x3bf) return false;
  if (code < 0x2100)
    return (
      code <= 0x501 &&
      '\u03bf\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0501'.includes(String.fromCharCode(code))
    );
  if (code < 0xe000) return code <= 0x214f || (code >= 0x2460 && code <= 0x24ff) || code === 0xd835;
  return (code >= 0xfe50 && code <= 0xfe6b) || (code >= 0xff01 && code <= 0xff5e);
}

// Of the ranges that the pattern of invisible characters has.
function isHiddenForeign(code: number): boolean {
  if (code < 0x300) return code < 0xa0 || code === 0xad;
  if (code < 0x200b)
    return '\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f'.includes(String.fromCharCode(code));
  if (code < 0xe000) return code <= 0x206f ? code <= 0x200f || code >= 0x202a : code === 0x3164 || code === 0xdb40;
  return code <= 0xf8ff || code >= 0xfdd0;
}
