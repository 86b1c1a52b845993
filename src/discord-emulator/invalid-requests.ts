import type { EmulatorRules } from './options.ts';
import { type RateWindow, RateWindows } from './rate-window.ts';

const MAX_BANS = 1_000;

/**
 * The guard in front of the API: counts each address's invalid requests and blocks it for a while when there are too many. Time is
 * handed in.
 *
 * @see https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export class InvalidRequests {
  readonly #rule: EmulatorRules['invalidLimit'];
  readonly #invalid: RateWindows | undefined;
  readonly #gone: RateWindows | undefined;
  readonly #bannedUntilMs = new Map<string, number>();

  constructor(rule: EmulatorRules['invalidLimit']) {
    this.#rule = rule;
    this.#invalid = rule && new RateWindows({ limit: rule.limit, windowMs: rule.windowMs });
    this.#gone = rule && new RateWindows({ limit: rule.perGoneWebhook, windowMs: rule.windowMs });
  }

  isBanned(address: string, nowMs: number): boolean {
    const until = this.#bannedUntilMs.get(address);
    if (until === undefined) return false;
    if (nowMs < until) return true;
    this.#bannedUntilMs.delete(address);
    return false;
  }

  /** Counts an answer of the API; the answer that fills the count starts the block, so the next request meets it. */
  record(
    answer: {
      readonly address: string;
      readonly status: number;
      readonly scope: string | undefined;
      /** Set when the webhook it asked for is not there. */
      readonly goneWebhookId: string | undefined;
    },
    nowMs: number,
  ): void {
    const counts =
      answer.status === 401 || answer.status === 403 || (answer.status === 429 && answer.scope !== 'shared');
    if (counts) this.#count(this.#invalid?.of(answer.address, nowMs), answer.address, nowMs);
    if (answer.status === 404 && answer.goneWebhookId !== undefined) {
      this.#count(this.#gone?.of(`${answer.address} ${answer.goneWebhookId}`, nowMs), answer.address, nowMs);
    }
  }

  clear(): void {
    this.#invalid?.clear();
    this.#gone?.clear();
    this.#bannedUntilMs.clear();
  }

  #count(window: RateWindow | undefined, address: string, nowMs: number): void {
    if (window === undefined || this.#rule === undefined) return;
    window.take(nowMs);
    if (window.state(nowMs).remaining > 0) return;
    if (this.#bannedUntilMs.size >= MAX_BANS) this.#bannedUntilMs.clear();
    this.#bannedUntilMs.set(address, nowMs + this.#rule.banMs);
  }
}
