import type { Alert } from '../alert.ts';
import type { Clock } from '../clock.ts';
import type { DropReason } from '../delivery/send-result.ts';
import type { ConfigProblem } from '../errors.ts';
import type { Beat } from './beat.ts';
import type { CaptureFilter, CaptureTarget, FlushResult, ObserveVerdict, Occurrence } from './capture-target.ts';
import type { DeathWatch, DeathWitness } from './death-watch.ts';
import type { PageInput } from './map-page.ts';
import { readPage } from './map-page.ts';
import { type OtelApi, OtelSelfReport } from './otel-self-report.ts';
import type { Pager, PagerStats } from './pager-handle.ts';
import type { FromPager, PagerCounters, PagerPort, PortEvents } from './protocol.ts';
import { createRepeatCounter, type RepeatCounter } from './repeat-counter.ts';
import { captureSighting } from './sighting.ts';
import { SupervisedPort } from './supervised-port.ts';
import type { DiagLogger, WarningPrinter } from './warning-printer.ts';

/** Counts of repeats wait at most this long before they travel. */
const REPEATS_INTERVAL_MS = 200;
/** How much longer than the pager the host waits for a flush: the pager's answer has to come back. */
const FLUSH_GRACE_MS = 250;

const MAX_UNTOLD_WARNINGS = 20;

const NO_COUNTERS: PagerCounters = { posted: 0, edited: 0, suppressed: 0, dropped: {}, queued: 0 };

/** The losses that happen on this side of the port. */
type LossHere = Extract<DropReason, 'pager_crashed' | 'queue_full' | 'shutdown'>;

/** What a host pager needs of the world. */
export interface HostPagerDeps {
  readonly clock: Clock;
  /** Seeds the hash of repeats; different in every process. */
  readonly seed: number;
  readonly filter: CaptureFilter;
  readonly exitTimeoutMs: number;
  readonly startPort: (events: PortEvents) => PagerPort;
  readonly printer: (diag: DiagLogger) => WarningPrinter;
  readonly deathWatch: DeathWatch | undefined;
  /** Shows the pager thread that this one is not blocked; undefined where that is not watched. */
  readonly beat?: Beat | undefined;
  readonly loadOtelApi: () => Promise<OtelApi | undefined>;
  readonly packageVersion: string;
}

/**
 * The pager as the application sees it: captures, recognises repeats, hands over. It does no work that takes time, holds no
 * process open, and throws nothing; everything else happens behind the port.
 *
 * States: running → off (the configuration is invalid, or the pager thread died too often) and running → shut down. Both ends
 * are final: what is captured afterwards is counted as dropped, or not captured at all.
 */
export class HostPager implements Pager, CaptureTarget, DeathWitness {
  /** Behind a getter: routes are the operator's own words, and whoever prints a pager need not have them in a log. */
  #filter: CaptureFilter;
  readonly #deps: HostPagerDeps;
  readonly #port: SupervisedPort;
  readonly #repeats: RepeatCounter;
  readonly #printer: WarningPrinter;
  readonly #flushes = new Map<number, (result: FlushResult) => void>();
  #exitTimeoutMs: number;
  #problems: readonly ConfigProblem[] = [];
  #counters: PagerCounters = NO_COUNTERS;
  /** What threads that have ended had counted. */
  #countersBefore: PagerCounters = NO_COUNTERS;
  #received = 0;
  #lostHere: Record<LossHere, number> = { pager_crashed: 0, queue_full: 0, shutdown: 0 };
  #nextId = 0;
  #sendingRepeats = false;
  #finishing = false;
  #shutdown: Promise<void> | undefined;
  #otelApi: OtelApi | undefined;
  readonly #untoldDiag: string[] = [];
  #selfReport: OtelSelfReport | undefined;

