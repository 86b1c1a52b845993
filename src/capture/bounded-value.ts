import { type JsonValue, MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTES, MAX_TEXT_CHARS } from '../alert.ts';
import { cutMiddle, grouped } from './bounded-text.ts';

const MAX_DEPTH = 8;
const MAX_ENTRIES = 64;
const MAX_NODES = 1_024;
const MAX_KEY_CHARS = 256;
/** Longest JSON text of a structured log body. */
const MAX_STRUCTURED_BODY_CHARS = 65_536;
/** Bytes up to this length that are UTF-8 are shown as text. */
const MAX_TEXT_BYTES = 65_536;

const UNREADABLE = '[unreadable]';

/** Name of the attribute that says how many attributes were left out. */
export const LEFT_OUT_KEY = 'pager.attributes_left_out';

interface Budget {
  chars: number;
  nodes: number;
  readonly path: object[];
}

/**
 * Any value as one that survives JSON and the structured clone. Never throws, whatever getters, proxies and `toJSON` do; cycles,
 * depth (8), entries per level (64), nodes (1,024) and text (`maxChars`, in total) are bounded, and what is left out says so.
 */
function toJsonValue(value: unknown, maxChars: number): JsonValue {
  return walk(value, { chars: maxChars, nodes: MAX_NODES, path: [] });
}

/**
 * A log body as text: a string as it is (at most {@link MAX_TEXT_CHARS}, cut in the middle), nothing as `''`, bytes as UTF-8 where they
 * are that, anything structured as compact JSON. Never throws.
 */
export function toText(value: unknown, maxChars: number = MAX_TEXT_CHARS): string {
  if (typeof value === 'string') return cutMiddle(value, maxChars);
  if (value === undefined || value === null) return '';
  const plain = toJsonValue(value, Math.min(maxChars, MAX_STRUCTURED_BODY_CHARS));
  return cutMiddle(typeof plain === 'string' ? plain : JSON.stringify(plain), maxChars);
}

/** Collects the attributes of one alert within its bounds. */
export interface AttributeSink {
  /** The first value of a name stands. `undefined` is not taken. Never throws. */
  add(key: string, value: unknown): void;
  /** Every own enumerable property that `isSkipped` does not name. */
  addAll(source: unknown, isSkipped?: (key: string) => boolean): void;
  /** At most {@link MAX_ATTRIBUTES}, the note about those left out included. */
  result(): Record<string, JsonValue>;
}

export function createAttributeSink(): AttributeSink {
  const attributes: Record<string, JsonValue> = {};
  let taken = 0;
  let leftOut = 0;
  let chars = MAX_TEXT_CHARS;
  const isFull = (): boolean => taken >= MAX_ATTRIBUTES - 1 || chars <= 0;
  const add = (key: string, value: unknown): void => {
    if (value === undefined || Object.hasOwn(attributes, key)) return;
    if (isFull()) {
      leftOut++;
      return;
    }
    taken++;
    const budget: Budget = { chars: Math.min(MAX_ATTRIBUTE_CHARS, chars), nodes: MAX_NODES, path: [] };
    const before = budget.chars;
    setOwn(attributes, boundedKey(key, taken), walk(value, budget));
    chars -= key.length + before - budget.chars;
  };
  return {
    add,
    addAll(source, isSkipped) {
      for (const key of keysOf(source)) {
        if (isSkipped?.(key) === true) continue;
        // Once full, nothing is read any more: a getter may be slow.
        if (isFull()) leftOut++;
        else add(key, read(source, key));
      }
    },
    result() {
      if (leftOut > 0) attributes[LEFT_OUT_KEY] = leftOut;
      return attributes;
    },
  };
}

