import { type Alert, type AlertSource, MAX_TEXT_CHARS } from '../alert.ts';
import { type Priority, priorityOfPinoLevel, priorityOfSeverityText } from '../priority.ts';
import { ERROR_KEYS, type FoundError, findError } from './attribute-error.ts';
import { cutMiddle } from './bounded-text.ts';
import { createAttributeSink, read, readString, toText } from './bounded-value.ts';
import type { CaptureFilter } from './capture-target.ts';
import { addErrorAttributes, type ErrorReading, readError, toAlertError } from './map-error.ts';
import { happenedAt, plainIdentity, spokenParts, toHexId } from './map-log-record.ts';
import { hasPagerMarks, isPagerAttribute, readPagerMarks } from './pager-attributes.ts';
import { isSelected, reachesThreshold, UNSPECIFIED_PRIORITY } from './record-filter.ts';
import { serviceName, toName, toOrigin } from './resource-origin.ts';
import { nextAlertId, type Sighting } from './sighting.ts';

/** What a pino logger tells its transport about itself; every part may be missing. */
export interface PinoLineConfig {
  /** Level numbers to names and back, the logger's own levels included. */
  readonly levels?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly values?: Readonly<Record<string, number>>;
  };
  /** @default 'msg' */
  readonly messageKey?: string;
  /** @default 'err' */
  readonly errorKey?: string;
}

/** A line of JSON, parsed. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Fields that are shown elsewhere, repeat what the origin says, or that OpenTelemetry's instrumentation leaves out as well. */
const CONSUMED: ReadonlySet<string> = new Set([
  ...[
    'level',
    'time',
    'pid',
    'hostname',
    'name',
    'v',
    'severity',
    'timestamp',
    '@timestamp',
    'log.level',
    'ecs.version',
  ],
  ...['trace_id', 'span_id', 'trace_flags', 'traceId', 'spanId', 'trace.id', 'span.id', 'event.name'],
  ...['process.pid', 'host.hostname', 'host.name'],
  ...['service.name', 'service.version', 'service.environment', 'service.instance.id'],
  ...['deployment.environment', 'deployment.environment.name'],
]);

/**
 * Reads a line that pino wrote, or any other logger that writes JSON (bunyan, winston, ECS, Google Cloud). `nowMs` stands in where the
 * line has no time. Never throws.
 */
export function readPinoLine(
  line: LogLine,
  config: PinoLineConfig,
  nowMs: number,
  source: AlertSource = 'pino',
): Sighting {
  const marks = readPagerMarks(line);
  const priority = marks?.priority ?? priorityOfLine(line, config);
  const timestampMs = happenedAt(nowMs, timeOf(line));
  const body = bodyOf(line, config);
  const found = findLineError(line, config, body.value);
  const error = found === undefined ? undefined : readError(found.raw);
  const logger = readString(line, 'name');
  const event = readString(line, 'event.name');
  const message = toText(body.value);
  const context = traceOf(line);
  return {
    occurrence: {
      source,
      timestampMs,
      priority,
      identity: error?.identity ?? plainIdentity(logger, event, message, line),
      traceId: context?.traceId,
      causes: error?.causes,
      marks,
    },
    toAlert: ({ repeatKey, count }): Alert => ({
      id: nextAlertId(),
      timestampMs,
      source,
      priority,
      ...spokenParts(marks),
      message: cutMiddle(message, MAX_TEXT_CHARS),
      ...(error === undefined ? {} : { error: toAlertError(error) }),
      origin: originOf(line),
      attributes: attributesOf(line, body.key, found, error),
      ...context,
      repeatKey,
      count,
    }),
  };
}

/** The same decision for a line as for a log record: threshold, `pager.*`, event name, route. Never throws. */
export function isLineWanted(line: LogLine, config: PinoLineConfig, filter: CaptureFilter): boolean {
  if (!filter.enabled) return false;
  const priority = priorityOfLine(line, config);
  if (reachesThreshold(priority, filter) || hasPagerMarks(line)) return true;
  if (filter.events.length === 0 && filter.routes.length === 0) return false;
  return isSelected(
    {
      priority,
      attributes: line,
      event: readString(line, 'event.name'),
      logger: readString(line, 'name'),
      service: originOf(line).service,
    },
    filter,
  );
}

/**
 * Priority by level number (pino's scale, or by name where the logger's own levels use another), by level name, by Google Cloud's
 * `severity`, by ECS' `log.level`; `P3` where the line has none of them.
 */
export function priorityOfLine(line: LogLine, config: PinoLineConfig): Priority {
  return (
    priorityOfLevel(line['level'], config) ??
    priorityOfText(line['severity']) ??
    priorityOfText(line['log.level']) ??
    priorityOfText(read(line['log'], 'level')) ??
    UNSPECIFIED_PRIORITY
  );
}

