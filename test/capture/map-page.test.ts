import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alert, MAX_ATTRIBUTES, MAX_TEXT_CHARS } from '../../src/alert.ts';
import { type PageInput, readPage } from '../../src/capture/map-page.ts';

const NOW = 1_800_000_000_000;

function toAlert(input: unknown, context: Partial<Parameters<typeof readPage>[1]> = {}): Alert {
  return readPage(input as PageInput, { nowMs: NOW, ...context }).toAlert({ repeatKey: 1, count: 1 });
}

it('everything that page() takes', () => {
  const alert = toAlert(
    {
      title: 'Payments are down',
      message: 'all of them',
      error: new TypeError('boom'),
      priority: 'P0',
      channel: 'PAY_MENTS',
      fields: { region: 'eu', failed: 12, all: true },
      url: 'https://status.example/1',
      dedupKey: 'payments',
      action: 'trigger',
      attributes: { 'order.id': 7, 'pager.runbook_url': 'https://runbooks.example', 'pager.priority': 'P3' },
      timestamp: new Date(1_750_000_000_000),
    },
    {
      spanContext: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' },
      origin: { service: 'shop' },
    },
  );
  expect(alert).toMatchObject({
    source: 'api',
    explicit: true,
    action: 'trigger',
    title: 'Payments are down',
    message: 'all of them',
    error: { type: 'TypeError', message: 'boom' },
    priority: 'P0',
    channel: 'PAY_MENTS',
    fields: { region: 'eu', failed: '12', all: 'true' },
    url: 'https://status.example/1',
    dedupKey: 'payments',
    runbookUrl: 'https://runbooks.example',
    attributes: { 'order.id': 7 },
    timestampMs: 1_750_000_000_000,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    origin: { service: 'shop' },
  });
});

describe('bad values count as left out', () => {
  it.each<readonly [string, unknown, Partial<Alert>]>([
    ['priority', { priority: 'urgent' }, { priority: 'P1' }],
    ['priority of the wrong kind', { priority: 0 }, { priority: 'P1' }],
    ['action', { action: 'explode' }, { action: 'trigger' }],
    ['message', { message: { a: 1 } }, { message: '{"a":1}' }],
    ['timestamp', { timestamp: 'soon' }, { timestampMs: NOW }],
    ['timestamp far ahead', { timestamp: 9e15 }, { timestampMs: NOW }],
    ['attributes', { attributes: 'x' }, { attributes: {} }],
    ['nothing', undefined, { message: '', priority: 'P1' }],
    ['null', null, { message: '', priority: 'P1' }],
    ['a text', 'help', { message: '', priority: 'P1' }],
  ])('%s', (_name, input, expected) => expect(toAlert(input)).toMatchObject(expected));

  it.each([['javascript:alert(1)'], ['not a url'], [7], [`https://a.example/${'x'.repeat(3_000)}`]])(
    'url %j',
    (url) => {
      expect(toAlert({ url })).not.toHaveProperty('url');
    },
  );

  it('fields', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, i]));
    expect(Object.keys(toAlert({ fields: many }).fields ?? {})).toHaveLength(25);
    expect(toAlert({ fields: { a: null, b: undefined, c: { d: 1 } } }).fields).toEqual({ c: '{"d":1}' });
    expect(toAlert({ fields: [] })).not.toHaveProperty('fields');
  });
});

it('never throws, and gives bounded alerts', () => {
  const anything = fc.anything({ withBigInt: true, withMap: true, withDate: true, withNullPrototype: true });
  const input = fc.record(
    {
      title: anything,
      message: anything,
      error: anything,
      priority: anything,
      channel: anything,
      fields: anything,
      url: anything,
      dedupKey: anything,
      action: anything,
      attributes: anything,
      timestamp: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(input, anything), (given) => {
      const alert = toAlert(given);
      expect(alert.message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
      expect(Object.keys(alert.attributes).length).toBeLessThanOrEqual(MAX_ATTRIBUTES);
      expect(structuredClone(alert)).toEqual(alert);
    }),
    { numRuns: 500 },
  );
});

it('a proxy that throws at everything is a page without content', () => {
  const throwing = (): never => {
    throw new Error('hostile');
  };
  const hostile = new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing, has: throwing });
  expect(toAlert(hostile)).toMatchObject({ priority: 'P1', message: '' });
  expect(
    toAlert({
      error: hostile,
      url: hostile,
      timestamp: hostile,
      fields: hostile,
      attributes: hostile,
      message: hostile,
    }),
  ).toMatchObject({
    message: '[unreadable]',
    error: { type: 'Error', message: '[unreadable]' },
  });
});
