import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPager, type Pager, type PagerOptions } from '../../src/index.ts';
import { type DiscordEmulator, type EmulatorOptions, startDiscordEmulator } from '../../src/testing.ts';

let discord: DiscordEmulator;
let pager: Pager;

// Compiled on the way in by the test runner, which may take longer than a flush waits.
beforeAll(() => Promise.all([import('../../src/pager-runtime.ts'), import('undici')]));

afterEach(async () => {
  await pager.shutdown();
  // That it is a forum is learnt by being refused once.
  const refused = discord.violations().filter(({ text }) => text.includes('220001'));
  expect(refused.length).toBeLessThanOrEqual(1);
  expect(discord.violations()).toEqual(refused);
  await discord.close();
});

async function start(emulator: EmulatorOptions, options: PagerOptions = {}): Promise<void> {
  discord = await startDiscordEmulator(emulator);
  pager = createPager({
    env: {},
    stateDir: 'none',
    bootCheck: 'off',
    serviceName: 'shop',
    editInterval: '100ms',
    webhooks: { default: discord.webhookUrl('alerts') },
    ...options,
  });
}

const threads = (): readonly string[] =>
  discord
    .channels()
    .flatMap(({ threads: own }) => own.map(({ name }) => name))
    .toSorted();

describe('a webhook of a forum channel', () => {
  it('makes each incident a post, to which repeats and the resolve are added', async () => {
    await start({ channelKinds: { alerts: 'forum' } }, { repeatInterval: '100ms' });
    pager.page({ title: 'payments are down', dedupKey: 'payments', priority: 'P1' });
    pager.page({ title: 'mail is slow', dedupKey: 'mail', priority: 'P2' });
    await pager.flush();
    expect(threads()).toEqual(['🟠 shop · payments are down', '🟡 shop · mail is slow'].toSorted());
    const [first] = discord.messages('alerts');
    await expect
      .poll(async () => {
        pager.page({ title: 'payments are down', dedupKey: 'payments', priority: 'P1' });
        await pager.flush();
        return discord.messages('alerts').length;
      })
      .toBeGreaterThan(2);
    const inPost = discord.messages('alerts').filter(({ threadId }) => threadId === first?.threadId);
    expect(inPost.length).toBeGreaterThan(1);
    pager.resolve('payments');
    // The bucket may be used up by now, and the edit has to wait for its next window.
    await pager.flush({ timeoutMs: 10_000 });
    expect(threads()).toHaveLength(2);
    const newest = discord
      .messages('alerts')
      .filter(({ threadId }) => threadId === first?.threadId)
      .at(-1);
    expect(newest?.embeds[0]?.title).toMatch(/^✅ ~~payments are down/);
  });

  it('gets what the pager says about itself in a post of its own', async () => {
    await start({ channelKinds: { alerts: 'forum' } }, { bootCheck: 'post' });
    await pager.flush();
    await expect.poll(() => threads()).toEqual(['The pager about itself']);
  });

  it('gets a new post when the old one was deleted', async () => {
    await start({ channelKinds: { alerts: 'forum' } }, { repeatInterval: '100ms' });
    pager.page({ title: 'payments are down', dedupKey: 'payments' });
    await pager.flush();
    discord.clear();
    await expect
      .poll(async () => {
        pager.page({ title: 'payments are down', dedupKey: 'payments' });
        await pager.flush();
        return threads();
      })
      .toEqual(['🟠 shop · payments are down']);
  });
});

describe('with a bot token', () => {
  const botToken = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

  it('a P0 in a text channel opens a thread on its message', async () => {
    await start({ bot: { token: botToken } }, { botToken });
    pager.page({ title: 'all is lost', priority: 'P0' });
    pager.page({ title: 'something is odd', priority: 'P1' });
    await pager.flush();
    await expect.poll(() => threads()).toEqual(['🔴 shop · all is lost']);
    expect(discord.messages('alerts')).toHaveLength(2);
  });

  it('that Discord refuses, the page stands without a thread', async () => {
    await start({ bot: { token: botToken } }, { botToken: `${botToken}x` });
    pager.page({ title: 'all is lost', priority: 'P0' });
    await pager.flush();
    await expect.poll(() => discord.requests().filter(({ kind }) => kind === 'bot_thread_create')).toHaveLength(1);
    expect(discord.messages('alerts')).toHaveLength(1);
    expect(threads()).toEqual([]);
  });
});
