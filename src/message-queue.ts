import type { ToPager } from './capture/protocol.ts';

/** What waits while the configuration is read. */
const MAX_BUFFERED = 20_000;
/** So long messages are taken up without letting the network speak. */
const SLICE_MS = 8;
/** While the process dies: what is not taken up by the end is lost, what is not sent by then is on disk. */
const LAST_SLICE_MS = 50;

/** Takes messages up, one after the other. */
export interface MessageTaker {
  /** Of a message that waited, `waitedMs` is how long. */
  take(message: ToPager, waitedMs: number): void;
  /** A message that was taken up before its turn has had its turn. */
  passed(seq: number): void;
}

interface Waiting {
  readonly message: ToPager;
  readonly sinceMs: number;
  isTaken: boolean;
}

/**
 * What has come through the pager's door and was not taken up yet: in its order, but a P0 before everything, because behind ten
 * thousand others it would wait for as long as they take. In slices, so that a page goes out while a storm comes in.
 *
 * Until `start` everything waits; beyond {@link MAX_BUFFERED} the oldest goes.
 */
export class MessageQueue {
  readonly #taker: MessageTaker;
  readonly #steadyMs: () => number;
  #waiting: Waiting[] = [];
  #next = 0;
  #urgent: Waiting[] = [];
  #isStarted = false;
  #isScheduled = false;
  #sliceMs = SLICE_MS;

  constructor(taker: MessageTaker, steadyMs: () => number) {
    this.#taker = taker;
    this.#steadyMs = steadyMs;
  }

  push(message: ToPager): void {
    const waiting = { message, sinceMs: this.#steadyMs(), isTaken: false };
    this.#waiting.push(waiting);
    if (isUrgent(message)) this.#urgent.push(waiting);
    if (message.kind === 'drain' || message.kind === 'shutdown') this.#sliceMs = LAST_SLICE_MS;
    if (!this.#isStarted && this.#waiting.length > MAX_BUFFERED) this.#waiting.shift();
    this.#schedule();
  }

  start(): void {
    this.#isStarted = true;
    this.#slice();
  }

  /** Takes everything up at once: for a thread that is about to end. */
  takeAll(): void {
    while (this.#isStarted && this.#next < this.#waiting.length) this.#takeSlice(Number.POSITIVE_INFINITY);
  }

  #schedule(): void {
    if (!this.#isStarted || this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#slice();
    });
  }

  #slice(): void {
    this.#takeSlice(this.#steadyMs() + this.#sliceMs);
    if (this.#next < this.#waiting.length) this.#schedule();
  }

  #takeSlice(untilMs: number): void {
    for (const one of this.#urgent.splice(0)) this.#take(one);
    while (this.#next < this.#waiting.length) {
      const one = this.#waiting[this.#next++] as Waiting;
      if (!one.isTaken) this.#take(one);
      else if ('seq' in one.message) this.#taker.passed(one.message.seq);
      if (this.#steadyMs() >= untilMs) break;
    }
    if (this.#next === this.#waiting.length || this.#next > MAX_BUFFERED) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
  }

  #take(one: Waiting): void {
    one.isTaken = true;
    this.#taker.take(one.message, Math.max(0, this.#steadyMs() - one.sinceMs));
  }
}

function isUrgent(message: ToPager): boolean {
  return message.kind === 'alert' && message.alert.priority === 'P0' && message.alert.action === 'trigger';
}
