import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordEmulator, type Fault, startDiscordEmulator } from '../../src/testing.ts';
import { type Answer, call, get, patch, post, v10 } from './calls.ts';
import { createManualClock, type ManualClock, START_MS } from './manual-clock.ts';

let clock: ManualClock;
let discord: DiscordEmulator;
let url: string;

beforeEach(async () => {
  clock = createManualClock();
  discord = await startDiscordEmulator({ clock, bucket: { limit: 1_000, windowMs: 1_000 } });
  url = v10(discord.webhookUrl('alerts'));
});
afterEach(() => discord.close());

const hello = { content: 'x', allowed_mentions: { parse: [] } };
const stored = (): number => discord.messages().length;

/** The answer to one post, or `cut` when there was none. */
async function tried(target = url): Promise<Answer | 'cut'> {
  try {
    return await post(`${target}?wait=true`, hello);
  } catch {
    return 'cut';
  }
}

describe('answers that are not what was hoped for', () => {
  const GATEWAY = expect.stringContaining('<!DOCTYPE html>');
  const rows: readonly (readonly [string, Fault, number, unknown, Record<string, string | null>, number])[] = [
    [
      '500 as JSON',
      { kind: 'server_error' },
      500,
      { message: '500: Internal Server Error', code: 0 },
      { via: '1.1 google' },
      0,
    ],
    [
      '500 after it was stored',
      { kind: 'server_error', stored: true },
      500,
      { message: '500: Internal Server Error', code: 0 },
      {},
      1,
    ],
    ['502 as a page', { kind: 'server_error', status: 502 }, 502, GATEWAY, { via: null }, 0],
    ['524 after it was stored', { kind: 'server_error', status: 524, stored: true }, 524, GATEWAY, { via: null }, 1],
    ['an outage behind a gateway', { kind: 'outage', mode: 'bad_gateway' }, 502, GATEWAY, { via: null }, 0],
    [
      'AutoMod',
      { kind: 'automod' },
      400,
      { message: 'Message was blocked by automatic moderation', code: 200000 },
      {},
      0,
    ],
    [
      'a harmful link',
      { kind: 'automod', code: 240000 },
      400,
      { message: 'Message blocked by harmful links filter', code: 240000 },
      {},
      0,
    ],
    [
      'any refusal',
      { kind: 'api_error', status: 403, code: 10008, message: 'Unknown Message' },
      403,
      { message: 'Unknown Message', code: 10008 },
      {},
      0,
    ],
    [
      'a block as JSON',
      { kind: 'edge_ban' },
      429,
      expect.objectContaining({ code: 0 }),
      { via: null, 'retry-after': null, 'x-ratelimit-limit': null },
      0,
    ],
    [
      'a block as text',
      { kind: 'edge_ban', form: 'text', retryAfterS: 3600 },
      429,
      'error code: 1015',
      { via: null, 'retry-after': '3600' },
      0,
    ],
    ['a block as a page', { kind: 'edge_ban', form: 'html' }, 429, GATEWAY, { via: null, 'retry-after': null }, 0],
    ['a refused agent', { kind: 'user_agent_block' }, 403, 'error code: 1010', { via: null }, 0],
    [
      'a refused agent as JSON',
      { kind: 'user_agent_block', form: 'json' },
      403,
      { message: 'internal network error', code: 40333 },
      { via: null },
      0,
    ],
    [
      'a wait of a user',
      { kind: 'rate_limited', retryAfterMs: 1_500 },
      429,
      { message: 'You are being rate limited.', retry_after: 1.5, global: false },
      {
        'retry-after': '2',
        'x-ratelimit-scope': 'user',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset-after': '1.500',
      },
      0,
    ],
    [
      'a shared wait, with places left',
      { kind: 'rate_limited', retryAfterMs: 45_000, scope: 'shared' },
      429,
      { message: 'The resource is being rate limited.', retry_after: 45, global: false },
      {
        'retry-after': '45',
        'x-ratelimit-scope': 'shared',
        'x-ratelimit-remaining': '1000',
        'x-ratelimit-reset-after': '1.000',
      },
      0,
    ],
    [
      'a global wait',
      { kind: 'rate_limited', retryAfterMs: 2_000, scope: 'global' },
      429,
      { message: 'You are being rate limited.', retry_after: 2, global: true },
      { 'retry-after': '2', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global', 'x-ratelimit-bucket': null },
      0,
    ],
    [
      'a wait of nothing',
      { kind: 'rate_limited', retryAfterMs: 0 },
      429,
      expect.objectContaining({ retry_after: 0 }),
      { 'retry-after': '0' },
      0,
    ],
    [
      'header and body disagreeing',
      { kind: 'rate_limited', retryAfterMs: 500, headerRetryAfterS: 30, resetAfterMs: 9_000 },
      429,
      expect.objectContaining({ retry_after: 0.5 }),
      { 'retry-after': '30', 'x-ratelimit-reset-after': '9.000' },
      0,
    ],
    [
      'a coded wait without a header',
      { kind: 'rate_limited', retryAfterMs: 500, code: 20016, headerRetryAfterS: 'missing' },
      429,
      expect.objectContaining({ code: 20016 }),
      { 'retry-after': null },
      0,
    ],
  ];

  test.each(rows)('%s', async (_what, fault, status, body, headers, messages) => {
    const handle = discord.fault(fault);
    const answer = await tried();
    if (answer === 'cut') throw new Error('no answer');
    expect([answer.status, answer.body]).toEqual([status, body]);
    for (const [name, value] of Object.entries(headers))
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
    expect(stored()).toBe(messages);
    expect(discord.requests()[0]).toMatchObject({ status, faults: [fault.kind], outcome: 'answered' });
    handle.end();
    expect(await tried()).toMatchObject({ status: 200 });
  });

  test('what a script answered is no breach of the client', async () => {
    for (const [, fault] of rows) {
      const handle = discord.fault(fault);
      await tried();
      handle.end();
      clock.advance(3_600_000);
    }
    expect(discord.violations()).toEqual([]);
  });

  test('30046 for an edit, whatever its age, and only for edits', async () => {
    const { body } = await post(`${url}?wait=true`, hello);
    discord.fault({ kind: 'old_edit', times: 1 });
    expect((await post(url, hello)).status).toBe(204);
    const path = `${url}/messages/${body.id}`;
    expect((await patch(path, { embeds: [{ title: 't' }] })).body).toMatchObject({ code: 30046, retry_after: 4 });
    expect((await patch(path, { embeds: [{ title: 't' }] })).status).toBe(200);
    expect(discord.requests().at(-1)?.toldWait?.limit).toBe('old_edit');
  });
});

describe('connections', () => {
  test.each([
    ['an outage', { kind: 'outage' }, 0],
    ['reset before it was stored', { kind: 'reset' }, 0],
    ['reset after it was stored', { kind: 'reset', when: 'after_storing' }, 1],
    ['reset in the middle of the answer', { kind: 'reset', when: 'in_answer' }, 1],
  ] as const)('%s', async (_what, fault, messages) => {
    discord.fault({ ...fault, times: 1 });
    expect(await tried()).toBe('cut');
    expect(stored()).toBe(messages);
    expect(discord.requests()[0]?.outcome).toBe('cut');
    expect(await tried()).toMatchObject({ status: 200 });
  });

  test('a hang ends with its fault', async () => {
    const handle = discord.fault({ kind: 'hang', stored: true });
    const answer = tried();
    await discord.waitForRequests((requests) => requests.some((one) => one.outcome === 'hung'));
    expect(stored()).toBe(1);
    handle.end();
    expect(await answer).toBe('cut');
  });

  test('a late answer comes when the clock says so; the message stands before', async () => {
    discord.fault({ kind: 'slow', delayMs: 30_000, times: 1 });
    const answer = tried();
    await discord.waitForMessages(1);
    await clock.sleeping(1);
    clock.advance(30_000);
    expect(await answer).toMatchObject({ status: 200 });
    expect(discord.requests()[0]).toMatchObject({ atMs: START_MS, answeredAtMs: START_MS + 30_000 });
  });

  test('slow before storing', async () => {
    discord.fault({ kind: 'slow', delayMs: 1_000, when: 'before_storing', times: 1 });
    const answer = tried();
    await clock.sleeping(1);
    expect(stored()).toBe(0);
    clock.advance(1_000);
    expect(await answer).toMatchObject({ status: 200 });
  });

  test('a body that comes in two halves arrives whole', async () => {
    discord.fault({ kind: 'slow', delayMs: 1_000, when: 'in_answer', times: 1 });
    const answer = tried();
    await clock.sleeping(1);
    clock.advance(1_000);
    expect(await answer).toMatchObject({ status: 200, body: { content: 'x' } });
  });

  test('a client that gives up leaves nothing behind, and a resend is a duplicate', async () => {
    discord.fault({ kind: 'slow', delayMs: 60_000, times: 1 });
    const gone = new AbortController();
    const first = fetch(url, {
      method: 'POST',
      body: JSON.stringify(hello),
      headers: { 'content-type': 'application/json' },
      signal: gone.signal,
    }).catch(() => 'gave up');
    await clock.sleeping(1);
    gone.abort();
    expect(await first).toBe('gave up');
    await discord.waitForRequests(1);
    await tried();
    expect(stored()).toBe(2);
  });

  test('latency delays every answer', async () => {
    await discord.close();
    discord = await startDiscordEmulator({ clock, latencyMs: { min: 100, max: 200 } });
    const answer = tried(v10(discord.webhookUrl('alerts')));
    await clock.sleeping(1);
    clock.advance(99);
    expect(discord.requests()[0]?.outcome).toBe('pending');
    clock.advance(101);
    expect(await answer).toMatchObject({ status: 200 });
  });
});

describe('headers and bodies', () => {
  test('JSON that ends in the middle', async () => {
    discord.fault({ kind: 'truncated_json', times: 1 });
    const answer = await tried();
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^\{"id":/) });
    expect(stored()).toBe(1);
  });

  test('a clock that is off shows in Reset alone', async () => {
    discord.fault({ kind: 'clock_skew', skewMs: -3_600_000 });
    const { headers } = await post(url, hello);
    expect(headers.get('x-ratelimit-reset')).toBe(((START_MS + 1_000 - 3_600_000) / 1_000).toFixed(3));
    expect(headers.get('x-ratelimit-reset-after')).toBe('1.000');
  });

  test('names are as Discord writes them, or lower case', async () => {
    const names = (): Promise<string[]> =>
      new Promise((resolve, reject) => {
        httpRequest(url, { method: 'GET', headers: { 'user-agent': 't' } }, (response) => {
          response.resume().on('end', () => resolve(response.rawHeaders.filter((_, i) => i % 2 === 0)));
        })
          .on('error', reject)
          .end();
      });
    expect(await names()).toContain('Content-Type');
    discord.fault({ kind: 'lower_case_headers' });
    expect(await names()).toContain('content-type');
  });

  test.each([
    [undefined, [null, null]],
    ['retry_after', ['1000', null]],
    ['rate_limit', [null, '3']],
  ] as const)('missing headers: %s', async (which, expected) => {
    discord.fault({ kind: 'rate_limited', retryAfterMs: 3_000, scope: 'shared' });
    discord.fault({ kind: 'missing_headers', which });
    const { headers, body } = await post(url, hello);
    expect([headers.get('x-ratelimit-limit'), headers.get('retry-after')]).toEqual(expected);
    expect(body.retry_after).toBe(3);
  });

  test('every bucket gets another hash', async () => {
    const before = (await post(url, hello)).headers.get('x-ratelimit-bucket');
    discord.fault({ kind: 'bucket_hash_change' });
    const after = (await post(url, hello)).headers.get('x-ratelimit-bucket');
    expect(after).toMatch(/^[0-9a-f]{32}$/);
    expect(after).not.toBe(before);
  });
});

