import type { Alert, AlertError, JsonValue } from '../alert.ts';
import type { Redactor } from './redact.ts';
import { WITHHELD_TOO_LARGE } from './redact-marker.ts';

/** What was masked at one place by one rule. Never the value, nor anything that could be told from it. */
export interface MaskedPlace {
  /** `message`, `error.cause.stack`, `attributes.http.url`, `fields.order`; redacted itself, because a name can hold a secret. */
  readonly place: string;
  /** Id of the rule, as in the counters of redaction; `failed` and `too-large` for what was withheld. */
  readonly rule: string;
  readonly times: number;
}

/** Pseudo-rules: what could not be read, and what was beyond the limits. */
const FAILED = 'failed';
const TOO_LARGE = 'too-large';
/** Objects in attributes are followed so far; what lies deeper is told at that level. */
const MAX_DEPTH = 6;
/** Of more properties than this in one object, all are told in one place. */
const MAX_PROPERTIES = 128;
const MAX_PLACE_CHARS = 160;

type Tally = Readonly<Record<string, number>>;

/**
 * Explains what a redactor does to alerts: redacts every part of one for itself and looks which rules have fired. Costs many times what
 * redacting costs, and counts in the redactor: for people who tune redaction, with a redactor of its own.
 */
export function createExplainer(redactor: Redactor): (alert: Alert) => readonly MaskedPlace[] {
  return (alert) => {
    const places: MaskedPlace[] = [];
    const tell = (place: string, parts: Partial<Alert>): Tally => {
      const tally = tallyOf(parts);
      for (const [rule, times] of Object.entries(tally)) places.push({ place: shown(place), rule, times });
      return tally;
    };
    for (const key of ['title', 'message', 'channel', 'dedupKey', 'outcome', 'url', 'runbookUrl'] as const) {
      if (alert[key] !== undefined) tell(key, { [key]: alert[key] });
    }
    for (const [name, value] of Object.entries(alert.origin)) tell(name, { origin: { [name]: value } });
    let place = 'error';
    for (let error = alert.error; error !== undefined; error = error.cause) {
      tellError(place, error);
      place += '.cause';
    }
    tellRecord('fields', alert.fields ?? {}, (fields) => ({ fields: fields as Readonly<Record<string, string>> }));
    tellRecord('attributes', alert.attributes, (attributes) => ({ attributes }));
    return places;

    function tellError(at: string, error: AlertError): void {
      // Through the causes before it, so that paths of the user's meet it where it stands; what is not there is not masked.
      const within = (part: Partial<AlertError>): Partial<Alert> => {
        let nested: Partial<AlertError> = part;
        for (let depth = at.split('.').length; depth > 1; depth--) nested = { cause: nested as AlertError };
        return { error: nested as AlertError };
      };
      const { type, message, stack, code } = error;
      tell(`${at}.type`, within({ type }));
      tell(`${at}.message`, within({ type, message }));
      if (stack !== undefined) tell(`${at}.stack`, within({ stack }));
      if (code !== undefined) tell(`${at}.code`, within({ code }));
    }

    function tellRecord(
      at: string,
      record: Readonly<Record<string, JsonValue>>,
      wrap: (record: Readonly<Record<string, JsonValue>>) => Partial<Alert>,
    ): void {
      for (const [name, value] of Object.entries(record))
        tellValue(`${at}.${name}`, value, (v) => wrap({ [name]: v }), 0);
    }

    /** At its properties, where they tell as much as the whole: of a pair (`{ name, value }`) only both say what it is. */
    function tellValue(at: string, value: JsonValue, wrap: (value: JsonValue) => Partial<Alert>, depth: number): void {
      const whole = tallyOf(wrap(value));
      if (sumOf(whole) === 0) return;
      if (isRecord(value) && depth < MAX_DEPTH) {
        const entries = Object.entries(value).slice(0, MAX_PROPERTIES + 1);
        const parts = entries.map(([name, one]) => tallyOf(wrap({ [name]: one })));
        const told = parts.reduce((sum, part) => sum + sumOf(part), 0);
        if (entries.length <= MAX_PROPERTIES && told === sumOf(whole) && told > 0) {
          for (const [name, one] of entries) tellValue(`${at}.${name}`, one, (v) => wrap({ [name]: v }), depth + 1);
          return;
        }
      }
      tell(at, wrap(value));
    }
  };

  function tallyOf(parts: Partial<Alert>): Tally {
    const before = redactor.counters();
    const redacted = redactor.redactAlert({ ...NOTHING, ...parts });
    const after = redactor.counters();
    const tally: Record<string, number> = {};
    for (const [rule, times] of Object.entries(after.masked)) {
      const fired = times - (before.masked[rule] ?? 0);
      if (fired > 0) tally[rule] = fired;
    }
    if (after.failures > before.failures) tally[FAILED] = after.failures - before.failures;
    if (JSON.stringify(redacted).includes(WITHHELD_TOO_LARGE)) tally[TOO_LARGE] = 1;
    return tally;
  }

  function shown(place: string): string {
    const clean = redactor.redactText(place).replace(/\s+/g, ' ');
    return clean.length <= MAX_PLACE_CHARS ? clean : `${clean.slice(0, MAX_PLACE_CHARS - 1).toWellFormed()}…`;
  }
}

function sumOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, times) => sum + times, 0);
}

function isRecord(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOTHING: Alert = {
  id: '',
  timestampMs: 0,
  source: 'api',
  priority: 'P1',
  explicit: true,
  action: 'trigger',
  message: '',
  origin: {},
  attributes: {},
  repeatKey: 0,
  count: 0,
};
