import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { channelOfStableWebhook, stableWebhook } from '../../src/discord-emulator/stable-webhook.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { get, post, v10 } from './calls.ts';

const hello = { content: 'x', allowed_mentions: { parse: [] } };
const pathOf = (url: string): string => new URL(url).pathname;

describe('an emulator that adopts webhooks', () => {
  let discord: DiscordEmulator;
  beforeEach(async () => {
    discord = await startDiscordEmulator({ adoptWebhooks: true });
  });
  afterEach(() => discord.close());

  test('gives the same URLs after every start', async () => {
    const again = await startDiscordEmulator({ adoptWebhooks: true });
    for (const channel of ['alerts', 'p0', 'my-payments']) {
      expect(pathOf(again.webhookUrl(channel))).toBe(pathOf(discord.webhookUrl(channel)));
    }
    expect(pathOf(discord.webhookUrl('alerts'))).not.toBe(pathOf(discord.webhookUrl('p0')));
    await again.close();
  });

  test('knows the channel of such a URL before anybody has asked for it', async () => {
    const other = await startDiscordEmulator({ adoptWebhooks: true });
    const url = `${discord.url}${pathOf(other.webhookUrl('payments'))}`;
    expect((await post(v10(url), hello)).status).toBe(204);
    expect(discord.messages('payments').map(({ content }) => content)).toEqual(['x']);
    expect(discord.channels()).toMatchObject([{ name: 'payments', kind: 'text', threads: [] }]);
    expect(pathOf(discord.webhookUrl('payments'))).toBe(pathOf(url));
    await other.close();
  });

  test('takes any other webhook into a channel of its own, and never says its token', async () => {
    const token = 'R3al-t0ken_'.repeat(7).slice(0, 68);
    const url = `${discord.apiBaseUrl}/webhooks/123456789012345678/${token}`;
    expect((await post(url, hello)).status).toBe(204);
    expect((await post(url, hello)).status).toBe(204);
    expect(discord.channels().map(({ name }) => name)).toEqual(['webhook-345678']);
    expect(discord.messages()).toHaveLength(2);
    expect(JSON.stringify([discord.requests(), discord.messages(), discord.channels()])).not.toContain(token);
  });

  test.each([
    ['another token for a webhook that is there', 401, 50027, (url: string) => `${url.slice(0, -4)}abcd`],
    ['a token that is none', 404, 10015, () => '/api/v10/webhooks/123456789012345679/short'],
    ['an id that is none', 404, 10015, () => `/api/v10/webhooks/12/${'t'.repeat(68)}`],
  ])('refuses %s', async (_what, status, code, change) => {
    const path = change(pathOf(v10(discord.webhookUrl('alerts'))));
    expect(await get(`${discord.url}${path}`)).toMatchObject({ status, body: { code } });
  });

  test('does not bring back a webhook that was deleted', async () => {
    const url = v10(discord.webhookUrl('alerts'));
    const deleted = discord.fault({ kind: 'delete_webhook', channel: 'alerts' });
    expect((await post(url, hello)).body.code).toBe(10015);
    deleted.end();
    deleted.end();
    expect((await post(url, hello)).status).toBe(204);
  });

  test('has at most as many channels as a server of Discord', async () => {
    for (let i = 0; i < 500; i++) discord.channelId(`c${i}`);
    const url = `${discord.apiBaseUrl}/webhooks/123456789012345678/${'t'.repeat(68)}`;
    expect((await get(url)).body.code).toBe(10015);
  });
});

test('without the option an unknown webhook is refused', async () => {
  const discord = await startDiscordEmulator();
  const { id, token } = stableWebhook('alerts') ?? { id: '', token: '' };
  expect((await get(`${discord.apiBaseUrl}/webhooks/${id}/${token}`)).body.code).toBe(10015);
  await discord.close();
});

test.each(['Alerts', 'a b', '', 'x'.repeat(49), '-a'])('a stable webhook needs a plain channel name: %j', (name) => {
  expect(stableWebhook(name)).toBeUndefined();
});

test('a stable webhook says its channel only with its own id', () => {
  const address = stableWebhook('p0') ?? { id: '', token: '' };
  expect(channelOfStableWebhook(address)).toBe('p0');
  expect(channelOfStableWebhook({ ...address, id: '123456789012345678' })).toBeUndefined();
});

test('threads stand under their channel', async () => {
  const discord = await startDiscordEmulator({ channelKinds: { incidents: 'forum' } });
  const url = v10(discord.webhookUrl('incidents'));
  await post(url, { ...hello, thread_name: 'disk full' });
  expect(discord.channels()).toMatchObject([
    { name: 'incidents', kind: 'forum', threads: [{ name: 'disk full', archived: false, locked: false }] },
  ]);
  await discord.close();
});
