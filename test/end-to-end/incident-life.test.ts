import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Priority } from '../../src/priority.ts';
import { createMemoryIncidentStoreHub } from '../../src/state/memory-incident-store.ts';
import { assemble, standing, WEBHOOK_ID } from '../support/assembled-pager.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { ScriptedDiscord } from '../support/scripted-discord.ts';
import { openStores } from '../support/stores.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-life-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const footers = (discord: ScriptedDiscord): string[] =>
  discord.seen.flatMap(({ message }) => message?.embeds.map(({ footer }) => footer?.text ?? '') ?? []);

describe('escalation', () => {
  it('past a count raises by one priority, once, and says why', async () => {
    const { send, discord, clock } = await assemble({ escalateCount: 100 });
    for (let i = 0; i < 250; i++) send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    await clock.advance(10_000);
    expect(discord.posts.map(({ message }) => message?.content)).toEqual([
      expect.stringMatching(/^🟠 P1 shop · broken ×250/),
    ]);
    expect(footers(discord).at(-1)).toBe('ID1 · escalated, 100 times · P1');
    for (let i = 0; i < 5_000; i++) send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    await clock.advance(30_000);
    expect(discord.posts).toHaveLength(1);
  });

  it('past a count begins anew once it was closed: one more is not what a hundred were', async () => {
    const { send, discord, clock } = await assemble({ escalateCount: 100 });
    for (let i = 0; i < 100; i++) send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    await clock.advance(10_000);
    for (let i = 0; i < 3; i++) {
      await clock.advance(20 * MINUTE_MS);
      send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    }
    await clock.advance(2 * HOUR_MS);
    send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    await clock.advance(MINUTE_MS);
    expect(discord.posts.map(({ message }) => message?.content?.slice(0, 5))).toEqual(['🟠 P1']);
    for (let i = 0; i < 99; i++) send({ dedupKey: 'k', message: 'broken', priority: 'P2' });
    await clock.advance(MINUTE_MS);
    expect(discord.posts.map(({ message }) => message?.content?.slice(0, 5))).toEqual(['🟠 P1', '🟠 P1']);
  });

  it('past a rate, and not by the same number spread over time', async () => {
    const slow = await assemble({ escalateRate: '20/1m' });
    for (let i = 0; i < 100; i++) {
      slow.send({ dedupKey: 'k', priority: 'P1' });
      await slow.clock.advance(6_000);
    }
    expect(slow.discord.posts).toHaveLength(1);
    const fast = await assemble({ escalateRate: '20/1m' });
    for (let i = 0; i < 100; i++) {
      fast.send({ dedupKey: 'k', priority: 'P1' });
      await fast.clock.advance(1_000);
    }
    expect(fast.discord.posts.map(({ message }) => message?.content?.slice(0, 5))).toEqual(['🟠 P1', '🔴 P0']);
    expect(footers(fast.discord)).toContain('ID1 · escalated, 20 times in 1 min · P0');
  });

  it('of a P1 that nobody resolves', async () => {
    const { send, discord, clock } = await assemble({ escalateAfter: '30m', resolveAfter: 'off' });
    send({ dedupKey: 'k', priority: 'P1' });
    send({ dedupKey: 'warning', priority: 'P2' });
    await clock.advance(29 * MINUTE_MS);
    expect(discord.posts).toHaveLength(2);
    await clock.advance(2 * MINUTE_MS);
    expect(discord.posts.map(({ message }) => message?.content?.slice(0, 5))).toEqual(['🟠 P1', undefined, '🔴 P0']);
    expect(footers(discord)).toContain('ID1 · escalated, unresolved for 30 min · P0');
    await clock.advance(10 * HOUR_MS);
    expect(discord.posts).toHaveLength(3);
  });

  it('does not happen unless asked for', async () => {
    const { send, discord, clock } = await assemble({ resolveAfter: 'off', repeatInterval: '30d' });
    for (let i = 0; i < 10_000; i++) send({ dedupKey: 'k', priority: 'P1' });
    await clock.advance(24 * HOUR_MS);
    expect(discord.posts).toHaveLength(1);
  });
});

