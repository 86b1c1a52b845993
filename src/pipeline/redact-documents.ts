import { matches } from './redact-chars.ts';
import { COLUMN_RULE } from './redact-columns.ts';
import { quotedAt } from './redact-extent.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import { GROUP, type Reading } from './redact-reading.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/** What is secret by the kind of document it stands in: a Kubernetes Secret, a JSON Web Key, a login in a stack trace. */
export const DOCUMENT_RULE: RuleName = { id: 'document' };

/** How far a document is followed. */
const MAX_DOCUMENT_CHARS = 8_192;

/** Finds secrets whose name stands elsewhere, or is said by the kind of text. */
export const detectDocuments: Detector = (text, report, reading) => {
  const said = saidIn(text, reading);
  if (said.has('Secret')) detectKubernetesSecrets(text, report);
  if (said.has('kty')) detectWebKeys(text, report);
  if (text.includes("('")) detectLogins(text, report);
  detectRejected(text, report, reading, said);
};

const NOTHING: ReadonlySet<string> = new Set();

function saidIn(text: string, reading: Reading): ReadonlySet<string> {
  const places = reading.at(GROUP.documents);
  if (places.length === 0) return NOTHING;
  return new Set(DOCUMENT_LITERALS.filter((literal) => places.some((at) => text.startsWith(literal, at))));
}

/** What the documents are known by. */
export const DOCUMENT_LITERALS = ['Secret', 'kty', 'input_value=', 'variable', 'path', 'loc'] as const;

