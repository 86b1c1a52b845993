import { createTimeLimit, OVERRUN } from '../time-limit.ts';
import { matchesOf, TooManyMatches } from './pattern-matches.ts';

/** A text of so many characters may take so long. A pattern that looks at every character once needs a fiftieth of it. */
const LONG_CHARS = 16_384;
const MAX_TEXT_MS = 25;
/** All texts together. */
const MAX_PROBE_MS = 400;
/** Enough for what doubles its time with every character to take longer than all time there is. */
const SHORT_CHARS = 36;
/** The machine may have had something else to do: the best of so many counts. */
const TRIES = 3;
const MAX_LITERALS = 12;
const MAX_LETTERS = 16;

/**
 * Tries a pattern on texts that make patterns backtrack: runs of what the pattern itself is made of, and of what is common, behind
 * its own beginning, and an end that does not fit. Not a proof, which is why every later use is timed as well.
 */
export function isTooSlow(pattern: RegExp, steadyMs: () => number, maxMs: number = MAX_PROBE_MS): boolean {
  const limit = createTimeLimit(maxMs);
  for (let i = 0; i < 2; i++) {
    const verdict = limit(() => hostileTexts(pattern.source).some((text) => takesTooLong(pattern, text, steadyMs)));
    if (verdict !== OVERRUN) return verdict;
  }
  return true;
}

function takesTooLong(pattern: RegExp, text: string, steadyMs: () => number): boolean {
  for (let i = 0; i < TRIES; i++) {
    const sinceMs = steadyMs();
    try {
      matchesOf(pattern, text);
    } catch (error) {
      if (!(error instanceof TooManyMatches)) throw error;
    }
    if (steadyMs() - sinceMs <= MAX_TEXT_MS) return false;
  }
  return true;
}

const COMMON: readonly string[] = ['a', 'A', '0', ' ', '\n', '-', '_', '.', '/', '@', '=', '"', 'é', 'a ', 'a.', '0a'];

function hostileTexts(source: string): string[] {
  const literals = [...source.matchAll(/[A-Za-z0-9_@:=#, -]{1,24}/g)].map(([text]) => text).slice(0, MAX_LITERALS);
  const letters = [...new Set(source.replaceAll(/\\./g, ''))].slice(0, MAX_LETTERS);
  const units = [...new Set([...COMMON, ...literals, ...letters])];
  const beginnings = [...new Set(['', ...literals.slice(0, 2)])];
  const texts: string[] = [];
  for (const chars of [SHORT_CHARS, LONG_CHARS]) {
    for (const beginning of beginnings) {
      for (const unit of units) texts.push(`${beginning}${unit.repeat(Math.ceil(chars / unit.length))}\0`);
    }
  }
  return texts;
}
