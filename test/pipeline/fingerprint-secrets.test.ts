import { describe, expect, test } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import { cutMiddle } from '../../src/capture/bounded-text.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { createRedactor } from '../../src/pipeline/redact.ts';
import { makeAlert } from '../support/alerts.ts';
import { KNOWN_VALUE, KNOWN_WORD, PLANTS, type PlantKind, TOKENS } from '../support/planted-secrets.ts';

const redactor = createRedactor({ paths: ['token_of_ours'], knownValues: [KNOWN_VALUE, KNOWN_WORD], pii: false });

function fingerprintOf(parts: Partial<Alert>): string {
  return fingerprint(redactor.redactAlert(makeAlert(parts)));
}

/** The same record with another secret of the same kind in it. */
const SEEDS = [1, 2, 3, 4] as const;
const DIFFERENT = PLANTS.filter(({ name }) => !name.startsWith('known'));

const STACK = '\n    at pay (/srv/app/pay.js:10:7)\n    at main (/srv/app/main.js:3:1)';
const error = (message: string, parts: object = {}): Partial<Alert> => ({
  message: 'it failed',
  error: { type: 'PaymentError', message, ...parts },
});

/** Where the text stands, and whether the rules for texts hold there or only those for names. */
const TEXTS: readonly (readonly [where: string, make: (text: string) => Partial<Alert>])[] = [
  ['the title', (title) => ({ title, message: 'it failed' })],
  ['the message', (message) => ({ message: `before ${message} behind` })],
  ['the message of an error', (text) => error(`before ${text} behind`)],
  ['the message of an error with a stack', (text) => error(text, { stack: `PaymentError: ${text}${STACK}` })],
  ['the stack alone', (text) => error('it failed', { stack: `PaymentError: it failed\n${text}${STACK}` })],
  ['a cause', (text) => error('it failed', { cause: { type: 'Error', message: text } })],
  ['an attribute', (text) => ({ message: 'it failed', attributes: { body: text } })],
  ['a field', (text) => ({ message: 'it failed', fields: { body: text } })],
  ['a message that is cut', (text) => ({ message: cutMiddle(`${text} ${'and much more\n'.repeat(3_000)}`, 8_192) })],
  ['an error that is cut', (text) => error(cutMiddle(`${text} ${'and much more\n'.repeat(3_000)}`, 16_384))],
];
const NAMES: readonly (readonly [where: string, make: (text: string) => Partial<Alert>])[] = [
  ['the dedup key', (text) => ({ dedupKey: `import.${text}` })],
  ['the event', (text) => ({ message: 'it failed', origin: { event: `import.${text}` } })],
  ['the logger', (text) => ({ message: 'it failed', origin: { logger: `import.${text}` } })],
  ['the service', (text) => ({ message: 'it failed', origin: { service: `shop.${text}` } })],
  ['the type of an error', (text) => ({ error: { type: `Error.${text}`, message: 'it failed' } })],
  ['the code of an error', (text) => ({ error: { type: 'Error', message: 'it failed', code: text } })],
  ['a path in a URL', (text) => ({ message: `GET https://api.example.com/v1/${text}/orders answered 502` })],
  ['a query', (text) => ({ message: `GET https://api.example.com/v1/orders?x=${text}&y=1 answered 502` })],
  ['a file of a frame', (text) => error('x', { stack: `PaymentError: x\n    at f (/srv/${text}/pay.js:1:1)` })],
  ['a code in the attributes', (text) => ({ message: 'it failed', attributes: { 'error.type': text } })],
];

function printsOf(kind: PlantKind, make: (text: string) => Partial<Alert>): Set<string> {
  return new Set(SEEDS.map((seed) => fingerprintOf(make(kind.make(seed).text))));
}

describe('two records that differ in a secret alone are one incident', () => {
  test.each(TEXTS)('in %s', (_where, make) => {
    const several = DIFFERENT.filter((kind) => printsOf(kind, make).size > 1).map(({ name }) => name);
    expect(several).toEqual([]);
  });

  test.each(NAMES)('in %s', (_where, make) => {
    const kinds = TOKENS.filter(({ name }) => !name.includes('url') && name !== 'webhook');
    const several = kinds.filter((kind) => printsOf(kind, make).size > 1).map(({ name }) => name);
    expect(several).toEqual([]);
  });

  test('of over thirty kinds', () => expect(DIFFERENT.length).toBeGreaterThan(30));

  test('as a value that is registered', () => {
    const prints = ['first.value.of.it', 'another.one'].map((value) => {
      const { redactAlert } = createRedactor({ paths: [], knownValues: [value], pii: false });
      return fingerprint(redactAlert(makeAlert({ message: `login with ${value} failed` })));
    });
    expect(new Set(prints).size).toBe(1);
  });
});

describe('what else differs still counts', () => {
  test.each(DIFFERENT.map((kind) => [kind.name, kind] as const))('beside %s', (_name, kind) => {
    const { text } = kind.make(1);
    expect(fingerprintOf({ message: `the queue is full: ${text}` })).not.toBe(
      fingerprintOf({ message: `the disk is full: ${text}` }),
    );
  });
});
