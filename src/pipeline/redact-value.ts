import { isAlnum, isBlank, isQuoteCode, isSpace } from './redact-chars.ts';
import { isExpression, isHarmlessValue, isProse, THOUGHT_UP } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import { isCount } from './sensitive-keys.ts';

/** Where a value stands: `text[start, end)`. */
export interface Value {
  readonly start: number;
  readonly end: number;
  /** Quote to put around a marker that replaces a number or a list; see `Span.wrap`. */
  readonly wrap: string;
}

/** What is known of the name in front of a value. */
export interface NameContext {
  /** The word that makes the name sensitive; `cookie` and `authorization` have values of their own form. */
  readonly word: string;
  /** Where the name begins. */
  readonly start: number;
  /** The quote around the name, backslashes included, or ''. */
  readonly quote: string;
  /** What stands between name and value. `=` and `>` never begin a sentence, `:` and a flag's blank may. */
  readonly delimiter: ':' | '=' | '>' | ' ';
}

const QUOTES = '"\'`';
const AMPERSAND = 38;
const BACKSLASH = 92;
/** A quoted value: its inside, and where reading goes on. */
export interface Quoted {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly quote: string;
}

/**
 * The quoted text that begins at `at`, or undefined. Quotes may be escaped (JSON inside JSON): the closing one has as many
 * backslashes as the opening one, and whatever has more belongs to the text. Doubled (CSV) and tripled (Python) quotes count. A
 * text that was cut before its closing quote ends with the line.
 */
export function quotedAt(text: string, at: number): Quoted | undefined {
  let open = at;
  while (text.charCodeAt(open) === BACKSLASH) open++;
  const level = open - at;
  const code = text.charCodeAt(open);
  if (!isQuoteCode(code)) return undefined;
  let count = 1;
  while (level === 0 && count < 3 && text.charCodeAt(open + count) === code) count++;
  if (count === 2 && !isAlnum(text.charCodeAt(open + 2))) {
    return { start: open + 1, end: open + 1, next: open + 2, quote: text.charAt(open) };
  }
  const start = open + count;
  const quote = text.slice(at, start);
  for (let i = start; i < text.length; i++) {
    const current = text.charCodeAt(i);
    if (current === 10 && count < 3) return { start, end: i, next: i, quote };
    let run = i;
    while (text.charCodeAt(run) === BACKSLASH) run++;
    const backslashes = run - i;
    if (text.charCodeAt(run) !== code) {
      i = Math.max(i, run - 1);
      continue;
    }
    if (backslashes < level) return { start, end: i, next: run + 1, quote };
    if (backslashes % (2 * (level + 1)) === level) {
      let closing = 1;
      while (level === 0 && closing < count && text.charCodeAt(run + closing) === code) closing++;
      // SQL and CSV write a quote inside quotes twice.
      const doubled = count === 1 && level === 0 && text.charCodeAt(run + 1) === code;
      if (closing === count && !doubled) return { start, end: run - level, next: run + count, quote };
      i = run + (doubled ? 1 : closing - 1);
    } else {
      i = run;
    }
  }
  return { start, end: text.length, next: text.length, quote };
}

/**
 * The secret that stands at `at`, behind a name and its delimiter, or undefined when what stands there is no secret: nothing, a
 * marker, a placeholder, code, prose. Reads forward once; what it passes over without finding a secret is bounded.
 */
export function secretAt(text: string, at: number, name: NameContext): Value | undefined {
  let from = at;
  while (isBlank(text.charCodeAt(from))) from++;
  const code = text.charCodeAt(from);
  if (from >= text.length) return undefined;
  if (code === 10 || code === 13) return indentedBlock(text, from, name, false);
  if ((code === 124 || code === 62) && name.delimiter === ':') {
    const block = indentedBlock(text, from, name, true);
    if (block !== undefined) return block;
  }
  // String prefixes of Python and SQL: b'…', f"…", N'…'.
  const prefixed = isAlnum(code) && 'bBuUrRfFnN'.includes(text.charAt(from)) && isQuoteCode(text.charCodeAt(from + 1));
  const quoted = quotedAt(text, prefixed ? from + 1 : from);
  if (quoted !== undefined) return secretInQuotes(text, quoted, name);
  const wrapped = wrappedAt(text, from);
  if (wrapped !== undefined) return secretInQuotes(text, wrapped, name);
  if (code === 123 || code === 91) {
    const group = secretGroup(text, from, name);
    if (group !== 'bare') return group;
  }
  return bareSecret(text, from, name, from > at || name.delimiter === ' ');
}

