import type { Clock } from '../../src/clock.ts';
import { WebhookUrl } from '../../src/config/webhook-url.ts';
import type { ProbeResult, SendResult } from '../../src/delivery/send-result.ts';
import type { ReadResult, WebhookClient } from '../../src/delivery/webhook-client.ts';
import type { MessageEntry, Renderer } from '../../src/render/render.ts';
import type { Embed, WebhookMessage } from '../../src/render/webhook-message.ts';

/** A request as it reached the scripted Discord. */
export interface SeenRequest {
  readonly atMs: number;
  readonly kind: 'post' | 'edit' | 'probe' | 'read';
  readonly webhookId: string;
  readonly message?: WebhookMessage;
  readonly messageId?: string;
  readonly titles: readonly string[];
}

/** A Discord that answers what a test says, and otherwise accepts everything. */
export class ScriptedDiscord implements WebhookClient {
  readonly seen: SeenRequest[] = [];
  readonly #clock: Clock;
  readonly #script: { match: (request: SeenRequest) => boolean; result: SendResult; times: number }[] = [];
  probeResult: ProbeResult = { kind: 'live', channelId: '1' };
  latencyMs = 0;
  channelOf: (webhookId: string) => string = (webhookId) => `channel-of-${webhookId}`;
  #messages = 0;
  readonly #standing = new Map<string, readonly Embed[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next `times` requests that match are answered with this. */
  answer(result: SendResult, times = 1, match: (request: SeenRequest) => boolean = () => true): void {
    this.#script.push({ match, result, times });
  }

  get posts(): SeenRequest[] {
    return this.seen.filter(({ kind }) => kind === 'post');
  }

  get edits(): SeenRequest[] {
    return this.seen.filter(({ kind }) => kind === 'edit');
  }

  post(webhook: WebhookUrl, message: WebhookMessage): Promise<SendResult> {
    return this.#receive({ kind: 'post', webhookId: webhook.id, message });
  }

  edit(webhook: WebhookUrl, messageId: string, message: WebhookMessage): Promise<SendResult> {
    return this.#receive({ kind: 'edit', webhookId: webhook.id, message, messageId });
  }

  read(webhook: WebhookUrl, messageId: string): Promise<ReadResult> {
    this.seen.push({ kind: 'read', webhookId: webhook.id, messageId, atMs: this.#clock.now(), titles: [] });
    const embeds = this.#standing.get(messageId);
    if (embeds === undefined) {
      return Promise.resolve({ kind: 'rejected', reason: 'message_gone', status: 404, code: 10008 });
    }
    return Promise.resolve({ kind: 'found', embeds });
  }

  probe(webhook: WebhookUrl): Promise<ProbeResult> {
    this.seen.push({ kind: 'probe', webhookId: webhook.id, atMs: this.#clock.now(), titles: [] });
    return Promise.resolve(this.probeResult);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #receive(request: Omit<SeenRequest, 'atMs' | 'titles'>): Promise<SendResult> {
    const titles = request.message?.embeds.map(({ title }) => title ?? '') ?? [];
    const seen: SeenRequest = { ...request, atMs: this.#clock.now(), titles };
    this.seen.push(seen);
    if (this.latencyMs > 0) await this.#clock.sleep(this.latencyMs);
    const scripted = this.#script.find(({ match, times }) => times > 0 && match(seen));
    if (scripted !== undefined) {
      scripted.times--;
      return scripted.result;
    }
    const messageId = request.messageId ?? `m${++this.#messages}`;
    if (request.message !== undefined) this.#standing.set(messageId, request.message.embeds);
    return {
      kind: 'delivered',
      messageId,
      channelId: this.channelOf(request.webhookId),
    };
  }
}

/** Titles that show what a person would read off, and nothing else. */
export const plainRenderer: Renderer = {
  threadName: (entries) => entries[0]?.incident.alert.message ?? '',
  post: (entries) => ({ content: 'new', embeds: entries.map(embedOf), allowed_mentions: { parse: [] } }),
  edit: (entries) => ({ embeds: entries.map(embedOf), allowed_mentions: { parse: [] } }),
  audit: (entries) => ({
    message: { embeds: [{ title: `audit ${entries.length}` }], allowed_mentions: { parse: [] } },
    taken: entries.length,
  }),
  self: (notice) => ({
    content: notice.title,
    embeds: [{ title: `self: ${notice.title}` }],
    allowed_mentions: { parse: [] },
  }),
  plain: (entries) => ({ content: `plain ${entries.length}`, embeds: [], allowed_mentions: { parse: [] } }),
};

function embedOf({ incident, continuedIn }: MessageEntry): { title: string } {
  const where = continuedIn === undefined ? '' : ` → ${continuedIn.messageId}`;
  return { title: `${incident.alert.message} ×${incident.count} ${incident.state}${where}` };
}

export function makeWebhook(id = '11111111111111111'): WebhookUrl {
  const parsed = WebhookUrl.parse(`http://127.0.0.1:9/api/webhooks/${id}/${'t'.repeat(68)}`);
  if (!parsed.ok) throw new Error('not a webhook URL');
  return parsed.url;
}
