import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';
import { expectUnharmed } from './application.ts';

const APP = 'test/fixtures/apps/blocked.mjs';
/** What a slow machine takes to start a thread. */
const SLACK_MS = 1_500;

let discord: DiscordEmulator;
let folder: string;

beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
function env(more: ChildOptions['env'] = {}, channel = 'alerts'): Record<string, string | undefined> {
  return {
    DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl(channel),
    DISCORD_PAGER_BLOCKED_AFTER: '1s',
    DISCORD_PAGER_EDIT_INTERVAL: '100ms',
    OTEL_SERVICE_NAME: 'shop',
    ...more,
  };
}

interface Running {
  readonly ended: Promise<ChildResult>;
  /** The block is over. */
  release(): void;
  /** The application has nothing more to do. */
  done(): void;
}

/** Starts an application that is blocked until it is released. */
function start(how: string): Running {
  const [release, done] = [join(folder, 'release'), join(folder, 'done')];
  return {
    ended: runApp(APP, { args: [how], env: env({ RELEASE: release, DONE: done }) }),
    release: () => writeFileSync(release, ''),
    done: () => writeFileSync(done, ''),
  };
}

describe('an application whose event loop is blocked', () => {
  beforeEach(() => {
    discord.clear();
    folder = mkdtempSync(join(tmpdir(), 'pager-blocked-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it.each(['at-start', 'later'])('pages while it lasts, and turns green with its duration (%s)', async (how) => {
    const startedMs = Date.now();
    const app = start(how);
    await discord.waitForMessages(1, 10_000);
    const [page] = discord.messages('alerts');
    expect(page?.content).toBe('🟠 P1 shop · Event loop blocked for 1 s');
    expect(page?.embeds[0]?.description).toContain('no request is answered and no timer fires');
    const fields = Object.fromEntries(page?.embeds[0]?.fields?.map(({ name, value }) => [name, value]) ?? []);
    expect(fields['Process id']).toMatch(/^\d+$/);
    const sinceMs = Date.parse(fields['Blocked since'] ?? '');
    expect(sinceMs).toBeGreaterThanOrEqual(startedMs);
    // Blocked it was for as long as the title says.
    expect((page?.createdAtMs ?? 0) - sinceMs).toBeGreaterThanOrEqual(1_000);

    // It waits for this: what was sent until now was sent while it was blocked.
    app.release();
    await expect
      .poll(() => discord.messages('alerts')[0]?.embeds[0]?.title)
      .toMatch(/^✅ ~~Event loop blocked for 1 s~~ · resolved after \d+ s$/);
    app.done();
    const { code, stdout, stderr } = await app.ended;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'unblocked\n', stderr: '' });
    expect(discord.messages('alerts')).toHaveLength(1);
    expect(discord.violations()).toEqual([]);
  });

  it('turns green before the pager is shut down', async () => {
    const app = start('shutting-down');
    await discord.waitForMessages(1, 10_000);
    app.release();
    app.done();
    expect(await app.ended).toMatchObject({ code: 0, stdout: 'shut down\n', stderr: '' });
    expect(discord.messages('alerts').map(({ embeds }) => embeds[0]?.title)).toEqual([
      expect.stringMatching(/resolved after/),
    ]);
  });

  it('and is killed: nothing more is said', async () => {
    const app = start('killed');
    await discord.waitForMessages(1, 10_000);
    app.release();
    expect(await app.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(discord.messages('alerts').map(({ content, versions }) => [content, versions.length])).toEqual([
      ['🟠 P1 shop · Event loop blocked for 1 s', 0],
    ]);
  });
});

describe('nothing is said of', () => {
  const silent: readonly (readonly [what: string, how: string, options: ChildOptions])[] = [
    ['a process that was stopped and continued', 'stopped', {}],
    ['one that is idle', 'idle', {}],
    ['one that is blocked on its way out', 'exit-handler', {}],
    ['a blocked one, where that is off', 'for-a-time', { env: { DISCORD_PAGER_BLOCKED_AFTER: 'off' } }],
    ['a blocked one, where that takes longer', 'for-a-time', { env: { DISCORD_PAGER_BLOCKED_AFTER: '10s' } }],
    ['a blocked one, where it is off altogether', 'for-a-time', { env: { DISCORD_PAGER_ENABLED: 'false' } }],
    ['a blocked one without a thread for the pager', 'for-a-time', { env: { DISCORD_PAGER_WORKER: 'off' } }],
    ['one under a debugger', 'for-a-time', { nodeArgs: ['--inspect=127.0.0.1:0'] }],
  ];

  it.concurrent.each(silent)('%s', async (what, how, options) => {
    const { code, stdout } = await runApp(APP, { ...options, args: [how], env: env(options.env, what) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: how === 'stopped' ? 'was stopped\n' : '' });
    expect(discord.messages(what)).toEqual([]);
  });

  it.concurrent('any of them by chance: one that is blocked pages in that time', async () => {
    await runApp(APP, { args: ['for-a-time'], env: env({}, 'control') });
    expect(discord.messages('control')).toHaveLength(1);
  });
});

it('holds no process that has nothing to do', async () => {
  const { heldMs, warnings } = await expectUnharmed(APP, { args: ['nothing'], env: env({}, 'finishing') });
  expect(heldMs).toBeLessThan(SLACK_MS);
  expect(warnings).toEqual([]);
  expect(discord.messages('finishing')).toEqual([]);
});
