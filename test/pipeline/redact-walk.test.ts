// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested here
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import { made, PASSWORD } from './redact-secrets.ts';

const P = PASSWORD;
const M = '[REDACTED]';
const TOKEN = `gh${'p_'}${made('alnum', 36)}`;
const TOKEN_MARK = '[REDACTED:github-token]';
const FAILED = '[withheld: redaction failed]';
const TOO_LARGE = '[withheld: too large]';

/** Everything that a logger could show of a value. */
function shown(value: unknown): string {
  return inspect(value, { depth: 200, maxArrayLength: null, maxStringLength: null, showHidden: true });
}

describe('values under sensitive names', () => {
  it.each([
    ['text', { password: P, user: 'bob' }, { password: M, user: 'bob' }],
    ['number', { pin: 1234, port: 5432 }, { pin: M, port: 5432 }],
    ['big integer', { otp: 123456n }, { otp: M }],
    ['list', { tokens: [P, 'b'], ids: [1] }, { tokens: M, ids: [1] }],
    ['object', { credentials: { user: 'a', x: P } }, { credentials: M }],
    [
      'nothing',
      { password: null, token: undefined, secret: '', cookie: false },
      { password: null, token: undefined, secret: '', cookie: false },
    ],
    ['empty', { tokens: [], secrets: {} }, { tokens: [], secrets: {} }],
    ['count', { tokens: 1534 }, { tokens: 1534 }],
    ['placeholder', { password: '<password>', token: '${TOKEN}' }, { password: '<password>', token: '${TOKEN}' }],
    [
      'metadata',
      { passwordChangedAt: '2026-01-01', secretName: 'db' },
      { passwordChangedAt: '2026-01-01', secretName: 'db' },
    ],
    [
      'nested names',
      { api: { key: P }, session: { id: P }, row: { key: 'k1' } },
      { api: { key: M }, session: { id: M }, row: { key: 'k1' } },
    ],
    [
      'dotted names',
      { 'http.request.header.authorization': [`Bearer ${P}`] },
      { 'http.request.header.authorization': M },
    ],
    [
      'name and value',
      [
        { name: 'password', value: P },
        { key: 'user', value: 'bob' },
      ],
      [
        { name: 'password', value: M },
        { key: 'user', value: 'bob' },
      ],
    ],
    ['OTLP attribute', { key: 'api_key', value: { stringValue: P } }, { key: 'api_key', value: M }],
    [
      'pairs',
      [
        ['authorization', `Bearer ${P}`],
        ['host', 'x'],
      ],
      [
        ['authorization', M],
        ['host', 'x'],
      ],
    ],
    ['rawHeaders', { rawHeaders: ['Host', 'x', 'X-Api-Key', P] }, { rawHeaders: ['Host', 'x', 'X-Api-Key', M] }],
    ['arguments', ['tool', '--password', P, '--port', '1'], ['tool', '--password', M, '--port', '1']],
    ['inside an invisible name', { 'pass\u200bword': P }, { password: M }],
  ])('%s', (_, input, out) => {
    expect(redact(input as unknown)).toEqual(out);
    expect(redact(out as unknown)).toEqual(out);
  });

  it('masks whatever is text elsewhere, in keys as well', () => {
    expect(redact({ note: `used ${TOKEN}`, [TOKEN]: 1, list: [`password=${P}`] })).toEqual({
      note: `used ${TOKEN_MARK}`,
      [TOKEN_MARK]: 1,
      list: [`password=${M}`],
    });
  });

  it('keeps apart two keys that become the same', () => {
    const other = `gh${'p_'}${made('alnum', 40)}`;
    expect(Object.keys(redact({ [TOKEN]: 1, [other]: 2 }))).toEqual([TOKEN_MARK, `(2) ${TOKEN_MARK}`]);
  });

  it('masks the parts of an HTTP client error', () => {
    const error = Object.assign(new Error(`Request failed with token ${TOKEN}`), {
      config: { url: `https://u:${P}@h/x`, headers: { 'X-Api-Key': P, Accept: '*/*' } },
      request: { _header: `GET / HTTP/1.1\r\nAuthorization: Bearer ${P}\r\nHost: h\r\n\r\n` },
      response: { status: 401, config: { auth: { username: 'bob', password: P } } },
    });
    const out = redact(error);
    expect(shown(out)).not.toContain(P);
    expect(shown(out)).not.toContain(TOKEN);
    expect(out.config).toEqual({ url: `https://u:${M}@h/x`, headers: { 'X-Api-Key': M, Accept: '*/*' } });
    expect(out.response.status).toBe(401);
  });
});

