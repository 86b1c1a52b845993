import type { LimitedCall, RateLimits } from './rate-limits.ts';
import type { Reply } from './reply.ts';
import type { OpenRequest, ToldWait } from './request-log.ts';
import type { RouteKind } from './routes.ts';

/** A request as the judge of conduct sees it. */
export interface ConductCall {
  /** Webhook id and token, where it is about one. */
  readonly webhookKey: string | undefined;
  readonly limited: LimitedCall | undefined;
  readonly messageId: string | undefined;
  readonly route: RouteKind | undefined;
  /** Bot token or address: whose global limit it is. */
  readonly subject: string;
  readonly address: string;
  readonly waitsInMs: boolean;
}

/** How long a client should leave a guard alone that gave no time; the shortest that is reasonable. */
const EDGE_PAUSE_MS = 60_000;
/** A call this soon after a 429 did not wait at all. */
const HOT_MS = 100;
const HOT_CALLS = 3;
const MAX_KEYS = 5_000;

interface Told {
  readonly limit: ToldWait['limit'];
  readonly toldAtMs: number;
  readonly untilMs: number;
  readonly webhookKey: string | undefined;
}

/**
 * Watches whether a client keeps to what it was told. It reads the answers as they are sent, faults included: a wait that no header
 * and no body told is none.
 *
 * A wait counts as told when the answer is written, and a call as made when its first line arrives: two lanes that share a channel
 * can thus cross on the wire, which {@link ToldWait.toldToSameWebhook} and its times let a test tell apart.
 */
