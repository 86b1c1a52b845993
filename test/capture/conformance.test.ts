import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import type { Occurrence } from '../../src/capture/capture-target.ts';
import { LogRecordCapture } from '../../src/capture/log-record-exporter.ts';
import { readPage } from '../../src/capture/map-page.ts';
import { readPinoLine } from '../../src/capture/map-pino-line.ts';
import { captureSighting } from '../../src/capture/sighting.ts';
import { SpanCapture } from '../../src/capture/span-exporter.ts';
import { titleOf } from '../../src/title.ts';
import { FakeTarget } from './fake-target.ts';
import type { EmittedRecord, OtelLine } from './otel-line.ts';
import { OTEL_LINES } from './otel-lines.ts';

interface Captured {
  readonly alert: Alert;
  readonly occurrence: Occurrence;
}

function captureWith(run: (target: FakeTarget) => void): Captured {
  const target = new FakeTarget();
  run(target);
  const occurrence = target.occurrences[0];
  if (occurrence === undefined) throw new Error('nothing was captured');
  return { alert: target.only, occurrence };
}

/** The line that pino really writes. */
function pinoLine(error: unknown, message: string): Record<string, unknown> {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  pino({ name: 'checkout' }, stream).error({ err: error, orderId: 7 }, message);
  return JSON.parse(written) as Record<string, unknown>;
}

const viaPino = (error: unknown, message: string): Captured =>
  captureWith((target) => captureSighting(target, readPinoLine(pinoLine(error, message), {}, target.nowMs)));

const viaPage = (error: unknown): Captured =>
  captureWith((target) => captureSighting(target, readPage({ error }, { nowMs: target.nowMs })));

function viaLog(line: OtelLine, record: EmittedRecord, scope: string): Captured {
  return captureWith((target) => {
    const exporter = new LogRecordCapture({ resolve: () => target });
    line.logs([line.simpleLogs(exporter)]).emit({ severityNumber: 17, ...record }, scope);
  });
}

async function viaSpan(line: OtelLine, error: Error): Promise<Captured> {
  const target = new FakeTarget();
  const traces = line.traces(new SpanCapture({ resolve: () => target }));
  traces.span('POST /orders', { kind: 'server' }, (span) => {
    span.recordException(error);
    span.fail(error.message);
  });
  await traces.forceFlush();
  return { alert: target.only, occurrence: target.occurrences[0] as Occurrence };
}

/** The record that the pino instrumentation of this line makes of a line; 1.x leaves the error a map, later ones pass it on. */
function instrumentedPino(line: OtelLine, error: unknown, message: string): Captured {
  const { level: _l, time: _t, pid: _p, hostname: _h, msg, err, ...rest } = pinoLine(error, message);
  const isOld = line.name === '1.x';
  // The newest instrumentation copies the type to the name where there is none, because that is what the SDK looks at.
  const named = { name: (err as { type?: string }).type, ...(err as object) };
  return viaLog(
    line,
    {
      severityText: 'error',
      body: msg,
      attributes: isOld ? { ...rest, err } : rest,
      ...(isOld ? {} : { exception: named }),
    },
    '@opentelemetry/instrumentation-pino',
  );
}

function instrumentedBunyan(line: OtelLine, error: Error & { code?: unknown }, message: string): Captured {
  const err = { message: error.message, name: error.name, stack: error.stack, code: error.code };
  const isOld = line.name === '1.x';
  return viaLog(
    line,
    {
      body: message,
      attributes: isOld ? { name: 'checkout', err } : { name: 'checkout' },
      ...(isOld ? {} : { exception: err }),
    },
    '@opentelemetry/instrumentation-bunyan',
  );
}

