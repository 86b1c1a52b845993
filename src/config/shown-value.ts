/** The longest value that a problem quotes: what was meant to be a word, a number or a duration. */
const MAX_SHOWN_CHARS = 24;
const MAX_SHOWN_WORDS = 3;
const MAX_NAME_WORDS = 2;
/** The longest part of a key or of a path that a problem names. */
const MAX_NAME_CHARS = 64;

/**
 * What was found, in words that can be shown: short and harmless values are quoted, everything that could be a secret (long,
 * random-looking, a URL, an assignment) is only described. Not even a secret's length is told.
 */
export function describeFound(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return LONG_NUMBER.test(String(value)) ? 'a long number' : String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'string') return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const text = value.trim();
  if (text === '') return 'an empty text';
  const harmless = /^[A-Za-z0-9 ,;:.*?@#%<>&(){}[\]!$^_-]+$/.test(text);
  const isShort = text.length <= MAX_SHOWN_CHARS && text.split(/\s+/).length <= MAX_SHOWN_WORDS;
  if (!isShort || !harmless || looksSecret(text) || looksMadeUp(text)) return 'a text that is not shown here';
  return `"${text}"`;
}

/** A path as a problem may show it: parts that could be a secret become `***`. */
export function describePath(path: string): string {
  if (path.includes('://') || path.length > 512) return 'a path that is not shown here';
  return `"${path
    .split(/([\\/])/)
    .map((part) => (/^[\\/]$/.test(part) ? part : showName(part, '***')))
    .join('')}"`;
}

/**
 * A key as a problem may name it: itself, unless it is overlong, holds odd characters, or looks like a secret that was pasted
 * into the wrong place.
 */
export function showName(name: string, masked = '<not shown>'): string {
  if (name.length > MAX_NAME_CHARS || !/^[\w .,@$*~#+:-]*$/.test(name)) return masked;
  // `Application Support`; a passphrase has more words.
  return looksSecret(name) || name.trim().split(/\s+/).length > MAX_NAME_WORDS ? masked : name;
}

/** True for what people make up as a password: letters and digits with other signs between them, or many of both. */
function looksMadeUp(text: string): boolean {
  return text
    .split(/[\s,;]+/)
    .some((word) => /[A-Za-z]/.test(word) && /\d/.test(word) && word.length >= (/[^A-Za-z0-9]/.test(word) ? 8 : 10));
}

/** The code of a failed system call (`ENOENT`). Never the message, which may quote what was read. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

// Those that are met most; all of them are known where a page is redacted, which is too much to load for a command line.
const KNOWN_BEGINNING =
  /(?<![A-Za-z0-9])(?:gh[opsur]_|github_pat_|gl(?:pat|rt|dt|ft|sa)[-_]|xox[a-z]-|xapp-|[sr]k_(?:live|test)_|sk-|whsec_|npm_|AKIA|ASIA|AIza|GOCSPX-|hv[sbr]\.|dop_v1_|eyJ|SG\.)[A-Za-z0-9]/;
/** A piece of letters and digits of this length with two digits is no word, and neither is a longer one without. */
const MIN_MIXED_CHARS = 10;
const MAX_WORD_CHARS = 24;
/** An account, a card, a telephone: no setting is so large. */
const LONG_NUMBER = /\d{10}/;
/** Pieces joined by `-` and `_`, of this length and with three digits. */
const MIN_RUN_CHARS = 20;
const MAX_RUN_CHARS = 64;

/** True when a text holds what a token or a made-up password looks like, or begins like one that is known. */
export function looksSecret(text: string): boolean {
  if (KNOWN_BEGINNING.test(text) || LONG_NUMBER.test(text)) return true;
  return (
    text.split(/[^A-Za-z0-9]+/).some((piece) => piece.length > MAX_WORD_CHARS || isMixed(piece, MIN_MIXED_CHARS, 2)) ||
    text.split(/[^A-Za-z0-9_-]+/).some((run) => run.length > MAX_RUN_CHARS || isMixed(run, MIN_RUN_CHARS, 3))
  );
}

function isMixed(run: string, minChars: number, minDigits: number): boolean {
  return run.length >= minChars && /[A-Za-z]/.test(run) && run.replaceAll(/\D/g, '').length >= minDigits;
}
