import type { DropReason } from '../delivery/send-result.ts';
import type { ConfigProblem } from '../errors.ts';
import type { FlushResult } from './capture-target.ts';
import type { PageInput } from './map-page.ts';

/** What happened so far. Plain numbers; safe to log. */
export interface PagerStats {
  /** Occurrences captured. */
  readonly received: number;
  /** Notices that Discord accepted (a message may show up to ten). */
  readonly posted: number;
  /** Edits that Discord accepted. */
  readonly edited: number;
  /** Occurrences that were counted into a standing message, or are below the threshold. */
  readonly suppressed: number;
  /** Notices that were lost, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Notices that wait or are being sent. */
  readonly queued: number;
  /** What is wrong with the configuration. Complete once a `flush()` has come back. */
  readonly configProblems: readonly ConfigProblem[];
}

/** A running pager. No method throws or rejects. */
export interface Pager {
  /** Captures one occurrence and returns at once. */
  page(input: PageInput): void;
  /** Closes the incident with this key; closing it twice, or one that nobody knows, does no harm. */
  resolve(dedupKey: string): void;
  /**
   * Waits until everything captured so far was accepted by Discord or lost, at most `timeoutMs` (default: the exit timeout,
   * 2 s). The numbers say what became of notices since the flush before.
   */
  flush(options?: { readonly timeoutMs?: number }): Promise<FlushResult>;
  /** Flushes, then ends for good: what is captured afterwards is dropped. A second call waits for the first. */
  shutdown(): Promise<void>;
  stats(): PagerStats;
}