function priorityOfLevel(level: unknown, config: PinoLineConfig): Priority | undefined {
  const { labels, values } = config.levels ?? {};
  if (typeof level === 'string') {
    const value = read(values, level);
    const byText = priorityOfSeverityText(level);
    if (byText !== undefined && (typeof value !== 'number' || isForeignScale(values))) return byText;
    if (typeof value === 'number') return priorityOfPinoLevel(value);
    return /^\d{1,6}$/.test(level) ? priorityOfPinoLevel(Number(level)) : undefined;
  }
  if (typeof level !== 'number') return undefined;
  if (isForeignScale(values)) {
    const byLabel = priorityOfText(read(labels, String(level)));
    if (byLabel !== undefined) return byLabel;
  }
  return priorityOfPinoLevel(level);
}

/** A logger whose own "error" is not 50 (syslog counts downwards) says more by names than by numbers. */
function isForeignScale(values: Readonly<Record<string, number>> | undefined): boolean {
  const error = read(values, 'error');
  const fatal = read(values, 'fatal');
  return (typeof error === 'number' && error !== 50) || (typeof fatal === 'number' && fatal !== 60);
}

function priorityOfText(text: unknown): Priority | undefined {
  return typeof text === 'string' ? priorityOfSeverityText(text) : undefined;
}

function bodyOf(line: LogLine, config: PinoLineConfig): { readonly key: string; readonly value: unknown } {
  for (const key of [config.messageKey ?? 'msg', 'msg', 'message']) {
    const value = read(line, key);
    if (value !== undefined && value !== null) return { key, value };
  }
  return { key: 'msg', value: undefined };
}

function findLineError(line: LogLine, config: PinoLineConfig, body: unknown): FoundError | undefined {
  const errorKey = config.errorKey ?? 'err';
  return findError(line, {
    keys: [errorKey, ...ERROR_KEYS],
    textKey: errorKey,
    message: typeof body === 'string' ? body : undefined,
  });
}

/** Below this a time is in seconds: as milliseconds it would lie before March 1973. */
const FIRST_MS = 100_000_000_000;

function timeOf(line: LogLine): number | undefined {
  return toTime(line['time']) ?? toTime(line['@timestamp']) ?? toTime(line['timestamp']);
}

/** Epoch seconds or milliseconds, an ISO 8601 text, or Google Cloud's `{ seconds, nanos }`. */
function toTime(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(value < FIRST_MS ? value * 1_000 : value);
  if (typeof value === 'string') {
    if (value.length > 64) return undefined;
    return /^\d+(?:\.\d+)?$/.test(value) ? toTime(Number(value)) : inRange(Date.parse(value));
  }
  const seconds = read(value, 'seconds');
  const nanos = read(value, 'nanos');
  return typeof seconds === 'number'
    ? inRange(seconds * 1_000 + (typeof nanos === 'number' ? nanos / 1e6 : 0))
    : undefined;
}

function inRange(ms: number): number | undefined {
  return ms > 0 && ms <= 8_640_000_000_000_000 ? Math.floor(ms) : undefined;
}

function traceOf(line: LogLine): { traceId: string; spanId?: string } | undefined {
  const traceId =
    toHexId(line['trace_id'], 32) ??
    toHexId(line['traceId'], 32) ??
    toHexId(line['trace.id'], 32) ??
    toHexId(read(line['trace'], 'id'), 32) ??
    googleTrace(line['logging.googleapis.com/trace']);
  if (traceId === undefined) return undefined;
  const spanId =
    toHexId(line['span_id'], 16) ??
    toHexId(line['spanId'], 16) ??
    toHexId(line['span.id'], 16) ??
    toHexId(read(line['span'], 'id'), 16) ??
    toHexId(line['logging.googleapis.com/spanId'], 16);
  return spanId === undefined ? { traceId } : { traceId, spanId };
}

/** `projects/<project>/traces/<trace id>`: https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields */
function googleTrace(value: unknown): string | undefined {
  return typeof value === 'string' ? toHexId(value.slice(value.lastIndexOf('/') + 1), 32) : undefined;
}

function originOf(line: LogLine): Alert['origin'] {
  const service = line['service'];
  return toOrigin({
    service:
      serviceName(line['service.name']) ??
      serviceName(read(service, 'name')) ??
      serviceName(read(line['serviceContext'], 'service')) ??
      serviceName(service),
    version:
      toName(line['service.version']) ??
      toName(read(service, 'version')) ??
      toName(read(line['serviceContext'], 'version')),
    environment:
      toName(line['deployment.environment.name']) ??
      toName(line['deployment.environment']) ??
      toName(line['service.environment']) ??
      toName(read(service, 'environment')),
    instance:
      toName(line['service.instance.id']) ??
      toName(line['hostname']) ??
      toName(line['host.name']) ??
      toName(line['host.hostname']),
    logger: toName(line['name']),
    event: toName(line['event.name']),
  });
}

function attributesOf(
  line: LogLine,
  messageKey: string,
  found: FoundError | undefined,
  error: ErrorReading | undefined,
): Alert['attributes'] {
  const sink = createAttributeSink();
  sink.addAll(
    line,
    (key) =>
      CONSUMED.has(key) || key === messageKey || found?.consumed.has(key) === true || isPagerAttribute(line, key),
  );
  if (error !== undefined) addErrorAttributes(sink, error, found?.source);
  return sink.result();
}
