// A warm P0 beside a bare fetch of the same message: from the call to the arrival at Discord.
import { createPager } from '../dist/index.js';
import { nowMs, quantile, startDiscord, wordOf } from './discord.mjs';

const SAMPLES = 60;
const discord = await startDiscord({
  bucket: { limit: 1000, windowMs: 1000 },
  channelBudget: 'off',
  globalLimit: 'off',
});
const url = await discord.ask('url', 'alerts');
// The budget that the pager keeps for a channel's minute would end the run: every sample has a channel of its own.
const channels = Object.fromEntries(
  await Promise.all(Array.from({ length: 4 }, async (_, i) => [`c${i}`, await discord.ask('url', `c${i}`)])),
);
const pager = createPager({
  webhooks: { default: url, ...channels },
  stateDir: 'none',
  bootCheck: 'off',
  enabled: true,
  serviceName: 'bench',
});
pager.page({ title: 'warm', priority: 'P0' });
for (let i = 0; i < 4; i++) pager.page({ title: `warm ${wordOf(i)}`, priority: 'P0', channel: `c${i}` });
await pager.flush();
const body = JSON.stringify({
  content: '🔴 P0 bench · the payment provider is down @everyone',
  embeds: [{ title: 'the payment provider is down', description: 'x'.repeat(400), color: 0xff0000 }],
  allowed_mentions: { parse: ['everyone'] },
});
const bare = () =>
  fetch(`${url}?wait=true`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (https://example.com, 1)' },
  }).then((answer) => answer.text());
for (let i = 0; i < 10; i++) await bare();

const ours = [];
const theirs = [];
for (let i = 0; i < SAMPLES; i++) {
  let start = nowMs();
  pager.page({ title: `fatal ${wordOf(i)}`, priority: 'P0', channel: `c${i % 4}` });
  await pager.flush();
  ours.push((await discord.ask('arrivals')).at(-1).atMs - start);
  start = nowMs();
  await bare();
  theirs.push((await discord.ask('arrivals')).at(-1).atMs - start);
}
console.log(
  JSON.stringify({
    samples: SAMPLES,
    pagerMs: [quantile(ours, 0.5), quantile(ours, 0.99)],
    fetchMs: [quantile(theirs, 0.5), quantile(theirs, 0.99)],
  }),
);
await discord.stop();
process.exit(0);
