import type { Incident } from './incident.ts';
import type { IncidentTable } from './incident-table.ts';
import { RecentMap } from './recent-map.ts';

/** What had to be forgotten because there was too much. */
export interface Evicted {
  readonly incidents: number;
  /** Occurrences they had counted. */
  readonly occurrences: number;
}

/**
 * In which order incidents are forgotten when there are too many: the one closed longest ago, then the one heard of longest ago
 * that has been shown, and only then one that waits to be shown. Keeps when this process last heard of each: an alert's own times
 * say when it happened, which may be long before we were told.
 */
export class IncidentOrder {
  readonly #table: IncidentTable;
  readonly #maxIncidents: number;
  readonly #heard: RecentMap<string, number>;
  readonly #closed: RecentMap<string, number>;
  #evictedIncidents = 0;
  #evictedOccurrences = 0;

  constructor(table: IncidentTable, maxIncidents: number) {
    this.#table = table;
    this.#maxIncidents = maxIncidents;
    this.#heard = new RecentMap(maxIncidents);
    this.#closed = new RecentMap(maxIncidents);
    for (const incident of byTime(table.values())) this.takenOver(incident);
  }

  get evicted(): Evicted {
    return { incidents: this.#evictedIncidents, occurrences: this.#evictedOccurrences };
  }

  get closedCount(): number {
    return this.#closed.size;
  }

  /** It was there before this process, or came from another one: nothing was heard of it yet. */
  takenOver({ fingerprint, state }: Incident): void {
    if (state === 'firing') this.#heard.set(fingerprint, Number.NEGATIVE_INFINITY);
    else this.#closed.set(fingerprint, Number.NaN);
  }

  heard(fingerprint: string, nowMs: number): void {
    this.#heard.set(fingerprint, nowMs);
  }

  heardAt(fingerprint: string): number | undefined {
    return this.#heard.get(fingerprint);
  }

  /** @param resolvedMs when it was resolved, as the resolve says. */
  resolved(fingerprint: string, resolvedMs: number): void {
    this.#closed.set(fingerprint, resolvedMs);
  }

  /** NaN where it became quiet, or was closed in an earlier run. */
  resolvedAt(fingerprint: string): number {
    return this.#closed.get(fingerprint) ?? Number.NaN;
  }

  /** Its state may have changed. */
  noted(incident: Incident): void {
    if (incident.state === 'firing') this.#closed.delete(incident.fingerprint);
    else if (this.#closed.get(incident.fingerprint) === undefined) this.#closed.set(incident.fingerprint, Number.NaN);
  }

  forgotten(fingerprint: string): void {
    this.#heard.delete(fingerprint);
    this.#closed.delete(fingerprint);
  }

  /** The clock was set by so much: what was heard before was heard so much earlier or later. */
  shift(byMs: number): void {
    for (const fingerprint of [...this.#heard.keys()]) {
      this.#heard.set(fingerprint, (this.#heard.get(fingerprint) ?? 0) + byMs);
    }
  }

  /** Makes room for one more. */
  evictFor(newcomer: string): void {
    while (this.#table.size >= this.#maxIncidents) {
      const fingerprint = this.#closed.oldestKey() ?? this.#oldestShown() ?? this.#heard.oldestKey() ?? this.#any();
      if (fingerprint === undefined || fingerprint === newcomer) return;
      const count = this.#table.get(fingerprint)?.count ?? 0;
      const wasListed = this.#closed.get(fingerprint) !== undefined || this.#heard.get(fingerprint) !== undefined;
      this.forgotten(fingerprint);
      if (this.#table.delete(fingerprint)) {
        this.#evictedIncidents++;
        this.#evictedOccurrences += count;
      } else if (!wasListed) {
        return;
      }
    }
  }

  /** Looks at the oldest few only: in an outage everything waits, and then the oldest of all goes. */
  #oldestShown(): string | undefined {
    let looked = 0;
    for (const fingerprint of this.#heard.keys()) {
      if (++looked > MAX_LOOKED) return undefined;
      if (this.#table.get(fingerprint)?.pendingSinceMs === undefined) return fingerprint;
    }
    return undefined;
  }

  #any(): string | undefined {
    for (const incident of this.#table.values()) return incident.fingerprint;
    return undefined;
  }
}

const MAX_LOOKED = 64;

/** The one closed, or last seen while firing, longest ago first. */
function byTime(incidents: Iterable<Incident>): Incident[] {
  const timeOf = ({ state, closedAtMs, lastSeenMs }: Incident): number =>
    state === 'firing' ? lastSeenMs : (closedAtMs ?? lastSeenMs);
  return [...incidents].sort((a, b) => timeOf(a) - timeOf(b));
}
