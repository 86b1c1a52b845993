/*
 * The parts of the OpenTelemetry SDK's interfaces that the captures read, written down once more: 1.30/0.57, 2.x and 3.x have
 * different packages with peer ranges that exclude each other, and an SDK of ours would not fit half of the applications.
 * Everything is `unknown` or optional where the lines differ. `test/lines/<line>/sdk.ts` compiles them against the real ones.
 */

/** Seconds since the Unix epoch, and nanoseconds within that second. */
export type HrTime = readonly [number, number];

/** @see https://opentelemetry.io/docs/specs/otel/trace/api/#spancontext */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly isRemote?: boolean | undefined;
}

/** Who emits: one object per process, the same for every record. */
export interface Resource {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** True while detectors are still asking (a cloud's metadata service); reading `attributes` then makes the SDK complain. */
  readonly asyncAttributesPending?: boolean | undefined;
  /** 2.x and 3.x: names and values as given, a value may still be a promise; the first of a name counts. */
  getRawAttributes?(): readonly (readonly [string, unknown])[];
}

export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string | undefined;
}

/** A log record as exporters and processors get it. */
export interface ReadableLogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved?: HrTime | undefined;
  readonly spanContext?: SpanContext | undefined;
  readonly severityText?: string | undefined;
  /** 1–24; 0 or missing: unspecified. */
  readonly severityNumber?: number | undefined;
  readonly body?: unknown;
  /** From 0.200 on. */
  readonly eventName?: string | undefined;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Experimental in the API of 3.x; today's SDKs turn it into `exception.*` attributes before a record gets here. */
  readonly exception?: unknown;
}

export interface SpanEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** A finished span. */
export interface ReadableSpan {
  readonly name: string;
  /** 0 internal, 1 server, 2 client, 3 producer, 4 consumer. */
  readonly kind: number;
  spanContext(): SpanContext;
  /** 1.x only. */
  readonly parentSpanId?: string | undefined;
  /** From 2.0 on. */
  readonly parentSpanContext?: SpanContext | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  /** 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly SpanEvent[];
  readonly resource: Resource;
  /** From 2.0 on. */
  readonly instrumentationScope?: InstrumentationScope | undefined;
  /** 1.x only. */
  readonly instrumentationLibrary?: InstrumentationScope | undefined;
}

/** `SpanKind.SERVER` and `SpanKind.CONSUMER`, the same numbers on all lines. */
export const SPAN_KIND_SERVER = 1;
export const SPAN_KIND_CONSUMER = 4;
/** `SpanStatusCode.ERROR`. */
export const SPAN_STATUS_ERROR = 2;

/** 0 success, 1 failed: `ExportResultCode` of `@opentelemetry/core`. */
export interface ExportResult {
  code: 0 | 1;
  error?: Error;
}

/** A processor of any SDK line, as far as another processor needs it. */
export interface LogRecordProcessor {
  onEmit(record: ReadableLogRecord, context?: unknown): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
