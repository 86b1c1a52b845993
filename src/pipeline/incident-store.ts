import type { AlertAction, RedactedAlert } from '../alert.ts';
import type { Priority } from '../priority.ts';
import type { Incident } from './incident.ts';

/*
 * Where incidents outlive the process, and where processes that page to the same webhook agree who has which of them.
 *
 * Everyone that opens the store is a member of it. An incident belongs to one member at a time: the one that claimed its first
 * notice. That one posts, edits and counts; whoever else sees an occurrence forwards it there. What a member leaves when it ends,
 * its incidents and what still waits to be shown, goes to exactly one other that has the same webhook.
 *
 * Kept under the webhook's id, never its token. Everything in it has been redacted.
 */

/** Occurrences that one member saw of an incident that another has. */
export interface Contribution {
  readonly fingerprint: string;
  readonly action: AlertAction;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly priority: Priority;
  /** The newest occurrence of which the text is known: the incident may be forgotten where it arrives. */
  readonly alert: RedactedAlert;
}

/** An incident as it was left, under its webhook. */
export interface LeftIncident {
  readonly webhookId: string;
  readonly incident: Incident;
}

/** What was taken over from members that have ended. */
export interface Inheritance {
  readonly incidents: readonly LeftIncident[];
  readonly contributions: readonly (Contribution & { readonly webhookId: string })[];
  /** To be called once everything in it was `put`: until then it would be found again after a crash. */
  settled(): Promise<void>;
}

/** Whose an incident is. `member` names whom occurrences are forwarded to. */
export type Claim =
  | { readonly kind: 'ours'; readonly inherited: readonly Inheritance[] }
  | { readonly kind: 'theirs'; readonly member: string };

/** The member that an incident was given to, and whether it still runs. */
export interface Holder {
  readonly webhookId: string;
  readonly member: string;
  readonly isAlive: boolean;
}

export type RequestKind = 'post' | 'edit';

/** A request that another member has sent to a webhook. */
export interface SentRequest {
  readonly kind: RequestKind;
  readonly atMs: number;
}

/** What a store tells the member by itself. */
export interface IncidentStoreListener {
  /** Others have ended while this member runs. */
  inherited(inheritance: Inheritance): void;
  contributed(contributions: readonly Contribution[]): void;
  /** Others have sent requests to the webhook: Discord counts them together. In the order of their times. */
  requested(webhookId: string, requests: readonly SentRequest[]): void;
  /** What is given now is not kept, as words without a path; told once until it works again. */
  failed(reason: string): void;
  /** Something on the disk was damaged and is set aside. */
  damaged(what: string): void;
  /** The bound is reached: so many incidents are in memory only. */
  unsaved(incidents: number): void;
}

/**
 * One member's access. No method throws or rejects: where the store cannot be reached it answers as if this member were the only
 * one, because showing a page twice is better than not at all.
 */
export interface IncidentStore {
  /** False: it is gone with the process. */
  readonly isDurable: boolean;
  /** Begins to tell, to give signs of life, and to look after members that have ended. */
  start(listener: IncidentStoreListener): void;
  /** Takes over what members that have ended left, for the webhooks of this member. Each of them goes to one member only. */
  adopt(): Promise<readonly Inheritance[]>;
  /** Asks for an incident: exactly one of all members that ask at once gets it. */
  claim(webhookId: string, fingerprint: string): Promise<Claim>;
  /** Who has the incident, under any webhook of this member; undefined when nobody has it, or this member itself. */
  holder(fingerprint: string): Promise<Holder | undefined>;
  /** Writes down the newest state of an incident, soon: at once while a notice of it waits, within 100 ms otherwise. */
  put(webhookId: string, incident: Incident): void;
  /** Forgets an incident and gives up its claim. */
  remove(webhookId: string, fingerprint: string): void;
  /** False when that member has ended: the incident is to be claimed again. */
  forward(webhookId: string, member: string, contribution: Contribution): Promise<boolean>;
  /** A request was sent to the webhook: others shall count it too. */
  noteRequest(webhookId: string, kind: RequestKind): void;
  /** True when a member of this service is known that started after the time. */
  hasStartedSince(service: string | undefined, environment: string | undefined, sinceMs: number): boolean;
  /**
   * Everything given so far is kept when this resolves: true, unless the store fails.
   *
   * @param isLast this process ends afterwards: requests noted last are waited for, too, for a moment.
   */
  flush(isLast?: boolean): Promise<boolean>;
  /** The same while this thread is about to end, blocking. */
  flushSync(): boolean;
  /** Leaves: what is there may be taken over at once. */
  close(): Promise<void>;
}
