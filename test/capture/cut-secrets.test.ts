import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MAX_ATTRIBUTE_CHARS, MAX_TEXT_CHARS } from '../../src/alert.ts';
import { cutMiddle } from '../../src/capture/bounded-text.ts';
import { createRedactor } from '../../src/pipeline/redact.ts';
import { KNOWN_VALUE, KNOWN_WORD, PLANTS, type PlantKind, traceIn } from '../support/planted-secrets.ts';

const redactor = createRedactor({ paths: [], knownValues: [KNOWN_VALUE, KNOWN_WORD], pii: false });

/** What a text is filled with around a secret. */
const FILLERS = {
  words: 'the quick brown fox jumps over it ',
  lines: 'a line of a log that says little\n',
  indented: '    x: [some, deeper, data]\n',
  frames: '    at handle (/srv/app/routes.js:10:7)\n',
  json: '{"level":"info","n":1},',
  word: 'abcdefghi',
} as const;
type Filler = keyof typeof FILLERS;

const fill = (filler: Filler, chars: number): string => {
  const unit = FILLERS[filler];
  return unit.repeat(Math.ceil(Math.max(0, chars) / unit.length)).slice(0, Math.max(0, chars));
};

/** Blanks are what most rules want before a secret; in a text without any, a quote or a comma is there. */
const gapOf = (kind: PlantKind, filler: Filler): string => (kind.needs === 'anywhere' && filler === 'json' ? ',' : ' ');

describe('each kind, with nothing cut', () => {
  test.each(PLANTS.map((kind) => [kind.name, kind] as const))('%s is masked', (_name, kind) => {
    for (const seed of [1, 2, 3]) {
      const { text, hidden } = kind.make(seed);
      expect(hidden.length).toBeGreaterThan(0);
      expect(traceIn(redactor.redactText(`before ${text} behind`), hidden)).toBeUndefined();
      expect(traceIn(text, hidden)).toBeDefined();
    }
  });
});

describe('a secret across the place where a capture cuts', () => {
  it.each([
    ['an attribute', MAX_ATTRIBUTE_CHARS],
    ['a cause', 16_384],
  ])('of %s leaves no trace, at any offset', (_what, maxChars) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLANTS),
        fc.constantFrom(...(Object.keys(FILLERS) as Filler[])),
        fc.constantFrom('head', 'tail', 'whole head' as const),
        fc.double({ min: -0.1, max: 1.1, noNaN: true }),
        fc.nat(1_000),
        (kind, filler, edge, where, seed) => {
          const { text, hidden } = kind.make(seed);
          const gap = gapOf(kind, filler);
          const offset = Math.round(text.length * where);
          const room = maxChars - 64;
          const boundary = edge === 'head' ? room >> 1 : room;
          const rest = fill(filler, 3 * maxChars);
          const whole =
            edge === 'tail'
              ? `${rest}${gap}${text}${gap}${fill(filler, (room >> 1) - text.length + offset)}`
              : `${fill(filler, boundary - offset - gap.length)}${gap}${text}${gap}${rest}`;
          expect(traceIn(redactor.redactText(cutMiddle(whole, maxChars)), hidden)).toBeUndefined();
        },
      ),
      { numRuns: 1_200 },
    );
  });

  it('of the longest text leaves no trace', () => {
    for (const [index, kind] of PLANTS.entries()) {
      for (const edge of ['head', 'tail'] as const) {
        const { text, hidden } = kind.make(index);
        const half = (MAX_TEXT_CHARS - 64) >> 1;
        const offset = Math.floor((text.length * (index % 7)) / 7);
        const whole =
          edge === 'head'
            ? `${fill('lines', half - offset)} ${text}${fill('lines', 300_000)}`
            : `${fill('lines', 300_000)} ${text}${fill('lines', half - text.length + offset)}`;
        expect(traceIn(redactor.redactText(cutMiddle(whole, MAX_TEXT_CHARS)), hidden)).toBeUndefined();
      }
    }
  });
});
