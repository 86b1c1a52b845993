/**
 * The hidden budget of a channel: about 30 requests a minute over all its webhooks, never visible in a header
 * (https://github.com/discord/discord-api-docs/issues/4043). It is kept as a sliding window, which is safe whatever window
 * Discord uses. Edits are counted too, since nobody outside knows whether Discord counts them.
 */
export interface ChannelBudgetState {
  /** Completion times of the requests of the last minute, oldest first. Never more than the limit and the burst that met it. */
  readonly posts: readonly number[];
  readonly edits: readonly number[];
  /** A told wait: nothing goes to this channel before. */
  readonly heldUntilMs: number;
  /** A told wait for edits of old messages only. */
  readonly editsHeldUntilMs: number;
}

export const CHANNEL_LIMIT = 30;
export const CHANNEL_WINDOW_MS = 60_000;
/** Requests of a channel's minute that only a P0 may use. */
export const CHANNEL_RESERVE = 5;
/** Edits a channel may take of its 30 requests a minute. */
export const CHANNEL_EDIT_LIMIT = 10;

/** Who asks: a P0 may use the reserve, an edit has a limit of its own besides. */
export type BudgetUse = 'urgent' | 'post' | 'edit';

export const EMPTY_CHANNEL_BUDGET: ChannelBudgetState = { posts: [], edits: [], heldUntilMs: 0, editsHeldUntilMs: 0 };

/** Counts a request that was answered (or given up) at `nowMs`. */
export function takeFromChannel(state: ChannelBudgetState, use: BudgetUse, nowMs: number): ChannelBudgetState {
  const fresh = (times: readonly number[]): number[] =>
    times.filter((at) => at > nowMs - CHANNEL_WINDOW_MS && at <= nowMs);
  return use === 'edit'
    ? { ...state, posts: fresh(state.posts), edits: [...fresh(state.edits), nowMs] }
    : { ...state, posts: [...fresh(state.posts), nowMs], edits: fresh(state.edits) };
}

/** Keeps the channel free of requests until a told wait has passed. */
export function holdChannel(state: ChannelBudgetState, untilMs: number, editsOnly: boolean): ChannelBudgetState {
  return editsOnly
    ? { ...state, editsHeldUntilMs: Math.max(state.editsHeldUntilMs, untilMs) }
    : { ...state, heldUntilMs: Math.max(state.heldUntilMs, untilMs) };
}

/** Two views of what turned out to be one channel. */
export function mergeBudgets(a: ChannelBudgetState, b: ChannelBudgetState): ChannelBudgetState {
  const merge = (x: readonly number[], y: readonly number[]): number[] => [...x, ...y].sort((m, n) => m - n);
  return {
    posts: merge(a.posts, b.posts),
    edits: merge(a.edits, b.edits),
    heldUntilMs: Math.max(a.heldUntilMs, b.heldUntilMs),
    editsHeldUntilMs: Math.max(a.editsHeldUntilMs, b.editsHeldUntilMs),
  };
}

/** How many more messages the channel can take now, those kept for P0 aside. */
export function freePosts(state: ChannelBudgetState, nowMs: number): number {
  const inWindow = [...state.posts, ...state.edits].filter((at) => at > nowMs - CHANNEL_WINDOW_MS).length;
  return nowMs < state.heldUntilMs ? 0 : Math.max(0, CHANNEL_LIMIT - CHANNEL_RESERVE - inWindow);
}

/** With fewer messages left in a channel's minute than this, those that are not full are held back a little. */
const SPARED_FROM = 15;
/** So much longer for each message that is gone. */
const SPARED_STEP_MS = 200;

/**
 * How long after the last message the next one waits for more to come along, when the channel's minute runs short: nothing at first,
 * up to 3 s for the last one. Otherwise a slow storm would use up the minute one incident at a time, and what comes then would wait for
 * all of it.
 */
export function sparingMs(free: number): number {
  return Math.max(0, SPARED_FROM - free) * SPARED_STEP_MS;
}

/** The earliest time at which a request of this use may be sent, `nowMs` or later. */
export function channelReadyAt(state: ChannelBudgetState, use: BudgetUse, nowMs: number): number {
  const all = [...state.posts, ...state.edits].sort((a, b) => a - b);
  let readyAt = Math.max(
    nowMs,
    state.heldUntilMs,
    windowReadyAt(all, use === 'urgent' ? CHANNEL_LIMIT : CHANNEL_LIMIT - CHANNEL_RESERVE, nowMs),
  );
  if (use === 'edit') {
    const edits = windowReadyAt(state.edits, CHANNEL_EDIT_LIMIT, nowMs);
    readyAt = Math.max(readyAt, state.editsHeldUntilMs, edits, sparedEditAt(state.edits, nowMs));
  }
  return readyAt;
}

/** After so many edits in a minute the next ones are spaced out. */
const SPARED_EDITS_FROM = 5;
const SPARED_EDIT_STEP_MS = 2_000;

/** What is used up at once leaves nothing for the rest of the minute: in a crash loop, that would be a count that stands still. */
function sparedEditAt(edits: readonly number[], nowMs: number): number {
  const inWindow = edits.filter((at) => at > nowMs - CHANNEL_WINDOW_MS);
  const last = inWindow.at(-1);
  if (last === undefined || inWindow.length <= SPARED_EDITS_FROM) return nowMs;
  return Math.min(last, nowMs) + (inWindow.length - SPARED_EDITS_FROM) * SPARED_EDIT_STEP_MS;
}

/** When a sliding window of `limit` has room again; a time in the future (the clock was set back) counts as now. */
function windowReadyAt(times: readonly number[], limit: number, nowMs: number): number {
  const inWindow = times.filter((at) => at > nowMs - CHANNEL_WINDOW_MS);
  if (inWindow.length < limit) return nowMs;
  const blocking = inWindow[inWindow.length - limit] ?? nowMs;
  return Math.min(blocking, nowMs) + CHANNEL_WINDOW_MS;
}
