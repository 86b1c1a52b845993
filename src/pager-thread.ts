import { type MessagePort, workerData } from 'node:worker_threads';
import type { PagerStart, ToPager } from './capture/protocol.ts';
import { startPagerRuntime } from './pager-runtime.ts';

// The pager thread's entry: a port in, a port out. The open port keeps this thread alive; the process does not wait for it.
const { port, ...start } = workerData as PagerStart & { readonly port: MessagePort };
const runtime = startPagerRuntime(start, { emit: (message) => port.postMessage(message) });
port.on('message', (message: ToPager) => runtime.receive(message));
