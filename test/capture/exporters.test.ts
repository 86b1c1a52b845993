import { describe, expect, it } from 'vitest';
import type { CaptureTarget } from '../../src/capture/capture-target.ts';
import { LogRecordCapture } from '../../src/capture/log-record-exporter.ts';
import type { ExportResult, LogRecordProcessor, ReadableLogRecord } from '../../src/capture/otel-types.ts';
import { SpanCapture } from '../../src/capture/span-exporter.ts';
import { UrgentLogRecordProcessor } from '../../src/capture/urgent-log-record-processor.ts';
import { FakeTarget } from './fake-target.ts';
import { makeRecord } from './log-records.ts';
import type { OtelLine } from './otel-line.ts';
import { OTEL_LINES } from './otel-lines.ts';

const FATAL = 21;
const ERROR = 17;
const WARN = 13;
const INFO = 9;

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

/** The SDK's own limit is 2,048 in the queue; more than that only gets through when it is flushed in between. */
const MANY = 2_000;

describe.each(OTEL_LINES)('log records of SDK $name', (line) => {
  const processors: readonly (readonly [string, (exporter: LogRecordCapture) => LogRecordProcessor])[] = [
    ['simple processor', line.simpleLogs],
    ['batch processor', line.batchLogs],
    ['batch processor in the positional form', line.batchLogsPositional],
    ['urgent processor', (exporter) => new UrgentLogRecordProcessor(line.batchLogs(exporter), exporter)],
  ];

  it.each(processors)('every record arrives through the %s', async (_name, makeProcessor) => {
    const target = new FakeTarget();
    const logs = line.logs([makeProcessor(new LogRecordCapture({ resolve: () => target }))]);
    for (let i = 0; i < MANY; i++) logs.emit({ severityNumber: WARN, body: `slow query ${i % 1_000}` });
    await logs.forceFlush();
    expect(target.alerts).toHaveLength(1_000);
    expect(target.total()).toBe(MANY);
    await logs.shutdown();
  });

  it('maps severity, body, time, trace, scope, resource and attributes', async () => {
    const target = new FakeTarget();
    const logs = line.logs([line.simpleLogs(new LogRecordCapture({ resolve: () => target }))], {
      'service.name': 'shop',
      'service.version': '1.2.3',
      'deployment.environment.name': 'production',
      'service.instance.id': 'shop-7',
      'telemetry.sdk.name': 'opentelemetry',
      'k8s.pod.name': 'shop-7f9',
    });
    logs.emit(
      {
        timestamp: [1_750_000_000, 123_000_000],
        severityNumber: ERROR,
        severityText: 'error',
        body: 'order failed',
        attributes: { 'order.id': 7, 'pager.channel': 'Pay_Ments' },
        span: { traceId: TRACE, spanId: SPAN },
      },
      'checkout',
    );
    expect(target.only).toMatchObject({
      source: 'log',
      timestampMs: 1_750_000_000_123,
      priority: 'P1',
      explicit: true,
      action: 'trigger',
      channel: 'Pay_Ments',
      message: 'order failed',
      origin: {
        service: 'shop',
        version: '1.2.3',
        environment: 'production',
        instance: 'shop-7',
        logger: 'checkout',
      },
      attributes: { 'order.id': 7, 'k8s.pod.name': 'shop-7f9' },
      traceId: TRACE,
      spanId: SPAN,
      count: 1,
    });
    expect(Object.keys(target.only.attributes)).toHaveLength(2);
    await logs.shutdown();
  });

  it('a time that the SDK has moved decades ahead gives way to the time of observation', async () => {
    const target = new FakeTarget();
    const logs = line.logs([line.simpleLogs(new LogRecordCapture({ resolve: () => target }))]);
    const before = Date.now();
    logs.emit({ timestamp: [2 * 1_700_000_000, 0], severityNumber: ERROR, body: 'when?' });
    expect(target.only.timestampMs).toBeGreaterThanOrEqual(before);
    expect(target.only.timestampMs).toBeLessThanOrEqual(Date.now());
    await logs.shutdown();
  });

  it('urgent records do not wait for the batch, and go nowhere else', async () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    const passedOn: unknown[] = [];
    const batch = line.batchLogs(exporter);
    const next: LogRecordProcessor = {
      onEmit(record, context) {
        passedOn.push(record.body, context);
        batch.onEmit(record, context);
      },
      forceFlush: () => batch.forceFlush(),
      shutdown: () => batch.shutdown(),
    };
    const logs = line.logs([new UrgentLogRecordProcessor(next, exporter)]);
    logs.emit({ severityNumber: INFO, body: 'below the threshold' });
    logs.emit({ severityNumber: WARN, body: 'may wait' });
    logs.emit({ severityNumber: WARN, body: 'resolved', attributes: { 'pager.action': 'resolve' } });
    logs.emit({ severityNumber: INFO, body: 'raised', attributes: { 'pager.priority': 'P0' } });
    logs.emit({ severityText: 'critical', body: 'by text' });
    logs.emit({ severityNumber: FATAL, body: 'out of memory' });
    const atOnce = ['resolved', 'raised', 'by text', 'out of memory'];
    expect(target.alerts.map((alert) => alert.message)).toEqual(atOnce);
    expect(passedOn).toEqual(['may wait', expect.anything()]);
    await logs.forceFlush();
    expect(target.alerts.map((alert) => alert.message)).toEqual([...atOnce, 'may wait']);
    await logs.shutdown();
  });

  it('a fatal record behind more errors than the SDK’s queue holds is not lost', async () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    const logs = line.logs([new UrgentLogRecordProcessor(line.batchLogs(exporter), exporter)]);
    for (let i = 0; i < 10_000; i++) logs.emit({ severityNumber: ERROR, body: 'again' });
    logs.emit({ severityNumber: FATAL, body: 'the end' });
    expect(target.alerts.map((alert) => [alert.priority, alert.message])).toEqual([
      ['P1', 'again'],
      ['P0', 'the end'],
    ]);
    expect(target.total()).toBe(10_001);
    await logs.shutdown();
  });

  it('flush and shutdown reach the pager; afterwards nothing is captured', async () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target, ownsTarget: true });
    const logs = line.logs([new UrgentLogRecordProcessor(line.batchLogs(exporter), exporter)]);
    logs.emit({ severityNumber: WARN, body: 'waits in the queue' });
    await logs.forceFlush();
    expect(target.flushes).toBeGreaterThan(0);
    logs.emit({ severityNumber: WARN, body: 'the last one' });
    await logs.shutdown();
    expect(target.alerts.map((alert) => alert.message)).toEqual(['waits in the queue', 'the last one']);
    expect(target.shutdowns).toBe(1);
    exporter.capture(makeRecord({ severityNumber: FATAL, body: 'too late' }));
    expect(target.alerts).toHaveLength(2);
  });
});

