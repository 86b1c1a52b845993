import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { runHere } from './run-command.ts';

let discord: DiscordEmulator;
let stateDir: string;

beforeAll(async () => {
  discord = await startDiscordEmulator();
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clear();
  stateDir = mkdtempSync(join(tmpdir(), 'pager-spool-'));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

const env = (): Record<string, string> => ({
  DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
  DISCORD_PAGER_STATE_DIR: stateDir,
  OTEL_SERVICE_NAME: 'shop',
});
const run = (...args: string[]): ReturnType<typeof runHere> => runHere(args, { env: env() });
const titles = (): string[] =>
  discord.messages('alerts').flatMap(({ embeds }) => embeds.map(({ title }) => title ?? ''));

/** Leaves two pages that could not be sent. */
async function leaveTwo(): Promise<void> {
  const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
  const first = await run('send', '--title', 'disk full', '--priority', 'P2', '--timeout', '300ms');
  expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('it is kept, and shown') });
  await run('send', '--title', 'all is lost', '--priority', 'P0', '--timeout', '300ms');
  outage.end();
}

describe('what waits', () => {
  it('is listed, the most urgent first', async () => {
    await leaveTwo();
    const { code, stdout } = await run('spool', 'list');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^P0 {2}[0-9A-Z]{8} {2}\d+ s {2}shop · all is lost$/),
      expect.stringMatching(/^P2 {2}[0-9A-Z]{8} {2}\d+ s {2}shop · disk full$/),
      '2 pages wait',
      '',
    ]);
    const json = await run('spool', 'list', '--json');
    const lines = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { priority: 'P0', title: 'all is lost', service: 'shop', channel: 'default', count: 1, reason: 'first' },
      { priority: 'P2', title: 'disk full' },
    ]);
    expect(titles()).toEqual([]);
  });

  it('is sent by drain, and waits no longer', async () => {
    await leaveTwo();
    expect(await run('spool', 'drain')).toMatchObject({ code: 0, stdout: '2 pages sent, 0 still wait\n' });
    expect(titles()).toEqual(['all is lost', 'disk full']);
    expect((await run('spool', 'list')).stdout).toBe('0 pages wait\n');
    expect((await run('spool', 'drain')).stdout).toBe('0 pages sent, 0 still wait\n');
    expect(titles()).toHaveLength(2);
  });

  it('still waits when drain could not send it either', async () => {
    await leaveTwo();
    const outage = discord.fault({ kind: 'outage', mode: 'bad_gateway' });
    expect(await run('spool', 'drain', '--timeout', '300ms')).toMatchObject({
      code: 1,
      stdout: '0 pages sent, 2 still wait\n',
    });
    outage.end();
    expect((await run('spool', 'list')).stdout).toContain('2 pages wait');
  });

  it('is thrown away by clear', async () => {
    await leaveTwo();
    expect(await run('spool', 'clear')).toMatchObject({ code: 0, stdout: '2 pages thrown away\n' });
    expect((await run('spool', 'drain')).stdout).toBe('0 pages sent, 0 still wait\n');
    expect(titles()).toEqual([]);
  });
});

describe('pages from scripts', () => {
  it('with a key are one incident, over many runs', async () => {
    const page = ['send', '--title', 'backup failed', '--dedup-key', 'backup'];
    expect((await run(...page)).stdout).toMatch(/^✓ P1 delivered in/);
    expect((await run(...page)).stdout).toMatch(/^✓ P1 delivered \(in the message that is there\) in/);
    expect((await run('send', '--resolve', '--dedup-key', 'backup')).code).toBe(0);
    expect(titles()).toEqual([expect.stringMatching(/^✅ ~~backup failed ×2~~/)]);
  });

  it('are resolved whatever channel they were in', async () => {
    const both = { ...env(), DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('p0') };
    await runHere(['send', '--title', 'backup failed', '--dedup-key', 'backup', '--priority', 'P0'], { env: both });
    expect((await runHere(['send', '--resolve', '--dedup-key', 'backup'], { env: both })).code).toBe(0);
    expect(discord.messages()).toHaveLength(1);
    expect(discord.messages('p0')[0]?.embeds[0]?.title).toMatch(/^✅ ~~backup failed~~/);
  });

  it('without a key are a page each, and leave nothing', async () => {
    for (let i = 0; i < 2; i++) expect((await run('send', '--title', 'build failed')).code).toBe(0);
    expect(discord.messages('alerts')).toHaveLength(2);
    expect((await run('spool', 'list')).stdout).toBe('0 pages wait\n');
  });
});

describe('without a state directory', () => {
  it('there is nothing to list, which is said', async () => {
    const outcome = await runHere(['spool', 'list'], { env: { ...env(), DISCORD_PAGER_STATE_DIR: 'none' } });
    expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no state directory') });
  });

  it('a word that is none is told with the command’s name', async () => {
    expect(await run('spool', 'drian')).toMatchObject({ code: 2, stderr: expect.stringContaining('drian') });
  });
});
