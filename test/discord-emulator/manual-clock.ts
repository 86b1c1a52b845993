import type { Clock } from '../../src/clock.ts';

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Moves on by so many ms; sleeps that end meanwhile resolve, in order. */
  advance(ms: number): void;
  /** Resolves once at least so many sleeps are pending. */
  sleeping(count: number): Promise<void>;
}

/** 2026-01-02T03:04:05.678Z: ids and timestamps look as they do today. */
export const START_MS = 1_767_323_045_678;

export function createManualClock(startMs: number = START_MS): ManualClock {
  let nowMs = startMs;
  const sleepers: { untilMs: number; wake: () => void }[] = [];
  const watchers: { count: number; resolve: () => void }[] = [];
  return {
    now: () => nowMs,
    steadyMs: () => nowMs,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { untilMs: nowMs + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          resolve();
        });
        for (const watcher of watchers.splice(0)) {
          if (sleepers.length >= watcher.count) watcher.resolve();
          else watchers.push(watcher);
        }
      });
    },
    advance(ms) {
      nowMs += ms;
      const due = sleepers.filter((one) => one.untilMs <= nowMs).sort((a, b) => a.untilMs - b.untilMs);
      for (const one of due) {
        sleepers.splice(sleepers.indexOf(one), 1);
        one.wake();
      }
    },
    sleeping: (count) =>
      new Promise((resolve) => {
        if (sleepers.length >= count) resolve();
        else watchers.push({ count, resolve });
      }),
  };
}
