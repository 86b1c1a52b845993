import type { RedactedAlert } from '../alert.ts';
import type { Priority } from '../priority.ts';

/** `firing`: still counting; `resolved`: closed by a resolve; `quiet`: closed because nothing came for a while. */
export type IncidentState = 'firing' | 'resolved' | 'quiet';

/** Why a message is sent. Shown in the footer, counted under the same name. */
export type NotifyReason = 'first' | 'repeat_interval' | 'escalated' | 'regressed' | 'resolved';

/** What to do about one occurrence. `suppressed`: no new message, the count of the standing one is edited. */
export type NotifyDecision =
  | { readonly notify: true; readonly reason: NotifyReason; readonly incident: Incident }
  | { readonly notify: false; readonly reason: 'suppressed'; readonly incident: Incident };

/** Where the newest message of an incident stands in Discord. */
export interface MessageRef {
  /** Key of the lane that posted it (webhook id): only the same webhook can edit it. */
  readonly webhookId: string;
  readonly channelId?: string;
  readonly guildId?: string;
  readonly messageId: string;
  readonly threadId?: string;
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
  /** Occurrences so far, the first included. */
  count: number;
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
}
