import type { EmulatorRules } from './options.ts';
import { type Random, randomBucketHash } from './random.ts';
import { RateWindows, type WindowState } from './rate-window.ts';

/** Which requests share a bucket; each family has one hash, the same for all webhooks. */
export type BucketFamily = 'message' | 'message_execute' | 'message_edit' | 'message_delete' | 'webhook' | 'get';

/** What a webhook request needs of the limits. */
export interface LimitedCall {
  readonly kind: 'execute' | 'edit' | 'delete' | 'webhook' | 'get';
  /** Webhook id and token: the bucket is theirs alone. */
  readonly webhookKey: string;
  readonly channelId: string;
  /** When the message to be edited was posted. */
  readonly editedCreatedAtMs?: number | undefined;
}

/** A bucket as the headers tell it. */
export interface BucketState extends WindowState {
  readonly hash: string;
}

/** Which limit refused. */
export type LimitReason = 'bucket' | 'channel' | 'old_edit' | 'global' | 'rename' | 'edge' | 'fault';

/** The answer of the limits: go on, or wait. `bucket` is undefined for requests that have none. */
export type LimitVerdict =
  | { readonly allowed: true; readonly bucket: BucketState | undefined }
  | {
      readonly allowed: false;
      readonly reason: 'bucket' | 'channel' | 'old_edit';
      readonly waitMs: number;
      readonly bucket: BucketState | undefined;
    };

/**
 * Every rate limit of the emulated Discord as a state machine with the time handed in.
 *
 * Invariants: a refused request takes no place anywhere; a place is taken in all windows that concern a request or in none. The
 * channel's window is hidden: it never shows in the bucket's `remaining`.
 *
 * @see https://discord.com/developers/docs/topics/rate-limits
 */
export class RateLimits {
  readonly #rules: EmulatorRules;
  readonly #random: Random;
  readonly #buckets: RateWindows;
  readonly #gets: RateWindows | undefined;
  readonly #channels: RateWindows | undefined;
  readonly #oldEdits: RateWindows | undefined;
  readonly #global: RateWindows | undefined;
  readonly #renames: RateWindows | undefined;
  #hashes = new Map<BucketFamily, string>();

  constructor(rules: EmulatorRules, random: Random) {
    this.#rules = rules;
    this.#random = random;
    this.#buckets = new RateWindows(rules.bucket);
    this.#gets = rules.getBucket && new RateWindows(rules.getBucket);
    this.#channels = rules.channelBudget && new RateWindows(rules.channelBudget);
    this.#oldEdits = rules.oldEdits && new RateWindows(rules.oldEdits);
    this.#global = rules.globalLimit && new RateWindows(rules.globalLimit);
    this.#renames = rules.channelRename && new RateWindows(rules.channelRename);
  }

  /** Takes a place of the global limit; the wait in ms when there is none. `subject` is a bot token or an address. */
  takeGlobal(subject: string, nowMs: number): number | undefined {
    const window = this.#global?.of(subject, nowMs);
    if (window === undefined || window.take(nowMs)) return undefined;
    return window.state(nowMs).resetAfterMs;
  }

  /** Takes a place for a change of a channel's name or topic; the wait in ms when there is none. */
  takeRename(channelId: string, nowMs: number): number | undefined {
    const window = this.#renames?.of(channelId, nowMs);
    if (window === undefined || window.take(nowMs)) return undefined;
    return window.state(nowMs).resetAfterMs;
  }

  /** Takes a place in the bucket, in the channel's hidden window and among the edits of old messages, as far as they apply. */
  take(call: LimitedCall, nowMs: number): LimitVerdict {
    const family = this.familyOf(call.kind);
    const windows = family === 'get' ? this.#gets : this.#buckets;
    const bucket = windows?.of(`${family}:${call.webhookKey}`, nowMs);
    const tell = (): BucketState | undefined => bucket && { ...bucket.state(nowMs), hash: this.hashOf(family) };

    const before = bucket?.state(nowMs);
    if (before?.remaining === 0) {
      return { allowed: false, reason: 'bucket', waitMs: before.resetAfterMs, bucket: tell() };
    }
    const oldEdit = this.isOldEdit(call, nowMs) ? this.#oldEdits?.of(call.channelId, nowMs) : undefined;
    const oldState = oldEdit?.state(nowMs);
    if (oldState?.remaining === 0) {
      return { allowed: false, reason: 'old_edit', waitMs: oldState.resetAfterMs, bucket: tell() };
    }
    const channel = this.countsTowardChannel(call.kind) ? this.#channels?.of(call.channelId, nowMs) : undefined;
    const channelState = channel?.state(nowMs);
    if (channelState?.remaining === 0) {
      return { allowed: false, reason: 'channel', waitMs: channelState.resetAfterMs, bucket: tell() };
    }
    bucket?.take(nowMs);
    oldEdit?.take(nowMs);
    channel?.take(nowMs);
    return { allowed: true, bucket: tell() };
  }

  /** The bucket as it stands, without taking a place: for answers that come before the limits are looked at. */
  peek(call: LimitedCall, nowMs: number): BucketState | undefined {
    const family = this.familyOf(call.kind);
    const windows = family === 'get' ? this.#gets : this.#buckets;
    if (windows === undefined) return undefined;
    return { ...windows.of(`${family}:${call.webhookKey}`, nowMs).state(nowMs), hash: this.hashOf(family) };
  }

  /** A bucket nobody has used: what a made-up webhook is told. */
  untouched(kind: LimitedCall['kind']): BucketState | undefined {
    const family = this.familyOf(kind);
    const rule = family === 'get' ? this.#rules.getBucket : this.#rules.bucket;
    if (rule === undefined) return undefined;
    return {
      limit: rule.limit,
      remaining: Math.max(0, rule.limit - 1),
      resetAfterMs: rule.windowMs,
      hash: this.hashOf(family),
    };
  }

  countsTowardChannel(kind: LimitedCall['kind']): boolean {
    return kind === 'execute' || (kind === 'edit' && this.#rules.patchCountsTowardChannel);
  }

  familyOf(kind: LimitedCall['kind']): BucketFamily {
    if (kind === 'webhook' || kind === 'get') return kind;
    return this.#rules.splitMethods ? `message_${kind}` : 'message';
  }

  /** The same text for every webhook. @see https://github.com/discord/discord-api-docs/issues/6753 */
  hashOf(family: BucketFamily): string {
    let hash = this.#hashes.get(family);
    if (hash === undefined) {
      hash = randomBucketHash(this.#random);
      this.#hashes.set(family, hash);
    }
    return hash;
  }

  /** Gives every family a new hash, as Discord does when it rearranges its limits. */
  changeHashes(): void {
    this.#hashes = new Map();
  }

  /** Everything free again; the hashes stay. */
  clear(): void {
    for (const windows of [this.#buckets, this.#gets, this.#channels, this.#oldEdits, this.#global, this.#renames]) {
      windows?.clear();
    }
  }

  /** True for an edit of a message that has passed the age from which edits are limited. */
  isOldEdit(call: LimitedCall, nowMs: number): boolean {
    return (
      call.kind === 'edit' &&
      call.editedCreatedAtMs !== undefined &&
      nowMs - call.editedCreatedAtMs > this.#rules.oldEditAgeMs
    );
  }
}
