import { nowMs, sleep, until } from '../clock.mjs';
import { CONTENDERS } from '../contenders.mjs';
import { AS_DISCORD } from '../discord.mjs';
import { distinctText, FATAL_TEXT, SAME_TEXT } from '../load/errors.mjs';
import { warmUp, withContender } from '../session.mjs';

const [OURS] = CONTENDERS;
const MIXED = { P0: 20, P1: 100, P2: 1_880 };
const MIXED_MS = 10_000;
const MIXED_TIMEOUT_MS = 120_000;
const OFTEN = 1_000_000;
const BEHIND = 10_000;

/** 20 P0, 100 P1 and 1,880 P2 in ten seconds, all different: when the last of each can be read, in a message or its attached list. */
export const measureMixedStorm = (scale) =>
  withContender(OURS, AS_DISCORD, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    let next = 0;
    const texts = Object.fromEntries(
      Object.entries(MIXED).map(([priority, count]) => [
        priority,
        Array.from({ length: count }, () => distinctText(next++)),
      ]),
    );
    await discord.ask('watch', Object.values(texts).flat(), null, true);
    const { startMs } = await process.ask('mixedStorm', { texts, ms: MIXED_MS });
    await until(async () => (await discord.ask('channel')).unseen === 0, MIXED_TIMEOUT_MS, 500);
    const { firstMs, unseen, messages, limited, broken } = await discord.ask('report');
    const lastMs = (priority) => Math.max(...texts[priority].map((text) => (firstMs[text] ?? Number.NaN) - startMs));
    // Each is called at its own time, and visible so long after it.
    const worstMs = (priority) =>
      Math.max(
        ...texts[priority].map(
          (text, i) => (firstMs[text] ?? Number.NaN) - startMs - (i / texts[priority].length) * MIXED_MS,
        ),
      );
    return {
      of: MIXED,
      unseen,
      messages,
      limited,
      broken,
      lastMs: { P0: lastMs('P0'), P1: lastMs('P1'), P2: lastMs('P2') },
      worstMs: { P0: worstMs('P0'), P1: worstMs('P1'), P2: worstMs('P2') },
    };
  });

/** A P0 in the same breath as 10,000 distinct P3. */
export const measureUrgentBehindMany = (scale) =>
  withContender(OURS, AS_DISCORD, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    await discord.ask('watch', [FATAL_TEXT]);
    const { fatalMs } = await process.ask('urgentBehindMany', { count: BEHIND, priority: 'P3' });
    await until(async () => (await discord.ask('channel')).unseen === 0, 30_000);
    const { firstMs } = await discord.ask('channel');
    return { before: BEHIND, tookMs: firstMs[FATAL_TEXT] === undefined ? undefined : firstMs[FATAL_TEXT] - fatalMs };
  });

/** The same error a million times, as fast as it goes. */
export const measureMillion = (scale) =>
  withContender(OURS, AS_DISCORD, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    await process.ask('sameErrorOften', 20_000);
    await sleep(3_000);
    await discord.ask('watch', [SAME_TEXT], { text: SAME_TEXT, times: OFTEN + 20_000 });
    const { endMs, eachUs, grownMb } = await process.ask('sameErrorOften', OFTEN);
    await until(async () => (await discord.ask('channel')).countToldMs !== undefined, 90_000, 200);
    const { countToldMs, requests } = await discord.ask('report');
    return {
      of: OFTEN,
      eachUs,
      grownMb,
      requests,
      exactAfterMs: countToldMs === undefined ? undefined : countToldMs - endMs,
      now: nowMs(),
    };
  });
