import type { RedactedAlert, RepeatCount } from '../alert.ts';
import type { Priority } from '../priority.ts';
import type { EscalationRules } from './escalation.ts';
import type { Incident, MessageRef, NotifyDecision, RepeatDecision } from './incident.ts';
import type { Contribution } from './incident-store.ts';
import type { IncidentTable } from './incident-table.ts';
import type { Routed } from './route.ts';

/** The most incidents that are kept: beyond it the oldest closed one goes, else the one heard of longest ago. */
export const MAX_INCIDENTS = 5_000;
/** The most alerts whose repeats are recognised: beyond it the one heard of longest ago is asked for in full again. */
export const MAX_REPEAT_KEYS = 4_096;
/** A closed incident is forgotten after so long: what comes back then is a new one. */
export const KEEP_CLOSED_MS: number = 7 * 86_400_000;

/** What the incident stage needs. */
export interface IncidentsOptions {
  readonly table: IncidentTable;
  /** How long a standing notice is enough while the trouble goes on, per priority. */
  readonly repeatIntervalMs: Readonly<Record<Priority, number>>;
  /** Silence after which an incident is closed. Undefined: never. */
  readonly resolveAfterMs?: number | undefined;
  /** @default never */
  readonly escalation?: EscalationRules | undefined;
  /** Where an incident is shown once it has another priority. @default where it is shown now */
  readonly channelOf?: (alert: RedactedAlert, priority: Priority) => string | undefined;
  /** True when the service of a P0 has started since: only then may silence close it. @default never */
  readonly hasRestarted?: (incident: Incident) => boolean;
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

/** What time alone has changed. */
export interface Swept {
  /** Closed now: their messages are to be edited. */
  readonly quiet: readonly Incident[];
  /** Raised now: to be notified of. */
  readonly escalated: readonly Extract<NotifyDecision, { notify: true }>[];
}

/** Decides whether an alert is news. Synchronous; no method throws as long as the table does not. */
export interface Incidents {
  /**
   * Counts an alert into its incident and says what to do. An alert of count 0 (counted through another way in) does not count
   * again, except where it opens an incident: then nothing else has counted it there.
   */
  decide(alert: RedactedAlert, routed: Pick<Routed, 'priority' | 'channel'>, nowMs: number): NotifyDecision;
  /** The same for repeats of a known alert, of which only number and times are known. */
  repeat(repeat: RepeatCount, nowMs: number): RepeatDecision;
  /** The same for what another process saw of an incident that this one has. */
  contribute(contribution: Contribution, channel: string, nowMs: number): NotifyDecision;
  /**
   * Takes over an incident from a process that has ended. What was counted here meanwhile is counted into it; the decision about
   * that is answered, where there was any.
   */
  takeOver(left: Incident, nowMs: number): NotifyDecision | undefined;
  /** Another process has this incident: it is counted here, and nothing more. */
  handOver(incident: Incident, owner: { readonly webhookId: string; readonly member: string }): void;
  /** The process that had this incident is gone, and has left nothing of it: it is told of from here. */
  takeBack(incident: Incident, nowMs: number): NotifyDecision;
  get(fingerprint: string): Incident | undefined;
  /** Closes what has been quiet for long enough, raises what has been firing for too long, forgets what was closed long ago. */
  sweep(nowMs: number): Swept;
  /**
   * A new message of the incident was accepted. `message` is undefined where Discord did not say which. `waitsStill`: it was decided
   * meanwhile to say more, and that is still under way.
   */
  notified(incident: Incident, message: MessageRef | undefined, nowMs: number, waitsStill?: boolean): void;
  /** A new message of the incident was dropped: the next occurrence notifies again. */
  unnotified(incident: Incident): void;
  /** The clock was set by so much: intervals that run go on from where they were. */
  clockSet(byMs: number): void;
  counts(): IncidentCounts;
}