// The value itself, as debuggers and languages print it: `Some("…")`, `SecretStr('…')`.
const WRAPPER =
  /(?:Some|Ok|Just|Secret|SecretStr|SecretString|Optional|String|string|Str|str|bytes|Bytes|Password|Token|atob|btoa|b64decode|Buffer\.from)\(/y;

function wrappedAt(text: string, at: number): Quoted | undefined {
  WRAPPER.lastIndex = at;
  return WRAPPER.test(text) ? quotedAt(text, WRAPPER.lastIndex) : undefined;
}

const SCHEME =
  /(?:bearer|basic|token|bot|apikey|api-key|negotiate|ntlm|digest|dpop|jwt|hawk|oauth|signature|aws4-hmac-sha256|sharedkey|sharedkeylite|googlelogin|vapid)[ \t]+/iy;
/** Schemes followed by a list of parameters rather than by one run of characters. */
const LIST_SCHEME = /^(?:digest|hawk|oauth|signature|aws4-|sharedkey|googlelogin|vapid)/i;

/** The end of the authentication scheme at `at`, blanks included, or `at`. It is kept: it helps, and is no secret. */
function afterScheme(text: string, at: number): number {
  SCHEME.lastIndex = at;
  return SCHEME.test(text) ? SCHEME.lastIndex : at;
}

function secretInQuotes(text: string, quoted: Quoted, name: NameContext): Value | undefined {
  const start = THOUGHT_UP.has(name.word) ? quoted.start : Math.min(afterScheme(text, quoted.start), quoted.end);
  const { end } = quoted;
  if (start >= end || isCovered(text, start, end)) return undefined;
  const value = text.slice(start, Math.min(end, start + 1024));
  if (isHarmlessValue(value, name.word)) return undefined;
  // A template literal is source code, which holds names and no values.
  if (quoted.quote.endsWith('`') && value.includes('${')) return undefined;
  return { start, end, wrap: '' };
}

/** Brackets hold data, not a word in brackets, when a quote, digit, bracket or line end comes first. */
const DATA_BEGINS = /[[{]\s*(?:\\*["'`]|[[{\d-]|\n|[A-Za-z_]\w{0,40}['"]?\s?:)/y;
/** The longest bracketed words, `[Bearer …]`, that are taken as a whole. */
const MAX_WORDS_CHARS = 256;
const EMPTY_GROUP = /(?:\[\s*\]|\{\s*\})/y;

function secretGroup(text: string, at: number, name: NameContext): Value | undefined | 'bare' {
  EMPTY_GROUP.lastIndex = at;
  if (EMPTY_GROUP.test(text)) return undefined;
  DATA_BEGINS.lastIndex = at;
  const isData = DATA_BEGINS.test(text);
  // What is no data must close soon, or the look for its end would be repeated for every bracket of a long text.
  const end = groupEnd(text, at, isData ? text.length : Math.min(text.length, at + MAX_WORDS_CHARS));
  if (end < 0) return isData ? { start: at, end: text.length, wrap: name.quote } : 'bare';
  if (isCovered(text, at + 1, end - 1) || isHarmlessValue(text.slice(at, Math.min(end, at + 1024)), name.word)) {
    return undefined;
  }
  return { start: at, end, wrap: name.quote };
}

/** The end of the bracketed group at `at`, brackets inside quotes not counted, or -1 when it is not closed before `stop`. */
function groupEnd(text: string, at: number, stop: number): number {
  let depth = 0;
  for (let i = at; i < stop; i++) {
    const code = text.charCodeAt(i);
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      if (--depth === 0) return i + 1;
    } else if (isQuoteCode(code) || code === BACKSLASH) {
      const quoted = isApostrophe(text, i) ? undefined : quotedAt(text, i);
      if (quoted !== undefined) i = quoted.next - 1;
    }
  }
  return -1;
}

// `don't` inside brackets opens no quote.
function isApostrophe(text: string, at: number): boolean {
  return text.charCodeAt(at) === 39 && isAlnum(text.charCodeAt(at - 1));
}

const NUMBER = /^-?\d{1,20}(?:\.\d{1,20})?$/;
const FINAL_PUNCTUATION = /[.,;:!)\]}>]{1,8}$/;
const BRACKETED_PLACEHOLDER =
  /(?:<[A-Za-z][A-Za-z _:/-]{0,60}>|\$\{[^{}\n]{0,120}\}|\$?\{\{[^{}\n]{0,120}\}\}|\$\([^()\n]{0,120}\)|[[(](?:redacted|filtered|hidden|masked|removed|none|empty)[\])])(?=[\s,;:.!?)\]}"'`&\\<]|$)/iy;