describe('shapes', () => {
  it('Map and Set', () => {
    expect(
      redact(
        new Map<unknown, unknown>([
          ['password', P],
          [TOKEN, 1],
          [{ a: 1 }, { token: P }],
        ]),
      ),
    ).toEqual(
      new Map<unknown, unknown>([
        ['password', M],
        [TOKEN_MARK, 1],
        [{ a: 1 }, { token: M }],
      ]),
    );
    expect(redact(new Set([TOKEN, 'a']))).toEqual(new Set([TOKEN_MARK, 'a']));
  });

  it('Error with its causes', () => {
    const cause = new RangeError(`password=${P}`);
    const error = new TypeError(`with ${TOKEN}`, { cause });
    const out = redact(error);
    expect(out).toBeInstanceOf(TypeError);
    expect(out.message).toBe(`with ${TOKEN_MARK}`);
    expect(out.stack).toContain('redact-walk.test.ts');
    expect(out.cause).toBeInstanceOf(RangeError);
    expect((out.cause as Error).message).toBe(`password=${M}`);
    expect(shown(out)).not.toContain(P);
    expect(shown(redact(new AggregateError([cause, TOKEN], 'many')))).not.toMatch(new RegExp(`${P}|${TOKEN}`));
  });

  it('URL, URLSearchParams, Headers', () => {
    const url = redact(new URL(`https://bob:${P}@h:8443/x?token=${P}&a=1`));
    expect(url).toBeInstanceOf(URL);
    expect([url.username, url.host, url.pathname, url.searchParams.get('a')]).toEqual(['bob', 'h:8443', '/x', '1']);
    expect(url.href).not.toContain(P);
    expect([...redact(new URLSearchParams({ password: P, a: 'b' }))]).toEqual([
      ['password', M],
      ['a', 'b'],
    ]);
    expect([...redact(new Headers({ authorization: `Bearer ${P}`, accept: 'x' }))]).toEqual([
      ['accept', 'x'],
      ['authorization', M],
    ]);
  });

  it('bytes', () => {
    expect(redact(Buffer.from(`password=${P} é`)).toString()).toBe(`password=${M} é`);
    const bytes = redact(new TextEncoder().encode(`password=${P}`));
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(new TextDecoder().decode(bytes)).toBe(`password=${M}`);
    expect(redact(new Float64Array([1, 2.5]))).toEqual(new Float64Array([1, 2.5]));
    expect(redact(new Uint8Array([1, 2, 255]))).toEqual(new Uint8Array([1, 2, 255]));
    const buffer = redact(new TextEncoder().encode(TOKEN).buffer);
    expect(Buffer.from(buffer).toString()).not.toContain(TOKEN.slice(0, 12));
    expect(redact({ type: 'Buffer', data: [...Buffer.from(TOKEN)] })).toEqual({ type: 'Buffer', data: M });
    expect(redact([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('class instances, and what has a toJSON of its own', () => {
    class Account {
      readonly #hidden = P;
      readonly user = 'bob';
      readonly password = P;
      reveal(): string {
        return this.#hidden;
      }
    }
    const account = redact(new Account());
    expect(account).toBeInstanceOf(Account);
    expect({ ...account }).toEqual({ user: 'bob', password: M });
    class Wrapped {
      readonly inner = P;
      toJSON(): unknown {
        return { password: this.inner, a: 1 };
      }
    }
    expect(redact({ wrapped: new Wrapped() })).toEqual({ wrapped: { password: M, a: 1 } });
    expect(redact({ toJSON: () => ({ secret: P }) })).toEqual({ secret: M });
  });

  it('cycles and shared references', () => {
    const shared = { token: P };
    const root: Record<string, unknown> = { a: shared, b: shared };
    root['self'] = root;
    const out = redact(root);
    expect(out['self']).toBe(out);
    expect(out['a']).toBe(out['b']);
    expect(out['a']).toEqual({ token: M });
  });

  it('everything else', () => {
    const symbol = Symbol('headers');
    const date = new Date(0);
    const out = redact({
      date,
      pattern: /a(b)/g,
      secretPattern: 1,
      big: 10n,
      [symbol]: { password: P },
      call() {},
      promise: Promise.resolve(P),
      boxed: new String(`password=${P}`),
      bare: Object.assign(Object.create(null) as object, { password: P }),
      sparse: Object.assign(new Array<number>(3), { 0: 1, 2: 3 }),
      own: JSON.parse(`{"__proto__":{"password":"${P}"}}`) as unknown,
    });
    expect(out.date).toEqual(date);
    expect(out.date).not.toBe(date);
    expect(out.pattern).toEqual(/a(b)/g);
    expect(out.big).toBe(10n);
    expect(out[symbol]).toEqual({ password: M });
    expect(out.boxed).toBe(`password=${M}`);
    expect(Object.getPrototypeOf(out.bare)).toBeNull();
    expect(1 in out.sparse).toBe(false);
    expect(Object.getPrototypeOf(out.own)).toBe(Object.prototype);
    expect(shown(out)).not.toContain(P);
  });

  it('primitives', () => {
    for (const value of [undefined, null, true, 0, Number.NaN, 10n, '']) expect(redact(value)).toBe(value);
    expect(redact(Symbol(TOKEN)).description).toBe(TOKEN_MARK);
  });
});

describe('what cannot be read is withheld, and nothing else', () => {
  it('throwing getters, proxies, toJSON', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const out = redact({
      get thrower(): string {
        throw new Error(P);
      },
      ownKeys: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error(P);
          },
        },
      ),
      get: new Proxy(
        { a: 1 },
        {
          get: () => {
            throw new Error(P);
          },
        },
      ),
      revoked: revoked.proxy,
      json: {
        toJSON: () => {
          throw new Error(P);
        },
      },
      fine: 'ok',
    });
    expect(out).toMatchObject({
      thrower: FAILED,
      ownKeys: FAILED,
      get: FAILED,
      revoked: FAILED,
      json: FAILED,
      fine: 'ok',
    });
    expect(shown(out)).not.toContain(P);
  });

  it('objects that never end', () => {
    const endless = (): object =>
      new Proxy(
        {},
        {
          ownKeys: () => ['a'],
          getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
          get: (_, key) => (key === 'a' ? endless() : undefined),
        },
      );
    expect(shown(redact(endless()))).toContain(TOO_LARGE);
    const again = { toJSON: (): unknown => ({ toJSON: again.toJSON }) };
    expect(shown(redact(again))).toContain(TOO_LARGE);
  });

  it('depth, number of values, amount of text', () => {
    let deep: Record<string, unknown> = { password: P, note: TOKEN };
    for (let i = 0; i < 100; i++) deep = { deep };
    const out = redact(deep);
    expect(shown(out)).toContain(TOO_LARGE);
    expect(shown(out)).not.toContain(P);
    const many = redact(Array.from({ length: 50_000 }, (_, i) => (i === 40_000 ? TOKEN : i)));
    expect(many.length).toBeLessThan(25_000);
    expect(many.at(-1)).toBe(TOO_LARGE);
    expect(redact(many)).toEqual(many);
    const wide = redact(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i])));
    expect(wide[TOO_LARGE]).toBe(TOO_LARGE);
    const long = redact(Array.from({ length: 12 }, () => 'a '.repeat(250_000)));
    expect(long.slice(-2)).toEqual([TOO_LARGE, TOO_LARGE]);
    expect(redact(long)).toEqual(long);
  });
});

describe('the input', () => {
  it('is not changed', () => {
    const input = {
      password: P,
      list: [TOKEN, { secret: P }],
      map: new Map([['token', P]]),
      error: new Error(`password=${P}`),
      bytes: Buffer.from(TOKEN),
    };
    const before = shown(input);
    redact(input);
    expect(shown(input)).toBe(before);
    expect(redact(Object.freeze({ password: P }))).toEqual({ password: M });
  });
});
