import { type AlertError, MAX_CAUSES, MAX_TEXT_CHARS } from '../alert.ts';
import { cutMiddle } from './bounded-text.ts';
import { type AttributeSink, isInstance, keysOf, read, readString, toText } from './bounded-value.ts';
import { firstCause, isClassName, isErrorCode, parseStackText, type StackText } from './error-text.ts';

/** Longest message and longest stack of a cause: the error itself has the room. */
const MAX_CAUSE_CHARS = 16_384;
const MAX_TYPE_CHARS = 256;
const MAX_CODE_CHARS = 256;
/** Errors of an `AggregateError` that are named in an attribute. */
const MAX_LISTED_ERRORS = 8;

/**
 * An error as its source tells it: an `Error`, the map a serializer made of one, or `exception.*` attributes. What is a code and what a
 * class name is not sorted out yet.
 */
export interface RawError {
  /** `error.name`, pino's `type`, or `exception.type`, which is the error's code where it has one. */
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly stack?: string | undefined;
  /** True where the message may have the log message before it, as winston writes it. */
  readonly isMessageMixed?: boolean | undefined;
  readonly cause?: unknown;
  /** The errors of an `AggregateError`. */
  readonly errors?: unknown;
  /** The error object itself, where there is one in this thread. */
  readonly object?: object | undefined;
}

/** An error after it has been sorted out: the same for every way it can come in. Not bounded yet. */
export interface ErrorReading {
  readonly type: string;
  readonly message: string;
  readonly code: string | undefined;
  /** Without the stacks of the causes. */
  readonly stack: string | undefined;
  /** What makes it the same error again: equal for log record, span, pino line and `Error`. */
  readonly identity: readonly (string | undefined)[];
  /** Text of the causes, as far as the source tells them. */
  readonly causes: string | undefined;
  /** The class name, where {@link type} must do without it because other ways in do not carry it. */
  readonly className: string | undefined;
  readonly raw: RawError;
}

/**
 * Sorts out what an error is called.
 *
 * OpenTelemetry's `recordException` writes `error.code` in the place of the class name wherever there is a code, so the class name is
 * then taken from the first line of the stack; and because a span has nothing else, every other source does the same. pino's
 * serializer joins the messages and stacks of the causes to those of the error; they are taken apart again.
 */
export function readError(raw: RawError): ErrorReading {
  const text = raw.stack === undefined || raw.stack === '' ? undefined : parseStackText(raw.stack);
  const { type, code } = nameError(raw, text?.type, text?.code);
  const message = messageOf(raw, text);
  const stack = text?.own;
  const causes = text !== undefined && text.causes !== '' ? text.causes : causeLine(raw);
  const className = raw.name !== undefined && raw.name !== type && isClassName(raw.name) ? raw.name : undefined;
  return {
    type,
    message,
    code: code === type ? undefined : code,
    stack,
    // Without frames the class name must tell apart what the place would.
    identity: ['error', message, text?.frames || stack || type],
    causes,
    className,
    raw,
  };
}

function nameError(
  raw: RawError,
  headType: string | undefined,
  headCode: string | undefined,
): { type: string; code: string | undefined } {
  const code = raw.code ?? headCode;
  // What OpenTelemetry would have written as exception.type.
  const told = raw.code ?? raw.name;
  if (told === undefined || told === '' || told.length > MAX_TYPE_CHARS) return { type: headType ?? 'Error', code };
  if (told === headType || isClassName(told)) return { type: told, code };
  if (headType !== undefined) return { type: headType, code: code ?? told };
  if (raw.code !== undefined) return { type: raw.name ?? 'Error', code };
  return isErrorCode(told) ? { type: 'Error', code: code ?? told } : { type: told, code };
}

function messageOf(raw: RawError, text: StackText | undefined): string {
  const printed = text?.message;
  const told = raw.message;
  if (told === undefined) return printed ?? '';
  if (printed === undefined || told === printed) return told;
  if (raw.isMessageMixed && told.endsWith(` ${printed}`)) return printed;
  if (text === undefined || text.causes === '') return told;
  if (told.startsWith(`${printed}: `)) return printed;
  // The message was changed after the stack was printed: take off the messages of the causes behind it.
  const joined = joinedCauseMessages(text.causes);
  return joined !== '' && told.endsWith(`: ${joined}`) ? told.slice(0, -joined.length - 2) : told;
}

function joinedCauseMessages(causes: string): string {
  const messages: string[] = [];
  for (let rest = causes; rest !== '' && messages.length < MAX_CAUSES; ) {
    const cause = parseStackText(firstCause(rest));
    if (cause.message === undefined) return '';
    messages.push(cause.message);
    rest = cause.causes;
  }
  return messages.join(': ');
}

function causeLine(raw: RawError): string | undefined {
  if (raw.cause === undefined || raw.cause === null) return undefined;
  if (typeof raw.cause === 'string') return raw.cause;
  const cause = readErrorLike(raw.cause);
  return cause === undefined ? undefined : `${cause.name ?? ''} ${cause.code ?? ''} ${cause.message ?? ''}`;
}

/**
 * Reads an `Error` or what a serializer made of one: an object with a text under `message` or `stack`. Undefined for anything else.
 * Never throws.
 */
export function readErrorLike(value: unknown): RawError | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = readString(value, 'message');
  const stack = readString(value, 'stack') ?? readString(value, 'stacktrace') ?? readString(value, 'stack_trace');
  if (message === undefined && stack === undefined) return undefined;
  return {
    name: classOf(value),
    code: codeOf(read(value, 'code')),
    message,
    stack,
    cause: causeOf(value),
    errors: read(value, 'aggregateErrors') ?? read(value, 'errors'),
    object: isError(value) ? value : undefined,
  };
}

