import type { JsonObject } from './json.ts';
import type { EmulatorRules, ForumKind } from './options.ts';
import { type Random, randomToken } from './random.ts';
import type { Snowflakes } from './snowflake.ts';
import { channelOfStableWebhook, isWebhookAddress, stableWebhook, type WebhookAddress } from './stable-webhook.ts';

/** Channel types the emulator knows. @see https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export const CHANNEL_TYPE = { text: 0, category: 4, announcement: 5, publicThread: 11, forum: 15, media: 16 } as const;

const KIND_OF_TYPE: ReadonlyMap<number, EmulatedChannel['kind']> = new Map([
  [CHANNEL_TYPE.category, 'category'],
  [CHANNEL_TYPE.announcement, 'announcement'],
  [CHANNEL_TYPE.forum, 'forum'],
  [CHANNEL_TYPE.media, 'media'],
]);

/** What a channel's webhook is called where nobody gave it another name. */
export const DEFAULT_LABEL = 'default';

/** A channel. Threads are kept apart, see {@link Thread}. */
export interface Channel {
  readonly id: string;
  name: string;
  readonly type: number;
  parentId: string | null;
  topic: string | null;
  position: number;
  rateLimitPerUser: number;
  overwrites: readonly PermissionOverwrite[];
  /** Ids of tags a forum post may carry. */
  readonly tagIds: readonly string[];
  readonly tagRequired: boolean;
}

/** Bits as decimal text; `type` 0 is a role, 1 a member. */
export interface PermissionOverwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

export interface Thread {
  readonly id: string;
  readonly parentId: string;
  /** User or webhook that opened it. */
  readonly ownerId: string;
  name: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  readonly appliedTags: readonly string[];
  readonly createdAtMs: number;
  messageCount: number;
}

export interface Webhook {
  readonly id: string;
  token: string;
  channelId: string;
  name: string;
  avatar: string | null;
  /** Set when an app made it, null when a human did. */
  readonly applicationId: string | null;
  /** What a test calls it; bots' webhooks carry their name. */
  readonly label: string;
  deleted: boolean;
}

/** A channel as the emulator shows it to the outside. */
export interface EmulatedChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'announcement' | 'category' | 'forum' | 'media';
  /** In the order in which they were opened. */
  readonly threads: readonly EmulatedThread[];
}

/** A thread, or a post of a forum. */
export interface EmulatedThread {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly locked: boolean;
}

/** Most channels of a server: error 30013 in https://discord.com/developers/docs/topics/opcodes-and-status-codes */
const MAX_CHANNELS = 500;

/** The one server of the emulator: its channels, threads and webhooks. */
export class Guild {
  readonly id: string;
  readonly botUserId: string;
  readonly applicationId: string;
  readonly #rules: EmulatorRules;
  readonly #ids: Snowflakes;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #channels = new Map<string, Channel>();
  readonly #threads = new Map<string, Thread>();
  readonly #webhooks = new Map<string, Webhook>();

  constructor(rules: EmulatorRules, ids: Snowflakes, random: Random) {
    this.#rules = rules;
    this.#ids = ids;
    this.#random = random;
    this.#now = () => rules.clock.now();
    this.id = this.#newId();
    this.botUserId = this.#newId();
    this.applicationId = this.#newId();
  }

