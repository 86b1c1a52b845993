import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { showName } from '../config/shown-value.ts';
import { describeProblem } from '../errors.ts';
import type { Priority } from '../priority.ts';
import type { CommandHost, Finish } from './command-host.ts';
import { channelFlag, durationFlag, priorityFlag, textFlag } from './flag-values.ts';
import type { PageOrder, PageOutcome } from './page-delivery.ts';
import { judge, type Verdict } from './run-verdict.ts';
import { supervise } from './supervised-child.ts';
import { UsageError } from './usage-error.ts';

/** Long enough for a 429 of Discord and one more try; whoever waits for the command's exit code waits for this too. */
const DELIVERY_TIMEOUT_MS = 15_000;

interface RunFlags {
  readonly name?: string;
  readonly notifySuccess?: true;
  readonly timeout?: number;
  readonly priority: Priority;
  readonly dedupKey?: string;
  readonly channel?: string;
}

export function addRunCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('run')
    .summary('run a command, a service or a cron job, and page if it fails or dies')
    .description(
      'Runs a command and ends as it does. If it fails, is killed, cannot be started or runs too long, that is a page with its last lines of stderr.',
    )
    .argument('[command...]', 'behind --: the command and its arguments')
    .passThroughOptions()
    .option(
      '--name <text>',
      'what it is called in pages (default: the name of the program)',
      textFlag('--name', 'a name'),
    )
    .option('--notify-success', 'tell of a success as well, silently')
    .addOption(
      new Option('--timeout <duration>', 'stop it after so long: SIGTERM, and SIGKILL 10 s later').argParser(
        durationFlag('--timeout', { minMs: 100, maxMs: 24 * 86_400_000, words: 'from 100ms to 24d' }),
      ),
    )
    .option(
      '--priority <priority>',
      'of an exit code other than 0; every other death is a P0',
      priorityFlag('--priority'),
      'P0' satisfies Priority,
    )
    .option('--dedup-key <key>', 'identity of the incident (default: run:<name>)', textFlag('--dedup-key', 'a key'))
    .option('--channel <name>', 'a channel that has a webhook', channelFlag('--channel'))
    .addHelpText('after', HELP_AFTER)
    .action(async (command: string[], flags: RunFlags) => finish(await run(command, flags, host)));
}

const HELP_AFTER = `
stdin and stdout are the command's own; its stderr passes through us, byte by byte, and is no terminal for it. Signals are
passed on, and an end that was asked for by one is no page. Processes that outlive the command lose its stderr.
Without a webhook, or without Discord, the command runs all the same, and its exit code is kept.

Examples:
  discord-pager run --name nightly-backup --timeout 2h -- /usr/local/bin/backup.sh
  discord-pager run --notify-success --channel ci -- make release
  discord-pager run --name api -- node server.js

Exit codes: that of the command · 128+n it was ended by signal n · 124 it ran too long · 126 it is not executable ·
127 it could not be started · 2 wrong usage, nothing was run
`;

async function run(command: readonly string[], flags: RunFlags, host: CommandHost): Promise<number> {
  const [file = ''] = command;
  if (file === '') {
    throw new UsageError([
      {
        key: 'command',
        found: 'none',
        expected: 'the command to run, behind --',
        remedy: 'Write discord-pager run -- node app.js, and see that no variable in it is empty.',
      },
    ]);
  }
  const name = flags.name ?? basename(file);
  const end = await supervise(command, host, flags.timeout);
  const { priority, notifySuccess = false } = flags;
  const verdict = judge(end, { command, name, priority, notifySuccess });
  // The one who reads stderr, or gets it by mail from cron, would otherwise see nothing at all.
  if (end.failure !== undefined || end.timedOutAfterMs !== undefined) say(host, shown(name, verdict));
  if (verdict.isSuccess) await resolveFailure(name, flags, host);
  if (verdict.page !== undefined) await report(verdict.page, verdict, name, flags, host);
  return verdict.exitCode;
}

/** Delivers what there is to say. Whatever goes wrong is one line on stderr: the command's exit code counts. */
async function report(
  page: NonNullable<Verdict['page']>,
  verdict: Verdict,
  name: string,
  flags: RunFlags,
  host: CommandHost,
): Promise<void> {
  const outcome = await deliver(
    {
      page: (service) => ({
        ...page,
        // Each success is news of its own, and none of a failure's occurrences.
        dedupKey: verdict.isSuccess ? `success:${randomUUID()}` : keyOf(flags, name, service.name),
        ...(flags.channel === undefined ? {} : { channel: flags.channel }),
      }),
      role: verdict.isSuccess ? 'single' : 'command',
      timeoutMs: DELIVERY_TIMEOUT_MS,
    },
    host,
  );
  if (outcome.kind === 'unknown') return;
  if (outcome.kind === 'delivered') {
    for (const warning of outcome.warnings) say(host, warning);
    return;
  }
  const what = verdict.isSuccess ? 'the notice of a success' : 'a page';
  say(host, `${what} of ${showName(name)} was not delivered: ${reasonOf(outcome)}`);
}

/** A success ends the failure before it, where there was one. Where that cannot be known, or told, nobody needs to hear of it now. */
async function resolveFailure(name: string, flags: RunFlags, host: CommandHost): Promise<void> {
  await deliver(
    {
      page: (service) => ({ action: 'resolve', dedupKey: keyOf(flags, name, service.name) }),
      role: 'command',
      ifKnown: true,
      timeoutMs: DELIVERY_TIMEOUT_MS,
    },
    host,
  );
}

/** Never rejects. Being told to end shortens it. */
async function deliver(order: Omit<PageOrder, 'hurry'>, host: CommandHost): Promise<PageOutcome> {
  const hurry = new AbortController();
  const unlisten = host.onStop(() => hurry.abort());
  try {
    const { deliverPage } = await import('./page-delivery.ts');
    return await deliverPage({ ...order, hurry: hurry.signal }, host);
  } catch (error) {
    const reason =
      error instanceof UsageError
        ? error.problems.map(describeProblem).join(' ')
        : `it failed unexpectedly (${error instanceof Error ? error.name : typeof error})`;
    return { kind: 'undelivered', reason, isKept: false, ignored: 0 };
  } finally {
    unlisten();
  }
}

function reasonOf(outcome: Extract<PageOutcome, { kind: 'undelivered' | 'misconfigured' }>): string {
  if (outcome.kind === 'undelivered') {
    return outcome.isKept ? `${outcome.reason}; it is kept, and shown by discord-pager spool drain` : outcome.reason;
  }
  const [first, ...others] = outcome.problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${first === undefined ? 'the configuration is wrong' : describeProblem(first)}${more} See discord-pager doctor.`;
}

/** Every failure of a command is the same incident, so that a service that dies again and again is one. */
function keyOf(flags: RunFlags, name: string, service: string | undefined): string {
  // Two services may well run a program of the same name.
  const prefix = flags.name === undefined && service !== undefined ? `${service}/` : '';
  return flags.dedupKey ?? `run:${prefix}${name}`;
}

/** The title for our own stderr, where it is not redacted: a name could be anything. */
function shown(name: string, { page }: Verdict): string {
  return (page?.title ?? '').replace(name, () => showName(name));
}

function say(host: CommandHost, text: string): void {
  host.stderr.line(`otel-discord-pager: ${text}`);
}
