import { duration, number, quantile } from './numbers.mjs';

const us = (value) => duration(value / 1000);
const pair = (timesUs) => `${us(quantile(timesUs, 0.5))} / ${us(quantile(timesUs, 0.99))}`;

/** What concerns this package alone, beside the targets it is held to. */
export function oursTable({ single }, { below, start, calls, fatal, withEdits, mixed, behindMany, million, size }) {
  const rows = [
    [
      'a record below the threshold, beside the SDK alone',
      `${below.addedUs < 0 ? '−' : '+'}${us(Math.abs(below.addedUs))} (SDK: ${us(below.sdkUs)})`,
      '< 0.5 µs',
    ],
    ['a new alert on the warm thread, log record, p50 / p99', pair(calls.newUs), '< 100 µs p99'],
    ['… by `page()`', pair(calls.pageUs), '< 100 µs p99'],
    ['… a lone one after 5 ms of idling, log record', pair(calls.loneUs), '–'],
    ['a repeat on the warm thread, log record, p50 / p99', pair(calls.repeatUs), '< 20 µs p99'],
    ['… by `page()`', pair(calls.pageRepeatUs), '< 20 µs p99'],
    ['import of the entry, above an empty module', duration(start.importMs), '≤ 15 ms'],
    ['`createPager()`', duration(start.startMs), '≤ 10 ms'],
    [
      'a warm page, call to channel, p50 / p99',
      `${duration(single.p50Ms)} / ${duration(single.p99Ms)}`,
      '≤ 3 × `fetch` or 10 ms',
    ],
    [
      `a FATAL in the same breath as ${number(fatal.before)} distinct errors`,
      fatal.tookMs === undefined ? 'not within 10 s' : `in the channel after ${duration(fatal.tookMs)}`,
      '≤ 2.5 s',
    ],
    [
      `${number(withEdits.of)} distinct errors in a second, where edits count as well`,
      `${withEdits.seenMs.length} in the channel after ${duration(withEdits.seenMs.at(-1))}; ${withEdits.limited} × 429, ${withEdits.refused} × 400, ${withEdits.broken} against the rules`,
      '≤ 60 s',
    ],
    [
      `${number(mixed.of.P0)} P0, ${number(mixed.of.P1)} P1 and ${number(mixed.of.P2)} P2, all different, in 10 s: each in the channel within`,
      `P0 ${duration(mixed.worstMs.P0)}, P1 ${duration(mixed.worstMs.P1)}, P2 ${duration(mixed.worstMs.P2)}; ${number(mixed.unseen)} missing, ${number(mixed.messages)} messages, ${mixed.limited} × 429`,
      'P0 ≤ 30 s, P1 ≤ 60 s, all there',
    ],
    [
      `a P0 in the same breath as ${number(behindMany.before)} distinct P3`,
      behindMany.tookMs === undefined ? 'not within 30 s' : `in the channel after ${duration(behindMany.tookMs)}`,
      '≤ 2.5 s',
    ],
    [
      `the same error ${number(million.of)} times, each`,
      `${us(million.eachUs)}; exact count ${million.exactAfterMs === undefined ? 'not shown within 90 s' : `shown ${duration(million.exactAfterMs)} after the last`}; ${number(million.grownMb)} MB more; ${number(million.requests)} requests`,
      '≤ 5 µs, exact, flat',
    ],
    [
      'size: package / installed with its dependencies',
      `${number(size.packedKb)} kB / ${number(size.installedMb, 1)} MB, ${size.packages} packages`,
      'stated',
    ],
  ];
  return [
    '| this package alone | measured | target |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
