import type { RedactedAlert } from '../alert.ts';
import type { Priority } from '../priority.ts';
import type { EscalationCause } from './escalation.ts';

/** `firing`: still counting; `resolved`: closed by a resolve; `quiet`: closed because nothing came for a while. */
export type IncidentState = 'firing' | 'resolved' | 'quiet';

/**
 * Why a message is sent. Shown in the footer, counted under the same name. `repeat_interval`: still firing a repeat interval after
 * the last notice; `escalated`: more urgent than before; `regressed`: came back after it was closed.
 */
export type NotifyReason = 'first' | 'repeat_interval' | 'escalated' | 'regressed' | 'resolved';

/**
 * What to do about one alert.
 *
 * - `notify: true`: a new message. It continues `previous` where the incident already has a message.
 * - `suppressed`: no new message; the standing one is edited (count, times, red again after it had been closed).
 * - `resolved` without `notify`: the standing message is edited green.
 * - `forwarded`: another process has the incident, which is told.
 * - `ignored`: nothing changed, nothing to send or edit: it was resolved before.
 */
export type NotifyDecision =
  | {
      readonly notify: true;
      readonly reason: NotifyReason;
      readonly incident: Incident;
      /** The newest message accepted so far. */
      readonly previous?: MessageRef;
    }
  | { readonly notify: false; readonly reason: 'suppressed' | 'resolved'; readonly incident: Incident }
  | { readonly notify: false; readonly reason: 'forwarded'; readonly incident: Incident }
  | { readonly notify: false; readonly reason: 'ignored'; readonly incident?: undefined };

/**
 * What to do about repeats of an alert of which only the number travelled. `unknown`: nobody knows the key any more, nothing was
 * counted; the next one is needed in full. `counted`: the standing message is edited.
 */
export type RepeatDecision =
  | {
      readonly kind: 'notify';
      readonly reason: NotifyReason;
      readonly incident: Incident;
      readonly previous?: MessageRef;
    }
  | { readonly kind: 'counted'; readonly incident: Incident }
  | { readonly kind: 'unknown' };

/** Where the newest message of an incident stands in Discord. */
export interface MessageRef {
  /** Key of the lane that posted it (webhook id): only the same webhook can edit it. */
  readonly webhookId: string;
  readonly channelId?: string;
  readonly guildId?: string;
  readonly messageId: string;
  readonly threadId?: string;
  /** Which of its embeds is this incident's, and how many there are; absent where it has one. */
  readonly position?: number;
  readonly of?: number;
}

/** One trouble, however often it happens. Changed only by the incident stage and by delivery results. */
export interface Incident {
  /** Short, random, shown in the footer. */
  readonly id: string;
  readonly fingerprint: string;
  state: IncidentState;
  priority: Priority;
  /** Channel the incident is shown in. */
  channel: string;
  firstSeenMs: number;
  lastSeenMs: number;
  /** Occurrences so far, the first included. 0 where only a resolve is known. */
  count: number;
  /** When it began to fire, the last time that it did. */
  firingSinceMs?: number;
  /** Occurrences before that. @default 0 */
  countBefore?: number;
  /** When it was closed; undefined while firing. */
  closedAtMs?: number;
  /** Why the standing message was sent. */
  reason: NotifyReason;
  /** The occurrence that is shown. */
  alert: RedactedAlert;
  /** When a message of it was last accepted by Discord; undefined before, and again after a message of it was dropped. */
  lastNotifiedMs?: number;
  /** The newest message, once accepted. */
  message?: MessageRef;
  /** What the newest message said last. */
  shown?: { readonly count: number; readonly state: string };
  /** Since when a message of it has been under way; undefined once it was accepted or dropped. */
  pendingSinceMs?: number;
  /** Its newest message was dropped: the next occurrence notifies for this reason. */
  owedReason?: NotifyReason;
  /** Why it was raised by one priority; undefined where nothing but what was reported made it as urgent as it is. */
  escalatedBy?: EscalationCause;
  /** Instances, and HTTP routes, that it was seen on: the first {@link MAX_AFFECTED} of each, and how many there were. */
  affected?: { readonly instances: Affected; readonly routes: Affected };
  /** Another process has it; this one only forwards. Never written down. */
  owner?: { readonly webhookId: string; readonly member: string };
}

/** Names, each once, and whether there were more than are listed. */
export interface Affected {
  readonly names: readonly string[];
  readonly hasMore: boolean;
}

/** So many instances and routes of an incident are told apart. */
export const MAX_AFFECTED = 20;
const MAX_NAME_CHARS = 200;

/** The list with one name more; the same list where that changes nothing. */
export function withAffected(affected: Affected, name: string | undefined): Affected {
  const short = name?.slice(0, MAX_NAME_CHARS);
  if (short === undefined || short === '' || affected.names.includes(short)) return affected;
  if (affected.names.length >= MAX_AFFECTED) return affected.hasMore ? affected : { ...affected, hasMore: true };
  return { ...affected, names: [...affected.names, short] };
}
