import type { CaptureTarget } from './capture-target.ts';
import type { ExportResult } from './otel-types.ts';

/** A new object each time: it is handed to code that may keep it. */
export const SUCCESS = (): ExportResult => ({ code: 0 });
export const FAILED = (): ExportResult => ({ code: 1, error: new Error('the exporter has been shut down') });

/**
 * States of an exporter: running → shut down, once and for good. The target is asked for when it is first needed, and where there is
 * none (asking threw) the exporter accepts everything and shows nothing.
 */
export class ExporterLifecycle {
  readonly #resolve: () => CaptureTarget;
  readonly #ownsTarget: boolean;
  #target: CaptureTarget | undefined;
  #isResolved = false;
  #shutdown: Promise<void> | undefined;

  constructor(options: { readonly resolve: () => CaptureTarget; readonly ownsTarget?: boolean }) {
    this.#resolve = options.resolve;
    this.#ownsTarget = options.ownsTarget ?? false;
  }

  get isShutDown(): boolean {
    return this.#shutdown !== undefined;
  }

  /** Never throws. */
  target(): CaptureTarget | undefined {
    if (!this.#isResolved) {
      this.#isResolved = true;
      try {
        this.#target = this.#resolve();
      } catch {
        this.#target = undefined;
      }
    }
    return this.#target;
  }

  /** Never rejects. An exporter that has captured nothing has nothing to wait for, and after shutdown that is awaited instead. */
  async flush(): Promise<void> {
    if (this.#shutdown !== undefined) return this.#shutdown;
    try {
      await this.#target?.flush();
    } catch {
      // Counted where it happened.
    }
  }

  /** Idempotent; never rejects. A target that others use as well is flushed and goes on. */
  shutDown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  async #end(): Promise<void> {
    try {
      if (this.#ownsTarget) await this.#target?.shutdown();
      else await this.#target?.flush();
    } catch {
      // Counted where it happened.
    }
  }
}
