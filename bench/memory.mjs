// What a process weighs with and without the pager. Argument: without | idle | busy.
import { nowMs, sleep, startDiscord, wordOf } from './discord.mjs';

const [how] = process.argv.slice(2);
const discord = await startDiscord({ bucket: { limit: 1000, windowMs: 1000 }, channelBudget: 'off' });
if (how !== 'without') {
  const { createPager } = await import('../dist/index.js');
  const pager = createPager({
    webhooks: { default: await discord.ask('url', 'alerts') },
    stateDir: 'none',
    bootCheck: 'off',
    enabled: true,
  });
  pager.page({ title: 'first' });
  await pager.flush();
  if (how === 'busy') {
    const endMs = nowMs() + 5_000;
    for (let i = 0; i < 10_000 && nowMs() < endMs; i++) {
      pager.page({ error: new Error(i % 10 === 0 ? `part ${wordOf(i)} failed` : 'always the same') });
      if (i % 100 === 99) await sleep(10);
    }
    await pager.flush({ timeoutMs: 5_000 });
  }
}
await sleep(500);
console.log(JSON.stringify({ rssMb: process.memoryUsage.rss() / 1e6 }));
await discord.stop();
process.exit(0);
