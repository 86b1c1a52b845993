import { duration, number, quantile } from '../report/numbers.mjs';
import { EVERYBODY, WAYS } from './measure.mjs';

const WORDS = {
  throw: 'an uncaught exception',
  exit: '`process.exit()`',
  SIGTERM: 'SIGTERM, nobody handles it',
  'handled SIGTERM': 'SIGTERM, a handler calls `process.exit()`',
};

const KILLS = ['SIGKILL, at once', 'SIGKILL, as Discord does'];

const percent = (part, whole) => (whole === 0 ? '–' : `${number((100 * part) / whole, part === whole ? 0 : 1)} %`);

/** What dies, and what of it is seen: one column per contender. */
export function faultsTable({ trials, outages }, scale) {
  const of = (module, what) => (trials.get(`${module}/${what}`) ?? []).filter(({ failed }) => failed === undefined);
  const rows = [];
  const row = (label, cell) => rows.push([label, ...EVERYBODY.map((contender) => cell(contender) ?? '–')]);
  for (const way of WAYS) {
    row(`${number(scale.queued)} errors, a FATAL, then ${WORDS[way]}: the FATAL in the channel`, ({ module }) => {
      const found = of(module, way);
      return `${percent(found.filter(({ fatalSeen }) => fatalSeen).length, found.length)} of ${found.length}`;
    });
    row('… all of it in the channel, after the next start', ({ module }) => {
      const found = of(module, way);
      return percent(found.filter(({ missing }) => missing === 0).length, found.length);
    });
    row('… held, median / longest', ({ module }) => {
      const held = of(module, way).map(({ heldMs }) => heldMs);
      return held.length === 0 ? undefined : `${duration(quantile(held, 0.5))} / ${duration(Math.max(...held))}`;
    });
  }
  const killed = (module) => KILLS.flatMap((what) => of(module, what));
  const sum = (found, name) => found.reduce((total, trial) => total + trial[name], 0);
  row('SIGKILL amid errors: what was logged 200 ms before it, in the channel after the next start', ({ module }) => {
    const old = sum(killed(module), 'old');
    return `${percent(old - sum(killed(module), 'missing'), old)} of ${number(old)}`;
  });
  for (const what of KILLS) {
    row(
      `… shown twice, where Discord ${what.split(', ')[1] === 'at once' ? 'answers at once' : 'takes 130 to 300 ms to answer'}`,
      ({ module }) => percent(sum(of(module, what), 'repeated'), sum(of(module, what), 'logged')),
    );
  }
  row(`errors during an outage of ${duration(scale.outageMs)}: lost`, ({ module }) => {
    const outage = outages.get(module);
    return outage?.of === undefined ? undefined : `${outage.lost} of ${outage.of}`;
  });
  row('… the last of them in the channel, after its end', ({ module }) => {
    const after = outages.get(module)?.lastAfterMs;
    return after === undefined ? undefined : duration(after);
  });
  return [
    `| | ${EVERYBODY.map(({ title }) => title).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(EVERYBODY.length)}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** What must not happen, in words; empty is what is wanted. */
export function faultsFound({ trials, outages }) {
  const found = [];
  for (const { module, isOurs } of EVERYBODY) {
    for (const what of [...WAYS, ...KILLS]) {
      const all = trials.get(`${module}/${what}`) ?? [];
      for (const { failed } of all) if (failed !== undefined) found.push(`${module}, ${what}: ${failed}`);
      // pino hands its lines to a thread of its own, which a signal that nobody handles takes with it.
      if (!isOurs || (module === 'pager-pino' && what === 'SIGTERM')) continue;
      const lossy = all.filter(({ missing }) => missing > 0);
      for (const { missing, unseenTexts } of lossy.slice(0, 3)) {
        found.push(`${module}, ${what}: ${missing} missing after the next start (${unseenTexts?.join(', ') ?? ''})`);
      }
    }
    const outage = outages.get(module);
    if (outage?.failed !== undefined) found.push(`${module}, outage: ${outage.failed}`);
    if (isOurs && outage?.lost > 0) found.push(`${module}, outage: ${outage.lost} lost`);
  }
  return found;
}
