import { describe, expect, test } from 'vitest';
import type { AlertError, RedactedAlert } from '../../src/alert.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { redact } from '../../src/redact.ts';

function ofAlert(parts: object): string {
  return fingerprint({
    message: '',
    origin: { service: 'shop' },
    attributes: {},
    ...parts,
  } as unknown as RedactedAlert);
}

function ofMessage(message: string): string {
  return ofAlert({ error: { type: 'Error', message } satisfies AlertError });
}

/** Every form of a mark: with and without a kind, inside a URL, of what could not be redacted, of another redactor. */
const MARKS = [
  '[REDACTED]',
  '[REDACTED:jwt]',
  '[REDACTED:github-token]',
  '%5BREDACTED%5D',
  '%5BREDACTED%3Ajwt%5D',
  '%5bREDACTED%3ajwt%5d',
  '[withheld: too large]',
  '[withheld: possible secret]',
  '[withheld: redaction failed]',
  '[redacted]',
  '[Filtered]',
  '********',
];

describe('what redaction leaves does not count', () => {
  test.each([
    'token {} was refused',
    'token "{}" was refused',
    'password={}',
    'password={} for user ann@example.com',
    '{"password":"{}","code":"E_AUTH"}',
    'Authorization: Bearer {}',
    'connect to postgres://app:{}@db.internal:5432/shop failed',
    'GET https://api.example.com/v1/users?key={}&x=1 failed',
    'POST https://hooks.example.com/services/{} failed with 502',
    'Invalid API key provided: {}.',
    'queue "{}" is stalled',
    "Access denied for user '{}'@'10.0.0.5'",
    'sk_{}',
    '{}',
    '{}: {} of {}',
    'keys {}, {} and {} have expired',
  ])('%s', (template) => {
    const prints = MARKS.map((mark) => ofMessage(template.replaceAll('{}', mark)));
    expect(new Set(prints).size).toBe(1);
  });

  test.each([
    ['type', (mark: string) => ({ error: { type: `Error${mark}`, message: 'x' } })],
    ['code', (mark: string) => ({ error: { type: 'Error', message: 'x', code: `E_${mark}` } })],
    ['logger', (mark: string) => ({ message: 'x', origin: { logger: `pay.${mark}` } })],
    ['event', (mark: string) => ({ message: 'x', origin: { event: `pay.${mark}` } })],
    ['title', (mark: string) => ({ message: 'x', title: `Key ${mark} leaked` })],
    ['code in the attributes', (mark: string) => ({ message: 'x', attributes: { 'error.type': mark } })],
    [
      'path of a frame',
      (mark: string) => ({ error: { type: 'E', message: 'x', stack: `E: x\n    at f (/srv/${mark}/a.js:1:1)` } }),
    ],
  ])('in the %s', (_name, make) => {
    const kinds = ['[REDACTED]', '[REDACTED:jwt]', '[REDACTED:github-token]'];
    expect(new Set(kinds.map((mark) => ofAlert(make(mark)))).size).toBe(1);
  });

  test('says no more than that something was there: the words around still count', () => {
    expect(ofMessage('token [REDACTED] was refused')).not.toBe(ofMessage('token [REDACTED] has expired'));
    expect(ofMessage('queue "[REDACTED]" is stalled')).not.toBe(ofMessage('topic "[REDACTED]" is stalled'));
  });
});

describe('two occurrences with other secrets are the same after redaction', () => {
  const hex = (length: number, seed: number): string =>
    Array.from({ length }, (_, i) => ((i * 7 + seed * 5 + ((i * seed) % 11)) % 16).toString(16)).join('');
  const word = (length: number, seed: number): string =>
    Array.from({ length }, (_, i) =>
      'aB3dE5gH7jK9mN1pRsTuVwXyZ0'.charAt((i * 11 + seed * 7 + ((i * seed) % 5)) % 26),
    ).join('');

  test.each<[string, (seed: number) => string]>([
    ['a token of GitHub', (seed) => `token ghp_${word(36, seed)} was refused`],
    ['a key of Stripe', (seed) => `Invalid API Key provided: sk_live_${word(24, seed)}`],
    ['a JWT', (seed) => `jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOi${word(20, seed)}.${word(43, seed)} has expired`],
    ['a password in a URL', (seed) => `cannot connect to postgres://app:${word(12, seed)}@db.internal:5432/shop`],
    ['a password in an assignment', (seed) => `login failed with password=${word(12, seed)} for host db.internal`],
    ['a header', (seed) => `request failed, authorization: Bearer ${word(40, seed)}`],
    ['JSON', (seed) => `{"error":"denied","api_key":"${hex(32, seed)}"}`],
    ['a key of AWS', (seed) => `The AWS Access Key Id AKIA${word(16, seed).toUpperCase()} does not exist`],
  ])('%s', (_name, make) => {
    expect(ofMessage(redact(make(1)))).toBe(ofMessage(redact(make(2))));
    expect(redact(make(1))).toContain('REDACTED');
  });

  test.each<[string, string]>([
    ['mail', 'no mailbox for ann@example.com'],
    ['address', 'connect ECONNREFUSED 10.0.3.17:8443'],
    ['address of a service', 'connect ECONNREFUSED 10.0.3.17:5432'],
    ['long address', 'connect ETIMEDOUT 2a00:1450:4001:82a::200e'],
    ['card', 'card 4111 1111 1111 1111 was declined'],
    ['card with dashes', 'card 4111-1111-1111-1111 was declined'],
  ])('personal data, whether it is masked or not: %s', (_name, message) => {
    const masked = redact(message, { pii: true });
    expect(masked).toContain('REDACTED');
    expect(ofMessage(masked)).toBe(ofMessage(message));
  });
});
