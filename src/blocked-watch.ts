import { AT_REST } from './capture/beat.ts';
import type { Clock } from './clock.ts';

/** Beats and looks: four of them in the time that counts as blocked, within what costs nothing and what is still precise. */
const MIN_BEAT_MS = 250;
const MAX_BEAT_MS = 1_000;
/** While a loop is blocked it is looked at so often: the page should turn green when it is over. */
const BLOCKED_LOOK_MS = MIN_BEAT_MS;
/** A look that comes after more than so many times what was asked for was late because of us, or because everything stood still. */
const LATE = 2;

/** What the watch looks at, and whom it tells. */
export interface BlockedWatchDeps {
  readonly clock: Clock;
  /** The word of a `Beat`. */
  readonly beats: SharedArrayBuffer;
  readonly blockedAfterMs: number;
  /** When the watching thread started: until the first beat, what the start of the application takes counts from here. */
  readonly startedMs: number;
  /** How often {@link stillBlocked} is called. */
  readonly stillEveryMs: number;
  blocked(sinceMs: number): void;
  stillBlocked(sinceMs: number): void;
  unblocked(): void;
}

/** A watch that runs until it is stopped. */
export interface BlockedWatch {
  /** Looks no more. A block that lasts is over by that: the thread has come to say so. */
  stop(): void;
}

/** How often the thread that is watched has to beat. */
export function beatEveryMs(blockedAfterMs: number): number {
  return Math.min(MAX_BEAT_MS, Math.max(MIN_BEAT_MS, Math.floor(blockedAfterMs / 4)));
}

/**
 * Watches from another thread whether an event loop turns. The last beat may have come just before the loop was blocked or a whole
 * beat earlier, so a beat more than the time is waited for: what is told as blocked was blocked for all of that time.
 *
 * When the process or the machine stood still (SIGSTOP, a suspended laptop, a paused VM, a clock that was set), our own look is late
 * too. Then nothing is known of the time in between, and it begins anew.
 */
export function watchBlocked(deps: BlockedWatchDeps): BlockedWatch {
  const { clock, blockedAfterMs } = deps;
  const word = new Int32Array(deps.beats);
  const everyMs = beatEveryMs(blockedAfterMs);
  const stopped = new AbortController();
  let beats = Atomics.load(word, 0);
  let sinceMs = deps.startedMs;
  let lookedMs = clock.now();
  let isBlocked = false;
  let saidMs = 0;

  function look(): void {
    const nowMs = clock.now();
    const tookMs = nowMs - lookedMs;
    lookedMs = nowMs;
    const before = beats;
    beats = Atomics.load(word, 0);
    if (beats !== before || beats === AT_REST) {
      sinceMs = nowMs;
      if (isBlocked) deps.unblocked();
      isBlocked = false;
    } else if (isBlocked) {
      if (Math.abs(nowMs - saidMs) < deps.stillEveryMs) return;
      saidMs = nowMs;
      deps.stillBlocked(sinceMs);
    } else if (tookMs < 0 || tookMs > LATE * everyMs) {
      sinceMs = nowMs;
    } else if (nowMs - sinceMs >= blockedAfterMs + everyMs) {
      isBlocked = true;
      saidMs = nowMs;
      deps.blocked(sinceMs);
    }
  }

  void (async () => {
    while (!stopped.signal.aborted) {
      await clock.sleep(isBlocked ? BLOCKED_LOOK_MS : everyMs, stopped.signal);
      if (!stopped.signal.aborted) look();
    }
  })();

  return {
    stop() {
      stopped.abort();
      if (isBlocked) deps.unblocked();
      isBlocked = false;
    },
  };
}
