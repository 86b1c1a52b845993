import type { Incident } from '../pipeline/incident.ts';
import type { Notice } from './notice.ts';

/** What was last given to be shown of each incident: with several webhooks something older may still be under way. */
export class NewestNotices {
  readonly #newest = new WeakMap<Incident, Notice>();
  readonly #accepted = new WeakSet<Notice>();

  given(notice: Notice): void {
    this.#newest.set(notice.incident, notice);
  }

  has(notice: Notice): boolean {
    return this.#newest.get(notice.incident) === notice;
  }

  /** A message of it was accepted; true when one of something newer was accepted before. */
  isOvertaken(notice: Notice): boolean {
    this.#accepted.add(notice);
    const newest = this.#newest.get(notice.incident);
    return newest !== undefined && newest !== notice && this.#accepted.has(newest);
  }
}
