import { COLOR_GREEN, PRIORITY_COLOR } from '../priority.ts';

/** How often the burst of the demo fails. */
export const BURST = 300;

/** The channels that have a webhook in the demo; the first takes what has no channel of its own. */
export const DEMO_CHANNELS: readonly string[] = ['alerts', 'p0', 'deploys', 'ci', 'security', 'dev'];

/** One request to the shop. */
export interface ShopCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** @default 1 */
  readonly times?: number;
}

/** The one page that a scene must cause, as it stands at the end. */
export interface ExpectedPage {
  readonly channel: string;
  /** The whole content line as a reader sees it, without its mention; undefined: no content at all. */
  readonly content?: string;
  /** Beginning of the first embed's title, as a reader sees it. */
  readonly title: string;
  readonly count: number;
  readonly color: number;
  /** True for the P0s alone. */
  readonly pings: boolean;
  readonly sound: 'push' | 'silent';
  /** Has to be readable in the first embed: what the scene is about. */
  readonly shows?: string;
  /** The full text is attached. */
  readonly hasFile?: boolean;
}

/** One thing that goes wrong in the shop, and what the operator must see of it. */
export interface Scene {
  readonly name: string;
  /** What happens and what to look at, in one line of a terminal. */
  readonly story: string;
  /** What makes it happen: requests to the shop, or a call of this very command line. Undefined: it happens by itself. */
  readonly call?: ShopCall;
  readonly command?: readonly string[];
  /** Beginning of the title when it arrives, where a later scene changes it. */
  readonly arrivesAs?: string;
  readonly page: ExpectedPage;
}

/** The demo in its order. The last scene ends the shop. */
export const SCENES: readonly Scene[] = [
  {
    name: 'start',
    story: 'the shop starts: a boot check, in silence',
    page: {
      channel: 'dev',
      title: 'Service started: shop@1.4.2',
      count: 1,
      color: COLOR_GREEN,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'deploy',
    story: 'a deploy: its event chooses the channel',
    call: { method: 'POST', path: '/deploys', body: { version: '1.4.3', by: 'maria' } },
    page: {
      channel: 'deploys',
      title: 'shop 1.4.3 is live',
      count: 1,
      color: PRIORITY_COLOR.P3,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'burst',
    story: `${BURST} failures in a second: one message counts`,
    call: { method: 'GET', path: '/products/2', times: BURST },
    page: {
      channel: 'alerts',
      content: `🟠 P1 shop · TypeError: Cannot read properties of undefined (reading 'amount')`,
      title: `TypeError: Cannot read properties of undefined (reading 'amount')`,
      count: BURST,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
      shows: 'server.js:',
    },
  },
  {
    name: 'slow',
    story: 'a slow dependency: a warning, no sound',
    call: { method: 'POST', path: '/payments', body: { amount: 24, providerDelayMs: 700 } },
    arrivesAs: 'payment provider answers slowly',
    page: {
      channel: 'alerts',
      title: '✅ ~~payment provider answers slowly~~ · resolved',
      count: 1,
      color: COLOR_GREEN,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'secret',
    story: 'an error with the database password: masked',
    call: { method: 'POST', path: '/checkout' },
    page: {
      channel: 'alerts',
      title: 'Error: order could not be saved',
      content: '🟠 P1 shop · Error: order could not be saved',
      count: 1,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
      shows: 'postgres://shop:[REDACTED]@db.internal',
    },
  },
  {
    name: 'mention',
    story: 'a user writes @everyone: nobody is pinged',
    call: {
      method: 'POST',
      path: '/reviews',
      body: { product: 1, text: '@everyone <@&100000000000000001> **FREE** teapots' },
    },
    page: {
      channel: 'alerts',
      content: '🟠 P1 shop · review not stored, text too long: @everyone <@&100000000000000001> **FREE** teapots',
      title: 'review not stored, text too long: @everyone',
      count: 1,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'stack',
    story: 'a huge error: the cause at its end is there',
    call: { method: 'POST', path: '/categories' },
    page: {
      channel: 'alerts',
      content: '🟠 P1 shop · Error: could not insert categories: INSERT INTO categories',
      title: 'Error: could not insert categories: INSERT INTO categories',
      count: 1,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
      shows: 'Caused by: Error: duplicate key value violates unique constraint',
      hasFile: true,
    },
  },
  {
    name: 'language',
    story: 'a message that is not English',
    call: { method: 'POST', path: '/stock' },
    page: {
      channel: 'alerts',
      content: '🟠 P1 shop · 在庫を更新できません: 倉庫サービスが応答しません',
      title: '在庫を更新できません: 倉庫サービスが応答しません',
      count: 1,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'ci',
    story: 'a CI job fails: one line in its script',
    command: [
      'send',
      '--title',
      'build 1841 failed: 3 of 412 tests',
      '--channel',
      'ci',
      '--field',
      'branch=main',
      '--url',
      'https://ci.example.com/builds/1841',
    ],
    page: {
      channel: 'ci',
      content: '🟠 P1 build 1841 failed: 3 of 412 tests',
      title: 'build 1841 failed: 3 of 412 tests',
      count: 1,
      color: PRIORITY_COLOR.P1,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'credential',
    story: 'an API key expires soon: said, never shown',
    call: { method: 'POST', path: '/credentials/check' },
    page: {
      channel: 'security',
      title: 'API key of the mail service expires in 6 days',
      count: 1,
      color: PRIORITY_COLOR.P2,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'fatal',
    story: 'the ledger is wrong: a P0, the one that pings',
    call: { method: 'POST', path: '/ledger/close' },
    page: {
      channel: 'p0',
      content: '🔴 P0 shop · ledger does not balance, payouts are stopped',
      title: 'ledger does not balance, payouts are stopped',
      count: 1,
      color: PRIORITY_COLOR.P0,
      pings: true,
      sound: 'push',
    },
  },
  {
    name: 'recovery',
    story: 'the dependency recovers: its page turns green',
    call: { method: 'POST', path: '/payments', body: { amount: 24 } },
    page: {
      channel: 'alerts',
      title: '✅ ~~payment provider answers slowly~~ · resolved',
      count: 1,
      color: COLOR_GREEN,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'crash',
    story: 'the shop dies: its last page is out first',
    call: { method: 'POST', path: '/imports', body: [{ id: 3 }] },
    page: {
      channel: 'p0',
      content: `🔴 P0 shop · TypeError: Cannot read properties of undefined (reading 'trim')`,
      title: `TypeError: Cannot read properties of undefined (reading 'trim')`,
      count: 1,
      color: PRIORITY_COLOR.P0,
      pings: true,
      sound: 'push',
    },
  },
];
