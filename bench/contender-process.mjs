// One contender in a fresh process, for session.mjs. Arguments: its module, what it is started with as JSON.
import { answerQuestions } from './asked-process.mjs';
import { belowThreshold, burstCalls, busyMs, loneCalls, ownCalls } from './load/call-cost.mjs';
import { distinctText, errorOf, WARM_TEXT } from './load/errors.mjs';
import {
  distinctStorm,
  distinctThenFatal,
  identicalStorm,
  mixedStorm,
  sameErrorOften,
  singlePages,
  urgentBehindMany,
} from './load/storm.mjs';

const [module, options] = process.argv.slice(2);
const { start } = await import(`./contenders/${module}.mjs`);
const contender = await start(JSON.parse(options));

const rssMb = () => process.memoryUsage.rss() / 1e6;
let peakMb = 0;

answerQuestions({
  warm() {
    contender.error(errorOf(WARM_TEXT));
  },
  oneError(i) {
    contender.error(errorOf(distinctText(i)));
  },
  loneCalls: (scale) => loneCalls(contender, scale),
  burstCalls: (scale) => burstCalls(contender, scale),
  busyMs,
  belowThreshold: (scale) => (contender.info === undefined ? undefined : belowThreshold(contender, scale)),
  ownCalls: (scale) => ownCalls(contender, scale),
  singlePages: (scale) => singlePages(contender, scale),
  distinctStorm: (count) => distinctStorm(contender, count),
  identicalStorm: (count) => identicalStorm(contender, count),
  distinctThenFatal: (count) => distinctThenFatal(contender, count),
  mixedStorm: (given) => mixedStorm(contender, given),
  urgentBehindMany: (given) => urgentBehindMany(contender, given),
  sameErrorOften: (count) => sameErrorOften(contender, count),
  rssMb,
  watchMemory() {
    setInterval(() => {
      peakMb = Math.max(peakMb, rssMb());
    }, 100).unref();
  },
  peakMb: () => peakMb,
});
