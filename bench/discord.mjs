import { startAsked } from './asked-process.mjs';

/**
 * Only the default agents of a browser and of Python's urllib are known to be refused; of a request without any, nobody has reported
 * it, and one of the contenders sends none with its first: https://github.com/discord/discord-api-docs/issues/4908
 */
const ANY_AGENT = { userAgentCheck: 'off', maxRequests: 60_000 };

/**
 * Discord's own limits, which are the emulator's defaults: 5 requests in 2 s per webhook, about 30 messages a minute per channel,
 * 50 requests a second in all. An answer takes 130 to 300 ms, as it does from Discord's own region:
 * https://github.com/discord/discord-api-docs/issues/6721
 */
export const AS_DISCORD = { ...ANY_AGENT, latencyMs: { min: 130, max: 300 } };

/** The same limits, and an answer at once. */
export const ANSWERS_AT_ONCE = { ...ANY_AGENT };

/** For what one call costs and how long one page takes: no limit to run into, and an answer at once. */
export const WITHOUT_LIMITS = {
  ...ANY_AGENT,
  bucket: { limit: 1_000_000, windowMs: 1_000 },
  channelBudget: 'off',
  globalLimit: 'off',
};

/** The local Discord in a process of its own; `ask` tells what happened there. */
export const startDiscord = (options) => startAsked('discord-process.mjs', [JSON.stringify(options)]);
