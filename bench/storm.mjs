// Storms, at Discord's own limits. Argument: which.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createPager, DiscordLogRecordExporter, UrgentLogRecordProcessor } from '../dist/index.js';
import { nowMs, sleep, startDiscord, wordOf } from './discord.mjs';

const [which] = process.argv.slice(2);
const limits =
  {
    'distinct-bucket': { channelBudget: 'off' },
    'distinct-channel': {},
    'distinct-channel-with-edits': { patchCountsTowardChannel: true },
  }[which] ?? {};
const discord = await startDiscord(limits);
const pager = createPager({
  webhooks: { default: await discord.ask('url', 'alerts') },
  stateDir: 'none',
  bootCheck: 'off',
  enabled: true,
  serviceName: 'bench',
});
await pager.flush();
const exporter = new DiscordLogRecordExporter(pager);
const logger = new LoggerProvider({
  processors: [new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter)],
}).getLogger('bench');
const fail = (text, severityNumber = 17) => logger.emit({ severityNumber, body: text });
const delay = monitorEventLoopDelay({ resolution: 1 });
const rssBefore = process.memoryUsage.rss();
delay.enable();
const startMs = nowMs();

/** Spreads calls over a second, as a service that fails under load does. */
async function overASecond(count, call) {
  for (let tick = 0; tick < 50; tick++) {
    for (let i = (count / 50) * tick; i < (count / 50) * (tick + 1); i++) call(i);
    await sleep(20);
  }
}
async function until(done, timeoutMs) {
  const deadline = nowMs() + timeoutMs;
  for (;;) {
    const report = await discord.ask('report');
    if (done(report) || nowMs() > deadline) return report;
    await sleep(100);
  }
}

const result = {};
if (which.startsWith('distinct')) {
  await overASecond(200, (i) => fail(`part ${wordOf(i)} is broken`));
  const report = await until(({ firstSeen }) => Object.keys(firstSeen).length >= 200, 70_000);
  const seen = Object.values(report.firstSeen);
  Object.assign(result, { shown: seen.length, allVisibleS: (Math.max(...seen) - startMs) / 1000 });
} else if (which === 'identical') {
  await overASecond(10_000, () => fail('the upstream is down'));
  const report = await until(({ titles }) => titles.some((title) => title.includes('×10,000')), 12_000);
  Object.assign(result, {
    firstVisibleMs: Object.values(report.firstSeen)[0] - startMs,
    exactAfterS: (nowMs() - startMs) / 1000,
    shown: report.titles.join(),
  });
} else {
  if (which === 'fatal-after-identical') for (let i = 0; i < 10_000; i++) fail('the upstream is down');
  else for (let i = 0; i < 1_000; i++) fail(`part ${wordOf(i)} is broken`);
  const fatalMs = nowMs();
  fail('the process gives up', 21);
  const report = await until(({ firstSeen }) => firstSeen['the process gives up'] !== undefined, 10_000);
  result.fatalVisibleMs = report.firstSeen['the process gives up'] - fatalMs;
}
delay.disable();
const report = await discord.ask('report');
console.log(
  JSON.stringify({
    ...result,
    messages: report.messages,
    requests: report.requests,
    limited: report.limited,
    refused: report.refused,
    violations: report.violations,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    rssGrowthMb: (process.memoryUsage.rss() - rssBefore) / 1e6,
  }),
);
await discord.stop();
process.exit(0);
