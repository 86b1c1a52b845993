import { type Clock, systemClock } from '../clock.ts';
import type { ConfigProblem } from '../errors.ts';
import { createTextRedactor } from '../pipeline/redact-text.ts';
import type { Priority } from '../priority.ts';
import { fallbackChannelOf } from './channel-name.ts';
import { readConfigFile } from './config-file.ts';
import type { SettingValues } from './config-keys.ts';
import { absolutePath, type PathHost, pathStyleOf } from './file-path.ts';
import { NO_MENTION } from './mention.ts';
import type { PagerConfig } from './pager-config.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { withoutSlowPatterns } from './redact-detectors.ts';
import { type ImportModule, loadProcessors } from './redact-processors.ts';
import type { MentionPolicy, ResolvedConfig, Route } from './resolved-config.ts';
import type { SecretResolver } from './secret-reference.ts';
import { concealedList, SecretText } from './secret-text.ts';
import { createSettingReader, type SettingReader } from './setting-reader.ts';
import { SettingCollector, type SettingSources } from './setting-sources.ts';
import { describeFound } from './shown-value.ts';
import { defaultStateDir, resolveStateDir } from './state-dir.ts';
import { detectTestRunner } from './test-runner.ts';
import { readTextFile } from './text-file.ts';
import { noteTokens, readSecret, readWebhook, type SecretReaderOptions } from './webhook-settings.ts';
import type { WebhookUrl } from './webhook-url.ts';

/** What the configuration depends on beside the environment, taken where the application runs. */
export interface HostFacts extends PathHost {
  /** Name of the test runner around the application: see `detectTestRunner`. */
  readonly testRunner?: string;
  /** `process.platform`. */
  readonly platform: string;
  /** `os.homedir()`; empty where there is none. */
  readonly homeDir: string;
  /** `os.hostname()`: the instance, where nothing better is known. */
  readonly hostname: string;
  /** `process.cwd()`: relative paths start here. */
  readonly cwd: string;
}

/** Everything that {@link loadConfig} goes by. */
export interface ConfigInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What code passes. */
  readonly options?: PagerConfig | undefined;
  readonly host: HostFacts;
  /** Reads a UTF-8 file by its absolute path. @default the file system, up to 256 KiB */
  readonly readFile?: ((path: string) => Promise<string> | string) | undefined;
  /** More kinds of secret references; they go before the built-in `file:` and `env:`. */
  readonly secretResolvers?: readonly SecretResolver[] | undefined;
  readonly clock?: Clock | undefined;
  /** Loads the module of a redaction processor. @default `import()` */
  readonly importModule?: ImportModule | undefined;
}

/** Values shorter than this are not masked: they would mask words. */
const MIN_KNOWN_VALUE_CHARS = 6;

const BY_PRIORITY = ['p0', 'p1', 'p2', 'p3'] as const;

/**
 * Makes the configuration from code, environment, file and defaults, in this order, each key for itself. Never throws or
 * rejects; it takes at most as long as reading the named files, each 5 s.
 *
 * Every problem is listed at once. A value that is wrong counts as not set: the next place or the default stands, of a list what
 * is right in it. The pager is off only when it was switched off, inside a test runner, or when nothing could page: no usable
 * webhook (`audit` alone is none), or an API base that is wrong, since posting to Discord instead is not what was asked for. Where it
 * is uncertain what is to be masked (a wrong redaction setting, an unreadable config file), more is masked: personal data too.
 */
export async function loadConfig(input: ConfigInput): Promise<ResolvedConfig> {
  try {
    return await load(input);
  } catch {
    // Nothing of the error is shown: it may quote a value, or be a hostile object itself.
    return offConfig({
      key: 'configuration',
      found: 'something that could not be processed',
      expected: 'plain text, numbers, lists and objects',
      remedy: 'Pass plain values; the pager is off until then.',
      fatal: true,
    });
  }
}

