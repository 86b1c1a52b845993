import { randomBytes } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alert } from '../alert.ts';
import type { MentionPolicy, ResolvedConfig } from '../config/resolved-config.ts';
import { describePath } from '../config/shown-value.ts';
import { detectTestRunner } from '../config/test-runner.ts';
import { createRedactor, type Redactor } from '../pipeline/redact.ts';
import { PRIORITIES } from '../priority.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import { openStateDirectory } from '../state/state-directory.ts';
import { readProxy } from './network.ts';

/** One finding of the doctor. `warning`: it works, but somebody should look at it. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found; holds no secret. */
  readonly detail: string;
  /** What to do; missing where there is nothing to do. */
  readonly remedy?: string;
  /** What {@link detail} counts, for machines. */
  readonly counts?: Readonly<Record<string, number | boolean>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Node versions that this package supports, as `engines` in package.json says. */
const SUPPORTED_NODE = '^20.19.0 || >=22.13.0';

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major > 22;
  return isSupported
    ? { name: 'node', status: 'ok', detail: version }
    : {
        name: 'node',
        status: 'failed',
        detail: `${version}, supported is ${SUPPORTED_NODE}`,
        remedy: 'Use a supported version of Node.',
      };
}

/** One line for each problem, or one that says there is none. */
export function checkConfiguration(config: ResolvedConfig): Check[] {
  if (config.problems.length === 0) {
    const { name } = config.service;
    const channels = [...config.channels.keys()].join(', ');
    const detail = `no problem; channels ${channels || 'none'}; service ${name ?? 'without a name'}`;
    return [
      name === undefined
        ? {
            name: 'configuration',
            status: 'warning',
            detail,
            remedy: 'Set OTEL_SERVICE_NAME: a page should say who speaks.',
          }
        : { name: 'configuration', status: 'ok', detail },
    ];
  }
  return config.problems.map(({ key, found, expected, remedy }) => ({
    name: 'configuration',
    status: 'failed',
    detail: `${key}: found ${found}, expected ${expected}`,
    remedy,
  }));
}

/** Whether the pager runs here at all. */
export function checkSwitch(config: ResolvedConfig, env: Env): Check {
  const name = 'test guard';
  if (config.disabledReason === 'switched off') {
    return {
      name: 'switch',
      status: 'warning',
      detail: 'the pager is switched off',
      remedy: 'Remove DISCORD_PAGER_ENABLED, or enabled in the config file.',
    };
  }
  const runner = detectTestRunner(env);
  if (runner === undefined) return { name, status: 'ok', detail: 'no test runner around: the pager runs' };
  return config.enabled
    ? { name, status: 'ok', detail: `${runner}: the pager runs all the same (a local webhook, or switched on)` }
    : {
        name,
        status: 'warning',
        detail: `${runner}: in a test run nothing is posted`,
        remedy: 'Set DISCORD_PAGER_ENABLED=true if this is no test run.',
      };
}

export function checkMentions(config: ResolvedConfig, env: Env): Check {
  const name = 'mentions';
  if (env['NODE_ENV'] === 'development') {
    return { name, status: 'warning', detail: 'NODE_ENV=development: nobody is ever pinged' };
  }
  const groups = new Map<string, string[]>();
  for (const priority of PRIORITIES) {
    if (priority === 'DEV') continue;
    const words = describeMention(config.mentions[priority]);
    groups.set(words, [...(groups.get(words) ?? []), priority]);
  }
  const detail = [...groups].map(([words, priorities]) => `${priorities.join(' ')} ${words}`).join('; ');
  return describeMention(config.mentions.P0) === NOBODY
    ? { name, status: 'warning', detail, remedy: 'Set DISCORD_PAGER_MENTION_P0: a P0 should reach somebody.' }
    : { name, status: 'ok', detail };
}

const NOBODY = 'ping nobody';

function describeMention({ everyone, here, roles, users }: MentionPolicy): string {
  const named = (what: string, ids: readonly string[]): string[] =>
    ids.length === 0 ? [] : [`${ids.length} ${what}${ids.length === 1 ? '' : 's'}`];
  const parts = [
    ...(everyone ? ['@everyone'] : []),
    ...(here ? ['@here'] : []),
    ...named('role', roles),
    ...named('user', users),
  ];
  return parts.length === 0 ? NOBODY : `ping ${parts.join(', ')}`;
}

