import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import { unescapeMarkdown } from '../render/text.ts';
import { type ExpectedPage, SCENES } from './demo-scenes.ts';
import type { ShopEnd } from './demo-shop.ts';

/** A promise of the product, as the demo saw it kept or not. */
export interface Verdict {
  readonly promise: string;
  /** What was found instead; empty when it was kept. */
  readonly faults: readonly string[];
}

/** What happened in the demo, for its last lines. */
export interface DemoOutcome {
  readonly pages: readonly { readonly name: string; readonly faults: readonly string[] }[];
  readonly promises: readonly Verdict[];
  readonly messages: number;
  /** What the messages stand for. */
  readonly occurrences: number;
  readonly pinged: number;
  readonly isGood: boolean;
}

/** Holds what the emulator has against what was to come. */
export function judge(discord: DiscordEmulator, end: ShopEnd | undefined, password: string): DemoOutcome {
  const messages = discord.messages();
  const requests = discord.requests();
  const pages = SCENES.map(({ name, page }) => ({ name, faults: faultsOf(page, messages) }));
  const strangers = messages.filter((message) => !SCENES.some(({ page }) => isPageOf(page, message)));
  const wrongPings = messages.filter(
    (message) => message.pinged !== SCENES.some(({ page }) => page.pings && isPageOf(page, message)),
  );
  const refused = requests.filter(({ status }) => status !== undefined && status >= 400);
  const isLeaked = JSON.stringify([requests, messages]).includes(password);
  const promises: readonly Verdict[] = [
    { promise: 'nothing else was posted', faults: strangers.map(({ embeds }) => embeds[0]?.title ?? 'a message') },
    { promise: 'only P0s pinged anybody', faults: wrongPings.map(({ content }) => content) },
    {
      promise: `the password is in none of ${requests.length} requests`,
      faults: isLeaked ? ['it was sent'] : [],
    },
    {
      promise: 'Discord refused nothing and limited nothing',
      faults: [
        ...refused.map(({ method, status }) => `${method} ${status}`),
        ...discord.violations().map(({ text }) => text),
      ],
    },
    {
      promise: 'the shop died its own death',
      faults: end?.code === 1 ? [] : [`exit code ${end?.code ?? end?.signal ?? 'none'}, expected 1`],
    },
  ];
  return {
    pages,
    promises,
    messages: messages.length,
    occurrences: messages.reduce((sum, message) => sum + countOf(message), 0),
    pinged: messages.filter((message) => message.pinged).length,
    isGood: [...pages, ...promises].every(({ faults }) => faults.length === 0),
  };
}

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
  expect('attached file', message.attachments.length > 0, page.hasFile === true);
  const content = readable(message.content);
  if (page.content === undefined) expect('content', content, '');
  else if (page.pings) expect('content', content, `${page.content} @everyone`);
  else if (!content.startsWith(page.content)) expect('content', content, page.content);
  if (page.shows !== undefined && !readable(message.embeds[0]?.description).includes(page.shows)) {
    faults.push(`text: "${page.shows}" is not in it`);
  }
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
