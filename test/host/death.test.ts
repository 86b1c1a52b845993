import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';

const APP = 'test/fixtures/apps/dying.mjs';
let discord: DiscordEmulator;

beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
beforeEach(() => discord.clear());

function run(how: string, options: ChildOptions = {}): Promise<ChildResult> {
  return runApp(APP, {
    ...options,
    args: [how],
    env: { DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'), OTEL_SERVICE_NAME: 'shop', ...options.env },
  });
}

const shown = (): string[] => discord.messages('alerts').map(({ content }) => content ?? '');

describe('a dying process', () => {
  const deaths: [how: string, content: RegExp, options?: ChildOptions][] = [
    ['uncaught', /^🔴 P0 shop · TypeError: the orders table is gone/],
    ['rejection', /^🔴 P0 shop · RangeError: nobody caught this/],
    ['handled-rejection', /^🟠 P1 shop · RangeError: somebody survived this/],
    ['exit', /^🔴 P0 shop · right before exit/],
    ['last-tick', /^🟠 P1 shop · the last tick/],
    ['signal', /^🔴 P0 shop · before the signal/, { signalOn: { text: 'ready', signal: 'SIGTERM' } }],
    ['signal', /^🔴 P0 shop · before the signal/, { signalOn: { text: 'ready', signal: 'SIGINT' } }],
    ['signal-handled', /^🔴 P0 shop · before the signal/, { signalOn: { text: 'ready', signal: 'SIGTERM' } }],
  ];

  it.each(deaths)('by %s pages, and ends as it would have ended without a pager', async (how, content, options) => {
    const [withPager, without] = await Promise.all([
      run(how, options),
      run(how, { ...options, env: { WITHOUT_PAGER: '1' } }),
    ]);
    expect(shown()).toEqual([expect.stringMatching(content)]);
    expect([withPager.code, withPager.signal]).toEqual([without.code, without.signal]);
    expect(withPager.stdout).toBe(without.stdout);
    expect(withPager.stderr).toBe(without.stderr);
  });

  it('is not held up when there is nothing to say', async () => {
    const [withPager, without] = [await run('idle'), await run('idle', { env: { WITHOUT_PAGER: '1' } })];
    expect(withPager.code).toBe(0);
    expect(withPager.tookMs).toBeLessThan(without.tookMs + 1000);
  });

  it('sends the fatal of a burst before what else waits, within the exit timeout', async () => {
    const result = await run('burst-then-throw');
    expect(result.code).toBe(1);
    // One page of the burst was under way already when the fatal came.
    expect(shown().slice(0, 2)).toContainEqual(expect.stringMatching(/^🔴 P0 shop · Error: and then the end/));
    expect(discord.violations()).toEqual([]);
  });

  it('is held no longer than the exit timeout while Discord hangs', async () => {
    const fault = discord.fault({ kind: 'hang' });
    const result = await run('exit', { env: { DISCORD_PAGER_EXIT_TIMEOUT_MS: '700' } });
    fault.end();
    expect(result.code).toBe(7);
    expect(result.tookMs).toBeLessThan(4000);
  });
});

describe('a blocked event loop', () => {
  it('does not delay a page', async () => {
    const running = run('blocked');
    await discord.waitForMessages(1, 2500);
    expect(shown()).toEqual([expect.stringMatching(/before the block/)]);
    const result = await running;
    expect(result.stdout).toBe('unblocked\n');
  });
});
