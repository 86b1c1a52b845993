import { until } from '../clock.mjs';
import { CONTENDERS } from '../contenders.mjs';
import { AS_DISCORD, startDiscord, WITHOUT_LIMITS } from '../discord.mjs';
import { FATAL_TEXT } from '../load/errors.mjs';
import { measureDistinctStorm } from '../measure/distinct-storm.mjs';
import { warmUp, withContender } from '../session.mjs';
import { measureAddedBelowThreshold } from './below-threshold.mjs';
import { measurePackageSize } from './package-size.mjs';
import { measureStartCost } from './start-cost.mjs';
import { measureMillion, measureMixedStorm, measureUrgentBehindMany } from './storms.mjs';

const [OURS] = CONTENDERS;
const OWN_CALLS = { warm: 2_000, fresh: 10_000, lone: 500, repeats: 22_000, perBurst: 250, perRepeatBurst: 500 };
const BEFORE_FATAL = 1_000;
const FATAL_TIMEOUT_MS = 10_000;

/** What only concerns this package, with nothing to compare. */
export async function measureOursAlone(scale, say) {
  const step = (what, measure) => {
    say(`ours alone: ${what}`);
    return measure();
  };
  return {
    below: await step('below the threshold', addedBelowThreshold),
    start: await step('start', measureStartCost),
    calls: await step('calls', () => ownCalls(scale)),
    fatal: await step('FATAL behind distinct errors', () => fatalBehindDistinct(scale)),
    withEdits: await step('edits counted', () =>
      measureDistinctStorm(OURS, scale, { ...AS_DISCORD, patchCountsTowardChannel: true }),
    ),
    mixed: await step('2,000 mixed', () => measureMixedStorm(scale)),
    behindMany: await step('P0 behind 10,000 P3', () => measureUrgentBehindMany(scale)),
    million: await step('a million', () => measureMillion(scale)),
    size: await step('size', measurePackageSize),
  };
}

async function addedBelowThreshold() {
  const discord = await startDiscord(WITHOUT_LIMITS);
  try {
    return await measureAddedBelowThreshold(await discord.ask('url', 'alerts'));
  } finally {
    await discord.stop();
  }
}

const ownCalls = (scale) =>
  withContender(OURS, WITHOUT_LIMITS, {}, async (session) => {
    await warmUp(session, scale);
    return session.process.ask('ownCalls', OWN_CALLS);
  });

const fatalBehindDistinct = (scale) =>
  withContender(OURS, AS_DISCORD, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    await discord.ask('watch', [FATAL_TEXT]);
    const { fatalMs } = await process.ask('distinctThenFatal', BEFORE_FATAL);
    await until(async () => (await discord.ask('channel')).unseen === 0, FATAL_TIMEOUT_MS);
    const { firstMs } = await discord.ask('channel');
    return {
      before: BEFORE_FATAL,
      tookMs: firstMs[FATAL_TEXT] === undefined ? undefined : firstMs[FATAL_TEXT] - fatalMs,
    };
  });
