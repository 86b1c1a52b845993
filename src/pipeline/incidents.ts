import type { AlertAction, RedactedAlert } from '../alert.ts';
import { isAtLeast, type Priority } from '../priority.ts';
import { Escalation, raised } from './escalation.ts';
import { fingerprint } from './fingerprint.ts';
import type { Incident, NotifyDecision, NotifyReason } from './incident.ts';
import { IncidentOrder } from './incident-order.ts';
import { elapsed, isStraggler, noteAffected, reasonToNotify } from './incident-rules.ts';
import {
  type Incidents,
  type IncidentsOptions,
  KEEP_CLOSED_MS,
  MAX_INCIDENTS,
  MAX_REPEAT_KEYS,
} from './incident-stage.ts';
import { RecentMap } from './recent-map.ts';

/*
 * The life of an incident.
 *
 *   state      trigger                                        resolve                    sweep
 *   (none)     → firing: first                                → resolved: resolved       –
 *   firing     escalated · repeat_interval · suppressed       → resolved: edited green   → quiet · escalated
 *   quiet      → firing: regressed · escalated · suppressed   → resolved: edited green   –
 *   resolved   → firing: the same; resolved: a straggler      ignored                    –
 *
 * Invariants:
 * - From the decision until delivery has accepted or dropped the message, a notice is pending and the incident does not ask for a
 *   second one, unless it becomes more urgent.
 * - A dropped notice is owed: the next occurrence asks for it again, whatever the intervals say.
 * - Every occurrence given is in the count of exactly one incident, or among the evicted ones.
 * - What another process has is only counted here until it was forwarded; nothing is decided about it.
 * - Time is what the caller says; the times of alerts only widen firstSeen–lastSeen. A negative distance counts as 0.
 */

interface Occurrence {
  readonly fingerprint: string;
  readonly priority: Priority;
  readonly channel: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Undefined for a repeat of which only the number travelled. */
  readonly alert?: RedactedAlert;
}

interface KnownAlert {
  readonly fingerprint: string;
  readonly action: AlertAction;
  readonly priority: Priority;
  readonly channel: string;
}

