import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nowMs, sleep, until } from '../clock.mjs';
import { startDiscord } from '../discord.mjs';
import { distinctText, FATAL_TEXT, WARM_TEXT } from '../load/errors.mjs';

/** A process that hangs is ended after this. */
const TRIAL_TIMEOUT_MS = 30_000;
/** What is on its way when a process ends may still arrive. */
const AFTERMATH_MS = 500;

function startApp(file, args, env = {}) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4_000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), TRIAL_TIMEOUT_MS + 90_000);
  const ended = once(child, 'exit').then(([code, signal]) => {
    clearTimeout(timer);
    return { code, signal, atMs: nowMs() };
  });
  return { child, ended, output: () => output, errors: () => errors };
}

/** One Discord for many trials, one after the other; everything in between is forgotten. */
export async function withDiscord(options, run) {
  const discord = await startDiscord(options);
  try {
    return await run(discord);
  } finally {
    await discord.stop();
  }
}

async function withTrial(discord, contender, run) {
  const stateDir = mkdtempSync(join(tmpdir(), 'bench-state-'));
  try {
    const url = await discord.ask('url', 'alerts');
    const env = contender.toLoopback
      ? {
          NODE_OPTIONS: `--import=${new URL('../to-loopback.mjs', import.meta.url)}`,
          BENCH_DISCORD_ORIGIN: await discord.ask('origin'),
        }
      : {};
    return await run({ url, stateDir, env, options: JSON.stringify({ url, channels: {}, filtered: false, stateDir }) });
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Waits for the warm-up page, then lets Discord forget it and its limits. */
async function warmUp(discord, texts) {
  await until(async () => (await discord.ask('channel')).unseen === 0, 15_000);
  await sleep(AFTERMATH_MS);
  await discord.ask('watch', texts, undefined, true);
}

/** With `count` errors queued and a FATAL right behind them it comes to its end in the given way; then it is started again. */
export function deathTrial(discord, contender, way, count) {
  return withTrial(discord, contender, async ({ url, stateDir, env, options }) => {
    await discord.ask('watch', [WARM_TEXT]);
    const app = startApp('dying-app.mjs', [contender.module, options, way, String(count)], env);
    const queued = Array.from({ length: count }, (_, i) => distinctText(i));
    await warmUp(discord, [FATAL_TEXT, ...queued]);
    app.child.send('go');
    const { atMs } = await app.ended;
    const dyingMs = Number(/dying ([\d.]+)/.exec(app.output())?.[1]);
    await sleep(AFTERMATH_MS);
    const atDeath = await discord.ask('channel');
    const trial = {
      heldMs: atMs - dyingMs,
      fatalSeen: atDeath.firstMs[FATAL_TEXT] !== undefined,
      fatalMs: (atDeath.firstMs[FATAL_TEXT] ?? Number.NaN) - dyingMs,
      seenAtDeath: count - atDeath.unseen + (atDeath.firstMs[FATAL_TEXT] === undefined ? 1 : 0),
    };
    if (!contender.isOurs) return { ...trial, missing: atDeath.unseen };
    await startAgain(url, stateDir);
    const { unseen, unseenTexts } = await discord.ask('channel');
    return { ...trial, missing: unseen, unseenTexts, repeated: await discord.ask('repeated', [FATAL_TEXT, ...queued]) };
  });
}

/** It logs an error every 20 ms and is killed at some moment; then it is started again. */
export function killTrial(discord, contender, livesMs) {
  return withTrial(discord, contender, async ({ url, stateDir, env, options }) => {
    await discord.ask('watch', [WARM_TEXT]);
    const app = startApp('logging-app.mjs', [contender.module, options], env);
    await warmUp(
      discord,
      Array.from({ length: 500 }, (_, i) => distinctText(i)),
    );
    app.child.send('go');
    await sleep(livesMs);
    const killedMs = nowMs();
    app.child.kill('SIGKILL');
    await app.ended;
    const logged = [...app.output().matchAll(/logged (\d+) ([\d.]+)/g)].map(([, i, atMs]) => ({
      text: distinctText(Number(i)),
      beforeMs: killedMs - Number(atMs),
    }));
    const old = logged.filter(({ beforeMs }) => beforeMs >= 200).map(({ text }) => text);
    if (contender.isOurs) await startAgain(url, stateDir);
    else await sleep(AFTERMATH_MS);
    const { firstMs } = await discord.ask('channel');
    return {
      logged: logged.length,
      old: old.length,
      missing: old.filter((text) => firstMs[text] === undefined).length,
      repeated: await discord.ask(
        'repeated',
        logged.map(({ text }) => text),
      ),
    };
  });
}

async function startAgain(url, stateDir) {
  const again = startApp('again-app.mjs', [url, stateDir]);
  const { code } = await again.ended;
  if (code !== 0) throw new Error(`the service started again ended with ${code}:\n${again.errors()}`);
  await sleep(AFTERMATH_MS);
}
