import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLines } from './bounded-input.ts';
import type { ShopCall } from './demo-scenes.ts';

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

/** A line that the shop logged. */
export interface ShopLine {
  readonly level: number;
  readonly text: string;
}

/** How the shop ended; both null while it lives. */
export interface ShopEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The example service, running in a process of its own. */
export interface Shop {
  /** Rejects when it ends before it listens. */
  readonly ready: Promise<void>;
  readonly ended: Promise<ShopEnd>;
  call(call: ShopCall): Promise<void>;
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
  onLine: (line: ShopLine) => void,
): Shop {
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:DISCORD_PAGER_|OTEL_|NODE_|VITEST|JEST_|MOCHA_)/.test(name)),
  );
  const child = spawn(process.execPath, ['--import', './instrumentation.js', 'server.js'], {
    cwd: SHOP_DIR,
    env: { ...inherited, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<ShopEnd>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  let origin = '';
  const ready = new Promise<void>((resolve, reject) => {
    void readLog(child, (line, port) => {
      onLine(line);
      if (port === undefined) return;
      origin = `http://127.0.0.1:${port}`;
      resolve();
    });
    void ended.then(() => reject(new Error('the shop ended before it was open')));
  });
  return {
    ready,
    ended,
    call: (call) => callShop(origin, call),
    kill: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}

/** Reads what the shop prints; the line that says it is open carries its port. */
async function readLog(child: ChildProcess, onLine: (line: ShopLine, port: number | undefined) => void): Promise<void> {
  const read = async (stream: AsyncIterable<Uint8Array>, level: number): Promise<void> => {
    for await (const text of readLines(stream)) {
      if (text === undefined || text.trim() === '') continue;
      const { line, port } = parseLine(text, level);
      onLine(line, port);
    }
  };
  await Promise.all([
    child.stdout === null ? undefined : read(child.stdout, 30),
    // What Node prints about an uncaught exception.
    child.stderr === null ? undefined : read(child.stderr, 0),
  ]);
}

function parseLine(text: string, level: number): { line: ShopLine; port: number | undefined } {
  try {
    const value = JSON.parse(text) as { level?: unknown; msg?: unknown; port?: unknown };
    if (typeof value.level === 'number' && typeof value.msg === 'string') {
      const port = typeof value.port === 'number' ? value.port : undefined;
      return { line: { level: value.level, text: value.msg }, port };
    }
  } catch {
    // No line of the logger.
  }
  return { line: { level, text }, port: undefined };
}

async function callShop(origin: string, { method, path, body, times = 1 }: ShopCall): Promise<void> {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, times) }, worker));
}
