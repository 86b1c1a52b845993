/**
 * Paths that the user wants masked, in pino's syntax, and one form more:
 *
 * - `user.email`, `headers["x-internal"]`, `users[0].name`: exactly there;
 * - `users[*].name`, `*.password`: `*` is exactly one level;
 * - `**.iban`: any number of levels, none included.
 *
 * Matched during the walk, never turned into code. https://github.com/pinojs/pino/blob/main/docs/redaction.md#path-syntax
 */

/** The longest path, in characters. */
export const MAX_PATH_CHARS = 256;
/** The most levels a path may name. */
export const MAX_PATH_LEVELS = 32;
/** The most paths that are looked for; the rest is ignored. */
export const MAX_PATHS = 256;

type Level = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'one' } | { readonly kind: 'any' };

// One level at a time, each read where the one before ended: linear in the path.
const LEVEL = /(?:(\*\*)|(\*)|([\p{L}\p{N}_$-]+)|\[(?:(\*)|(\d+)|"([^"[\]]+)"|'([^'[\]]+)'|`([^`[\]]+)`)\])/uy;

type Parsed = { readonly levels: readonly Level[] } | { readonly problem: string };

function parse(path: unknown): Parsed {
  if (typeof path !== 'string') return { problem: 'not a text' };
  if (path === '') return { problem: 'empty' };
  if (path.length > MAX_PATH_CHARS) return { problem: `longer than ${MAX_PATH_CHARS} characters` };
  const levels: Level[] = [];
  let at = 0;
  while (at < path.length) {
    const dotted = path[at] === '.';
    if (dotted === (at === 0) && path[at] !== '[') {
      return { problem: at === 0 ? 'begins with a dot' : `no dot or bracket at position ${at + 1}` };
    }
    const start = dotted ? at + 1 : at;
    LEVEL.lastIndex = start;
    const found = LEVEL.exec(path);
    if (found === null || (dotted && found[0].startsWith('['))) return { problem: `no name at position ${start + 1}` };
    const [, any, one, name, oneIndex, index, ...quoted] = found;
    if (any !== undefined) levels.push({ kind: 'any' });
    else if (one !== undefined || oneIndex !== undefined) levels.push({ kind: 'one' });
    else levels.push({ kind: 'key', key: name ?? index ?? quoted.find((text) => text !== undefined) ?? '' });
    at = LEVEL.lastIndex;
  }
  if (levels.length > MAX_PATH_LEVELS) return { problem: `more than ${MAX_PATH_LEVELS} levels` };
  if (levels[levels.length - 1]?.kind === 'any') return { problem: 'ends in **, which would mask everything' };
  return { levels };
}

/**
 * Why a path cannot be used (`no name at position 5`), or undefined for a valid one. A path that is not valid is ignored by
 * redaction, everything else of which stays as it is.
 */
export function validatePath(path: string): string | undefined {
  const parsed = parse(path);
  return 'problem' in parsed ? parsed.problem : undefined;
}

/** Where in the paths a walk stands. States are interned: the same situation is the same object. */
export interface PathState {
  /** Positions in the compiled paths, ascending. */
  readonly positions: readonly number[];
  /** What stands here is to be masked. */
  readonly masks: boolean;
}

/** Follows all paths at once through a walk. */
export interface PathMatcher {
  /** At the root of what is walked. */
  readonly root: PathState;
  /** One level down, under a key or index. A dotted key (`user.email`) also counts as the levels it names. */
  step(state: PathState, key: string): PathState;
  /** Both at once: for a root that can be reached under two names. */
  join(a: PathState, b: PathState): PathState;
}

/** More interned states than this are not kept; hostile keys could make any number of them. */
const MAX_STATES = 2_048;

/** Compiles the valid ones among the paths. Never throws. */
export function createPathMatcher(paths: readonly string[]): PathMatcher {
  // All levels of all paths in one list, each path followed by `end`.
  const levels: (Level | 'end')[] = [];
  const starts: number[] = [];
  for (const path of paths.slice(0, MAX_PATHS)) {
    const parsed = parse(path);
    if ('problem' in parsed) continue;
    starts.push(levels.length);
    levels.push(...parsed.levels, 'end');
  }
  const states = new Map<string, PathState>();
  const nowhere: PathState = { positions: [], masks: false };

  function intern(reached: ReadonlySet<number>): PathState {
    const all = new Set(reached);
    // `**` may stand for no level at all. The set grows while it is read.
    for (const position of all) {
      const level = levels[position];
      if (level !== undefined && level !== 'end' && level.kind === 'any') all.add(position + 1);
    }
    if (all.size === 0) return nowhere;
    const masks = [...all].some((position) => levels[position] === 'end');
    const positions = [...all].filter((position) => levels[position] !== 'end').sort((a, b) => a - b);
    const id = `${masks ? '!' : ''}${positions.join()}`;
    const kept = states.get(id);
    if (kept !== undefined) return kept;
    const state: PathState = { positions, masks };
    if (states.size < MAX_STATES) states.set(id, state);
    return state;
  }

  function stepOnce(state: PathState, key: string): PathState {
    const reached = new Set<number>();
    for (const position of state.positions) {
      const level = levels[position];
      if (level === undefined || level === 'end') continue;
      if (level.kind === 'any') reached.add(position);
      else if (level.kind === 'one' || level.key === key) reached.add(position + 1);
    }
    return intern(reached);
  }

  function join(a: PathState, b: PathState): PathState {
    if (b === nowhere || a === b) return a;
    if (a === nowhere) return b;
    const joined = intern(new Set([...a.positions, ...b.positions]));
    return a.masks || b.masks ? { positions: joined.positions, masks: true } : joined;
  }

  return {
    root: intern(new Set(starts)),
    join,
    step(state, key) {
      if (state.positions.length === 0) return nowhere;
      const direct = stepOnce(state, key);
      if (!key.includes('.') || key.length > MAX_PATH_CHARS) return direct;
      let dotted = state;
      for (const part of key.split('.')) {
        dotted = stepOnce(dotted, part);
        // A path that ends at a part masks everything under it.
        if (dotted.masks) break;
      }
      return join(direct, dotted);
    },
  };
}
