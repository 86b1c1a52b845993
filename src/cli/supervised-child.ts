import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { errorCode } from '../config/shown-value.ts';
import type { CommandHost } from './command-host.ts';
import { createLastLines, type LastLines } from './last-lines.ts';
import { openStderrPipe, type StderrPipe } from './stderr-pipe.ts';
import type { Terminal } from './terminal.ts';

/** How a supervised command ended. */
export interface RunEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started: the system's code (`ENOENT`). */
  readonly failure?: string;
  /** It was stopped because it ran longer than this. */
  readonly timedOutAfterMs?: number;
  /** The signals with which somebody asked for its end. */
  readonly toldToStop: ReadonlySet<NodeJS.Signals>;
  readonly tookMs: number;
  /** What it said last on stderr; bounded, not redacted. */
  readonly lastLines: string;
}

/** Whoever sends one of these wants an end. */
const STOP_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
/** What these mean is between the sender and the command. */
const OTHER_SIGNALS: readonly NodeJS.Signals[] = ['SIGUSR1', 'SIGUSR2'];
/** A terminal gives these to every process of the command that runs in it. */
const TERMINAL_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/** As `timeout -k 10` does. */
const KILL_AFTER_MS = 10_000;
/** A process that even SIGKILL does not end waits in the kernel, for a disk or a network drive that may never answer. */
const GIVE_UP_AFTER_MS = 5_000;
/** A machine that shuts down tells everybody at once, and the command may hear it before we do. */
const OWN_SIGNAL_GRACE_MS = 200;
/** Processes that outlive the command may hold its stderr open for ever. */
const REST_MS = 1_000;
/** More than a pipe can hold: it comes from those. */
const MAX_REST_BYTES = 2_097_152;

/** The number of a signal, 0 for one that this system does not have. */
export function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal] ?? 0;
}

/**
 * Runs a command until its end. It has our stdin and stdout; its stderr reaches ours byte by byte while its last lines are kept.
 * Signals are passed on, a second one of a kind too. Never rejects.
 */
export async function supervise(
  command: readonly string[],
  host: CommandHost,
  timeoutMs: number | undefined,
): Promise<RunEnd> {
  const { clock } = host;
  const startedMs = clock.now();
  const lines = createLastLines();
  const toldToStop = new Set<NodeJS.Signals>();
  const over = new AbortController();
  let isEnded = false;
  const sharesTerminal = host.isAtTerminal || host.stdout.isTerminal || host.stderr.isTerminal;

  const { child, source, failure } = start(command, host);
  const relayed = source === undefined ? undefined : relay(source, lines, host.stderr, clock);
  let isGivenUp: () => void = () => undefined;
  const givenUp = new Promise<void>((resolve) => {
    isGivenUp = resolve;
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  const unlisten = host.onSignals([...STOP_SIGNALS, ...OTHER_SIGNALS], (signal) => {
    if (STOP_SIGNALS.includes(signal)) toldToStop.add(signal);
    if (isEnded) isGivenUp();
    else if (!sharesTerminal || !TERMINAL_SIGNALS.includes(signal)) kill(signal);
  });

  let timedOut = false;
  async function stopInTime(limitMs: number): Promise<Ending> {
    for (const [waitMs, signal] of [
      [limitMs, 'SIGTERM'],
      [KILL_AFTER_MS, 'SIGKILL'],
    ] as const) {
      await clock.sleep(waitMs, over.signal);
      if (over.signal.aborted) break;
      timedOut = true;
      kill(signal);
    }
    await clock.sleep(GIVE_UP_AFTER_MS, over.signal);
    return { code: null, signal: 'SIGKILL' };
  }

  try {
    const ended = child === undefined ? { code: null, signal: null, failure } : endOf(child);
    const ending = await (timeoutMs === undefined ? ended : Promise.race([ended, stopInTime(timeoutMs)]));
    const tookMs = clock.now() - startedMs;
    over.abort();
    if (toldToStop.size === 0 && !timedOut && isEndBy(ending, STOP_SIGNALS)) await clock.sleep(OWN_SIGNAL_GRACE_MS);
    isEnded = true;
    await relayed?.rest(givenUp);
    return {
      code: ending.code,
      signal: ending.signal,
      ...(ending.failure === undefined ? {} : { failure: ending.failure }),
      ...(timedOut && timeoutMs !== undefined ? { timedOutAfterMs: timeoutMs } : {}),
      toldToStop,
      tookMs,
      lastLines: lines.text(),
    };
  } finally {
    unlisten();
  }
}

/** True for an end by one of these signals, also where a shell reports it as 128 + n. */
export function isEndBy({ code, signal }: Pick<Ending, 'code' | 'signal'>, signals: Iterable<NodeJS.Signals>): boolean {
  return [...signals].some((one) => signal === one || code === 128 + signalNumber(one));
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly failure?: string | undefined;
}

interface Started {
  readonly child?: ChildProcess;
  readonly source?: Readable;
  readonly failure?: string;
}

function start([file = '', ...args]: readonly string[], host: CommandHost): Started {
  let pipe: StderrPipe | undefined;
  try {
    pipe = openStderrPipe(host.facts.platform);
    const child = spawn(file, args, { env: host.env, stdio: ['inherit', 'inherit', pipe?.writeFd ?? 'pipe'] });
    const source = pipe?.source ?? child.stderr;
    return { child, ...(source === null ? {} : { source }) };
  } catch (error) {
    // Some failures are thrown and not told by an event: E2BIG, ENOMEM.
    pipe?.source.destroy();
    return { failure: errorCode(error) ?? 'unknown error' };
  } finally {
    if (pipe !== undefined) closeSync(pipe.writeFd);
  }
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    // Later ones tell of a signal that was not permitted.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, failure: errorCode(error) ?? 'unknown error' });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

interface Relay {
  /**
   * Passes on what the command wrote before its end. Waits for our own reader until nobody wants that any more, but not for those
   * that outlive the command.
   */
  rest(givenUp: Promise<void>): Promise<void>;
}

function relay(source: Readable, lines: LastLines, terminal: Terminal, clock: Clock): Relay {
  let blocked: Promise<void> | undefined;
  let bytes = 0;
  source.on('error', () => undefined);
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const isTaken = terminal.write(chunk);
    lines.add(chunk);
    if (isTaken) return;
    source.pause();
    blocked = terminal.drained().then(() => {
      blocked = undefined;
      source.resume();
    });
  });
  const closed = new Promise<void>((resolve) => {
    source.once('end', resolve);
    source.once('close', resolve);
  });
  return {
    async rest(givenUp) {
      const isClosed = closed.then(() => true);
      const isNotWanted = Promise.race([closed, givenUp]).then(() => true);
      const maxBytes = bytes + MAX_REST_BYTES;
      while (bytes <= maxBytes) {
        if (await Promise.race([isClosed, clock.sleep(REST_MS).then(() => false)])) break;
        if (blocked === undefined || (await Promise.race([blocked.then(() => false), isNotWanted]))) break;
      }
      source.destroy();
    },
  };
}
