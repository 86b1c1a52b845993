import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClientConduct } from './client-conduct.ts';
import { Events } from './events.ts';
import type { DeleteWebhookFault, Fault, FaultHandle, RegenerateTokenFault } from './fault.ts';
import { FaultBook } from './fault-book.ts';
import { DEFAULT_LABEL, type EmulatedChannel, Guild, type Webhook } from './guild.ts';
import { InvalidRequests } from './invalid-requests.ts';
import { type EmulatedMessage, MessageStore, toEmulatedMessage } from './message-store.ts';
import { type EmulatorOptions, toEmulatorRules } from './options.ts';
import { createRandom } from './random.ts';
import { RateLimits } from './rate-limits.ts';
import { handleRequest } from './request-handler.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { createSnowflakes } from './snowflake.ts';
import { findViolations, type Violation } from './violations.ts';
import { Waiting } from './waiting.ts';
import type { EmulatorEvents, World } from './world.ts';

/** Which webhook of a channel is meant, and how it is made if it is new. */
export interface WebhookChoice {
  /** A channel can have several webhooks, told apart by any name. @default 'default' */
  readonly webhook?: string | undefined;
  /** Who makes it. @default the option `webhookOwner` */
  readonly owner?: 'human' | 'app' | undefined;
}

/** A running local Discord. */
export interface DiscordEmulator {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** The same with `/api/v10`: what a client takes instead of Discord's own. */
  readonly apiBaseUrl: string;
  readonly guildId: string;
  /** User id of the bot of `options.bot`, for permission overwrites. */
  readonly botUserId: string;
  /**
   * URL of a webhook as Discord's own button copies it: without an API version. Channel and webhook are made on first use; the
   * same names give the same webhook, also after it was deleted.
   */
  webhookUrl(channel: string, choice?: WebhookChoice): string;
  /** Id of the channel of this name, which is made on first use. */
  channelId(channel: string): string;
  /** The channels with their threads, in the order in which they came to be. */
  channels(): EmulatedChannel[];
  /** What stands in the channel and its threads, or everywhere: newest state, oldest message first. */
  messages(channel?: string): EmulatedMessage[];
  /** Every request so far, in order of arrival. */
  requests(): LoggedRequest[];
  /** What a good client would not have done, in plain words; empty is what a test wants to see. */
  violations(): Violation[];
  /**
   * Resolves when at least so many messages are there, or when the predicate is true of them; at once if that is so already.
   *
   * @param timeoutMs real time. @default 5000
   * @throws {Error} with what is there instead, after `timeoutMs` or when the emulator closes.
   */
  waitForMessages(
    condition: number | ((messages: EmulatedMessage[]) => boolean),
    timeoutMs?: number,
  ): Promise<EmulatedMessage[]>;
  /** The same for requests that have been answered, cut off or left hanging. */
  waitForRequests(
    condition: number | ((requests: LoggedRequest[]) => boolean),
    timeoutMs?: number,
  ): Promise<LoggedRequest[]>;
  /** Calls the listener for every such event; gives back the function that ends it. */
  on<Name extends keyof EmulatorEvents>(name: Name, listener: (value: EmulatorEvents[Name]) => void): () => void;
  /** Makes something go wrong, see {@link Fault}. */
  fault(fault: Fault): FaultHandle;
  /** As just started, but for channels and webhooks, which stay: no messages, threads, log, limits in use, blocks or faults. */
  clear(): void;
  /** Ends the server and every connection. Idempotent. */
  close(): Promise<void>;
}

/** Idle connections are kept longer than any client keeps them, so that no request meets one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * Starts a Discord of your own on loopback: webhooks, messages, threads, rate limits, refusals and faults as the real one has them.
 * Nothing leaves the machine.
 *
 * @throws {Error} when the port cannot be listened on.
 * @example
 * const discord = await startDiscordEmulator();
 * const pager = createPager({ webhooks: { default: discord.webhookUrl('alerts') } });
 * pager.page({ title: 'disk full' });
 * const [message] = await discord.waitForMessages(1);
 * await discord.close();
 */
