import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { showName } from '../config/shown-value.ts';
import { SANDBOX_CHANNELS, SANDBOX_PORT, type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { channelListFlag, portFlag, textFlag } from './flag-values.ts';
import { type ChildEnd, channelsOf, type SandboxChild, sandboxEnvironment, startChild } from './sandbox-child.ts';
import { UsageError } from './usage-error.ts';

interface SandboxFlags {
  readonly port?: number;
  readonly host: string;
  readonly channel?: readonly string[];
  readonly once?: true;
}

export function addSandboxCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('sandbox')
    .summary('a local Discord with a page to watch: try, test and tune without an account')
    .description(
      'Starts a local Discord with the real one’s limits, and a page on which its messages arrive. With a command behind --, runs that command so that it pages into it. Nothing leaves this machine.',
    )
    .argument('[command...]', 'behind --: an application to run')
    .option(
      '--port <number>',
      `where to listen; 0 takes a free port (default: ${SANDBOX_PORT}, with a command any free one where that is taken)`,
      portFlag('--port'),
    )
    .option('--host <address>', 'where to listen', textFlag('--host', 'an address of this machine'), '127.0.0.1')
    .option('--channel <names>', 'channels besides alerts, comma list; may be repeated', channelListFlag('--channel'))
    .option('--once', 'end when the command has ended')
    .addHelpText('after', HELP_AFTER)
    .action(async (command: string[], flags: SandboxFlags) => finish(await runSandbox(command, flags, host)));
}

const HELP_AFTER = `
The webhook URLs are the same after every start. What webhooks the command's environment has, and any other that it uses,
lead to the sandbox. Its pager keeps its state until the sandbox ends, where DISCORD_PAGER_STATE_DIR says nothing else: a command
that starts again and again goes on counting. The page is for this machine only; with --host 0.0.0.0 it can be reached from others (containers).

Examples:
  discord-pager sandbox
  discord-pager sandbox --channel p0,deploys -- node app.js
  curl -s localhost:8025/_sandbox/state | jq '.messages[].preview'

Exit codes: 0 stopped, or the command of --once ended with 0 · 1 it ended with another code · 2 wrong usage
`;

async function runSandbox(command: readonly string[], flags: SandboxFlags, host: CommandHost): Promise<ExitCode> {
  if (flags.once && command.length === 0) {
    throw new UsageError([
      {
        key: '--once',
        found: 'no command',
        expected: 'a command whose end is waited for',
        remedy: 'Write it behind --: discord-pager sandbox --once -- node app.js',
      },
    ]);
  }
  const channels = [...new Set([...SANDBOX_CHANNELS, ...(flags.channel ?? []), ...channelsOf(host.env)])];
  const ports = flags.port !== undefined ? [flags.port] : command.length > 0 ? [SANDBOX_PORT, 0] : [SANDBOX_PORT];
  const sandbox = await open(ports, { host: flags.host, channels, clock: host.clock });
  // What is under a watcher (node --watch, nodemon) starts again and again, and shall go on counting, as it will in earnest.
  const stateDir = command.length === 0 ? undefined : await mkdtemp(join(tmpdir(), 'discord-pager-sandbox-'));
  try {
    return await serve(sandbox, command, flags, host, stateDir ?? 'none');
  } finally {
    await sandbox.close();
    // A command that was killed may have left something behind that still writes there.
    if (stateDir !== undefined) await rm(stateDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function serve(
  sandbox: Sandbox,
  command: readonly string[],
  flags: SandboxFlags,
  host: CommandHost,
  stateDir: string,
): Promise<ExitCode> {
  const { stderr } = host;
  let child: SandboxChild | undefined;
  let told = 0;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const unlisten = host.onStop((signal) => {
    told++;
    // A terminal gives its Ctrl-C to the command as well: two of them would make many an application give up its clean end.
    if (told > 1) child?.kill('SIGKILL');
    else if (signal !== 'SIGINT' || !host.isAtTerminal) child?.kill(signal);
    stop();
  });
  try {
    printWhere(sandbox, command, host);
    if (command.length === 0) {
      await stopped;
      return 0;
    }
    child = startChild(command, sandboxEnvironment(host.env, sandbox, stateDir));
    const end = await child.ended;
    stderr.line(`discord-pager sandbox: ${endInWords(command[0] ?? '', end)}`);
    if (end.failure !== undefined) return 2;
    if (!flags.once) {
      stderr.line(`discord-pager sandbox: what it paged stays at ${sandbox.url} until Ctrl-C`);
      await stopped;
      return 0;
    }
    return end.code === 0 ? 0 : 1;
  } finally {
    unlisten();
  }
}

/** On the first of these ports that is free. */
async function open(ports: readonly number[], options: SandboxOptions): Promise<Sandbox> {
  const [port = SANDBOX_PORT, ...others] = ports;
  try {
    return await startSandbox({ ...options, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EADDRINUSE' && others.length > 0) return open(others, options);
    if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) throw error;
    const isAddress = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND';
    throw new UsageError([
      {
        key: isAddress ? '--host' : '--port',
        found: isAddress ? 'an address that this machine does not have' : `${port}, which cannot be used (${code})`,
        expected: isAddress ? '127.0.0.1, 0.0.0.0 or another address of this machine' : 'a free port',
        remedy: isAddress ? 'Leave it out to listen on 127.0.0.1.' : 'Choose another, or --port 0 for any free one.',
      },
    ]);
  }
}

function printWhere(sandbox: Sandbox, command: readonly string[], { stderr, stdout }: CommandHost): void {
  // The output of a command is its own: with one, ours goes beside it.
  const out = command.length === 0 ? stdout : stderr;
  const { style } = out;
  out.line(`${style.bold('discord-pager sandbox')}  a Discord on this machine; nothing leaves it`);
  out.line(`  ${style.bold('Timeline')}  ${style.cyan(sandbox.url)}`);
  if (command.length > 0) return;
  out.line();
  out.line('Point an application here:');
  // These URLs lead to this machine alone and protect nothing.
  for (const [name, url] of Object.entries(sandbox.environment)) out.line(`  export ${name}=${url}`);
  out.line();
  out.line(style.dim('Ctrl-C ends it.'));
}

function endInWords(file: string, { code, signal, failure }: ChildEnd): string {
  // An assignment that was meant for a shell (`TOKEN=… node app.js`) would be shown.
  if (failure !== undefined) return `${showName(basename(file))} could not be started (${failure})`;
  return signal === null ? `the command ended with exit code ${code}` : `the command was ended by ${signal}`;
}
