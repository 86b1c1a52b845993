import type { LogRecordCapture } from './log-record-exporter.ts';
import type { LogRecordProcessor, ReadableLogRecord } from './otel-types.ts';

/**
 * Stands before the SDK's batch processor and lets nothing urgent wait in its queue, which holds 2,048 records for 1–5 s and drops
 * what comes on top.
 *
 * P0, P1 and records with `pager.action` go to `exporter` at once and only there; records below the threshold go nowhere; the rest
 * goes to `next`, a batch processor of this same exporter. Other exporters have their own processors beside this one.
 *
 * @example
 * ```ts
 * const exporter = new DiscordLogRecordExporter();
 * new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter);
 * ```
 */
export class UrgentLogRecordProcessor implements LogRecordProcessor {
  readonly #next: LogRecordProcessor;
  readonly #exporter: LogRecordCapture;

  constructor(next: LogRecordProcessor, exporter: LogRecordCapture) {
    this.#next = next;
    this.#exporter = exporter;
  }

  onEmit(record: ReadableLogRecord, context?: unknown): void {
    switch (this.#exporter.classify(record)) {
      case 'urgent':
        // Mapped before this returns: another processor may change the record afterwards.
        this.#exporter.capture(record);
        break;
      case 'batch':
        this.#next.onEmit(record, context);
        break;
      case 'unwanted':
        break;
    }
  }

  /** Flushes `next`, then the exporter, also when `next` rejects. */
  async forceFlush(): Promise<void> {
    try {
      await this.#next.forceFlush();
    } finally {
      await this.#exporter.forceFlush();
    }
  }

  /** Shuts `next` down, which hands over what it holds, then the exporter, also when `next` rejects. */
  async shutdown(): Promise<void> {
    try {
      await this.#next.shutdown();
    } finally {
      await this.#exporter.shutdown();
    }
  }
}
