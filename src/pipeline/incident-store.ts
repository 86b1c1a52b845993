import type { Incident } from './incident.ts';

/**
 * Where incidents are kept, one per fingerprint. Synchronous, because the decision about an alert is.
 *
 * What `get` and `values` give may be a copy: a change counts once it was `put`. The store does not bound itself; the incident
 * stage does.
 */
export interface IncidentStore {
  get(fingerprint: string): Incident | undefined;
  /** Adds the incident, or replaces the one of the same fingerprint. */
  put(incident: Incident): void;
  /** False when there was none. */
  delete(fingerprint: string): boolean;
  /** Every incident once, in no particular order. Deleting while it runs is allowed. */
  values(): Iterable<Incident>;
  readonly size: number;
}

/** Incidents of this process, gone with it. `get` gives the very object that was put. */
export function createMemoryIncidentStore(): IncidentStore {
  const incidents = new Map<string, Incident>();
  return {
    get: (fingerprint) => incidents.get(fingerprint),
    put(incident) {
      incidents.set(incident.fingerprint, incident);
    },
    delete: (fingerprint) => incidents.delete(fingerprint),
    values: () => incidents.values(),
    get size() {
      return incidents.size;
    },
  };
}
