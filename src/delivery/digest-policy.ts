import type { NoticeClass } from './notice.ts';
import type { Outbox } from './outbox.ts';

/**
 * With more than so many waiting, the rest of a class goes into one message: a list that is read is worth more than the last of two
 * hundred embeds an hour later. P0 never does.
 */
export const DIGEST_FROM: Readonly<Record<Exclude<NoticeClass, 'P0'>, number>> = { P1: 100, silent: 50 };
/** Of P1 so many go on one by one, the oldest; of the silent ones none. */
const KEPT: Readonly<Record<Exclude<NoticeClass, 'P0'>, number>> = { P1: 100, silent: 0 };
/** Between two digests of a class, so that what keeps coming is gathered. */
export const DIGEST_INTERVAL_MS = 10_000;

/** Decides when what waits for a webhook is told in a digest. */
export class DigestPolicy {
  readonly #lastMs: Record<Exclude<NoticeClass, 'P0'>, number> = {
    P1: Number.NEGATIVE_INFINITY,
    silent: Number.NEGATIVE_INFINITY,
  };

  /** How many of the class go on one by one while the rest goes into a digest now; undefined when there is no digest now. */
  keptBeside(outbox: Outbox, head: NoticeClass, nowMs: number): number | undefined {
    if (head === 'P0' || outbox.countOf(head) <= DIGEST_FROM[head]) return undefined;
    return nowMs - this.#lastMs[head] >= DIGEST_INTERVAL_MS ? KEPT[head] : undefined;
  }

  /** Until when silent notices are gathered for the next digest, instead of using up what the channel can take. */
  gathersUntil(outbox: Outbox, head: NoticeClass): number {
    if (head !== 'silent' || outbox.countOf(head) <= DIGEST_FROM.silent) return Number.NEGATIVE_INFINITY;
    return this.#lastMs.silent + DIGEST_INTERVAL_MS;
  }

  sent(head: NoticeClass, nowMs: number): void {
    if (head !== 'P0') this.#lastMs[head] = nowMs;
  }
}
