import { DELAYED_FROM_MS } from '../delivery/lane.ts';
import { COLOR_GREEN, PRIORITY_COLOR } from '../priority.ts';
import type { Act, ExpectedPage, Scene, ShopCall } from './demo-scene.ts';

/** How often the burst of the demo fails. */
export const BURST = 300;
/** How often the warehouse fails, and how long after each other. */
const TICKS = 24;
const TICK_MS = 400;
/** Starts of the shop that end at once. */
const CRASHES = 5;
/** Products of which there are none left, all found at the same time. */
const SOLD_OUT: readonly string[] = [
  'Red',
  'Blue',
  'Green',
  'White',
  'Black',
  'Amber',
  'Coral',
  'Olive',
  'Pearl',
  'Sand',
].flatMap((color) =>
  ['teapot', 'kettle', 'mug', 'bowl', 'jug', 'plate', 'cup', 'saucer', 'tray', 'caddy'].map(
    (kind) => `${color} ${kind}`,
  ),
);

/** The channels that have a webhook in the demo; the first takes what has no channel of its own. */
export const DEMO_CHANNELS: readonly string[] = ['alerts', 'p0', 'deploys', 'ci', 'security', 'dev'];

const LOUD = { count: 1, color: PRIORITY_COLOR.P1, pings: false, sound: 'push' } as const;
const URGENT = { channel: 'p0', count: 1, color: PRIORITY_COLOR.P0, pings: true, sound: 'push' } as const;
const QUIET = { count: 1, pings: false, sound: 'silent' } as const;

const post = (path: string, body?: unknown, more: Partial<ShopCall> = {}): Act => ({
  do: 'call',
  call: { method: 'POST', path, ...(body === undefined ? {} : { body }), ...more },
});

/** A P1 in #alerts. */
const alert = (title: string, more: Partial<ExpectedPage> = {}): ExpectedPage => ({
  channel: 'alerts',
  content: `🟠 P1 shop · ${title}`,
  title,
  ...LOUD,
  ...more,
});

const RECOVERED: ExpectedPage = {
  channel: 'alerts',
  title: '✅ ~~payment provider answers slowly~~ · resolved after',
  color: COLOR_GREEN,
  ...QUIET,
};

