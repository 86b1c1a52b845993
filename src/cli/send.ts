import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { type PageInput, readPage } from '../capture/map-page.ts';
import { formatDurationMs } from '../config/duration.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { detectTestRunner } from '../config/test-runner.ts';
import type { ConfigProblem } from '../errors.ts';
import { type PagerRuntime, startPagerRuntime } from '../pager-runtime.ts';
import type { Priority } from '../priority.ts';
import { readText } from './bounded-input.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { channelFlag, durationFlag, fieldFlag, priorityFlag, textFlag, urlFlag } from './flag-values.ts';
import { openNetwork } from './network.ts';
import { type NotedTransport, withFaultNote } from './noted-transport.ts';
import { printProblems, UsageError } from './usage-error.ts';

/** Long enough for a 429 of Discord and one more try; a CI step that hangs longer is a trouble of its own. */
const DEFAULT_TIMEOUT_MS = 15_000;
/** What the pager may still do when the page is out: closing its connections. */
const END_GRACE_MS = 250;

interface SendFlags {
  readonly title?: string;
  readonly priority: Priority;
  readonly channel?: string;
  readonly message?: string;
  readonly field?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly webhook?: string;
  readonly dedupKey?: string;
  readonly resolve?: true;
  readonly timeout: number;
}

export function addSendCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('send')
    .summary('send one page, from scripts and CI')
    .description('Sends one page and waits until Discord has accepted it. A title alone suffices.')
    .option('--title <text>', 'what broke, in one line', textFlag('--title', 'what broke, in a few words'))
    .option('--message <text>', 'what happened; - reads it from stdin (up to 256 KiB are shown)')
    .option('--priority <priority>', 'P0, P1, P2, P3 or DEV', priorityFlag('--priority'), 'P1' satisfies Priority)
    .option('--channel <name>', 'a channel that has a webhook', channelFlag('--channel'))
    .option('--field <name=value>', 'a short field; may be repeated', fieldFlag('--field'))
    .option('--url <url>', 'a link: the failed job, a dashboard', urlFlag('--url'))
    .option(
      '--dedup-key <key>',
      'identity of the incident: a repeat is counted, a resolve finds it',
      textFlag('--dedup-key', 'a key'),
    )
    .option('--resolve', 'close the incident with this --dedup-key')
    .option(
      '--webhook <url>',
      'send it there: a webhook URL, file:<path> or env:<NAME>',
      textFlag('--webhook', 'a webhook'),
    )
    .addOption(
      new Option('--timeout <duration>', 'wait for Discord at most so long')
        .argParser(durationFlag('--timeout', { minMs: 100, maxMs: 600_000, words: 'from 100ms to 10m' }))
        .default(DEFAULT_TIMEOUT_MS, formatDurationMs(DEFAULT_TIMEOUT_MS)),
    )
    .addHelpText('after', HELP_AFTER)
    .action(async (flags: SendFlags) => finish(await send(flags, host)));
}

const HELP_AFTER = `
A webhook on the command line can be seen by other users of the machine (ps) and stays in the shell's history;
prefer DISCORD_PAGER_WEBHOOK_URL, or --webhook env:<NAME> and --webhook file:<path>.

Examples:
  discord-pager send --title "Backup failed" --priority P0 --field host=db1
  make test 2>&1 | tail -50 | discord-pager send --title "Tests failed" --channel ci --message -
  discord-pager send --resolve --dedup-key backup

What could not be delivered is kept in the state directory, where there is one (discord-pager spool list).

Exit codes: 0 delivered · 1 not delivered · 2 wrong usage or configuration
`;

async function send(flags: SendFlags, host: CommandHost): Promise<ExitCode> {
  checkTogether(flags);
  const page = toPage(flags, flags.message === '-' ? await readText(host.stdin) : flags.message);
  const startedMs = host.clock.now();
  const transport = withFaultNote(await openNetwork(host.env));
  const warnings: string[] = [];
  const testRunner = detectTestRunner(host.env);
  const runtime = startPagerRuntime(
    {
      env: host.env,
      options: {
        worker: 'off',
        bootCheck: 'off',
        ...(flags.webhook === undefined ? {} : { webhooks: webhooksOf(flags.webhook, flags.channel) }),
      },
      ...(testRunner === undefined ? {} : { testRunner }),
      bootCheck: false,
      drained: new SharedArrayBuffer(4),
    },
    {
      clock: host.clock,
      transport,
      role: flags.dedupKey === undefined ? 'single' : 'command',
      emit(message) {
        // Problems of the configuration are told below, in the form of this command.
        if (message.kind === 'warning' && message.code !== 'config') warnings.push(message.text);
      },
    },
  );
  try {
    return await deliver(page, flags, { host, runtime, transport, warnings, startedMs });
  } finally {
    await Promise.race([runtime.end().catch(() => undefined), host.clock.sleep(END_GRACE_MS)]);
  }
}

interface Sending {
  readonly host: CommandHost;
  readonly runtime: PagerRuntime;
  readonly transport: NotedTransport;
  readonly warnings: readonly string[];
  readonly startedMs: number;
}

