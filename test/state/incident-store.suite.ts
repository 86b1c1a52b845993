import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { Contribution, IncidentStore, Inheritance } from '../../src/pipeline/incident-store.ts';
import { makeIncident, makeRedacted } from '../support/alerts.ts';

/** Who opens the store under test. */
export interface TestMember {
  readonly webhookIds?: readonly string[];
  readonly service?: string;
}

/** A store that several members open, each as if in a process of its own. */
export interface StoreUnderTest {
  open(member?: TestMember): Promise<IncidentStore>;
  /** Ends the member's process from one instant to the next. */
  kill(store: IncidentStore): Promise<void>;
  /** Moves the time that members are told. */
  advance(ms: number): Promise<void>;
  now(): number;
}

const HOOK = '11111111111111111';
const OTHER_HOOK = '22222222222222222';

function contribution(given: Partial<Contribution> = {}): Contribution {
  return {
    fingerprint: 'f',
    action: 'trigger',
    count: 3,
    firstMs: 1_000,
    lastMs: 2_000,
    priority: 'P1',
    alert: makeRedacted({ message: 'müde 🔴\nzweite Zeile', repeatKey: 0 }),
    ...given,
  };
}

const incidentsOf = (inherited: readonly Inheritance[]): Incident[] =>
  inherited.flatMap(({ incidents }) => incidents.map(({ incident }) => incident));

