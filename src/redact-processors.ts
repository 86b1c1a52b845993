import { types } from 'node:util';
import type { Alert } from './alert.ts';
import { type RedactProcessor, readBack, toRedactable, withheldAlert } from './redactable-alert.ts';
import { createTimeLimit, OVERRUN } from './time-limit.ts';

/** Processors as the configuration has found them. */
export interface LoadedProcessors {
  /** In the order in which they run. */
  readonly run: readonly RedactProcessor[];
  /** One that was asked for is missing: every alert is withheld. */
  readonly isBroken: boolean;
}

/** Longer than this is said, once. */
const SLOW_MS = 50;
/** A processor that has not come to an end by then is stopped. */
const MAX_RUN_MS = 1_000;
/** So often it is stopped before it is not called any more. */
const STRIKES = 2;

export interface ProcessorDeps {
  /** Milliseconds since some instant. */
  readonly steadyMs: () => number;
  readonly warn: (code: string, text: string) => void;
  /** @default 1000 */
  readonly maxRunMs?: number | undefined;
}

/** The operator's own functions, in front of the built-in redaction. */
export interface ProcessorStage {
  /**
   * The alert as the processors leave it; not redacted yet. Where one of them fails, the alert without any of its texts:
   * priority, time, origin and the names that steer. Never throws.
   */
  process(alert: Alert): Alert | 'dropped';
  /** Alerts that were withheld. */
  readonly withheld: number;
}

const AN_ALERT =
  'alerts go out without their texts where that happens; what was thrown is not shown, because it may quote them';

/** What can go wrong with a processor, in words that quote nothing. */
const FAILURES = {
  threw: `threw an error: ${AN_ALERT}`,
  promise: `gave back a Promise, which nobody waits for: ${AN_ALERT}`,
  no_alert: `gave back neither an alert nor null: ${AN_ALERT}`,
  endless: 'did not come to an end and was stopped: the alert went out without its texts',
  given_up:
    'did not come to an end again: it is not called any more, and until the next start every alert goes out without its texts',
} as const;

type Failure = keyof typeof FAILURES;

/** What a processor has made of an alert. */
type Outcome = Alert | 'dropped' | Extract<Failure, 'threw' | 'promise' | 'no_alert'>;

/** Runs processors one after the other, each on a copy of its own. */
export function createProcessorStage(processors: LoadedProcessors, deps: ProcessorDeps): ProcessorStage {
  const { run } = processors;
  const { steadyMs, warn, maxRunMs = MAX_RUN_MS } = deps;
  const limit = createTimeLimit(maxRunMs);
  const told = new Set<string>();
  const strikes: number[] = run.map(() => 0);
  let { isBroken } = processors;
  let withheld = 0;

  function tell(index: number, what: string, text: string): void {
    const identity = `${index} ${what}`;
    if (told.has(identity)) return;
    told.add(identity);
    warn('redact_processor', `redaction processor ${index + 1} of ${run.length} ${text}`);
  }

  function failure(index: number, what: Failure): undefined {
    tell(index, what, FAILURES[what]);
  }

  /** Undefined: it failed, which was said. */
  function processOne(processor: RedactProcessor, index: number, alert: Alert): Alert | 'dropped' | undefined {
    const sinceMs = steadyMs();
    const outcome = limit(() => attempt(processor, alert));
    if (outcome === OVERRUN) {
      strikes[index] = (strikes[index] ?? 0) + 1;
      isBroken = (strikes[index] ?? 0) >= STRIKES;
      return failure(index, isBroken ? 'given_up' : 'endless');
    }
    const tookMs = Math.round(steadyMs() - sinceMs);
    if (tookMs > SLOW_MS) tell(index, 'slow', `took ${tookMs} ms for one alert; every page waits for it`);
    return typeof outcome === 'object' || outcome === 'dropped' ? outcome : failure(index, outcome);
  }

  return {
    get withheld() {
      return withheld;
    },
    process(alert) {
      let current = alert;
      for (const [index, processor] of run.entries()) {
        if (isBroken) break;
        const outcome = processOne(processor, index, current);
        if (outcome === 'dropped') return outcome;
        if (outcome === undefined) {
          withheld++;
          return withheldAlert(current);
        }
        current = outcome;
      }
      if (!isBroken) return current;
      withheld++;
      return withheldAlert(alert);
    },
  };
}

function attempt(processor: RedactProcessor, alert: Alert): Outcome {
  let returned: unknown;
  try {
    returned = processor(toRedactable(alert));
  } catch {
    return 'threw';
  }
  if (returned === null) return 'dropped';
  try {
    if (types.isPromise(returned)) {
      // Else its rejection would end the process.
      Promise.prototype.then.call(returned, undefined, () => undefined);
      return 'promise';
    }
    return readBack(returned, alert);
  } catch {
    return 'no_alert';
  }
}
