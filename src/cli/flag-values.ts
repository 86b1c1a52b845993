import { isReservedChannelName, MAX_CHANNEL_CHARS, parseChannelName } from '../config/channel-name.ts';
import { parseDurationMs } from '../config/duration.ts';
import { describeFound } from '../config/shown-value.ts';
import { type Priority, parsePriority } from '../priority.ts';
import { UsageError } from './usage-error.ts';

/** Reads the values of flags; each throws a {@link UsageError} that names the flag and shows no secret. */

/** A text that is not blank. */
export function textFlag(flag: string, what: string): (value: string) => string {
  return (value) => {
    if (value.trim() !== '') return value;
    throw wrong(flag, 'an empty text', what, 'Write it in quotes, and see that its variable is set.');
  };
}

export function priorityFlag(flag: string): (value: string) => Priority {
  return (value) => {
    const priority = parsePriority(value);
    if (priority !== undefined) return priority;
    throw wrong(flag, describeFound(value), 'P0, P1, P2, P3 or DEV', `Write ${flag} P1.`);
  };
}

export function channelFlag(flag: string): (value: string) => string {
  return (value) => {
    const channel = parseChannelName(value);
    if (channel !== undefined && !isReservedChannelName(channel)) return channel;
    const expected = `letters, digits and dashes, at most ${MAX_CHANNEL_CHARS}`;
    throw wrong(flag, describeFound(value), expected, 'Use the name of a channel that has a webhook.');
  };
}

/** The longest URL that a page can carry. */
const MAX_URL_CHARS = 2_048;

/** Channel names behind commas; those of a repeated flag are added. */
export function channelListFlag(flag: string): (value: string, before: readonly string[] | undefined) => string[] {
  const one = channelFlag(flag);
  return (value, before = []) => [...before, ...value.split(',').map((name) => one(name))];
}

const MAX_PORT = 65_535;

export function portFlag(flag: string): (value: string) => number {
  return (value) => {
    const port = /^\d{1,5}$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (port <= MAX_PORT) return port;
    throw wrong(
      flag,
      describeFound(value),
      `a number from 0 to ${MAX_PORT}`,
      `Write ${flag} 8025, or 0 for any free port.`,
    );
  };
}

export function urlFlag(flag: string): (value: string) => string {
  return (value) => {
    const url = value.trim();
    if (/^https?:\/\//i.test(url) && url.length <= MAX_URL_CHARS && URL.canParse(url)) return url;
    const expected = `an http or https URL of at most ${MAX_URL_CHARS} characters`;
    throw wrong(flag, describeFound(value), expected, 'Write the whole address, https:// included.');
  };
}

/** A duration as milliseconds, from `minMs` to `maxMs`. */
export function durationFlag(
  flag: string,
  range: { readonly minMs: number; readonly maxMs: number; readonly words: string },
): (value: string) => number {
  return (value) => {
    const durationMs = parseDurationMs(value);
    if (durationMs !== undefined && durationMs >= range.minMs && durationMs <= range.maxMs) return durationMs;
    throw wrong(flag, describeFound(value), `a duration ${range.words}`, `Write a number and a unit: ${flag} 15s.`);
  };
}

/** Discord shows 25 fields of an embed: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const MAX_FIELDS = 25;
const MAX_NAME_CHARS = 256;

/** `name=value`, given any number of times; the last of a name counts. */
export function fieldFlag(
  flag: string,
): (value: string, before: Readonly<Record<string, string>> | undefined) => Record<string, string> {
  return (value, before = {}) => {
    const at = value.indexOf('=');
    const name = value.slice(0, Math.max(0, at)).trim();
    if (at < 0 || name === '' || name.length > MAX_NAME_CHARS) {
      const found = at < 0 ? 'a text without =' : name === '' ? 'a value without a name' : 'a very long name';
      throw wrong(
        flag,
        found,
        `name=value, the name at most ${MAX_NAME_CHARS} characters`,
        `Write ${flag} branch=main.`,
      );
    }
    const fields = { ...before, [name]: value.slice(at + 1) };
    if (Object.keys(fields).length <= MAX_FIELDS) return fields;
    throw wrong(
      flag,
      `${MAX_FIELDS + 1} fields`,
      `at most ${MAX_FIELDS}`,
      'Discord shows no more; put the rest into --message.',
    );
  };
}

function wrong(key: string, found: string, expected: string, remedy: string): UsageError {
  return new UsageError([{ key, found, expected, remedy }]);
}
