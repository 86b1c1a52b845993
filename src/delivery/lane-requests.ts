import type { WebhookUrl } from '../config/webhook-url.ts';
import type { MessageRef } from '../pipeline/incident.ts';
import type { Embed, WebhookMessage } from '../render/webhook-message.ts';
import type { BudgetUse } from './channel-budget.ts';
import type { ChannelBudgets } from './channel-budgets.ts';
import type { Pacer } from './pacer.ts';
import type { Placement, PostTarget } from './placement.ts';
import type { PostedMessage } from './posted-messages.ts';
import type { RejectReason, SendResult } from './send-result.ts';
import type { WebhookClient } from './webhook-client.ts';

export interface LaneRequestsOptions {
  readonly webhook: WebhookUrl;
  readonly client: WebhookClient;
  readonly pacer: Pacer;
  readonly placement: Placement;
  readonly budgets: ChannelBudgets;
  /** The last look at every outgoing text. */
  readonly gate: (message: WebhookMessage) => WebhookMessage;
  readonly warn: (code: string, text: string) => void;
}

/** The requests of one webhook: each text through the gate, each request through the pacer, each refusal a lesson about the place. */
export class LaneRequests {
  readonly #options: LaneRequestsOptions;

  constructor(options: LaneRequestsOptions) {
    this.#options = options;
  }

  post(use: BudgetUse, message: WebhookMessage, target: PostTarget): Promise<SendResult> {
    const { client, gate, pacer, webhook } = this.#options;
    const checked = gate(message);
    return pacer.send(use, () => client.post(webhook, checked, target));
  }

  /** Something of the pager's own. One that has to go elsewhere is tried again as after a fault. */
  async postOwn(name: string, message: WebhookMessage): Promise<SendResult> {
    const { placement } = this.#options;
    const target = placement.forOwn(name);
    const result = await this.post('post', message, target);
    placement.accepted(target, result);
    return result.kind === 'rejected' && this.learnPlace(target, result.reason)
      ? { kind: 'retryable', reason: 'server_error', ambiguous: false }
      : result;
  }

  /** True when the same message is to be tried elsewhere. */
  learnPlace(target: PostTarget, reason: RejectReason): boolean {
    const { placement, warn } = this.#options;
    const lesson = placement.refused(target, reason);
    if (lesson !== undefined) warn('place', lesson);
    return lesson !== undefined;
  }

  /** The embeds of a message anew. Those that are not this process's go back as they stand. */
  async edit(message: PostedMessage, body: WebhookMessage): Promise<SendResult> {
    const { client, pacer, webhook } = this.#options;
    const { ref, slots } = message;
    if (message.embeds === message.entries.length || slots.length === 0) return this.#edit(ref, body);
    let standing: readonly Embed[] = [];
    const read = await pacer.send('edit', async () => {
      const answer = await client.read(webhook, ref.messageId, ref.threadId);
      if (answer.kind !== 'found') return answer;
      standing = answer.embeds;
      return { ...answer, kind: 'delivered' };
    });
    if (read.kind !== 'delivered') return read;
    const embeds = standing.map((embed, slot) => body.embeds[slots.indexOf(slot)] ?? embed);
    return this.#edit(ref, { embeds, allowed_mentions: body.allowed_mentions });
  }

  /** Where a message stands that was just accepted. */
  refOf(messageId: string, result: { readonly channelId?: string; readonly threadId?: string }): MessageRef {
    const { budgets, webhook } = this.#options;
    const guildId = budgets.guildOf(webhook.id);
    const channelId = result.channelId ?? budgets.channelOf(webhook.id);
    return {
      webhookId: webhook.id,
      messageId,
      ...(channelId === undefined ? {} : { channelId }),
      ...(guildId === undefined ? {} : { guildId }),
      ...(result.threadId === undefined ? {} : { threadId: result.threadId }),
    };
  }

  #edit(ref: MessageRef, message: WebhookMessage): Promise<SendResult> {
    const { client, gate, pacer, webhook } = this.#options;
    const checked = gate(message);
    return pacer.send('edit', () => client.edit(webhook, ref.messageId, checked, ref.threadId));
  }
}
