import { RecentMap } from './pipeline/recent-map.ts';

/** More keys than the application's thread can have repeats waiting for. */
const MAX_KEYS = 8_192;

/**
 * Alerts that a redaction processor has dropped, by the key under which their repeats come: those are dropped as well, and the next
 * one has to come in full, so that it is decided anew.
 */
export class DroppedRepeats {
  readonly #keys = new RecentMap<number, true>(MAX_KEYS);
  #untold = new Set<number>();

  dropped(repeatKey: number): void {
    this.#keys.set(repeatKey, true);
    this.#untold.add(repeatKey);
  }

  /** It was let through this time. */
  passed(repeatKey: number): void {
    this.#keys.delete(repeatKey);
  }

  has(repeatKey: number): boolean {
    return this.#keys.get(repeatKey) === true;
  }

  /** The keys that the application's thread has to forget, since the last call. */
  takeUntold(): number[] {
    if (this.#untold.size === 0) return [];
    const keys = [...this.#untold];
    this.#untold = new Set();
    return keys;
  }
}
