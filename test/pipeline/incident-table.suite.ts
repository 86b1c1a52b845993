import { describe, expect, test } from 'vitest';
import type { RedactedAlert } from '../../src/alert.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { IncidentTable } from '../../src/pipeline/incident-table.ts';

/** An incident with everything set, so that a table which forgets a part of it is found out. */
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

/** What every incident table does. `create` makes an empty one. */
export function describeIncidentTable(name: string, create: () => IncidentTable): void {
  describe(`${name} as an incident table`, () => {
    test('is empty at first', () => {
      const table = create();
      expect(table.size).toBe(0);
      expect(table.get('a')).toBeUndefined();
      expect([...table.values()]).toEqual([]);
      expect(table.delete('a')).toBe(false);
    });

    test('gives back everything that was put', () => {
      const table = create();
      table.put(makeIncident('a'));
      expect(table.get('a')).toEqual(makeIncident('a'));
      expect([...table.values()]).toEqual([makeIncident('a')]);
    });

    test('keeps fingerprints of any form apart', () => {
      const table = create();
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
      for (const fingerprint of fingerprints) table.put(makeIncident(fingerprint));
      expect(table.size).toBe(fingerprints.length);
      for (const fingerprint of fingerprints) expect(table.get(fingerprint)?.fingerprint).toBe(fingerprint);
    });

    test('replaces the incident of the same fingerprint', () => {
      const table = create();
      table.put(makeIncident('a'));
      table.put(makeIncident('a', { id: 'OTHER', count: 9 }));
      expect(table.size).toBe(1);
      expect(table.get('a')).toMatchObject({ id: 'OTHER', count: 9 });
    });

    test('a changed incident counts once it was put', () => {
      const table = create();
      table.put(makeIncident('a'));
      const incident = table.get('a') as Incident;
      incident.count = 42;
      delete incident.message;
      table.put(incident);
      expect(table.get('a')?.count).toBe(42);
      expect(table.get('a')).not.toHaveProperty('message');
    });

    test('deletes, also while its values are run through', () => {
      const table = create();
      for (const fingerprint of ['a', 'b', 'c']) table.put(makeIncident(fingerprint));
      const seen: string[] = [];
      for (const { fingerprint } of table.values()) {
        seen.push(fingerprint);
        expect(table.delete(fingerprint)).toBe(true);
      }
      expect(seen.sort()).toEqual(['a', 'b', 'c']);
      expect(table.size).toBe(0);
      expect(table.get('a')).toBeUndefined();
    });
  });
}
