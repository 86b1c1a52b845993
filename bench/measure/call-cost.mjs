import { nowMs, until } from '../clock.mjs';
import { WITHOUT_LIMITS } from '../discord.mjs';
import { warmUp, withContender } from '../session.mjs';
import { CHANNELS } from './single-page.mjs';

const DRAIN_TIMEOUT_MS = 30_000;

/** What an error call costs the application's thread, and how busy it leaves the thread until nothing is sent any more. */
export const measureCallCost = (contender, scale) =>
  withContender(contender, WITHOUT_LIMITS, { channels: CHANNELS }, async ({ discord, process }) => {
    const calls = { ...scale.callCost, channels: CHANNELS };
    if (contender.module !== 'nobody') await warmUp({ discord, process }, scale);
    const loneUs = await process.ask('loneCalls', calls);
    await quiet(discord, scale.quietMs);
    const burstUs = await process.ask('burstCalls', calls);
    await quiet(discord, scale.quietMs);
    return { loneUs, burstUs, busyUs: ((await process.ask('busyMs')) * 1000) / burstUs.length };
  });

/** The same for a record that is none of Discord's business; undefined where nothing filters. */
export const measureBelowThreshold = (contender, scale) =>
  withContender(contender, WITHOUT_LIMITS, { filtered: true }, ({ process }) =>
    process.ask('belowThreshold', scale.belowThreshold),
  );

/** Until nothing is sent any more. */
async function quiet(discord, quietMs) {
  let last = -1;
  let sinceMs = nowMs();
  await until(async () => {
    const requests = await discord.ask('requests');
    if (requests !== last) sinceMs = nowMs();
    last = requests;
    return nowMs() - sinceMs > quietMs;
  }, DRAIN_TIMEOUT_MS);
}
