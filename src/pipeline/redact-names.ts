import { types } from 'node:util';
import { isHarmlessValue } from './redact-harmless.ts';
import { withoutMarkers } from './redact-marker.ts';
import { isMarker, type TextRedactor } from './redact-text.ts';
import { viewOf } from './redact-view.ts';
import { isCount, sensitiveWordOf } from './sensitive-keys.ts';

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
  'tls.key',
  'ssl.key',
  'https.key',
]);
/** Lists of headers, flat: name, value, name, value. */
export const HEADER_LISTS: RegExp = /(?:^|[._-])(?:raw)?(?:headers|trailers)$/i;
const HEADER_NAMES =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|(?:x-)?api-?key|x-(?:auth|vault|csrf|xsrf|access|amz-security)-token|private-token|ocp-apim-subscription-key|x-goog-api-key|x-functions-key)$/i;
const FLAG = /^--?[\p{L}_]/u;

/** What is a signature if it looks like one. */
const SIGNATURE = /^(?:x-)?(?:[a-z0-9]{1,20}[-_])?(?:signature|hmac)(?:-(?:sha)?256)?$/i;
const DIGEST = /^(?:sha\d{1,3}=|v\d=)?(?=[A-Za-z+/=_.-]{0,40}\d)[A-Za-z0-9+/=_.-]{20,}$/;
const ENCODED_NAME = /[^\t -~]|%[0-9A-Fa-f]|\\[ux]/;

/** The word that makes a property's name promise a secret, the name of its object considered; see `sensitiveWordOf`. */
export function wordUnder(key: string, parent: string): string | undefined {
  const name = withoutMarkers(key);
  const word = sensitiveWordOf(name) ?? (NESTED_OWNERS.has(`${parent}.${name}`.toLowerCase()) ? 'key' : undefined);
  if (word !== undefined) return word;
  if (SIGNATURE.test(name)) return 'signature';
  // As the name reads decoded: full-width letters, look-alikes, escapes.
  const plain = ENCODED_NAME.test(name) ? viewOf(name)?.text : undefined;
  return plain === undefined ? undefined : sensitiveWordOf(plain);
}

/** True for what is no secret though its name promises one. */
export function isHarmless(value: unknown, word: string): boolean {
  switch (typeof value) {
    case 'string':
      if (word === 'signature' && !DIGEST.test(value)) return true;
      return isMarker(value) || isHarmlessValue(value, word);
    case 'number':
      return isCount(word, value) || (word === 'pass' && value >= 0 && value < 1_000);
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
  // Two names are no pair: `['password', 'token']`.
  if (typeof value === 'string' && /^[a-z_]{1,40}$/i.test(value) && sensitiveWordOf(value) !== undefined)
    return undefined;
  if (list.length === 2 || listsHeaders || HEADER_NAMES.test(before)) return sensitiveWordOf(withoutMarkers(before));
  return undefined;
}

/** Lists that are arguments of a command. */
const ARGUMENT_LIST = /^(?:args|argv|arguments|spawnargs|command|cmd)$/i;

/**
 * An argument of a command, redacted as it would be in one line with what stands before it, or undefined where that makes no
 * difference: `-pPASS` of MySQL, `-u user:PASS`, `sshpass -p PASS`.
 */
export function redactArgument(
  list: readonly unknown[],
  value: string,
  before: unknown,
  name: string,
  text: TextRedactor,
): string | undefined {
  const command = typeof list[0] === 'string' && !list[0].startsWith('-') ? list[0] : '';
  const isGlued = /^-[pP](?=\S*\d)(?=\S*[A-Za-z])\S{6,}$/.test(value) && ARGUMENT_LIST.test(name);
  const isBehind = typeof before === 'string' && /^-[a-zA-Z]$/.test(before);
  if (!isGlued && !isBehind) return undefined;
  const context = isGlued ? 'mysql ' : `${command || 'curl'} ${before as string} `;
  if (context.length > 256 || value.length > 4_096) return undefined;
  const line = text.redact(context + value);
  return line.startsWith(context) && line !== context + value ? line.slice(context.length) : undefined;
}
