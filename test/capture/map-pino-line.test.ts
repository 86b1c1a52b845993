import { Writable } from 'node:stream';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type Alert, MAX_ATTRIBUTES, MAX_TEXT_CHARS } from '../../src/alert.ts';
import { type LogLine, type PinoLineConfig, priorityOfLine, readPinoLine } from '../../src/capture/map-pino-line.ts';
import type { Priority } from '../../src/priority.ts';

const NOW = 1_800_000_000_000;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const STACK = 'TypeError: boom\n    at f (/app/a.js:1:1)';

function toAlert(line: LogLine, config: PinoLineConfig = {}): Alert {
  return readPinoLine(line, config, NOW).toAlert({ repeatKey: 1, count: 1 });
}

/** Lines that pino really writes. */
function write(options: pino.LoggerOptions, log: (logger: pino.Logger) => void): LogLine[] {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
  log(pino(options, stream));
  return lines;
}

describe('levels', () => {
  const custom: PinoLineConfig = { levels: { labels: { 25: 'http', 55: 'alarm' }, values: { http: 25, alarm: 55 } } };
  const syslog: PinoLineConfig = {
    levels: {
      labels: { 0: 'emerg', 3: 'error', 4: 'warning', 6: 'info' },
      values: { emerg: 0, error: 3, warning: 4, info: 6 },
    },
  };
  it.each<readonly [string, LogLine, PinoLineConfig, Priority]>([
    ['fatal', { level: 60 }, {}, 'P0'],
    ['error', { level: 50 }, {}, 'P1'],
    ['warn', { level: 40 }, {}, 'P2'],
    ['info', { level: 30 }, {}, 'P3'],
    ['debug', { level: 20 }, {}, 'DEV'],
    ['a level of one’s own between two', { level: 25 }, custom, 'DEV'],
    ['a level of one’s own above error', { level: 55 }, custom, 'P1'],
    ['its name', { level: 'alarm' }, custom, 'P1'],
    ['a name', { level: 'ERROR' }, {}, 'P1'],
    ['a number as text', { level: '50' }, {}, 'P1'],
    ['a scale that counts downwards', { level: 0 }, syslog, 'P0'],
    ['a scale that counts downwards: error', { level: 3 }, syslog, 'P1'],
    ['a scale that counts downwards: info', { level: 6 }, syslog, 'P3'],
    ['Google Cloud: number and severity', { level: 50, severity: 'ERROR' }, {}, 'P1'],
    ['Google Cloud: severity alone', { severity: 'CRITICAL' }, {}, 'P0'],
    ['ECS, flat', { 'log.level': 'warn' }, {}, 'P2'],
    ['ECS, nested', { log: { level: 'error' } }, {}, 'P1'],
    ['none', { msg: 'x' }, {}, 'P3'],
    ['nonsense', { level: {} }, {}, 'P3'],
    ['pager.priority is read elsewhere', { level: 30, 'pager.priority': 'P0' }, {}, 'P3'],
  ])('%s', (_name, line, config, priority) => expect(priorityOfLine(line, config)).toBe(priority));
});

it('a line of pino', () => {
  const [line = {}] = write({ name: 'checkout', base: { pid: 1, hostname: 'web-1' } }, (logger) =>
    logger.error(
      {
        err: Object.assign(new TypeError('boom'), { code: 'E_X', syscall: 'read' }),
        orderId: 7,
        trace_id: TRACE,
        span_id: SPAN,
      },
      'order failed',
    ),
  );
  expect(toAlert(line)).toMatchObject({
    source: 'pino',
    timestampMs: line['time'],
    priority: 'P1',
    explicit: false,
    message: 'order failed',
    error: { type: 'TypeError', message: 'boom', code: 'E_X', stack: expect.stringContaining('    at ') },
    origin: { logger: 'checkout', instance: 'web-1' },
    traceId: TRACE,
    spanId: SPAN,
  });
  expect(toAlert(line).attributes).toEqual({ orderId: 7, 'err.syscall': 'read' });
});

it('an aggregate error of pino', () => {
  const [line = {}] = write({}, (logger) =>
    logger.error(new AggregateError([new Error('first'), new TypeError('second')], 'all')),
  );
  const alert = toAlert(line);
  expect(alert.error).toMatchObject({ type: 'AggregateError', message: 'all', cause: { message: 'first' } });
  expect(alert.attributes['exception.errors']).toEqual(['Error: first', 'TypeError: second']);
});

it('pino’s serializer that nests causes', () => {
  const error = new Error('outer', { cause: new TypeError('inner') });
  const [line = {}] = write({ serializers: { err: pino.stdSerializers.errWithCause } }, (logger) =>
    logger.error(error),
  );
  expect(toAlert(line).error).toMatchObject({ message: 'outer', cause: { type: 'TypeError', message: 'inner' } });
});

