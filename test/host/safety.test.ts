import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_RESTARTS } from '../../src/capture/supervised-port.ts';
import type { Fault } from '../../src/discord-emulator/fault.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { expectUnharmed } from './application.ts';

const SHOP = 'test/fixtures/apps/shop.mjs';
const EXIT_TIMEOUT_MS = 500;
/** Waits that the application asks for itself, and what a slow machine takes to start a thread. */
const SLACK_MS = 3_000;
/** As long as Discord's tokens are. */
const TOKEN = 'wErTyUiOpAsDfGhJkLzXcVbNm1234567890-_qWeRtYuIoPaSdFgHjKlZxCvBnM01234';

let discord: DiscordEmulator;
let dir: string;
let garbage: Server;

beforeAll(async () => {
  discord = await startDiscordEmulator();
  dir = mkdtempSync(join(tmpdir(), 'pager-safety-'));
  garbage = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('\u0000\u0001 no HTTP at all \r\n\r\n'.repeat(50));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => garbage.once('listening', resolve));
});
afterAll(async () => {
  garbage.close();
  await discord.close();
});
beforeEach(() => discord.clear());

const shown = (): string[] => discord.messages('alerts').map(({ content }) => content ?? '');

function env(more: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
    DISCORD_PAGER_EXIT_TIMEOUT_MS: String(EXIT_TIMEOUT_MS),
    OTEL_SERVICE_NAME: 'shop',
    ...more,
  };
}

interface Report {
  readonly threads: number;
  readonly maxRssMb: number;
  readonly stats: { readonly received: number; readonly posted: number; readonly dropped: Record<string, number> };
}

const reportFile = (): string => join(mkdtempSync(join(dir, 'report-')), 'report.json');
const readReport = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;

