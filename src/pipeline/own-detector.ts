import { types } from 'node:util';
import { ALPHABETS, type Alphabet, type AlphabetName, alphabet } from './redact-chars.ts';
import { stripInvisible } from './redact-invisible.ts';

/**
 * A detector of one's own for a secret with a literal beginning, which is the form to prefer: it cannot be slow. A match begins
 * where a token may begin (not after a letter or digit), is the prefix in exactly this case, then at least `minLength` characters
 * of the alphabet, then everything that still belongs to the token.
 */
export interface PrefixDetector {
  /** Shown in the marker, `[REDACTED:<name>]`: lower-case letters, digits and dashes, at most 40. */
  readonly name: string;
  /** 2 to 64 characters. */
  readonly prefix: string;
  /**
   * The characters behind the prefix: `hex`, `digits`, `upper` (capitals and digits), `alnum`, `word` (with `_`), `dash` (with `_`
   * and `-`), `dotted` (with `.` too), `base64`, `crypt`; or the characters themselves, at least ten, each once.
   *
   * @default 'dash'
   */
  readonly alphabet?: AlphabetName | (string & {}) | undefined;
  /** Characters needed behind the prefix, 6 to 512. @default 12 */
  readonly minLength?: number | undefined;
}

/**
 * A detector of one's own by regular expression. It is tried out before it is used, and timed whenever it is; one that takes too
 * long is dropped, and what it would have looked at is withheld from then on.
 */
export interface PatternDetector {
  /** Shown in the marker, `[REDACTED:<name>]`: lower-case letters, digits and dashes, at most 40. */
  readonly name: string;
  /** What is matched is masked, wherever it stands: `g` and `y` make no difference. A text is the source, without slashes. */
  readonly pattern: RegExp | string;
  /** Of a pattern that is a text: `i`, `m`, `s`, `u`, `v`. */
  readonly flags?: string | undefined;
}

/** What an operator adds to the built-in rules. */
export type RedactDetector = PrefixDetector | PatternDetector;

/** A detector that was read and can be used. */
export type CheckedDetector =
  | {
      readonly kind: 'prefix';
      readonly name: string;
      readonly prefix: string;
      readonly body: Alphabet;
      readonly minLength: number;
    }
  /** `pattern` is a copy of our own, global and not sticky. */
  | { readonly kind: 'pattern'; readonly name: string; readonly pattern: RegExp };

/** Why an entry is no detector; nothing of the entry is quoted. */
export interface DetectorFault {
  /** `.prefix`, or nothing for the whole entry. */
  readonly at: string;
  readonly found: string;
  readonly expected: string;
}

export type DetectorReading =
  | { readonly ok: true; readonly detector: CheckedDetector }
  | { readonly ok: false; readonly fault: DetectorFault };

/** The most detectors. */
export const MAX_DETECTORS = 64;
/** What a detector may consist of. */
export const DETECTOR_KEYS: readonly string[] = ['name', 'prefix', 'alphabet', 'minLength', 'pattern', 'flags'];

const MAX_NAME_CHARS = 40;
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MIN_PREFIX_CHARS = 2;
const MAX_PREFIX_CHARS = 64;
const MIN_BODY_CHARS = 6;
const MAX_BODY_CHARS = 512;
const DEFAULT_BODY_CHARS = 12;
const MAX_PATTERN_CHARS = 2_000;
/** A misspelt name of an alphabet must not be taken for a set of characters. */
const MIN_SET_CHARS = 10;

class Fault extends Error {
  readonly fault: DetectorFault;

  constructor(at: string, found: string, expected: string) {
    super(found);
    this.fault = { at, found, expected };
  }
}

/** Reads an entry of a list of detectors, whatever it is. Never throws. Whether a pattern is too slow, this does not say. */
export function readDetector(entry: unknown): DetectorReading {
  try {
    return { ok: true, detector: read(entry) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.fault };
    return { ok: false, fault: { at: '', found: 'something that cannot be read', expected: ENTRY } };
  }
}

const ENTRY = '{ name, prefix, alphabet?, minLength? } or { name, pattern, flags? }';

