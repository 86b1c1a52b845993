import { compileGlob } from '../matcher.ts';
import { PRIORITY_RANK, type Priority, priorityOfSeverityNumber, priorityOfSeverityText } from '../priority.ts';
import type { CaptureFilter } from './capture-target.ts';
import type { InstrumentationScope, ReadableLogRecord, Resource } from './otel-types.ts';
import { hasPagerMarks, readPagerMarks } from './pager-attributes.ts';

/** What a record counts as that says nothing about its severity: worth a line, not worth a page. */
export const UNSPECIFIED_PRIORITY: Priority = 'P3';

type Matcher = (text: string) => boolean;

interface CompiledFilter {
  readonly minRank: number;
  /** The least severity number whose priority reaches the threshold. */
  readonly minSeverityNumber: number;
  readonly events: readonly Matcher[];
  readonly routes: readonly (readonly (readonly [string, Matcher])[])[];
}

/** @see https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const FIRST_SEVERITY_NUMBER: Readonly<Record<Priority, number>> = { P0: 21, P1: 17, P2: 13, P3: 9, DEV: 1 };

const compiledFilters = new WeakMap<CaptureFilter, CompiledFilter>();
// Practically every record meets the filter of the one before; comparing is cheaper than the map.
let lastFilter: CaptureFilter | undefined;
let lastCompiled: CompiledFilter | undefined;

function compiledOf(filter: CaptureFilter): CompiledFilter {
  if (filter === lastFilter && lastCompiled !== undefined) return lastCompiled;
  let compiled = compiledFilters.get(filter);
  if (compiled === undefined) {
    compiled = {
      minRank: PRIORITY_RANK[filter.minPriority],
      minSeverityNumber: FIRST_SEVERITY_NUMBER[filter.minPriority],
      events: filter.events.map(compileGlob),
      routes: filter.routes.map((match) =>
        Object.entries(match).map(([key, glob]) => [key, compileGlob(glob)] as const),
      ),
    };
    compiledFilters.set(filter, compiled);
  }
  lastFilter = filter;
  lastCompiled = compiled;
  return compiled;
}

/** True for records at least as urgent as the threshold. */
export function reachesThreshold(priority: Priority, filter: CaptureFilter): boolean {
  return PRIORITY_RANK[priority] <= compiledOf(filter).minRank;
}

/** What a record below the threshold can still be selected by. */
export interface Selectable {
  readonly priority: Priority;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly event: string | undefined;
  readonly logger: string | undefined;
  readonly service: string | undefined;
}

/** True when an event name or a route of the configuration selects it. */
export function isSelected(record: Selectable, filter: CaptureFilter): boolean {
  const compiled = compiledOf(filter);
  const { event } = record;
  if (event !== undefined && compiled.events.some((matches) => matches(event))) return true;
  return compiled.routes.some(
    (route) =>
      route.length > 0 &&
      route.every(([key, matches]) => {
        const value = selectableValue(record, key);
        return value !== undefined && matches(value);
      }),
  );
}

function selectableValue(record: Selectable, key: string): string | undefined {
  switch (key) {
    case 'service':
      return record.service;
    case 'logger':
      return record.logger;
    case 'event':
      return record.event;
    case 'priority':
      return record.priority;
    default: {
      const value = record.attributes[key];
      return typeof value === 'string'
        ? value
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined;
    }
  }
}

/**
 * True for log records that are to be captured: at least as urgent as the threshold, or carrying `pager.*`, or selected by their
 * event name or a route. Runs on the application's thread for every record: for one below the threshold it compares a number and
 * looks up eight attributes, without allocating, and nothing more where neither events nor routes are configured. Throws only what
 * a getter of the record throws.
 */
