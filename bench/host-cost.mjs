// What a call costs on the application's thread.
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createPager, DiscordLogRecordExporter, UrgentLogRecordProcessor } from '../dist/index.js';
import { quantile, sleep, startDiscord, wordOf } from './discord.mjs';

const discord = await startDiscord({
  bucket: { limit: 1000, windowMs: 1000 },
  channelBudget: 'off',
  globalLimit: 'off',
});
const pager = createPager({
  webhooks: { default: await discord.ask('url', 'alerts') },
  stateDir: 'none',
  bootCheck: 'off',
  enabled: true,
});
await pager.flush();

const exporter = new DiscordLogRecordExporter(pager);
const nothing = { onEmit() {}, forceFlush: async () => {}, shutdown: async () => {} };
const withPager = new LoggerProvider({
  processors: [new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter)],
}).getLogger('bench');
const alone = new LoggerProvider({ processors: [nothing] }).getLogger('bench');

const info = {
  severityNumber: 9,
  severityText: 'INFO',
  body: 'GET /cart 200',
  attributes: { 'http.route': '/cart', 'user.id': 'u-17', duration: 12.3 },
};
function perRecordNs(logger, records) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < records; i++) logger.emit(info);
  return Number(process.hrtime.bigint() - start) / records;
}
perRecordNs(alone, 200_000);
perRecordNs(withPager, 200_000);
// In turns, so that a change of the machine's speed meets both.
const added = [];
const base = [];
for (let round = 0; round < 15; round++) {
  const without = perRecordNs(alone, 100_000);
  added.push(perRecordNs(withPager, 100_000) - without);
  base.push(without);
}

async function perCallUs(calls, call, pauseEvery) {
  const times = [];
  for (let i = 0; i < calls; i++) {
    const prepared = call(i);
    const start = process.hrtime.bigint();
    prepared();
    times.push(Number(process.hrtime.bigint() - start) / 1000);
    // The queue to the other thread is not what is measured here.
    if (i % pauseEvery === pauseEvery - 1) await sleep(5);
  }
  return times;
}
const failure = (text) => {
  const error = new TypeError(text);
  return {
    severityNumber: 17,
    severityText: 'ERROR',
    body: 'request failed',
    attributes: {
      'exception.type': 'TypeError',
      'exception.message': text,
      'exception.stacktrace': error.stack,
      'http.route': '/cart',
    },
  };
};
const emitNew = (i) => {
  const record = failure(`no price for article ${wordOf(i)}`);
  return () => withPager.emit(record);
};
// Bursts of 250, as failures come; how a lone one fares after a pause stands beside it.
await perCallUs(2_000, (i) => emitNew(i + 100_000), 250);
const fresh = await perCallUs(10_000, emitNew, 250);
const lone = await perCallUs(500, (i) => emitNew(i + 200_000), 1);
const again = failure('always the same');
const repeatRecord = () => () => withPager.emit(again);
await perCallUs(2_000, repeatRecord, 500);
const repeats = await perCallUs(20_000, repeatRecord, 500);
const pageNew = await perCallUs(
  10_000,
  (i) => {
    const error = new Error(`payout ${wordOf(i)} rejected`);
    return () => pager.page({ error });
  },
  250,
);
const same = new Error('the same payout');
const pageRepeat = await perCallUs(20_000, () => () => pager.page({ error: same }), 500);

console.log(
  JSON.stringify({
    sdkNs: quantile(base, 0.5),
    belowThresholdNs: quantile(added, 0.5),
    loneUs: [quantile(lone, 0.5), quantile(lone, 0.99)],
    newUs: [quantile(fresh, 0.5), quantile(fresh, 0.99)],
    repeatUs: [quantile(repeats, 0.5), quantile(repeats, 0.99)],
    pageNewUs: [quantile(pageNew, 0.5), quantile(pageNew, 0.99)],
    pageRepeatUs: [quantile(pageRepeat, 0.5), quantile(pageRepeat, 0.99)],
  }),
);
await discord.stop();
process.exit(0);
