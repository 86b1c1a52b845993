import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Switches } from '../../src/sandbox/switches.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { get, post, v10 } from '../discord-emulator/calls.ts';

let discord: DiscordEmulator;
let switches: Switches;
let url: string;

beforeEach(async () => {
  discord = await startDiscordEmulator();
  switches = new Switches(discord);
  url = v10(discord.webhookUrl('alerts'));
});
afterEach(() => discord.close());

const hello = { content: 'x', allowed_mentions: { parse: [] } };
const isOn = (id: string): boolean | undefined => switches.list().find((one) => one.id === id)?.isOn;
const outcome = (): Promise<number | string> =>
  post(url, hello).then(
    ({ status }) => status,
    () => 'cut off',
  );

describe('a switch makes Discord misbehave until it is off', () => {
  it.each([
    ['outage', 'cut off'],
    ['edge_block', 429],
    ['rate_limited', 429],
    ['stored_then_cut', 'cut off'],
  ])('%s', async (id, found) => {
    expect(switches.set(id, true, undefined)).toBe(true);
    expect(isOn(id)).toBe(true);
    expect(await outcome()).toBe(found);
    expect(switches.set(id, false, undefined)).toBe(true);
    expect(isOn(id)).toBe(false);
    expect(await outcome()).toBe(204);
  });

  it('several can be on at a time', async () => {
    switches.set('outage', true, undefined);
    switches.set('edge_block', true, undefined);
    expect(await outcome()).toBe('cut off');
    switches.set('outage', false, undefined);
    expect(await outcome()).toBe(429);
  });
});

it('a deleted webhook is one channel’s, and comes back', async () => {
  const channelId = discord.channelId('alerts');
  expect(switches.set('deleted_webhook', true, channelId)).toBe(true);
  expect(switches.list().at(-1)).toMatchObject({ isOn: true, channelId, perChannel: true });
  expect((await get(url)).body.code).toBe(10015);
  switches.set('deleted_webhook', false, undefined);
  expect((await get(url)).status).toBe(200);
});

it('another channel takes the place of the first', async () => {
  const other = v10(discord.webhookUrl('p0'));
  switches.set('deleted_webhook', true, discord.channelId('alerts'));
  switches.set('deleted_webhook', true, discord.channelId('p0'));
  expect((await get(url)).status).toBe(200);
  expect((await get(other)).status).toBe(404);
});

it.each([
  ['nothing', undefined],
  ['deleted_webhook', undefined],
  ['deleted_webhook', '1'],
])('there is no switch %s of channel %s', (id, channelId) => {
  expect(switches.set(id, true, channelId)).toBe(false);
});

it('turns itself off after as many requests as it says', async () => {
  discord.on('request', (request) => switches.met(request));
  switches.set('rate_limited', true, undefined);
  const { times = 0 } = switches.list().find(({ id }) => id === 'rate_limited') ?? {};
  for (let i = 0; i < times; i++) {
    expect(isOn('rate_limited')).toBe(true);
    expect(await outcome()).toBe(429);
  }
  expect(isOn('rate_limited')).toBe(false);
  expect(await outcome()).toBe(204);
});

it('all of them go off at once', async () => {
  for (const { id } of switches.list()) switches.set(id, true, discord.channelId('alerts'));
  switches.reset();
  expect(switches.list().filter((one) => one.isOn)).toEqual([]);
  expect(await outcome()).toBe(204);
});
