import { isDeepStrictEqual } from 'node:util';
import {
  type Alert,
  type AlertAction,
  type AlertError,
  type JsonValue,
  MAX_ATTRIBUTES,
  MAX_CAUSES,
  MAX_TEXT_CHARS,
} from './alert.ts';
import { cutMiddle } from './capture/bounded-text.ts';
import { createAttributeSink, LEFT_OUT_KEY } from './capture/bounded-value.ts';
import { boundedFields, usableUrl } from './capture/map-page.ts';
import { normaliseMarks, type PagerMarks } from './capture/pager-attributes.ts';
import { WITHHELD_FAILED } from './pipeline/redact-marker.ts';
import { withRedactedMessage } from './pipeline/redact-walk.ts';
import type { Priority } from './priority.ts';

/** An error as a redaction processor may change it. */
export interface RedactableError {
  type: string;
  message: string;
  /** As V8 prints it. Where the message is changed and the stack is not, the message in the stack is changed as well. */
  stack?: string | undefined;
  code?: string | undefined;
  cause?: RedactableError | undefined;
}

/**
 * An alert as a redaction processor gets it: plain, a copy, nothing redacted yet. What can be written is what it may change; what
 * is longer than an alert may be is cut, as at capture.
 */
export interface RedactableAlert {
  readonly priority: Priority;
  /** A resolve closes what a trigger has opened. */
  readonly action: AlertAction;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  title?: string | undefined;
  /** The log body, the span's status message, the text of `page()`. May be empty. */
  message: string;
  error?: RedactableError | undefined;
  attributes: Record<string, unknown>;
  fields?: Record<string, string> | undefined;
  url?: string | undefined;
  runbookUrl?: string | undefined;
  /** Steers: another value is another channel. */
  channel?: string | undefined;
  /** Steers: it is the whole identity of an incident, and a resolve must get the same as its trigger. */
  dedupKey?: string | undefined;
}

/**
 * Changes alerts before the built-in redaction sees them. Gives back the alert, changed or not, or `null` to drop it. Anything
 * else is a failure: nothing at all, a Promise, an error that is thrown.
 */
export type RedactProcessor = (alert: RedactableAlert) => RedactableAlert | null;

/** A copy of what of an alert may be changed. */
export function toRedactable(alert: Alert): RedactableAlert {
  const { priority, action, origin, title, message, error, attributes, fields, url, runbookUrl } = alert;
  const { channel, dedupKey } = alert;
  const { service, environment } = origin;
  const optional = { service, environment, title, error, fields, url, runbookUrl, channel, dedupKey };
  const set = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return structuredClone({ priority, action, message, attributes, ...set }) as RedactableAlert;
}

/** Longest message and stack of a cause, longest class name and code: as at capture. */
const MAX_CAUSE_CHARS = 16_384;
const MAX_NAME_CHARS = 256;

type Given = Readonly<Record<string, unknown>>;

/**
 * The alert with what a processor has made of it, within the bounds of an alert. What is as it was stays the very same value.
 *
 * @throws where it is no alert; also whatever a getter or proxy in it throws.
 */
export function readBack(returned: unknown, alert: Alert): Alert {
  const given = recordOf(returned);
  const message = textOf(given, 'message');
  if (message === undefined) throw new TypeError('no message');
  const error = errorOf(given['error'], alert.error);
  const { fields: fieldsBefore, url: urlBefore } = alert;
  const fields = isGiven(given['fields'])
    ? isDeepStrictEqual(given['fields'], fieldsBefore)
      ? fieldsBefore
      : boundedFields(recordOf(given['fields']))
    : undefined;
  const url = textOf(given, 'url');
  const { title: _t, error: _e, fields: _f, url: _u, runbookUrl: _r, channel: _c, dedupKey: _d, ...kept } = alert;
  return {
    ...kept,
    ...marksOf(given, alert),
    message: cutMiddle(message, MAX_TEXT_CHARS),
    attributes: attributesOf(given['attributes'], alert.attributes),
    ...(error === undefined ? {} : { error }),
    ...(fields === undefined ? {} : { fields }),
    ...optional('url', url === urlBefore ? url : usableUrl(url)),
  };
}

