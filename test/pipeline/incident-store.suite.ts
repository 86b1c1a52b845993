import { describe, expect, test } from 'vitest';
import type { RedactedAlert } from '../../src/alert.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { IncidentStore } from '../../src/pipeline/incident-store.ts';

/** An incident with everything set, so that a store which forgets a part of it is found out. */
export function makeIncident(fingerprint: string, parts: Partial<Incident> = {}): Incident {
  return {
    id: `ID${fingerprint}`,
    fingerprint,
    state: 'resolved',
    priority: 'P1',
    channel: 'default',
    firstSeenMs: 1_000,
    lastSeenMs: 2_000,
    count: 3,
    closedAtMs: 2_500,
    reason: 'first',
    alert: {
      id: 'a1',
      timestampMs: 1_000,
      source: 'log',
      priority: 'P1',
      explicit: false,
      action: 'trigger',
      message: 'müde 🔴',
      origin: { service: 'shop' },
      attributes: { list: [1, 'a', null], nested: { ok: true } },
      repeatKey: 7,
      count: 1,
    } as unknown as RedactedAlert,
    lastNotifiedMs: 1_100,
    message: { webhookId: '1', channelId: '2', messageId: '3' },
    pendingSinceMs: 1_050,
    owedReason: 'escalated',
    ...parts,
  };
}

/** What every incident store does. `create` makes an empty one. */
export function describeIncidentStore(name: string, create: () => IncidentStore): void {
  describe(`${name} as an incident store`, () => {
    test('is empty at first', () => {
      const store = create();
      expect(store.size).toBe(0);
      expect(store.get('a')).toBeUndefined();
      expect([...store.values()]).toEqual([]);
      expect(store.delete('a')).toBe(false);
    });

    test('gives back everything that was put', () => {
      const store = create();
      store.put(makeIncident('a'));
      expect(store.get('a')).toEqual(makeIncident('a'));
      expect([...store.values()]).toEqual([makeIncident('a')]);
    });

    test('keeps fingerprints of any form apart', () => {
      const store = create();
      const fingerprints = [
        'key:a',
        'key:A',
        'key:../a',
        'key:a/b',
        'key:',
        'key:ä 🔴',
        `key:${'k'.repeat(256)}`,
        '__proto__',
      ];
      for (const fingerprint of fingerprints) store.put(makeIncident(fingerprint));
      expect(store.size).toBe(fingerprints.length);
      for (const fingerprint of fingerprints) expect(store.get(fingerprint)?.fingerprint).toBe(fingerprint);
    });

    test('replaces the incident of the same fingerprint', () => {
      const store = create();
      store.put(makeIncident('a'));
      store.put(makeIncident('a', { id: 'OTHER', count: 9 }));
      expect(store.size).toBe(1);
      expect(store.get('a')).toMatchObject({ id: 'OTHER', count: 9 });
    });

    test('a changed incident counts once it was put', () => {
      const store = create();
      store.put(makeIncident('a'));
      const incident = store.get('a') as Incident;
      incident.count = 42;
      delete incident.message;
      store.put(incident);
      expect(store.get('a')?.count).toBe(42);
      expect(store.get('a')).not.toHaveProperty('message');
    });

    test('deletes, also while its values are run through', () => {
      const store = create();
      for (const fingerprint of ['a', 'b', 'c']) store.put(makeIncident(fingerprint));
      const seen: string[] = [];
      for (const { fingerprint } of store.values()) {
        seen.push(fingerprint);
        expect(store.delete(fingerprint)).toBe(true);
      }
      expect(seen.sort()).toEqual(['a', 'b', 'c']);
      expect(store.size).toBe(0);
      expect(store.get('a')).toBeUndefined();
    });
  });
}
