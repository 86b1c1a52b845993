/** Stands where a secret was. Constant: never a hash, a length or a piece of the secret, all of which can be guessed back. */
export const MARKER = '[REDACTED]';

/** Stands for a text that could not be redacted. The reason is fixed: the message of what was thrown may quote the secret. */
export const WITHHELD_FAILED = '[withheld: redaction failed]';
/** Stands for what lies beyond the limits of the walk or of one text. */
export const WITHHELD_TOO_LARGE = '[withheld: too large]';
/** Stands for an outgoing string in which the second gate still found a secret. */
export const WITHHELD_SECRET = '[withheld: possible secret]';

/**
 * One character that stands in for every character of a marker while the rules look at a text, so that a marker is out of
 * their reach and a second pass changes nothing. A control character (SUBSTITUTE): no rule's alphabet has it, and it is removed
 * from every text beforehand.
 */
export const FILLER = '\x1a';
const FILLER_CODE = 0x1a;

/** The marker with its kind, `[REDACTED:jwt]`; without a kind the plain {@link MARKER}. */
export function markerOf(kind: string | undefined): string {
  return kind === undefined ? MARKER : `[REDACTED:${kind}]`;
}

// A marker inside a URL object comes back percent-encoded.
const MARKERS =
  /(?:\[|%5[Bb])REDACTED(?:(?::|%3[Aa])([a-z0-9-]{1,40}))?(?:\]|%5[Dd])|\[withheld: (?:redaction failed|too large|possible secret)\]/g;

/**
 * The text with every marker overwritten by {@link FILLER}, of the same length. Only markers of known kinds count: a text must
 * not be able to protect `[REDACTED:hunter2]` by writing it that way.
 */
export function coverMarkers(text: string, kinds: ReadonlySet<string>): string {
  if (!text.includes('REDACTED') && !text.includes('[withheld: ')) return text;
  return text.replace(MARKERS, (marker: string, kind: string | undefined) =>
    kind === undefined || kinds.has(kind) ? FILLER.repeat(marker.length) : marker,
  );
}

/** What markers begin with, the second one in a URL. */
export const MARKER_LITERALS = ['[REDACTED', 'BREDACTED', '[withheld'] as const;

/** The text with something else in the place of every marker, of whatever kind. */
export function replaceMarkers(text: string, by: string): string {
  return text.includes('REDACTED') || text.includes('[withheld: ') ? text.replace(MARKERS, by) : text;
}

/** True when `text[start, end)` is nothing but covered markers, and punctuation around them. */
export function isCovered(text: string, start: number, end: number): boolean {
  let covered = false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === FILLER_CODE) covered = true;
    else if (code > 127 || !PUNCTUATION.includes(text[i] as string)) return false;
  }
  return covered;
}

const PUNCTUATION = ' \t.,;:)]}>"\'`\\|&';

/** The key without the markers in it: `[REDACTED:github-token]` must not be taken for a key that ends in `token`. */
export function withoutMarkers(key: string): string {
  return key.includes('REDACTED') ? key.replace(MARKERS, '') : key;
}
