/** What the answer said about the bucket it was taken from. Absent where Discord sent no such headers. */
export interface RateHeaders {
  readonly bucket?: string;
  readonly limit?: number;
  readonly remaining?: number;
  readonly resetAfterMs?: number;
}

/**
 * Which limit a 429 speaks of. `bucket`: this webhook's own; `channel`: the hidden budget all webhooks of a channel share;
 * `global`: everything from this address; `old_message`: edits of messages older than an hour; `edge`: not the API but the
 * network in front of it, which blocks this address.
 */
export type ThrottleScope = 'bucket' | 'channel' | 'global' | 'old_message' | 'edge';

/**
 * Why Discord will not take this request, however often it is sent. `forum_channel`: a forum that asks for a tag; `thread_required`: a
 * forum, where a message needs a post; `not_a_forum`: a post where there are none; `thread_archived`: an edit in a thread that was
 * closed or archived.
 */
export type RejectReason =
  | 'webhook_gone'
  | 'unauthorized'
  | 'endpoint_unknown'
  | 'forbidden'
  | 'forum_channel'
  | 'thread_required'
  | 'not_a_forum'
  | 'thread_archived'
  | 'message_gone'
  | 'channel_gone'
  | 'invalid_payload'
  | 'too_large'
  | 'filtered';

export type RetryReason = 'server_error' | 'network' | 'timeout';

/** The outcome of one request. Carries the decision: nothing else is asked when deciding whether to send again. */
export type SendResult =
  | {
      readonly kind: 'delivered';
      /** Absent when the answer was cut short: the message stands, but cannot be edited. */
      readonly messageId?: string;
      readonly channelId?: string;
      /** The thread it went to, where it went to one. */
      readonly threadId?: string;
      readonly rate?: RateHeaders;
    }
  | {
      readonly kind: 'throttled';
      readonly scope: ThrottleScope;
      readonly retryAfterMs: number;
      readonly rate?: RateHeaders;
    }
  | {
      readonly kind: 'retryable';
      readonly reason: RetryReason;
      /** True when the request may have been carried out all the same: sending it again may show it twice. */
      readonly ambiguous: boolean;
      readonly rate?: RateHeaders;
    }
  | {
      readonly kind: 'rejected';
      readonly reason: RejectReason;
      readonly status: number;
      /** Discord's own error code. */
      readonly code?: number;
      readonly rate?: RateHeaders;
    };

/** What a GET of a webhook tells. */
export type ProbeResult =
  | { readonly kind: 'live'; readonly channelId: string; readonly guildId?: string; readonly name?: string }
  | {
      readonly kind: 'gone';
      readonly reason: 'webhook_gone' | 'unauthorized' | 'endpoint_unknown';
      readonly status: number;
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly retryAfterMs?: number };

/** Why something that was captured is never shown. Metric attribute, log field and key of `stats().dropped`. */
export type DropReason =
  | 'queue_full'
  | 'rejected'
  | 'filtered'
  | 'expired'
  | 'shutdown'
  | 'pager_crashed'
  | 'redaction_processor'
  | 'invalid';

/** The reasons that end a webhook: it is not called again, but probed now and then. */
export function isTerminal(reason: RejectReason): boolean {
  return (
    reason === 'webhook_gone' ||
    reason === 'unauthorized' ||
    reason === 'endpoint_unknown' ||
    reason === 'forbidden' ||
    reason === 'forum_channel'
  );
}

/** What a webhook that has ended is said to be or do. */
export const ENDED_TEXT: Readonly<Partial<Record<RejectReason, string>>> = {
  webhook_gone: 'was deleted',
  unauthorized: 'has another token now',
  endpoint_unknown: 'is not known at its address',
  forbidden: 'may not post',
  forum_channel: 'belongs to a forum channel that asks for a tag in every post',
};
