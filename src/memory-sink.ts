import type { PagerSink } from './create-pager.ts';
import type { HttpAnswer } from './delivery/response.ts';
import type { Embed } from './render/webhook-message.ts';

/** A page as it would have been posted. */
export interface SunkMessage {
  readonly id: string;
  readonly channel: string;
  readonly content: string;
  readonly embeds: readonly Embed[];
  /** True when it would have pinged somebody. */
  readonly pings: boolean;
  /** True when it would have made no sound. */
  readonly silent: boolean;
  /** How often it was edited; the embeds are those of the newest edit. */
  readonly edits: number;
}

/** A sink for tests: `createPager({ sink })` posts nothing, its messages are here after `await pager.flush()`. */
export interface MemorySink extends PagerSink {
  readonly messages: readonly SunkMessage[];
  clear(): void;
}

/** Messages kept; beyond this the oldest go. */
const MAX_MESSAGES = 10_000;
/** Nobody listens there, and nothing is sent: the port that discards. */
const NOWHERE = 'http://127.0.0.1:9/api/webhooks';
/** Bit 12 of a message's flags: SUPPRESS_NOTIFICATIONS. */
const SILENT = 4096;

/**
 * Makes a sink with a webhook for `default` and for each of `channels`. Everything up to the network is the real pager: redaction,
 * routing, incidents, rendering, edits.
 */
export function createMemorySink(options: { readonly channels?: readonly string[] } = {}): MemorySink {
  const channels = ['default', ...(options.channels ?? []).filter((channel) => channel !== 'default')];
  const channelOf = new Map(
    channels.map((channel, index) => [String(100_000_000_000_000_000n + BigInt(index)), channel]),
  );
  let messages: SunkMessage[] = [];
  let nextId = 0;

  function receive(method: string, url: URL, json: string | undefined): HttpAnswer {
    const [, webhookId = '', messageId] = /\/webhooks\/(\d+)\/[^/]+(?:\/messages\/(\d+))?/.exec(url.pathname) ?? [];
    if (method === 'GET') return answer(200, { id: webhookId, channel_id: webhookId });
    const body = JSON.parse(json ?? '{}') as {
      content?: string;
      embeds?: Embed[];
      flags?: number;
      allowed_mentions?: { parse?: unknown[]; roles?: unknown[]; users?: unknown[] };
    };
    if (method === 'PATCH') {
      const index = messages.findIndex(({ id }) => id === messageId);
      const before = messages[index];
      if (before === undefined) return answer(404, { code: 10008, message: 'Unknown Message' });
      messages[index] = { ...before, embeds: body.embeds ?? before.embeds, edits: before.edits + 1 };
      return answer(200, { id: messageId, channel_id: webhookId });
    }
    const { parse = [], roles = [], users = [] } = body.allowed_mentions ?? {};
    const id = String(++nextId);
    messages.push({
      id,
      channel: channelOf.get(webhookId) ?? 'default',
      content: body.content ?? '',
      embeds: body.embeds ?? [],
      pings: parse.length + roles.length + users.length > 0,
      silent: ((body.flags ?? 0) & SILENT) !== 0,
      edits: 0,
    });
    if (messages.length > MAX_MESSAGES) messages.shift();
    return answer(200, { id, channel_id: webhookId });
  }

  return {
    get messages() {
      return messages;
    },
    clear() {
      messages = [];
    },
    config: {
      enabled: true,
      stateDir: 'none',
      bootCheck: 'off',
      webhooks: Object.fromEntries(
        [...channelOf].map(([id, channel]) => [channel, `${NOWHERE}/${id}/${'sink'.repeat(17)}`]),
      ),
    },
    transport: {
      request: (request) => Promise.resolve(receive(request.method, new URL(request.url), request.json)),
      close: () => Promise.resolve(),
    },
  };
}

function answer(status: number, body: object): HttpAnswer {
  // A bucket without end: tests do not wait.
  const headers = {
    via: '1.1 google',
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset-after': '0.001',
  };
  return { status, headers, text: JSON.stringify(body) };
}
