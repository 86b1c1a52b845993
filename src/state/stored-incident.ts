import type { RedactedAlert } from '../alert.ts';
import { alertChars, lightened } from '../alert-size.ts';
import type { Incident, MessageRef } from '../pipeline/incident.ts';
import type { Contribution } from '../pipeline/incident-store.ts';
import { PRIORITIES, type Priority } from '../priority.ts';

/*
 * The records of a member's log, as JSON:
 *
 *   {"v":1,"at":…,"full":{…}}      an incident, with the alert it shows
 *   {"v":1,"at":…,"state":{…}}     the same without the alert, which has not changed
 *   {"v":1,"at":…,"gone":"…"}      the fingerprint of one that is forgotten
 *
 * `at` is when it was written, by the writer's clock: of two records of one incident the later counts.
 */

/** The version of all records; those of another one are passed over. */
const VERSION = 1;

/** An alert with more text than this is kept without the middle of its texts. */
const MAX_ALERT_CHARS = 12_000;

/** Without the hash of what stood in it before it was redacted: such a hash can be guessed back. */
function kept(alert: RedactedAlert): RedactedAlert {
  return { ...(alertChars(alert) > MAX_ALERT_CHARS ? lightened(alert) : alert), repeatKey: 0 };
}

export function fullRecord(incident: Incident, atMs: number): string {
  return JSON.stringify({ v: VERSION, at: atMs, full: { ...incident, alert: kept(incident.alert) } });
}

export function stateRecord(incident: Incident, atMs: number): string {
  const { alert: _alert, ...state } = incident;
  return JSON.stringify({ v: VERSION, at: atMs, state });
}

export function goneRecord(fingerprint: string, atMs: number): string {
  return JSON.stringify({ v: VERSION, at: atMs, gone: fingerprint });
}

/** What a log says, and how many of its records made no sense. */
export interface ReadIncidents {
  readonly incidents: ReadonlyMap<string, { readonly incident: Incident; readonly atMs: number }>;
  readonly damaged: number;
}

/** Reads records in their order. Never throws: what is no record of ours is counted and passed over. */
export function readIncidents(records: readonly string[]): ReadIncidents {
  const incidents = new Map<string, { incident: Incident; atMs: number }>();
  let damaged = 0;
  for (const text of records) {
    const record = parseRecord(text);
    const atMs = record?.['at'];
    if (record === undefined || typeof atMs !== 'number') {
      damaged++;
      continue;
    }
    const { gone, full, state } = record;
    if (typeof gone === 'string') {
      incidents.delete(gone);
      continue;
    }
    const before = isObject(state) ? incidents.get(String(state['fingerprint'])) : undefined;
    const incident = toIncident(
      isObject(full) ? full : isObject(state) && before !== undefined ? { ...state, alert: before.incident.alert } : {},
    );
    if (incident === undefined) damaged++;
    else incidents.set(incident.fingerprint, { incident, atMs });
  }
  return { incidents, damaged };
}

export function contributionRecord(contribution: Contribution): string {
  return JSON.stringify({ v: VERSION, contribution: { ...contribution, alert: kept(contribution.alert) } });
}

/** Undefined when it is none. */
export function readContribution(text: string): Contribution | undefined {
  const given = parseRecord(text)?.['contribution'];
  if (!isObject(given)) return undefined;
  const { fingerprint, action, count, firstMs, lastMs, priority, alert } = given;
  const isWhole =
    typeof fingerprint === 'string' &&
    (action === 'trigger' || action === 'resolve') &&
    [count, firstMs, lastMs].every(Number.isFinite) &&
    isPriority(priority) &&
    isAlert(alert);
  return isWhole ? (given as unknown as Contribution) : undefined;
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value['v'] === VERSION ? value : undefined;
  } catch {
    return undefined;
  }
}

const STATES: readonly unknown[] = ['firing', 'resolved', 'quiet'];
const REASONS: readonly unknown[] = ['first', 'repeat_interval', 'escalated', 'regressed', 'resolved'];

function toIncident(given: Record<string, unknown>): Incident | undefined {
  const { id, fingerprint, state, priority, channel, firstSeenMs, lastSeenMs, count, reason, alert, message } = given;
  const isWhole =
    [id, fingerprint, channel].every((text) => typeof text === 'string') &&
    [firstSeenMs, lastSeenMs, count].every(Number.isFinite) &&
    STATES.includes(state) &&
    REASONS.includes(reason) &&
    isPriority(priority) &&
    isAlert(alert) &&
    (message === undefined || isMessageRef(message)) &&
    ['closedAtMs', 'lastNotifiedMs', 'pendingSinceMs', 'firingSinceMs', 'countBefore'].every((name) =>
      isNumberOrNone(given[name]),
    ) &&
    isOptional(given['shown'], (shown) => Number.isFinite(shown['count']) && typeof shown['state'] === 'string') &&
    isOptional(given['escalatedBy'], (cause) => typeof cause['kind'] === 'string') &&
    isOptional(given['affected'], ({ instances, routes }) => isAffected(instances) && isAffected(routes)) &&
    given['owner'] === undefined;
  return isWhole ? (given as unknown as Incident) : undefined;
}

function isMessageRef(value: unknown): value is MessageRef {
  return (
    isObject(value) &&
    typeof value['webhookId'] === 'string' &&
    typeof value['messageId'] === 'string' &&
    [value['channelId'], value['guildId'], value['threadId']].every(isTextOrNone) &&
    [value['position'], value['of']].every(isNumberOrNone)
  );
}

function isAffected(value: unknown): boolean {
  return isObject(value) && Array.isArray(value['names']) && value['names'].every((name) => typeof name === 'string');
}

const TEXTS = ['title', 'channel', 'dedupKey', 'outcome', 'url', 'runbookUrl', 'traceId', 'spanId'] as const;

/** The parts that everything behind it relies on. What it holds was redacted before it was written. */
function isAlert(value: unknown): value is RedactedAlert {
  return (
    isObject(value) &&
    typeof value['message'] === 'string' &&
    typeof value['timestampMs'] === 'number' &&
    isObject(value['origin']) &&
    Object.values(value['origin']).every(isTextOrNone) &&
    isObject(value['attributes']) &&
    isOptional(value['fields'], (fields) => Object.values(fields).every((field) => typeof field === 'string')) &&
    TEXTS.every((name) => isTextOrNone(value[name])) &&
    (value['error'] === undefined || isAlertError(value['error']))
  );
}

function isAlertError(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['type'] === 'string' &&
    typeof value['message'] === 'string' &&
    isTextOrNone(value['stack']) &&
    isTextOrNone(value['code']) &&
    (value['cause'] === undefined || isAlertError(value['cause']))
  );
}

function isPriority(value: unknown): value is Priority {
  return (PRIORITIES as readonly unknown[]).includes(value);
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isNumberOrNone(value: unknown): boolean {
  return value === undefined || Number.isFinite(value);
}

function isOptional(value: unknown, isWhole: (value: Record<string, unknown>) => boolean): boolean {
  return value === undefined || (isObject(value) && isWhole(value));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
