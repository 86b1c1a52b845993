import type { Clock } from '../clock.ts';
import { type Backoff, NO_BACKOFF, nextBackoff } from './backoff.ts';
import type { BudgetUse } from './channel-budget.ts';
import type { ChannelBudgets } from './channel-budgets.ts';
import type { HostGate } from './host-gate.ts';
import { LaneBuckets } from './lane-buckets.ts';
import type { SendResult } from './send-result.ts';

/** A P0 that arrives during the pause after a fault is tried again no sooner than this after the last attempt. */
const P0_RETRY_MS = 1_000;

/** From when until when no message but a P0 is begun. */
export interface Hold {
  readonly fromMs: number;
  readonly untilMs: number;
}

const NO_HOLD: Hold = { fromMs: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };

/** An answer of Discord takes 130 to 300 ms, and now and then more. https://github.com/discord/discord-api-docs/issues/6721 */
const LAST_START_MS = 500;
/** Between the end of a last flush and that of the process; if it lives on, so does what waits. */
const HELD_BEYOND_MS = 1_000;

/** For a process that ends at `deadlineMs`, after a flush of `timeoutMs`. */
export function holdBefore(deadlineMs: number, timeoutMs: number): Hold {
  return { fromMs: deadlineMs - Math.min(LAST_START_MS, timeoutMs / 4), untilMs: deadlineMs + HELD_BEYOND_MS };
}

export interface PacerOptions {
  readonly webhookId: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly hostGate: HostGate;
  readonly budgets: ChannelBudgets;
  /** A request goes out. */
  readonly requested: (kind: 'post' | 'edit') => void;
}

/**
 * When one webhook's next request may go out: its own buckets, the hidden budget of its channel, the gate of the whole address and the
 * pause after a fault, whichever is latest; and what each answer teaches about them.
 */
export class Pacer {
  readonly #options: PacerOptions;
  readonly #buckets = new LaneBuckets();
  #backoff: Backoff = NO_BACKOFF;
  #lastAttemptMs = 0;
  #hold = NO_HOLD;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  hold(hold: Hold): void {
    this.#hold = hold;
  }

  /** @param hurried everything may use the reserve: the process is dying, or somebody waits for a flush. */
  readyAt(use: BudgetUse, nowMs: number, hurried: boolean): number {
    const { budgets, hostGate, webhookId } = this.#options;
    const urgent = use === 'urgent' || hurried;
    const pauseMs = use === 'urgent' ? Math.min(this.#backoff.waitMs, P0_RETRY_MS) : this.#backoff.waitMs;
    const afterFault = this.#backoff.failures === 0 ? nowMs : Math.min(this.#lastAttemptMs, nowMs) + pauseMs;
    const readyAtMs = Math.max(
      nowMs,
      afterFault,
      this.#buckets.readyAt(methodOf(use), nowMs, urgent),
      budgets.readyAt(webhookId, urgent && use === 'post' ? 'urgent' : use, nowMs),
      hostGate.readyAt(webhookId, nowMs),
    );
    return use === 'post' && readyAtMs > this.#hold.fromMs ? Math.max(readyAtMs, this.#hold.untilMs) : readyAtMs;
  }

  /** Another process has sent a request to this webhook. What is told late counts from our own last request on. */
  usedByOthers(kind: 'post' | 'edit', atMs: number): void {
    const { budgets, webhookId } = this.#options;
    const countedMs = Math.max(atMs, this.#lastAttemptMs);
    this.#buckets.sentElsewhere(kind, countedMs);
    budgets.usedByOthers(webhookId, kind, countedMs);
  }

  /** One request, with everything that is learnt from its outcome. */
  async send(use: BudgetUse, request: () => Promise<SendResult>): Promise<SendResult> {
    const { budgets, clock, hostGate, random, requested, webhookId } = this.#options;
    requested(methodOf(use));
    this.#buckets.sent(methodOf(use), clock.now());
    this.#lastAttemptMs = clock.now();
    hostGate.began(webhookId);
    budgets.began(webhookId, use);
    const result = await request();
    const nowMs = clock.now();
    if (result.kind === 'delivered' && result.channelId !== undefined) budgets.learn(webhookId, result.channelId);
    budgets.take(webhookId, use, nowMs);
    hostGate.settled(webhookId, result, nowMs);
    this.#buckets.answered(methodOf(use), result, nowMs);
    this.#backoff = result.kind === 'retryable' ? nextBackoff(this.#backoff, random) : NO_BACKOFF;
    if (result.kind === 'throttled' && (result.scope === 'channel' || result.scope === 'old_message')) {
      budgets.hold(webhookId, nowMs + result.retryAfterMs, result.scope === 'old_message');
    }
    return result;
  }
}

function methodOf(use: BudgetUse): 'post' | 'edit' {
  return use === 'edit' ? 'edit' : 'post';
}
