import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import { unescapeMarkdown } from '../render/text.ts';
import type { ExpectedDigest, ExpectedPage, Scene } from './demo-scene.ts';
import { SCENES } from './demo-scenes.ts';
import type { Played } from './demo-stage.ts';

type EmulatedEmbed = EmulatedMessage['embeds'][number];

/** A promise of the product, as the demo saw it kept or not. */
export interface Verdict {
  readonly promise: string;
  /** What was found instead; empty when it was kept. */
  readonly faults: readonly string[];
}

/** What happened in the demo, for its last lines. */
export interface DemoOutcome {
  readonly scenes: readonly { readonly name: string; readonly faults: readonly string[] }[];
  readonly promises: readonly Verdict[];
  readonly messages: number;
  /** What the messages stand for. */
  readonly occurrences: number;
  readonly pinged: number;
  readonly isGood: boolean;
}

/** Holds what the emulator has against what was to come. */
export function judge(
  discord: Pick<DiscordEmulator, 'messages' | 'requests' | 'violations'>,
  played: Played,
  password: string,
): DemoOutcome {
  const messages = discord.messages();
  const requests = discord.requests();
  const scenes = SCENES.map((scene) => ({ name: scene.name, faults: faultsOfScene(scene, messages, played) }));
  const strangers = messages.filter((message) => !SCENES.some((scene) => belongsTo(scene, message)));
  const wrongPings = messages.filter(
    (message) =>
      message.pinged !== SCENES.some(({ pages }) => pages.some((page) => page.pings && findPage(page, [message])[0])),
  );
  const refused = requests.filter(({ status }) => status !== undefined && status >= 400);
  const isLeaked = JSON.stringify([requests, messages]).includes(password);
  const deaths = [played.end, ...played.crashes];
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
      promise: 'the shop died its own deaths',
      faults: deaths
        .filter((end) => end?.code !== 1)
        .map((end) => `exit code ${end?.code ?? end?.signal ?? 'none'}, expected 1`),
    },
  ];
  return {
    scenes,
    promises,
    messages: messages.length,
    occurrences: messages.reduce((sum, { embeds }) => sum + embeds.reduce((all, embed) => all + countIn(embed), 0), 0),
    pinged: messages.filter((message) => message.pinged).length,
    isGood: [...scenes, ...promises].every(({ faults }) => faults.length === 0),
  };
}

/** What is wrong with a scene, in words; empty when it went, and is shown, exactly as expected. */
export function faultsOfScene(
  { name, pages, digest }: Scene,
  messages: readonly EmulatedMessage[],
  played: Pick<Played, 'faults'>,
): string[] {
  const failed = played.faults.get(name);
  return [
    ...(failed === undefined ? [] : [failed]),
    ...pages.flatMap((page) => faultsOf(page, messages)),
    ...orderFaults(pages, messages),
    ...(digest === undefined ? [] : digestFaults(digest, messages)),
  ];
}

/** The embeds that are this page, right or not quite right, with their messages: urgent ones may share a message. */
export function findPage(
  { channel, title }: Pick<ExpectedPage, 'channel' | 'title'>,
  messages: readonly EmulatedMessage[],
): { message: EmulatedMessage; embed: EmulatedEmbed }[] {
  return messages
    .filter((message) => message.channel === channel)
    .flatMap((message) => message.embeds.map((embed) => ({ message, embed })))
    .filter(({ embed }) => readable(embed.title).startsWith(title));
}

/** What is wrong with the page, in words; empty when it is exactly as expected. */
export function faultsOf(page: ExpectedPage, messages: readonly EmulatedMessage[]): string[] {
  const own = findPage(page, messages);
  const [first] = own;
  if (first === undefined) return [`no such message in #${page.channel}`];
  const { message, embed } = first;
  const faults: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown): void => {
    if (found !== expected) faults.push(`${what}: found ${String(found)}, expected ${String(expected)}`);
  };
  expect('messages', own.length, 1);
  expect('count', countIn(embed), page.count);
  expect('colour', embed.color, page.color);
  expect('pings', message.pinged, page.pings);
  expect('sound', message.notified, page.sound);
  expect('attached file', message.attachments.length > 0, page.hasFile === true);
  const content = readable(message.content);
  const isMentioned = content.endsWith(' @everyone');
  if (page.content === undefined) expect('content', content, '');
  else if (!content.startsWith(page.content) || (page.pings && !isMentioned)) {
    expect('content', content, `${page.content}${page.pings ? ' @everyone' : ''}`);
  }
  if (page.shows !== undefined && !isShown(page.shows, embed)) {
    faults.push(`text: "${String(page.shows)}" is not in it`);
  }
  if (page.ticks !== undefined) {
    const counts = countsOver(page, message);
    const isRising = counts.every((count, index) => index === 0 || count > (counts[index - 1] ?? 0));
    if (counts.length < page.ticks || !isRising) {
      faults.push(
        `counts: found ${counts.join(', ')}, expected ${page.ticks} or more, each higher than the one before`,
      );
    }
  }
  return faults;
}

