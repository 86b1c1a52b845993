import type { Priority } from '../priority.ts';
import { countOrOffType, type Rate, rateOrOffType } from './count-types.ts';
import type { ValueType } from './finding.ts';
import { type NumberedDetector, redactDetectorsType } from './redact-detectors.ts';
import { type NumberedProcessor, redactProcessorsType } from './redact-processors.ts';
import type { BootCheckMode, MentionPolicy, WorkerMode } from './resolved-config.ts';
import {
  apiBaseType,
  autoFlagType,
  choiceType,
  durationOrOffType,
  durationType,
  flagType,
  lineType,
  linkType,
  mentionType,
  millisecondsType,
  type NumberedRoute,
  pathType,
  priorityType,
  redactPathsType,
  routesType,
  secretType,
  variableNamesType,
  webhookType,
} from './value-types.ts';

/** Every key, nested ones with their path, and what its values are read to. */
export interface SettingValues {
  readonly 'webhooks.default': string;
  readonly 'webhooks.<channel>': string;
  readonly config: string;
  readonly minPriority: Priority;
  readonly 'mention.p0': MentionPolicy;
  readonly 'mention.p1': MentionPolicy;
  readonly 'mention.p2': MentionPolicy;
  readonly 'mention.p3': MentionPolicy;
  readonly routes: readonly NumberedRoute[];
  readonly enabled: boolean | 'auto';
  readonly bootCheck: BootCheckMode;
  readonly stateDir: string;
  readonly worker: WorkerMode;
  readonly exitTimeoutMs: number;
  readonly repeatInterval: number;
  readonly 'repeatInterval.p0': number;
  readonly 'repeatInterval.p1': number;
  readonly 'repeatInterval.p2': number;
  readonly 'repeatInterval.p3': number;
  readonly resolveAfter: number | 'off';
  readonly escalateCount: number | 'off';
  readonly escalateRate: Rate | 'off';
  readonly escalateAfter: number | 'off';
  readonly editInterval: number;
  readonly blockedAfter: number | 'off';
  readonly traceUrl: string;
  readonly logsUrl: string;
  readonly runbookUrl: string;
  readonly redactPaths: readonly string[];
  readonly redactValuesOf: readonly string[];
  readonly redactPii: boolean;
  readonly redactDetectors: readonly NumberedDetector[];
  readonly redactProcessors: readonly NumberedProcessor[];
  readonly apiBaseUrl: string;
  readonly botToken: string;
  readonly serviceName: string;
  readonly serviceVersion: string;
  readonly environment: string;
  readonly serviceInstance: string;
}

/** One key: how it is called in every place, how its values are read, and what it means. */
export interface ConfigKey<T> {
  /** Its environment variable. Without one it can be set in file and code only. */
  readonly variable?: string;
  /** Resource attributes that are read where the variable is not set, the first that is there. */
  readonly attributes?: readonly string[];
  readonly type: ValueType<T>;
  /** As a user would write it. Without one there is none, or it is computed: see `defaultText`. */
  readonly default?: string;
  /** The default in words, where it is not a value. */
  readonly defaultText?: string;
  /** Meaning, one sentence or two, Markdown. */
  readonly doc: string;
  /** True: a config file cannot set it. */
  readonly notInFile?: true;
  /** What a wrong value counts as, where that is not the next place or the default. */
  readonly whenWrong?: string;
  /** True: its values are never shown, and `<variable>_FILE` may name a file to read it from. */
  readonly secret?: true;
}

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** Short enough for a rehearsal, long enough that the pager's own timers do not spin. */
const MIN_INTERVAL_MS = 100;

const repeatType: ValueType<number> = durationType(MIN_INTERVAL_MS, 365 * DAY_MS);

