import { devNull } from 'node:os';
import pino from 'pino';

/** The transport alone, as its README has it; `filtered`: beside another target, with a level of its own, as pino's docs have it. */
export function pinoLogger(target, options, filtered) {
  const everything = { target: 'pino/file', options: { destination: devNull } };
  return pino({
    transport: filtered ? { targets: [everything, { target, options, level: 'warn' }] } : { target, options },
  });
}
