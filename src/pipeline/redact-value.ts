import { beginsLine, indentedBlock, onNextLine } from './redact-block.ts';
import { isAlnum, isBlank, isQuoteCode, isSpace, matches } from './redact-chars.ts';
import {
  BACKSLASH,
  backslashes,
  bareEnd,
  type NameContext,
  type Quoted,
  quotedAt,
  type Value,
} from './redact-extent.ts';
import { isExpression, isHarmlessValue, isIdeographic, isProse, isProseWord, THOUGHT_UP } from './redact-harmless.ts';
import { FILLER, isCovered } from './redact-marker.ts';
import { isCount } from './sensitive-keys.ts';

/**
 * The secret that stands at `at`, behind a name and its delimiter, or undefined when what stands there is no secret: nothing, a
 * marker, a placeholder, code, prose. Reads forward once; what it passes over without finding a secret is bounded.
 */
export function secretAt(text: string, at: number, name: NameContext): Value | undefined {
  let from = at;
  while (isBlank(text.charCodeAt(from))) from++;
  for (let i = 0; i < MAX_MARKS && matches(MARK, text, from); i++) from = MARK.lastIndex;
  const code = text.charCodeAt(from);
  if (from >= text.length) return undefined;
  if ((code === 10 || code === 13) && matches(QUOTED_BELOW, text, from)) {
    const below = quotedAt(text, QUOTED_BELOW.lastIndex);
    return below === undefined ? undefined : secretInQuotes(text, below, name);
  }
  if (code === 10 || code === 13) return indentedBlock(text, from, name, false) ?? onNextLine(text, from, name);
  if ((code === 124 || code === 62) && name.delimiter === ':') {
    const block = indentedBlock(text, from, name, true);
    if (block !== undefined) return block;
  }
  // String prefixes of Python and SQL: b'…', f"…", N'…'.
  const prefixed = isAlnum(code) && 'bBuUrRfFnN'.includes(text.charAt(from)) && isQuoteCode(text.charCodeAt(from + 1));
  // `read -p "Password: " PASSWORD`: the quote closes what the name stands in.
  if (isQuoteCode(code) && name.quote === '' && text.charCodeAt(name.start - 1) === code && name.delimiter === ':') {
    return undefined;
  }
  const quoted = quotedAt(text, prefixed ? from + 1 : from);
  if (quoted !== undefined) return secretInQuotes(text, quoted, name);
  if (code > 127 && matches(TYPOGRAPHIC, text, from)) {
    const quotes = { start: from + 1, end: TYPOGRAPHIC.lastIndex - 1, next: TYPOGRAPHIC.lastIndex, quote: '"' };
    return secretInQuotes(text, quotes, name);
  }
  const wrapped = wrappedAt(text, from);
  if (wrapped !== undefined) return secretInQuotes(text, wrapped, name);
  if (matches(UNQUOTED, text, from)) return { start: UNQUOTED.lastIndex, end: text.indexOf(')', from), wrap: '' };
  if (code === 60 && matches(HEREDOC, text, from)) return secretInHeredoc(text, HEREDOC.lastIndex);
  if (code === 123 || code === 91) {
    const group = secretGroup(text, from, name);
    if (group !== 'bare') return group;
  }
  return bareSecret(text, from, name, from > at || name.delimiter === ' ');
}

