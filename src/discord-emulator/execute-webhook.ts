import { type EmulatedEmbed, normaliseEmbeds } from './embeds.ts';
import { ApiError, refuse } from './error-bodies.ts';
import { CHANNEL_TYPE, type Channel, type Thread, type Webhook } from './guild.ts';
import { isJsonObject, type JsonObject, textOrNone } from './json.ts';
import { enforceLimits } from './limit-checks.ts';
import {
  crashOnHugeComponents,
  keptComponents,
  mentionsOf,
  settableFlags,
  toAttachments,
  validationRulesOf,
} from './message-parts.ts';
import { pings, type StoredMessage, toApiMessage, toEmulatedMessage } from './message-store.ts';
import { emptyReply, jsonReply, type Reply, textReply } from './reply.ts';
import type { ParsedBody } from './request-body.ts';
import { validateExecute } from './validation.ts';
import { type ApiCall, queryFlag, type World } from './world.ts';

/**
 * POST on a webhook: fields → empty → kind of channel → content filter → stored. Answers 204, or the message when asked to wait or
 * when there are files.
 *
 * @throws {ApiError} for whatever is refused.
 * @see https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export function executeWebhook(world: World, call: ApiCall, hook: Webhook, body: ParsedBody): Reply {
  const message = postMessage(world, call, hook, body);
  const answersMessage = queryFlag(call.query, 'wait') || body.files.length > 0;
  return answersMessage ? jsonReply(200, toApiMessage(message)) : emptyReply();
}

/**
 * POST in Slack's format; answers the text `ok`, never a message.
 *
 * @see https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
 */
export function executeSlack(world: World, call: ApiCall, hook: Webhook, body: ParsedBody): Reply {
  if (isForum(world.guild.channel(hook.channelId))) throw refuse('service_in_forum');
  postMessage(world, call, hook, { payload: fromSlack(body.payload), files: [] });
  return textReply('ok');
}

/** POST of a GitHub event: taken, and not shown. */
export function executeGithub(world: World, hook: Webhook): Reply {
  if (isForum(world.guild.channel(hook.channelId))) throw refuse('service_in_forum');
  return emptyReply();
}

function postMessage(world: World, call: ApiCall, hook: Webhook, body: ParsedBody): StoredMessage {
  const { payload } = body;
  const rules = validationRulesOf(world, call, hook);
  validateExecute(payload, rules).throwIfAny();

  const content = textOrNone(payload['content']) ?? '';
  const embeds = normaliseEmbeds(payload['embeds']);
  const components = keptComponents(payload['components'], rules, call);
  crashOnHugeComponents(components);
  const poll = isJsonObject(payload['poll']) ? payload['poll'] : null;
  if (isEmpty(content, embeds, components, body.files.length) && poll === null) throw refuse('empty_message');

  const channel = world.guild.channel(hook.channelId);
  const target = findTarget(world, call, channel, hook, payload);
  enforceLimits(world, call, hook, 'after_validation');
  const blocked = world.faults.meet(call.faults, ['automod']);
  if (blocked) throw refuse(blocked.fault.code === 240000 ? 'harmful_link' : 'automod_blocked');

  const nowMs = world.now();
  const thread = target.kind === 'new_thread' ? openThread(world, hook, target) : target.thread;
  if (thread !== undefined) {
    // A new message brings an archived thread back.
    thread.archived = false;
    thread.messageCount++;
  }
  const flags = settableFlags(payload['flags']);
  const mentions = mentionsOf(world, hook, channel, { content, components }, payload['allowed_mentions']);
  const isStarter = target.kind === 'new_thread' && world.rules.starterIdIsThreadId;
  const message: StoredMessage = {
    id: isStarter && thread !== undefined ? thread.id : world.ids.next(nowMs),
    channelName: channel?.name ?? '',
    channelId: hook.channelId,
    threadId: thread?.id ?? null,
    webhookId: hook.id,
    applicationId: hook.applicationId,
    username: textOrNone(payload['username'])?.replace(/\s+/g, ' ') ?? hook.name,
    avatar: hook.avatar,
    tts: payload['tts'] === true,
    poll,
    createdAtMs: nowMs,
    pinged: pings(mentions, flags),
    pinned: false,
    state: {
      content,
      embeds,
      components,
      attachments: toAttachments(world, body),
      flags,
      mention_everyone: mentions.everyone,
      mention_roles: mentions.roles,
      mentions: mentions.users,
      editedAtMs: null,
    },
    versions: [],
    requests: [call.entry.seq],
  };
  world.messages.add(message);
  call.entry.messageId = message.id;
  call.entry.pinged = message.pinged;
  world.events.emit('message', toEmulatedMessage(message));
  return message;
}

