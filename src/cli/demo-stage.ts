import type { Clock } from '../clock.ts';
import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import type { CommandHost } from './command-host.ts';
import type { Stagehand } from './demo-acts.ts';
import type { Scene } from './demo-scene.ts';
import { SCENES } from './demo-scenes.ts';
import type { ShopEnd } from './demo-shop.ts';
import { countIn, type DemoOutcome, digestOf, findPage } from './demo-verdict.ts';
import { type Terminal, withoutControls } from './terminal.ts';

/** The longest that a scene waits for its page; the rest of the demo goes on without it. */
const SCENE_MS = 10_000;
/** Between two scenes, for the eye of whoever watches the page; nobody else waits. */
const WATCHED_PAUSE_MS = 2_500;
/** A scene that hides how counts come up to date by themselves waits for them. */
const COUNTS_MS = 20_000;

/** What the play needs. */
export interface Cast {
  readonly host: CommandHost;
  readonly discord: DiscordEmulator;
  readonly stagehand: Stagehand;
  readonly isWatched: boolean;
  /** Aborted when somebody has had enough. */
  readonly stopped: AbortSignal;
}

/** How the play went, besides what stands in Discord. */
export interface Played {
  /** What could not be done, or took too long, by scene. */
  readonly faults: ReadonlyMap<string, string>;
  /** How the shop ended that crashed. */
  readonly end: ShopEnd | undefined;
  /** How the starts ended that could not succeed. */
  readonly crashes: readonly ShopEnd[];
}

/** Plays the scenes in their order and says each in one line when its pages have arrived. */
export async function play(cast: Cast): Promise<Played> {
  const { host, discord, stagehand, isWatched, stopped } = cast;
  const { clock, stdout } = host;
  const faults = new Map<string, string>();
  const over = new Map<string, number>();
  for (const scene of SCENES) {
    if (scene.waitsForCounts) await discord.waitForMessages(hasAllCounts, COUNTS_MS).catch(() => undefined);
    const afterMs = over.get(scene.after?.scene ?? '');
    if (afterMs !== undefined) await clock.sleep(afterMs + (scene.after?.ms ?? 0) - clock.now(), stopped);
    if (stopped.aborted) break;
    const startedMs = clock.now();
    const arrived = arrivalOf(scene, discord);
    const acted = await inTime(scene, actOut(scene, stagehand), clock);
    if (acted !== undefined) faults.set(scene.name, acted);
    const arrivedMs = await arrived;
    over.set(scene.name, clock.now());
    stdout.line(
      sceneLine(scene, acted === undefined && arrivedMs !== undefined ? arrivedMs - startedMs : undefined, stdout),
    );
    if (isWatched && scene !== SCENES.at(-1)) await clock.sleep(WATCHED_PAUSE_MS);
  }
  const crashed = stagehand.shop('shop-1')?.ended ?? Promise.resolve(undefined);
  return {
    faults,
    end: await Promise.race([crashed, clock.sleep(SCENE_MS).then(() => undefined)]),
    crashes: stagehand.crashes,
  };
}

async function actOut(scene: Scene, stagehand: Stagehand): Promise<void> {
  for (const act of scene.acts) await stagehand.perform(act);
}

/** Undefined when it was done, else what went wrong. */
async function inTime({ withinMs = SCENE_MS }: Scene, done: Promise<void>, clock: Clock): Promise<string | undefined> {
  const isOver = new AbortController();
  try {
    return await Promise.race([
      done.then(() => undefined),
      clock.sleep(withinMs, isOver.signal).then(() => `not done within ${withinMs / 1_000} s`),
    ]);
  } catch (error) {
    return error instanceof Error ? error.message : 'it failed';
  } finally {
    isOver.abort();
  }
}

/** When the last page of a scene stood in its channel as it arrives; undefined when one did not in time. */
async function arrivalOf(scene: Scene, discord: DiscordEmulator): Promise<number | undefined> {
  const { digest, withinMs = SCENE_MS, arrivesAs } = scene;
  const pages = scene.pages.map((page, index) => ({
    ...page,
    title: index === 0 && arrivesAs !== undefined ? arrivesAs : page.title,
  }));
  const find = (messages: readonly EmulatedMessage[]): (EmulatedMessage | undefined)[] => [
    ...pages.map((page) => findPage(page, messages)[0]?.message),
    ...(digest === undefined ? [] : [digestOf(digest, messages)?.message]),
  ];
  try {
    const messages = await discord.waitForMessages((all) => !find(all).includes(undefined), withinMs);
    return Math.max(0, ...find(messages).map((message) => message?.editedAtMs ?? message?.createdAtMs ?? 0));
  } catch {
    return undefined;
  }
}

/** Of those whose messages are there. */
function hasAllCounts(messages: readonly EmulatedMessage[]): boolean {
  return SCENES.every(({ pages }) =>
    pages.every((page) => findPage(page, messages).every(({ embed }) => countIn(embed) >= page.count)),
  );
}

function sceneLine(scene: Scene, tookMs: number | undefined, { style, columns }: Terminal): string {
  const { story, digest } = scene;
  const page = scene.pages[0] ?? digest;
  const where = (page === undefined ? '' : `#${page.channel}`).padEnd(9);
  const sound =
    page === undefined
      ? '      '
      : page.pings
        ? style.red('ping  ')
        : page.sound === 'push'
          ? 'push  '
          : style.dim('silent');
  const mark = tookMs === undefined ? style.red('✗') : style.green('✓');
  const took = tookMs === undefined ? 'no page' : page === undefined ? '' : `${Math.max(0, Math.round(tookMs))} ms`;
  const room = Math.max(20, columns - 30);
  const text = story.length <= room ? story : `${story.slice(0, room - 1)}…`;
  return `  ${mark} ${style.cyan(where)} ${sound} ${style.dim(took.padStart(8))}  ${text}`;
}

/** That everything was right, in two lines; else a line for each thing that was not. */
export function printOutcome(outcome: DemoOutcome, { stdout }: CommandHost): void {
  const { style } = stdout;
  const right = outcome.scenes.filter(({ faults }) => faults.length === 0).length;
  const summary = `${right}/${outcome.scenes.length} scenes as expected: ${outcome.messages} messages for ${outcome.occurrences} occurrences, ${outcome.pinged} of them pinged`;
  stdout.line();
  stdout.line(style.bold(outcome.isGood ? style.green(summary) : style.red(summary)));
  const kept = outcome.promises.filter(({ faults }) => faults.length === 0);
  if (kept.length > 0) stdout.line(`${style.green('✓')} ${kept.map(({ promise }) => promise).join(', ')}`);
  const broken = [
    ...outcome.scenes.map(({ name, faults }) => ({ promise: `scene ${name}`, faults })),
    ...outcome.promises,
  ];
  for (const { promise, faults } of broken) {
    for (const fault of faults.slice(0, 3)) stdout.line(`${style.red('✗')} ${promise}: ${withoutControls(fault)}`);
  }
}
