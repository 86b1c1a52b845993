// Every figure in one run: npm run bench
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantile } from './discord.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
const npm = (args, cwd) => execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
if (!existsSync(join(here, 'node_modules'))) npm(['install', '--no-audit', '--no-fund'], here);

function run(script, ...args) {
  process.stderr.write(`${script} ${args.join(' ')}\n`);
  const out = execFileSync(process.execPath, [join(here, script), ...args], {
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}
const of = (value, digits = 1) =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });

const host = run('host-cost.mjs');
const start = run('start-cost.mjs');
const latency = run('latency.mjs');
const fatalIdentical = run('storm.mjs', 'fatal-after-identical');
const fatalDistinct = run('storm.mjs', 'fatal-after-distinct');
const identical = run('storm.mjs', 'identical');
const bucket = run('storm.mjs', 'distinct-bucket');
const channel = run('storm.mjs', 'distinct-channel');
const channelEdits = run('storm.mjs', 'distinct-channel-with-edits');
const memory = (how) =>
  quantile(
    [1, 2, 3].map(() => run('memory.mjs', how).rssMb),
    0.5,
  );
const [without, idle, busy] = [memory('without'), memory('idle'), memory('busy')];

const folder = mkdtempSync(join(tmpdir(), 'pager-size-'));
const [{ filename, size }] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], root));
npm(['install', '--omit=dev', '--no-audit', '--no-fund', '--prefix', folder, join(folder, filename)], folder);
const modules = join(folder, 'node_modules');
const installedKb = Number(execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t')[0]);
const packages = readdirSync(modules).filter((name) => !name.startsWith('.')).length;
rmSync(folder, { recursive: true, force: true });

const kept = ({ limited, refused, violations }) =>
  `${limited} × 429, ${refused} × 400, ${violations.length} rules broken`;
const rows = [
  [
    'a record below the threshold, beside the SDK alone',
    `+${of(host.belowThresholdNs / 1000, 2)} µs (SDK: ${of(host.sdkNs / 1000, 2)} µs)`,
    '< 0.5 µs',
  ],
  [
    'a new alert on the host thread, log record, p50 / p99',
    `${of(host.newUs[0])} / ${of(host.newUs[1])} µs`,
    '< 100 µs p99',
  ],
  ['… by `page()`', `${of(host.pageNewUs[0])} / ${of(host.pageNewUs[1])} µs`, '< 100 µs p99'],
  ['… a lone one after 5 ms of idling, log record', `${of(host.loneUs[0])} / ${of(host.loneUs[1])} µs`, '–'],
  [
    'a repeat on the host thread, log record, p50 / p99',
    `${of(host.repeatUs[0])} / ${of(host.repeatUs[1])} µs`,
    '< 20 µs p99',
  ],
  ['… by `page()`', `${of(host.pageRepeatUs[0])} / ${of(host.pageRepeatUs[1])} µs`, '< 20 µs p99'],
  ['import of the entry, above an empty module', `${of(start.importMs)} ms`, '≤ 15 ms'],
  ['`createPager()`', `${of(start.startMs)} ms`, '≤ 10 ms'],
  [
    'warm P0, call to arrival, p50 / p99',
    `${of(latency.pagerMs[0])} / ${of(latency.pagerMs[1])} ms = ${of(latency.pagerMs[0] / latency.fetchMs[0])} / ${of(latency.pagerMs[1] / latency.fetchMs[1])} × bare fetch (${of(latency.fetchMs[0])} / ${of(latency.fetchMs[1])} ms)`,
    '≤ 3 × or 10 ms',
  ],
  [
    'FATAL behind 10,000 ERRORs of the same second',
    `visible after ${of(fatalIdentical.fatalVisibleMs, 0)} ms`,
    '≤ 2.5 s',
  ],
  ['FATAL behind 1,000 distinct P1', `visible after ${of(fatalDistinct.fatalVisibleMs, 0)} ms`, '≤ 2.5 s'],
  [
    '10,000 identical in a second',
    `${identical.messages} message, first visible after ${of(identical.firstVisibleMs, 0)} ms, exact count after ${of(identical.exactAfterS)} s; loop delay p99 ${of(identical.loopDelayP99Ms)} ms`,
    '–',
  ],
  [
    '200 distinct in a second, 5 / 2 s',
    `${bucket.shown} visible after ${of(bucket.allVisibleS)} s in ${bucket.messages} messages; ${kept(bucket)}`,
    '≤ 12 s',
  ],
  [
    '… and 30 / 60 s per channel',
    `${channel.shown} visible after ${of(channel.allVisibleS)} s; ${kept(channel)}`,
    '≤ 60 s',
  ],
  [
    '… where edits count as well',
    `${channelEdits.shown} visible after ${of(channelEdits.allVisibleS)} s; ${kept(channelEdits)}`,
    '≤ 60 s',
  ],
  [
    'memory of the process, idle / after 10,000 alerts',
    `+${of(idle - without, 0)} / +${of(busy - without, 0)} MB (${of(without, 0)} MB without)`,
    'stated',
  ],
  [
    'size: package / installed with its dependencies',
    `${of(size / 1000, 0)} kB / ${of(installedKb / 1000)} MB, ${packages} packages`,
    'stated',
  ],
];
const [cpu] = cpus();
console.log(
  `${cpus().length} cores (${cpu?.model.trim()}), ${of(totalmem() / 2 ** 30, 0)} GiB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}, Discord emulated in a process of its own on loopback\n`,
);
console.log('| figure | measured | target |\n| --- | --- | --- |');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
