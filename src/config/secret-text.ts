const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A secret that does not print: `String`, JSON, template literals and `util.inspect` show `***`. */
export class SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself. Never put it into a text. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  static {
    Object.defineProperty(SecretText.prototype, INSPECT, { value: () => '***' });
  }
}

/**
 * A list of secrets that is an ordinary array to whoever reads its elements, but prints as its length only: `String`, JSON and
 * `util.inspect` show none of them. A copy (spread, `map`, structured clone) is an ordinary array again.
 */
export function concealedList(secrets: readonly string[]): readonly string[] {
  const list = [...secrets];
  const shown = (): string => `[${list.length} secrets]`;
  for (const name of ['toString', 'toJSON', INSPECT]) {
    // Not enumerable: a structured clone would refuse the functions otherwise.
    Object.defineProperty(list, name, { value: shown, enumerable: false });
  }
  return list;
}
