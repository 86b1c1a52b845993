import winston from 'winston';
import transport from 'winston-discord-transport';

// https://www.npmjs.com/package/winston-discord-transport
export function start({ url }) {
  const { default: DiscordTransport } = transport;
  const log = winston.createLogger({
    transports: [new DiscordTransport({ webhook: url, defaultMeta: { service: 'bench' }, level: 'warn' })],
  });
  // winston's levels end at error.
  const error = (error) => log.log({ level: 'error', message: error.message, error });
  return { error, fatal: error, info: (text) => log.info(text) };
}
