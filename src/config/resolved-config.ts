import type { ConfigProblem } from '../errors.ts';
import type { CheckedDetector } from '../pipeline/own-detector.ts';
import type { Priority } from '../priority.ts';
import type { LoadedProcessors } from '../redact-processors.ts';
import type { SecretText } from './secret-text.ts';
import type { WebhookUrl } from './webhook-url.ts';

/** Who is pinged by a new message of a priority. Nothing set: nobody. */
export interface MentionPolicy {
  readonly everyone: boolean;
  readonly here: boolean;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/**
 * A routing rule. All matchers must match; each is a glob over an attribute, or over one of `service`, `logger`, `event`,
 * `priority`. The first rule that matches wins.
 */
export interface Route {
  readonly match: Readonly<Record<string, string>>;
  /** Lower-case, `-` instead of `_`. */
  readonly channel: string;
  readonly priority?: Priority;
}

export type BootCheckMode = 'auto' | 'post' | 'probe' | 'off';

/** `off`: the pager runs on the application's own thread. */
export type WorkerMode = 'auto' | 'off';

/** The configuration after defaults, normalisation and validation. It lives in the pager thread and never leaves it. */
export interface ResolvedConfig {
  /** False when switched off, in a test runner, or when {@link problems} leave nothing that could page. */
  readonly enabled: boolean;
  /** Why it is off: `switched off`, `test runner`, `no webhook`, `invalid configuration`. */
  readonly disabledReason?: string;
  /** Channel name (lower-case, `-` for `_`) → webhook. */
  readonly channels: ReadonlyMap<string, WebhookUrl>;
  readonly minPriority: Priority;
  readonly mentions: Readonly<Record<Priority, MentionPolicy>>;
  readonly routes: readonly Route[];
  readonly bootCheck: BootCheckMode;
  /** Absolute path, or undefined for memory only. */
  readonly stateDir?: string;
  readonly exitTimeoutMs: number;
  readonly repeatIntervalMs: Readonly<Record<Priority, number>>;
  /** Undefined: quiet never closes an incident. */
  readonly resolveAfterMs?: number;
  /** What raises an incident by one priority. Nothing set: nothing does. */
  readonly escalation: {
    readonly count?: number;
    readonly rate?: { readonly count: number; readonly windowMs: number };
    readonly unresolvedMs?: number;
  };
  readonly editIntervalMs: number;
  /** Undefined: it is not watched whether the application's event loop is blocked. */
  readonly blockedAfterMs?: number;
  readonly links: {
    readonly traceUrl?: string;
    readonly logsUrl?: string;
    readonly runbookUrl?: string;
  };
  readonly redact: {
    readonly paths: readonly string[];
    /**
     * Exact secrets: own webhook URLs and tokens first, then the values of the named environment variables. Prints as its
     * length only (`String`, JSON, `util.inspect`).
     */
    readonly knownValues: readonly string[];
    readonly pii: boolean;
    /** Tried out; what was too slow is not among them. */
    readonly detectors: readonly CheckedDetector[];
    readonly processors: LoadedProcessors;
  };
  readonly service: {
    readonly name?: string;
    readonly version?: string;
    readonly environment?: string;
    readonly instance?: string;
  };
  /** As configured. By then it is decided: the application's thread reads it before it starts the pager. */
  readonly worker?: WorkerMode;
  /** Where requests go instead of Discord's API, version included, no trailing slash; already part of every webhook. */
  readonly apiBaseUrl?: string;
  /** For provisioning and for threads in text channels only. */
  readonly botToken?: SecretText;
  /** Everything that is wrong, at most 100 entries. Those marked `fatal` are why the pager is off. */
  readonly problems: readonly ConfigProblem[];
}
