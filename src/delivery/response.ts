import type { RateHeaders, RejectReason, SendResult, ThrottleScope } from './send-result.ts';

/** An HTTP answer, header names in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text; undefined when it was cut short. */
  readonly text: string | undefined;
}

/** Unit of the waits in an answer: API versions below 8 (an unversioned path is v6) say milliseconds. */
export type WaitUnit = 'seconds' | 'milliseconds';

/** The least wait after a block at the edge: it sends no usable time and grows when hammered. */
export const EDGE_COOL_DOWN_MS = 60_000;
/** Waits of 0 occur; asking again at once would be one more invalid request. */
const MIN_RETRY_AFTER_MS = 250;
/** Beyond this a told wait is taken for damage (a day). */
const MAX_RETRY_AFTER_MS = 86_400_000;

// Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
const OLD_MESSAGE_EDITS = 30046;
const CODE_REASON: ReadonlyMap<number, RejectReason> = new Map<number, RejectReason>([
  [10003, 'channel_gone'],
  [10008, 'message_gone'],
  [10015, 'webhook_gone'],
  [40005, 'too_large'],
  [50001, 'forbidden'],
  [50013, 'forbidden'],
  [50027, 'unauthorized'],
  [40067, 'forum_channel'],
  [50083, 'thread_archived'],
  [160005, 'thread_archived'],
  [220001, 'thread_required'],
  [220003, 'not_a_forum'],
  [200000, 'filtered'],
  [200001, 'filtered'],
  [240000, 'filtered'],
]);

/**
 * Reads an answer of a webhook route. Decides on Discord's error code first and on the status second, and takes nothing for
 * granted: bodies may be HTML, text, cut short or of an older API version, headers may be missing or disagree.
 */
export function readAnswer(answer: HttpAnswer, unit: WaitUnit): SendResult {
  const { status, headers } = answer;
  const body = parseObject(answer.text);
  const rate = readRateHeaders(headers);
  const withRate = rate === undefined ? {} : { rate };
  if (status >= 200 && status < 300) {
    const id = asId(body?.['id']);
    const channelId = asId(body?.['channel_id']);
    return {
      kind: 'delivered',
      ...(id === undefined ? {} : { messageId: id }),
      ...(channelId === undefined ? {} : { channelId }),
      ...withRate,
    };
  }
  const code = typeof body?.['code'] === 'number' ? body['code'] : undefined;
  if (status === 429) {
    const scope = throttleScope(headers, body, code, rate);
    return { kind: 'throttled', scope, retryAfterMs: readRetryAfter(scope, headers, body, unit, rate), ...withRate };
  }
  // A 403 that the API itself did not write, and its two coded forms, block this address or client, not this webhook.
  if (status === 403 && (body === undefined || code === 40333 || code === 10008)) {
    return { kind: 'throttled', scope: 'edge', retryAfterMs: EDGE_COOL_DOWN_MS * 10, ...withRate };
  }
  // 502 is answered before anything took the request; after the others it may have been carried out.
  if (status >= 500) return { kind: 'retryable', reason: 'server_error', ambiguous: status !== 502, ...withRate };
  if (status === 408 || status === 425)
    return { kind: 'retryable', reason: 'server_error', ambiguous: true, ...withRate };
  return {
    kind: 'rejected',
    reason: rejectReason(status, code),
    status,
    ...(code === undefined ? {} : { code }),
    ...withRate,
  };
}

function rejectReason(status: number, code: number | undefined): RejectReason {
  const known = code === undefined ? undefined : CODE_REASON.get(code);
  if (known !== undefined) return known;
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 405) return 'endpoint_unknown';
  if (status === 413) return 'too_large';
  return 'invalid_payload';
}

function throttleScope(
  headers: HttpAnswer['headers'],
  body: Record<string, unknown> | undefined,
  code: number | undefined,
  rate: RateHeaders | undefined,
): ThrottleScope {
  if (code === OLD_MESSAGE_EDITS) return 'old_message';
  if (headers['x-ratelimit-global'] === 'true' || body?.['global'] === true) return 'global';
  const scope = headers['x-ratelimit-scope'];
  const fromApi = headers['via'] !== undefined || scope !== undefined || rate !== undefined;
  const toldWait = typeof body?.['retry_after'] === 'number';
  if (!fromApi && !toldWait) return 'edge';
  if (scope === 'global') return 'global';
  if (scope === 'shared' || (rate?.remaining !== undefined && rate.remaining > 0)) return 'channel';
  return 'bucket';
}

function readRetryAfter(
  scope: ThrottleScope,
  headers: HttpAnswer['headers'],
  body: Record<string, unknown> | undefined,
  unit: WaitUnit,
  rate: RateHeaders | undefined,
): number {
  const factor = unit === 'seconds' ? 1000 : 1;
  const fromBody = asPositive(body?.['retry_after']) * factor;
  // The edge always speaks HTTP's own seconds.
  const fromHeader = asPositive(headers['retry-after']) * (scope === 'edge' ? 1000 : factor);
  const fromReset = scope === 'bucket' ? (rate?.resetAfterMs ?? 0) : 0;
  const told = Math.max(fromBody, fromHeader, fromReset);
  const floor = scope === 'edge' ? EDGE_COOL_DOWN_MS : MIN_RETRY_AFTER_MS;
  return Math.min(Math.max(told, floor), MAX_RETRY_AFTER_MS);
}

function readRateHeaders(headers: HttpAnswer['headers']): RateHeaders | undefined {
  const bucket = headers['x-ratelimit-bucket'];
  const limit = asNumber(headers['x-ratelimit-limit']);
  const remaining = asNumber(headers['x-ratelimit-remaining']);
  const resetAfter = asNumber(headers['x-ratelimit-reset-after']);
  if (bucket === undefined && limit === undefined && remaining === undefined && resetAfter === undefined)
    return undefined;
  return {
    ...(bucket === undefined ? {} : { bucket }),
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetAfter === undefined ? {} : { resetAfterMs: resetAfter * 1000 }),
  };
}

/** The body as an object, or undefined for anything else. */
export function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined || !text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** An id, which is kept and shown in links; whatever else a server gives back in its place is not. */
export function asId(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{1,24}$/.test(value) ? value : undefined;
}

function asNumber(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function asPositive(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : 0;
}
