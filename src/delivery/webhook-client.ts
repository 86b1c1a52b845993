import type { Clock } from '../clock.ts';
import type { WebhookUrl } from '../config/webhook-url.ts';
import type { Embed, WebhookMessage } from '../render/webhook-message.ts';
import type { HttpRequest, HttpTransport } from './http-transport.ts';
import type { PostTarget } from './placement.ts';
import { asId, type HttpAnswer, parseObject, readAnswer, type WaitUnit } from './response.ts';
import type { ProbeResult, RateHeaders, SendResult } from './send-result.ts';

/** Discord's webhook routes, one attempt each. Never rejects: every outcome is a value without a URL in it. */
export interface WebhookClient {
  /** A new message, confirmed by Discord (`wait=true`), so that it can be edited later. */
  post(webhook: WebhookUrl, message: WebhookMessage, target?: PostTarget): Promise<SendResult>;
  /** The embeds of a message as it stands. */
  read(webhook: WebhookUrl, messageId: string, threadId?: string): Promise<ReadResult>;
  /** The whole message again. */
  edit(webhook: WebhookUrl, messageId: string, message: WebhookMessage, threadId?: string): Promise<SendResult>;
  /** Asks whether the webhook lives, and which channel it belongs to; posts nothing. */
  probe(webhook: WebhookUrl): Promise<ProbeResult>;
  close(): Promise<void>;
}

/** A message as it stands, or why it was not given. */
export type ReadResult =
  | { readonly kind: 'found'; readonly embeds: readonly Embed[]; readonly rate?: RateHeaders }
  | Exclude<SendResult, { kind: 'delivered' }>;

/** The longest one attempt may take; a hanging connection must not hold a lane. */
export const ATTEMPT_TIMEOUT_MS = 10_000;

/** Network faults after which the request surely was not carried out. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EACCES',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function createWebhookClient(
  transport: HttpTransport,
  clock: Clock,
  attemptTimeoutMs: number = ATTEMPT_TIMEOUT_MS,
): WebhookClient {
  async function attempt(
    request: HttpRequest,
  ): Promise<HttpAnswer | { failed: 'timeout' | 'network'; ambiguous: boolean }> {
    const abort = new AbortController();
    const stopTimer = new AbortController();
    let timedOut = false;
    void clock.sleep(attemptTimeoutMs, stopTimer.signal).then(() => {
      if (stopTimer.signal.aborted) return;
      timedOut = true;
      abort.abort();
    });
    try {
      return await transport.request(request, abort.signal);
    } catch (error) {
      if (timedOut) return { failed: 'timeout', ambiguous: true };
      return { failed: 'network', ambiguous: !NOT_SENT.has(codeOf(error)) };
    } finally {
      stopTimer.abort();
    }
  }

  async function send(
    method: 'POST' | 'PATCH',
    url: string,
    unit: WaitUnit,
    message: WebhookMessage & { readonly thread_name?: string },
  ): Promise<SendResult> {
    const { files, ...body } = message;
    const attachments = files?.map((file, id) => ({ id, filename: file.name }));
    const json = JSON.stringify(
      attachments === undefined || attachments.length === 0 ? body : { ...body, attachments },
    );
    const answer = await attempt({ method, url, json, ...(files === undefined ? {} : { files }) });
    if ('failed' in answer) return { kind: 'retryable', reason: answer.failed, ambiguous: answer.ambiguous };
    return readAnswer(answer, unit);
  }

  return {
    async post(webhook, message, { threadId, threadName } = {}) {
      const query = new URLSearchParams({ wait: 'true', with_components: 'true' });
      if (threadId !== undefined) query.set('thread_id', threadId);
      const body = threadName === undefined ? message : { ...message, thread_name: threadName };
      const result = await send('POST', `${routeOf(webhook)}?${query}`, waitUnitOf(webhook), body);
      if (result.kind !== 'delivered' || (threadId === undefined && threadName === undefined)) return result;
      // The channel of a message in a thread is the thread.
      const { channelId, ...rest } = result;
      return { ...rest, ...(channelId === undefined ? {} : { threadId: channelId }) };
    },
    edit(webhook, messageId, message, threadId) {
      const query = new URLSearchParams({ with_components: 'true' });
      if (threadId !== undefined) query.set('thread_id', threadId);
      return send('PATCH', `${routeOf(webhook)}/messages/${messageId}?${query}`, waitUnitOf(webhook), message);
    },
    async read(webhook, messageId, threadId) {
      const query = threadId === undefined ? '' : `?${new URLSearchParams({ thread_id: threadId })}`;
      const answer = await attempt({ method: 'GET', url: `${routeOf(webhook)}/messages/${messageId}${query}` });
      if ('failed' in answer) return { kind: 'retryable', reason: answer.failed, ambiguous: false };
      const result = readAnswer(answer, waitUnitOf(webhook));
      if (result.kind !== 'delivered') return result;
      const embeds = parseObject(answer.text)?.['embeds'];
      if (!Array.isArray(embeds)) return { kind: 'retryable', reason: 'server_error', ambiguous: false };
      const { rate } = result;
      return { kind: 'found', embeds: embeds.map(toOwnParts), ...(rate === undefined ? {} : { rate }) };
    },
    async probe(webhook) {
      const answer = await attempt({ method: 'GET', url: routeOf(webhook) });
      if ('failed' in answer) return { kind: 'unknown', reason: answer.failed };
      return readProbe(answer, waitUnitOf(webhook));
    },
    close: () => transport.close(),
  };
}

/** Discord gives back more than it takes. https://discord.com/developers/docs/resources/message#embed-object */
function toOwnParts(embed: unknown): Embed {
  const { title, description, url, color, timestamp, fields, footer } = (embed ?? {}) as Embed;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(url === undefined ? {} : { url }),
    ...(color === undefined ? {} : { color }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(fields === undefined
      ? {}
      : { fields: fields.map(({ name, value, inline = false }) => ({ name, value, inline })) }),
    ...(footer === undefined ? {} : { footer: { text: footer.text } }),
  };
}

