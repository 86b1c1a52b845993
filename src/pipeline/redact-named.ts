import { atDelimiter, atScope, atTag, type Delimiters } from './redact-assignments.ts';
import { alphabet, behindEscape, isNameCode } from './redact-chars.ts';
import { atPair } from './redact-pairs.ts';
import { atPhrase } from './redact-phrases.ts';
import { GROUP, type Reading } from './redact-reading.ts';
import type { Report } from './redact-span.ts';
import { promiseOf, STEMS } from './sensitive-keys.ts';

/** How far around a stem the name that it is part of is followed. */
const MAX_NAME_CHARS = 80;

// Besides what makes a name promise a secret: names of URL parameters, and SQL's `IDENTIFIED BY`.
const ALL_STEMS = [...STEMS, 'sig', 'sid(?==)', 'appid', 'ticket', 'hmac', 'saml', 'assertion', 'identified'];
const STEM = new RegExp(ALL_STEMS.join('|'), 'iy');
const FOREIGN_STEM = new RegExp(ALL_STEMS.filter((stem) => /[^\0-\x7f]/.test(stem)).join('|'), 'gi');

/** What the names of secrets are known by, in whatever case. */
export const NAME_LITERALS: readonly string[] = ALL_STEMS;

/** Where the stems may stand, in order. */
export function stemsIn(text: string, reading: Reading): readonly number[] {
  const places = reading.at(GROUP.names);
  if (!reading.isForeign) return places;
  const foreign = Array.from(text.matchAll(FOREIGN_STEM), ({ index }) => index);
  return foreign.length === 0 ? places : [...places, ...foreign].sort((a, b) => a - b);
}

// From the end of a name to its delimiter: the rest of a name of several words, its closing quotes and bracket, padding.
const TO_DELIMITER =
  /(?: [\w.-]{1,24}){0,2}\*{0,3}\]?\\*["'`]{0,3}\)?\]?[ \t]{0,40}(?:=>|[:?]=|={1,3}|:(?!\/\/)|>|\uff1a|\uff1d)/y;
const LEADS_TO_DELIMITER = alphabet(' \t*\\"\'`)]=:>');
const DELIMITER_CHARS = 3;

/**
 * Finds secrets by the name in front of them. Only where a stem of such a name stands is anything looked at: most texts have
 * none, and cost one search. From there the name is read to both sides, and what follows says how its value is written: behind a
 * delimiter, in a tag, as the second half of a pair, or announced by words.
 */
export function detectNamed(text: string, report: Report, reading: Reading, delimiters: Delimiters = 'all'): void {
  let done = 0;
  for (const at of stemsIn(text, reading)) {
    if (at < done) continue;
    STEM.lastIndex = at;
    if (!STEM.test(text)) continue;
    const hit = STEM.lastIndex;
    const end = nameEnd(reading.codes, hit);
    const start = nameStart(text, reading.codes, hit - 1);
    done = Math.max(end, atName(text, reading.codes, start, end, report, delimiters));
  }
}

function atName(
  text: string,
  codes: Uint16Array,
  start: number,
  end: number,
  report: Report,
  delimiters: Delimiters,
): number {
  // `<password>`, `<ns:password>`
  const open = text.charCodeAt(start - 1) === 58 ? nameStart(text, codes, start - 1) - 1 : start - 1;
  if (text.charCodeAt(open) === 60) {
    const behind = atTag(text, open, end, report);
    if (behind > end) return behind;
  }
  const next = text.charCodeAt(end);
  const scoped = next === 58 || next === 34 ? atScope(text, start, end, report) : end;
  if (scoped > end) return scoped;
  TO_DELIMITER.lastIndex = end;
  if ((next > 127 || LEADS_TO_DELIMITER[next] === 1) && TO_DELIMITER.test(text)) {
    const behind = TO_DELIMITER.lastIndex;
    const value = atDelimiter(text, delimiterBefore(text, behind), report, delimiters);
    if (value > behind) return value;
  }
  if (delimiters === 'equals') return end;
  const { word, mayEnd } = promiseOf(text.slice(start, end));
  const pair = word === undefined ? end : atPair(text, start, end, report);
  // A call is known by more names, `IDENTIFIED BY` by its own.
  const isAsked = word !== undefined || mayEnd || next === 40 || end - start === 10;
  return isAsked ? Math.max(pair, atPhrase(text, start, end, report)) : pair;
}

function delimiterBefore(text: string, behind: number): number {
  let at = behind - 1;
  while (behind - at < DELIMITER_CHARS && ':='.includes(text.charAt(at - 1))) at--;
  return at;
}

function nameStart(text: string, codes: Uint16Array, from: number): number {
  let start = from;
  const stop = Math.max(0, from - MAX_NAME_CHARS);
  while (start > stop && isNameCode(codes[start - 1] as number)) start--;
  return behindEscape(text, start);
}

function nameEnd(codes: Uint16Array, from: number): number {
  let end = from;
  const stop = from + MAX_NAME_CHARS;
  while (end < stop && isNameCode(codes[end] as number)) end++;
  return end;
}
