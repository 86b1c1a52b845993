import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, RedactedAlert } from '../../src/alert.ts';
import type { Incident, MessageRef, NotifyDecision } from '../../src/pipeline/incident.ts';
import type { Incidents, IncidentsOptions } from '../../src/pipeline/incident-stage.ts';
import { createIncidentTable, type IncidentTable } from '../../src/pipeline/incident-table.ts';
import { createIncidents } from '../../src/pipeline/incidents.ts';
import type { Priority } from '../../src/priority.ts';
import { makeIncident } from './incident-table.suite.ts';

const MINUTE_MS = 60_000;
const INTERVALS: Readonly<Record<Priority, number>> = {
  P0: 15 * MINUTE_MS,
  P1: 60 * MINUTE_MS,
  P2: 240 * MINUTE_MS,
  P3: 1_440 * MINUTE_MS,
  DEV: 1_440 * MINUTE_MS,
};

function makeAlert(parts: Partial<Alert> = {}): RedactedAlert {
  return {
    id: 'a1',
    timestampMs: 0,
    source: 'log',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: 'boom',
    origin: { service: 'shop' },
    attributes: {},
    repeatKey: 1,
    count: 1,
    ...parts,
  } as RedactedAlert;
}

function ref(messageId: string): MessageRef {
  return { webhookId: 'w', messageId };
}

/** A table that hands out copies, as one on disk would. */
function createCopyingStore(): IncidentTable {
  const inner = createIncidentTable();
  return {
    get: (fingerprint) => structuredClone(inner.get(fingerprint)),
    put: (incident) => inner.put(structuredClone(incident)),
    delete: (fingerprint) => inner.delete(fingerprint),
    values: () => structuredClone([...inner.values()]),
    get size() {
      return inner.size;
    },
  };
}

interface Bench {
  readonly table: IncidentTable;
  readonly incidents: Incidents;
  /** An alert of the key `k`, unless told otherwise. */
  send(nowMs: number, parts?: Partial<Alert>): NotifyDecision;
  accept(decision: NotifyDecision, messageId: string, nowMs: number): void;
  stored(key?: string): Incident;
}

function bench(options: Partial<IncidentsOptions> = {}): Bench {
  let ids = 0;
  const table = options.table ?? createIncidentTable();
  const incidents = createIncidents({
    table,
    repeatIntervalMs: INTERVALS,
    resolveAfterMs: 10 * MINUTE_MS,
    newId: () => `ID${++ids}`,
    ...options,
  });
  return {
    table,
    incidents,
    send(nowMs, parts = {}) {
      const alert = makeAlert({ dedupKey: 'k', timestampMs: nowMs, ...parts });
      return incidents.decide(alert, { priority: alert.priority, channel: alert.priority.toLowerCase() }, nowMs);
    },
    accept(decision, messageId, nowMs) {
      if (!decision.notify) throw new Error(`nothing to accept: ${decision.reason}`);
      incidents.notified(decision.incident, ref(messageId), nowMs);
    },
    stored(key = 'k') {
      const incident = table.get(`key:${key}`);
      if (incident === undefined) throw new Error('no such incident');
      return incident;
    },
  };
}

