import type { ConfigProblem } from '../errors.ts';
import {
  isReservedChannelName,
  MAX_CHANNEL_CHARS,
  parseChannelName,
  parseWebhookVariable,
  WEBHOOK_VARIABLE_PREFIX,
} from './channel-name.ts';
import { CONFIG_KEYS, type ConfigKey, SETTING_PATHS, type SettingValues } from './config-keys.ts';
import { nearestName } from './nearest-name.ts';
import { parseResourceAttributes } from './resource-attributes.ts';
import { describeFound, looksSecret, showName } from './shown-value.ts';

/** A place where settings stand; the first that sets a key wins. */
export type SettingPlace = 'code' | 'environment' | 'file';

/** One value that somebody wrote for a key. */
export interface Candidate {
  readonly place: SettingPlace;
  /** As the user wrote it: `DISCORD_PAGER_MENTION_P0`, `mention.p0`. */
  readonly key: string;
  readonly value: unknown;
  /** Where relative paths in the value start. */
  readonly baseDir: string;
  /** True when the value is the path of a file that holds it. */
  readonly fromFile: boolean;
}

/** Everything that was written, by key, in order of precedence, not yet read. */
export interface SettingSources {
  of(path: keyof SettingValues): readonly Candidate[];
  /** Channel → candidates. */
  readonly webhooks: ReadonlyMap<string, readonly Candidate[]>;
}

/** The most channels. */
export const MAX_CHANNELS = 64;

const VARIABLE_PREFIX = 'DISCORD_PAGER_';

type Report = (problem: ConfigProblem) => void;

const PATH_OF_VARIABLE: ReadonlyMap<string, keyof SettingValues> = new Map(
  SETTING_PATHS.flatMap((path) => {
    const { variable } = keyOf(path);
    return variable?.startsWith(VARIABLE_PREFIX) && !path.startsWith('webhooks.') ? [[variable, path]] : [];
  }),
);

const KNOWN_VARIABLES: readonly string[] = [
  ...PATH_OF_VARIABLE.keys(),
  ...['URL', 'URL_FILE', 'P0', 'P1', 'P2', 'P3', 'DEV'].map((name) => `${WEBHOOK_VARIABLE_PREFIX}${name}`),
];

/** Keys as they stand at the top of a file: `mention`, `minPriority`. */
const TOP_KEYS: readonly string[] = [...new Set(SETTING_PATHS.map((path) => path.split('.')[0] ?? path))];

/** The row of a key whose type does not matter. */
export function keyOf(path: keyof SettingValues): ConfigKey<unknown> {
  return CONFIG_KEYS[path] as ConfigKey<unknown>;
}

/** Gathers candidates place by place; call in order of precedence. What cannot be placed is reported. */
export class SettingCollector implements SettingSources {
  readonly webhooks: Map<string, Candidate[]> = new Map();
  readonly #candidates: Map<keyof SettingValues, Candidate[]> = new Map();
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  of(path: keyof SettingValues): readonly Candidate[] {
    return this.#candidates.get(path) ?? [];
  }

  /** Takes the keys of a config file or of code. */
  addDocument(document: object, place: 'code' | 'file', baseDir: string): void {
    for (const [key, value] of entriesOf(document)) {
      if (value === undefined || (place === 'file' && key === '$schema')) continue;
      if (key === 'webhooks') this.#addWebhooks(value, place, baseDir);
      else if (key === 'mention' || (key === 'repeatInterval' && typeof value === 'object' && value !== null)) {
        this.#addByPriority(key, value, place, baseDir);
      } else if (Object.hasOwn(CONFIG_KEYS, key) && TOP_KEYS.includes(key)) {
        this.#addKnown(key as keyof SettingValues, key, value, place, baseDir);
      } else this.#reportUnknownKey(key, TOP_KEYS, '');
    }
  }

