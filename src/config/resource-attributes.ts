/** The longest value of `OTEL_RESOURCE_ATTRIBUTES` that is read. */
const MAX_CHARS = 65_536;

/**
 * Reads `OTEL_RESOURCE_ATTRIBUTES`: comma-separated `key=value`, percent-encoded. Pairs that are wrong are counted and left out.
 *
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable
 */
export function parseResourceAttributes(text: string): {
  readonly attributes: ReadonlyMap<string, string>;
  readonly invalidPairs: number;
} {
  const attributes = new Map<string, string>();
  let invalidPairs = 0;
  for (const pair of text.slice(0, MAX_CHARS).split(',')) {
    if (pair.trim() === '') continue;
    const equals = pair.indexOf('=');
    const key = decoded(pair.slice(0, Math.max(0, equals)));
    const value = decoded(pair.slice(equals + 1));
    if (equals < 0 || !key || value === undefined) invalidPairs++;
    else attributes.set(key, value);
  }
  return { attributes, invalidPairs };
}

function decoded(text: string): string | undefined {
  try {
    // Some deployment tools quote values, which the specification no longer knows but SDKs still take off.
    return decodeURIComponent(text.trim().replace(/^"(.*)"$/, '$1'));
  } catch {
    return undefined;
  }
}
