import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketReadyAt,
  exhaustBucket,
  INITIAL_BUCKET,
  observeBucket,
  takeFromBucket,
} from '../../src/delivery/bucket.ts';
import {
  type BudgetUse,
  channelReadyAt,
  EMPTY_CHANNEL_BUDGET,
  holdChannel,
  takeFromChannel,
} from '../../src/delivery/channel-budget.ts';

describe('the bucket of a webhook', () => {
  it('is full at the start, and keeps two requests for a P0', () => {
    let bucket = INITIAL_BUCKET;
    for (let i = 0; i < 3; i++) {
      expect(bucketReadyAt(bucket, 1000, false)).toBe(1000);
      bucket = takeFromBucket(bucket, 1000);
    }
    expect(bucketReadyAt(bucket, 1000, false)).toBeGreaterThan(2000);
    expect(bucketReadyAt(bucket, 1000, true)).toBe(1000);
  });

  it('gives the reserve free shortly before the window ends', () => {
    let bucket = INITIAL_BUCKET;
    for (let i = 0; i < 3; i++) bucket = takeFromBucket(bucket, 0);
    expect(bucketReadyAt(bucket, 0, false)).toBe(2050 - 250);
  });

  it('waits for the whole window once nothing is left, P0 or not', () => {
    let bucket = INITIAL_BUCKET;
    for (let i = 0; i < 5; i++) bucket = takeFromBucket(bucket, 0);
    expect(bucketReadyAt(bucket, 0, true)).toBe(2050);
  });

  it('believes the headers', () => {
    const bucket = observeBucket(INITIAL_BUCKET, { limit: 10, remaining: 1, resetAfterMs: 700 }, 5000);
    expect(bucket).toMatchObject({ limit: 10, remaining: 1, resetAtMs: 5750 });
  });

  it('keeps its own account where there are none', () => {
    const taken = takeFromBucket(INITIAL_BUCKET, 0);
    expect(observeBucket(taken, undefined, 10)).toEqual(taken);
  });

  it('is empty after a 429', () => {
    expect(bucketReadyAt(exhaustBucket(INITIAL_BUCKET, 0, 412.5), 0, true)).toBe(462.5);
  });

  it('never exceeds what the server allows, whatever its window is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 500, max: 6000 }),
        fc.array(
          fc.record({
            gapMs: fc.integer({ min: 0, max: 900 }),
            latencyMs: fc.integer({ min: 0, max: 300 }),
            urgent: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        (limit, windowMs, requests) => {
          let bucket = INITIAL_BUCKET;
          let now = 0;
          let windowEnd = 0;
          let used = 0;
          let refused = 0;
          for (const { gapMs, latencyMs, urgent } of requests) {
            now += gapMs;
            now = Math.max(now, bucketReadyAt(bucket, now, urgent));
            bucket = takeFromBucket(bucket, now);
            const arrived = now + latencyMs / 2;
            if (arrived >= windowEnd) {
              windowEnd = arrived + windowMs;
              used = 0;
            }
            now += latencyMs;
            if (used >= limit) {
              refused++;
              bucket = exhaustBucket(bucket, now, windowEnd - arrived);
              continue;
            }
            used++;
            bucket = observeBucket(bucket, { limit, remaining: limit - used, resetAfterMs: windowEnd - arrived }, now);
          }
          expect(refused).toBe(0);
        },
      ),
    );
  });
});

describe('the hidden budget of a channel', () => {
  const fill = (posts: number, edits: number, at: number) => {
    let state = EMPTY_CHANNEL_BUDGET;
    for (let i = 0; i < posts; i++) state = takeFromChannel(state, 'post', at);
    for (let i = 0; i < edits; i++) state = takeFromChannel(state, 'edit', at);
    return state;
  };
  const cases: [posts: number, edits: number, use: BudgetUse, waits: boolean][] = [
    [0, 0, 'post', false],
    [24, 0, 'post', false],
    [25, 0, 'post', true],
    [25, 0, 'urgent', false],
    [29, 0, 'urgent', false],
    [30, 0, 'urgent', true],
    [0, 5, 'edit', false],
    [0, 10, 'edit', true],
    [16, 9, 'edit', true],
    [16, 9, 'urgent', false],
  ];
  it.each(cases)('%i posts and %i edits: %s waits %s', (posts, edits, use, waits) => {
    const readyAt = channelReadyAt(fill(posts, edits, 1000), use, 2000);
    expect(readyAt).toBe(waits ? 61_000 : 2000);
  });

  it('spaces out edits before they are used up, so that a count never stands still for most of a minute', () => {
    let state = EMPTY_CHANNEL_BUDGET;
    const sentMs: number[] = [];
    for (let nowMs = 1_000; nowMs < 61_000; nowMs += 100) {
      if (channelReadyAt(state, 'edit', nowMs) > nowMs) continue;
      state = takeFromChannel(state, 'edit', nowMs);
      sentMs.push(nowMs);
    }
    expect(sentMs.slice(0, 6)).toEqual([1_000, 1_100, 1_200, 1_300, 1_400, 1_500]);
    expect(sentMs).toHaveLength(10);
    expect(sentMs.at(-1)).toBeGreaterThan(20_000);
  });

  it('obeys a told wait, for edits of old messages alone where it says so', () => {
    expect(channelReadyAt(holdChannel(EMPTY_CHANNEL_BUDGET, 9000, false), 'urgent', 1)).toBe(9000);
    const editsOnly = holdChannel(EMPTY_CHANNEL_BUDGET, 9000, true);
    expect(channelReadyAt(editsOnly, 'post', 1)).toBe(1);
    expect(channelReadyAt(editsOnly, 'edit', 1)).toBe(9000);
  });

  it('does not wait for ever when the clock is set back', () => {
    const state = fill(30, 0, 1_000_000);
    expect(channelReadyAt(state, 'post', 1000)).toBeLessThanOrEqual(61_000);
  });

  it('never lets more than 30 requests into any 60 s', () => {
    const uses = fc.constantFrom<BudgetUse>('urgent', 'post', 'edit');
    fc.assert(
      fc.property(
        fc.array(fc.record({ use: uses, gapMs: fc.integer({ min: 0, max: 2000 }) }), { maxLength: 150 }),
        (requests) => {
          let state = EMPTY_CHANNEL_BUDGET;
          let now = 0;
          const sent: number[] = [];
          for (const { use, gapMs } of requests) {
            now = channelReadyAt(state, use, now + gapMs);
            sent.push(now);
            state = takeFromChannel(state, use, now);
          }
          for (const at of sent)
            expect(sent.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(30);
        },
      ),
      { numRuns: 50 },
    );
  });
});