export function isWanted(record: ReadableLogRecord, filter: CaptureFilter): boolean {
  if (!filter.enabled) return false;
  const compiled = compiledOf(filter);
  const number = record.severityNumber;
  if (number !== undefined && number >= 1 && number <= 24) {
    if (number >= compiled.minSeverityNumber) return true;
  } else if (PRIORITY_RANK[priorityOfRecord(record)] <= compiled.minRank) {
    return true;
  }
  const attributes = record.attributes ?? NO_ATTRIBUTES;
  if (hasPagerMarks(attributes)) return true;
  if (compiled.events.length === 0 && compiled.routes.length === 0) return false;
  return isSelected(
    {
      priority: priorityOfRecord(record),
      attributes,
      event: eventOf(record),
      logger: loggerOf(record.instrumentationScope, attributes),
      service: compiled.routes.length === 0 ? undefined : serviceOf(record.resource),
    },
    filter,
  );
}

const NO_ATTRIBUTES: Readonly<Record<string, unknown>> = Object.freeze({});

/** `urgent`: may not wait behind a queue. `batch`: the SDK's batch processor may hold it. `unwanted`: goes nowhere. */
export type RecordClass = 'urgent' | 'batch' | 'unwanted';

/** Where a record belongs: P0, P1 and what triggers or resolves by `pager.action` is urgent. Throws only what a getter throws. */
export function classifyRecord(record: ReadableLogRecord, filter: CaptureFilter): RecordClass {
  if (!isWanted(record, filter)) return 'unwanted';
  const marks = readPagerMarks(record.attributes ?? NO_ATTRIBUTES);
  if (marks?.action !== undefined) return 'urgent';
  return PRIORITY_RANK[marks?.priority ?? priorityOfRecord(record)] <= PRIORITY_RANK.P1 ? 'urgent' : 'batch';
}

/** Priority by severity number, where that is missing by severity text; `P3` where both are. */
export function priorityOfRecord(record: Pick<ReadableLogRecord, 'severityNumber' | 'severityText'>): Priority {
  const byNumber = priorityOfSeverityNumber(record.severityNumber);
  if (byNumber !== undefined) return byNumber;
  const text: unknown = record.severityText;
  return priorityOfSeverityText(typeof text === 'string' ? text : undefined) ?? UNSPECIFIED_PRIORITY;
}

/** The event name: the record's own field (2.x and later) or the attribute `event.name`. */
export function eventOf(record: Pick<ReadableLogRecord, 'eventName' | 'attributes'>): string | undefined {
  const own: unknown = record.eventName;
  if (typeof own === 'string' && own !== '') return own;
  const attribute = record.attributes?.['event.name'];
  return typeof attribute === 'string' && attribute !== '' ? attribute : undefined;
}

/**
 * Scopes that only carry another library's log lines. pino and bunyan have a logger name, which is then in the attribute `name`; in
 * winston's records that attribute is the name of the error.
 */
const BRIDGES: ReadonlyMap<string, 'named' | 'nameless'> = new Map([
  ['@opentelemetry/instrumentation-pino', 'named'],
  ['@opentelemetry/instrumentation-bunyan', 'named'],
  ['@opentelemetry/instrumentation-winston', 'nameless'],
  ['@opentelemetry/winston-transport', 'nameless'],
]);

/** True where `attributes.name` is the name of the logger behind an instrumentation. */
export function isNamedBridge(scope: InstrumentationScope | undefined): boolean {
  return scope !== undefined && BRIDGES.get(scope.name) === 'named';
}

/** True for winston's records, in which a log message and the error's message may be one text. */
export function isWinstonBridge(scope: InstrumentationScope | undefined): boolean {
  return scope !== undefined && BRIDGES.get(scope.name) === 'nameless';
}

/** Name of the logger: the instrumentation scope, or behind a bridge the name that the log library gives. */
export function loggerOf(
  scope: InstrumentationScope | undefined,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  if (scope === undefined || !BRIDGES.has(scope.name)) return scope?.name || undefined;
  if (!isNamedBridge(scope)) return undefined;
  const name = attributes['name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function serviceOf(resource: Resource | undefined): string | undefined {
  if (resource?.asyncAttributesPending === true) return undefined;
  const name = resource?.attributes['service.name'];
  return typeof name === 'string' ? name : undefined;
}
