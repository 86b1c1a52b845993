import type { RepeatCount } from '../alert.ts';
import { PRIORITY_RANK } from '../priority.ts';
import type { ObserveVerdict, Occurrence } from './capture-target.ts';
import { createTextsHash, hashTexts, mixHashes } from './identity-hash.ts';
import { createEviction, createMark, createSeenOccurrences, tell } from './seen-occurrences.ts';

/*
 * What is the same, on three levels:
 *
 *   base key    identity alone. By it one occurrence is recognised that comes in twice (log record and span), within one trace or of one
 *               error object, whatever else the two records say.
 *   repeat key  base key, causes, what the record says about itself, and the scope's turn. By it repeats are counted.
 *   scope       what a resolve closes: the explicit dedup key, else the base key. After a resolve the scope's next turn begins, so that
 *               the next trigger is a new alert and not a repeat of the incident that was closed.
 *
 * An entry lives from its alert until the TTL, its eviction, or `forget`. Whatever happens to the entry, occurrences that were counted
 * are drained under their key: the sum of alert counts and drained counts is the number of occurrences.
 */

/** How long repeats are only counted before the next one is handed over in full again: the operator sees fresh text and trace. */
const DEFAULT_TTL_MS = 300_000;
/** Different alerts that are remembered; beyond it the least recently seen go, and their next repeat is handed over in full. */
const DEFAULT_MAX_ENTRIES = 2_048;
/** The same resolve again within this time is one resolve. */
const SAME_RESOLVE_MS = 1_000;

export interface RepeatCounterOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Random, drawn per process: a hash that can be computed elsewhere could be guessed back. An integer below 2^53. */
  readonly seed: number;
  /** @default 2048 */
  readonly maxEntries?: number;
  /** @default 300_000 */
  readonly ttlMs?: number;
  /** Traces remembered for {@link RepeatCounter.hasPagedTrace}. @default 10_000 */
  readonly maxTraces?: number;
  /**
   * Called with everything that waits instead of waiting for `drain`, when repeats of twice `maxEntries` keys wait. Runs within
   * `observe` and must not throw. Without it, repeats of further keys are then handed over in full instead of being counted.
   */
  readonly onFlush?: (repeats: RepeatCount[]) => void;
}

/**
 * Recognises on the application's thread what was captured before, so that only a number travels. In memory only. No method throws.
 *
 * Bounded: with `maxEntries` keys the least recently seen is forgotten; repeats of at most twice as many keys wait for `drain`.
 */
export interface RepeatCounter {
  observe(occurrence: Occurrence): ObserveVerdict;
  /** True when a P0 or P1 of this trace was observed in the last five minutes. */
  hasPagedTrace(traceId: string): boolean;
  /** True when {@link drain} would give something. */
  hasPending(): boolean;
  /** The repeats counted since the last call. Those of a forgotten key wait until its next alert, or until it is evicted. */
  drain(): RepeatCount[];
  /** The pager does not know these keys any more: the next occurrence of each is handed over in full. */
  forget(repeatKeys: readonly number[]): void;
  /** The pager knows nothing any more: as `forget` of every key, and no trace has paged. */
  clear(): void;
}

interface Entry {
  readonly key: number;
  /** The most urgent priority handed over under this key. */
  rank: number;
  /** When the alert was handed over. */
  sinceMs: number;
  /** When it was last seen. */
  lastMs: number;
  /** False after `forget`: the pager has no alert to count repeats for. */
  known: boolean;
  pending: number;
  pendingFirstMs: number;
  pendingLastMs: number;
}

interface Scope {
  /** Part of the repeat key of every trigger in this scope. */
  turn: number;
  isResolved: boolean;
}

const COUNTED: ObserveVerdict = Object.freeze({ kind: 'counted' });
const SAME: ObserveVerdict = Object.freeze({ kind: 'same' });

