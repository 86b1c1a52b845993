import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGER_KEYS } from '../../src/alert.ts';
import type { CaptureFilter } from '../../src/capture/capture-target.ts';
import { isLineWanted } from '../../src/capture/map-pino-line.ts';
import type { ReadableLogRecord } from '../../src/capture/otel-types.ts';
import { hasPagerMarks, readPagerMarks } from '../../src/capture/pager-attributes.ts';
import { classifyRecord, isWanted } from '../../src/capture/record-filter.ts';
import type { Priority } from '../../src/priority.ts';
import { makeRecord } from './log-records.ts';

const filterOf = (given: Partial<CaptureFilter> = {}): CaptureFilter => ({
  enabled: true,
  minPriority: 'P2',
  events: [],
  routes: [],
  ...given,
});

const below = (given: Partial<ReadableLogRecord> = {}): ReadableLogRecord =>
  makeRecord({ severityNumber: 9, ...given });

describe('the threshold', () => {
  const table: readonly (readonly [Priority, number])[] = [
    ['P0', 21],
    ['P1', 17],
    ['P2', 13],
    ['P3', 9],
    ['DEV', 1],
  ];
  it.each(table)('%s takes severity numbers from %d on', (minPriority, first) => {
    const filter = filterOf({ minPriority });
    for (let severityNumber = 1; severityNumber <= 24; severityNumber++) {
      expect(isWanted(makeRecord({ severityNumber }), filter)).toBe(severityNumber >= first);
    }
  });

  it.each<readonly [string, Partial<ReadableLogRecord>, boolean]>([
    ['text where the number is missing', { severityNumber: undefined, severityText: 'ERROR' }, true],
    ['text where the number is 0', { severityNumber: 0, severityText: 'warn' }, true],
    ['text below', { severityNumber: 0, severityText: 'info' }, false],
    ['the number before the text', { severityNumber: 9, severityText: 'FATAL' }, false],
    ['neither', { severityNumber: undefined }, false],
    ['a number out of range', { severityNumber: 99, severityText: 'fatal' }, true],
    ['no attributes at all', { severityNumber: 9, attributes: undefined as never }, false],
  ])('%s', (_name, given, wanted) => expect(isWanted(makeRecord(given), filterOf())).toBe(wanted));

  it('switched off takes nothing', () => {
    expect(isWanted(makeRecord({ severityNumber: 24 }), filterOf({ enabled: false }))).toBe(false);
  });
});

describe('below the threshold', () => {
  it.each(Object.values(PAGER_KEYS))('%s is enough', (key) => {
    expect(isWanted(below({ attributes: { [key]: 'x' } }), filterOf())).toBe(true);
  });

  const select = filterOf({
    events: ['deploy*'],
    routes: [
      { service: 'pay*', priority: 'p3' },
      { 'order.kind': 'vip', 'order.total': '1???' },
      { logger: 'audit' },
      {},
    ],
  });
  it.each<readonly [string, Partial<ReadableLogRecord>, boolean]>([
    ['a map under pager', { attributes: { pager: { channel: 'ops' } } }, true],
    ['an empty map under pager', { attributes: { pager: {} } }, false],
    ['an event name', { eventName: 'deploy.finished' }, true],
    ['an event name as attribute', { attributes: { 'event.name': 'Deploy.Finished' } }, true],
    ['another event name', { eventName: 'undeploy' }, false],
    ['a route by service and priority', { resource: { attributes: { 'service.name': 'payments' } } }, true],
    [
      'the service, but another priority',
      { severityNumber: 5, resource: { attributes: { 'service.name': 'payments' } } },
      false,
    ],
    ['a route by attributes', { attributes: { 'order.kind': 'VIP', 'order.total': 1234 } }, true],
    ['one of two attributes', { attributes: { 'order.kind': 'vip' } }, false],
    ['a route by logger', { instrumentationScope: { name: 'audit' } }, true],
    [
      'a route by the logger behind a bridge',
      { instrumentationScope: { name: '@opentelemetry/instrumentation-pino' }, attributes: { name: 'audit' } },
      true,
    ],
    ['nothing of it', { attributes: { other: 1 } }, false],
  ])('%s', (_name, given, wanted) => expect(isWanted(below(given), select)).toBe(wanted));

  it('filters may be exchanged at any time', () => {
    const record = below({ eventName: 'ci.failed' });
    const filters = [filterOf({ events: ['ci*'] }), filterOf(), filterOf({ minPriority: 'P3' })];
    for (let round = 0; round < 3; round++) {
      expect(filters.map((filter) => isWanted(record, filter))).toEqual([true, false, true]);
    }
  });
});

it('a line is wanted when its record would be', () => {
  const select = filterOf({ events: ['deploy*'], routes: [{ service: 'pay*' }, { 'order.kind': 'vip' }] });
  const fields = fc.record(
    {
      'event.name': fc.constantFrom('deploy.done', 'other'),
      'order.kind': fc.constantFrom('vip', 'plain'),
      'pager.channel': fc.constantFrom('ops', ''),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fields,
      fc.constantFrom(10, 20, 30, 40, 50, 60),
      fc.constantFrom('payments', 'shop'),
      (attributes, level, service) => {
        const severityNumber = { 10: 1, 20: 5, 30: 9, 40: 13, 50: 17, 60: 21 }[level] ?? 0;
        const record = makeRecord({
          severityNumber,
          attributes,
          resource: { attributes: { 'service.name': service } },
        });
        expect(isLineWanted({ level, 'service.name': service, ...attributes }, {}, select)).toBe(
          isWanted(record, select),
        );
      },
    ),
  );
});

it('what is recognised as pager.* is read, and the other way round', () => {
  const key = fc.constantFrom(...Object.values(PAGER_KEYS), 'pager', 'pager.other', 'x');
  const map = fc.dictionary(fc.constantFrom('priority', 'dedupKey', 'dedup_key', 'title', 'x'), fc.anything());
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(fc.anything(), map, fc.string())), (attributes) => {
      expect(readPagerMarks(attributes) !== undefined).toBe(hasPagerMarks(attributes));
    }),
  );
});

it.each<readonly [string, Partial<ReadableLogRecord>, string]>([
  ['fatal', { severityNumber: 21 }, 'urgent'],
  ['error', { severityNumber: 17 }, 'urgent'],
  ['warning', { severityNumber: 13 }, 'batch'],
  ['info', { severityNumber: 9 }, 'unwanted'],
  ['a resolve', { severityNumber: 9, attributes: { 'pager.action': 'resolve' } }, 'urgent'],
  ['a trigger', { severityNumber: 9, attributes: { 'pager.action': 'trigger' } }, 'urgent'],
  ['raised to P1', { severityNumber: 9, attributes: { 'pager.priority': 'P1' } }, 'urgent'],
  ['lowered to P3', { severityNumber: 21, attributes: { 'pager.priority': 'P3' } }, 'batch'],
  ['for a channel', { severityNumber: 9, attributes: { 'pager.channel': 'deploys' } }, 'batch'],
])('class of a record: %s', (_name, given, expected) => {
  expect(classifyRecord(makeRecord(given), filterOf())).toBe(expected);
});
