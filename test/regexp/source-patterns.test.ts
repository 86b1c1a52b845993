// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source texts are what is read here
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BOUNDED_PATTERNS, COMPOSING_FILES, MADE_LATER } from './bounded-patterns.ts';
import { patternsOf, readSourcePatterns, type SourcePattern } from './source-patterns.ts';
import { growthOf } from './super-linear.ts';

const { literals, composed, hidden } = readSourcePatterns();
const shown = ({ file, line, pattern }: SourcePattern): string => `src/${file}:${line} ${pattern}`;
const isListed = ({ file, pattern }: SourcePattern): boolean =>
  BOUNDED_PATTERNS.some((one) => one.file === file && String(one.pattern) === String(pattern));

/** The patterns that a module makes of parts when it is loaded. */
async function patternsMadeBy(file: string): Promise<RegExp[]> {
  const made: RegExp[] = [];
  const Original = globalThis.RegExp;
  const record = (pattern: RegExp): RegExp => {
    const frames = new Error('where').stack?.split('\n').slice(1) ?? [];
    if (frames.find((frame) => !frame.includes('source-patterns.test'))?.includes(`/src/${file}`)) made.push(pattern);
    return pattern;
  };
  vi.resetModules();
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, args) => record(Reflect.construct(target, args) as RegExp),
    apply: (target, self, args) => record(Reflect.apply(target, self, args) as RegExp),
  });
  try {
    await import(new URL(`../../src/${file}`, import.meta.url).href);
  } finally {
    globalThis.RegExp = Original;
  }
  return made;
}

afterEach(() => vi.resetModules());

describe('every regular expression of src', () => {
  it('is found', () => {
    expect(literals.length).toBeGreaterThan(200);
    expect(hidden).toEqual([]);
  });

  it('that is a literal takes time linear in the text, or runs over short texts only', () => {
    const slow = literals
      .filter((one) => !isListed(one))
      .map((one) => [shown(one), growthOf(one.pattern)] as const)
      .filter(([, { kind }]) => kind !== 'linear');
    expect(Object.fromEntries(slow)).toEqual({});
  });

  it.each(COMPOSING_FILES)('that %s puts together is linear too', { timeout: 60_000 }, async (file, patterns) => {
    const made = await patternsMadeBy(file);
    expect(made).toHaveLength(patterns);
    const slow = made.map((pattern) => [String(pattern), growthOf(pattern)] as const);
    expect(Object.fromEntries(slow.filter(([, { kind }]) => kind !== 'linear'))).toEqual({});
  });

  it('that is put together is so in a known place', () => {
    const known = [
      ...COMPOSING_FILES.flatMap(([file, patterns]) => Array<string>(patterns).fill(file)),
      ...MADE_LATER.map(([file]) => file),
    ];
    const places = composed.filter(
      ({ file, code }) => !MADE_LATER.some(([later, made]) => later === file && made === code),
    );
    expect(composed.map(({ file }) => file).toSorted()).toEqual(known.toSorted());
    expect(places.length).toBe(composed.length - MADE_LATER.length);
  });

  it.each(BOUNDED_PATTERNS)('$pattern of $file is listed for a reason', ({ file, pattern }) => {
    const still = literals.filter((one) => one.file === file && String(one.pattern) === String(pattern));
    expect(still).not.toEqual([]);
    expect(growthOf(pattern).kind).not.toBe('linear');
  });

  it.each(BOUNDED_PATTERNS)('$pattern of $file is harmless up to $maxChars characters', ({ pattern, maxChars }) => {
    const growth = growthOf(pattern);
    if (!('attack' in growth)) throw new Error(`no attack: ${growth.kind}`);
    const { prefix, pump } = growth.attack;
    const text = `${prefix}${pump.repeat(maxChars)}`.slice(0, maxChars - 1);
    let fastestMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 5; i++) {
      const startMs = performance.now();
      `${text}\0`.replace(pattern, '');
      fastestMs = Math.min(fastestMs, performance.now() - startMs);
    }
    expect(fastestMs).toBeLessThan(20);
  });
});

describe('what is read of a source text', () => {
  it.each([
    ['a literal', 'const a = /x+/g;', [1, 0, 0]],
    ['one in a template and in a class', 'class A { b = `${/x/}`; c = d ?? /e/u; }', [2, 0, 0]],
    ['what cannot be read', 'const a = ;', null],
    ['a division', 'const a = b / c / d;', [0, 0, 0]],
    ['one in JSX', 'const a = <p title={"x".replace(/y/, "")}>/z/</p>;', [1, 0, 0]],
    ['new RegExp', 'const a = new RegExp(b); const c = RegExp("d");', [0, 2, 0]],
    ['RegExp under another name', 'const A = RegExp; new A("(a+)+$");', [0, 0, 1]],
    ['RegExp as a value', 'Reflect.construct(RegExp, ["x"]); [RegExp];', [0, 0, 2]],
    ['a text as a pattern', "a.match('x+'); a.search(`x`); a.matchAll('x' + b); a.match(/y/); a.match(B);", [1, 0, 3]],
    ['types and tests', 'let a: RegExp; if (b instanceof RegExp) c.RegExp = { RegExp: 1 };', [0, 0, 0]],
  ] as const)('%s', (_what, code, expected) => {
    if (expected === null) {
      expect(() => patternsOf('a.ts', code)).toThrow('cannot be read');
      return;
    }
    const found = patternsOf(code.includes('<p') ? 'a.tsx' : 'a.ts', code);
    expect([found.literals.length, found.composed.length, found.hidden.length]).toEqual(expected);
  });
});