/** JSON and `util.inspect` may put a long value on a line of its own. */
const QUOTED_BELOW =
  /\r?\n[ \t]{1,60}(?=[bB]?\\{0,7}["'`][^"'`\n]{1,4096}["'`]\s{0,2}[,}\])+\r\n]|[bB]?["'`][^"'`\n]{1,4096}["'`]$)/y;
/** Quotes as people write them. */
const TYPOGRAPHIC =
  /[\u2018\u201c\u201e\u00ab\u2039\u300c\u300e][^\n\u2019\u201d\u00bb\u203a\u300d\u300f\u201c]{3,256}[\u2019\u201d\u201c\u00bb\u203a\u300d\u300f]/y;
const HEREDOC = /<<[-~]?["']?[A-Z_]{2,20}["']?\r?\n/y;

/** What stands up to the line with the closing word. */
function secretInHeredoc(text: string, start: number): Value | undefined {
  const close = /\n[ \t]{0,40}[A-Z_]{2,20}(?=\r?(?:\n|$))/.exec(text.slice(start, start + 8_192));
  const end = close === null ? text.length : start + close.index;
  return isCovered(text, start, end) ? undefined : { start, end, wrap: '' };
}

/** So many marks may stand before a value. */
const MAX_MARKS = 3;
// `**Password:** x`, `password: <strong>x`, YAML's `!!str x` and `&anchor x`, JSON's comments.
const MARK =
  /(?:<\/(?:b|strong|th|td|dt|label|span|em|i)>\s{0,8}(?:<(?:td|dd|span|code|strong|b)(?:\s[^<>]{0,80})?>)?|\*{1,3}(?:[ \t]{1,4}|(?=["'`]))|<(?:strong|b|code|em|i|pre|kbd|samp|span|td|dd)(?:\s[^<>]{0,80})?>\s{0,8}|[&!]{1,2}[A-Za-z][\w:/-]{0,40}[ \t]{1,4}(?=\S)|\/\*[^*\n]{0,80}\*\/[ \t]{0,4})/y;

// The value itself, as debuggers and languages print it: `Some("…")`, `SecretStr('…')`.
const WRAPPER =
  /(?:(?:Some|Ok|Just|Right|Secret|SecretStr|SecretString|Optional|String|string|Str|str|bytes|Bytes|Password|Token|atob|btoa|b64decode|Buffer\.from|Set\(\d{1,3}\)|\[\]string)\s?[({]\s?(?:(?:value|inner|0): )?|Just |<<){1,3}/y;

/** The same without quotes: `Some(hunter2)`, `Str(hunter2)`. */
const UNQUOTED = /(?:Some|Ok|Just|Right|Str|Optional)\((?=[^\s()"'`]{3,256}\))/y;

function wrappedAt(text: string, at: number): Quoted | undefined {
  WRAPPER.lastIndex = at;
  return WRAPPER.test(text) ? quotedAt(text, WRAPPER.lastIndex) : undefined;
}

const SCHEME =
  /(?:bearer|basic|token|bot|apikey|api-key|negotiate|ntlm|digest|dpop|jwt|hawk|oauth|signature|aws4-hmac-sha256|sharedkey|sharedkeylite|googlelogin|vapid)(?:\r?\n)?[ \t]+/iy;
/** Schemes followed by a list of parameters rather than by one run of characters. */
const LIST_SCHEME = /^(?:digest|hawk|oauth|signature|aws4-|sharedkey|googlelogin|vapid|token[ \t]+token=)/i;

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
const MAX_WORDS_CHARS = 128;
/** What headers are called whose values are long and may stand in brackets. */
const HEADER_WORD = /^(?:authorization|cookies?)$/;
const EMPTY_GROUP = /(?:\[\s*\]|\{\s*\})/y;

function secretGroup(text: string, at: number, name: NameContext): Value | undefined | 'bare' {
  EMPTY_GROUP.lastIndex = at;
  if (EMPTY_GROUP.test(text)) return undefined;
  DATA_BEGINS.lastIndex = at;
  const isData = DATA_BEGINS.test(text);
  // What is no data must close soon, or the look for its end would be repeated for every bracket of a long text.
  const maxChars = isData ? text.length : HEADER_WORD.test(name.word) ? MAX_COOKIE_CHARS : MAX_WORDS_CHARS;
  const mayEnd = isData || /[\]}]/.test(text.slice(at, at + maxChars));
  const end = mayEnd ? groupEnd(text, at, Math.min(text.length, at + maxChars)) : -1;
  if (end < 0) return isData ? { start: at, end: text.length, wrap: name.quote } : 'bare';
  if (isCovered(text, at + 1, end - 1)) return undefined;
  // In a list of parameters braces are quotes: `;Pwd={hunter2};`.
  if (text.charCodeAt(name.start - 1) === 59 && name.delimiter === '=')
    return { start: at + 1, end: end - 1, wrap: '' };
  if (isHarmlessValue(text.slice(at, Math.min(end, at + 1024)), name.word)) return undefined;
  // `{SSHA}…`: what is in braces belongs to the value.
  if (isAlnum(text.charCodeAt(end)) && !isData) return 'bare';
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
      // No quote behind the first of them, none behind the others.
      else while (text.charCodeAt(i + 1) === BACKSLASH) i++;
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
  /(?:<[A-Za-z][A-Za-z _:/-]{0,60}>|\$\{[^{}\n]{0,120}\}|\$?\{\{[^{}\n]{0,120}\}\}|\$\([^()\n]{0,120}\)|[[(](?:known after apply|sensitive value|sensitive|not set|unset|redacted|filtered|hidden|masked|removed|none|empty)[\])])(?=[\s,;:.!?)\]}"'`&\\<]|$)/iy;

function bareSecret(text: string, at: number, name: NameContext, afterBlank: boolean): Value | undefined {
  if (matches(BRACKETED_PLACEHOLDER, text, at)) return quotedLater(text, at, name);
  if (name.word === 'cookie' || name.word === 'cookies') return bareCookie(text, at, name, afterBlank);
  if (name.word === 'authorization' || name.word === 'auth') {
    const credentials = bareAuthorization(text, at, name);
    if (credentials !== 'plain') return credentials;
  }
  // Before the end is looked for: what is passed over must be bounded, or many such names in one long run take square time.
  if (name.delimiter === ':' && isIdeographic(text, at)) return undefined;
  const mayBeProse = afterBlank && (name.delimiter === ':' || name.delimiter === ' ');
  if (mayBeProse && isProse(text, at, name.word)) return quotedLater(text, at, name);
  if (matches(ARGUMENTS, text, at)) return lastArgument(text, ARGUMENTS.lastIndex, name);
  if (isExpression(text, at, afterBlank)) return defaultOf(text, at, name);
  if (isKeywordArgument(text, at, name)) return undefined;
  const end = isWhole(text, name) ? text.length : bareEnd(text, at, separatorBefore(text, name));
  if (end === at || isCovered(text, at, end)) return undefined;
  const value = text.slice(at, Math.min(end, at + 1024));
  const trimmed = value.replace(FINAL_PUNCTUATION, '');
  if (isHarmlessValue(value, name.word) || isHarmlessValue(trimmed, name.word)) return undefined;
  if (NUMBER.test(trimmed)) {
    if (isCount(name.word, Number(trimmed))) return undefined;
    // Test runners count `pass: 10`.
    if (name.word === 'pass' && trimmed.length <= 3) return undefined;
    // The number of a field: `string password = 2;`
    if (
      trimmed.length <= 3 &&
      text.charCodeAt(at + trimmed.length) === 59 &&
      DECLARED.test(text.slice(Math.max(0, name.start - 24), name.start))
    ) {
      return undefined;
    }
    return { start: at, end: at + trimmed.length, wrap: name.quote };
  }
  if (THOUGHT_UP.has(name.word) && beginsLine(text, name.start)) {
    return { start: at, end: behindWords(text, at, end), wrap: '' };
  }
  return { start: at, end, wrap: '' };
}

/** `password: defined content as 'x'`, `password = (sensitive value) -> "x"`. */
const QUOTED_LATER = /(?:\([a-z ]{4,24}\) ->|(?:[a-z]{2,12} ){0,4}(?:as|to|is|was|from|:)) {1,2}(?=["'`])/y;

function quotedLater(text: string, at: number, name: NameContext): Value | undefined {
  if (!matches(QUOTED_LATER, text, at)) return undefined;
  const quoted = quotedAt(text, QUOTED_LATER.lastIndex);
  if (quoted === undefined || !/\d/.test(text.slice(quoted.start, Math.min(quoted.end, quoted.start + 256))))
    return undefined;
  return secretInQuotes(text, quoted, name);
}

// `process.env.PASSWORD ?? 'hunter2'`: what stands in for it.
const DEFAULT = /[\w.$[\]()]{1,120}\s?(?:\?\?|\|\|)\s?(?=["'`])/y;

function defaultOf(text: string, at: number, name: NameContext): Value | undefined {
  if (!matches(DEFAULT, text, at)) return undefined;
  const quoted = quotedAt(text, DEFAULT.lastIndex);
  return quoted === undefined ? undefined : secretInQuotes(text, quoted, name);
}

/** `env('DB_PASSWORD', 'hunter2')`, `('bob', 'hunter2')`: the second is the value, if anything made stands there. */
const ARGUMENTS = /(?:[A-Za-z_$][\w.$]{0,60})?\(\s?[bu]?["'][^"'\n]{1,80}["'],\s?[bu]?(?=["'])/y;

function lastArgument(text: string, at: number, name: NameContext): Value | undefined {
  const quoted = quotedAt(text, at);
  if (quoted === undefined) return undefined;
  const value = text.slice(quoted.start, Math.min(quoted.end, quoted.start + 256));
  return /[\d!@#$%^&*]/.test(value) ? secretInQuotes(text, quoted, name) : undefined;
}

/** `connect(host=host, password=password)`: an argument that is called like its parameter. */
function isKeywordArgument(text: string, at: number, name: NameContext): boolean {
  if (name.delimiter !== '=' || !'(, '.includes(text.charAt(name.start - 1))) return false;
  const own = text.slice(name.start, at - 1);
  return text.startsWith(own, at) && /[,)]/.test(text.charAt(at + own.length));
}

/** `;` in a connection string, `&` in a query: the list that the name stands in. */
function separatorBefore(text: string, name: NameContext): string {
  const before = text.charAt(name.start - 1);
  if (before === '?' || before === '&' || text.startsWith('&amp;', name.start - 5)) return '&';
  return before === ';' ? ';' : '';
}

const WHOLE = /^(?:--?[A-Za-z_][\w-]{0,60}|[A-Z][A-Z0-9_]{1,60})=\S{1,512}$/;

/** An argument or a variable of its own, `--password=x` or `DB_PASSWORD=x`: its value goes to the end, whatever it holds. */
function isWhole(text: string, name: NameContext): boolean {
  return name.start === 0 && name.delimiter === '=' && text.length < 600 && WHOLE.test(text);
}

/** How Protocol Buffers declare a field. */
const DECLARED = /(?:string|bytes|bool|u?int(?:32|64)|optional|repeated|required|[A-Z]\w{1,16}) $/;

const WORDS_TO_END = /((?: [A-Za-z][\w'!-]{2,24}){2,24})(?=[ \t]*\r?(?:\n|$))/y;

/** A password of several words, where the line holds nothing else: no sentence, and plain words from the first one on. */
function behindWords(text: string, start: number, end: number): number {
  if (!/^[A-Za-z]{3,}$/.test(text.slice(start, Math.min(end, start + 32)))) return end;
  WORDS_TO_END.lastIndex = end;
  const words = WORDS_TO_END.exec(text)?.[1];
  return words === undefined || words.trim().split(' ').some(isProseWord) ? end : WORDS_TO_END.lastIndex;
}

/** A scheme of a vendor: `SSWS 00ab…`, `GenieKey 12ab…`. */
const OTHER_SCHEME = /[A-Za-z][A-Za-z-]{1,24}[ \t]{1,4}(?=[^\s"'`]{1,64}[\dA-Z])(?=[^\s"'`,;=(){}]{8})/y;

function bareAuthorization(text: string, at: number, name: NameContext): Value | undefined | 'plain' {
  const credentials = afterScheme(text, at);
  if (credentials === at) {
    // A scheme alone, its credentials missing.
    SCHEME_ALONE.lastIndex = at;
    if (SCHEME_ALONE.test(text)) return undefined;
    OTHER_SCHEME.lastIndex = at;
    if (name.word === 'auth' || !OTHER_SCHEME.test(text)) return 'plain';
    const start = OTHER_SCHEME.lastIndex;
    const end = bareEnd(text, start);
    return isCovered(text, start, end) ? undefined : { start, end, wrap: '' };
  }
  const listed = LIST_SCHEME.test(text.slice(at, credentials + 6));
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

/** RFC 6265 §6.1: what at least fits into one. */
const MAX_COOKIE_CHARS = 4_096;

/** All cookies of the header: to the end of the line behind a colon, else as long as `;` joins them. */
function bareCookie(text: string, at: number, name: NameContext, afterBlank: boolean): Value | undefined {
  if (afterBlank && isProse(text, at, name.word)) return undefined;
  if (isExpression(text, at, afterBlank)) return undefined;
  // A map of lists: `Cookie:[a=1; b=2] Host:[x]`.
  const close = text.charCodeAt(at) === 91 ? text.slice(at, at + MAX_COOKIE_CHARS).indexOf(']') : -1;
  if (close > 1) return { start: at + 1, end: at + close, wrap: '' };
  // Behind a marker the header may have been taken as a whole already.
  const isHeader = name.delimiter === ':' && text[at] !== FILLER;
  let end = isHeader ? headerEnd(text, at, name) : bareEnd(text, at);
  while (!isHeader && text.charCodeAt(end) === 59 && text.charCodeAt(end + 1) === 32) {
    end = bareEnd(text, end + 2);
  }
  if (end === at || isCovered(text, at, end)) return undefined;
  return isHarmlessValue(text.slice(at, Math.min(end, at + 1024)), name.word)
    ? undefined
    : { start: at, end, wrap: '' };
}

const QUOTES = '"\'`';

const FOLD = /\r?\n[ \t]+/y;

/** The end of a header line: a line end, raw or written out, or the quote that encloses the header. */
function headerEnd(text: string, at: number, name: NameContext): number {
  const before = text.charAt(name.start - 1);
  const enclosing = before !== '' && QUOTES.includes(before) ? before : undefined;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      // A folded header (RFC 9112 §5.2) goes on behind a comma or semicolon.
      FOLD.lastIndex = i;
      if (!FOLD.test(text) || !',;'.includes(text.charAt(i - 1))) return i;
      i = FOLD.lastIndex;
      continue;
    }
    if (code === BACKSLASH) {
      const run = backslashes(text, i);
      const next = text.charCodeAt(run);
      if (next === 110 || next === 114) return i;
      if (isQuoteCode(next)) {
        if (text.charCodeAt(i - 1) !== 61) return i;
        i = Math.max(i, (quotedAt(text, i)?.next ?? run) - 1);
      } else i = run - 1;
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
