import type { Clock } from '../../src/clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #nowMs: number;
  #setByMs = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(nowMs = 1_700_000_000_000) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  steadyMs(): number {
    return this.#nowMs - this.#setByMs;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        dueMs: this.steadyMs() + Math.max(0, ms),
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** Moves on, waking sleepers at their times and letting what they started come to rest. */
  async advance(ms: number): Promise<void> {
    const endMs = this.steadyMs() + ms;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.#nowMs += Math.max(0, next.dueMs - this.steadyMs());
      next.wake();
      await settle();
    }
    this.#nowMs += Math.max(0, endMs - this.steadyMs());
    await settle();
  }

  /** Sets the clock without waking anybody, as an administrator does. */
  set(nowMs: number): void {
    this.#setByMs += nowMs - this.#nowMs;
    this.#nowMs = nowMs;
  }
}

/** Lets everything that waits on promises alone run to its end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
