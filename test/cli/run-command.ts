import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { CommandHost } from '../../src/cli/command-host.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import { createStyle, type Terminal } from '../../src/cli/terminal.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

/** The token in every webhook of these tests: no output may hold it. */
export const TOKEN: string = 'S3cr3t-T0ken'.repeat(6).slice(0, 68);
export const WEBHOOK: string = `https://discord.com/api/webhooks/123456789012345678/${TOKEN}`;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | readonly string[];
  readonly cwd?: string;
  /** When somebody presses Ctrl-C; only of a command run here. */
  readonly stop?: Promise<unknown>;
  /** Its output goes to a terminal; only of a command run here. */
  readonly isTerminal?: boolean;
  readonly clock?: Clock;
}

const NO_STATE = { DISCORD_PAGER_STATE_DIR: 'none', OTEL_SERVICE_NAME: 'tests' };

/** Runs a command in this process. Whatever it says is looked through for a webhook's token. */
export async function runHere(args: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  const { host, stdout, stderr } = createHostFor(circumstances);
  const code = await runCommandLine(args, host);
  return withoutToken({ code, stdout: stdout(), stderr: stderr() });
}

/** What a command gets of a process, and what it has said so far. */
export function createHostFor(circumstances: Circumstances): {
  host: CommandHost;
  stdout: () => string;
  stderr: () => string;
} {
  const { env = {}, stdin = [], cwd = process.cwd(), isTerminal = false, clock = systemClock } = circumstances;
  const stdout = createCapture(isTerminal);
  const stderr = createCapture(isTerminal);
  const host: CommandHost = {
    env: { ...NO_STATE, ...env },
    stdin: Readable.from((Array.isArray(stdin) ? stdin : [stdin]).map((text: string) => Buffer.from(text))),
    stdout: stdout.terminal,
    stderr: stderr.terminal,
    clock,
    facts: { platform: process.platform, homeDir: '', hostname: 'test-host', cwd },
    isAtTerminal: isTerminal,
    onStop(listener) {
      void circumstances.stop?.then(() => listener('SIGINT'));
      return () => undefined;
    },
    onSignals: () => () => undefined,
  };
  return { host, stdout: stdout.text, stderr: stderr.text };
}

function createCapture(isTerminal: boolean): { terminal: Terminal; text: () => string } {
  let text = '';
  const write = (more: string | Uint8Array): boolean => {
    text += typeof more === 'string' ? more : Buffer.from(more).toString();
    return true;
  };
  return {
    text: () => text,
    terminal: {
      style: createStyle(1),
      isTerminal,
      columns: 100,
      isClosed: false,
      write,
      line(line = '') {
        write(`${line}\n`);
      },
      drained: () => Promise.resolve(),
    },
  };
}

export const MAIN: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Runs the built command in a process of its own, with nothing of this test run's environment but the path. */
export async function runBuilt(args: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  if (!existsSync(MAIN)) throw new Error('dist/cli/main.js is missing: run `npm run build` first');
  const { env = {}, stdin = '', cwd = process.cwd() } = circumstances;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...NO_STATE, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that does not read its input may end before this is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(typeof stdin === 'string' ? stdin : stdin.join(''));
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return withoutToken({ code, ...texts });
}

function withoutToken(outcome: Outcome): Outcome {
  expect(`${outcome.stdout}\n${outcome.stderr}`).not.toContain(TOKEN);
  return outcome;
}

/** The token of a webhook that the emulator made. */
export function tokenOf(webhookUrl: string): string {
  return new URL(webhookUrl).pathname.split('/').at(-1) ?? '';
}
