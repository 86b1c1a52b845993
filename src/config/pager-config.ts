import type { RedactDetector } from '../pipeline/own-detector.ts';
import type { Priority } from '../priority.ts';
import type { RedactProcessor } from '../redactable-alert.ts';

type PriorityName = 'p0' | 'p1' | 'p2' | 'p3';

/** One routing rule as it is written in the config file. */
export interface RouteConfig {
  /** Attribute name, or `service`, `logger`, `event`, `priority` → glob (`*`, `?`, case ignored). All must match. */
  readonly match: Readonly<Record<string, string | number | boolean>>;
  /** A channel that has a webhook. */
  readonly channel: string;
  /** Replaces the priority of what matches. */
  readonly priority?: Priority | undefined;
}

/**
 * What can be configured in code and in the config file; the keys are the camelCase of the variables. Code goes before
 * environment, environment before file, file before default, each key for itself; a value that is wrong counts as not set.
 */
export interface PagerConfig {
  /** Path of a YAML or JSON config file. In code only. */
  readonly config?: string | undefined;
  /**
   * Channel → webhook URL, or a reference to one (`file:<path>`, `env:<NAME>`). `default` takes what has no channel of its own;
   * `p0` … `p3` and `dev` take a priority, `deploys`, `ci`, `security` and `rotation` the events named so, `audit` the mirror.
   */
  readonly webhooks?: Readonly<Record<string, string | undefined>> | undefined;
  /** What is less urgent is not shown. @default 'P2' */
  readonly minPriority?: Priority | undefined;
  /** Who is pinged: `@everyone`, `@here`, `role:<id>`, `user:<id>`, `none`. @default { p0: '@everyone' } */
  readonly mention?: { readonly [K in PriorityName]?: string | readonly string[] | undefined } | undefined;
  /** `auto`: off inside a test runner, unless every webhook is on loopback. @default 'auto' */
  readonly enabled?: boolean | 'auto' | undefined;
  /** Whether a start shows that the webhooks work. @default 'auto' */
  readonly bootCheck?: 'auto' | 'post' | 'probe' | 'off' | undefined;
  /** Directory of spool and incident state, or `none`. */
  readonly stateDir?: string | undefined;
  /** `off`: run on the application's own thread. In code only. @default 'auto' */
  readonly worker?: 'auto' | 'off' | undefined;
  /** The longest that a dying process is held, in milliseconds, 0 to 60,000. @default 2000 */
  readonly exitTimeoutMs?: number | undefined;
  /** Ping again while still firing: one duration for all, or one per priority. @default { p0: '15m', p1: '1h', p2: '4h', p3: '24h' } */
  readonly repeatInterval?: string | { readonly [K in PriorityName]?: string | undefined } | undefined;
  /** Quiet that closes a P1–P3 incident, or `off`. @default '10m' */
  readonly resolveAfter?: string | undefined;
  /** So many occurrences raise an incident by one priority, once; or `off`. @default 'off' */
  readonly escalateCount?: number | string | undefined;
  /** So many within a time do: `100/1m`, or `off`. @default 'off' */
  readonly escalateRate?: string | undefined;
  /** A P1 that fires for so long is raised, or `off`. @default 'off' */
  readonly escalateAfter?: string | undefined;
  /** The least time between two edits of one message. @default '5s' */
  readonly editInterval?: string | undefined;
  /** An event loop that has been blocked for this long is a P1; `off`: never. @default '10s' */
  readonly blockedAfter?: string | undefined;
  /** Link template: `https://tempo.example/trace/{trace_id}`. */
  readonly traceUrl?: string | undefined;
  /** Link template. */
  readonly logsUrl?: string | undefined;
  /** Link template. */
  readonly runbookUrl?: string | undefined;
  /** Paths whose values are masked, as pino's `redact` takes them. */
  readonly redactPaths?: string | readonly string[] | undefined;
  /** Names of environment variables whose values are masked. */
  readonly redactValuesOf?: string | readonly string[] | undefined;
  /** True masks personal data too. @default false */
  readonly redactPii?: boolean | undefined;
  /** Secrets of your own, by prefix or by pattern; masked as `[REDACTED:<name>]`. */
  readonly redactDetectors?: string | readonly RedactDetector[] | undefined;
  /**
   * Functions that change or drop alerts before they are redacted, or the paths of modules that export such, in the order in which
   * they run. Functions cannot go to another thread: with them the pager runs on the application's own. Modules in code and in the
   * file.
   */
  readonly redactProcessors?: string | RedactProcessor | readonly (string | RedactProcessor)[] | undefined;
  /** Instead of Discord's API: a sandbox. */
  readonly apiBaseUrl?: string | undefined;
  /** For provisioning and for threads in text channels only: a bot token or a reference to one. */
  readonly botToken?: string | undefined;
  /** The first rule that matches gives the channel. */
  readonly routes?: readonly RouteConfig[] | undefined;
  /** @default OTEL_SERVICE_NAME */
  readonly serviceName?: string | undefined;
  /** @default `service.version` of OTEL_RESOURCE_ATTRIBUTES */
  readonly serviceVersion?: string | undefined;
  /** @default `deployment.environment.name` of OTEL_RESOURCE_ATTRIBUTES */
  readonly environment?: string | undefined;
  /** @default `service.instance.id` or `host.name` of OTEL_RESOURCE_ATTRIBUTES, else the host's name */
  readonly serviceInstance?: string | undefined;
}
