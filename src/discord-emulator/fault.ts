import type { EdgeForm } from './options.ts';
import type { RouteKind } from './routes.ts';

/** Which requests a fault meets. Without any of these: every request. */
export interface FaultMatch {
  /** Name of the channel. */
  readonly channel?: string | undefined;
  /** Label of the webhook, as given to `webhookUrl()`. */
  readonly webhook?: string | undefined;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | undefined;
  readonly route?: RouteKind | undefined;
  /** Requests that are let through first. @default 0 */
  readonly after?: number | undefined;
  /** Requests that are met; then it is over by itself. Without it the fault stands until `end()`. */
  readonly times?: number | undefined;
}

/** A 5xx: JSON for 500, an HTML page of the gateway for the rest. */
export interface ServerErrorFault extends FaultMatch {
  readonly kind: 'server_error';
  /** @default 500 */
  readonly status?: 500 | 502 | 503 | 504 | 520 | 521 | 522 | 523 | 524 | 530 | undefined;
  /** The request was carried out all the same: a resend makes a duplicate. @default false */
  readonly stored?: boolean | undefined;
}

/** Discord is away: every request is cut off, or meets a gateway without a server behind it. */
export interface OutageFault extends FaultMatch {
  readonly kind: 'outage';
  /** @default 'reset' */
  readonly mode?: 'reset' | 'bad_gateway' | undefined;
}

/** The connection is reset: before anything was stored, after it (the answer is lost), or in the middle of the answer. */
export interface ResetFault extends FaultMatch {
  readonly kind: 'reset';
  /** @default 'before_storing' */
  readonly when?: 'before_storing' | 'after_storing' | 'in_answer' | undefined;
}

/** The answer comes late, by the emulator's clock. */
export interface SlowFault extends FaultMatch {
  readonly kind: 'slow';
  readonly delayMs: number;
  /**
   * `after_storing`: the message stands before the client gives up waiting, so a resend makes a duplicate. `in_answer`: half of the
   * body comes at once, the rest late.
   *
   * @default 'after_storing'
   */
  readonly when?: 'before_storing' | 'after_storing' | 'in_answer' | undefined;
}

/** No answer at all; the connection is cut when the fault ends or the emulator closes. */
export interface HangFault extends FaultMatch {
  readonly kind: 'hang';
  /** @default false */
  readonly stored?: boolean | undefined;
}

/** A 429 of the API. `times: k` makes a burst of k. */
export interface RateLimitedFault extends FaultMatch {
  readonly kind: 'rate_limited';
  /** The wait in the body; 0 is a wait of nothing, as Discord has been seen to send. */
  readonly retryAfterMs: number;
  /** `global` comes without bucket headers; `shared` with places left in the bucket. @default 'user' */
  readonly scope?: 'user' | 'shared' | 'global' | undefined;
  /** `Retry-After` in seconds where it is to disagree with the body; `missing` leaves it out. @default the body's, rounded up */
  readonly headerRetryAfterS?: number | 'missing' | undefined;
  /** `X-RateLimit-Reset-After` where it is to disagree. @default retryAfterMs */
  readonly resetAfterMs?: number | undefined;
  /** Code in the body: 20016 slowmode, 20028 channel writes, 130000 overloaded … @default none */
  readonly code?: number | undefined;
}

/** The guard in front of the API blocks the address: no `Via`, no rate-limit headers. */
export interface EdgeBanFault extends FaultMatch {
  readonly kind: 'edge_ban';
  /** @default 'json' */
  readonly form?: EdgeForm | undefined;
  /** @default no such header */
  readonly retryAfterS?: number | undefined;
}

/** The guard refuses the User-Agent, whatever it is. */
export interface UserAgentBlockFault extends FaultMatch {
  readonly kind: 'user_agent_block';
  /** @default 'text' */
  readonly form?: 'text' | 'json' | undefined;
}

/** The content filter refuses an otherwise fine message: 400 with 200000, or 240000 for a harmful link. */
export interface AutomodFault extends FaultMatch {
  readonly kind: 'automod';
  /** @default 200000 */
  readonly code?: 200000 | 240000 | undefined;
}

/** An edit meets the limit for old messages: 429 with code 30046, whatever the message's age. */
export interface OldEditFault extends FaultMatch {
  readonly kind: 'old_edit';
  /** @default 4000 */
  readonly retryAfterMs?: number | undefined;
}

/** Any refusal of the API in its usual form. */
export interface ApiErrorFault extends FaultMatch {
  readonly kind: 'api_error';
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** The answer's JSON ends in the middle, with a matching Content-Length. The request was carried out. */
export interface TruncatedJsonFault extends FaultMatch {
  readonly kind: 'truncated_json';
}

/** Discord's clock is off by this much in `X-RateLimit-Reset`; `Reset-After` stays right. */
export interface ClockSkewFault extends FaultMatch {
  readonly kind: 'clock_skew';
  readonly skewMs: number;
}

/** Header names in lower case, as HTTP/2 brings them. */
export interface LowerCaseHeadersFault extends FaultMatch {
  readonly kind: 'lower_case_headers';
}

/** Headers that should be there are not: all `X-RateLimit-*`, `Retry-After`, or both. */
export interface MissingHeadersFault extends FaultMatch {
  readonly kind: 'missing_headers';
  /** @default 'all' */
  readonly which?: 'rate_limit' | 'retry_after' | 'all' | undefined;
}

/**
 * Takes effect at once, on every webhook of the channel or the labelled one. `end()` brings back those it deleted, which the real
 * Discord cannot do.
 */
export interface DeleteWebhookFault {
  readonly kind: 'delete_webhook';
  readonly channel: string;
  readonly webhook?: string | undefined;
}

/** Takes effect at once; `webhookUrl()` then gives the new URL. For good, `end()` changes nothing. */
export interface RegenerateTokenFault {
  readonly kind: 'regenerate_token';
  readonly channel: string;
  readonly webhook?: string | undefined;
}

/** Every bucket gets another hash, at once and for good. */
export interface BucketHashChangeFault {
  readonly kind: 'bucket_hash_change';
}

/** Faults that meet requests. */
export type RequestFault =
  | ServerErrorFault
  | OutageFault
  | ResetFault
  | SlowFault
  | HangFault
  | RateLimitedFault
  | EdgeBanFault
  | UserAgentBlockFault
  | AutomodFault
  | OldEditFault
  | ApiErrorFault
  | TruncatedJsonFault
  | ClockSkewFault
  | LowerCaseHeadersFault
  | MissingHeadersFault;

/** Everything that can be made to go wrong. */
export type Fault = RequestFault | DeleteWebhookFault | RegenerateTokenFault | BucketHashChangeFault;

export type FaultKind = Fault['kind'];

/** Ends a fault. Ending it twice, or one that is over, does nothing. */
export interface FaultHandle {
  end(): void;
}