/** winston puts the error's message behind the log message and its stack beside it. */
function instrumentedWinston(line: OtelLine, error: Error & { code?: unknown }, message: string): Captured {
  const body = `${message} ${error.message}`;
  const { name, stack, code } = error;
  const loose = { stack, name, ...(code === undefined ? {} : { code }) };
  const record: EmittedRecord =
    line.name === '1.x'
      ? { body, attributes: loose }
      : { body, attributes: { stack, name }, exception: { ...loose, message: body, stack: undefined } };
  return viaLog(line, record, '@opentelemetry/winston-transport');
}

class PaymentError extends Error {
  override name = 'PaymentError';
  code = 'card_declined';
}
class StockError extends Error {
  override name = 'StockError';
}

function nodeError(): Error {
  try {
    Buffer.alloc(1).readInt8(5);
  } catch (error) {
    return error as Error;
  }
  throw new Error('no error came');
}

const withCode = (error: Error, code: unknown): Error => Object.assign(error, { code });

const INCIDENTS: readonly (readonly [string, () => Error, { type: string; message: string; code?: string }])[] = [
  ['plain', () => new Error('boom'), { type: 'Error', message: 'boom' }],
  ['built-in class', () => new TypeError('x is not a function'), { type: 'TypeError', message: 'x is not a function' }],
  [
    'system error',
    () => withCode(new Error('connect ECONNREFUSED 10.0.0.1:5432'), 'ECONNREFUSED'),
    { type: 'Error', message: 'connect ECONNREFUSED 10.0.0.1:5432', code: 'ECONNREFUSED' },
  ],
  ['own class', () => new StockError('no stock'), { type: 'StockError', message: 'no stock' }],
  [
    'own class with a code',
    () => new PaymentError('card was declined'),
    { type: 'PaymentError', message: 'card was declined', code: 'card_declined' },
  ],
  [
    'Node’s own error, whose code stands in the first line of its stack',
    nodeError,
    {
      type: 'RangeError',
      message: 'The value of "offset" is out of range. It must be >= 0 and <= 0. Received 5',
      code: 'ERR_OUT_OF_RANGE',
    },
  ],
  ['no message', () => withCode(new RangeError(''), 'E_ALL'), { type: 'RangeError', message: '', code: 'E_ALL' }],
  [
    'SQL state',
    () => Object.assign(withCode(new Error('duplicate key'), '23505'), { name: 'error' }),
    { type: 'error', message: 'duplicate key', code: '23505' },
  ],
  [
    'numeric code',
    () => withCode(new Error('14 UNAVAILABLE'), 14),
    { type: 'Error', message: '14 UNAVAILABLE', code: '14' },
  ],
  [
    'code that looks like a class',
    () => withCode(new Error('no such key'), 'NoSuchKey'),
    { type: 'NoSuchKey', message: 'no such key' },
  ],
  [
    'several lines',
    () => new StockError('first\n  second: x\nthird'),
    { type: 'StockError', message: 'first\n  second: x\nthird' },
  ],
  [
    'message changed after the throw',
    () => {
      const error = new Error('inner text');
      void error.stack;
      error.message = `while saving: ${error.message}`;
      return error;
    },
    { type: 'Error', message: 'while saving: inner text' },
  ],
];

describe.each(INCIDENTS)('one incident, every way in: %s', (_name, makeError, expected) => {
  const error = makeError();
  const { type, message, code } = expected;
  const shown = { type, message, code };
  const expectSame = ({ alert, occurrence }: Captured): void => {
    expect({ type: alert.error?.type, message: alert.error?.message, code: alert.error?.code }).toEqual(shown);
    expect(occurrence.identity).toEqual(viaPage(error).occurrence.identity);
    expect(titleOf(alert)).toBe(titleOf(viaPage(error).alert));
  };

  it('page()', () => expectSame(viaPage(error)));
  it('pino line', () => expectSame(viaPino(error, 'order failed')));
  it.each(OTEL_LINES)('pino instrumentation on $name', (line) =>
    expectSame(instrumentedPino(line, error, 'order failed')),
  );
  it.each(OTEL_LINES)('span on $name', async (line) => expectSame(await viaSpan(line, error)));
  it.each(OTEL_LINES)('exception of a record on $name', (line) => {
    // 0.57 has no such field, and its attributes take no Error without properties of its own.
    const record =
      line.name === '1.x'
        ? { attributes: { err: { ...error, name: error.name, message: error.message, stack: error.stack } } }
        : { exception: error };
    expectSame(viaLog(line, { body: 'order failed', ...record }, 'app'));
  });
  it.each(OTEL_LINES)('bunyan instrumentation on $name', (line) =>
    expectSame(instrumentedBunyan(line, error, 'order failed')),
  );
});

