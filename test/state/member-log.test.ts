import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/pipeline/incident.ts';
import { MemberLog } from '../../src/state/member-log.ts';
import { readRecordLines, toRecordLine } from '../../src/state/record-lines.ts';
import { readIncidents } from '../../src/state/stored-incident.ts';
import { makeIncident, makeRedacted } from '../support/alerts.ts';
import { FakeDisk } from '../support/fake-disk.ts';
import { ManualClock } from '../support/manual-clock.ts';

const FILE = '/state/log';

interface Bench {
  readonly log: MemberLog;
  readonly disk: FakeDisk;
  readonly clock: ManualClock;
  readonly failures: string[];
  readonly unsaved: number[];
  /** What a later process reads. */
  recovered(): Map<string, Incident>;
}

function bench(maxLiveChars?: number): Bench {
  const disk = new FakeDisk();
  const clock = new ManualClock();
  const failures: string[] = [];
  const unsaved: number[] = [];
  const log = new MemberLog(FILE, {
    files: disk.asFiles,
    clock,
    events: { failed: (code) => failures.push(code), unsaved: (count) => unsaved.push(count) },
    ...(maxLiveChars === undefined ? {} : { maxLiveChars }),
  });
  return {
    log,
    disk,
    clock,
    failures,
    unsaved,
    recovered() {
      const { texts } = readRecordLines(disk.files.get(FILE) ?? '');
      return new Map([...readIncidents(texts).incidents].map(([key, { incident }]) => [key, incident]));
    },
  };
}

describe('record lines', () => {
  it('give back what was written, and pass over what is damaged', () => {
    const texts = ['{}', '{"a":"müde 🔴"}', '{"b":2}'];
    const content = texts.map(toRecordLine).join('');
    expect(readRecordLines(content)).toEqual({ texts, damaged: 0 });
    expect(readRecordLines(`${content}${toRecordLine('{"c":3}').slice(0, -3)}`)).toEqual({ texts, damaged: 1 });
    expect(readRecordLines(`nonsense\n\n${content}`)).toEqual({ texts, damaged: 1 });
    expect(readRecordLines(content.replace('"b":2', '"b":3'))).toEqual({ texts: texts.slice(0, 2), damaged: 1 });
  });

  it('never give back what was not written, whatever became of the file', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => JSON.stringify({ value }));
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.nat(2_000)), fc.string(), (texts, cuts, garbage) => {
        let content = texts.map(toRecordLine).join('');
        for (const cut of cuts) {
          const at = content.length === 0 ? 0 : cut % content.length;
          content = content.slice(0, at) + garbage + content.slice(at + (cut % 7));
        }
        for (const found of readRecordLines(content).texts) {
          // 32 bits are no proof; the garbage of this test does not hit them.
          expect(texts).toContain(found);
        }
      }),
    );
  });
});

