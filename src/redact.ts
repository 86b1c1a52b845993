import { ownDetectorsOf } from './pipeline/kept-detectors.ts';
import type { RedactDetector } from './pipeline/own-detector.ts';
import type { OwnDetectors } from './pipeline/own-detectors.ts';
import { WITHHELD_FAILED } from './pipeline/redact-marker.ts';
import { createPathMatcher } from './pipeline/redact-paths.ts';
import { createTextRedactor, type TextRedactor } from './pipeline/redact-text.ts';
import { createWalker } from './pipeline/redact-walk.ts';

export type { PatternDetector, PrefixDetector, RedactDetector } from './pipeline/own-detector.ts';

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
  /**
   * Detectors of your own: by prefix (`{ name: 'acme-key', prefix: 'acme_' }`), or by pattern (`{ name: 'customer', pattern:
   * /C-\d{8}/ }`); masked as `[REDACTED:acme-key]`, in the digits of numbers too. At most 64.
   *
   * Where one of them cannot be used (it is wrong, matches the empty text, or its pattern takes too long, which is tried out the
   * first time and timed from then on), every text of the input is withheld: nobody knows what it was to mask.
   *
   * @default []
   */
  readonly detectors?: readonly RedactDetector[] | undefined;
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
    const { pii = false, paths = [], known = [], detectors } = options ?? {};
    const own = ownDetectorsOf(detectors ?? []);
    const hasOptions = pii !== false || paths.length > 0 || known.length > 0 || own !== undefined;
    const { text, walk } = hasOptions ? compile(pii !== false, paths, known, own) : builtIn;
    const redacted = (): unknown => (typeof input === 'string' ? text.redact(input) : walk(input));
    return (own === undefined ? redacted() : own.guard(redacted)) as T;
  } catch {
    // Options that cannot be read: without them nobody knows what was to be masked.
    return WITHHELD_FAILED as T;
  }
}

interface Compiled {
  readonly text: TextRedactor;
  readonly walk: (value: unknown) => unknown;
}

function compile(
  pii: boolean,
  paths: readonly string[],
  known: readonly string[],
  own: OwnDetectors | undefined,
): Compiled {
  const text = createTextRedactor({ known: [...known], pii, own });
  return { text, walk: createWalker({ text, paths: createPathMatcher([...paths]), pii }) };
}

const builtIn = compile(false, [], [], undefined);
