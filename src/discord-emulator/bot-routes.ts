import { createChannel, modifyChannel } from './bot-channels.ts';
import { FormErrors, refuse } from './error-bodies.ts';
import { addRequired, checkInteger, checkSenderName, checkText } from './field-checks.ts';
import { CHANNEL_TYPE, type Channel, toApiChannel, toApiThread, toApiWebhook, type Webhook } from './guild.ts';
import { type JsonObject, textOrNone } from './json.ts';
import { enforceScriptedRefusals } from './limit-checks.ts';
import { type StoredMessage, toApiMessage } from './message-store.ts';
import type { BotPermission } from './options.ts';
import { botPermissions, hasPermission } from './permissions.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { RouteKind, RouteParams } from './routes.ts';
import { LIMITS } from './validation-limits.ts';
import { AVATAR_HASH, modifyWebhook, readBody } from './webhook-routes.ts';
import type { ApiCall, World } from './world.ts';

const ARCHIVE_MINUTES = [60, 1440, 4320, 10080];

/**
 * The routes that need a bot's token: what provisioning uses. Order of checks: token → guild or channel → permissions → body.
 *
 * @throws {ApiError} for whatever is refused. @throws {LimitReached} for a 429.
 */
export async function handleBotRoute(
  world: World,
  call: ApiCall,
  kind: RouteKind,
  params: RouteParams,
): Promise<Reply> {
  const { rules, guild } = world;
  if (rules.bot === undefined || call.headers.authorization !== `Bot ${rules.bot.token}`) throw refuse('unauthorized');
  enforceScriptedRefusals(world, call);
  switch (kind) {
    case 'bot_me':
      return jsonReply(200, {
        id: guild.botUserId,
        username: 'Emulated Bot',
        discriminator: '0000',
        avatar: null,
        bot: true,
        global_name: null,
      });
    case 'bot_guild_channels':
      needGuild(world, params);
      return jsonReply(
        200,
        guild.channels().map((channel) => toApiChannel(channel, guild.id)),
      );
    case 'bot_guild_webhooks':
      needGuild(world, params);
      need(world, 'MANAGE_WEBHOOKS');
      return jsonReply(
        200,
        guild.webhooks().map((hook) => shown(world, hook)),
      );
    case 'bot_channel_create': {
      needGuild(world, params);
      need(world, 'MANAGE_CHANNELS');
      const { payload } = await readBody(world, call);
      return jsonReply(201, toApiChannel(createChannel(world, payload), guild.id));
    }
    case 'bot_channel_get': {
      const thread = guild.thread(params.channelId);
      const channel = needChannel(world, thread?.parentId ?? params.channelId);
      return jsonReply(200, thread ? toApiThread(thread, guild.id) : toApiChannel(channel, guild.id));
    }
    case 'bot_channel_modify':
      return modifyThreadOrChannel(world, call, params.channelId);
    case 'bot_channel_webhooks': {
      const channel = needHookRights(world, params.channelId);
      return jsonReply(
        200,
        guild.webhooks(channel.id).map((hook) => shown(world, hook)),
      );
    }
    case 'bot_webhook_create':
      return createWebhook(world, call, needHookRights(world, params.channelId));
    case 'bot_webhook_get':
      return jsonReply(200, shown(world, needWebhook(world, params.webhookId)));
    case 'bot_webhook_delete':
      needWebhook(world, params.webhookId).deleted = true;
      return emptyReply();
    case 'bot_webhook_modify': {
      const hook = needWebhook(world, params.webhookId);
      const { payload } = await readBody(world, call);
      modifyWebhook(hook, payload, () => {
        const target = payload['channel_id'];
        if (typeof target === 'string') hook.channelId = needHookRights(world, target).id;
      });
      return jsonReply(200, shown(world, hook));
    }
    case 'bot_messages':
      return listMessages(world, call, params.channelId);
    case 'bot_thread_create':
      return createThread(world, call, params);
    case 'bot_pin': {
      const channel = needChannel(world, params.channelId);
      need(world, 'PIN_MESSAGES', channel);
      needMessage(world, params).pinned = true;
      return emptyReply();
    }
    default:
      throw refuse('not_found');
  }
}

/** @throws {ApiError} 403/50013 unless the bot has the permission, in the channel where there is one. */
function need(world: World, permission: BotPermission, channel?: Channel): void {
  const bits = botPermissions(world.rules, world.guild, channel);
  if (!hasPermission(bits, permission)) throw refuse('missing_permissions');
}

function needGuild(world: World, params: RouteParams): void {
  if (params.guildId !== world.guild.id) throw refuse('unknown_guild');
}

/** A channel the bot sees. @throws {ApiError} 404/10003, 403/50001. */
function needChannel(world: World, channelId: string): Channel {
  const channel = world.guild.channel(channelId);
  if (channel === undefined) throw refuse('unknown_channel');
  if (!hasPermission(botPermissions(world.rules, world.guild, channel), 'VIEW_CHANNEL')) throw refuse('missing_access');
  return channel;
}

/** Routes of webhooks say 50013 also where the channel cannot be seen: https://github.com/discord/discord-api-docs/issues/2709 */
function needHookRights(world: World, channelId: string): Channel {
  const channel = world.guild.channel(channelId);
  if (channel === undefined) throw refuse('unknown_channel');
  need(world, 'VIEW_CHANNEL', channel);
  need(world, 'MANAGE_WEBHOOKS', channel);
  return channel;
}

