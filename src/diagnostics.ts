import type { PagerCounters } from './capture/protocol.ts';
import type { DropReason } from './delivery/send-result.ts';

/** Latencies kept until they are reported; beyond this the oldest go. */
const MAX_LATENCIES = 512;

/**
 * The pager's own account. Counts only; what is counted here is never itself an alert, so that trouble cannot feed on itself.
 */
export class Diagnostics {
  #posted = 0;
  #edited = 0;
  #suppressed = 0;
  #droppedTotal = 0;
  readonly #dropped: Partial<Record<DropReason, number>> = {};
  #latenciesMs: number[] = [];
  /** Counts up with every change. */
  version = 0;

  get posted(): number {
    return this.#posted;
  }

  get droppedTotal(): number {
    return this.#droppedTotal;
  }

  countPosted(latencyMs: number): void {
    this.#posted++;
    this.version++;
    this.#latenciesMs.push(Math.max(0, latencyMs));
    if (this.#latenciesMs.length > MAX_LATENCIES) this.#latenciesMs.shift();
  }

  countEdited(): void {
    this.#edited++;
    this.version++;
  }

  countSuppressed(occurrences: number): void {
    this.#suppressed += occurrences;
    this.version++;
  }

  countDropped(reason: DropReason, notices = 1): void {
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + notices;
    this.#droppedTotal += notices;
    this.version++;
  }

  counters(queued: number): PagerCounters {
    return {
      posted: this.#posted,
      edited: this.#edited,
      suppressed: this.#suppressed,
      dropped: { ...this.#dropped },
      queued,
    };
  }

  /** The latencies since the last call. */
  takeLatencies(): number[] {
    const taken = this.#latenciesMs;
    this.#latenciesMs = [];
    return taken;
  }
}
