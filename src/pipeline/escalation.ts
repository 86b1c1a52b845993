import { isAtLeast, PRIORITIES, PRIORITY_RANK, type Priority } from '../priority.ts';
import type { Incident } from './incident.ts';
import { RecentMap } from './recent-map.ts';

/** When an incident is raised by one priority. Nothing set: never. */
export interface EscalationRules {
  /** So many occurrences. */
  readonly count?: number;
  /** So many occurrences within a time. */
  readonly rate?: { readonly count: number; readonly windowMs: number };
  /** A P1 that is firing for so long. */
  readonly unresolvedMs?: number;
}

/** Why an incident was raised, with the limit it passed. */
export type EscalationCause =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'rate'; readonly count: number; readonly windowMs: number }
  | { readonly kind: 'unresolved'; readonly durationMs: number };

/** One more urgent; undefined where there is none, and for `DEV`, which is nobody's business at night. */
export function raised(priority: Priority): Priority | undefined {
  return priority === 'DEV' ? undefined : PRIORITIES[PRIORITY_RANK[priority] - 1];
}

interface Pace {
  /** When the present window began, and how often it happened in it and in the one before. */
  startMs: number;
  count: number;
  before: number;
}

/**
 * Says when an incident has grown past a limit. An incident is raised once while it fires; after it was closed and has come back,
 * it may be raised again. What is `P0` already, or `DEV`, is not.
 */
export class Escalation {
  readonly #rules: EscalationRules;
  readonly #paces: RecentMap<string, Pace>;

  constructor(rules: EscalationRules, maxIncidents: number) {
    this.#rules = rules;
    this.#paces = new RecentMap(maxIncidents);
  }

  /** After occurrences were counted into an incident. */
  afterCount(incident: Incident, occurrences: number, nowMs: number): EscalationCause | undefined {
    const { count, rate } = this.#rules;
    if (count === undefined && rate === undefined) return undefined;
    const isTooFast = rate !== undefined && this.#pass(incident.fingerprint, occurrences, rate, nowMs);
    if (!canRise(incident)) return undefined;
    if (count !== undefined && incident.count - (incident.countBefore ?? 0) >= count) return { kind: 'count', count };
    return isTooFast ? { kind: 'rate', ...rate } : undefined;
  }

  /** As time goes by. */
  afterTime(incident: Incident, nowMs: number): EscalationCause | undefined {
    const { unresolvedMs } = this.#rules;
    if (unresolvedMs === undefined || incident.priority !== 'P1' || incident.state !== 'firing' || !canRise(incident)) {
      return undefined;
    }
    const sinceMs = incident.firingSinceMs ?? incident.firstSeenMs;
    return nowMs - sinceMs >= unresolvedMs ? { kind: 'unresolved', durationMs: unresolvedMs } : undefined;
  }

  /** Two windows, the older one weighed by how much of it still counts: a number per incident, however many occurrences. */
  #pass(
    fingerprint: string,
    occurrences: number,
    rate: { readonly count: number; readonly windowMs: number },
    nowMs: number,
  ): boolean {
    const pace = this.#paces.get(fingerprint) ?? { startMs: nowMs, count: 0, before: 0 };
    const windows = Math.floor((nowMs - pace.startMs) / rate.windowMs);
    if (windows !== 0) {
      // A clock that was set back begins anew.
      pace.before = windows === 1 ? pace.count : 0;
      pace.count = 0;
      pace.startMs = windows > 0 ? pace.startMs + windows * rate.windowMs : nowMs;
    }
    pace.count += occurrences;
    this.#paces.set(fingerprint, pace);
    const rest = 1 - (nowMs - pace.startMs) / rate.windowMs;
    return pace.count + pace.before * rest >= rate.count;
  }
}

function canRise(incident: Incident): boolean {
  return (
    incident.escalatedBy === undefined && raised(incident.priority) !== undefined && !isAtLeast(incident.priority, 'P0')
  );
}
