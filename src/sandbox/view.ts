import type { EmulatedEmbed } from '../discord-emulator/embeds.ts';
import type { FaultKind } from '../discord-emulator/fault.ts';
import type { EmulatedChannel } from '../discord-emulator/guild.ts';
import type { JsonObject } from '../discord-emulator/json.ts';
import type { LimitReason } from '../discord-emulator/rate-limits.ts';
import type { Priority } from '../priority.ts';

/** What the page is told, as JSON. Types only: the page runs in a browser and loads nothing of this folder's other files. */

/** What a message is about, read from the colours of its embeds; `none` for what the pager did not write. */
export type Tone = Priority | 'audit' | 'none';

/** A file under a message. Its text is fetched when somebody opens it. */
export interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  readonly sizeBytes: number;
}

/** What an edit can change. */
export interface MessageStateView {
  readonly content: string;
  readonly embeds: readonly EmulatedEmbed[];
  readonly components: readonly JsonObject[];
  readonly attachments: readonly AttachmentView[];
  readonly mentionsEveryone: boolean;
  readonly mentionedRoles: readonly string[];
  readonly mentionedUsers: readonly string[];
  /** Null for the first state. */
  readonly editedAtMs: number | null;
}

/** A message, newest state. */
export interface MessageView extends MessageStateView {
  readonly id: string;
  readonly channelId: string;
  readonly threadId: string | null;
  readonly username: string;
  readonly createdAtMs: number;
  readonly tone: Tone;
  /** Nothing in it is firing any more. */
  readonly isOver: boolean;
  /** Somebody's device rang for a mention. */
  readonly pinged: boolean;
  readonly notified: 'push' | 'silent';
  /** Somebody was mentioned in an earlier state and is not any more. */
  readonly lostMention: boolean;
  /** What a lock screen shows. */
  readonly preview: string;
  readonly editCount: number;
}

/** A request in a list. */
export interface RequestView {
  readonly seq: number;
  readonly atMs: number;
  /** Undefined while it has no answer, and for one that gets none. */
  readonly tookMs: number | undefined;
  readonly method: string;
  /** Path and query, without the token. */
  readonly route: string;
  readonly channelId: string | undefined;
  readonly messageId: string | undefined;
  readonly outcome: 'pending' | 'answered' | 'cut' | 'hung';
  readonly status: number | undefined;
  readonly limit: LimitReason | undefined;
  readonly faults: readonly FaultKind[];
  readonly rateLimitHeaders: Readonly<Record<string, string>>;
  /** What a good client would not have done, in words. */
  readonly broken: readonly string[];
}

/** A request with what was sent and what was refused. */
export interface RequestDetail extends RequestView {
  readonly userAgent: string | undefined;
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly error: unknown;
}

/** Everything behind one message. */
export interface MessageHistory {
  /** Earlier states, the oldest first. */
  readonly versions: readonly MessageStateView[];
  /** Those that posted and edited it, as far as the log still has them. */
  readonly requests: readonly RequestDetail[];
}

/** A channel, and how an application is pointed at it. */
export interface ChannelView extends EmulatedChannel {
  /** A line of a shell; undefined for a channel that only others know. */
  readonly connect: string | undefined;
}

/** Something that can be made to go wrong. */
export interface SwitchView {
  readonly id: string;
  readonly label: string;
  readonly explains: string;
  readonly isOn: boolean;
  /** Ends by itself after so many requests. */
  readonly times: number | undefined;
  /** It strikes one channel, which has to be named. */
  readonly perChannel: boolean;
  /** The channel it strikes now. */
  readonly channelId: string | undefined;
}

/** All there is, at one time. */
export interface Snapshot {
  readonly channels: readonly ChannelView[];
  readonly messages: readonly MessageView[];
  /** The newest; older ones are behind their messages. */
  readonly requests: readonly RequestView[];
  readonly switches: readonly SwitchView[];
}

/** What has changed since: the newest state of whatever is named, the rest is as it was. */
export interface Changes {
  readonly channels?: readonly ChannelView[];
  readonly messages?: readonly MessageView[];
  readonly deleted?: readonly string[];
  readonly requests?: readonly RequestView[];
  readonly switches?: readonly SwitchView[];
}
