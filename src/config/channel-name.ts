/** Channels that event names lead to where such a channel is configured: lower-case globs, in the order they are tried. */
export const EVENT_CHANNELS: readonly { readonly channel: string; readonly globs: readonly string[] }[] = [
  { channel: 'deploys', globs: ['deploy*'] },
  { channel: 'ci', globs: ['ci*', 'cicd*'] },
  { channel: 'security', globs: ['security*', 'credential*', 'secret*'] },
  { channel: 'rotation', globs: ['rotation*', 'escalation*'] },
];

/** Channels named after a priority, the most urgent first. */
export const PRIORITY_CHANNELS: readonly string[] = ['p0', 'p1', 'p2', 'p3', 'dev'];

/** The longest channel name. */
export const MAX_CHANNEL_CHARS = 48;

/**
 * A channel name as it is kept: lower-case, `-` for `_`, blanks around it removed. `undefined` where it is not a letter or digit
 * followed by at most 47 letters, digits and dashes.
 */
export function parseChannelName(text: string): string | undefined {
  if (text.length > MAX_CHANNEL_CHARS * 2) return undefined;
  const name = text.trim().toLowerCase().replaceAll('_', '-');
  return /^[a-z0-9][a-z0-9-]{0,47}$/.test(name) ? name : undefined;
}

/** True for names that a variable cannot carry: `DISCORD_PAGER_WEBHOOK_URL` is the default channel, `…_FILE` names a file. */
export function isReservedChannelName(name: string): boolean {
  return name === 'url' || name === 'file' || name.endsWith('-file');
}

/** The channel and form that a webhook variable stands for; `undefined` when the variable is not one. */
export interface WebhookVariable {
  readonly channel: string;
  /** The value is a path to read the URL from. */
  readonly fromFile: boolean;
}

/** The beginning of every webhook variable. */
export const WEBHOOK_VARIABLE_PREFIX = 'DISCORD_PAGER_WEBHOOK_';

/** Reads `DISCORD_PAGER_WEBHOOK_URL`, `DISCORD_PAGER_WEBHOOK_<CHANNEL>` and both with `_FILE` behind. */
export function parseWebhookVariable(variable: string): WebhookVariable | undefined {
  if (!variable.startsWith(WEBHOOK_VARIABLE_PREFIX)) return undefined;
  const rest = variable.slice(WEBHOOK_VARIABLE_PREFIX.length);
  const fromFile = rest.endsWith('_FILE');
  const base = fromFile ? rest.slice(0, -'_FILE'.length) : rest;
  const channel = base === 'URL' ? 'default' : parseChannelName(base);
  return channel === undefined || isReservedChannelName(channel) ? undefined : { channel, fromFile };
}

/** The globs of event names that lead to one of these channels. */
export function eventGlobsOf(hasChannel: (channel: string) => boolean): readonly string[] {
  return EVENT_CHANNELS.flatMap(({ channel, globs }) => (hasChannel(channel) ? globs : []));
}

/** The channel for what no rule sends elsewhere: `default`, without it the channel of the highest configured priority. */
export function fallbackChannelOf(hasChannel: (channel: string) => boolean): string | undefined {
  return ['default', ...PRIORITY_CHANNELS].find(hasChannel);
}
