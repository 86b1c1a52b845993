import type { Incident } from './incident.ts';

/**
 * The incidents this process works on, one per fingerprint. Synchronous, because the decision about an alert is; what outlives the
 * process is the business of the {@link ./incident-store.ts | incident store}.
 *
 * What `get` and `values` give may be a copy: a change counts once it was `put`. The table does not bound itself; the incident
 * stage does.
 */
export interface IncidentTable {
  get(fingerprint: string): Incident | undefined;
  /** Adds the incident, or replaces the one of the same fingerprint. */
  put(incident: Incident): void;
  /** False when there was none. */
  delete(fingerprint: string): boolean;
  /** Every incident once, in no particular order. Deleting while it runs is allowed. */
  values(): Iterable<Incident>;
  readonly size: number;
}

/** Hears of every change of a table, after it was made. */
export interface IncidentTableListener {
  put(incident: Incident): void;
  deleted(incident: Incident): void;
}

/** A table in memory. `get` gives the very object that was put. */
export function createIncidentTable(listener?: IncidentTableListener): IncidentTable {
  const incidents = new Map<string, Incident>();
  return {
    get: (fingerprint) => incidents.get(fingerprint),
    put(incident) {
      incidents.set(incident.fingerprint, incident);
      listener?.put(incident);
    },
    delete(fingerprint) {
      const incident = incidents.get(fingerprint);
      if (incident === undefined) return false;
      incidents.delete(fingerprint);
      listener?.deleted(incident);
      return true;
    },
    values: () => incidents.values(),
    get size() {
      return incidents.size;
    },
  };
}
