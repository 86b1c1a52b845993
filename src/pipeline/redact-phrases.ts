import { ALPHABETS, isBlank, isSpace, isTokenStart, runEnd } from './redact-chars.ts';
import { isExpression, isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';
import { bareEnd, type NameContext, quotedAt, secretAt } from './redact-value.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/** `Bearer …` and `Basic …` wherever they stand (RFC 6750 §2.1, RFC 7617 §2). */
export const AUTH_SCHEME_RULE: RuleName = { id: 'authentication-scheme' };
/** `--password …`, `-u user:…`, `mysql -p…`. */
export const COMMAND_LINE_RULE: RuleName = { id: 'command-line' };
/** `password 'hunter2'`, `IDENTIFIED BY '…'`, `the token is …`, `['authorization', '…']`. */
export const PHRASE_RULE: RuleName = { id: 'phrase' };

/** Finds secrets that words, not delimiters, announce. */
export const detectPhrases: Detector = (text, report) => {
  detectSchemes(text, report);
  detectCopulas(text, report);
  detectNamedRuns(text, report);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 45) i = Math.max(i, atDash(text, i, report) - 1);
    else if (code === 34 || code === 39 || code === 96) i = Math.max(i, atQuote(text, i, report) - 1);
  }
};

const SCHEMES: readonly string[] = ['earer', 'EARER', 'asic', 'ASIC'];
const TOKEN68: Uint8Array = ALPHABETS.base64.map((member, code) => (member || code === 46 || code === 126 ? 1 : 0));

function detectSchemes(text: string, report: Report): void {
  for (const rest of SCHEMES) {
    for (let at = text.indexOf(rest, 1); at >= 0; at = text.indexOf(rest, at + rest.length)) {
      const initial = text.charAt(at - 1).toLowerCase();
      if (initial !== 'b' || !isTokenStart(text, at - 1)) continue;
      let from = at + rest.length;
      if (text.startsWith('%20', from)) from += 3;
      else if (text.charCodeAt(from) === 43) from += 1;
      else while (isBlank(text.charCodeAt(from))) from++;
      if (from === at + rest.length) continue;
      const end = runEnd(text, from, TOKEN68);
      const run = text.slice(from, Math.min(end, from + 64));
      const basic = rest.length === 4;
      if (basic ? isBasicCredentials(text.slice(from, Math.min(end, from + 512))) : isBearerToken(run, end - from)) {
        report(from, end, AUTH_SCHEME_RULE);
      }
    }
  }
}

// "bearer scheme not supported" and "Bearer authentication" are prose: a token has a digit, or is long.
function isBearerToken(run: string, length: number): boolean {
  if (length >= 24) return true;
  return length >= 6 && /[0-9]/.test(run);
}

function isBasicCredentials(run: string): boolean {
  if (run.length < 6 || !/^[A-Za-z0-9+/_-]+=*$/.test(run)) return false;
  const decoded = Buffer.from(run, 'base64').toString('latin1');
  return /^[^\0-\x1f\x7f]*:[^\0-\x1f\x7f]*$/.test(decoded);
}

// What names a value in prose. At the end of a short slice, so that the cost is bounded.
const NAMED =
  /(?:^|[^A-Za-z0-9_])(password|passwd|pwd|passphrase|passcode|pin(?: code)?|otp|(?:one.time|verification|security) code|(?:api|access|secret|private|signing|encryption|account|master)[ _-]?key|client secret|(?:[a-z]{1,16}[ _-])?token|contraseña|passwort|kennwort|senha|mot de passe|пароль)$/i;