describe.each(OTEL_LINES)('spans of SDK $name', (line) => {
  const start = (target: FakeTarget): ReturnType<OtelLine['traces']> =>
    line.traces(new SpanCapture({ resolve: () => target }), { 'service.name': 'shop' });

  it('an error on a root span is a P1 with type, message and stack of its exception', async () => {
    const target = new FakeTarget();
    const traces = start(target);
    const ids = traces.span('nightly import', {}, (span) => {
      span.recordException(new RangeError('the first try'));
      span.recordException(new TypeError('no rows'));
      span.fail('no rows');
      span.set('job.id', 'import-7');
    });
    await traces.forceFlush();
    expect(target.only).toMatchObject({
      source: 'span',
      priority: 'P1',
      explicit: false,
      message: 'no rows',
      error: { type: 'TypeError', message: 'no rows', stack: expect.stringContaining('    at ') },
      origin: { service: 'shop', event: 'nightly import', logger: 'test' },
      attributes: { 'job.id': 'import-7' },
      traceId: ids.traceId,
      spanId: ids.spanId,
    });
    await traces.shutdown();
  });

  const parent = { traceId: TRACE, spanId: SPAN };
  const remote = { ...parent, isRemote: true };
  it.each([
    ['a root', {}, true],
    ['SERVER behind a remote parent', { kind: 'server', parent: remote }, true],
    ['CONSUMER behind a remote parent', { kind: 'consumer', parent: remote }, true],
    ['INTERNAL behind a remote parent', { parent: remote }, false],
    ['a child', { parent }, false],
    ['a CLIENT child', { kind: 'client', parent }, false],
  ] as const)('an error on %s', async (_name, options, pages) => {
    const target = new FakeTarget();
    const traces = start(target);
    traces.span('work', options, (span) => span.fail('no luck'));
    await traces.forceFlush();
    expect(target.alerts).toHaveLength(pages ? 1 : 0);
    await traces.shutdown();
  });

  it('pager.* counts on any span, without error a P3', async () => {
    const target = new FakeTarget();
    const traces = start(target);
    traces.span('deploy', { parent }, (span) => {
      span.set('pager.channel', 'deploys');
      span.set('pager.outcome', 'success');
    });
    traces.span('quiet', {}, () => {});
    await traces.forceFlush();
    expect(target.only).toMatchObject({
      priority: 'P3',
      explicit: true,
      channel: 'deploys',
      outcome: 'success',
      message: 'deploy',
      attributes: {},
    });
    await traces.shutdown();
  });

  it('an error span without an exception adds nothing to a trace that has paged', async () => {
    const target = new FakeTarget();
    const logs = line.logs([line.simpleLogs(new LogRecordCapture({ resolve: () => target }))]);
    const traces = start(target);
    const failing = (span: { ids: { traceId: string; spanId: string } }): void =>
      logs.emit({ severityNumber: ERROR, body: 'order failed', span: span.ids });
    traces.span('POST /orders', { kind: 'server' }, (span) => {
      failing(span);
      span.fail();
    });
    await traces.forceFlush();
    expect(target.only).toMatchObject({ source: 'log', message: 'order failed' });
    traces.span('POST /orders', { kind: 'server' }, (span) => span.fail());
    await traces.forceFlush();
    expect(target.alerts.at(-1)).toMatchObject({ source: 'span', message: 'POST /orders' });
    await Promise.all([traces.shutdown(), logs.shutdown()]);
  });

  it('log record and span of one error count once', async () => {
    const target = new FakeTarget();
    const logs = line.logs([line.simpleLogs(new LogRecordCapture({ resolve: () => target }))]);
    const traces = start(target);
    for (let i = 0; i < 3; i++) {
      const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
      traces.span('POST /orders', { kind: 'server' }, (span) => {
        const { stack, message, code } = error;
        logs.emit({
          severityNumber: ERROR,
          body: 'failed',
          attributes: { err: { stack, message, code } },
          span: span.ids,
        });
        span.recordException(error);
        span.fail(message);
      });
    }
    await traces.forceFlush();
    expect(target.only).toMatchObject({ source: 'log', error: { type: 'Error', code: 'ECONNREFUSED' } });
    expect(target.total()).toBe(3);
    await Promise.all([traces.shutdown(), logs.shutdown()]);
  });
});

