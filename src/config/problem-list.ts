import type { ConfigProblem } from '../errors.ts';

/** The most problems that are listed. */
export const MAX_PROBLEMS = 100;

/** Gathers everything that is wrong with a configuration. */
export interface ProblemList {
  /** Adds a problem, once. `essential`: nothing can be posted where this is not right. */
  add(problem: ConfigProblem, essential?: 'essential'): void;
  /** True when an essential problem was added. */
  hasEssential(): boolean;
  /** All problems in the order they were found. `isOff` marks the essential ones as fatal; secrets that slipped in are masked. */
  list(isOff: boolean, secrets: Iterable<string>): readonly ConfigProblem[];
}

export function createProblemList(): ProblemList {
  const entries = new Map<string, { readonly problem: ConfigProblem; essential: boolean }>();
  let leftOut = 0;
  return {
    add(problem, essential) {
      const identity = `${problem.key}\n${problem.found}`;
      const known = entries.get(identity);
      if (known !== undefined) known.essential ||= essential !== undefined;
      else if (entries.size >= MAX_PROBLEMS - 1 && essential === undefined) leftOut++;
      else entries.set(identity, { problem, essential: essential !== undefined });
    },
    hasEssential: () => [...entries.values()].some(({ essential }) => essential),
    list(isOff, secrets) {
      const texts = [...secrets];
      const listed = [...entries.values()].slice(0, MAX_PROBLEMS).map(({ problem, essential }): ConfigProblem => {
        const fatal = isOff && (essential || problem.fatal === true);
        return {
          key: masked(problem.key, texts),
          found: masked(problem.found, texts),
          expected: masked(problem.expected, texts),
          remedy: masked(problem.remedy, texts),
          ...(fatal ? { fatal } : {}),
        };
      });
      if (leftOut === 0) return listed;
      const more = {
        key: 'configuration',
        found: `${leftOut} more problems`,
        expected: 'none',
        remedy: 'Correct the first ones.',
      };
      return [...listed, more];
    },
  };
}

function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
