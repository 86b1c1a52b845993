import { dropReplicas } from './normalise-host.ts';
import { replaceTokens } from './normalise-tokens.ts';
import { replaceMarkers } from './redact-marker.ts';

/** The longest text that is looked at; of a longer one, the first and the last half of this many UTF-16 units. */
export const MAX_NORMALISED_CHARS = 8_192;
const HALF_CHARS = MAX_NORMALISED_CHARS / 2;
/** Of each half this much counts: ids of different lengths shift where a half was cut, and that end must not count. */
const KEPT_HALF_CHARS = HALF_CHARS / 2;

/**
 * What stays of a message when everything is gone that differs between two occurrences of the same trouble. Quantities become `*`:
 * numbers, sizes, durations, dates, UUIDs, hex and random ids, IP addresses, ports, e-mail addresses, query strings, users' values,
 * replicas of a host, redaction marks. What names the trouble stays: words, error codes (`ECONNREFUSED`, `E11000`, `SQLSTATE 42P01`,
 * `status code 502`, `exit code 137`), names of system things in quotes (`relation "users"`, `queue 'mail'`), paths, hosts. In doubt a
 * word stays: merging two causes is worse than splitting one. Linear in the text, of which at most {@link MAX_NORMALISED_CHARS} are read.
 */
export function normaliseMessage(message: string): string {
  const isLong = message.length > MAX_NORMALISED_CHARS;
  const head = normalisePiece(isLong ? message.slice(0, HALF_CHARS) : message);
  if (!isLong && head.length <= 2 * KEPT_HALF_CHARS) return head;
  const tail = isLong ? normalisePiece(message.slice(-HALF_CHARS)) : head;
  return `${head.slice(0, KEPT_HALF_CHARS)} … ${tail.slice(-KEPT_HALF_CHARS)}`;
}

/** {@link normaliseMessage} for a file path or a function name: ids and release numbers go, everything else stays. */
export function normalisePath(path: string): string {
  return replaceTokens(replaceMarkers(path.slice(-1_024), '*'), 'text', '');
}

function normalisePiece(text: string): string {
  const plain = dropReplicas(dropRows(dropPrinting(text)));
  return replaceTokens(plain, 'text', plain)
    .replace(PARAMETER, '*')
    .replace(LIST, '*')
    .replace(REPEATED, '$1')
    .replace(PLURAL, '* $1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What is about how a text was printed: colours, frames, marks, scripts' digits, kinds of blanks. */
function dropPrinting(text: string): string {
  return replaceMarkers(text.replace(ANSI, '').replace(STACK_LINES, ''), '*')
    .replace(OTHER_MARK, '*')
    .replace(DIGIT, plainDigit)
    .replace(BLANK, ' ')
    .replaceAll('\\"', '"');
}

const ANSI = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;
// A stack inside a message: the frames are compared apart from it.
const STACK_LINES = /\n[ \t]{1,16}at [^\n]*|\nRequire stack:(?:\n- [^\n]*)*/g;
/** What others leave who redact before us, and what clients mask by themselves. */
const OTHER_MARK = /\[(?:REDACTED|[Rr]edacted|withheld|[Ff]iltered|FILTERED)(?::[^\]\n]{0,80})?\]|\*{2,}/g;
const DIGIT = /(?![0-9])\p{Nd}/gu;
const BLANK = /[\u00a0\u2007\u2009\u202f]/g;

/** `٤`, `४`, `４` as `4`: the digits of a script follow each other in Unicode. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Rows, parameters and excerpts: data that an error quotes in a form that is known. */
function dropRows(text: string): string {
  return text
    .replace(FAILING_ROW, '$1*')
    .replace(KEY_VALUE_ROW, '$1=*')
    .replace(KEY_VALUE, '$1*')
    .replace(DUP_KEY, '$1*')
    .replace(SQL_VALUES, '$1 (*)')
    .replace(SQL_PARAMETERS, '$1*')
    .replace(JSON_EXCERPT, '$1* is not valid JSON')
    .replace(SOURCE_EXCERPT, '*')
    .replace(VALUE_KEY, '$1=*')
    .replace(ACCESS_LINE, '$1 $2 status $3');
}

// Details of PostgreSQL in any language: `Failing row contains (…)`, `Key (email)=(…)`.
// https://www.postgresql.org/docs/current/protocol-error-fields.html
const FAILING_ROW = /(Failing row contains )\([^\n]*/g;
const KEY_VALUE_ROW = /(\([^()\n]{1,200}\)) ?= ?\([^()\n]{0,2000}\)/g;
// SQL Server.
const KEY_VALUE = /(key value is )\([^\n]{0,300}?\)(?=\.|$)/g;
// MongoDB: the index, which is named, says of which fields.
const DUP_KEY = /(\bdup key: )\{[^\n]*/g;
// Statements with values instead of parameters; several rows count as one.
const SQL_TUPLE = `\\((?:[^()'\\n]|'[^'\\n]*'){0,2000}\\)`;
const SQL_VALUES = new RegExp(`\\b(values) ?${SQL_TUPLE}(?:, ?${SQL_TUPLE})*`, 'gi');
// SQLAlchemy, Drizzle.
const SQL_PARAMETERS = /(\[parameters: |\nparams: )[^\n]*/g;
// V8 and Jackson.
const JSON_EXCERPT = /(Unexpected token '[^\n]{1,2}', )[\s\S]{1,200}? is not valid JSON/g;
const SOURCE_EXCERPT = /\[Source: [^\n]{0,500}?; line: \d+, column: \d+\]/g;
const ACCESS_LINE =
  /"?\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S{1,2000}) (?:HTTP\/[\d.]{1,3}"? )?(?:-> |→ |- )?([1-5]\d\d)(?![\w.%])/g;
// A key whose value is somebody's or something's name, in lines of `key=value`.
const VALUE_KEY =
  /(?<![A-Za-z0-9])(user|user[_-]?name|login|customer|tenant|account|session|instance|pod|pid|[A-Za-z]{0,20}[_-]?id)=(?:"[^"\n]*"|[^\s,;&)\]}]+)/gi;

/** `$1` of PostgreSQL, `:1` of Oracle and an address with a port that says nothing. */
const PARAMETER = /\$\*|\[\*\](?=:)/g;
// How many there are of something does not count.
const LIST = /\*(?:[,;:/-]? ?\*)+/g;
const REPEATED = /(\(\*\)|\*:\d{2,5})(?:, ?\1)+/g;
const PLURAL = /\* ([A-Za-z]{2,19}[^\Wsui_0-9])s(?![A-Za-z])/g;
