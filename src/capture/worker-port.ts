import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FromPager, PagerPort, PagerStart, PortEvents } from './protocol.ts';

/**
 * Heap of the pager thread. Its bounds keep it well below; an alert storm of the largest records may not take more from the
 * application's machine.
 */
const MAX_OLD_GENERATION_MB = 160;
const MAX_YOUNG_GENERATION_MB = 8;

/**
 * Starts the pager in a thread of its own, which nothing of the application reaches: no preload, no instrumentation, no
 * diagnostics subscriber (`execArgv` is empty and `NODE_OPTIONS` left out). It never keeps the process alive.
 *
 * `file` is the thread's entry. Throws where threads cannot be had: the permission model, or a bundle that lost the thread's file.
 */
export function startWorkerPort(file: URL, start: PagerStart, events: PortEvents): PagerPort {
  if (file.protocol !== 'file:' || !existsSync(fileURLToPath(file)))
    throw new Error('the file of the pager thread is missing');
  const { port1, port2 } = new MessageChannel();
  const drained = new Int32Array(start.drained);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(start.env)) {
    if (value !== undefined && name !== 'NODE_OPTIONS' && name !== 'NODE_V8_COVERAGE') env[name] = value;
  }
  const worker = new Worker(file, {
    execArgv: [],
    argv: [],
    env,
    workerData: { ...start, env, port: port2 },
    transferList: [port2],
    resourceLimits: {
      maxOldGenerationSizeMb: MAX_OLD_GENERATION_MB,
      maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB,
    },
    name: 'otel-discord-pager',
    stdin: false,
    // Its output is nobody's: everything the pager has to say comes through the port. Reading it here, if only to throw it
    // away, would keep the process alive.
    stdout: true,
    stderr: true,
    trackUnmanagedFds: false,
  });
  let ended = false;
  const pump = (): void => {
    for (let received = receiveMessageOnPort(port1); received !== undefined; received = receiveMessageOnPort(port1)) {
      events.message(received.message as FromPager);
    }
  };
  const died = (reason: string): void => {
    if (ended) return;
    // What it said last still counts: what it had settled need not be shown twice.
    pump();
    ended = true;
    port1.close();
    events.died(reason);
  };
  worker.on('error', (error: unknown) => died(reasonOf(error)));
  worker.on('exit', (code) => died(`exit code ${code}`));
  port1.on('message', (message: FromPager) => events.message(message));
  worker.unref();
  port1.unref();
  return {
    canBlock: true,
    post(message) {
      if (!ended) port1.postMessage(message);
    },
    pump,
    drainBlocking(timeoutMs) {
      if (ended) return false;
      const before = Atomics.load(drained, 0);
      port1.postMessage({ kind: 'drain', timeoutMs });
      return Atomics.wait(drained, 0, before, timeoutMs) !== 'timed-out';
    },
    async end() {
      ended = true;
      port1.close();
      await worker.terminate();
    },
  };
}

/** A code where there is one: the message of an error may quote what must not be shown. */
function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'out of memory';
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : 'an unexpected error';
}
