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
}

/** 0 done · 1 not delivered, or a check failed · 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** The parts of `process` that commands work with. */
export interface CommandProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly platform: string;
  cwd(): string;
}

export function createCommandHost(from: CommandProcess): CommandHost {
  return {
    env: from.env,
    stdin: from.stdin,
    stdout: createTerminal(from.stdout, from.env),
    stderr: createTerminal(from.stderr, from.env),
    clock: systemClock,
    facts: { platform: from.platform, homeDir: homedir(), hostname: hostname(), cwd: from.cwd() },
  };
}
