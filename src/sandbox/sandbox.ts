import { type Clock, systemClock } from '../clock.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatorOptions } from '../discord-emulator/options.ts';
import { createPageServer } from './page-server.ts';
import { Switches } from './switches.ts';
import { TimelineFeed } from './timeline-feed.ts';

export interface SandboxOptions {
  /** 0 takes a free one. @default 8025 */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Channels that are there from the beginning; the first one takes what has no channel of its own. @default ['alerts'] */
  readonly channels?: readonly string[];
  readonly clock?: Clock;
  /** Folder of the built page. @default beside this file */
  readonly pageDir?: URL;
  /** Those of the channels that are forums. @default none */
  readonly forums?: readonly string[];
  /** How the emulated Discord behaves, where it is to differ from the real one. */
  readonly rules?: Pick<EmulatorOptions, 'bucket' | 'channelBudget'>;
}

/** A running sandbox. */
export interface Sandbox {
  /** Where the timeline is. */
  readonly url: string;
  readonly discord: DiscordEmulator;
  /** Environment that points an application here, for each channel of the options. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets a switch of the page, as its visitor does. False when there is none of this name. */
  setSwitch(id: string, isOn: boolean): boolean;
  close(): Promise<void>;
}

/** Mailpit's port, because this is the same for Discord, and few have both. https://mailpit.axllent.org/docs/configuration/ */
export const SANDBOX_PORT = 8025;
export const SANDBOX_CHANNELS: readonly string[] = ['alerts'];

/** Somebody who watches reads no more than this. */
const MAX_MESSAGES = 2_000;
const MAX_REQUESTS = 5_000;

/**
 * Starts a local Discord with a page on which its messages arrive. Its webhook URLs are the same after every start, and it takes any
 * other well-formed webhook too.
 *
 * @throws {Error} with the system's `code` when the port cannot be listened on.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const channels = options.channels ?? SANDBOX_CHANNELS;
  const host = options.host ?? '127.0.0.1';
  let pages: EmulatorOptions['pages'];
  const discord = await startDiscordEmulator({
    ...options.rules,
    port: options.port ?? SANDBOX_PORT,
    host,
    clock,
    adoptWebhooks: true,
    channelKinds: Object.fromEntries((options.forums ?? []).map((name) => [name, 'forum'])),
    maxMessages: MAX_MESSAGES,
    maxRequests: MAX_REQUESTS,
    pages: (request, response) => pages?.(request, response) ?? false,
  });
  const environment = Object.fromEntries(
    channels.map((channel, index) => [variableOf(channel, index), reachable(discord.webhookUrl(channel))]),
  );
  const variables = new Map(channels.map((channel, index) => [channel, variableOf(channel, index)]));
  const switches = new Switches(discord);
  const feed = new TimelineFeed(discord, switches, clock, (channel) => {
    const variable = variables.get(channel);
    return variable === undefined ? undefined : `export ${variable}=${environment[variable]}`;
  });
  pages = createPageServer({
    discord,
    feed,
    switches,
    pageDir: options.pageDir ?? new URL('./page/', import.meta.url),
    ownHost: host,
    clear() {
      switches.reset();
      discord.clear();
    },
  });
  return {
    url: reachable(discord.url),
    discord,
    environment,
    setSwitch(id, isOn) {
      const isSet = switches.set(id, isOn, undefined);
      feed.switched();
      return isSet;
    },
    close() {
      feed.close();
      return discord.close();
    },
  };
}

/** Where everything is listened on, this machine can be reached at its loopback address. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

function variableOf(channel: string, index: number): string {
  return index === 0
    ? 'DISCORD_PAGER_WEBHOOK_URL'
    : `DISCORD_PAGER_WEBHOOK_${channel.toUpperCase().replaceAll('-', '_')}`;
}