function read(entry: unknown): CheckedDetector {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Fault('', entry === undefined || entry === null ? 'nothing' : 'no object', ENTRY);
  }
  const { name, prefix, alphabet: set, minLength, pattern, flags } = entry as Readonly<Record<string, unknown>>;
  const label = readName(name);
  if (isSet(prefix) === isSet(pattern)) {
    throw new Fault('', isSet(prefix) ? 'a prefix and a pattern' : 'neither a prefix nor a pattern', ENTRY);
  }
  if (isSet(pattern)) {
    for (const [key, value] of Object.entries({ alphabet: set, minLength })) {
      if (isSet(value)) throw new Fault(`.${key}`, `${key} beside a pattern`, ENTRY);
    }
    return { kind: 'pattern', name: label, pattern: readPattern(pattern, flags) };
  }
  if (isSet(flags)) throw new Fault('.flags', 'flags beside a prefix', ENTRY);
  return {
    kind: 'prefix',
    name: label,
    prefix: readPrefix(prefix),
    body: readAlphabet(set),
    minLength: readMinLength(minLength),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function readName(name: unknown): string {
  if (typeof name === 'string' && name.length <= MAX_NAME_CHARS && NAME.test(name)) return name;
  const found =
    name === undefined ? 'nothing' : typeof name === 'string' ? 'a text that is no such name' : `a ${typeof name}`;
  throw new Fault('.name', found, `lower-case letters, digits and dashes, at most ${MAX_NAME_CHARS} characters`);
}

function readPrefix(prefix: unknown): string {
  const isUsable =
    typeof prefix === 'string' &&
    prefix.length >= MIN_PREFIX_CHARS &&
    prefix.length <= MAX_PREFIX_CHARS &&
    prefix.trim() === prefix &&
    !/[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(prefix) &&
    // What is removed from every text before it is looked at would never be found.
    stripInvisible(prefix) === prefix;
  if (isUsable) return prefix;
  const found = typeof prefix === 'string' ? 'a text that is no such prefix' : `a ${typeof prefix}`;
  throw new Fault(
    '.prefix',
    found,
    `${MIN_PREFIX_CHARS} to ${MAX_PREFIX_CHARS} visible characters, no blanks around them`,
  );
}

function readAlphabet(set: unknown): Alphabet {
  if (!isSet(set)) return ALPHABETS.dash;
  if (typeof set === 'string') {
    if (Object.hasOwn(ALPHABETS, set)) return ALPHABETS[set as AlphabetName];
    const characters = new Set(set);
    if (characters.size >= MIN_SET_CHARS && characters.size === set.length && /^[!-~]+$/.test(set)) {
      return alphabet(set);
    }
  }
  throw new Fault(
    '.alphabet',
    typeof set === 'string' ? 'a text that is neither' : `a ${typeof set}`,
    `one of ${Object.keys(ALPHABETS).join(', ')}, or the characters themselves: at least ${MIN_SET_CHARS}, each once, ASCII without blanks`,
  );
}

function readMinLength(minLength: unknown): number {
  if (!isSet(minLength)) return DEFAULT_BODY_CHARS;
  if (Number.isInteger(minLength) && (minLength as number) >= MIN_BODY_CHARS) {
    if ((minLength as number) <= MAX_BODY_CHARS) return minLength as number;
  }
  const found = typeof minLength === 'number' ? String(minLength) : `a ${typeof minLength}`;
  throw new Fault('.minLength', found, `a whole number from ${MIN_BODY_CHARS} to ${MAX_BODY_CHARS}`);
}

const PATTERN = `a RegExp, or the source text of one, at most ${MAX_PATTERN_CHARS} characters`;

function readPattern(pattern: unknown, flags: unknown): RegExp {
  const { source, flags: given } = sourceOf(pattern, flags);
  if (source.length > MAX_PATTERN_CHARS) throw new Fault('.pattern', 'a pattern that is far too long', PATTERN);
  let own: RegExp;
  try {
    own = new RegExp(source, `${given.replaceAll(/[dgy]/g, '')}g`);
  } catch {
    // The engine's message quotes the pattern.
    throw new Fault('.pattern', 'a text that is no regular expression', PATTERN);
  }
  if (own.exec('') !== null) {
    throw new Fault('.pattern', 'a pattern that matches the empty text', 'a pattern that needs at least one character');
  }
  return own;
}

function sourceOf(pattern: unknown, flags: unknown): { readonly source: string; readonly flags: string } {
  if (types.isRegExp(pattern)) {
    if (isSet(flags)) throw new Fault('.flags', 'flags beside a RegExp', 'the flags in the RegExp itself');
    // Made from what it is inside, whatever somebody has put over its properties.
    const own = new RegExp(pattern);
    return { source: own.source, flags: own.flags };
  }
  if (typeof pattern !== 'string' || pattern === '') throw new Fault('.pattern', `a ${typeof pattern}`, PATTERN);
  if (/^\/.+\/[a-z]*$/s.test(pattern)) {
    throw new Fault('.pattern', 'a pattern between slashes', 'the source alone, and flags under flags');
  }
  if (!isSet(flags)) return { source: pattern, flags: '' };
  if (typeof flags !== 'string' || !/^[dgimsuvy]*$/.test(flags) || new Set(flags).size !== flags.length) {
    throw new Fault('.flags', typeof flags === 'string' ? 'other flags' : `a ${typeof flags}`, 'flags out of imsuv');
  }
  return { source: pattern, flags };
}