function bareSecret(text: string, at: number, name: NameContext, afterBlank: boolean): Value | undefined {
  BRACKETED_PLACEHOLDER.lastIndex = at;
  if (BRACKETED_PLACEHOLDER.test(text)) return undefined;
  if (name.word === 'cookie' || name.word === 'cookies') return bareCookie(text, at, name, afterBlank);
  if (name.word === 'authorization' || name.word === 'auth') {
    const credentials = bareAuthorization(text, at, name);
    if (credentials !== 'plain') return credentials;
  }
  // Before the end is looked for: what is passed over must be bounded, or many such names in one long run take square time.
  const mayBeProse = afterBlank && (name.delimiter === ':' || name.delimiter === ' ');
  if (mayBeProse && isProse(text, at, name.word)) return undefined;
  if (isExpression(text, at, afterBlank)) return undefined;
  const end = bareEnd(text, at);
  if (end === at || isCovered(text, at, end)) return undefined;
  const value = text.slice(at, Math.min(end, at + 1024));
  const trimmed = value.replace(FINAL_PUNCTUATION, '');
  if (isHarmlessValue(value, name.word) || isHarmlessValue(trimmed, name.word)) return undefined;
  if (NUMBER.test(trimmed)) {
    if (isCount(name.word, Number(trimmed))) return undefined;
    // Test runners count `pass: 10`.
    if (name.word === 'pass' && trimmed.length <= 3) return undefined;
    return { start: at, end: at + trimmed.length, wrap: name.quote };
  }
  if (name.word === 'passphrase' && beginsLine(text, name.start))
    return { start: at, end: lineEnd(text, at), wrap: '' };
  return { start: at, end, wrap: '' };
}

function bareAuthorization(text: string, at: number, name: NameContext): Value | undefined | 'plain' {
  const credentials = afterScheme(text, at);
  if (credentials === at) {
    // A scheme alone, its credentials missing.
    SCHEME_ALONE.lastIndex = at;
    return SCHEME_ALONE.test(text) ? undefined : 'plain';
  }
  const listed = LIST_SCHEME.test(text.slice(at, credentials));
  const credentialsEnd = listed ? headerEnd(text, credentials, name) : bareEnd(text, credentials);
  if (credentialsEnd === credentials || isCovered(text, credentials, credentialsEnd)) return undefined;
  if (isHarmlessValue(text.slice(credentials, Math.min(credentialsEnd, credentials + 1024)), name.word))
    return undefined;
  if (!listed && isProse(text, credentials, name.word)) return undefined;
  BRACKETED_PLACEHOLDER.lastIndex = credentials;
  if (BRACKETED_PLACEHOLDER.test(text)) return undefined;
  return { start: credentials, end: credentialsEnd, wrap: '' };
}

const SCHEME_ALONE = /(?:bearer|basic|token|bot|digest|negotiate|ntlm)(?=[.,;:!)\]}"'`\\\n\r]|$)/iy;

/** All cookies of the header: to the end of the line behind a colon, else as long as `;` joins them. */
function bareCookie(text: string, at: number, name: NameContext, afterBlank: boolean): Value | undefined {
  if (afterBlank && isProse(text, at, name.word)) return undefined;
  if (isExpression(text, at, afterBlank)) return undefined;
  let end = name.delimiter === ':' ? headerEnd(text, at, name) : bareEnd(text, at);
  while (name.delimiter !== ':' && text.charCodeAt(end) === 59 && text.charCodeAt(end + 1) === 32) {
    end = bareEnd(text, end + 2);
  }
  if (end === at || isCovered(text, at, end)) return undefined;
  return isHarmlessValue(text.slice(at, Math.min(end, at + 1024)), name.word)
    ? undefined
    : { start: at, end, wrap: '' };
}

/** The end of a header line: a line end, raw or written out, or the quote that encloses the header. */
function headerEnd(text: string, at: number, name: NameContext): number {
  const before = text.charAt(name.start - 1);
  const enclosing = before !== '' && QUOTES.includes(before) ? before : undefined;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
    if (code === BACKSLASH) {
      const run = backslashes(text, i);
      const next = text.charCodeAt(run);
      if (next === 110 || next === 114 || isQuoteCode(next)) return i;
      i = run - 1;
    } else if (isQuoteCode(code)) {
      if (text[i] === enclosing) return i;
      // `response="…"`: a parameter's own quotes.
      if (text.charCodeAt(i - 1) === 61) i = Math.max(i, (quotedAt(text, i)?.next ?? i) - 1);
      else if (enclosing === undefined && closesOuter(text, i + 1)) return i;
    }
  }
  return text.length;
}

