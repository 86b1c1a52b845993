import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import { unescapeMarkdown } from '../render/text.ts';

/** How often the burst of the demo fails. */
export const BURST = 300;

/** The channels that have a webhook in the demo. */
export const DEMO_CHANNELS: readonly string[] = ['alerts', 'p0', 'deploys', 'dev'];

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
}

/** One thing that goes wrong in the shop, and what the operator must see of it. */
export interface Scene {
  readonly name: string;
  /** What happens, for whoever watches. */
  readonly story: string;
  /** What to look at in the page. */
  readonly lesson: string;
  /** Undefined: it happens by itself. */
  readonly call?: ShopCall;
  readonly page: ExpectedPage;
}

const RED = 0xff0000;
const ORANGE = 0xff8800;
const BLUE = 0x3399ff;
const GREEN = 0x00cc66;

/** The demo in its order. The last scene ends the shop. */
export const SCENES: readonly Scene[] = [
  {
    name: 'start',
    story: 'The shop starts.',
    lesson: 'The boot check proves that pages arrive before one has to. Silent, in a channel for developers.',
    page: {
      channel: 'dev',
      title: 'Service started: shop@1.4.2',
      count: 1,
      color: GREEN,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'deploy',
    story: 'A deploy ends: an OpenTelemetry event named deploy.finished, at level INFO.',
    lesson: "The event name chooses the channel. It is no trouble: it waits in the SDK's queue and makes no sound.",
    call: { method: 'POST', path: '/deploys', body: { version: '1.4.3', by: 'maria' } },
    page: {
      channel: 'deploys',
      title: 'shop 1.4.3 is live',
      count: 1,
      color: BLUE,
      pings: false,
      sound: 'silent',
    },
  },
  {
    name: 'burst',
    story: `A product without a price: ${BURST} requests fail within a second, each in log and trace.`,
    lesson: 'One message, at once. It is edited while it counts; log and span of one request count once.',
    call: { method: 'GET', path: '/products/2', times: BURST },
    page: {
      channel: 'alerts',
      content: `🟠 P1 shop · TypeError: Cannot read properties of undefined (reading 'amount')`,
      title: `TypeError: Cannot read properties of undefined (reading 'amount')`,
      count: BURST,
      color: ORANGE,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'fatal',
    story: 'The ledger does not balance: one log.fatal.',
    lesson: 'A P0 overtakes every queue, and it alone pings. The first line is what a locked telephone shows.',
    call: { method: 'POST', path: '/ledger/close' },
    page: {
      channel: 'p0',
      content: '🔴 P0 shop · ledger does not balance, payouts are stopped',
      title: 'ledger does not balance, payouts are stopped',
      count: 1,
      color: RED,
      pings: true,
      sound: 'push',
    },
  },
  {
    name: 'secret',
    story: 'The database is down, and the error quotes its URL with the password.',
    lesson: 'The password is gone before anything else looks at the error; host and cause are still there.',
    call: { method: 'POST', path: '/checkout' },
    page: {
      channel: 'alerts',
      title: 'Error: order could not be saved',
      content: '🟠 P1 shop · Error: order could not be saved',
      count: 1,
      color: ORANGE,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'mention',
    story: 'A customer writes "@everyone" and a role mention into a review, and the shop logs it.',
    lesson: 'Text of users pings nobody, whatever it says.',
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
      color: ORANGE,
      pings: false,
      sound: 'push',
    },
  },
  {
    name: 'crash',
    story: 'A timer throws, nobody catches it, and the shop dies.',
    lesson: 'The dying process is held until its last page is out, then ends with its own exit code.',
    call: { method: 'POST', path: '/imports', body: [{ id: 3 }] },
    page: {
      channel: 'p0',
      content: `🔴 P0 shop · TypeError: Cannot read properties of undefined (reading 'trim')`,
      title: `TypeError: Cannot read properties of undefined (reading 'trim')`,
      count: 1,
      color: RED,
      pings: true,
      sound: 'push',
    },
  },
];

/** True when this is the message of that page, right or not quite right. */
export function isPageOf(page: ExpectedPage, message: EmulatedMessage): boolean {
  return message.channel === page.channel && readable(message.embeds[0]?.title).startsWith(page.title);
}

/** What is wrong with the page, in words; empty when it is exactly as expected. */
export function faultsOf(page: ExpectedPage, messages: readonly EmulatedMessage[]): string[] {
  const own = messages.filter((message) => isPageOf(page, message));
  const [message] = own;
  if (message === undefined) return [`no such message in #${page.channel}`];
  const faults: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown): void => {
    if (found !== expected) faults.push(`${what}: found ${String(found)}, expected ${String(expected)}`);
  };
  expect('messages', own.length, 1);
  expect('count', countOf(message), page.count);
  expect('colour', message.embeds[0]?.color, page.color);
  expect('pings', message.pinged, page.pings);
  expect('sound', message.notified, page.sound);
  const content = readable(message.content);
  if (page.content === undefined) expect('content', content, '');
  else if (page.pings) expect('content', content, `${page.content} @everyone`);
  else if (!content.startsWith(page.content)) expect('content', content, page.content);
  return faults;
}

/** The ×N of a message's title; 1 without one. */
export function countOf(message: EmulatedMessage): number {
  const suffix = / ×([\d,]+)$/.exec(message.embeds[0]?.title ?? '')?.[1];
  return suffix === undefined ? 1 : Number(suffix.replaceAll(',', ''));
}

function readable(text: string | undefined): string {
  return unescapeMarkdown(text ?? '');
}