const CONNECTIVE = /(?: (?:is|was|to|as|value|set to|equals|provided|given))$/;
const IDENTIFIED_BY = /identified\s{1,8}(?:with\s{1,8}[\w'"`]{1,40}\s{1,8})?(?:by|as)(?:\s{1,8}password)?$/i;

/** What a phrase that ends before `at` names, or undefined. */
function namedBefore(text: string, at: number): string | undefined {
  let end = at;
  while (isSpace(text.charCodeAt(end - 1)) && at - end < 4 && end > 0) end--;
  if (end === at || !isLetter(text.charCodeAt(end - 1))) return undefined;
  let phrase = text.slice(Math.max(0, end - 64), end);
  if (/(?:by|as|password)$/i.test(phrase) && IDENTIFIED_BY.test(phrase)) return 'password';
  phrase = phrase.replace(CONNECTIVE, '');
  const name = NAMED.exec(phrase)?.[1]?.toLowerCase();
  return name === undefined || name.startsWith('unexpected') ? undefined : name;
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122 ? true : code > 127;
}

// Header names whose values are secret, for flat lists of names and values (`rawHeaders`).
const HEADER_NAME =
  /["'`]((?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api-?key|x-(?:auth|vault|csrf|xsrf|access|amz-security)-token|private-token|ocp-apim-subscription-key|x-goog-api-key|x-functions-key)\\{0,7}["'`]\s{0,4},\s{0,8}(?=\\{0,7}["'`])/iy;
// A pair of its own: `["password", "…"]`, `('password', '…')`.
const PAIR_NAME = /["'`]([\w.-]{2,60})\\{0,7}["'`]\s{0,4},\s{0,8}(?=\\{0,7}["'`])/y;
const PAIR_ENDS = /\s{0,4}[\])]/y;
/** `Password("…")`, `PASSWORD('…')`: a constructor or function that is called like the secret. */
const NAMED_CALL = /(?:^|[^A-Za-z0-9_$.])(?:password|passwd|secret|secretstr|secretstring|apikey)\($/i;

function atQuote(text: string, at: number, report: Report): number {
  const before = text.charCodeAt(at - 1);
  let context: NameContext | undefined;
  let from = at;
  if (isSpace(before) && at > 0) {
    const word = namedBefore(text, at);
    if (word !== undefined) context = nameOf(word, at);
  } else if (before === 40 && NAMED_CALL.test(text.slice(Math.max(0, at - 16), at))) {
    context = nameOf('password', at);
  }
  if (context === undefined) {
    HEADER_NAME.lastIndex = at;
    const header = HEADER_NAME.exec(text);
    if (header?.[1] !== undefined) {
      from = HEADER_NAME.lastIndex;
      context = nameOf(sensitiveWordOf(header[1]) ?? 'token', at);
    } else if (opensPair(text, at)) {
      PAIR_NAME.lastIndex = at;
      const name = PAIR_NAME.exec(text)?.[1];
      const word = name === undefined ? undefined : sensitiveWordOf(name);
      if (word === undefined) return at + 1;
      from = PAIR_NAME.lastIndex;
      PAIR_ENDS.lastIndex = quotedAt(text, from)?.next ?? from;
      if (!PAIR_ENDS.test(text)) return at + 1;
      context = nameOf(word, at);
    }
  }
  if (context === undefined) return at + 1;
  const value = secretAt(text, from, context);
  if (value === undefined) return at + 1;
  report(value.start, value.end, PHRASE_RULE);
  return value.end;
}

function opensPair(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i - 1) === 92) i--;
  while (i > 0 && at - i < 8 && isSpace(text.charCodeAt(i - 1))) i--;
  const before = text.charCodeAt(i - 1);
  return before === 91 || before === 40;
}

function nameOf(word: string, start: number): NameContext {
  return { word, start, quote: '', delimiter: '=' };
}

const COPULAS: readonly string[] = [' is ', ' was ', ' IS ', ' set to ', ' to '];

/** `the password is hunter2`: unquoted, so it must look made: a digit beside letters, or digits alone for a PIN. */
function detectCopulas(text: string, report: Report): void {
  for (const copula of COPULAS) {
    for (let at = text.indexOf(copula); at >= 0; at = text.indexOf(copula, at + copula.length - 1)) {
      const from = at + copula.length;
      const word = namedBefore(text, from);
      if (word === undefined) continue;
      const end = quotedAt(text, from) === undefined ? bareEnd(text, from) : from;
      const run = text.slice(from, Math.min(end, from + 512));
      const isNumber = /^\d{3,12}[.,!]?$/.test(run);
      const made = /\d/.test(run) && /[A-Za-z]/.test(run) && run.length >= 6;
      if (made || (isNumber && /pin|otp|code/.test(word))) {
        if (!isHarmlessValue(run, word) && !isCovered(text, from, end)) report(from, end, PHRASE_RULE);
      }
    }
  }
}

