import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, ROOT, runApp } from '../support/child.ts';
import { expectUnharmed } from './application.ts';

const SHOP = 'test/fixtures/apps/shop.mjs';
/** Starting a thread on a busy machine. */
const SLACK_MS = 1_500;

let discord: DiscordEmulator;
beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
beforeEach(() => discord.clear());

const env = (more: ChildOptions['env'] = {}): Record<string, string | undefined> => ({
  DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
  OTEL_SERVICE_NAME: 'shop',
  ...more,
});
const shown = (channel = 'alerts'): string[] => discord.messages(channel).map(({ content }) => content ?? '');

describe('what the thread of the application loads', () => {
  const HEAVY = ['undici', 'zod', 'yaml', 'commander'];
  const heavyOf = (stdout: string): string[] => HEAVY.filter((name) => stdout.includes(`/node_modules/${name}/`));
  const LOADED = 'test/fixtures/apps/loaded-files.mjs';

  it.each(['import', 'page'])('is nothing heavy (%s)', async (what) => {
    const { stdout, stderr } = await runApp(LOADED, { args: [what], env: env() });
    expect(stderr).toBe('');
    expect(stdout).toContain('/dist/index.js');
    expect(heavyOf(stdout)).toEqual([]);
    // Nor our own part behind the port.
    expect(stdout).not.toMatch(/\/dist\/(?:delivery|render|pipeline|pager-runtime|discord-emulator|cli)\b/);
    expect(shown()).toHaveLength(what === 'page' ? 1 : 0);
  });

  it('is everything where there is no other thread', async () => {
    const { stdout } = await runApp(LOADED, { args: ['page'], env: env({ DISCORD_PAGER_WORKER: 'off' }) });
    expect(heavyOf(stdout)).toEqual(expect.arrayContaining(['undici', 'zod']));
    expect(heavyOf(stdout)).not.toContain('yaml');
    expect(heavyOf(stdout)).not.toContain('commander');
  });
});

describe('every entry', () => {
  const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>;
  };
  const names = Object.keys(entries).filter((entry) => !entry.endsWith('.json'));

  it.each(['mjs', 'cjs'])('can be loaded from .%s, without a word from Node', async (ending) => {
    const { code, stdout, stderr } = await runApp(`test/fixtures/apps/all-entries.${ending}`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(names);
    expect(stdout).toMatch(
      /^\.: .*\bDiscordLogRecordExporter DiscordSpanExporter UrgentLogRecordProcessor createPager\b/m,
    );
    expect(stdout).toMatch(/^\.\/pino: .*\bdefault\b/m);
    expect(stdout).toMatch(/^\.\/redact: .*\bredact\b/m);
    expect(stdout).toMatch(/^\.\/testing: .*\bstartDiscordEmulator\b/m);
  });

  it.each(['--require', '--import'])('can be loaded by %s', async (flag) => {
    const loaded = names.flatMap((entry) => {
      const target = entries[entry];
      return [flag, join(ROOT, typeof target === 'object' ? target.default : (target ?? ''))];
    });
    await expectUnharmed(SHOP, { nodeArgs: loaded, env: env() });
  });

  it('does nothing by being loaded', async () => {
    const { tookMs } = await runApp('test/fixtures/apps/all-entries.mjs', { env: env() });
    expect(discord.requests()).toEqual([]);
    expect(tookMs).toBeLessThan(10_000);
  });
});

describe.each(['auto', 'off'])('DISCORD_PAGER_WORKER=%s', (worker) => {
  it.each(['natural', 'throw', 'exit', 'shutdown'])('pages (%s)', async (ending) => {
    const outcome = await expectUnharmed(SHOP, { args: [ending], env: env({ DISCORD_PAGER_WORKER: worker }) });
    expect(outcome.warnings).toEqual([]);
    expect(shown()[0]).toMatch(/^🔴 P0 shop · order 0 failed/);
    expect(discord.violations()).toEqual([]);
  });

  it('delivers at the natural end what was said in the last moment', async () => {
    const outcome = await expectUnharmed('test/fixtures/apps/dying.mjs', {
      args: ['last-tick'],
      env: env({ DISCORD_PAGER_WORKER: worker }),
    });
    expect(outcome.warnings).toEqual([]);
    expect(shown()).toEqual([expect.stringContaining('the last tick')]);
  });

  it.each(['answers', 'hangs'])('holds no process that has nothing to say, while Discord %s', async (state) => {
    if (state === 'hangs') discord.fault({ kind: 'hang' });
    const outcome = await expectUnharmed('test/fixtures/apps/dying.mjs', {
      args: ['idle'],
      env: env({ DISCORD_PAGER_WORKER: worker }),
      timeoutMs: 8_000,
    });
    expect(outcome.heldMs).toBeLessThan(SLACK_MS);
    expect(outcome.warnings).toEqual([]);
  });

  it('holds the process at its natural end no longer than the exit timeout while Discord hangs', async () => {
    discord.fault({ kind: 'hang' });
    const outcome = await expectUnharmed('test/fixtures/apps/dying.mjs', {
      args: ['last-tick'],
      env: env({ DISCORD_PAGER_WORKER: worker, DISCORD_PAGER_EXIT_TIMEOUT_MS: '400' }),
      timeoutMs: 8_000,
    });
    expect(outcome.heldMs).toBeLessThan(400 + SLACK_MS);
  });
});

describe('the permission model', () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isStable = major >= 24 || (major === 22 && minor >= 13);
  const flags = [isStable ? '--permission' : '--experimental-permission', '--allow-fs-read=*'];
  // Since Node 25 the network needs a permission too.
  const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : [];

  it('without threads: the same pager runs in the thread of the application', async () => {
    const outcome = await expectUnharmed(SHOP, { nodeArgs: [...flags, ...network], env: env() });
    expect(shown()[0]).toMatch(/^🔴 P0 shop · order 0 failed/);
    expect(outcome.warnings).toEqual([expect.stringMatching(/\(not_writable\)/)]);
  });

  it.skipIf(network.length === 0)('without the network: the application does not notice', async () => {
    await expectUnharmed(SHOP, { args: ['throw'], nodeArgs: flags, env: env() });
    expect(discord.requests()).toEqual([]);
  });
});

describe('where no start is announced', () => {
  it('a cluster worker pages, but announces nothing', async () => {
    await expectUnharmed('test/fixtures/apps/clustered.mjs', {
      env: env({ DISCORD_PAGER_WEBHOOK_DEV: discord.webhookUrl('dev') }),
    });
    expect(shown().sort()).toEqual(
      ['one', 'two'].map((name) => expect.stringContaining(`worker ${name} is in trouble`)),
    );
    expect(shown('dev')).toEqual([]);
    expect(discord.requests().filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it.each(['auto', 'off'])(
    'a function on Lambda pages, announces nothing and leaves its process alone (%s)',
    async (worker) => {
      const outcome = await expectUnharmed('test/fixtures/apps/function.mjs', {
        env: env({
          AWS_LAMBDA_FUNCTION_NAME: 'shop-orders',
          DISCORD_PAGER_WORKER: worker,
          DISCORD_PAGER_WEBHOOK_DEV: discord.webhookUrl('dev'),
        }),
      });
      expect(outcome.stdout).toBe('nobody listens\n');
      expect(shown()).toEqual(
        ['the database is gone', 'the queue is full'].map((title) => expect.stringContaining(title)),
      );
      expect(shown('dev')).toEqual([]);
      expect(discord.requests().filter(({ method }) => method === 'GET')).toEqual([]);
    },
  );
});
