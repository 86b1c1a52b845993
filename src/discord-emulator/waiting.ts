/** Waits for a state to be reached, woken by events; never polls. */
export class Waiting<Snapshot> {
  readonly #take: () => Snapshot;
  readonly #waiters = new Set<() => void>();
  readonly #rejecters = new Set<(error: Error) => void>();

  constructor(take: () => Snapshot) {
    this.#take = take;
  }

  /**
   * Resolves with the first snapshot that fits, at once when the present one does.
   *
   * `timeoutMs` is real time whatever the emulator's clock: it only keeps a test from waiting for ever.
   */
  until(
    fits: (snapshot: Snapshot) => boolean,
    timeoutMs: number,
    describe: (last: Snapshot) => string,
  ): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(check);
        this.#rejecters.delete(fail);
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      const check = (): void => {
        const snapshot = this.#take();
        try {
          if (!fits(snapshot)) return;
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        end();
        resolve(snapshot);
      };
      const timer = setTimeout(() => {
        fail(new Error(`Waited ${timeoutMs} ms in vain. ${describe(this.#take())}`));
      }, timeoutMs);
      this.#waiters.add(check);
      this.#rejecters.add(fail);
      check();
    });
  }

  /** Something changed: looks again. */
  wake(): void {
    for (const check of [...this.#waiters]) check();
  }

  /** Nothing will change any more. */
  close(): void {
    for (const fail of [...this.#rejecters]) fail(new Error('The emulator was closed.'));
  }
}
