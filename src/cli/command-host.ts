import { homedir, hostname } from 'node:os';
import type { Readable } from 'node:stream';
import { type Clock, systemClock } from '../clock.ts';
import type { HostFacts } from '../config/load-config.ts';
import { createTerminal, type OutputStream, type Terminal } from './terminal.ts';

/** What a command gets of the process it runs in. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly clock: Clock;
  readonly facts: HostFacts;
  /** Somebody types here: the terminal's signals reach every process of this command. */
  readonly isAtTerminal: boolean;
  /** Calls the listener when somebody ends the command (Ctrl-C, SIGTERM, a closed terminal); gives back the function that ends that. */
  onStop(listener: (signal: NodeJS.Signals) => void): () => void;
  /** Calls the listener for each of these signals, which then do nothing else; gives back the function that ends that. */
  onSignals(signals: readonly NodeJS.Signals[], listener: (signal: NodeJS.Signals) => void): () => void;
}

/** What our own commands end with: 0 done · 1 not delivered, or a check failed · 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** Takes the exit code of a command that has ended: from 0 to 255, as `run` ends with the code of another program. */
export type Finish = (code: number) => void;

/** The parts of `process` that commands work with. */
export interface CommandProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly platform: string;
  cwd(): string;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const STOP_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function createCommandHost(from: CommandProcess): CommandHost {
  const onSignals: CommandHost['onSignals'] = (signals, listener) => {
    for (const signal of signals) from.on(signal, listener);
    return () => {
      for (const signal of signals) from.off(signal, listener);
    };
  };
  return {
    env: from.env,
    stdin: from.stdin,
    stdout: createTerminal(from.stdout, from.env),
    stderr: createTerminal(from.stderr, from.env),
    clock: systemClock,
    facts: { platform: from.platform, homeDir: homedir(), hostname: hostname(), cwd: from.cwd() },
    isAtTerminal: from.stdin.isTTY === true,
    onStop: (listener) => onSignals(STOP_SIGNALS, listener),
    onSignals,
  };
}
