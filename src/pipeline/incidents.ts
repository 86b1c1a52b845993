import type { AlertAction, RedactedAlert, RepeatCount } from '../alert.ts';
import { isAtLeast, type Priority } from '../priority.ts';
import { fingerprint } from './fingerprint.ts';
import type { Incident, MessageRef, NotifyDecision, NotifyReason, RepeatDecision } from './incident.ts';
import type { IncidentStore } from './incident-store.ts';
import { RecentMap } from './recent-map.ts';
import type { Routed } from './route.ts';

/*
 * The life of an incident.
 *
 *   state      trigger                                        resolve                    sweep
 *   (none)     → firing: first                                → resolved: resolved       –
 *   firing     escalated · repeat_interval · suppressed       → resolved: edited green   → quiet, not a P0
 *   quiet      → firing: regressed · escalated · suppressed   → resolved: edited green   –
 *   resolved   → firing: the same; resolved: a straggler      ignored                    –
 *
 * Invariants:
 * - From the decision until delivery has accepted or dropped the message, a notice is pending and the incident does not ask for a
 *   second one, unless it becomes more urgent.
 * - A dropped notice is owed: the next occurrence asks for it again, whatever the intervals say.
 * - Every occurrence given is in the count of exactly one incident, or among the evicted ones.
 * - Time is what the caller says; the times of alerts only widen firstSeen–lastSeen. A negative distance counts as 0.
 */

/** The most incidents that are kept: beyond it the oldest closed one goes, else the one heard of longest ago. */
export const MAX_INCIDENTS = 5_000;
/** The most alerts whose repeats are recognised: beyond it the one heard of longest ago is asked for in full again. */
export const MAX_REPEAT_KEYS = 4_096;

/**
 * How long after a resolve an occurrence from before it may still arrive without opening the incident again. Twice what the SDK's
 * batch processor holds records back, while a resolve goes past it.
 * https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor
 */
export const STRAGGLER_MS = 10_000;

/** What the incident stage needs. */
export interface IncidentsOptions {
  readonly store: IncidentStore;
  /** How long a standing notice is enough while the trouble goes on, per priority. */
  readonly repeatIntervalMs: Readonly<Record<Priority, number>>;
  /** Silence after which an incident below P0 is closed. Undefined: never. */
  readonly resolveAfterMs?: number | undefined;
  /** A new incident id. */
  readonly newId: () => string;
  /** @default {@link MAX_INCIDENTS} */
  readonly maxIncidents?: number;
  /** @default {@link MAX_REPEAT_KEYS} */
  readonly maxRepeatKeys?: number;
}

/** Numbers of the incident stage. */
export interface IncidentCounts {
  readonly firing: number;
  readonly closed: number;
  /** Incidents that were forgotten because there were too many. */
  readonly evicted: number;
  /** Occurrences that the evicted incidents had counted. */
  readonly evictedOccurrences: number;
}

/** Decides whether an alert is news. Synchronous; no method throws as long as the store does not. */
export interface Incidents {
  /**
   * Counts an alert into its incident and says what to do. An alert of count 0 (counted through another way in) does not count
   * again, except where it opens an incident: then nothing else has counted it there.
   */
  decide(alert: RedactedAlert, routed: Pick<Routed, 'priority' | 'channel'>, nowMs: number): NotifyDecision;
  /** The same for repeats of a known alert, of which only number and times are known. */
  repeat(repeat: RepeatCount, nowMs: number): RepeatDecision;
  /** Closes what has been quiet for long enough, and answers it: its messages are to be edited. A P0 never becomes quiet. */
  sweep(nowMs: number): Incident[];
  /** A new message of the incident was accepted. `message` is undefined where Discord did not say which. */
  notified(incident: Incident, message: MessageRef | undefined, nowMs: number): void;
  /** A new message of the incident was dropped: the next occurrence notifies again. */
  unnotified(incident: Incident): void;
  counts(): IncidentCounts;
}

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

