import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import { createRedactor } from '../../src/pipeline/redact.ts';
import { createExplainer } from '../../src/pipeline/redact-explain.ts';
import { makeAlert } from '../support/alerts.ts';
import { plantedPages, sightingOf } from '../support/planted-pages.ts';
import { KNOWN_VALUE, KNOWN_WORD, traceIn } from '../support/planted-secrets.ts';

const options = { paths: ['error.cause.message', '**.iban'], knownValues: [KNOWN_VALUE, KNOWN_WORD], pii: false };
const PASSWORD = ['hun', 'ter2', 'hun'].join('');

function explained(parts: Partial<Alert>): string[] {
  const explain = createExplainer(createRedactor(options));
  return explain(makeAlert({ origin: {}, ...parts })).map(({ place, rule, times }) => `${place}: ${rule} ×${times}`);
}

describe('what was masked', () => {
  test.each<[string, Partial<Alert>, readonly string[]]>([
    ['nothing', { message: 'plain' }, []],
    ['a title', { title: `password=${PASSWORD}` }, ['title: key-name ×1']],
    [
      'a message, by several rules',
      { message: `redis://:${PASSWORD}@h/ token=${PASSWORD}1 secret=${PASSWORD}2` },
      ['message: url-userinfo ×1', 'message: key-name ×2'],
    ],
    ['a known value', { message: `it was ${KNOWN_WORD}` }, ['message: known-value ×1']],
    ['a channel', { channel: `gh${'p_'}${'a1'.repeat(18)}` }, ['channel: github-token ×1']],
    ['a service', { origin: { service: `x password=${PASSWORD}` } }, ['service: key-name ×1']],
    [
      'an error whose type names it',
      { error: { type: 'Password', message: PASSWORD } },
      // The text is looked at with its type and without.
      ['error.message: key-name ×1'],
    ],
    [
      'a cause by a path, and its stack by a rule',
      { error: { type: 'E', message: 'x', cause: { type: 'E', message: 'y', stack: `E: pwd=${PASSWORD}` } } },
      ['error.cause.message: user-path ×1', 'error.cause.stack: key-name ×1'],
    ],
    ['a field', { fields: { password: PASSWORD } }, ['fields.password: key-name ×1']],
    [
      'attributes, as deep as it goes',
      { attributes: { a: { b: { password: PASSWORD, iban: 'DE1', c: 'plain' } }, d: 'plain' } },
      ['attributes.a.b.password: key-name ×1', 'attributes.a.b.iban: user-path ×1'],
    ],
    [
      'a pair, which is one only as a whole',
      { attributes: { header: { name: 'authorization', value: PASSWORD } } },
      ['attributes.header: key-name ×1'],
    ],
    [
      'a list',
      { attributes: { argv: ['--password', PASSWORD], tokens: [PASSWORD] } },
      ['attributes.argv: key-name ×1', 'attributes.tokens: key-name ×1'],
    ],
    ['what is too large', { message: 'x'.repeat(1_100_000) }, ['message: too-large ×1']],
  ])('%s', (_what, parts, expected) => {
    expect(explained(parts)).toEqual(expected);
  });

  it('is told by a redactor that fails, too', () => {
    const attributes = new Proxy({ a: 1 }, { ownKeys: () => ['a'], get: () => 1 });
    expect(() => explained({ attributes })).not.toThrow();
  });
});

it('holds no secret, and something wherever redaction has changed anything', () => {
  const redactor = createRedactor(options);
  const explain = createExplainer(createRedactor(options));
  fc.assert(
    fc.property(plantedPages, (page) => {
      const alert = sightingOf(page, 1_790_000_000_000, 'P1').toAlert({ repeatKey: 1, count: 1 });
      const masked = explain(alert);
      expect(traceIn(JSON.stringify(masked), page.hidden)).toBeUndefined();
      const isMarked = JSON.stringify(redactor.redactAlert(alert)).includes('REDACTED');
      expect([page.what, masked.length > 0]).toEqual([page.what, isMarked]);
    }),
    { numRuns: 300 },
  );
});
