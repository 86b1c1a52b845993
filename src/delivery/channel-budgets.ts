import {
  type BudgetUse,
  type ChannelBudgetState,
  channelReadyAt,
  EMPTY_CHANNEL_BUDGET,
  freePosts,
  holdChannel,
  mergeBudgets,
  takeFromChannel,
} from './channel-budget.ts';

/**
 * The budgets of all channels. A webhook whose channel is not known yet has a budget of its own, which becomes part of the
 * channel's as soon as an answer names it.
 */
export class ChannelBudgets {
  readonly #channelOf = new Map<string, string>();
  readonly #guildOf = new Map<string, string>();
  readonly #budgets = new Map<string, ChannelBudgetState>();
  /** Requests of webhooks that are not answered yet: they will be in the budget. */
  readonly #underWay = new Map<string, BudgetUse>();

  /** This webhook belongs to that channel (and guild). */
  learn(webhookId: string, channelId: string, guildId?: string): void {
    if (guildId !== undefined) this.#guildOf.set(webhookId, guildId);
    const before = this.#keyOf(webhookId);
    if (before === channelId) return;
    const own = this.#budgets.get(before) ?? EMPTY_CHANNEL_BUDGET;
    this.#budgets.delete(before);
    this.#channelOf.set(webhookId, channelId);
    this.#budgets.set(channelId, mergeBudgets(this.#budgets.get(channelId) ?? EMPTY_CHANNEL_BUDGET, own));
  }

  channelOf(webhookId: string): string | undefined {
    return this.#channelOf.get(webhookId);
  }

  guildOf(webhookId: string): string | undefined {
    return this.#guildOf.get(webhookId);
  }

  readyAt(webhookId: string, use: BudgetUse, nowMs: number): number {
    const key = this.#keyOf(webhookId);
    let state = this.#budgets.get(key) ?? EMPTY_CHANNEL_BUDGET;
    for (const [other, otherUse] of this.#underWay) {
      if (other !== webhookId && this.#keyOf(other) === key) state = takeFromChannel(state, otherUse, nowMs);
    }
    return channelReadyAt(state, use, nowMs);
  }

  freePosts(webhookId: string, nowMs: number): number {
    return freePosts(this.#budgets.get(this.#keyOf(webhookId)) ?? EMPTY_CHANNEL_BUDGET, nowMs);
  }

  began(webhookId: string, use: BudgetUse): void {
    this.#underWay.set(webhookId, use);
  }

  usedByOthers(webhookId: string, use: BudgetUse, atMs: number): void {
    this.#update(webhookId, (state) => takeFromChannel(state, use, atMs));
  }

  take(webhookId: string, use: BudgetUse, nowMs: number): void {
    this.#underWay.delete(webhookId);
    this.#update(webhookId, (state) => takeFromChannel(state, use, nowMs));
  }

  hold(webhookId: string, untilMs: number, editsOnly: boolean): void {
    this.#update(webhookId, (state) => holdChannel(state, untilMs, editsOnly));
  }

  #update(webhookId: string, change: (state: ChannelBudgetState) => ChannelBudgetState): void {
    const key = this.#keyOf(webhookId);
    this.#budgets.set(key, change(this.#budgets.get(key) ?? EMPTY_CHANNEL_BUDGET));
  }

  #keyOf(webhookId: string): string {
    return this.#channelOf.get(webhookId) ?? `webhook:${webhookId}`;
  }
}
