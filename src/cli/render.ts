import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isLineWanted, type LogLine, readPinoLine } from '../capture/map-pino-line.ts';
import { captureFilterOf } from '../config/capture-filter.ts';
import { loadConfig } from '../config/load-config.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { describePath, errorCode } from '../config/shown-value.ts';
import { WebhookUrl } from '../config/webhook-url.ts';
import { createDecider } from '../pipeline/decide.ts';
import type { NotifyReason } from '../pipeline/incident.ts';
import { createIncidentTable } from '../pipeline/incident-table.ts';
import { createProcessorStage } from '../redact-processors.ts';
import { createRenderer } from '../render/renderer.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import { readLines } from './bounded-input.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { createRenderExplainer, type Explainer } from './render-explain.ts';
import { printProblems, UsageError } from './usage-error.ts';

/** Written so far before the reader is waited for. */
const DRAIN_EVERY_LINES = 500;

interface RenderFlags {
  readonly explain?: true;
}

export function addRenderCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('render')
    .summary('show what would be posted for a log, and post nothing')
    .description(
      'Reads log lines (NDJSON of pino, bunyan or any JSON logger) and writes the Discord payloads that they would become, one JSON line for each new message: {"channel","reason","payload"}. Posts nothing.',
    )
    .argument('[file]', 'the log; - or nothing reads stdin')
    .option('--explain', 'tell of each record what was masked where, by which rule, instead of its payload')
    .addHelpText('after', HELP_AFTER)
    .action(async (file: string | undefined, flags: RenderFlags) => finish(await render(file, flags, host)));
}

const HELP_AFTER = `
Redaction (your detectors and processors included), routes, threshold, mentions and repeat intervals are those of the configuration; without any webhook
everything goes to one channel named default. Time is that of the lines. Repeats are counted into the message of their
incident and are no payloads of their own. A summary, lines that are no JSON included, goes to stderr.

With --explain each record that would be looked at, repeats included, is one JSON line ({"line","priority","outcome",
"channel","title","masked":[{"place","rule","times"}]}), on a terminal a few lines to read. It names places and rules,
never what was masked.

Examples:
  discord-pager render app.log | jq .payload.content
  discord-pager render --explain app.log
  discord-pager render --explain app.log | jq -r '.masked[] | [.rule, .place] | @tsv' | sort | uniq -c
  kubectl logs deploy/shop | discord-pager render

Exit codes: 0 done · 2 wrong usage or configuration
`;

async function render(file: string | undefined, flags: RenderFlags, host: CommandHost): Promise<ExitCode> {
  const { stderr, stdout } = host;
  // The log may come from elsewhere: a line that names no instance did not come from this machine by that.
  const facts = { ...host.facts, hostname: '' };
  const config = withSomeChannel(await loadConfig({ env: host.env, host: facts, clock: host.clock }));
  // Nothing is posted, so a missing webhook is no trouble; a rule that could not be read is.
  if (config.disabledReason === 'invalid configuration') {
    printProblems(
      stderr,
      config.problems.filter(({ fatal }) => fatal),
      'discord-pager doctor',
    );
    return 2;
  }
  const input = file === undefined || file === '-' ? host.stdin : await openLog(file, host);
  const explainer = flags.explain ? createRenderExplainer(config.redact, stdout) : undefined;
  const tally = await renderLines(readLines(input), config, host, explainer);
  const parts = [
    counted(tally.lines, 'line'),
    ...(tally.unparseable === 0 ? [] : [`${tally.unparseable} unparseable`]),
    counted(tally.messages, 'message'),
    `${counted(tally.repeats, 'repeat')} counted into them`,
    `${tally.notShown} not shown`,
    ...(tally.dropped === 0 ? [] : [`${tally.dropped} dropped by a redaction processor`]),
  ];
  stderr.line(stderr.style.dim(parts.join(' · ')));
  if (explainer !== undefined) stderr.line(stderr.style.dim(explainer.summary()));
  return 0;
}

interface Tally {
  lines: number;
  /** Lines that are no JSON object. */
  unparseable: number;
  messages: number;
  repeats: number;
  /** Below the threshold. */
  notShown: number;
  /** By a redaction processor. */
  dropped: number;
}

