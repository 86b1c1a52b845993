// The local Discord in a process of its own, so that it shares no event loop with what is measured.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startDiscordEmulator } from '../dist/testing.js';

const isChild = process.send !== undefined && process.argv[2] === 'discord';

if (isChild) {
  const discord = await startDiscordEmulator(JSON.parse(process.argv[3] ?? '{}'));
  const titlesOf = (message) => message.embeds.map(({ title }) => title ?? '');
  const answers = {
    url: (channel) => discord.webhookUrl(channel),
    arrivals: () => discord.requests().map(({ atMs, method, status }) => ({ atMs, method, status })),
    report: () => {
      const messages = discord.messages();
      const requests = discord.requests();
      const firstSeen = {};
      for (const message of messages) {
        const states = [...message.versions, message];
        for (const title of titlesOf(states[0])) firstSeen[title.replace(/ ×[\d,]+$/, '')] ??= message.createdAtMs;
      }
      return {
        messages: messages.length,
        firstSeen,
        titles: messages.flatMap(titlesOf),
        requests: requests.length,
        limited: requests.filter(({ status }) => status === 429).length,
        refused: requests.filter(({ status }) => status === 400).length,
        violations: discord.violations().map(({ rule, text }) => `${rule}: ${text}`),
      };
    },
  };
  process.on('message', ({ id, ask, given }) => process.send({ id, answer: answers[ask](given) }));
  process.on('disconnect', () => process.exit(0));
  process.send({ id: 0 });
}

/** Starts it; `ask` answers what happened there, `stop` ends it. */
export async function startDiscord(options = {}) {
  const child = fork(fileURLToPath(import.meta.url), ['discord', JSON.stringify(options)]);
  await once(child, 'message');
  let id = 0;
  const waiting = new Map();
  child.on('message', (message) => {
    waiting.get(message.id)?.(message.answer);
    waiting.delete(message.id);
  });
  return {
    ask(question, given) {
      const mine = ++id;
      return new Promise((resolve) => {
        waiting.set(mine, resolve);
        child.send({ id: mine, ask: question, given });
      });
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Epoch milliseconds with fractions. */
export const nowMs = () => performance.timeOrigin + performance.now();

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

/** A name that no normaliser takes for a number: distinct errors have to stay distinct. */
export const wordOf = (number) => [...String(number)].map((digit) => 'abcdefghij'[digit]).join('');
