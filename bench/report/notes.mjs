import { versionsLine } from './machine.mjs';
import { duration, megabytes } from './numbers.mjs';

/** How the comparison is to be read, below its table. */
export const notes = ({ storm }) =>
  [
    '×: what multiple of this package’s figure it is; below 1 the other does better, and the best of a row is bold.',
    'Each is used as its README says, with default options, in a fresh process, one after the other, against the same Discord:',
    'its limits are 5 requests in 2 s per webhook and 30 messages a minute per channel, and in the storms it answers after 130 to 300 ms.',
    '“In the channel”: the error’s text can be read in a message, attached files aside.',
    '“Against the rules”: sent inside a wait that Discord had told, or again and again without a pause.',
    'Calls and single pages are measured without limits, in a process that has made few calls before; the thread’s own work for making',
    `an error is taken off. Memory is above that of an idle process without any of them (${megabytes(storm.idleMb)}); under the same load that one`,
    `would take ${megabytes(storm.peakMb - storm.idleMb)} more and have an event loop delay of ${duration(storm.loopP99Ms)} (p99), ${duration(storm.loopMaxMs)} at the longest.`,
    '`fetch` is a POST that nobody waits for; pino-discord-transport gets the message alone, as Discord refuses what it makes of an Error.',
    `${versionsLine()}.`,
  ].join('\n');
