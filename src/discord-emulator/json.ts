/** A JSON object whose members have not been looked at yet. */
export type JsonObject = { [key: string]: unknown };

/** True for objects as JSON has them: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters as Discord counts them: Unicode code points, not UTF-16 units. @see https://github.com/discord/discord-api-docs/issues/1315 */
export function codePoints(text: string): number {
  let count = text.length;
  // Every high surrogate that is followed by a low one is a pair, counted once.
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next < 0xdc00 || next > 0xdfff) continue;
    count--;
    i++;
  }
  return count;
}

/** Text as Discord stores it: blanks at both ends gone, lone surrogates stripped. */
export function tidyText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '').trim();
}

/** Tidied text, or undefined for anything that is empty or no text. */
export function textOrNone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = tidyText(value);
  return text === '' ? undefined : text;
}
