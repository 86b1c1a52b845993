import * as z from 'zod/mini';
import type { Reading, ValueType } from './finding.ts';
import { describeFound } from './shown-value.ts';

/** The longest text of any value; longer ones are never parsed. */
export const MAX_VALUE_CHARS = 32_768;

/**
 * A type from a schema. Messages are not the schema's own: `expected` and `remedy` are the same for all its issues, and what was
 * found is described so that no secret shows.
 */
export function fromSchema<T>(
  schema: z.ZodMiniType<T>,
  syntax: string,
  expected: string,
  remedy: string,
): ValueType<T> {
  return {
    syntax,
    read(value) {
      const result = z.safeParse(schema, value);
      if (result.success) return { value: result.data, findings: [] };
      return { findings: [{ found: describeFound(value), expected, remedy }] };
    },
  };
}

/** A type whose text form has its own reader. */
export function fromText<T>(syntax: string, expected: string, read: (text: string) => Reading<T>): ValueType<T> {
  return {
    syntax,
    read(value) {
      const text = z.safeParse(textSchema, value);
      if (text.success) return read(text.data);
      return { findings: [{ found: describeFound(value), expected, remedy: 'Write it as one text.' }] };
    },
  };
}

/** Any text that is not empty. */
export const textSchema: z.ZodMiniType<string> = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(MAX_VALUE_CHARS));
