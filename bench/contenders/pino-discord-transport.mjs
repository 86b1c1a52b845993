import { devNull } from 'node:os';
import { destination, multistream, pino } from 'pino-8';
import { createTransport } from 'pino-discord-transport';

// https://www.npmjs.com/package/pino-discord-transport, with the pino it depends on. It is given the text alone: an Error would become
// an object as an embed field's value, which Discord refuses (400), and not one page would arrive.
export function start({ url, filtered }) {
  const transport = createTransport({ webhookUrl: url, webhookType: 1, title: 'bench' });
  const log = filtered
    ? pino(multistream([{ stream: destination(devNull) }, { stream: transport, level: 'warn' }]))
    : pino(transport);
  return {
    error: (error) => log.error(error.message),
    fatal: (error) => log.fatal(error.message),
    info: (text) => log.info(text),
  };
}
