import { isMainThread } from 'node:worker_threads';

/** What is told and asked when the process dies. No method throws. */
export interface DeathWitness {
  /** An exception nobody caught (`fatal`), or a rejection that a handler of the application survives. */
  crashed(error: unknown, fatal: boolean): void;
  /** The thread is about to end for good: sends what it can, blocking. */
  dying(): void;
  /** The loop has run dry; asynchronous work started now still runs. */
  finishing(): void;
}

/** The parts of `process` that are watched; handed in for tests. */
export type WatchedProcess = Pick<
  NodeJS.Process,
  'on' | 'off' | 'listenerCount' | 'kill' | 'pid' | 'exit' | 'platform'
>;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Exit codes of a process that a signal ended: 128 + n. */
const SIGNAL_NUMBER: Readonly<Record<(typeof SIGNALS)[number], number>> = { SIGTERM: 15, SIGINT: 2 };

/**
 * Watches for the end of the process without changing it: exceptions through the monitor event, which handles nothing;
 * rejections only while the application itself handles them; signals only as long as nobody else does, and then raised again.
 * No exit code, no other listener and no signal is changed or swallowed.
 *
 * One watch serves all pagers of a process. It is installed with the first witness and removed with the last.
 */
export class DeathWatch {
  readonly #process: WatchedProcess;
  readonly #witnesses = new Set<DeathWitness>();
  readonly #withSignals: boolean;
  #ownRejectionListener = false;

  constructor(watched: WatchedProcess, options: { readonly signals: boolean }) {
    this.#process = watched;
    this.#withSignals = options.signals && isMainThread;
  }

  add(witness: DeathWitness): void {
    if (this.#witnesses.size === 0) this.#install();
    this.#witnesses.add(witness);
  }

  remove(witness: DeathWitness): void {
    if (this.#witnesses.delete(witness) && this.#witnesses.size === 0) this.#uninstall();
  }

  #install(): void {
    const { on } = this.#bound();
    on('exit', this.#onExit);
    on('beforeExit', this.#onBeforeExit);
    on('uncaughtExceptionMonitor', this.#onException);
    on('newListener', this.#onListenersChange);
    on('removeListener', this.#onListenersChange);
    if (this.#process.listenerCount('unhandledRejection') > 0) this.#watchRejections(true);
    if (this.#withSignals) for (const signal of SIGNALS) on(signal, this.#onSignal);
  }

  #uninstall(): void {
    const { off } = this.#bound();
    off('exit', this.#onExit);
    off('beforeExit', this.#onBeforeExit);
    off('uncaughtExceptionMonitor', this.#onException);
    off('newListener', this.#onListenersChange);
    off('removeListener', this.#onListenersChange);
    this.#watchRejections(false);
    for (const signal of SIGNALS) off(signal, this.#onSignal);
  }

  /** `process.on` is overloaded per event; the listeners here are typed where they are written. */
  #bound(): Record<'on' | 'off', (event: string, listener: (...args: never[]) => void) => void> {
    const { on, off } = this.#process as unknown as Record<'on' | 'off', (event: string, listener: unknown) => void>;
    return {
      on: (event, listener) => on.call(this.#process, event, listener),
      off: (event, listener) => off.call(this.#process, event, listener),
    };
  }

  readonly #onExit = (): void => {
    for (const witness of this.#witnesses) witness.dying();
  };

  readonly #onBeforeExit = (): void => {
    for (const witness of this.#witnesses) witness.finishing();
  };

  readonly #onException = (error: unknown): void => {
    for (const witness of this.#witnesses) witness.crashed(error, true);
  };

  readonly #onRejection = (reason: unknown): void => {
    for (const witness of this.#witnesses) witness.crashed(reason, false);
  };

  /**
   * A listener for rejections of our own would keep the process alive that should die of them: it stands only beside one of the
   * application. (`newListener` comes before the listener is added, `removeListener` after it is gone.)
   */
  readonly #onListenersChange = (event: string | symbol, listener: unknown): void => {
    if (event !== 'unhandledRejection' || listener === this.#onRejection) return;
    const others = this.#process.listenerCount('unhandledRejection') - (this.#ownRejectionListener ? 1 : 0);
    // During `newListener` the count does not hold the new one yet; it is asked again once it stands.
    queueMicrotask(() => {
      const now = this.#process.listenerCount('unhandledRejection') - (this.#ownRejectionListener ? 1 : 0);
      this.#watchRejections(now > 0 && this.#witnesses.size > 0);
    });
    if (others === 0) this.#watchRejections(false);
  };

  #watchRejections(on: boolean): void {
    if (on === this.#ownRejectionListener) return;
    this.#ownRejectionListener = on;
    const bound = this.#bound();
    if (on) bound.on('unhandledRejection', this.#onRejection);
    else bound.off('unhandledRejection', this.#onRejection);
  }

  /**
   * Whoever else listens decides what the signal means; should that be the end, `exit` tells. Ours steps aside before it looks:
   * packages that do the same (signal-exit, another copy of this one) count listeners too, and if each waited for the other the
   * signal would be swallowed.
   */
  readonly #onSignal = (signal: (typeof SIGNALS)[number]): void => {
    const bound = this.#bound();
    bound.off(signal, this.#onSignal);
    if (this.#process.listenerCount(signal) > this.#politeListeners()) {
      setImmediate(() => {
        if (this.#witnesses.size > 0) bound.on(signal, this.#onSignal);
      }).unref();
      return;
    }
    for (const witness of this.#witnesses) witness.dying();
    // As process 1 (a container's entry point) the kernel ignores a default action that we raise again.
    if (this.#process.pid === 1) this.#process.exit(128 + SIGNAL_NUMBER[signal]);
    else this.#process.kill(this.#process.pid, signal);
  };

  /** Listeners of signal-exit, which raise the signal again once nobody else is left. https://github.com/tapjs/signal-exit */
  #politeListeners(): number {
    const places: unknown[] = [
      (this.#process as { __signal_exit_emitter__?: unknown }).__signal_exit_emitter__,
      (globalThis as Record<symbol, unknown>)[Symbol.for('signal-exit emitter')],
    ];
    return places.reduce<number>((sum, place) => {
      const count = (place as { count?: unknown } | undefined)?.count;
      return typeof count === 'number' ? sum + count : sum;
    }, 0);
  }
}
