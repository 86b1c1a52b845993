/** Where a pattern matches: begin and end, in turn. */
export type Matches = readonly number[];

/** More matches than this in one text, and the text is nothing but matches. */
export const MAX_MATCHES = 5_000;

/** Thrown when a pattern matches more often than {@link MAX_MATCHES}. */
export class TooManyMatches extends Error {}

/**
 * Every match of a global pattern; those that touch are one, empty ones are none.
 *
 * @throws {TooManyMatches}
 */
export function matchesOf(pattern: RegExp, text: string, maxMatches: number = MAX_MATCHES): Matches {
  const found: number[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const end = match.index + match[0].length;
    if (end === match.index) {
      // Over a whole character: a pattern with the flag u would step back to where it was.
      pattern.lastIndex = end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
      continue;
    }
    if (found.length > 0 && found[found.length - 1] === match.index) found[found.length - 1] = end;
    else if (found.length < 2 * maxMatches) found.push(match.index, end);
    else throw new TooManyMatches();
  }
  return found;
}
