import type { Alert, RedactedAlert } from '../../src/alert.ts';
import type { Incident } from '../../src/pipeline/incident.ts';

let next = 0;

/** An alert as a capture makes it. */
export function makeAlert(given: Partial<Alert> = {}): Alert {
  next++;
  return {
    id: `alert-${next}`,
    timestampMs: 1_700_000_000_000,
    source: 'api',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: 'something broke',
    origin: { service: 'shop' },
    attributes: {},
    repeatKey: next,
    count: 1,
    ...given,
  };
}

/** An alert that a test declares free of secrets. */
export function makeRedacted(given: Partial<Alert> = {}): RedactedAlert {
  return makeAlert(given) as RedactedAlert;
}

export function makeIncident(given: Partial<Incident> = {}): Incident {
  next++;
  const alert = given.alert ?? makeRedacted(given.priority === undefined ? {} : { priority: given.priority });
  return {
    id: `INC${String(next).padStart(5, '0')}`,
    fingerprint: `fingerprint-${next}`,
    state: 'firing',
    priority: alert.priority,
    channel: 'default',
    firstSeenMs: alert.timestampMs,
    lastSeenMs: alert.timestampMs,
    count: 1,
    reason: 'first',
    alert,
    ...given,
  };
}