describe('host safety: the application is the same as without us when', () => {
  const endings = ['natural', 'exit', 'throw', 'shutdown'];

  it.each(endings)('everything works (%s)', async (ending) => {
    const outcome = await expectUnharmed(SHOP, { args: [ending], env: env() });
    expect(outcome.warnings).toEqual([]);
    expect(shown()[0]).toMatch(/^🔴 P0 shop · order 0 failed/);
  });

  describe('the pager thread is killed', () => {
    const KILLED = 'test/fixtures/apps/killed-thread.mjs';

    it('once: another takes over, and nothing is lost', async () => {
      const report = reportFile();
      const outcome = await expectUnharmed(KILLED, { args: ['1'], env: env({ REPORT: report }) });
      expect(outcome.warnings).toEqual([
        expect.stringMatching(/started again; 0 alerts were lost \[pager_restarted\]/),
      ]);
      // The P0 overtakes what was handed over again, unless that is on its way already.
      const [first, ...others] = shown().map((content) => content.replace(/^.* · | @everyone$/g, ''));
      expect([first, ...others.toSorted()]).toEqual([
        'before the thread died',
        'after the thread died',
        'during death 1',
      ]);
      expect(readReport(report).threads).toBe(2);
    });

    it('again and again: it stays off, and says so once', async () => {
      const report = reportFile();
      const outcome = await expectUnharmed(KILLED, { args: ['8'], env: env({ REPORT: report }) });
      const off = outcome.warnings.filter((line) => line.includes('[pager_off]'));
      expect(off).toEqual([expect.stringMatching(/ended too often .* and stays off/)]);
      expect(outcome.warnings.at(-1)).toBe(off[0]);
      expect(outcome.warnings.length).toBeLessThanOrEqual(MAX_RESTARTS + 1);
      const { threads, stats } = readReport(report);
      expect(threads).toBe(MAX_RESTARTS + 1);
      expect(stats.received).toBe(stats.posted + (stats.dropped['pager_crashed'] ?? 0));
    });
  });

  it.each([4, 10])('the pager thread has only %i MB and runs out of them', async (heapMb) => {
    const report = reportFile();
    const outcome = await expectUnharmed('test/fixtures/apps/storm.mjs', {
      args: ['paced', '2000'],
      env: env({ REPORT: report, THREAD_HEAP_MB: String(heapMb) }),
    });
    expect(outcome.warnings).toContainEqual(expect.stringMatching(/ended \(out of memory\) and was started again/));
    const { stats } = readReport(report);
    expect(stats.dropped['pager_crashed']).toBeGreaterThan(0);
  });

  describe('Discord', () => {
    const faults: [what: string, fault: Fault, ending: string][] = [
      ['hangs', { kind: 'hang' }, 'natural'],
      ['hangs', { kind: 'hang' }, 'exit'],
      ['resets every connection', { kind: 'outage' }, 'throw'],
      ['has no gateway', { kind: 'outage', mode: 'bad_gateway' }, 'exit'],
      ['fails', { kind: 'server_error' }, 'natural'],
      ['bans the address', { kind: 'edge_ban', form: 'html' }, 'throw'],
      ['refuses the agent', { kind: 'user_agent_block' }, 'natural'],
      ['cuts its answers short', { kind: 'truncated_json' }, 'exit'],
      ['limits for an hour', { kind: 'rate_limited', retryAfterMs: 3_600_000 }, 'shutdown'],
    ];
    it.each(faults)('%s (%o, %s)', async (_what, fault, ending) => {
      discord.fault(fault);
      const outcome = await expectUnharmed(SHOP, { args: [ending], env: env() });
      expect(outcome.heldMs).toBeLessThan(EXIT_TIMEOUT_MS + SLACK_MS);
      expectNoToken(outcome.stderr);
    });

    it('has deleted the webhook', async () => {
      const webhook = discord.webhookUrl('deleted');
      discord.fault({ kind: 'delete_webhook', channel: 'deleted' });
      const outcome = await expectUnharmed(SHOP, { env: env({ DISCORD_PAGER_WEBHOOK_URL: webhook }) });
      expect(outcome.warnings).not.toEqual([]);
      expectNoToken(outcome.stderr, webhook);
    });

    it.each(endings)('is not there (%s)', async (ending) => {
      const gone = await startDiscordEmulator();
      const webhook = gone.webhookUrl('alerts');
      await gone.close();
      const outcome = await expectUnharmed(SHOP, { args: [ending], env: env({ DISCORD_PAGER_WEBHOOK_URL: webhook }) });
      expect(outcome.heldMs).toBeLessThan(EXIT_TIMEOUT_MS + SLACK_MS);
      expectNoToken(outcome.stderr, webhook);
    });

    it('is something else that answers', async () => {
      const { port } = garbage.address() as { port: number };
      const webhook = `http://127.0.0.1:${port}/api/webhooks/123456789012345678/${TOKEN}`;
      const outcome = await expectUnharmed(SHOP, { args: ['throw'], env: env({ DISCORD_PAGER_WEBHOOK_URL: webhook }) });
      expect(outcome.heldMs).toBeLessThan(EXIT_TIMEOUT_MS + SLACK_MS);
      expectNoToken(outcome.stderr, webhook);
    });
  });

  describe('the state directory', () => {
    const places: [what: string, make: () => string, warning: RegExp | undefined][] = [
      ['is a file', () => file('a-file'), /\(not_a_directory\)/],
      ['is below a file', () => join(file('another-file'), 'state'), /\(not_a_directory\)/],
      ['is a link to a directory of somebody', () => link('link', mkdtempSync(join(dir, 'somebody-'))), /\(symlink\)/],
      [
        'is a link to nowhere',
        () => link('dangling', join(dir, 'nowhere')),
        /\(not_a_directory|symlink|not_writable\)/,
      ],
      ['cannot be made', () => '/proc/otel-discord-pager/state', /\(not_writable\)/],
      ['has directories where its files belong', () => occupied(), undefined],
      ['is memory only', () => 'none', undefined],
    ];
    it.each(places)('%s', async (_what, make, warning) => {
      const outcome = await expectUnharmed(SHOP, { env: env({ DISCORD_PAGER_STATE_DIR: make() }) });
      expect(outcome.warnings).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);
      expect(shown()[0]).toMatch(/^🔴 P0 shop · order 0 failed/);
    });

    it.skipIf(process.platform === 'win32')('is on a full disk', async () => {
      const outcome = await expectUnharmed(SHOP, {
        env: env(),
        // No file may grow by a single byte.
        prefix: ['sh', '-c', 'ulimit -f 0; exec "$@"', 'sh'],
      });
      expect(shown()[0]).toMatch(/^🔴 P0 shop · order 0 failed/);
      expect(outcome.stderr).not.toContain('EFBIG');
    });

    it.skipIf(process.platform === 'win32')('cannot be opened, as the process has no descriptor left', async () => {
      const outcome = await expectUnharmed(SHOP, {
        args: ['throw'],
        env: env(),
        prefix: ['sh', '-c', 'ulimit -n 40; exec "$@"', 'sh'],
      });
      expect(outcome.heldMs).toBeLessThan(EXIT_TIMEOUT_MS + SLACK_MS);
    });
  });

  describe('the configuration is wrong:', () => {
    const secret = `https://discord.com/api/webhooks/123456789012345678/${TOKEN}`;
    const wrong: [what: string, env: Record<string, string | undefined>, options: object | undefined, key: RegExp][] = [
      [
        'no webhook',
        { DISCORD_PAGER_WEBHOOK_URL: undefined },
        undefined,
        /DISCORD_PAGER_WEBHOOK_URL: found no webhook/,
      ],
      ['no URL', { DISCORD_PAGER_WEBHOOK_URL: TOKEN }, undefined, /DISCORD_PAGER_WEBHOOK_URL/],
      [
        'foreign host',
        { DISCORD_PAGER_WEBHOOK_URL: secret.replace('discord.com', 'discord.example') },
        undefined,
        /_URL/,
      ],
      ['half a token', { DISCORD_PAGER_WEBHOOK_URL: secret.slice(0, -60) }, undefined, /_URL/],
      [
        'no such file',
        { DISCORD_PAGER_WEBHOOK_URL_FILE: '/nowhere', DISCORD_PAGER_WEBHOOK_URL: '' },
        undefined,
        /_FILE/,
      ],
      ['token as file', { DISCORD_PAGER_WEBHOOK_P0_FILE: secret }, undefined, /DISCORD_PAGER_WEBHOOK_P0_FILE/],
      ['no config file', { DISCORD_PAGER_CONFIG: '/nowhere.yml' }, undefined, /DISCORD_PAGER_CONFIG/],
      [
        'broken config file',
        { DISCORD_PAGER_CONFIG: 'test/fixtures/config/bad.syntax.yml' },
        undefined,
        /DISCORD_PAGER_CONFIG/,
      ],
      ['priority', { DISCORD_PAGER_MIN_PRIORITY: 'P7' }, undefined, /DISCORD_PAGER_MIN_PRIORITY/],
      ['worker', { DISCORD_PAGER_WORKER: 'perhaps' }, undefined, /DISCORD_PAGER_WORKER/],
      ['exit timeout', { DISCORD_PAGER_EXIT_TIMEOUT_MS: 'soon' }, undefined, /DISCORD_PAGER_EXIT_TIMEOUT_MS/],
      ['API base', { DISCORD_PAGER_API_BASE_URL: 'ftp://somewhere' }, undefined, /DISCORD_PAGER_API_BASE_URL/],
      ['in code', {}, { minPriority: 7, webhook: secret, routes: [{ match: 5 }] }, /minPriority/],
      ['webhooks in code', {}, { webhooks: { p0: secret.replace('/api/', '/') } }, /webhooks\.p0/],
    ];
    it.each(wrong)('%s', async (_what, wrongEnv, options, key) => {
      const outcome = await expectUnharmed(SHOP, {
        args: ['throw'],
        // Nowhere: should the pager take what is wrong for right, it still reaches no Discord.
        env: env({
          HTTPS_PROXY: 'http://127.0.0.1:9',
          ...wrongEnv,
          ...(options === undefined ? {} : { PAGER_OPTIONS: JSON.stringify(options) }),
        }),
      });
      // Said once, with the key, and never the secret.
      expect(outcome.warnings.filter((line) => /problem\(s\) in the configuration/.test(line))).toHaveLength(1);
      expect(outcome.warnings.join('\n')).toMatch(key);
      for (let at = 0; at + 16 <= TOKEN.length; at += 4) expect(outcome.stderr).not.toContain(TOKEN.slice(at, at + 16));
    });

    it('everything that code can pass', async () => {
      const outcome = await expectUnharmed('test/fixtures/apps/hostile-options.mjs', { env: env() });
      expect(outcome.stdout).toContain('unharmed');
      expectNoToken(outcome.stderr);
    });
  });

  it.each(['blocking', 'paced'])(
    '20,000 alerts of 100 KB come while Discord hangs (%s)',
    async (pace) => {
      discord.fault({ kind: 'hang' });
      const [withPager, without] = [reportFile(), reportFile()];
      const storm = 'test/fixtures/apps/storm.mjs';
      const outcome = await expectUnharmed(storm, { args: [pace], env: env({ REPORT: withPager }), timeoutMs: 60_000 });
      await expectUnharmed(storm, { args: [pace, '20000'], env: { REPORT: without } });
      const { maxRssMb, stats } = readReport(withPager);
      expect(maxRssMb - readReport(without).maxRssMb).toBeLessThan(400);
      expect(outcome.warnings.filter((line) => /pager_restarted|pager_off/.test(line))).toEqual([]);
      expect(stats.received).toBe(20_000);
      expect(stats.dropped['queue_full']).toBeGreaterThan(10_000);
    },
    90_000,
  );
});

