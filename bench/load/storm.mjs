// Runs in the contender's process: errors over a second, as a service has them that fails under load.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nowMs, sleep } from '../clock.mjs';
import { distinctText, errorOf, FATAL_TEXT, SAME_TEXT } from './errors.mjs';

const TICKS = 50;
const TICK_MS = 20;
/** How long the thread is still watched after the last call. */
const AFTERMATH_MS = 2_000;

async function storm(count, call, atEnd = () => {}) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = nowMs();
  for (let tick = 0; tick < TICKS; tick++) {
    for (let i = Math.floor((count / TICKS) * tick); i < Math.floor((count / TICKS) * (tick + 1)); i++) call(i);
    // By the clock, so that a slow contender gets its errors as fast as a quick one, as long as its thread keeps up.
    await sleep(Math.max(0, startMs + (tick + 1) * TICK_MS - nowMs()));
  }
  const endMs = nowMs();
  atEnd();
  await sleep(AFTERMATH_MS);
  delay.disable();
  return { startMs, endMs, loopP99Ms: delay.percentile(99) / 1e6, loopMaxMs: delay.max / 1e6 };
}

export const distinctStorm = (contender, count) => storm(count, (i) => contender.error(errorOf(distinctText(i))));

/** The FATAL is called right behind the last of them. */
export const identicalStorm = (contender, count) =>
  storm(
    count,
    () => contender.error(errorOf(SAME_TEXT)),
    () => contender.fatal(errorOf(FATAL_TEXT)),
  );

/** A FATAL in the same breath as so many distinct errors. */
export function distinctThenFatal(contender, count) {
  for (let i = 0; i < count; i++) contender.error(errorOf(distinctText(i)));
  const fatalMs = nowMs();
  contender.fatal(errorOf(FATAL_TEXT));
  return { fatalMs };
}

/** Pages one by one; gives back when each was called. */
export async function singlePages(contender, { count, pauseMs, channels }) {
  const calledMs = {};
  for (let i = 0; i < count; i++) {
    const text = distinctText(i);
    const error = errorOf(text);
    calledMs[text] = nowMs();
    contender.error(error, `c${i % channels}`);
    await sleep(pauseMs);
  }
  return calledMs;
}

/** 2,000 distinct troubles in ten seconds: few are urgent, most are not. `texts` has them by priority. */
export async function mixedStorm(contender, { texts, ms }) {
  const all = Object.entries(texts).flatMap(([priority, each]) =>
    each.map((text, i) => [i / each.length, priority, text]),
  );
  all.sort(([a], [b]) => a - b);
  const startMs = nowMs();
  for (const [at, priority, text] of all) {
    await sleep(Math.max(0, startMs + at * ms - nowMs()));
    contender.mixed(errorOf(text), priority);
  }
  return { startMs };
}

/** So many distinct errors nobody is to be woken for, and right behind them one that somebody is. */
export function urgentBehindMany(contender, { count, priority }) {
  for (let i = 0; i < count; i++) contender.mixed(errorOf(distinctText(i)), priority);
  const fatalMs = nowMs();
  contender.fatal(errorOf(FATAL_TEXT));
  return { fatalMs };
}

/** The same error over and over, in blocks short enough that the thread breathes. */
export async function sameErrorOften(contender, count) {
  const same = errorOf(SAME_TEXT);
  const perBlock = 5_000;
  const rssBefore = process.memoryUsage.rss();
  let busyNs = 0n;
  let peak = 0;
  const startMs = nowMs();
  for (let done = 0; done < count; done += perBlock) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < perBlock; i++) contender.error(same);
    busyNs += process.hrtime.bigint() - start;
    peak = Math.max(peak, process.memoryUsage.rss());
    await sleep(1);
  }
  return { startMs, endMs: nowMs(), eachUs: Number(busyNs) / 1000 / count, grownMb: (peak - rssBefore) / 1e6 };
}
