import { isIPv6 } from 'node:net';
import { alphabet, isAlnum, range } from './redact-chars.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';

/** Personal data, masked only when asked for. */
export const PII_RULES: readonly RuleName[] = [
  { id: 'pii-email', kind: 'email' },
  { id: 'pii-card', kind: 'card' },
  { id: 'pii-ip', kind: 'ip' },
];
const [EMAIL_RULE, CARD_RULE, IP_RULE] = PII_RULES as [RuleName, RuleName, RuleName];

const LETTERS_AND_DIGITS = range('A', 'Z') + range('a', 'z') + range('0', '9');
const LOCAL_PART = alphabet(`${LETTERS_AND_DIGITS}.!#$%&'*+/=?^_\`{|}~-`);
const DOMAIN = alphabet(`${LETTERS_AND_DIGITS}.-`);
const ADDRESS6 = alphabet(`${range('0', '9')}${range('a', 'f')}${range('A', 'F')}:.`);

/** RFC 5321 §4.5.3.1. */
const MAX_LOCAL_CHARS = 64;
const MAX_DOMAIN_CHARS = 255;

/** Finds e-mail addresses, card numbers (13–19 digits that pass Luhn) and IP addresses. */
export const detectPii: Detector = (text, report) => {
  detectEmails(text, report);
  detectCards(text, report);
  detectAddresses(text, report);
};

function detectEmails(text: string, report: Report): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < MAX_LOCAL_CHARS && isLocal(text.charCodeAt(start - 1))) start--;
    while (start < at && !isAlnum(text.charCodeAt(start)) && text.charCodeAt(start) < 128) start++;
    let end = at + 1;
    while (end - at <= MAX_DOMAIN_CHARS && isDomain(text.charCodeAt(end))) end++;
    while (end > at && !isAlnum(text.charCodeAt(end - 1)) && text.charCodeAt(end - 1) < 128) end--;
    const domain = text.slice(at + 1, end);
    if (start < at && /\.[^.\d\s]{2,}$/.test(domain)) report(start, end, EMAIL_RULE);
  }
}

function isLocal(code: number): boolean {
  return code < 128 ? LOCAL_PART[code] === 1 : isLetterBeyondAscii(code);
}

function isDomain(code: number): boolean {
  return code < 128 ? DOMAIN[code] === 1 : isLetterBeyondAscii(code);
}

// Good enough for names: no spaces, general punctuation, private use.
function isLetterBeyondAscii(code: number): boolean {
  return code >= 0xc0 && !(code >= 0x2000 && code <= 0x303f) && code < 0xe000;
}

/** True when the digits, the last of which is a check digit, pass Luhn (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** True for a number that is a card number. */
export function isCardNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1e12 && isCard(String(value));
}

// Issuers' ranges begin with 2 to 6; repeated zeros pass Luhn, too.
function isCard(digits: string): boolean {
  return digits.length >= 13 && digits.length <= 19 && digits >= '2' && digits < '7' && passesLuhn(digits);
}

function detectCards(text: string, report: Report): void {
  for (let i = 0; i < text.length; i++) {
    if (!isDigit(text.charCodeAt(i))) continue;
    const before = text.charCodeAt(i - 1);
    let end = i;
    let digits = '';
    // One blank or dash may stand between groups.
    for (let at = i; ; at++) {
      const code = text.charCodeAt(at);
      if (isDigit(code)) {
        if (digits.length < 24) digits += text[at];
        end = at + 1;
      } else if ((code !== 32 && code !== 45) || at !== end) break;
    }
    const glued = (i > 0 && isAlnum(before)) || isAlnum(text.charCodeAt(end)) || before === 46;
    if (!glued && isCard(digits)) report(i, end, CARD_RULE);
    i = end;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const ADDRESS4 =
  /(?<![\w.])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}(?!\w|\.\d)/g;

function detectAddresses(text: string, report: Report): void {
  ADDRESS4.lastIndex = 0;
  for (let found = ADDRESS4.exec(text); found !== null; found = ADDRESS4.exec(text)) {
    report(found.index, found.index + found[0].length, IP_RULE);
  }
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 5 && ADDRESS6[text.charCodeAt(start - 1)] === 1) start--;
    let end = at;
    while (end - start < 46 && ADDRESS6[text.charCodeAt(end)] === 1) end++;
    if (end - start >= 6 && !isAlnum(text.charCodeAt(start - 1)) && !isAlnum(text.charCodeAt(end))) {
      const candidate = text.slice(start, end).replace(/[.:]$/, '');
      if (isIPv6(candidate)) report(start, start + candidate.length, IP_RULE);
    }
    at = Math.max(at, end - 1);
  }
}