export async function startDiscordEmulator(options: EmulatorOptions = {}): Promise<DiscordEmulator> {
  const rules = toEmulatorRules(options);
  const random = createRandom(rules.seed);
  const ids = createSnowflakes();
  const limits = new RateLimits(rules, random);
  let origin = '';
  const world: World = {
    rules,
    guild: new Guild(rules, ids, random),
    messages: new MessageStore(rules.maxMessages, rules.maxFileBytes),
    limits,
    invalid: new InvalidRequests(rules.invalidLimit),
    conduct: new ClientConduct(limits),
    faults: new FaultBook(),
    log: new RequestLog(rules.maxRequests),
    ids,
    events: new Events<EmulatorEvents>(),
    origin: () => origin,
    now: () => rules.clock.now(),
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    if (rules.pages?.(request, response)) return;
    void handleRequest(world, random, request, response);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(rules.port, rules.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port, family } = server.address() as AddressInfo;
  origin = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

  const messages = (channel?: string): EmulatedMessage[] =>
    world.messages
      .list()
      .filter((message) => channel === undefined || message.channelName === channel)
      .map(toEmulatedMessage);
  const waitingMessages = new Waiting(() => messages());
  const waitingRequests = new Waiting(() => world.log.list().filter((one) => one.outcome !== 'pending'));
  for (const name of ['message', 'edit', 'delete'] as const) world.events.on(name, () => waitingMessages.wake());
  world.events.on('request', () => waitingRequests.wake());

  let closing: Promise<void> | undefined;
  return {
    url: origin,
    apiBaseUrl: `${origin}/api/v10`,
    guildId: world.guild.id,
    botUserId: world.guild.botUserId,
    webhookUrl: (channel, choice) => {
      const hook = chooseWebhook(world, channel, choice ?? {});
      return `${origin}/api/webhooks/${hook.id}/${hook.token}`;
    },
    channelId: (channel) => world.guild.channelNamed(channel).id,
    channels: () => world.guild.emulatedChannels(),
    messages,
    requests: () => world.log.list(),
    violations: () => findViolations(world.log.list(), messages()),
    waitForMessages: (condition, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      waitingMessages.until(toPredicate(condition), timeoutMs, describeMessages),
    waitForRequests: (condition, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      waitingRequests.until(toPredicate(condition), timeoutMs, describeRequests),
    on: (name, listener) => world.events.on(name, listener),
    fault: (fault) => makeFault(world, fault),
    clear() {
      world.faults.clear();
      world.messages.clear();
      world.guild.clearThreads();
      world.log.clear();
      world.limits.clear();
      world.invalid.clear();
      world.conduct.clear();
    },
    close() {
      closing ??= new Promise((resolve) => {
        world.faults.clear();
        waitingMessages.close();
        waitingRequests.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

function chooseWebhook(world: World, channelName: string, choice: WebhookChoice): Webhook {
  const { guild, rules } = world;
  const channel = guild.channelNamed(channelName);
  const label = choice.webhook ?? DEFAULT_LABEL;
  return (
    guild.webhookLabelled(channel.id, label) ??
    guild.createWebhook({
      channelId: channel.id,
      name: label === DEFAULT_LABEL ? 'Captain Hook' : label,
      label,
      owner: choice.owner ?? rules.webhookOwner,
    })
  );
}

const NOTHING: FaultHandle = { end() {} };

function makeFault(world: World, fault: Fault): FaultHandle {
  switch (fault.kind) {
    case 'bucket_hash_change':
      world.limits.changeHashes();
      return NOTHING;
    case 'delete_webhook': {
      const hooks = webhooksMeant(world, fault);
      for (const hook of hooks) hook.deleted = true;
      return {
        end() {
          for (const hook of hooks.splice(0)) hook.deleted = false;
        },
      };
    }
    case 'regenerate_token':
      for (const hook of webhooksMeant(world, fault)) world.guild.regenerateToken(hook);
      return NOTHING;
    default:
      return world.faults.add(fault);
  }
}

function webhooksMeant(world: World, fault: DeleteWebhookFault | RegenerateTokenFault): Webhook[] {
  const channel = world.guild.channelNamed(fault.channel);
  return world.guild.webhooks(channel.id).filter(({ label }) => fault.webhook === undefined || fault.webhook === label);
}

function toPredicate<Item>(condition: number | ((items: Item[]) => boolean)): (items: Item[]) => boolean {
  return typeof condition === 'number' ? (items) => items.length >= condition : condition;
}

function describeMessages(messages: readonly EmulatedMessage[]): string {
  const lines = messages.slice(-5).map((message) => {
    const text = message.content || message.embeds[0]?.title || message.embeds[0]?.description || '(no text)';
    return `#${message.channel}: ${text.slice(0, 100)}`;
  });
  return `Messages there: ${messages.length}${lines.length > 0 ? `, the last:\n${lines.join('\n')}` : ''}`;
}

function describeRequests(requests: readonly LoggedRequest[]): string {
  const lines = requests
    .slice(-5)
    .map((request) => `${request.method} ${request.route} → ${request.status ?? request.outcome}`);
  return `Requests so far: ${requests.length}${lines.length > 0 ? `, the last:\n${lines.join('\n')}` : ''}`;
}
