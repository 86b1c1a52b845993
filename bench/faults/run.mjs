// What is seen of those who die, are killed or meet an outage: npm run bench:faults [-- --write | --quick | --ours N --peers N --kills N]
import { parseArgs } from 'node:util';
import { nowMs } from '../clock.mjs';
import { installCompared } from '../npm.mjs';
import { machineLine } from '../report/machine.mjs';
import { duration } from '../report/numbers.mjs';
import { writePart } from '../report/readme.mjs';
import { measureFaults } from './measure.mjs';
import { FULL, QUICK } from './scales.mjs';
import { faultsFound, faultsTable } from './table.mjs';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean' },
    quick: { type: 'boolean' },
    ours: { type: 'string' },
    peers: { type: 'string' },
    kills: { type: 'string' },
  },
});
if (values.write && values.quick) throw new Error('What --quick shows is no measurement: it cannot be written.');
const scale = { ...(values.quick ? QUICK : FULL) };
for (const name of ['ours', 'peers', 'kills']) if (values[name] !== undefined) scale[name] = Number(values[name]);
if (values.peers !== undefined) scale.peerKills = scale.peers;

const startMs = nowMs();
const say = (text) => process.stderr.write(`${duration(nowMs() - startMs).padStart(8)} ${text}\n`);
installCompared();
const measured = await measureFaults(scale, say);
const text = [
  machineLine('npm run bench:faults'),
  faultsTable(measured, scale),
  'Every process is a fresh one, with default options; Discord has its own limits and answers after 130 to 300 ms. Trials of a way are shared out among the three forms of this package. The next start is that of a service with the same webhook. Attached lists count as the channel.',
].join('\n\n');
console.log(text);
if (values.write) writePart('faults', text);
say('done');
const found = faultsFound(measured);
if (found.length > 0) {
  console.error(`\nNot as it should be:\n${found.join('\n')}`);
  process.exitCode = 1;
}
