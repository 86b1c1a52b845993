import { Command, CommanderError } from 'commander';
import { PACKAGE_VERSION } from '../version.ts';
import type { CommandHost, Finish } from './command-host.ts';
import { createStyle } from './terminal.ts';
import { printProblems, problemOf, UsageError } from './usage-error.ts';

/**
 * Runs one command line and answers its exit code; it never ends the process itself. Whoever calls a command wrongly gets every
 * problem that was found, with key, found, expected and remedy, and code 2.
 *
 * @param args without `node` and the script's name.
 */
export async function runCommandLine(args: readonly string[], host: CommandHost): Promise<number> {
  let code = 0;
  const program = createProgram(host);
  for (const add of await loadCommands(args[0] ?? '')) {
    add(program, host, (finished) => {
      code = finished;
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // No command at all: the help is already on stderr.
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    if (!(error instanceof CommanderError || error instanceof UsageError)) throw error;
    const command = program.commands.find((one) => one.name() === args.find((arg) => !arg.startsWith('-')));
    const problems = error instanceof UsageError ? error.problems : [problemOf(error, program, command)];
    printProblems(host.stderr, problems, `discord-pager ${command === undefined ? '' : `${command.name()} `}--help`);
    return 2;
  }
}

type AddCommand = (program: Command, host: CommandHost, finish: Finish) => void;

/** In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  send: async () => (await import('./send.ts')).addSendCommand,
  run: async () => (await import('./run.ts')).addRunCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
  render: async () => (await import('./render.ts')).addRenderCommand,
  sandbox: async () => (await import('./sandbox.ts')).addSandboxCommand,
  demo: async () => (await import('./demo.ts')).addDemoCommand,
  spool: async () => (await import('./spool.ts')).addSpoolCommand,
};

/**
 * The command that is asked for, alone: what supervises a service for months shall not hold the pager, and the sandbox, in memory.
 * All of them where it is something else, such as the help.
 */
function loadCommands(asked: string): Promise<AddCommand[]> {
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  return Promise.all(names.flatMap((name) => COMMANDS[name]?.() ?? []));
}

function createProgram(host: CommandHost): Command {
  const program = new Command('discord-pager');
  const colored = createStyle(4);
  program
    .description('Operator pages in Discord: one message per incident, redacted, at once.')
    .version(PACKAGE_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    // What stands behind the command that `run` supervises is that command's.
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut(text) {
        host.stdout.write(text);
      },
      writeErr(text) {
        host.stderr.write(text);
      },
      getOutHelpWidth: () => Math.min(host.stdout.columns, 120),
      getErrHelpWidth: () => Math.min(host.stderr.columns, 120),
      getOutHasColors: () => host.stdout.style.hasColors,
      getErrHasColors: () => host.stderr.style.hasColors,
      // Said by runCommandLine, in our own form.
      outputError: () => undefined,
    })
    .configureHelp({
      styleTitle: (text) => colored.bold(text),
      styleCommandText: (text) => colored.cyan(text),
      styleSubcommandText: (text) => colored.cyan(text),
      styleOptionText: (text) => colored.cyan(text),
    })
    .addHelpText('after', HELP_AFTER);
  return program;
}

const HELP_AFTER = `
Webhooks and settings come from the environment (DISCORD_PAGER_WEBHOOK_URL, DISCORD_PAGER_WEBHOOK_<CHANNEL>, …)
and from the file that DISCORD_PAGER_CONFIG names.

Exit codes (but of run, which ends as its command does):
  0  done
  1  not delivered, or a check failed
  2  wrong usage or configuration
`;
