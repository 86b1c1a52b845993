import type { Duplex } from 'node:stream';
import { workerData } from 'node:worker_threads';
import build from 'pino-abstract-transport';
import { isLineWanted, type LogLine, type PinoLineConfig, readPinoLine } from '../capture/map-pino-line.ts';
import { captureSighting } from '../capture/sighting.ts';
import { systemClock } from '../clock.ts';
import { createHostPager, type PagerOptions } from '../create-pager.ts';

/** What pino hands to its transport: `pino({ transport: { target: 'otel-discord-pager/pino', options } })`. */
export type PinoTransportOptions = Omit<PagerOptions, 'sink'>;

/**
 * The pino transport. It runs in pino's own worker thread and reads every line; what is an alert goes to a pager of its own.
 * Custom levels, the message key and the error key are taken from pino (8.21 and later tell them). A line that is no JSON is
 * passed over. When pino closes it, it waits until everything was delivered, at most the exit timeout.
 */
export default async function discordTransport(options: PinoTransportOptions = {}): Promise<Duplex> {
  const pager = createHostPager(withoutPinosOwn(options));
  const stream = await build(
    async (source) => {
      const config = configOf(source);
      for await (const line of source as AsyncIterable<LogLine>) {
        if (isLineWanted(line, config, pager.filter))
          captureSighting(pager, readPinoLine(line, config, systemClock.now()));
      }
    },
    { expectPinoConfig: pinoSendsConfig(), close: () => pager.shutdown() },
  );
  return stream as unknown as Duplex;
}

/** pino puts notes of its own among the options. */
function withoutPinosOwn(options: PinoTransportOptions): PinoTransportOptions {
  const { $context: _context, pinoWillSendConfig: _willSend, ...own } = options as Record<string, unknown>;
  return own;
}

/** Earlier versions of pino send nothing, and waiting for it would end the application's logging. */
function pinoSendsConfig(): boolean {
  const given = (workerData as { workerData?: { pinoWillSendConfig?: unknown } } | null)?.workerData;
  return given?.pinoWillSendConfig === true;
}

function configOf(source: object): PinoLineConfig {
  const { levels, messageKey, errorKey } = source as { levels?: unknown; messageKey?: unknown; errorKey?: unknown };
  return {
    ...(typeof levels === 'object' && levels !== null ? { levels } : {}),
    ...(typeof messageKey === 'string' ? { messageKey } : {}),
    ...(typeof errorKey === 'string' ? { errorKey } : {}),
  };
}