/** Every key there is: the one table from which reading, checking and the reference are made. */
export const CONFIG_KEYS: { readonly [K in keyof SettingValues]: ConfigKey<SettingValues[K]> } = {
  'webhooks.default': {
    variable: 'DISCORD_PAGER_WEBHOOK_URL',
    type: webhookType,
    secret: true,
    defaultText: 'none; one webhook is needed',
    doc: 'Webhook of the `default` channel, which takes what has no channel of its own.',
  },
  'webhooks.<channel>': {
    variable: 'DISCORD_PAGER_WEBHOOK_<CHANNEL>',
    type: webhookType,
    secret: true,
    defaultText: 'none',
    doc: 'Webhook of a named channel: `P0` `P1` `P2` `P3` `DEV` take a priority, `DEPLOYS` `CI` `SECURITY` `ROTATION` events named so, `AUDIT` one line per notice; any other name is your own. Names are lower-case, `_` equals `-`; `URL` and names ending in `_FILE` are reserved.',
  },
  config: {
    variable: 'DISCORD_PAGER_CONFIG',
    type: pathType,
    notInFile: true,
    doc: 'Config file, YAML or JSON. Relative paths inside it start at its directory.',
  },
  minPriority: {
    variable: 'DISCORD_PAGER_MIN_PRIORITY',
    type: priorityType,
    default: 'P2',
    doc: 'What is less urgent is shown only if it carries `pager.*`, or if its event name or a route selects a configured channel.',
  },
  'mention.p0': mention('P0', '@everyone'),
  'mention.p1': mention('P1', 'none'),
  'mention.p2': mention('P2', 'none'),
  'mention.p3': mention('P3', 'none'),
  routes: {
    type: routesType,
    doc: 'Rules that give a channel, and a priority where one stands; all matchers of a rule must match, the first rule wins. File and code only.',
  },
  enabled: {
    variable: 'DISCORD_PAGER_ENABLED',
    type: autoFlagType,
    default: 'auto',
    doc: '`auto`: off inside a test runner (Vitest, Jest, Mocha, `node --test`, `NODE_ENV=test`), unless every webhook is on loopback.',
  },
  bootCheck: {
    variable: 'DISCORD_PAGER_BOOT_CHECK',
    type: choiceType<BootCheckMode>(['auto', 'post', 'probe', 'off']),
    default: 'auto',
    doc: '`post`: "service started" to the `dev` channel, once per service version and hour; `probe`: a GET per webhook, once an hour; `auto`: `post` where there is a `dev` channel, else `probe`.',
  },
  stateDir: {
    variable: 'DISCORD_PAGER_STATE_DIR',
    type: pathType,
    defaultText:
      '`$STATE_DIRECTORY`, else `otel-discord-pager` under `$XDG_STATE_HOME`, `~/.local/state` or `%LOCALAPPDATA%`',
    doc: 'What has to outlive a restart: incidents, the messages they stand in, and what still waits to be shown. Processes with the same webhook share it. Made with mode 0700, files 0600; refused when it is a symbolic link or belongs to another user; `none`: in memory only.',
  },
  worker: {
    variable: 'DISCORD_PAGER_WORKER',
    type: choiceType<WorkerMode>(['auto', 'off']),
    default: 'auto',
    notInFile: true,
    doc: '`off`: the pager runs on the application’s own thread.',
  },
  exitTimeoutMs: {
    variable: 'DISCORD_PAGER_EXIT_TIMEOUT_MS',
    type: millisecondsType(0, 60 * SECOND_MS),
    default: '2000',
    doc: 'The longest that a dying process is held, in milliseconds.',
  },
  repeatInterval: {
    variable: 'DISCORD_PAGER_REPEAT_INTERVAL',
    type: repeatType,
    defaultText: 'per priority',
    doc: 'Ping again after this time while an incident is still firing, for every priority that has no interval of its own in the same place.',
  },
  'repeatInterval.p0': repeat('P0', '15m'),
  'repeatInterval.p1': repeat('P1', '1h'),
  'repeatInterval.p2': repeat('P2', '4h'),
  'repeatInterval.p3': repeat('P3', '24h'),
  resolveAfter: {
    variable: 'DISCORD_PAGER_RESOLVE_AFTER',
    type: durationOrOffType(MIN_INTERVAL_MS, 365 * DAY_MS),
    default: '10m',
    doc: 'Quiet that closes a P1–P3 incident; `off`: never. A P0 or a death closes only by a resolve, or by quiet after the service started again.',
  },
  escalateCount: {
    variable: 'DISCORD_PAGER_ESCALATE_COUNT',
    type: countOrOffType(2, 1_000_000_000),
    default: 'off',
    doc: 'An incident below P0 that has happened so often is raised by one priority, once, and pages again.',
  },
  escalateRate: {
    variable: 'DISCORD_PAGER_ESCALATE_RATE',
    type: rateOrOffType,
    default: 'off',
    doc: 'The same for one that happens so often within a time: `100/1m`.',
  },
  escalateAfter: {
    variable: 'DISCORD_PAGER_ESCALATE_AFTER',
    type: durationOrOffType(MIN_INTERVAL_MS, 365 * DAY_MS),
    default: 'off',
    doc: 'The same for a P1 that has been firing for so long without a resolve.',
  },
  editInterval: {
    variable: 'DISCORD_PAGER_EDIT_INTERVAL',
    type: durationType(MIN_INTERVAL_MS, 3_600 * SECOND_MS),
    default: '5s',
    doc: 'The least time between two edits of one message.',
  },
  blockedAfter: {
    variable: 'DISCORD_PAGER_BLOCKED_AFTER',
    type: durationOrOffType(SECOND_MS, DAY_MS),
    default: '10s',
    doc: 'An event loop that has been blocked for this long is a P1, sent while it lasts and resolved when it ends; `off`: never. Watched on the application’s main thread, by the pager’s own: not with `DISCORD_PAGER_WORKER=off`, from pino’s transport alone, or under a debugger (`--inspect`, VS Code).',
  },
  traceUrl: link('TRACE', 'Link to the trace.'),
  logsUrl: link('LOGS', 'Link to the logs.'),
  runbookUrl: link('RUNBOOK', 'Link to the runbook, where the record names none.'),
  redactPaths: {
    variable: 'DISCORD_PAGER_REDACT_PATHS',
    type: redactPathsType,
    defaultText: 'none beyond the built-in rules',
    doc: 'Attributes whose values are masked. When an entry is wrong, personal data is masked too until it is corrected.',
  },
  redactValuesOf: {
    variable: 'DISCORD_PAGER_REDACT_VALUES_OF',
    type: variableNamesType,
    defaultText: 'none',
    doc: 'Environment variables whose values are masked wherever they occur; values shorter than 6 characters are not.',
  },
  redactPii: {
    variable: 'DISCORD_PAGER_REDACT_PII',
    type: flagType,
    default: 'false',
    whenWrong: 'true',
    doc: '`true` masks personal data too. A value that is wrong counts as `true`.',
  },
  redactDetectors: {
    variable: 'DISCORD_PAGER_REDACT_DETECTORS',
    type: redactDetectorsType,
    defaultText: 'none beyond the built-in rules',
    doc: 'Secrets of your own, masked as `[REDACTED:<name>]`; see [redaction.md](redaction.md). The variable holds them as JSON. When an entry is wrong, or its pattern takes too long, personal data is masked too until it is corrected.',
  },
  redactProcessors: {
    variable: 'DISCORD_PAGER_REDACT_PROCESSORS',
    type: redactProcessorsType,
    defaultText: 'none',
    doc: 'Modules whose functions change or drop alerts before they are redacted, in this order; see [redaction.md](redaction.md). When one cannot be loaded, every alert goes out without its texts until it is corrected.',
  },
  apiBaseUrl: {
    variable: 'DISCORD_PAGER_API_BASE_URL',
    type: apiBaseType,
    defaultText: 'Discord',
    doc: 'Where requests go instead of Discord’s API: a sandbox in another container. A value that is wrong switches the pager off.',
  },
  botToken: {
    variable: 'DISCORD_PAGER_BOT_TOKEN',
    type: secretType,
    secret: true,
    defaultText: 'none',
    doc: 'Bot token: with it, a P0 in a text channel opens a thread on its message (permissions: View Channel, Create Public Threads). Masked everywhere.',
  },
  serviceName: {
    variable: 'OTEL_SERVICE_NAME',
    attributes: ['service.name'],
    type: lineType,
    doc: 'Name of the service, where the records do not carry it.',
  },
  serviceVersion: { attributes: ['service.version'], type: lineType, doc: 'Version of the service.' },
  environment: {
    // The second is what the first was called until semantic conventions 1.27.
    // https://opentelemetry.io/docs/specs/semconv/resource/deployment-environment/
    attributes: ['deployment.environment.name', 'deployment.environment'],
    type: lineType,
    doc: 'Environment: `production`, `staging`.',
  },
  serviceInstance: {
    attributes: ['service.instance.id', 'host.name'],
    type: lineType,
    defaultText: 'the host’s name',
    doc: 'Instance, pod or host.',
  },
};

/** Every key, in the order of the reference. */
export const SETTING_PATHS: readonly (keyof SettingValues)[] = Object.keys(CONFIG_KEYS) as (keyof SettingValues)[];

function mention(priority: string, byDefault: string): ConfigKey<MentionPolicy> {
  return {
    variable: `DISCORD_PAGER_MENTION_${priority}`,
    type: mentionType,
    default: byDefault,
    doc: `Who is pinged by a ${priority}. With \`NODE_ENV=development\` nobody is.`,
  };
}

function repeat(priority: string, byDefault: string): ConfigKey<number> {
  return {
    variable: `DISCORD_PAGER_REPEAT_INTERVAL_${priority}`,
    type: repeatType,
    default: byDefault,
    doc: `The same for ${priority}${priority === 'P3' ? ' and DEV' : ''} alone.`,
  };
}

function link(name: string, doc: string): ConfigKey<string> {
  return { variable: `DISCORD_PAGER_${name}_URL`, type: linkType, defaultText: 'no link', doc };
}
