import { handleBotRoute } from './bot-routes.ts';
import { ApiError, FormErrors, refuse } from './error-bodies.ts';
import { enforceGlobalLimit, LimitReached } from './limit-checks.ts';
import { bucketHeaders, edgeBanReply, errorReply, type Reply, userAgentBlockReply } from './reply.ts';
import { handleWebhookRoute } from './webhook-routes.ts';
import type { ApiCall, World } from './world.ts';

/** Versions that answer; below 6 and above 10 there is none. @see https://discord.com/developers/docs/reference#api-versioning */
const OLDEST_VERSION = 6;
const NEWEST_VERSION = 10;

/**
 * One request from the guard in front of the API to its answer. Order: blocked address → User-Agent → global limit → version →
 * route → what the route checks. Never throws.
 */
export async function answerCall(world: World, call: ApiCall): Promise<Reply> {
  const guarded = guardReply(world, call);
  if (guarded !== undefined) return guarded;
  const reply = withBucket(await apiReply(world, call), world, call);
  world.invalid.record(
    {
      address: call.address,
      status: reply.status,
      scope: reply.headers['X-RateLimit-Scope'],
      goneWebhookId: goneWebhookId(world, call),
    },
    world.now(),
  );
  return reply;
}

/** The id of a webhook that is not there. */
function goneWebhookId(world: World, call: ApiCall): string | undefined {
  const id = call.entry.webhookId;
  return id === undefined || world.guild.webhook(id) !== undefined ? undefined : id;
}

function guardReply(world: World, call: ApiCall): Reply | undefined {
  const { rules } = world;
  const ban = world.faults.meet(call.faults, ['edge_ban']);
  if (ban) return edgeBanReply(ban.fault.form ?? 'json', ban.fault.retryAfterS);
  if (rules.invalidLimit && world.invalid.isBanned(call.address, world.now())) {
    return edgeBanReply(rules.invalidLimit.form);
  }
  const block = world.faults.meet(call.faults, ['user_agent_block']);
  if (block) return userAgentBlockReply(block.fault.form ?? 'text');
  if (rules.userAgentCheck !== 'off' && isRefusedUserAgent(call.headers['user-agent'])) {
    return userAgentBlockReply(rules.userAgentCheck);
  }
  return undefined;
}

/** None at all, a browser's, or the default of Python's urllib. @see https://discord.com/developers/docs/reference#user-agent */
function isRefusedUserAgent(userAgent: string | undefined): boolean {
  return userAgent === undefined || userAgent.trim() === '' || /^(?:Mozilla\/|Python-urllib)/i.test(userAgent);
}

async function apiReply(world: World, call: ApiCall): Promise<Reply> {
  try {
    enforceGlobalLimit(world, call);
    if (call.version < OLDEST_VERSION || call.version > NEWEST_VERSION) throw refuse('invalid_api_version');
    const { route } = call;
    if (route === undefined || route.kind === 'not_found') throw refuse('not_found');
    if (route.kind === 'method_not_allowed') throw refuse('method_not_allowed');
    if (route.badId !== undefined) throw notSnowflake(route.badId);
    const handle = route.kind.startsWith('bot_') ? handleBotRoute : handleWebhookRoute;
    return await handle(world, call, route.kind, route.params);
  } catch (error) {
    if (error instanceof LimitReached) return error.reply;
    if (error instanceof ApiError) return errorReply(error, call.dialect);
    // A mistake of the emulator itself: told as loudly as possible, without taking the process down.
    process.emitWarning(error instanceof Error ? error : String(error));
    return errorReply(refuse('internal_error'), call.dialect);
  }
}

function notSnowflake(field: string): ApiError {
  const errors = new FormErrors();
  errors.add([field], 'NUMBER_TYPE_COERCE', 'Value is not snowflake.');
  return new ApiError(400, 50035, 'Invalid Form Body', errors.tree);
}

/** Every answer of a route that has a bucket tells of it, refusals included; a 429 tells of it by itself. */
function withBucket(reply: Reply, world: World, call: ApiCall): Reply {
  if (call.bucket === undefined || reply.status === 429) return reply;
  return { ...reply, headers: { ...reply.headers, ...bucketHeaders(call.bucket, world.now(), call.dialect) } };
}
