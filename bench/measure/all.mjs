import { CONTENDERS, NOBODY } from '../contenders.mjs';
import { median, quantile } from '../report/numbers.mjs';
import { measureBelowThreshold, measureCallCost } from './call-cost.mjs';
import { measureDistinctStorm } from './distinct-storm.mjs';
import { measureIdenticalStorm } from './identical-storm.mjs';
import { measureSinglePage } from './single-page.mjs';

/**
 * Every contender in turn, one kind of measurement after the other, so that a change of the machine's speed meets all alike.
 * One that fails is left out of that measurement and named in `failures`.
 */
export async function measureAll(scale, say) {
  const failures = [];
  async function inTurns(what, contenders, measure) {
    const found = new Map();
    const waiting = [...contenders];
    const work = async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        say(`${what}: ${one.module}`);
        try {
          found.set(one.module, await measure(one, scale));
        } catch (error) {
          failures.push(`${one.module}, ${what}: ${error.message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: scale.atOnce }, work));
    return found;
  }

  const everybody = [NOBODY, ...CONTENDERS];
  const cost = await inTurns('call cost', everybody, measureCallCost);
  const below = await inTurns('below the threshold', CONTENDERS, measureBelowThreshold);
  const single = [];
  for (let round = 0; round < scale.singlePage.rounds; round++) {
    single.push(await inTurns('single page', CONTENDERS, measureSinglePage));
  }
  const identical = await inTurns('identical storm', everybody, measureIdenticalStorm);
  const distinct = await inTurns('distinct storm', CONTENDERS, measureDistinctStorm);

  const bare = { cost: cost.get(NOBODY.module), storm: identical.get(NOBODY.module) };
  const results = CONTENDERS.map((contender) => {
    const { module } = contender;
    const storms = { distinct: distinct.get(module), identical: identical.get(module) };
    return {
      contender,
      ...storms,
      cost: costOf(cost.get(module), bare.cost),
      belowUs: below.get(module) && median(below.get(module)),
      single: singleOf(single.map((round) => round.get(module))),
      memory: memoryOf(storms, bare.storm),
    };
  });
  return { results, bare, failures };
}

function costOf(cost, bare) {
  if (cost === undefined) return undefined;
  return {
    loneUs: [quantile(cost.loneUs, 0.5), quantile(cost.loneUs, 0.99)],
    burstUs: [quantile(cost.burstUs, 0.5), quantile(cost.burstUs, 0.99)],
    busyUs: Math.max(0, cost.busyUs - (bare?.busyUs ?? 0)),
  };
}

function singleOf(rounds) {
  const tookMs = rounds.flatMap((round) => round?.tookMs ?? []);
  if (tookMs.length === 0) return undefined;
  return {
    p50Ms: median(tookMs),
    p99Ms: quantile(tookMs, 0.99),
    lost: rounds.reduce((sum, round) => sum + (round?.lost ?? 0), 0),
  };
}

function memoryOf({ distinct, identical }, bare) {
  if (distinct === undefined || identical === undefined || bare === undefined) return undefined;
  return {
    idleMb: (distinct.idleMb + identical.idleMb) / 2 - bare.idleMb,
    peakMb: identical.peakMb === undefined ? undefined : identical.peakMb - bare.idleMb,
  };
}
