import { read, readString } from './bounded-value.ts';
import { type RawError, readErrorLike } from './map-error.ts';

/** An error found among attributes, and which of them it was made of. */
export interface FoundError {
  readonly raw: RawError;
  /** Attributes that are shown as the error and need not be shown again. */
  readonly consumed: ReadonlySet<string>;
  /** The object whose other properties are worth a look. */
  readonly source?: unknown;
}

/** What decides where to look. */
export interface ErrorHints {
  /** Keys that may hold a serialized error, the likeliest first. */
  readonly keys: readonly string[];
  /** A key under which a plain text is an error message. */
  readonly textKey?: string | undefined;
  /** True where the message may have the log message before it (winston). */
  readonly isMessageMixed?: boolean;
  /** Message of the record, for libraries that log an error's stack beside it. */
  readonly message?: string | undefined;
}

/** Keys under which libraries log an error object: pino and bunyan; winston; others. */
export const ERROR_KEYS: readonly string[] = ['err', 'error', 'exception'];

const EXCEPTION_KEYS: ReadonlySet<string> = new Set(['exception.type', 'exception.message', 'exception.stacktrace']);
const EXCEPTION_AND_LOOSE_KEYS: ReadonlySet<string> = new Set([...EXCEPTION_KEYS, 'stack', 'name']);
const ECS_KEYS: ReadonlySet<string> = new Set(['error.type', 'error.message', 'error.stack_trace', 'error.code']);
const LOOSE_KEYS: ReadonlySet<string> = new Set(['stack', 'stack_trace', 'name', 'code']);
const LOOSE_TEXT_KEYS: ReadonlySet<string> = new Set([...LOOSE_KEYS, 'error']);

/**
 * Finds the error in the attributes of a record or the fields of a line, however the library put it there: `exception.*` of the
 * semantic conventions, a map under `err`, `error` or the configured key, Elastic's `error.*`, or a loose `stack`. Undefined where
 * there is none. Never throws.
 */
export function findError(attributes: Readonly<Record<string, unknown>>, hints: ErrorHints): FoundError | undefined {
  return (
    findException(attributes, hints) ??
    findMap(attributes, hints) ??
    findElastic(attributes) ??
    findLoose(attributes, hints)
  );
}

/** @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/ */
function findException(attributes: Readonly<Record<string, unknown>>, hints: ErrorHints): FoundError | undefined {
  const type = readString(attributes, 'exception.type');
  const message = readString(attributes, 'exception.message');
  const stacktrace = readString(attributes, 'exception.stacktrace');
  if (type === undefined && message === undefined && stacktrace === undefined) return undefined;
  // The same error once more as a map: that has its code and its class apart.
  const twin = findMap(attributes, hints);
  if (twin !== undefined && twin.raw.stack !== undefined && twin.raw.stack === stacktrace) {
    return { ...twin, consumed: new Set([...EXCEPTION_KEYS, ...twin.consumed]) };
  }
  // winston's transport leaves the stack where winston put it.
  const loose = stacktrace === undefined ? looseStack(attributes) : undefined;
  return {
    raw: {
      name: type ?? (loose === undefined ? undefined : readString(attributes, 'name')),
      message,
      stack: stacktrace ?? loose,
      isMessageMixed: hints.isMessageMixed,
      cause: causeAttributes(attributes),
    },
    consumed: loose === undefined ? EXCEPTION_KEYS : EXCEPTION_AND_LOOSE_KEYS,
  };
}

/** Written out: a key put together for every record would cost more than all the rest of reading it. */
const CAUSE_KEYS = ['err', 'error'].map((key) => ({
  type: `${key}.cause.type`,
  code: `${key}.cause.code`,
  message: `${key}.cause.message`,
  stacktrace: `${key}.cause.stacktrace`,
}));

/** `err.cause.type` and its like, which winston's transport adds beside `exception.*`. */
function causeAttributes(attributes: Readonly<Record<string, unknown>>): unknown {
  for (const keys of CAUSE_KEYS) {
    const message = readString(attributes, keys.message);
    const stack = readString(attributes, keys.stacktrace);
    if (message !== undefined || stack !== undefined) {
      return {
        name: readString(attributes, keys.type),
        code: read(attributes, keys.code),
        ...(message === undefined ? {} : { message }),
        ...(stack === undefined ? {} : { stack }),
      };
    }
  }
  return undefined;
}

function findMap(attributes: Readonly<Record<string, unknown>>, hints: ErrorHints): FoundError | undefined {
  for (const key of hints.keys) {
    const value = read(attributes, key);
    if (value === undefined) continue;
    const raw = readErrorLike(value);
    if (raw !== undefined) return { raw, consumed: new Set([key]), source: value };
    if (key === hints.textKey && typeof value === 'string' && value !== '') {
      return { raw: { message: value }, consumed: new Set([key]) };
    }
  }
  return undefined;
}

/** @see https://www.elastic.co/guide/en/ecs/current/ecs-error.html */
function findElastic(attributes: Readonly<Record<string, unknown>>): FoundError | undefined {
  const stack = readString(attributes, 'error.stack_trace');
  const message = readString(attributes, 'error.message');
  if (stack === undefined && message === undefined) return undefined;
  const name = readString(attributes, 'error.type');
  return { raw: { name, code: readString(attributes, 'error.code'), message, stack }, consumed: ECS_KEYS };
}

function findLoose(attributes: Readonly<Record<string, unknown>>, hints: ErrorHints): FoundError | undefined {
  const stack = looseStack(attributes);
  if (stack === undefined) return undefined;
  const code = read(attributes, 'code');
  return {
    raw: {
      name: readString(attributes, 'name'),
      code: typeof code === 'string' || typeof code === 'number' ? String(code) : undefined,
      message: hints.message,
      stack,
      isMessageMixed: true,
    },
    consumed: typeof read(attributes, 'error') === 'string' ? LOOSE_TEXT_KEYS : LOOSE_KEYS,
  };
}

/** A text under `stack` is one only if it has frames: other things are called stack, too. */
function looseStack(attributes: Readonly<Record<string, unknown>>): string | undefined {
  const stack = readString(attributes, 'stack') ?? readString(attributes, 'stack_trace');
  return stack?.includes('\n    at ') ? stack : undefined;
}
