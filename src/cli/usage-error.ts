import type { Command, CommanderError } from 'commander';
import { nearestName } from '../config/nearest-name.ts';
import { showName } from '../config/shown-value.ts';
import { type ConfigProblem, describeProblem } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** A command that was called wrongly: exit code 2. Holds every problem at once, never a secret. */
export class UsageError extends Error {
  readonly code = 'PAGER_USAGE';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'UsageError';
    this.problems = problems;
  }
}

/** One line per problem, then where to read on. */
export function printProblems(terminal: Terminal, problems: readonly ConfigProblem[], help?: string): void {
  for (const problem of problems) terminal.line(`${terminal.style.red('error:')} ${describeProblem(problem)}`);
  if (help !== undefined) terminal.line(terminal.style.dim(`See ${help}.`));
}

/**
 * What commander found wrong, in our words. What the user typed is shown only where it cannot be a secret: a webhook URL pasted
 * behind a mistyped flag must not end in a CI log.
 */
export function problemOf(error: CommanderError, program: Command, command: Command | undefined): ConfigProblem {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const flags = (command ?? program).options.flatMap(({ long }) => (long ? [long] : [])).concat('--help');
  switch (error.code) {
    case 'commander.unknownOption': {
      const flag = shownFlag(quoted, flags);
      const meant = nearestName(flag, flags);
      return {
        key: flag,
        found: 'a flag that does not exist',
        expected: `one of ${flags.join(', ')}`,
        remedy: meant === undefined ? 'Remove it, or correct its name.' : `Did you mean ${meant}?`,
      };
    }
    case 'commander.optionMissingArgument':
      return {
        key: quoted.split(' ', 1)[0] ?? '',
        found: 'nothing behind it',
        expected: `a value: ${quoted}`,
        remedy: 'Write the value behind the flag; quote it when it holds blanks.',
      };
    case 'commander.excessArguments':
      return {
        key: 'arguments',
        found: 'more than this command takes',
        expected: 'flags and their values only',
        remedy: 'Quote values that hold blanks, and see that no variable in the command is empty.',
      };
    case 'commander.unknownCommand': {
      const commands = (command?.commands.length ? command : program).commands.map((one) => one.name());
      const meant = nearestName(quoted, commands);
      return {
        // What is no command's name mistyped may be anything.
        key: meant === undefined ? 'command' : showName(quoted),
        found: 'a command that does not exist',
        expected: `one of ${commands.join(', ')}`,
        remedy: meant === undefined ? 'Choose one of them.' : `Did you mean ${meant}?`,
      };
    }
    default:
      return {
        key: 'arguments',
        found: 'a combination that cannot be used',
        expected: 'what the help describes',
        remedy: 'Compare it with the help.',
      };
  }
}

/** What a mistyped flag may be shown at: words of a usual length, or near to a flag that there is. */
const PLAIN_FLAG = /^-{1,2}[a-z-]{1,20}$/i;

/** A flag as it may be named: `-pPASSWORD`, as the tools of databases take it, is `-p`. */
function shownFlag(typed: string, flags: readonly string[]): string {
  const name = typed.split('=', 1)[0] ?? '';
  if (/^-[^-]/.test(name)) return showName(name.slice(0, 2));
  return PLAIN_FLAG.test(name) || nearestName(name, flags) !== undefined ? showName(name) : '<not shown>';
}
