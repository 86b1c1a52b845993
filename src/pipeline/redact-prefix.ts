import { ALPHABETS, type Alphabet, isAlnum, isTokenStart, runEnd } from './redact-chars.ts';
import { PREFIX_RULES, type PrefixRule } from './redact-rules.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';

interface Entry {
  readonly prefix: string;
  readonly body: Alphabet;
  readonly tail: Alphabet;
  readonly minLength: number;
  readonly standalone: boolean;
  readonly shape: RegExp | undefined;
  readonly rule: RuleName;
}

/** Entries by their first two characters: one look-up per word instead of one comparison per prefix. */
type Index = readonly (readonly Entry[] | undefined)[];

function slotOf(first: number, second: number): number {
  return (first << 7) | second;
}

function compile(rules: readonly PrefixRule[]): Index {
  // Filled, not sparse: the look-up stands in the innermost loop.
  const index: (Entry[] | undefined)[] = new Array(1 << 14).fill(undefined);
  for (const rule of rules) {
    const body = ALPHABETS[rule.alphabet];
    const wanted = rule.tail === undefined ? body : ALPHABETS[rule.tail];
    // Whatever the alphabet, letters and digits that follow belong to the token.
    const tail = wanted.map((member, code) => (member || body[code] || ALPHABETS.alnum[code] ? 1 : 0));
    for (const prefix of rule.prefixes) {
      const slot = slotOf(prefix.charCodeAt(0), prefix.charCodeAt(1));
      const entries = index[slot] ?? [];
      index[slot] = entries;
      entries.push({
        prefix,
        body,
        tail,
        minLength: rule.minLength,
        standalone: rule.standalone === true,
        shape: rule.shape,
        rule: { id: rule.id, kind: rule.kind },
      });
    }
  }
  for (const entries of index) entries?.sort((a, b) => b.prefix.length - a.prefix.length);
  return index;
}

/** A detector for a table of prefix rules: one pass over the text, looking things up only where a token may begin. */
export function createPrefixDetector(rules: readonly PrefixRule[]): Detector {
  const index = compile(rules);
  return (text, report) => {
    let afterAlnum = false;
    // Behind `\n`, `\x22`, `\u0022` or `%22` a token may begin though a letter or digit stands before it.
    let lastEscape = -MAX_ESCAPE_CHARS - 1;
    let current = text.charCodeAt(0);
    for (let i = 0; i + 1 < text.length; ) {
      const next = text.charCodeAt(i + 1);
      if (current < 128 && next < 128 && (!afterAlnum || i - lastEscape <= MAX_ESCAPE_CHARS)) {
        const entries = index[slotOf(current, next)];
        if (entries !== undefined && isTokenStart(text, i)) {
          const end = match(text, i, entries, report);
          if (end > i) {
            i = end;
            afterAlnum = isAlnum(text.charCodeAt(i - 1));
            current = text.charCodeAt(i);
            continue;
          }
        }
      }
      if (current === 92 || current === 37) lastEscape = i;
      afterAlnum = isAlnum(current);
      current = next;
      i++;
    }
  };
}

/** Length of the longest escape, `\u0022`. */
const MAX_ESCAPE_CHARS = 6;

function match(text: string, at: number, entries: readonly Entry[], report: Report): number {
  for (const { prefix, body, tail, minLength, standalone, shape, rule } of entries) {
    if (!text.startsWith(prefix, at) || (standalone && JOINERS.includes(text.charAt(at - 1), 0) && at > 0)) continue;
    const from = at + prefix.length;
    const bodyEnd = runEnd(text, from, body);
    if (bodyEnd - from < minLength) continue;
    if (shape !== undefined) {
      shape.lastIndex = from;
      if (!shape.test(text)) continue;
    }
    const end = withoutFinalDots(text, from, runEnd(text, bodyEnd, tail));
    report(at, end, rule);
    return end;
  }
  return -1;
}

const JOINERS = '_-.';

/** The end of a match without the punctuation of the sentence it stands in. */
export function withoutFinalDots(text: string, from: number, end: number): number {
  let i = end;
  while (i > from && (text.charCodeAt(i - 1) === 46 || text.charCodeAt(i - 1) === 44)) i--;
  return i;
}

/** Finds every secret of the rule table. */
export const detectPrefixes: Detector = createPrefixDetector(PREFIX_RULES);
