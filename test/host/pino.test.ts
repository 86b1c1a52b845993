import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';

let discord: DiscordEmulator;

beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
beforeEach(() => discord.clear());

function run(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runApp('test/fixtures/apps/pino-logger.mjs', {
    ...options,
    args,
    env: {
      DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
      DISCORD_PAGER_WEBHOOK_OPS: discord.webhookUrl('ops'),
      DISCORD_PAGER_BOOT_CHECK: 'off',
      ...options.env,
    },
  });
}

const embeds = (channel: string) => discord.messages(channel).flatMap((message) => message.embeds);

describe.each(['8', '9', '10'])('pino %s', (version) => {
  it.each(['natural', 'exit', 'throw'])('pages what it logs, and ends as without us (%s)', async (how) => {
    const [result, without] = await Promise.all([
      run([version, how]),
      run([version, how], { env: { WITHOUT_PAGER: '1' } }),
    ]);
    expect([result.code, result.signal]).toEqual([without.code, without.signal]);
    expect(result.stdout).toBe(without.stdout);
    expect(result.stderr).toBe(without.stderr);
    expect(embeds('alerts').map(({ title }) => title)).toEqual(['RangeError: order could not be saved']);
    expect(embeds('alerts')[0]?.description).toContain('checkout failed');
    expect(embeds('alerts')[0]?.description).toContain('connect ECONNREFUSED');
    expect(embeds('alerts')[0]?.description).toContain('pino-logger.mjs');
    expect(embeds('ops').map(({ title }) => title)).toEqual(['stock is low']);
    expect(JSON.stringify(discord.messages())).not.toContain('not-to-be-shown-anywhere');
    expect(discord.violations()).toEqual([]);
  });

  it('is read with its own levels and keys', async () => {
    const result = await run([version, 'natural'], { env: { OWN_KEYS: '1', OWN_LEVELS: '1' } });
    expect(result.code).toBe(0);
    const titles = discord.messages().flatMap((message) => message.embeds.map(({ title }) => title));
    expect(titles.toSorted()).toEqual(['RangeError: order could not be saved', 'stock is low', 'the roof is on fire']);
    expect(discord.messages('alerts').map(({ content }) => content)).toContainEqual(
      expect.stringMatching(/^🔴 P0 .*the roof is on fire/),
    );
  });
});

describe('instrumentation that NODE_OPTIONS preloads into every thread', () => {
  it.each([
    ['pino', 'test/fixtures/apps/pino-logger.mjs', ['10', 'natural']],
    ['createPager()', 'test/fixtures/apps/dying.mjs', ['last-tick']],
  ] as const)('sees nothing of our requests (%s)', async (_what, app, args) => {
    const webhook = discord.webhookUrl('alerts');
    const [, id = '', token = ''] = /webhooks\/(\d+)\/(.+)$/.exec(webhook) ?? [];
    const result = await runApp(app, {
      args,
      env: { DISCORD_PAGER_WEBHOOK_URL: webhook, NODE_OPTIONS: '--require ./test/fixtures/apps/print-spans.cjs' },
    });
    expect(result.code).toBe(0);
    expect(discord.messages('alerts').length).toBeGreaterThan(0);
    // The preload works, in the main thread (and for pino in pino's), but not in ours.
    expect(result.stdout).toContain('preloaded, main: true');
    expect(result.stdout.match(/preloaded, main: false/g)?.length ?? 0).toBe(app.includes('pino') ? 1 : 0);
    expect(result.stdout).not.toContain(token.slice(0, 20));
    expect(result.stdout).not.toContain(id);
    expect(result.stdout).not.toContain('/webhooks');
    expect(result.stderr).not.toContain(id);
  });

  it('sees in inline mode that we speak to Discord, but not the path with the token', async () => {
    const webhook = discord.webhookUrl('alerts');
    const [, id = '', token = ''] = /webhooks\/(\d+)\/(.+)$/.exec(webhook) ?? [];
    const result = await runApp('test/fixtures/apps/dying.mjs', {
      args: ['last-tick'],
      env: {
        DISCORD_PAGER_WEBHOOK_URL: webhook,
        DISCORD_PAGER_WORKER: 'off',
        NODE_OPTIONS: '--require ./test/fixtures/apps/print-spans.cjs',
      },
    });
    expect(discord.messages('alerts').length).toBeGreaterThan(0);
    expect(result.stdout).toContain('/hidden/');
    expect(result.stdout).not.toContain(token.slice(0, 20));
    expect(result.stdout).not.toContain(id);
  });
});
