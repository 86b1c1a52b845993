import type { AlertSource } from '../alert.ts';

/** How far apart in time two sightings of one occurrence may lie. */
const SAME_WINDOW_MS = 10_000;
/** How long a trace counts as one that has paged. */
const TRACE_TTL_MS = 300_000;
/** Traces that are remembered; beyond it the oldest go. */
const MAX_TRACES = 10_000;
/** Different errors of one trace that are told apart; beyond it the oldest go. */
const MAX_MARKS_PER_TRACE = 8;

/**
 * One error within one trace (or: one error object), and how often each way in has told of it.
 *
 * An error object may be logged many times, and a loop may fail many times in one trace. So what counts is not whether another way in
 * has told of it, but how often: as often as the one that told of it most. log, log, span is two occurrences; so is span, log, log.
 */
export interface OccurrenceMark {
  /** Hash of the identity, without what a record says about itself. */
  readonly key: number;
  /** Time of the last occurrence, as its source gives it. */
  eventMs: number;
  /** When the mark was last used. */
  atMs: number;
  /** The most urgent priority it came in with. */
  rank: number;
  /** Hash of what its record said about itself; 0 for nothing. */
  said: number;
  /** Tellings per source. */
  readonly told: number[];
  /** The most that one source has told. */
  most: number;
}

const SOURCE_INDEX: Readonly<Record<AlertSource, number>> = { log: 0, span: 1, pino: 2, api: 3, crash: 4, cli: 5 };

export function createMark(key: number, eventMs: number, rank: number, said: number): OccurrenceMark {
  return { key, eventMs, atMs: 0, rank, said, told: [0, 0, 0, 0, 0, 0], most: 0 };
}

/** Counts one telling by a source; true when it tells nothing that another source has not told already. */
export function tell(mark: OccurrenceMark, source: AlertSource): boolean {
  const index = SOURCE_INDEX[source];
  const told = (mark.told[index] ?? 0) + 1;
  mark.told[index] = told;
  if (told <= mark.most) return true;
  mark.most = told;
  return false;
}

/** Remembers which traces and error objects have come in. Bounded: {@link MAX_TRACES} traces, {@link TRACE_TTL_MS} long. */
export interface SeenOccurrences {
  /** The mark of this error in this trace or of this object, unless it is older than {@link SAME_WINDOW_MS}. */
  find(
    key: number,
    traceId: string | undefined,
    object: object | undefined,
    eventMs: number,
  ): OccurrenceMark | undefined;
  /** Notes an error in a trace and of an object, so that it is found by either. */
  note(mark: OccurrenceMark, traceId: string | undefined, object: object | undefined): void;
  /** True when the trace has come in with a rank of at most `maxRank`: at least that urgent. */
  hasTrace(traceId: string, maxRank: number): boolean;
  clear(): void;
}

export function createSeenOccurrences(now: () => number, maxTraces: number = MAX_TRACES): SeenOccurrences {
  const traces = new Map<string, OccurrenceMark[]>();
  const evictTrace = createEviction(traces);
  let objects = new WeakMap<object, OccurrenceMark>();

  const isMatch = (mark: OccurrenceMark, key: number, eventMs: number): boolean =>
    mark.key === key &&
    (Math.abs(eventMs - mark.eventMs) <= SAME_WINDOW_MS || Math.abs(now() - mark.atMs) <= SAME_WINDOW_MS);

  return {
    find(key, traceId, object, eventMs) {
      const marks = traceId === undefined ? undefined : traces.get(traceId);
      if (marks !== undefined) {
        for (const mark of marks) {
          if (isMatch(mark, key, eventMs)) return mark;
        }
      }
      const mark = object === undefined ? undefined : objects.get(object);
      return mark !== undefined && isMatch(mark, key, eventMs) ? mark : undefined;
    },
    note(mark, traceId, object) {
      mark.atMs = now();
      if (object !== undefined) objects.set(object, mark);
      if (traceId === undefined) return;
      const marks = traces.get(traceId);
      if (marks === undefined) {
        if (traces.size >= maxTraces) evictTrace();
        traces.set(traceId, [mark]);
      } else if (!marks.includes(mark)) {
        const outdated = marks.findIndex((other) => other.key === mark.key);
        if (outdated >= 0) marks.splice(outdated, 1);
        else if (marks.length >= MAX_MARKS_PER_TRACE) marks.shift();
        marks.push(mark);
      }
    },
    hasTrace(traceId, maxRank) {
      const marks = traces.get(traceId);
      if (marks === undefined) return false;
      const since = now() - TRACE_TTL_MS;
      return marks.some((mark) => mark.rank <= maxRank && mark.atMs >= since);
    },
    clear() {
      traces.clear();
      objects = new WeakMap();
    },
  };
}

/**
 * Removes the entry of a map that was put in first, each time it is called. It keeps its place: a fresh iterator would walk over all
 * that was removed before, thousands of places in a map that is always full.
 */
export function createEviction<K, V>(map: Map<K, V>): () => void {
  let keys = map.keys();
  return () => {
    let oldest = keys.next();
    if (oldest.done) {
      keys = map.keys();
      oldest = keys.next();
    }
    if (!oldest.done) map.delete(oldest.value);
  };
}
