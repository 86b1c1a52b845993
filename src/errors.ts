/** One thing that is wrong with a configuration: which key, what was found, what was expected, and what to do. */
export interface ConfigProblem {
  /** As the user wrote it: `DISCORD_PAGER_MIN_PRIORITY`, `routes[2].channel`. */
  readonly key: string;
  /** What was found, secrets masked. */
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
  /** True when the pager is off because of it. Otherwise the value counts as not set, and the pager runs. */
  readonly fatal?: boolean;
}

/** One line: key, found, expected, remedy. */
export function describeProblem(problem: ConfigProblem): string {
  return `${problem.key}: found ${problem.found}, expected ${problem.expected}. ${problem.remedy}`;
}

/** A configuration that cannot be used; carries every problem at once, never a secret. */
export class ConfigError extends Error {
  readonly code = 'PAGER_CONFIG_INVALID';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
