import type { Alert, RepeatCount } from '../alert.ts';
import { alertChars } from '../alert-size.ts';
import { isAtLeast } from '../priority.ts';
import type { FromPager, PagerPort, ToPager } from './protocol.ts';

/** Restarts of the pager thread within the window below; one more and it stays off. */
export const MAX_RESTARTS = 3;
export const RESTART_WINDOW_MS = 600_000;
/** Alerts that are handed over again after a crash, and their text; beyond either the oldest are not. */
export const MAX_UNSETTLED = 1_000;
export const MAX_UNSETTLED_CHARS = 4_000_000;
/**
 * Messages, and their text, that may be on their way to the pager thread. Beyond either only P0 and P1 are handed over, beyond
 * twice that nothing: an application that fails faster than the pager can look must not pay for it with its memory.
 */
export const MAX_UNDER_WAY = 20_000;
export const MAX_UNDER_WAY_CHARS = 32_000_000;

/** What the supervisor tells the host pager. */
export interface SupervisorEvents {
  message(message: FromPager): void;
  /** The thread died and is running again; its memory is gone. `lost`: alerts that were not handed over again. */
  restarted(reason: string, lost: number): void;
  /** It died too often and stays off. */
  gaveUp(reason: string, lost: number): void;
}

interface Unsettled {
  readonly alert: Alert;
  readonly chars: number;
  /** How often a thread died while it had this alert: one that kills its pager is not tried a third time. */
  deaths: number;
}

/**
 * Keeps a pager thread running: after a crash it starts another, at most {@link MAX_RESTARTS} times in
 * {@link RESTART_WINDOW_MS}, and hands it what the dead one had not settled. A page may then be shown twice, but is not lost.
 */
export class SupervisedPort {
  readonly #start: (died: (reason: string) => void, message: (message: FromPager) => void) => PagerPort;
  readonly #events: SupervisorEvents;
  readonly #now: () => number;
  readonly #unsettled = new Map<string, Unsettled>();
  readonly #flushes = new Map<number, ToPager>();
  /** What was handed over and not taken up yet: sequence number → characters. */
  readonly #underWay = new Map<number, number>();
  #underWayChars = 0;
  #unsettledChars = 0;
  /** Alerts that are with the pager and will not be handed over again. */
  #unprotected = 0;
  #restarts: number[] = [];
  #port: PagerPort | undefined;
  #seq = 0;
  #idleSeq = 0;

  constructor(
    start: (died: (reason: string) => void, message: (message: FromPager) => void) => PagerPort,
    events: SupervisorEvents,
    now: () => number,
  ) {
    this.#start = start;
    this.#events = events;
    this.#now = now;
    this.#port = this.#begin();
  }

  get isRunning(): boolean {
    return this.#port !== undefined;
  }

  /** True when a dying thread can wait for it. */
  get canBlock(): boolean {
    return this.#port?.canBlock ?? false;
  }

  /** True when everything handed over so far was delivered or decided. */
  get isIdle(): boolean {
    return this.#idleSeq >= this.#seq;
  }

  /** False when too much is under way already: the alert was not handed over. */
  alert(alert: Alert): boolean {
    const chars = alertChars(alert);
    const load = Math.max(this.#underWay.size / MAX_UNDER_WAY, (this.#underWayChars + chars) / MAX_UNDER_WAY_CHARS);
    if (load > (isAtLeast(alert.priority, 'P1') ? 2 : 1)) return false;
    this.#keep({ alert, chars, deaths: 0 });
    this.#postAlert(alert, chars);
    return true;
  }

  repeats(repeats: readonly RepeatCount[]): void {
    if (repeats.length > 0) this.#port?.post({ kind: 'repeats', seq: ++this.#seq, repeats });
  }

  ask(message: Extract<ToPager, { kind: 'flush' | 'shutdown' }>): void {
    this.#flushes.set(message.id, message);
    this.#port?.post(message);
  }

  pump(): void {
    this.#port?.pump();
  }

  drainBlocking(timeoutMs: number): boolean {
    const drained = this.#port?.drainBlocking(timeoutMs) ?? false;
    this.#port?.pump();
    return drained;
  }

  async end(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    await port?.end();
  }

  #postAlert(alert: Alert, chars: number): void {
    const seq = ++this.#seq;
    this.#underWay.set(seq, chars);
    this.#underWayChars += chars;
    this.#port?.post({ kind: 'alert', seq, alert });
  }

  #takenUp(upTo: number): void {
    for (const [seq, chars] of this.#underWay) {
      if (seq > upTo) break;
      this.#underWay.delete(seq);
      this.#underWayChars -= chars;
    }
  }

  #keep(unsettled: Unsettled): void {
    this.#unsettled.set(unsettled.alert.id, unsettled);
    this.#unsettledChars += unsettled.chars;
    for (const id of this.#unsettled.keys()) {
      if (this.#unsettled.size <= MAX_UNSETTLED && this.#unsettledChars <= MAX_UNSETTLED_CHARS) break;
      this.#letGo(id);
      this.#unprotected++;
    }
  }

  #settled(id: string): void {
    if (!this.#letGo(id) && this.#unprotected > 0) this.#unprotected--;
  }

  /** False when it was not kept. */
  #letGo(id: string): boolean {
    const unsettled = this.#unsettled.get(id);
    if (unsettled === undefined) return false;
    this.#unsettled.delete(id);
    this.#unsettledChars -= unsettled.chars;
    return true;
  }

  #begin(): PagerPort {
    let mine: PagerPort | undefined;
    const port = this.#start(
      (reason) => {
        if (this.#port === mine) this.#died(reason);
      },
      (message) => this.#received(message),
    );
    mine = port;
    return port;
  }

  #received(message: FromPager): void {
    if (message.kind === 'settled') for (const id of message.ids) this.#settled(id);
    else if (message.kind === 'idle') this.#idleSeq = Math.max(this.#idleSeq, message.seq);
    else if (message.kind === 'progress') this.#takenUp(message.seq);
    else {
      if (message.kind === 'flushed') this.#flushes.delete(message.id);
      this.#events.message(message);
    }
  }

  #died(reason: string): void {
    const now = this.#now();
    this.#port = undefined;
    this.#restarts = this.#restarts.filter((at) => now - at < RESTART_WINDOW_MS);
    const waiting = [...this.#unsettled.values()];
    let lost = this.#unprotected;
    this.#unprotected = 0;
    this.#unsettled.clear();
    this.#unsettledChars = 0;
    this.#underWay.clear();
    this.#underWayChars = 0;
    if (this.#restarts.length >= MAX_RESTARTS) {
      this.#events.gaveUp(reason, waiting.length + lost);
      return;
    }
    this.#restarts.push(now);
    try {
      this.#port = this.#begin();
    } catch {
      this.#events.gaveUp(reason, waiting.length + lost);
      return;
    }
    for (const { alert, chars, deaths } of waiting) {
      if (deaths >= 1) {
        lost++;
        continue;
      }
      this.#keep({ alert, chars, deaths: deaths + 1 });
      this.#postAlert(alert, chars);
    }
    for (const flush of this.#flushes.values()) this.#port.post(flush);
    this.#events.restarted(reason, lost);
  }
}
