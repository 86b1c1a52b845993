/** One call of a stack trace. */
export interface StackFrame {
  /** The frame as it was printed, blanks around it removed; a line over 1,000 characters is cut in the middle. */
  readonly text: string;
  /** `Pool.query`, `new Pool`, `Object.<anonymous>`; without `async` and without an alias (`[as x]`). */
  readonly functionName?: string;
  /** As printed, but a `file://` URL as a path, and without a query. Undefined for built-in functions. */
  readonly file?: string;
  /** 1 for the first line of the file. */
  readonly line?: number;
  /** True for code of the application: neither of the runtime nor of an installed package. */
  readonly own: boolean;
}

/** The most frames that {@link parseStack} returns; those nearest to the failure are kept. */
export const MAX_FRAMES = 200;
const MAX_LINE_CHARS = 1_000;

const PYTHON_HEAD = 'Traceback (most recent call last)';

/**
 * Frames of a printed stack, the call nearest to the failure first, whatever order the language prints them in. Lines that are no
 * frames (the message, source excerpts, `... 12 more`) are left out. Reads what V8, Java, .NET, Python and Go print; anything else
 * gives an empty list. Never throws; linear in the text; at most {@link MAX_FRAMES} frames.
 */
export function parseStack(stack: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  const backwards = stack.includes(PYTHON_HEAD);
  let previous = '';
  for (const raw of backwards ? linesFromEnd(stack) : linesFromStart(stack)) {
    if (frames.length >= MAX_FRAMES) break;
    const text = shorten(raw.trim());
    const frame = parseAtLine(text) ?? parsePythonLine(text) ?? parseGoLine(text, previous);
    if (frame !== undefined) frames.push(frame);
    previous = text;
  }
  return frames;
}

/** The frame of the application's own code that is nearest to the failure; undefined where there is none. */
export function topOwnFrame(stack: string): StackFrame | undefined {
  return parseStack(stack).find((frame) => frame.own);
}

function* linesFromStart(text: string): Generator<string> {
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    if (end < 0) {
      yield text.slice(start);
      return;
    }
    yield text.slice(start, end);
    start = end + 1;
  }
}

function* linesFromEnd(text: string): Generator<string> {
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1);
    yield text.slice(start + 1, end);
    end = start;
  }
}

// The head holds the function, the tail the position: the middle of a path (or of a data: URL) is what can go.
function shorten(line: string): string {
  if (line.length <= MAX_LINE_CHARS) return line;
  return `${line.slice(0, MAX_LINE_CHARS / 2)}…${line.slice(1 - MAX_LINE_CHARS / 2)}`;
}

// V8, Java and .NET all begin with "at". What follows decides; a sentence that begins with "at" has no position and is no frame.
function parseAtLine(text: string): StackFrame | undefined {
  if (!text.startsWith('at ')) return undefined;
  // Node opens the error's own properties behind the last frame: `at f (/app/a.js:1:1) {`.
  const call = text.slice(3, text.endsWith(' {') ? -2 : undefined).trim();
  return parseDotNetCall(text, call) ?? parseJavaCall(text, call) ?? parseV8Call(text, call);
}

function parseV8Call(text: string, callWithAsync: string): StackFrame | undefined {
  const call = callWithAsync.startsWith('async ') ? callWithAsync.slice(6) : callWithAsync;
  const open = call.indexOf(' (');
  if (open < 0 || !call.endsWith(')')) {
    const place = parsePlace(call);
    return place === undefined ? undefined : makeFrame(text, undefined, place);
  }
  const place = parsePlace(call.slice(open + 2, -1));
  if (place === undefined) return undefined;
  const alias = call.lastIndexOf(' [as ', open);
  return makeFrame(text, call.slice(0, alias < 0 ? open : alias), place);
}

interface Place {
  readonly file?: string;
  readonly line?: number;
}

/** `path:line:column`, `path:line`, or one of the words V8 prints for code without a place; undefined for anything else. */
function parsePlace(printed: string): Place | undefined {
  if (printed === '<anonymous>' || printed === 'native' || /^index \d{1,9}$/.test(printed)) return {};
  // Code made by eval: the place of the eval call says whose it is.
  if (printed.startsWith('eval at ')) {
    const open = printed.lastIndexOf('(');
    const close = printed.indexOf(')', open);
    return open < 0 || close < 0 ? {} : (parsePlace(printed.slice(open + 1, close)) ?? {});
  }
  const position = /:(\d{1,9})(?::\d{1,9})?$/.exec(printed);
  if (position !== null) {
    return { file: plainPath(printed.slice(0, position.index)), line: Number(position[1]) };
  }
  if (printed.startsWith('node:') || printed.startsWith('wasm:')) return { file: printed };
  return undefined;
}

