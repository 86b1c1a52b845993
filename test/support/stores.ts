import { type Clock, systemClock } from '../../src/clock.ts';
import type { IncidentStore } from '../../src/pipeline/incident-store.ts';
import { DirectoryIncidentStore } from '../../src/state/directory-incident-store.ts';
import { type StateFiles, systemFiles } from '../../src/state/files.ts';
import type { ProcessTable } from '../../src/state/process-identity.ts';
import type { StoreUnderTest, TestMember } from '../state/incident-store.suite.ts';
import { ManualClock } from './manual-clock.ts';

/** Stores over one directory, each as if in a process of its own on one machine. */
export interface DirectoryStores extends StoreUnderTest {
  readonly clock: ManualClock;
  open(member?: TestMember & { readonly files?: StateFiles; readonly host?: string }): Promise<IncidentStore>;
}

export function openStores(path: string): DirectoryStores {
  const clock = new ManualClock();
  const running = new Set<number>();
  const pidOf = new Map<IncidentStore, number>();
  let nextPid = 100;
  return {
    clock,
    async open(member = {}) {
      const pid = nextPid++;
      running.add(pid);
      const processes: ProcessTable = {
        own: { host: member.host ?? 'machine', boot: 'b', pidNamespace: 'n', pid, start: `s${pid}` },
        exists: (other) => running.has(other),
        startOf: (other) => (running.has(other) ? `s${other}` : ''),
      };
      const store = await DirectoryIncidentStore.open({
        path,
        webhookIds: member.webhookIds ?? [],
        memberId: `m${pid}`,
        service: member.service,
        files: dyingFiles(member.files ?? systemFiles, () => running.has(pid)),
        clock: stoppableClock(clock, () => running.has(pid)),
        processes,
      });
      pidOf.set(store, pid);
      return store;
    },
    kill(store) {
      running.delete(pidOf.get(store) ?? 0);
      return Promise.resolve();
    },
    advance: (ms) => clock.advance(ms),
    now: () => clock.now(),
  };
}

/** What a killed process has not written by then is never written. */
function dyingFiles(files: StateFiles, isRunning: () => boolean): StateFiles {
  const never = new Promise<never>(() => undefined);
  return new Proxy(files, {
    get(target, name: keyof StateFiles) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => (isRunning() ? method.apply(target, args) : never);
    },
  });
}

function stoppableClock(clock: Clock, isRunning: () => boolean): Clock {
  return {
    now: () => clock.now(),
    steadyMs: () => clock.steadyMs(),
    sleep: async (ms, signal) => {
      // Somebody else's files are waited for: that takes real time, and none by this clock.
      await (ms <= 20 ? systemClock : clock).sleep(ms, signal);
      if (!isRunning()) await new Promise(() => undefined);
    },
  };
}
