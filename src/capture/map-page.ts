import { type Alert, type AlertAction, type AlertSource, MAX_ATTRIBUTE_CHARS, MAX_TEXT_CHARS } from '../alert.ts';
import type { Priority } from '../priority.ts';
import { cutMiddle } from './bounded-text.ts';
import { createAttributeSink, isInstance, keysOf, read, toText } from './bounded-value.ts';
import { addErrorAttributes, readError, readThrown, toAlertError } from './map-error.ts';
import { happenedAt, readSpanContext, spokenParts } from './map-log-record.ts';
import type { SpanContext } from './otel-types.ts';
import { isPagerAttribute, normaliseMarks, type PagerMarks, readPagerMarks } from './pager-attributes.ts';
import { type ResourceOrigin, toOrigin } from './resource-origin.ts';
import { nextAlertId, type Sighting } from './sighting.ts';

/** What `page()` takes. Everything is optional, and a value of the wrong kind counts as left out. */
export interface PageInput {
  /** Shown as the title; without it the error or the message is. */
  readonly title?: string;
  readonly message?: string;
  /** An `Error`, or whatever was thrown. */
  readonly error?: unknown;
  /** @default 'P1' */
  readonly priority?: Priority;
  /** Name of a configured channel. */
  readonly channel?: string;
  /** Short name–value pairs that are shown first; at most 25. */
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
  readonly url?: string;
  /** The whole identity of the incident; a resolve finds it by this key. */
  readonly dedupKey?: string;
  /** @default 'trigger' */
  readonly action?: AlertAction;
  /** Further values, as log attributes have them. `pager.*` among them counts where the parameter of that name is left out. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** When it happened, ms since the Unix epoch or a Date. Default: now. */
  readonly timestamp?: number | Date;
}

/** What the caller of {@link readPage} knows besides. */
export interface PageContext {
  readonly nowMs: number;
  /** @default 'api' */
  readonly source?: AlertSource;
  /** The active span, where there is one. */
  readonly spanContext?: SpanContext | undefined;
  readonly origin?: ResourceOrigin;
}

/** Discord shows 25 fields of an embed: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const MAX_FIELDS = 25;
const MAX_FIELD_NAME_CHARS = 256;
/** A link button takes 512 characters; a longer URL is no use anywhere: https://discord.com/developers/docs/components/reference#button */
const MAX_URL_CHARS = 2_048;

/** Reads the input of `page()`; with `source: 'crash'` and `'cli'` also what those capture. Never throws, whatever it is given. */
export function readPage(input: PageInput, context: PageContext): Sighting {
  const attributes = read(input, 'attributes');
  const said = readPagerMarks(typeof attributes === 'object' ? ((attributes ?? {}) as Record<string, unknown>) : {});
  const marks: PagerMarks = {
    ...said,
    ...normaliseMarks({
      priority: read(input, 'priority'),
      channel: read(input, 'channel'),
      title: read(input, 'title'),
      dedupKey: read(input, 'dedupKey'),
      action: read(input, 'action'),
    }),
  };
  const priority = marks.priority ?? 'P1';
  const source = context.source ?? 'api';
  const timestampMs = happenedAt(context.nowMs, toTimestamp(read(input, 'timestamp')));
  const message = toText(read(input, 'message'));
  const thrown = read(input, 'error');
  const raw = readThrown(thrown);
  const error = raw === undefined ? undefined : readError(raw);
  const span = readSpanContext(context.spanContext);
  return {
    occurrence: {
      source,
      timestampMs,
      priority,
      // The title is in the marks; a page without one is told apart by its message.
      identity: error?.identity ?? ['page', message],
      traceId: span?.traceId,
      errorObject: raw?.object,
      causes: error?.causes,
      marks,
    },
    toAlert: ({ repeatKey, count }): Alert => {
      const fields = boundedFields(read(input, 'fields'));
      const url = usableUrl(read(input, 'url'));
      return {
        id: nextAlertId(),
        timestampMs,
        source,
        priority,
        ...spokenParts(marks),
        message: cutMiddle(message, MAX_TEXT_CHARS),
        ...(error === undefined ? {} : { error: toAlertError(error) }),
        origin: toOrigin(context.origin ?? {}),
        attributes: attributesOf(attributes, error, thrown),
        ...(fields === undefined ? {} : { fields }),
        ...(url === undefined ? {} : { url }),
        ...span,
        repeatKey,
        count,
      };
    },
  };
}

function attributesOf(
  attributes: unknown,
  error: ReturnType<typeof readError> | undefined,
  thrown: unknown,
): Alert['attributes'] {
  const sink = createAttributeSink();
  sink.addAll(attributes, (key) => isPagerAttribute(attributes, key));
  if (error !== undefined) addErrorAttributes(sink, error, thrown);
  return sink.result();
}

/** Name–value pairs as an alert may carry them; undefined where there are none. Never throws. */
export function boundedFields(fields: unknown): Record<string, string> | undefined {
  const entries: [string, string][] = [];
  for (const key of keysOf(fields)) {
    if (entries.length === MAX_FIELDS) break;
    const value = read(fields, key);
    if (value === undefined || value === null || key.length > MAX_FIELD_NAME_CHARS) continue;
    entries.push([key, toText(value, MAX_ATTRIBUTE_CHARS)]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A web address as text, of a length that a link can have; undefined for anything else. */
export function usableUrl(url: unknown): string | undefined {
  const text = typeof url === 'string' ? url.trim() : isInstance(url, URL) ? String(read(url, 'href')) : '';
  return /^https?:\/\//i.test(text) && text.length <= MAX_URL_CHARS ? text : undefined;
}

function toTimestamp(value: unknown): number | undefined {
  const ms =
    typeof value === 'number' ? value : isInstance(value, Date) ? Date.prototype.getTime.call(value) : Number.NaN;
  return ms > 0 && ms <= 8_640_000_000_000_000 ? Math.floor(ms) : undefined;
}
