import { behindChange } from './redact-assignments.ts';
import { beginsLine } from './redact-block.ts';
import { isAlnum, isBlank, isQuoteCode, isSpace, matches } from './redact-chars.ts';
import { bareEnd, type NameContext, quotedAt } from './redact-extent.ts';
import { GIVEN_NAME, isExpression, isHarmlessValue, THOUGHT_UP } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import type { Report, RuleName } from './redact-span.ts';
import { secretAt } from './redact-value.ts';
import { promiseOf, sensitiveEndingOf, sensitiveWordOf } from './sensitive-keys.ts';

/** `--password …`: the long flags; the short ones are in the detector of command lines. */
export const COMMAND_LINE_RULE: RuleName = { id: 'command-line' };
/** `password 'hunter2'`, `IDENTIFIED BY '…'`, `the token is …`, `['authorization', '…']`. */
export const PHRASE_RULE: RuleName = { id: 'phrase' };

const IDENTIFIED_BY = /\s{1,8}(?:with\s{1,8}[\w'"`]{1,40}\s{1,8})?(?:by|as)(?:\s{1,8}password)?\s{1,8}(?=\S)/iy;

/** What the words that end at `end` name: the name that begins at `start`, and up to two words before it. */
function namedBefore(text: string, start: number, end: number): string | undefined {
  if (UNEXPECTED.test(text.slice(Math.max(0, start - 12), start))) return undefined;
  const { ending } = promiseOf(text.slice(start, end));
  return ending ?? sensitiveEndingOf(text.slice(wordsStart(text, start), end));
}

const UNEXPECTED = /unexpected ["'`]?$/i;
const MAX_WORD_CHARS = 16;

/** Where the words begin that stand before a name, two at most. */
function wordsStart(text: string, start: number): number {
  let from = start;
  for (let words = 0; words < 2; words++) {
    const separator = text.charCodeAt(from - 1);
    if (separator !== 32 && separator !== 45) break;
    let at = from - 1;
    while (from - 1 - at < MAX_WORD_CHARS && isLetterOrDigit(text, at - 1)) at--;
    if (at === from - 1) break;
    from = at;
  }
  return from;
}

function isLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isAlnum(code) || (code > 127 && /[\p{L}\d]/u.test(text.charAt(at)));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** What people think up may be any word; what machines make has digits among its letters, or is long. */
function isMade(text: string, from: number, word: string): boolean {
  if (THOUGHT_UP.has(word) || word === 'cookie') return true;
  const quoted = quotedAt(text, from);
  if (quoted === undefined) return /\d/.test(text.slice(from, from + 64));
  const value = text.slice(quoted.start, Math.min(quoted.end, quoted.start + 256));
  if (/^\d{3,12}$/.test(value)) return /^(?:cvv|cvc|otp|totp|pin|code)$/.test(word);
  return (
    value.length >= 6 &&
    !/\s/.test(value) &&
    (hasBoth(value) || value.length >= 24) &&
    (!GIVEN_NAME.test(value) || UUID.test(value))
  );
}

// Header names whose values are secret, for flat lists of names and values (`rawHeaders`).
const HEADER_NAME =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api-?key|x-(?:auth|vault|csrf|xsrf|access|amz-security)-token|private-token|ocp-apim-subscription-key|x-goog-api-key|x-functions-key|[a-z]{1,20}(?:-[a-z]{1,20}){0,4}-(?:key|token|secret|auth))$/i;
/** Between the two halves of a pair in a list. */
const LIST_GAP = /\\{0,7}["'`](?:\s{0,4},\s{0,24}|;s:\d{1,6}:)(?=b?\\{0,7}["'`])/y;
const PAIR_ENDS = /\s{0,4}[\])]/y;
const FLAG_GAP =
  /(?:\\{0,7}["'`]\s{0,4},\s{0,8}|["'] a\d{1,3}=(?=["'])|[ \t]{1,8}(?:\\\r?\n[ \t]{0,8})?|\r?\n[ \t]{0,16}- )/y;
/** A type that holds one secret: `ApiToken("…")`. */
const TYPE_NAME = /^[A-Z][a-z]\w{0,40}$/;
/** `Password("…")`, `PASSWORD('…')`: a constructor or function that is called like the secret. */
const NAMED_CALL =
  /^(?:[\w$.]{0,60}[._])?(?:set|with|use)?_?(?:password|passwd|secret|secretstr|secretstring|api_?key|(?:access|auth|bearer|refresh)_?token)$/i;

