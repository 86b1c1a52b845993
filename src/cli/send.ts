import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { PageInput } from '../capture/map-page.ts';
import { formatDurationMs } from '../config/duration.ts';
import type { ConfigProblem } from '../errors.ts';
import type { Priority } from '../priority.ts';
import { readText } from './bounded-input.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { channelFlag, durationFlag, fieldFlag, priorityFlag, textFlag, urlFlag } from './flag-values.ts';
import { deliverPage, KEPT, type PageOutcome } from './page-delivery.ts';
import { printProblems, UsageError } from './usage-error.ts';

/** Long enough for a 429 of Discord and one more try; a CI step that hangs longer is a trouble of its own. */
const DEFAULT_TIMEOUT_MS = 15_000;

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
  const { stdout, stderr } = host;
  const page = toPage(flags, flags.message === '-' ? await readText(host.stdin) : flags.message);
  const webhooks = flags.webhook === undefined ? undefined : webhooksOf(flags.webhook, flags.channel);
  const outcome = await deliverPage(
    {
      page: () => page,
      role: flags.dedupKey === undefined ? 'single' : 'command',
      timeoutMs: flags.timeout,
      ...(webhooks === undefined ? {} : { webhooks }),
    },
    host,
  );
  if (outcome.kind === 'misconfigured') {
    const wrongWebhook = outcome.problems.find(({ key }) => webhooks !== undefined && key === 'webhooks.default');
    if (wrongWebhook !== undefined) {
      throw new UsageError([{ ...wrongWebhook, key: '--webhook', remedy: firstSentence(wrongWebhook.remedy) }]);
    }
    printProblems(stderr, outcome.problems, 'discord-pager doctor');
    return 2;
  }
  // Only asked for by those who resolve what may not be there.
  if (outcome.kind === 'unknown') return 0;
  const { ignored } = outcome;
  if (ignored > 0) {
    stderr.line(
      `${stderr.style.yellow('warning:')} ${ignored} ${ignored === 1 ? 'setting is' : 'settings are'} wrong and ignored; see discord-pager doctor`,
    );
  }
  if (outcome.kind === 'undelivered') {
    const kept = outcome.isKept ? `; ${KEPT}` : '';
    stderr.line(`${stderr.style.red('not delivered:')} ${outcome.reason}${kept}`);
    return 1;
  }
  for (const text of outcome.warnings) stderr.line(`${stderr.style.yellow('warning:')} ${text}`);
  const what = flags.resolve ? 'resolve' : flags.priority;
  stdout.line(`${stdout.style.green('✓')} ${what} ${HOW[outcome.how]} in ${outcome.tookMs} ms`);
  return 0;
}

const HOW: Readonly<Record<Extract<PageOutcome, { kind: 'delivered' }>['how'], string>> = {
  posted: 'delivered',
  edited: 'delivered (in the message that is there)',
  forwarded: 'handed to the running process that has the incident',
};

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