describe('the exporters’ contract', () => {
  function exportOne(exporter: LogRecordCapture, ...records: ReadableLogRecord[]): ExportResult {
    let result: ExportResult | undefined;
    exporter.export(records, (given) => {
      result = given;
    });
    if (result === undefined) throw new Error('the callback was not called synchronously');
    return result;
  }

  it('succeeds at once, also for what is deliberately not shown', () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    expect(exportOne(exporter, makeRecord({ severityNumber: FATAL }))).toEqual({ code: 0 });
    expect(exportOne(exporter, makeRecord({ severityNumber: INFO }))).toEqual({ code: 0 });
    expect(exportOne(exporter)).toEqual({ code: 0 });
    target.filter = { ...target.filter, enabled: false };
    expect(exportOne(exporter, makeRecord({ severityNumber: FATAL }))).toEqual({ code: 0 });
    expect(target.alerts).toHaveLength(1);
  });

  it('fails only after shutdown, which happens once', async () => {
    const target = new FakeTarget();
    const logExporter = new LogRecordCapture({ resolve: () => target, ownsTarget: true });
    const spanExporter = new SpanCapture({ resolve: () => target });
    exportOne(logExporter, makeRecord({ severityNumber: FATAL }));
    await Promise.all([logExporter.shutdown(), logExporter.shutdown(), spanExporter.shutdown()]);
    await logExporter.forceFlush();
    expect(target.shutdowns).toBe(1);
    expect(exportOne(logExporter, makeRecord({ severityNumber: FATAL }))).toMatchObject({ code: 1 });
    spanExporter.export([], (result) => expect(result.code).toBe(1));
    expect(target.alerts).toHaveLength(1);
  });

  it('an exporter of a shared pager leaves it running', async () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    exportOne(exporter, makeRecord({ severityNumber: FATAL }));
    await exporter.shutdown();
    expect([target.flushes, target.shutdowns]).toEqual([1, 0]);
  });

  it('survives a pager that cannot be had and one whose flush rejects', async () => {
    const none = new LogRecordCapture({
      resolve: () => {
        throw new Error('no pager');
      },
    });
    expect(exportOne(none, makeRecord({ severityNumber: FATAL }))).toEqual({ code: 0 });
    await none.forceFlush();
    await none.shutdown();
    const target = new FakeTarget();
    target.flush = () => Promise.reject(new Error('no'));
    const exporter = new LogRecordCapture({ resolve: (): CaptureTarget => target });
    exportOne(exporter, makeRecord({ severityNumber: FATAL }));
    await expect(exporter.forceFlush()).resolves.toBeUndefined();
    await expect(exporter.shutdown()).resolves.toBeUndefined();
  });

  it('a record that cannot be read neither throws nor takes the others along', () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    const hostile = (severityNumber: number): ReadableLogRecord => ({
      ...makeRecord({ severityNumber }),
      get attributes(): never {
        throw new Error('hostile');
      },
    });
    const opaque = new Proxy({} as ReadableLogRecord, {
      get() {
        throw new Error('hostile');
      },
    });
    const before = makeRecord({ severityNumber: ERROR, body: 'before' });
    const after = makeRecord({ severityNumber: ERROR, body: 'after' });
    expect(exportOne(exporter, before, hostile(FATAL), hostile(INFO), opaque, after)).toEqual({ code: 0 });
    expect(target.alerts.map((alert) => [alert.priority, alert.message])).toEqual([
      ['P1', 'before'],
      ['P0', '[withheld: the log record could not be read]'],
      ['P1', 'after'],
    ]);
    const processor = new UrgentLogRecordProcessor(
      { onEmit() {}, forceFlush: async () => {}, shutdown: async () => {} },
      exporter,
    );
    expect(() => processor.onEmit(opaque)).not.toThrow();
  });

  it('a span that cannot be read neither throws nor takes the others along', () => {
    const target = new FakeTarget();
    const exporter = new SpanCapture({ resolve: () => target });
    const opaque = new Proxy({} as never, {
      get() {
        throw new Error('hostile');
      },
    });
    expect(() => exporter.export([opaque, opaque], (result) => expect(result.code).toBe(0))).not.toThrow();
    expect(target.alerts).toEqual([]);
  });

  it('the urgent processor flushes and ends both sides, also when the next one rejects', async () => {
    const target = new FakeTarget();
    const exporter = new LogRecordCapture({ resolve: () => target });
    exporter.capture(makeRecord({ severityNumber: FATAL }));
    const rejecting: LogRecordProcessor = {
      onEmit() {},
      forceFlush: () => Promise.reject(new Error('next failed')),
      shutdown: () => Promise.reject(new Error('next failed')),
    };
    const processor = new UrgentLogRecordProcessor(rejecting, exporter);
    await expect(processor.forceFlush()).rejects.toThrow('next failed');
    await expect(processor.shutdown()).rejects.toThrow('next failed');
    expect(target.flushes).toBe(2);
    expect(exportOne(exporter, makeRecord({ severityNumber: FATAL }))).toMatchObject({ code: 1 });
  });
});
