import { isSnowflake } from './snowflake.ts';

/** Id and token of a webhook. */
export interface WebhookAddress {
  readonly id: string;
  readonly token: string;
}

const PREFIX = 'sandbox_';
/** As long as the tokens Discord hands out today, so that nothing which checks the length is fooled. */
const TOKEN_CHARS = 68;
const TOKEN = /^sandbox_([a-z0-9][a-z0-9-]{0,47})_+$/;
/** Ids begin here: 18 digits, as webhooks of the last years have. */
const FIRST_ID = 100_000_000_000_000_000n;
const ID_SPAN = 900_000_000_000_000_000n;

/**
 * The webhook that a channel of this name has in every emulator that adopts webhooks, so that a URL in somebody's settings outlives
 * a restart. Its token says what it is and protects nothing. Undefined for names that are no channel names of this product (letters,
 * digits and dashes, at most 48).
 */
export function stableWebhook(channelName: string): WebhookAddress | undefined {
  const token = `${PREFIX}${channelName}_`.padEnd(TOKEN_CHARS, '_');
  return TOKEN.test(token) ? { id: (FIRST_ID + (fnv1a64(channelName) % ID_SPAN)).toString(), token } : undefined;
}

/** The channel whose stable webhook this is. */
export function channelOfStableWebhook({ id, token }: WebhookAddress): string | undefined {
  const name = TOKEN.exec(token)?.[1];
  return name !== undefined && stableWebhook(name)?.id === id ? name : undefined;
}

/** True for what can be a webhook of the real Discord. https://discord.com/developers/docs/resources/webhook */
export function isWebhookAddress({ id, token }: WebhookAddress): boolean {
  return isSnowflake(id) && /^[A-Za-z0-9_-]{60,200}$/.test(token);
}

/** FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/#FNV-1a */
function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}
