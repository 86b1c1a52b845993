import { types } from 'node:util';
import { isHarmlessValue } from './redact-harmless.ts';
import { withoutMarkers } from './redact-marker.ts';
import { isMarker, type TextRedactor } from './redact-text.ts';
import { isCount, sensitiveWordOf } from './sensitive-keys.ts';

/** Names of the two halves of a pair: `{ name, value }`, `{ key, value }`. */
const PAIR_NAMES: readonly string[] = ['name', 'key', 'header', 'field', 'k', 'Name', 'Key'];
/** The other half. */
export const PAIR_VALUES: ReadonlySet<string> = new Set(['value', 'values', 'val', 'v', 'content', 'Value']);
/** `{ api: { key } }` says what `apiKey` says. */
const NESTED_OWNERS: ReadonlySet<string> = new Set([
  'api.key',
  'secret.key',
  'private.key',
  'access.key',
  'signing.key',
  'encryption.key',
  'master.key',
  'subscription.key',
  'license.key',
  'session.id',
  'connection.string',
]);
/** Lists of headers, flat: name, value, name, value. */
export const HEADER_LISTS: RegExp = /(?:^|[._-])(?:raw)?(?:headers|trailers)$/i;
const HEADER_NAMES =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|(?:x-)?api-?key|x-(?:auth|vault|csrf|xsrf|access|amz-security)-token|private-token|ocp-apim-subscription-key|x-goog-api-key|x-functions-key)$/i;
const FLAG = /^--?[\p{L}_]/u;

/** The word that makes a property's name promise a secret, the name of its object considered; see `sensitiveWordOf`. */
export function wordUnder(key: string, parent: string): string | undefined {
  const name = withoutMarkers(key);
  return sensitiveWordOf(name) ?? (NESTED_OWNERS.has(`${parent}.${name}`.toLowerCase()) ? 'key' : undefined);
}

/** True for what is no secret though its name promises one. */
export function isHarmless(value: unknown, word: string): boolean {
  switch (typeof value) {
    case 'string':
      return isMarker(value) || isHarmlessValue(value, word);
    case 'number':
      return isCount(word, value);
    case 'object':
      return value === null || (Array.isArray(value) && value.length === 0) || isEmptyObject(value);
    case 'bigint':
      return false;
    default:
      return true;
  }
}

function isEmptyObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Reflect.ownKeys(value).length === 0;
}

/** The primitive in a `new String(…)` and its like, without running code of theirs; any other value as it is. */
export function unboxed(value: unknown): unknown {
  if (types.isStringObject(value)) return String.prototype.valueOf.call(value);
  if (types.isNumberObject(value)) return Number.prototype.valueOf.call(value);
  if (types.isBooleanObject(value)) return Boolean.prototype.valueOf.call(value);
  if (types.isBigIntObject(value)) return BigInt.prototype.valueOf.call(value);
  return types.isSymbolObject(value) ? Symbol.prototype.valueOf.call(value) : value;
}

/** What a `{ name, value }` object names, if that is sensitive. */
export function pairWordOf(source: object, text: TextRedactor): string | undefined {
  for (const key of PAIR_NAMES) {
    if (!Object.hasOwn(source, key)) continue;
    let name: unknown;
    try {
      name = unboxed((source as Record<string, unknown>)[key]);
    } catch {
      continue;
    }
    const word = typeof name === 'string' ? sensitiveWordOf(withoutMarkers(text.redact(name))) : undefined;
    if (word !== undefined) return word;
  }
  return undefined;
}

/** What an entry of a list is the value of: `[name, value]`, flat lists of headers, arguments of a command. */
export function wordBefore(
  list: readonly unknown[],
  value: unknown,
  before: unknown,
  index: number,
  listsHeaders: boolean,
): string | undefined {
  if (typeof before !== 'string') return undefined;
  if (FLAG.test(before)) {
    return typeof value === 'string' && !value.startsWith('-') ? sensitiveWordOf(before) : undefined;
  }
  if (index % 2 === 0) return undefined;
  if (list.length === 2 || listsHeaders || HEADER_NAMES.test(before)) return sensitiveWordOf(withoutMarkers(before));
  return undefined;
}
