import type { LogRecordCapture } from '../../src/capture/log-record-exporter.ts';
import type { LogRecordProcessor } from '../../src/capture/otel-types.ts';
import type { SpanCapture } from '../../src/capture/span-exporter.ts';

/** Ids of a span that stands for the active or the parent one. */
interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly isRemote?: boolean;
}

/** What an application emits. */
export interface EmittedRecord {
  /** Seconds and nanoseconds: a number from before the start of the process is taken for one of its own clock. */
  readonly timestamp?: [number, number];
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly eventName?: string;
  readonly exception?: unknown;
  /** The span it is emitted in. */
  readonly span?: SpanIds;
}

interface LogPipeline {
  emit(record: EmittedRecord, scope?: string): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

interface RunningSpan {
  readonly ids: SpanIds;
  recordException(error: Error): void;
  fail(message?: string): void;
  set(key: string, value: string): void;
}

interface TracePipeline {
  /** Starts a span, runs, ends it. */
  span(
    name: string,
    options: { readonly kind?: 'internal' | 'server' | 'client' | 'consumer'; readonly parent?: SpanIds },
    run: (span: RunningSpan) => void,
  ): SpanIds;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

type ResourceAttributes = Readonly<Record<string, string>>;

/** The real SDK of one line, used as an application of that line would. */
export interface OtelLine {
  readonly name: string;
  /** Batch processor in the form this line documents, with a delay that no test waits for. */
  batchLogs(exporter: LogRecordCapture): LogRecordProcessor;
  /** Batch processor constructed with the exporter alone, whatever this line documents. */
  batchLogsPositional(exporter: LogRecordCapture): LogRecordProcessor;
  simpleLogs(exporter: LogRecordCapture): LogRecordProcessor;
  logs(processors: readonly LogRecordProcessor[], resource?: ResourceAttributes): LogPipeline;
  /** A provider with a batch processor, constructed with the exporter alone. */
  traces(exporter: SpanCapture, resource?: ResourceAttributes): TracePipeline;
}

export const SPAN_KINDS = { internal: 0, server: 1, client: 2, consumer: 4 } as const;