  channels(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  /** The channel of this name, made when there is none. */
  channelNamed(name: string): Channel {
    for (const channel of this.#channels.values()) if (channel.name === name) return channel;
    const kind = this.#rules.channelKinds[name] ?? 'text';
    const forum: ForumKind | undefined = kind === 'forum' ? { kind } : kind === 'text' ? undefined : kind;
    return this.createChannel({
      name,
      type: forum ? CHANNEL_TYPE.forum : CHANNEL_TYPE.text,
      tagIds: forum?.tags ?? [],
      tagRequired: forum?.tagRequired ?? false,
    });
  }

  createChannel(values: Partial<Omit<Channel, 'id'>> & { readonly name: string; readonly type: number }): Channel {
    const channel: Channel = {
      parentId: null,
      topic: null,
      position: this.#channels.size,
      rateLimitPerUser: 0,
      overwrites: [],
      tagIds: [],
      tagRequired: false,
      ...values,
      id: this.#newId(),
    };
    this.#channels.set(channel.id, channel);
    return channel;
  }

  /** Copies for the outside. */
  emulatedChannels(): EmulatedChannel[] {
    const threads = [...this.#threads.values()];
    return [...this.#channels.values()].map(({ id, name, type }) => ({
      id,
      name,
      kind: KIND_OF_TYPE.get(type) ?? 'text',
      threads: threads
        .filter(({ parentId }) => parentId === id)
        .map((thread) => ({ id: thread.id, name: thread.name, archived: thread.archived, locked: thread.locked })),
    }));
  }

  thread(id: string): Thread | undefined {
    return this.#threads.get(id);
  }

  /** Opens a thread; with `id` the thread of that message, which has the message's id. */
  createThread(values: {
    readonly id?: string;
    readonly parentId: string;
    readonly ownerId: string;
    readonly name: string;
    readonly autoArchiveMinutes?: number;
    readonly appliedTags?: readonly string[];
  }): Thread {
    const thread: Thread = {
      autoArchiveMinutes: 4320,
      appliedTags: [],
      ...values,
      id: values.id ?? this.#newId(),
      archived: false,
      locked: false,
      createdAtMs: this.#now(),
      messageCount: 0,
    };
    this.#threads.set(thread.id, thread);
    return thread;
  }

  webhooks(channelId?: string): readonly Webhook[] {
    return [...this.#webhooks.values()].filter(
      (hook) => !hook.deleted && (channelId === undefined || hook.channelId === channelId),
    );
  }

  /** A webhook that is still there. */
  webhook(id: string): Webhook | undefined {
    const hook = this.#webhooks.get(id);
    return hook?.deleted ? undefined : hook;
  }

  /** Also finds one that was deleted: for the log. */
  knownWebhook(id: string): Webhook | undefined {
    return this.#webhooks.get(id);
  }

  /** The webhook a test knows by this label; a deleted one is not replaced. */
  webhookLabelled(channelId: string, label: string): Webhook | undefined {
    for (const hook of this.#webhooks.values()) {
      if (hook.channelId === channelId && hook.label === label) return hook;
    }
    return undefined;
  }

  /** Takes a webhook that somebody calls and nobody made; undefined for what no webhook can be called, and in a full server. */
  adoptWebhook(address: WebhookAddress): Webhook | undefined {
    if (!isWebhookAddress(address) || this.#channels.size >= MAX_CHANNELS) return undefined;
    const name = channelOfStableWebhook(address) ?? `webhook-${address.id.slice(-6)}`;
    return this.createWebhook({
      channelId: this.channelNamed(name).id,
      name: 'Captain Hook',
      label: DEFAULT_LABEL,
      owner: this.#rules.webhookOwner,
      address,
    });
  }

  createWebhook(values: {
    readonly channelId: string;
    readonly name: string;
    readonly label: string;
    readonly owner: 'human' | 'app';
    readonly avatar?: string | null;
    /** @default the channel's stable one where the rules want that, else a new one */
    readonly address?: WebhookAddress;
  }): Webhook {
    const address = values.address ?? this.#stableAddress(values.channelId, values.label);
    const hook: Webhook = {
      id: address?.id ?? this.#newId(),
      token: address?.token ?? randomToken(this.#random),
      channelId: values.channelId,
      name: values.name,
      avatar: values.avatar ?? null,
      applicationId: values.owner === 'app' ? this.applicationId : null,
      label: values.label,
      deleted: false,
    };
    this.#webhooks.set(hook.id, hook);
    return hook;
  }

  #stableAddress(channelId: string, label: string): WebhookAddress | undefined {
    if (!this.#rules.adoptWebhooks || label !== DEFAULT_LABEL) return undefined;
    const address = stableWebhook(this.#channels.get(channelId)?.name ?? '');
    return address === undefined || this.#webhooks.has(address.id) ? undefined : address;
  }

  /** A new token; the old one is answered 401/50027 from now on. */
  regenerateToken(hook: Webhook): void {
    hook.token = randomToken(this.#random);
  }

  /** Forgets the threads; channels and webhooks stay. */
  clearThreads(): void {
    this.#threads.clear();
  }

  #newId(): string {
    return this.#ids.next(this.#now());
  }
}

/** A channel as the API shows it. */
export function toApiChannel(channel: Channel, guildId: string): JsonObject {
  return {
    id: channel.id,
    type: channel.type,
    guild_id: guildId,
    name: channel.name,
    parent_id: channel.parentId,
    topic: channel.topic,
    position: channel.position,
    nsfw: false,
    rate_limit_per_user: channel.rateLimitPerUser,
    permission_overwrites: channel.overwrites,
    ...(channel.type === CHANNEL_TYPE.forum || channel.type === CHANNEL_TYPE.media
      ? {
          available_tags: channel.tagIds.map((id) => ({ id, name: id, moderated: false })),
          flags: channel.tagRequired ? 1 << 4 : 0,
        }
      : {}),
  };
}

/** A thread as the API shows it. */
export function toApiThread(thread: Thread, guildId: string): JsonObject {
  return {
    id: thread.id,
    type: CHANNEL_TYPE.publicThread,
    guild_id: guildId,
    parent_id: thread.parentId,
    owner_id: thread.ownerId,
    name: thread.name,
    message_count: thread.messageCount,
    applied_tags: thread.appliedTags,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchiveMinutes,
      archive_timestamp: new Date(thread.createdAtMs).toISOString(),
    },
  };
}

/** A webhook as the API shows it; with its token only to those who may have it. */
export function toApiWebhook(hook: Webhook, guildId: string, origin: string, withToken: boolean): JsonObject {
  return {
    id: hook.id,
    type: 1,
    guild_id: guildId,
    channel_id: hook.channelId,
    name: hook.name,
    avatar: hook.avatar,
    application_id: hook.applicationId,
    ...(withToken ? { token: hook.token, url: `${origin}/api/webhooks/${hook.id}/${hook.token}` } : {}),
  };
}