/** The digest of these incidents, if it is there. */
export function digestOf(
  { channel, moreThan }: Pick<ExpectedDigest, 'channel' | 'moreThan'>,
  messages: readonly EmulatedMessage[],
): { message: EmulatedMessage; incidents: number } | undefined {
  for (const message of messages) {
    const incidents = incidentsIn(message);
    if (message.channel === channel && incidents > moreThan) return { message, incidents };
  }
  return undefined;
}

/** What is wrong with the digest and with what was told before it. */
export function digestFaults(expected: ExpectedDigest, messages: readonly EmulatedMessage[]): string[] {
  const found = digestOf(expected, messages);
  if (found === undefined) {
    return [`no digest of more than ${expected.moreThan} incidents in #${expected.channel}`];
  }
  const { message, incidents } = found;
  const faults: string[] = [];
  if (message.embeds[0]?.color !== expected.color) faults.push(`colour of the digest: ${message.embeds[0]?.color}`);
  if (message.pinged !== expected.pings) faults.push('the digest pings');
  if (message.notified !== expected.sound) faults.push(`sound of the digest: ${message.notified}`);
  const lines = (message.attachments[0]?.text ?? '').trimEnd().split('\n').slice(1);
  if (lines.length !== incidents) faults.push(`attached list: ${lines.length} lines for ${incidents} incidents`);
  const told = new Map<string, number>();
  const single = messages.flatMap(({ channel, embeds }) =>
    channel === expected.channel ? embeds.map(({ title }) => readable(title)) : [],
  );
  for (const title of [...lines.map((line) => line.split('\t').at(-1) ?? ''), ...single]) {
    told.set(title, (told.get(title) ?? 0) + 1);
  }
  const wrong = expected.titles.filter((title) => told.get(title) !== 1);
  if (wrong.length > 0) faults.push(`${wrong.length} not told of exactly once: ${wrong.slice(0, 3).join(', ')}`);
  return faults;
}

function orderFaults(pages: readonly ExpectedPage[], messages: readonly EmulatedMessage[]): string[] {
  const times = pages.map((page) => findPage(page, messages)[0]?.message.createdAtMs ?? Number.NaN);
  return times.some((time, index) => time < (times[index - 1] ?? Number.NEGATIVE_INFINITY))
    ? [`order: they came in another one than ${pages.map(({ title }) => title).join(' · ')}`]
    : [];
}

function belongsTo({ pages, digest }: Scene, message: EmulatedMessage): boolean {
  if (pages.some((page) => findPage(page, [message]).length > 0)) return true;
  if (digest === undefined || message.channel !== digest.channel) return false;
  return digestOf(digest, [message]) !== undefined || digest.titles.includes(readable(message.embeds[0]?.title));
}

/** The ×N of an embed's title; 1 without one. Of a digest, the occurrences it names. */
export function countIn({ title = '' }: EmulatedEmbed): number {
  const number = / ×([\d,]+)(?:~~|$)/.exec(title)?.[1] ?? /^[\d,]+ incidents, ([\d,]+) occurrences/.exec(title)?.[1];
  return number === undefined ? 1 : Number(number.replaceAll(',', ''));
}

/** Of how many incidents a message is the digest; 0 for any other message. */
function incidentsIn({ embeds }: EmulatedMessage): number {
  const number = /^([\d,]+) incidents, [\d,]+ occurrences/.exec(embeds[0]?.title ?? '')?.[1];
  return number === undefined ? 0 : Number(number.replaceAll(',', ''));
}

/** The different counts that the page has shown, in their order. */
function countsOver(page: ExpectedPage, message: EmulatedMessage): number[] {
  const counts = [...message.versions, message].flatMap(({ embeds }) =>
    embeds.filter(({ title }) => readable(title).startsWith(page.title)).map(countIn),
  );
  return counts.filter((count, index) => count !== counts[index - 1]);
}

function isShown(wanted: string | RegExp, { title, description, footer }: EmulatedEmbed): boolean {
  const text = [title, description, footer?.text].map(readable).join('\n');
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

function readable(text: string | undefined): string {
  return unescapeMarkdown(text ?? '');
}
