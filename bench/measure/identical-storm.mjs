import { nowMs, sleep } from '../clock.mjs';
import { AS_DISCORD } from '../discord.mjs';
import { FATAL_TEXT, SAME_TEXT } from '../load/errors.mjs';
import { warmUp, withContender } from '../session.mjs';

/** 10,000 times the same error in a second with a FATAL right behind, and what the channel looks like a minute later. */
export const measureIdenticalStorm = (contender, scale) =>
  withContender(contender, AS_DISCORD, {}, async ({ discord, process }) => {
    const isNobody = contender.module === 'nobody';
    if (!isNobody) await warmUp({ discord, process }, scale);
    const idleMb = await process.ask('rssMb');
    await process.ask('watchMemory');
    await discord.ask('watch', [SAME_TEXT, FATAL_TEXT], { text: SAME_TEXT, times: scale.identical });
    const { startMs, endMs, loopP99Ms, loopMaxMs } = await process.ask('identicalStorm', scale.identical);
    if (!isNobody) await sleep(startMs + scale.observeMs - nowMs());
    const { firstMs, countToldMs, ...report } = await discord.ask('report');
    const since = (atMs, fromMs) => (atMs === undefined ? undefined : atMs - fromMs);
    return {
      ...report,
      of: scale.identical,
      firstMs: since(firstMs[SAME_TEXT], startMs),
      countToldMs: since(countToldMs, startMs),
      fatalMs: since(firstMs[FATAL_TEXT], endMs),
      stormTookMs: endMs - startMs,
      loopP99Ms,
      loopMaxMs,
      idleMb,
      peakMb: process.died() === undefined ? await process.ask('peakMb') : undefined,
      died: process.died(),
    };
  });