/** Makes the incident stage over a store, which may already hold incidents. */
export function createIncidents(options: IncidentsOptions): Incidents {
  const { store, repeatIntervalMs, resolveAfterMs, newId, maxIncidents = MAX_INCIDENTS } = options;
  const known = new RecentMap<number, KnownAlert>(options.maxRepeatKeys ?? MAX_REPEAT_KEYS);
  // When this process last heard of an incident: its own times say when it happened, which may be long before we were told.
  const heard = new RecentMap<string, number>(maxIncidents);
  // When it was resolved, as the resolve says; NaN where it became quiet, or was closed in an earlier run.
  const closed = new RecentMap<string, number>(maxIncidents);
  let startedMs: number | undefined;
  let evicted = 0;
  let evictedOccurrences = 0;

  for (const incident of byTime(store.values())) {
    if (incident.state === 'firing') heard.set(incident.fingerprint, Number.NEGATIVE_INFINITY);
    else closed.set(incident.fingerprint, Number.NaN);
  }

  function evictFor(newcomer: string): void {
    while (store.size >= maxIncidents) {
      const listed = closed.oldestKey() ?? heard.oldestKey();
      const fingerprint = listed ?? anyOf(store.values());
      if (fingerprint === undefined || fingerprint === newcomer) return;
      const count = store.get(fingerprint)?.count ?? 0;
      closed.delete(fingerprint);
      heard.delete(fingerprint);
      if (store.delete(fingerprint)) {
        evicted++;
        evictedOccurrences += count;
      } else if (listed === undefined) {
        return;
      }
    }
  }

  function open(
    occurrence: Occurrence & { alert: RedactedAlert },
    state: 'firing' | 'resolved',
    nowMs: number,
  ): Incident {
    evictFor(occurrence.fingerprint);
    return {
      id: newId(),
      fingerprint: occurrence.fingerprint,
      state,
      priority: occurrence.priority,
      channel: occurrence.channel,
      firstSeenMs: occurrence.firstMs,
      lastSeenMs: occurrence.lastMs,
      count: state === 'firing' ? Math.max(1, occurrence.count) : 0,
      ...(state === 'firing' ? {} : { closedAtMs: nowMs }),
      reason: state === 'firing' ? 'first' : 'resolved',
      alert: occurrence.alert,
    };
  }

  function save(incident: Incident): void {
    if (incident.state === 'firing') closed.delete(incident.fingerprint);
    else if (closed.get(incident.fingerprint) === undefined) closed.set(incident.fingerprint, Number.NaN);
    store.put(incident);
  }

  function notify(incident: Incident, reason: NotifyReason, occurrence: Occurrence, nowMs: number): NotifyDecision {
    incident.reason = reason;
    incident.pendingSinceMs = nowMs;
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

  function trigger(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    const isMoreUrgent = !isAtLeast(incident.priority, occurrence.priority);
    const wasClosed = incident.state !== 'firing';
    if (incident.count === 0) return openAfterResolve(incident, occurrence, nowMs);
    // Counted before through another way in, and closed since: nothing has come back.
    if (wasClosed && occurrence.count === 0 && !isMoreUrgent) return { notify: false, reason: 'ignored' };
    heard.set(incident.fingerprint, nowMs);
    incident.count += occurrence.count;
    incident.firstSeenMs = Math.min(incident.firstSeenMs, occurrence.firstMs);
    incident.lastSeenMs = Math.max(incident.lastSeenMs, occurrence.lastMs);
    if (!isMoreUrgent && isStraggler(incident, occurrence, nowMs)) return edit(incident, 'suppressed');
    incident.state = 'firing';
    delete incident.closedAtMs;
    const reason = reasonToNotify(incident, wasClosed, isMoreUrgent, nowMs);
    if (reason === undefined) return edit(incident, 'suppressed');
    // What came back is as urgent as it is now: a P0 of last week does not wake anybody for a warning of today.
    if (isMoreUrgent || wasClosed) {
      incident.priority = occurrence.priority;
      incident.channel = occurrence.channel;
    }
    return notify(incident, reason, occurrence, nowMs);
  }

  /** It happened before the resolve, and was only told later. */
  function isStraggler(incident: Incident, occurrence: Occurrence, nowMs: number): boolean {
    if (incident.state !== 'resolved' || incident.closedAtMs === undefined) return false;
    const lateMs = nowMs - incident.closedAtMs;
    const resolvedMs = closed.get(incident.fingerprint) ?? Number.NaN;
    return lateMs >= 0 && lateMs <= STRAGGLER_MS && occurrence.lastMs < resolvedMs;
  }

  /** So far only a resolve of it was known: whoever saw that one has not seen any trouble. */
  function openAfterResolve(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    heard.set(incident.fingerprint, nowMs);
    incident.count = Math.max(1, occurrence.count);
    incident.firstSeenMs = occurrence.firstMs;
    incident.lastSeenMs = occurrence.lastMs;
    incident.state = 'firing';
    incident.priority = occurrence.priority;
    incident.channel = occurrence.channel;
    delete incident.closedAtMs;
    return notify(incident, 'first', occurrence, nowMs);
  }

  function reasonToNotify(
    incident: Incident,
    wasClosed: boolean,
    isMoreUrgent: boolean,
    nowMs: number,
  ): NotifyReason | undefined {
    const isDue =
      incident.pendingSinceMs === undefined &&
      (incident.lastNotifiedMs === undefined ||
        elapsed(incident.lastNotifiedMs, nowMs) >= repeatIntervalMs[incident.priority]);
    if (wasClosed) {
      // The standing message of its own is a green one: an edit would wake nobody.
      const isGreenMessage = incident.reason === 'resolved';
      const wasNeverShown = incident.message === undefined && incident.lastNotifiedMs === undefined;
      if (isDue || isGreenMessage) return wasNeverShown && !isGreenMessage ? 'first' : 'regressed';
      return isMoreUrgent ? 'escalated' : undefined;
    }
    if (isMoreUrgent) return 'escalated';
    if (incident.owedReason !== undefined) return incident.owedReason;
    if (!isDue) return undefined;
    return incident.lastNotifiedMs === undefined ? incident.reason : 'repeat_interval';
  }

  function resolve(incident: Incident, occurrence: Occurrence, nowMs: number): NotifyDecision {
    const hasMessage =
      incident.message !== undefined || incident.pendingSinceMs !== undefined || incident.lastNotifiedMs !== undefined;
    const isOwed = incident.owedReason !== undefined && !hasMessage;
    if (incident.state === 'resolved' && !isOwed) return { notify: false, reason: 'ignored' };
    heard.set(incident.fingerprint, nowMs);
    incident.state = 'resolved';
    incident.closedAtMs = nowMs;
    closed.set(incident.fingerprint, occurrence.lastMs);
    // None of its messages arrived: say once that there was something, and that it is over.
    if (!hasMessage) return notify(incident, 'resolved', { ...occurrence, alert: incident.alert }, nowMs);
    delete incident.owedReason;
    return edit(incident, 'resolved');
  }

  /** The incident as it stands in the store; a notice may come back after it was evicted. */
  function current(incident: Incident): Incident {
    const stored = store.get(incident.fingerprint);
    return stored !== undefined && stored.id === incident.id ? stored : incident;
  }

  function saveIfKept(incident: Incident): void {
    if (store.get(incident.fingerprint)?.id === incident.id) store.put(incident);
  }

  return {
    decide(alert, routed, nowMs) {
      startedMs ??= nowMs;
      const atMs = Number.isFinite(alert.timestampMs) ? alert.timestampMs : nowMs;
      const occurrence = {
        fingerprint: fingerprint(alert),
        priority: routed.priority,
        channel: routed.channel,
        count: wholeCount(alert.count),
        firstMs: atMs,
        lastMs: atMs,
        alert,
      };
      const { priority, channel } = routed;
      known.set(alert.repeatKey, { fingerprint: occurrence.fingerprint, action: alert.action, priority, channel });
      const incident = store.get(occurrence.fingerprint);
      if (incident !== undefined) {
        return alert.action === 'resolve' ? resolve(incident, occurrence, nowMs) : trigger(incident, occurrence, nowMs);
      }
      const state = alert.action === 'resolve' ? 'resolved' : 'firing';
      const opened = open(occurrence, state, nowMs);
      heard.set(opened.fingerprint, nowMs);
      return notify(opened, opened.reason, occurrence, nowMs);
    },

    repeat(repeat, nowMs) {
      const entry = known.get(repeat.repeatKey);
      const incident = entry === undefined ? undefined : store.get(entry.fingerprint);
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
      const decision =
        entry.action === 'resolve' ? resolve(incident, occurrence, nowMs) : trigger(incident, occurrence, nowMs);
      if (!decision.notify) return { kind: 'counted', incident: decision.incident ?? incident };
      const { reason, previous } = decision;
      return { kind: 'notify', reason, incident: decision.incident, ...(previous === undefined ? {} : { previous }) };
    },

    sweep(nowMs) {
      startedMs ??= nowMs;
      if (resolveAfterMs === undefined) return [];
      const quiet: Incident[] = [];
      for (const incident of store.values()) {
        if (incident.state !== 'firing' || incident.priority === 'P0') continue;
        // A message that is still under way must not arrive green.
        if (incident.pendingSinceMs !== undefined) continue;
        // Of an incident left by an earlier run it is not known what happened in between: its silence begins with this run.
        const knownMs = Math.max(startedMs, heard.get(incident.fingerprint) ?? startedMs);
        if (elapsed(Math.max(knownMs, incident.lastSeenMs), nowMs) < resolveAfterMs) continue;
        incident.state = 'quiet';
        incident.closedAtMs = nowMs;
        quiet.push(incident);
      }
      for (const incident of quiet) save(incident);
      return quiet;
    },

    notified(incident, message, nowMs) {
      const target = current(incident);
      if (message !== undefined) target.message = message;
      target.lastNotifiedMs = nowMs;
      delete target.pendingSinceMs;
      saveIfKept(target);
    },

    unnotified(incident) {
      const target = current(incident);
      target.owedReason = target.reason;
      delete target.lastNotifiedMs;
      delete target.pendingSinceMs;
      saveIfKept(target);
    },

    counts: () => ({ firing: store.size - closed.size, closed: closed.size, evicted, evictedOccurrences }),
  };
}

function elapsed(fromMs: number, nowMs: number): number {
  return Math.max(0, nowMs - fromMs);
}

function wholeCount(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.trunc(count)) : 0;
}

/** The one closed, or last seen while firing, longest ago first. */
function byTime(incidents: Iterable<Incident>): Incident[] {
  const timeOf = ({ state, closedAtMs, lastSeenMs }: Incident): number =>
    state === 'firing' ? lastSeenMs : (closedAtMs ?? lastSeenMs);
  return [...incidents].sort((a, b) => timeOf(a) - timeOf(b));
}

function anyOf(incidents: Iterable<Incident>): string | undefined {
  for (const incident of incidents) return incident.fingerprint;
  return undefined;
}