// `Invalid API key 5f4d…`, `token abc…` without a delimiter: only a long run of letters and digits together.
const NAMED_RUN =
  /(?<![A-Za-z0-9])(?:password|passwd|api[ _-]?key|access[ _-]?key|secret[ _-]?key|token|secret)[ \t]{1,2}(?:provided[ \t]|value[ \t])?([A-Za-z0-9_+=-]{16,})/gi;
// `set password hunter2`, `requirepass …`: a password has letters and digits, and names of methods do, too.
const NAMED_PASSWORD =
  /(?<![A-Za-z0-9_-])(?:password|passwd|passphrase|requirepass|masterauth)[ \t]{1,8}(?=[^\s"'`=:]{6,})(?!(?:sha|md|argon|pbkdf|scrypt|bcrypt|base|utf|oauth|http|ipv|v\d|s3)[\w-]{0,12}(?:\s|$))/gi;
// ~/.netrc: https://everything.curl.dev/usingcurl/netrc.html
const NETRC = /(?<![A-Za-z0-9_-])login[ \t\n]{1,8}[^\s"']{1,128}[ \t\n]{1,8}password[ \t\n]{1,8}/g;

function detectNamedRuns(text: string, report: Report): void {
  NAMED_RUN.lastIndex = 0;
  for (let found = NAMED_RUN.exec(text); found !== null; found = NAMED_RUN.exec(text)) {
    const run = found[1] as string;
    const end = found.index + found[0].length;
    const dense = /[A-Za-z0-9]{16}/.exec(run.slice(0, 256))?.[0];
    if (dense !== undefined && hasBoth(dense)) report(end - run.length, end, PHRASE_RULE);
  }
  NAMED_PASSWORD.lastIndex = 0;
  while (NAMED_PASSWORD.test(text)) {
    const from = NAMED_PASSWORD.lastIndex;
    const end = bareEnd(text, from);
    if (end > from && hasBoth(text.slice(from, Math.min(end, from + 256))) && !isExpression(text, from, true)) {
      report(from, end, PHRASE_RULE);
      NAMED_PASSWORD.lastIndex = end;
    }
  }
  NETRC.lastIndex = 0;
  while (NETRC.test(text)) {
    const end = bareEnd(text, NETRC.lastIndex);
    if (end > NETRC.lastIndex && !isCovered(text, NETRC.lastIndex, end)) report(NETRC.lastIndex, end, PHRASE_RULE);
  }
}

function hasBoth(run: string): boolean {
  return /\d/.test(run) && /[A-Za-z]/.test(run);
}

const FLAG = /--?([A-Za-z][A-Za-z0-9_-]{1,60})/y;
const FLAG_GAP = /(?:\\{0,7}["'`]\s{0,4},\s{0,8}|[ \t]{1,8})/y;
const USER_FLAG = /-(?:u|-user|-proxy-user|U)(?:[ \t=]{1,8}|(?=[^\s-]))/y;
const PASSWORD_COMMANDS =
  /(?<![A-Za-z0-9])(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|mongo|mongosh|mongodump|mongorestore|sshpass|docker login|podman login|redis-cli|ldapsearch|ldapadd|ldapmodify|sqlcmd|bcp)(?![A-Za-z0-9])/;
const CURL = /(?<![A-Za-z0-9])curl(?![A-Za-z0-9])/;
/** How far before a flag its command is looked for. */
const MAX_COMMAND_CHARS = 240;

function atDash(text: string, at: number, report: Report): number {
  const before = text.charCodeAt(at - 1);
  if (at > 0 && !isSpace(before) && before !== 34 && before !== 39 && before !== 96 && before !== 91 && before !== 40) {
    return at + 1;
  }
  if (text.charCodeAt(at + 1) === 45) {
    FLAG.lastIndex = at;
    const name = FLAG.exec(text)?.[1];
    if (name === undefined) return at + 1;
    if (name === 'user' || name === 'proxy-user') return atUserFlag(text, at, report);
    const word = sensitiveWordOf(name);
    FLAG_GAP.lastIndex = at + 2 + name.length;
    // `--password=x` belongs to the rule of assignments.
    if (word === undefined || !FLAG_GAP.test(text)) return at + 2;
    return reportFlag(text, FLAG_GAP.lastIndex, { word, start: at, quote: '', delimiter: ' ' }, report) ?? at + 2;
  }
  const flag = text.charAt(at + 1);
  if (flag === 'u' || flag === 'U') return atUserFlag(text, at, report);
  if ((flag === 'p' || flag === 'a' || flag === 'w' || flag === 'P') && commandBefore(text, at, PASSWORD_COMMANDS)) {
    return atPasswordFlag(text, at, flag, report);
  }
  if (flag === 'b' && text.charCodeAt(at + 2) === 32 && commandBefore(text, at, CURL)) {
    return reportFlag(text, at + 3, { word: 'cookie', start: at, quote: '', delimiter: ' ' }, report) ?? at + 1;
  }
  return at + 1;
}

function reportFlag(text: string, from: number, name: NameContext, report: Report): number | undefined {
  if (text.charCodeAt(from) === 45) return undefined;
  const value = secretAt(text, from, name);
  if (value === undefined) return undefined;
  report(value.start, value.end, COMMAND_LINE_RULE);
  return value.end;
}

/** `-u user:password`, the user name kept; not `-u 1000:1000`. */
function atUserFlag(text: string, at: number, report: Report): number {
  USER_FLAG.lastIndex = at;
  if (!USER_FLAG.test(text)) return at + 1;
  const quoted = quotedAt(text, USER_FLAG.lastIndex);
  const start = quoted?.start ?? USER_FLAG.lastIndex;
  const end = quoted?.end ?? bareEnd(text, start);
  const colon = text.slice(start, Math.min(end, start + 256)).indexOf(':');
  if (colon < 1 || start + colon + 1 >= end || isCovered(text, start + colon + 1, end)) return at + 1;
  const password = text.slice(start + colon + 1, Math.min(end, start + 1024));
  if (/^\d+$/.test(password) && /^\d+$/.test(text.slice(start, start + colon))) return at + 1;
  if (password.startsWith('//') || isHarmlessValue(password, 'password')) return at + 1;
  report(start + colon + 1, end, COMMAND_LINE_RULE);
  return end;
}

function commandBefore(text: string, at: number, command: RegExp): boolean {
  const before = text.slice(Math.max(0, at - MAX_COMMAND_CHARS), at);
  return command.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** `mysql -pPASS`, `sshpass -p PASS`, `redis-cli -a PASS`. With a blank, `mysql -p` asks for the password and names a database. */
function atPasswordFlag(text: string, at: number, flag: string, report: Report): number {
  const glued = !isSpace(text.charCodeAt(at + 2));
  const asks =
    flag === 'p' && !glued && /(?<![A-Za-z0-9])(?:mysql|mariadb)/.test(text.slice(Math.max(0, at - 240), at));
  if (asks || (glued && flag !== 'p' && flag !== 'P')) return at + 1;
  const from = glued ? at + 2 : at + 3;
  const quoted = quotedAt(text, from);
  const start = quoted?.start ?? from;
  const end = quoted?.end ?? bareEnd(text, from);
  const value = text.slice(start, Math.min(end, start + 1024));
  // `mongo -p 27017` is unlikely, but `-p 8080:80` of a neighbouring command is not.
  if (end <= start || isCovered(text, start, end) || /^\d+:\d+$/.test(value)) return at + 1;
  if (isHarmlessValue(value, 'password')) return at + 1;
  report(start, end, COMMAND_LINE_RULE);
  return end;
}
