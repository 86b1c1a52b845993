import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../clock.ts';

/** How many requests fit into how long. */
export interface WindowLimit {
  readonly limit: number;
  readonly windowMs: number;
  /**
   * `fixed`: the window opens with the first request and everything is free again when it ends. `sliding`: each request's place is
   * free again after `windowMs`. Discord does not say which it uses.
   *
   * @default 'fixed'
   */
  readonly window?: 'fixed' | 'sliding' | undefined;
}

/** A forum channel with tags. */
export interface ForumKind {
  readonly kind: 'forum';
  /** Ids of the tags a post may carry. */
  readonly tags?: readonly string[] | undefined;
  /** A post without a tag is refused (40067). */
  readonly tagRequired?: boolean | undefined;
}

/** When the invisible guard in front of the API blocks an address. */
export interface InvalidLimit {
  /** Answers 401, 403 and 429 (not those of scope `shared`) within `windowMs`. @default 10000 */
  readonly limit?: number | undefined;
  /** @default 600000 */
  readonly windowMs?: number | undefined;
  /** Answers 404 for one and the same webhook within `windowMs`. Discord punishes them without saying how many. @default 200 */
  readonly perGoneWebhook?: number | undefined;
  /** How long the block stands. Undocumented; about an hour to a day was seen. @default 3600000 */
  readonly banMs?: number | undefined;
  /** What the blocked address is answered. @default 'json' */
  readonly form?: EdgeForm | undefined;
}

/** The three answers of the guard in front of the API: a fixed JSON text, Cloudflare's one-line text, an HTML page. */
export type EdgeForm = 'json' | 'text' | 'html';

/** What a bot may do; a subset of Discord's permissions. */
export type BotPermission =
  | 'VIEW_CHANNEL'
  | 'MANAGE_CHANNELS'
  | 'MANAGE_WEBHOOKS'
  | 'MANAGE_THREADS'
  | 'CREATE_PUBLIC_THREADS'
  | 'READ_MESSAGE_HISTORY'
  | 'MENTION_EVERYONE'
  | 'PIN_MESSAGES';

/** A bot whose token the routes for provisioning accept. */
export interface BotOptions {
  /** The token without the word `Bot`. */
  readonly token: string;
  /** Permissions in the guild. @default all of them */
  readonly permissions?: readonly BotPermission[] | undefined;
  /** Roles of the bot, for permission overwrites of a channel. @default [] */
  readonly roleIds?: readonly string[] | undefined;
}

/**
 * How the emulated Discord behaves. Everything has a default; what Discord leaves unsaid, or is only known from reports, is a switch
 * here, so that a client can be tried with either answer.
 */
export interface EmulatorOptions {
  /** 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Time of windows, ids, timestamps and delays. With a manual clock nothing waits for real time. @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Seed of tokens, bucket hashes and latency. Without it the n-th emulator of a process takes n. */
  readonly seed?: number | undefined;
  /** Delay of every answer, in ms; a range is drawn from. @default 0 */
  readonly latencyMs?: number | { readonly min: number; readonly max: number } | undefined;

  /** Limit of one webhook (id and token). @default 5 per 2000 ms */
  readonly bucket?: WindowLimit | undefined;
  /** Hidden limit of a channel over all its webhooks, never seen in `Remaining`. @default 30 per 60000 ms */
  readonly channelBudget?: WindowLimit | 'off' | undefined;
  /** Whether edits count towards the channel's hidden limit. Unknown. @default false */
  readonly patchCountsTowardChannel?: boolean | undefined;
  /** Value of `X-RateLimit-Scope` when the channel's hidden limit refuses. @default 'shared' */
  readonly channelScope?: 'shared' | 'user' | undefined;
  /** Separate buckets (and hashes) for POST, PATCH and DELETE of messages. @default false */
  readonly splitMethods?: boolean | undefined;
  /** Limit of GET on a webhook's routes. Unpublished. @default 'off' */
  readonly getBucket?: WindowLimit | 'off' | undefined;
  /** Limit over everything per bot token, or per address without one. @default 50 per 1000 ms */
  readonly globalLimit?: WindowLimit | 'off' | undefined;
  /** Edits per channel of messages older than `olderThanMs`; beyond it 429 with code 30046. @default 3 per 6000 ms, older than an hour */
  readonly oldEdits?: (WindowLimit & { readonly olderThanMs?: number | undefined }) | 'off' | undefined;
  /** Renaming a channel or changing its topic. @default 2 per 600000 ms */
  readonly channelRename?: WindowLimit | 'off' | undefined;
  /** When an address is blocked for its invalid requests. */
  readonly invalidLimit?: InvalidLimit | 'off' | undefined;
  /**
   * Where the rate limit is looked at: behind the token (refused bodies cost a place too), or behind the validation (they cost
   * nothing). The order is not documented; the first is what was observed.
   *
   * @default 'after_token'
   */
  readonly rateLimitCheck?: 'after_token' | 'after_validation' | undefined;
  /** Rate-limit headers on the answers of gone webhooks and wrong tokens. @default true */
  readonly rateHeadersOnGone?: boolean | undefined;

