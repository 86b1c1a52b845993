import { WITHHELD_FAILED } from './pipeline/redact-marker.ts';
import { createPathMatcher } from './pipeline/redact-paths.ts';
import { createTextRedactor, type TextRedactor } from './pipeline/redact-text.ts';
import { createWalker } from './pipeline/redact-walk.ts';

/** What to redact beyond the built-in rules. */
export interface RedactOptions {
  /**
   * Also mask personal data: e-mail addresses, card numbers, IPv4 and IPv6 addresses.
   *
   * @default false
   */
  readonly pii?: boolean | undefined;
  /**
   * Paths to mask in objects, in pino's syntax (`user.email`, `users[*].name`, `headers["x-internal"]`); `**.iban` masks at any
   * depth. At most 256; one that is not valid is ignored.
   *
   * @default []
   */
  readonly paths?: readonly string[] | undefined;
  /**
   * Exact secrets to mask wherever they stand, also percent-encoded, form-encoded, JSON-escaped or in base64. Values shorter than
   * 6 characters are ignored.
   *
   * @default []
   */
  readonly known?: readonly string[] | undefined;
}

/**
 * The input without its secrets: passwords, tokens, keys, cookies and whatever else is recognised by its name, its form or its
 * surroundings stand as `[REDACTED]` or `[REDACTED:kind]`. String in, string out; object in, an object of the same shape out.
 *
 * Pure and synchronous; never throws, never changes its input, and redacting the result again gives the same. Invisible
 * characters and terminal colours are removed from strings on the way. What cannot be read is replaced by
 * `[withheld: redaction failed]`, what is beyond the limits (1 MiB per string; 40 levels, 20,000 values and 4 MiB of text per call) by
 * `[withheld: too large]`.
 *
 * @example
 * ```ts
 * redact('login of ann failed, password=hunter2'); // 'login of ann failed, password=[REDACTED]'
 * redact({ user: 'ann', password: 'hunter2' }); // { user: 'ann', password: '[REDACTED]' }
 * ```
 */
export function redact<T>(input: T, options: RedactOptions = {}): T {
  try {
    const { pii = false, paths = [], known = [] } = options ?? {};
    const hasOptions = pii !== false || paths.length > 0 || known.length > 0;
    const { text, walk } = hasOptions ? compile(pii !== false, paths, known) : builtIn;
    return (typeof input === 'string' ? text.redact(input) : walk(input)) as T;
  } catch {
    // Options that cannot be read: without them nobody knows what was to be masked.
    return WITHHELD_FAILED as T;
  }
}

interface Compiled {
  readonly text: TextRedactor;
  readonly walk: (value: unknown) => unknown;
}

function compile(pii: boolean, paths: readonly string[], known: readonly string[]): Compiled {
  const text = createTextRedactor({ known: [...known], pii });
  return { text, walk: createWalker({ text, paths: createPathMatcher([...paths]), pii }) };
}

const builtIn = compile(false, [], []);