/** Makes the incident stage over a table, which may already hold incidents. */
export function createIncidents(options: IncidentsOptions): Incidents {
  const { table, repeatIntervalMs, resolveAfterMs, newId, maxIncidents = MAX_INCIDENTS } = options;
  const known = new RecentMap<number, KnownAlert>(options.maxRepeatKeys ?? MAX_REPEAT_KEYS);
  const order = new IncidentOrder(table, maxIncidents);
  const escalation = new Escalation(options.escalation ?? {}, maxIncidents);
  let startedMs: number | undefined;

  function open(
    occurrence: Occurrence & { alert: RedactedAlert },
    state: 'firing' | 'resolved',
    nowMs: number,
  ): Incident {
    order.evictFor(occurrence.fingerprint);
    return {
      id: newId(),
      fingerprint: occurrence.fingerprint,
      state,
      priority: occurrence.priority,
      channel: occurrence.channel,
      firstSeenMs: occurrence.firstMs,
      lastSeenMs: occurrence.lastMs,
      count: state === 'firing' ? Math.max(1, occurrence.count) : 0,
      ...(state === 'firing' ? { firingSinceMs: nowMs } : { closedAtMs: nowMs }),
      reason: state === 'firing' ? 'first' : 'resolved',
      alert: occurrence.alert,
    };
  }

  function save(incident: Incident): void {
    order.noted(incident);
    table.put(incident);
  }

  function notify(
    incident: Incident,
    reason: NotifyReason,
    occurrence: Pick<Occurrence, 'alert'>,
    nowMs: number,
  ): Extract<NotifyDecision, { notify: true }> {
    incident.reason = reason;
    incident.pendingSinceMs ??= nowMs;
    delete incident.owedReason;
    if (occurrence.alert !== undefined) incident.alert = occurrence.alert;
    save(incident);
    const previous = incident.message;
    return { notify: true, reason, incident, ...(previous === undefined ? {} : { previous }) };
  }

  function edit(incident: Incident, reason: 'suppressed' | 'resolved'): NotifyDecision {
    save(incident);
    return { notify: false, reason, incident };
  }

  function count(incident: Incident, occurrence: Occurrence, nowMs: number): void {
    order.heard(incident.fingerprint, nowMs);
    incident.count += occurrence.count;
    incident.firstSeenMs = Math.min(incident.firstSeenMs, occurrence.firstMs);
    incident.lastSeenMs = Math.max(incident.lastSeenMs, occurrence.lastMs);
    noteAffected(incident, occurrence.alert);
  }

  function trigger(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    const isMoreUrgent = !isAtLeast(incident.priority, occurrence.priority);
    const wasClosed = incident.state !== 'firing';
    if (incident.count === 0) return openAfterResolve(incident, occurrence, nowMs);
    // Counted before through another way in, and closed since: nothing has come back.
    if (wasClosed && occurrence.count === 0 && !isMoreUrgent) return { notify: false, reason: 'ignored' };
    const countBefore = incident.count;
    count(incident, occurrence, nowMs);
    const resolvedMs = order.resolvedAt(incident.fingerprint);
    if (!isMoreUrgent && isStraggler(incident, resolvedMs, occurrence.lastMs, nowMs)) {
      return edit(incident, 'suppressed');
    }
    incident.state = 'firing';
    delete incident.closedAtMs;
    const wasRaised = wasClosed && incident.escalatedBy !== undefined;
    if (wasClosed) {
      incident.firingSinceMs = nowMs;
      incident.countBefore = countBefore;
      delete incident.escalatedBy;
    }
    const reason = reasonToNotify(incident, { wasClosed, isMoreUrgent }, repeatIntervalMs[incident.priority], nowMs);
    // What came back is as urgent as it is now: a P0 of last week does not wake anybody for a warning of today.
    if (wasRaised || (reason !== undefined && (isMoreUrgent || wasClosed))) {
      incident.priority = occurrence.priority;
      incident.channel = occurrence.channel;
      if (isMoreUrgent) delete incident.escalatedBy;
    }
    const grown = escalation.afterCount(incident, occurrence.count, nowMs);
    if (grown !== undefined) return escalate(incident, grown, occurrence, nowMs);
    return reason === undefined ? edit(incident, 'suppressed') : notify(incident, reason, occurrence, nowMs);
  }

  function escalate(
    incident: Incident,
    cause: NonNullable<Incident['escalatedBy']>,
    occurrence: Pick<Occurrence, 'alert'>,
    nowMs: number,
  ): Extract<NotifyDecision, { notify: true }> {
    incident.priority = raised(incident.priority) ?? incident.priority;
    incident.channel = options.channelOf?.(incident.alert, incident.priority) ?? incident.channel;
    incident.escalatedBy = cause;
    return notify(incident, 'escalated', occurrence, nowMs);
  }

  /** So far only a resolve of it was known: whoever saw that one has not seen any trouble. */
  function openAfterResolve(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    order.heard(incident.fingerprint, nowMs);
    incident.count = Math.max(1, occurrence.count);
    incident.firstSeenMs = occurrence.firstMs;
    incident.lastSeenMs = occurrence.lastMs;
    incident.state = 'firing';
    incident.firingSinceMs = nowMs;
    incident.priority = occurrence.priority;
    incident.channel = occurrence.channel;
    delete incident.closedAtMs;
    noteAffected(incident, occurrence.alert);
    return notify(incident, 'first', occurrence, nowMs);
  }

  function resolve(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    const hasMessage =
      incident.message !== undefined || incident.pendingSinceMs !== undefined || incident.lastNotifiedMs !== undefined;
    const isOwed = incident.owedReason !== undefined && !hasMessage;
    if (incident.state === 'resolved' && !isOwed) return { notify: false, reason: 'ignored' };
    order.heard(incident.fingerprint, nowMs);
    incident.state = 'resolved';
    incident.closedAtMs = nowMs;
    order.resolved(incident.fingerprint, occurrence.lastMs);
    // None of its messages arrived: say once that there was something, and that it is over.
    if (!hasMessage) return notify(incident, 'resolved', { alert: incident.alert }, nowMs);
    delete incident.owedReason;
    return edit(incident, 'resolved');
  }

  function occur(
    occurrence: Occurrence & { alert: RedactedAlert },
    action: AlertAction,
    nowMs: number,
  ): NotifyDecision {
    startedMs ??= nowMs;
    const incident = table.get(occurrence.fingerprint);
    if (incident !== undefined) return apply(incident, occurrence, action, nowMs);
    const opened = open(occurrence, action === 'resolve' ? 'resolved' : 'firing', nowMs);
    order.heard(opened.fingerprint, nowMs);
    noteAffected(opened, occurrence.alert);
    const grown = opened.state === 'firing' ? escalation.afterCount(opened, opened.count, nowMs) : undefined;
    return grown === undefined
      ? notify(opened, opened.reason, occurrence, nowMs)
      : escalate(opened, grown, occurrence, nowMs);
  }

  function apply(incident: Incident, occurrence: Occurrence, action: AlertAction, nowMs: number): NotifyDecision {
    if (incident.owner !== undefined) {
      if (action === 'trigger') count(incident, occurrence, nowMs);
      if (occurrence.alert !== undefined) incident.alert = occurrence.alert;
      save(incident);
      return { notify: false, reason: 'forwarded', incident };
    }
    return action === 'resolve' ? resolve(incident, occurrence, nowMs) : trigger(incident, occurrence, nowMs);
  }

  /** The incident as it stands in the table; a notice may come back after it was evicted. */
  function current(incident: Incident): Incident {
    const stored = table.get(incident.fingerprint);
    return stored !== undefined && stored.id === incident.id ? stored : incident;
  }

  function saveIfKept(incident: Incident): void {
    if (table.get(incident.fingerprint)?.id === incident.id) table.put(incident);
  }

  function forget(fingerprint: string): void {
    order.forgotten(fingerprint);
    table.delete(fingerprint);
  }

  return {
    decide(alert, routed, nowMs) {
      const atMs = Number.isFinite(alert.timestampMs) ? alert.timestampMs : nowMs;
      const { priority, channel } = routed;
      const occurrence = {
        fingerprint: fingerprint(alert),
        priority,
        channel,
        count: wholeCount(alert.count),
        firstMs: atMs,
        lastMs: atMs,
        alert,
      };
      known.set(alert.repeatKey, { fingerprint: occurrence.fingerprint, action: alert.action, priority, channel });
      return occur(occurrence, alert.action, nowMs);
    },

    repeat(repeat, nowMs) {
      const entry = known.get(repeat.repeatKey);
      const incident = entry === undefined ? undefined : table.get(entry.fingerprint);
      if (entry === undefined || incident === undefined) return { kind: 'unknown' };
      known.set(repeat.repeatKey, entry);
      const occurrence: Occurrence = {
        fingerprint: entry.fingerprint,
        priority: entry.priority,
        channel: entry.channel,
        count: wholeCount(repeat.count),
        firstMs: Number.isFinite(repeat.firstMs) ? repeat.firstMs : nowMs,
        lastMs: Number.isFinite(repeat.lastMs) ? repeat.lastMs : nowMs,
      };
      const decision = apply(incident, occurrence, entry.action, nowMs);
      if (!decision.notify) return { kind: 'counted', incident: decision.incident ?? incident };
      const { reason, previous } = decision;
      return { kind: 'notify', reason, incident: decision.incident, ...(previous === undefined ? {} : { previous }) };
    },

    contribute(contribution, channel, nowMs) {
      const { fingerprint: key, action, count: occurrences, firstMs, lastMs, priority, alert } = contribution;
      return occur(
        { fingerprint: key, priority, channel, count: wholeCount(occurrences), firstMs, lastMs, alert },
        action,
        nowMs,
      );
    },

    takeOver(left, nowMs) {
      startedMs ??= nowMs;
      const here = table.get(left.fingerprint);
      if (here !== undefined && here.owner === undefined && here.lastNotifiedMs !== undefined) {
        // Both were shown: two processes took themselves for the only one. The newer message goes on.
        here.count += left.count;
        here.firstSeenMs = Math.min(here.firstSeenMs, left.firstSeenMs);
        return edit(here, 'suppressed');
      }
      if (here === undefined) order.evictFor(left.fingerprint);
      order.takenOver(left);
      table.put(left);
      if (here === undefined) return undefined;
      const occurrence: Occurrence = {
        fingerprint: here.fingerprint,
        priority: here.priority,
        channel: here.channel,
        count: here.count,
        firstMs: here.firstSeenMs,
        lastMs: here.lastSeenMs,
        alert: here.alert,
      };
      const counted = here.count === 0 ? undefined : apply(left, occurrence, 'trigger', nowMs);
      // Counted there from here on.
      if (here.owner !== undefined) here.count = 0;
      return here.state === 'resolved' ? apply(left, occurrence, 'resolve', nowMs) : counted;
    },

    handOver(incident, owner) {
      incident.owner = owner;
      // What has become of it is known there.
      incident.state = 'firing';
      delete incident.closedAtMs;
      delete incident.pendingSinceMs;
      save(incident);
    },

    takeBack(incident, nowMs) {
      delete incident.owner;
      incident.count = Math.max(1, incident.count);
      return notify(incident, 'first', {}, nowMs);
    },

    get: (fingerprint) => table.get(fingerprint),

    sweep(nowMs) {
      startedMs ??= nowMs;
      const quiet: Incident[] = [];
      const stale: string[] = [];
      const overdue: [Incident, NonNullable<Incident['escalatedBy']>][] = [];
      for (const incident of table.values()) {
        if (incident.state !== 'firing') {
          if (incident.closedAtMs !== undefined && elapsed(incident.closedAtMs, nowMs) > KEEP_CLOSED_MS) {
            stale.push(incident.fingerprint);
          }
          continue;
        }
        // A message that is still under way must not arrive green.
        if (incident.pendingSinceMs !== undefined) continue;
        const cause = incident.owner === undefined ? escalation.afterTime(incident, nowMs) : undefined;
        if (cause !== undefined) overdue.push([incident, cause]);
        if (resolveAfterMs === undefined) continue;
        // Of an incident left by an earlier run it is not known what happened in between: its silence begins with this run.
        const knownMs = Math.max(startedMs, order.heardAt(incident.fingerprint) ?? startedMs);
        if (elapsed(knownMs, nowMs) < resolveAfterMs) continue;
        if (incident.owner !== undefined) stale.push(incident.fingerprint);
        else if (incident.priority !== 'P0' || options.hasRestarted?.(incident) === true) quiet.push(incident);
      }
      for (const fingerprint of stale) forget(fingerprint);
      for (const incident of quiet) {
        incident.state = 'quiet';
        incident.closedAtMs = nowMs;
        save(incident);
      }
      const escalated = overdue
        .filter(([incident]) => incident.state === 'firing')
        .map(([incident, cause]) => escalate(incident, cause, {}, nowMs));
      return { quiet, escalated };
    },

    notified(incident, message, nowMs, waitsStill = false) {
      const target = current(incident);
      if (message !== undefined) target.message = message;
      target.lastNotifiedMs = nowMs;
      if (!waitsStill) delete target.pendingSinceMs;
      saveIfKept(target);
    },

    unnotified(incident) {
      const target = current(incident);
      target.owedReason = target.reason;
      delete target.lastNotifiedMs;
      delete target.pendingSinceMs;
      saveIfKept(target);
    },

    clockSet(byMs) {
      if (startedMs !== undefined) startedMs += byMs;
      order.shift(byMs);
      for (const incident of table.values()) {
        for (const name of ['lastNotifiedMs', 'firingSinceMs', 'pendingSinceMs'] as const) {
          const atMs = incident[name];
          if (atMs !== undefined) incident[name] = atMs + byMs;
        }
      }
    },

    counts: () => ({
      firing: table.size - order.closedCount,
      closed: order.closedCount,
      evicted: order.evicted.incidents,
      evictedOccurrences: order.evicted.occurrences,
    }),
  };
}

function wholeCount(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.trunc(count)) : 0;
}