describe('two pagers of one process', () => {
  it('know nothing of each other: one may be wrong, dead or shut down', async () => {
    const outcome = await expectUnharmed('test/fixtures/apps/two-pagers.mjs', {
      env: env({
        DISCORD_PAGER_WEBHOOK_URL: undefined,
        PAGER_WEBHOOKS: JSON.stringify([discord.webhookUrl('one'), discord.webhookUrl('two')]),
      }),
    });
    // Two that are posted side by side may arrive in either order.
    const titles = (channel: string): string[] =>
      discord
        .messages(channel)
        .map(({ content }) => content?.split(' · ').at(-1) ?? '')
        .toSorted();
    expect(titles('one')).toEqual(['to both', 'to one']);
    expect(titles('two')).toEqual([
      'after the other thread died',
      'after the other was shut down',
      'to both',
      'to two',
    ]);
    expect(outcome.warnings.filter((line) => line.includes('[pager_restarted]'))).toHaveLength(1);
    expect(outcome.warnings.filter((line) => line.includes('[config]')).length).toBeGreaterThan(0);
  });
});

function expectNoToken(text: string, webhook: string = discord.webhookUrl('alerts')): void {
  const token = webhook.slice(webhook.lastIndexOf('/') + 1);
  for (let at = 0; at + 16 <= token.length; at += 4) expect(text).not.toContain(token.slice(at, at + 16));
}

function file(name: string): string {
  const path = join(dir, name);
  writeFileSync(path, 'not yours');
  return path;
}

function link(name: string, target: string): string {
  const path = join(dir, name);
  symlinkSync(target, path);
  return path;
}

function occupied(): string {
  const path = join(dir, 'occupied');
  mkdirSync(join(path, 'boot-check.json', 'x'), { recursive: true, mode: 0o700 });
  return path;
}
