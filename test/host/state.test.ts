import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';

const APP = 'test/fixtures/apps/stateful.mjs';
let discord: DiscordEmulator;
let stateDir: string;

beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clear();
  stateDir = mkdtempSync(join(tmpdir(), 'pager-shared-'));
});
afterEach(() => {
  expect(discord.violations()).toEqual([]);
  rmSync(stateDir, { recursive: true, force: true });
});

function run(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runApp(APP, {
    timeoutMs: 30_000,
    ...options,
    args,
    env: {
      DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
      DISCORD_PAGER_STATE_DIR: stateDir,
      DISCORD_PAGER_BOOT_CHECK: 'off',
      OTEL_SERVICE_NAME: 'shop',
      ...options.env,
    },
  });
}

const titles = (): string[] =>
  discord.messages('alerts').flatMap(({ embeds }) => embeds.map(({ title }) => title ?? ''));

describe('an incident outlives its process', () => {
  it('a crash loop is one message that counts', async () => {
    for (let i = 0; i < 6; i++) expect((await run(['crash'])).code).toBe(1);
    expect(titles()).toEqual(['TypeError: cannot read the configuration ×6']);
    expect(discord.messages('alerts')).toHaveLength(1);
  });

  it('a resolve in the next process turns the old message green', async () => {
    await run(['page-then-wait'], { signalOn: { text: 'ready', signal: 'SIGKILL' } });
    expect(titles()).toEqual(['payments are down']);
    await run(['resolve']);
    expect(discord.messages('alerts')).toHaveLength(1);
    expect(titles()).toEqual([expect.stringMatching(/^✅ ~~payments are down~~/)]);
    expect(discord.messages('alerts')[0]?.embeds[0]?.color).toBe(0x00cc66);
  });

  it('eight workers of a cluster post one message with the count of all', async () => {
    await run(['cluster']);
    expect(discord.messages('alerts')).toHaveLength(1);
    expect(titles()).toEqual(['Error: the same database is gone ×40']);
  });
});

describe('what could not be sent', () => {
  it('is shown by the next process, the most urgent first, and says how late it is', async () => {
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    const first = await run(['shutdown-report']);
    expect(JSON.parse(first.stdout)).toEqual({ flushed: { delivered: 0, spooled: 3, dropped: 0 }, dropped: {} });
    expect(titles()).toEqual([]);
    outage.end();
    await run(['start-then-end']);
    expect(titles().toSorted()).toEqual(['left a', 'left b', 'left c']);
  });

  it('survives a SIGKILL', async () => {
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    await run(['log-then-killed', '20']);
    outage.end();
    await run(['start-then-end']);
    expect(titles()).toHaveLength(20);
    expect(discord.messages('alerts')[0]?.embeds[0]?.title).toBe('trouble aa');
  });

  it('is not shown twice after a SIGKILL that came when it had been', async () => {
    await run(['posted-then-wait'], { signalOn: { text: 'ready', signal: 'SIGKILL' } });
    await run(['start-then-end']);
    expect(titles()).toEqual(['seen already']);
  });

  it('is kept by a process without a thread of its own, in its last instant', async () => {
    const first = await run(['inline-exit'], { env: { DISCORD_PAGER_WORKER: 'off' } });
    expect(first.code).toBe(3);
    await run(['start-then-end']);
    expect(titles()).toContain('the last words');
  });
});

describe('what lies on the disk', () => {
  it('holds no secret, however it came in, and nobody else may read it', async () => {
    const url = discord.webhookUrl('alerts');
    const secrets = [
      url,
      'postgres://shop:hunter2-Correct-Horse@db.internal/shop',
      'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
      'AKIAIOSFODNN7EXAMPLE and aws_secret_access_key=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    ];
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    await run(['secrets'], { env: { PLANTED: JSON.stringify(secrets) } });
    outage.end();
    const files = readdirSync(stateDir, { recursive: true, encoding: 'utf8' }).map((name) => join(stateDir, name));
    const text = files
      .filter((file) => statSync(file).isFile())
      .map((file) => `${file}\n${readFileSync(file, 'utf8')}`)
      .join('\n');
    expect(text).toContain('plain a');
    const bare = [
      url.split('/').at(-1) ?? '',
      'hunter2-Correct-Horse',
      'eyJzdWIiOiIxMjM0NTY3ODkwIn0',
      'wJalrXUtnFEMIK7MDENG',
    ];
    for (const secret of bare) {
      for (let at = 0; at + 10 <= secret.length; at++) expect(text).not.toContain(secret.slice(at, at + 10));
    }
    for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('a state directory that is not as it should be', () => {
  const logs = (): string[] =>
    readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
      .filter((name) => /members[\\/][^\\/]+[\\/]log$/.test(name))
      .map((name) => join(stateDir, name));

  it('a torn end is passed over, what stands before it counts', async () => {
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    await run(['shutdown-report']);
    for (const log of logs()) truncateSync(log, statSync(log).size - 7);
    outage.end();
    const second = await run(['start-then-end']);
    expect(second.stderr).toBe('');
    expect(titles().length).toBeGreaterThanOrEqual(2);
  });

  it('damage in the middle is set aside with a warning, and the rest counts', async () => {
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    await run(['shutdown-report']);
    const [log = ''] = logs();
    const lines = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, [lines[0]?.replace('left', 'lEft'), 'garbage', '', ...lines.slice(1)].join('\n'));
    outage.end();
    const second = await run(['start-then-end']);
    expect(second.stderr).toMatch(/^otel-discord-pager: \d+ records of a log in the state directory were damaged/);
    expect(titles().length).toBeGreaterThanOrEqual(2);
    const aside = readdirSync(stateDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /aside[\\/]log-/.test(name),
    );
    expect(aside).toHaveLength(1);
  });
});
