import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PagerConfig } from '../../src/config/pager-config.ts';
import type { PagerRole } from '../../src/pager.ts';
import type { IncidentStore } from '../../src/pipeline/incident-store.ts';
import { createMemoryIncidentStoreHub, type MemoryIncidentStoreHub } from '../../src/state/memory-incident-store.ts';
import { type AssembledPager, assemble, standing, WEBHOOK_ID } from '../support/assembled-pager.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedDiscord } from '../support/scripted-discord.ts';

const MINUTE_MS = 60_000;

/** Processes that share a store in memory. */
interface Machine {
  readonly clock: ManualClock;
  readonly discord: ScriptedDiscord;
  start(given?: Start): Promise<AssembledPager & { kill(): Promise<void> }>;
}

interface Start {
  readonly role?: PagerRole;
  readonly options?: PagerConfig;
  readonly wrap?: (store: IncidentStore) => IncidentStore;
}

const P0_WEBHOOK_ID = '22222222222222222';
const TWO_CHANNELS: PagerConfig = {
  webhooks: {
    default: `http://127.0.0.1:9/api/v10/webhooks/${WEBHOOK_ID}/${'t'.repeat(68)}`,
    p0: `http://127.0.0.1:9/api/v10/webhooks/${P0_WEBHOOK_ID}/${'t'.repeat(68)}`,
  },
};

function machine(): Machine {
  const hub: MemoryIncidentStoreHub = createMemoryIncidentStoreHub();
  const clock = new ManualClock();
  const discord = new ScriptedDiscord(clock);
  return {
    clock,
    discord,
    async start({ role = 'service', options = {}, wrap = (store: IncidentStore) => store } = {}) {
      const webhookIds = [WEBHOOK_ID, P0_WEBHOOK_ID];
      const store = hub.open({ webhookIds, service: 'shop', startedMs: clock.now() });
      const pager = await assemble(options, { clock, discord, store: wrap(store), role });
      return {
        ...pager,
        async kill() {
          hub.kill(store);
          await pager.core.stop();
        },
      };
    },
  };
}

describe('an incident that another process has', () => {
  it('is counted whole when its resolve follows at once', async () => {
    const { clock, discord, start } = machine();
    const a = await start();
    const b = await start();
    a.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(1_000);
    b.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(1_000);
    for (let i = 0; i < 3; i++) b.send({ dedupKey: 'k', message: 'broken' });
    b.send({ dedupKey: 'k', action: 'resolve', message: '' });
    await clock.advance(20_000);
    expect(standing(discord)).toHaveLength(1);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^✅ ~~broken ×5~~/);
  });

  it('is on fire, and counted, when it came back after a resolve and its process has died', async () => {
    const { clock, discord, start } = machine();
    const a = await start();
    a.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(1_000);
    const b = await start();
    b.send({ dedupKey: 'k', action: 'resolve', message: '' });
    await clock.advance(MINUTE_MS);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^✅ ~~broken~~/);
    await a.kill();
    for (let i = 0; i < 3; i++) b.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(20_000);
    expect(standing(discord).map(({ titles }) => titles[0])).toEqual(['broken ×4']);
  });
});

describe('an incident that goes from one process to another', () => {
  it('is taken back once, however slowly, while it goes on', async () => {
    const { clock, discord, start } = machine();
    const a = await start();
    a.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(1_000);
    let delayMs = 0;
    const b = await start({
      wrap: (store) => ({
        ...store,
        async claim(webhookId, fingerprint) {
          const claim = await store.claim(webhookId, fingerprint);
          await clock.sleep(delayMs);
          return claim;
        },
      }),
    });
    b.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(1_000);
    delayMs = 700;
    await a.kill();
    for (let i = 0; i < 10; i++) {
      b.send({ dedupKey: 'k', message: 'broken' });
      await clock.advance(150);
    }
    await clock.advance(20_000);
    expect(standing(discord).map(({ titles }) => titles)).toEqual([['broken ×12']]);
  });

  it('leaves nothing under the webhook of whoever resolved it', async () => {
    const { clock, discord, start } = machine();
    const a = await start({ options: TWO_CHANNELS });
    a.send({ dedupKey: 'k', priority: 'P0', message: 'broken' });
    await clock.advance(1_000);
    const b = await start({ options: TWO_CHANNELS, role: 'command' });
    b.send({ dedupKey: 'k', action: 'resolve', message: '' });
    await clock.advance(10_000);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^✅ ~~broken~~/);
    await b.kill();
    await start({ options: TWO_CHANNELS });
    await clock.advance(10_000);
    expect(standing(discord)).toHaveLength(1);
  });
});

describe('what a dead process left', () => {
  it('is one message each when two of its incidents come back at once', async () => {
    const { clock, discord, start } = machine();
    const a = await start();
    a.send({ dedupKey: 'f', message: 'disk' });
    await clock.advance(5_000);
    a.send({ dedupKey: 'g', message: 'network' });
    await clock.advance(5_000);
    const b = await start();
    await a.kill();
    const sent = [b.send({ dedupKey: 'f', message: 'disk' }), b.send({ dedupKey: 'g', message: 'network' })];
    await clock.advance(20_000);
    expect(standing(discord).map(({ titles }) => titles)).toEqual([['disk ×2'], ['network ×2']]);
    expect(sent.filter(({ id }) => !b.settled.has(id))).toEqual([]);
  });

  it('is shown by a command whose page is about it', async () => {
    const { clock, discord, start } = machine();
    const a = await start();
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 1);
    a.send({ dedupKey: 'k', message: 'broken' });
    a.send({ dedupKey: 'other', message: 'not this one' });
    await clock.advance(0);
    await a.kill();
    expect(standing(discord)).toEqual([]);
    const command = await start({ role: 'command' });
    command.send({ dedupKey: 'k', message: 'broken' });
    await clock.advance(5_000);
    expect(standing(discord).map(({ titles }) => titles)).toEqual([['broken ×2']]);
  });
});

describe('several processes that come and go', () => {
  it('show every incident in one message, with the count of all', async () => {
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('alerts' as const),
          who: fc.nat(2),
          keys: fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(0, 100, 300, 2_000) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), who: fc.nat(2) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { clock, discord, start } = machine();
        const options = { resolveAfter: 'off', repeatInterval: '300d' };
        const members = [await start({ options }), await start({ options }), await start({ options })];
        const sent = new Map<string, number>();
        for (const one of steps) {
          if (one.kind === 'time') await clock.advance(one.ms);
          else if (one.kind === 'alerts') {
            for (const key of one.keys) {
              members[one.who]?.send({ dedupKey: `k${key}`, message: `trouble ${key}.` });
              sent.set(`trouble ${key}.`, (sent.get(`trouble ${key}.`) ?? 0) + 1);
            }
          } else {
            // What was on its way is there.
            await clock.advance(2_000);
            await members[one.who]?.kill();
            members[one.who] = await start({ options });
          }
        }
        await clock.advance(3 * MINUTE_MS);
        for (const [title, count] of sent) {
          const shown = standing(discord).flatMap(({ titles }) => titles.filter((one) => one.startsWith(title)));
          expect(shown).toEqual([count === 1 ? title : `${title} ×${count}`]);
        }
        for (const member of members) await member.core.stop();
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
