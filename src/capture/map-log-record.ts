import { type Alert, MAX_ATTRIBUTE_CHARS, MAX_TEXT_CHARS } from '../alert.ts';
import { ERROR_KEYS, type FoundError, findError } from './attribute-error.ts';
import { cutMiddle } from './bounded-text.ts';
import { createAttributeSink, read, toText } from './bounded-value.ts';
import { addErrorAttributes, type ErrorReading, readError, readErrorLike, toAlertError } from './map-error.ts';
import type { HrTime, ReadableLogRecord, SpanContext } from './otel-types.ts';
import { isPagerAttribute, type PagerMarks, readPagerMarks } from './pager-attributes.ts';
import { eventOf, isNamedBridge, isWinstonBridge, loggerOf, priorityOfRecord } from './record-filter.ts';
import { addResourceAttributes, readResourceOrigin, toName, toOrigin } from './resource-origin.ts';
import { nextAlertId, type Sighting } from './sighting.ts';

const NO_ATTRIBUTES: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * Reads a log record of any SDK line. `nowMs` stands in where the record has no time. The error comes from `exception.*`, the
 * experimental `exception` of 3.x, a map under `err` or `error`, winston's `stack`, or a body that is an error.
 */
export function readLogRecord(record: ReadableLogRecord, nowMs: number): Sighting {
  const attributes = record.attributes ?? NO_ATTRIBUTES;
  const marks = readPagerMarks(attributes);
  const priority = marks?.priority ?? priorityOfRecord(record);
  const body = record.body;
  const found = findRecordError(record, attributes);
  const error = found === undefined ? undefined : readError(found.raw);
  const event = eventOf(record);
  const logger = loggerOf(record.instrumentationScope, attributes);
  const timestampMs = happenedAt(nowMs, toEpochMs(record.hrTime), toEpochMs(record.hrTimeObserved));
  const context = readSpanContext(record.spanContext);
  const message = messageOf(body, found);
  return {
    occurrence: {
      source: 'log',
      timestampMs,
      priority,
      identity: error?.identity ?? plainIdentity(logger, event, message, attributes),
      traceId: context?.traceId,
      errorObject: found?.raw.object,
      causes: error?.causes,
      marks,
    },
    toAlert: ({ repeatKey, count }): Alert => ({
      id: nextAlertId(),
      timestampMs,
      source: 'log',
      priority,
      ...spokenParts(marks),
      message: cutMiddle(message, MAX_TEXT_CHARS),
      ...(error === undefined ? {} : { error: toAlertError(error) }),
      origin: toOrigin({ ...readResourceOrigin(record.resource), logger: toName(logger), event: toName(event) }),
      attributes: attributesOf(record, attributes, found, error),
      ...context,
      repeatKey,
      count,
    }),
  };
}

function findRecordError(
  record: ReadableLogRecord,
  attributes: Readonly<Record<string, unknown>>,
): FoundError | undefined {
  const found = findError(attributes, {
    keys: ERROR_KEYS,
    textKey: 'err',
    isMessageMixed: isWinstonBridge(record.instrumentationScope),
    message: typeof record.body === 'string' ? record.body : undefined,
  });
  const own = readErrorLike(read(record, 'exception'));
  if (own !== undefined) {
    // The attributes may hold its code in the place of its class; the object has both.
    return { raw: own, consumed: found?.consumed ?? new Set(), source: record.exception };
  }
  if (found !== undefined) return found;
  const { body } = record;
  const raw = typeof body === 'object' && read(body, 'stack') !== undefined ? readErrorLike(body) : undefined;
  return raw === undefined ? undefined : { raw, consumed: new Set(), source: body };
}

/** A body that is itself the error is shown as its message, not as JSON. */
function messageOf(body: unknown, found: FoundError | undefined): string {
  if (typeof body === 'string') return body;
  if (found !== undefined && body !== undefined && found.source === body) return found.raw.message ?? '';
  return toText(body);
}

/**
 * Identity of a record without an error: logger, event and body, as far as there are any. A record without a text of its own is told
 * apart by its attributes.
 */
export function plainIdentity(
  logger: string | undefined,
  event: string | undefined,
  message: string,
  attributes: Readonly<Record<string, unknown>>,
): readonly (string | undefined)[] {
  return message === ''
    ? ['log', logger, event, message, toText(attributes, MAX_ATTRIBUTE_CHARS)]
    : ['log', logger, event, message];
}

/** The parts of an alert that a record says about itself. */
export function spokenParts(
  marks: PagerMarks | undefined,
): Pick<Alert, 'explicit' | 'action' | 'title' | 'channel' | 'dedupKey' | 'outcome' | 'runbookUrl'> {
  if (marks === undefined) return { explicit: false, action: 'trigger' };
  const { priority: _, action = 'trigger', ...spoken } = marks;
  return { explicit: true, action, ...spoken };
}

function attributesOf(
  record: ReadableLogRecord,
  attributes: Readonly<Record<string, unknown>>,
  found: FoundError | undefined,
  error: ErrorReading | undefined,
): Alert['attributes'] {
  const sink = createAttributeSink();
  const isNamed = isNamedBridge(record.instrumentationScope);
  sink.addAll(
    attributes,
    (key) =>
      found?.consumed.has(key) === true ||
      isPagerAttribute(attributes, key) ||
      key === 'event.name' ||
      (key === 'name' && isNamed),
  );
  if (error !== undefined) addErrorAttributes(sink, error, found?.source);
  addResourceAttributes(sink, record.resource);
  return sink.result();
}

/** Milliseconds since the Unix epoch; undefined for no time, for one before 1970 and for what is no time at all. */
export function toEpochMs(time: HrTime | undefined): number | undefined {
  const seconds: unknown = time?.[0];
  const nanos: unknown = time?.[1];
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return undefined;
  const ms = seconds * 1_000 + Math.floor(nanos / 1_000_000);
  // The greatest time a Date can hold: https://tc39.es/ecma262/#sec-time-values-and-time-range
  return ms > 0 && ms <= 8_640_000_000_000_000 ? ms : undefined;
}

/** Clocks of two machines differ by less. */
const MAX_AHEAD_MS = 86_400_000;

/**
 * The first of the times that can be: SDKs take a time before the start of the process for one of its own clock and add that start, which
 * gives a date decades ahead.
 */
export function happenedAt(nowMs: number, ...times: readonly (number | undefined)[]): number {
  for (const time of times) {
    if (time !== undefined && time <= nowMs + MAX_AHEAD_MS) return time;
  }
  return nowMs;
}

/** Trace and span id of a valid span context (lower-case hex, not all zero), else nothing. */
export function readSpanContext(context: SpanContext | undefined): { traceId: string; spanId?: string } | undefined {
  const traceId = toHexId(read(context, 'traceId'), 32);
  if (traceId === undefined) return undefined;
  const spanId = toHexId(read(context, 'spanId'), 16);
  return spanId === undefined ? { traceId } : { traceId, spanId };
}

const HEX = /^[0-9a-f]+$/;
const ZEROS = /^0+$/;

/** @see https://www.w3.org/TR/trace-context/#trace-id */
export function toHexId(value: unknown, chars: number): string | undefined {
  if (typeof value !== 'string' || value.length !== chars) return undefined;
  const id = value.toLowerCase();
  return HEX.test(id) && !ZEROS.test(id) ? id : undefined;
}