async function load(input: ConfigInput): Promise<ResolvedConfig> {
  const { env, host } = input;
  const problems = createProblemList();
  const secrets = new Set<string>();
  const sources = new SettingCollector((problem) =>
    problems.add(problem, /^(?:webhooks|DISCORD_PAGER_WEBHOOK)/.test(problem.key) ? 'essential' : undefined),
  );
  if (typeof input.options === 'object' && input.options !== null) sources.addDocument(input.options, 'code', host.cwd);
  sources.addEnvironment(env, host.cwd);

  const reader = createSettingReader(sources, problems, secrets);
  const isFileRead = await addConfigFile(input, sources, reader, problems);

  // Webhooks come first: nothing that is shown may hold one of their tokens, which is checked when the rest is read.
  const secretOptions = secretReaderOptions(input, secrets);
  const channels = await readChannels(sources, reader, secretOptions, problems);
  const botToken = await readBotToken(sources, secretOptions, problems);
  const ownSecrets = [...secrets];

  const settings = readSettings(reader, input, isFileRead);
  const routes = placeRoutes(reader, channels, sources, problems);
  const valuesOf = readValuesOf(reader, env, problems);
  const added = await readAdded(reader, input, problems);
  const status = statusOf(reader, input, channels, problems);
  const knownValues = [...new Set([...ownSecrets, ...valuesOf])];
  return {
    ...settings,
    ...status,
    channels,
    routes,
    service: withoutSecrets(settings.service, knownValues),
    redact: {
      paths: settings.redact.paths,
      knownValues: concealedList(knownValues),
      pii: settings.redact.pii || added.isUncertain,
      detectors: added.detectors,
      processors: added.processors,
    },
    ...(botToken === undefined ? {} : { botToken }),
    problems: problems.list(isFault(status.disabledReason), knownValues),
  };
}

/** Who speaks stands in the state directory and in what the pager says of itself, where no alert is redacted. */
function withoutSecrets(service: ResolvedConfig['service'], known: readonly string[]): ResolvedConfig['service'] {
  const text = createTextRedactor({ known, pii: false });
  return Object.fromEntries(Object.entries(service).map(([name, value]) => [name, text.redact(value, 'identifier')]));
}

function isFault(disabledReason: string | undefined): boolean {
  return disabledReason === 'no webhook' || disabledReason === 'invalid configuration';
}

/** Adds the config file's keys; false when one is named that cannot be read. */
async function addConfigFile(
  input: ConfigInput,
  sources: SettingCollector,
  reader: SettingReader,
  problems: ProblemList,
): Promise<boolean> {
  const config = reader.read('config');
  if (config.value === undefined) return !config.wrong;
  const { host, readFile = readTextFile, clock = systemClock } = input;
  const path = absolutePath(config.value, host.cwd, host);
  const file = await readConfigFile(path, readFile, clock);
  if (!file.ok) {
    const remedy = `${file.finding.remedy} Until then it counts as not set, and personal data is masked too.`;
    // Essential, because the webhooks may stand in it.
    problems.add({ ...file.finding, key: config.key ?? 'config', remedy }, 'essential');
    return false;
  }
  sources.addDocument(file.document, 'file', pathStyleOf(host.platform).dirname(path));
  return true;
}

function secretReaderOptions(input: ConfigInput, secrets: Set<string>): SecretReaderOptions {
  const { env, host, readFile = readTextFile, clock = systemClock, secretResolvers: resolvers = [] } = input;
  return { sources: { env, host, clock, readFile }, resolvers, clock, secrets };
}

async function readChannels(
  sources: SettingSources,
  reader: SettingReader,
  options: SecretReaderOptions,
  problems: ProblemList,
): Promise<Map<string, WebhookUrl>> {
  const apiBase = reader.read('apiBaseUrl', 'essential');
  const found = await Promise.all(
    [...sources.webhooks].map(async ([channel, candidates]) => {
      if (apiBase.value !== undefined || !apiBase.wrong) {
        return [channel, await readWebhook(candidates, apiBase.value, options, problems)] as const;
      }
      // Without a usable base none is right or wrong; but none of them may be shown.
      for (const candidate of candidates) {
        const read = await readSecret(candidate, options);
        if (read.ok) noteTokens(read.secret, options.secrets);
      }
      return [channel, undefined] as const;
    }),
  );
  return new Map(found.flatMap(([channel, url]) => (url === undefined ? [] : [[channel, url] as const])));
}

async function readBotToken(
  sources: SettingSources,
  options: SecretReaderOptions,
  problems: ProblemList,
): Promise<SecretText | undefined> {
  for (const candidate of sources.of('botToken')) {
    const read = await readSecret(candidate, options);
    const token = read.ok ? read.secret.replace(/^Bot\s+/i, '') : '';
    if (/^[A-Za-z0-9_.-]{20,200}$/.test(token)) {
      options.secrets.add(token);
      return new SecretText(token);
    }
    if (read.ok) noteTokens(token, options.secrets);
    const finding = read.ok
      ? { found: 'a text that is not a bot token', expected: 'the token of a Discord bot', remedy: 'Copy it again.' }
      : read.finding;
    problems.add({ key: candidate.key, ...finding });
  }
  return undefined;
}

