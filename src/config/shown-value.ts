/** The longest value that a problem quotes. */
const MAX_SHOWN_CHARS = 40;
/** The longest part of a key or of a path that a problem names. */
const MAX_NAME_CHARS = 64;

/**
 * What was found, in words that can be shown: short and harmless values are quoted, everything that could be a secret (long,
 * random-looking, a URL, an assignment) is only described. Not even a secret's length is told.
 */
export function describeFound(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'string') return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const text = value.trim();
  if (text === '') return 'an empty text';
  const harmless = /^[A-Za-z0-9 ,;:.*?@#%<>&(){}[\]!$^_-]+$/.test(text);
  if (text.length > MAX_SHOWN_CHARS || !harmless || looksRandom(text, 16, 24)) return 'a text that is not shown here';
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
  return looksRandom(name, 24, MAX_NAME_CHARS) ? masked : name;
}

/** The code of a failed system call (`ENOENT`). Never the message, which may quote what was read. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

/**
 * True when some unbroken run of letters and digits is longer than `maxChars`, or has at least `minChars` characters and mixes
 * letters with three or more digits, as tokens do.
 */
function looksRandom(text: string, minChars: number, maxChars: number): boolean {
  return text.split(/[^A-Za-z0-9_-]+/).some((run) => {
    if (run.length < minChars || !/[A-Za-z]/.test(run)) return false;
    return run.length > maxChars || run.replaceAll(/\D/g, '').length >= 3;
  });
}
