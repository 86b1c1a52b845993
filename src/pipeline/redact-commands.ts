import { ALPHABETS, alphabet, isBlank, isSpace, isTokenStart, range, runEnd } from './redact-chars.ts';
import { bareEnd, quotedAt } from './redact-extent.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import { COMMAND_LINE_RULE } from './redact-phrases.ts';
import { GROUP } from './redact-reading.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';
import { secretAt } from './redact-value.ts';

/** `Bearer …` and `Basic …` wherever they stand (RFC 6750 §2.1, RFC 7617 §2). */
export const AUTH_SCHEME_RULE: RuleName = { id: 'authentication-scheme' };

const TOKEN68: Uint8Array = ALPHABETS.base64.map((member, code) => (member || code === 46 || code === 126 ? 1 : 0));
const SCHEME = /(?:[Bb](?:earer|asic)|BEARER|BASIC|[Dd]pop|DPoP)(?:%20|\+|[ \t]{1,8})/y;
/** What they begin with. */
export const SCHEME_LITERALS = ['bearer', 'basic', 'dpop'] as const;

/** Finds credentials by the authentication scheme in front of them. */
export const detectSchemes: Detector = (text, report, reading) => {
  let done = 0;
  for (const at of reading.at(GROUP.schemes)) {
    SCHEME.lastIndex = at;
    if (at < done || !SCHEME.test(text) || !isTokenStart(text, at)) continue;
    let from = SCHEME.lastIndex;
    done = from;
    while (isBlank(text.charCodeAt(from))) from++;
    const end = runEnd(text, from, TOKEN68);
    const run = text.slice(from, Math.min(end, from + 512));
    const isBasic = (text.charCodeAt(at + 2) | 32) === 115;
    if (isBasic ? isBasicCredentials(run) : isBearerToken(run)) report(from, end, AUTH_SCHEME_RULE);
    done = Math.max(done, end);
  }
};

// "bearer scheme not supported" and "Bearer authentication" are prose: a token has a digit, or is long.
function isBearerToken(run: string): boolean {
  if (/^[A-Za-z_-]+=./.test(run)) return false;
  return run.length >= 24 || (run.length >= 6 && /[0-9]/.test(run));
}

function isBasicCredentials(run: string): boolean {
  if (run.length < 6 || !/^[A-Za-z0-9+/_-]+=*$/.test(run)) return false;
  const decoded = Buffer.from(run, 'base64').toString('latin1');
  return /^[^\0-\x1f\x7f:]*:[^\0-\x1f\x7f]*$/.test(decoded);
}

