// pino to stdout as ever, and every line to OpenTelemetry as well.
import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import pino from 'pino';

const SEVERITY = {
  10: SeverityNumber.TRACE,
  20: SeverityNumber.DEBUG,
  30: SeverityNumber.INFO,
  40: SeverityNumber.WARN,
  50: SeverityNumber.ERROR,
  60: SeverityNumber.FATAL,
};

const otel = logs.getLogger('shop');

const toOpenTelemetry = {
  write(line) {
    const {
      level,
      time,
      msg,
      err,
      trace_id: traceId,
      span_id: spanId,
      pid,
      hostname,
      ...attributes
    } = JSON.parse(line);
    if (err) {
      attributes['exception.type'] = err.type;
      attributes['exception.message'] = err.message;
      attributes['exception.stacktrace'] = err.stack;
    }
    otel.emit({
      timestamp: time,
      severityNumber: SEVERITY[level],
      severityText: pino.levels.labels[level],
      body: msg,
      attributes,
      context: traceId
        ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED })
        : ROOT_CONTEXT,
    });
  },
};

export const log = pino({}, pino.multistream([{ stream: process.stdout }, { stream: toOpenTelemetry }]));