function plainPath(printed: string): string {
  const query = printed.indexOf('?');
  // Only a URL has a query; in a path on disk the character stands for itself.
  const path = query > 0 && /^[a-z][a-z-]{1,30}:/.test(printed) ? printed.slice(0, query) : printed;
  if (!path.startsWith('file://')) return path;
  const bare = path.slice('file://'.length).replace(/^\/(?=[A-Za-z]:)/, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

function makeFrame(text: string, functionName: string | undefined, place: Place): StackFrame {
  return {
    text,
    ...(functionName === undefined || functionName === '' || functionName === '<anonymous>' ? {} : { functionName }),
    ...place,
    own: place.file !== undefined && isOwnFile(place.file),
  };
}

const FOREIGN_SCHEME = /^(?:node|internal|wasm|ext|deno|bun|native|electron)[:/]/;
// Only files of installed packages and of the tool chain: a folder of the application may be called `lib` or `vendor`.
const FOREIGN_FOLDER =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|\(?webpack\)?[\\/](?:bootstrap|runtime|buildin)|lib(?:64)?[\\/]python\d(?:\.\d{1,3})?|(?:local|opt)[\\/]go[\\/]src|lib[\\/]go[\d.-]{0,8}[\\/]src|libexec[\\/]src|pkg[\\/]mod)(?:[\\/]|$|\s)/;

function isOwnFile(file: string): boolean {
  return file !== '' && !file.includes('<') && !FOREIGN_SCHEME.test(file) && !FOREIGN_FOLDER.test(file);
}

// No file of a JVM or .NET frame says whose it is, so the package name does: the platforms, and what most services stand on.
const FOREIGN_PACKAGE =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|akka|reactor|rx|okhttp3|retrofit2|feign|org\.(?:springframework|hibernate|apache|eclipse|jboss|postgresql|junit|slf4j|codehaus)|io\.(?:netty|micrometer|opentelemetry|grpc|reactivex|undertow|vertx)|com\.(?:fasterxml|zaxxer|mysql|google\.common|amazonaws)|software\.amazon|System|Microsoft|Npgsql|MySql)\./;

function parseJavaCall(text: string, call: string): StackFrame | undefined {
  // The class loader and module come first (`app//`, `java.base@17/`); V8 prints a blank before the bracket, the JVM none.
  const match = /^([^\s()]{1,600})\(([^()]{0,300})\)$/.exec(call);
  if (match === null) return undefined;
  const [, qualified = '', printed = ''] = match;
  const functionName = qualified.slice(qualified.lastIndexOf('/') + 1);
  const position = /^([^:]{1,300}):(\d{1,9})$/.exec(printed);
  const file = position?.[1] ?? (/^[\w$-]{1,200}\.[a-z]{1,10}$/.test(printed) ? printed : undefined);
  return {
    text,
    functionName,
    ...(file === undefined ? {} : { file }),
    ...(position === null ? {} : { line: Number(position[2]) }),
    own: file !== undefined && !FOREIGN_PACKAGE.test(functionName),
  };
}

function parseDotNetCall(text: string, call: string): StackFrame | undefined {
  const position = /:line (\d{1,9})$/.exec(call);
  const close = call.indexOf(') in ');
  const open = call.indexOf('(');
  if (position === null || close < 0 || open < 0 || open > close) return undefined;
  const functionName = call.slice(0, open);
  const file = call.slice(close + 5, position.index);
  return { text, functionName, file, line: Number(position[1]), own: !FOREIGN_PACKAGE.test(functionName) };
}

function parsePythonLine(text: string): StackFrame | undefined {
  const match = /^File "([^"]{1,900})", line (\d{1,9})(?:, in ([^\n]{1,300}))?$/.exec(text);
  if (match === null) return undefined;
  const [, file = '', line, functionName] = match;
  return makeFrame(text, functionName === '<module>' ? undefined : functionName, { file, line: Number(line) });
}

// Go prints a call in two lines: the function with its arguments, then an indented place.
function parseGoLine(text: string, previous: string): StackFrame | undefined {
  const match = /^([^\s:][^\n]{0,900}\.(?:go|s)):(\d{1,9})(?: \+0x[0-9a-f]{1,16})?$/.exec(text);
  if (match === null) return undefined;
  const [, file = '', line] = match;
  const named = previous.startsWith('created by ') ? previous.slice(11).replace(/ in goroutine \d+$/, '') : previous;
  const functionName = named.endsWith(')') ? named.slice(0, named.lastIndexOf('(')) : named;
  const isRuntime = functionName === 'panic' || functionName.startsWith('runtime.');
  return {
    text: `${previous} ${text}`.trim(),
    ...(functionName === '' ? {} : { functionName }),
    file,
    line: Number(line),
    own: !isRuntime && isOwnFile(file),
  };
}
