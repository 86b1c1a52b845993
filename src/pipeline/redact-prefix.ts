import { ALPHABETS, type Alphabet, endsInCut, isAlnum, isTokenStart, matches, runEnd } from './redact-chars.ts';
import { GROUP } from './redact-reading.ts';
import { PREFIX_RULES, type PrefixRule } from './redact-rules.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';

interface Entry {
  readonly prefix: string;
  readonly body: Alphabet;
  readonly tail: Alphabet;
  readonly minLength: number;
  readonly standalone: boolean;
  /** Found behind a letter or digit as well (`failedghp_…`). */
  readonly unmistakable: boolean;
  readonly shape: RegExp | undefined;
  readonly rule: RuleName;
}

/** Where the text says that it was cut, so much of a token is enough, and so far the sign of it is looked for. */
const MIN_CUT_CHARS = 8;
const MAX_CUT_CHARS = 48;
/** Behind a letter or digit a token must be this long to be one. */
const MIN_GLUED_CHARS = 20;

/** What a detector needs of a rule; `alphabet` may be a set of its own. */
export interface TokenRule extends Pick<PrefixRule, 'id' | 'kind' | 'prefixes' | 'minLength' | 'standalone' | 'shape'> {
  readonly alphabet: Alphabet;
  readonly tail?: Alphabet;
}

/** Entries by the first two characters of their prefix, the longest prefix first. */
function entriesOf(rules: readonly TokenRule[]): ReadonlyMap<number, readonly Entry[]> {
  const entries = new Map<number, Entry[]>();
  for (const { id, kind, prefixes, alphabet, tail = alphabet, minLength, standalone, shape } of rules) {
    // Whatever the alphabet, letters and digits that follow belong to the token.
    const whole = tail.map((member, code) => (member || alphabet[code] || ALPHABETS.alnum[code] ? 1 : 0));
    for (const prefix of prefixes) {
      const head = headOf(prefix.charCodeAt(0), prefix.charCodeAt(1));
      const entry: Entry = {
        prefix,
        body: alphabet,
        tail: whole,
        minLength,
        standalone: standalone === true,
        unmistakable: standalone !== true && prefix.length >= 4 && /[_-]$/.test(prefix),
        shape,
        rule: { id, kind },
      };
      const others = entries.get(head);
      if (others === undefined) entries.set(head, [entry]);
      else others.push(entry);
    }
  }
  for (const others of entries.values()) others.sort((a, b) => b.prefix.length - a.prefix.length);
  return entries;
}

/** A detector for tokens with a literal prefix of at least two characters, in one pass whatever the number of rules. */
export function createPrefixDetector(rules: readonly TokenRule[]): Detector {
  const entries = entriesOf(rules);
  return (text, report, { at: placesOf, codes }) => {
    let done = 0;
    for (const at of placesOf(GROUP.prefixes)) {
      const candidates = at < done ? undefined : entries.get(headOf(codes[at] as number, codes[at + 1] as number));
      if (candidates !== undefined) done = Math.max(done, match(text, at, candidates, report));
    }
  };
}

function headOf(first: number, second: number): number {
  return (first << 16) | second;
}

/** True where a token breaks off before it could have its shape. */
function isCutSoon(text: string, from: number, body: Alphabet): boolean {
  const end = runEnd(text, from, body, from + MAX_CUT_CHARS);
  return end - from >= MIN_CUT_CHARS && endsInCut(text, end);
}

function match(text: string, at: number, candidates: readonly Entry[], report: Report): number {
  for (const { prefix, body, tail, minLength, standalone, unmistakable, shape, rule } of candidates) {
    if (!text.startsWith(prefix, at) || (standalone && isJoined(text, at))) continue;
    const isStart = isTokenStart(text, at);
    if (!isStart && !unmistakable) continue;
    const from = at + prefix.length;
    // First, because it looks at a bounded stretch only: a run that it refuses must not have been read to its end.
    if (shape !== undefined && !matches(shape, text, from) && !isCutSoon(text, from, body)) continue;
    const bodyEnd = runEnd(text, from, body);
    const chars = bodyEnd - from;
    if (chars < (isStart ? minLength : Math.max(minLength, MIN_GLUED_CHARS))) {
      if (chars < MIN_CUT_CHARS || !endsInCut(text, bodyEnd)) continue;
    }
    const end = withoutFinalDots(text, from, runEnd(text, bodyEnd, tail));
    report(at, end, rule);
    return end;
  }
  return -1;
}

/** `cache-key-…` goes on from a word, `_key-…_` is emphasised. */
function isJoined(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (before === 95 || before === 45 || before === 46) && isAlnum(text.charCodeAt(at - 2));
}

/** The end of a match without the punctuation of the sentence it stands in. */
export function withoutFinalDots(text: string, from: number, end: number): number {
  let i = end;
  while (i > from && (text.charCodeAt(i - 1) === 46 || text.charCodeAt(i - 1) === 44)) i--;
  return i;
}

/** What the tokens of the table begin with. */
export const PREFIXES: readonly string[] = PREFIX_RULES.flatMap(({ prefixes }) => prefixes);

/** Finds every secret of the rule table. */
export const detectPrefixes: Detector = createPrefixDetector(
  PREFIX_RULES.map(({ alphabet, tail, ...rule }) => ({
    ...rule,
    alphabet: ALPHABETS[alphabet],
    ...(tail === undefined ? {} : { tail: ALPHABETS[tail] }),
  })),
);
