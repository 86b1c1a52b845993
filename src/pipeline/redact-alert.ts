import { type Alert, type AlertError, MAX_CAUSES, type RedactedAlert } from '../alert.ts';
import { WITHHELD_FAILED } from './redact-marker.ts';
import type { PathMatcher } from './redact-paths.ts';
import type { TextRedactor, TextScope } from './redact-text.ts';
import { withRedactedMessage } from './redact-walk.ts';

/** What redacting alerts needs. */
export interface AlertRules {
  readonly text: TextRedactor;
  readonly paths: PathMatcher;
  readonly walk: (value: unknown, at?: PathMatcher['root']) => unknown;
  readonly onFailed: () => void;
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
    for (const key of keysOf(alert)) copy[key] = attempt(() => property(alert, key));
    // What a broken alert lacks, the stages behind must still find.
    return { ...BLANK, ...copy } as Alert as RedactedAlert;
  };

  function attempt(read: () => unknown): unknown {
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
    const value: unknown = alert[key as keyof Alert];
    if (value === undefined || KEPT.has(key)) return value;
    const at = paths.step(paths.root, key);
    if (at.masks) return key === 'attributes' || key === 'fields' || key === 'origin' ? {} : walk(value, at);
    if (key === 'error') return redactError(value as AlertError, at, 0);
    if (key === 'origin') return redactNames(value as object, at);
    if (key === 'attributes' || key === 'fields') return asRecord(walk(value, paths.join(paths.root, at)));
    if (typeof value !== 'string') return walk(value, at);
    return text.redact(value, IDENTIFIERS.has(key) ? 'identifier' : 'text');
  }

  /** A record that could not be read as one still says so. */
  function asRecord(value: unknown): unknown {
    return typeof value === 'string' ? { redaction: value } : value;
  }

  function redactNames(source: object, at: PathMatcher['root']): object {
    const copy: Record<string, unknown> = {};
    for (const key of keysOf(source)) {
      copy[key] = attempt(() => leaf((source as Record<string, unknown>)[key], paths.step(at, key), 'identifier'));
    }
    return copy;
  }

  function leaf(value: unknown, at: PathMatcher['root'], scope: TextScope): unknown {
    if (at.masks || typeof value !== 'string') return value === undefined ? undefined : walk(String(value), at);
    return text.redact(value, scope);
  }

  function redactError(error: AlertError, at: PathMatcher['root'], depth: number): AlertError {
    const read = (key: keyof AlertError, scope: TextScope): string =>
      attempt(() => leaf(error[key] ?? '', paths.step(at, key), scope)) as string;
    const message = read('message', 'text');
    const stack = attempt(() => {
      const raw = withRedactedMessage(error.stack, error.message, message);
      return raw === undefined ? undefined : leaf(raw, paths.step(at, 'stack'), 'text');
    }) as string | undefined;
    const cause = attempt(() => {
      const next = error.cause;
      if (next === undefined || depth >= MAX_CAUSES) return undefined;
      return typeof next === 'object' && next !== null
        ? redactError(next, paths.step(at, 'cause'), depth + 1)
        : { type: 'Error', message: String(leaf(next, at, 'text')) };
    });
    const code = attempt(() => error.code !== undefined) === false ? undefined : read('code', 'identifier');
    return {
      type: read('type', 'identifier'),
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(code === undefined ? {} : { code }),
      ...(typeof cause === 'string' ? { cause: { type: 'Error', message: cause } } : {}),
      ...(typeof cause === 'object' && cause !== null ? { cause: cause as AlertError } : {}),
    };
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
