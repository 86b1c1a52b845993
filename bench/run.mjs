// Every figure in one run: npm run bench [-- --write | --quick]
import { parseArgs } from 'node:util';
import { nowMs } from './clock.mjs';
import { measureAll } from './measure/all.mjs';
import { installCompared } from './npm.mjs';
import { measureOursAlone } from './ours-alone/measure.mjs';
import { fieldTable } from './report/field-table.mjs';
import { machineLine } from './report/machine.mjs';
import { notes } from './report/notes.mjs';
import { duration } from './report/numbers.mjs';
import { oursTable } from './report/ours-table.mjs';
import { stormPlot } from './report/plot.mjs';
import { report, writeReport } from './report/readme.mjs';
import { FULL, QUICK } from './scales.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, quick: { type: 'boolean' } } });
if (values.write && values.quick) throw new Error('What --quick shows is no measurement: it cannot be written.');

const startMs = nowMs();
const say = (text) => process.stderr.write(`${duration(nowMs() - startMs).padStart(8)} ${text}\n`);
const scale = values.quick ? QUICK : FULL;
installCompared();

const { results, bare, failures } = await measureAll(scale, say);
for (const { contender, distinct, identical } of results) {
  if (distinct?.seenMs.length === 0) failures.push(`${contender.module}: nothing of the distinct errors arrived.`);
  if (identical !== undefined && identical.firstMs === undefined) {
    failures.push(`${contender.module}: nothing of the identical errors arrived.`);
  }
  for (const storm of [distinct, identical]) {
    if (storm?.died) failures.push(`${contender.module}: its process ended by itself:\n${storm.died.output}`);
    if (storm?.refused > 0)
      failures.push(`${contender.module}: ${storm.refused} refused: ${JSON.stringify(storm.refusal)}`);
  }
}

if (values.quick) {
  console.log(
    'A SMOKE RUN, NO MEASUREMENT: storms are small and short, and several contenders share the machine at once.\n',
  );
  console.log(fieldTable(results));
} else {
  const own = await measureOursAlone(scale, say);
  const plot = stormPlot({
    lines: results.map(({ contender, distinct }) => ({ name: contender.plotted, seenMs: distinct?.seenMs ?? [] })),
    of: scale.distinct,
    observeMs: scale.observeMs,
  });
  const text = report({
    machine: machineLine(),
    plotted: '![Of 200 distinct errors in one second: how many the channel shows, by library](docs/images/storm.svg)',
    table: fieldTable(results),
    notes: notes(bare),
    own: oursTable(results[0], own),
  });
  console.log(text);
  if (values.write && failures.length === 0) writeReport(text, plot);
}
say('done');
if (failures.length > 0) {
  console.error(`\nNot as it should be${values.write ? ', so nothing was written' : ''}:\n${failures.join('\n')}`);
  process.exitCode = 1;
}
