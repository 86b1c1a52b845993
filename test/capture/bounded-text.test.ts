import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_CHARS } from '../../src/alert.ts';
import { cutMiddle, grouped } from '../../src/capture/bounded-text.ts';

const words = (count: number, word: string): string => Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ');

describe('cutMiddle', () => {
  it('leaves what fits as it is', () => {
    expect(cutMiddle('short', 8_192)).toBe('short');
    expect(cutMiddle('x'.repeat(8_192), 8_192)).toBe('x'.repeat(8_192));
  });

  it('keeps both ends, cut at a blank and at a line end, and says how much is missing', () => {
    const text = `start ${words(5_000, 'word').replaceAll('9 ', '9\n')} end`;
    const cut = cutMiddle(text, 8_192);
    const [, head, count, tail] = /^([^[]*)\n\[… ([\d,]+) characters cut at capture …\]\n([^[]*)$/.exec(cut) ?? [];
    expect(text.startsWith(`${head} `)).toBe(true);
    expect(text.endsWith(`\n${tail}`)).toBe(true);
    expect((head?.length ?? 0) + (tail?.length ?? 0) + Number(count?.replaceAll(',', ''))).toBe(text.length);
    expect(cut.length).toBeGreaterThan(8_000);
  });

  it('has no end where there is no line to go on with: the beginning has all the room', () => {
    const text = `start ${words(5_000, 'word')} end`;
    const cut = cutMiddle(text, 8_192);
    expect(cut).toMatch(/^start [^[]*\n\[… [\d,]+ characters cut at capture …\]$/);
    expect(cut.length).toBeGreaterThan(8_100);
  });

  it.each([
    ['a line', 'plain words', true],
    ['a line of JSON', '{"level":50}', true],
    ['a frame of V8', '    at f (/app/a.js:1:2)', true],
    ['a frame of the JVM', '\tat com.example.A.b(A.java:1)', true],
    ['a frame of Python', '  File "/app/a.py", line 1, in f', true],
    ['what is indented', '  p: hunter2', false],
    ['an entry of a list', '- hunter2', false],
    ['a quoted text', '"hunter2"', false],
    ['a line of a key', 'QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD', false],
    ['nothing', '', false],
  ])('its end begins with %s: %s', (_name, line, begins) => {
    const text = `${'x '.repeat(6_000)}\n${line}\n${'  y'.repeat(1_200)}\nlast`;
    const end = cutMiddle(text, 8_192).split('characters cut at capture …]\n')[1];
    expect(end?.startsWith(begins ? line : 'last')).toBe(true);
  });

  it.each([30, 800, 2_000])('leaves a token of %d characters whole or not at all, wherever it lies', (length) => {
    const token = `ghp_${'a1B2'.repeat(length / 4)}`;
    const isWholeOrGone = (cut: string): boolean => !/ghp_|a1B|B2a/.test(cut.replaceAll(token, ''));
    for (let at = 0; at < 9_000; at += 97) {
      const text = `${'x '.repeat(at / 2)}${token} ${'y '.repeat(10_000)}`;
      expect(isWholeOrGone(cutMiddle(text, 8_192))).toBe(true);
      const fromEnd = `${'x '.repeat(10_000)}${token} ${'y '.repeat(at / 2)}`;
      expect(isWholeOrGone(cutMiddle(fromEnd, 8_192))).toBe(true);
    }
  });

  it.each([
    ['a blank', `${'z'.repeat(100)} ${'z'.repeat(20_000)}`, 'z'.repeat(100)],
    ['a quote', `{"a":"${'z'.repeat(20_000)}`, '{"a":'],
    ['a quote in quotes', `{"a":"{\\"b\\":\\"${'z'.repeat(20_000)}`, '{"a":"{\\"b\\":'],
  ])('ends its beginning at %s, however far back that is', (_name, text, head) => {
    const [kept, rest] = cutMiddle(text, 8_192).split('\n');
    expect(kept).toBe(head);
    expect(rest).toMatch(/^\[… [\d,]+ characters cut at capture …\]$/);
  });

  it('keeps nothing of one endless word', () => {
    expect(cutMiddle('z'.repeat(20_000), 8_192)).toBe('[… 20,000 characters cut at capture …]');
  });

  it('takes the end of a key along whose beginning is in the gap', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'QUJD\n'.repeat(3_000)}-----END PRIVATE KEY-----`;
    const cut = cutMiddle(`${'a '.repeat(2_500)}${key} and more`, 8_192);
    expect(cut).not.toContain('QUJD');
    expect(cut).not.toContain('END PRIVATE KEY');
    expect(cut).toMatch(/ and more$/);
  });

  it('leaves out what it would have to cut too short', () => {
    expect(cutMiddle('secret '.repeat(100), 256)).toBe('[… 700 characters left out at capture …]');
  });

  it('never exceeds the limit and never splits a code point', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 64, max: 20_000 }),
        fc.integer({ min: 1, max: 120 }),
        (unit, maxChars, times) => {
          const text = unit.repeat(times);
          const cut = cutMiddle(text, maxChars);
          expect(cut.length).toBeLessThanOrEqual(maxChars);
          if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('is quick with a megabyte of anything', () => {
    for (const unit of ['x', ' ', '-----END ', 'a\n']) {
      const started = performance.now();
      expect(cutMiddle(unit.repeat(1_000_000 / unit.length), MAX_TEXT_CHARS).length).toBeLessThanOrEqual(
        MAX_TEXT_CHARS,
      );
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('grouped(%d)', (count, text) => expect(grouped(count)).toBe(text));
