import { PRIORITIES, type Priority } from '../priority.ts';
import { classOf, type Notice, type NoticeClass } from './notice.ts';

/** The most notices that wait for one webhook. */
export const MAX_WAITING = 2_000;
/** A notice that could not be shown for a day is news no longer. */
export const MAX_AGE_MS = 86_400_000;

/**
 * What waits for one webhook, the most urgent first and in order of arrival within a priority. An incident waits at most once:
 * a second notice of it takes the place of the first.
 *
 * Bounded: when full, the least urgent notice goes, the newest of its priority first; that may be the one just pushed.
 */
export class Outbox {
  readonly #queues: Readonly<Record<Priority, Notice[]>> = { P0: [], P1: [], P2: [], P3: [], DEV: [] };
  readonly #byIncident = new Map<string, Notice>();
  readonly #maxWaiting: number;

  constructor(maxWaiting: number = MAX_WAITING) {
    this.#maxWaiting = maxWaiting;
  }

  get size(): number {
    return this.#byIncident.size;
  }

  /** The class of what goes next. */
  get head(): NoticeClass | undefined {
    for (const priority of PRIORITIES) if (this.#queues[priority].length > 0) return classOf(priority);
    return undefined;
  }

  /** How many of a class wait. */
  countOf(wanted: NoticeClass): number {
    return PRIORITIES.reduce(
      (sum, priority) => sum + (classOf(priority) === wanted ? this.#queues[priority].length : 0),
      0,
    );
  }

  /** Adds a notice; answers the one that had to go for it, if any. */
  push(notice: Notice): Notice | undefined {
    const waiting = this.#byIncident.get(notice.incident.id);
    if (waiting !== undefined) this.#remove(waiting);
    this.#queues[notice.priority].push(notice);
    this.#byIncident.set(notice.incident.id, notice);
    return this.#byIncident.size > this.#maxWaiting ? this.#evict() : undefined;
  }

  /** The incident is told of elsewhere. */
  withdraw(incidentId: string): void {
    const waiting = this.#byIncident.get(incidentId);
    if (waiting !== undefined) this.#remove(waiting);
  }

  /** Puts notices that could not be sent back to where they stood; what a newer notice has replaced stays away. */
  putBack(notices: readonly Notice[]): void {
    for (const notice of [...notices].reverse()) {
      if (this.#byIncident.has(notice.incident.id)) continue;
      this.#queues[notice.priority].unshift(notice);
      this.#byIncident.set(notice.incident.id, notice);
    }
  }

  /** Takes up to `max` notices of the class at the head; all in the form of the first. */
  take(max: number): Notice[] {
    const taken: Notice[] = [];
    const head = this.head;
    for (const priority of PRIORITIES) {
      if (classOf(priority) !== head) continue;
      const queue = this.#queues[priority];
      while (taken.length < max && queue[0] !== undefined && (taken[0]?.form ?? queue[0].form) === queue[0].form) {
        const notice = queue.shift() as Notice;
        this.#byIncident.delete(notice.incident.id);
        taken.push(notice);
      }
    }
    return taken;
  }

  /** Takes all of the class at the head but the first `kept`, whatever their form: they are told as a list. */
  takeBeyond(kept: number): Notice[] {
    const taken: Notice[] = [];
    const head = this.head;
    let left = kept;
    for (const priority of PRIORITIES) {
      if (classOf(priority) !== head) continue;
      const queue = this.#queues[priority];
      const stay = Math.min(left, queue.length);
      left -= stay;
      taken.push(...queue.splice(stay));
    }
    for (const { incident } of taken) this.#byIncident.delete(incident.id);
    return taken;
  }

  /** Puts a list that could not be sent back, behind what was left. */
  putBackLast(notices: readonly Notice[]): void {
    for (const notice of notices) {
      if (this.#byIncident.has(notice.incident.id)) continue;
      this.#queues[notice.priority].push(notice);
      this.#byIncident.set(notice.incident.id, notice);
    }
  }

  /** Everything that waits, the most urgent first; the outbox is empty afterwards. */
  takeAll(): Notice[] {
    const all = PRIORITIES.flatMap((priority) => this.#queues[priority].splice(0));
    this.#byIncident.clear();
    return all;
  }

  #evict(): Notice | undefined {
    for (const priority of [...PRIORITIES].reverse()) {
      const notice = this.#queues[priority].pop();
      if (notice === undefined) continue;
      this.#byIncident.delete(notice.incident.id);
      return notice;
    }
    return undefined;
  }

  #remove(notice: Notice): void {
    const queue = this.#queues[notice.priority];
    const index = queue.indexOf(notice);
    if (index >= 0) queue.splice(index, 1);
    this.#byIncident.delete(notice.incident.id);
  }
}
