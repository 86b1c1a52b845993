import type { EmulatedEmbed } from './embeds.ts';
import { toApiTimestamp } from './embeds.ts';
import type { JsonObject } from './json.ts';
import { type Mentions, mentionsAnybody } from './mentions.ts';
import { FLAGS } from './validation-limits.ts';

/** A file that stands under a message. */
export interface EmulatedAttachment {
  readonly id: string;
  readonly filename: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly description?: string;
  readonly isSpoiler: boolean;
  /** The file's bytes read as UTF-8. */
  readonly text: string;
}

/** What an edit can change. */
export interface MessageState {
  readonly content: string;
  readonly embeds: readonly EmulatedEmbed[];
  /** Components as sent, without those Discord drops. */
  readonly components: readonly JsonObject[];
  readonly attachments: readonly EmulatedAttachment[];
  readonly flags: number;
  readonly mention_everyone: boolean;
  /** Ids of the mentioned roles. */
  readonly mention_roles: readonly string[];
  /** Ids of the mentioned users. */
  readonly mentions: readonly string[];
  /** When this state came to be by an edit; null for the first. */
  readonly editedAtMs: number | null;
}

/** A message as the members of the channel see it, newest state, and how it came to be so. */
export interface EmulatedMessage extends MessageState {
  readonly id: string;
  /** Name of the channel, also for a message in one of its threads. */
  readonly channel: string;
  readonly channelId: string;
  readonly threadId: string | null;
  readonly webhookId: string;
  /** The name shown above it. */
  readonly username: string;
  readonly createdAtMs: number;
  /** A mention really reached somebody's device: somebody is mentioned and the message was not sent silently. */
  readonly pinged: boolean;
  /** `silent`: sent with SUPPRESS_NOTIFICATIONS. `push`: whoever follows the channel is notified. */
  readonly notified: 'push' | 'silent';
  /** Earlier states, the oldest first; empty until the first edit. */
  readonly versions: readonly MessageState[];
  /** Numbers (`seq`) of the requests that posted and edited it. */
  readonly requests: readonly number[];
  readonly pinned: boolean;
}

/** A message as the store keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly channelName: string;
  /** The channel of the webhook, never a thread. */
  readonly channelId: string;
  readonly threadId: string | null;
  readonly webhookId: string;
  readonly applicationId: string | null;
  readonly username: string;
  readonly avatar: string | null;
  readonly tts: boolean;
  readonly poll: JsonObject | null;
  readonly createdAtMs: number;
  pinged: boolean;
  pinned: boolean;
  state: MessageState;
  versions: MessageState[];
  requests: number[];
}

/** Most earlier states kept of one message; the oldest but the very first is forgotten. */
const MAX_VERSIONS = 1_000;

/**
 * The messages of the emulated Discord, oldest first; at most `maxMessages`, with at most `maxFileBytes` of files. Beyond that the
 * oldest is forgotten first; the newest always stays.
 */
export class MessageStore {
  readonly #maxMessages: number;
  readonly #maxFileBytes: number;
  readonly #messages = new Map<string, StoredMessage>();
  #fileBytes = 0;

  constructor(maxMessages: number, maxFileBytes: number) {
    this.#maxMessages = maxMessages;
    this.#maxFileBytes = maxFileBytes;
  }

  add(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#fileBytes += fileBytesOf(message);
    this.#forgetOldest(message);
  }

  get(id: string): StoredMessage | undefined {
    return this.#messages.get(id);
  }

