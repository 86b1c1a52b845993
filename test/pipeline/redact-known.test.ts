import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';

const M = '[REDACTED]';

describe('known values', () => {
  const known = ['s3/cr+t "va" lué&=\\x', 'plain-known-value', 'short'];
  const secret = known[0] as string;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['as they are', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in small letters', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
    ['form-encoded', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['base64', base64(secret)],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ])('%s', (_, form) => {
    expect(redact(`before ${form} after`, { known })).toBe(`before ${M} after`);
    expect(redact(`x${form}y`, { known })).toBe(`x${M}y`);
    expect(redact({ [form]: [form] }, { known })).toEqual({ [M]: [M] });
  });

  it.each<[string, (text: string) => string]>([
    ['JSON-escaped three times', (text) => [1, 2, 3].reduce((inner) => JSON.stringify(inner).slice(1, -1), text)],
    ['quoted for a shell', (text) => `'${text.replaceAll("'", "'\\''")}'`],
    ['quoted for SQL', (text) => `'${text.replaceAll("'", "''")}'`],
    ['in a template', (text) => `\`${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}\``],
  ])('with quotes and backslashes, %s', (_, write) => {
    const quoted = `one"two'three\\four-77`;
    const out = redact(`before ${write(quoted)} after`, { known: [quoted] });
    expect(out).toMatch(/^before ['`]?\[REDACTED\]['`]? after$/);
  });

  it.each(['a', 'ab', 'abc', 'abcd'])('inside a longer base64 text, after %s', (before) => {
    const out = redact(base64(`${before}plain-known-value:x`), { known });
    expect(out).toContain(M);
    expect(Buffer.from(out.replace(M, ''), 'base64').toString('latin1')).not.toContain('known');
  });

  it('are ignored when shorter than six characters', () => {
    expect(redact('a short text', { known })).toBe('a short text');
    expect(redact('any', { known: ['', 'a', ' \n '] })).toBe('any');
  });

  it('are found with the line end that a file leaves, and the longest first', () => {
    expect(redact('use abcdefgh-long now', { known: ['abcdefgh\n', 'abcdefgh-long\n'] })).toBe(`use ${M} now`);
  });

  describe('cut', () => {
    const id = '1575466861401735169';
    const token = 'Xq3-'.repeat(17);
    const webhook = `https://discord.com/api/webhooks/${id}/${token}`;
    const known = [webhook, `${id}/${token}`, token, 'correct horse battery staple'];

    it.each([
      [`posting to ${webhook.slice(0, -50)}`, 'posting to [REDACTED:discord-webhook]'],
      [`posting to ${id}/${token.slice(0, 14)}…`, `posting to ${M}…`],
      [`said "${token.slice(0, 20)}"`, `said "${M}"`],
      ['said: correct horse bat', `said: ${M}`],
    ])('%#: what is left of them is masked', (text, shown) => {
      expect(redact(text, { known }).replaceAll(`${M}${M}`, M)).toBe(shown);
    });

    it.each([
      'channel 1575466861401735172 of server 1575466861401735000',
      'see https://discord.com/developers and https://discord.com/api/',
      'GET https://discord.com/api/v10/gateway 502',
      `webhook ${id} is gone`,
      'correct horse batteries',
    ])('%s: what only begins like one is not one', (text) => {
      expect(redact(text, { known })).toBe(text);
    });
  });

  it('that would hit the marker do no harm', () => {
    const known = ['REDACTED', '[REDACTED]', 'withheld'];
    const out = redact('password=hunter22 REDACTED withheld', { known });
    expect(out).toBe(`password=${M} ${M} ${M}`);
    expect(redact(out, { known })).toBe(out);
  });

  it('never throw, whatever they are', () => {
    expect(redact('text', { known: ['\ud800abcdefg', 5 as unknown as string, null as unknown as string] })).toBe(
      'text',
    );
    expect(redact('text', { known: 'no list' as unknown as string[] })).toBe('text');
    expect(redact('\ud800abcdefg', { known: ['\ud800abcdefg'] })).toBe(M);
  });
});

describe('personal data', () => {
  it.each([
    ['mail to bob.smith+x@mail.example.com now', 'mail to [REDACTED:email] now'],
    ['<bob@example.com>, "ann@example.org"', '<[REDACTED:email]>, "[REDACTED:email]"'],
    ['müller@bücher.example', '[REDACTED:email]'],
    ['card 4111 1111 1111 1111.', 'card [REDACTED:card].'],
    ['card 4111-1111-1111-1111, 378282246310005', 'card [REDACTED:card], [REDACTED:card]'],
    ['from 203.0.113.7:443 to 10.0.0.1', 'from [REDACTED:ip]:443 to [REDACTED:ip]'],
    ['from 2001:db8::ff00:42:8329 and [fe80::1ff:fe23:4567:890a]', 'from [REDACTED:ip] and [[REDACTED:ip]]'],
    ['::ffff:192.0.2.128 ok', '[REDACTED:ip] ok'],
  ])('%s', (text, out) => {
    expect(redact(text, { pii: true })).toBe(out);
    expect(redact(out, { pii: true })).toBe(out);
    expect(redact(text)).toBe(text);
  });

  it.each([
    'order 4111111111111112 of 12:30:45 at 2026-01-02 12:00:00',
    'v1.2.3 node:internal/x:10:5 std::cout a::b 1700000000000',
    'user@host @everyone a@b',
  ])('not %s', (text) => {
    expect(redact(text, { pii: true })).toBe(text);
  });

  it('is found in numbers', () => {
    expect(redact({ card: 4111111111111111, at: 1700000000000 }, { pii: true })).toEqual({
      card: M,
      at: 1700000000000,
    });
  });
});