/** The demo in its order. */
export const SCENES: readonly Scene[] = [
  {
    name: 'start',
    story: 'the shop starts: a boot check, in silence',
    acts: [{ do: 'open', shop: 'shop-1' }],
    pages: [{ channel: 'dev', title: 'Service started: shop@1.4.2', color: COLOR_GREEN, ...QUIET }],
  },
  {
    name: 'deploy',
    story: 'a deploy: its event chooses the channel',
    acts: [post('/deploys', { version: '1.4.3', by: 'maria' })],
    pages: [{ channel: 'deploys', title: 'shop 1.4.3 is live', color: PRIORITY_COLOR.P3, ...QUIET }],
  },
  {
    name: 'ticks',
    story: 'not in English, again and again: see it count',
    acts: [post('/stock', undefined, { times: TICKS, everyMs: TICK_MS })],
    pages: [alert('在庫を更新できません: 倉庫サービスが応答しません', { count: TICKS, ticks: 3 })],
  },
  {
    name: 'slow',
    story: 'a slow dependency: a warning, no sound',
    acts: [post('/payments', { amount: 24, providerDelayMs: 700 })],
    arrivesAs: 'payment provider answers slowly',
    pages: [RECOVERED],
  },
  {
    name: 'burst',
    story: `${BURST} failures in a second: one message counts`,
    acts: [{ do: 'call', call: { method: 'GET', path: '/products/2', times: BURST } }],
    pages: [
      alert(`TypeError: Cannot read properties of undefined (reading 'amount')`, { count: BURST, shows: 'server.js:' }),
    ],
  },
  {
    name: 'recovery',
    story: 'it is fast again: its page turns green',
    // Long enough for a duration that says something.
    after: { scene: 'slow', ms: 1_500 },
    acts: [post('/payments', { amount: 24 })],
    pages: [RECOVERED],
  },
  {
    name: 'storm',
    story: `${SOLD_OUT.length} different warnings at once: one digest`,
    acts: [
      post(
        '/stocktakings',
        SOLD_OUT.map((name) => ({ name, left: 0 })),
      ),
    ],
    pages: [],
    digest: {
      channel: 'alerts',
      color: PRIORITY_COLOR.P2,
      pings: false,
      sound: 'silent',
      titles: SOLD_OUT.map((name) => `sold out: ${name}`),
      moreThan: 50,
    },
    withinMs: 15_000,
  },
  {
    name: 'killed',
    story: 'Discord is away; kill -9 ends shop-2 with a page',
    acts: [
      { do: 'open', shop: 'shop-2' },
      { do: 'away' },
      { ...post('/refunds', { order: 4711, refusal: 'the card has expired' }), shop: 'shop-2' } as Act,
      { do: 'kill', shop: 'shop-2', waiting: 1 },
    ],
    // It is shown in the last scene.
    pages: [],
    withinMs: 15_000,
  },
  {
    name: 'outage',
    story: 'Discord is back: the most urgent of 3 comes first',
    acts: [
      post('/stocktakings', [{ name: 'Clay teapot', left: 2 }]),
      post('/refunds', { order: 4712, refusal: 'the account is closed' }),
      post('/ledger/close'),
      { do: 'back', waiting: 3 },
    ],
    pages: [
      {
        content: '🔴 P0 shop · ledger does not balance, payouts are stopped',
        title: 'ledger does not balance, payouts are stopped',
        ...URGENT,
      },
      alert('refund not sent, the account is closed'),
      { channel: 'alerts', title: 'only 2 left: Clay teapot', color: PRIORITY_COLOR.P2, ...QUIET },
    ],
    withinMs: 40_000,
  },
  {
    name: 'secret',
    story: 'an error with the database password: masked',
    acts: [post('/checkout')],
    pages: [alert('Error: order could not be saved', { shows: 'postgres://shop:[REDACTED]@db.internal' })],
  },
  {
    name: 'mention',
    story: 'a user writes @everyone: nobody is pinged',
    acts: [post('/reviews', { product: 1, text: '@everyone <@&100000000000000001> **FREE** teapots' })],
    pages: [
      alert('review not stored, text too long: @everyone', {
        content: '🟠 P1 shop · review not stored, text too long: @everyone <@&100000000000000001> **FREE** teapots',
      }),
    ],
  },
  {
    name: 'stack',
    story: 'a huge error: the cause at its end is there',
    acts: [post('/categories')],
    pages: [
      alert('Error: could not insert categories: INSERT INTO categories', {
        shows: 'Caused by: Error: duplicate key value violates unique constraint',
        hasFile: true,
      }),
    ],
  },
  {
    name: 'ci',
    story: 'a CI job fails: one line in its script',
    acts: [
      {
        do: 'command',
        args: [
          ...['send', '--title', 'build 1841 failed: 3 of 412 tests', '--channel', 'ci'],
          ...['--field', 'branch=main', '--url', 'https://ci.example.com/builds/1841'],
        ],
      },
    ],
    pages: [
      {
        channel: 'ci',
        content: '🟠 P1 build 1841 failed: 3 of 412 tests',
        title: 'build 1841 failed: 3 of 412 tests',
        ...LOUD,
      },
    ],
  },
  {
    name: 'credential',
    story: 'an API key expires soon: said, never shown',
    acts: [post('/credentials/check')],
    pages: [
      {
        channel: 'security',
        title: 'API key of the mail service expires in 6 days',
        color: PRIORITY_COLOR.P2,
        ...QUIET,
      },
    ],
  },
  {
    name: 'crash',
    story: 'the shop dies: its last page is out first',
    acts: [post('/imports', [{ id: 3 }])],
    pages: [
      {
        content: `🔴 P0 shop · TypeError: Cannot read properties of undefined (reading 'trim')`,
        title: `TypeError: Cannot read properties of undefined (reading 'trim')`,
        ...URGENT,
      },
    ],
    waitsForCounts: true,
  },
  {
    name: 'crash_loop',
    story: `it dies at each of ${CRASHES} starts: one message, ×${CRASHES}`,
    acts: [{ do: 'crash_loop', times: CRASHES }],
    pages: [
      {
        ...URGENT,
        content: '🔴 P0 shop · Error: listen EADDRINUSE: address already in use',
        title: 'Error: listen EADDRINUSE: address already in use',
        count: CRASHES,
        ticks: 2,
      },
    ],
    withinMs: 40_000,
  },
  {
    name: 'restart',
    story: 'shop-2 starts again: its page was on its disk',
    after: { scene: 'killed', ms: DELAYED_FROM_MS + 500 },
    acts: [{ do: 'open', shop: 'shop-2' }],
    pages: [alert('refund not sent, the card has expired', { shows: /delayed \d+ s/ })],
  },
];
