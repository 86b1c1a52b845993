import { ApiError } from './error-bodies.ts';
import type { Webhook } from './guild.ts';
import type { LimitedCall } from './rate-limits.ts';
import { type Limited, limitedReply, OLD_EDIT_MESSAGE, type Reply } from './reply.ts';
import type { RouteKind } from './routes.ts';
import type { ApiCall, World } from './world.ts';

/** Ends the way of a request with a 429. */
export class LimitReached extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super('rate limited');
    this.name = 'LimitReached';
    this.reply = reply;
  }
}

const LIMITED_KINDS: Readonly<Partial<Record<RouteKind, LimitedCall['kind']>>> = {
  webhook_execute: 'execute',
  webhook_slack: 'execute',
  webhook_github: 'execute',
  webhook_get: 'get',
  webhook_modify: 'webhook',
  webhook_delete: 'webhook',
  message_get: 'get',
  message_edit: 'edit',
  message_delete: 'delete',
};

/** What a request on a webhook's routes asks of the limits; undefined for all other routes. */
export function toLimitedCall(
  kind: RouteKind,
  webhookKey: string,
  channelId: string,
  editedCreatedAtMs: number | undefined,
): LimitedCall | undefined {
  const limited = LIMITED_KINDS[kind];
  if (limited === undefined) return undefined;
  return {
    kind: limited,
    webhookKey,
    channelId,
    editedCreatedAtMs: limited === 'edit' ? editedCreatedAtMs : undefined,
  };
}

/**
 * Looks at the limits of a webhook, if this is the place where the rules look at them. Scripted refusals come first.
 *
 * @throws {LimitReached} with the 429.
 * @throws {ApiError} for a scripted refusal.
 */
export function enforceLimits(
  world: World,
  call: ApiCall,
  hook: Webhook,
  place: World['rules']['rateLimitCheck'],
): void {
  const { rules, limits } = world;
  const limited = call.conduct.limited;
  if (rules.rateLimitCheck !== place || limited === undefined) return;
  const nowMs = world.now();
  enforceScriptedRefusals(world, call);
  // The webhook may have been moved since the request was opened.
  const verdict = limits.take({ ...limited, channelId: hook.channelId }, nowMs);
  call.bucket = verdict.bucket;
  if (verdict.allowed) return;
  const { bucket, waitMs } = verdict;
  if (verdict.reason === 'old_edit') {
    throw tooMany(
      { limit: 'old_edit', waitMs, scope: 'user', bucket, code: 30046, message: OLD_EDIT_MESSAGE },
      call,
      nowMs,
    );
  }
  const scope = verdict.reason === 'channel' ? rules.channelScope : 'user';
  throw tooMany({ limit: verdict.reason, waitMs, scope, bucket }, call, nowMs);
}

/**
 * Refusals that a test asked for, at the place where the API looks at its limits.
 *
 * @throws {LimitReached} for a scripted 429.
 * @throws {ApiError} for any other scripted refusal.
 */
export function enforceScriptedRefusals(world: World, call: ApiCall): void {
  const nowMs = world.now();
  const edit = call.conduct.limited?.kind === 'edit';
  const met = world.faults.meet(
    call.faults,
    ['rate_limited', 'old_edit', 'api_error'],
    (fault) => fault.kind !== 'old_edit' || edit,
  );
  const fault = met?.fault;
  if (fault === undefined) return;
  if (fault.kind === 'api_error') throw new ApiError(fault.status, fault.code, fault.message);
  if (fault.kind === 'old_edit') {
    throw tooMany(
      {
        limit: 'old_edit',
        waitMs: fault.retryAfterMs ?? 4_000,
        scope: 'user',
        bucket: call.bucket,
        code: 30046,
        message: OLD_EDIT_MESSAGE,
      },
      call,
      nowMs,
    );
  }
  const scope = fault.scope ?? 'user';
  const resetAfterMs = fault.resetAfterMs ?? (scope === 'user' ? fault.retryAfterMs : undefined);
  const bucket = call.bucket && {
    ...call.bucket,
    ...(scope === 'user' ? { remaining: 0 } : {}),
    ...(resetAfterMs === undefined ? {} : { resetAfterMs }),
  };
  const header = fault.headerRetryAfterS;
  throw tooMany(
    {
      limit: 'fault',
      waitMs: fault.retryAfterMs,
      scope,
      bucket,
      code: fault.code,
      header: header === undefined ? undefined : header === 'missing' ? null : toDialect(header, call),
    },
    call,
    nowMs,
  );
}

/** Takes a place of the global limit. @throws {LimitReached} when there is none. */
export function enforceGlobalLimit(world: World, call: ApiCall): void {
  const nowMs = world.now();
  const waitMs = world.limits.takeGlobal(call.conduct.subject, nowMs);
  if (waitMs !== undefined) throw tooMany({ limit: 'global', waitMs, scope: 'global' }, call, nowMs);
}

/** Takes a place for a change of name or topic. @throws {LimitReached} when there is none. */
export function enforceRenameLimit(world: World, call: ApiCall, channelId: string): void {
  const nowMs = world.now();
  const waitMs = world.limits.takeRename(channelId, nowMs);
  if (waitMs !== undefined) throw tooMany({ limit: 'rename', waitMs, scope: 'shared' }, call, nowMs);
}

function tooMany(limited: Limited, call: ApiCall, nowMs: number): LimitReached {
  return new LimitReached(limitedReply(limited, nowMs, call.dialect));
}

function toDialect(seconds: number, call: ApiCall): number {
  return call.dialect.waitsInMs ? seconds * 1000 : seconds;
}
