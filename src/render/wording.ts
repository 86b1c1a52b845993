import type { EscalationCause } from '../pipeline/escalation.ts';
import type { IncidentState, NotifyReason } from '../pipeline/incident.ts';

/** `1234567` → `1,234,567`, the same on every machine, at most 2^53. Fractions are dropped; negative and no number is `0`. */
export function formatCount(count: number): string {
  if (!(count > 0)) return '0';
  return Math.min(Math.trunc(count), Number.MAX_SAFE_INTEGER)
    .toFixed(0)
    .replace(/\B(?=(?:\d{3}){1,7}$)/g, ',');
}

/** A duration as a reader says it: `45 s`, `10 min`, `3 h 5 min`, `2 d 4 h`. Whole units, rounded down; negative is `0 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Number.isFinite(durationMs) ? Math.max(0, Math.floor(durationMs / 1_000)) : 0;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joinUnits(hours, 'h', minutes % 60, 'min');
  return joinUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${formatCount(large)} ${largeUnit}`
    : `${formatCount(large)} ${largeUnit} ${small} ${smallUnit}`;
}

/** The last instant that has a year of four digits, which is all that ISO 8601 parsers agree on. */
const MAX_TIME_MS = 253_402_300_799_999;

function saneTime(timeMs: number): number {
  return Number.isFinite(timeMs) ? Math.min(Math.max(0, timeMs), MAX_TIME_MS) : 0;
}

/** ISO 8601 for an embed's `timestamp`. What is no time becomes the nearest one between 1970 and 9999. */
export function isoTime(timeMs: number): string {
  return new Date(saneTime(timeMs)).toISOString();
}

/**
 * A time that every reader sees in the own time zone; `R` is relative ("3 minutes ago"), `T` the time with seconds.
 *
 * @see https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
 */
export function discordTime(timeMs: number, style: 'R' | 'T'): string {
  return `<t:${Math.floor(saneTime(timeMs) / 1_000)}:${style}>`;
}

/** Why a message was sent, for its footer. With the repeat interval, and the cause of an escalation, it says more. */
export function reasonInWords(
  reason: NotifyReason,
  repeatIntervalMs?: number,
  escalatedBy?: EscalationCause | undefined,
): string {
  switch (reason) {
    case 'first':
      return 'first notice';
    case 'repeat_interval':
      return repeatIntervalMs === undefined
        ? 'still firing, repeated'
        : `still firing, repeated after ${formatDuration(repeatIntervalMs)}`;
    case 'escalated':
      return escalatedBy === undefined ? 'escalated' : `escalated, ${escalationInWords(escalatedBy)}`;
    case 'regressed':
      return 'back again after it was closed';
    case 'resolved':
      return 'resolved';
  }
}

/** The limit that was passed: `1,000 times`, `100 times in 1 min`, `unresolved for 30 min`. */
function escalationInWords(cause: EscalationCause): string {
  switch (cause.kind) {
    case 'count':
      return `${formatCount(cause.count)} times`;
    case 'rate':
      return `${formatCount(cause.count)} times in ${formatDuration(cause.windowMs)}`;
    case 'unresolved':
      return `unresolved for ${formatDuration(cause.durationMs)}`;
  }
}

/** What has become of an incident since its message was sent; empty while it is firing. */
export function stateInWords(state: IncidentState): string {
  if (state === 'firing') return '';
  return state === 'resolved' ? 'resolved since' : 'quiet since';
}