/** A property of anything; undefined where there is none or reading it throws. */
export function read(source: unknown, key: string): unknown {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
  try {
    return (source as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** The same, but only a string. */
export function readString(source: unknown, key: string): string | undefined {
  const value = read(source, key);
  return typeof value === 'string' ? value : undefined;
}

/** `instanceof` that no proxy can make throw. */
export function isInstance<T>(value: unknown, type: abstract new (...args: never) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** Own enumerable string keys; none where listing them throws. */
export function keysOf(source: unknown): string[] {
  if (typeof source !== 'object' || source === null) return [];
  try {
    return Object.keys(source);
  } catch {
    return [];
  }
}

function walk(value: unknown, budget: Budget): JsonValue {
  if (--budget.nodes < 0) return '[left out: too many values]';
  if (typeof value === 'object') return value === null ? null : walkObject(value, budget);
  switch (typeof value) {
    case 'string':
      return takeText(value, budget);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return takeText(bigintText(value), budget);
    case 'undefined':
      return null;
    case 'symbol':
      return takeText(String(value), budget);
    default:
      return '[function]';
  }
}

// The digits of a huge number take quadratic time to print.
function bigintText(value: bigint): string {
  const limit = 10n ** 1_000n;
  return value < limit && value > -limit ? String(value) : '[a number of over 1,000 digits]';
}

function takeText(text: string, budget: Budget): string {
  const taken = budget.chars <= 0 && text !== '' ? '[left out]' : cutMiddle(text, budget.chars);
  budget.chars -= taken.length;
  return taken;
}

function walkObject(value: object, budget: Budget): JsonValue {
  if (budget.path.includes(value)) return '[circular]';
  if (budget.path.length >= MAX_DEPTH) return '[left out: too deep]';
  budget.path.push(value);
  try {
    return describe(value, budget);
  } catch {
    return UNREADABLE;
  } finally {
    budget.path.pop();
  }
}

function describe(value: object, budget: Budget): JsonValue {
  if (Array.isArray(value)) return walkList(value, value.length, budget);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return describeBytes(value, budget);
  if (value instanceof Error) return describeError(value, budget);
  if (value instanceof Map) return walkEntries(value.entries(), value.size, budget);
  if (value instanceof Set) return walkList([...firstOf(value)], value.size, budget);
  if (value instanceof RegExp) return takeText(String(value), budget);
  if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    return walk(value.valueOf(), budget);
  }
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') {
    const plain: unknown = (toJSON as (key: string) => unknown).call(value, '');
    if (plain !== value) return walk(plain, budget);
  }
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Headers]' && Symbol.iterator in value) {
    return walkEntries(value as unknown as Iterable<[unknown, unknown]>, 0, budget);
  }
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]') {
    return `[${grouped((value as ArrayBuffer).byteLength)} bytes]`;
  }
  const keys = Object.keys(value);
  if (keys.length === 0 && tag !== '[object Object]') return takeText(tag.slice(1, -1), budget);
  return walkProperties(value, keys, budget);
}

function walkProperties(value: object, keys: readonly string[], budget: Budget): JsonValue {
  if (isSerialisedBuffer(value, keys)) {
    return `[${grouped((value as { data: unknown[] }).data.length)} bytes]`;
  }
  const out: Record<string, JsonValue> = {};
  const taken = Math.min(keys.length, MAX_ENTRIES);
  for (let i = 0; i < taken; i++) {
    const key = keys[i] as string;
    let property: unknown;
    try {
      property = (value as Record<string, unknown>)[key];
    } catch {
      property = UNREADABLE;
    }
    // As JSON does: what is no data is no property.
    if (property === undefined || typeof property === 'function' || typeof property === 'symbol') continue;
    setEntry(out, key, property, budget);
  }
  if (keys.length > taken) out['…'] = `${grouped(keys.length - taken)} more`;
  return out;
}

function walkEntries(entries: Iterable<[unknown, unknown]>, size: number, budget: Budget): JsonValue {
  const out: Record<string, JsonValue> = {};
  let taken = 0;
  for (const [key, entry] of entries) {
    if (taken === MAX_ENTRIES) {
      out['…'] = size > taken ? `${grouped(size - taken)} more` : 'more';
      break;
    }
    taken++;
    const name = typeof key === 'string' ? key : typeof key === 'object' ? `[key ${taken}]` : String(key);
    setEntry(out, name, entry, budget);
  }
  return out;
}

function walkList(list: readonly unknown[], size: number, budget: Budget): JsonValue {
  const out: JsonValue[] = [];
  const taken = Math.min(list.length, MAX_ENTRIES);
  for (let i = 0; i < taken; i++) {
    let item: unknown;
    try {
      item = list[i];
    } catch {
      item = UNREADABLE;
    }
    out.push(walk(item, budget));
  }
  if (size > taken) out.push(`… ${grouped(size - taken)} more`);
  return out;
}

function* firstOf(set: ReadonlySet<unknown>): Generator<unknown> {
  let taken = 0;
  for (const item of set) {
    if (taken++ === MAX_ENTRIES) return;
    yield item;
  }
}

function describeError(error: Error, budget: Budget): JsonValue {
  const out: Record<string, JsonValue> = {};
  for (const key of ['name', 'message', 'stack', 'code', 'cause']) {
    const property = read(error, key);
    if (property !== undefined && property !== '') setEntry(out, key, property, budget);
  }
  return out;
}

function describeBytes(view: ArrayBufferView, budget: Budget): JsonValue {
  const note = `[${grouped(view.byteLength)} bytes]`;
  if (!(view instanceof Uint8Array) || view.byteLength > MAX_TEXT_BYTES || view.byteLength === 0) return note;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(view);
    return text.includes('\0') ? note : takeText(text, budget);
  } catch {
    return note;
  }
}

/** What `JSON.stringify` makes of a Buffer. */
function isSerialisedBuffer(value: object, keys: readonly string[]): boolean {
  return keys.length === 2 && read(value, 'type') === 'Buffer' && Array.isArray(read(value, 'data'));
}

function setEntry(out: Record<string, JsonValue>, key: string, value: unknown, budget: Budget): void {
  const name = boundedKey(key, budget.nodes);
  budget.chars -= name.length;
  setOwn(out, name, walk(value, budget));
}

// Half a key could be half a secret: a long one is replaced as a whole, numbered so that none covers another.
function boundedKey(key: string, ordinal: number): string {
  return key.length <= MAX_KEY_CHARS ? key : `[key of ${grouped(key.length)} characters, ${ordinal}]`;
}

/** Assignment to `__proto__` would change the prototype instead of the data. */
function setOwn(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
