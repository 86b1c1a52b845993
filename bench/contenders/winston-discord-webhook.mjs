import winston from 'winston';
import DiscordTransport from 'winston-discord-webhook';

// https://www.npmjs.com/package/winston-discord-webhook. The text alone, as its README shows: it joins the lines of 2.5 s and cuts
// them at 1,900 characters, so that stacks would only push other errors out.
export function start({ url }) {
  const log = winston.createLogger({ transports: [new DiscordTransport({ webhook: url, level: 'warn' })] });
  const error = (error) => log.error(error.message);
  return { error, fatal: error, info: (text) => log.info(text) };
}
