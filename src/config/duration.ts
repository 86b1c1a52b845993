const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

/**
 * Milliseconds of a duration as users write it: a number and one unit (`500ms`, `5s`, `10m`, `2h`, `1d`, `1.5h`), case ignored.
 * Anything else, a number without a unit included, is `undefined`. The result is a whole number.
 */
export function parseDurationMs(text: string): number | undefined {
  const parts = /^(\d{1,9}(?:\.\d{1,3})?) ?(ms|s|m|h|d)$/.exec(text.trim().toLowerCase());
  if (!parts) return undefined;
  return Math.round(Number(parts[1]) * UNIT_MS[parts[2] as Unit]);
}

/** The shortest way to write a duration without losing a millisecond: `15m`, `90s`, `1500ms`. */
export function formatDurationMs(durationMs: number): string {
  const unit = (['d', 'h', 'm', 's'] as const).find((u) => durationMs >= UNIT_MS[u] && durationMs % UNIT_MS[u] === 0);
  return unit === undefined ? `${durationMs}ms` : `${durationMs / UNIT_MS[unit]}${unit}`;
}
