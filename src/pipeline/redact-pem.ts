import { ALPHABETS, type Alphabet, isAlnum, runEnd } from './redact-chars.ts';
import type { Detector, RuleName } from './redact-span.ts';

/** RFC 7468 §10–11, OpenPGP armor, OpenSSH, SSH2 and PuTTY private keys. */
export const PRIVATE_KEY_RULE: RuleName = { id: 'private-key', kind: 'private-key' };

const LABEL = 'PRIVATE KEY';
const PUTTY = 'Private-Lines:';
/** How far before the label its BEGIN or END may stand: `BEGIN OPENSSH `, `BEGIN SSH2 ENCRYPTED `. */
const MAX_LABEL_CHARS = 48;
/** Shorter runs of base64 may be words; the last line of a key may be short, and then fills its line or ends in `=`. */
const MIN_LINE_CHARS = 16;

const BOUNDARY = /(BEGIN|END) [A-Z0-9 ]*$/;
// What stands between the lines of a key: line ends, raw or written out and escaped once or more; quote marks of mails (`> `);
// quotes, commas and `+` where every line is a string of its own.
// Line numbers too.
const SEPARATORS = /(?:\s|\\+[nrt"'\s]|["',>|+]|(?<=[\n\s])\d{1,5}(?= ?[|:])|(?<=\d): )*/y;
const HEADER = /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID):[^\n\\"]{0,200}/y;
// Base64 without the characters of base64url: `-` would run into the END line.
const KEY_BODY: Alphabet = ALPHABETS.alnum.map((member, code) =>
  member || code === 43 || code === 47 || code === 61 ? 1 : 0,
);
const BLANKS_AND_DIGITS: Alphabet = ALPHABETS.digits.map((member, code) => (member || code === 32 ? 1 : 0));

/**
 * Finds private keys: PEM blocks whose label ends in `PRIVATE KEY` (or `PRIVATE KEY BLOCK`), in one line or many, escaped or
 * quoted, cut before their END or after their BEGIN, and the body of a PuTTY key. Public keys and certificates stay.
 */
export const detectPrivateKeys: Detector = (text, report) => {
  let open: { readonly start: number; readonly body: number } | undefined;
  let done = 0;
  for (let at = text.indexOf(LABEL); at >= 0; at = text.indexOf(LABEL, at + LABEL.length)) {
    const from = Math.max(done, at - MAX_LABEL_CHARS);
    const boundary = BOUNDARY.exec(text.slice(from, at));
    if (boundary === null) continue;
    const lineStart = startOfDashes(text, from + boundary.index, done);
    const lineEnd = endOfDashes(text, at + LABEL.length);
    if (boundary[1] === 'BEGIN') {
      // A block that another one follows was cut before its END.
      if (open !== undefined) reportCut(open.start, open.body);
      open = { start: lineStart, body: lineEnd };
    } else {
      // Whatever stands between BEGIN and END goes; without a BEGIN, the key-like lines before the END.
      const start = open?.start ?? startOfKeyLines(text, lineStart, done);
      if (lineStart - start >= MIN_LINE_CHARS) report(start, lineEnd, PRIVATE_KEY_RULE);
      open = undefined;
      done = lineEnd;
    }
  }
  if (open !== undefined) reportCut(open.start, open.body);
  for (let at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + PUTTY.length)) {
    const body = runEnd(text, at + PUTTY.length, BLANKS_AND_DIGITS);
    const end = endOfKeyLines(text, body);
    if (end > body) report(body, end, PRIVATE_KEY_RULE);
  }

  function reportCut(start: number, body: number): void {
    const end = endOfKeyLines(text, body);
    // A BEGIN line with nothing behind it is only talked about.
    if (end > body) report(start, end, PRIVATE_KEY_RULE);
    done = Math.max(done, end);
  }
};

function endOfDashes(text: string, from: number): number {
  let i = text.startsWith(' BLOCK', from) ? from + 6 : from;
  if (text.charCodeAt(i) === 32 && text.charCodeAt(i + 1) === 45) i++;
  while (text.charCodeAt(i) === 45) i++;
  return i;
}

function startOfDashes(text: string, at: number, stop: number): number {
  let i = at;
  if (text.charCodeAt(i - 1) === 32 && text.charCodeAt(i - 2) === 45) i--;
  while (i > stop && text.charCodeAt(i - 1) === 45) i--;
  return i;
}

function endOfKeyLines(text: string, from: number): number {
  let end = from;
  for (;;) {
    SEPARATORS.lastIndex = end;
    SEPARATORS.exec(text);
    const line = SEPARATORS.lastIndex;
    HEADER.lastIndex = line;
    if (HEADER.test(text)) {
      end = HEADER.lastIndex;
      continue;
    }
    const lineEnd = runEnd(text, line, KEY_BODY);
    const isLast = text.charCodeAt(lineEnd - 1) === 61 || endsLine(text, lineEnd);
    if (lineEnd === line || (lineEnd - line < MIN_LINE_CHARS && !(isLast && end > from))) return end;
    end = lineEnd;
  }
}

function endsLine(text: string, at: number): boolean {
  return at === text.length || '\n\r\\"\'`.…'.includes(text.charAt(at));
}

/** Goes back from `to` over key-like lines, raw or with line ends written out, and no further than `stop`. */
function startOfKeyLines(text: string, to: number, stop: number): number {
  let i = to;
  while (i > stop) {
    const code = text.charCodeAt(i - 1);
    if (KEY_BODY[code] !== 1 && code !== 10 && code !== 13 && code !== 92) break;
    i--;
  }
  while (i < to && !isAlnum(text.charCodeAt(i))) i++;
  return i;
}

/** True for a text that is nothing but a line of a private key: for lists that hold one line per entry. */
export function isKeyLine(text: string): boolean {
  const line = text.trim();
  return line.length > 0 && runEnd(line, 0, KEY_BODY) === line.length;
}

/** Whether a text opens a private key without closing it, closes one, or neither. */
export function keyBoundaryOf(text: string): 'opens' | 'closes' | 'none' {
  if (text.startsWith(PUTTY)) return 'opens';
  const at = text.lastIndexOf(LABEL);
  if (at < 0) return 'none';
  const boundary = BOUNDARY.exec(text.slice(Math.max(0, at - MAX_LABEL_CHARS), at));
  if (boundary === null) return 'none';
  return boundary[1] === 'BEGIN' ? 'opens' : 'closes';
}
