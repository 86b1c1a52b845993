import type { WindowLimit } from './options.ts';

/** What a window says about itself at one moment. */
export interface WindowState {
  readonly limit: number;
  readonly remaining: number;
  /** Until places are free again; the whole window where none is taken. */
  readonly resetAfterMs: number;
}

/**
 * Counts requests against a {@link WindowLimit}. Pure: the time is handed in and may stand still.
 *
 * Invariant: holds at most `limit` times, and none older than `windowMs` after any call.
 */
export class RateWindow {
  readonly #rule: WindowLimit;
  /** When each place was taken; for a fixed window, all of the window that began with the first. */
  #takenMs: number[] = [];

  constructor(rule: WindowLimit) {
    this.#rule = rule;
  }

  state(nowMs: number): WindowState {
    this.#forget(nowMs);
    const { limit, windowMs } = this.#rule;
    const first = this.#takenMs[0];
    return {
      limit,
      remaining: Math.max(0, limit - this.#takenMs.length),
      resetAfterMs: first === undefined ? windowMs : first + windowMs - nowMs,
    };
  }

  /** Takes a place; false, and nothing changed, when none is free. */
  take(nowMs: number): boolean {
    this.#forget(nowMs);
    if (this.#takenMs.length >= this.#rule.limit) return false;
    this.#takenMs.push(nowMs);
    return true;
  }

  /** True when nothing is remembered, so that the window can be thrown away. */
  isIdle(nowMs: number): boolean {
    this.#forget(nowMs);
    return this.#takenMs.length === 0;
  }

  #forget(nowMs: number): void {
    const { windowMs, window } = this.#rule;
    const first = this.#takenMs[0];
    if (first === undefined || nowMs < first + windowMs) return;
    this.#takenMs = window === 'sliding' ? this.#takenMs.filter((at) => nowMs < at + windowMs) : [];
  }
}

/** The most windows kept per kind of key; beyond it idle ones are swept, then the oldest. */
const MAX_WINDOWS = 5_000;
/** How many a sweep leaves at most, so that it is not needed again at the very next key. */
const SWEPT_WINDOWS = 4_000;

/** Windows by key, made on first use, bounded. */
export class RateWindows {
  readonly #rule: WindowLimit;
  readonly #windows = new Map<string, RateWindow>();

  constructor(rule: WindowLimit) {
    this.#rule = rule;
  }

  of(key: string, nowMs: number): RateWindow {
    let window = this.#windows.get(key);
    if (window === undefined) {
      if (this.#windows.size >= MAX_WINDOWS) this.#sweep(nowMs);
      window = new RateWindow(this.#rule);
      this.#windows.set(key, window);
    }
    return window;
  }

  clear(): void {
    this.#windows.clear();
  }

  #sweep(nowMs: number): void {
    for (const [key, window] of this.#windows) {
      if (window.isIdle(nowMs)) this.#windows.delete(key);
    }
    for (const key of this.#windows.keys()) {
      if (this.#windows.size <= SWEPT_WINDOWS) return;
      this.#windows.delete(key);
    }
  }
}
