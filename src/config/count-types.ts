import * as z from 'zod/mini';
import { parseDurationMs } from './duration.ts';
import type { ValueType } from './finding.ts';
import { fromSchema } from './schema-type.ts';

/** A whole number, or `off`. */
export function countOrOffType(min: number, max: number): ValueType<number | 'off'> {
  const expected = `a whole number from ${min} to ${max}, or off`;
  const schema = z.pipe(
    z.transform(numberOrOff),
    z.union([z.literal('off'), z.int().check(z.minimum(min), z.maximum(max))]),
  );
  return fromSchema(
    schema as z.ZodMiniType<number | 'off'>,
    `${min} to ${max}, \`off\``,
    expected,
    'Write the number.',
  );
}

function numberOrOff(value: unknown): unknown {
  if (value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'off')) return 'off';
  return typeof value === 'string' && /^\s*\d{1,10}\s*$/.test(value) ? Number(value) : value;
}

/** So many within a time. */
export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}

/** `100/1m`: so many within a time, or `off`. */
export const rateOrOffType: ValueType<Rate | 'off'> = fromSchema(
  z.pipe(
    z.transform((value) => {
      const text = numberOrOff(value);
      if (text === 'off' || typeof text !== 'string') return text;
      const [, count = '', time = ''] = /^\s*(\d{1,9})\s*\/\s*(.{1,20})$/.exec(text) ?? [];
      return { count: Number(count), windowMs: parseDurationMs(time) };
    }),
    z.union([
      z.literal('off'),
      z.object({
        count: z.int().check(z.minimum(2)),
        windowMs: z.number().check(z.minimum(1_000), z.maximum(86_400_000)),
      }),
    ]),
  ) as z.ZodMiniType<Rate | 'off'>,
  '`100/1m`, `off`',
  'a count from 2 on, a slash, and a duration from 1s to 1d, or off',
  'Write it as 100/1m.',
);
