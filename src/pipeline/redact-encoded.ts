import type { Look } from './redact-base64.ts';
import { ALPHABETS, type Alphabet } from './redact-chars.ts';
import type { Reading } from './redact-reading.ts';
import type { Report, RuleName } from './redact-span.ts';

/** So many bytes may hide a token; below it there is no room. */
const MIN_BYTES = 12;
const { hex } = ALPHABETS;
// As dumps and logs write bytes: hexadecimal in one run or in pairs, decimal numbers. The places of a list are looked at only where it
// is one.
const HEX = /^(?:0x)?(?:[0-9A-Fa-f]{2}){12,}$/;
const HEX_PAIRS = /^[0-9A-Fa-f]{2}(?:[ :][0-9A-Fa-f]{2}){11,}$/;
const NUMBERS = /^\d{2,3}(?:,? \d{2,3}|,\d{2,3}){11,}$/;
const TEXT = /^[\t\n\r -~]{12}/;
const STRIDE = 16;
const MEMBERS: Alphabet = hex.map((member, code) => (member || code === 32 || code === 58 || code === 44 ? 1 : 0));

/**
 * Finds bytes that are written as numbers and hold a text with a secret: hexadecimal in one run or in pairs, and lists of decimal numbers.
 * The whole list is reported, under the rule that `look` gives for what is inside.
 */
export function detectBytes(text: string, report: Report, { codes }: Reading, look: Look): void {
  // Bytes are written in long stretches: most of the text is passed over unread.
  for (let probe = 0; probe + STRIDE <= text.length; probe += STRIDE) {
    let last = probe;
    while (last < probe + STRIDE && MEMBERS[codes[last] as number] === 1) last++;
    if (last < probe + STRIDE) continue;
    let start = probe;
    while (start > 0 && probe - start < STRIDE && MEMBERS[codes[start - 1] as number] === 1) start--;
    let end = last;
    while (MEMBERS[codes[end] as number] === 1) end++;
    // Separators around the list are none of it.
    let from = start;
    let to = end;
    while (from < to && hex[codes[from] as number] !== 1) from++;
    while (to > from && hex[codes[to - 1] as number] !== 1) to--;
    const rule = ruleIn(text.slice(from, to), look);
    if (rule !== undefined) report(start, end, rule);
    probe = end;
  }
}

function ruleIn(list: string, look: Look): RuleName | undefined {
  const bytes = HEX.test(list)
    ? Buffer.from(list.replace(/^0x/, ''), 'hex')
    : HEX_PAIRS.test(list)
      ? Buffer.from(list.replace(/[ :]/g, ''), 'hex')
      : NUMBERS.test(list)
        ? Buffer.from(list.split(/,? |,/).map(Number))
        : undefined;
  if (bytes === undefined || bytes.length < MIN_BYTES || !TEXT.test(bytes.toString('latin1'))) return undefined;
  return look(bytes.toString('utf8'));
}
