import type { IncomingHttpHeaders } from 'node:http';
import type { ClientConduct, ConductCall } from './client-conduct.ts';
import type { Events } from './events.ts';
import type { FaultBook, FaultSubject } from './fault-book.ts';
import type { Guild } from './guild.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import type { EmulatedMessage, MessageStore } from './message-store.ts';
import type { EmulatorRules } from './options.ts';
import type { BucketState, RateLimits } from './rate-limits.ts';
import type { Dialect } from './reply.ts';
import type { LoggedRequest, OpenRequest, RequestLog } from './request-log.ts';
import type { RouteMatch } from './routes.ts';
import type { Snowflakes } from './snowflake.ts';

/** What can be listened to. */
export interface EmulatorEvents {
  /** A message was posted. */
  message: EmulatedMessage;
  /** A message was edited; its newest state. */
  edit: EmulatedMessage;
  /** A message was deleted; its last state. */
  delete: EmulatedMessage;
  /** A request got its answer, was cut off, or was left hanging. */
  request: LoggedRequest;
}

/** Everything the routes work on. */
export interface World {
  readonly rules: EmulatorRules;
  readonly guild: Guild;
  readonly messages: MessageStore;
  readonly limits: RateLimits;
  readonly invalid: InvalidRequests;
  readonly conduct: ClientConduct;
  readonly faults: FaultBook;
  readonly log: RequestLog;
  readonly ids: Snowflakes;
  readonly events: Events<EmulatorEvents>;
  /** Scheme, host and port, for URLs in answers. */
  origin(): string;
  now(): number;
}

/** One request on its way through. */
export interface ApiCall {
  readonly method: string;
  readonly route: RouteMatch | undefined;
  readonly version: number;
  readonly dialect: Dialect;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  /** The line in the log, filled in on the way. */
  readonly entry: OpenRequest;
  readonly faults: FaultSubject;
  readonly conduct: ConductCall;
  /** Undefined when it was larger than a request may be. */
  bytes: Buffer | undefined;
  /** The bucket whose headers the answer carries, once it is known. */
  bucket: BucketState | undefined;
}

/** A query flag as Discord reads it. @see https://discord.com/developers/docs/reference#boolean-query-strings */
export function queryFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value === 'true' || value === 'True' || value === '1';
}
