import type { Alert } from '../alert.ts';
import { systemClock } from '../clock.ts';
import type { CaptureTarget } from './capture-target.ts';
import { ExporterLifecycle, FAILED, SUCCESS } from './exporter-lifecycle.ts';
import { readLogRecord, toEpochMs } from './map-log-record.ts';
import type { ExportResult, ReadableLogRecord } from './otel-types.ts';
import { classifyRecord, isWanted, priorityOfRecord, type RecordClass } from './record-filter.ts';
import { captureSighting, nextAlertId } from './sighting.ts';

/** What an exporter is made of. */
export interface ExporterOptions {
  /** Asked once, when the first record comes. */
  readonly resolve: () => CaptureTarget;
  /** True when the target belongs to this exporter alone and ends with it. @default false */
  readonly ownsTarget?: boolean;
  /** Stands in where a record has no time. @default the system clock */
  readonly now?: () => number;
}

/**
 * Log records of any SDK line → alerts. Fits as a `LogRecordExporter` wherever the SDK takes one.
 *
 * `export` captures and then calls back with success at once, also for records that are deliberately not shown: waiting for Discord
 * would stop the SDK's queue. After `shutdown` it calls back with a failure. It never throws, and a record that cannot be read is
 * reported as such without touching the others.
 */
export class LogRecordCapture {
  readonly #lifecycle: ExporterLifecycle;
  readonly #now: () => number;

  constructor(options: ExporterOptions) {
    this.#lifecycle = new ExporterLifecycle(options);
    this.#now = options.now ?? systemClock.now;
  }

  /**
   * Itself: a batch processor from 0.221 on takes `{ exporter }` where an older one takes the exporter, and does nothing at all, without a
   * word, when it is given the old form. With this property the old form works on every line.
   */
  get exporter(): this {
    return this;
  }

  export(records: readonly ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    if (this.#lifecycle.isShutDown) {
      resultCallback(FAILED());
      return;
    }
    for (const record of records) this.capture(record);
    resultCallback(SUCCESS());
  }

  /** Captures one record now, if it is wanted. Never throws. */
  capture(record: ReadableLogRecord): void {
    if (this.#lifecycle.isShutDown) return;
    const target = this.#lifecycle.target();
    if (target === undefined || !isWantedSafely(record, target)) return;
    try {
      captureSighting(target, readLogRecord(record, this.#now()));
    } catch {
      this.#captureUnreadable(target, record);
    }
  }

  /** Where a record belongs, see {@link RecordClass}; one that cannot be read is `batch`. Never throws. */
  classify(record: ReadableLogRecord): RecordClass {
    const target = this.#lifecycle.target();
    if (target === undefined) return 'unwanted';
    try {
      return classifyRecord(record, target.filter);
    } catch {
      return 'batch';
    }
  }

  /** Waits until what was captured is delivered or spooled, at most the exit timeout. */
  forceFlush(): Promise<void> {
    return this.#lifecycle.flush();
  }

  /** The same, once and for good. */
  shutdown(): Promise<void> {
    return this.#lifecycle.shutDown();
  }

  // What was urgent enough to be captured must not vanish because one of its getters throws.
  #captureUnreadable(target: CaptureTarget, record: ReadableLogRecord): void {
    try {
      const priority = priorityOfRecord(record);
      const timestampMs = toEpochMs(record.hrTime) ?? this.#now();
      const message = '[withheld: the log record could not be read]';
      const verdict = target.observe({ source: 'log', timestampMs, priority, identity: ['unreadable', 'log'] });
      if (verdict.kind !== 'new') return;
      const alert: Alert = {
        id: nextAlertId(),
        timestampMs,
        source: 'log',
        priority,
        explicit: false,
        action: 'trigger',
        message,
        origin: {},
        attributes: {},
        repeatKey: verdict.repeatKey,
        count: verdict.count,
      };
      target.capture(alert);
    } catch {
      // Not even its severity can be read: there is nothing to tell.
    }
  }
}

function isWantedSafely(record: ReadableLogRecord, target: CaptureTarget): boolean {
  try {
    return isWanted(record, target.filter);
  } catch {
    return false;
  }
}
