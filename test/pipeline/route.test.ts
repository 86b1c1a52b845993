import { describe, expect, test } from 'vitest';
import type { Alert, RedactedAlert } from '../../src/alert.ts';
import type { Route } from '../../src/config/resolved-config.ts';
import { createRouter, MAX_WARNED_NAMES, type Routed, type RouterOptions } from '../../src/pipeline/route.ts';
import type { Priority } from '../../src/priority.ts';

function makeAlert(parts: Partial<Alert> & { event?: string } = {}): RedactedAlert {
  const { event, ...rest } = parts;
  return {
    id: 'a1',
    timestampMs: 0,
    source: 'log',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: 'm',
    origin: {
      service: 'shop',
      environment: 'production',
      logger: 'billing.core',
      ...(event === undefined ? {} : { event }),
    },
    attributes: {},
    repeatKey: 1,
    count: 1,
    ...rest,
  } as RedactedAlert;
}

interface Setup {
  channels?: readonly string[];
  routes?: readonly Route[];
  minPriority?: Priority;
}

function router({ channels = ['default'], routes = [], minPriority = 'P2' }: Setup = {}) {
  const warnings: string[] = [];
  const options: RouterOptions = {
    channels: new Set(channels),
    routes,
    minPriority,
    warn: (code, text) => warnings.push(`${code}: ${text}`),
  };
  return { route: createRouter(options), warnings };
}

const ALL = [
  'default',
  'p0',
  'p1',
  'p2',
  'p3',
  'dev',
  'deploys',
  'ci',
  'security',
  'rotation',
  'audit',
  'payments',
  'on-call',
];
const PAYMENTS: Route = { match: { service: 'pay*' }, channel: 'payments' };
const shop = { service: 'payments-api' };

describe('the channel', () => {
  test.each<[string, Setup, Parameters<typeof makeAlert>[0], Partial<Routed>]>([
    [
      'pager.channel comes first',
      { channels: ALL, routes: [PAYMENTS] },
      { channel: 'security', origin: shop, event: 'deploy' },
      { channel: 'security', rule: 'pager_channel' },
    ],
    ['pager.channel in any spelling', { channels: ALL }, { channel: ' On_Call ' }, { channel: 'on-call' }],
    ['the audit channel when named', { channels: ALL }, { channel: 'audit' }, { channel: 'audit' }],
    ['an empty pager.channel says nothing', { channels: ALL }, { channel: '' }, { channel: 'p1', rule: 'priority' }],
    [
      'then the first matching route',
      {
        channels: ALL,
        routes: [{ match: { service: 'x' }, channel: 'ci' }, PAYMENTS, { match: { service: '*' }, channel: 'dev' }],
      },
      { origin: { ...shop, event: 'deploy' } },
      { channel: 'payments', rule: 'route' },
    ],
    [
      'an unknown pager.channel falls to the route',
      { channels: ALL, routes: [PAYMENTS] },
      { channel: 'nope', origin: shop },
      { channel: 'payments', rule: 'route' },
    ],
    ['then the event name', { channels: ALL }, { event: 'deploy.finished' }, { channel: 'deploys', rule: 'event' }],
    [
      'an unknown pager.channel falls to the event name',
      { channels: ALL },
      { channel: 'nope', event: 'ci.failed' },
      { channel: 'ci' },
    ],
    [
      'a route to an unknown channel falls to the event name',
      { channels: ALL, routes: [{ match: {}, channel: 'nope' }] },
      { event: 'ci.failed' },
      { channel: 'ci', rule: 'event' },
    ],
    [
      'an event whose channel is not configured says nothing',
      { channels: ['default', 'p1'] },
      { event: 'deploy' },
      { channel: 'p1' },
    ],
    ['then the priority', { channels: ALL }, { priority: 'DEV', explicit: true }, { channel: 'dev', rule: 'priority' }],
    ['then default', { channels: ['default', 'p0'] }, {}, { channel: 'default', rule: 'default' }],
    [
      'without default the highest priority',
      { channels: ['dev', 'p2', 'audit'] },
      {},
      { channel: 'p2', rule: 'default' },
    ],
    [
      'without any of them any other',
      { channels: ['audit', 'payments'] },
      {},
      { channel: 'payments', rule: 'default' },
    ],
    ['never audit by itself', { channels: ['audit'] }, {}, { channel: 'default', rule: 'none', shown: false }],
    ['none at all', { channels: [] }, { priority: 'P0' }, { rule: 'none', shown: false }],
  ])('%s', (_name, setup, alert, expected) => {
    expect(router(setup).route(makeAlert(alert))).toMatchObject(expected);
  });

  test.each([
    ['deploy', 'deploys'],
    ['Deployment_started', 'deploys'],
    ['ci', 'ci'],
    ['cicd.pipeline', 'ci'],
    ['security.login', 'security'],
    ['credential_expiry', 'security'],
    ['secret.leaked', 'security'],
    ['rotation.due', 'rotation'],
    ['escalation', 'rotation'],
    ['app.deploy', 'p1'],
    ['', 'p1'],
  ])('of the event %j is %s', (event, channel) => {
    expect(router({ channels: ALL }).route(makeAlert({ event })).channel).toBe(channel);
  });

  test('an unknown name is warned of once, without its odd characters', () => {
    const { route, warnings } = router();
    for (let i = 0; i < 3; i++) route(makeAlert({ channel: '`no`\n@everyone' }));
    expect(warnings).toEqual([
      'unknown_channel: the channel "?no???everyone" is not configured; the next rule decides',
    ]);
  });

  test(`at most ${MAX_WARNED_NAMES} names are warned of`, () => {
    const { route, warnings } = router();
    for (let i = 0; i < 1_000; i++) route(makeAlert({ channel: `c${i}` }));
    expect(warnings).toHaveLength(MAX_WARNED_NAMES);
  });
});

