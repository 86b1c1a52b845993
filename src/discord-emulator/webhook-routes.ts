import { deleteMessage, editMessage, getMessage } from './edit-message.ts';
import { FormErrors, refuse } from './error-bodies.ts';
import { executeGithub, executeSlack, executeWebhook } from './execute-webhook.ts';
import { checkSenderName } from './field-checks.ts';
import { toApiWebhook, type Webhook } from './guild.ts';
import { type JsonObject, textOrNone } from './json.ts';
import { enforceLimits } from './limit-checks.ts';
import { logBody } from './message-parts.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import { type ParsedBody, parseBody } from './request-body.ts';
import type { RouteKind, RouteParams } from './routes.ts';
import type { ApiCall, World } from './world.ts';

/**
 * The routes that need a webhook's token and nothing else. Order of checks: webhook exists → token → rate limit → body → the
 * route's own.
 *
 * @throws {ApiError} for whatever is refused. @throws {LimitReached} for a 429.
 */
export async function handleWebhookRoute(
  world: World,
  call: ApiCall,
  kind: RouteKind,
  params: RouteParams,
): Promise<Reply> {
  const hook = findWebhook(world, call, params);
  enforceLimits(world, call, hook, 'after_token');
  switch (kind) {
    case 'webhook_get':
      enforceLimits(world, call, hook, 'after_validation');
      return jsonReply(200, toApiWebhook(hook, world.guild.id, world.origin(), true));
    case 'webhook_delete':
      enforceLimits(world, call, hook, 'after_validation');
      hook.deleted = true;
      return emptyReply();
    case 'message_get':
      enforceLimits(world, call, hook, 'after_validation');
      return getMessage(world, call, hook, params.messageId);
    case 'message_delete':
      return deleteMessage(world, call, hook, params.messageId);
  }
  const body = await readBody(world, call);
  // Reading the body takes a moment, in which the webhook may have been deleted.
  if (hook.deleted) throw refuse('unknown_webhook');
  switch (kind) {
    case 'webhook_modify':
      modifyWebhook(hook, body.payload, () => enforceLimits(world, call, hook, 'after_validation'));
      return jsonReply(200, toApiWebhook(hook, world.guild.id, world.origin(), true));
    case 'message_edit':
      return editMessage(world, call, hook, body, params.messageId);
    case 'webhook_slack':
      return executeSlack(world, call, hook, body);
    case 'webhook_github':
      enforceLimits(world, call, hook, 'after_validation');
      return executeGithub(world, hook);
    default:
      return executeWebhook(world, call, hook, body);
  }
}

/** Parses the body and notes it in the log. @throws {ApiError} for one that cannot be read or is too large. */
export async function readBody(world: World, call: ApiCall): Promise<ParsedBody> {
  if (call.bytes === undefined) throw refuse('entity_too_large');
  const body = await parseBody(call.bytes, call.headers['content-type'], world.rules.fileLimitBytes);
  logBody(call, body);
  return body;
}

/** Name and avatar: what may be changed with the token alone, and by a bot. @throws {ApiError} for a name that is refused. */
export function modifyWebhook(hook: Webhook, payload: JsonObject, beforeSaving: () => void): void {
  const errors = new FormErrors();
  checkSenderName(errors, ['name'], payload['name']);
  errors.throwIfAny();
  beforeSaving();
  const name = textOrNone(payload['name']);
  if (name !== undefined) hook.name = name.replace(/\s+/g, ' ');
  if (payload['avatar'] !== undefined) hook.avatar = payload['avatar'] === null ? null : AVATAR_HASH;
}

/** What an uploaded avatar is shown as; its picture is of no interest here. */
export const AVATAR_HASH: string = '0'.repeat(32);

function findWebhook(world: World, call: ApiCall, params: RouteParams): Webhook {
  const hook = world.guild.webhook(params.webhookId);
  const limited = call.conduct.limited;
  if (world.rules.rateHeadersOnGone && limited !== undefined) call.bucket = world.limits.untouched(limited.kind);
  if (hook === undefined) throw refuse('unknown_webhook');
  if (hook.token !== params.token) throw refuse('invalid_webhook_token');
  call.bucket = limited && world.limits.peek(limited, world.now());
  return hook;
}
