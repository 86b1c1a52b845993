import { nowMs, sleep } from '../clock.mjs';
import { AS_DISCORD } from '../discord.mjs';
import { distinctText } from '../load/errors.mjs';
import { warmUp, withContender } from '../session.mjs';

/** How long after the outage it is looked once more. */
const AFTER_MS = 30_000;
const EVERY_MS = 2_000;

/** Discord resets every connection for a while; an error every two seconds meanwhile. What stands in the channel half a minute later? */
export const measureOutage = (contender, outageMs) =>
  withContender(contender, AS_DISCORD, {}, async ({ discord, process }) => {
    await warmUp({ discord, process }, { settleMs: 2_200 });
    const texts = Array.from({ length: Math.floor(outageMs / EVERY_MS) }, (_, i) => distinctText(i));
    await discord.ask('watch', texts, null, true);
    await discord.ask('fault', { kind: 'outage' });
    const startMs = nowMs();
    for (let i = 0; i < texts.length; i++) {
      await sleep(startMs + i * EVERY_MS - nowMs());
      if (process.died() === undefined) await process.ask('oneError', i);
    }
    await sleep(startMs + outageMs - nowMs());
    await discord.ask('endFault');
    const endMs = nowMs();
    await sleep(AFTER_MS);
    const { firstMs, unseen } = await discord.ask('report');
    return {
      of: texts.length,
      lost: unseen,
      lastAfterMs: unseen === 0 ? Math.max(...Object.values(firstMs)) - endMs : undefined,
      died: process.died() !== undefined,
    };
  });
