import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExpectedPage, faultsOf, SCENES } from '../../src/cli/demo-scenes.ts';
import { missingPackages, SHOP_DIR, SHOP_PACKAGES } from '../../src/cli/demo-shop.ts';
import type { EmulatedMessage } from '../../src/testing.ts';
import { runBuilt } from './run-command.ts';

describe('the demo', () => {
  it('ends with 0 when every page has arrived as expected', { timeout: 40_000 }, async () => {
    const startedMs = Date.now();
    const { code, stdout, stderr } = await runBuilt(['demo', '--once']);
    expect({ code, stderr, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      stderr: '',
      last: `${SCENES.length}/${SCENES.length} pages as expected`,
    });
    expect(Date.now() - startedMs).toBeLessThan(20_000);
    expect(stdout).not.toContain('✗');
    for (const { story } of SCENES) expect(stdout.replace(/\s+/g, ' ')).toContain(story);
    // The password of the shop's database, as it stands nowhere: not in a page, not in its log as it is shown.
    expect(stdout).toContain('[REDACTED');
    expect(stdout).not.toMatch(/shop:[0-9a-f]{24}@/);
    expect(stdout).not.toContain('\u001b');
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
