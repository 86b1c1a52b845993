/**
 * Compiles a glob (`*` any run of characters, `?` one character, everything else itself, case ignored) into a test of a whole
 * string. Linear in the text: the pattern is matched greedily with one backtrack point, never by a regular expression.
 */
export function compileGlob(glob: string): (text: string) => boolean {
  const pattern = glob.toLowerCase();
  if (!/[*?]/.test(pattern)) return (text) => text.toLowerCase() === pattern;
  return (text) => globMatches(pattern, text.toLowerCase());
}

function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