it('keys of one’s own and the nested form of pager.*', () => {
  const [line = {}] = write({ messageKey: 'text', errorKey: 'failure' }, (logger) =>
    logger.info(
      { failure: new TypeError('boom'), pager: { channel: 'deploys', dedupKey: 'd', runbookUrl: 'https://r.example' } },
      'deployed',
    ),
  );
  expect(toAlert(line, { messageKey: 'text', errorKey: 'failure' })).toMatchObject({
    explicit: true,
    channel: 'deploys',
    dedupKey: 'd',
    runbookUrl: 'https://r.example',
    message: 'deployed',
    error: { type: 'TypeError', message: 'boom' },
    attributes: {},
  });
});

describe('lines of other loggers', () => {
  it.each<readonly [string, LogLine, Partial<Alert>]>([
    [
      'bunyan',
      {
        name: 'app',
        hostname: 'h',
        pid: 1,
        level: 50,
        v: 0,
        time: '2026-01-01T00:00:00.000Z',
        msg: 'x',
        err: { message: 'boom', name: 'TypeError', stack: STACK },
      },
      {
        timestampMs: 1_767_225_600_000,
        origin: { logger: 'app', instance: 'h' },
        error: { type: 'TypeError', message: 'boom', stack: STACK },
        attributes: {},
      },
    ],
    [
      'winston',
      { level: 'error', message: 'failed boom', stack: STACK, timestamp: '2026-01-01T00:00:00.000Z' },
      {
        priority: 'P1',
        message: 'failed boom',
        error: { type: 'TypeError', message: 'boom', stack: STACK },
        attributes: {},
      },
    ],
    [
      'ECS',
      {
        'log.level': 'error',
        '@timestamp': '2026-01-01T00:00:00.000Z',
        message: 'x',
        'ecs.version': '8',
        error: { type: 'TypeError', message: 'boom', stack_trace: STACK },
        trace: { id: TRACE },
      },
      {
        priority: 'P1',
        timestampMs: 1_767_225_600_000,
        traceId: TRACE,
        error: { type: 'TypeError', message: 'boom', stack: STACK },
      },
    ],
    [
      'ECS, flat',
      {
        'log.level': 'error',
        message: 'x',
        'error.type': 'TypeError',
        'error.message': 'boom',
        'error.stack_trace': STACK,
        'service.name': 's',
        'service.environment': 'prod',
      },
      {
        origin: { service: 's', environment: 'prod' },
        error: { type: 'TypeError', message: 'boom', stack: STACK },
        attributes: {},
      },
    ],
    [
      'Google Cloud',
      {
        level: 50,
        severity: 'ERROR',
        timestamp: { seconds: 1_767_225_600, nanos: 5e8 },
        message: 'x',
        'logging.googleapis.com/trace': `projects/p/traces/${TRACE}`,
        serviceContext: { service: 's', version: '2' },
      },
      { timestampMs: 1_767_225_600_500, traceId: TRACE, origin: { service: 's', version: '2' } },
    ],
    [
      'a text as error',
      { level: 50, msg: 'x', err: 'boom' },
      { error: { type: 'Error', message: 'boom' }, attributes: {} },
    ],
    ['an error that is none', { level: 50, msg: 'x', error: 'see above' }, { attributes: { error: 'see above' } }],
    ['a stack that is none', { level: 50, msg: 'x', stack: 'mern' }, { attributes: { stack: 'mern' } }],
    ['a message that is no text', { level: 50, msg: { a: 1 } }, { message: '{"a":1}' }],
    ['seconds', { time: 1_767_225_600 }, { timestampMs: 1_767_225_600_000 }],
    ['seconds as text', { time: '1767225600.5' }, { timestampMs: 1_767_225_600_500 }],
    ['no time', { time: 'soon' }, { timestampMs: NOW }],
    ['camel case', { traceId: TRACE, spanId: SPAN }, { traceId: TRACE, spanId: SPAN }],
    ['nothing', {}, { message: '', priority: 'P3', attributes: {} }],
  ])('%s', (_name, line, expected) => expect(toAlert(line)).toMatchObject(expected));
});

it('arbitrary JSON gives bounded alerts', () => {
  const keys = [
    'level',
    'time',
    'msg',
    'err',
    'error',
    'stack',
    'pager',
    'log',
    'trace',
    'service',
    'name',
    'pager.title',
    '__proto__',
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.jsonValue()), (line) => {
      const alert = toAlert(line, { levels: { labels: { 50: 'error' }, values: { error: 50 } } });
      expect(alert.message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
      expect(Object.keys(alert.attributes).length).toBeLessThanOrEqual(MAX_ATTRIBUTES);
      expect(structuredClone(alert)).toEqual(alert);
    }),
    { numRuns: 500 },
  );
});
