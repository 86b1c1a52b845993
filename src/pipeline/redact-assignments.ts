import { behindEscape, isAlnum, isBlank, isNameCode, isQuoteCode, isSpace, matches } from './redact-chars.ts';
import { type NameContext, quotedAt, type Value } from './redact-extent.ts';
import { isCovered, withoutMarkers } from './redact-marker.ts';
import type { Report, RuleName } from './redact-span.ts';
import { secretAt } from './redact-value.ts';
import { mayBeSensitive, sensitiveEndingOf, sensitiveWordOf } from './sensitive-keys.ts';

/** `name=value`, `name: value`, `"name": "value"`, `<name>value</name>`, `name => value`, at any depth of JSON in JSON. */
export const KEY_NAME_RULE: RuleName = { id: 'key-name' };
/** Parameters of signed and one-time URLs. */
export const URL_PARAMETER_RULE: RuleName = { id: 'url-parameter' };

/** How far before a delimiter its name is looked for. */
const MAX_NAME_CHARS = 80;
/** How many blanks may stand between a name and its delimiter (aligned tables and INI files). */
const MAX_PADDING_CHARS = 40;

// Signed and one-time URLs: names that say nothing outside a query or fragment.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
// https://cloud.google.com/storage/docs/authentication/signatures
// https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
const URL_PARAMETER =
  /^(?:x-(?:amz|goog|ms)-(?:signature|credential)|x-amz-security-token|sig|signature|code|key|ticket|assertion|saml(?:response|request)|sid|appid|id_token_hint|hmac|hdnts|hdnea|oobcode|st|se_sig|s)$/i;
/** Names that are used for other things, too. */
const SHORT_PARAMETER = /^(?:code|key|ticket|s|st|sid|appid)$/i;
const MIN_PARAMETER_CHARS = 6;
/** Names that mean a signature beside a colon, too, if what follows is one. */
const SIGNATURE = /^(?:x-)?(?:[a-z0-9]{1,20}-)?(?:signature|hmac)(?:-256|-sha256)?$/i;

