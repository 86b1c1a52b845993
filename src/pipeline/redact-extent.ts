import { isAlnum, isQuoteCode, isSpace } from './redact-chars.ts';

/** Where a value stands: `text[start, end)`. */
export interface Value {
  readonly start: number;
  readonly end: number;
  /** Quote to put around a marker that replaces a number or a list; see `Span.wrap`. */
  readonly wrap: string;
}

/** What is known of the name in front of a value. */
export interface NameContext {
  /** The word that makes the name sensitive; `cookie` and `authorization` have values of their own form. */
  readonly word: string;
  /** Where the name begins. */
  readonly start: number;
  /** The quote around the name, backslashes included, or ''. */
  readonly quote: string;
  /** What stands between name and value. `=` and `>` never begin a sentence, `:` and a flag's blank may. */
  readonly delimiter: ':' | '=' | '>' | ' ';
}

const AMPERSAND = 38;
/** The code of `\\`. */
export const BACKSLASH = 92;

/** How a shell writes a single quote between single quotes. */
const SHELL_QUOTE = "'\\''";
const OTHER_SHELL_QUOTE = `'"'"'`;

/** A quoted value: its inside, and where reading goes on. */
export interface Quoted {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly quote: string;
}

/**
 * The quoted text that begins at `at`, or undefined. Quotes may be escaped (JSON inside JSON): the closing one has as many
 * backslashes as the opening one, and whatever has more belongs to the text. Doubled (CSV) and tripled (Python) quotes count. A
 * text that was cut before its closing quote ends with the line.
 */
export function quotedAt(text: string, at: number): Quoted | undefined {
  let open = at;
  while (text.charCodeAt(open) === BACKSLASH) open++;
  const level = open - at;
  const code = text.charCodeAt(open);
  if (!isQuoteCode(code)) return undefined;
  let count = 1;
  while (level === 0 && count < 3 && text.charCodeAt(open + count) === code) count++;
  if (count === 2 && !isAlnum(text.charCodeAt(open + 2))) {
    return { start: open + 1, end: open + 1, next: open + 2, quote: text.charAt(open) };
  }
  const start = open + count;
  const quote = text.slice(at, start);
  if (code === 39 && text.startsWith(SHELL_QUOTE, at)) {
    // A quoted text inside a quoted argument.
    const close = text.indexOf(SHELL_QUOTE, at + SHELL_QUOTE.length);
    if (close > 0) return { start: at + SHELL_QUOTE.length, end: close, next: close + SHELL_QUOTE.length, quote };
  }
  for (let i = start; i < text.length; i++) {
    const current = text.charCodeAt(i);
    if (current === 10 && count < 3) return { start, end: i, next: i, quote };
    let run = i;
    while (text.charCodeAt(run) === BACKSLASH) run++;
    const backslashes = run - i;
    if (text.charCodeAt(run) !== code) {
      i = Math.max(i, run - 1);
      continue;
    }
    if (backslashes < level) return { start, end: i, next: run + 1, quote };
    if (backslashes % (2 * (level + 1)) === level) {
      let closing = 1;
      while (level === 0 && closing < count && text.charCodeAt(run + closing) === code) closing++;
      // SQL and CSV write a quote inside quotes twice.
      if (code === 39 && (text.startsWith(SHELL_QUOTE, run) || text.startsWith(OTHER_SHELL_QUOTE, run))) {
        i = run + (text.startsWith(SHELL_QUOTE, run) ? SHELL_QUOTE : OTHER_SHELL_QUOTE).length - 1;
        continue;
      }
      const doubled = count === 1 && level === 0 && text.charCodeAt(run + 1) === code;
      if (closing === count && !doubled) return { start, end: run - level, next: run + count, quote };
      i = run + (doubled ? 1 : closing - 1);
    } else {
      i = run;
    }
  }
  return { start, end: text.length, next: text.length, quote };
}

/** The end of the run of backslashes at `at`. */
export function backslashes(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === BACKSLASH) i++;
  return i;
}

// What follows a separator when the next pair begins: `,host=`, `&user[name]=`, `; User Id=`, `&amp;x=`, `,"port":`.
const NEXT_PAIR =
  /(?:amp;)?\s{0,4}\\{0,3}["']?[A-Za-z_][\w.-]{0,40}(?:\[[\w.-]{0,40}\])?(?: [\w.-]{1,20}){0,2}\\{0,3}["']?\s{0,2}[=:]/y;

/**
 * The end of an unquoted value. Separators end it only where something follows that cannot belong to it: passwords hold commas,
 * ampersands and brackets, and a little too much taken is better than a tail left. `separator` is what the pairs of this list are
 * known to be separated by, if that is known.
 */
export function bareEnd(text: string, at: number, separator = ''): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) return i;
    switch (code) {
      case 34:
      case 39:
      case 96:
        if (endsHere(text, i + 1, separator)) return i;
        break;
      case BACKSLASH: {
        const run = backslashes(text, i);
        const next = text.charCodeAt(run);
        if (isQuoteCode(next) || next === 110 || next === 114 || next === 116) return i;
        i = run - 1;
        break;
      }
      case AMPERSAND:
      case 44:
      case 59:
      case 124:
        if (endsHere(text, i + 1, separator, separator === '' || text[i] === separator)) return i;
        break;
      case 60:
        if (beginsTag(text, i)) return i;
        break;
      case 62:
        if (endsHere(text, i + 1, separator)) return i;
        break;
      case 40:
      case 91:
      case 123:
        depth++;
        break;
      case 41:
      case 93:
      case 125:
        if (depth > 0) depth--;
        else if (endsHere(text, i + 1, separator)) return i;
        break;
    }
  }
}

/** Several closers in a row still end with what cannot belong to a value. */
const MAX_CLOSERS = 8;
const CLOSERS = ',;.:)]}>|&';

/** True where, after closing marks, a blank, a quote, a tag, a line end that is written out, or the next pair follows. */
function endsHere(text: string, at: number, separator = '', afterSeparator = false): boolean {
  let i = at;
  let separated = afterSeparator;
  for (; i - at < MAX_CLOSERS && i < text.length; i++) {
    const mark = text.charAt(i);
    if (!CLOSERS.includes(mark)) break;
    separated ||= separator === '' ? ',;&|'.includes(mark) : mark === separator;
  }
  const code = text.charCodeAt(i);
  if (isSpace(code) || isQuoteCode(code)) return true;
  if (code === BACKSLASH) {
    const next = text.charCodeAt(backslashes(text, i));
    return isQuoteCode(next) || next === 110 || next === 114;
  }
  if (code === 60) return beginsTag(text, i);
  if (!separated) return false;
  NEXT_PAIR.lastIndex = i;
  return NEXT_PAIR.test(text);
}

/** A tag that closes, a comment, a line break: an opening one would look like `<b2>` in a password. */
const TAG = /<(?:\/[A-Za-z_][\w:.-]{0,80}\s?>|!(?:--|\[)|br\s?\/?>)/y;

function beginsTag(text: string, at: number): boolean {
  TAG.lastIndex = at;
  return TAG.test(text);
}