/** What reads the same whatever else is right or wrong. */
type PlainSettings = Omit<
  ResolvedConfig,
  'enabled' | 'disabledReason' | 'channels' | 'routes' | 'problems' | 'botToken' | 'redact'
> & { readonly redact: Pick<ResolvedConfig['redact'], 'paths' | 'pii'> };

function readSettings(reader: SettingReader, input: ConfigInput, isFileRead: boolean): PlainSettings {
  const { env, host } = input;
  const read = <K extends keyof SettingValues>(path: K): SettingValues[K] | undefined => reader.read(path).value;
  const optional = <K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } =>
    (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
  const stateDir = read('stateDir');
  const redactPaths = reader.read('redactPaths');
  const pii = read('redactPii') ?? false;
  return {
    minPriority: read('minPriority') ?? 'P2',
    mentions: env['NODE_ENV'] === 'development' ? byPriority(() => NO_MENTION) : byPriority(mentionOf),
    bootCheck: read('bootCheck') ?? 'auto',
    ...optional('worker', read('worker')),
    ...optional('stateDir', stateDir === undefined ? defaultStateDir(env, host) : resolveStateDir(stateDir, host)),
    exitTimeoutMs: read('exitTimeoutMs') ?? 2_000,
    repeatIntervalMs: byPriority((name) => reader.read(`repeatInterval.${name}`, 'plain', 'repeatInterval').value ?? 0),
    ...optional('resolveAfterMs', unlessOff(read('resolveAfter'))),
    escalation: {
      ...optional('count', unlessOff(read('escalateCount'))),
      ...optional('rate', unlessOff(read('escalateRate'))),
      ...optional('unresolvedMs', unlessOff(read('escalateAfter'))),
    },
    editIntervalMs: read('editInterval') ?? 5_000,
    ...optional('blockedAfterMs', unlessOff(read('blockedAfter'))),
    links: {
      ...optional('traceUrl', read('traceUrl')),
      ...optional('logsUrl', read('logsUrl')),
      ...optional('runbookUrl', read('runbookUrl')),
    },
    redact: {
      paths: redactPaths.value ?? [],
      pii: pii || redactPaths.wrong || !isFileRead,
    },
    service: {
      ...optional('name', read('serviceName')),
      ...optional('version', read('serviceVersion')),
      ...optional('environment', read('environment')),
      ...optional('instance', read('serviceInstance') ?? (host.hostname === '' ? undefined : host.hostname)),
    },
    ...optional('apiBaseUrl', reader.read('apiBaseUrl', 'essential').value),
  };

  function mentionOf(name: (typeof BY_PRIORITY)[number], priority: Priority): MentionPolicy {
    return priority === 'DEV' ? NO_MENTION : (reader.read(`mention.${name}`).value ?? NO_MENTION);
  }
}

function unlessOff<T>(value: T | 'off' | undefined): T | undefined {
  return value === 'off' ? undefined : value;
}

/** One value per priority; DEV is like P3. */
function byPriority<T>(valueFor: (name: (typeof BY_PRIORITY)[number], priority: Priority) => T): Record<Priority, T> {
  return {
    P0: valueFor('p0', 'P0'),
    P1: valueFor('p1', 'P1'),
    P2: valueFor('p2', 'P2'),
    P3: valueFor('p3', 'P3'),
    DEV: valueFor('p3', 'DEV'),
  };
}

/** Routes to a channel without a usable webhook go to the fallback channel: what they select stays visible. */
function placeRoutes(
  reader: SettingReader,
  channels: ReadonlyMap<string, WebhookUrl>,
  sources: SettingSources,
  problems: ProblemList,
): readonly Route[] {
  const { value: numbered = [], key = 'routes' } = reader.read('routes');
  const fallback = fallbackChannelOf((name) => channels.has(name));
  return numbered.flatMap(({ index, route }) => {
    if (channels.has(route.channel)) return [route];
    if (!sources.webhooks.has(route.channel)) {
      const until = fallback === undefined ? 'the route is left out' : `it goes to ${fallback}`;
      problems.add({
        key: `${key}[${index}].channel`,
        found: `${describeFound(route.channel)}, a channel without a webhook`,
        expected: `one of ${[...channels.keys()].join(', ') || 'the channels that have a webhook'}`,
        remedy: `Give the channel a webhook, or correct its name; until then ${until}.`,
      });
    }
    return fallback === undefined ? [] : [{ ...route, channel: fallback }];
  });
}

