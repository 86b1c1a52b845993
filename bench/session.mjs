import { startAsked } from './asked-process.mjs';
import { sleep, until } from './clock.mjs';
import { startDiscord } from './discord.mjs';
import { WARM_TEXT } from './load/errors.mjs';

const WARM_TIMEOUT_MS = 15_000;

/**
 * A Discord and a contender, both fresh and both gone afterwards.
 *
 * @param {{ module: string, toLoopback?: boolean }} contender
 * @param {{ channels?: number, filtered?: boolean }} started
 */
export async function withContender(contender, discordOptions, started, measure) {
  const discord = await startDiscord(discordOptions);
  let process;
  try {
    const names = Array.from({ length: started.channels ?? 0 }, (_, i) => `c${i}`);
    const options = {
      url: await discord.ask('url', 'alerts'),
      channels: Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await discord.ask('url', name)])),
      ),
      filtered: started.filtered ?? false,
    };
    process = await startAsked(
      'contender-process.mjs',
      [contender.module, JSON.stringify(options)],
      contender.toLoopback
        ? {
            NODE_OPTIONS: `--import=${new URL('to-loopback.mjs', import.meta.url)}`,
            BENCH_DISCORD_ORIGIN: await discord.ask('origin'),
          }
        : {},
    );
    return await measure({ discord, process });
  } finally {
    await process?.stop();
    await discord.stop();
  }
}

/** One page through, so that connections, threads and learned limits are there; then Discord forgets it, for all alike. */
export async function warmUp({ discord, process }, { settleMs }) {
  await discord.ask('watch', [WARM_TEXT]);
  await process.ask('warm');
  const seen = await until(async () => (await discord.ask('channel')).unseen === 0, WARM_TIMEOUT_MS);
  if (!seen) {
    const { refused, refusal } = await discord.ask('report');
    throw new Error(
      `The first page never arrived (${refused} refused: ${JSON.stringify(refusal)}).\n${process.output()}`,
    );
  }
  await sleep(settleMs);
}