/** What every incident store does, told to those who write one. */
export function describeIncidentStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an incident store`, () => {
    let store: StoreUnderTest;
    beforeEach(async () => {
      store = await create();
    });
    const open = (member: TestMember = {}): Promise<IncidentStore> => store.open({ webhookIds: [HOOK], ...member });

    describe('claims', () => {
      it('gives an incident to one of all members that ask at once', async () => {
        const members = await Promise.all(Array.from({ length: 8 }, () => open()));
        const claims = await Promise.all(members.map((member) => member.claim(HOOK, 'f')));
        expect(claims.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
        const named = new Set(claims.flatMap((claim) => (claim.kind === 'theirs' ? [claim.member] : [])));
        expect(named.size).toBe(1);
      });

      it('gives it to the same member again', async () => {
        const member = await open();
        await member.claim(HOOK, 'f');
        expect(await member.claim(HOOK, 'f')).toEqual({ kind: 'ours', inherited: [] });
      });

      it('keeps fingerprints of any form, and webhooks, apart', async () => {
        const a = await open({ webhookIds: [HOOK, OTHER_HOOK] });
        const b = await open({ webhookIds: [HOOK, OTHER_HOOK] });
        const fingerprints = ['key:a', 'key:A', 'key:../a', 'key:a/b', 'key:', 'key:ä 🔴', `key:${'k'.repeat(256)}`];
        for (const fingerprint of fingerprints) {
          expect(await a.claim(HOOK, fingerprint)).toMatchObject({ kind: 'ours' });
          expect(await b.claim(OTHER_HOOK, fingerprint)).toMatchObject({ kind: 'ours' });
          expect(await b.claim(HOOK, fingerprint)).toMatchObject({ kind: 'theirs' });
        }
      });

      it('gives it away again once it is forgotten', async () => {
        const [a, b] = [await open(), await open()];
        await a.claim(HOOK, 'f');
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        a.remove(HOOK, 'f');
        await a.flush();
        await expect.poll(() => b.claim(HOOK, 'f')).toMatchObject({ kind: 'ours' });
      });

      it('keeps it for a member that forgot it, and asks for it again at once', async () => {
        const [a, b] = [await open(), await open()];
        for (let i = 0; i < 20; i++) {
          await a.claim(HOOK, `f${i}`);
          a.remove(HOOK, `f${i}`);
          expect(await a.claim(HOOK, `f${i}`)).toMatchObject({ kind: 'ours' });
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
        for (let i = 0; i < 20; i++) expect(await b.claim(HOOK, `f${i}`)).toMatchObject({ kind: 'theirs' });
      });

      it('names who has an incident, for those who only want to resolve it', async () => {
        const [a, b] = [await open({ webhookIds: [HOOK, OTHER_HOOK] }), await open({ webhookIds: [HOOK, OTHER_HOOK] })];
        await a.claim(OTHER_HOOK, 'f');
        expect(await a.holder('f')).toBeUndefined();
        expect(await b.holder('f')).toMatchObject({ webhookId: OTHER_HOOK, isAlive: true });
        await store.kill(a);
        expect(await b.holder('f')).toMatchObject({ webhookId: OTHER_HOOK, isAlive: false });
        expect(await b.holder('unknown')).toBeUndefined();
      });
    });

    describe('what a member leaves', () => {
      it('goes to the next member whole, in its newest state', async () => {
        const a = await open();
        const incident = makeIncident({
          fingerprint: 'f',
          state: 'resolved',
          priority: 'P0',
          closedAtMs: 5,
          lastNotifiedMs: 6,
          pendingSinceMs: 7,
          owedReason: 'escalated',
          message: { webhookId: HOOK, channelId: '1', guildId: '2', messageId: '3', threadId: '4' },
          alert: makeRedacted({
            message: 'müde 🔴\nund noch eine Zeile',
            repeatKey: 0,
            error: { type: 'TypeError', message: 'x', stack: 'at y', cause: { type: 'Error', message: 'z' } },
            attributes: { list: [1, 'a', null], nested: { ok: true } },
            fields: { order: '4711' },
          }),
        });
        a.put(HOOK, incident);
        await a.flush();
        incident.count = 41;
        delete incident.pendingSinceMs;
        a.put(HOOK, incident);
        expect(await a.flush()).toBe(true);
        await store.kill(a);
        const b = await open();
        const [inheritance, ...more] = await b.adopt();
        expect(more).toEqual([]);
        expect(inheritance?.incidents).toEqual([{ webhookId: HOOK, incident }]);
      });

      it('goes to exactly one of all that look at once', async () => {
        const a = await open();
        for (let i = 0; i < 20; i++) a.put(HOOK, makeIncident({ fingerprint: `f${i}` }));
        await a.flush();
        await store.kill(a);
        const heirs = await Promise.all(Array.from({ length: 5 }, () => open()));
        const adopted = (await Promise.all(heirs.map((heir) => heir.adopt()))).map((inherited) =>
          incidentsOf(inherited),
        );
        expect(adopted.map(({ length }) => length).toSorted((x, y) => x - y)).toEqual([0, 0, 0, 0, 20]);
      });

      it('stays where no webhook of the next one is meant', async () => {
        const a = await open({ webhookIds: [HOOK, OTHER_HOOK] });
        a.put(HOOK, makeIncident({ fingerprint: 'here' }));
        a.put(OTHER_HOOK, makeIncident({ fingerprint: 'there' }));
        await a.flush();
        await store.kill(a);
        const b = await open({ webhookIds: [OTHER_HOOK] });
        expect(incidentsOf(await b.adopt()).map(({ fingerprint }) => fingerprint)).toEqual(['there']);
        const c = await open({ webhookIds: [HOOK] });
        expect(incidentsOf(await c.adopt()).map(({ fingerprint }) => fingerprint)).toEqual(['here']);
      });

      it('is not taken from a member that lives', async () => {
        const a = await open();
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        await a.flush();
        const b = await open();
        expect(await b.adopt()).toEqual([]);
      });

      it('is there at once after a member has left by itself', async () => {
        const a = await open();
        await a.claim(HOOK, 'f');
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        await a.close();
        const b = await open();
        expect(incidentsOf(await b.adopt())).toHaveLength(1);
      });

      it('holds no incident that was forgotten', async () => {
        const a = await open();
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        a.put(HOOK, makeIncident({ fingerprint: 'g' }));
        await a.flush();
        a.remove(HOOK, 'f');
        await a.flush();
        await store.kill(a);
        expect(incidentsOf(await (await open()).adopt()).map(({ fingerprint }) => fingerprint)).toEqual(['g']);
      });

      it('is passed on by a chain of members', async () => {
        const a = await open();
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        await a.flush();
        await store.kill(a);
        for (let i = 0; i < 5; i++) {
          const heir = await open();
          const inherited = await heir.adopt();
          expect(incidentsOf(inherited)).toHaveLength(1);
          for (const { incidents, settled } of inherited) {
            for (const { webhookId, incident } of incidents) heir.put(webhookId, { ...incident, count: i });
            await settled();
          }
          await store.kill(heir);
        }
        expect(incidentsOf(await (await open()).adopt())).toMatchObject([{ fingerprint: 'f', count: 4 }]);
      });

      it('comes with its claim: a member that asks for an incident of the dead gets all it had', async () => {
        const a = await open();
        await a.claim(HOOK, 'f');
        await a.claim(HOOK, 'g');
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        a.put(HOOK, makeIncident({ fingerprint: 'g' }));
        await a.flush();
        await store.kill(a);
        const [b, c] = [await open(), await open()];
        const claim = await b.claim(HOOK, 'f');
        expect(claim.kind).toBe('ours');
        expect(
          incidentsOf(claim.kind === 'ours' ? claim.inherited : [])
            .map(({ fingerprint }) => fingerprint)
            .toSorted(),
        ).toEqual(['f', 'g']);
        expect(await c.claim(HOOK, 'g')).toMatchObject({ kind: 'theirs' });
      });

      it('is the heir’s also where the dead one had no time to claim it, unless somebody else has it by then', async () => {
        const a = await open();
        for (const fingerprint of ['f', 'g']) a.put(HOOK, makeIncident({ fingerprint }));
        await a.flush();
        await store.kill(a);
        const [heir, other] = [await open(), await open()];
        await other.claim(HOOK, 'g');
        for (const { settled } of await heir.adopt()) await settled();
        await vi.waitFor(async () => expect(await other.holder('f')).toMatchObject({ isAlive: true }));
        expect(await other.claim(HOOK, 'f')).toMatchObject({ kind: 'theirs' });
        expect(await heir.claim(HOOK, 'g')).toMatchObject({ kind: 'theirs' });
      });

      it('is claimed by one of all that meet a dead member’s incident at once', async () => {
        const a = await open();
        await a.claim(HOOK, 'f');
        a.put(HOOK, makeIncident({ fingerprint: 'f' }));
        await a.flush();
        await store.kill(a);
        const members = await Promise.all(Array.from({ length: 6 }, () => open()));
        const claims = await Promise.all(members.map((member) => member.claim(HOOK, 'f')));
        expect(claims.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
      });
    });

    describe('what others see of an incident', () => {
      it('arrives where the incident is, whole', async () => {
        const [a, b] = [await open(), await open()];
        const arrived: Contribution[] = [];
        a.start({
          inherited: () => undefined,
          contributed: (contributions) => arrived.push(...contributions),
          requested: () => undefined,
          failed: () => undefined,
          damaged: () => undefined,
          unsaved: () => undefined,
        });
        await a.claim(HOOK, 'f');
        const claim = await b.claim(HOOK, 'f');
        const sent = contribution();
        expect(claim.kind === 'theirs' && (await b.forward(HOOK, claim.member, sent))).toBe(true);
        await store.advance(6_000);
        await expect.poll(() => arrived).toEqual([sent]);
        await a.close();
      });

      it('goes with the incident when it was not looked at in time', async () => {
        const [a, b] = [await open(), await open()];
        await a.claim(HOOK, 'f');
        const claim = await b.claim(HOOK, 'f');
        if (claim.kind === 'theirs') await b.forward(HOOK, claim.member, contribution({ count: 5 }));
        await store.kill(a);
        const inherited = await (await open()).adopt();
        expect(inherited.flatMap(({ contributions }) => contributions)).toMatchObject([{ webhookId: HOOK, count: 5 }]);
      });

      it('is not given to a member that has ended', async () => {
        const [a, b] = [await open(), await open()];
        await a.claim(HOOK, 'f');
        const claim = await b.claim(HOOK, 'f');
        await store.kill(a);
        expect(claim.kind === 'theirs' && (await b.forward(HOOK, claim.member, contribution()))).toBe(false);
      });
    });

    it('tells members what others have sent to their webhook', async () => {
      const [a, b, stranger] = [await open(), await open(), await open({ webhookIds: [OTHER_HOOK] })];
      const told: string[] = [];
      const listen = (name: string, member: IncidentStore): void =>
        member.start({
          inherited: () => undefined,
          contributed: () => undefined,
          requested: (webhookId, requests) => {
            for (const { kind } of requests) told.push(`${name}: ${kind} ${webhookId}`);
          },
          failed: () => undefined,
          damaged: () => undefined,
          unsaved: () => undefined,
        });
      listen('b', b);
      listen('stranger', stranger);
      a.noteRequest(HOOK, 'post');
      await store.advance(1_000);
      await expect
        .poll(async () => {
          await b.adopt();
          return told;
        })
        .toEqual([`b: post ${HOOK}`]);
      await Promise.all([a.close(), b.close(), stranger.close()]);
    });

    it('knows whether a service has started since', async () => {
      const before = store.now();
      await store.advance(1_000);
      const a = await open({ service: 'shop' });
      await open({ service: 'mail' });
      await a.adopt();
      expect(a.hasStartedSince('shop', undefined, before)).toBe(true);
      expect(a.hasStartedSince('mail', undefined, before)).toBe(true);
      expect(a.hasStartedSince('other', undefined, before)).toBe(false);
      expect(a.hasStartedSince('shop', undefined, store.now())).toBe(false);
    });
  });
}