/** True when nothing of a message would be seen. */
export function isEmpty(
  content: string,
  embeds: readonly EmulatedEmbed[],
  components: readonly JsonObject[],
  files: number,
): boolean {
  return content === '' && embeds.length === 0 && components.length === 0 && files === 0;
}

type Target =
  | { readonly kind: 'channel'; readonly thread: undefined }
  | { readonly kind: 'thread'; readonly thread: Thread }
  | { readonly kind: 'new_thread'; readonly name: string; readonly tags: readonly string[] };

function findTarget(
  world: World,
  call: ApiCall,
  channel: Channel | undefined,
  hook: Webhook,
  payload: JsonObject,
): Target {
  const threadId = call.query.get('thread_id');
  const name = textOrNone(payload['thread_name']);
  const forum = isForum(channel);
  if (forum && threadId === null && name === undefined) throw refuse('thread_id_or_name_required');
  if (forum && threadId !== null && name !== undefined) throw refuse('thread_id_and_name');
  if (!forum && name !== undefined) throw refuse('not_a_forum');
  if (threadId !== null) return { kind: 'thread', thread: findThread(world, threadId, hook) };
  if (name === undefined) return { kind: 'channel', thread: undefined };
  const tags = (Array.isArray(payload['applied_tags']) ? payload['applied_tags'] : []).map(String);
  if (channel?.tagRequired && tags.length === 0) throw refuse('tag_required');
  if (tags.some((tag) => !channel?.tagIds.includes(tag))) throw refuse('unknown_tag');
  return { kind: 'new_thread', name, tags };
}

function findThread(world: World, threadId: string, hook: Webhook): Thread {
  const thread = world.guild.thread(threadId);
  if (thread === undefined || thread.parentId !== hook.channelId) {
    const { status, code } = world.rules.foreignThread;
    throw new ApiError(status, code, 'Unknown Channel');
  }
  if (thread.locked) throw refuse('thread_locked');
  return thread;
}

function openThread(world: World, hook: Webhook, target: Extract<Target, { kind: 'new_thread' }>): Thread {
  return world.guild.createThread({
    parentId: hook.channelId,
    ownerId: hook.id,
    name: target.name,
    appliedTags: target.tags,
  });
}

function isForum(channel: Channel | undefined): boolean {
  return channel?.type === CHANNEL_TYPE.forum || channel?.type === CHANNEL_TYPE.media;
}

/** Slack's attachments become embeds; of each the parts that both know. */
function fromSlack(payload: JsonObject): JsonObject {
  const attachments = Array.isArray(payload['attachments']) ? payload['attachments'].filter(isJsonObject) : [];
  const embeds = attachments.map((one) => {
    const hex = typeof one['color'] === 'string' ? /^#?([0-9a-f]{6})$/i.exec(one['color'])?.[1] : undefined;
    const fields = Array.isArray(one['fields']) ? one['fields'].filter(isJsonObject) : [];
    return {
      title: one['title'],
      description: one['text'] ?? one['fallback'],
      ...(one['title_link'] === undefined ? {} : { url: one['title_link'] }),
      ...(hex === undefined ? {} : { color: Number.parseInt(hex, 16) }),
      fields: fields.map((field) => ({
        name: field['title'],
        value: field['value'],
        inline: field['short'] === true,
      })),
    };
  });
  return {
    content: payload['text'],
    embeds,
    ...(payload['username'] === undefined ? {} : { username: payload['username'] }),
  };
}
