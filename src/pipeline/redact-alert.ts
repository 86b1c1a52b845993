import { type Alert, type AlertError, MAX_CAUSES, type RedactedAlert } from '../alert.ts';
import { WITHHELD_FAILED } from './redact-marker.ts';
import type { PathMatcher, PathState } from './redact-paths.ts';
import type { TextRedactor, TextScope } from './redact-text.ts';
import { withRedactedMessage } from './redact-walk.ts';
import { sensitiveWordOf } from './sensitive-keys.ts';

/** What redacting alerts needs. */
export interface AlertRules {
  readonly text: TextRedactor;
  readonly paths: PathMatcher;
  readonly walk: (value: unknown, at?: PathState) => unknown;
  readonly onFailed: () => void;
  /** Counts what a user's path masks and gives the marker. */
  readonly onPathMasked: () => string;
}

/** Left alone: they identify, count and time, and the pager makes them or checks their form. */
const KEPT: ReadonlySet<string> = new Set([
  'id',
  'timestampMs',
  'source',
  'priority',
  'explicit',
  'action',
  'traceId',
  'spanId',
  'repeatKey',
  'count',
]);
const TEXTS: ReadonlySet<string> = new Set(['title', 'message', 'channel', 'dedupKey', 'outcome', 'url', 'runbookUrl']);
/** Names: a colon in them assigns nothing (`token:expiry:db`). */
const IDENTIFIERS: ReadonlySet<string> = new Set(['channel', 'dedupKey', 'outcome']);

/**
 * A function that redacts alerts. Attributes and fields are walked with the user's paths at their root, and also under
 * `attributes` and `fields`; every other property under its own name.
 */
export function createAlertRedactor(rules: AlertRules): (alert: Alert) => RedactedAlert {
  const { text, paths, walk } = rules;

  return (alert) => {
    const copy: Record<string, unknown> = {};
    for (const key of keysOf(alert)) {
      const value = attempt(() => property(alert, key));
      if (value !== undefined) copy[key] = value;
    }
    // What a broken alert lacks, the stages behind must still find.
    return { ...BLANK, ...copy } as Alert as RedactedAlert;
  };

  function attempt<T>(read: () => T): T | string {
    try {
      return read();
    } catch {
      return failed();
    }
  }

  function failed(): string {
    rules.onFailed();
    return WITHHELD_FAILED;
  }

  function property(alert: Alert, key: string): unknown {
    const at = paths.step(paths.root, key);
    let value: unknown;
    try {
      value = alert[key as keyof Alert];
    } catch {
      value = failed();
    }
    if (value === undefined || KEPT.has(key)) return value;
    switch (key) {
      case 'attributes':
      case 'fields':
        return at.masks ? {} : recordOf(walk(value, paths.join(paths.root, at)));
      case 'origin':
        return at.masks || !isObject(value) ? {} : redactNames(value, at);
      case 'error':
        return redactError(value, at, 0);
      default:
        return TEXTS.has(key) ? leaf(value, at, IDENTIFIERS.has(key) ? 'identifier' : 'text') : walk(value, at);
    }
  }

  /** A record that could not be read as one still says so. */
  function recordOf(value: unknown): object {
    return isObject(value) ? value : { redaction: WITHHELD_FAILED };
  }

  function redactNames(source: object, at: PathState): object {
    const copy: Record<string, unknown> = {};
    for (const key of keysOf(source)) {
      copy[key] = attempt(() => {
        const value = (source as Record<string, unknown>)[key];
        return value === undefined ? undefined : leaf(value, paths.step(at, key), 'identifier');
      });
    }
    return copy;
  }

  /** A property that is a text. Of anything else only what prints without running code is taken. */
  function leaf(value: unknown, at: PathState, scope: TextScope): string {
    if (at.masks) return rules.onPathMasked();
    if (isObject(value) || typeof value === 'function' || typeof value === 'symbol') return failed();
    return text.redact(String(value), scope);
  }

  function redactError(error: unknown, at: PathState, depth: number): AlertError {
    if (at.masks) return { type: 'Error', message: rules.onPathMasked() };
    if (!isObject(error)) return { type: 'Error', message: leaf(error, at, 'text') };
    const source = error as Partial<AlertError>;
    const read = (key: 'type' | 'message' | 'stack' | 'code', scope: TextScope): string | undefined =>
      attempt(() => {
        const value = source[key];
        return value === undefined ? undefined : leaf(value, paths.step(at, key), scope);
      });
    const type = read('type', 'identifier') ?? 'Error';
    const message = messageBehind(source, type, paths.step(at, 'message')) ?? read('message', 'text') ?? '';
    const stack = attempt(() => {
      const value = withRedactedMessage(source.stack, source.message, message);
      return value === undefined ? undefined : leaf(value, paths.step(at, 'stack'), 'text');
    });
    const code = read('code', 'identifier');
    const cause = attempt((): AlertError | undefined => {
      const next: unknown = depth < MAX_CAUSES ? source.cause : undefined;
      return next === undefined ? undefined : redactError(next, paths.step(at, 'cause'), depth + 1);
    });
    return {
      type,
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(code === undefined ? {} : { code }),
      ...(cause === undefined ? {} : { cause: typeof cause === 'string' ? { type: 'Error', message: cause } : cause }),
    };
  }

  /** `Password: hunter2` was taken apart by who read it as an error: where the type is such a name, it counts. */
  function messageBehind(source: Partial<AlertError>, type: string, at: PathState): string | undefined {
    if (at.masks) return undefined;
    try {
      const { message } = source;
      if (typeof message !== 'string' || source.type !== type || sensitiveWordOf(type) === undefined) return undefined;
      const whole = text.redact(`${type}: ${message}`);
      return whole.startsWith(`${type}: `) && whole !== `${type}: ${message}`
        ? whole.slice(type.length + 2)
        : undefined;
    } catch {
      return undefined;
    }
  }

  function keysOf(source: object): string[] {
    try {
      return Object.keys(source);
    } catch {
      failed();
      return [];
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const BLANK: Alert = {
  id: '',
  timestampMs: 0,
  source: 'api',
  priority: 'P1',
  explicit: true,
  action: 'trigger',
  message: WITHHELD_FAILED,
  origin: {},
  attributes: {},
  repeatKey: 0,
  count: 1,
};
