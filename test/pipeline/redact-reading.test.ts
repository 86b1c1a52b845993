import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { stripHidden, stripInvisible } from '../../src/pipeline/redact-invisible.ts';
import { NAME_LITERALS } from '../../src/pipeline/redact-named.ts';
import { PREFIXES } from '../../src/pipeline/redact-prefix.ts';
import { createTextReader, GROUP } from '../../src/pipeline/redact-reading.ts';
import { viewOf } from '../../src/pipeline/redact-view.ts';
import { redact } from '../../src/redact.ts';

const read = createTextReader({ names: NAME_LITERALS, prefixes: PREFIXES });
const ascii = (literal: string): boolean => /^[\0-\x7f]+$/.test(literal);

/** What hides, encodes and names secrets, and what is put between. */
const PIECES = [
  ...[
    '\u001b[31m',
    '\u001b]0;a title\u0007',
    '\\u001b[0m',
    '\\x1b[K',
    '\\033[1m',
    '\\e[m',
    '^[[2J',
    '#x1b[m',
    '[31m',
    '[3m20s',
  ],
  ...['\0', '\u00ad', '\u200b', '\u200d', '\ufe0f', '\ue000', '\udb40\udc41', '\u061c', '\u2066', '\ufeff', '\x7f'],
  ...[
    '%41',
    '%2541',
    '\\u0041',
    '\\x41',
    '\\\\x41',
    '\\101',
    '\\/',
    '&#65;',
    '&#x41;',
    '&amp;',
    '\uff41',
    '\u24b6',
    '\ud835\udc00',
  ],
  ...[
    'p\u0430ssword',
    'passw\u043erd',
    '\u2014',
    '\u00e9',
    '\u2715',
    '😀',
    'a',
    'B',
    '7',
    ' ',
    '\n',
    '"',
    '\\',
    '%',
    '&',
    '[',
    '#',
    '.',
  ],
  ...['password', 'token', 'ghp_', 'AKIA', 'sk-', 'xoxb-'],
];
const texts = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
  )
  .map((pieces) => pieces.join(''));

describe('a reading of a text', () => {
  test('misses nothing that is invisible', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(stripHidden(text, read(text))).toBe(stripInvisible(text));
      }),
      { numRuns: 3_000 },
    );
  });

  test('misses nothing that is encoded', () => {
    const everywhere = (text: string): number[] => Array.from({ length: text.length }, (_, i) => i);
    fc.assert(
      fc.property(texts, (text) => {
        expect(viewOf(text, read(text).encoded)?.text).toBe(viewOf(text, everywhere(text))?.text);
      }),
      { numRuns: 3_000 },
    );
  });

  test('misses no literal, in whatever case, and says so of letters beyond ASCII', () => {
    const literals = fc.oneof(
      fc.tuple(fc.constant(GROUP.names), fc.constantFrom(...NAME_LITERALS.filter((one) => !one.includes('(')))),
      fc.tuple(fc.constant(GROUP.prefixes), fc.constantFrom(...PREFIXES)),
    );
    fc.assert(
      fc.property(texts, literals, texts, fc.boolean(), (before, [group, literal], behind, isUpper) => {
        const written = isUpper ? literal.toUpperCase() : literal;
        const reading = read(before + written + behind);
        if (ascii(literal)) expect(reading.at(group)).toContain(before.length);
        else expect(reading.isForeign).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([0, 1, 2, 3, 65_535, 65_536, 65_537, 200_000])(
    'of %i characters has them all, and zeros behind',
    (length) => {
      const text = 'pässword\u200b '.repeat(Math.ceil(length / 10)).slice(0, length);
      const { codes } = read(text);
      expect(String.fromCodePoint(...codes.slice(0, Math.min(length, 50_000)))).toBe(text.slice(0, 50_000));
      expect(codes[length]).toBe(0);
      expect(codes[length - 1]).toBe(length === 0 ? undefined : text.charCodeAt(length - 1));
    },
  );

  it('is not disturbed by the reading of what is encoded inside', () => {
    const inner = Buffer.from(`{"user":"ann","password":"hunter2-${'x'.repeat(300)}"}`).toString('base64');
    const text = `job %7B%22a%22%3A%22b%22%7D ${inner} failed: token=s3cr3t-value-1 and ghp_${'a1B2'.repeat(9)}`;
    const out = redact(text);
    expect(out).not.toContain(inner.slice(0, 20));
    expect(out).toMatch(/failed: token=\[REDACTED\] and \[REDACTED:github-token\]$/);
  });
});
