import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExpectedPage, SCENES } from '../../src/cli/demo-scenes.ts';
import { missingPackages, SHOP_DIR, SHOP_PACKAGES } from '../../src/cli/demo-shop.ts';
import { faultsOf, judge } from '../../src/cli/demo-verdict.ts';
import { systemClock } from '../../src/clock.ts';
import { type EmulatedMessage, startDiscordEmulator } from '../../src/testing.ts';
import { createHostFor, runBuilt } from './run-command.ts';

describe('the demo', () => {
  it('ends with 0 when every page has arrived as expected', { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await runBuilt(['demo']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${SCENES.length}/${SCENES.length} pages as expected: 12 messages for 311 occurrences`);
    expect(stdout).not.toContain('✗');
    for (const { story } of SCENES) expect(stdout).toContain(story);
    expect(stdout).not.toContain('\u001b');
    // Whoever has no wide terminal reads it all the same.
    expect(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('  ✓'))
        .every((line) => line.length <= 80),
    ).toBe(true);
  });

  it('stays on a terminal until it is told to end, and the shop can be broken again', { timeout: 60_000 }, async () => {
    const { runCommandLine } = await import('../../dist/cli/program.js');
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const { host, stdout } = createHostFor({
      env: { PATH: process.env['PATH'] ?? '' },
      stop: stopped,
      isTerminal: true,
      // Pauses for the eye of whoever watches are the only sleeps that nothing can end.
      clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(signal === undefined ? 0 : ms, signal) },
    });
    const ended = runCommandLine(['demo'], host);
    await expect.poll(stdout, { timeout: 40_000 }).toContain('Ctrl-C ends the demo.');
    expect(stdout()).toContain(`${SCENES.length}/${SCENES.length} pages as expected`);

    const sandbox = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout())?.[0] ?? '';
    const [, method = 'GET', url = ''] = /curl -X (\w+) (http:\S+)/.exec(stdout()) ?? [];
    const messages = async (): Promise<{ preview: string; tone: string }[]> =>
      ((await (await fetch(`${sandbox}/_sandbox/state`)).json()) as { messages: [] }).messages;
    const before = (await messages()).length;
    expect((await fetch(url, { method })).status).toBe(409);
    await expect.poll(async () => (await messages()).length, { timeout: 10_000 }).toBe(before + 1);
    expect((await messages()).at(-1)).toMatchObject({ tone: 'P0', preview: expect.stringContaining('ledger') });

    stop();
    expect(await ended).toBe(0);
    await expect(fetch(sandbox)).rejects.toThrow();
  });

  it('ends at once when it is stopped in the middle, and everything it started ends too', async () => {
    const { runCommandLine } = await import('../../dist/cli/program.js');
    const { host, stdout } = createHostFor({
      env: { PATH: process.env['PATH'] ?? '' },
      stop: new Promise((resolve) => setTimeout(resolve, 400)),
      isTerminal: true,
    });
    expect(await runCommandLine(['demo'], host)).toBe(1);
    const sandbox = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout())?.[0] ?? '';
    await expect(fetch(sandbox)).rejects.toThrow();
  });

  it('judges: nothing has arrived, and no promise can be checked by that', async () => {
    const discord = await startDiscordEmulator();
    const outcome = judge(discord, { code: 0, signal: null }, 'secret');
    await discord.close();
    expect(outcome).toMatchObject({ isGood: false, messages: 0, occurrences: 0, pinged: 0 });
    expect(outcome.pages.every(({ faults }) => faults.length === 1)).toBe(true);
    expect(outcome.promises.at(-1)?.faults).toEqual(['exit code 0, expected 1']);
  });

  it('judges: a secret that was sent, a page that nobody ordered, a ping that should not have been', async () => {
    const discord = await startDiscordEmulator();
    await fetch(`${discord.webhookUrl('alerts').replace('/api/', '/api/v10/')}?wait=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'test/1' },
      body: JSON.stringify({ content: 'secret @everyone', allowed_mentions: { parse: ['everyone'] } }),
    });
    const { promises } = judge(discord, { code: 1, signal: null }, 'secret');
    await discord.close();
    expect(promises.map(({ faults }) => faults.length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('judges: a page that did not come is a fault', () => {
    for (const { page } of SCENES) expect(faultsOf(page, [])).toEqual([`no such message in #${page.channel}`]);
  });

  it.each([
    [{}, []],
    [
      { embeds: [{ title: 'ledger does not balance, payouts are stopped ×2', color: 0xff0000 }] },
      ['count: found 2, expected 1'],
    ],
    [
      { embeds: [{ title: 'ledger does not balance, payouts are stopped', color: 1 }] },
      ['colour: found 1, expected 16711680'],
    ],
    [{ pinged: false }, ['pings: found false, expected true']],
    [{ notified: 'silent' }, ['sound: found silent, expected push']],
    [{ channel: 'alerts' }, ['no such message in #p0']],
    [
      { content: '🔴 P0 shop' },
      ['content: found 🔴 P0 shop, expected 🔴 P0 shop · ledger does not balance, payouts are stopped @everyone'],
    ],
  ])('judges: with %j it finds %j', (difference, faults) => {
    const page = SCENES.find(({ name }) => name === 'fatal')?.page as ExpectedPage;
    const message = {
      channel: 'p0',
      content: '🔴 P0 shop · ledger does not balance, payouts are stopped @everyone',
      embeds: [{ title: 'ledger does not balance, payouts are stopped', color: 0xff0000 }],
      pinged: true,
      notified: 'push',
      attachments: [],
      ...difference,
    };
    expect(faultsOf(page, [message as unknown as EmulatedMessage])).toEqual(faults);
    if (faults.length === 0)
      expect(faultsOf(page, [message, message] as never)).toEqual(['messages: found 2, expected 1']);
  });

  it('knows what its shop needs', async () => {
    expect(missingPackages()).toEqual([]);
    const elsewhere = await mkdtemp(join(tmpdir(), 'demo-'));
    await writeFile(join(elsewhere, 'package.json'), '{}');
    expect(missingPackages(elsewhere)).toEqual(SHOP_PACKAGES);
  });
});

describe('the shop', () => {
  it.each(['server.js', 'logger.js'])('%s knows nothing of the pager', async (file) => {
    const source = await readFile(join(SHOP_DIR, file), 'utf8');
    expect(source).not.toMatch(/pager|discord/i);
  });
});