describe('a class that sets no name', () => {
  class Nameless extends Error {}

  it('is one incident, though only some sources know its class', async () => {
    const error = new Nameless('boom');
    const line = OTEL_LINES[2] as OtelLine;
    const span = await viaSpan(line, error);
    expect(span.alert.error?.type).toBe('Error');
    for (const { alert, occurrence } of [viaPage(error), viaPino(error, 'x'), instrumentedPino(line, error, 'x')]) {
      expect(alert.error?.type).toBe('Nameless');
      expect(occurrence.identity).toEqual(span.occurrence.identity);
    }
  });
});

describe('winston, whose message holds the error’s message', () => {
  it.each(OTEL_LINES)('on $name', (line) => {
    const error = withCode(new StockError('no stock'), 'E_STOCK');
    const { alert, occurrence } = instrumentedWinston(line, error, 'order failed');
    expect(alert.error).toMatchObject({ type: 'StockError', message: 'no stock', code: 'E_STOCK' });
    expect(occurrence.identity).toEqual(viaPage(error).occurrence.identity);
    expect(alert.attributes).toEqual({});
  });
});

describe('an error with causes', () => {
  const makeChain = (): Error =>
    new Error('cannot save', {
      cause: new StockError('no stock', { cause: withCode(new Error('refused'), 'ECONNREFUSED') }),
    });

  it('is the same without its causes (span) and with them (pino joins message and stack)', async () => {
    const error = makeChain();
    const line = OTEL_LINES[2] as OtelLine;
    const ways = [viaPage(error), viaPino(error, 'x'), instrumentedPino(line, error, 'x'), await viaSpan(line, error)];
    for (const { alert, occurrence } of ways) {
      expect(titleOf(alert)).toBe('Error: cannot save');
      expect(occurrence.identity).toEqual(ways[0]?.occurrence.identity);
      expect(alert.error?.stack).not.toContain('caused by');
    }
  });

  it('shows the chain where the source has it', () => {
    const error = makeChain();
    const causes = (alert: Alert): string[] => {
      const found: string[] = [];
      for (let cause = alert.error?.cause; cause !== undefined; cause = cause.cause)
        found.push(`${cause.type}: ${cause.message}`);
      return found;
    };
    expect(causes(viaPage(error).alert)).toEqual(['StockError: no stock', 'Error: refused']);
    expect(causes(viaPino(error, 'x').alert)).toEqual(['StockError: no stock', 'Error: refused']);
  });
});

describe('a record without an error', () => {
  it.each(OTEL_LINES)('has one identity as pino line and as record on $name', (line) => {
    const { msg, level: _l, time: _t, pid: _p, hostname: _h, ...rest } = pinoLine(undefined, 'disk almost full');
    const record = viaLog(line, { body: msg, attributes: rest }, '@opentelemetry/instrumentation-pino');
    const native = viaPino(undefined, 'disk almost full');
    expect(native.occurrence.identity).toEqual(record.occurrence.identity);
    expect(titleOf(native.alert)).toBe('disk almost full');
    expect(native.alert.origin.logger).toBe('checkout');
    expect(record.alert.origin.logger).toBe('checkout');
    expect(native.alert.attributes).toEqual(record.alert.attributes);
  });
});