function optional<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
}

function recordOf(value: unknown): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no object');
  return value as Given;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A text, or nothing. */
function textOf(given: Given, key: string): string | undefined {
  const value = given[key];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'string') throw new TypeError('no text');
  return value;
}

function marksOf(given: Given, alert: Alert): Pick<Alert, 'title' | 'channel' | 'dedupKey' | 'runbookUrl'> {
  const texts = {
    title: textOf(given, 'title'),
    channel: textOf(given, 'channel'),
    dedupKey: textOf(given, 'dedupKey'),
    runbookUrl: textOf(given, 'runbookUrl'),
  };
  const marks: PagerMarks = normaliseMarks(texts);
  const kept = <K extends keyof typeof texts>(name: K): { readonly [P in K]?: string } =>
    optional(name, texts[name] === alert[name] ? alert[name] : marks[name]);
  return { ...kept('title'), ...kept('channel'), ...kept('dedupKey'), ...kept('runbookUrl') };
}

function errorOf(returned: unknown, before: AlertError | undefined): AlertError | undefined {
  if (!isGiven(returned)) return undefined;
  return isDeepStrictEqual(returned, before) ? before : boundedError(returned, before, 0);
}

function boundedError(returned: unknown, before: AlertError | undefined, depth: number): AlertError {
  const given = recordOf(returned);
  const maxChars = depth === 0 ? MAX_TEXT_CHARS : MAX_CAUSE_CHARS;
  const message = textOf(given, 'message');
  const type = textOf(given, 'type') ?? 'Error';
  const written = textOf(given, 'stack');
  const code = textOf(given, 'code');
  if (message === undefined) throw new TypeError('no message');
  const stack =
    written === before?.stack ? (withRedactedMessage(written, before?.message, message) as typeof written) : written;
  const next = depth + 1 < MAX_CAUSES ? given['cause'] : undefined;
  const cause = isGiven(next) ? boundedError(next, before?.cause, depth + 1) : undefined;
  return {
    type: type === '' || type.length > MAX_NAME_CHARS ? 'Error' : type,
    message: cutMiddle(message, maxChars),
    ...(stack === undefined ? {} : { stack: cutMiddle(stack, maxChars) }),
    ...(code === undefined || code.length > MAX_NAME_CHARS ? {} : { code }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function attributesOf(returned: unknown, before: Alert['attributes']): Alert['attributes'] {
  if (!isGiven(returned)) return {};
  const given = recordOf(returned);
  const all = Object.keys(given);
  const names = all.length > MAX_ATTRIBUTES ? all.slice(0, MAX_ATTRIBUTES - 1) : all;
  const sink = createAttributeSink();
  const kept = new Map<string, JsonValue>();
  for (const name of names) {
    const value = given[name];
    const isSame = Object.hasOwn(before, name) && isDeepStrictEqual(value, before[name]);
    if (isSame) kept.set(name, before[name] as JsonValue);
    else sink.add(name, value);
  }
  const changed = new Map(Object.entries(sink.result()));
  const inOrder = new Map<string, JsonValue>();
  for (const name of [...names, ...changed.keys()]) {
    const value = kept.has(name) ? kept.get(name) : changed.get(name);
    if (value !== undefined) inOrder.set(name, value);
  }
  if (all.length > names.length) inOrder.set(LEFT_OUT_KEY, all.length - names.length);
  return Object.fromEntries(inOrder);
}

/** What of an alert can be shown without any of its texts: when, where, how urgent, and the names that steer. */
export function withheldAlert(alert: Alert): Alert {
  const { title, error: _e, fields: _f, url: _u, runbookUrl: _r, ...kept } = alert;
  return {
    ...kept,
    ...(title === undefined ? {} : { title: WITHHELD_FAILED }),
    message: WITHHELD_FAILED,
    attributes: {},
  };
}
