import { KEY_NAME_RULE } from './redact-assignments.ts';
import { isQuoteCode, isSpace, matches } from './redact-chars.ts';
import { isHarmlessValue, THOUGHT_UP } from './redact-harmless.ts';
import { isCovered, withoutMarkers } from './redact-marker.ts';
import type { Report } from './redact-span.ts';
import { secretAt } from './redact-value.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/** How the first half of a pair begins (`"name": "`), before the name that is its value. */
const PAIR_NAME =
  /(?<![A-Za-z0-9])(?:name|key|header|field|param(?:eter)?(?:key|name)?|variable|property|path|column|attribute|id|k|n)\\{0,7}["'`]?\s{0,4}(?:=>|[:=])\s{0,4}\\{0,7}["'`]?(?:[\w.-]{0,40}\/){0,6}$/i;
/** `<input type="password" value="…">`, `{"Type": "SecureString", "Value": "…"}` */
const PAIR_TYPE = /(?<![A-Za-z0-9])type\\{0,7}["'`]?\s{0,4}[:=]\s{0,4}\\{0,7}["'`]?$/i;
const MAX_PAIR_NAME_CHARS = 120;
/** From the name to its value, in the other half of the pair. */
const PAIR_VALUE =
  /[\\"'`\s,;|\]}]{0,24}(?:\w{1,24}[\\"'`]{1,8}\s{0,2}:\s{0,2}(?:[\\"'`]{1,8}[\w.:/-]{0,60}[\\"'`]{1,8}|[\w.-]{1,12})\s{0,2},\s{0,8}[\\"'`]{1,8}|\w{1,16}=["'][\w.:/-]{0,60}["']\s{1,4}){0,4}(?:(?:parameter|string)?value|received|val|v|content|default)[\\"'`]{0,8}\s{0,4}(?:=>|[:=])/iy;
/** `<entry key="password">x`, `<property name="password"> <value>x`, `<key>token</key> <string>x`, `<th>Password</th><td>x`. */
const ELEMENT_VALUE = /["'][^<>"]{0,80}>\s{0,40}(?:<[\w:.-]{1,40}>)?(?=[^<\s])/y;
const NEXT_ELEMENT =
  /<\/[\w:.-]{1,40}>\s{0,40}<[\w:.-]{1,40}(?:\s[^<>]{0,80})?>\s{0,20}(?:<[\w:.-]{1,40}>)?(?=[^<\s])/y;
/** The value stands before its name: `{"value": "…", "name": "password"}`, `<input value="…" name="password">`. */
const VALUE_FIRST = /(?:value|val)\\{0,7}["'`]?\s{0,4}[:=]\s{0,4}(?=\S[^<>{}[\]]{0,200}$)/i;
const MAX_VALUE_FIRST_CHARS = 260;

const MULTIPART_NAME = /form-data;\s{0,4}name=\\{0,3}["']?$/i;
const PART_BODY =
  /\\{0,3}["'][^\r\n\\]{0,80}(?:(?:\r?\n|\\r\\n|\\n)[A-Za-z-]{1,40}: [^\r\n\\]{0,120}){0,3}(?:\r?\n|\\r\\n|\\n){2}/y;
const MAX_PART_CHARS = 4_096;

/** `{"name": "password", "value": "…"}`, `<add key="Password" value="…"/>`: the name is itself a value. */
export function atPair(text: string, start: number, end: number, report: Report): number {
  const behind = text.charCodeAt(end);
  if (
    behind !== 92 &&
    !isQuoteCode(behind) &&
    !isSpace(behind) &&
    behind !== 44 &&
    behind !== 59 &&
    behind !== 60 &&
    behind !== 124
  )
    return end;
  if (isQuoteCode(behind) && MULTIPART_NAME.test(text.slice(Math.max(0, start - MAX_PAIR_NAME_CHARS), start)))
    return atPart(text, start, end, report);
  // Whatever stands before the second half of a pair, it ends in one of these.
  if (!/[:=>"'`/]/.test(text.slice(Math.max(0, start - 4), start))) return end;
  PAIR_VALUE.lastIndex = end;
  let from = PAIR_VALUE.test(text) ? PAIR_VALUE.lastIndex : -1;
  const isElement = from < 0;
  if (isElement) {
    if (matches(NEXT_ELEMENT, text, end)) return atElement(text, start, end, NEXT_ELEMENT.lastIndex, report);
    if (!matches(ELEMENT_VALUE, text, end)) return atValueFirst(text, start, end, report);
    from = ELEMENT_VALUE.lastIndex;
  }
  const before = text.slice(Math.max(0, start - MAX_PAIR_NAME_CHARS), start);
  const word = sensitiveWordOf(withoutMarkers(text.slice(start, end)));
  if (word === undefined) return end;
  // What is a token by its type may be one of a parser.
  const isTyped = (THOUGHT_UP.has(word) || /^securestring$/i.test(text.slice(start, end))) && PAIR_TYPE.test(before);
  if (!isTyped && !PAIR_NAME.test(before)) return end;
  const quote = isQuoteCode(text.charCodeAt(end)) ? text.charAt(end) : '';
  const value = secretAt(text, from, { word, start, quote, delimiter: isElement ? '>' : '=' });
  if (value === undefined) return end;
  const close = isElement ? text.indexOf('<', value.start) : value.end;
  const valueEnd = close < 0 ? text.length : Math.max(close, value.end);
  report(value.start, valueEnd, KEY_NAME_RULE, value.wrap);
  return valueEnd;
}

function atElement(text: string, start: number, end: number, from: number, report: Report): number {
  const word = sensitiveWordOf(text.slice(start, end));
  const value = word === undefined ? undefined : secretAt(text, from, { word, start, quote: '', delimiter: '>' });
  if (value === undefined) return end;
  const close = text.indexOf('<', value.start);
  const valueEnd = close < 0 ? text.length : Math.max(close, value.start);
  report(value.start, valueEnd, KEY_NAME_RULE);
  return valueEnd;
}

function atValueFirst(text: string, start: number, end: number, report: Report): number {
  if (!/val/i.test(text.slice(Math.max(0, start - MAX_VALUE_FIRST_CHARS - MAX_PAIR_NAME_CHARS), start))) return end;
  const pair = PAIR_NAME.exec(text.slice(Math.max(0, start - MAX_PAIR_NAME_CHARS), start));
  if (pair === null) return end;
  const before = start - pair[0].length;
  const from = Math.max(0, before - MAX_VALUE_FIRST_CHARS);
  const found = VALUE_FIRST.exec(text.slice(from, before));
  const word = found === null ? undefined : sensitiveWordOf(text.slice(start, end));
  if (found === null || word === undefined) return end;
  const value = secretAt(text, from + found.index + found[0].length, { word, start, quote: '', delimiter: '=' });
  if (value !== undefined && value.end <= before) report(value.start, value.end, KEY_NAME_RULE);
  return end;
}

/** A field of `multipart/form-data`: what stands between its headers and the next boundary. RFC 7578 §4.2. */
function atPart(text: string, start: number, end: number, report: Report): number {
  PART_BODY.lastIndex = end;
  if (!PART_BODY.test(text)) return end;
  const from = PART_BODY.lastIndex;
  const word = sensitiveWordOf(text.slice(start, end));
  if (word === undefined) return end;
  const boundary = /\r?\n--|\\r\\n--|\\n--/.exec(text.slice(from, from + MAX_PART_CHARS));
  const to = boundary === null ? Math.min(text.length, from + MAX_PART_CHARS) : from + boundary.index;
  if (to <= from || isCovered(text, from, to) || isHarmlessValue(text.slice(from, Math.min(to, from + 600)), word))
    return end;
  report(from, to, KEY_NAME_RULE);
  return to;
}