export class ClientConduct {
  readonly #limits: RateLimits;
  readonly #waits = new Map<string, Told>();
  readonly #gone = new Set<string>();
  readonly #edge = new Map<string, number>();
  readonly #hot = new Map<string, { last429Ms: number; inRow: number }>();

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Fills in the verdicts of a request that arrives. */
  judge(entry: OpenRequest, call: ConductCall, nowMs: number): void {
    let longest: Told | undefined;
    for (const key of this.#waitKeys(call, nowMs)) {
      const told = this.#waits.get(key);
      if (told === undefined || nowMs >= told.untilMs) continue;
      if (longest === undefined || told.untilMs > longest.untilMs) longest = told;
    }
    if (longest !== undefined) {
      entry.insideToldWait = true;
      entry.toldWait = {
        limit: longest.limit,
        toldAtMs: longest.toldAtMs,
        untilMs: longest.untilMs,
        toldToSameWebhook: longest.webhookKey === call.webhookKey,
      };
    }
    entry.insideEdgeBlock = nowMs < (this.#edge.get(call.address) ?? Number.NEGATIVE_INFINITY);
    if (call.webhookKey === undefined) return;
    entry.afterGone = this.#gone.has(call.webhookKey);
    const hot = this.#hot.get(call.webhookKey);
    if (hot !== undefined) {
      hot.inRow = nowMs - hot.last429Ms < HOT_MS ? hot.inRow + 1 : 0;
      entry.hotLoop = hot.inRow >= HOT_CALLS;
    }
  }

  /** Takes note of what an answer tells, just before it is written. */
  tell(reply: Reply, call: ConductCall, nowMs: number): void {
    const { webhookKey } = call;
    if (reply.edge === true) {
      if (reply.status === 429) {
        const header = Number(headerOf(reply, 'retry-after') ?? 0) * 1000;
        this.#keep(this.#edge, call.address, nowMs + Math.max(EDGE_PAUSE_MS, header));
      }
    } else {
      const waitMs = toldWaitMs(reply, call.waitsInMs);
      const limit = limitOf(reply);
      if (waitMs > 0 && limit !== undefined) {
        for (const key of this.#keysOf(limit, call)) {
          this.#keep(this.#waits, key, { limit, toldAtMs: nowMs, untilMs: nowMs + waitMs, webhookKey });
        }
      }
    }
    if (webhookKey === undefined) return;
    if (reply.status === 429) {
      this.#keep(this.#hot, webhookKey, { last429Ms: nowMs, inRow: this.#hot.get(webhookKey)?.inRow ?? 0 });
    } else this.#hot.delete(webhookKey);
    if (saysGone(reply)) {
      if (this.#gone.size >= MAX_KEYS) this.#gone.clear();
      this.#gone.add(webhookKey);
    }
  }

  clear(): void {
    this.#waits.clear();
    this.#gone.clear();
    this.#edge.clear();
    this.#hot.clear();
  }

  /** The waits a request has to respect. */
  #waitKeys(call: ConductCall, nowMs: number): string[] {
    const { limited } = call;
    const keys = [`global ${call.subject}`];
    if (limited === undefined) return [...keys, `bot ${call.route} ${call.subject}`];
    keys.push(`bucket ${this.#limits.familyOf(limited.kind)} ${limited.webhookKey}`);
    if (this.#limits.countsTowardChannel(limited.kind)) keys.push(`channel ${limited.channelId}`);
    if (limited.kind === 'edit') keys.push(`old_edit ${call.messageId}`);
    if (this.#limits.isOldEdit(limited, nowMs)) keys.push(`old_edit ${limited.channelId}`);
    return keys;
  }

  /** The waits an answer tells of. */
  #keysOf(limit: ToldWait['limit'], call: ConductCall): string[] {
    const { limited } = call;
    if (limit === 'global') return [`global ${call.subject}`];
    if (limited === undefined) return limit === 'bucket' ? [`bot ${call.route} ${call.subject}`] : [];
    if (limit === 'bucket') return [`bucket ${this.#limits.familyOf(limited.kind)} ${limited.webhookKey}`];
    if (limit === 'old_edit') return [`old_edit ${limited.channelId}`, `old_edit ${call.messageId}`];
    return [`${limit} ${limited.channelId}`];
  }

  #keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
    map.delete(key);
    for (const oldest of map.keys()) {
      if (map.size < MAX_KEYS) break;
      map.delete(oldest);
    }
    map.set(key, value);
  }
}

/** What an answer, as sent, tells a client to wait: the largest of what it says, without the header's rounding up. */
function toldWaitMs(reply: Reply, waitsInMs: boolean): number {
  const unit = waitsInMs ? 1 : 1000;
  const resetAfter = Number(headerOf(reply, 'x-ratelimit-reset-after') ?? 0) * 1000;
  if (reply.status !== 429) return headerOf(reply, 'x-ratelimit-remaining') === '0' ? resetAfter : 0;
  const body = parsedBody(reply);
  const inBody = Number((body as { retry_after?: unknown } | undefined)?.retry_after ?? Number.NaN) * unit;
  const inHeader = Number(headerOf(reply, 'retry-after') ?? 0) * unit;
  const exact = Number.isFinite(inBody) ? inBody : 0;
  // A header that only rounds the body up adds nothing.
  const header = exact > 0 && inHeader - exact < 1000 ? 0 : inHeader;
  // Reset-After speaks of the bucket, which only a bucket that is empty makes anybody wait for.
  const bucket = headerOf(reply, 'x-ratelimit-remaining') === '0' ? resetAfter : 0;
  return Math.max(exact, header, bucket);
}

/** Undefined for a wait that concerns one setting of one channel only. */
function limitOf(reply: Reply): ToldWait['limit'] | undefined {
  const scope = headerOf(reply, 'x-ratelimit-scope');
  if (reply.limit === 'rename') return undefined;
  if (reply.limit === 'channel' || reply.limit === 'old_edit') return reply.limit;
  if (reply.status === 429 && (reply.limit === 'global' || scope === 'global')) return 'global';
  return scope === 'shared' ? 'channel' : 'bucket';
}

function saysGone(reply: Reply): boolean {
  if (reply.status !== 404 && reply.status !== 401) return false;
  const code = (parsedBody(reply) as { code?: unknown } | undefined)?.code;
  return code === 10015 || code === 50027;
}

/** A header of an answer, whatever the case of its name. */
export function headerOf(reply: Reply, lowerCaseName: string): string | undefined {
  for (const [name, value] of Object.entries(reply.headers)) if (name.toLowerCase() === lowerCaseName) return value;
  return undefined;
}

/** An answer's JSON; undefined for anything else. */
export function parsedBody(reply: Reply): unknown {
  try {
    return JSON.parse(reply.body);
  } catch {
    return undefined;
  }
}
