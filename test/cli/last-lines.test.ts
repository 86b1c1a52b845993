import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLastLines } from '../../src/cli/last-lines.ts';

function lastLinesOf(...chunks: readonly (string | Uint8Array)[]): string {
  const lines = createLastLines();
  for (const chunk of chunks) lines.add(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return lines.text();
}

const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join('');

it.each([
  ['nothing', [], ''],
  ['blank lines only', ['\n\n  \n'], ''],
  ['one line', ['a\n'], 'a'],
  ['no line break at the end', ['a\nb'], 'a\nb'],
  ['a line in pieces', ['a', 'b', '\nc', 'd\n'], 'ab\ncd'],
  ['a character in pieces', [Buffer.from([0xc3]), Buffer.from([0xa4, 10])], 'ä'],
  ['what is no UTF-8', [Buffer.from([0xff, 0xfe, 65, 10])], '\ufffd\ufffdA'],
  ['lines of Windows', ['a\r\nb\r', '\nc\r\r\n'], 'a\nb\nc'],
  ['a progress bar', ['10 %\r', '50 %\r100 %', '\rdone\n'], 'done'],
  ['an indented line', ['a\n  b\n'], 'a\n  b'],
  ['colours', ['\u001b[31mred\u001b[0m\n'], 'red'],
  ['more than 40 lines', [numbered(1, 100)], numbered(61, 100).trimEnd()],
  ['the same in small pieces', [...numbered(1, 100)], numbered(61, 100).trimEnd()],
  ['a line that was begun before them', ['begun ', numbered(1, 50)], numbered(11, 50).trimEnd()],
])('of %s', (_what, chunks, expected) => {
  expect(lastLinesOf(...chunks)).toBe(expected);
});

it('keeps the beginning of a long line, cut at a blank, and says so', () => {
  const text = lastLinesOf(`password=hunter2 ${'x'.repeat(3_900)} ghp_${'a'.repeat(5_000)}\n`, 'behind it\n');
  expect(text).toBe(`password=hunter2 ${'x'.repeat(3_900)} …\nbehind it`);
});

it('is bounded, and the same however the bytes come in', () => {
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', 'é', '\u001b[1m') }),
    fc.integer({ min: 0, max: 6_000 }).map((length) => 'w '.repeat(length / 2)),
    fc.integer({ min: 0, max: 60 }).map((count) => 'line\n'.repeat(count)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 5_000 }), (pieces, size) => {
      const whole = Buffer.from(pieces.join(''));
      const cuts = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
        whole.subarray(i * size, (i + 1) * size),
      );
      const text = lastLinesOf(whole);
      expect(lastLinesOf(...cuts)).toBe(text);
      expect(text.split('\n').length).toBeLessThanOrEqual(40);
      expect(Buffer.byteLength(text)).toBeLessThan(24_000);
    }),
  );
});
