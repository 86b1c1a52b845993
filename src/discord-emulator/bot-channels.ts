import { FormErrors, refuse } from './error-bodies.ts';
import { addRequired, checkInteger, checkList, checkObject, checkSnowflake, checkText } from './field-checks.ts';
import { CHANNEL_TYPE, type Channel, type PermissionOverwrite } from './guild.ts';
import { type JsonObject, textOrNone } from './json.ts';
import { enforceRenameLimit } from './limit-checks.ts';
import { botPermissions } from './permissions.ts';
import { LIMITS } from './validation-limits.ts';
import type { ApiCall, World } from './world.ts';

const CREATABLE: readonly number[] = [
  CHANNEL_TYPE.text,
  CHANNEL_TYPE.category,
  CHANNEL_TYPE.announcement,
  CHANNEL_TYPE.forum,
  CHANNEL_TYPE.media,
];

/**
 * Creates a channel as a bot asks for it.
 *
 * @throws {ApiError} 400/50035, 30013 for more than 500, 403/50013 for an overwrite that touches what the bot does not have.
 * @see https://discord.com/developers/docs/resources/guild#create-guild-channel
 */
export function createChannel(world: World, payload: JsonObject): Channel {
  const errors = new FormErrors();
  if (payload['name'] === undefined || payload['name'] === null) addRequired(errors, ['name']);
  const type = payload['type'] ?? CHANNEL_TYPE.text;
  if (typeof type !== 'number' || !CREATABLE.includes(type)) {
    errors.add(['type'], 'BASE_TYPE_CHOICES', `Value must be one of (${CREATABLE.join(', ')}).`);
  }
  const values = readSettings(errors, payload, Number(type), LIMITS.createOverwrites);
  const parentId = payload['parent_id'] ?? null;
  if (parentId !== null) {
    const parent = checkSnowflake(errors, ['parent_id'], parentId);
    const category = parent === undefined ? undefined : world.guild.channel(parent);
    if (parent !== undefined && category?.type !== CHANNEL_TYPE.category) {
      errors.add(['parent_id'], 'CHANNEL_PARENT_INVALID', 'Category does not exist');
    }
  }
  const tags = checkList(errors, ['available_tags'], payload['available_tags'], { max: LIMITS.availableTags }) ?? [];
  errors.throwIfAny();
  if (world.guild.channels().length >= LIMITS.guildChannels) throw refuse('too_many_channels');
  needGrantable(world, values.overwrites ?? []);
  return world.guild.createChannel({
    ...values,
    name: channelName(world, textOrNone(payload['name']) ?? '', Number(type)),
    type: Number(type),
    parentId: parentId === null ? null : String(parentId),
    tagIds: tags.map(() => world.ids.next(world.now())),
    tagRequired: (Number(payload['flags'] ?? 0) & (1 << 4)) !== 0,
  });
}

/**
 * Changes a channel's settings. Name and topic have a limit of their own.
 *
 * @throws {ApiError} for what is refused. @throws {LimitReached} for too many renames.
 */
export function modifyChannel(world: World, call: ApiCall, channel: Channel, payload: JsonObject): void {
  const errors = new FormErrors();
  const values = readSettings(errors, payload, channel.type, LIMITS.channelOverwrites);
  errors.throwIfAny();
  needGrantable(world, values.overwrites ?? []);
  const name = textOrNone(payload['name']);
  const next = name === undefined ? channel.name : channelName(world, name, channel.type);
  const topic = values.topic === undefined ? channel.topic : values.topic;
  if (next !== channel.name || topic !== channel.topic) enforceRenameLimit(world, call, channel.id);
  Object.assign(channel, values, { name: next, topic });
}

type Settings = Partial<Pick<Channel, 'topic' | 'position' | 'rateLimitPerUser' | 'overwrites'>>;

function readSettings(errors: FormErrors, payload: JsonObject, type: number, maxOverwrites: number): Settings {
  const forum = type === CHANNEL_TYPE.forum || type === CHANNEL_TYPE.media;
  checkText(errors, ['name'], payload['name'], { min: 1, max: LIMITS.channelNameChars });
  const topic = checkText(errors, ['topic'], payload['topic'], {
    max: forum ? LIMITS.forumTopicChars : LIMITS.topicChars,
  });
  const slowmode = checkInteger(errors, ['rate_limit_per_user'], payload['rate_limit_per_user'], {
    min: 0,
    max: LIMITS.slowmodeSeconds,
  });
  const position = checkInteger(errors, ['position'], payload['position'], { min: 0, max: 2 ** 31 - 1 });
  const listed = payload['permission_overwrites'];
  if (Array.isArray(listed) && listed.length > LIMITS.channelOverwrites) throw refuse('too_many_overwrites');
  const items = checkList(errors, ['permission_overwrites'], listed, { max: maxOverwrites });
  const overwrites = items?.map((item, i) => readOverwrite(errors, ['permission_overwrites', i], item));
  return {
    ...(topic !== undefined || payload['topic'] === null ? { topic: topic ?? null } : {}),
    ...(slowmode === undefined ? {} : { rateLimitPerUser: slowmode }),
    ...(position === undefined ? {} : { position }),
    ...(overwrites === undefined ? {} : { overwrites: overwrites.filter((one) => one !== undefined) }),
  };
}

function readOverwrite(errors: FormErrors, path: (string | number)[], item: unknown): PermissionOverwrite | undefined {
  const one = checkObject(errors, path, item);
  if (one === undefined) return undefined;
  const id = checkSnowflake(errors, [...path, 'id'], one['id']);
  const type = one['type'];
  if (type !== 0 && type !== 1) errors.add([...path, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of (0, 1).');
  const bits: string[] = [];
  for (const key of ['allow', 'deny']) {
    const text = String(one[key] ?? '0');
    if (/^\d{1,20}$/.test(text)) bits.push(text);
    else errors.add([...path, key], 'NUMBER_TYPE_COERCE', 'Value is not a permission bit set.');
  }
  const [allow, deny] = bits;
  if (id === undefined || (type !== 0 && type !== 1) || allow === undefined || deny === undefined) return undefined;
  return { id, type, allow, deny };
}

/** An overwrite may only touch permissions the bot has itself; those the emulator does not know are let through. */
function needGrantable(world: World, overwrites: readonly PermissionOverwrite[]): void {
  const own = botPermissions(world.rules, world.guild);
  const lacking = botPermissions({ ...world.rules, bot: undefined }, world.guild) & ~own;
  for (const one of overwrites) {
    if (((BigInt(one.allow) | BigInt(one.deny)) & lacking) !== 0n) throw refuse('missing_permissions');
  }
}

/** Names of text channels become lower case with dashes; others are kept. */
function channelName(world: World, name: string, type: number): string {
  const dashed = type === CHANNEL_TYPE.text || type === CHANNEL_TYPE.announcement || type === CHANNEL_TYPE.forum;
  return world.rules.normaliseChannelNames && dashed ? name.toLowerCase().replace(/\s+/g, '-') : name;
}