function readValuesOf(
  reader: SettingReader,
  env: Readonly<Record<string, string | undefined>>,
  problems: ProblemList,
): readonly string[] {
  const { value: names = [], key = 'redactValuesOf' } = reader.read('redactValuesOf');
  return names.flatMap((name, index) => {
    const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
    if (value !== undefined && value.length >= MIN_KNOWN_VALUE_CHARS) return [value];
    // The name itself is not shown: a shell may have put the value in its place.
    problems.add({
      key: `${key}[${index}]`,
      found: value === undefined ? 'a variable that is not set' : 'a variable whose value is very short',
      expected: `the name of a variable with at least ${MIN_KNOWN_VALUE_CHARS} characters`,
      remedy: 'Write names, without $; there is nothing to mask for this one.',
    });
    return [];
  });
}

/** What code of the operator adds to the redaction. `isUncertain`: a detector is missing. */
async function readAdded(
  reader: SettingReader,
  input: ConfigInput,
  problems: ProblemList,
): Promise<Pick<ResolvedConfig['redact'], 'detectors' | 'processors'> & { readonly isUncertain: boolean }> {
  const { host, clock = systemClock, importModule } = input;
  const detectors = reader.read('redactDetectors');
  const tried = withoutSlowPatterns(detectors.value ?? [], detectors.key ?? 'redactDetectors', () => clock.steadyMs());
  for (const problem of tried.problems) problems.add(problem);
  const { value = [], key = 'redactProcessors', baseDir = host.cwd, wrong } = reader.read('redactProcessors');
  const { run, isBroken } = await loadProcessors(value, { key, baseDir, host, clock, importModule }, problems);
  return {
    detectors: tried.detectors,
    isUncertain: detectors.wrong || tried.problems.length > 0,
    processors: { run, isBroken: isBroken || wrong },
  };
}

/** Whether the pager runs, and if not, why. */
function statusOf(
  reader: SettingReader,
  input: ConfigInput,
  channels: ReadonlyMap<string, WebhookUrl>,
  problems: ProblemList,
): Pick<ResolvedConfig, 'enabled' | 'disabledReason'> {
  const enabled = reader.read('enabled').value ?? 'auto';
  if (enabled === false) return { enabled: false, disabledReason: 'switched off' };
  const isLocal = channels.size > 0 && [...channels.values()].every((url) => url.isLoopback);
  const testRunner = input.host.testRunner ?? detectTestRunner(input.env);
  if (enabled === 'auto' && testRunner !== undefined && !isLocal) {
    return { enabled: false, disabledReason: 'test runner' };
  }
  const pageable = [...channels.keys()].filter((name) => name !== 'audit');
  if (pageable.length === 0) {
    if (problems.hasEssential()) return { enabled: false, disabledReason: 'invalid configuration' };
    const foreign = ['DISCORD_WEBHOOK_URL', 'DISCORD_WEBHOOK'].find((name) => input.env[name]?.trim());
    const only = channels.has('audit') ? 'a webhook for audit only' : 'no webhook';
    problems.add(
      {
        key: 'DISCORD_PAGER_WEBHOOK_URL',
        found: foreign === undefined ? only : `${only} (${foreign} is set, but not read)`,
        expected: 'the webhook of at least one channel',
        remedy: 'Set it to the URL that Discord shows under "Copy Webhook URL".',
      },
      'essential',
    );
    return { enabled: false, disabledReason: 'no webhook' };
  }
  if (fallbackChannelOf((name) => channels.has(name)) === undefined) {
    problems.add({
      key: 'DISCORD_PAGER_WEBHOOK_URL',
      found: `webhooks for ${pageable.join(', ')} only`,
      expected: 'a default channel, or one for a priority',
      remedy: 'Set it: what no rule sends to these channels is not shown.',
    });
  }
  return { enabled: true };
}

function offConfig(problem: ConfigProblem): ResolvedConfig {
  return {
    enabled: false,
    disabledReason: 'invalid configuration',
    channels: new Map(),
    minPriority: 'P2',
    mentions: byPriority(() => NO_MENTION),
    routes: [],
    bootCheck: 'off',
    exitTimeoutMs: 0,
    repeatIntervalMs: byPriority(() => 0),
    escalation: {},
    editIntervalMs: 5_000,
    links: {},
    redact: { paths: [], knownValues: [], pii: true, detectors: [], processors: { run: [], isBroken: true } },
    service: {},
    problems: [problem],
  };
}