const KIND = /\bkind\\{0,7}["']?\s{0,2}:\s{0,2}\\{0,7}["']?Secret\b/g;
const DATA = /(?:^|[\s{,])\\{0,7}["']?(?:data|stringData)\\{0,7}["']?\s{0,2}:\s{0,8}/g;
const ENTRY = /(?<![\w.-])([\w.-]{1,253})\\{0,7}["']?\s{0,2}:\s{0,2}\\{0,7}["']?([^\s"'{}\\,][^\n"'\\,]{0,4096})/g;

// https://kubernetes.io/docs/concepts/configuration/secret/
function detectKubernetesSecrets(text: string, report: Report): void {
  KIND.lastIndex = 0;
  for (let kind = KIND.exec(text); kind !== null; kind = KIND.exec(text)) {
    const from = Math.max(0, kind.index - MAX_DOCUMENT_CHARS);
    const around = text.slice(from, kind.index + MAX_DOCUMENT_CHARS);
    DATA.lastIndex = 0;
    for (let data = DATA.exec(around); data !== null; data = DATA.exec(around)) {
      const body = DATA.lastIndex;
      const end = bodyEnd(around, body);
      ENTRY.lastIndex = body;
      for (let entry = ENTRY.exec(around); entry !== null && entry.index < end; entry = ENTRY.exec(around)) {
        const value = entry[2] as string;
        const start = from + ENTRY.lastIndex - value.length;
        const stop = start + value.trimEnd().length;
        if (!isCovered(text, start, stop)) report(start, stop, DOCUMENT_RULE);
      }
    }
    KIND.lastIndex = Math.max(KIND.lastIndex, kind.index + MAX_DOCUMENT_CHARS / 2);
  }
}

/** The end of a block: its closing brace, or the first line that is not indented. */
function bodyEnd(text: string, at: number): number {
  if (text.charAt(at) === '{') {
    const close = text.indexOf('}', at);
    return close < 0 ? text.length : close;
  }
  const next = /\n(?=\S)/.exec(text.slice(at));
  return next === null ? text.length : at + next.index;
}

// RFC 7518 §6.2.2, §6.3.2 and §6.4.1.
const PRIVATE_MEMBER = /\\{0,7}["']?\b(?:d|p|q|dp|dq|qi|k)\\{0,7}["']?\s{0,2}:\s{0,2}(?=\\{0,7}["'][\w-]{16})/g;

function detectWebKeys(text: string, report: Report): void {
  for (let at = text.indexOf('kty'); at >= 0; at = text.indexOf('kty', at + MAX_DOCUMENT_CHARS)) {
    PRIVATE_MEMBER.lastIndex = Math.max(0, at - MAX_DOCUMENT_CHARS);
    for (
      let m = PRIVATE_MEMBER.exec(text);
      m !== null && m.index < at + MAX_DOCUMENT_CHARS;
      m = PRIVATE_MEMBER.exec(text)
    ) {
      const quoted = quotedAt(text, PRIVATE_MEMBER.lastIndex);
      if (quoted !== undefined && !isCovered(text, quoted.start, quoted.end))
        report(quoted.start, quoted.end, DOCUMENT_RULE);
    }
  }
}

// PHP prints the arguments of every call of a stack trace: the last but the first ones are passwords.
const LOGIN =
  /(?:PDO->__construct|mysqli->(?:__construct|real_connect)|mysqli_connect|oci_connect|ldap_bind|ftp_login|ssh2_auth_password|imap_open|password_(?:hash|verify)|(?:->|::)(?:login|attempt|authenticate|signIn|setPassword))\((?=')/g;

function detectLogins(text: string, report: Report): void {
  LOGIN.lastIndex = 0;
  for (let call = LOGIN.exec(text); call !== null; call = LOGIN.exec(text)) {
    const skip = /PDO|mysqli|oci/.test(call[0]) ? 2 : /setPassword|password_/.test(call[0]) ? 0 : 1;
    let at = LOGIN.lastIndex;
    for (let i = 0; i <= skip; i++) {
      const quoted = quotedAt(text, at);
      if (quoted === undefined) break;
      if (i === skip && quoted.end > quoted.start && !isCovered(text, quoted.start, quoted.end)) {
        report(quoted.start, quoted.end, DOCUMENT_RULE);
      }
      at = quoted.next;
      while (text.charAt(at) === ',' || text.charAt(at) === ' ') at++;
    }
  }
}

// The field and its rejected value, as validators and databases put it. Value first, name second, or the other way round.
const VALUE_THEN_NAME =
  /(?:\bentry|\bvalue) \\{0,7}(["'])([^"'\n]{3,512})\\{0,7}\1 (?:\(type [\w<>]{1,40}\) )?(?:for (?:key|column|field)|at path|in field|of (?:field|property)) \\{0,7}["'`]?([\w.[\]-]{2,128})/iy;
const NAME_THEN_VALUE =
  /["'`]?([\w.[\]-]{2,80})\\{0,7}["'`]?:? (?:with (?:rejected |invalid )?value|rejected value|has (?:an )?invalid value) ?:? ?(?=["'`[\\(])|`([\w.[\]-]{2,80})` \((?=`)/gi;
const PYDANTIC = /(?:^|\n)([\w.[\]-]{2,128})\n {1,4}[^\n]{1,240}input_value=(?=["'])/g;
const VARIABLE =
  /variable\s{1,4}\\{0,7}["']([\w-]{2,80})\\{0,7}["']\s{0,4}\{[^{}]{0,400}\bdefault\s{0,8}=\s{0,8}(?=\\{0,7}["'])/g;

const ISSUE =
  /"(?:path|loc)\\{0,7}":\s?\[[^\][]{0,120}?\\{0,7}"([\w.-]{2,80})\\{0,7}"\][^{}]{0,300}?"(?:received|input|data)\\{0,7}":\s?(?=\\{0,7}")/g;

/** What is said of a value that was refused. */
const REFUSED = /with (?:rejected |invalid )?value|rejected value|has (?:an )?invalid value/iy;
/** What one of these begins with. */
export const REJECTED_LITERALS = ['entry ', 'value ', 'with ', 'rejected ', 'has '] as const;

function detectRejected(text: string, report: Report, reading: Reading, said: ReadonlySet<string>): void {
  let done = 0;
  let isRefused = text.includes('` (`');
  for (const at of reading.at(GROUP.rejected)) {
    const letter = (reading.codes[at] as number) | 32;
    const isValue = letter === 118 || letter === 101;
    if (!isValue) isRefused ||= matches(REFUSED, text, at);
    VALUE_THEN_NAME.lastIndex = at;
    const found = isValue && at >= done ? VALUE_THEN_NAME.exec(text) : null;
    if (found === null) continue;
    done = VALUE_THEN_NAME.lastIndex;
    const [whole, , value, name] = found as unknown as [string, string, string, string];
    const word = sensitiveWordOf(name);
    const start = found.index + whole.indexOf(value);
    if (word !== undefined && !isHarmlessValue(value, word)) report(start, start + value.length, COLUMN_RULE);
  }
  if (!isRefused && said.size === 0) return;
  const patterns = [
    ...(isRefused ? [NAME_THEN_VALUE] : []),
    ...(said.has('input_value=') ? [PYDANTIC] : []),
    ...(said.has('variable') ? [VARIABLE] : []),
    ...((said.has('path') && text.includes('"path')) || (said.has('loc') && text.includes('"loc')) ? [ISSUE] : []),
  ];
  for (const pattern of patterns) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const word = sensitiveWordOf(found[1] ?? found[2] ?? '');
      if (word === undefined) continue;
      const at = pattern.lastIndex;
      const quoted = quotedAt(text, at);
      const close = quoted === undefined ? /[\])]/.exec(text.slice(at + 1, at + 513)) : null;
      const start = quoted?.start ?? at + 1;
      const end = quoted?.end ?? (close === null ? start : start + close.index);
      if (
        end > start &&
        !isCovered(text, start, end) &&
        !isHarmlessValue(text.slice(start, Math.min(end, start + 520)), word)
      ) {
        report(start, end, COLUMN_RULE);
      }
    }
  }
}
