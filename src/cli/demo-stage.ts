import type { Clock } from '../clock.ts';
import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import type { CommandHost } from './command-host.ts';
import { SCENES, type Scene } from './demo-scenes.ts';
import type { Shop, ShopEnd } from './demo-shop.ts';
import { countOf, type DemoOutcome, isPageOf } from './demo-verdict.ts';
import { type Terminal, withoutControls } from './terminal.ts';

/** The longest that a scene waits for its page; the rest of the demo goes on without it. */
const SCENE_MS = 6_000;
/** Between two scenes, for the eye of whoever watches the page; nobody else waits. */
const WATCHED_PAUSE_MS = 3_500;
/** The last scene hides how counts come up to date by themselves, so it waits for them. */
const COUNTS_MS = 10_000;

/** What the play needs. */
export interface Cast {
  readonly host: CommandHost;
  readonly discord: DiscordEmulator;
  readonly shop: Shop;
  /** Runs a command of this command line. */
  readonly run: (args: readonly string[]) => Promise<void>;
  readonly isWatched: boolean;
  /** Aborted when somebody has had enough. */
  readonly stopped: AbortSignal;
}

/** Plays the scenes in their order and says each in one line when its page has arrived; answers how the shop ended. */
export async function play(cast: Cast): Promise<ShopEnd | undefined> {
  const { host, discord, shop, isWatched, stopped } = cast;
  const { clock, stdout } = host;
  let end: ShopEnd | undefined;
  void shop.ended.then((how) => {
    end = how;
  });
  for (const [index, scene] of SCENES.entries()) {
    const isLast = index === SCENES.length - 1;
    if (isLast) await discord.waitForMessages(hasAllCounts, COUNTS_MS).catch(() => undefined);
    if (stopped.aborted || end !== undefined) break;
    const startedMs = clock.now();
    const arrived = arrivalOf(scene, discord);
    await inTime(act(scene, cast), clock);
    const arrivedMs = await arrived;
    stdout.line(sceneLine(scene, arrivedMs === undefined ? undefined : arrivedMs - startedMs, stdout));
    if (isWatched && !isLast) await clock.sleep(WATCHED_PAUSE_MS);
  }
  return end ?? (await inTime(shop.ended, clock));
}

/** What it answers, or undefined when it fails or takes too long. */
async function inTime<Value>(what: Promise<Value>, clock: Clock): Promise<Value | undefined> {
  const isOver = new AbortController();
  try {
    return await Promise.race([what, clock.sleep(SCENE_MS, isOver.signal).then(() => undefined)]);
  } catch {
    return undefined;
  } finally {
    isOver.abort();
  }
}

async function act({ call, command }: Scene, { shop, run }: Cast): Promise<void> {
  if (call !== undefined) await shop.call(call);
  else if (command !== undefined) await run(command);
  else await shop.ready;
}

/** When the page of a scene stood in its channel as it arrives. */
async function arrivalOf(scene: Scene, discord: DiscordEmulator): Promise<number | undefined> {
  const page = { ...scene.page, title: scene.arrivesAs ?? scene.page.title };
  try {
    const messages = await discord.waitForMessages((all) => all.some((message) => isPageOf(page, message)), SCENE_MS);
    const message = messages.find((one) => isPageOf(page, one));
    return message === undefined ? undefined : (message.editedAtMs ?? message.createdAtMs);
  } catch {
    return undefined;
  }
}

function hasAllCounts(messages: readonly EmulatedMessage[]): boolean {
  return SCENES.every(
    ({ page }) =>
      page.count === 1 || messages.some((message) => isPageOf(page, message) && countOf(message) >= page.count),
  );
}

function sceneLine({ page, story }: Scene, tookMs: number | undefined, { style, columns }: Terminal): string {
  const where = `#${page.channel}`.padEnd(9);
  const sound = page.pings ? style.red('ping  ') : page.sound === 'push' ? 'push  ' : style.dim('silent');
  const mark = tookMs === undefined ? style.red('✗') : style.green('✓');
  const took = tookMs === undefined ? 'no page' : `${Math.max(0, Math.round(tookMs))} ms`;
  const room = Math.max(20, columns - 30);
  const text = story.length <= room ? story : `${story.slice(0, room - 1)}…`;
  return `  ${mark} ${style.cyan(where)} ${sound} ${style.dim(took.padStart(7))}  ${text}`;
}

/** That everything was right, in two lines; else a line for each thing that was not. */
export function printOutcome(outcome: DemoOutcome, { stdout }: CommandHost): void {
  const { style } = stdout;
  const right = outcome.pages.filter(({ faults }) => faults.length === 0).length;
  const summary = `${right}/${outcome.pages.length} pages as expected: ${outcome.messages} messages for ${outcome.occurrences} occurrences, ${outcome.pinged} of them pinged`;
  stdout.line();
  stdout.line(style.bold(outcome.isGood ? style.green(summary) : style.red(summary)));
  const kept = outcome.promises.filter(({ faults }) => faults.length === 0);
  if (kept.length > 0) stdout.line(`${style.green('✓')} ${kept.map(({ promise }) => promise).join(', ')}`);
  const broken = [
    ...outcome.pages.map(({ name, faults }) => ({ promise: `page ${name}`, faults })),
    ...outcome.promises,
  ];
  for (const { promise, faults } of broken) {
    for (const fault of faults.slice(0, 3)) stdout.line(`${style.red('✗')} ${promise}: ${withoutControls(fault)}`);
  }
}

/** What whoever has watched may do next. */
export function printWhatToTry(
  urls: { readonly sandbox: string; readonly shop: string },
  { stdout }: CommandHost,
): void {
  const { style } = stdout;
  const code = (text: string): string => style.cyan(text);
  stdout.line();
  stdout.line(style.bold('Try it yourself; the shop runs again:'));
  stdout.line(`  Turn Discord off on the page ("Outage"), break something, turn it on: nothing is lost`);
  stdout.line(`    ${code(`curl -X POST ${urls.shop}/ledger/close`)}`);
  stdout.line(`    ${code(`curl ${urls.shop}/products/2`)}`);
  stdout.line(`  "Inspect" a message: the lock screen, its requests, what it said before each edit`);
  stdout.line(`  Your own application: ${code('npx discord-pager sandbox -- node app.js')}`);
  stdout.line(style.dim('Ctrl-C ends the demo.'));
}
