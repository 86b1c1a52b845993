import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidRequests } from '../../src/discord-emulator/invalid-requests.ts';
import { type EmulatorOptions, toEmulatorRules } from '../../src/discord-emulator/options.ts';
import { createRandom } from '../../src/discord-emulator/random.ts';
import { type LimitedCall, RateLimits } from '../../src/discord-emulator/rate-limits.ts';
import { RateWindow } from '../../src/discord-emulator/rate-window.ts';

const limitsOf = (options: EmulatorOptions = {}): RateLimits =>
  new RateLimits(toEmulatorRules({ seed: 1, ...options }), createRandom(1));

const execute: LimitedCall = { kind: 'execute', webhookKey: '1/a', channelId: 'c' };
const edit: LimitedCall = { ...execute, kind: 'edit' };
const remove: LimitedCall = { ...execute, kind: 'delete' };

/** How many in a row are let through, at one moment. */
function allowedInARow(limits: RateLimits, call: LimitedCall, nowMs: number): number {
  let count = 0;
  while (count < 1_000 && limits.take(call, nowMs).allowed) count++;
  return count;
}

describe('one window', () => {
  test('fixed: opens with the first request and frees everything at once', () => {
    const window = new RateWindow({ limit: 2, windowMs: 1_000 });
    expect(window.state(0)).toEqual({ limit: 2, remaining: 2, resetAfterMs: 1_000 });
    expect([window.take(100), window.take(900), window.take(1_099)]).toEqual([true, true, false]);
    expect(window.state(1_099)).toEqual({ limit: 2, remaining: 0, resetAfterMs: 1 });
    expect(window.state(1_100)).toEqual({ limit: 2, remaining: 2, resetAfterMs: 1_000 });
  });

  test('sliding: every place is free again by itself', () => {
    const window = new RateWindow({ limit: 2, windowMs: 1_000, window: 'sliding' });
    expect([window.take(100), window.take(900), window.take(1_099)]).toEqual([true, true, false]);
    expect([window.take(1_100), window.take(1_101)]).toEqual([true, false]);
    expect(window.state(1_101)).toEqual({ limit: 2, remaining: 0, resetAfterMs: 799 });
  });

  test('a sliding window never lets more through than its limit, wherever one looks', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (gaps, limit) => {
        const window = new RateWindow({ limit, windowMs: 1_000, window: 'sliding' });
        const taken: number[] = [];
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          if (window.take(nowMs)) taken.push(nowMs);
        }
        for (const from of taken) {
          expect(taken.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});

describe('buckets', () => {
  test('five per two seconds and webhook, then a wait to the end of the window', () => {
    const limits = limitsOf();
    const remaining = [0, 10, 20, 30, 40].map((at) => limits.take(execute, at).bucket?.remaining);
    expect(remaining).toEqual([4, 3, 2, 1, 0]);
    expect(limits.take(execute, 412)).toMatchObject({ allowed: false, reason: 'bucket', waitMs: 1_588 });
    expect(limits.take(execute, 2_000)).toMatchObject({ allowed: true, bucket: { remaining: 4, resetAfterMs: 2_000 } });
  });

  test('another token is another bucket, under the same hash', () => {
    const limits = limitsOf();
    expect(allowedInARow(limits, execute, 0)).toBe(5);
    const other = limits.take({ ...execute, webhookKey: '1/b', channelId: 'd' }, 0);
    expect(other.allowed).toBe(true);
    expect(other.bucket?.hash).toBe(limits.take(execute, 0).bucket?.hash);
  });

  test('POST, PATCH and DELETE share it, unless split', () => {
    const shared = limitsOf();
    for (const call of [execute, edit, remove, edit, execute]) expect(shared.take(call, 0).allowed).toBe(true);
    expect(shared.take(remove, 0).allowed).toBe(false);

    const split = limitsOf({ splitMethods: true });
    expect([execute, edit, remove].map((call) => allowedInARow(split, call, 0))).toEqual([5, 5, 5]);
    const hashes = [execute, edit, remove].map((call) => split.take(call, 0).bucket?.hash);
    expect(new Set(hashes).size).toBe(3);
  });

  test('GET has none unless asked for', () => {
    const get: LimitedCall = { ...execute, kind: 'get' };
    expect(limitsOf().take(get, 0)).toEqual({ allowed: true, bucket: undefined });
    expect(allowedInARow(limitsOf({ getBucket: { limit: 3, windowMs: 1_000 } }), get, 0)).toBe(3);
  });

  test('hashes can change; the count goes on', () => {
    const limits = limitsOf();
    const before = limits.take(execute, 0).bucket;
    limits.changeHashes();
    const after = limits.take(execute, 0).bucket;
    expect(after?.hash).not.toBe(before?.hash);
    expect(after?.hash).toMatch(/^[0-9a-f]{32}$/);
    expect(after?.remaining).toBe(3);
  });
});

describe('the hidden window of a channel', () => {
  /** Posts with ever new webhooks, so that no bucket is in the way. */
  const post = (limits: RateLimits, i: number, nowMs: number): ReturnType<RateLimits['take']> =>
    limits.take({ ...execute, webhookKey: `${i}/a` }, nowMs);

  test('30 a minute over all webhooks, refused while Remaining still says there are places', () => {
    const limits = limitsOf();
    for (let i = 0; i < 30; i++) expect(post(limits, i, i * 500).allowed).toBe(true);
    const refused = post(limits, 99, 20_000);
    expect(refused).toMatchObject({ allowed: false, reason: 'channel', waitMs: 40_000, bucket: { remaining: 5 } });
    expect(post(limits, 99, 60_000).allowed).toBe(true);
  });

  test('a refusal costs no place in the bucket', () => {
    const limits = limitsOf({ channelBudget: { limit: 1, windowMs: 60_000 } });
    limits.take(execute, 0);
    for (let i = 0; i < 10; i++)
      expect(limits.take(execute, 1)).toMatchObject({ reason: 'channel', bucket: { remaining: 4 } });
  });

  test('edits count only when told so', () => {
    const free = limitsOf({ channelBudget: { limit: 2, windowMs: 60_000 } });
    expect(allowedInARow(free, edit, 0)).toBe(5);
    const counted = limitsOf({ channelBudget: { limit: 2, windowMs: 60_000 }, patchCountsTowardChannel: true });
    expect(allowedInARow(counted, edit, 0)).toBe(2);
    expect(counted.take(remove, 0).allowed).toBe(true);
  });

  test('off is off', () => {
    const limits = limitsOf({ channelBudget: 'off' });
    for (let i = 0; i < 100; i++) expect(post(limits, i, 0).allowed).toBe(true);
  });
});

describe('edits of old messages', () => {
  const HOUR = 3_600_000;
  const old: LimitedCall = { ...edit, editedCreatedAtMs: 0 };

  test('three per six seconds and channel, once the message is older than an hour', () => {
    const limits = limitsOf({ bucket: { limit: 100, windowMs: 2_000 } });
    expect(allowedInARow(limits, old, HOUR)).toBe(100);
    expect(allowedInARow(limits, old, HOUR + 2_000)).toBe(3);
    expect(limits.take({ ...old, webhookKey: '2/b' }, HOUR + 3_000)).toMatchObject({
      allowed: false,
      reason: 'old_edit',
      waitMs: 5_000,
    });
    expect(limits.take(old, HOUR + 8_000).allowed).toBe(true);
  });
});

describe('global', () => {
  test('50 a second and token or address', () => {
    const limits = limitsOf();
    for (let i = 0; i < 50; i++) expect(limits.takeGlobal('127.0.0.1', i)).toBeUndefined();
    expect(limits.takeGlobal('127.0.0.1', 400)).toBe(600);
    expect(limits.takeGlobal('Bot x', 400)).toBeUndefined();
    expect(limits.takeGlobal('127.0.0.1', 1_000)).toBeUndefined();
  });

  test('any number of subjects is bounded', () => {
    const limits = limitsOf();
    for (let i = 0; i < 20_000; i++) limits.takeGlobal(`address ${i}`, 0);
    expect(limits.takeGlobal('last', 0)).toBeUndefined();
  });
});

describe('invalid requests', () => {
  const rule = toEmulatorRules({
    invalidLimit: { limit: 3, perGoneWebhook: 2, banMs: 1_000, windowMs: 10_000 },
  }).invalidLimit;
  const answer = (status: number, more: { scope?: string; goneWebhookId?: string } = {}) => ({
    address: 'a',
    status,
    scope: more.scope,
    goneWebhookId: more.goneWebhookId,
  });

  test.each([
    ['401, 403 and 429 add up', [answer(401), answer(403), answer(429, { scope: 'user' })], true],
    ['shared 429s do not count', [answer(429, { scope: 'shared' }), answer(401), answer(401)], false],
    ['400s do not count', [answer(400), answer(400), answer(400)], false],
    ['404s of one gone webhook', [answer(404, { goneWebhookId: '1' }), answer(404, { goneWebhookId: '1' })], true],
    ['404s of two', [answer(404, { goneWebhookId: '1' }), answer(404, { goneWebhookId: '2' })], false],
    ['404s of messages', [answer(404), answer(404), answer(404)], false],
  ])('%s', (_what, answers, banned) => {
    const invalid = new InvalidRequests(rule);
    for (const one of answers) invalid.record(one, 0);
    expect(invalid.isBanned('a', 1)).toBe(banned);
    expect(invalid.isBanned('b', 1)).toBe(false);
  });

  test('a block ends', () => {
    const invalid = new InvalidRequests(rule);
    for (let i = 0; i < 3; i++) invalid.record(answer(401), 0);
    expect([invalid.isBanned('a', 999), invalid.isBanned('a', 1_000)]).toEqual([true, false]);
  });
});
