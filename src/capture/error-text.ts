/** What the text of a stack tells. Strings are slices of it: nothing is copied. */
export interface StackText {
  /** Class name at the start of the first line (`TypeError` of `TypeError [ERR_X]: …`). */
  readonly type: string | undefined;
  /** The code that Node puts in brackets behind the class name. */
  readonly code: string | undefined;
  /** What follows the class name up to the first frame; undefined where the stack does not begin with a class name. */
  readonly message: string | undefined;
  /** The error's own stack, without its causes. */
  readonly own: string;
  /** From the first to the last own frame: the same whatever class name or message a source puts before it. `''` without frames. */
  readonly frames: string;
  /** The stacks of the causes, the nearest first, with the marks between them. `''` where there are none. */
  readonly causes: string;
}

const FIRST_FRAME = '\n    at ';
/** Longest start of a stack that is searched for a class name. */
const MAX_HEAD_CHARS = 512;

// A class name, perhaps Node's code in brackets, then a colon or the end of the line. Every part ends where the next one begins.
const HEAD = /^(?:Uncaught )?([A-Za-z_$][\w$.]{0,199})(?: \[([^\]\n]{1,128})\])?(: ?|(?=\n)|$)/;

/** A stack longer than this is not kept. */
const MAX_KEPT_CHARS = 16_384;
let lastStack = '';
let lastText: StackText = takeApart('');

/**
 * Takes a printed stack apart. Causes are recognised as pino (`caused by: `), bunyan and the JVM (`Caused by: `) and Node's inspect
 * (`[cause]: `) print them. Never throws; linear in the text.
 */
export function parseStackText(stack: string): StackText {
  // In a storm it is the same one over and over.
  if (stack === lastStack) return lastText;
  const text = takeApart(stack);
  if (stack.length <= MAX_KEPT_CHARS) {
    lastStack = stack;
    lastText = text;
  }
  return text;
}

function takeApart(stack: string): StackText {
  const firstFrame = stack.indexOf(FIRST_FRAME);
  const mark = findCause(stack, Math.max(0, firstFrame));
  const isInspected = mark !== undefined && stack.startsWith('[cause]', mark.start);
  let own = mark === undefined ? stack : stack.slice(0, mark.lineStart);
  // Inspect puts the error's own properties in braces behind the last frame.
  if (isInspected && firstFrame >= 0) own = own.slice(0, endOfLastFrame(own));
  const hasFrames = firstFrame >= 0 && firstFrame < own.length;
  const head = hasFrames ? own.slice(0, firstFrame) : own;
  const match = HEAD.exec(head.length > MAX_HEAD_CHARS ? head.slice(0, MAX_HEAD_CHARS) : head);
  // A lone word is a class name only where frames follow or where it looks like one.
  const isNamed = match !== null && (match[3] !== '' || hasFrames || isClassName(match[1] ?? ''));
  return {
    type: isNamed ? match[1] : undefined,
    code: isNamed ? match[2] : undefined,
    message: isNamed ? head.slice(match[0].length) : undefined,
    own,
    frames: hasFrames ? own.slice(firstFrame) : '',
    causes: mark === undefined ? '' : stack.slice(mark.start),
  };
}

/**
 * The first of the causes in {@link StackText.causes}, as a stack of its own, its causes still behind it. `''` for `''`.
 */
export function firstCause(causes: string): string {
  if (causes.startsWith('[cause]: ')) return dedent(causes.slice('[cause]: '.length));
  return causes.slice('caused by: '.length);
}

interface CauseMark {
  /** Where the mark begins. */
  readonly start: number;
  /** Where the line of the mark begins, its line break included. */
  readonly lineStart: number;
}

function findCause(stack: string, from: number): CauseMark | undefined {
  const spoken = findSpoken(stack, from);
  const inspected = findInspected(stack, from);
  if (spoken === undefined || inspected === undefined) return spoken ?? inspected;
  return spoken.start < inspected.start ? spoken : inspected;
}

// Searched with the line break in front: it is rare in a stack, and so is every false start.
function findSpoken(stack: string, from: number): CauseMark | undefined {
  const lower = stack.indexOf('\ncaused by: ', from);
  const upper = stack.indexOf('\nCaused by: ', from);
  const at = lower < 0 || (upper >= 0 && upper < lower) ? upper : lower;
  return at < 0 ? undefined : { start: at + 1, lineStart: at };
}

function findInspected(stack: string, from: number): CauseMark | undefined {
  for (let at = stack.indexOf('[cause]: ', from); at >= 0; at = stack.indexOf('[cause]: ', at + 1)) {
    let before = at - 1;
    // Deeper than this no inspect prints; the bound keeps a text of blanks and marks linear.
    const stop = Math.max(0, at - 64);
    while (before >= stop && stack.charCodeAt(before) === 0x20) before--;
    if (before >= 0 && stack.charCodeAt(before) === 0x0a) return { start: at, lineStart: before };
  }
  return undefined;
}

function endOfLastFrame(own: string): number {
  const last = own.lastIndexOf(FIRST_FRAME);
  const lineEnd = own.indexOf('\n', last + FIRST_FRAME.length);
  const end = lineEnd < 0 ? own.length : lineEnd;
  return own.startsWith(' {', end - 2) ? end - 2 : end;
}

/** Takes off the indentation that inspect gives a nested error, and the braces that close behind it. */
function dedent(text: string): string {
  const lines = text.split('\n');
  const frame = lines.find((line) => /^ {5,64}at /.test(line));
  const extra = frame === undefined ? 2 : frame.indexOf('at ') - 4;
  while (lines.length > 1 && /^ {0,64}\}$/.test(lines.at(-1) ?? '')) lines.pop();
  const margin = ' '.repeat(extra);
  return lines.map((line) => (line.startsWith(margin) ? line.slice(extra) : line)).join('\n');
}

/** `TypeError`, `java.io.IOException`: begins with a capital in its last part, which has a small letter too. */
export function isClassName(name: string): boolean {
  if (name.length > 200 || !/^[A-Za-z_$][\w$.]*$/.test(name)) return false;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /^[A-Z]/.test(last) && /[a-z]/.test(last);
}

/** `ECONNREFUSED`, `ERR_X`, `P2002`, `23505`, `42P01`, `card_declined`, `auth/no-user`: what no class is called. */
export function isErrorCode(text: string): boolean {
  if (text.length > 128) return false;
  return /^[0-9A-Z][0-9A-Z_]*$/.test(text) || (/^[a-z0-9][a-z0-9_/:.-]*$/i.test(text) && /[_/:.-]/.test(text));
}
