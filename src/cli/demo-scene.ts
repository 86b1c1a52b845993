/** The two instances of the shop. `shop-2` runs on another machine: its pager keeps its state in a directory of its own. */
export type ShopName = 'shop-1' | 'shop-2';

/** Requests to the shop. */
export interface ShopCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** @default 1 */
  readonly times?: number;
  /** From one request to the next, while the demo goes on. Without it they come as fast as they can, and are waited for. */
  readonly everyMs?: number;
}

/** Something that is done to the shop, or to Discord. */
export type Act =
  | { readonly do: 'open'; readonly shop: ShopName }
  | { readonly do: 'call'; readonly shop?: ShopName; readonly call: ShopCall }
  /** A call of this very command line. */
  | { readonly do: 'command'; readonly args: readonly string[] }
  /** Discord goes away. */
  | { readonly do: 'away' }
  /** Discord comes back, once so many pages wait for it. */
  | { readonly do: 'back'; readonly waiting: number }
  /** SIGKILL, once so many pages of it wait on its disk. */
  | { readonly do: 'kill'; readonly shop: ShopName; readonly waiting: number }
  /** The first instance is started so often, one process after the other, where it cannot start. */
  | { readonly do: 'crash_loop'; readonly times: number };

/** A page that a scene must cause, as it stands at the end. */
export interface ExpectedPage {
  readonly channel: string;
  /** The content line as a reader sees it, or its beginning, without its mention; undefined: no content at all. */
  readonly content?: string;
  /** Beginning of its embed's title, as a reader sees it. */
  readonly title: string;
  readonly count: number;
  readonly color: number;
  /** True for the P0s alone. */
  readonly pings: boolean;
  readonly sound: 'push' | 'silent';
  /** Has to be readable in its embed: what the scene is about. */
  readonly shows?: string | RegExp;
  /** The full text is attached. */
  readonly hasFile?: boolean;
  /** So many different counts at least have stood in the message, each higher than the one before. */
  readonly ticks?: number;
}

/** Many incidents, most of them in one digest: each is told of exactly once. */
export interface ExpectedDigest {
  readonly channel: string;
  readonly color: number;
  readonly pings: false;
  readonly sound: 'silent';
  /** Titles of all the incidents. */
  readonly titles: readonly string[];
  /** More than so many are in the digest; the others came before it. */
  readonly moreThan: number;
}

/** One thing that goes wrong, and what the operator must see of it. */
export interface Scene {
  readonly name: string;
  /** What happens and what to look at, in one line of a terminal. */
  readonly story: string;
  readonly acts: readonly Act[];
  /** In the order in which they arrive. The first is the one that the terminal tells of. */
  readonly pages: readonly ExpectedPage[];
  readonly digest?: ExpectedDigest;
  /** Beginning of the title of the first page when it arrives, where a later scene changes it. */
  readonly arrivesAs?: string;
  /** Not before so long after another scene was over. */
  readonly after?: { readonly scene: string; readonly ms: number };
  /** Not before the messages so far show their last counts: what it does would bring them up to date by itself. */
  readonly waitsForCounts?: true;
  /** The longest that it may take. @default 10 s */
  readonly withinMs?: number;
}
