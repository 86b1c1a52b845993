import { ALPHABETS, type Alphabet } from './redact-chars.ts';
import type { Detector, RuleName } from './redact-span.ts';

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
 * A detector for base64 (RFC 4648 §4 and §5) of a text that holds a secret: the whole run is reported, under the rule that `look`
 * gives for what is inside. Of what decodes to anything but text, only the first bytes are decoded.
 */
export function createBase64Detector(look: Look): Detector {
  return (text, report) => {
    // A run of 24 has a character at every 24th place: most of the text is passed over unread.
    for (let probe = MIN_RUN_CHARS - 1; probe < text.length; probe += MIN_RUN_CHARS) {
      if (BODY[text.charCodeAt(probe)] !== 1) continue;
      let start = probe;
      while (start > 0 && probe - start < MIN_RUN_CHARS && BODY[text.charCodeAt(start - 1)] === 1) start--;
      let end = bodyEnd(text, probe);
      if (end - start >= MIN_RUN_CHARS) {
        end = behindLines(text, end);
        const rule = ruleIn(text.slice(start, end), look);
        if (rule !== undefined) report(start, end, rule);
      }
      probe = end;
    }
  };
}

function bodyEnd(text: string, from: number): number {
  let end = from;
  while (BODY[text.charCodeAt(end)] === 1) end++;
  return end;
}

/** The end of the run with the lines that go on with it, and its padding. */
function behindLines(text: string, from: number): number {
  let end = from;
  for (;;) {
    LINE_BREAK.lastIndex = end;
    if (!LINE_BREAK.test(text)) break;
    end = bodyEnd(text, LINE_BREAK.lastIndex);
  }
  PADDING.lastIndex = end;
  return PADDING.test(text) ? PADDING.lastIndex : end;
}

function ruleIn(run: string, look: Look): RuleName | undefined {
  if (!/[A-Za-z0-9]/.test(run.slice(0, PEEK_CHARS))) return undefined;
  const whole = decodedText(run.replace(LINE_ENDS, ''));
  if (whole !== undefined) return look(whole);
  // A path or a name in front of it: `/config/<base64>`.
  if (!/[/_-]/.test(run)) return undefined;
  for (const part of run.split(/[/_-]/)) {
    const decoded = part.length < MIN_RUN_CHARS || part.length === run.length ? undefined : decodedText(part);
    const rule = decoded === undefined ? undefined : look(decoded);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function decodedText(run: string): string | undefined {
  const peek = Buffer.from(run.slice(0, PEEK_CHARS), 'base64');
  // UTF-16, as PowerShell encodes its commands.
  if (peek.length > 8 && peek[1] === 0 && peek[3] === 0 && peek[5] === 0)
    return Buffer.from(run, 'base64').toString('utf16le');
  return BINARY.test(peek.toString('utf8')) ? undefined : Buffer.from(run, 'base64').toString('utf8');
}
