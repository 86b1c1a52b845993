import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { WebhookUrl } from '../../src/config/webhook-url.ts';
import { createUndiciTransport } from '../../src/delivery/undici-transport.ts';
import { createWebhookClient, type WebhookClient } from '../../src/delivery/webhook-client.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { type DiscordEmulator, type Fault, startDiscordEmulator } from '../../src/testing.ts';

const HELLO: WebhookMessage = { content: 'hello', embeds: [{ title: 't' }], allowed_mentions: { parse: [] } };

let discord: DiscordEmulator;
let client: WebhookClient;
let webhook: WebhookUrl;

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 1000, windowMs: 1000 }, channelBudget: 'off' });
  client = createWebhookClient(await createUndiciTransport({}), systemClock, 500);
});
afterAll(async () => {
  await client.close();
  await discord.close();
});
beforeEach(() => {
  discord.clear();
  webhook = parse(discord.webhookUrl('alerts'));
});
afterEach(() => {
  expect(discord.violations().filter(({ rule }) => rule !== 'hot_loop' && rule !== 'edge_block_ignored')).toEqual([]);
});

function parse(url: string): WebhookUrl {
  const parsed = WebhookUrl.parse(url);
  if (!parsed.ok) throw new Error(parsed.found);
  return parsed.url;
}

describe('the webhook client', () => {
  it('posts, is told the id, and edits by it', async () => {
    const posted = await client.post(webhook, HELLO);
    expect(posted).toMatchObject({
      kind: 'delivered',
      messageId: expect.stringMatching(/^\d+$/),
      channelId: expect.any(String),
    });
    const messageId = posted.kind === 'delivered' ? (posted.messageId ?? '') : '';
    const edited = await client.edit(webhook, messageId, {
      embeds: [{ title: 'edited' }],
      allowed_mentions: { parse: [] },
    });
    expect(edited).toMatchObject({ kind: 'delivered', messageId });
    expect(discord.messages('alerts')).toMatchObject([{ content: 'hello', embeds: [{ title: 'edited' }] }]);
  });

  it('sends files beside the message', async () => {
    await client.post(webhook, { ...HELLO, files: [{ name: 'incident.txt', text: 'the whole story ✓' }] });
    expect(discord.messages('alerts')[0]?.attachments).toMatchObject([
      { filename: 'incident.txt', text: 'the whole story ✓' },
    ]);
  });

  it('keeps link buttons, which Discord drops unless asked', async () => {
    const components = [
      {
        type: 1 as const,
        components: [{ type: 2 as const, style: 5 as const, label: 'Trace', url: 'https://trace.example.com/1' }],
      },
    ];
    await client.post(webhook, { ...HELLO, components });
    expect(discord.messages('alerts')[0]?.components).toHaveLength(1);
  });

  it('asks after a webhook without posting', async () => {
    expect(await client.probe(webhook)).toMatchObject({
      kind: 'live',
      channelId: expect.stringMatching(/^\d+$/),
      guildId: expect.any(String),
    });
    expect(discord.messages()).toEqual([]);
  });

  const faults: [fault: Fault, expected: object][] = [
    [{ kind: 'server_error' }, { kind: 'retryable', reason: 'server_error', ambiguous: true }],
    [
      { kind: 'server_error', status: 502 },
      { kind: 'retryable', reason: 'server_error', ambiguous: false },
    ],
    [
      { kind: 'server_error', status: 524 },
      { kind: 'retryable', reason: 'server_error', ambiguous: true },
    ],
    [{ kind: 'outage' }, { kind: 'retryable', reason: 'network' }],
    [
      { kind: 'reset', when: 'after_storing' },
      { kind: 'retryable', reason: 'network', ambiguous: true },
    ],
    [{ kind: 'reset', when: 'in_answer' }, { kind: 'delivered' }],
    [{ kind: 'hang' }, { kind: 'retryable', reason: 'timeout', ambiguous: true }],
    [
      { kind: 'slow', delayMs: 2000 },
      { kind: 'retryable', reason: 'timeout', ambiguous: true },
    ],
    [{ kind: 'slow', delayMs: 2000, when: 'in_answer' }, { kind: 'delivered' }],
    [{ kind: 'truncated_json' }, { kind: 'delivered' }],
    [
      { kind: 'rate_limited', retryAfterMs: 1234.5 },
      { kind: 'throttled', scope: 'bucket' },
    ],
    [
      { kind: 'rate_limited', retryAfterMs: 0 },
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 250 },
    ],
    [
      { kind: 'rate_limited', retryAfterMs: 42_000, scope: 'shared' },
      { kind: 'throttled', scope: 'channel', retryAfterMs: 42_000 },
    ],
    [
      { kind: 'rate_limited', retryAfterMs: 3000, scope: 'global' },
      { kind: 'throttled', scope: 'global', retryAfterMs: 3000 },
    ],
    [
      { kind: 'rate_limited', retryAfterMs: 500, headerRetryAfterS: 9 },
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 9000 },
    ],
    [
      { kind: 'edge_ban', form: 'json' },
      { kind: 'throttled', scope: 'edge', retryAfterMs: 60_000 },
    ],
    [
      { kind: 'edge_ban', form: 'text' },
      { kind: 'throttled', scope: 'edge', retryAfterMs: 60_000 },
    ],
    [
      { kind: 'edge_ban', form: 'html', retryAfterS: 3600 },
      { kind: 'throttled', scope: 'edge', retryAfterMs: 3_600_000 },
    ],
    [{ kind: 'user_agent_block' }, { kind: 'throttled', scope: 'edge' }],
    [
      { kind: 'user_agent_block', form: 'json' },
      { kind: 'throttled', scope: 'edge' },
    ],
    [{ kind: 'automod' }, { kind: 'rejected', reason: 'filtered' }],
    [
      { kind: 'api_error', status: 404, code: 10015, message: 'Unknown Webhook' },
      { kind: 'rejected', reason: 'webhook_gone' },
    ],
    [
      { kind: 'api_error', status: 401, code: 50027, message: 'Invalid Webhook Token' },
      { kind: 'rejected', reason: 'unauthorized' },
    ],
    [{ kind: 'lower_case_headers' }, { kind: 'delivered', rate: { limit: 1000 } }],
    [{ kind: 'missing_headers' }, { kind: 'delivered' }],
  ];

  it.each(faults)('answers %j with its outcome, which shows no token', async (fault, expected) => {
    const handle = discord.fault(fault);
    try {
      const result = await client.post(webhook, HELLO);
      expect(result).toMatchObject(expected);
      expect(inspect(result, { depth: 9 })).not.toContain(webhook.revealToken().slice(0, 12));
    } finally {
      handle.end();
    }
  });

  it('refuses nothing by itself when nobody listens', async () => {
    const nobody = parse(`http://127.0.0.1:1/api/webhooks/11111111111111111/${'x'.repeat(68)}`);
    expect(await client.post(nobody, HELLO)).toEqual({ kind: 'retryable', reason: 'network', ambiguous: false });
    expect(await client.probe(nobody)).toEqual({ kind: 'unknown', reason: 'network' });
  });
});

