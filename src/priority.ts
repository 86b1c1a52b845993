/** How urgent an alert is. `P0` wakes somebody, `DEV` is for a developer's own channel. */
export type Priority = 'P0' | 'P1' | 'P2' | 'P3' | 'DEV';

/** Every priority, the most urgent first. */
export const PRIORITIES: readonly Priority[] = ['P0', 'P1', 'P2', 'P3', 'DEV'];

/** 0 for `P0` up to 4 for `DEV`: a smaller rank is more urgent. */
export const PRIORITY_RANK: Readonly<Record<Priority, number>> = { P0: 0, P1: 1, P2: 2, P3: 3, DEV: 4 };

/** Embed colours, 24-bit RGB as Discord takes them (a JSON integer). */
export const PRIORITY_COLOR: Readonly<Record<Priority, number>> = {
  P0: 0xff0000,
  P1: 0xff8800,
  P2: 0xffcc00,
  P3: 0x3399ff,
  DEV: 0x808080,
};

/** Colour of a success notice and of a resolved or quiet incident. */
export const COLOR_GREEN = 0x00cc66;
/** Colour of the audit mirror. */
export const COLOR_AUDIT = 0xffffff;

/** True when `a` is at least as urgent as `b`. */
export function isAtLeast(a: Priority, b: Priority): boolean {
  return PRIORITY_RANK[a] <= PRIORITY_RANK[b];
}

/**
 * Reads a priority as users write it (`p0`, `P0`, `dev`), any case, blanks around it allowed.
 * Anything else is `undefined`.
 */
export function parsePriority(value: unknown): Priority | undefined {
  if (typeof value !== 'string') return undefined;
  const upper = value.trim().toUpperCase();
  return (PRIORITIES as readonly string[]).includes(upper) ? (upper as Priority) : undefined;
}

/**
 * Priority of an OpenTelemetry severity number (1–24). 0, which means "unspecified", and numbers outside the range are
 * `undefined`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
 */
export function priorityOfSeverityNumber(severityNumber: number | undefined): Priority | undefined {
  if (severityNumber === undefined || !(severityNumber >= 1) || severityNumber > 24) return undefined;
  if (severityNumber >= 21) return 'P0';
  if (severityNumber >= 17) return 'P1';
  if (severityNumber >= 13) return 'P2';
  if (severityNumber >= 9) return 'P3';
  return 'DEV';
}

const TEXT_PRIORITY: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ['fatal', 'P0'],
  ['emergency', 'P0'],
  ['emerg', 'P0'],
  ['panic', 'P0'],
  ['alert', 'P0'],
  ['critical', 'P0'],
  ['crit', 'P0'],
  ['error', 'P1'],
  ['err', 'P1'],
  ['severe', 'P1'],
  ['warn', 'P2'],
  ['warning', 'P2'],
  ['info', 'P3'],
  ['information', 'P3'],
  ['informational', 'P3'],
  ['notice', 'P3'],
  ['debug', 'DEV'],
  ['verbose', 'DEV'],
  ['trace', 'DEV'],
  ['silly', 'DEV'],
]);

/**
 * Priority of a severity text (`ERROR`, `error2`, `Warning`, `crit`), for records that carry no severity number. Case does not
 * count, nor do the digits OpenTelemetry appends (`ERROR3`). Unknown words are `undefined`.
 */
export function priorityOfSeverityText(severityText: string | undefined): Priority | undefined {
  if (severityText === undefined) return undefined;
  return TEXT_PRIORITY.get(
    severityText
      .trim()
      .toLowerCase()
      .replace(/[1-4]$/, ''),
  );
}

/**
 * Priority of a pino level number. pino's own levels are 10, 20, … 60; a custom level counts as the standard level below it
 * (55 is an error, 25 is debug).
 *
 * @see https://github.com/pinojs/pino/blob/main/docs/api.md#level-string
 */
export function priorityOfPinoLevel(level: number): Priority | undefined {
  if (!Number.isFinite(level)) return undefined;
  if (level >= 60) return 'P0';
  if (level >= 50) return 'P1';
  if (level >= 40) return 'P2';
  if (level >= 30) return 'P3';
  return 'DEV';
}
