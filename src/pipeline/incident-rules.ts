import type { RedactedAlert } from '../alert.ts';
import type { Incident, NotifyReason } from './incident.ts';
import { type Affected, withAffected } from './incident.ts';

/**
 * How long after a resolve an occurrence from before it may still arrive without opening the incident again. Twice what the SDK's
 * batch processor holds records back, while a resolve goes past it.
 * https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor
 */
export const STRAGGLER_MS = 10_000;

/** It happened before the resolve, and was only told later. */
export function isStraggler(incident: Incident, resolvedMs: number, happenedMs: number, nowMs: number): boolean {
  if (incident.state !== 'resolved' || incident.closedAtMs === undefined) return false;
  const lateMs = nowMs - incident.closedAtMs;
  return lateMs >= 0 && lateMs <= STRAGGLER_MS && happenedMs < resolvedMs;
}

/** Why an occurrence of an incident is news; undefined when the standing message says enough. */
export function reasonToNotify(
  incident: Incident,
  seen: { readonly wasClosed: boolean; readonly isMoreUrgent: boolean },
  repeatIntervalMs: number,
  nowMs: number,
): NotifyReason | undefined {
  const isDue =
    incident.pendingSinceMs === undefined &&
    (incident.lastNotifiedMs === undefined || elapsed(incident.lastNotifiedMs, nowMs) >= repeatIntervalMs);
  if (seen.wasClosed) {
    // The standing message of its own is a green one: an edit would wake nobody.
    const isGreenMessage = incident.reason === 'resolved';
    const wasNeverShown = incident.message === undefined && incident.lastNotifiedMs === undefined;
    if (isDue || isGreenMessage) return wasNeverShown && !isGreenMessage ? 'first' : 'regressed';
    return seen.isMoreUrgent ? 'escalated' : undefined;
  }
  if (seen.isMoreUrgent) return 'escalated';
  if (incident.owedReason !== undefined) return incident.owedReason;
  if (!isDue) return undefined;
  return incident.lastNotifiedMs === undefined ? incident.reason : 'repeat_interval';
}

/** A negative distance counts as 0: the clock was set back, and nothing is due for that. */
export function elapsed(fromMs: number, nowMs: number): number {
  return Math.max(0, nowMs - fromMs);
}

const NOBODY: Affected = { names: [], hasMore: false };

/** Notes on which instance and route an occurrence was. */
export function noteAffected(incident: Incident, alert: RedactedAlert | undefined): void {
  if (alert === undefined) return;
  const { attributes, origin } = alert;
  const method = attributes['http.request.method'];
  const path = attributes['http.route'];
  const route = typeof path !== 'string' ? undefined : typeof method === 'string' ? `${method} ${path}` : path;
  const before = incident.affected ?? { instances: NOBODY, routes: NOBODY };
  const instances = withAffected(before.instances, origin.instance);
  const routes = withAffected(before.routes, route);
  if (instances !== before.instances || routes !== before.routes) incident.affected = { instances, routes };
}
