import type { Clock } from '../clock.ts';
import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import { listSpool } from '../state/spool.ts';
import type { Act, ShopName } from './demo-scene.ts';
import { callShop, type Shop, type ShopEnd } from './demo-shop.ts';

/**
 * After so many attempts that failed, a lane waits for two seconds at least before its next one, while a P0 is tried again every
 * second. Discord comes back right after such an attempt, so that it is seen, and can be checked, that the P0 is the first.
 */
const CUT_ATTEMPTS = 4;
/** How long ago that attempt may be. */
const JUST_NOW_MS = 300;
/** Between two looks at a state directory. */
const LOOK_MS = 100;

/** What acts work with. */
export interface Props {
  readonly discord: DiscordEmulator;
  readonly clock: Clock;
  /** Starts an instance; with a port, on that one. */
  readonly openShop: (name: ShopName, port?: number) => Shop;
  readonly stateDirOf: (name: ShopName) => string;
  /** Where the first instance sends pages, by channel. */
  readonly webhookIdOf: (channel: string) => string;
  /** Runs a command of this command line. */
  readonly run: (args: readonly string[]) => Promise<void>;
  readonly setAway: (isAway: boolean) => void;
  /** A port that somebody else listens on. */
  readonly takenPort: number;
  /** Aborted when somebody has had enough. */
  readonly stopped: AbortSignal;
}

/** Does what the scenes ask for. */
export class Stagehand {
  readonly #props: Props;
  readonly #shops = new Map<ShopName, Shop>();
  readonly #crashes: ShopEnd[] = [];

  constructor(props: Props) {
    this.#props = props;
  }

  /** How the starts of the crash loop ended. */
  get crashes(): readonly ShopEnd[] {
    return this.#crashes;
  }

  /** The instance that was opened last under this name. */
  shop(name: ShopName): Shop | undefined {
    return this.#shops.get(name);
  }

  /** @throws {Error} in words, when it cannot be done, or not as it should. */
  async perform(act: Act): Promise<void> {
    const { setAway, run, stopped } = this.#props;
    if (stopped.aborted) return;
    switch (act.do) {
      case 'open':
        return this.#open(act.shop);
      case 'call':
        return this.#call(act);
      case 'command':
        return run(act.args);
      case 'away':
        return setAway(true);
      case 'back':
        return this.#comeBack(act.waiting);
      case 'kill':
        return this.#kill(act.shop, act.waiting);
      case 'crash_loop':
        return this.#crashLoop(act.times);
    }
  }

  async #open(name: ShopName): Promise<void> {
    const shop = this.#props.openShop(name);
    this.#shops.set(name, shop);
    await shop.ready;
  }

  async #call({ shop = 'shop-1', call }: Extract<Act, { do: 'call' }>): Promise<void> {
    const { clock, stopped } = this.#props;
    const origin = await this.#shops.get(shop)?.ready;
    if (origin === undefined) throw new Error(`${shop} is not open`);
    const done = callShop(origin, call, clock, stopped);
    if (call.everyMs === undefined) return done;
    // That it did not go on to the end is seen by its count.
    done.catch(() => undefined);
  }

  async #comeBack(waiting: number): Promise<void> {
    const { clock, discord, setAway, stopped, webhookIdOf } = this.#props;
    await this.#untilSpooled('shop-1', waiting);
    const alerts = webhookIdOf('alerts');
    const p0 = webhookIdOf('p0');
    await discord.waitForRequests((requests) => {
      const cut = requests.filter(({ outcome }) => outcome === 'cut');
      const attempts = cut.filter(({ webhookId }) => webhookId === alerts);
      const isFresh = clock.now() - (attempts.at(-1)?.answeredAtMs ?? 0) < JUST_NOW_MS;
      const isReady = attempts.length >= CUT_ATTEMPTS && isFresh && cut.some(({ webhookId }) => webhookId === p0);
      return isReady || stopped.aborted;
    }, LONGEST_AWAY_MS);
    setAway(false);
  }

  async #kill(name: ShopName, waiting: number): Promise<void> {
    await this.#untilSpooled(name, waiting);
    const shop = this.#shops.get(name);
    shop?.kill();
    const end = await shop?.ended;
    if (end?.signal !== 'SIGKILL') throw new Error(`${name} ended by ${end?.signal ?? end?.code}, expected SIGKILL`);
  }

  /** What `discord-pager spool list` would show of it. */
  async #untilSpooled(name: ShopName, waiting: number): Promise<void> {
    const { clock, stateDirOf, stopped } = this.#props;
    while (!stopped.aborted && (await listSpool(stateDirOf(name), clock)).length < waiting) {
      await clock.sleep(LOOK_MS, stopped);
    }
  }

  async #crashLoop(times: number): Promise<void> {
    const { openShop, stopped, takenPort } = this.#props;
    for (let start = 0; start < times && !stopped.aborted; start++) {
      this.#crashes.push(await openShop('shop-1', takenPort).ended);
    }
  }
}

const LONGEST_AWAY_MS = 30_000;
