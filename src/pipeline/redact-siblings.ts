import { withoutMarkers } from './redact-marker.ts';
import { unboxed } from './redact-names.ts';
import type { TextRedactor } from './redact-text.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/**
 * What the other properties of an object say of one: `{ name: 'password', value }`, a validator's `{ path: 'password', value }`, the
 * data of a Kubernetes Secret, the private members of a JSON Web Key, the parameters of a query with a sensitive column, the arguments
 * of a command that logs in.
 */
export type Siblings = (key: string) => string | undefined;

/** What names the other half. */
const NAMES: readonly string[] =
  'name key header field k id label type path param property instancePath loc ParameterKey variable column attribute Name Key Path'.split(
    ' ',
  );
/** The other half. */
const VALUES: ReadonlySet<string> = new Set(
  'value values val v content input data received ParameterValue originalValue rejectedValue stringValue Value'.split(
    ' ',
  ),
);
const WEB_KEY_MEMBERS: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);
const QUERIES: readonly string[] = ['sql', 'query', 'text', 'queryString'];
const PARAMETERS: ReadonlySet<string> = new Set([
  'bindings',
  'parameters',
  'params',
  'values',
  'args',
  'bind',
  'replacements',
]);
const SQL =
  /^\s{0,40}(?:\/\*[^*]{0,200}\*\/\s{0,8})?(?:insert|update|select|delete|merge|replace|call|alter|create)\b/i;
const COLUMN = /[\w"`[\].$]{2,64}/g;
/** Of a query so much is looked at. */
const MAX_QUERY_CHARS = 4_096;

/** Says nothing of any key. */
const SILENT: Siblings = () => undefined;

/** Reads once what an object says of its own properties. Runs getters, and stands what they throw. */
export function siblingsOf(source: object, text: TextRedactor): Siblings {
  const read = (key: string): unknown => {
    if (!Object.hasOwn(source, key)) return undefined;
    try {
      return unboxed((source as Record<string, unknown>)[key]);
    } catch {
      return undefined;
    }
  };
  const says: Siblings[] = [];
  const pair = pairWordOf(read, text);
  if (pair !== undefined) says.push((key) => (VALUES.has(key) ? pair : undefined));
  if (read('kind') === 'Secret') says.push((key) => (key === 'data' || key === 'stringData' ? 'secret' : undefined));
  if (typeof read('kty') === 'string') says.push((key) => (WEB_KEY_MEMBERS.has(key) ? 'key' : undefined));
  if (/^(?:auth|hello)$/i.test(String(read('name')))) says.push((key) => (key === 'args' ? 'auth' : undefined));
  if (QUERIES.some((key) => hasSensitiveColumn(read(key)))) {
    says.push((key) => (PARAMETERS.has(key) ? 'password' : undefined));
  }
  if (says.length === 0) return SILENT;
  return (key) => {
    for (const say of says) {
      const word = say(key);
      if (word !== undefined) return word;
    }
    return undefined;
  };
}

function pairWordOf(read: (key: string) => unknown, text: TextRedactor): string | undefined {
  for (const key of NAMES) {
    const found = read(key);
    // `loc: ['body', 'password']`
    const named: unknown = Array.isArray(found) ? (found as unknown[])[found.length - 1] : found;
    if (typeof named !== 'string' || named.length > 256) continue;
    const name = named.slice(named.lastIndexOf('/') + 1);
    const word = sensitiveWordOf(withoutMarkers(text.redact(name)));
    if (word !== undefined) return word;
  }
  return undefined;
}

function hasSensitiveColumn(query: unknown): boolean {
  if (typeof query !== 'string' || !SQL.test(query)) return false;
  const columns = query.slice(0, MAX_QUERY_CHARS).match(COLUMN) ?? [];
  return columns.some((column) => sensitiveWordOf(column.replace(/["`[\]$]/g, '')) !== undefined);
}
