import type { FaultKind } from './fault.ts';
import type { LimitReason } from './rate-limits.ts';
import type { RouteKind } from './routes.ts';

/** A wait a client was told of that had not ended when it called. */
export interface ToldWait {
  /** What the wait was for. */
  readonly limit: 'bucket' | 'channel' | 'global' | 'old_edit';
  readonly toldAtMs: number;
  readonly untilMs: number;
  /** True when this very webhook was told; false for a wait of the channel or of everything, told to another. */
  readonly toldToSameWebhook: boolean;
}

/** One request, as it arrived and as it was answered. Holds no token, and no header but those named here. */
export interface LoggedRequest {
  /** Running number, from 1. */
  readonly seq: number;
  readonly atMs: number;
  /** Undefined while it has no answer yet. */
  readonly answeredAtMs: number | undefined;
  readonly method: string;
  /** Path and query; a webhook's token reads `***`. */
  readonly route: string;
  readonly kind: RouteKind | undefined;
  /** As written in the path; undefined for a path without one. */
  readonly apiVersion: number | undefined;
  readonly channel: string | undefined;
  readonly webhookId: string | undefined;
  readonly messageId: string | undefined;
  readonly userAgent: string | undefined;
  readonly auditLogReason: string | undefined;
  /** The parsed payload, files aside; undefined where there was none or it could not be read. */
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  /** `cut`: the connection was reset instead of, or within, the answer. `hung`: no answer was given. */
  readonly outcome: 'pending' | 'answered' | 'cut' | 'hung';
  /** Undefined when no status line was sent. */
  readonly status: number | undefined;
  /** Scope of a 429. */
  readonly scope: 'user' | 'shared' | 'global' | undefined;
  /** Which limit refused: one of the emulator's, the guard in front of it (`edge`), or a scripted `fault`. */
  readonly limit: LimitReason | undefined;
  /** `X-RateLimit-*` and `Retry-After` as sent, lower-case names. */
  readonly rateLimitHeaders: Readonly<Record<string, string>>;
  /** Body of an answer of 400 and above: parsed where it is JSON, else text. */
  readonly error: unknown;
  /** Scripted faults that met it. */
  readonly faults: readonly FaultKind[];
  /** Came while a wait told earlier had not ended. */
  readonly insideToldWait: boolean;
  readonly toldWait: ToldWait | undefined;
  /** Came within a minute of an answer that said this address is blocked. */
  readonly insideEdgeBlock: boolean;
  /** Came after this webhook (id and token) had been answered 404/10015 or 401/50027. */
  readonly afterGone: boolean;
  /** At least the third call in a row of this webhook that followed a 429 by less than 100 ms. */
  readonly hotLoop: boolean;
  /** Components were sent and dropped, because the webhook was made by a human and did not ask for them. */
  readonly componentsDropped: boolean;
  /** The edit took a standing mention away. */
  readonly mentionRemoved: boolean;
  /** A message went out because of it, or was changed, and mentioned somebody on a device. */
  readonly pinged: boolean;
}

/** A logged request that is still being filled in. */
export type OpenRequest = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** The requests in order of arrival; at most `maxRequests`, the oldest is forgotten first. */
export class RequestLog {
  readonly #maxRequests: number;
  #requests: OpenRequest[] = [];
  #seq = 0;

  constructor(maxRequests: number) {
    this.#maxRequests = maxRequests;
  }

  open(
    request: Pick<
      LoggedRequest,
      | 'atMs'
      | 'method'
      | 'route'
      | 'kind'
      | 'apiVersion'
      | 'channel'
      | 'webhookId'
      | 'messageId'
      | 'userAgent'
      | 'auditLogReason'
    >,
  ): OpenRequest {
    this.#seq++;
    const entry: OpenRequest = {
      ...request,
      seq: this.#seq,
      answeredAtMs: undefined,
      body: undefined,
      files: [],
      outcome: 'pending',
      status: undefined,
      scope: undefined,
      limit: undefined,
      rateLimitHeaders: {},
      error: undefined,
      faults: [],
      insideToldWait: false,
      toldWait: undefined,
      insideEdgeBlock: false,
      afterGone: false,
      hotLoop: false,
      componentsDropped: false,
      mentionRemoved: false,
      pinged: false,
    };
    this.#requests.push(entry);
    if (this.#requests.length > this.#maxRequests) this.#requests.shift();
    return entry;
  }

  /** Copies: a pending request's later answer does not show in them. */
  list(): LoggedRequest[] {
    return this.#requests.map((request) => ({ ...request, faults: [...request.faults] }));
  }

  /** Forgets the requests; the running number goes on. */
  clear(): void {
    this.#requests = [];
  }
}
