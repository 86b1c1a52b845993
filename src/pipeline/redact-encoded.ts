import type { Look } from './redact-base64.ts';
import { ALPHABETS } from './redact-chars.ts';
import type { Detector } from './redact-span.ts';

/** So many bytes may hide a token; below it there is no room. */
const MIN_BYTES = 12;
// As dumps and logs write bytes. Each begins where no hexadecimal digit stands before it; pairs and separators do not overlap.
const HEX = /(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-Fa-f]{2}){12,}(?![0-9A-Za-z])/g;
const HEX_PAIRS = /(?<![0-9A-Za-z:])[0-9A-Fa-f]{2}(?:[ :][0-9A-Fa-f]{2}){11,}(?![0-9A-Za-z:])/g;
const NUMBERS = /(?<![\w.])\d{2,3}(?:,? \d{2,3}|,\d{2,3}){11,}(?![\w.])/g;
const TEXT = /^[\t\n\r -~]{12}/;
const { hex } = ALPHABETS;

/**
 * A detector for bytes that are written as numbers and hold a text with a secret: hexadecimal in one run or in pairs, and lists of
 * decimal numbers. The whole list is reported, under the rule that `look` gives for what is inside.
 */
export function createBytesDetector(look: Look): Detector {
  const decode = (pattern: RegExp, read: (found: string) => Buffer): Detector => {
    return (text, report) => {
      pattern.lastIndex = 0;
      for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
        const end = pattern.lastIndex;
        const bytes = read(found[0]);
        const plain =
          bytes.length >= MIN_BYTES && TEXT.test(bytes.toString('latin1')) ? bytes.toString('utf8') : undefined;
        const rule = plain === undefined ? undefined : look(plain);
        if (rule !== undefined) report(found.index, end, rule);
        // What was decoded may have used the pattern itself.
        pattern.lastIndex = end;
      }
    };
  };
  const detectors = [
    decode(HEX, (found) => Buffer.from(found.replace(/^0x/, ''), 'hex')),
    decode(HEX_PAIRS, (found) => Buffer.from(found.replace(/[ :]/g, ''), 'hex')),
    decode(NUMBERS, (found) => Buffer.from(found.split(/,? |,/).map(Number))),
  ];
  return (text, report) => {
    if (mayHoldBytes(text)) for (const detect of detectors) detect(text, report);
  };
}

/** A look at every eighth place, much cheaper than the patterns: bytes are written in stretches of digits and separators. */
function mayHoldBytes(text: string): boolean {
  let run = 0;
  for (let i = 0; i < text.length; i += 8) {
    const code = text.charCodeAt(i);
    if (hex[code] === 1 || code === 32 || code === 58 || code === 44) {
      if (++run === 3) return true;
    } else run = 0;
  }
  return false;
}
