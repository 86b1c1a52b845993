/** Time as a value: everything that waits or asks for the time gets one of these. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since some instant, which nobody can set: for what has to last, whatever the time of day does. */
  steadyMs(): number;
  /**
   * Resolves after `ms` milliseconds, or at once when the signal aborts (it never rejects). A pending sleep never keeps the
   * process alive.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest timer Node takes; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  steadyMs: () => performance.now(),
  sleep(ms, signal) {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.max(0, ms), MAX_TIMER_MS));
      timer.unref();
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};

/**
 * The same time as of now, going on evenly whatever the clock is set to meanwhile: for waits and pauses. Not for what is shown: it
 * knows nothing of a suspended machine, nor of a clock that was wrong.
 */
export function steadyClock(clock: Clock): Clock {
  const offsetMs = clock.now() - clock.steadyMs();
  return {
    now: () => offsetMs + clock.steadyMs(),
    steadyMs: () => clock.steadyMs(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** Smaller differences are the clock's own corrections. */
const SET_FROM_MS = 5_000;

/** Tells by how much a clock was set (or the machine stood still) since it was asked last; 0 for less than five seconds. */
export class ClockWatch {
  readonly #clock: Clock;
  #offsetMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offsetMs = clock.now() - clock.steadyMs();
  }

  takeSetMs(): number {
    const offsetMs = this.#clock.now() - this.#clock.steadyMs();
    const setMs = offsetMs - this.#offsetMs;
    if (Math.abs(setMs) < SET_FROM_MS) return 0;
    this.#offsetMs = offsetMs;
    return setMs;
  }
}