/** Anything thrown or passed as `error`: an error, something like one, or any value as message. Undefined for nothing at all. */
export function readThrown(value: unknown): RawError | undefined {
  if (value === undefined || value === null) return undefined;
  return readErrorLike(value) ?? { message: toText(value) };
}

/** An error within the bounds of an alert, its causes after it. Never throws, never cyclic. */
export function toAlertError(reading: ErrorReading): AlertError {
  return boundedError(reading, MAX_TEXT_CHARS, 0, []);
}

/**
 * Any thrown value as the error of an alert; for an `Error` the class name, message, stack, code and the chain of its causes (the first
 * error of an `AggregateError` counts as its cause).
 */
export function mapError(value: unknown): AlertError {
  return toAlertError(readError(readThrown(value) ?? { message: String(value) }));
}

function boundedError(reading: ErrorReading, maxChars: number, depth: number, path: object[]): AlertError {
  const { raw } = reading;
  const cause = depth + 1 < MAX_CAUSES ? causeReading(reading, path) : undefined;
  return {
    type: reading.type.length > MAX_TYPE_CHARS ? 'Error' : reading.type,
    message: cutMiddle(reading.message, maxChars),
    ...(reading.stack === undefined ? {} : { stack: cutMiddle(reading.stack, maxChars) }),
    ...(reading.code === undefined || reading.code.length > MAX_CODE_CHARS ? {} : { code: reading.code }),
    ...(cause === undefined
      ? {}
      : {
          cause: boundedError(
            cause,
            MAX_CAUSE_CHARS,
            depth + 1,
            raw.object === undefined ? path : [...path, raw.object],
          ),
        }),
  };
}

function causeReading(reading: ErrorReading, path: readonly object[]): ErrorReading | undefined {
  const nested = nestedCause(reading.raw);
  if (typeof nested === 'object' && nested !== null && (nested === reading.raw.object || path.includes(nested))) {
    return undefined;
  }
  const raw = readErrorLike(nested) ?? (isSayable(nested) ? { message: toText(nested) } : undefined);
  if (raw !== undefined) return readError(raw);
  const printed = reading.raw.stack === undefined ? '' : parseStackText(reading.raw.stack).causes;
  return printed === '' ? undefined : readError({ stack: firstCause(printed) });
}

function nestedCause(raw: RawError): unknown {
  if (raw.cause !== undefined && raw.cause !== null) return raw.cause;
  return Array.isArray(raw.errors) ? read(raw.errors, '0') : undefined;
}

function isSayable(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint';
}

const CONSUMED: ReadonlySet<string> = new Set([
  ...['name', 'type', 'message', 'stack', 'stacktrace', 'stack_trace', 'code', 'cause', 'errors', 'aggregateErrors'],
  ...['raw', 'domain', 'domainEmitter', 'domainThrown'],
]);

/**
 * What else an error says about itself, as attributes: the simple values among its own properties (`err.syscall`, `err.statusCode`)
 * and the errors of an `AggregateError`. Objects stay out: the request and response of an HTTP client's error hold credentials and
 * can exceed 200 KB.
 */
export function addErrorAttributes(sink: AttributeSink, reading: ErrorReading, source: unknown): void {
  if (reading.className !== undefined) sink.add('exception.class', reading.className);
  let taken = 0;
  for (const key of keysOf(source)) {
    if (taken >= MAX_LISTED_ERRORS * 2) break;
    if (CONSUMED.has(key)) continue;
    const value = read(source, key);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    sink.add(`err.${key}`, value);
    taken++;
  }
  const { errors } = reading.raw;
  if (!Array.isArray(errors) || errors.length < 2) return;
  const lines: string[] = [];
  for (let i = 0; i < Math.min(errors.length, MAX_LISTED_ERRORS); i++) {
    const raw = readThrown(read(errors, String(i)));
    if (raw === undefined) continue;
    const { type, message } = readError(raw);
    lines.push(`${type}: ${message}`);
  }
  if (errors.length > MAX_LISTED_ERRORS) lines.push(`… ${errors.length - MAX_LISTED_ERRORS} more`);
  sink.add('exception.errors', lines);
}

function classOf(value: object): string | undefined {
  const name = readString(value, 'name') ?? readString(value, 'type');
  // pino's name for a plain object with a message.
  if (name === 'Object') return undefined;
  if (name !== 'Error' || !isError(value)) return name;
  // A class that sets no name inherits "Error"; pino shows the constructor's name then.
  const constructed = readString(read(value, 'constructor'), 'name');
  return constructed !== undefined && isClassName(constructed) ? constructed : name;
}

/** As OpenTelemetry reads it: what is falsy is no code. */
function codeOf(code: unknown): string | undefined {
  if (typeof code === 'string') return code === '' ? undefined : code;
  return typeof code === 'number' && code !== 0 && Number.isFinite(code) ? String(code) : undefined;
}

function causeOf(value: object): unknown {
  const cause = read(value, 'cause');
  if (typeof cause !== 'function') return cause;
  // VError: the cause is a method.
  try {
    return cause.call(value);
  } catch {
    return undefined;
  }
}

function isError(value: object): boolean {
  if (isInstance(value, Error)) return true;
  try {
    // An error of another realm (vm, a test runner's sandbox).
    return Object.prototype.toString.call(value) === '[object Error]';
  } catch {
    return false;
  }
}
