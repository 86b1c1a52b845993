// Runs in the contender's process: what its calls cost the thread that makes them.
import { performance } from 'node:perf_hooks';
import { sleep } from '../clock.mjs';
import { distinctText, errorOf } from './errors.mjs';

/** What is called and with what; `error` may be the same each time. */
async function timed(count, burst, prepare) {
  const timesUs = [];
  for (let i = 0; i < count; i++) {
    const call = prepare(i);
    const start = process.hrtime.bigint();
    call();
    timesUs.push(Number(process.hrtime.bigint() - start) / 1000);
    if (i % burst === burst - 1) await sleep(5);
  }
  return timesUs;
}

const distinct = (contender, from, channels) => (i) => {
  const error = errorOf(distinctText(from + i));
  const channel = `c${i % channels}`;
  return () => contender.error(error, channel);
};

/** Calls that are not counted, then each by itself after a pause. */
export async function loneCalls(contender, { lone, perBurst, channels }) {
  await timed(5 * perBurst, perBurst, distinct(contender, 9_000, channels));
  return timed(lone, 1, distinct(contender, 8_000, channels));
}

let busySince;

/** As failures come: many in the same breath. */
export function burstCalls(contender, { bursts, perBurst, channels }) {
  busySince = performance.eventLoopUtilization();
  return timed(bursts * perBurst, perBurst, distinct(contender, 0, channels));
}

/** How long the thread was busy since the bursts began, with everything that a call leaves behind for it. */
export const busyMs = () => performance.eventLoopUtilization(busySince).active;

/** Blocks short enough that no queue to another thread fills up. */
export async function belowThreshold(contender, { rounds, perRound }) {
  const perCallUs = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < perRound; i++) contender.info('GET /cart 200');
    perCallUs.push(Number(process.hrtime.bigint() - start) / 1000 / perRound);
    await sleep(5);
  }
  // The first rounds are the compiler's.
  return perCallUs.slice(Math.floor(rounds / 3));
}

/** This package alone, once everything is compiled: both ways in, new alerts, lone ones and repeats. */
export async function ownCalls(contender, { warm, fresh, lone, repeats, perBurst, perRepeatBurst }) {
  const same = errorOf('always the same');
  const newAlert = (call, from) => (i) => {
    const error = errorOf(distinctText(from + i));
    return () => contender[call](error);
  };
  const repeat = async (call) => (await timed(repeats, perRepeatBurst, () => () => contender[call](same))).slice(warm);
  await timed(warm, perBurst, newAlert('error', 100_000));
  await timed(warm, perBurst, newAlert('page', 200_000));
  return {
    newUs: await timed(fresh, perBurst, newAlert('error', 300_000)),
    loneUs: await timed(lone, 1, newAlert('error', 400_000)),
    pageUs: await timed(fresh, perBurst, newAlert('page', 500_000)),
    repeatUs: await repeat('error'),
    pageRepeatUs: await repeat('page'),
  };
}
