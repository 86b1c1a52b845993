/** A secret where it turns up. */
export interface Case {
  /** `seed:kind@context`: the same case again for whoever wants to look. */
  readonly id: string;
  readonly kind: string;
  readonly context: string;
  /** Of a kind that public scanners know and the specification does not list. */
  readonly beyond: boolean;
  readonly input: unknown;
  readonly secrets: readonly string[];
  /** What helps the operator and has to stay. */
  readonly kept: readonly string[];
}

export interface BenignText {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

export interface Row {
  readonly id: string;
  readonly of: number;
  readonly found: number;
  readonly recall: number;
  readonly lost: number;
  readonly keptOf: number;
}

export interface Score {
  readonly cases: number;
  /** Share of the cases in which no part of a secret can be read. */
  readonly recall: number;
  /** Share of what has to stay that is still there. */
  readonly kept: number;
  readonly benign: number;
  readonly changedShare: number;
  readonly changed: readonly { readonly id: string; readonly text: string; readonly output: unknown }[];
  readonly failures: readonly {
    readonly example: Case;
    readonly output: unknown;
    readonly leaked: string | undefined;
    readonly lost: readonly string[];
  }[];
  /** The worst first. */
  readonly kinds: readonly Row[];
  readonly contexts: readonly Row[];
}

interface Pair {
  readonly kind: { readonly id: string; readonly form: string; readonly style?: string; readonly beyond: boolean };
  readonly context: { readonly id: string; readonly place: string };
}

export declare const kinds: readonly Pair['kind'][];
export declare const contexts: readonly Pair['context'][];
/** Every kind with every context it goes with. */
export declare const pairs: readonly Pair[];
/** Place → form → whether the two go together, else the reason against. */
export declare const PAIRING: Readonly<Record<string, Readonly<Record<string, true | string>>>>;
export declare function goesWith(kind: Pair['kind'], place: string): boolean;

/** The cases of a seed: each pair once, or a sample in which every kind turns up equally often. */
export declare function cases(seed: string | number, count?: number, only?: (pair: Pair) => boolean): Iterable<Case>;
/** Texts without a secret, each template so often. */
export declare function benign(seed: string | number, times?: number): Iterable<BenignText>;

/** What can be read in an output, every encoding taken off again. */
export declare function readingsOf(output: unknown): string[];
export declare function judge(
  example: Case,
  output: unknown,
): { readonly leaked: string | undefined; readonly lost: string[] };
export declare function score(
  redact: (input: unknown) => unknown,
  examples: Iterable<Case>,
  benign?: Iterable<BenignText>,
): Score;
/** The worst kinds and contexts with ids of examples. */
export declare function worst(result: Score, count?: number): string;