describe('what was affected', () => {
  it('names instances and routes, however often', async () => {
    const { send, discord, clock } = await assemble();
    for (let i = 0; i < 30; i++) {
      send({
        dedupKey: 'k',
        origin: { service: 'shop', instance: `pod-${i % 3}` },
        attributes: { 'http.route': i % 2 ? '/pay' : '/cart', 'http.request.method': 'POST' },
      });
    }
    await clock.advance(10_000);
    const fields = discord.edits.at(-1)?.message?.embeds[0]?.fields ?? discord.posts[0]?.message?.embeds[0]?.fields;
    expect(fields).toContainEqual({ name: 'Instances', value: '3: pod-0, pod-1, pod-2', inline: true });
    expect(fields).toContainEqual({ name: 'Routes', value: '2: POST /cart, POST /pay', inline: true });
  });
});

describe('a P0', () => {
  it('is closed by quiet only after its service has started again', async () => {
    const hub = createMemoryIncidentStoreHub();
    const clock = new ManualClock();
    const discord = new ScriptedDiscord(clock);
    const first = hub.open({ webhookIds: [WEBHOOK_ID], service: 'shop', startedMs: clock.now() });
    const a = await assemble({}, { clock, discord, store: first });
    await clock.advance(1_000);
    a.send({ dedupKey: 'k', priority: 'P0', message: 'the process died' });
    await clock.advance(2 * HOUR_MS);
    expect(standing(discord).map(({ titles }) => titles)).toEqual([['the process died']]);
    hub.kill(first);
    await a.core.stop();
    const second = hub.open({ webhookIds: [WEBHOOK_ID], service: 'shop', startedMs: clock.now() });
    const b = await assemble({}, { clock, discord, store: second });
    await clock.advance(9 * MINUTE_MS);
    expect(standing(discord)[0]?.titles).toEqual(['the process died']);
    await clock.advance(2 * MINUTE_MS);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^the process died · quiet for/);
    await b.core.stop();
  });
});

describe('a clock that is set', () => {
  it.each([
    ['an hour ahead', HOUR_MS],
    ['a day back', -24 * HOUR_MS],
  ])('%s neither closes nor repeats anything', async (_what, byMs) => {
    const { send, discord, clock } = await assemble();
    send({ dedupKey: 'k', priority: 'P1', message: 'broken' });
    await clock.advance(5 * MINUTE_MS);
    clock.set(clock.now() + byMs);
    send({ dedupKey: 'k', priority: 'P1', message: 'broken' });
    await clock.advance(2 * MINUTE_MS);
    expect(discord.posts).toHaveLength(1);
    expect(standing(discord)[0]?.titles).toEqual(['broken ×2']);
    // And everything goes on as it should: quiet after ten minutes.
    await clock.advance(9 * MINUTE_MS);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^broken ×2 · quiet/);
    send({ dedupKey: 'other', priority: 'P1', message: 'more' });
    await clock.advance(1_000);
    expect(discord.posts).toHaveLength(2);
  });
});