function needWebhook(world: World, webhookId: string): Webhook {
  const hook = world.guild.webhook(webhookId);
  if (hook === undefined) throw refuse('unknown_webhook');
  need(world, 'MANAGE_WEBHOOKS', world.guild.channel(hook.channelId));
  return hook;
}

function needMessage(world: World, params: RouteParams): StoredMessage {
  const message = world.messages.get(params.messageId);
  if (message === undefined || (message.threadId ?? message.channelId) !== params.channelId) {
    throw refuse('unknown_message');
  }
  return message;
}

function shown(world: World, hook: Webhook): JsonObject {
  return toApiWebhook(hook, world.guild.id, world.origin(), true);
}

async function createWebhook(world: World, call: ApiCall, channel: Channel): Promise<Reply> {
  const { payload } = await readBody(world, call);
  const errors = new FormErrors();
  checkSenderName(errors, ['name'], payload['name'], true);
  errors.throwIfAny();
  if (world.guild.webhooks(channel.id).length >= LIMITS.channelWebhooks) throw refuse('too_many_webhooks');
  if (world.guild.webhooks().length >= LIMITS.guildWebhooks) throw refuse('too_many_guild_webhooks');
  const name = textOrNone(payload['name'])?.replace(/\s+/g, ' ') ?? '';
  const avatar = typeof payload['avatar'] === 'string' ? AVATAR_HASH : null;
  const hook = world.guild.createWebhook({ channelId: channel.id, name, label: name, owner: 'app', avatar });
  return jsonReply(200, shown(world, hook));
}

async function modifyThreadOrChannel(world: World, call: ApiCall, id: string): Promise<Reply> {
  const { guild } = world;
  const thread = guild.thread(id);
  const channel = needChannel(world, thread?.parentId ?? id);
  if (thread === undefined) {
    need(world, 'MANAGE_CHANNELS', channel);
    const { payload } = await readBody(world, call);
    modifyChannel(world, call, channel, payload);
    return jsonReply(200, toApiChannel(channel, guild.id));
  }
  if (thread.ownerId !== guild.botUserId) need(world, 'MANAGE_THREADS', channel);
  const { payload } = await readBody(world, call);
  const errors = new FormErrors();
  checkText(errors, ['name'], payload['name'], { min: 1, max: LIMITS.threadNameChars });
  errors.throwIfAny();
  // Locking is not for the creator: https://discord.com/developers/docs/resources/channel#modify-channel
  if (typeof payload['locked'] === 'boolean') {
    need(world, 'MANAGE_THREADS', channel);
    thread.locked = payload['locked'];
  }
  if (typeof payload['archived'] === 'boolean') thread.archived = payload['archived'];
  thread.name = textOrNone(payload['name']) ?? thread.name;
  return jsonReply(200, toApiThread(thread, guild.id));
}

async function createThread(world: World, call: ApiCall, params: RouteParams): Promise<Reply> {
  const { guild } = world;
  const channel = needChannel(world, params.channelId);
  need(world, 'CREATE_PUBLIC_THREADS', channel);
  if (channel.type !== CHANNEL_TYPE.text && channel.type !== CHANNEL_TYPE.announcement) {
    throw refuse('wrong_channel_type');
  }
  const { payload } = await readBody(world, call);
  const errors = new FormErrors();
  if (payload['name'] === undefined || payload['name'] === null) addRequired(errors, ['name']);
  else checkText(errors, ['name'], payload['name'], { min: 1, max: LIMITS.threadNameChars });
  const minutes = payload['auto_archive_duration'] ?? undefined;
  if (minutes !== undefined && !ARCHIVE_MINUTES.includes(minutes as number)) {
    const message = `Value must be one of (${ARCHIVE_MINUTES.join(', ')}).`;
    errors.add(['auto_archive_duration'], 'BASE_TYPE_CHOICES', message);
  }
  const seconds = payload['rate_limit_per_user'];
  checkInteger(errors, ['rate_limit_per_user'], seconds, { min: 0, max: LIMITS.slowmodeSeconds });
  errors.throwIfAny();
  const message = needMessage(world, params);
  if (guild.thread(message.id) !== undefined) throw refuse('thread_exists');
  const thread = guild.createThread({
    id: message.id,
    parentId: channel.id,
    ownerId: guild.botUserId,
    name: textOrNone(payload['name']) ?? '',
    ...(typeof minutes === 'number' ? { autoArchiveMinutes: minutes } : {}),
  });
  return jsonReply(201, toApiThread(thread, guild.id));
}

/** The newest messages; without the privileged intent their text does not come with them. */
function listMessages(world: World, call: ApiCall, id: string): Reply {
  const channel = needChannel(world, world.guild.thread(id)?.parentId ?? id);
  need(world, 'READ_MESSAGE_HISTORY', channel);
  const limit = Math.min(100, Math.max(1, Number(call.query.get('limit') ?? 50) || 50));
  const newest = world.messages
    .list()
    .filter((message) => (message.threadId ?? message.channelId) === id)
    .reverse()
    .slice(0, limit);
  return jsonReply(
    200,
    newest.map((message) => ({ ...toApiMessage(message), content: '', embeds: [], components: [], attachments: [] })),
  );
}
