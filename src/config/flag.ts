const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

/** Reads `true`/`false` and their usual spellings (`1` `0` `yes` `no` `on` `off`), any case. Anything else is `undefined`. */
export function parseFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return WORDS.get(String(value));
  return typeof value === 'string' ? WORDS.get(value.trim().toLowerCase()) : undefined;
}