/** Outside of URLs `signature` is a word like others; a long run with digits behind it is one. */
const DIGEST = /[ \t]{0,4}\\{0,7}["'`]?(?:sha\d{1,3}=)?(?=[A-Za-z+/=_.-]{1,19}[\dA-Z])[A-Za-z0-9+/=_.-]{20}/y;

interface Name {
  readonly text: string;
  readonly start: number;
  readonly quote: string;
}

/** Which delimiters count: identifiers (`token:expiry:db`) have colons that assign nothing. */
export type Delimiters = 'all' | 'equals';

/** Reads the value of a property that PHP shows with its scope, whose name ends at `end`. */
export function atScope(text: string, start: number, end: number, report: Report): number {
  if (!matches(PHP_SCOPE, text, end)) return end;
  const word = sensitiveWordOf(text.slice(start, end));
  const value =
    word === undefined ? undefined : secretAt(text, PHP_SCOPE.lastIndex, { word, start, quote: '', delimiter: '=' });
  if (value === undefined) return end;
  report(value.start, value.end, KEY_NAME_RULE);
  return value.end;
}

/** Reads the value behind the delimiter at `at`, and says where reading goes on: behind the value, if that was a secret. */
export function atDelimiter(text: string, at: number, report: Report, delimiters: Delimiters): number {
  const code = text.charCodeAt(at);
  if (code === 62) return atTagEnd(text, at, report);
  if (delimiters === 'equals' && code !== 61) return at + 1;
  const colon = code === 58 || code === 0xff1a;
  const next = text.charCodeAt(at + 1);
  let from = at + 1;
  let comparison = false;
  if (colon) {
    // `a::b`; LDIF writes `userPassword:: <base64>`.
    if (next === 58) {
      if (!isBlank(text.charCodeAt(at + 2))) return at + 1;
      from = at + 2;
    }
    if (next === 61) from = at + 2;
  } else if (next === 61) {
    comparison = true;
    while (text.charCodeAt(from) === 61) from++;
  } else if (next === 62) {
    from = at + 2;
  }
  // `${PASSWORD:?must be set}` of a shell.
  if (colon && next === 63) return at + 1;
  const name = nameBefore(text, at);
  // `/run/secrets/db-password: permission denied` is a path.
  // An attribute of a template: `v-model="form.password" :rules=…`.
  if (colon && name !== undefined && name.quote !== '' && isBlank(text.charCodeAt(at - 1)) && isAlnum(next))
    return from;
  if (name === undefined || (colon && (isInArn(text, name.start) || text.charCodeAt(name.start - 1) === 47)))
    return from;
  const word = wordOf(text, name, at);
  if (word === undefined) return atParameter(text, at, from, name, report);
  if (comparison && !isLiteral(text, from)) return from;
  const typed = colon && matches(TYPED, text, from);
  if (typed) from = TYPED.lastIndex;
  const context: NameContext = { word, start: name.start, quote: name.quote, delimiter: colon && !typed ? ':' : '=' };
  const value = secretAt(text, behindDump(text, from), context);
  if (value === undefined) return from;
  report(value.start, value.end, KEY_NAME_RULE, value.wrap);
  return behindChange(text, Math.max(from, value.end), report);
}

/** `"old" -> "new"`, `'old' to 'new'`: both are values. Says where the last one ends that was reported. */
// And `'first half' +\n 'second half'`.
const CHANGE = /\\{0,7}["'`]\s{0,4}(?:->|=>|\u2192|to|\+|\.)\s{0,40}(?=\\{0,7}["'`])/y;
const MAX_CHANGES = 64;

export function behindChange(text: string, at: number, report: Report): number {
  let end = at;
  for (let i = 0; i < MAX_CHANGES && matches(CHANGE, text, end); i++) {
    const next = quotedAt(text, CHANGE.lastIndex);
    if (next === undefined || next.end <= next.start || isCovered(text, next.start, next.end)) break;
    report(next.start, next.end, KEY_NAME_RULE);
    end = next.end;
  }
  return end;
}

/** `password: string = "…"`, as languages with types declare it. */
const TYPED = /\s{0,4}(?:&(?:'static )?str|[A-Za-z]{2,16}(?:<[A-Za-z]{2,16}>)?\??)\s{1,4}=\s{0,4}(?=["'`])/y;

/** `arn:aws:secretsmanager:…:secret:name`: names joined by colons. */
function isInArn(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) !== 58) return false;
  const before = text.slice(Math.max(0, at - 120), at);
  return /(?:^|[^A-Za-z0-9])arn:[\w:/*-]*$/.test(before.slice(before.lastIndexOf(' ') + 1));
}

// PHP's var_dump: `["password"]=>`, line end, `string(7) "…"`.
// Go's spew: `(string) (len=12) "…"`; gdb: `0x55 "…"`; Go: `[]string{"…"}`; Python: `bytearray(b'…')`.
const DUMP =
  /\s{0,40}(?:(?:string|char)\(\d{1,9}\)|\(string\) \(len=\d{1,9}\)|0x[0-9a-f]{1,16}|\[\]string\{|bytearray\()\s?(?=b?["'])/y;
/** PHP marks what is not public: `["password":"App\User":private]=>`, `[password:protected] =>`. */
const PHP_SCOPE = /(?:":"[\w\\]{1,80}")?:(?:protected|private)\]\s?=>\s{0,40}(?:string\(\d{1,9}\) )?/y;

function behindDump(text: string, from: number): number {
  DUMP.lastIndex = from;
  return DUMP.test(text) ? DUMP.lastIndex : from;
}

/** `password == "hunter2"` compares with a literal, `token == null` and `a == b` name nothing. */
function isLiteral(text: string, from: number): boolean {
  let i = from;
  while (isBlank(text.charCodeAt(i))) i++;
  return quotedAt(text, i) !== undefined;
}

function wordOf(text: string, name: Name, delimiter: number): string | undefined {
  // `postgres://token:…@host` is for the rule of URLs, which keeps the host.
  if (text.charCodeAt(name.start - 1) === 47 && text.charCodeAt(name.start - 2) === 47) return undefined;
  if (name.quote !== '') return sensitiveWordOf(withoutMarkers(name.text));
  const found = sensitiveWordOf(name.text);
  if (found !== undefined) return found === 'token' && follows(text, name.start, 'unexpected ') ? undefined : found;
  // Prose and connection strings: `API key: …`, `mot de passe: …`, `Shared Access Key=…`.
  const starts: number[] = [];
  let start = name.start;
  while (starts.length < 2 && text.charCodeAt(start - 1) === 32 && isAlnum(text.charCodeAt(start - 2))) {
    start--;
    const stop = Math.max(0, start - 24);
    while (start > stop && isNameCode(text.charCodeAt(start - 1))) start--;
    starts.push(start);
  }
  if (starts.length === 0 || !mayBeSensitive(text.slice(start, delimiter))) return undefined;
  for (const from of starts) {
    const word = sensitiveEndingOf(text.slice(from, delimiter));
    if (word !== undefined) return word;
  }
  return undefined;
}

function follows(text: string, at: number, before: string): boolean {
  return text.slice(Math.max(0, at - before.length), at).toLowerCase() === before;
}

function atParameter(text: string, at: number, from: number, name: Name, report: Report): number {
  const isSignature = SIGNATURE.test(name.text);
  if (!isSignature && !URL_PARAMETER.test(name.text)) return from;
  const before = text.charAt(name.start - 1);
  const inUrl = text.charCodeAt(at) === 61 && (isParameterOf(text, name.start, before) || /^saml/i.test(name.text));
  if (!inUrl && !isSignature) return from;
  // Before its end is looked for: what is passed over must be bounded.
  if (!inUrl && !matches(DIGEST, text, from)) return from;
  const context: NameContext = {
    word: 'signature',
    start: name.start,
    quote: name.quote,
    delimiter: inUrl ? '=' : ':',
  };
  const value = secretAt(text, from, context);
  if (value === undefined) return from;
  if (inUrl && SHORT_PARAMETER.test(name.text) && !isCode(text, value)) return from;
  report(value.start, value.end, URL_PARAMETER_RULE);
  return value.end;
}

/** `?code=404` and `?key=name` are no secrets, a code of an authorisation server is long and has digits. */
function isCode(text: string, { start, end }: Value): boolean {
  return end - start >= 16 || (end - start >= MIN_PARAMETER_CHARS && /\d/.test(text.slice(start, end)));
}

function isParameterOf(text: string, start: number, before: string): boolean {
  return before === '?' || before === '&' || before === '#' || (before === ';' && text.startsWith('&amp', start - 5));
}

/** The name that ends before the delimiter at `at`, quoted or not, or undefined. */
function nameBefore(text: string, at: number): Name | undefined {
  let end = at;
  const padding = Math.max(0, at - MAX_PADDING_CHARS);
  while (end > padding && isBlank(text.charCodeAt(end - 1))) end--;
  // `user[password]=`, `headers["x-api-key"] =`
  // `**password**:`
  while (end > padding && '*? \t'.includes(text.charAt(end - 1))) end--;
  // and `[Symbol(token)]:`, `Key (token)=`.
  const round = text.charCodeAt(end - 1) === 93 && text.charCodeAt(end - 2) === 41 ? 2 : 1;
  const closer = text.charCodeAt(end - 1);
  const bracket = closer === 93 || closer === 41;
  if (bracket) end -= round;
  if (isQuoteCode(text.charCodeAt(end - 1))) return quotedNameBefore(text, end);
  let start = end;
  const stop = Math.max(0, end - MAX_NAME_CHARS);
  while (start > stop && isNameCode(text.charCodeAt(start - 1))) start--;
  start = behindEscape(text, start);
  const opener = text.charCodeAt(start - 1);
  if (start === end || (bracket && opener !== 91 && opener !== 40)) return undefined;
  return { text: text.slice(start, end), start, quote: '' };
}

function quotedNameBefore(text: string, close: number): Name | undefined {
  const code = text.charCodeAt(close - 1);
  let end = close - 1;
  // Doubled quotes (CSV), then the backslashes of an escaped one.
  while (end > close - 3 && text.charCodeAt(end - 1) === code) end--;
  const quotes = close - end;
  let backslashes = 0;
  while (text.charCodeAt(end - 1) === 92) {
    end--;
    backslashes++;
  }
  const stop = Math.max(0, end - MAX_NAME_CHARS);
  let start = end;
  while (start > stop) {
    const current = text.charCodeAt(start - 1);
    if (current === code || current === 10) break;
    start--;
  }
  if (start === end || text.charCodeAt(start - 1) !== code) return undefined;
  const quote = '\\'.repeat(backslashes) + text.charAt(close - 1).repeat(quotes);
  return { text: text.slice(start, end), start, quote };
}

const TAG_NAME = /^<([\p{L}_][\p{L}\w.:-]{0,79})(?:\s[^<>]*)?$/u;
const MAX_TAG_CHARS = 160;

/** The tag that opens at `open`, whose name ends at `end`: where it closes, its value is read. */
export function atTag(text: string, open: number, end: number, report: Report): number {
  for (let at = end; at < open + MAX_TAG_CHARS; at++) {
    const code = text.charCodeAt(at);
    if (code === 62) {
      const behind = atTagEnd(text, at, report);
      return behind > at + 1 ? behind : end;
    }
    if (code === 60 || Number.isNaN(code)) break;
  }
  return end;
}

/** `<password>hunter2</password>`, with attributes and namespace. */
function atTagEnd(text: string, at: number, report: Report): number {
  const before = text.charCodeAt(at - 1);
  if (!isNameCode(before) && !isQuoteCode(before) && before !== 32) return at + 1;
  const stop = Math.max(0, at - MAX_TAG_CHARS);
  let open = at;
  while (open > stop && text.charCodeAt(open) !== 60) open--;
  const name = isPlaceholderAt(text, open, at) ? undefined : TAG_NAME.exec(text.slice(open, at))?.[1];
  if (name === undefined) return at + 1;
  const word = sensitiveWordOf(name.slice(name.lastIndexOf(':') + 1));
  if (word === undefined) return at + 1;
  const data = text.startsWith('<![CDATA[', at + 1);
  let start = data ? at + 10 : at + 1;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  // `<Password><Value>…`
  if (matches(NESTED_TAG, text, start)) start = NESTED_TAG.lastIndex;
  // Judged as a bare value, but its end is the next tag.
  const value = secretAt(text, start, { word, start: open, quote: '', delimiter: '>' });
  if (value === undefined || text.charCodeAt(start) === 60) return at + 1;
  const close = text.indexOf(data ? ']]>' : '<', start);
  const end = close < 0 ? text.length : close;
  report(start, trimmedEnd(text, start, end), KEY_NAME_RULE);
  return end;
}

const NESTED_TAG = /<[A-Za-z][\w:]{0,40}>\s{0,20}(?=[^<\s])/y;

/**
 * `PASSWORD=<password>`, `Bearer <token>`: no tag but what is to be put in. A tag stands first in its line or behind another one,
 * or is closed soon.
 */
function isPlaceholderAt(text: string, open: number, behind: number): boolean {
  let i = open;
  while (isBlank(text.charCodeAt(i - 1))) i--;
  const before = text.charAt(i - 1);
  if (before === '=' || before === ':') return true;
  if ('\n\r>'.includes(before)) return false;
  const close = text.indexOf('<', behind);
  return close < 0 || close - behind > MAX_TAG_CHARS || text.charCodeAt(close + 1) !== 47;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && isSpace(text.charCodeAt(i - 1))) i--;
  return i;
}
