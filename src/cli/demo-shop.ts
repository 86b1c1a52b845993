import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import { readLines } from './bounded-input.ts';
import type { ShopCall } from './demo-scene.ts';

/** Where the example service lies, in the repository and in the installed package. */
export const SHOP_DIR: string = fileURLToPath(new URL('../../examples/shop/', import.meta.url));

/** What the shop is made with, besides this package. */
export const SHOP_PACKAGES: readonly string[] = [
  '@opentelemetry/api',
  '@opentelemetry/api-logs',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-trace-base',
  'pino',
];

/** Those of the shop's packages that cannot be found from where it lies. */
export function missingPackages(shopDir: string = SHOP_DIR): string[] {
  const require = createRequire(join(shopDir, 'server.js'));
  return SHOP_PACKAGES.filter((name) => {
    try {
      require.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
}

/** How the shop ended; both null when it could not even be started. */
export interface ShopEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The example service, running in a process of its own. */
export interface Shop {
  readonly pid: number | undefined;
  /** Where it listens. Rejects when it ends before that. */
  readonly ready: Promise<string>;
  readonly ended: Promise<ShopEnd>;
  /** Ends it, if it still lives. */
  kill(): void;
}

/** Requests of a burst that are under way at the same time. */
const CONCURRENCY = 30;

/**
 * Starts the shop as its own users would, with its exporters registered by `--import`. Of the own environment it gets neither
 * settings of a pager or an SDK nor Node options: the demo is the same everywhere.
 */
export function startShop(
  env: Readonly<Record<string, string | undefined>>,
  settings: Readonly<Record<string, string>>,
): Shop {
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:DISCORD_PAGER_|OTEL_|NODE_|VITEST|JEST_|MOCHA_)/.test(name)),
  );
  const child = spawn(process.execPath, ['--import', './instrumentation.js', 'server.js'], {
    cwd: SHOP_DIR,
    env: { ...inherited, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<ShopEnd>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    void readLog(child, (port) => resolve(`http://127.0.0.1:${port}`));
    void ended.then(() => reject(new Error('the shop ended before it was open')));
  });
  // Not everybody who starts it waits for that.
  ready.catch(() => undefined);
  return {
    pid: child.pid,
    ready,
    ended,
    kill: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}

/** Reads what the shop prints, to its end, so that it never waits for a reader. The line that says it is open carries its port. */
async function readLog(child: ChildProcess, onOpen: (port: number) => void): Promise<void> {
  if (child.stdout === null) return;
  for await (const text of readLines(child.stdout as AsyncIterable<Uint8Array>)) {
    const port = portOf(text ?? '');
    if (port !== undefined) onOpen(port);
  }
}

function portOf(line: string): number | undefined {
  try {
    const { port } = JSON.parse(line) as { port?: unknown };
    return typeof port === 'number' ? port : undefined;
  } catch {
    // No line of the logger.
    return undefined;
  }
}

/** Sends the requests of a call; answers when all of them are answered. */
export async function callShop(origin: string, call: ShopCall, clock: Clock, stopped: AbortSignal): Promise<void> {
  const { method, path, body, times = 1, everyMs } = call;
  let left = times;
  const worker = async (): Promise<void> => {
    while (left-- > 0 && !stopped.aborted) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await answer.arrayBuffer();
      if (everyMs !== undefined && left > 0) await clock.sleep(everyMs, stopped);
    }
  };
  const workers = everyMs === undefined ? Math.min(CONCURRENCY, times) : 1;
  await Promise.all(Array.from({ length: workers }, worker));
}
