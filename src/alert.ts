import type { Priority } from './priority.ts';

/** The way in through which an alert was captured. */
export type AlertSource = 'log' | 'span' | 'pino' | 'api' | 'crash' | 'cli';

/** `trigger` opens or repeats an incident, `resolve` closes it. */
export type AlertAction = 'trigger' | 'resolve';

/** A value that survives JSON and the structured clone: what a captured attribute is reduced to. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An error reduced to text, with the chain of its causes (at most {@link MAX_CAUSES} deep, never cyclic). */
export interface AlertError {
  /** Class name (`TypeError`), not an error code. `Error` where nothing better is known. */
  readonly type: string;
  readonly message: string;
  /** As V8 prints it, first line included. */
  readonly stack?: string;
  /** `ECONNREFUSED`, `23505`: identity, kept apart from the message. */
  readonly code?: string;
  readonly cause?: AlertError;
}

/** Who speaks: what is known about the emitting process and logger. */
export interface AlertOrigin {
  readonly service?: string;
  readonly environment?: string;
  readonly version?: string;
  /** Host, pod or instance id: shown, never part of an incident's identity. */
  readonly instance?: string;
  /** Logger or instrumentation scope name. */
  readonly logger?: string;
  /** OpenTelemetry event name, or the span's name. */
  readonly event?: string;
}

/**
 * What a capture produces: plain, bounded, and safe to hand to another thread. Nothing in it has been redacted yet.
 *
 * Every string is at most {@link MAX_TEXT_CHARS} long (cut in the middle, where neither half a token nor a value without its name
 * remains); there are at most {@link MAX_ATTRIBUTES} attributes.
 */
export interface Alert {
  /** Unique in this process. */
  readonly id: string;
  /** When it happened, ms since the Unix epoch. */
  readonly timestampMs: number;
  readonly source: AlertSource;
  readonly priority: Priority;
  /** True when the record speaks for itself (any `pager.*`, or a call of `page()`): it is shown even below the threshold. */
  readonly explicit: boolean;
  readonly action: AlertAction;
  /** `pager.title`. Without it a title is made from the error or the message. */
  readonly title?: string;
  /** The log body, the span's status message, the text of `page()`. May be empty. */
  readonly message: string;
  readonly error?: AlertError;
  readonly origin: AlertOrigin;
  readonly attributes: Readonly<Record<string, JsonValue>>;
  /** Short name–value pairs that the caller wants to see first. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly channel?: string;
  readonly dedupKey?: string;
  readonly outcome?: string;
  readonly url?: string;
  readonly runbookUrl?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /**
   * Process-seeded hash of the raw type, message and stack: later repeats travel as this number and a count. In memory only,
   * never stored or shown, because a hash of a secret can be guessed back.
   */
  readonly repeatKey: number;
  /** Occurrences this alert stands for; 0 when the same occurrence was already counted through another way in. */
  readonly count: number;
}

/** The longest string an alert may carry, in UTF-16 units. */
export const MAX_TEXT_CHARS = 262_144;
/** The longest attribute value, in UTF-16 units. */
export const MAX_ATTRIBUTE_CHARS = 8_192;
/** The most attributes an alert may carry; the rest is left out, which is said in the attribute `pager.attributes_left_out`. */
export const MAX_ATTRIBUTES = 128;
/** The longest chain of causes that is followed. */
export const MAX_CAUSES = 8;

declare const redacted: unique symbol;

/**
 * An alert from which every secret has been removed. Only the redaction stage makes one; everything behind it accepts nothing
 * else, so that skipping redaction does not compile.
 */
export type RedactedAlert = Alert & { readonly [redacted]: true };

/**
 * Occurrences of an alert that was captured before: only their number and times travel.
 */
export interface RepeatCount {
  readonly repeatKey: number;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What records can say about themselves; the same names in OpenTelemetry attributes, pino fields and CLI flags. */
export const PAGER_KEYS = {
  priority: 'pager.priority',
  channel: 'pager.channel',
  title: 'pager.title',
  dedupKey: 'pager.dedup_key',
  action: 'pager.action',
  outcome: 'pager.outcome',
  runbookUrl: 'pager.runbook_url',
} as const;
