/**
 * A map that remembers in which order its entries were last set, and keeps at most `maxEntries` of them: beyond that the one set
 * longest ago goes.
 */
export class RecentMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #maxEntries: number;

  constructor(maxEntries: number = Number.POSITIVE_INFINITY) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets an entry and makes it the most recent. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#maxEntries) return;
    const oldest = this.oldestKey();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** The one set longest ago first. */
  keys(): Iterable<K> {
    return this.#entries.keys();
  }

  /** The key set longest ago. */
  oldestKey(): K | undefined {
    return this.#entries.keys().next().value;
  }
}
