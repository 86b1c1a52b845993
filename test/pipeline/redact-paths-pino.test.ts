import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';

/** What pino itself masks with; it comes with pino. */
type PinoRedact = (options: {
  readonly paths: readonly string[];
  readonly censor: string;
}) => (input: object) => string;
const require = createRequire(import.meta.url);
const pinoRedact = createRequire(require.resolve('pino'))('@pinojs/redact') as PinoRedact;

const CENSOR = '[REDACTED]';
const KEYS = ['a', 'b', 'c-d', 'e'] as const;

const values = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 3 }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>('x', 'text', 1, true, null),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));

const level = fc.oneof(
  fc.constantFrom('.a', '.b', '.e', '["c-d"]', "['a']"),
  fc.constantFrom('[0]', '[1]', '[*]', '.*'),
);
const paths = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('').replace(/^\./, ''));

it('paths mask what they mask in pino', () => {
  fc.assert(
    fc.property(values.object, fc.array(paths, { minLength: 1, maxLength: 3 }), (input, some) => {
      const theirs = pinoRedact({ paths: some, censor: CENSOR })(structuredClone(input));
      expect(redact(input, { paths: some })).toEqual(JSON.parse(theirs));
    }),
    { numRuns: 2_000 },
  );
});
