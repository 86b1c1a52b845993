import type { Channel, Guild } from './guild.ts';
import type { BotPermission, EmulatorRules } from './options.ts';

/** @see https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
export const PERMISSION_BITS: Readonly<Record<BotPermission, bigint>> = {
  MANAGE_CHANNELS: 1n << 4n,
  VIEW_CHANNEL: 1n << 10n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  MANAGE_WEBHOOKS: 1n << 29n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  PIN_MESSAGES: 1n << 51n,
};

const ALL = Object.values(PERMISSION_BITS).reduce((bits, bit) => bits | bit, 0n);

/**
 * What the bot may do: in the guild, or in a channel after its overwrites (first those of `@everyone`, whose id is the guild's, then
 * all roles together, then the bot itself).
 *
 * @see https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function botPermissions(rules: EmulatorRules, guild: Guild, channel?: Channel): bigint {
  const granted = rules.bot?.permissions;
  let bits = granted === undefined ? ALL : granted.reduce((sum, name) => sum | PERMISSION_BITS[name], 0n);
  if (channel === undefined) return bits;
  const roles = rules.bot?.roleIds ?? [];
  const layers = [
    channel.overwrites.filter((one) => one.type === 0 && one.id === guild.id),
    channel.overwrites.filter((one) => one.type === 0 && roles.includes(one.id)),
    channel.overwrites.filter((one) => one.type === 1 && one.id === guild.botUserId),
  ];
  for (const layer of layers) {
    for (const one of layer) bits &= ~BigInt(one.deny);
    for (const one of layer) bits |= BigInt(one.allow);
  }
  return bits;
}

export function hasPermission(bits: bigint, name: BotPermission): boolean {
  return (bits & PERMISSION_BITS[name]) !== 0n;
}