  /** Takes every `DISCORD_PAGER_*` variable, and what OpenTelemetry's variables say about the service. */
  addEnvironment(env: Readonly<Record<string, string | undefined>>, baseDir: string): void {
    for (const [variable, value] of entriesOf(env)) {
      if (!variable.startsWith(VARIABLE_PREFIX) || typeof value !== 'string') continue;
      const webhook = parseWebhookVariable(variable);
      const path = PATH_OF_VARIABLE.get(variable);
      const secretPath = PATH_OF_VARIABLE.get(variable.replace(/_FILE$/, ''));
      const isSecretFile = path === undefined && secretPath !== undefined && keyOf(secretPath).secret === true;
      if (webhook === undefined && path === undefined && !isSecretFile) this.#reportUnknownVariable(variable);
      else if (value.trim() === '') this.#reportEmpty(showName(variable));
      else {
        const fromFile = webhook?.fromFile ?? isSecretFile;
        const candidate: Candidate = { place: 'environment', key: showName(variable), value, baseDir, fromFile };
        if (webhook !== undefined) this.#pushWebhook(webhook.channel, candidate);
        else this.#push((path ?? secretPath) as keyof SettingValues, candidate);
      }
    }
    this.#keepOneVariableEach();
    this.#addOpenTelemetry(env, baseDir);
  }