/** Salts that keep the derived keys apart. */
const SALT = { causes: 1, said: 2, turn: 3, resolve: 4 } as const;

export function createRepeatCounter(options: RepeatCounterOptions): RepeatCounter {
  const { now, seed, onFlush } = options;
  const maxEntries = Math.max(1, options.maxEntries ?? DEFAULT_MAX_ENTRIES);
  const ttlMs = options.ttlMs ?? DEFAULT_TTL_MS;
  // In the order of their last use.
  const entries = new Map<number, Entry>();
  const evictEntry = createEviction(entries);
  /** Entries with pending repeats, evicted ones among them. */
  let dirty: Entry[] = [];
  const scopes = new Map<number, Scope>();
  const evictScope = createEviction(scopes);
  /** Never used twice, so that a scope that was evicted and comes back has no old key. */
  let lastTurn = 0;
  const seen = createSeenOccurrences(now, options.maxTraces);
  let lastUsed: Entry | undefined;
  const hashIdentity = createTextsHash(seed);

  const saidHash = (occurrence: Occurrence): number => {
    const { marks } = occurrence;
    if (marks === undefined) return 0;
    const { channel, title, dedupKey, outcome, runbookUrl } = marks;
    if ((channel ?? title ?? dedupKey ?? outcome ?? runbookUrl) === undefined) return 0;
    return hashTexts([channel, title, dedupKey, outcome, runbookUrl], seed);
  };

  const scopeKey = (occurrence: Occurrence, baseKey: number): number => {
    const dedupKey = occurrence.marks?.dedupKey;
    return dedupKey === undefined ? baseKey : hashTexts(['scope', dedupKey], seed);
  };

  const resolveScope = (key: number): void => {
    let scope = scopes.get(key);
    if (scope === undefined) {
      if (scopes.size >= maxEntries) evictScope();
      scope = { turn: 0, isResolved: true };
      scopes.set(key, scope);
    }
    scope.isResolved = true;
  };

  const turnOf = (occurrence: Occurrence, baseKey: number): number => {
    if (scopes.size === 0) return 0;
    const scope = scopes.get(scopeKey(occurrence, baseKey));
    if (scope === undefined) return 0;
    if (scope.isResolved) {
      scope.isResolved = false;
      lastTurn += 1;
      scope.turn = lastTurn;
    }
    return scope.turn;
  };

  const touch = (key: number): Entry | undefined => {
    if (lastUsed?.key === key && entries.has(key)) return lastUsed;
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    lastUsed = entry;
    return entry;
  };

  const open = (key: number, rank: number, nowMs: number): void => {
    if (entries.size >= maxEntries) evictEntry();
    lastUsed = {
      key,
      rank,
      sinceMs: nowMs,
      lastMs: nowMs,
      known: true,
      pending: 0,
      pendingFirstMs: 0,
      pendingLastMs: 0,
    };
    entries.set(key, lastUsed);
  };

  const handOver = (entry: Entry | undefined, key: number, rank: number, nowMs: number): void => {
    if (entry === undefined) {
      open(key, rank, nowMs);
      return;
    }
    entry.rank = rank;
    entry.sinceMs = nowMs;
    entry.lastMs = nowMs;
    entry.known = true;
  };

  const takePending = (): RepeatCount[] => {
    const repeats: RepeatCount[] = [];
    const waiting: Entry[] = [];
    for (const entry of dirty) {
      if (!entry.known && entries.get(entry.key) === entry) {
        waiting.push(entry);
        continue;
      }
      repeats.push({
        repeatKey: entry.key,
        count: entry.pending,
        firstMs: entry.pendingFirstMs,
        lastMs: entry.pendingLastMs,
      });
      entry.pending = 0;
    }
    dirty = waiting;
    return repeats;
  };

  const count = (entry: Entry, eventMs: number): void => {
    if (entry.pending === 0) {
      entry.pendingFirstMs = eventMs;
      entry.pendingLastMs = eventMs;
      dirty.push(entry);
    } else {
      if (eventMs < entry.pendingFirstMs) entry.pendingFirstMs = eventMs;
      if (eventMs > entry.pendingLastMs) entry.pendingLastMs = eventMs;
    }
    entry.pending += 1;
  };

  /** False when no further key's repeats can wait. */
  const makeRoom = (): boolean => {
    if (dirty.length < 2 * maxEntries) return true;
    if (onFlush === undefined) return false;
    const repeats = takePending();
    if (repeats.length > 0) onFlush(repeats);
    return dirty.length < 2 * maxEntries;
  };

  const observeResolve = (occurrence: Occurrence, baseKey: number, nowMs: number): ObserveVerdict => {
    const scope = scopeKey(occurrence, baseKey);
    const isOpen = scopes.get(scope)?.isResolved !== true;
    resolveScope(scope);
    const key = mixHashes(scope, scopes.get(scope)?.turn ?? 0, SALT.resolve);
    const entry = touch(key);
    if (entry !== undefined && !isOpen && nowMs - entry.lastMs < SAME_RESOLVE_MS && nowMs >= entry.lastMs) return SAME;
    handOver(entry, key, PRIORITY_RANK[occurrence.priority], nowMs);
    return { kind: 'new', repeatKey: key, count: 1 };
  };

  return {
    observe(occurrence) {
      const nowMs = now();
      const baseKey = hashIdentity(occurrence.identity);
      const { source, timestampMs, traceId, errorObject, causes } = occurrence;
      if (occurrence.marks?.action === 'resolve') {
        return observeResolve(occurrence, baseKey, nowMs);
      }
      const rank = PRIORITY_RANK[occurrence.priority];
      const said = saidHash(occurrence);
      let key = baseKey;
      if (causes !== undefined) key = mixHashes(key, hashTexts([causes], seed), SALT.causes);
      if (said !== 0) key = mixHashes(key, said, SALT.said);
      const turn = turnOf(occurrence, baseKey);
      if (turn !== 0) key = mixHashes(key, turn, SALT.turn);

      let isTold = false;
      if (traceId !== undefined || errorObject !== undefined) {
        let mark = seen.find(baseKey, traceId, errorObject, timestampMs);
        if (mark === undefined) {
          mark = createMark(baseKey, timestampMs, rank, said);
          tell(mark, source);
        } else {
          isTold = tell(mark, source);
          // A record with a channel, title or key of its own wants to be shown there, also when a silent one came first.
          if (said !== 0 && said !== mark.said) {
            isTold = false;
            mark.said = said;
          }
          mark.eventMs = timestampMs;
        }
        seen.note(mark, traceId, errorObject);
        if (isTold && rank >= mark.rank) return SAME;
        if (rank < mark.rank) mark.rank = rank;
      }

      const entry = touch(key);
      if (entry !== undefined) {
        const isFresh = entry.known && nowMs - entry.sinceMs < ttlMs && rank >= entry.rank;
        if (isFresh && !isTold && (entry.pending > 0 || makeRoom())) {
          entry.lastMs = nowMs;
          count(entry, timestampMs);
          return COUNTED;
        }
      }
      handOver(entry, key, rank, nowMs);
      return { kind: 'new', repeatKey: key, count: isTold ? 0 : 1 };
    },
    // A silent warning must not keep a failed request from paging.
    hasPagedTrace: (traceId) => seen.hasTrace(traceId, PRIORITY_RANK.P1),
    hasPending: () => dirty.some((entry) => entry.known || entries.get(entry.key) !== entry),
    drain: takePending,
    forget(repeatKeys) {
      for (const key of repeatKeys) {
        const entry = entries.get(key);
        if (entry !== undefined) entry.known = false;
      }
    },
    clear() {
      for (const entry of entries.values()) entry.known = false;
      seen.clear();
    },
  };
}
