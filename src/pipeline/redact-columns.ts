import { alphabet } from './redact-chars.ts';
import { quotedAt } from './redact-extent.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import { stemsIn } from './redact-named.ts';
import { GROUP } from './redact-reading.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/** Values whose name stands at the head of their column: `INSERT INTO t (a, password) VALUES (1, 'x')`, tables, CSV. */
export const COLUMN_RULE: RuleName = { id: 'column' };

/** Columns beyond this are not looked at. */
const MAX_COLUMNS = 64;
/** Rows below a header that are looked at. */
const MAX_ROWS = 200;
const MAX_HEADER_CHARS = 400;

const LISTS =
  /(?:insert\s{1,8}into\s[^()]{1,160}|\bkey\s|\bcopy\s[^()]{1,120})\(([^()]{3,1000})\)(?:\s{0,8}values\s{0,8}|=)(?=\()/iy;
/** What lists of columns begin with. */
export const COLUMN_LITERALS = [
  'insert',
  'key ',
  'copy ',
  'parameters',
  'params',
  'bindings',
  'args',
  'values',
] as const;
const TUPLE_GAP = /\s{0,8},\s{0,8}(?=\()/y;

/** Finds secrets by the name of their column. */
export const detectColumns: Detector = (text, report, reading) => {
  const stems = stemsIn(text, reading);
  if (stems.length === 0) return;
  let done = 0;
  let lists = 0;
  for (const at of reading.at(GROUP.columns)) {
    LISTS.lastIndex = at;
    const list = at < done ? null : LISTS.exec(text);
    if (list !== null) done = readList(text, (list[1] as string).split(','), LISTS.lastIndex, report);
    PARAMETERS.lastIndex = at;
    if (lists < MAX_LISTS && PARAMETERS.test(text)) {
      lists++;
      readParameters(text, at, PARAMETERS.lastIndex, report);
    }
  }
  if (text.includes('\n')) detectTables(text, reading.codes, stems, report);
};

/** The rows behind the names of their columns. Says where they end. */
function readList(text: string, names: readonly string[], open: number, report: Report): number {
  const words = wordsOf(names);
  if (words === undefined) return open;
  let at = open;
  for (let row = 0; row < MAX_ROWS; row++) {
    at = readTuple(text, at, words, report);
    TUPLE_GAP.lastIndex = at;
    if (!TUPLE_GAP.test(text)) break;
    at = TUPLE_GAP.lastIndex;
  }
  return at;
}

/** The list of parameters that is shown behind a query with placeholders. */
const PARAMETERS =
  /(?:parameters|params|bindings|args|values)\\{0,7}["']?\s?[:=]\s{0,2}(?=[[("'$]|[\w.@-]{1,80}\(String\))/iy;
const MAX_GAP_CHARS = 2_000;
/** A text with more lists than this was made to have them. */
const MAX_LISTS = 16;
/** `SET "password" = $1`, `WITH PASSWORD $1`: the name of a column beside the placeholder of its value. */
const BOUND = /([\w"`\].]{2,80})(?:\s{0,4}=\s{0,4}|\s{1,4})(?:\?|[$@:]p?\d{1,3}|%s)/g;

/** The values of a query whose text has the name of a secret, and nothing but a placeholder for its value. */
function readParameters(text: string, at: number, open: number, report: Report): void {
  const query = text.slice(Math.max(0, at - MAX_GAP_CHARS), at);
  if (!namesSecret(query)) return;
  const close = text.charCodeAt(open) === 91 ? text.indexOf(']', open) : -1;
  const end = close < 0 ? lineEnd(text, open) : close;
  for (let i = open; i < end; i++) {
    const quoted = /["'\\]/.test(text.charAt(i)) ? quotedAt(text, i) : undefined;
    if (quoted === undefined) continue;
    if (quoted.end > quoted.start && !isCovered(text, quoted.start, quoted.end))
      report(quoted.start, quoted.end, COLUMN_RULE);
    i = quoted.next - 1;
  }
  // MyBatis: `Parameters: bob(String), hunter2(String)`.
  for (const { index, 1: value = '' } of text.slice(open, end).matchAll(/([^\s,()]{3,256})\(String\)/g)) {
    if (!isCovered(text, open + index, open + index + value.length))
      report(open + index, open + index + value.length, COLUMN_RULE);
  }
}

function namesSecret(query: string): boolean {
  for (const [, name = ''] of query.matchAll(BOUND))
    if (sensitiveWordOf(name.replace(/["`\]]/g, '')) !== undefined) return true;
  const list =
    /insert\s{1,8}into\s[^()]{1,160}\(([^()]{3,1000})\)\s{0,8}values\s{0,8}\(\s?(?:\?|[$:@]\w{1,30}|%s|DEFAULT)/i.exec(
      query,
    )?.[1];
  return list !== undefined && wordsOf(list.split(',')) !== undefined;
}

/** By column the word that makes its name promise a secret, or undefined where none does. */
function wordsOf(names: readonly string[]): readonly (string | undefined)[] | undefined {
  if (names.length > MAX_COLUMNS) return undefined;
  const words = names.map((name) => sensitiveWordOf(name.replace(/["'`[\]\s|]/g, ' ').trim()));
  return words.some((word) => word !== undefined) ? words : undefined;
}

/** The values of one row in parentheses. Says where it ends. */
function readTuple(text: string, open: number, words: readonly (string | undefined)[], report: Report): number {
  let column = 0;
  let start = open + 1;
  for (let i = open + 1; i < text.length && column < MAX_COLUMNS; i++) {
    const mark = text.charAt(i);
    if (mark === "'" || mark === '"') {
      // A quote is written twice inside, or behind a backslash.
      for (i++; i < text.length && (text.charAt(i) !== mark || text.charAt(i + 1) === mark); i++) {
        if (text.charAt(i) === '\\' || text.charAt(i) === mark) i++;
      }
      continue;
    }
    if (mark !== ',' && mark !== ')') continue;
    reportCell(text, start, i, words[column], report);
    if (mark === ')') return i + 1;
    column++;
    start = i + 1;
  }
  reportCell(text, start, text.length, words[column], report);
  return text.length;
}

function reportCell(text: string, from: number, to: number, word: string | undefined, report: Report): void {
  if (word === undefined) return;
  let start = from;
  let end = to;
  while (start < end && ' \t\r"\'`|'.includes(text.charAt(start))) start++;
  while (end > start && ' \t\r"\'`|'.includes(text.charAt(end - 1))) end--;
  if (end - start < 3 || isCovered(text, start, end)) return;
  if (!isHarmlessValue(text.slice(start, Math.min(end, start + 520)), word)) report(start, end, COLUMN_RULE);
}

const DELIMITERS = ['|', '\u2502', '\t', ',', ';'] as const;
const NAME = /^[\s"'`|]*[\p{L}_@][\p{L}\p{N}_ .$-]{0,48}[\s"'`|]*$/u;
const RULER = /^[\s|+\-=:\u2500-\u257f]*$/;

function detectTables(text: string, codes: Uint16Array, stems: readonly number[], report: Report): void {
  let done = 0;
  for (const stem of stems) {
    if (stem < done) continue;
    let at = stem;
    while (at > 0 && stem - at <= MAX_HEADER_CHARS && MARKS[codes[at - 1] as number] !== 1) at--;
    let end = stem;
    while (end < text.length && end - at <= MAX_HEADER_CHARS && MARKS[codes[end] as number] !== 1) end++;
    const beginsLine = at === 0 || codes[at - 1] === LINE_END;
    const endsLine = end === text.length || codes[end] === LINE_END;
    if (beginsLine && endsLine) end = readTable(text, at, end, report) ?? end;
    // What ended the search ends it for all stems before it; a line that is too long is passed over.
    else if (end - at > MAX_HEADER_CHARS) end = lineEnd(text, stem);
    done = end + 1;
  }
}

const LINE_END = 10;
/** No name of a column has one of these. */
const MARKS = alphabet('\n(){}[]<>=:/\\%!?*&#^~+');

/** The table whose header is the line, or undefined when the line is none. Says where the table ends. */
function readTable(text: string, at: number, end: number, report: Report): number | undefined {
  const header = text.slice(at, end);
  for (const delimiter of DELIMITERS) {
    if (!header.includes(delimiter)) continue;
    const names = cellsOf(header, delimiter);
    if (names.length < 2 || !names.every(({ text: cell }) => NAME.test(cell))) continue;
    const words = wordsOf(names.map(({ text: cell }) => cell));
    if (words === undefined) return undefined;
    let from = end + 1;
    for (let row = 0; row < MAX_ROWS && from < text.length; row++) {
      const to = lineEnd(text, from);
      const line = text.slice(from, Math.min(to, from + 4_096));
      const cells = cellsOf(line, delimiter);
      if (!RULER.test(line)) {
        if (cells.length !== names.length) break;
        cells.forEach((cell, i) => {
          reportCell(text, from + cell.start, from + cell.start + cell.text.length, words[i], report);
        });
      }
      from = to + 1;
    }
    return from - 1;
  }
  return undefined;
}

function cellsOf(line: string, delimiter: string): { readonly text: string; readonly start: number }[] {
  // A frame at both sides is no cell.
  const framed = delimiter === '|' || delimiter === '\u2502';
  let start = 0;
  const cells: { text: string; start: number }[] = [];
  for (const part of line.split(delimiter)) {
    if (!(framed && part.trim() === '' && (start === 0 || start + part.length >= line.length - 1))) {
      cells.push({ text: part, start });
    }
    start += part.length + 1;
  }
  return cells;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