async function renderLines(
  lines: AsyncIterable<string | undefined>,
  config: ResolvedConfig,
  host: CommandHost,
  explainer: Explainer | undefined,
): Promise<Tally> {
  const { stdout, stderr, clock } = host;
  const tally: Tally = { lines: 0, unparseable: 0, messages: 0, repeats: 0, notShown: 0, dropped: 0 };
  let nextIncident = 0;
  const warn = (_code: string, text: string): void => stderr.line(`${stderr.style.yellow('warning:')} ${text}`);
  const steadyMs = (): number => clock.steadyMs();
  if (config.redact.processors.isBroken) {
    warn('config', 'a redaction processor is missing: alerts go out without their texts; see discord-pager doctor');
  }
  const processors = createProcessorStage(config.redact.processors, { steadyMs, warn });
  const decider = createDecider(config, {
    table: createIncidentTable(),
    // Ids in the order of the log, so that the same log always gives the same output.
    newId: () => String(++nextIncident).padStart(8, '0'),
    processors,
    steadyMs,
    warn,
  });
  const renderer = createRenderer({
    mentions: config.mentions,
    links: config.links,
    repeatIntervalMs: config.repeatIntervalMs,
  });
  const filter = { ...captureFilterOf(config), enabled: true };
  let nowMs = 0;
  let lineNumber = 0;
  for await (const text of lines) {
    if (stdout.isClosed) break;
    lineNumber++;
    if (text?.trim() === '') continue;
    tally.lines++;
    const line = parseLine(text);
    if (line === undefined) {
      tally.unparseable++;
      continue;
    }
    if (!isLineWanted(line, {}, filter)) {
      tally.notShown++;
      continue;
    }
    const sighting = readPinoLine(line, {}, nowMs === 0 ? clock.now() : nowMs);
    // Lines of several processes may be slightly out of order; time only goes forward.
    nowMs = Math.max(nowMs, sighting.occurrence.timestampMs);
    decider.incidents.sweep(nowMs);
    const alert = sighting.toAlert({ repeatKey: tally.lines, count: 1 });
    const decision = decider.decide(alert, nowMs);
    // What is explained is what the rules saw: the alert as the processors left it.
    const processed = explainer === undefined ? alert : processors.process(alert);
    const record = { line: lineNumber, alert: processed === 'dropped' ? alert : processed, withheld: 0 };
    if (decision === 'dropped') {
      tally.dropped++;
      explainer?.tell({ ...record, outcome: 'dropped' });
      continue;
    }
    if (decision === 'not_shown') {
      tally.notShown++;
      explainer?.tell({ ...record, outcome: 'not_shown' });
    } else if (!decision.notify) {
      tally.repeats++;
      const { channel } = decision.incident ?? {};
      explainer?.tell({ ...record, outcome: 'repeat', ...(channel === undefined ? {} : { channel }) });
    } else {
      const { incident, reason } = decision;
      const { channel } = incident;
      const { message, withheld } = decider.redactor.gate(renderer.post([{ incident, reason }], nowMs));
      if (explainer === undefined) stdout.line(toPayloadLine(channel, reason, message));
      else explainer.tell({ ...record, outcome: 'message', channel, withheld });
      decider.incidents.notified(incident, undefined, nowMs);
      tally.messages++;
    }
    if (tally.lines % DRAIN_EVERY_LINES === 0) await stdout.drained();
  }
  return tally;
}

function toPayloadLine(channel: string, reason: NotifyReason, { files, ...payload }: WebhookMessage): string {
  return JSON.stringify({ channel, reason, payload, ...(files === undefined ? {} : { files }) });
}

function parseLine(text: string | undefined): LogLine | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LogLine) : undefined;
  } catch {
    return undefined;
  }
}

async function openLog(file: string, host: CommandHost): Promise<AsyncIterable<Uint8Array | string>> {
  const path = resolve(host.facts.cwd, file);
  try {
    const handle = await open(path, 'r');
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
    }
    return createReadStream(path, { fd: handle });
  } catch (error) {
    throw new UsageError([
      {
        key: 'file',
        found: `${describePath(file)}, which cannot be read (${errorCode(error) ?? 'unknown error'})`,
        expected: 'a log file, or - for stdin',
        remedy: 'Check the path and its permissions.',
      },
    ]);
  }
}

/** Nobody listens there, and nothing is sent: the port that discards. */
const NOWHERE = `http://127.0.0.1:9/api/webhooks/100000000000000000/${'none'.repeat(17)}`;

/** Without any webhook everything goes to `default`, as it would with a single one. */
function withSomeChannel(config: ResolvedConfig): ResolvedConfig {
  if (config.channels.size > 0) return config;
  const parsed = WebhookUrl.parse(NOWHERE);
  return parsed.ok ? { ...config, channels: new Map([['default', parsed.url]]) } : config;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
