import { createRequire } from 'node:module';
import type * as Api from '@opentelemetry/api';
import type { AnyValue, AnyValueMap } from '@opentelemetry/api-logs';
import type * as Resources from '@opentelemetry/resources';
import type * as SdkLogs from '@opentelemetry/sdk-logs';
import type * as SdkTrace from '@opentelemetry/sdk-trace-base';
import { type OtelLine, SPAN_KINDS } from '../../capture/otel-line.ts';

// Resolved from this folder: every line has its own SDK.
const require = createRequire(import.meta.url);
const api = require('@opentelemetry/api') as typeof Api;
const resources = require('@opentelemetry/resources') as typeof Resources;
const sdkLogs = require('@opentelemetry/sdk-logs') as typeof SdkLogs;
const sdkTrace = require('@opentelemetry/sdk-trace-base') as typeof SdkTrace;

const inSpan = (span: Api.SpanContext | undefined): Api.Context =>
  span === undefined ? api.ROOT_CONTEXT : api.trace.setSpanContext(api.ROOT_CONTEXT, span);

/** sdk-logs 0.223, sdk-trace-base 2.12. Compiling this file shows that our classes fit this line's interfaces. */
export const line: OtelLine = {
  name: '2.x',
  batchLogs: (exporter) => new sdkLogs.BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 60_000 }),
  batchLogsPositional: (exporter) => new sdkLogs.BatchLogRecordProcessor(exporter),
  simpleLogs: (exporter) => new sdkLogs.SimpleLogRecordProcessor({ exporter }),
  logs(processors, resource = {}) {
    const provider = new sdkLogs.LoggerProvider({
      resource: resources.resourceFromAttributes({ ...resource }),
      processors: [...processors],
    });
    return {
      emit({ span, body, attributes, ...record }, scope = 'test') {
        provider.getLogger(scope).emit({
          ...record,
          body: body as AnyValue,
          attributes: attributes as AnyValueMap,
          context: inSpan(span && { traceFlags: 1, ...span }),
        });
      },
      forceFlush: () => provider.forceFlush(),
      shutdown: () => provider.shutdown(),
    };
  },
  traces(exporter, resource = {}) {
    const provider = new sdkTrace.BasicTracerProvider({
      resource: resources.resourceFromAttributes({ ...resource }),
      spanProcessors: [new sdkTrace.BatchSpanProcessor(exporter)],
    });
    const tracer = provider.getTracer('test');
    return {
      span(name, { kind = 'internal', parent }, run) {
        const context = inSpan(parent && { traceFlags: 1, ...parent });
        const span = tracer.startSpan(name, { kind: SPAN_KINDS[kind] }, context);
        run({
          ids: span.spanContext(),
          recordException: (error) => span.recordException(error),
          fail: (message) => span.setStatus({ code: 2, ...(message === undefined ? {} : { message }) }),
          set: (key, value) => span.setAttribute(key, value),
        });
        span.end();
        return span.spanContext();
      },
      forceFlush: () => provider.forceFlush(),
      shutdown: () => provider.shutdown(),
    };
  },
};
