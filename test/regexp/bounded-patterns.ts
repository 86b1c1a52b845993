// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source texts are listed here
/** A pattern whose time can grow faster than the text, which is of no account because the text is short. */
export interface BoundedPattern {
  /** In `src/`. */
  readonly file: string;
  readonly pattern: RegExp;
  /** The longest text that it is ever given, in characters. */
  readonly maxChars: number;
  /** Where that bound is. */
  readonly because: string;
}

/** Every pattern of `src/` that is not proven to take time linear in any text. */
export const BOUNDED_PATTERNS: readonly BoundedPattern[] = [
  {
    file: 'config/config-reference.ts',
    pattern: /\s*\n\s*/g,
    maxChars: 1_000,
    because: 'Descriptions of settings, which are in this package, when the documentation is written.',
  },
  {
    file: 'config/value-types.ts',
    pattern: /^\/.+\/[a-z]*$|^\^|\{[^{}]*,[^{}]*\}/,
    maxChars: 256,
    because: 'Globs of a configuration: MAX_GLOB_CHARS.',
  },
  {
    file: 'pipeline/normalise-host.ts',
    pattern: /[-_]?\d[\d_-]*$/,
    maxChars: 63,
    because: 'The first label of a host name, of which the patterns of hosts take no more.',
  },
  {
    file: 'pipeline/redact-assignments.ts',
    pattern: /(?:^|[^A-Za-z0-9])arn:[\w:/*-]*$/,
    maxChars: 120,
    because: 'The 120 characters before a name.',
  },
  {
    file: 'pipeline/redact-known.ts',
    pattern: /=+$/,
    maxChars: 2,
    because: 'The padding of base64, which is two characters at most.',
  },
  {
    file: 'pipeline/redact-pem.ts',
    pattern: /(BEGIN|END) [A-Z0-9 ]*$/,
    maxChars: 48,
    because: 'What stands before the label of a key: MAX_LABEL_CHARS.',
  },
  {
    file: 'pipeline/sensitive-keys.ts',
    pattern: /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+/gu,
    maxChars: 256,
    because: 'Names: MAX_NAME_CHARS. And one step back makes the look ahead true.',
  },
  {
    file: 'pipeline/sensitive-keys.ts',
    pattern: /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g,
    maxChars: 256,
    because: 'The same for names in ASCII.',
  },
];

/** Files that put patterns together from parts, how many of them, and of what. */
export const COMPOSING_FILES: readonly (readonly [file: string, patterns: number, because: string])[] = [
  ['pipeline/normalise-host.ts', 2, 'Of constants of the file.'],
  ['pipeline/normalise-message.ts', 1, 'Of constants of the file.'],
  ['pipeline/normalise-quoted.ts', 3, 'Of constants of the file and of words of normalise-lexicon.ts.'],
  ['pipeline/normalise-tokens.ts', 1, 'Of constants of the file.'],
  ['pipeline/redact-invisible.ts', 2, 'Of constants of the file.'],
  ['pipeline/redact-named.ts', 2, 'Of the stems of sensitive-keys.ts.'],
  ['pipeline/sensitive-keys.ts', 1, 'Of constants of the file.'],
];

/** Patterns that are made while the package runs, and why that does no harm. */
export const MADE_LATER: readonly (readonly [file: string, code: string, because: string])[] = [
  [
    'pipeline/own-detector.ts',
    "new RegExp(source, `${given.replaceAll(/[dgy]/g, '')}g`)",
    'A pattern of the operator, which is tried out, timed and stopped.',
  ],
  ['pipeline/own-detector.ts', 'new RegExp(pattern)', 'A copy, of which source and flags are read.'],
  [
    'pipeline/redact-walk.ts',
    'new RegExp(source.source, source.flags)',
    'The copy of a RegExp that somebody logs; nobody runs it here.',
  ],
];