/** Plants made-up secrets, new ones every time, and looks whether any of them survives. */
export function checkRedaction(config: ResolvedConfig): Check {
  const name = 'redaction';
  const redactor = createRedactor(config.redact);
  const planted = [0, 1, 2, 3].map(() => randomBytes(18).toString('hex'));
  const [token = '', password = '', key = '', bearer = ''] = planted;
  const alert: Alert = {
    id: 'doctor',
    timestampMs: 0,
    source: 'cli',
    priority: 'P1',
    explicit: true,
    action: 'trigger',
    title: `login failed, token ghp_${token}`,
    message: `could not connect to postgres://app:${password}@db.example.com/app`,
    error: { type: 'Error', message: `401 for Authorization: Bearer ${bearer}`, stack: `Error: api_key=${key}` },
    origin: {},
    attributes: { password, nested: { api_key: key } },
    repeatKey: 0,
    count: 1,
  };
  const shown = JSON.stringify(redactor.redactAlert(alert));
  const survived = [
    ...planted.filter((secret) => shown.includes(secret)),
    ...config.redact.knownValues.filter((value) => redactor.redactText(`seen: ${value} there`).includes(value)),
    // The last look before sending knows what everything before it missed.
    ...[token].filter((secret) => JSON.stringify(redactor.gate(unredacted(secret)).message).includes(secret)),
  ].length;
  const { knownValues, paths, pii } = config.redact;
  if (survived > 0) {
    return {
      name,
      status: 'failed',
      detail: `${survived} of ${planted.length + knownValues.length + 1} planted secrets survived`,
      remedy: 'Do not use this version; report it without naming any real secret.',
    };
  }
  const { ruleCount: rules, detectorCount: detectors = 0, processorCount: processors = 0 } = redactor as OwnCounts;
  const parts = [
    `${planted.length} made-up secrets did not survive`,
    `${rules} built-in rules`,
    counted(knownValues.length, 'known value'),
    counted(paths.length, 'path'),
    ...(detectors === 0 ? [] : [counted(detectors, 'detector')]),
    ...(processors === 0 ? [] : [counted(processors, 'processor')]),
    `personal data ${pii ? 'masked' : 'not masked'}`,
  ];
  const counts = {
    madeUpSecrets: planted.length,
    rules,
    knownValues: knownValues.length,
    paths: paths.length,
    detectors,
    processors,
    personalData: pii,
  };
  return { name, status: 'ok', detail: parts.join(', '), counts };
}

/** What an operator has added beside known values and paths, where there is a way to. */
type OwnCounts = Redactor & { readonly detectorCount?: number; readonly processorCount?: number };

function unredacted(token: string): WebhookMessage {
  return {
    content: `login failed, token ghp_${token}`,
    embeds: [{ title: `ghp_${token}` }],
    allowed_mentions: { parse: [] },
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const REFUSED: Readonly<Record<string, { readonly detail: string; readonly remedy: string }>> = {
  symlink: { detail: 'is a symbolic link', remedy: 'Name the directory itself.' },
  not_a_directory: { detail: 'is not a directory', remedy: 'Name a directory.' },
  foreign_owner: {
    detail: 'belongs to another user',
    remedy: 'Name a directory of the user that the service runs as.',
  },
  not_writable: { detail: 'cannot be made or used', remedy: 'Give the user that the service runs as write access.' },
};

const TRIAL_FILE = 'doctor.tmp';

/** Opens the state directory as the pager would, writes a file and removes it. */
export async function checkStateDirectory(path: string | undefined): Promise<Check> {
  const name = 'state directory';
  if (path === undefined) {
    return {
      name,
      status: 'warning',
      detail: 'none: what waits at the end of a process is lost',
      remedy: 'Set DISCORD_PAGER_STATE_DIR to a directory that outlives a restart.',
    };
  }
  const shown = describePath(path);
  const opened = await openStateDirectory(path);
  if (!opened.ok) {
    const { detail, remedy } = REFUSED[opened.reason] ?? { detail: opened.reason, remedy: 'Name another one.' };
    return { name, status: 'failed', detail: `${shown} ${detail}`, remedy: `${remedy} (DISCORD_PAGER_STATE_DIR)` };
  }
  const isWritten = await opened.directory.write(TRIAL_FILE, 'trial');
  await rm(join(path, TRIAL_FILE), { force: true }).catch(() => undefined);
  if (!isWritten) {
    return {
      name,
      status: 'failed',
      detail: `${shown} cannot be written to`,
      remedy: 'Check permissions and free space.',
    };
  }
  const mode = (await lstat(path)).mode & 0o777;
  const octal = mode.toString(8).padStart(4, '0');
  // Windows has no such bits; what is shown there says nothing.
  return process.platform !== 'win32' && (mode & 0o077) !== 0
    ? { name, status: 'warning', detail: `${shown} is open to others (mode ${octal})`, remedy: 'chmod 700 it.' }
    : { name, status: 'ok', detail: `${shown}, writable, mode ${octal}` };
}

/** Which proxy the requests go through. */
export function checkProxy(config: ResolvedConfig, env: Env): Check {
  const name = 'proxy';
  const proxy = readProxy(env);
  if (proxy === undefined) return { name, status: 'ok', detail: 'none' };
  if ('key' in proxy) {
    const { key, found, expected, remedy } = proxy;
    return { name, status: 'failed', detail: `${key}: found ${found}, expected ${expected}`, remedy };
  }
  const isLocal = config.channels.size > 0 && [...config.channels.values()].every((webhook) => webhook.isLoopback);
  const unused = isLocal ? ', not used: every webhook is on this machine' : '';
  return { name, status: 'ok', detail: `${proxy.host} (${proxy.variable})${unused}` };
}
