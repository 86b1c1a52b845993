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
