/** What stands in the word when nothing is to be watched any more: the process is dying, or the pager was shut down. */
export const AT_REST = -1;

/** As many beats as a 32-bit word counts; then it begins again at 1. */
const MAX_BEATS = 0x7fff_ffff;

/**
 * The heartbeat of the application's thread: a word that it counts up while its event loop turns, for the pager thread to look
 * at. 0: it has not beaten yet.
 */
export class Beat {
  readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(4);
  readonly #word = new Int32Array(this.buffer);
  #timer: NodeJS.Timeout | undefined;

  /** Beats now, and from now on; after {@link end} no more. */
  start(everyMs: number): void {
    if (Atomics.load(this.#word, 0) === AT_REST) return;
    clearInterval(this.#timer);
    this.#count();
    // An interval instead of the clock's sleep, for what it costs the application: no promise, closure and timer of its own for
    // every beat, all its life long. It keeps no process alive.
    this.#timer = setInterval(() => this.#count(), everyMs);
    this.#timer.unref();
  }

  /** Final. What stands still from now on is no blocked loop. */
  end(): void {
    clearInterval(this.#timer);
    Atomics.store(this.#word, 0, AT_REST);
  }

  #count(): void {
    Atomics.store(this.#word, 0, (Atomics.load(this.#word, 0) % MAX_BEATS) + 1);
  }
}
