import { systemClock } from '../clock.ts';
import type { CaptureTarget } from './capture-target.ts';
import { ExporterLifecycle, FAILED, SUCCESS } from './exporter-lifecycle.ts';
import type { ExporterOptions } from './log-record-exporter.ts';
import { readSpan } from './map-span.ts';
import type { ExportResult, ReadableSpan } from './otel-types.ts';
import { captureSighting } from './sighting.ts';

/**
 * Finished spans of any SDK line → alerts: those that ended in an error at the root or at the edge of the service, and those that carry
 * `pager.*`. Fits as a `SpanExporter`. Calls back as the log record exporter does, and never throws.
 */
export class SpanCapture {
  readonly #lifecycle: ExporterLifecycle;
  readonly #now: () => number;

  constructor(options: ExporterOptions) {
    this.#lifecycle = new ExporterLifecycle(options);
    this.#now = options.now ?? systemClock.now;
  }

  /** Itself, so that a processor takes it in the form of either line (`sdk-trace` of 3.x wants `{ exporter }`). */
  get exporter(): this {
    return this;
  }

  export(spans: readonly ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    if (this.#lifecycle.isShutDown) {
      resultCallback(FAILED());
      return;
    }
    const target = this.#lifecycle.target();
    if (target !== undefined) {
      for (const span of spans) this.#capture(target, span);
    }
    resultCallback(SUCCESS());
  }

  /** Waits until what was captured is delivered or spooled, at most the exit timeout. */
  forceFlush(): Promise<void> {
    return this.#lifecycle.flush();
  }

  /** The same, once and for good. */
  shutdown(): Promise<void> {
    return this.#lifecycle.shutDown();
  }

  #capture(target: CaptureTarget, span: ReadableSpan): void {
    try {
      const sighting = readSpan(span, target.filter, this.#now());
      if (sighting === undefined) return;
      const { traceId } = sighting.occurrence;
      if (!sighting.isTelling && traceId !== undefined && target.hasPagedTrace(traceId)) return;
      captureSighting(target, sighting);
    } catch {
      // A span that cannot be read is left out; the others are captured.
    }
  }
}