  /** A URL without a version means API v6: flat errors, waits in ms. False: the newest version. @default true */
  readonly unversionedIsV6?: boolean | undefined;
  /** What a request without a User-Agent, with a browser's or with Python's urllib's is answered. @default 'text' */
  readonly userAgentCheck?: 'text' | 'json' | 'off' | undefined;

  /**
   * For an emulator that stands in for Discord over a longer time. Any well-formed webhook URL that is called is taken, into a
   * channel of its own; and `webhookUrl()` gives the same URL for the same channel after every start, so that it can stand in
   * somebody's settings. At most 500 channels come to be so, as a server of Discord's has.
   *
   * @default false
   */
  readonly adoptWebhooks?: boolean | undefined;
  /** Who made the webhooks that `webhookUrl()` hands out. @default 'human' */
  readonly webhookOwner?: 'human' | 'app' | undefined;
  /** Kind of a channel by its name. @default 'text' */
  readonly channelKinds?: Readonly<Record<string, 'text' | 'forum' | ForumKind>> | undefined;
  /** Role ids that may be mentioned by a webhook whose app lacks MENTION_EVERYONE. @default 'all' */
  readonly mentionableRoles?: readonly string[] | 'all' | undefined;
  /** Whether an edit that mentions somebody new sends a push. Unknown; believed not. @default false */
  readonly editsPing?: boolean | undefined;
  /** Status and code for a `thread_id` of nowhere or of another channel. @default 404 and 10003 */
  readonly foreignThread?: { readonly status: number; readonly code: number } | undefined;
  /** The first message of a forum post has the id of its thread. @default true */
  readonly starterIdIsThreadId?: boolean | undefined;
  /** Names of created text channels become lower case with dashes. @default true */
  readonly normaliseChannelNames?: boolean | undefined;
  /** Codes of complaints that nobody has reported word for word. */
  readonly leafCodes?:
    | {
        /** An interactive component from a webhook made by a human. @default 'BASE_TYPE_CHOICES' */
        readonly interactiveComponent?: string | undefined;
        /** A timestamp that is not ISO 8601. @default 'DATE_TIME_TYPE_PARSE' */
        readonly timestamp?: string | undefined;
      }
    | undefined;

  /** Largest file. @default 10485760 */
  readonly fileLimitBytes?: number | undefined;
  /** Largest request. @default 26214400 */
  readonly requestLimitBytes?: number | undefined;

  /** Accepts this bot on the routes for provisioning; without it they answer 401. */
  readonly bot?: BotOptions | undefined;
  /** Looks at every request first and answers what it knows, giving back true: for pages beside the API. @default none */
  readonly pages?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Most messages kept; the oldest is forgotten first. @default 10000 */
  readonly maxMessages?: number | undefined;
  /** Most bytes of attached files kept, over all messages; beyond it the oldest message is forgotten first. @default 268435456 */
  readonly maxFileBytes?: number | undefined;
  /** Most requests kept in the log; the oldest is forgotten first. @default 10000 */
  readonly maxRequests?: number | undefined;
}

/** The options after defaults. */
export interface EmulatorRules {
  readonly port: number;
  readonly host: string;
  readonly clock: Clock;
  readonly seed: number;
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly bucket: WindowLimit;
  readonly channelBudget: WindowLimit | undefined;
  readonly patchCountsTowardChannel: boolean;
  readonly channelScope: 'shared' | 'user';
  readonly splitMethods: boolean;
  readonly getBucket: WindowLimit | undefined;
  readonly globalLimit: WindowLimit | undefined;
  readonly oldEdits: WindowLimit | undefined;
  readonly oldEditAgeMs: number;
  readonly channelRename: WindowLimit | undefined;
  readonly invalidLimit:
    | {
        readonly limit: number;
        readonly windowMs: number;
        readonly perGoneWebhook: number;
        readonly banMs: number;
        readonly form: EdgeForm;
      }
    | undefined;
  readonly rateLimitCheck: 'after_token' | 'after_validation';
  readonly rateHeadersOnGone: boolean;
  readonly unversionedIsV6: boolean;
  readonly userAgentCheck: 'text' | 'json' | 'off';
  readonly adoptWebhooks: boolean;
  readonly webhookOwner: 'human' | 'app';
  readonly channelKinds: Readonly<Record<string, 'text' | 'forum' | ForumKind>>;
  readonly mentionableRoles: readonly string[] | 'all';
  readonly editsPing: boolean;
  readonly foreignThread: { readonly status: number; readonly code: number };
  readonly starterIdIsThreadId: boolean;
  readonly normaliseChannelNames: boolean;
  readonly leafCodes: { readonly interactiveComponent: string; readonly timestamp: string };
  readonly fileLimitBytes: number;
  readonly requestLimitBytes: number;
  readonly bot: BotOptions | undefined;
  readonly pages: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly maxMessages: number;
  readonly maxFileBytes: number;
  readonly maxRequests: number;
}

