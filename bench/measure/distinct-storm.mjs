import { nowMs, sleep } from '../clock.mjs';
import { AS_DISCORD } from '../discord.mjs';
import { distinctText } from '../load/errors.mjs';
import { warmUp, withContender } from '../session.mjs';

/** 200 distinct errors in a second, and what can be read of them a minute later. */
export const measureDistinctStorm = (contender, scale, discordOptions = AS_DISCORD) =>
  withContender(contender, discordOptions, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    const idleMb = await process.ask('rssMb');
    const texts = Array.from({ length: scale.distinct }, (_, i) => distinctText(i));
    await discord.ask('watch', texts);
    const { startMs, loopP99Ms, loopMaxMs } = await process.ask('distinctStorm', scale.distinct);
    await sleep(startMs + scale.observeMs - nowMs());
    const { firstMs, ...report } = await discord.ask('report');
    const seenMs = Object.values(firstMs)
      .map((atMs) => atMs - startMs)
      .sort((a, b) => a - b);
    return { ...report, seenMs, of: scale.distinct, loopP99Ms, loopMaxMs, idleMb, died: process.died() };
  });
