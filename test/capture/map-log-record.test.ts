import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alert, MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTES, MAX_CAUSES, MAX_TEXT_CHARS } from '../../src/alert.ts';
import { readLogRecord } from '../../src/capture/map-log-record.ts';
import type { ReadableLogRecord, Resource } from '../../src/capture/otel-types.ts';
import { makeRecord } from './log-records.ts';

const NOW = 1_800_000_000_000;

function toAlert(given: Partial<ReadableLogRecord>): Alert {
  return readLogRecord(makeRecord(given), NOW).toAlert({ repeatKey: 1, count: 1 });
}

const cyclic: Record<string, unknown> = { name: 'loop' };
cyclic['self'] = cyclic;

const hostileProxy = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('hostile');
    },
    get() {
      throw new Error('hostile');
    },
    getPrototypeOf() {
      throw new Error('hostile');
    },
  },
);

describe('bodies', () => {
  it.each<readonly [string, unknown, string]>([
    ['a string', 'text', 'text'],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a number', 42, '42'],
    ['not a number', Number.NaN, 'NaN'],
    ['a boolean', false, 'false'],
    ['a big integer', 12345678901234567890n, '12345678901234567890'],
    ['an enormous integer', 10n ** 5_000n, '[a number of over 1,000 digits]'],
    ['an object', { event: 'x', n: 1 }, '{"event":"x","n":1}'],
    ['an array', ['a', 1, null, undefined], '["a",1,null,null]'],
    ['bytes that are text', new TextEncoder().encode('héllo'), 'héllo'],
    ['bytes that are none', new Uint8Array([0xff, 0xfe, 0]), '[3 bytes]'],
    ['a Buffer as JSON made it', { type: 'Buffer', data: [1, 2] }, '[2 bytes]'],
    ['other views', new Float64Array(2), '[16 bytes]'],
    ['an ArrayBuffer', new ArrayBuffer(4), '[4 bytes]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['no date', new Date(Number.NaN), 'Invalid Date'],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [{}, 2],
      ]),
      '{"a":1,"[key 2]":2}',
    ],
    ['a set', new Set([1, 'b']), '[1,"b"]'],
    ['a cycle', cyclic, '{"name":"loop","self":"[circular]"}'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a function', () => 1, '[function]'],
    ['a regular expression', /x/g, '/x/g'],
    ['a URL', new URL('https://a.example/'), 'https://a.example/'],
    ['headers', new Headers({ a: 'b' }), '{"a":"b"}'],
    ['a boxed string', new String('boxed'), 'boxed'],
    ['a promise', Promise.resolve(), 'object Promise'],
    ['what has toJSON', { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    [
      'toJSON that throws',
      {
        toJSON() {
          throw new Error('no');
        },
      },
      '[unreadable]',
    ],
    [
      'toJSON that gives itself',
      {
        a: 1,
        toJSON() {
          return this;
        },
      },
      '{"a":1}',
    ],
    [
      'a getter that throws',
      {
        a: 1,
        get b() {
          throw new Error('no');
        },
      },
      '{"a":1,"b":"[unreadable]"}',
    ],
    ['a proxy that throws', hostileProxy, '[unreadable]'],
    ['prototype keys', JSON.parse('{"__proto__":{"x":1},"constructor":2}'), '{"__proto__":{"x":1},"constructor":2}'],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['functions and symbols as properties', { f() {}, s: Symbol('s'), a: 1 }, '{"a":1}'],
    ['depth', [[[[[[[[[[1]]]]]]]]]], '[[[[[[[["[left out: too deep]"]]]]]]]]'],
    ['an error', new TypeError('boom'), 'boom'],
  ])('%s', (_name, body, message) => {
    const alert = toAlert({ body });
    expect(alert.message).toBe(message);
    expect(structuredClone(alert)).toEqual(alert);
  });

  it('a body of a megabyte is cut in the middle', () => {
    const { message } = toAlert({ body: `start ${'lorem ipsum\n'.repeat(90_000)} the cause` });
    expect(message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
    expect(message).toMatch(/^start [\s\S]*\[… [\d,]+ characters cut at capture …\]\nlorem[\s\S]* the cause$/);
  });

  it('an error as body is the error', () => {
    const alert = toAlert({ body: new TypeError('boom') });
    expect(alert.error).toMatchObject({ type: 'TypeError', message: 'boom' });
  });

  it('never changes the record', () => {
    const record = makeRecord({
      body: { a: [1] },
      attributes: { 'pager.title': 'x', deep: { __proto__: null, a: 1 } },
    });
    const before = JSON.stringify(record);
    readLogRecord(record, NOW).toAlert({ repeatKey: 1, count: 1 });
    expect(JSON.stringify(record)).toBe(before);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('attributes', () => {
  it('keeps values as they are, and takes out what is shown elsewhere', () => {
    const { attributes } = toAlert({
      attributes: {
        text: 'a',
        number: 1,
        list: ['a', 'b'],
        map: { deep: true },
        'exception.type': 'X',
        'exception.message': 'y',
        'pager.channel': 'ops',
        pager: { title: 't' },
        'event.name': 'e',
      },
    });
    expect(attributes).toEqual({ text: 'a', number: 1, list: ['a', 'b'], map: { deep: true } });
  });

  it('is bounded in number, and says what was left out', () => {
    const attributes = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key${i}`, i]));
    const taken = toAlert({ attributes }).attributes;
    expect(Object.keys(taken)).toHaveLength(MAX_ATTRIBUTES);
    expect(taken['pager.attributes_left_out']).toBe(1_000 - (MAX_ATTRIBUTES - 1));
  });

  it('is bounded in length: one value, all values, keys', () => {
    const long = 'word '.repeat(100_000);
    const { attributes } = toAlert({
      attributes: {
        long,
        nested: { a: long, b: long },
        [`key${'k'.repeat(1_000)}`]: 1,
        ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`fill${i}`, long])),
      },
    });
    expect(String(attributes['long']).length).toBeLessThanOrEqual(MAX_ATTRIBUTE_CHARS);
    expect(JSON.stringify(attributes['nested']).length).toBeLessThanOrEqual(MAX_ATTRIBUTE_CHARS + 100);
    expect(attributes['[key of 1,003 characters, 3]']).toBe(1);
    expect(JSON.stringify(attributes).length).toBeLessThan(MAX_TEXT_CHARS + 2 * MAX_ATTRIBUTE_CHARS);
    expect(attributes['fill99']).toBe('[… 500,000 characters left out at capture …]');
  });

  it('prototype keys are data', () => {
    const { attributes } = toAlert({
      attributes: JSON.parse('{"__proto__":{"admin":true}}') as Record<string, unknown>,
    });
    expect(Object.keys(attributes)).toEqual(['__proto__']);
    expect((attributes as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('what a record says about itself', () => {
  it('flat', () => {
    expect(
      toAlert({
        severityNumber: 9,
        attributes: {
          'pager.priority': ' p0 ',
          'pager.channel': 'PAY_MENTS',
          'pager.title': 'Payments are down',
          'pager.dedup_key': 'payments',
          'pager.action': 'resolve',
          'pager.outcome': 'Success',
          'pager.runbook_url': 'https://runbooks.example/pay',
        },
      }),
    ).toMatchObject({
      priority: 'P0',
      explicit: true,
      channel: 'PAY_MENTS',
      title: 'Payments are down',
      dedupKey: 'payments',
      action: 'resolve',
      outcome: 'success',
      runbookUrl: 'https://runbooks.example/pay',
      attributes: {},
    });
  });

  it('what cannot be used is missing, and the record still speaks for itself', () => {
    const alert = toAlert({
      severityNumber: 13,
      attributes: { 'pager.priority': 'P9', 'pager.action': 'explode', 'pager.title': {} },
    });
    expect(alert).toMatchObject({ priority: 'P2', explicit: true, action: 'trigger' });
    expect(alert).not.toHaveProperty('title');
  });

  it('empty values say nothing', () => {
    expect(toAlert({ attributes: { 'pager.channel': '', 'pager.title': null, pager: {} } }).explicit).toBe(false);
  });
});

describe('origin', () => {
  it.each<readonly [string, Record<string, unknown>, Alert['origin']]>([
    ['nothing', {}, {}],
    ['the SDK’s placeholder', { 'service.name': 'unknown_service:node' }, {}],
    ['the old name of the environment', { 'deployment.environment': 'staging' }, { environment: 'staging' }],
    ['host instead of instance', { 'host.name': 'web-1' }, { instance: 'web-1' }],
    ['instance before host', { 'host.name': 'web-1', 'service.instance.id': 'i-7' }, { instance: 'i-7' }],
    ['values of the wrong kind', { 'service.name': 7, 'service.version': ['1'] }, { service: '7' }],
  ])('%s', (_name, attributes, origin) => {
    expect(toAlert({ resource: { attributes } }).origin).toEqual({ ...origin, logger: 'test' });
  });

  it('a resource whose detectors are at work is read without touching what makes the SDK complain', () => {
    const resource: Resource = {
      asyncAttributesPending: true,
      get attributes(): never {
        throw new Error('the SDK would report an error');
      },
      getRawAttributes: () => [
        ['service.name', 'shop'],
        ['host.name', Promise.resolve('web-1')],
      ],
    };
    expect(toAlert({ resource }).origin).toEqual({ service: 'shop', logger: 'test' });
    const settled: Resource = {
      asyncAttributesPending: false,
      attributes: { 'service.name': 'shop', 'host.name': 'web-1' },
    };
    expect(toAlert({ resource: settled }).origin).toEqual({ service: 'shop', instance: 'web-1', logger: 'test' });
  });

  it('event name: own field or attribute', () => {
    expect(toAlert({ eventName: 'deploy.done' }).origin.event).toBe('deploy.done');
    expect(toAlert({ attributes: { 'event.name': 'deploy.done' } }).origin.event).toBe('deploy.done');
  });
});

describe('errors', () => {
  it('causes are bounded and never cyclic', () => {
    const error = new Error('outer') as Error & { cause?: unknown };
    const inner = new Error('inner', { cause: error });
    error.cause = inner;
    const chain = toAlert({ exception: error }).error;
    expect(chain?.cause).toMatchObject({ message: 'inner' });
    expect(chain?.cause?.cause).toBeUndefined();

    let deep = new Error('0');
    for (let i = 1; i < 50; i++) deep = new Error(String(i), { cause: deep });
    let depth = 0;
    for (let at = toAlert({ exception: deep }).error; at !== undefined; at = at.cause) depth++;
    expect(depth).toBe(MAX_CAUSES);
  });

  it('what an HTTP client’s error carries along stays out, its simple values do not', () => {
    const error = Object.assign(new Error('401'), {
      code: 'ERR_BAD_REQUEST',
      status: 401,
      config: { headers: { authorization: 'Bearer secret' } },
    });
    const { attributes } = toAlert({ exception: error });
    expect(attributes).toEqual({ 'err.status': 401 });
  });

  it('the errors of an aggregate are named', () => {
    const error = new AggregateError([new Error('first'), new TypeError('second')], 'all failed');
    const alert = toAlert({ exception: error });
    expect(alert.error).toMatchObject({ message: 'all failed', cause: { message: 'first' } });
    expect(alert.attributes['exception.errors']).toEqual(['Error: first', 'TypeError: second']);
  });

  it('the same error as exception.* and as map is shown once', () => {
    const stack = 'PaymentError: no\n    at f (/app/a.js:1:1)';
    const alert = toAlert({
      attributes: {
        'exception.type': 'E_NO',
        'exception.message': 'no',
        'exception.stacktrace': stack,
        err: { type: 'PaymentError', message: 'no', stack, code: 'E_NO' },
      },
    });
    expect(alert.error).toEqual({ type: 'PaymentError', message: 'no', stack, code: 'E_NO' });
    expect(alert.attributes).toEqual({});
  });
});

describe('time', () => {
  it.each<readonly [string, Partial<ReadableLogRecord>, number]>([
    ['its own', { hrTime: [1_750_000_000, 999_999_999] }, 1_750_000_000_999],
    ['when it was observed', { hrTime: [0, 0], hrTimeObserved: [1_750_000_001, 0] }, 1_750_000_001_000],
    ['now', { hrTime: [0, 0] }, NOW],
    ['now instead of nonsense', { hrTime: ['a', Number.NaN] as never }, NOW],
    ['now instead of the far future', { hrTime: [4_000_000_000, 0] }, NOW],
  ])('%s', (_name, given, timestampMs) => expect(toAlert(given).timestampMs).toBe(timestampMs));
});

it.each([
  ['upper case', 'ABCDEF0123456789ABCDEF0123456789', 'abcdef0123456789abcdef0123456789'],
  ['zeros', '00000000000000000000000000000000', undefined],
  ['too short', 'abc', undefined],
  ['no hex', 'z'.repeat(32), undefined],
])('trace id: %s', (_name, traceId, expected) => {
  expect(toAlert({ spanContext: { traceId, spanId: '00f067aa0ba902b7' } }).traceId).toBe(expected);
});

it('arbitrary values give bounded alerts that survive JSON and the structured clone', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  });
  fc.assert(
    fc.property(
      anything,
      fc.dictionary(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            'err',
            'error',
            'stack',
            'name',
            'pager',
            'exception.type',
            'exception.message',
            'exception.stacktrace',
            'pager.priority',
            'pager.title',
            'event.name',
          ),
        ),
        anything,
      ),
      anything,
      anything,
      (body, attributes, exception, severityText) => {
        const alert = toAlert({ body, attributes, exception, severityText: severityText as string, severityNumber: 0 });
        expect(alert.message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
        expect(Object.keys(alert.attributes).length).toBeLessThanOrEqual(MAX_ATTRIBUTES);
        const copy = structuredClone(alert);
        // JSON has no -0.
        expect(JSON.parse(JSON.stringify(copy))).toEqual(JSON.parse(JSON.stringify(alert)));
      },
    ),
    { numRuns: 500 },
  );
});
