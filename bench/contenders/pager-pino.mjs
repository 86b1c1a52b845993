import { fileURLToPath } from 'node:url';
import { pinoLogger } from './pino-logger.mjs';

export function start({ url, channels, filtered, stateDir = 'none' }) {
  const target = fileURLToPath(new URL('../../dist/intake/pino-transport.js', import.meta.url));
  const log = pinoLogger(target, { webhooks: { default: url, ...channels }, stateDir }, filtered);
  return {
    error: (error, channel) =>
      channel === undefined ? log.error(error) : log.error({ err: error, 'pager.channel': channel }, error.message),
    fatal: (error) => log.fatal(error),
    info: (text) => log.info(text),
  };
}
