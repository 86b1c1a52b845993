/** Times as Discord writes them, in the reader's own language and zone. */

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { hour: 'numeric', minute: '2-digit' },
  T: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  d: { day: '2-digit', month: '2-digit', year: 'numeric' },
  D: { day: 'numeric', month: 'long', year: 'numeric' },
  f: { day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  F: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  s: { day: '2-digit', month: '2-digit', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  S: { day: '2-digit', month: '2-digit', year: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * The text of `<t:seconds:style>`; an unknown style is that of `f`.
 *
 * @see https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
 */
export function formatTimestamp(timeMs: number, style: string | undefined, nowMs: number, locale?: string): string {
  if (style === 'R') return formatRelative(timeMs, nowMs, locale);
  return new Intl.DateTimeFormat(locale, STYLES[style ?? 'f'] ?? STYLES['f']).format(timeMs);
}

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 minutes ago`, `in 2 hours`, `now`. */
export function formatRelative(timeMs: number, nowMs: number, locale?: string): string {
  const seconds = Math.round((timeMs - nowMs) / 1_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
  return format.format(Math.trunc(seconds / size), unit);
}

/** Above a message: the time of today, else date and time. */
export function formatPosted(timeMs: number, nowMs: number, locale?: string): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return formatTimestamp(timeMs, isToday ? 't' : 's', nowMs, locale);
}

/** Time to the millisecond, as a log wants it. */
export function formatPrecise(timeMs: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(timeMs);
}
