import type { FieldPath, FormErrors } from './error-bodies.ts';
import { codePoints, isJsonObject, type JsonObject, tidyText } from './json.ts';
import { LIMITS } from './validation-limits.ts';

/** What a text field may be. `min` above 0 makes Discord speak of a range instead of a maximum. */
export interface TextRule {
  readonly max: number;
  readonly min?: number;
  readonly required?: boolean;
}

/**
 * Checks one text field and gives it back tidied. Absent and null are fine unless required; a required field that is empty after
 * trimming counts as missing. Undefined where there is nothing, or nothing usable.
 */
export function checkText(errors: FormErrors, path: FieldPath, value: unknown, rule: TextRule): string | undefined {
  if (value === undefined || value === null) {
    if (rule.required) addRequired(errors, path);
    return undefined;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    errors.add(path, 'STRING_TYPE_CONVERT', `Could not interpret "${quoted(value)}" as string.`);
    return undefined;
  }
  const text = tidyText(String(value));
  const length = codePoints(text);
  if (rule.required && length === 0) addRequired(errors, path);
  else if (rule.min !== undefined && (length < rule.min || length > rule.max)) {
    addBadLength(errors, path, rule.min, rule.max);
  } else if (length > rule.max) addMaxLength(errors, path, rule.max);
  return text;
}

/** Checks an integer; text of digits is taken as one, as Discord does. */
export function checkInteger(
  errors: FormErrors,
  path: FieldPath,
  value: unknown,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    errors.add(path, 'NUMBER_TYPE_COERCE', `Value "${quoted(value)}" is not int.`);
    return undefined;
  }
  if (number > range.max) {
    errors.add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${range.max}.`);
  } else if (number < range.min) {
    errors.add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${range.min}.`);
  }
  return number;
}

export function checkBoolean(errors: FormErrors, path: FieldPath, value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  errors.add(path, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  return undefined;
}

export function checkObject(errors: FormErrors, path: FieldPath, value: unknown): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (isJsonObject(value)) return value;
  errors.add(path, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType.');
  return undefined;
}

/** Checks a list and its length; the items are the caller's. */
export function checkList(
  errors: FormErrors,
  path: FieldPath,
  value: unknown,
  rule: { readonly max: number; readonly min?: number },
): readonly unknown[] | undefined {
  if (value === undefined || value === null) {
    if (rule.min !== undefined) addRequired(errors, path);
    return undefined;
  }
  if (!Array.isArray(value)) {
    errors.add(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.');
    return undefined;
  }
  if (rule.min !== undefined && (value.length < rule.min || value.length > rule.max)) {
    addBadLength(errors, path, rule.min, rule.max);
  } else if (value.length > rule.max) addMaxLength(errors, path, rule.max);
  return value;
}

/** Ids are taken as text or as numbers of at most 2^63 - 1. */
export function checkSnowflake(errors: FormErrors, path: FieldPath, value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) {
    errors.add(path, 'NUMBER_TYPE_COERCE', `Value "${quoted(value)}" is not snowflake.`);
    return undefined;
  }
  if (BigInt(text) > 9_223_372_036_854_775_807n) {
    errors.add(path, 'NUMBER_TYPE_MAX', 'snowflake value should be less than or equal to 9223372036854775807.');
    return undefined;
  }
  return text;
}

const WEB_SCHEMES = ['http', 'https'];
const MEDIA_SCHEMES = [...WEB_SCHEMES, 'attachment'];

/** Checks a URL; an empty text is not "absent" (https://github.com/discord/discord-api-docs/issues/5837). */
export function checkUrl(
  errors: FormErrors,
  path: FieldPath,
  value: unknown,
  options: { readonly media?: boolean; readonly max?: number; readonly required?: boolean } = {},
): void {
  const max = options.max ?? LIMITS.urlChars;
  const text = checkText(errors, path, value, { max });
  if (text === undefined) {
    if (options.required && (value === undefined || value === null)) addRequired(errors, path);
    return;
  }
  const schemes = options.media ? MEDIA_SCHEMES : WEB_SCHEMES;
  const colon = text.indexOf('://');
  const scheme = colon === -1 ? '' : text.slice(0, colon).toLowerCase();
  if (!schemes.includes(scheme)) {
    const list = schemes.map((one) => `'${one}'`).join(', ');
    errors.add(
      path,
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${quoted(scheme)}" is not supported. Scheme must be one of (${list}).`,
    );
    return;
  }
  if (scheme !== 'attachment' && !URL.canParse(text)) {
    errors.add(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  }
}

/** Names of webhooks and senders. @see https://discord.com/developers/docs/resources/webhook#create-webhook */
export function checkSenderName(errors: FormErrors, path: FieldPath, value: unknown, required = false): void {
  if (required && (value === undefined || value === null)) {
    addRequired(errors, path);
    return;
  }
  const text = checkText(errors, path, value, { min: 1, max: LIMITS.usernameChars });
  if (text === undefined) return;
  const name = text.replace(/\s+/g, ' ').toLowerCase();
  for (const word of ['clyde', 'discord']) {
    if (name.includes(word)) errors.add(path, 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${word}"`);
  }
  if (name === 'everyone' || name === 'here') {
    errors.add(path, 'USERNAME_INVALID', `Username cannot be "${name}"`);
  }
}

export function addRequired(errors: FormErrors, path: FieldPath): void {
  errors.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

export function addMaxLength(errors: FormErrors, path: FieldPath, max: number): void {
  errors.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
}

export function addBadLength(errors: FormErrors, path: FieldPath, min: number, max: number): void {
  errors.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
}

/** How a refused value is quoted: text as it is, the rest as JSON, never endless. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
