/** The pause before the next attempt after a fault of the server or the network; an immutable value. */
export interface Backoff {
  /** Consecutive faults so far. */
  readonly failures: number;
  /** How long to wait before the next attempt, jitter included. */
  readonly waitMs: number;
}

export const NO_BACKOFF: Backoff = { failures: 0, waitMs: 0 };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * The next pause: 0.5 s doubled with every fault up to 30 s, of which half is chance (`random` in [0, 1)), so that many
 * processes do not come back in step.
 */
export function nextBackoff(backoff: Backoff, random: () => number): Backoff {
  const failures = backoff.failures + 1;
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 16));
  return { failures, waitMs: ceiling / 2 + (ceiling / 2) * random() };
}
