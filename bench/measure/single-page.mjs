import { until } from '../clock.mjs';
import { WITHOUT_LIMITS } from '../discord.mjs';
import { distinctText } from '../load/errors.mjs';
import { warmUp, withContender } from '../session.mjs';

// This package keeps to the 30 messages of a channel's minute also where nobody enforces them; its pages take turns over several
// channels, so that what is measured is how long one page takes and not how it shares out a minute.
export const CHANNELS = 10;
// winston-discord-webhook sends every 2.5 s.
const TIMEOUT_MS = 5_000;

/** From the call until the error can be read in Discord, for pages that have Discord to themselves. */
export const measureSinglePage = (contender, scale) =>
  withContender(contender, WITHOUT_LIMITS, { channels: CHANNELS }, async ({ discord, process }) => {
    await warmUp({ discord, process }, scale);
    const { count, pauseMs } = scale.singlePage;
    await discord.ask(
      'watch',
      Array.from({ length: count }, (_, i) => distinctText(i)),
    );
    const calledMs = await process.ask('singlePages', { count, pauseMs, channels: CHANNELS });
    await until(async () => (await discord.ask('channel')).unseen === 0, TIMEOUT_MS);
    const { firstMs, unseen } = await discord.ask('channel');
    return {
      tookMs: Object.entries(firstMs).map(([text, atMs]) => atMs - calledMs[text]),
      lost: unseen,
    };
  });