describe('an outage of ten minutes under load', () => {
  it('loses nothing, shows the most urgent first, and says how late each is', async () => {
    const { send, discord, clock, core, settled } = await assemble();
    discord.answer(
      { kind: 'retryable', reason: 'server_error', ambiguous: false },
      Number.POSITIVE_INFINITY,
      ({ atMs }) => atMs < endMs,
    );
    const endMs = clock.now() + 10 * MINUTE_MS + 1_000;
    const ids: string[] = [];
    for (let i = 0; i < 300; i++) {
      const priority: Priority = i === 150 ? 'P0' : i % 4 === 0 ? 'P1' : 'P2';
      ids.push(send({ dedupKey: `k${i}`, priority, message: `trouble ${i}` }).id);
      await clock.advance(2_000);
    }
    expect(standing(discord)).toEqual([]);
    await clock.advance(2 * MINUTE_MS);
    const shown = standing(discord);
    expect(shown[0]?.content).toMatch(/^🔴 P0 shop · trouble 150 · delayed [45] min @everyone$/);
    const named = discord.posts
      .filter(({ accepted }) => accepted)
      .flatMap(({ message }) => [
        ...(message?.embeds.map(({ title }) => title ?? '') ?? []),
        ...(message?.files?.map(({ text }) => text) ?? []),
      ])
      .join('\n');
    for (let i = 0; i < 300; i++) expect(named).toMatch(new RegExp(`trouble ${i}\\b`));
    expect(ids.filter((id) => !settled.has(id))).toEqual([]);
    expect(core.counters()).toMatchObject({ queued: 0, dropped: {} });
    expect(footers(discord).filter((footer) => footer.includes('delayed')).length).toBeGreaterThan(50);
  });
});

