import { type ApiError, errorBody } from './error-bodies.ts';
import type { JsonObject } from './json.ts';
import type { EdgeForm, EmulatorRules } from './options.ts';
import type { BucketState, LimitReason } from './rate-limits.ts';

/** An answer before it is written. Header names as Discord writes them. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Which limit refused, for a 429. */
  readonly limit?: LimitReason | undefined;
  /** True for answers that did not come from the API: the guard in front of it, or a broken gateway. */
  readonly edge?: boolean | undefined;
}

/** How the caller's API version wants its answers. */
export interface Dialect {
  /** v6 and v7: complaints as flat lists, without codes. */
  readonly flatErrors: boolean;
  /** v6 and v7: waits in ms. @see https://discord.com/developers/docs/change-log/2020-10-27-api-v8 */
  readonly waitsInMs: boolean;
  /** Whole seconds in the Reset headers, rounded up; v6 and v7 without `X-RateLimit-Precision: millisecond`. */
  readonly wholeSeconds: boolean;
}

const JSON_TYPE = 'application/json';
/** On every answer of the API, on none of the guard in front of it. */
const VIA = '1.1 google';

export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE, Via: VIA, ...headers }, body: JSON.stringify(body) };
}

export function emptyReply(): Reply {
  return { status: 204, headers: { Via: VIA }, body: '' };
}

export function textReply(text: string): Reply {
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', Via: VIA }, body: text };
}

export function errorReply(error: ApiError, dialect: Dialect): Reply {
  return jsonReply(error.status, errorBody(error, dialect.flatErrors));
}

/** The five headers of a bucket. @see https://discord.com/developers/docs/topics/rate-limits#header-format */
export function bucketHeaders(bucket: BucketState, nowMs: number, dialect: Dialect): Record<string, string> {
  const seconds = (ms: number): string =>
    dialect.wholeSeconds ? String(Math.ceil(ms / 1000)) : (ms / 1000).toFixed(3);
  return {
    'X-RateLimit-Limit': String(bucket.limit),
    'X-RateLimit-Remaining': String(bucket.remaining),
    'X-RateLimit-Reset': seconds(nowMs + bucket.resetAfterMs),
    'X-RateLimit-Reset-After': seconds(bucket.resetAfterMs),
    'X-RateLimit-Bucket': bucket.hash,
  };
}

/** A refusal by a rate limit. */
export interface Limited {
  readonly limit: LimitReason;
  readonly waitMs: number;
  readonly scope: 'user' | 'shared' | 'global';
  readonly bucket?: BucketState | undefined;
  /** Body code: 30046 for edits of old messages, 20016 for slowmode … */
  readonly code?: number | undefined;
  readonly message?: string | undefined;
  /** Overrides `Retry-After`, in seconds (ms for v6); null leaves it out. */
  readonly header?: number | null | undefined;
}

/** The text of the refusal by code 30046. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export const OLD_EDIT_MESSAGE = 'Maximum number of edits to messages older than 1 hour reached. Try again later.';

/**
 * 429 with the wait in the body (fractions of a second kept) and in `Retry-After` (rounded up). Global refusals carry no bucket.
 *
 * @see https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
 */
export function limitedReply(limited: Limited, nowMs: number, dialect: Dialect): Reply {
  const waitMs = Math.max(0, limited.waitMs);
  const wait = dialect.waitsInMs ? Math.ceil(waitMs) : Math.round(waitMs) / 1000;
  const header = limited.header === undefined ? Math.ceil(wait) : limited.header;
  const body: JsonObject = {
    message:
      limited.message ??
      (limited.scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.'),
    retry_after: wait,
    global: limited.scope === 'global',
    ...(limited.code === undefined ? {} : { code: limited.code }),
  };
  const reply = jsonReply(429, body, {
    ...(limited.scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
    ...(limited.bucket !== undefined && limited.scope !== 'global'
      ? bucketHeaders(limited.bucket, nowMs, dialect)
      : {}),
    'X-RateLimit-Scope': limited.scope,
    ...(header === null ? {} : { 'Retry-After': String(header) }),
  });
  return { ...reply, limit: limited.limit };
}

const EDGE_BODIES: Readonly<Record<EdgeForm, readonly [contentType: string, body: string]>> = {
  // https://github.com/discord/discord-api-docs/issues/5810
  json: [
    JSON_TYPE,
    JSON.stringify({
      message:
        'You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently. ' +
        'Please read our docs at https://discord.com/developers/docs/topics/rate-limits to prevent this moving forward.',
      code: 0,
    }),
  ],
  // https://github.com/discord/discord-api-docs/issues/5385
  text: ['text/plain; charset=UTF-8', 'error code: 1015'],
  html: ['text/html; charset=UTF-8', htmlPage('Access denied | discord.com used Cloudflare to restrict access', 1015)],
};

/** A blocked address: 429 from the guard, without `Via`, without rate-limit headers, mostly without `Retry-After`. */
export function edgeBanReply(form: EdgeForm, retryAfterS?: number): Reply {
  const [contentType, body] = EDGE_BODIES[form];
  const headers: Record<string, string> = { 'Content-Type': contentType, Server: 'cloudflare' };
  if (retryAfterS !== undefined) headers['Retry-After'] = String(retryAfterS);
  return { status: 429, headers, body, edge: true, limit: 'edge' };
}

/** A refused User-Agent. @see https://github.com/discord/discord-api-docs/issues/6473 */
export function userAgentBlockReply(form: Exclude<EmulatorRules['userAgentCheck'], 'off'>): Reply {
  return form === 'json'
    ? {
        status: 403,
        headers: { 'Content-Type': JSON_TYPE, Server: 'cloudflare' },
        body: JSON.stringify({ message: 'internal network error', code: 40333 }),
        edge: true,
      }
    : {
        status: 403,
        headers: { 'Content-Type': 'text/plain; charset=UTF-8', Server: 'cloudflare' },
        body: 'error code: 1010',
        edge: true,
      };
}

/** A broken gateway: an HTML page as proxies write it. */
export function gatewayReply(status: number): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=UTF-8', Server: 'cloudflare' },
    body: htmlPage(`discord.com | ${status}`, status),
    edge: true,
  };
}

function htmlPage(title: string, code: number): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>Error ${code}</h1></body></html>\n`;
}
