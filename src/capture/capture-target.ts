import type { Alert, AlertSource } from '../alert.ts';
import type { Priority } from '../priority.ts';
import type { PagerMarks } from './pager-attributes.ts';

/**
 * Which records are worth capturing; evaluated on the application's thread for every record, so it is plain and small. It is
 * made by the pager thread from the configuration; until that has answered, a cautious first guess stands.
 */
export interface CaptureFilter {
  /** False: nothing is captured. */
  readonly enabled: boolean;
  /** Records at least this urgent are captured. */
  readonly minPriority: Priority;
  /** Lower-case globs of event names that select a configured channel (`deploy*`): captured whatever their priority. */
  readonly events: readonly string[];
  /** Matchers of the configured routes (see `Route.match`): a record that one of them selects is captured whatever its priority. */
  readonly routes: readonly Readonly<Record<string, string>>[];
}

/** What is known of an occurrence before it is mapped: enough to recognise a repeat. */
export interface Occurrence {
  readonly source: AlertSource;
  readonly timestampMs: number;
  readonly priority: Priority;
  /** Raw error type, message and stack where there is an error, else logger, event name and body. Hashed, never kept. */
  readonly identity: readonly (string | undefined)[];
  readonly traceId?: string | undefined;
  /** The error object itself, where there is one in this thread. */
  readonly errorObject?: object | undefined;
  /**
   * Text of the error's causes, where the source tells them. Two errors that differ in nothing else are no repeats of each other,
   * but one occurrence may come in with it (log record) and without it (span).
   */
  readonly causes?: string | undefined;
  /** What the record says about itself: one that names a channel, a title or a key is no repeat of one that does not. */
  readonly marks?: PagerMarks | undefined;
}

/**
 * `new`: map it and hand it over with this key and count. `counted`: a repeat of something captured before; nothing more to do.
 * `same`: this very occurrence already came through another way in; nothing more to do.
 */
export type ObserveVerdict =
  | { readonly kind: 'new'; readonly repeatKey: number; readonly count: 0 | 1 }
  | { readonly kind: 'counted' }
  | { readonly kind: 'same' };

/** Result of waiting for what was captured so far. */
export interface FlushResult {
  /** Alerts whose message was accepted by Discord, or that were counted into one. */
  readonly delivered: number;
  /** Alerts kept on disk for the next start. */
  readonly spooled: number;
  /** Alerts that were lost, each counted by its reason in `stats()`. */
  readonly dropped: number;
}

/** What the captures (exporters, transport, `page()`) hand their alerts to. No method throws. */
export interface CaptureTarget {
  readonly filter: CaptureFilter;
  observe(occurrence: Occurrence): ObserveVerdict;
  /** True when a P0 or P1 of this trace was captured in the last five minutes. */
  hasPagedTrace(traceId: string): boolean;
  capture(alert: Alert): void;
  flush(options?: { timeoutMs?: number }): Promise<FlushResult>;
  shutdown(): Promise<void>;
}
