// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested here
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import { made, madeJwt, madePem, PASSWORD, pemEdge, SAMPLES } from './redact-secrets.ts';

const SECRETS = [...new Set(SAMPLES.map(([, secret]) => secret)), madePem('RSA PRIVATE KEY', 2), madeJwt()];

const BEGIN = pemEdge('BEGIN', 'PRIVATE KEY');

/** What the rules look at, in any order: names, delimiters, quotes, schemes, markers, halves of secrets. */
const FRAGMENTS = [
  ...'password token api_key Authorization: Cookie: Bearer Basic user=bob name key value secret is was to the login IDENTIFIED BY'.split(
    ' ',
  ),
  ...'= : == => := :: // :// @ ? & # ; , . | - -- \\ \\\\ \\n \\" \\\\\\" " \' ` < > </ ( ) [ ] { } {{ ${ } % $ * x …'.split(
    ' ',
  ),
  ...['[REDACTED]', '[REDACTED:jwt]', '[REDACTED', '%5BREDACTED%5D', '[withheld: redaction failed]'],
  ...[' ', '\n', '\r\n', '\t', '\u200b', '\u200d', '\u001b[31m', '\u001b]', '\u00ad', '\ud800', 'é', '：', '\ue000'],
  ...[
    'postgres://u:',
    '@host:5432/x',
    'https://',
    'eyJ',
    `gh${'p_'}`,
    `AK${'IA'}`,
    BEGIN,
    pemEdge('END', 'RSA PRIVATE KEY'),
  ],
  ...[
    '--password ',
    'mysql -p',
    'curl -u a:',
    '<password>',
    '"name":"password","value":',
    'process.env.X',
    'hunter22',
    '1234',
    'not',
    'expired',
  ],
  ...['bob@example.com', '203.0.113.7', '4111 1111 1111 1111', 'fe80::1:2', made('hex', 32), made('alnum', 20)],
  ...SECRETS.slice(0, 20),
];

const fragments = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
  .map((parts) => parts.join(''));

const options = fc.record({
  pii: fc.boolean(),
  known: fc.constantFrom<string[]>([], ['known-value/1', PASSWORD]),
  paths: fc.constantFrom<string[]>([], ['**.iban', 'a.*', '*[0]', '**.b.**.c']),
});

const anything = fc.anything({
  key: fc.oneof(
    fc.constantFrom('password', 'a', 'b', '__proto__', 'headers', 'name', 'value', 'toJSON', 'iban'),
    fragments,
  ),
  values: [fragments, fc.integer(), fc.boolean(), fc.constant(null), fc.bigInt(), fc.double()],
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 4,
});

function shown(value: unknown): string {
  const options = { depth: 60, maxArrayLength: null, maxStringLength: null };
  try {
    return inspect(value, options);
  } catch {
    // From Node 24 on, inspect itself fails on an error whose name is a symbol.
    return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
  }
}

describe('redact, whatever it is given', () => {
  it('redacts a text once and for all', () => {
    fc.assert(
      fc.property(fragments, options, (text, chosen) => {
        const once = redact(text, chosen);
        expect(typeof once).toBe('string');
        expect(redact(once, chosen)).toBe(once);
      }),
      { numRuns: 4_000 },
    );
  });

  it('never has to give a text up', () => {
    fc.assert(
      fc.property(fragments, options, (text, chosen) => {
        if (!text.includes('withheld')) expect(redact(text, chosen)).not.toContain('[withheld: redaction failed]');
      }),
      { numRuns: 4_000 },
    );
  });

  it('redacts an object once and for all, and leaves the original as it is', () => {
    fc.assert(
      fc.property(anything, options, (value, chosen) => {
        const before = shown(value);
        const once = redact(value, chosen);
        expect(shown(redact(once, chosen))).toBe(shown(once));
        expect(shown(value)).toBe(before);
      }),
      { numRuns: 1_500 },
    );
  });

  it('never throws', () => {
    const hostile: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
      new Proxy({}, { get: () => fail(), ownKeys: () => fail(), getPrototypeOf: () => fail() }),
      new Proxy([], { get: () => fail() }),
      Object.create({ toJSON: () => fail() }) as unknown,
      Object.defineProperty({}, 'password', { get: () => fail(), enumerable: true }),
      Object.assign(new Error('x'), { toString: () => fail(), name: Symbol('x') }),
      Object.defineProperty(new Error('x'), 'stack', { get: () => fail() }),
      new (class extends Map<string, string> {
        override entries(): never {
          return fail();
        }
      })([['password', PASSWORD]]),
      { [Symbol.toPrimitive]: () => fail(), [Symbol.toStringTag]: 'Headers', entries: () => fail() },
    );
    fc.assert(
      fc.property(fc.oneof(anything, hostile), hostile, options, (a, b, chosen) => {
        const out = redact({ a, b, list: [a, b], map: new Map([[b, a]]), set: new Set([b]) }, chosen);
        expect(shown(out)).not.toContain(PASSWORD);
      }),
      { numRuns: 500 },
    );
  });

  it('never shows a planted secret, wherever it stands between words', () => {
    const word = fc.stringMatching(/^[a-z]{0,8}$/);
    const around = fc.constantFrom(
      ' ',
      '\n',
      '"',
      "'",
      '=',
      ':',
      '/',
      '?',
      '&',
      ',',
      ';',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '<',
      '>',
      '|',
      '`',
      '\\n',
      '%22',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, around, fc.constantFrom(...SECRETS), around, word), { minLength: 1, maxLength: 6 }),
        (rows) => {
          const text = rows
            .map(([before, open, secret, close, after]) => `${before}${open}${secret}${close} ${after}`)
            .join('');
          const out = redact(text);
          for (const [, , secret] of rows) expect(out).not.toContain(secret.slice(4, 24));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never shows a password under its name, whatever the password', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9!#$%&()*+,./;<=>?@^_{|}~-]{8,24}$/).map((text) => `Zq7${text}9w`);
    const written = fc.constantFrom<(p: string) => string>(
      (p) => `password=${p}`,
      (p) => `login: password=${p} user=bob`,
      (p) => JSON.stringify({ password: p, user: 'bob' }),
      (p) => JSON.stringify({ body: JSON.stringify({ password: p }) }),
      (p) => inspect({ password: p, user: 'bob' }),
      (p) => `--password '${p}'`,
      (p) => `PASSWORD "${p}"`,
      (p) => `password: ${p}\nuser: bob`,
    );
    fc.assert(
      fc.property(password, written, (secret, write) => {
        const out = redact(write(secret));
        expect(out).not.toContain(secret);
        expect(out).toContain('[REDACTED');
        expect(out).not.toContain(secret.slice(0, 6));
      }),
      { numRuns: 3_000 },
    );
  });
});

function fail(): never {
  throw new Error(PASSWORD);
}
