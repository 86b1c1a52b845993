import type { Alert, AlertAction } from './alert.ts';
import { type BlockedWatch, beatEveryMs, watchBlocked } from './blocked-watch.ts';
import { readPage } from './capture/map-page.ts';
import type { PagerStart } from './capture/protocol.ts';
import type { Clock } from './clock.ts';
import type { ResolvedConfig } from './config/resolved-config.ts';
import { formatDuration, isoTime } from './render/wording.ts';

/** By this name a route finds it. */
const EVENT = 'event_loop.blocked';
/** No hash of the application's thread is negative: what it repeats is never taken for this. */
const REPEAT_KEY = -1;
/** While it lasts it is told again so often, uncounted: so that it does not become quiet, and pings again when that is due. */
const STILL_EVERY_MS = 60_000;

const MESSAGE =
  'The event loop of the application stands still: while this lasts no request is answered and no timer fires. ' +
  'Most often it is a long synchronous loop, JSON.parse of something huge, a regular expression that backtracks without end, ' +
  'or a synchronous file or child_process call. This message turns green when the loop turns again.';

/** What pages of a blocked loop need besides the configuration. */
export interface BlockedPageDeps {
  readonly clock: Clock;
  readonly start: Pick<PagerStart, 'beats'>;
  readonly startedMs: number;
  readonly accept: (alert: Alert) => void;
}

/** A watch, and how often the application's thread has to beat for it. */
export interface BlockedPager extends BlockedWatch {
  readonly beatEveryMs: number;
}

/**
 * Pages when the event loop of the application is blocked, while it is, and resolves when it is over. Undefined where it is off, or
 * where there is nothing to look at: the pager shares the thread, or a debugger may hold it.
 */
export function pageWhileBlocked(config: ResolvedConfig, deps: BlockedPageDeps): BlockedPager | undefined {
  const { clock, accept, startedMs } = deps;
  const { blockedAfterMs, resolveAfterMs = STILL_EVERY_MS } = config;
  const { beats } = deps.start;
  if (beats === undefined || blockedAfterMs === undefined) return undefined;
  let lastId = 0;

  function tell(action: AlertAction, count: number, sinceMs: number, atMs: number): void {
    const page = {
      title: `Event loop blocked for ${formatDuration(blockedAfterMs ?? 0)}`,
      message: MESSAGE,
      action,
      timestamp: atMs,
      dedupKey: dedupKeyOf(config),
      fields: { 'Process id': process.pid, 'Blocked since': isoTime(sinceMs) },
    };
    const alert = readPage(page, { nowMs: clock.now() }).toAlert({ repeatKey: REPEAT_KEY, count });
    lastId += 1;
    accept({
      ...alert,
      // The application's thread counts the ids of its own alerts, and settles them by these.
      id: `blocked-${lastId}`,
      // Nobody has asked for this very page: the threshold holds.
      explicit: false,
      origin: { ...alert.origin, event: EVENT },
    });
  }

  const watch = watchBlocked({
    clock,
    beats,
    blockedAfterMs,
    startedMs,
    stillEveryMs: Math.min(STILL_EVERY_MS, resolveAfterMs / 4),
    blocked: (sinceMs) => tell('trigger', 1, sinceMs, sinceMs),
    stillBlocked: (sinceMs) => tell('trigger', 0, sinceMs, clock.now()),
    unblocked: () => tell('resolve', 1, clock.now(), clock.now()),
  });
  return { beatEveryMs: beatEveryMs(blockedAfterMs), stop: () => watch.stop() };
}

/** The same after a restart: a process has another id by then. Where the service has no name, its directory stands for it. */
function dedupKeyOf({ service }: ResolvedConfig): string {
  return `blocked:${service.name ?? process.cwd()}:${service.instance ?? ''}`;
}
