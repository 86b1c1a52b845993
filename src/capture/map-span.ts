import { type Alert, MAX_TEXT_CHARS } from '../alert.ts';
import type { Priority } from '../priority.ts';
import { type FoundError, findError } from './attribute-error.ts';
import { cutMiddle } from './bounded-text.ts';
import { createAttributeSink, read } from './bounded-value.ts';
import type { CaptureFilter } from './capture-target.ts';
import { addErrorAttributes, readError, toAlertError } from './map-error.ts';
import { happenedAt, readSpanContext, spokenParts, toEpochMs } from './map-log-record.ts';
import {
  type ReadableSpan,
  SPAN_KIND_CONSUMER,
  SPAN_KIND_SERVER,
  SPAN_STATUS_ERROR,
  type SpanEvent,
} from './otel-types.ts';
import { isPagerAttribute, readPagerMarks } from './pager-attributes.ts';
import { isSelected, reachesThreshold } from './record-filter.ts';
import { addResourceAttributes, readResourceOrigin, toName, toOrigin } from './resource-origin.ts';
import { nextAlertId, type Sighting } from './sighting.ts';

/** A span that is worth capturing, and whether it says what went wrong. */
export interface SpanSighting extends Sighting {
  /** False: without its trace it tells only that something failed, which whatever paged before it in that trace has told better. */
  readonly isTelling: boolean;
}

const NO_ERRORS_IN_ATTRIBUTES = { keys: [] } as const;

/**
 * Reads a finished span; undefined where it is no matter for a page. It is one when it ends in an error and is a root or handles
 * something from outside (SERVER, CONSUMER), and always when it carries `pager.*`. Type, message and stack come from its last exception
 * event. Throws only what a getter of the span throws.
 */
export function readSpan(span: ReadableSpan, filter: CaptureFilter, nowMs: number): SpanSighting | undefined {
  if (!filter.enabled) return undefined;
  const isError = span.status?.code === SPAN_STATUS_ERROR;
  const marks = readPagerMarks(span.attributes);
  if (marks === undefined && !(isError && isEntry(span))) return undefined;
  const scope = span.instrumentationScope ?? span.instrumentationLibrary;
  const origin = toOrigin({
    ...readResourceOrigin(span.resource),
    logger: toName(scope?.name),
    event: toName(span.name),
  });
  const priority: Priority = marks?.priority ?? (isError ? 'P1' : 'P3');
  if (marks === undefined && !reachesThreshold(priority, filter)) {
    const { event, logger, service } = origin;
    if (!isSelected({ priority, attributes: span.attributes, event, logger, service }, filter)) return undefined;
  }
  const exception = isError ? lastException(span.events) : undefined;
  const found = exception && findError(exception.attributes ?? {}, NO_ERRORS_IN_ATTRIBUTES);
  const error = found === undefined ? undefined : readError(found.raw);
  const timestampMs = happenedAt(nowMs, toEpochMs(exception?.time), toEpochMs(span.endTime), toEpochMs(span.startTime));
  const context = readSpanContext(span.spanContext());
  const statusMessage = span.status?.message ?? '';
  return {
    isTelling: error !== undefined || marks !== undefined,
    occurrence: {
      source: 'span',
      timestampMs,
      priority,
      identity: error?.identity ?? ['span', span.name, statusMessage],
      traceId: context?.traceId,
      causes: error?.causes,
      marks,
    },
    toAlert: ({ repeatKey, count }): Alert => ({
      id: nextAlertId(),
      timestampMs,
      source: 'span',
      priority,
      ...spokenParts(marks),
      message: cutMiddle(statusMessage || span.name, MAX_TEXT_CHARS),
      ...(error === undefined ? {} : { error: toAlertError(error) }),
      origin,
      attributes: attributesOf(span, found, error),
      ...context,
      repeatKey,
      count,
    }),
  };
}

/** A root, or a span that answers for something from outside. One with a remote parent is no root: its kind decides. */
function isEntry(span: ReadableSpan): boolean {
  if (span.kind === SPAN_KIND_SERVER || span.kind === SPAN_KIND_CONSUMER) return true;
  return !isSpanId(span.parentSpanContext?.spanId) && !isSpanId(span.parentSpanId);
}

function isSpanId(id: string | undefined): boolean {
  return id !== undefined && id !== '' && id !== '0000000000000000';
}

// A retry records each failure; the last one is why the span failed.
function lastException(events: readonly SpanEvent[]): SpanEvent | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.name === 'exception') return event;
  }
  return undefined;
}

function attributesOf(
  span: ReadableSpan,
  found: FoundError | undefined,
  error: ReturnType<typeof readError> | undefined,
): Alert['attributes'] {
  const sink = createAttributeSink();
  sink.addAll(span.attributes, (key) => isPagerAttribute(span.attributes, key));
  if (error !== undefined) addErrorAttributes(sink, error, read(found, 'source'));
  addResourceAttributes(sink, span.resource);
  return sink.result();
}