  constructor(deps: HostPagerDeps) {
    this.#deps = deps;
    this.#filter = deps.filter;
    this.#exitTimeoutMs = deps.exitTimeoutMs;
    this.#printer = deps.printer({ warn: (line) => this.#tellDiag(line) });
    this.#repeats = createRepeatCounter({
      now: () => deps.clock.now(),
      seed: deps.seed,
      onFlush: (repeats) => this.#port.repeats(repeats),
    });
    this.#port = new SupervisedPort(
      (died, message) => deps.startPort({ died, message }),
      {
        message: (message) => this.#handle(message),
        restarted: (reason, lost) => {
          this.#repeats.clear();
          this.#countersBefore = sumOf(this.#countersBefore, this.#counters);
          this.#counters = NO_COUNTERS;
          this.#lostHere.pager_crashed += lost;
          this.#warn(
            'pager_restarted',
            `the pager thread ended (${reason}) and was started again; ${lost} alerts were lost`,
          );
        },
        gaveUp: (reason, lost) => {
          this.#turnOff();
          this.#lostHere.pager_crashed += lost;
          this.#warn(
            'pager_off',
            `the pager thread ended too often (${reason}) and stays off; ${lost} alerts were lost`,
          );
          for (const done of this.#flushes.values()) done({ delivered: 0, spooled: 0, dropped: lost });
        },
      },
      () => deps.clock.now(),
    );
    deps.deathWatch?.add(this);
  }

  get filter(): CaptureFilter {
    return this.#filter;
  }

  page(input: PageInput): void {
    try {
      if (!this.filter.enabled || this.#isClosed()) return;
      const spanContext = this.#otelApi?.trace?.getActiveSpan()?.spanContext();
      captureSighting(this, readPage(input, { nowMs: this.#deps.clock.now(), spanContext }));
    } catch {
      this.#warn('page_failed', 'a call of page() could not be captured');
    }
  }

  resolve(dedupKey: string): void {
    this.page({ dedupKey, action: 'resolve' });
  }

  observe(occurrence: Occurrence): ObserveVerdict {
    const verdict = this.#repeats.observe(occurrence);
    if (verdict.kind !== 'same') this.#received++;
    if (verdict.kind === 'counted') this.#sendRepeatsSoon();
    return verdict;
  }

  hasPagedTrace(traceId: string): boolean {
    return this.#repeats.hasPagedTrace(traceId);
  }

  capture(alert: Alert): void {
    if (this.#isClosed()) return;
    // What was counted before a resolve belongs to the incident it closes.
    if (alert.action === 'resolve') this.#sendRepeats();
    if (!this.#port.alert(alert)) this.#lostHere.queue_full++;
  }

  flush(options?: { readonly timeoutMs?: number }): Promise<FlushResult> {
    return this.#ask('flush', validTimeout(options?.timeoutMs) ?? this.#exitTimeoutMs);
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#shutDown();
    return this.#shutdown;
  }

  stats(): PagerStats {
    this.#port.pump();
    const { posted, edited, suppressed, dropped: droppedThere, queued } = sumOf(this.#countersBefore, this.#counters);
    const dropped = { ...droppedThere };
    for (const [reason, count] of Object.entries(this.#lostHere) as [LossHere, number][]) {
      if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
    }
    return { received: this.#received, posted, edited, suppressed, dropped, queued, configProblems: this.#problems };
  }

  crashed(error: unknown, fatal: boolean): void {
    try {
      if (!this.filter.enabled || this.#isClosed()) return;
      const input: PageInput = { error, priority: fatal ? 'P0' : 'P1' };
      captureSighting(this, readPage(input, { nowMs: this.#deps.clock.now(), source: 'crash' }));
    } catch {
      // The process has trouble enough.
    }
  }

  dying(): void {
    try {
      this.#deps.beat?.end();
      if (this.#shutdown !== undefined) return;
      this.#sendRepeats();
      this.#port.pump();
      if (this.#port.isRunning && !this.#port.isIdle) this.#port.drainBlocking(this.#exitTimeoutMs);
    } catch {
      // The process has trouble enough.
    }
  }

  finishing(): void {
    // With a thread of its own nothing has to be done: `exit` follows and can wait. Without, this is the last chance.
    // Once: the loop runs dry again after every flush.
    if (this.#finishing || this.#port.canBlock || this.#port.isIdle || this.#shutdown !== undefined) return;
    this.#finishing = true;
    void this.flush();
  }

  async #shutDown(): Promise<void> {
    this.#deps.beat?.end();
    await this.#ask('shutdown', this.#exitTimeoutMs);
    this.#deps.deathWatch?.remove(this);
    await this.#port.end();
  }

  #ask(kind: 'flush' | 'shutdown', timeoutMs: number): Promise<FlushResult> {
    if (!this.#port.isRunning) return Promise.resolve({ delivered: 0, spooled: 0, dropped: 0 });
    this.#sendRepeats();
    const id = ++this.#nextId;
    return new Promise((resolve) => {
      // Held on purpose: whoever waits for a flush wants the process to live that long.
      const timer = setTimeout(() => done({ delivered: 0, spooled: 0, dropped: 0 }), timeoutMs + FLUSH_GRACE_MS);
      const done = (result: FlushResult): void => {
        clearTimeout(timer);
        this.#flushes.delete(id);
        resolve(result);
      };
      this.#flushes.set(id, done);
      this.#port.ask({ kind, id, timeoutMs });
    });
  }

  #handle(message: FromPager): void {
    switch (message.kind) {
      case 'ready':
        this.#filter = message.filter;
        this.#problems = message.problems;
        this.#exitTimeoutMs = message.exitTimeoutMs;
        if (message.beatEveryMs !== undefined) this.#deps.beat?.start(message.beatEveryMs);
        if (message.filter.enabled || message.problems.length > 0) void this.#loadOtelApi();
        break;
      case 'counters':
        this.#counters = message.counters;
        this.#selfReport?.report(message.latenciesMs);
        break;
      case 'forget':
        if (message.isDropped) this.#sendRepeats();
        this.#repeats.forget(message.repeatKeys);
        break;
      case 'flushed':
        this.#flushes.get(message.id)?.(message.result);
        break;
      case 'warning':
        this.#warn(message.code, message.text);
        break;
    }
  }

  async #loadOtelApi(): Promise<void> {
    try {
      const api = await this.#deps.loadOtelApi();
      if (api === undefined || this.#otelApi !== undefined) return;
      this.#otelApi = api;
      for (const line of this.#untoldDiag.splice(0)) api.diag.warn(line);
      this.#selfReport = new OtelSelfReport(api, this.#deps.packageVersion, () => ({
        ...this.#counters,
        received: this.#received,
      }));
    } catch {
      // Without the API there are no metrics; `stats()` has the same numbers.
    }
  }

  /** The first warnings come before the API is loaded. */
  #tellDiag(line: string): void {
    if (this.#otelApi !== undefined) this.#otelApi.diag.warn(line);
    else if (this.#untoldDiag.length < MAX_UNTOLD_WARNINGS) this.#untoldDiag.push(line);
  }

  #sendRepeatsSoon(): void {
    if (this.#sendingRepeats) return;
    this.#sendingRepeats = true;
    void this.#deps.clock.sleep(REPEATS_INTERVAL_MS).then(() => {
      this.#sendingRepeats = false;
      this.#sendRepeats();
    });
  }

  #sendRepeats(): void {
    this.#port.repeats(this.#repeats.drain());
  }

  #isClosed(): boolean {
    if (this.#shutdown === undefined) return false;
    this.#lostHere.shutdown++;
    return true;
  }

  #turnOff(): void {
    this.#deps.beat?.end();
    this.#filter = { enabled: false, minPriority: 'P0', events: [], routes: [] };
  }

  #warn(code: string, text: string): void {
    this.#printer.warn(code, text);
  }
}

function sumOf(before: PagerCounters, now: PagerCounters): PagerCounters {
  const dropped = { ...before.dropped };
  for (const [reason, count] of Object.entries(now.dropped) as [DropReason, number][]) {
    dropped[reason] = (dropped[reason] ?? 0) + count;
  }
  return {
    posted: before.posted + now.posted,
    edited: before.edited + now.edited,
    suppressed: before.suppressed + now.suppressed,
    dropped,
    queued: now.queued,
  };
}

function validTimeout(timeoutMs: number | undefined): number | undefined {
  return typeof timeoutMs === 'number' && timeoutMs >= 0 && timeoutMs <= 2_147_000_000 ? timeoutMs : undefined;
}
