import { duration, megabytes, number, times } from './numbers.mjs';

/**
 * The rows. `of` gives a number to be compared, a text that speaks for itself, or undefined where there is nothing to measure;
 * `good: 'low'` marks the best of a row, `show` writes the number.
 */
const ROWS = [
  { label: 'an error call, in a burst, p50', of: ({ cost }) => us(cost?.burstUs[0]), show: duration, good: 'low' },
  { label: '… p99', of: ({ cost }) => us(cost?.burstUs[1]), show: duration, good: 'low' },
  { label: 'a lone error call, p50', of: ({ cost }) => us(cost?.loneUs[0]), show: duration, good: 'low' },
  { label: '… p99', of: ({ cost }) => us(cost?.loneUs[1]), show: duration, good: 'low' },
  {
    label: 'the thread busy for each of them, all told',
    of: ({ cost }) => us(cost?.busyUs),
    show: duration,
    good: 'low',
  },
  { label: 'a record below the threshold', of: ({ belowUs }) => us(belowUs), show: duration, good: 'low' },
  { label: 'a single page, call to channel, p50', of: ({ single }) => single?.p50Ms, show: duration, good: 'low' },
  { label: '… p99', of: ({ single }) => single?.p99Ms, show: duration, good: 'low' },
  {
    label: ({ distinct }) => `${number(distinct.of)} distinct errors in a second: in the channel after a minute`,
    of: ({ distinct }) => distinct && `${distinct.seenMs.length} of ${number(distinct.of)}`,
    best: ({ distinct }) => distinct?.unseen === 0,
  },
  { label: '… the last of them after', of: ({ distinct }) => lastSeen(distinct), show: duration, good: 'low' },
  { label: '… messages', of: ({ distinct }) => distinct?.messages, show: number },
  { label: '… requests refused with 429', of: ({ distinct }) => distinct?.limited, show: number, good: 'low' },
  { label: '… requests against the rules', of: ({ distinct }) => distinct?.broken, show: number, good: 'low' },
  {
    label: ({ identical }) => `${number(identical.of)} identical errors in a second: the first in the channel after`,
    of: ({ identical }) => identical && (identical.firstMs ?? 'never'),
    show: duration,
    good: 'low',
  },
  { label: '… messages in the first minute', of: ({ identical }) => identical?.naming, show: number },
  { label: '… requests in the first minute', of: ({ identical }) => identical?.requests, show: number },
  {
    label: '… the channel tells how often it happened',
    of: ({ identical }) =>
      identical && (identical.countToldMs === undefined ? 'no' : `yes, after ${duration(identical.countToldMs)}`),
    best: ({ identical }) => identical?.countToldMs !== undefined,
  },
  { label: '… requests refused with 429', of: ({ identical }) => identical?.limited, show: number, good: 'low' },
  { label: '… requests against the rules', of: ({ identical }) => identical?.broken, show: number, good: 'low' },
  {
    label: '**a FATAL right behind them: in the channel after**',
    of: ({ identical }) => identical && (identical.fatalMs ?? 'not within the minute'),
    show: duration,
    good: 'low',
  },
  { label: '… event loop delay, p99', of: ({ identical }) => identical?.loopP99Ms, show: duration, good: 'low' },
  { label: '… and longest', of: ({ identical }) => identical?.loopMaxMs, show: duration, good: 'low' },
  { label: 'memory of the process, idle', of: ({ memory }) => memory?.idleMb, show: megabytes, good: 'low' },
  { label: '… at most, in the minute of the 10,000', of: ({ memory }) => memory?.peakMb, show: megabytes, good: 'low' },
];

const us = (value) => (value === undefined ? undefined : value / 1000);

function lastSeen(distinct) {
  if (distinct === undefined || distinct.seenMs.length === 0) return undefined;
  return distinct.unseen === 0 ? distinct.seenMs.at(-1) : `${distinct.unseen} missing`;
}

/** The first result is ours: it leads with its figure, all others with what multiple of it theirs is. */
export function fieldTable(results) {
  const titles = results.map(({ contender }) => contender.title);
  const lines = [`| | ${titles.join(' | ')} |`, `| --- |${' ---: |'.repeat(titles.length)}`];
  for (const row of ROWS) {
    const values = results.map((result) => row.of(result));
    const numbers = values.filter((value) => typeof value === 'number');
    const least = row.good === 'low' ? Math.min(...numbers) : undefined;
    const cells = values.map((value, i) => {
      const text = cell(row, value, i === 0 ? undefined : values[0]);
      const best = row.best === undefined ? value === least : row.best(results[i]);
      return best && value !== undefined ? `**${text}**` : text;
    });
    const label = typeof row.label === 'string' ? row.label : row.label(results[0]);
    lines.push(`| ${label} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

function cell(row, value, ours) {
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  const shown = row.show(value);
  return typeof ours === 'number' && ours > 0 ? `${times(value / ours)} · ${shown}` : shown;
}
