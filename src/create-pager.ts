import { isMainThread } from 'node:worker_threads';
import { Beat } from './capture/beat.ts';
import { DeathWatch } from './capture/death-watch.ts';
import { HostPager } from './capture/host-pager.ts';
import { type InlineRuntime, startInlinePort } from './capture/inline-port.ts';
import { startOffPort } from './capture/off-port.ts';
import type { OtelApi } from './capture/otel-self-report.ts';
import type { Pager } from './capture/pager-handle.ts';
import type { PagerPort, PagerStart, PortEvents } from './capture/protocol.ts';
import { createWarningPrinter } from './capture/warning-printer.ts';
import { startWorkerPort } from './capture/worker-port.ts';
import { systemClock } from './clock.ts';
import { parseFlag } from './config/flag.ts';
import { isInspected } from './config/inspected.ts';
import type { PagerConfig } from './config/pager-config.ts';
import { quickFilter } from './config/quick-filter.ts';
import { detectTestRunner } from './config/test-runner.ts';
import type { HttpTransport } from './delivery/http-transport.ts';
import { PACKAGE_VERSION } from './version.ts';

/** The longest that a dying process is held, until the configuration has said otherwise. */
const DEFAULT_EXIT_TIMEOUT_MS = 2_000;

/** Where messages go instead of to Discord: see `createMemorySink` of `otel-discord-pager/testing`. */
export interface PagerSink {
  readonly transport: HttpTransport;
  /** Merged below what the code passes, so that there is a webhook to go to. */
  readonly config: PagerConfig;
}

/** Everything a configuration file can say, and two things only code can. */
export interface PagerOptions extends PagerConfig {
  /** Read instead of `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Nothing is posted: messages go there. Runs the pager in this thread. */
  readonly sink?: PagerSink;
}

let deathWatch: DeathWatch | undefined;
let environmentPager: HostPager | undefined;

/**
 * Starts a pager. Never throws: what is invalid is listed in `stats().configProblems`, warned of once on stderr, and costs as
 * little as it can; where nothing valid is left to page to, the pager is off.
 *
 * Precedence per key: code, then environment, then the configuration file, then the default. Several pagers in one process know
 * nothing of each other.
 */
export function createPager(options: PagerOptions = {}): Pager {
  return createHostPager(options);
}

/** The same, as the captures use it. */
export function createHostPager(options: PagerOptions = {}): HostPager {
  const { given, env, sink } = readOptions(options);
  const { redactProcessors, ...others } = (sink === undefined ? given : { ...sink.config, ...given }) as PagerConfig;
  const functions = functionsAmong(redactProcessors);
  const plain = toPlain(functions === undefined ? { ...others, redactProcessors } : others);
  // A function cannot go to another thread: the pager comes to it.
  if (functions !== undefined) plain['redactProcessors'] = functions;
  const isLambda = env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;
  const testRunner = detectTestRunner(env, globalThis);
  const start: PagerStart = {
    env,
    options: plain,
    ...(testRunner === undefined ? {} : { testRunner }),
    bootCheck: !isLambda && !isClusterWorker(),
    drained: new SharedArrayBuffer(4),
  };
  const pagerId = Math.floor(Math.random() * 2 ** 40).toString(36);
  let threads = 0;
  // A function that is frozen between invocations has no end that could be watched.
  if (!isLambda) deathWatch ??= new DeathWatch(process, { signals: true });
  const inline =
    sink !== undefined || functions !== undefined || (plain['worker'] ?? env['DISCORD_PAGER_WORKER']) === 'off';
  const isOff = parseFlag(plain['enabled'] ?? env['DISCORD_PAGER_ENABLED']) === false;
  // Work that blocks is what other threads of an application are for, and pino's transport runs in one.
  const beat = isMainThread && !isInspected(process.execArgv, process.env) ? new Beat() : undefined;
  return new HostPager({
    clock: systemClock,
    seed: Math.floor(Math.random() * 2 ** 32),
    filter: quickFilter(env, plain),
    exitTimeoutMs: firstTimeout(plain['exitTimeoutMs'], env['DISCORD_PAGER_EXIT_TIMEOUT_MS']),
    startPort(events) {
      const own = { ...start, pager: { id: pagerId, thread: ++threads } };
      return isOff ? startOffPort(events) : startPort(own, beat, events, inline, sink);
    },
    printer: (diag) => createWarningPrinter(systemClock.now, diag),
    deathWatch: isLambda ? undefined : deathWatch,
    beat,
    loadOtelApi,
    packageVersion: PACKAGE_VERSION,
  });
}

/** The pager of exporters and transports that were given nothing: one per process, configured by the environment. */
export function pagerFromEnvironment(): HostPager {
  environmentPager ??= createHostPager();
  return environmentPager;
}

function startPort(
  start: PagerStart,
  beat: Beat | undefined,
  events: PortEvents,
  inline: boolean,
  sink: PagerSink | undefined,
): PagerPort {
  if (!inline) {
    try {
      const watched = beat === undefined ? start : { ...start, beats: beat.buffer };
      return startWorkerPort(new URL('./pager-thread.js', import.meta.url), watched, events);
    } catch {
      // The permission model, or a bundle without the thread's file: the same pager runs here.
    }
  }
  return startInlinePort(start, events, async (given, emit): Promise<InlineRuntime> => {
    const { startPagerRuntime } = await import('./pager-runtime.ts');
    return startPagerRuntime(given, { emit, ...(sink === undefined ? {} : { transport: sink.transport }) });
  });
}

async function loadOtelApi(): Promise<OtelApi | undefined> {
  try {
    return (await import('@opentelemetry/api')) as unknown as OtelApi;
  } catch {
    return undefined;
  }
}

function isClusterWorker(): boolean {
  const cluster = process.getBuiltinModule?.('node:cluster') as { isWorker?: boolean } | undefined;
  return cluster?.isWorker === true;
}

interface ReadOptions {
  readonly given: object;
  readonly env: Readonly<Record<string, string>>;
  readonly sink?: PagerSink;
}

/** Takes the options apart. What cannot be read (a getter that throws) counts as not given. */
function readOptions(options: unknown): ReadOptions {
  try {
    if (typeof options !== 'object' || options === null) return { given: {}, env: stringsOf(process.env) };
    const { env, sink, ...given } = options as PagerOptions;
    const isSink = typeof sink?.transport?.request === 'function' && typeof sink.config === 'object';
    return { given, env: stringsOf(env ?? process.env), ...(isSink ? { sink } : {}) };
  } catch {
    return { given: {}, env: {} };
  }
}

function stringsOf(env: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The redaction processors, where there is a function among them. */
function functionsAmong(processors: unknown): readonly unknown[] | undefined {
  try {
    const list = Array.isArray(processors) ? [...processors] : [processors];
    return list.some((each) => typeof each === 'function') ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Only what survives the way to another thread, each key for itself; the schema says what is missing. */
function toPlain(options: object): Record<string, unknown> {
  try {
    return structuredClone(options) as Record<string, unknown>;
  } catch {
    return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, toPlainValue(value)]));
  }
}

function toPlainValue(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    try {
      return JSON.parse(JSON.stringify(value));
    } catch {
      // No key takes that: it is listed, and does not pass for one that was not set.
      return {};
    }
  }
}

function firstTimeout(...values: readonly unknown[]): number {
  for (const value of values) {
    if (value === undefined || value === '') continue;
    const timeoutMs = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
    if (timeoutMs >= 0 && timeoutMs <= 60_000) return timeoutMs;
  }
  return DEFAULT_EXIT_TIMEOUT_MS;
}
