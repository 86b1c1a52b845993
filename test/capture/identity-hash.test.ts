import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStackText } from '../../src/capture/error-text.ts';
import { createTextsHash, hashTexts } from '../../src/capture/identity-hash.ts';

// Few and alike, so that the same comes again often, and what differs does so by little.
const text = fc.constantFrom('', 'a', 'b', 'ab', `${'x'.repeat(20_000)}a`, `${'x'.repeat(20_000)}b`);
const texts = fc.array(fc.option(text, { nil: undefined }), { maxLength: 3 });

describe('the hash of an identity', () => {
  it('is the same whether the last call asked for it too or not', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 30 }), fc.maxSafeNat(), (calls, seed) => {
        const hash = createTextsHash(seed);
        for (const given of calls) expect(hash(given)).toBe(hashTexts(given, seed));
      }),
    );
  });

  it('tells apart what is joined differently, and what is missing from what is empty', () => {
    const given = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['abc', undefined], []];
    expect(new Set(given.map((one) => hashTexts(one, 7))).size).toBe(given.length);
  });
});

describe('a stack that is taken apart', () => {
  const stacks = [
    'TypeError: a\n    at f (a.js:1:1)',
    'TypeError: a\n    at g (a.js:1:1)',
    'RangeError [ERR_X]: b\n    at f (a.js:1:1)\ncaused by: Error: c\n    at g (b.js:2:2)',
    `Error: ${'long '.repeat(5_000)}\n    at f (a.js:1:1)`,
    '',
    'no stack',
  ];

  it('tells the same whatever was asked before', () => {
    const alone = stacks.map((stack) => {
      parseStackText('something else');
      return parseStackText(stack);
    });
    fc.assert(
      fc.property(fc.array(fc.nat(stacks.length - 1), { maxLength: 30 }), (order) => {
        for (const i of order) expect(parseStackText(stacks[i] ?? '')).toEqual(alone[i]);
      }),
    );
  });
});