async function deliver(page: PageInput, flags: SendFlags, sending: Sending): Promise<ExitCode> {
  const { host, runtime, transport, warnings, startedMs } = sending;
  const { stdout, stderr, clock } = host;
  const { config, core } = await runtime.ready;

  const wrongWebhook = config.problems.find(({ key }) => flags.webhook !== undefined && key === 'webhooks.default');
  if (wrongWebhook !== undefined) {
    throw new UsageError([{ ...wrongWebhook, key: '--webhook', remedy: firstSentence(wrongWebhook.remedy) }]);
  }
  const fatal = config.problems.filter((problem) => problem.fatal);
  if (fatal.length > 0) {
    printProblems(stderr, fatal, 'discord-pager doctor');
    return 2;
  }
  if (core === undefined) {
    stderr.line(`${stderr.style.red('not delivered:')} ${offReason(config, host.env)}`);
    return 1;
  }
  if (config.problems.length > 0) {
    const count = config.problems.length;
    stderr.line(
      `${stderr.style.yellow('warning:')} ${count} ${count === 1 ? 'setting is' : 'settings are'} wrong and ignored; see discord-pager doctor`,
    );
  }

  const alert = readPage(page, { nowMs: clock.now(), source: 'cli' }).toAlert({ repeatKey: 0, count: 1 });
  core.accept(alert);
  const { spooled, dropped } = await core.flush(Math.max(0, flags.timeout - (clock.now() - startedMs)));
  const { posted, edited } = core.counters();
  // An incident that another process has is that one's to show.
  if (core.isIdle && dropped === 0 && posted + edited + core.forwarded > 0) {
    for (const text of warnings) stderr.line(`${stderr.style.yellow('warning:')} ${text}`);
    const what = flags.resolve ? 'resolve' : flags.priority;
    stdout.line(`${stdout.style.green('✓')} ${what} ${howDelivered(posted, edited)} in ${clock.now() - startedMs} ms`);
    return 0;
  }
  const kept =
    spooled > 0 ? '; it is kept, and shown at the next start of a service or by discord-pager spool drain' : '';
  stderr.line(
    `${stderr.style.red('not delivered:')} ${undeliveredReason(flags, core.counters(), transport, warnings)}${kept}`,
  );
  return 1;
}

function howDelivered(posted: number, edited: number): string {
  if (posted > 0) return 'delivered';
  return edited > 0
    ? 'delivered (in the message that is there)'
    : 'handed to the running process that has the incident';
}

function checkTogether(flags: SendFlags): void {
  const problems: ConfigProblem[] = [];
  if (flags.resolve && flags.dedupKey === undefined) {
    problems.push({
      key: '--resolve',
      found: 'no --dedup-key beside it',
      expected: 'the key that the incident was opened with',
      remedy: 'Add --dedup-key <key>.',
    });
  }
  if (!flags.resolve && flags.title === undefined && !flags.message?.trim()) {
    problems.push({
      key: '--title',
      found: 'neither a title nor a message',
      expected: 'what broke, in a few words',
      remedy: 'Write --title "Backup failed".',
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
}

function toPage(flags: SendFlags, message: string | undefined): PageInput {
  const { title, priority, field: fields, url, dedupKey } = flags;
  // The webhook of the command line stands for its channel; without one of the two the routes decide.
  const channel = flags.channel ?? (flags.webhook === undefined ? undefined : 'default');
  return {
    priority,
    action: flags.resolve ? 'resolve' : 'trigger',
    ...(title === undefined ? {} : { title }),
    ...(message === undefined ? {} : { message }),
    ...(channel === undefined ? {} : { channel }),
    ...(fields === undefined ? {} : { fields }),
    ...(url === undefined ? {} : { url }),
    // Whoever sends a second page without a key means a second page.
    dedupKey: dedupKey ?? `send:${randomUUID()}`,
  };
}

/** The webhook of the command line takes the page whatever its channel, and what would fall back to `default`. */
function webhooksOf(webhook: string, channel: string | undefined): Record<string, string> {
  return { default: webhook, ...(channel === undefined ? {} : { [channel]: webhook }) };
}

/** What follows tells which other value stands instead, which is not so here. */
function firstSentence(remedy: string): string {
  return remedy.split(' Until then ', 1)[0] ?? remedy;
}

/** Why a pager without a problem is off, and what turns it on. */
function offReason(config: ResolvedConfig, env: CommandHost['env']): string {
  return config.disabledReason === 'test runner'
    ? `inside a test run (${detectTestRunner(env) ?? 'test runner'}) nothing is sent; set DISCORD_PAGER_ENABLED=true to send all the same`
    : `the pager is ${config.disabledReason ?? 'off'}; set DISCORD_PAGER_ENABLED=true`;
}

function undeliveredReason(
  flags: SendFlags,
  counters: { readonly suppressed: number; readonly queued: number },
  transport: NotedTransport,
  warnings: readonly string[],
): string {
  const warned = warnings.at(-1);
  if (counters.queued === 0) {
    return warned ?? (counters.suppressed > 0 ? 'no configured channel takes it' : 'the page could not be processed');
  }
  const fault = transport.lastFault;
  if (fault === 'HTTP 429') return `Discord limits the rate, and asked to wait longer than ${waited(flags)}`;
  if (warned !== undefined) return warned;
  return `Discord did not accept it within ${waited(flags)}${fault === undefined ? '' : ` (${fault})`}`;
}

function waited(flags: SendFlags): string {
  return formatDurationMs(flags.timeout);
}
