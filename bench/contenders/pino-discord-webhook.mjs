import { pinoLogger } from './pino-logger.mjs';

// https://www.npmjs.com/package/pino-discord-webhook
export function start({ url, filtered }) {
  const webhookURL = `https://discord.com${new URL(url).pathname}`;
  const log = pinoLogger('pino-discord-webhook', { webhookURL }, filtered);
  return {
    error: (error) => log.error(error),
    fatal: (error) => log.fatal(error),
    info: (text) => log.info(text),
  };
}
