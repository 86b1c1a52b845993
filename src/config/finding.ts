/** What is wrong with a value, not yet with a key. Holds no secret. */
export interface Finding {
  /** Path inside the value: `[2].channel`. */
  readonly at?: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The outcome of reading one value: what is usable of it, and what is wrong. Without `value` nothing was usable. */
export interface Reading<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** How the values of one key are read. */
export interface ValueType<T> {
  /** What users may write, for the reference: `P0` … `DEV`. */
  readonly syntax: string;
  /** Reads a value from a variable, the file or code. Never throws. */
  read(value: unknown): Reading<T>;
}
