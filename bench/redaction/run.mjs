// What redaction catches and what it costs: npm run bench:redaction [-- --write | --quick]
import { parseArgs } from 'node:util';
import { nowMs } from '../clock.mjs';
import { installCompared } from '../npm.mjs';
import { machineLine } from '../report/machine.mjs';
import { duration } from '../report/numbers.mjs';
import { writePart } from '../report/readme.mjs';
import { FULL, QUICK } from './scales.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, quick: { type: 'boolean' } } });
if (values.write && values.quick) throw new Error('What --quick shows is no measurement: it cannot be written.');

const startMs = nowMs();
const say = (text) => process.stderr.write(`${duration(nowMs() - startMs).padStart(8)} ${text}\n`);
const scale = values.quick ? QUICK : FULL;
installCompared();

// They load what is compared, which is there only now.
const { CONTENDERS } = await import('./contenders.mjs');
const { measureCatching } = await import('./catching.mjs');
const { measureHostile } = await import('./hostile.mjs');
const { measureSize } = await import('./size.mjs');
const { measureSpeed } = await import('./speed.mjs');
const { comparison, notes, ownFigures } = await import('./table.mjs');

const results = [];
for (const contender of CONTENDERS) {
  say(`${contender.title}: speed`);
  const p50Us = await measureSpeed(contender, scale);
  say(`${contender.title}: corpus`);
  results.push({ contender, p50Us, caught: await measureCatching(contender, scale) });
}
say('hostile texts');
const hostile = measureHostile(scale);
const own = ownFigures(hostile, await measureSize());

if (values.quick) console.log('A SMOKE RUN, NO MEASUREMENT: a part of the corpus, shorter texts, one try.\n');
const text = [machineLine('npm run bench:redaction', ''), comparison(results), notes(results), own].join('\n\n');
console.log(text);
if (values.write) writePart('redaction', text);
say('done');