  /** Puts the new state in place of the old one, which is kept. */
  edit(message: StoredMessage, state: MessageState, requestSeq: number): void {
    const bytesBefore = fileBytesOf(message);
    message.versions.push(message.state);
    if (message.versions.length > MAX_VERSIONS) message.versions.splice(1, 1);
    message.state = state;
    message.requests.push(requestSeq);
    if (message.requests.length > MAX_VERSIONS + 1) message.requests.splice(1, 1);
    if (!this.#messages.has(message.id)) return;
    this.#fileBytes += fileBytesOf(message) - bytesBefore;
    this.#forgetOldest(message);
  }

  delete(id: string): void {
    const message = this.#messages.get(id);
    if (message === undefined) return;
    this.#messages.delete(id);
    this.#fileBytes -= fileBytesOf(message);
  }

  list(): StoredMessage[] {
    return [...this.#messages.values()];
  }

  clear(): void {
    this.#messages.clear();
    this.#fileBytes = 0;
  }

  #forgetOldest(newest: StoredMessage): void {
    for (const id of this.#messages.keys()) {
      if (this.#messages.size <= this.#maxMessages && this.#fileBytes <= this.#maxFileBytes) return;
      if (id !== newest.id) this.delete(id);
    }
  }
}

/** Size of its files, those of earlier states included; a file that an edit has kept counts once. */
function fileBytesOf({ state, versions }: StoredMessage): number {
  const files = new Map([...versions, state].flatMap(({ attachments }) => attachments).map((file) => [file.id, file]));
  let bytes = 0;
  for (const { sizeBytes } of files.values()) bytes += sizeBytes;
  return bytes;
}

/** True when a message of these mentions and flags reaches somebody's device as a mention. */
export function pings(mentions: Mentions, flags: number): boolean {
  return mentionsAnybody(mentions) && (flags & FLAGS.suppressNotifications) === 0;
}

/** A copy for the outside: later edits do not change it. */
export function toEmulatedMessage(message: StoredMessage): EmulatedMessage {
  return {
    ...message.state,
    id: message.id,
    channel: message.channelName,
    channelId: message.channelId,
    threadId: message.threadId,
    webhookId: message.webhookId,
    username: message.username,
    createdAtMs: message.createdAtMs,
    pinged: message.pinged,
    notified: (message.state.flags & FLAGS.suppressNotifications) === 0 ? 'push' : 'silent',
    versions: [...message.versions],
    requests: [...message.requests],
    pinned: message.pinned,
  };
}

/**
 * A message as the API answers it.
 *
 * @see https://discord.com/developers/docs/resources/message#message-object
 */
export function toApiMessage(message: StoredMessage): JsonObject {
  const { state } = message;
  return {
    id: message.id,
    channel_id: message.threadId ?? message.channelId,
    type: 0,
    content: state.content,
    author: {
      id: message.webhookId,
      username: message.username,
      avatar: message.avatar,
      discriminator: '0000',
      public_flags: 0,
      flags: 0,
      bot: true,
      global_name: null,
    },
    timestamp: toApiTimestamp(message.createdAtMs),
    edited_timestamp: state.editedAtMs === null ? null : toApiTimestamp(state.editedAtMs),
    tts: message.tts,
    mention_everyone: state.mention_everyone,
    mentions: state.mentions.map((id) => ({ id, username: id, discriminator: '0', global_name: null, avatar: null })),
    mention_roles: state.mention_roles,
    attachments: state.attachments.map((file) => toApiAttachment(file, message)),
    embeds: state.embeds,
    components: state.components,
    pinned: message.pinned,
    flags: state.flags,
    webhook_id: message.webhookId,
    ...(message.applicationId === null ? {} : { application_id: message.applicationId }),
    ...(message.threadId === null ? {} : { position: 0 }),
    ...(message.poll === null ? {} : { poll: message.poll }),
  };
}

function toApiAttachment(file: EmulatedAttachment, message: StoredMessage): JsonObject {
  const path = `${message.channelId}/${file.id}/${encodeURIComponent(file.filename)}`;
  return {
    id: file.id,
    filename: file.filename,
    size: file.sizeBytes,
    content_type: file.contentType,
    ...(file.description === undefined ? {} : { description: file.description }),
    // The real ones are signed and expire; these never existed.
    url: `https://cdn.discordapp.com/attachments/${path}?ex=0&is=0&hm=0&`,
    proxy_url: `https://media.discordapp.net/attachments/${path}?ex=0&is=0&hm=0&`,
  };
}
