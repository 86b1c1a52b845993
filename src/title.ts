import type { Alert } from './alert.ts';

/** The longest text that {@link titleOf} returns, in UTF-16 units. */
export const MAX_TITLE_CHARS = 1_024;

/** What stands where an alert says nothing at all. */
export const NO_MESSAGE = '(no message)';

/** The parts of an alert that its title is made from. */
export type TitleSource = Pick<Alert, 'title' | 'message' | 'error' | 'origin' | 'dedupKey'>;

/**
 * What broke, in one line: `pager.title`, else `Type: message` of the error, else the message, else the event name, else
 * the deduplication key (a resolve seldom says more), else `(no message)`. Of a text of several lines it is the first that is not blank; blanks and tabs become one blank. Never empty, at
 * most {@link MAX_TITLE_CHARS} UTF-16 units (then it ends in `…`). Pure; markdown and mentions are left as they are.
 */
export function titleOf(alert: TitleSource): string {
  return (
    oneLine(alert.title) ||
    errorTitle(alert.error) ||
    oneLine(alert.message) ||
    oneLine(alert.origin.event) ||
    oneLine(alert.dedupKey) ||
    NO_MESSAGE
  );
}

function errorTitle(error: Alert['error']): string {
  if (error === undefined) return '';
  const type = oneLine(error.type);
  const message = oneLine(error.message);
  if (type === '' || message === '') return type || message;
  // Some runtimes put the type into the message already.
  return message.startsWith(`${type}:`) ? message : shorten(`${type}: ${message}`);
}

const BLANKS = /[\s\u0085]+/g;

function oneLine(text: string | undefined): string {
  if (text === undefined) return '';
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // A line of a megabyte is not read to its end for a title; twice the limit leaves room for runs of blanks.
    const line = text
      .slice(start, Math.min(end, start + 2 * MAX_TITLE_CHARS))
      .replace(BLANKS, ' ')
      .trim();
    if (line !== '') return shorten(line, end - start > 2 * MAX_TITLE_CHARS);
    start = end + 1;
  }
  return '';
}

const MARKER_HEAD = '[REDACTED';
/** Longer than any `[REDACTED:kind]`. */
const MARKER_WINDOW = 64;

function shorten(line: string, isPart = false): string {
  if (line.length <= MAX_TITLE_CHARS && !isPart) return line;
  let end = Math.min(line.length, MAX_TITLE_CHARS - 1);
  const last = line.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  const marker = line.lastIndexOf(MARKER_HEAD, end - 1);
  if (marker >= 0 && marker > end - MARKER_WINDOW && line.indexOf(']', marker) >= end) end = marker;
  return `${line.slice(0, end).trimEnd()}…`;
}
