import { describe, expect, it } from 'vitest';
import { slownessOf } from '../support/time-growth.ts';
import { BOUNDED_PATTERNS } from './bounded-patterns.ts';
import { hostileTexts } from './hostile-texts.ts';
import { readSourcePatterns, type SourcePattern } from './source-patterns.ts';
import { growthOf } from './super-linear.ts';

const BOUNDS = { smallMs: 200, largeMs: 1_000, floorMs: 30 };
const isListed = ({ file, pattern }: SourcePattern): boolean =>
  BOUNDED_PATTERNS.some((one) => one.file === file && String(one.pattern) === String(pattern));

/** Runs a pattern over a whole text, as its flags say. */
function run(pattern: RegExp, text: string): void {
  pattern.lastIndex = 0;
  let at = -1;
  while (pattern.test(text) && pattern.global) {
    // Beyond a match that is empty.
    if (pattern.lastIndex === at) pattern.lastIndex++;
    at = pattern.lastIndex;
  }
}

/** The first text that takes too long, or undefined. */
function slownessFor(pattern: RegExp): string | undefined {
  const own = new RegExp(pattern.source, pattern.flags);
  for (const text of hostileTexts(own)) {
    const slowness = slownessOf((whole) => run(own, whole), text, BOUNDS);
    if (slowness !== undefined) return slowness;
  }
  return undefined;
}

describe('the time that a pattern takes for what is hostile to it grows with the text', () => {
  const patterns = new Map(
    readSourcePatterns()
      .literals.filter((one) => !isListed(one))
      .map((one) => [String(one.pattern), one]),
  );

  it.each([...patterns.values()].map(({ file, line, pattern }) => [`src/${file}:${line}`, pattern] as const))(
    '%s %s',
    { timeout: 60_000 },
    (_where, pattern) => {
      // One that is not linear may take for ever.
      expect(growthOf(pattern).kind).toBe('linear');
      expect(slownessFor(pattern)).toBeUndefined();
    },
  );
});

describe('and is measured so that a square is seen', () => {
  it.each([[/x*y/], [/<!--.*?-->/gs], [/(?<![a-z])(?:token|key)\s*=?\s*[a-z]{20}/g]])(
    '%s',
    { timeout: 120_000 },
    (pattern) => {
      expect(slownessFor(pattern)).toMatch(/ ms$/);
    },
  );

  it('by texts made of the parts of the pattern', () => {
    expect(hostileTexts(/"(?:key|token)"\s{1,4}[a-z0-9]{8,}(?=[,;])/)).toEqual(
      expect.arrayContaining([
        { lead: '', unit: '"key" aaaaaaaa' },
        { lead: '', unit: '"token"\n1111111' },
        { lead: '', unit: '"key" aaaaaaa\0' },
        { lead: '"key"', unit: ' ' },
        { lead: '"key" ', unit: 'a' },
        { lead: '', unit: `"key" ${'a'.repeat(40)}` },
        { lead: '', unit: '"key" aaaaaaaa,' },
      ]),
    );
  });
});
