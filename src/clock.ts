/** Time as a value: everything that waits or asks for the time gets one of these. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
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