describe('a matcher', () => {
  const attributes = {
    tenant: { id: 'acme', plan: null },
    'tenant.region': 'eu',
    retries: 3,
    final: true,
    tags: ['red', 'blue'],
    constructor: 'mine',
  };
  test.each<[string, Route['match'], boolean]>([
    ['service', { service: 'sh?p' }, true],
    ['service, any case', { service: 'SHOP' }, true],
    ['the whole of it', { service: 'sho' }, false],
    ['logger', { logger: 'billing.*' }, true],
    ['event', { event: 'order.*' }, true],
    ['environment', { environment: 'prod*' }, true],
    ['priority', { priority: 'p1' }, true],
    ['another priority', { priority: 'P0' }, false],
    ['an attribute', { retries: '3' }, true],
    ['a boolean', { final: 'true' }, true],
    ['one of a list', { tags: 'blue' }, true],
    ['none of a list', { tags: 'green' }, false],
    ['a nested attribute', { 'tenant.id': 'ac*' }, true],
    ['a dotted attribute', { 'tenant.region': 'eu' }, true],
    ['null', { 'tenant.plan': '*' }, false],
    ['an object', { tenant: '*' }, false],
    ['a missing attribute', { missing: '*' }, false],
    ['a name of Object.prototype', { toString: '*' }, false],
    ['an attribute of such a name', { constructor: 'mine' }, true],
    ['the resource', { 'service.name': 'shop', 'deployment.environment.name': 'production' }, true],
    ['all of several', { service: 'shop', retries: '3' }, true],
    ['not all of several', { service: 'shop', retries: '4' }, false],
    ['nothing', {}, true],
  ])('of %s', (_name, match, expected) => {
    const { route } = router({ channels: ['default', 'payments'], routes: [{ match, channel: 'payments' }] });
    const routed = route(makeAlert({ attributes, event: 'order.failed' }));
    expect(routed.rule === 'route').toBe(expected);
  });
});

describe('the priority', () => {
  test('is the one of the route, for its own channel and for the rules behind it', () => {
    const routes: Route[] = [{ match: { service: 'shop' }, channel: 'nope', priority: 'P0' }];
    expect(router({ channels: ALL, routes }).route(makeAlert())).toMatchObject({ priority: 'P0', channel: 'p0' });
    const known: Route[] = [{ match: {}, channel: 'payments', priority: 'P3' }];
    expect(router({ channels: ALL, routes: known }).route(makeAlert())).toMatchObject({
      priority: 'P3',
      channel: 'payments',
    });
  });

  test('is the alert’s own without a route, and where pager.channel decides', () => {
    expect(router().route(makeAlert({ priority: 'P2' })).priority).toBe('P2');
    const routes: Route[] = [{ match: {}, channel: 'p0', priority: 'P0' }];
    expect(router({ channels: ALL, routes }).route(makeAlert({ channel: 'dev' })).priority).toBe('P1');
  });
});

describe('below the threshold', () => {
  test.each<[string, Setup, Parameters<typeof makeAlert>[0], boolean]>([
    ['at the threshold', {}, { priority: 'P2' }, true],
    ['below', {}, { priority: 'P3' }, false],
    ['below, with pager.*', {}, { priority: 'P3', explicit: true }, true],
    [
      'below, with an event of a configured channel',
      { channels: ['default', 'deploys'] },
      { priority: 'P3', event: 'deploy' },
      true,
    ],
    ['below, with an event of no configured channel', {}, { priority: 'P3', event: 'deploy' }, false],
    ['below, with a route', { channels: ALL, routes: [PAYMENTS] }, { priority: 'DEV', origin: shop }, true],
    ['below, with a route to an unknown channel', { routes: [PAYMENTS] }, { priority: 'DEV', origin: shop }, false],
    ['below, with a channel of its priority', { channels: ALL }, { priority: 'P3' }, false],
    [
      'below after a route, which selects it',
      { channels: ALL, routes: [{ match: {}, channel: 'p3', priority: 'P3' }] },
      {},
      true,
    ],
    [
      'lifted by a route of an unknown channel',
      { routes: [{ match: {}, channel: 'nope', priority: 'P1' }] },
      { priority: 'P3' },
      true,
    ],
    ['another threshold', { minPriority: 'DEV' }, { priority: 'DEV' }, true],
  ])('%s', (_name, setup, alert, shown) => {
    expect(router(setup).route(makeAlert(alert)).shown).toBe(shown);
  });
});