describe('shown + counted = received', () => {
  it('for any interleaving of alerts, faults and time', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant('alerts' as const),
          key: fc.integer({ min: 0, max: 400 }),
          many: fc.integer({ min: 1, max: 30 }),
          priority: fc.constantFrom<Priority>('P0', 'P1', 'P2', 'P3'),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(0, 50, 400, 3_000, 30_000) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('fault' as const),
          times: fc.integer({ min: 1, max: 5 }),
          result: fc.constantFrom('server_error', 'throttled', 'refused'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('resolve' as const), key: fc.integer({ min: 0, max: 400 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const { send, discord, clock, core } = await assemble({
          minPriority: 'P3',
          resolveAfter: 'off',
          repeatInterval: '300d',
        });
        let received = 0;
        const countOf = new Map<string, number>();
        for (const one of steps) {
          switch (one.kind) {
            case 'alerts':
              for (let i = 0; i < one.many; i++) {
                const key = `k${(one.key + i * 7) % 400}`;
                send({ dedupKey: key, message: `trouble ${key}.`, priority: one.priority });
                countOf.set(key, (countOf.get(key) ?? 0) + 1);
                received++;
              }
              break;
            case 'time':
              await clock.advance(one.ms);
              break;
            case 'fault':
              discord.answer(
                one.result === 'server_error'
                  ? { kind: 'retryable', reason: 'server_error', ambiguous: false }
                  : one.result === 'throttled'
                    ? { kind: 'throttled', scope: 'bucket', retryAfterMs: 700 }
                    : { kind: 'rejected', reason: 'invalid_payload', status: 400 },
                one.times,
              );
              break;
            case 'resolve': {
              const key = `k${one.key}`;
              if (countOf.has(key)) send({ dedupKey: key, action: 'resolve', message: '' });
              break;
            }
          }
        }
        await clock.advance(30 * MINUTE_MS);
        expect(core.isIdle).toBe(true);
        const { posted, suppressed, dropped, queued } = core.counters();
        const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
        const resolves = steps.filter(({ kind }) => kind === 'resolve').length;
        expect(queued).toBe(0);
        // A notice stands for the alerts that led to it; everything else was counted into an incident.
        expect(posted + lost).toBeGreaterThanOrEqual(countOf.size);
        expect(suppressed).toBeLessThanOrEqual(received + resolves);
        // The newest state of every message is the truth.
        const text = standing(discord)
          .flatMap(({ titles }) => titles)
          .join('\n');
        const inDigest = discord.posts.some(
          ({ message, accepted }) => accepted && message?.files?.some(({ name }) => name.startsWith('incidents-')),
        );
        const wasRefused = steps.some((one) => one.kind === 'fault' && one.result === 'refused');
        if (!wasRefused && !inDigest && lost === 0) {
          for (const [key, count] of countOf) {
            expect(text).toMatch(new RegExp(`trouble ${key}\\\\?\\.${count > 1 ? ` ×${count}` : '(?! ×)'}`));
          }
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('100,000 different troubles', () => {
  it('take no more memory than the bound, and what is forgotten is counted', async () => {
    const { send, discord, clock, core } = await assemble();
    for (let i = 0; i < 100_000; i++) {
      send({ dedupKey: `k${i}`, message: `trouble ${i}`, priority: 'P2' });
      if (i % 5_000 === 0) await clock.advance(1_000);
    }
    await clock.advance(30 * MINUTE_MS);
    const { posted, dropped, queued } = core.counters();
    const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect(posted + lost + queued).toBe(100_000);
    expect(queued).toBe(0);
    expect(standing(discord).some(({ titles }) => titles.some((title) => title.includes('were not shown')))).toBe(true);
  }, 60_000);
});

describe('several processes over one directory', () => {
  const start = async (stores: ReturnType<typeof openStores>, discord: ScriptedDiscord) => {
    const store = await stores.open({ webhookIds: [WEBHOOK_ID], service: 'shop' });
    return { store, ...(await assemble({}, { clock: stores.clock, discord, store })) };
  };
  /** Files take real time, which the manual clock does not see. */
  const pass = async (stores: ReturnType<typeof openStores>, ms: number): Promise<void> => {
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await settle();
    }
    await stores.clock.advance(ms);
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await settle();
    }
  };

  it('an occurrence in one is counted into the message of the other', async () => {
    const stores = openStores(mkdtempSync(join(root, 'state-')));
    const discord = new ScriptedDiscord(stores.clock);
    const a = await start(stores, discord);
    const b = await start(stores, discord);
    a.send({ dedupKey: 'k', message: 'broken' });
    await pass(stores, 100);
    for (let i = 0; i < 4; i++) b.send({ dedupKey: 'k', message: 'broken' });
    await pass(stores, 6_000);
    await pass(stores, 6_000);
    expect(standing(discord)).toEqual([expect.objectContaining({ titles: ['broken ×5'] })]);
    b.send({ dedupKey: 'k', action: 'resolve', message: '' });
    await pass(stores, 6_000);
    await pass(stores, 6_000);
    expect(standing(discord)[0]?.titles[0]).toMatch(/^✅ ~~broken ×5~~/);
    await Promise.all([a.core.stop(), b.core.stop()]);
  });

  it('when the one that has it dies, the other goes on with the same message', async () => {
    const stores = openStores(mkdtempSync(join(root, 'state-')));
    const discord = new ScriptedDiscord(stores.clock);
    const a = await start(stores, discord);
    const b = await start(stores, discord);
    a.send({ dedupKey: 'k', message: 'broken' });
    await pass(stores, 200);
    b.send({ dedupKey: 'k', message: 'broken' });
    await pass(stores, 200);
    await stores.kill(a.store);
    b.send({ dedupKey: 'k', message: 'broken' });
    await pass(stores, 6_000);
    await pass(stores, 6_000);
    expect(discord.posts).toHaveLength(1);
    expect(standing(discord)[0]?.titles).toEqual(['broken ×3']);
    await b.core.stop();
  });

  it('a message of several incidents is edited whole when only some of them are known', async () => {
    const stores = openStores(mkdtempSync(join(root, 'state-')));
    const discord = new ScriptedDiscord(stores.clock);
    discord.latencyMs = 200;
    const a = await start(stores, discord);
    for (const key of ['one', 'two', 'three', 'four']) a.send({ dedupKey: key, message: `${key} is broken` });
    await pass(stores, 2_000);
    // A repeat in a newer message leaves a gap in the old one.
    await a.core.stop();
    await stores.kill(a.store);
    const b = await start(stores, discord);
    b.send({ dedupKey: 'three', action: 'resolve', message: '' });
    await pass(stores, 10_000);
    const titles = standing(discord).flatMap((message) => message.titles);
    expect(titles).toEqual(expect.arrayContaining(['one is broken', 'two is broken', 'four is broken']));
    expect(titles.find((title) => title.includes('three'))).toMatch(/^✅ ~~three is broken/);
    await b.core.stop();
  });
});
