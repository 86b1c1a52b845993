import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMemoryIncidentStoreHub } from '../../src/state/memory-incident-store.ts';
import { assemble, standing, WEBHOOK_ID } from '../support/assembled-pager.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { ScriptedDiscord } from '../support/scripted-discord.ts';
import { openStores } from '../support/stores.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-end-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MINUTE_MS = 60_000;

describe('a page that was raised while the first message was under way', () => {
  it('is not lost with its process', async () => {
    const hub = createMemoryIncidentStoreHub();
    const clock = new ManualClock();
    const discord = new ScriptedDiscord(clock);
    discord.latencyMs = 500;
    const open = () => hub.open({ webhookIds: [WEBHOOK_ID], service: 'shop', startedMs: clock.now() });
    const store = open();
    const a = await assemble({}, { clock, discord, store });
    a.send({ dedupKey: 'k', priority: 'P1', message: 'broken' });
    await clock.advance(100);
    a.send({ dedupKey: 'k', priority: 'P0', message: 'broken' });
    discord.answer(
      { kind: 'throttled', scope: 'channel', retryAfterMs: 60_000 },
      1,
      ({ message }) => message?.content?.startsWith('🔴') === true,
    );
    await clock.advance(2_000);
    expect(standing(discord).map(({ content }) => content)).toEqual([expect.stringMatching(/^🟠 P1/)]);
    hub.kill(store);
    await a.core.stop();
    const b = await assemble({}, { clock, discord, store: open() });
    await clock.advance(2 * MINUTE_MS);
    expect(standing(discord).map(({ content }) => content)).toEqual([
      expect.stringMatching(/^🟠 P1/),
      expect.stringMatching(/^🔴 P0/),
    ]);
    await b.core.stop();
  });
});

describe('more incidents than are kept', () => {
  it.each([
    ['while they are still being claimed', 0],
    ['when the outbox is full', 1_500],
  ])(
    'are all shown, or counted as lost, should the process end in an outage %s',
    async (_when, lost) => {
      const stores = openStores(mkdtempSync(join(root, 'state-')));
      const discord = new ScriptedDiscord(stores.clock);
      discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, Number.POSITIVE_INFINITY);
      const store = await stores.open({ webhookIds: [WEBHOOK_ID], service: 'shop' });
      const { send, core } = await assemble({}, { clock: stores.clock, discord, store });
      for (let i = 0; i < 3_500; i++) send({ dedupKey: `k${i}`, message: `trouble ${i}`, priority: 'P2' });
      await expect.poll(() => core.counters().dropped.queue_full ?? 0, { timeout: 30_000 }).toBe(lost);
      // The disk takes its time, which this clock does not see.
      await store.flush();
      const flushed = core.flush(1_000);
      await expect
        .poll(
          async () => {
            await stores.advance(100);
            return Promise.race([flushed.then(() => true), settle().then(() => false)]);
          },
          { timeout: 20_000 },
        )
        .toBe(true);
      const { spooled } = await flushed;
      await core.stop();
      const next = await stores.open({ webhookIds: [WEBHOOK_ID], service: 'shop' });
      const waiting = (await next.adopt())
        .flatMap(({ incidents }) => incidents)
        .filter(({ incident }) => incident.pendingSinceMs !== undefined).length;
      const { dropped } = core.counters();
      expect(spooled).toBe(waiting);
      expect(waiting + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(3_500);
    },
    60_000,
  );
});