describe('instrumentation in the same thread', () => {
  it('sees that we speak to Discord, but never the path with the token', async () => {
    const seen: string[] = [];
    const watch = (message: unknown, name: string | symbol): number =>
      seen.push(`${String(name)} ${inspect(message, { depth: 12, showHidden: true })}`);
    const channels = [
      'undici:request:create',
      'undici:client:sendHeaders',
      'undici:request:headers',
      'undici:client:connected',
      'http.client.request.start',
    ];
    for (const channel of channels) subscribe(channel, watch);
    try {
      expect(await client.post(webhook, HELLO)).toMatchObject({ kind: 'delivered', messageId: expect.any(String) });
      expect(await client.post(webhook, { ...HELLO, files: [{ name: 'a.txt', text: 'x' }] })).toMatchObject({
        kind: 'delivered',
      });
      expect(await client.probe(webhook)).toMatchObject({ kind: 'live' });
    } finally {
      for (const channel of channels) unsubscribe(channel, watch);
    }
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(seen.join('\n')).toContain('/hidden/1');
    expect(seen.join('\n')).not.toContain(webhook.revealToken().slice(0, 12));
    expect(seen.join('\n')).not.toContain(webhook.id);
  });
});

describe('a proxy', () => {
  let proxy: Server;
  let asked: string[];

  beforeAll(async () => {
    asked = [];
    proxy = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => proxy.close());

  it('is used for Discord, by a tunnel that hides the path, and never for loopback', async () => {
    const port = (proxy.address() as { port: number }).port;
    const transport = await createUndiciTransport({
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      HTTP_PROXY: `http://127.0.0.1:${port}`,
    });
    const proxied = createWebhookClient(transport, systemClock, 2000);
    const real = parse(`https://discord.com/api/webhooks/11111111111111111/${'x'.repeat(68)}`);
    expect(await proxied.post(real, HELLO)).toMatchObject({ kind: 'retryable' });
    expect(asked).toEqual(['CONNECT discord.com:443']);
    expect(await proxied.post(webhook, HELLO)).toMatchObject({ kind: 'delivered' });
    expect(asked).toHaveLength(1);
    await proxied.close();
  });
});