function routeOf(webhook: WebhookUrl): string {
  return `${webhook.apiBase}/webhooks/${webhook.id}/${webhook.revealToken()}`;
}

function waitUnitOf(webhook: WebhookUrl): WaitUnit {
  const version = /\/v(\d{1,2})(?:\/|$)/.exec(webhook.apiBase)?.[1];
  return version !== undefined && Number(version) >= 8 ? 'seconds' : 'milliseconds';
}

function readProbe(answer: HttpAnswer, unit: WaitUnit): ProbeResult {
  if (answer.status === 200) {
    const body = parseObject(answer.text);
    const channelId = asId(body?.['channel_id']);
    if (channelId === undefined) return { kind: 'unknown', reason: 'unexpected_answer' };
    const guildId = asId(body?.['guild_id']);
    const name = body?.['name'];
    return {
      kind: 'live',
      channelId,
      ...(guildId === undefined ? {} : { guildId }),
      ...(typeof name === 'string' ? { name } : {}),
    };
  }
  const result = readAnswer(answer, unit);
  if (result.kind === 'rejected') {
    const { reason, status } = result;
    if (reason === 'webhook_gone' || reason === 'unauthorized' || reason === 'endpoint_unknown') {
      return { kind: 'gone', reason, status };
    }
    return { kind: 'unknown', reason };
  }
  if (result.kind === 'throttled')
    return { kind: 'unknown', reason: `throttled_${result.scope}`, retryAfterMs: result.retryAfterMs };
  return { kind: 'unknown', reason: result.kind === 'retryable' ? result.reason : 'unexpected_answer' };
}

/** The code of a fault, looked for in its chain of causes too. Nothing else of it is ever used. */
function codeOf(error: unknown): string {
  let current: unknown = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    current = cause;
  }
  return '';
}
