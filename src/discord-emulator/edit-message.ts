import { normaliseEmbeds } from './embeds.ts';
import { refuse } from './error-bodies.ts';
import { isEmpty } from './execute-webhook.ts';
import type { Webhook } from './guild.ts';
import { isJsonObject, textOrNone } from './json.ts';
import { enforceLimits } from './limit-checks.ts';
import {
  crashOnHugeComponents,
  keptComponents,
  mentionsOf,
  settableFlags,
  toAttachments,
  validationRulesOf,
} from './message-parts.ts';
import {
  type EmulatedAttachment,
  type MessageState,
  pings,
  type StoredMessage,
  toApiMessage,
  toEmulatedMessage,
} from './message-store.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { ParsedBody } from './request-body.ts';
import { validateEdit } from './validation.ts';
import { FLAGS, LIMITS } from './validation-limits.ts';
import type { ApiCall, World } from './world.ts';

/** GET of one message of this webhook. @throws {ApiError} 404/10008. */
export function getMessage(world: World, call: ApiCall, hook: Webhook, messageId: string): Reply {
  return jsonReply(200, toApiMessage(findMessage(world, call, hook, messageId)));
}

/** DELETE of one message of this webhook. @throws {ApiError} 404/10008. */
export function deleteMessage(world: World, call: ApiCall, hook: Webhook, messageId: string): Reply {
  const message = findMessage(world, call, hook, messageId);
  enforceLimits(world, call, hook, 'after_validation');
  world.messages.delete(message.id);
  world.events.emit('delete', toEmulatedMessage(message));
  return emptyReply();
}

/**
 * PATCH of one message of this webhook: what is omitted stays, null and an empty list clear. Content that is sent, even the same,
 * makes the mentions anew from this request's `allowed_mentions`, or from the default when it has none.
 *
 * @throws {ApiError} for whatever is refused.
 * @see https://discord.com/developers/docs/resources/webhook#edit-webhook-message
 */
export function editMessage(world: World, call: ApiCall, hook: Webhook, body: ParsedBody, messageId: string): Reply {
  const { payload } = body;
  const message = findMessage(world, call, hook, messageId);
  const thread = message.threadId === null ? undefined : world.guild.thread(message.threadId);
  if (thread?.locked) throw refuse('thread_locked');
  if (thread?.archived) throw refuse('thread_archived');

  const before = message.state;
  const rules = validationRulesOf(world, call, hook);
  const current = {
    content: before.content,
    embedCount: before.embeds.length,
    v2: (before.flags & FLAGS.componentsV2) !== 0,
  };
  validateEdit(payload, current, rules).throwIfAny();

  const content = payload['content'] === undefined ? before.content : (textOrNone(payload['content']) ?? '');
  const embeds = payload['embeds'] === undefined ? before.embeds : normaliseEmbeds(payload['embeds']);
  const sendsComponents = payload['components'] !== undefined;
  const droppedComponents = sendsComponents && rules.components === 'ignored';
  const sentComponents = keptComponents(payload['components'], rules, call);
  const components = sendsComponents && !droppedComponents ? sentComponents : before.components;
  crashOnHugeComponents(components);
  const attachments = nextAttachments(world, call, body, before.attachments);
  if (isEmpty(content, embeds, components, attachments.length) && message.poll === null) {
    throw refuse('empty_message');
  }
  enforceLimits(world, call, hook, 'after_validation');
  const blocked = world.faults.meet(call.faults, ['automod']);
  if (blocked) throw refuse(blocked.fault.code === 240000 ? 'harmful_link' : 'automod_blocked');

  const flags = nextFlags(before.flags, payload['flags']);
  const makesMentionsAnew = payload['content'] !== undefined || (sendsComponents && (flags & FLAGS.componentsV2) !== 0);
  const channel = world.guild.channel(hook.channelId);
  const mentions = makesMentionsAnew
    ? mentionsOf(world, hook, channel, { content, components }, payload['allowed_mentions'])
    : { everyone: before.mention_everyone, roles: before.mention_roles, users: before.mentions };

  const state: MessageState = {
    content,
    embeds,
    components,
    attachments,
    flags,
    mention_everyone: mentions.everyone,
    mention_roles: mentions.roles,
    mentions: mentions.users,
    editedAtMs: world.now(),
  };
  world.messages.edit(message, state, call.entry.seq);
  call.entry.mentionRemoved =
    (before.mention_everyone && !state.mention_everyone) ||
    before.mention_roles.some((id) => !state.mention_roles.includes(id)) ||
    before.mentions.some((id) => !state.mentions.includes(id));
  if (world.rules.editsPing && makesMentionsAnew && pings(mentions, flags)) {
    message.pinged = true;
    call.entry.pinged = true;
  }
  world.events.emit('edit', toEmulatedMessage(message));
  return jsonReply(200, toApiMessage(message));
}

/** A message is found only by the webhook that posted it, and one in a thread only with that thread's id. */
function findMessage(world: World, call: ApiCall, hook: Webhook, messageId: string): StoredMessage {
  const message = world.messages.get(messageId);
  const threadId = call.query.get('thread_id');
  if (message === undefined || message.webhookId !== hook.id || message.threadId !== threadId) {
    throw refuse('unknown_message');
  }
  return message;
}

/** SUPPRESS_EMBEDS comes and goes, components V2 only come, how it was sent stays. */
function nextFlags(before: number, sent: unknown): number {
  if (sent === undefined || sent === null) return before;
  const flags = settableFlags(sent);
  return (before & ~FLAGS.suppressEmbeds) | (flags & (FLAGS.suppressEmbeds | FLAGS.componentsV2));
}

/** From v10 on the list names everything that stays; new files without a list replace the old ones (before v10 they joined them). */
function nextAttachments(
  world: World,
  call: ApiCall,
  body: ParsedBody,
  before: readonly EmulatedAttachment[],
): readonly EmulatedAttachment[] {
  const listed = body.payload['attachments'];
  if (listed === undefined && body.files.length === 0) return before;
  if (listed === undefined && call.version < 10) return [...before, ...toAttachments(world, body)];
  const ids = new Set((Array.isArray(listed) ? listed : []).filter(isJsonObject).map((one) => String(one['id'])));
  const next = [...before.filter((file) => ids.has(file.id)), ...toAttachments(world, body)];
  if (next.length > LIMITS.attachments) throw refuse('too_many_attachments');
  return next;
}
