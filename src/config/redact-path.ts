import { validatePath } from '../pipeline/redact-paths.ts';

/** The longest path. */
export const MAX_PATH_CHARS = 256;

/**
 * True for a path that redaction can follow: as pino's `redact` option takes it (`req.headers.cookie`, `users[*].name`,
 * `*.password`, `a["b-c"].d`), and `**` for any depth (`**.iban`).
 *
 * @see https://github.com/pinojs/pino/blob/main/docs/redaction.md#path-syntax
 */
export function isRedactPath(path: string): boolean {
  return path.length > 0 && path.length <= MAX_PATH_CHARS && validatePath(path) === undefined;
}

/** Splits a comma list, but not at commas inside brackets: `a, b["c,d"]` are two. Blanks around entries are removed. */
export function splitPaths(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']') depth = Math.max(0, depth - 1);
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
