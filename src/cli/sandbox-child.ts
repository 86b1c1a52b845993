import { type ChildProcess, spawn } from 'node:child_process';
import { parseWebhookVariable } from '../config/channel-name.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The channels that an environment has webhooks for, by name. */
export function channelsOf(env: Env): string[] {
  return Object.keys(env).flatMap((name) => {
    const channel = parseWebhookVariable(name)?.channel;
    return channel === undefined || channel === 'default' ? [] : [channel];
  });
}

/**
 * The environment for an application that shall page into the sandbox: every webhook variable leads to the sandbox's channel of that
 * name, and so does whatever webhook the application has from elsewhere.
 *
 * @param stateDir where its pager keeps its state, if the environment says nothing of that
 */
export function sandboxEnvironment(env: Env, sandbox: Sandbox, stateDir: string): Record<string, string> {
  const own = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && parseWebhookVariable(entry[0]) === undefined,
  );
  return {
    DISCORD_PAGER_STATE_DIR: stateDir,
    ...Object.fromEntries(own),
    ...sandbox.environment,
    DISCORD_PAGER_API_BASE_URL: sandbox.url,
  };
}

/** How a command ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started: the system's code (`ENOENT`). */
  readonly failure: string | undefined;
}

/** A command of the user's, or one of our own. */
export interface SandboxChild {
  readonly ended: Promise<ChildEnd>;
  kill(signal: NodeJS.Signals): void;
}

/** @param stdio `inherit`: it shares this terminal. */
export function startChild(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  stdio: 'inherit' | 'ignore' = 'inherit',
): SandboxChild {
  const [file = '', ...args] = command;
  const child: ChildProcess = spawn(file, args, { env, stdio });
  return {
    ended: new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve({ code: null, signal: null, failure: error.code ?? 'unknown error' }),
      );
      child.once('close', (code, signal) => resolve({ code, signal, failure: undefined }));
    }),
    kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    },
  };
}
