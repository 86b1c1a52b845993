import { ALPHABETS, type Alphabet } from './redact-chars.ts';
import type { Reading } from './redact-reading.ts';
import type { Report, RuleName } from './redact-span.ts';

const EQUALS = 61;
/** Runs this long may hide a text; below it there is no room for a name and a secret. */
const MIN_RUN_CHARS = 24;
/** Both alphabets, without padding. */
const BODY: Alphabet = ALPHABETS.base64.map((member, code) => (member && code !== EQUALS ? 1 : 0));
// Mails and files break the lines of a run.
const LINE_BREAK = /={0,2}(?:\r?\n|\\n)(?=[A-Za-z0-9+/_-]{24})/y;
const PADDING = /(?:={1,2}|(?:%3[Dd]){1,2})/y;
const LINE_ENDS = /\r?\n|\\n/g;
/** What no text holds; a character cut at the end of the peek does no harm. */
const BINARY = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd](?!$)/;
/** Of the beginning of a run so much is decoded to see whether it is a text at all. */
const PEEK_CHARS = 32;

/** What a decoded text turned out to hold. */
export type Look = (decoded: string) => RuleName | undefined;

/**
 * Finds base64 (RFC 4648 §4 and §5) of a text that holds a secret: the whole run is reported, under the rule that `look` gives for what
 * is inside. Of what decodes to anything but text, only the first bytes are decoded.
 */
export function detectBase64(text: string, report: Report, { codes }: Reading, look: Look): void {
  // A run of 24 has a character at every 24th place: most of the text is passed over unread.
  for (let probe = MIN_RUN_CHARS - 1; probe < text.length; probe += MIN_RUN_CHARS) {
    if (BODY[codes[probe] as number] !== 1) continue;
    let start = probe;
    while (start > 0 && probe - start < MIN_RUN_CHARS && BODY[codes[start - 1] as number] === 1) start--;
    const line = bodyEnd(codes, probe);
    let end = line;
    if (line - start >= MIN_RUN_CHARS) {
      end = behindLines(text, codes, line);
      const rule = ruleIn(text, codes, start, line, end, look);
      if (rule !== undefined) report(start, end, rule);
    }
    probe = end;
  }
}

function bodyEnd(codes: Uint16Array, from: number): number {
  let end = from;
  while (BODY[codes[end] as number] === 1) end++;
  return end;
}

/** The end of the run with the lines that go on with it, and its padding. */
function behindLines(text: string, codes: Uint16Array, from: number): number {
  let end = from;
  for (;;) {
    const code = codes[end];
    if (code !== 61 && code !== 10 && code !== 13 && code !== 92) break;
    LINE_BREAK.lastIndex = end;
    if (!LINE_BREAK.test(text)) break;
    end = bodyEnd(codes, LINE_BREAK.lastIndex);
  }
  PADDING.lastIndex = end;
  return (codes[end] === 61 || codes[end] === 37) && PADDING.test(text) ? PADDING.lastIndex : end;
}

/** What the run `text[start, end)` holds, whose first line ends at `line`. */
function ruleIn(
  text: string,
  codes: Uint16Array,
  start: number,
  line: number,
  end: number,
  look: Look,
): RuleName | undefined {
  if (mayBeText(codes, start, line)) {
    const whole = decodedText(text.slice(start, end).replace(LINE_ENDS, ''));
    if (whole !== undefined) return look(whole);
  }
  // A path or a name in front of it: `/config/<base64>`.
  for (let from = start; from < end; ) {
    let to = from;
    while (to < end && !SEPARATES[codes[to] as number]) to++;
    if (to - from >= MIN_RUN_CHARS && to - from < end - start && mayBeText(codes, from, Math.min(to, line))) {
      const decoded = decodedText(text.slice(from, to).replace(LINE_ENDS, ''));
      const rule = decoded === undefined ? undefined : look(decoded);
      if (rule !== undefined) return rule;
    }
    from = to + 1;
  }
  return undefined;
}

/** `/`, `_` and `-` end a word, and belong to one of the alphabets. */
const SEPARATES: Alphabet = BODY.map((_, code) => (code === 47 || code === 95 || code === 45 ? 1 : 0));

/** By character the six bits it stands for. */
const BITS = new Uint8Array(128);
for (const [bits, character] of Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
).entries()) {
  BITS[character.charCodeAt(0)] = bits;
}
BITS[45] = 62;
BITS[95] = 63;

/**
 * False where the first bytes are certainly no text: a control character, or what is not UTF-8. The last byte is not judged, it may be a
 * part of one.
 */
function mayBeText(codes: Uint16Array, start: number, end: number): boolean {
  const bytes = Math.floor((Math.min(end - start, PEEK_CHARS) * 3) / 4);
  let continued = 0;
  for (let i = 0; i < bytes - 1; i++) {
    const byte = byteAt(codes, start, i);
    if (continued > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      continued--;
    } else if (byte < 0x80) {
      // UTF-16 has a zero at every second place.
      if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127)
        return byte === 0 && i === 1 && byteAt(codes, start, 3) === 0 && byteAt(codes, start, 5) === 0;
    } else if (byte < 0xc2 || byte > 0xf4) return false;
    else continued = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  }
  return true;
}

function byteAt(codes: Uint16Array, start: number, i: number): number {
  const at = start + Math.floor(i / 3) * 4 + (i % 3);
  const bits = ((BITS[codes[at] as number] as number) << 6) | (BITS[codes[at + 1] as number] as number);
  return (bits >> (4 - 2 * (i % 3))) & 0xff;
}

function decodedText(run: string): string | undefined {
  const peek = Buffer.from(run.slice(0, PEEK_CHARS), 'base64');
  // UTF-16, as PowerShell encodes its commands.
  if (peek.length > 8 && peek[1] === 0 && peek[3] === 0 && peek[5] === 0)
    return Buffer.from(run, 'base64').toString('utf16le');
  return BINARY.test(peek.toString('utf8')) ? undefined : Buffer.from(run, 'base64').toString('utf8');
}
