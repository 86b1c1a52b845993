const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

/**
 * The source of a pattern that matches any of the literals, the longest one where several fit. Shared beginnings are written once:
 * V8 then gives a position up after one or two characters, whatever the number of literals. Alternatives differ in their first
 * character at every level, so nothing is tried twice.
 */
export function anyOf(literals: readonly string[]): string {
  const rest = new Map<string, string[]>();
  let ends = false;
  for (const literal of literals) {
    const first = literal.charAt(0);
    if (first === '') {
      ends = true;
      continue;
    }
    const behind = rest.get(first);
    if (behind === undefined) rest.set(first, [literal.slice(1)]);
    else behind.push(literal.slice(1));
  }
  if (rest.size === 0) return '';
  const parts = [...rest].map(([first, behind]) => first.replace(SPECIAL, '\\$&') + anyOf(behind));
  const one = parts.length === 1 && !ends ? (parts[0] as string) : `(?:${parts.join('|')})`;
  return ends ? `${one}?` : one;
}
