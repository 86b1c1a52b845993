import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, parseApiBaseUrl, WebhookUrl } from '../../src/config/webhook-url.ts';
import { TOKEN, webhook } from './config-input.ts';

const ID = '100000000000000001';
const TAIL = `${ID}/${TOKEN}`;
const V10 = 'https://discord.com/api/v10';

function parsed(text: string, apiBaseUrl?: string): WebhookUrl {
  const result = WebhookUrl.parse(text, { apiBaseUrl });
  if (!result.ok) throw new Error(result.found);
  return result.url;
}

describe('what users paste', () => {
  it.each([
    [`https://discord.com/api/webhooks/${TAIL}`, V10],
    [`https://discord.com/api/v9/webhooks/${TAIL}`, V10],
    [`https://discordapp.com/api/webhooks/${TAIL}`, V10],
    [`https://canary.discordapp.com/api/webhooks/${TAIL}`, 'https://canary.discord.com/api/v10'],
    [`https://ptb.discord.com/api/webhooks/${TAIL}/`, 'https://ptb.discord.com/api/v10'],
    [`https://discord.com/api/webhooks/${TAIL}/slack`, V10],
    [`https://discord.com/api/webhooks/${TAIL}/github?wait=true`, V10],
    [`  "https://discord.com/api/webhooks/${TAIL}" \n`, V10],
    [`'https://discord.com/api/webhooks/${TAIL}'`, V10],
    [`<https://discord.com/api/webhooks/${TAIL}>`, V10],
    [`HTTPS://DISCORD.COM/api/webhooks/${TAIL}`, V10],
    [`http://127.0.0.1:8025/api/webhooks/${TAIL}`, 'http://127.0.0.1:8025/api/v10'],
    [`http://localhost/api/v10/webhooks/${TAIL}`, 'http://localhost/api/v10'],
    [`http://[::1]:80/api/webhooks/${TAIL}`, 'http://[::1]/api/v10'],
  ])('%s', (text, apiBase) => {
    const url = parsed(text);
    expect({ id: url.id, token: url.revealToken(), apiBase: url.apiBase }).toEqual({ id: ID, token: TOKEN, apiBase });
  });

  it.each([
    [`${webhook()}?thread_id=100000000000000009`, '100000000000000009'],
    [`${webhook()}?thread_id=abc`, undefined],
    [webhook(), undefined],
  ])('keeps the thread: %s', (text, threadId) => {
    expect(parsed(text).threadId).toBe(threadId);
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'an empty value'],
    ['""', 'an empty value'],
    ['webhook', 'text that is not a URL'],
    [`discord.com/api/webhooks/${TAIL}`, 'text that is not a URL'],
    [`${webhook()}\n${webhook(2)}`, 'text with blanks or several lines'],
    [`https://discord.com.evil.example/api/webhooks/${TAIL}`, 'a URL of a host that is not Discord'],
    [`https://evil.example/discord.com/api/webhooks/${TAIL}`, 'a URL of a host that is not Discord'],
    [`https://discord.com@evil.example/api/webhooks/${TAIL}`, 'a URL of a host that is not Discord'],
    [`https://127.0.0.1.evil.example/api/webhooks/${TAIL}`, 'a URL of a host that is not Discord'],
    [`http://192.168.0.7/api/webhooks/${TAIL}`, 'a URL of a host that is not Discord'],
    [`http://discord.com/api/webhooks/${TAIL}`, 'a URL whose scheme is not https'],
    [`ftp://127.0.0.1/api/webhooks/${TAIL}`, 'a URL whose scheme is not https'],
    ['https://discord.com/api/webhooks/', 'a URL whose path is not /api/webhooks/<id>/<token>'],
    [`https://discord.com/api/webhooks/${ID}`, 'a URL whose path is not /api/webhooks/<id>/<token>'],
    [`https://discord.com/api/webhooks/123/${TOKEN}`, 'a URL whose path is not /api/webhooks/<id>/<token>'],
    [`https://discord.com/other/api/webhooks/${TAIL}`, 'a URL whose path is not /api/webhooks/<id>/<token>'],
    [`https://discord.com/api/webhooks/${TAIL}/messages/1`, 'a URL whose path is not /api/webhooks/<id>/<token>'],
    [`https://discord.com/api/webhooks/${TAIL}${'x'.repeat(4_000)}`, 'text that is not a URL'],
  ])('%s', (text, found) => {
    const result = WebhookUrl.parse(text);
    expect(result).toMatchObject({ ok: false, found });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

describe('an API base', () => {
  it.each([
    ['http://sandbox:8025', 'http://sandbox:8025/api/v10', false],
    ['http://sandbox:8025/', 'http://sandbox:8025/api/v10', false],
    ['http://sandbox:8025/api', 'http://sandbox:8025/api/v10', false],
    ['http://sandbox:8025/api/v9/', 'http://sandbox:8025/api/v10', false],
    ['https://proxy.example/discord', 'https://proxy.example/discord', false],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/api/v10', true],
  ])('%s', (text, base, isLoopback) => {
    expect(parseApiBaseUrl(text)).toEqual({ ok: true, base, isLoopback });
    const url = parsed(webhook(), text);
    expect({ apiBase: url.apiBase, isLoopback: url.isLoopback }).toEqual({ apiBase: base, isLoopback });
  });

  it('may be plain http for webhooks of its own host, and of no other', () => {
    expect(parsed(`http://sandbox:8025/api/webhooks/${TAIL}`, 'http://sandbox:8025').id).toBe(ID);
    expect(parsed(`http://sandbox:8025/webhooks/${TAIL}`, 'http://sandbox:8025').id).toBe(ID);
    expect(WebhookUrl.parse(`http://other:8025/api/webhooks/${TAIL}`, { apiBaseUrl: 'http://sandbox:8025' }).ok).toBe(
      false,
    );
  });

  it.each([
    ['sandbox', 'text that is not a URL'],
    ['sandbox:8025', 'a URL whose scheme is neither http nor https'],
    ['http://user:word@sandbox', 'a URL with a user name or password'],
    ['http://sandbox/?a=b', 'a URL with a query or fragment'],
    [webhook(), 'the URL of a webhook'],
    [`https://proxy.example/${TOKEN}`, 'a URL that may hold a token'],
  ])('is refused: %s', (text, found) => {
    expect(parseApiBaseUrl(text)).toMatchObject({ ok: false, found });
    expect(WebhookUrl.parse(webhook(), { apiBaseUrl: text })).toMatchObject({ ok: false, found });
  });
});

describe('printing', () => {
  it('shows the id and nothing of the token', () => {
    const url = parsed(webhook());
    const shown = `https://discord.com/api/v10/webhooks/${ID}/***`;
    expect(String(url)).toBe(shown);
    expect(inspect(url, { showHidden: true })).toBe(shown);
    expect(JSON.stringify({ url })).toBe(`{"url":"${shown}"}`);
    expect(inspect(structuredClone(url))).not.toContain(TOKEN);
    expect(inspect(url, { customInspect: false, showHidden: true, depth: 9 })).not.toContain(TOKEN);
  });
});

describe('any text', () => {
  it('is answered, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.constant(webhook())),
        fc.string(),
        (text, base) => {
          expect(typeof WebhookUrl.parse(text).ok).toBe('boolean');
          expect(typeof WebhookUrl.parse(text, { apiBaseUrl: base }).ok).toBe('boolean');
        },
      ),
    );
  });

  it('is read in linear time', () => {
    const text = `https://discord.com/api${'/webhooks/100000000000000001/a'.repeat(9_000)}`;
    expect(WebhookUrl.parse(text).ok).toBe(false);
  });
});

describe('loopback', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['[::1]', true],
    ['localhost.example', false],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
    ['0.0.0.0', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});