describe.each([
  ['in memory', createIncidentTable],
  ['in a table of copies', createCopyingStore],
])('%s', (_name, createStore) => {
  const start = (options: Partial<IncidentsOptions> = {}): Bench => bench({ table: createStore(), ...options });

  /** One incident, its first message accepted at time 0. */
  function firing(priority: Priority = 'P1'): Bench {
    const b = start();
    b.accept(b.send(0, { priority }), 'm1', 0);
    return b;
  }

  describe('an occurrence', () => {
    test('the first opens an incident and notifies', () => {
      const b = start();
      expect(b.send(5, { timestampMs: 3 })).toMatchObject({ notify: true, reason: 'first' });
      expect(b.stored()).toMatchObject({
        id: 'ID1',
        state: 'firing',
        priority: 'P1',
        channel: 'p1',
        count: 1,
        firstSeenMs: 3,
        lastSeenMs: 3,
        reason: 'first',
        pendingSinceMs: 5,
      });
      expect(b.stored().lastNotifiedMs).toBeUndefined();
    });

    test('others are counted into the standing message while its notice is under way, however long', () => {
      const b = start();
      b.send(0);
      expect(b.send(1)).toMatchObject({ notify: false, reason: 'suppressed' });
      expect(b.send(24 * 60 * MINUTE_MS, { count: 5 })).toMatchObject({ notify: false, reason: 'suppressed' });
      expect(b.stored().count).toBe(7);
    });

    test.each([
      ['before the interval', 60 * MINUTE_MS - 1, 'suppressed'],
      ['at the interval', 60 * MINUTE_MS, 'repeat_interval'],
    ])('%s after the accepted notice', (_when, nowMs, reason) => {
      const b = firing();
      expect(b.send(nowMs).reason).toBe(reason);
    });

    test('the interval counts from the accepted notice, not from the decision', () => {
      const b = start();
      const first = b.send(0);
      b.accept(first, 'm1', 30 * MINUTE_MS);
      expect(b.send(60 * MINUTE_MS).reason).toBe('suppressed');
      expect(b.send(90 * MINUTE_MS).reason).toBe('repeat_interval');
    });

    test('a repeated notice continues the message before it and is counted from anew', () => {
      const b = firing();
      const repeated = b.send(60 * MINUTE_MS);
      expect(repeated).toMatchObject({ notify: true, previous: ref('m1') });
      expect(b.send(61 * MINUTE_MS).reason).toBe('suppressed');
      b.accept(repeated, 'm2', 62 * MINUTE_MS);
      expect(b.stored()).toMatchObject({
        message: ref('m2'),
        lastNotifiedMs: 62 * MINUTE_MS,
        reason: 'repeat_interval',
      });
      expect(b.send(121 * MINUTE_MS).reason).toBe('suppressed');
      expect(b.send(122 * MINUTE_MS).reason).toBe('repeat_interval');
    });

    test('each priority has its own interval', () => {
      expect(firing('P0').send(15 * MINUTE_MS, { priority: 'P0' }).reason).toBe('repeat_interval');
      expect(firing('P2').send(60 * MINUTE_MS, { priority: 'P2' }).reason).toBe('suppressed');
    });

    test('a more urgent one raises the incident and notifies in its own channel', () => {
      const b = firing();
      expect(b.send(1, { priority: 'P0' })).toMatchObject({ notify: true, reason: 'escalated', previous: ref('m1') });
      expect(b.stored()).toMatchObject({ priority: 'P0', channel: 'p0', count: 2 });
      expect(b.send(2, { priority: 'P0' }).reason).toBe('suppressed');
    });

    test('a more urgent one does not wait for the first notice', () => {
      const b = start();
      b.send(0);
      expect(b.send(1, { priority: 'P0' }).reason).toBe('escalated');
    });

    test('a less urgent one changes neither priority nor channel', () => {
      const b = firing('P0');
      expect(b.send(1, { priority: 'P3' }).reason).toBe('suppressed');
      expect(b.stored()).toMatchObject({ priority: 'P0', channel: 'p0' });
    });

    test('shows the first text while it is counted, the new one with a new message', () => {
      const b = firing();
      b.send(1, { message: 'second' });
      expect(b.stored().alert.message).toBe('boom');
      b.send(2, { message: 'third', priority: 'P0' });
      expect(b.stored().alert.message).toBe('third');
    });

    test('times may come in any order', () => {
      const b = start();
      b.send(100, { timestampMs: 50 });
      b.send(101, { timestampMs: 90 });
      b.send(102, { timestampMs: 20 });
      b.send(103, { timestampMs: Number.NaN });
      expect(b.stored()).toMatchObject({ firstSeenMs: 20, lastSeenMs: 103, count: 4 });
    });

    test('one that was counted through another way in is not counted again', () => {
      const b = firing();
      expect(b.send(1, { count: 0 }).reason).toBe('suppressed');
      expect(b.stored().count).toBe(1);
      expect(b.send(2, { count: 0, priority: 'P0' }).reason).toBe('escalated');
      expect(b.stored().count).toBe(1);
    });

    test('… but counts where it opens an incident of its own', () => {
      const b = start();
      expect(b.send(0, { count: 0 }).reason).toBe('first');
      expect(b.stored().count).toBe(1);
    });

    test.each([Number.NaN, -3, Number.POSITIVE_INFINITY])('a count of %d counts nothing', (count) => {
      const b = firing();
      b.send(1, { count });
      expect(b.stored().count).toBe(1);
    });

    test('without a dedup key belongs to the incident of its computed fingerprint', () => {
      const { incidents } = start();
      const routed = { priority: 'P1', channel: 'p1' } as const;
      expect(incidents.decide(makeAlert({ message: 'order 17 failed' }), routed, 0).reason).toBe('first');
      expect(incidents.decide(makeAlert({ message: 'order 18 failed' }), routed, 1).reason).toBe('suppressed');
      expect(incidents.decide(makeAlert({ message: 'login failed' }), routed, 2).reason).toBe('first');
      expect(incidents.decide(makeAlert({ message: 'order 19 failed', action: 'resolve' }), routed, 3).reason).toBe(
        'resolved',
      );
    });
  });

  describe('a dropped message', () => {
    test('makes the next occurrence notify again, for the same reason', () => {
      const b = start();
      const first = b.send(0);
      if (first.notify) b.incidents.unnotified(first.incident);
      expect(b.stored().pendingSinceMs).toBeUndefined();
      expect(b.send(1)).toMatchObject({ notify: true, reason: 'first' });
      expect(b.send(2).reason).toBe('suppressed');
    });

    test('of an escalation is owed although an older message stands', () => {
      const b = firing();
      const escalated = b.send(1, { priority: 'P0' });
      if (escalated.notify) b.incidents.unnotified(escalated.incident);
      expect(b.stored().lastNotifiedMs).toBeUndefined();
      expect(b.send(2, { priority: 'P0' })).toMatchObject({ notify: true, reason: 'escalated', previous: ref('m1') });
    });

    test('is owed also where an earlier notice is accepted late', () => {
      const b = start();
      const first = b.send(0);
      const escalated = b.send(1, { priority: 'P0' });
      if (escalated.notify) b.incidents.unnotified(escalated.incident);
      b.accept(first, 'm1', 2);
      expect(b.send(3, { priority: 'P0' }).reason).toBe('escalated');
    });

    test('of an incident that has been evicted changes nothing else', () => {
      const b = start({ maxIncidents: 1 });
      const first = b.send(0);
      b.send(1, { dedupKey: 'other' });
      if (first.notify) b.incidents.unnotified(first.incident);
      b.accept(first, 'm1', 2);
      expect(b.table.size).toBe(1);
      expect(b.stored('other')).toMatchObject({ pendingSinceMs: 1 });
      b.send(3);
      if (first.notify) b.incidents.unnotified(first.incident);
      expect(b.stored()).toMatchObject({ id: 'ID3', pendingSinceMs: 3 });
    });
  });

  describe('a resolve', () => {
    const resolve = { action: 'resolve' } as const;

    test('closes the incident and edits its message green', () => {
      const b = firing('P0');
      expect(b.send(MINUTE_MS, resolve)).toMatchObject({
        notify: false,
        reason: 'resolved',
        incident: { state: 'resolved' },
      });
      expect(b.stored()).toMatchObject({
        state: 'resolved',
        closedAtMs: MINUTE_MS,
        count: 1,
        priority: 'P0',
        lastSeenMs: 0,
      });
      expect(b.stored().alert.message).toBe('boom');
    });

    test('the second has nothing to do', () => {
      const b = firing();
      b.send(1, resolve);
      expect(b.send(2, resolve)).toEqual({ notify: false, reason: 'ignored' });
      expect(b.stored().closedAtMs).toBe(1);
    });

    test('of a quiet incident turns it into a resolved one', () => {
      const b = firing();
      b.incidents.sweep(10 * MINUTE_MS);
      expect(b.send(11 * MINUTE_MS, resolve)).toMatchObject({ notify: false, reason: 'resolved' });
      expect(b.stored()).toMatchObject({ state: 'resolved', closedAtMs: 11 * MINUTE_MS });
    });

    test('while the first message is under way needs no message of its own', () => {
      const b = start();
      const first = b.send(0);
      expect(b.send(1, resolve)).toMatchObject({ notify: false, reason: 'resolved' });
      b.accept(first, 'm1', 2);
      expect(b.stored()).toMatchObject({ state: 'resolved', message: ref('m1') });
    });

    test('where no incident is known is one green message', () => {
      const b = start();
      expect(b.send(7, resolve)).toMatchObject({ notify: true, reason: 'resolved' });
      expect(b.stored()).toMatchObject({ state: 'resolved', closedAtMs: 7, count: 0, reason: 'resolved' });
      expect(b.send(8, resolve)).toEqual({ notify: false, reason: 'ignored' });
    });

    test('of which the green message was dropped is shown by the next resolve', () => {
      const b = start();
      const green = b.send(0, resolve);
      if (green.notify) b.incidents.unnotified(green.incident);
      expect(b.send(1, resolve)).toMatchObject({ notify: true, reason: 'resolved' });
    });

    test('where no message ever arrived says so once, in green', () => {
      const b = start();
      const first = b.send(0);
      if (first.notify) b.incidents.unnotified(first.incident);
      expect(b.send(1, resolve)).toMatchObject({ notify: true, reason: 'resolved' });
      expect(b.stored()).toMatchObject({ count: 1, alert: { message: 'boom' } });
    });
  });

  describe('an occurrence after closure', () => {
    const resolve = { action: 'resolve' } as const;

    test('within the interval the old message goes red again', () => {
      const b = firing();
      b.send(1, resolve);
      expect(b.send(2)).toMatchObject({ notify: false, reason: 'suppressed', incident: { state: 'firing', count: 2 } });
      expect(b.stored()).not.toHaveProperty('closedAtMs');
    });

    test('after the interval it is a new message', () => {
      const b = firing();
      b.send(1, resolve);
      expect(b.send(60 * MINUTE_MS, { message: 'again' })).toMatchObject({
        notify: true,
        reason: 'regressed',
        previous: ref('m1'),
      });
      expect(b.stored()).toMatchObject({ state: 'firing', count: 2, alert: { message: 'again' } });
    });

    test('the same after quiet', () => {
      const b = firing();
      b.incidents.sweep(10 * MINUTE_MS);
      expect(b.send(11 * MINUTE_MS).reason).toBe('suppressed');
      b.incidents.sweep(30 * MINUTE_MS);
      expect(b.send(61 * MINUTE_MS).reason).toBe('regressed');
    });

    test('a new message is as urgent as the new occurrence', () => {
      const b = firing('P0');
      b.send(1, resolve);
      expect(b.send(60 * MINUTE_MS, { priority: 'P2' }).reason).toBe('regressed');
      expect(b.stored()).toMatchObject({ priority: 'P2', channel: 'p2' });
    });

    test('a more urgent one notifies at once', () => {
      const b = firing();
      b.send(1, resolve);
      expect(b.send(2, { priority: 'P0' })).toMatchObject({ notify: true, reason: 'escalated' });
      expect(b.stored()).toMatchObject({ state: 'firing', priority: 'P0' });
    });

    test('where only a green message stands, it is the first', () => {
      const b = start();
      b.accept(b.send(0, resolve), 'green', 0);
      expect(b.send(1, { priority: 'P0' })).toMatchObject({ notify: true, reason: 'first', previous: ref('green') });
      expect(b.stored()).toMatchObject({ state: 'firing', count: 1, firstSeenMs: 1, priority: 'P0', channel: 'p0' });
    });

    test('where a green message had to stand for the dropped first, it is a new message', () => {
      const b = start();
      const first = b.send(0);
      if (first.notify) b.incidents.unnotified(first.incident);
      b.accept(b.send(1, resolve), 'green', 1);
      expect(b.send(2)).toMatchObject({ notify: true, reason: 'regressed', previous: ref('green') });
    });

    test('one from before the resolve that arrives late is counted, and it stays resolved', () => {
      const b = firing();
      b.send(20_000, resolve);
      expect(b.send(25_000, { timestampMs: 19_999 })).toMatchObject({ notify: false, reason: 'suppressed' });
      b.incidents.repeat({ repeatKey: 1, count: 7, firstMs: 5, lastMs: 15_000 }, 25_001);
      expect(b.stored()).toMatchObject({ state: 'resolved', closedAtMs: 20_000, count: 9 });
    });

    test.each<[string, number, Partial<Alert>]>([
      ['at the time of the resolve', 20_001, { timestampMs: 20_000 }],
      ['much later, from a clock that is behind', 30_001, { timestampMs: 10_000 }],
      ['more urgent', 20_001, { timestampMs: 10_000, priority: 'P0' }],
      ['after the clock jumped back', 15_000, { timestampMs: 15_000 }],
    ])('one %s opens it again', (_when, nowMs, parts) => {
      const b = firing();
      b.send(20_000, resolve);
      b.send(nowMs, parts);
      expect(b.stored()).toMatchObject({ state: 'firing', count: 2 });
    });

    test('where the first message was dropped, it is the first', () => {
      const b = start();
      const first = b.send(0);
      if (first.notify) b.incidents.unnotified(first.incident);
      b.incidents.sweep(10 * MINUTE_MS);
      expect(b.send(11 * MINUTE_MS)).toMatchObject({ notify: true, reason: 'first' });
    });

    test('one that was counted before has not come back', () => {
      const b = firing();
      b.send(1, resolve);
      expect(b.send(2, { count: 0 })).toEqual({ notify: false, reason: 'ignored' });
      expect(b.stored().state).toBe('resolved');
    });
  });

  describe('repeats', () => {
    test('of an unknown key are nobody’s', () => {
      expect(start().incidents.repeat({ repeatKey: 9, count: 5, firstMs: 0, lastMs: 1 }, 1)).toEqual({
        kind: 'unknown',
      });
    });

    test('of a known alert are counted, with their times', () => {
      const b = firing();
      const outcome = b.incidents.repeat({ repeatKey: 1, count: 500, firstMs: 10, lastMs: 90 }, 100);
      expect(outcome).toMatchObject({ kind: 'counted', incident: { count: 501, firstSeenMs: 0, lastSeenMs: 90 } });
      expect(b.stored().count).toBe(501);
    });

    test('notify again after the interval, with the text that is known', () => {
      const b = firing();
      const nowMs = 60 * MINUTE_MS;
      expect(b.incidents.repeat({ repeatKey: 1, count: 1, firstMs: nowMs, lastMs: nowMs }, nowMs)).toMatchObject({
        kind: 'notify',
        reason: 'repeat_interval',
        previous: ref('m1'),
        incident: { alert: { message: 'boom' } },
      });
    });

    test('open a closed incident again', () => {
      const b = firing();
      b.incidents.sweep(10 * MINUTE_MS);
      b.incidents.repeat({ repeatKey: 1, count: 2, firstMs: 0, lastMs: 0 }, 11 * MINUTE_MS);
      expect(b.stored()).toMatchObject({ state: 'firing', count: 3 });
    });

    test('of a resolve are resolves', () => {
      const b = firing();
      b.send(1, { action: 'resolve', repeatKey: 2 });
      b.send(2);
      const outcome = b.incidents.repeat({ repeatKey: 2, count: 1, firstMs: 3, lastMs: 3 }, 3);
      expect(outcome).toMatchObject({ kind: 'counted', incident: { state: 'resolved', count: 2 } });
    });

    test('of an evicted incident are unknown', () => {
      const b = start({ maxIncidents: 1 });
      b.send(0);
      b.send(1, { dedupKey: 'other', repeatKey: 2 });
      expect(b.incidents.repeat({ repeatKey: 1, count: 1, firstMs: 2, lastMs: 2 }, 2).kind).toBe('unknown');
    });

    test('are known for the alerts heard of last', () => {
      const b = start({ maxRepeatKeys: 2 });
      const repeat = (repeatKey: number): string =>
        b.incidents.repeat({ repeatKey, count: 1, firstMs: 0, lastMs: 0 }, 5).kind;
      b.send(0, { repeatKey: 1 });
      b.send(1, { repeatKey: 2 });
      expect(repeat(1)).toBe('counted');
      b.send(2, { repeatKey: 3 });
      expect(['1', '2', '3'].map((key) => repeat(Number(key)))).toEqual(['counted', 'unknown', 'counted']);
    });
  });

  describe('quiet', () => {
    test('closes what has been silent for long enough', () => {
      const b = firing();
      expect(b.incidents.sweep(10 * MINUTE_MS - 1).quiet).toEqual([]);
      expect(b.incidents.sweep(10 * MINUTE_MS).quiet).toMatchObject([
        { id: 'ID1', state: 'quiet', closedAtMs: 10 * MINUTE_MS },
      ]);
      expect(b.stored().state).toBe('quiet');
      expect(b.incidents.sweep(11 * MINUTE_MS).quiet).toEqual([]);
    });

    test('counts from when we were told, for what happened long before', () => {
      const b = start();
      b.accept(b.send(60 * MINUTE_MS, { timestampMs: 0 }), 'm1', 60 * MINUTE_MS);
      expect(b.incidents.sweep(69 * MINUTE_MS).quiet).toEqual([]);
      expect(b.incidents.sweep(70 * MINUTE_MS).quiet).toHaveLength(1);
    });

    test('never closes a P0, nor what is not delivered yet, nor anything when switched off', () => {
      const b = firing('P0');
      b.send(0, { dedupKey: 'pending' });
      expect(b.incidents.sweep(10_000 * MINUTE_MS).quiet).toEqual([]);
      const off = start({ resolveAfterMs: undefined });
      off.accept(off.send(0), 'm1', 0);
      expect(off.incidents.sweep(10_000 * MINUTE_MS).quiet).toEqual([]);
    });

    test('of an incident of an earlier run begins with this one', () => {
      const table = createStore();
      const left = makeIncident('key:k', { state: 'firing' });
      delete left.pendingSinceMs;
      table.put(left);
      const b = start({ table });
      expect(b.incidents.sweep(100 * MINUTE_MS).quiet).toEqual([]);
      expect(b.incidents.sweep(109 * MINUTE_MS).quiet).toEqual([]);
      expect(b.incidents.sweep(110 * MINUTE_MS).quiet).toHaveLength(1);
    });
  });

  describe('a clock that jumps back', () => {
    test('neither repeats nor closes', () => {
      const b = start();
      b.accept(b.send(600 * MINUTE_MS), 'm1', 600 * MINUTE_MS);
      expect(b.send(MINUTE_MS).reason).toBe('suppressed');
      expect(b.incidents.sweep(MINUTE_MS).quiet).toEqual([]);
      expect(b.incidents.sweep(300 * MINUTE_MS).quiet).toEqual([]);
    });
  });

  describe('when there are too many', () => {
    test('the one closed longest ago goes first, then the one heard of longest ago', () => {
      const b = start({ maxIncidents: 3 });
      for (const [nowMs, key] of ['a', 'b', 'c'].entries()) b.send(nowMs, { dedupKey: key });
      b.send(3, { dedupKey: 'c', action: 'resolve' });
      b.send(4, { dedupKey: 'b', action: 'resolve' });
      b.send(5, { dedupKey: 'd' });
      expect(b.table.get('key:c')).toBeUndefined();
      b.send(6, { dedupKey: 'e' });
      expect(b.table.get('key:b')).toBeUndefined();
      b.send(7, { dedupKey: 'a' });
      b.send(8, { dedupKey: 'f' });
      expect([...b.table.values()].map(({ fingerprint }) => fingerprint).sort()).toEqual(['key:a', 'key:e', 'key:f']);
      expect(b.incidents.counts()).toEqual({ firing: 3, closed: 0, evicted: 3, evictedOccurrences: 3 });
    });

    test('those left by an earlier run go before those of this one', () => {
      const table = createStore();
      table.put(makeIncident('key:old', { state: 'firing', lastSeenMs: 5 }));
      table.put(makeIncident('key:older', { state: 'firing', lastSeenMs: 4 }));
      const b = start({ table, maxIncidents: 3 });
      b.send(10);
      b.send(11, { dedupKey: 'new' });
      expect(table.get('key:older')).toBeUndefined();
      b.send(12, { dedupKey: 'newer' });
      expect(table.get('key:old')).toBeUndefined();
    });

    test('counts tells firing from closed', () => {
      const b = firing();
      b.send(1, { dedupKey: 'b' });
      b.send(2, { dedupKey: 'b', action: 'resolve' });
      expect(b.incidents.counts()).toEqual({ firing: 1, closed: 1, evicted: 0, evictedOccurrences: 0 });
      b.send(3, { dedupKey: 'b' });
      expect(b.incidents.counts()).toMatchObject({ firing: 2, closed: 0 });
    });
  });

  test('every occurrence is counted exactly once, whatever happens in between', () => {
    const step = fc.record({
      kind: fc.constantFrom('alert', 'alert', 'repeat', 'repeat_of_resolve', 'resolve', 'sweep', 'accept', 'drop'),
      key: fc.integer({ min: 1, max: 6 }),
      count: fc.integer({ min: 0, max: 4 }),
      priority: fc.constantFrom<Priority>('P0', 'P1', 'P2', 'DEV'),
      stepMs: fc.integer({ min: -5 * MINUTE_MS, max: 90 * MINUTE_MS }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (steps, maxIncidents) => {
        const b = start({ maxIncidents, maxRepeatKeys: 3 });
        let nowMs = 1_000_000;
        let given = 0;
        const waiting: Incident[] = [];
        for (const { kind, key, count, priority, stepMs } of steps) {
          nowMs += stepMs;
          const parts = { dedupKey: `k${key}`, priority };
          // One that opens an incident is an occurrence of it even if it was counted elsewhere.
          const occurrences = (b.table.get(`key:k${key}`)?.count ?? 0) === 0 ? Math.max(1, count) : count;
          if (kind === 'alert') {
            const decision = b.send(nowMs, { ...parts, repeatKey: key, count });
            if (decision.notify) waiting.push(decision.incident);
            given += occurrences;
          } else if (kind === 'resolve') {
            const decision = b.send(nowMs, { ...parts, repeatKey: -key, count, action: 'resolve' });
            if (decision.notify) waiting.push(decision.incident);
          } else if (kind === 'repeat' || kind === 'repeat_of_resolve') {
            const repeatKey = kind === 'repeat' ? key : -key;
            const outcome = b.incidents.repeat({ repeatKey, count, firstMs: nowMs, lastMs: nowMs }, nowMs);
            if (outcome.kind === 'notify') waiting.push(outcome.incident);
            if (outcome.kind !== 'unknown' && kind === 'repeat') given += occurrences;
          } else if (kind === 'sweep') b.incidents.sweep(nowMs);
          else {
            const incident = waiting.shift();
            if (incident === undefined) continue;
            if (kind === 'accept') b.incidents.notified(incident, ref(String(nowMs)), nowMs);
            else b.incidents.unnotified(incident);
          }
        }
        const counted = [...b.table.values()].reduce((sum, incident) => sum + incident.count, 0);
        const { firing: open, closed, evictedOccurrences } = b.incidents.counts();
        expect(open + closed).toBe(b.table.size);
        expect(b.table.size).toBeLessThanOrEqual(maxIncidents);
        expect(counted + evictedOccurrences).toBe(given);
      }),
    );
  });
});