const QUOTED =
  /(?: (?:-String|is|was|to|as|has|been|with|value|hash|digest|of|set|reset|changed|content|defined|equals|provided|given|now|for|from|like|in|not|=|<>)){0,4}(?: \()?\s{1,3}(?=\\{0,7}["'`]|[\u2018\u201c\u201e\u00ab\u2039\u300c\u300e])/y;
/** Cheap looks before the ones that cost more. */
const QUOTE_SOON =
  /[^"'`\n\u2018\u201c\u201e\u00ab\u2039\u300c\u300e]{0,40}\n?\s{0,3}[\\"'`\u2018\u201c\u201e\u00ab\u2039\u300c\u300e]/y;
const ASKED_FOR = /(?:pass\w{0,8}|pwd|token|key)$/i;
/** SQL: `SET PASSWORD FOR 'bob'@'%' = '…'`. */
const FOR_USER = /\s{1,4}for\s{1,4}[\w'"`@%.-]{1,80}\s{0,4}(?:=|to)\s{0,4}(?=["'`])/iy;
const COPULA =
  /(?: (?:for|of) [\w@.'-]{1,40}(?: [\w@.'-]{1,40})?)? (?:is|was|IS|(?:has been |been )?(?:re)?set to|to|now)(?: now)? /y;
// `Invalid API key 5f4d…`, `token abc…` without a delimiter: only a long run of letters and digits together.
const RUN = /[ \t]{1,2}(?:provided[ \t]|value[ \t])?(?=([A-Za-z0-9_+/=.-]{16,}))/y;
// `set password hunter2`, `requirepass …`: a password has letters and digits, and names of methods do, too.
const PASSWORD_RUN =
  /[ \t]{1,8}(?:\d [ \t]{0,4})?(?=[^\s"'`=:]{5,})(?![a-z]{2,12}:\/\/)(?!(?:sha|md|argon|pbkdf|scrypt|bcrypt|base|utf|oauth|http|ipv|v\d|s3)[\w-]{0,12}(?:\s|$))/iy;
/** Directives that nothing but a password follows. */
const REDIS_NAME = /^(?:requirepass|masterauth)$/i;
const PASSWORD_NAME = /^(?:[\w-]{0,24}[-_])?(?:password|passwd|passphrase|requirepass|masterauth)$/i;
// ~/.netrc: https://everything.curl.dev/usingcurl/netrc.html
const NETRC_LOGIN = /(?<![A-Za-z0-9_-])login[ \t\r\n]{1,8}[^\s"']{1,128}[ \t\r\n]{1,8}$/;
const NETRC_GAP = /[ \t\r\n]{1,8}/y;
/** A row of two cells: `| password | hunter2 |`. */
const CELL = /[ \t]{0,40}[|\u2502][ \t]{1,40}(?=([^\s|\u2502]{6,}))/y;

/**
 * Reads what follows the name `text[start, end)` where no delimiter does: a flag's argument, the other half of a pair, a call, a
 * quoted text, `is …`, or a run that can be nothing else. Says where reading goes on.
 */
export function atPhrase(text: string, start: number, end: number, report: Report): number {
  const code = text.charCodeAt(end);
  if (text.charCodeAt(start) === 45) {
    const next = atFlag(text, start, end, report);
    if (next > end) return next;
  }
  if (code === 92 || isQuoteCode(code)) return atListed(text, start, end, report);
  if (code === 40) return atCall(text, start, end, report);
  if (code === 44 || code === 58) return atTuple(text, start, end, report);
  if (!isSpace(code)) return end;
  if (end - start === 10 && matches(IDENTIFIED_BY, text, end) && /^identified$/i.test(text.slice(start, end))) {
    return found(text, IDENTIFIED_BY.lastIndex, nameOf('password', start), report, end);
  }
  return atAnnounced(text, start, end, report) ?? atRun(text, start, end, report);
}

/** What stands behind a name and a blank; what it is called is asked only where something follows that may be its value. */
function atAnnounced(text: string, start: number, end: number, report: Report): number | undefined {
  let next: number | undefined;
  if (isSetBefore(text, start) && matches(SET_GAP, text, end)) {
    const word = sensitiveWordOf(text.slice(start, end));
    if (word !== undefined) next = found(text, SET_GAP.lastIndex, nameOf(word, start), report, end);
    if (next !== undefined && next > end) return next;
  }
  const code = firstBehind(text, end);
  if (
    isLetterF(code) &&
    PASSWORD_NAME.test(text.slice(start, Math.min(end, start + 16))) &&
    matches(FOR_USER, text, end)
  ) {
    next = found(text, FOR_USER.lastIndex, nameOf('password', start), report, end);
  } else if ((code === 124 || code === 0x2502) && matches(CELL, text, end)) {
    next = atCell(text, start, end, CELL.lastIndex, report);
  } else if (matches(QUOTE_SOON, text, end) && matches(QUOTED, text, end)) {
    const from = QUOTED.lastIndex;
    const word = namedBefore(text, start, end);
    if (word !== undefined && isMade(text, from, word)) next = found(text, from, nameOf(word, start), report, end);
  } else if (!isAlnum(code) && matches(WEAK, text, end)) {
    next = atMade(text, start, end, WEAK.lastIndex, report);
  } else if (isBlank(text.charCodeAt(end + 1)) && matches(ALIGNED, text, end) && beginsLine(text, start)) {
    next = atMade(text, start, end, ALIGNED.lastIndex, report);
  } else if (ASKED_FOR.test(text.slice(Math.max(start, end - 12), end)) && matches(LATER, text, end)) {
    next = atLater(text, start, end, LATER.lastIndex, report);
  } else if (isAlnum(code) && matches(COPULA, text, end)) {
    const from = COPULA.lastIndex;
    const word = namedBefore(text, start, end);
    if (word !== undefined) next = atCopula(text, from, word, report);
  }
  return next === undefined || next <= end ? undefined : next;
}

/** The first character behind the blanks that follow a name. */
function firstBehind(text: string, end: number): number {
  let at = end;
  while (isSpace(text.charCodeAt(at)) && at < end + MAX_BLANKS) at++;
  return text.charCodeAt(at);
}

const MAX_BLANKS = 48;

function isLetterF(code: number): boolean {
  return code === 102 || code === 70;
}

/** What sets a variable or a header: the next word is its value. */
const SETTER =
  /(?:^|[\s;&|`(])(?:setx|ENV|ARG|setenv|SetEnv|set -\w{1,3}|(?:set|add)_header|RequestHeader set|config set(?: --\w{2,12})?|REG_SZ|secret set|insecure-password|variable set)[ \t]{1,4}(?:[\w./:-]{1,60}[:/])?$/i;
const SET_GAP = /[ \t]{1,8}(?:REG_SZ[ \t]{1,8}|--body[ =])?(?=\S)/y;

function isSetBefore(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  return (
    (before === 47 || before === 58 || (isBlank(before) && endsSetter(text, start - 1))) &&
    SETTER.test(text.slice(Math.max(0, start - 48), start))
  );
}

/** `password -> hunter2`, `Password — hunter2`: weak signs, so that what follows must look made. */
const WEAK = /[ \t]{1,8}(?:->|<-|::|[\u2192\u2014\u2013\u203a~-])[ \t]{1,4}(?=[^\s"'`]{6,})/y;
/** A list of two columns: `session-token     eb73…`. */
const ALIGNED = /[ \t]{2,40}(?:REG_SZ[ \t]{1,8})?(?=[^\s"'`]{6,}[ \t]{0,40}\r?(?:\n|$))/y;

/** The last letters of what sets, and of its flags. */
function endsSetter(text: string, behind: number): boolean {
  let at = behind;
  while (isBlank(text.charCodeAt(at - 1)) && behind - at < MAX_BLANKS) at--;
  if ('xvgrtzd'.includes(text.charAt(at - 1).toLowerCase())) return true;
  return text.slice(Math.max(0, at - 16), at).includes(' -');
}

function atMade(text: string, start: number, end: number, from: number, report: Report): number {
  const runEnd = bareEnd(text, from);
  const value = text.slice(from, Math.min(runEnd, from + 256));
  if (!hasBoth(value) || isCovered(text, from, runEnd)) return end;
  const word = namedBefore(text, start, end);
  if (word === undefined || isHarmlessValue(value, word)) return end;
  report(from, runEnd, PHRASE_RULE);
  return runEnd;
}

/** `Password for user bob: hunter2`, `… the following password:`, line ends between them. */
const LATER =
  /(?: [\w@.'"[\]()<>\u2019/-]{1,40}){1,8}:(?:[ \t]{1,4}|\s{1,8})(?=[^\s"'`]{8,}[ \t]{0,8}(?:[\r\n]|$|[.,;)]))/y;
const RANDOM_VALUE =
  /^(?=[^\s]{0,64}\d)(?=[^\s]{0,64}[a-z])(?:(?=[^\s]{0,64}[A-Z!@#$%^&*+=?~])|(?=[0-9a-f]{24,}$))(?!\w{1,12}:|[/.]|\d{4}-)/;

const FOR_WHOM = /^ (?:for|has been) /;

function atLater(text: string, start: number, end: number, from: number, report: Report): number {
  const runEnd = bareEnd(text, from);
  const value = text.slice(from, Math.min(runEnd, from + 128));
  // `for whom`: nothing but the password is left to follow.
  const looksMade =
    RANDOM_VALUE.test(value) || (FOR_WHOM.test(text.slice(end, end + 12)) && hasBoth(value) && !/[/:]/.test(value));
  if (!looksMade || isCovered(text, from, runEnd)) return end;
  const word = namedBefore(text, start, end);
  if (word === undefined || !(THOUGHT_UP.has(word) || word === 'token' || word === 'key')) return end;
  report(from, runEnd, PHRASE_RULE);
  return runEnd;
}

function nameOf(word: string, start: number): NameContext {
  return { word, start, quote: '', delimiter: '=' };
}

function found(text: string, from: number, name: NameContext, report: Report, otherwise: number): number {
  const value = secretAt(text, from, name);
  if (value === undefined) return otherwise;
  report(value.start, value.end, PHRASE_RULE);
  return behindChange(text, value.end, report);
}

const HELP = /(?:string|text|value|file|path|int|stringArray)(?= {2}|$)/y;

/** What a usage text has in the place of a value: `--password PASSWORD`. */
const USAGE =
  /^(?:[A-Z]{1,12}[_-])?(?:PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|TOKEN|KEY|SECRET|VALUE|STRING|TEXT|FILE|PATH|CREDENTIALS|PIN|CODE|COOKIE)\]?$/;

/** `--password hunter2`, and the same as two entries of a list. */
function atFlag(text: string, start: number, end: number, report: Report): number {
  const before = text.charCodeAt(start - 1);
  if (start > 0 && !isSpace(before) && !isQuoteCode(before) && before !== 91 && before !== 40 && before !== 44)
    return end;
  const word = sensitiveWordOf(text.slice(start, end));
  if (word === undefined || !matches(FLAG_GAP, text, end)) return end;
  const from = FLAG_GAP.lastIndex;
  if (text.charCodeAt(from) === 45) return end;
  const value = secretAt(text, from, { word, start, quote: '', delimiter: ' ' });
  // `--token string   the token`, as help texts are set.
  if (matches(HELP, text, from)) return end;
  if (value === undefined || USAGE.test(text.slice(value.start, Math.min(value.end, value.start + 32)))) return end;
  report(value.start, value.end, COMMAND_LINE_RULE);
  return value.end;
}

/** `["password", "…"]`, and names of headers before their values in a flat list. */
function atListed(text: string, start: number, end: number, report: Report): number {
  if (!isQuoteCode(text.charCodeAt(start - 1)) || !matches(LIST_GAP, text, end)) return end;
  const from = LIST_GAP.lastIndex;
  const name = text.slice(start, end);
  const word = sensitiveWordOf(name);
  if (word === undefined) return end;
  if (!HEADER_NAME.test(name)) {
    if (!opensPair(text, start - 1)) return end;
    const isSerialized = text.charCodeAt(end + 1) === 59;
    if (!isSerialized && !matches(PAIR_ENDS, text, quotedAt(text, from)?.next ?? from)) return end;
  }
  return found(text, from, nameOf(word, start), report, end);
}

/** `{password,"…"}` and `{password,<<"…">>}` of Erlang, `::set-output name=token::…` and `##vso[… variable=token]…` of CI. */
const TUPLE = /,\s{0,2}(?=(?:<<)?["'])/y;
const COMMAND_DATA = /(?:::|;[a-z]{2,16}=[a-z]{2,8}\]|\])(?=[^\s:]{6})/y;

function atTuple(text: string, start: number, end: number, report: Report): number {
  const word = sensitiveWordOf(text.slice(start, end));
  if (word === undefined) return end;
  const before = text.charCodeAt(start - 1);
  if ((before === 123 || before === 40) && matches(TUPLE, text, end)) {
    return found(text, TUPLE.lastIndex, nameOf(word, start), report, end);
  }
  if (before === 61 && matches(COMMAND_DATA, text, end))
    return found(text, COMMAND_DATA.lastIndex, nameOf(word, start), report, end);
  return end;
}

function opensPair(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i - 1) === 92) i--;
  while (i > 0 && at - i < 8 && isSpace(text.charCodeAt(i - 1))) i--;
  const before = text.charCodeAt(i - 1);
  return before === 91 || before === 40 || /s:\d{1,6}:$/.test(text.slice(Math.max(0, i - 10), i));
}

function atCall(text: string, start: number, end: number, report: Report): number {
  const quote = text.charCodeAt(end + 1);
  const name = text.slice(start, end);
  const isCall = NAMED_CALL.test(name);
  if (isQuoteCode(quote) || quote === 92) {
    const word = isCall ? 'password' : TYPE_NAME.test(name) ? sensitiveWordOf(name) : undefined;
    if (word === undefined || !(isCall || isMade(text, end + 1, 'token'))) return end;
    return found(text, end + 1, nameOf(word, start), report, end);
  }
  // `Password(hunter2)`, as case classes print.
  if (!isCall || !/^[A-Z]/.test(name)) return end;
  const close = text.indexOf(')', end);
  const value = close < 0 || close - end > 256 ? '' : text.slice(end + 1, close);
  if (/\s/.test(value) || value.length < 6 || !hasBoth(value) || isCovered(text, end + 1, close)) return end;
  report(end + 1, close, PHRASE_RULE);
  return close;
}

/** `the password is hunter2`: unquoted, so it must look made: a digit beside letters, or digits alone for a PIN. */
function atCopula(text: string, from: number, word: string, report: Report): number {
  if (quotedAt(text, from) !== undefined) return found(text, from, nameOf(word, from), report, from);
  const end = bareEnd(text, from);
  const run = text.slice(from, Math.min(end, from + 512));
  const isNumber = /^\d{3,12}[.,!]?$/.test(run);
  const made = hasBoth(run) && run.length >= 6;
  if (!made && !(isNumber && /pin|otp|code/.test(word))) return from;
  if (isHarmlessValue(run, word) || isCovered(text, from, end)) return from;
  report(from, end, PHRASE_RULE);
  return end;
}

function atCell(text: string, start: number, end: number, from: number, report: Report): number {
  // Only where the name begins a cell: `{{ .password | b64enc }}` is none.
  if (!/(?:^|[|\u2502\n])[ \t*]{0,40}(?:[\w-]{1,20} ){0,2}$/.test(text.slice(Math.max(0, start - 48), start)))
    return end;
  const cellEnd = bareEnd(text, from);
  const value = text.slice(from, Math.min(cellEnd, from + 256));
  const word = namedBefore(text, start, end);
  if (word === undefined || !hasBoth(value) || isHarmlessValue(value, word) || isCovered(text, from, cellEnd))
    return end;
  report(from, cellEnd, PHRASE_RULE);
  return cellEnd;
}

const RUN_NAME = /(?:^|[^A-Za-z0-9])(?:password|passwd|(?:api|access|secret)[ _-]?key|token|secret)$/i;

function atRun(text: string, start: number, end: number, report: Report): number {
  const name = text.slice(Math.max(0, end - 16), end);
  if (RUN_NAME.test(name) && matches(RUN, text, end)) {
    const from = RUN.lastIndex;
    const dense = /[A-Za-z0-9]{16}/.exec(text.slice(from, from + 256))?.[0];
    const runEnd = bareEnd(text, from);
    if (dense !== undefined && hasBoth(dense) && !isCovered(text, from, runEnd)) {
      report(from, runEnd, PHRASE_RULE);
      return runEnd;
    }
  }
  if (!PASSWORD_NAME.test(text.slice(start, end))) return end;
  if (matches(PASSWORD_RUN, text, end)) {
    const from = PASSWORD_RUN.lastIndex;
    const runEnd = bareEnd(text, from);
    if (
      (REDIS_NAME.test(text.slice(start, end)) || hasBoth(text.slice(from, Math.min(runEnd, from + 256)))) &&
      !isExpression(text, from, true)
    ) {
      report(from, runEnd, PHRASE_RULE);
      return runEnd;
    }
  }
  if (NETRC_LOGIN.test(text.slice(Math.max(0, start - 160), start)) && matches(NETRC_GAP, text, end)) {
    const from = NETRC_GAP.lastIndex;
    const runEnd = bareEnd(text, from);
    if (runEnd > from && !isCovered(text, from, runEnd)) {
      report(from, runEnd, PHRASE_RULE);
      return runEnd;
    }
  }
  return end;
}

function hasBoth(run: string): boolean {
  return /\d/.test(run) && /[A-Za-z]/.test(run);
}