function closesOuter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isSpace(code) || ',)]}'.includes(text.charAt(at));
}

function backslashes(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === BACKSLASH) i++;
  return i;
}

// What follows a separator when the next pair begins: `,host=`, `&user[name]=`, `; User Id=`, `&amp;x=`, `,"port":`.
const NEXT_PAIR =
  /(?:amp;)?\s{0,4}\\{0,3}["']?[A-Za-z_][\w.-]{0,40}(?:\[[\w.-]{0,40}\])?(?: [\w.-]{1,20}){0,2}\\{0,3}["']?\s{0,2}[=:]/y;

/**
 * The end of an unquoted value. Separators end it only where something follows that cannot belong to it: passwords hold commas,
 * ampersands and brackets, and a little too much taken is better than a tail left.
 */
export function bareEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) return i;
    switch (code) {
      case 34:
      case 39:
      case 96:
        if (!isAlnum(text.charCodeAt(i + 1))) return i;
        break;
      case BACKSLASH: {
        const run = backslashes(text, i);
        const next = text.charCodeAt(run);
        if (isQuoteCode(next) || next === 110 || next === 114 || next === 116) return i;
        i = run - 1;
        break;
      }
      case AMPERSAND:
      case 44:
      case 59:
      case 124:
        if (endsHere(text, i + 1) || beginsPair(text, i + 1)) return i;
        break;
      case 60:
        if (text.charCodeAt(i + 1) === 47 || text.charCodeAt(i + 1) === 33) return i;
        break;
      case 62:
        if (endsHere(text, i + 1) || text.charCodeAt(i + 1) === 60) return i;
        break;
      case 40:
      case 91:
      case 123:
        depth++;
        break;
      case 41:
      case 93:
      case 125:
        if (depth > 0) depth--;
        else if (endsHere(text, i + 1)) return i;
        break;
    }
  }
}

function endsHere(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return true;
  if (code === BACKSLASH) {
    const next = text.charCodeAt(backslashes(text, at));
    return isQuoteCode(next) || next === 110 || next === 114;
  }
  return ',;.:)]}>"\'`|&'.includes(text.charAt(at));
}

function beginsPair(text: string, at: number): boolean {
  NEXT_PAIR.lastIndex = at;
  return NEXT_PAIR.test(text);
}

function lineStart(text: string, at: number): number {
  // A name further into a line than this has no indentation that matters.
  const from = Math.max(0, at - 200);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

function beginsLine(text: string, at: number): boolean {
  return /^[\s"'-]*$/.test(text.slice(lineStart(text, at), at));
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function indentOf(text: string, start: number): number {
  let i = start;
  while (isBlank(text.charCodeAt(i))) i++;
  return i - start;
}

const BLOCK_HEADER = /[|>][+-]?\d?[+-]?[ \t]*(?=\r?\n)/y;

/** A YAML block scalar (`password: |`), or a list on the lines below the name: everything that is indented deeper than the name. */
function indentedBlock(text: string, at: number, name: NameContext, scalar: boolean): Value | undefined {
  if (name.delimiter !== ':') return undefined;
  let i = at;
  if (scalar) {
    BLOCK_HEADER.lastIndex = at;
    if (!BLOCK_HEADER.test(text)) return undefined;
    i = BLOCK_HEADER.lastIndex;
  }
  if (!beginsLine(text, name.start)) return undefined;
  const indent = indentOf(text, lineStart(text, name.start));
  let start = -1;
  let end = -1;
  for (let line = lineEnd(text, i) + 1; line > 0 && line < text.length; line = lineEnd(text, line) + 1) {
    const depth = indentOf(text, line);
    const content = line + depth;
    const stop = lineEnd(text, line);
    if (content >= stop) continue;
    const isItem = text.charCodeAt(content) === 45 && text.charCodeAt(content + 1) === 32;
    if (depth < indent || (depth === indent && !isItem) || (!scalar && !isItem)) break;
    if (scalar && depth === indent) break;
    if (start < 0) start = scalar ? content : content + 2;
    end = stop;
  }
  if (start < 0 || isCovered(text, start, end)) return undefined;
  return { start, end: text.charCodeAt(end - 1) === 13 ? end - 1 : end, wrap: '' };
}
