import { describe, expect, it, test } from 'vitest';
import { createRedactor } from '../../src/pipeline/redact.ts';
import { createTextRedactor } from '../../src/pipeline/redact-text.ts';
import { makeAlert } from '../support/alerts.ts';

const PASSWORD = ['hun', 'ter2', 'hun'].join('');
const plain = createTextRedactor({ known: [], pii: false });

describe('a URL that was cut before its @', () => {
  test.each([
    ['at the end', `connect postgres://app:${PASSWORD}`, 'connect postgres://app:[REDACTED]'],
    ['before dots', `connect postgres://app:${PASSWORD}…`, 'connect postgres://app:[REDACTED]…'],
    ['before three dots', `postgres://app:${PASSWORD}... and more`, 'postgres://app:[REDACTED]... and more'],
    ['before a word for it', `postgres://app:${PASSWORD}[truncated]`, 'postgres://app:[REDACTED][truncated]'],
    ['without a user', `redis://:${PASSWORD}`, 'redis://:[REDACTED]'],
    ['with signs in it', `amqp://app:${PASSWORD}/x?y`, 'amqp://app:[REDACTED]'],
  ])('%s', (_where, text, expected) => {
    expect(plain.redact(text)).toBe(expected);
    expect(plain.redact(expected)).toBe(expected);
  });

  test.each([
    'http://localhost:8080',
    'http://localhost:8080/path?x=1',
    'http://localhost:80…',
    'https://host.example/a:b',
    'https://[::1]:8080',
    'https://[::1',
    'postgres://app:',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a configuration
    'postgres://app:${PASSWORD}',
    'postgres://app:****',
    'sqlserver://db:1433;user=sa;encrypt=true',
    'mongodb://a:27017,b:27017',
    '(http://localhost:8080)',
    'https://a:b and more',
    'http://a:https://b.example',
    'see "https://a:b"',
  ])('and none: %s', (text) => expect(plain.redact(text)).toBe(text));

  it('is no matter for the last look, behind which texts are cut', () => {
    expect(plain.holdsSecret(`postgres://app:${PASSWORD}…`, 'outgoing')).toBe(false);
  });
});

describe('a known value across the gap of a capture', () => {
  const known = ['first words of it', 'second words of it', 'third "words" of it'].join('\n');
  const { redact } = createTextRedactor({ known: [known, 'one.word'], pii: false });
  const gap = '[… 1,234 characters cut at capture …]';

  test.each([
    ['its beginning', `x first words\n${gap}\nbehind`, `x [REDACTED]\n${gap}\nbehind`],
    ['its end', `x\n${gap}\nthird "words" of it behind`, `x\n${gap}\n[REDACTED] behind`],
    ['both', `x first words of it\n${gap}\nof it`, `x [REDACTED]\n${gap}\nof it`],
    ['two lines of it', `first words of it\nsecond\n${gap}`, `[REDACTED]\n${gap}`],
    [
      'in JSON',
      `{"a":"x first words of it\\nsecond\\n${gap}\\nthird \\"words\\" of it y"}`,
      `{"a":"x [REDACTED]\\n${gap}\\n[REDACTED] y"}`,
    ],
    ['too little of it to tell', `x first\n${gap}`, `x first\n${gap}`],
    ['another text', `x first steps\n${gap}\nsecond thoughts`, `x first steps\n${gap}\nsecond thoughts`],
    ['no gap', 'x first words', 'x first words'],
  ])('%s', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(expected)).toBe(expected);
  });

  it('in a text with more gaps than a capture makes, everything behind them goes', () => {
    expect(redact(`${gap} `.repeat(70))).toMatch(/\[REDACTED\]$/);
  });
});

describe('time', () => {
  const known = 'first words of it and then some more '.repeat(400);
  const { redact } = createTextRedactor({ known: [known], pii: false });

  test.each(['://', 'http://a:…', 'http://a:b...', '[… 9 characters cut at capture …]', '…', '...'])(
    'grows with the text, not with its square: %s',
    (unit) => {
      const took = (chars: number): number => {
        const text = unit.repeat(chars / unit.length);
        const startedMs = performance.now();
        redact(text);
        return performance.now() - startedMs;
      };
      took(20_000);
      // Square, it would take minutes.
      expect(took(200_000)).toBeLessThan(5_000);
    },
  );
});

describe('an error whose type names what its message is', () => {
  test.each([
    ['Password', PASSWORD, '[REDACTED]'],
    ['db.password', PASSWORD, '[REDACTED]'],
    ['TypeError', 'cannot read x', 'cannot read x'],
    ['InvalidToken', 'has expired', 'has expired'],
    ['TokenExpiredError', 'jwt expired', 'jwt expired'],
  ])('%s: %s', (type, message, expected) => {
    const redactor = createRedactor({ paths: [], knownValues: [], pii: false });
    const { error } = redactor.redactAlert(makeAlert({ error: { type, message } }));
    expect(error?.message).toBe(expected);
    expect(error?.type).toBe(type);
  });
});