  #addOpenTelemetry(env: Readonly<Record<string, string | undefined>>, baseDir: string): void {
    const { attributes, invalidPairs } = parseResourceAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '');
    if (invalidPairs > 0) {
      this.#report({
        key: 'OTEL_RESOURCE_ATTRIBUTES',
        found: `${invalidPairs} of its entries malformed`,
        expected: 'comma-separated key=value, percent-encoded',
        remedy: 'Correct them; the others are used.',
      });
    }
    for (const path of SETTING_PATHS) {
      const row = keyOf(path);
      if (row.attributes === undefined) continue;
      const written = [row.variable, ...row.attributes.map(() => 'OTEL_RESOURCE_ATTRIBUTES')];
      const values = [row.variable && env[row.variable], ...row.attributes.map((name) => attributes.get(name))];
      for (const [index, value] of values.entries()) {
        const key = written[index];
        // An empty variable of OpenTelemetry means "not set".
        // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#empty-value
        if (!value?.trim() || key === undefined) continue;
        this.#push(path, { place: 'environment', key, value, baseDir, fromFile: false });
      }
    }
  }

  #addWebhooks(value: unknown, place: 'code' | 'file', baseDir: string): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const found = typeof value === 'string' ? 'a text that is not shown here' : describeFound(value);
      const expected = 'channels with their webhooks: { default: …, p0: … }';
      this.#report({ key: 'webhooks', found, expected, remedy: 'Write the webhook under webhooks.default.' });
      return;
    }
    const seen = new Set<string>();
    for (const [name, webhook] of entriesOf(value)) {
      if (webhook === undefined) continue;
      const key = `webhooks.${showName(name)}`;
      const channel = parseChannelName(name);
      if (channel === undefined || isReservedChannelName(channel)) {
        const expected = `letters, digits and dashes, at most ${MAX_CHANNEL_CHARS}, not "url", nothing ending in "-file"`;
        const remedy = channel === 'url' ? 'Did you mean default?' : 'Choose another name.';
        this.#report({ key, found: 'a channel name that cannot be used', expected, remedy });
      } else if (seen.has(channel)) {
        this.#report({ key, found: 'the same channel twice', expected: 'every channel once', remedy: 'Remove one.' });
      } else if (webhook === null || (typeof webhook === 'string' && webhook.trim() === '')) this.#reportEmpty(key);
      else {
        seen.add(channel);
        this.#pushWebhook(channel, { place, key, value: webhook, baseDir, fromFile: false });
      }
    }
  }

  #addByPriority(top: 'mention' | 'repeatInterval', value: unknown, place: 'code' | 'file', baseDir: string): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const expected = 'an object with p0, p1, p2, p3';
      this.#report({ key: top, found: describeFound(value), expected, remedy: `Write ${top}: { p0: … }.` });
      return;
    }
    for (const [name, entry] of entriesOf(value)) {
      const path = `${top}.${name.toLowerCase()}`;
      if (entry === undefined) continue;
      if (Object.hasOwn(CONFIG_KEYS, path)) {
        this.#addKnown(path as keyof SettingValues, `${top}.${name}`, entry, place, baseDir);
      } else this.#reportUnknownKey(name, ['p0', 'p1', 'p2', 'p3'], `${top}.`);
    }
  }

  #addKnown(path: keyof SettingValues, key: string, value: unknown, place: 'code' | 'file', baseDir: string): void {
    const row = keyOf(path);
    if (place === 'file' && row.notInFile) {
      const expected = `${row.variable ?? path}, or the same key in code`;
      this.#report({ key, found: 'a key that a file cannot set', expected, remedy: 'Move it there.' });
    } else if (value === null || (typeof value === 'string' && value.trim() === '')) this.#reportEmpty(key);
    else this.#push(path, { place, key, value, baseDir, fromFile: false });
  }

  #push(path: keyof SettingValues, candidate: Candidate): void {
    const list = this.#candidates.get(path);
    if (list === undefined) this.#candidates.set(path, [candidate]);
    else list.push(candidate);
  }

  #pushWebhook(channel: string, candidate: Candidate): void {
    // The names of channels are shown, in Discord too.
    if (looksSecret(channel)) {
      const found = 'the name of a channel that looks like a token';
      this.#report({ key: candidate.key, found, expected: 'a name of words', remedy: 'Rename it; it is left out.' });
      return;
    }
    const list = this.webhooks.get(channel);
    if (list !== undefined) list.push(candidate);
    else if (this.webhooks.size < MAX_CHANNELS) this.webhooks.set(channel, [candidate]);
    else {
      const expected = `at most ${MAX_CHANNELS} channels`;
      this.#report({ key: candidate.key, found: 'one more channel', expected, remedy: 'Use fewer; it is left out.' });
    }
  }

  /** Where both X and X_FILE are set, X stays. */
  #keepOneVariableEach(): void {
    for (const list of [...this.webhooks.values(), ...this.#candidates.values()]) {
      const variables = list.filter(({ place }) => place === 'environment');
      const kept = variables.find(({ fromFile }) => !fromFile) ?? variables[0];
      for (const extra of variables) {
        if (extra === kept || kept === undefined) continue;
        const found = `a second value beside ${kept.key}`;
        const remedy = `Unset the other; until then ${kept.key} counts.`;
        this.#report({ key: extra.key, found, expected: 'one of the two', remedy });
        list.splice(list.indexOf(extra), 1);
      }
    }
  }

  #reportEmpty(key: string): void {
    this.#report({
      key,
      found: 'an empty value',
      expected: 'a value, or not to be set',
      remedy: 'Set it, or remove it: it counts as not set.',
    });
  }

  #reportUnknownVariable(variable: string): void {
    const nearest = `${variable}_`.startsWith(WEBHOOK_VARIABLE_PREFIX)
      ? 'WEBHOOK_URL'
      : nearestName(variable.slice(VARIABLE_PREFIX.length), KNOWN_VARIABLES.map(withoutPrefix));
    const meant = nearest === undefined ? undefined : `${VARIABLE_PREFIX}${nearest}`;
    this.#reportUnknown(showName(variable), 'a variable', meant);
  }

  #reportUnknownKey(key: string, known: readonly string[], prefix: string): void {
    // Whoever writes the variable's name, or snake case, into a file means the key.
    const asKey = PATH_OF_VARIABLE.get(key) ?? nearestName(key.replace(/^DISCORD_PAGER_/i, ''), known);
    this.#reportUnknown(`${prefix}${showName(key)}`, 'a key', asKey === undefined ? undefined : `${prefix}${asKey}`);
  }

  #reportUnknown(key: string, what: string, meant: string | undefined): void {
    this.#report({
      key,
      found: `${what} that does not exist`,
      expected: `${what} of the configuration reference`,
      remedy:
        meant === undefined ? 'Remove it; it has no effect.' : `Did you mean ${meant}? As it stands it has no effect.`,
    });
  }
}

function withoutPrefix(variable: string): string {
  return variable.slice(VARIABLE_PREFIX.length);
}

/** Own enumerable entries; a getter that throws gives `undefined`. */
function entriesOf(object: object): [string, unknown][] {
  return Object.keys(object).map((key) => {
    try {
      return [key, (object as Record<string, unknown>)[key]];
    } catch {
      return [key, undefined];
    }
  });
}
