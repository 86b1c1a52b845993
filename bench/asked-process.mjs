// A process of its own that is asked questions and answers them: nothing that is measured shares an event loop with the bench.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sleep } from './clock.mjs';

const STOP_MS = 2_000;
const KEPT_OUTPUT_CHARS = 4_000;

/** In the process itself: answers by name, until the bench has gone. */
export function answerQuestions(answers) {
  process.on('message', async ({ id, question, given }) => {
    try {
      process.send({ id, answer: await answers[question](...given) });
    } catch (error) {
      process.send({ id, error: String(error?.stack ?? error) });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send({ id: 0 });
}

/**
 * Starts one and waits until it is ready. `ask` rejects when the process has ended; `died` tells how, and is undefined while it lives.
 *
 * @param {string} file path relative to this folder
 */
export async function startAsked(file, args, env = {}) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_OUTPUT_CHARS);
    });
  }
  const waiting = new Map();
  let died;
  let lastId = 0;
  const ready = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
  child.on('message', ({ id, answer, error }) => {
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(`${file}: ${error}`));
    waiting.delete(id);
  });
  child.on('exit', (code, signal) => {
    died = { code, signal, output };
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${signal ?? code}:\n${output}`));
    waiting.clear();
  });
  await ready;
  return {
    died: () => died,
    output: () => output,
    ask(question, ...given) {
      if (died !== undefined)
        return Promise.reject(new Error(`${file} ended with ${died.signal ?? died.code}:\n${output}`));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, question, given });
      });
    },
    async stop() {
      if (died !== undefined) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await Promise.race([ended, sleep(STOP_MS)]);
      if (died === undefined) {
        child.kill('SIGKILL');
        await ended;
      }
    },
  };
}
