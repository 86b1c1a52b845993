import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** What became of a child process. */
export interface ChildResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly nodeArgs?: readonly string[];
  readonly args?: readonly string[];
  /** A command that runs the one behind it: `['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh']`. */
  readonly prefix?: readonly string[];
  /** Sent once the child has printed a line that contains this text. */
  readonly signalOn?: { readonly text: string; readonly signal: NodeJS.Signals };
  /** Ended after this time. @default 20_000 */
  readonly timeoutMs?: number;
}

/**
 * Runs a Node script as an application would run: without the test runner's marks in its environment, with a state directory of its
 * own.
 */
export function runApp(script: string, options: ChildOptions = {}): Promise<ChildResult> {
  const env: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const stateDir = mkdtempSync(join(tmpdir(), 'pager-state-'));
  env['DISCORD_PAGER_STATE_DIR'] = stateDir;
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  const startedMs = performance.now();
  const app = [process.execPath, ...(options.nodeArgs ?? []), join(ROOT, script), ...(options.args ?? [])];
  const [command = process.execPath, ...args] = [...(options.prefix ?? []), ...app];
  const child = spawn(command, args, {
    env,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let signalled = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (!signalled && options.signalOn !== undefined && stdout.includes(options.signalOn.text)) {
      signalled = true;
      child.kill(options.signalOn.signal);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 20_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      rmSync(stateDir, { recursive: true, force: true });
      resolve({ code, signal, stdout, stderr, tookMs: performance.now() - startedMs });
    });
  });
}