describe('webhooks that go', () => {
  test('deleted: one of them, or all of the channel', async () => {
    const second = v10(discord.webhookUrl('alerts', { webhook: 'second' }));
    discord.fault({ kind: 'delete_webhook', channel: 'alerts', webhook: 'second' });
    expect((await post(second, hello)).body.code).toBe(10015);
    expect((await post(url, hello)).status).toBe(204);
    discord.fault({ kind: 'delete_webhook', channel: 'alerts' });
    expect((await get(url)).body.code).toBe(10015);
    expect(v10(discord.webhookUrl('alerts'))).toBe(url);
  });

  test('a new token: the old URL is refused, the new one works, messages stay its own', async () => {
    const { body } = await post(`${url}?wait=true`, hello);
    discord.fault({ kind: 'regenerate_token', channel: 'alerts' });
    expect((await post(url, hello)).body.code).toBe(50027);
    const fresh = v10(discord.webhookUrl('alerts'));
    expect((await get(`${fresh}/messages/${body.id}`)).status).toBe(200);
  });
});

describe('which requests a fault meets', () => {
  test('channel, method, webhook and route', async () => {
    discord.fault({ kind: 'server_error', channel: 'alerts', method: 'POST' });
    expect((await post(url, hello)).status).toBe(500);
    expect((await get(url)).status).toBe(200);
    expect((await post(v10(discord.webhookUrl('other')), hello)).status).toBe(204);
    discord.clear();
    discord.fault({ kind: 'server_error', webhook: 'second', route: 'webhook_get' });
    const second = v10(discord.webhookUrl('alerts', { webhook: 'second' }));
    expect([(await get(second)).status, (await post(second, hello)).status, (await get(url)).status]).toEqual([
      500, 204, 200,
    ]);
  });

  test('a burst: after some, so many times, then never again', async () => {
    discord.fault({ kind: 'rate_limited', retryAfterMs: 100, after: 1, times: 2 });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await post(url, hello)).status);
      clock.advance(1_000);
    }
    expect(statuses).toEqual([204, 429, 429, 204, 204]);
  });

  test('a filter is not spent on what was refused before', async () => {
    discord.fault({ kind: 'automod', times: 1 });
    expect((await post(url, {})).body.code).toBe(50006);
    expect((await post(url, hello)).body.code).toBe(200000);
    expect((await post(url, hello)).status).toBe(204);
  });

  test('clear ends them all, and forgets everything but the webhooks', async () => {
    await post(url, hello);
    discord.fault({ kind: 'outage' });
    expect(await tried()).toBe('cut');
    discord.clear();
    expect([discord.messages(), discord.requests(), discord.violations()]).toEqual([[], [], []]);
    const answer = await call('POST', url, hello);
    expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([204, '999']);
  });
});
