import type { Alert } from '../alert.ts';
import { createRedactor, type Redactor, type RedactorOptions } from '../pipeline/redact.ts';
import { createExplainer, type MaskedPlace } from '../pipeline/redact-explain.ts';
import { cutEnd } from '../render/cut.ts';
import { cleanLine } from '../render/text.ts';
import { titleOf } from '../title.ts';
import { type Terminal, withoutControls } from './terminal.ts';

/** What became of a record: a new message, a repeat counted into one, or nothing (below the threshold, or of no channel). */
export type RecordOutcome = 'message' | 'repeat' | 'not_shown' | 'dropped';

/** What is known of a record when it is explained. */
export interface ExplainedRecord {
  /** Number of the line in the log, from 1. */
  readonly line: number;
  readonly alert: Alert;
  readonly outcome: RecordOutcome;
  /** Undefined where it is not shown. */
  readonly channel?: string;
  /** Texts that the last look before sending would withhold: a secret that all rules before it missed. */
  readonly withheld: number;
}

/** Tells of records what redaction masks in them, and sums it up. */
export interface Explainer {
  tell(record: ExplainedRecord): void;
  /** `masked 12: key-name 8, url-userinfo 4`, the most frequent rules first. */
  summary(): string;
}

const TITLE_CHARS = 100;
const MAX_SUMMED_RULES = 12;

const OUTCOME: Readonly<Record<RecordOutcome, string>> = {
  message: 'a new message',
  repeat: 'a repeat, counted into its message',
  not_shown: 'not shown',
  dropped: 'dropped by a redaction processor',
};

/**
 * One JSON document per record; on a terminal a few lines that can be read. Names places and rules, never a value, its length or
 * anything else that could be told from it.
 */
export function createRenderExplainer(options: RedactorOptions, out: Terminal): Explainer {
  const redactor = createRedactor(options);
  const explain = createExplainer(createRedactor(options));
  const sums = new Map<string, number>();
  return {
    tell(record) {
      const masked = explain(record.alert);
      for (const { rule, times } of masked) sums.set(rule, (sums.get(rule) ?? 0) + times);
      if (out.isTerminal) printed(record, masked, redactor, out);
      else out.line(JSON.stringify(toJson(record, masked, redactor)));
    },
    summary() {
      const rules = [...sums].toSorted((a, b) => b[1] - a[1]);
      const total = rules.reduce((sum, [, times]) => sum + times, 0);
      const named = rules.slice(0, MAX_SUMMED_RULES).map(([rule, times]) => `${rule} ${times}`);
      if (rules.length > MAX_SUMMED_RULES) named.push(`${rules.length - MAX_SUMMED_RULES} rules more`);
      return `masked ${total}${named.length === 0 ? '' : `: ${named.join(', ')}`}`;
    },
  };
}

function toJson(record: ExplainedRecord, masked: readonly MaskedPlace[], redactor: Redactor): object {
  const { line, alert, outcome, channel, withheld } = record;
  return {
    line,
    priority: alert.priority,
    outcome,
    ...(channel === undefined ? {} : { channel }),
    title: titleShown(alert, redactor),
    masked,
    ...(withheld === 0 ? {} : { withheld }),
  };
}

function printed(record: ExplainedRecord, masked: readonly MaskedPlace[], redactor: Redactor, out: Terminal): void {
  const { line, alert, outcome, channel, withheld } = record;
  const { style } = out;
  const where = `${channel === undefined ? '' : `${channel}, `}${OUTCOME[outcome]}`;
  const title = withoutControls(titleShown(alert, redactor));
  out.line(`${style.bold(`line ${line}`)}  ${alert.priority}  ${title}  ${style.dim(`→ ${where}`)}`);
  const places = [...new Set(masked.map(({ place }) => place))];
  const width = Math.min(40, Math.max(0, ...places.map(({ length }) => length)));
  for (const place of places) {
    const rules = masked
      .filter((one) => one.place === place)
      .map(({ rule, times }) => (times === 1 ? rule : `${rule} ×${times}`));
    out.line(`  ${withoutControls(place).padEnd(width)}  ${style.cyan(rules.join(', '))}`);
  }
  if (masked.length === 0) out.line(style.dim('  nothing masked'));
  if (withheld > 0) out.line(`  ${style.red(`${withheld} texts withheld at the last look: please report this`)}`);
}

function titleShown(alert: Alert, redactor: Redactor): string {
  return cutEnd(cleanLine(titleOf(redactor.redactAlert(alert))), TITLE_CHARS);
}
