import type { Alert, AlertError, JsonValue } from './alert.ts';

/** About how many UTF-16 units an alert's texts hold; what the bounds on memory are counted in. */
export function alertChars(alert: Alert): number {
  let chars = 200 + alert.message.length + (alert.title?.length ?? 0);
  for (let error = alert.error; error !== undefined; error = error.cause) {
    chars += error.message.length + (error.stack?.length ?? 0);
  }
  for (const [name, value] of Object.entries(alert.attributes)) chars += name.length + valueChars(value);
  for (const [name, value] of Object.entries(alert.fields ?? {})) chars += name.length + value.length;
  return chars;
}

function valueChars(value: JsonValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let chars = 0;
  for (const [key, each] of Object.entries(value)) chars += key.length + valueChars(each as JsonValue);
  return chars;
}

/** What {@link lightened} leaves of the message, and of all texts of the error together: about what an embed can show. */
const LIGHT_MESSAGE_CHARS = 2_048;
const LIGHT_ERROR_CHARS = 6_144;
const LIGHT_TEXT_MIN_CHARS = 256;
const LIGHT_ATTRIBUTES = 16;
const LIGHT_ATTRIBUTE_CHARS = 256;

/**
 * The same alert with no more text than a message can show: long texts lose their middle, attributes beyond the first sixteen
 * and long values go. At most some 12,000 characters. For redacted alerts: it cuts without looking.
 */
export function lightened<A extends Alert>(alert: A): A {
  let texts = 0;
  for (let error = alert.error; error !== undefined; error = error.cause) texts += 2;
  const maxChars = Math.max(LIGHT_TEXT_MIN_CHARS, Math.floor(LIGHT_ERROR_CHARS / Math.max(1, texts)));
  return {
    ...alert,
    message: withoutMiddle(alert.message, LIGHT_MESSAGE_CHARS),
    ...(alert.error === undefined ? {} : { error: lightenedError(alert.error, maxChars) }),
    attributes: Object.fromEntries(
      Object.entries(alert.attributes)
        .filter(([name, value]) => name.length + valueChars(value) <= LIGHT_ATTRIBUTE_CHARS)
        .slice(0, LIGHT_ATTRIBUTES),
    ),
  };
}

function lightenedError(error: AlertError, maxChars: number): AlertError {
  return {
    ...error,
    message: withoutMiddle(error.message, maxChars),
    ...(error.stack === undefined ? {} : { stack: withoutMiddle(error.stack, maxChars) }),
    ...(error.cause === undefined ? {} : { cause: lightenedError(error.cause, maxChars) }),
  };
}

function withoutMiddle(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const half = Math.floor((maxChars - 64) / 2);
  const head = text.slice(0, half).toWellFormed();
  const tail = text.slice(-half).toWellFormed();
  return `${head}\n[… ${(text.length - 2 * half).toLocaleString('en-US')} characters cut …]\n${tail}`;
}
