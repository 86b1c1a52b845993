import { describe, expect, it } from 'vitest';
import { validatePath } from '../../src/pipeline/redact.ts';
import { redact } from '../../src/redact.ts';

const M = '[REDACTED]';

describe('paths', () => {
  const input = {
    name: 'n',
    user: { name: 'bob', mail: 'm', 'full-name': 'Bob B' },
    list: [{ name: 'x' }, { name: 'y' }],
    deep: { er: { iban: 'i', list: [{ iban: 'j' }] } },
    iban: 'k',
    'order.customer.name': 'dotted',
  };

  it.each<[paths: string[], expected: unknown]>([
    [['user.name'], { ...input, user: { ...input.user, name: M } }],
    [['user["full-name"]'], { ...input, user: { ...input.user, 'full-name': M } }],
    [["user['mail']"], { ...input, user: { ...input.user, mail: M } }],
    [['["user"].mail'], { ...input, user: { ...input.user, mail: M } }],
    [['user'], { ...input, user: M }],
    [['user.*'], { ...input, user: { name: M, mail: M, 'full-name': M } }],
    [['list[0].name'], { ...input, list: [{ name: M }, { name: 'y' }] }],
    [['list[*].name'], { ...input, list: [{ name: M }, { name: M }] }],
    [['list.1.name'], { ...input, list: [{ name: 'x' }, { name: M }] }],
    // Exactly one level, as in pino.
    [['*.name'], { ...input, user: { ...input.user, name: M } }],
    [['*.iban'], input],
    // Any depth, none included.
    [['**.iban'], { ...input, iban: M, deep: { er: { iban: M, list: [{ iban: M }] } } }],
    [['deep.**.iban'], { ...input, deep: { er: { iban: M, list: [{ iban: M }] } } }],
    [['**.list[*].iban'], { ...input, deep: { er: { iban: 'i', list: [{ iban: M }] } } }],
    [['order.customer.name'], { ...input, 'order.customer.name': M }],
    [
      ['**.name'],
      {
        ...input,
        name: M,
        user: { ...input.user, name: M },
        list: [{ name: M }, { name: M }],
        'order.customer.name': M,
      },
    ],
    [['nowhere.at.all'], input],
    [[], input],
  ])('%j', (paths, expected) => {
    const out = redact(input, { paths });
    expect(out).toEqual(expected);
    expect(redact(out, { paths })).toEqual(out);
  });

  it('mask any value but undefined, also in maps and behind shared references', () => {
    const shared = { x: 1 };
    const source = { a: shared, b: shared, m: new Map([['x', false]]), u: { x: undefined } };
    expect(redact(source, { paths: ['b.x', 'm.x', 'u.x'] })).toEqual({
      a: { x: 1 },
      b: { x: M },
      m: new Map([['x', M]]),
      u: { x: undefined },
    });
  });

  it('follow cycles', () => {
    const source: Record<string, unknown> = { x: 1 };
    source['self'] = source;
    const out = redact(source, { paths: ['self.self.x'] }) as {
      x: unknown;
      self: { x: unknown; self: { x: unknown } };
    };
    expect([out.x, out.self.x, out.self.self.x]).toEqual([1, 1, M]);
  });

  it('that are not valid are ignored, and everything else holds', () => {
    const secret = { password: 'hunter22', user: { name: 'bob' } };
    expect(redact(secret, { paths: ['.', 'user.name', 'a..b', 3 as unknown as string] })).toEqual({
      password: M,
      user: { name: M },
    });
  });
});

describe('validatePath', () => {
  it.each([
    'a',
    'a.b',
    'a["b-c"].d',
    'a[0]',
    'a[*].b',
    '*.b',
    '**.password',
    'a.**.b',
    '["x"]',
    'a.b-c',
    'größe.ñ',
    '$x._y',
  ])('%s is valid', (path) => {
    expect(validatePath(path)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['.a', 'begins with a dot'],
    ['a..b', 'no name at position 3'],
    ['a.', 'no name at position 3'],
    ['a[b]', 'no name at position 2'],
    ['a["b]', 'no name at position 2'],
    ['a b', 'no dot or bracket at position 2'],
    ['a.[0]', 'no name at position 3'],
    ['**', 'ends in **, which would mask everything'],
    ['a.**', 'ends in **, which would mask everything'],
    ['a'.repeat(300), 'longer than 256 characters'],
    [Array(40).fill('a').join('.'), 'more than 32 levels'],
  ])('%s: %s', (path, problem) => {
    expect(validatePath(path)).toBe(problem);
  });
});
