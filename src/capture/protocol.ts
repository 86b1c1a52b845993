import type { Alert, RepeatCount } from '../alert.ts';
import type { DropReason } from '../delivery/send-result.ts';
import type { ConfigProblem } from '../errors.ts';
import type { CaptureFilter, FlushResult } from './capture-target.ts';

/** What the pager thread is started with: plain, so that it survives the way to another thread. */
export interface PagerStart {
  /** The environment, without what only concerns the application's own thread. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the code passed to `createPager`; checked by the pager thread against the schema. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Which pager of this process this is, and its how many-th thread: what an earlier one left is the next one's. */
  readonly pager?: { readonly id: string; readonly thread: number };
  /** Name of the test runner this process belongs to, if any. */
  readonly testRunner?: string;
  /** False where nothing may be posted at start: short-lived commands, cluster workers, Lambda. */
  readonly bootCheck: boolean;
  /** One 32-bit word: the pager thread counts its finished drains here and wakes who waits. */
  readonly drained: SharedArrayBuffer;
  /** One 32-bit word: the application's thread beats here, see `Beat`. Left out where it is not watched whether it is blocked. */
  readonly beats?: SharedArrayBuffer;
}

/** From the application's thread to the pager. `seq` counts the messages, so that the pager can say how far it has come. */
export type ToPager =
  | { readonly kind: 'alert'; readonly seq: number; readonly alert: Alert }
  | { readonly kind: 'repeats'; readonly seq: number; readonly repeats: readonly RepeatCount[] }
  | { readonly kind: 'flush'; readonly id: number; readonly timeoutMs: number }
  | { readonly kind: 'shutdown'; readonly id: number; readonly timeoutMs: number }
  /** The process is dying and its thread stands still: send what is most urgent, then count up `drained`. */
  | { readonly kind: 'drain'; readonly timeoutMs: number };

/** Counters of the pager, as `stats()` shows them. */
export interface PagerCounters {
  readonly posted: number;
  readonly edited: number;
  readonly suppressed: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly queued: number;
}

/** From the pager to the application's thread. */
export type FromPager =
  | {
      readonly kind: 'ready';
      readonly filter: CaptureFilter;
      readonly exitTimeoutMs: number;
      readonly problems: readonly ConfigProblem[];
      /** The application's thread is watched, and has to beat so often. */
      readonly beatEveryMs?: number;
    }
  | { readonly kind: 'counters'; readonly counters: PagerCounters; readonly latenciesMs: readonly number[] }
  /** Everything up to `seq` was taken up. */
  | { readonly kind: 'progress'; readonly seq: number }
  /** These alerts need not be handed over again should the pager thread die. */
  | { readonly kind: 'settled'; readonly ids: readonly string[] }
  /** Everything up to `seq` was delivered or decided; nothing waits. */
  | { readonly kind: 'idle'; readonly seq: number }
  /**
   * Nobody knows the alerts of these keys any more: send the next one of each in full. `isDropped`: a processor has dropped them, and
   * what was counted under them so far is dropped with them.
   */
  | { readonly kind: 'forget'; readonly repeatKeys: readonly number[]; readonly isDropped?: true }
  | { readonly kind: 'flushed'; readonly id: number; readonly result: FlushResult }
  | { readonly kind: 'warning'; readonly code: string; readonly text: string };

/** The seam between the two threads. `post` never throws. */
export interface PagerPort {
  post(message: ToPager): void;
  /** Handles what has arrived by now, without waiting for the event loop. */
  pump(): void;
  /** False where the pager shares this thread: it cannot be waited for by blocking. */
  readonly canBlock: boolean;
  /** Waits, blocking this thread, until the pager has drained or the time is over. False where that cannot be done. */
  drainBlocking(timeoutMs: number): boolean;
  /** Ends the pager without waiting. */
  end(): Promise<void>;
}

/** What a port tells its owner. */
export interface PortEvents {
  message(message: FromPager): void;
  /** The pager thread ended by itself; `lost` is in words, without a secret. */
  died(reason: string): void;
}