const USER_FLAG =
  /-(?<=(?:^|[\s"'`[(])-)(?:u|U|[skSLfiv]{1,5}u(?= )|-user|-proxy-user|a(?<=\bhttps? -a))(?:["']\s{0,4},\s{0,4}|[ \t=]{1,8}|(?=[^\s-]))/y;
const PASSWORD_FLAG = /-(?<=(?:^|[\s"'`[(])-)(?:[pPaw]|b(?= ))/y;
const PASSWORD_COMMANDS =
  /(?<![A-Za-z0-9])(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|mongo|mongosh|mongodump|mongorestore|sshpass|docker login|podman login|redis-cli|ldapsearch|ldapadd|ldapmodify|sqlcmd|bcp|cqlsh|influx|7z|zip|unzip|twine|psexec|winrs|ipmitool|certutil|security|altool|couchbase-cli|cypher-shell|hdbsql|racadm|useradd|mosquitto_pub|mosquitto_sub|[a-z]{2,16}(?: registry)? login)(?![A-Za-z0-9])/;
const ASKS = /(?<![A-Za-z0-9])(?:mysql|mariadb)/;
const CURL = /(?<![A-Za-z0-9])curl(?![A-Za-z0-9])/;
/** How far before a flag its command is looked for. */
const MAX_COMMAND_CHARS = 240;

/** Finds passwords behind the short flags of commands that take them there. */
export const detectCommands: Detector = (text, report, reading) => {
  let done = 0;
  if (text.charCodeAt(0) === DASH) done = atFlag(text, 0, report);
  for (const place of reading.at(GROUP.flags)) if (place + 1 >= done) done = atFlag(text, place + 1, report);
};

const DASH = 45;
/** What the flags begin with. */
export const FLAG_LITERALS = [
  ' -u',
  ' --',
  ' -p',
  ' -a',
  ' -w',
  ' -b',
  ' -s',
  ' -k',
  ' -L',
  ' -f',
  ' -i',
  ' -v',
] as const;

/** The flag at `at`, if one stands there. Says where reading goes on. */
function atFlag(text: string, at: number, report: Report): number {
  USER_FLAG.lastIndex = at;
  if (USER_FLAG.test(text)) return atUser(text, USER_FLAG.lastIndex, report);
  PASSWORD_FLAG.lastIndex = at;
  if (!PASSWORD_FLAG.test(text)) return at;
  const from = PASSWORD_FLAG.lastIndex;
  const flag = text.charAt(from - 1);
  if (flag === 'b') atCookies(text, from, report);
  else atPassword(text, from, flag, report);
  return from;
}

/** `-u user:password`, the user name kept; not `-u 1000:1000`. */
function atUser(text: string, from: number, report: Report): number {
  const quoted = quotedAt(text, from);
  const start = quoted?.start ?? from;
  const end = quoted?.end ?? bareEnd(text, start);
  const colon = text.slice(start, Math.min(end, start + 256)).indexOf(':');
  if (colon < 0 || start + colon + 1 >= end || isCovered(text, start + colon + 1, end)) return from;
  const password = text.slice(start + colon + 1, Math.min(end, start + 1024));
  if (/^\d+$/.test(password) && /^\d+$/.test(text.slice(start, start + colon))) return from;
  if (password.startsWith('//') || isHarmlessValue(password, 'password')) return from;
  report(start + colon + 1, end, COMMAND_LINE_RULE);
  return end;
}

function commandBefore(text: string, at: number, command: RegExp): boolean {
  const before = text.slice(Math.max(0, at - MAX_COMMAND_CHARS), at);
  return command.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** `['sshpass', '-p', 'hunter2']` */
const LISTED = /^\\{0,3}["']\s{0,2},\s{0,4}(?=\\{0,3}["'])/;

/** `curl -b 'session=…'` */
function atCookies(text: string, from: number, report: Report): void {
  if (!commandBefore(text, from, CURL)) return;
  const value = secretAt(text, from + 1, { word: 'cookie', start: from - 2, quote: '', delimiter: ' ' });
  if (value !== undefined) report(value.start, value.end, COMMAND_LINE_RULE);
}

/** `mysql -pPASS`, `sshpass -p PASS`, `redis-cli -a PASS`. With a blank, `mysql -p` asks for the password and names a database. */
function atPassword(text: string, behind: number, flag: string, report: Report): void {
  const glued = !isSpace(text.charCodeAt(behind));
  if (glued && flag !== 'p' && flag !== 'P') return;
  if (!commandBefore(text, behind, PASSWORD_COMMANDS)) return;
  if (flag === 'p' && !glued && commandBefore(text, behind, ASKS)) return;
  const listed = LISTED.exec(text.slice(behind, behind + 16));
  const from = listed === null ? (glued ? behind : behind + 1) : behind + listed[0].length;
  const quoted = quotedAt(text, from);
  const start = quoted?.start ?? from;
  const end = quoted?.end ?? bareEnd(text, from);
  const value = text.slice(start, Math.min(end, start + 1024));
  // `mongo -p 27017` is unlikely, but `-p 8080:80` of a neighbouring command is not.
  if (end <= start || isCovered(text, start, end) || /^\d+:\d+$/.test(value)) return;
  if (!isHarmlessValue(value, 'password')) report(start, end, COMMAND_LINE_RULE);
}

// https://www.postgresql.org/docs/current/libpq-pgpass.html, and tools that take user and password in one word.
const LOGIN_WORDS =
  /(?:(?:sqlplus|sqlldr|expdp|impdp|rman)[ \t]{1,4}(?:-\w{1,8}[ \t]{1,4})?["']?[\w$#]{1,64}\/(?=[^\s@/"']{4})|smbclient[^\n]{1,120} -U ["']?[\w.\\/-]{1,64}%(?=\S{4})|lftp -u ["']?[\w.-]{1,64},(?=\S{4})|SETUSER [\w.-]{1,64} [^\n]{0,40}>(?=\S{4})|(?:net user|add_user|change_password) [\w.-]{1,64} (?=[^\s/]{4})|schtasks[^\n]{1,200} \/rp |(?:echo|printf)(?: -\w{1,3}){0,2} ["']?(?:[\w.-]{1,64}:)?(?=[^\s"'|]{4,256}["']? ?\| ?(?:sudo -S|chpasswd|kinit|passwd|cryptsetup|(?:docker|wrangler|gh) secret|[^\n|]{1,80}-stdin)))/y;
/** What they begin with. */
export const LOGIN_LITERALS: readonly string[] =
  'sqlplus,sqlldr,expdp,impdp,rman,smbclient,lftp,SETUSER,net user,add_user,change_password,schtasks,echo ,printf '.split(
    ',',
  );
const PGPASS = /:(?:\d{2,5}|\*):[\w*-]{1,63}:[\w.*-]{1,63}:$/;

/** Finds passwords in words that also name the user, and in lines that log in. */
export const detectLoginWords: Detector = (text, report, reading) => {
  let done = 0;
  for (const at of reading.at(GROUP.logins)) {
    LOGIN_WORDS.lastIndex = at;
    if (at >= done && LOGIN_WORDS.test(text)) done = readLogin(text, LOGIN_WORDS.lastIndex, report);
  }
  for (let at = 0; at <= text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const from = lastFieldOf(reading.codes, at, end);
    if (from > at && PGPASS.test(text.slice(Math.max(at, from - MAX_PGPASS_CHARS), from)))
      readLogin(text, from, report);
    at = end + 1;
  }
};

const MAX_PGPASS_CHARS = 140;
const MAX_FIELD_CHARS = 128;
const FIELD_END = alphabet(`${range('A', 'Z')}${range('a', 'z')}${range('0', '9')}_.*-`);

/** Where the last field of a line begins, behind a colon; its beginning where no such field is. */
function lastFieldOf(codes: Uint16Array, start: number, end: number): number {
  const stop = codes[end - 1] === 13 ? end - 1 : end;
  let from = stop;
  while (from > start && stop - from <= MAX_FIELD_CHARS && codes[from - 1] !== 58) {
    if (isSpace(codes[from - 1] as number)) return start;
    from--;
  }
  if (stop - from < 4 || stop - from > MAX_FIELD_CHARS || !FIELD_END[codes[from - 2] as number]) return start;
  return from;
}

/** The password that begins at `from`. Says where it ends. */
function readLogin(text: string, from: number, report: Report): number {
  let end = bareEnd(text, from);
  const at = text.slice(from, end).indexOf('@');
  if (at > 0) end = from + at;
  const value = text.slice(from, Math.min(end, from + 256));
  if (end > from && /\d/.test(value) && !isCovered(text, from, end) && !isHarmlessValue(value, 'password')) {
    report(from, end, COMMAND_LINE_RULE);
  }
  return Math.max(from, end);
}

// What servers and clients print when they trace a protocol: Redis, FTP, POP3, IRC, IMAP, SMTP.
const PROTOCOL =
  /(?<![\w"'-])(?:"AUTH" (?=")|LOGIN [\w.@-]{1,64} (?="[^\s"]{4})|(?:AUTH(?:ENTICATE)?(?: (?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5))?|PASS|LOGIN [\w.@-]{1,64}|HELLO \d AUTH [\w.@-]{1,64}) (?=[^\s"]{4}))/y;
/** What they begin with. */
export const PROTOCOL_LITERALS = ['"AUTH', 'AUTH', 'PASS', 'LOGIN', 'HELLO'] as const;

/** Finds the arguments of commands that log in. */
export const detectProtocols: Detector = (text, report, reading) => {
  let done = 0;
  for (const at of reading.at(GROUP.protocols)) {
    PROTOCOL.lastIndex = at;
    // Capitals, or the quote before them.
    if (at < done || (reading.codes[at] as number) > 90 || !PROTOCOL.test(text)) continue;
    const from = PROTOCOL.lastIndex;
    const first = quotedAt(text, from);
    // `"AUTH" "user" "password"`
    const second = first === undefined ? undefined : quotedAt(text, first.next + 1);
    const quoted = second ?? first;
    const end = quoted?.end ?? bareEnd(text, from);
    const start = quoted?.start ?? from;
    const value = text.slice(start, Math.min(end, start + 256));
    // `PASS src/a.test.ts` of a test runner, `AUTH failed`.
    const isMade =
      quoted !== undefined || (/\d/.test(value) && !/[/]|^\d{1,3}$/.test(value)) || /[a-z][A-Z]|[!#$%^&*]/.test(value);
    if (isMade && !isCovered(text, start, end) && !isHarmlessValue(value, 'password'))
      report(start, end, COMMAND_LINE_RULE);
    done = Math.max(from, end);
  }
};
