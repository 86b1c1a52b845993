import { types } from 'node:util';
import { isSecretByteList, redactBytes } from './redact-bytes.ts';
import { stripInvisible } from './redact-invisible.ts';
import { MARKER, WITHHELD_FAILED, WITHHELD_TOO_LARGE } from './redact-marker.ts';
import { HEADER_LISTS, isHarmless, redactArgument, unboxed, wordBefore, wordUnder } from './redact-names.ts';
import type { PathMatcher, PathState } from './redact-paths.ts';
import { isKeyLine, keyBoundaryOf } from './redact-pem.ts';
import { isCardNumber } from './redact-pii.ts';
import { siblingsOf } from './redact-siblings.ts';
import { isMarker, type TextRedactor } from './redact-text.ts';

/** The deepest level that is read; what lies below is withheld. */
export const MAX_DEPTH = 40;
/** The most values that are read in one walk; the rest is withheld. */
export const MAX_NODES = 20_000;
/** The most text that is read in one walk, in UTF-16 units; the rest is withheld. */
export const MAX_WALK_CHARS = 4_194_304;

/** The id under which values masked by a user's path are counted. */
export const USER_PATH_RULE_ID = 'user-path';
const KEY_NAME_RULE_ID = 'key-name';

/** What a walk needs. */
export interface WalkRules {
  readonly text: TextRedactor;
  readonly paths: PathMatcher;
  readonly pii: boolean;
  readonly onMasked?: (ruleId: string) => void;
  readonly onFailed?: () => void;
}

interface Walk {
  nodes: number;
  chars: number;
  /** Copies by original and path state: an object may be reached under a path and beside it. */
  readonly copies: Map<object, Map<PathState, unknown>>;
}

/**
 * A function that copies any value without its secrets. The copy has the same shape: arrays, Map, Set, Error with its causes,
 * URL, Headers, byte arrays, class instances (same prototype; what has a `toJSON` becomes the copy of what that gives), cycles and
 * shared references. It never throws and never changes the original; what cannot be read is withheld.
 */
