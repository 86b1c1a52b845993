import type { RateHeaders } from './send-result.ts';

/**
 * What is known of a webhook's bucket: plain data, changed only by the pure functions below.
 *
 * Before the first answer the published guess stands: 5 requests per 2 s
 * (https://github.com/discord/discord-api-docs/issues/367). From then on the headers rule.
 */
export interface BucketState {
  readonly limit: number;
  readonly remaining: number;
  /** End of the running window; a time in the past means that the bucket is full again. */
  readonly resetAtMs: number;
  readonly windowMs: number;
}

export const INITIAL_BUCKET: BucketState = { limit: 5, remaining: 5, resetAtMs: 0, windowMs: 2_000 };

/** Requests of a bucket that only a P0 may use. */
export const BUCKET_RESERVE = 2;
/**
 * Shortly before the window ends the reserve is given free: a P0 that comes then waits at most this long, and the bucket's rate
 * is not wasted.
 */
export const RESERVE_RELEASE_MS = 250;
/** Added to every told reset: answers and clocks are never exactly on time (discord.js uses the same). */
export const SAFETY_OFFSET_MS = 50;

/**
 * The bucket after one more request was sent.
 *
 * @param wayMs how long it may be on its way: Discord's window begins when it arrives. Only for what no answer will set right.
 */
export function takeFromBucket(state: BucketState, nowMs: number, wayMs = 0): BucketState {
  if (nowMs >= state.resetAtMs) {
    return { ...state, remaining: state.limit - 1, resetAtMs: nowMs + wayMs + state.windowMs + SAFETY_OFFSET_MS };
  }
  return { ...state, remaining: Math.max(0, state.remaining - 1) };
}

/** The bucket after an answer that arrived at `nowMs`. Without headers the own account stands. */
export function observeBucket(state: BucketState, rate: RateHeaders | undefined, nowMs: number): BucketState {
  if (rate?.remaining === undefined || rate.resetAfterMs === undefined) return state;
  const limit = rate.limit !== undefined && rate.limit >= 1 ? rate.limit : state.limit;
  const windowMs = Math.max(rate.resetAfterMs, limit === state.limit ? state.windowMs : 0);
  return {
    limit,
    remaining: Math.min(rate.remaining, limit),
    resetAtMs: nowMs + rate.resetAfterMs + SAFETY_OFFSET_MS,
    windowMs: Math.min(windowMs, 60_000),
  };
}

/** The bucket after a 429 that spoke of it. */
export function exhaustBucket(state: BucketState, nowMs: number, retryAfterMs: number): BucketState {
  return { ...state, remaining: 0, resetAtMs: nowMs + retryAfterMs + SAFETY_OFFSET_MS };
}

/**
 * The earliest time at which a request may be sent, `nowMs` or later. `urgent` requests (P0, and everything while the process
 * is dying) may use the reserve.
 */
export function bucketReadyAt(state: BucketState, nowMs: number, urgent: boolean): number {
  if (nowMs >= state.resetAtMs) return nowMs;
  // A bucket of one or two requests would have nothing left beside a reserve.
  const reserve = urgent ? 0 : Math.min(BUCKET_RESERVE, Math.max(0, state.limit - 3));
  if (state.remaining > reserve) return nowMs;
  if (state.remaining > 0) return Math.max(nowMs, state.resetAtMs - RESERVE_RELEASE_MS);
  return state.resetAtMs;
}