let startedInThisProcess = 0;

/** Fills in the defaults. Sources stand at each; where Discord publishes none, the number is what was observed. */
export function toEmulatorRules(options: EmulatorOptions): EmulatorRules {
  const latency = options.latencyMs ?? 0;
  const oldEdits = options.oldEdits ?? { limit: 3, windowMs: 6_000 };
  const invalid = options.invalidLimit ?? {};
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    clock: options.clock ?? systemClock,
    // Two emulators of one process must not hand out the same webhooks: clients key their state by them.
    seed: options.seed ?? ++startedInThisProcess,
    latencyMs: typeof latency === 'number' ? { min: latency, max: latency } : latency,
    // 5 per 2 s: https://github.com/discord/discord-api-docs/issues/367, measured again in #2243.
    bucket: options.bucket ?? { limit: 5, windowMs: 2_000 },
    // About 30 per minute and channel: https://github.com/discord/discord-api-docs/issues/1454 and #4043.
    channelBudget: unlessOff(options.channelBudget ?? { limit: 30, windowMs: 60_000 }),
    patchCountsTowardChannel: options.patchCountsTowardChannel ?? false,
    channelScope: options.channelScope ?? 'shared',
    splitMethods: options.splitMethods ?? false,
    getBucket: unlessOff(options.getBucket ?? 'off'),
    // https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
    globalLimit: unlessOff(options.globalLimit ?? { limit: 50, windowMs: 1_000 }),
    oldEdits: unlessOff(oldEdits),
    oldEditAgeMs: (oldEdits === 'off' ? undefined : oldEdits.olderThanMs) ?? 3_600_000,
    // https://github.com/discord/discord-api-docs/issues/1900
    channelRename: unlessOff(options.channelRename ?? { limit: 2, windowMs: 600_000 }),
    invalidLimit:
      invalid === 'off'
        ? undefined
        : {
            // https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
            limit: invalid.limit ?? 10_000,
            windowMs: invalid.windowMs ?? 600_000,
            perGoneWebhook: invalid.perGoneWebhook ?? 200,
            banMs: invalid.banMs ?? 3_600_000,
            form: invalid.form ?? 'json',
          },
    rateLimitCheck: options.rateLimitCheck ?? 'after_token',
    rateHeadersOnGone: options.rateHeadersOnGone ?? true,
    unversionedIsV6: options.unversionedIsV6 ?? true,
    userAgentCheck: options.userAgentCheck ?? 'text',
    adoptWebhooks: options.adoptWebhooks ?? false,
    webhookOwner: options.webhookOwner ?? 'human',
    channelKinds: options.channelKinds ?? {},
    mentionableRoles: options.mentionableRoles ?? 'all',
    editsPing: options.editsPing ?? false,
    foreignThread: options.foreignThread ?? { status: 404, code: 10003 },
    starterIdIsThreadId: options.starterIdIsThreadId ?? true,
    normaliseChannelNames: options.normaliseChannelNames ?? true,
    leafCodes: {
      interactiveComponent: options.leafCodes?.interactiveComponent ?? 'BASE_TYPE_CHOICES',
      timestamp: options.leafCodes?.timestamp ?? 'DATE_TIME_TYPE_PARSE',
    },
    // https://discord.com/developers/docs/reference#uploading-files
    fileLimitBytes: options.fileLimitBytes ?? 10_485_760,
    requestLimitBytes: options.requestLimitBytes ?? 26_214_400,
    bot: options.bot,
    pages: options.pages,
    maxMessages: options.maxMessages ?? 10_000,
    maxFileBytes: options.maxFileBytes ?? 268_435_456,
    maxRequests: options.maxRequests ?? 10_000,
  };
}

function unlessOff<T extends object>(value: T | 'off'): T | undefined {
  return value === 'off' ? undefined : value;
}