export function createWalker(rules: WalkRules): (value: unknown, at?: PathState) => unknown {
  const { text, paths, pii } = rules;

  return (value, at = paths.root) => {
    const walk: Walk = { nodes: 0, chars: 0, copies: new Map() };
    try {
      return copyOf(value, at, 0, '', walk);
    } catch {
      return failed();
    }
  };

  function failed(): string {
    rules.onFailed?.();
    return WITHHELD_FAILED;
  }

  function masked(ruleId: string): string {
    rules.onMasked?.(ruleId);
    return MARKER;
  }

  function isExhausted(walk: Walk): boolean {
    return walk.nodes > MAX_NODES;
  }

  function copyOf(value: unknown, at: PathState, depth: number, name: string, walk: Walk): unknown {
    walk.nodes++;
    switch (typeof value) {
      case 'string':
        return copyOfText(value, walk);
      case 'number':
        return pii && isCardNumber(value) ? masked('pii-card') : text.redactNumber(value);
      case 'bigint':
        return pii && isCardNumber(Number(value)) ? masked('pii-card') : text.redactNumber(value);
      case 'symbol': {
        const description = value.description ?? '';
        const clean = text.redact(description);
        return clean === description ? value : Symbol(clean);
      }
      // A function's source and properties are not for operators, and a closure may hand out anything.
      case 'function':
        return '[function]';
      case 'object':
        return value === null ? null : copyOfObject(value, at, depth, name, walk);
      default:
        return value;
    }
  }

  function copyOfText(value: string, walk: Walk): string {
    if (walk.chars > MAX_WALK_CHARS) return WITHHELD_TOO_LARGE;
    const clean = text.redact(value);
    // The larger of both, so that a second walk over the copy ends at the same place.
    walk.chars += Math.max(value.length, clean.length);
    return clean;
  }

  function copyOfObject(source: object, at: PathState, depth: number, name: string, walk: Walk): unknown {
    const known = walk.copies.get(source)?.get(at);
    if (known !== undefined) return known;
    if (depth >= MAX_DEPTH || isExhausted(walk)) return WITHHELD_TOO_LARGE;
    try {
      return readObject(source, at, depth, name, walk);
    } catch {
      return failed();
    }
  }

  function remember<T extends object>(source: object, at: PathState, copy: T, walk: Walk): T {
    const byState = walk.copies.get(source) ?? new Map<PathState, unknown>();
    byState.set(at, copy);
    walk.copies.set(source, byState);
    return copy;
  }

  function readObject(source: object, at: PathState, depth: number, name: string, walk: Walk): unknown {
    if (Array.isArray(source)) return copyOfArray(source, at, depth, name, walk);
    if (types.isNativeError(source) || source instanceof Error) return copyOfError(source, at, depth, walk);
    if (types.isDate(source)) return new Date(source.getTime());
    if (types.isRegExp(source)) {
      const clean = text.redact(source.source);
      return clean === source.source ? new RegExp(source.source, source.flags) : clean;
    }
    if (types.isMap(source)) return copyOfMap(source, at, depth, walk);
    if (types.isSet(source)) return copyOfSet(source, at, depth, walk);
    if (ArrayBuffer.isView(source) || types.isAnyArrayBuffer(source)) return redactBytes(source, text);
    if (types.isBoxedPrimitive(source)) return copyOf(unboxed(source), at, depth, name, walk);
    if (source instanceof URL) return copyOfUrl(source, walk);
    if (source instanceof URLSearchParams) return new URLSearchParams(copyOfPairs(source.entries(), at, walk));
    if (isHeaders(source)) return new Headers(copyOfPairs(source.entries(), at, walk));
    if (isOpaque(source)) return Object.prototype.toString.call(source);
    const toJson: unknown = (source as { readonly toJSON?: unknown }).toJSON;
    if (typeof toJson === 'function') {
      const plain: unknown = toJson.call(source, name);
      // What it gives may be the very object, or a fresh one without end: the depth grows either way.
      if (plain !== source) return copyOf(plain, at, depth + 1, name, walk);
    }
    const prototype: object | null = Object.getPrototypeOf(source);
    const copy = remember(source, at, Object.create(prototype) as object, walk);
    copyProperties(source, copy, at, depth, name, walk, (key) => key === 'toJSON');
    return copy;
  }

  function copyProperties(
    source: object,
    copy: object,
    at: PathState,
    depth: number,
    name: string,
    walk: Walk,
    skip: (key: string | symbol) => boolean,
  ): void {
    const siblings = siblingsOf(source, text);
    for (const key of Reflect.ownKeys(source)) {
      if (skip(key) || Object.getOwnPropertyDescriptor(source, key)?.enumerable !== true) continue;
      if (isExhausted(walk)) {
        define(copy, WITHHELD_TOO_LARGE, WITHHELD_TOO_LARGE);
        return;
      }
      const label = typeof key === 'symbol' ? (key.description ?? '') : key;
      const clean = text.redact(label);
      const target = typeof key === 'symbol' ? key : freeKey(copy, key, clean);
      let value: unknown;
      try {
        value = unboxed((source as Record<string | symbol, unknown>)[key]);
      } catch {
        define(copy, target, failed());
        continue;
      }
      const word = wordOf(label, clean, name) ?? siblings(clean);
      define(copy, target, copyUnder(value, clean, word, stepTo(at, label, clean), depth, walk));
    }
  }

  /** The value of a name: masked by a path or by the name itself, else copied. */
  function copyUnder(
    value: unknown,
    name: string,
    word: string | undefined,
    at: PathState,
    depth: number,
    walk: Walk,
  ): unknown {
    if (at.masks && value !== undefined) {
      return typeof value === 'string' && isMarker(value) ? value : masked(USER_PATH_RULE_ID);
    }
    if (word !== undefined && !isHarmless(value, word)) {
      walk.nodes++;
      return masked(KEY_NAME_RULE_ID);
    }
    return copyOf(value, at, depth + 1, name, walk);
  }

  // A name counts as it was and as it is shown: invisible characters in it must not hide what it says.
  function wordOf(name: string, clean: string, parent: string): string | undefined {
    return wordUnder(clean, parent) ?? (clean === name ? undefined : wordUnder(name, parent));
  }

  function stepTo(at: PathState, name: string, clean: string): PathState {
    return clean === name ? paths.step(at, name) : paths.join(paths.step(at, name), paths.step(at, clean));
  }

  /** The key as it stands in the copy: redacted, and numbered where two keys become the same. */
  function freeKey(copy: object, key: string, clean: string): string {
    if (clean === key) return key;
    let free = clean;
    for (let i = 2; Object.hasOwn(copy, free); i++) free = `(${i}) ${clean}`;
    return free;
  }

  function copyOfArray(source: readonly unknown[], at: PathState, depth: number, name: string, walk: Walk): unknown {
    if (isSecretByteList(source, text)) return masked('bytes');
    const copy: unknown[] = remember(source, at, [], walk);
    const listsHeaders = HEADER_LISTS.test(name);
    let inPrivateKey = false;
    for (const key of Object.keys(source)) {
      const index = Number(key);
      if (isExhausted(walk)) {
        copy.push(WITHHELD_TOO_LARGE);
        return copy;
      }
      let value: unknown;
      try {
        const read = unboxed(source[key as unknown as number]);
        value = typeof read === 'string' ? stripInvisible(read) : read;
      } catch {
        value = failed();
      }
      const before: unknown = index > 0 ? copy[index - 1] : undefined;
      const word = wordBefore(source, value, before, index, listsHeaders);
      // A private key that was logged one line per entry.
      if (inPrivateKey && typeof value === 'string' && isKeyLine(value)) {
        copy[index] = masked('private-key');
        continue;
      }
      if (typeof value === 'string') {
        const boundary = keyBoundaryOf(value);
        inPrivateKey = boundary === 'opens' || (inPrivateKey && boundary === 'none');
      }
      // Properties of its own, beside the entries.
      const named = Number.isInteger(index) ? word : (wordOf(key, key, '') ?? word);
      const argument =
        typeof value === 'string' && named === undefined && !at.masks
          ? redactArgument(source, value, before, name, text)
          : undefined;
      const copied = copyUnder(argument ?? value, name, named, paths.step(at, key), depth, walk);
      if (Number.isInteger(index)) copy[index] = copied;
      else define(copy, freeKey(copy, key, text.redact(key)), copied);
    }
    // Holes at the end.
    if (copy.length < source.length && source.length <= MAX_NODES) copy.length = source.length;
    return copy;
  }

  function copyOfMap(source: ReadonlyMap<unknown, unknown>, at: PathState, depth: number, walk: Walk): unknown {
    const copy = remember(source, at, new Map<unknown, unknown>(), walk);
    for (const [rawKey, value] of Map.prototype.entries.call(source)) {
      if (isExhausted(walk)) {
        copy.set(WITHHELD_TOO_LARGE, WITHHELD_TOO_LARGE);
        break;
      }
      const key = unboxed(rawKey);
      const label = typeof key === 'string' ? key : '';
      const copied = copyOf(key, paths.step(at, label), depth + 1, '', walk);
      const clean = typeof copied === 'string' ? copied : '';
      let copiedKey = copied;
      for (let i = 2; copied !== key && typeof copied === 'string' && copy.has(copiedKey); i++) {
        copiedKey = `(${i}) ${clean}`;
      }
      copy.set(
        copiedKey,
        copyUnder(unboxed(value), clean, wordOf(label, clean, ''), stepTo(at, label, clean), depth, walk),
      );
    }
    return copy;
  }

  function copyOfSet(source: ReadonlySet<unknown>, at: PathState, depth: number, walk: Walk): unknown {
    const copy = remember(source, at, new Set<unknown>(), walk);
    let index = 0;
    for (const value of Set.prototype.values.call(source)) {
      if (isExhausted(walk)) {
        copy.add(WITHHELD_TOO_LARGE);
        break;
      }
      copy.add(copyUnder(value, '', undefined, paths.step(at, String(index++)), depth, walk));
    }
    return copy;
  }

  function copyOfError(source: Error, at: PathState, depth: number, walk: Walk): unknown {
    const copy = new Error();
    Object.setPrototypeOf(copy, Object.getPrototypeOf(source));
    remember(source, at, copy, walk);
    const raw = readOwn(source, 'message', true);
    const message = under('message', raw);
    define(copy, 'message', message, false);
    const stack = readOwn(source, 'stack', true);
    // The message stands in the stack again, where its surroundings could hide what it is.
    define(copy, 'stack', under('stack', withRedactedMessage(stack, raw, message)), false);
    for (const key of ['name', 'code', 'cause', 'errors'] as const) {
      if (Object.hasOwn(source, key)) define(copy, key, under(key, readOwn(source, key, false)), key === 'code');
    }
    const done: ReadonlySet<string | symbol> = new Set([
      'message',
      'stack',
      'name',
      'code',
      'cause',
      'errors',
      'toJSON',
    ]);
    copyProperties(source, copy, at, depth, '', walk, (key) => done.has(key));
    return copy;

    function under(key: string, value: unknown): unknown {
      return copyUnder(value, key, undefined, paths.step(at, key), depth, walk);
    }

    function readOwn(error: Error, key: string, inherited: boolean): unknown {
      try {
        const value = (error as unknown as Record<string, unknown>)[key];
        return inherited && typeof value !== 'string' && typeof value !== 'object' ? String(value ?? '') : value;
      } catch {
        return failed();
      }
    }
  }

  function copyOfUrl(source: URL, walk: Walk): unknown {
    const clean = copyOfText(source.href, walk);
    try {
      return new URL(clean);
    } catch {
      return clean;
    }
  }

  function copyOfPairs(entries: Iterable<[string, string]>, at: PathState, walk: Walk): [string, string][] {
    const pairs: [string, string][] = [];
    for (const [name, value] of entries) {
      const cleanName = text.redact(name);
      const copied = copyUnder(value, name, wordOf(name, cleanName, ''), stepTo(at, name, cleanName), 0, walk);
      // A marker is no header name.
      pairs.push([cleanName === name ? name : 'redacted', String(copied)]);
    }
    return pairs;
  }
}

/** The stack with the raw message in it replaced by the redacted one. */
export function withRedactedMessage(stack: unknown, raw: unknown, redacted: unknown): unknown {
  if (typeof stack !== 'string' || typeof raw !== 'string' || typeof redacted !== 'string') return stack;
  return raw.length < 4 || raw === redacted ? stack : stack.split(raw).join(redacted);
}

// Defined, not assigned: `__proto__` is a key like any other here, and a setter of the prototype must not run.
function define(target: object, key: string | symbol, value: unknown, enumerable = true): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

function isHeaders(source: object): source is Headers {
  return source instanceof Headers || Object.prototype.toString.call(source) === '[object Headers]';
}

/** What shows nothing of itself and cannot be copied. */
function isOpaque(source: object): boolean {
  return (
    types.isPromise(source) ||
    types.isWeakMap(source) ||
    types.isWeakSet(source) ||
    types.isGeneratorObject(source) ||
    source instanceof WeakRef
  );
}
