import { type PageInput, readPage } from '../capture/map-page.ts';
import type { PagerCounters } from '../capture/protocol.ts';
import { formatDurationMs } from '../config/duration.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { detectTestRunner } from '../config/test-runner.ts';
import type { ConfigProblem } from '../errors.ts';
import type { PagerRole } from '../pager.ts';
import { type PagerRuntime, startPagerRuntime } from '../pager-runtime.ts';
import type { CommandHost } from './command-host.ts';
import { openNetwork } from './network.ts';
import { type NotedTransport, withFaultNote } from './noted-transport.ts';

/** What the pager may still do when the page is out: closing its connections. */
const END_GRACE_MS = 250;
/** Whoever ends us while a page is under way gives us so long. */
const HURRY_MS = 2_000;

/** Where an undelivered page is, in words. */
export const KEPT = 'it is kept, and shown at the next start of a service or by discord-pager spool drain';

/** One page, and how it is to be delivered. */
export interface PageOrder {
  /** What to say, once it is known who speaks. */
  readonly page: (service: ResolvedConfig['service']) => PageInput;
  readonly role: Extract<PagerRole, 'command' | 'single'>;
  /** Only if an incident with the page's key is known: what is over has to have begun. */
  readonly ifKnown?: true;
  /** Besides those that are configured, and before them. */
  readonly webhooks?: Readonly<Record<string, string>>;
  /** Counted from the call, reading the configuration included. */
  readonly timeoutMs: number;
  /** Aborts when we are to end soon. */
  readonly hurry?: AbortSignal;
}

/** What has become of a page. No text in it holds a secret. */
export type PageOutcome =
  | {
      readonly kind: 'delivered';
      /** In a new message, in the one that is there, or by the process that has the incident. */
      readonly how: 'posted' | 'edited' | 'forwarded';
      readonly tookMs: number;
      readonly warnings: readonly string[];
      readonly ignored: number;
    }
  /** `isKept`: on disk, for the next service to show. */
  | { readonly kind: 'undelivered'; readonly reason: string; readonly isKept: boolean; readonly ignored: number }
  /** No such incident is known, so there was nothing to say. */
  | { readonly kind: 'unknown' }
  /** Nothing was sent, because of these problems. */
  | { readonly kind: 'misconfigured'; readonly problems: readonly ConfigProblem[] };

/**
 * Starts a pager for one page, waits until Discord has accepted it, and ends the pager. `ignored`: settings that were wrong and did
 * without.
 *
 * @throws {UsageError} where the environment names a proxy that cannot be one.
 */
export async function deliverPage(order: PageOrder, host: CommandHost): Promise<PageOutcome> {
  const startedMs = host.clock.now();
  const transport = withFaultNote(await openNetwork(host.env));
  const warnings: string[] = [];
  const testRunner = detectTestRunner(host.env);
  const { webhooks } = order;
  const runtime = startPagerRuntime(
    {
      env: host.env,
      options: { worker: 'off', bootCheck: 'off', ...(webhooks === undefined ? {} : { webhooks }) },
      ...(testRunner === undefined ? {} : { testRunner }),
      bootCheck: false,
      drained: new SharedArrayBuffer(4),
    },
    {
      clock: host.clock,
      transport,
      role: order.role,
      emit(message) {
        // Problems of the configuration are in the outcome.
        if (message.kind === 'warning' && message.code !== 'config') warnings.push(message.text);
      },
    },
  );
  try {
    return await deliver(order, { host, runtime, transport, warnings, startedMs });
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

async function deliver(order: PageOrder, sending: Sending): Promise<PageOutcome> {
  const { host, runtime, transport, warnings, startedMs } = sending;
  const { clock } = host;
  const { config, core } = await runtime.ready;

  const overruled = Object.keys(order.webhooks ?? {}).map((channel) => `webhooks.${channel}`);
  const fatal = config.problems.filter(({ key, fatal }) => fatal || overruled.includes(key));
  if (fatal.length > 0) return { kind: 'misconfigured', problems: fatal };
  const ignored = config.problems.length;
  if (core === undefined) return { kind: 'undelivered', reason: offReason(config, host.env), isKept: false, ignored };

  const input = order.page(config.service);
  if (order.ifKnown && !(await core.knows(input.dedupKey ?? ''))) return { kind: 'unknown' };
  core.accept(readPage(input, { nowMs: clock.now(), source: 'cli' }).toAlert({ repeatKey: 0, count: 1 }));
  const flushed = core.flush(Math.max(0, order.timeoutMs - (clock.now() - startedMs)));
  const result = await Promise.race([
    flushed,
    ...(order.hurry === undefined ? [] : [hurried(order.hurry, clock).then(() => undefined)]),
  ]);
  const counters = core.counters();
  const how =
    counters.posted > 0 ? 'posted' : counters.edited > 0 ? 'edited' : core.forwarded > 0 ? 'forwarded' : undefined;
  if (how !== undefined && core.isIdle && (result?.dropped ?? 0) === 0) {
    return { kind: 'delivered', how, tookMs: clock.now() - startedMs, warnings, ignored };
  }
  const reason = undeliveredReason(order, counters, transport, warnings);
  return { kind: 'undelivered', reason, isKept: (result?.spooled ?? 0) > 0, ignored };
}

async function hurried(hurry: AbortSignal, clock: CommandHost['clock']): Promise<void> {
  if (!hurry.aborted) await new Promise((resolve) => hurry.addEventListener('abort', resolve, { once: true }));
  await clock.sleep(HURRY_MS);
}

/** Why a pager without a problem is off, and what turns it on. */
function offReason(config: ResolvedConfig, env: CommandHost['env']): string {
  return config.disabledReason === 'test runner'
    ? `inside a test run (${detectTestRunner(env) ?? 'test runner'}) nothing is sent; set DISCORD_PAGER_ENABLED=true to send all the same`
    : `the pager is ${config.disabledReason ?? 'off'}; set DISCORD_PAGER_ENABLED=true`;
}

function undeliveredReason(
  order: PageOrder,
  counters: Pick<PagerCounters, 'suppressed' | 'queued' | 'dropped'>,
  transport: NotedTransport,
  warnings: readonly string[],
): string {
  const warned = warnings.at(-1);
  if ((counters.dropped.redaction_processor ?? 0) > 0) return 'a redaction processor dropped it';
  if (counters.queued === 0) {
    return warned ?? (counters.suppressed > 0 ? 'no configured channel takes it' : 'the page could not be processed');
  }
  const fault = transport.lastFault;
  const waited = order.hurry?.aborted ? 'until we were told to end' : `within ${formatDurationMs(order.timeoutMs)}`;
  if (fault === 'HTTP 429') {
    return `Discord limits the rate, and asked to wait longer than ${formatDurationMs(order.timeoutMs)}`;
  }
  if (warned !== undefined) return warned;
  return `Discord did not accept it ${waited}${fault === undefined ? '' : ` (${fault})`}`;
}
