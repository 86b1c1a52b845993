import type { Alert, RedactedAlert } from '../alert.ts';
import { systemClock } from '../clock.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import type { CheckedDetector } from './own-detector.ts';
import { createOwnDetectors, type OwnDetectorsDeps } from './own-detectors.ts';
import { createAlertRedactor } from './redact-alert.ts';
import { type GatedMessage, gateMessage } from './redact-gate.ts';
import { MARKER } from './redact-marker.ts';
import { createPathMatcher } from './redact-paths.ts';
import { createTextRedactor, TEXT_RULE_IDS } from './redact-text.ts';
import { createWalker, USER_PATH_RULE_ID } from './redact-walk.ts';

export type { GatedMessage } from './redact-gate.ts';
export { validatePath } from './redact-paths.ts';

/** What the operator adds to the built-in rules, none of which can be switched off. */
export interface RedactorOptions {
  /** Paths in pino's syntax, and `**.name` for any depth. One that is not valid is ignored; see {@link validatePath}. */
  readonly paths: readonly string[];
  /** Exact secrets, in whatever encoding they turn up; values shorter than 6 characters are ignored. */
  readonly knownValues: readonly string[];
  /** Mask e-mail addresses, card numbers and IP addresses as well. */
  readonly pii: boolean;
  /** Detectors that were read and tried out. */
  readonly detectors?: readonly CheckedDetector[];
  /** Functions that change alerts before they come here; they are only counted here. */
  readonly processors?: { readonly run: readonly unknown[] };
}

/** What redaction has done so far. Holds no text. */
export interface RedactionCounters {
  /** Texts that could not be redacted and were withheld. */
  readonly failures: number;
  /** Outgoing strings that the second gate withheld: not a normal path. */
  readonly withheld: number;
  /** Secrets masked, by rule. */
  readonly masked: Readonly<Record<string, number>>;
}

/** The redaction stage: first in the pager, and once more at its end. No method throws. */
export interface Redactor {
  /**
   * The alert without secrets. Id, trace and span id, times and counts are left alone; every other text is redacted. On any
   * failure the affected text is `[withheld: redaction failed]`, and the alert still goes out with priority, service and time.
   */
  redactAlert(alert: Alert): RedactedAlert;
  /** One text without secrets: for the pager's own warnings and diagnostics. */
  redactText(text: string): string;
  /** The second gate: see {@link gateMessage}. The same message object comes back when nothing was found. */
  gate(message: WebhookMessage): GatedMessage;
  counters(): RedactionCounters;
  /** Built-in rules in force. */
  readonly ruleCount: number;
  /** Detectors that the operator has added. */
  readonly detectorCount: number;
  /** Redaction processors that the operator has added; they run before this. */
  readonly processorCount: number;
}

/**
 * Compiles the rules once, for one pager. Never throws: options that cannot be used are left out, the built-in rules always
 * hold.
 */
export function createRedactor(options: RedactorOptions, deps: Partial<OwnDetectorsDeps> = {}): Redactor {
  let failures = 0;
  let withheld = 0;
  const masked: Record<string, number> = {};
  const onFailed = (): void => {
    failures++;
  };
  const onMasked = (ruleId: string): void => {
    masked[ruleId] = (masked[ruleId] ?? 0) + 1;
  };
  const pii = read(options, 'pii') !== false;
  const detectors = (read(options, 'detectors') ?? []) as readonly CheckedDetector[];
  const own =
    detectors.length === 0
      ? undefined
      : createOwnDetectors(detectors, { ...deps, steadyMs: deps.steadyMs ?? systemClock.steadyMs });
  const guard = <T>(work: () => T): T => (own === undefined ? work() : own.guard(work));
  const text = createTextRedactor({ known: listOf(read(options, 'knownValues')), pii, own, onMasked, onFailed });
  const paths = createPathMatcher(listOf(read(options, 'paths')));
  const walk = createWalker({ text, paths, pii, onMasked, onFailed });
  const onPathMasked = (): string => {
    onMasked(USER_PATH_RULE_ID);
    return MARKER;
  };
  const redactAlert = createAlertRedactor({ text, paths, walk, onFailed, onPathMasked });
  return {
    ruleCount: TEXT_RULE_IDS.length,
    detectorCount: detectors.length,
    processorCount: (read(options, 'processors') as RedactorOptions['processors'])?.run.length ?? 0,
    redactAlert: (alert) => guard(() => redactAlert(alert)),
    redactText: (value) => guard(() => text.redact(String(value))),
    gate(message) {
      const gated = guard(() => gateMessage(message, text));
      withheld += gated.withheld;
      return gated;
    },
    counters: () => ({ failures, withheld, masked: { ...masked } }),
  };
}

function read(options: RedactorOptions, key: keyof RedactorOptions): unknown {
  try {
    return options[key];
  } catch {
    return undefined;
  }
}

function listOf(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
}