describe('a log', () => {
  it('writes what waits to be shown at once, the rest within 100 ms', async () => {
    const { log, disk, clock } = bench();
    log.put(makeIncident({ fingerprint: 'quiet' }));
    await clock.advance(99);
    expect(disk.writes).toBe(0);
    log.put(makeIncident({ fingerprint: 'waiting', pendingSinceMs: 1 }));
    await clock.advance(0);
    expect(disk.writes).toBe(1);
    await clock.advance(1_000);
    expect(disk.writes).toBe(1);
  });

  it('writes the alert once, and a storm in few writes', async () => {
    const { log, disk, clock, recovered } = bench();
    const incident = makeIncident({ fingerprint: 'f', alert: makeRedacted({ message: 'x'.repeat(5_000) }) });
    for (let i = 0; i < 100_000; i++) {
      incident.count++;
      log.put(incident);
      if (i % 10_000 === 0) await clock.advance(100);
    }
    await log.flush();
    expect(disk.writes).toBeLessThan(15);
    expect(disk.files.get(FILE)?.match(/x{5000}/g)).toHaveLength(1);
    expect(recovered().get('f')?.count).toBe(100_001);
  });

  it('is written anew before it grows to more than three times of what is alive', async () => {
    const { log, disk, recovered } = bench();
    const incident = makeIncident({ fingerprint: 'f' });
    let longest = 0;
    for (let i = 0; i < 3_000; i++) {
      incident.count = i;
      log.put(incident);
      await log.flush();
      longest = Math.max(longest, disk.files.get(FILE)?.length ?? 0);
    }
    expect(longest).toBeLessThan(300_000);
    expect(recovered().get('f')?.count).toBe(2_999);
  });

  it('says once that it cannot write, goes on in memory, and writes all of it when it can again', async () => {
    const { log, disk, clock, failures, recovered } = bench();
    disk.failure = 'ENOSPC';
    for (let i = 0; i < 5; i++) {
      log.put(makeIncident({ fingerprint: `f${i}`, pendingSinceMs: 1 }));
      await clock.advance(1_000);
    }
    expect(await log.flush()).toBe(false);
    expect(failures).toEqual(['ENOSPC']);
    disk.failure = undefined;
    await clock.advance(31_000);
    expect([...recovered().keys()].toSorted()).toEqual(['f0', 'f1', 'f2', 'f3', 'f4']);
    expect(await log.flush()).toBe(true);
    disk.failure = 'EROFS';
    log.put(makeIncident({ fingerprint: 'g', pendingSinceMs: 1 }));
    await clock.advance(1_000);
    expect(failures).toEqual(['ENOSPC', 'EROFS']);
  });

  it('tries again after its pause, whatever the clock was set to meanwhile', async () => {
    const { log, disk, clock, recovered } = bench();
    disk.failure = 'ENOSPC';
    log.put(makeIncident({ fingerprint: 'f', pendingSinceMs: 1 }));
    await clock.advance(1_000);
    clock.set(clock.now() - 86_400_000);
    disk.failure = undefined;
    await clock.advance(31_000);
    expect([...recovered().keys()]).toEqual(['f']);
  });

  it('at the very end writes what an unfinished write was about to add', async () => {
    const { log, disk, clock, recovered } = bench();
    disk.isHanging = true;
    log.put(makeIncident({ fingerprint: 'f', pendingSinceMs: 1 }));
    await clock.advance(0);
    expect(disk.writes).toBe(1);
    const other = makeIncident({ fingerprint: 'g', pendingSinceMs: 1 });
    log.put(other);
    expect(log.flushSync()).toBe(true);
    expect([...recovered().keys()].toSorted()).toEqual(['f', 'g']);
    disk.failure = 'ENOSPC';
    log.put(makeIncident({ fingerprint: 'h', pendingSinceMs: 1 }));
    expect(log.flushSync()).toBe(false);
  });

  it('at its bound lets go of what is missed least: closed, then shown, then the least urgent that waits', async () => {
    const { log, recovered, unsaved } = bench(28_000);
    const alert = makeRedacted({ message: 'x'.repeat(1_500) });
    const put = (fingerprint: string, parts: Partial<Incident>): void =>
      log.put(makeIncident({ fingerprint, alert, ...parts }));
    for (let i = 0; i < 8; i++) put(`closed${i}`, { state: 'resolved', closedAtMs: 1 });
    for (let i = 0; i < 8; i++) put(`shown${i}`, { state: 'firing' });
    for (let i = 0; i < 8; i++) put(`waits${i}`, { pendingSinceMs: 1, priority: i < 4 ? 'P2' : 'P0' });
    await log.flush();
    const kept = [...recovered().keys()];
    expect(kept.filter((name) => name.startsWith('closed'))).toEqual([]);
    expect(kept.filter((name) => name.startsWith('waits'))).toHaveLength(8);
    expect(unsaved.reduce((sum, count) => sum + count, 0)).toBe(24 - kept.length);
  });

  it('equals its model, however often the machine stops in the middle of a write', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('put' as const), key: fc.nat(8), isUrgent: fc.boolean() }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), key: fc.nat(8) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.nat(300) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(3_000), async (steps, tearAt) => {
        const { log, disk, clock, recovered } = bench();
        /** Every state of a key since it was last known to be on disk; undefined: forgotten. */
        const possible = new Map<string, Set<number | undefined>>();
        let version = 0;
        const live = new Map<string, Incident>();
        const note = (key: string, state: number | undefined): void => {
          possible.set(key, (possible.get(key) ?? new Set([undefined])).add(state));
        };
        for (const [index, one] of steps.entries()) {
          if (index === Math.floor(steps.length / 2)) disk.tearNextAt = tearAt;
          if (one.kind === 'time') await clock.advance(one.ms);
          else if (one.kind === 'flush') {
            if (!(await log.flush())) break;
            for (const key of possible.keys()) possible.set(key, new Set([live.get(key)?.count]));
          } else if (one.kind === 'put') {
            const key = `k${one.key}`;
            const incident = live.get(key) ?? makeIncident({ fingerprint: key });
            incident.count = ++version;
            if (one.isUrgent) incident.pendingSinceMs = 1;
            else delete incident.pendingSinceMs;
            live.set(key, incident);
            note(key, version);
            log.put(incident);
          } else {
            const key = `k${one.key}`;
            live.delete(key);
            note(key, undefined);
            log.remove(key);
          }
          if (disk.failure !== undefined) break;
        }
        const found = recovered();
        for (const [key, states] of possible) expect(states).toContain(found.get(key)?.count);
        for (const key of found.keys()) expect(possible.has(key)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
