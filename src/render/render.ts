import type { MentionPolicy, ResolvedConfig } from '../config/resolved-config.ts';
import type { Incident, MessageRef, NotifyReason } from '../pipeline/incident.ts';
import type { Priority } from '../priority.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** One incident as it goes into a message. */
export interface MessageEntry {
  readonly incident: Incident;
  readonly reason: NotifyReason;
  /** The message this one continues, linked in the embed. */
  readonly previous?: MessageRef;
  /** The newest message, when this entry stands in an older one: "continued in …". */
  readonly continuedIn?: MessageRef;
  /** How much later than it happened it is shown, where that is worth a word. */
  readonly delayedMs?: number;
}

/** One notice in the audit mirror. */
export interface AuditEntry {
  readonly atMs: number;
  readonly priority: Priority;
  readonly reason: NotifyReason;
  readonly channel: string;
  readonly service?: string;
  readonly title: string;
  readonly incidentId: string;
}

/** A message of the pager about itself: boot check, fallback, alerts that were not shown. */
export interface SelfNotice {
  readonly priority: Priority;
  readonly title: string;
  readonly text: string;
  readonly success?: boolean;
}

/**
 * Turns incidents into Discord messages. Pure: the same entries, time and configuration give the same message; every message it
 * returns is within every limit that Discord documents.
 */
export interface Renderer {
  /**
   * A new message of entries of one class (P0 · P1 · silent), the first entry on top: up to ten embeds, or for more than ten a
   * digest, with all of them in an attached list.
   */
  post(entries: readonly MessageEntry[], nowMs: number): WebhookMessage;
  /** The same message later: the whole embed array again, without `content`, pinging nobody. */
  edit(entries: readonly MessageEntry[], nowMs: number): WebhookMessage;
  /** Many lines in one white embed; entries that do not fit are not taken: `taken` says how many are in the message. */
  audit(entries: readonly AuditEntry[], nowMs: number): { readonly message: WebhookMessage; readonly taken: number };
  self(notice: SelfNotice, nowMs: number): WebhookMessage;
  /** Name of a forum post or thread for these entries: at most 100 code points, never empty. */
  threadName(entries: readonly MessageEntry[]): string;
  /** A plain-text form without embeds, components or files: sent once when Discord refuses the full one. */
  plain(entries: readonly MessageEntry[], nowMs: number): WebhookMessage;
}

/** What rendering needs of the configuration. */
export interface RenderOptions {
  readonly mentions: Readonly<Record<Priority, MentionPolicy>>;
  readonly links: ResolvedConfig['links'];
  /** For the footer of a repeated notice ("repeated after 1 h"); without it no duration is named. */
  readonly repeatIntervalMs?: ResolvedConfig['repeatIntervalMs'];
}
