import { type Command, Option } from 'commander';
import { formatDurationMs } from '../config/duration.ts';
import { loadConfig } from '../config/load-config.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { describePath } from '../config/shown-value.ts';
import { startPagerRuntime } from '../pager-runtime.ts';
import { PRIORITY_RANK } from '../priority.ts';
import { formatDuration } from '../render/wording.ts';
import { clearSpool, listSpool, type SpooledNotice } from '../state/spool.ts';
import { openStateDirectory } from '../state/state-directory.ts';
import { titleOf } from '../title.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { durationFlag } from './flag-values.ts';
import { openNetwork } from './network.ts';
import { printProblems } from './usage-error.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
const TITLE_CHARS = 80;

export function addSpoolCommand(program: Command, host: CommandHost, finish: Finish): void {
  const spool = program
    .command('spool')
    .summary('what waits to be shown')
    .description('What could not be sent yet and is kept in the state directory.')
    .addHelpText('after', HELP_AFTER);
  spool
    .command('list')
    .description('Lists what waits, the most urgent first.')
    .option('--json', 'one JSON object per line')
    .action(async (flags: { json?: true }) => finish(await list(flags, host)));
  spool
    .command('drain')
    .description('Sends what ended processes have left, for the configured webhooks.')
    .addOption(
      new Option('--timeout <duration>', 'stop after so long')
        .argParser(durationFlag('--timeout', { minMs: 100, maxMs: 3_600_000, words: 'from 100ms to 1h' }))
        .default(DEFAULT_TIMEOUT_MS, formatDurationMs(DEFAULT_TIMEOUT_MS)),
    )
    .action(async (flags: { timeout: number }) => finish(await drain(flags, host)));
  spool
    .command('clear')
    .description('Throws away what ended processes have left waiting. What is already in Discord is not touched.')
    .action(async () => finish(await clear(host)));
}

const HELP_AFTER = `
A service shows what was left behind at its next start by itself; drain is for when there is none.

Exit codes: 0 done · 1 something still waits, or the state directory cannot be used · 2 wrong usage or configuration
`;

async function list(flags: { json?: true }, host: CommandHost): Promise<ExitCode> {
  const path = await statePath(host);
  if (path === undefined) return 1;
  const { stdout, clock } = host;
  const notices = (await listSpool(path, clock)).toSorted(byUrgency);
  for (const notice of notices) stdout.line(flags.json ? toJson(notice) : toLine(notice, clock.now()));
  if (!flags.json) stdout.line(counted(notices.length, 'page') + (notices.length === 1 ? ' waits' : ' wait'));
  return 0;
}

async function drain(flags: { timeout: number }, host: CommandHost): Promise<ExitCode> {
  const path = await statePath(host);
  if (path === undefined) return 1;
  const { stdout, stderr } = host;
  const runtime = startPagerRuntime(
    {
      env: host.env,
      options: { worker: 'off', bootCheck: 'off' },
      bootCheck: false,
      drained: new SharedArrayBuffer(4),
    },
    {
      clock: host.clock,
      transport: await openNetwork(host.env),
      emit(message) {
        if (message.kind === 'warning' && message.code !== 'config') {
          stderr.line(`${stderr.style.yellow('warning:')} ${message.text}`);
        }
      },
    },
  );
  try {
    const { config, core } = await runtime.ready;
    const fatal = config.problems.filter((problem) => problem.fatal);
    if (fatal.length > 0) {
      printProblems(stderr, fatal, 'discord-pager doctor');
      return 2;
    }
    if (core === undefined) {
      stderr.line(`${stderr.style.red('not sent:')} the pager is ${config.disabledReason ?? 'off'}`);
      return 1;
    }
    const { delivered } = await core.flush(flags.timeout);
    const left = core.counters().queued;
    stdout.line(`${counted(delivered, 'page')} sent, ${left} still ${left === 1 ? 'waits' : 'wait'}`);
    return left === 0 ? 0 : 1;
  } finally {
    await runtime.end().catch(() => undefined);
  }
}

async function clear(host: CommandHost): Promise<ExitCode> {
  const path = await statePath(host);
  if (path === undefined) return 1;
  const { cleared, running } = await clearSpool(path, host.clock);
  host.stdout.line(
    `${counted(cleared, 'page')} thrown away${running === 0 ? '' : `; ${running} of running processes ${running === 1 ? 'is' : 'are'} left`}`,
  );
  return 0;
}

/** Undefined when there is none that can be used; that was said. */
async function statePath(host: CommandHost): Promise<string | undefined> {
  const { stderr } = host;
  const config: ResolvedConfig = await loadConfig({ env: host.env, host: host.facts, clock: host.clock });
  if (config.stateDir === undefined) {
    stderr.line(`${stderr.style.red('no state directory:')} DISCORD_PAGER_STATE_DIR is none, so nothing is kept`);
    return undefined;
  }
  const opened = await openStateDirectory(config.stateDir);
  if (opened.ok) return opened.directory.path;
  stderr.line(
    `${stderr.style.red('the state directory cannot be used:')} ${describePath(config.stateDir)} (${opened.reason})`,
  );
  return undefined;
}

function byUrgency(a: SpooledNotice, b: SpooledNotice): number {
  const rank = PRIORITY_RANK[a.incident.priority] - PRIORITY_RANK[b.incident.priority];
  return rank === 0 ? a.sinceMs - b.sinceMs : rank;
}

function toLine({ incident, sinceMs, heldBy }: SpooledNotice, nowMs: number): string {
  const { service } = incident.alert.origin;
  const title = titleOf(incident.alert).replace(/\s+/g, ' ').slice(0, TITLE_CHARS);
  const count = incident.count > 1 ? ` ×${incident.count}` : '';
  const holder = heldBy === undefined ? '' : ` (process ${heldBy} runs)`;
  return `${incident.priority}  ${incident.id}  ${formatDuration(nowMs - sinceMs)}  ${service === undefined ? '' : `${service} · `}${title}${count}${holder}`;
}

function toJson({ incident, sinceMs, heldBy, webhookId }: SpooledNotice): string {
  const { id, priority, channel, reason, count, firstSeenMs, lastSeenMs, alert } = incident;
  return JSON.stringify({
    incident: id,
    priority,
    channel,
    reason,
    count,
    title: titleOf(alert),
    service: alert.origin.service,
    since: new Date(sinceMs).toISOString(),
    firstSeen: new Date(firstSeenMs).toISOString(),
    lastSeen: new Date(lastSeenMs).toISOString(),
    webhookId,
    ...(heldBy === undefined ? {} : { runningProcess: heldBy }),
  });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
