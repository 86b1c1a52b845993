import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordEmulator, type EmulatorOptions, startDiscordEmulator } from '../../src/testing.ts';
import { type Answer, call, get, patch, post, v10 } from './calls.ts';
import { createManualClock, type ManualClock, START_MS } from './manual-clock.ts';

let clock: ManualClock;
let discord: DiscordEmulator;

async function start(options: EmulatorOptions = {}): Promise<string> {
  await discord?.close();
  discord = await startDiscordEmulator({ clock, ...options });
  return v10(discord.webhookUrl('alerts'));
}

beforeEach(() => {
  clock = createManualClock();
});
afterEach(() => discord.close());

const hello = { content: 'x', allowed_mentions: { parse: [] } };

function rateHeaders(answer: Answer): Record<string, string> {
  return Object.fromEntries(
    [...answer.headers].filter(([name]) => name.startsWith('x-ratelimit-') || name === 'retry-after'),
  );
}

async function postTimes(url: string, times: number): Promise<Answer> {
  let last = await post(url, hello);
  for (let i = 1; i < times; i++) last = await post(url, hello);
  return last;
}

describe('the bucket of a webhook', () => {
  test('is told in every answer', async () => {
    const url = await start();
    const first = rateHeaders(await post(url, hello));
    expect(first).toEqual({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset': ((START_MS + 2_000) / 1_000).toFixed(3),
      'x-ratelimit-reset-after': '2.000',
      'x-ratelimit-bucket': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    clock.advance(500);
    const refused = rateHeaders(await post(url, {}));
    expect(refused).toMatchObject({ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset-after': '1.500' });
    const other = rateHeaders(await post(v10(discord.webhookUrl('other')), hello));
    expect(other['x-ratelimit-bucket']).toBe(first['x-ratelimit-bucket']);
    expect(other['x-ratelimit-remaining']).toBe('4');
    expect(rateHeaders(await get(url))).toEqual({});
  });

  test('the sixth call is refused with fractions in the body, whole seconds in the header', async () => {
    const url = await start();
    await postTimes(url, 5);
    clock.advance(1_588);
    const answer = await post(url, hello);
    expect(answer.status).toBe(429);
    expect(answer.body).toEqual({ message: 'You are being rate limited.', retry_after: 0.412, global: false });
    expect(rateHeaders(answer)).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '0.412',
    });
    expect(answer.headers.get('via')).toBe('1.1 google');
    clock.advance(412);
    expect((await post(url, hello)).status).toBe(204);
    expect(discord.messages()).toHaveLength(6);
  });

  test('old versions are told ms, and whole seconds in the Reset headers', async () => {
    await start();
    const url = discord.webhookUrl('alerts');
    await postTimes(url, 5);
    clock.advance(1_588);
    const answer = await post(url, hello);
    expect(answer.body.retry_after).toBe(412);
    expect(rateHeaders(answer)).toMatchObject({ 'retry-after': '412', 'x-ratelimit-reset-after': '1' });
    const precise = await call('POST', url, hello, { 'x-ratelimit-precision': 'millisecond' });
    expect(precise.headers.get('x-ratelimit-reset-after')).toBe('0.412');
  });

  test('where the limit is looked at is a switch', async () => {
    const url = await start({ rateLimitCheck: 'after_validation' });
    for (let i = 0; i < 10; i++) expect((await post(url, {})).status).toBe(400);
    expect((await post(url, hello)).headers.get('x-ratelimit-remaining')).toBe('4');
    expect((await postTimes(url, 5)).status).toBe(429);
  });
});

test('the hidden limit of a channel refuses while there are places left, over all its webhooks', async () => {
  const url = await start({ channelBudget: { limit: 3, windowMs: 60_000 } });
  await postTimes(url, 3);
  clock.advance(15_000);
  const answer = await post(v10(discord.webhookUrl('alerts', { webhook: 'second' })), hello);
  expect(answer.status).toBe(429);
  expect(answer.body).toEqual({ message: 'The resource is being rate limited.', retry_after: 45, global: false });
  expect(rateHeaders(answer)).toMatchObject({
    'retry-after': '45',
    'x-ratelimit-scope': 'shared',
    'x-ratelimit-remaining': '5',
    'x-ratelimit-reset-after': '2.000',
  });
  expect((await post(v10(discord.webhookUrl('elsewhere')), hello)).status).toBe(204);
});

test('the global limit comes without a bucket', async () => {
  const url = await start({ globalLimit: { limit: 2, windowMs: 1_000 } });
  const answer = await postTimes(url, 3);
  expect(answer.body).toMatchObject({ retry_after: 1, global: true });
  expect(rateHeaders(answer)).toEqual({
    'retry-after': '1',
    'x-ratelimit-global': 'true',
    'x-ratelimit-scope': 'global',
  });
});

test('edits of a message older than an hour: 30046', async () => {
  const url = await start();
  const { body } = await post(`${url}?wait=true`, hello);
  const edit = (): Promise<Answer> =>
    patch(`${url}/messages/${body.id}`, { embeds: [{ title: 'x' }], allowed_mentions: { parse: [] } });
  clock.advance(3_600_001);
  for (let i = 0; i < 3; i++) expect((await edit()).status).toBe(200);
  const answer = await edit();
  expect(answer.status).toBe(429);
  expect(answer.body).toMatchObject({ code: 30046, retry_after: 6 });
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('2');
  expect((await post(url, hello)).status).toBe(204);
  clock.advance(6_000);
  expect((await edit()).status).toBe(200);
});

describe('too many invalid requests', () => {
  test('end in a block of the address, without any sign of the API', async () => {
    const url = await start({ invalidLimit: { limit: 3, banMs: 60_000 } });
    const wrong = `${url}x`;
    for (let i = 0; i < 3; i++) expect((await post(wrong, hello)).status).toBe(401);
    const answer = await post(url, hello);
    expect(answer.status).toBe(429);
    expect(answer.body.code).toBe(0);
    expect([answer.headers.get('via'), answer.headers.get('retry-after')]).toEqual([null, null]);
    clock.advance(60_000);
    expect((await post(url, hello)).status).toBe(204);
  });

  test.each([
    ['text', 'error code: 1015'],
    ['html', expect.stringContaining('<!DOCTYPE html>')],
  ] as const)('as %s', async (form, body) => {
    const url = await start({ invalidLimit: { perGoneWebhook: 1, form } });
    await post(`${discord.apiBaseUrl}/webhooks/123456789012345678/${'x'.repeat(68)}`, hello);
    expect((await post(url, hello)).body).toEqual(body);
  });
});

describe('the judge of conduct', () => {
  const rules = (): string[] => discord.violations().map((one) => one.rule);

  test('has nothing to say about a client that waits', async () => {
    const url = await start();
    for (let i = 0; i < 12; i++) {
      const answer = await post(url, hello);
      if (answer.headers.get('x-ratelimit-remaining') === '0') {
        clock.advance(Number(answer.headers.get('x-ratelimit-reset-after')) * 1_000);
      }
    }
    expect(discord.violations()).toEqual([]);
    expect(discord.messages()).toHaveLength(12);
  });

  test('sees a call into an exhausted bucket, and into the wait it was told', async () => {
    const url = await start();
    await postTimes(url, 5);
    clock.advance(1_000);
    await post(url, hello);
    clock.advance(999);
    await post(url, hello);
    expect(discord.violations()).toMatchObject([
      { rule: 'inside_told_wait', request: 6, text: expect.stringContaining('1000 ms before the end') },
      { rule: 'ran_into_limit', request: 6 },
      { rule: 'inside_told_wait', request: 7 },
      { rule: 'ran_into_limit', request: 7 },
    ]);
    expect(discord.requests()[5]).toMatchObject({
      insideToldWait: true,
      toldWait: { limit: 'bucket', toldAtMs: START_MS, untilMs: START_MS + 2_000, toldToSameWebhook: true },
      status: 429,
      scope: 'user',
      limit: 'bucket',
    });
  });

  test('a wait of the channel concerns its other webhooks, not its edits nor other channels', async () => {
    const url = await start({ channelBudget: { limit: 1, windowMs: 60_000 } });
    const { body } = await post(`${url}?wait=true`, hello);
    await post(url, hello);
    clock.advance(2_000);
    await patch(`${url}/messages/${body.id}`, { embeds: [{ title: 't' }], allowed_mentions: { parse: [] } });
    await post(v10(discord.webhookUrl('elsewhere')), hello);
    expect(rules()).toEqual(['ran_into_limit']);
    await post(v10(discord.webhookUrl('alerts', { webhook: 'second' })), hello);
    expect(discord.requests().at(-1)?.toldWait).toMatchObject({ limit: 'channel', toldToSameWebhook: false });
  });

  test('a global wait concerns everybody', async () => {
    await start();
    discord.fault({ kind: 'rate_limited', scope: 'global', retryAfterMs: 3_000, times: 1 });
    await post(v10(discord.webhookUrl('a')), hello);
    await post(v10(discord.webhookUrl('b')), hello);
    expect(rules()).toEqual(['inside_told_wait']);
    clock.advance(3_000);
    await post(v10(discord.webhookUrl('b')), hello);
    expect(rules()).toHaveLength(1);
  });

  test('sees calls after a webhook was gone, and a block that is hammered', async () => {
    const url = await start();
    discord.fault({ kind: 'delete_webhook', channel: 'alerts' });
    await post(url, hello);
    await post(url, hello);
    expect(discord.requests().map((one) => one.afterGone)).toEqual([false, true]);
    discord.clear();
    discord.fault({ kind: 'edge_ban', times: 1 });
    await post(v10(discord.webhookUrl('a')), hello);
    clock.advance(59_000);
    await post(v10(discord.webhookUrl('b')), hello);
    clock.advance(1_000);
    await post(v10(discord.webhookUrl('b')), hello);
    expect(rules()).toEqual(['edge_block_ignored']);
  });

  test.each([
    ['the body, not the header that rounds it up', { retryAfterMs: 412 }, 412],
    ['the header where it says more', { retryAfterMs: 500, headerRetryAfterS: 30 }, 30_000],
    ['the body where the header is missing', { retryAfterMs: 500, headerRetryAfterS: 'missing' }, 500],
    ['the bucket where it is empty for longer', { retryAfterMs: 500, resetAfterMs: 9_000 }, 9_000],
    ['not the bucket where it has places left', { retryAfterMs: 500, scope: 'shared' }, 500],
    ['nothing, where nothing was told', { retryAfterMs: 0 }, 0],
  ] as const)('takes for the wait %s', async (_what, fault, waitMs) => {
    const url = await start();
    discord.fault({ kind: 'rate_limited', ...fault, times: 1 });
    await post(url, hello);
    if (waitMs > 0) {
      clock.advance(waitMs - 1);
      await post(url, hello);
      expect(discord.requests().at(-1)?.toldWait?.untilMs).toBe(START_MS + waitMs);
      clock.advance(1);
    }
    await post(url, hello);
    expect(discord.requests().at(-1)?.insideToldWait).toBe(false);
  });

  test('sees a loop without any pause, also where no wait was told', async () => {
    const url = await start();
    discord.fault({ kind: 'rate_limited', retryAfterMs: 0 });
    for (let i = 0; i < 4; i++) await post(url, hello);
    expect(discord.requests().map((one) => one.hotLoop)).toEqual([false, false, false, true]);
  });

  test('a call that goes through ends the row', async () => {
    const url = await start();
    discord.fault({ kind: 'rate_limited', retryAfterMs: 0, times: 2 });
    for (let i = 0; i < 3; i++) await post(url, hello);
    discord.fault({ kind: 'rate_limited', retryAfterMs: 0, times: 2 });
    for (let i = 0; i < 3; i++) await post(url, hello);
    expect(discord.requests().map((one) => one.status)).toEqual([429, 429, 204, 429, 429, 204]);
    expect(discord.requests().some((one) => one.hotLoop)).toBe(false);
  });

  test('forgets with the rest what it was told', async () => {
    const url = await start();
    await postTimes(url, 6);
    discord.clear();
    await post(url, hello);
    expect(discord.violations()).toEqual([]);
  });

  test('sees what is wrong with a message', async () => {
    await start();
    const url = discord.webhookUrl('alerts');
    await post(url, {
      content: '<@1234567890>',
      embeds: [
        { title: 'a', url: 'https://x.dev' },
        { title: 'b', url: 'https://x.dev' },
      ],
    });
    await post(v10(url), { content: 'x'.repeat(2_001), allowed_mentions: { parse: [] } });
    expect(discord.violations().map((one) => [one.rule, one.request])).toEqual([
      ['old_api_version', 1],
      ['allowed_mentions_missing', 1],
      ['embeds_collapse', 1],
      ['refused_payload', 2],
    ]);
    const text = JSON.stringify([discord.violations(), discord.requests()]);
    expect(text).not.toContain(url.split('/').at(-1));
  });
});
