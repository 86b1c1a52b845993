import { contexts, kinds } from '../../test/redaction-corpus/index.mjs';
import { installed } from '../npm.mjs';
import { duration, number } from '../report/numbers.mjs';
import { CONTENDERS } from './contenders.mjs';
import { SIZES } from './speed.mjs';
import { TEXTS_PER_SECRET } from './texts.mjs';

// Rounded towards what is worse: 99.96 % is not all.
const percent = (share) => {
  const floored = Math.floor(share * 1000) / 10;
  return `${number(floored, floored === 100 || floored === 0 ? 0 : 1)} %`;
};
const percentUp = (share) => {
  const ceiled = Math.ceil(share * 1000) / 10;
  return `${number(ceiled, ceiled === 100 || ceiled === 0 ? 0 : 1)} %`;
};
const us = (value) => duration(value / 1000);

const SPEED_TARGETS = ['≤ 20 µs', '≤ 50 µs', '≤ 200 µs', '≤ 4 ms'];

/** What is caught and what it costs, beside what others do. */
export function comparison(results) {
  const [{ caught }] = results;
  const of = number(caught.cases);
  const row = (name, target, show) => [name, ...results.map(show), target];
  const rows = [
    row(`secrets removed, of ${of}`, '≥ 99.5 %', (r) => percent(r.caught.recall)),
    row('… handed over as text', '–', (r) => percent(r.caught.inTexts)),
    row('… handed over as objects', '–', (r) => percent(r.caught.inObjects)),
    row(
      'worst kind',
      '≥ 95 %',
      ({
        caught: {
          kinds: [worst],
        },
      }) => `${worst.id}: ${percent(worst.recall)}`,
    ),
    row(`kinds of which less than 95 % is removed, of ${caught.kinds.length}`, '0', (r) =>
      String(r.caught.kinds.filter(({ recall }) => recall < 0.95).length),
    ),
    row(`texts without a secret changed, of ${number(caught.benign)}`, '≤ 0.5 %', (r) =>
      percentUp(r.caught.changedShare),
    ),
    row('what helps the operator still there', '≥ 99.5 %', (r) => percent(r.caught.kept)),
    row('inputs it throws at', '0', (r) => number(r.caught.thrown)),
    ...SIZES.map(({ label }, i) => row(`a log text of ${label}, p50`, SPEED_TARGETS[i], (r) => us(r.p50Us[i]))),
  ];
  const titles = ['', ...results.map(({ contender }) => contender.title), 'target'];
  return [
    `| ${titles.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(titles.length - 2)} --- |`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** What concerns this package alone, beside the targets it is held to. */
export function ownFigures(hostile, size) {
  const [small, large] = hostile.longest;
  const rows = [
    [`the longest of ${hostile.kinds} hostile texts of 64 KB`, `${duration(small.ms)} (${small.name})`, '≤ 50 ms'],
    ['… of 256 KB', `${duration(large.ms)} (${large.name})`, '≤ 250 ms'],
    [
      '… greatest growth for four times the length',
      hostile.growth.times === 0 ? 'none takes 1 ms' : `${number(hostile.growth.times, 1)} × (${hostile.growth.name})`,
      '≤ 6 ×',
    ],
    [
      '`otel-discord-pager/redact` in a bundle, minified / gzip',
      `${number(size.minifiedKb, 1)} kB / ${number(size.gzipKb, 1)} kB`,
      '≤ 30 kB minified',
    ],
    ['… packages it needs', String(size.packages), '0'],
  ];
  return [
    '| this package alone | measured | target |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** How the figures are to be read. */
export function notes(results) {
  const versions = [...new Set(CONTENDERS.flatMap(({ packages }) => packages))].map((folder) => {
    const { name, version } = installed(folder);
    return `${name} ${version}`;
  });
  const [{ caught }] = results;
  return [
    `The corpus (\`test/redaction-corpus\`): ${kinds.length} kinds of secrets, made at run time, in ${contexts.length} places: lines of logs, JSON in JSON, command lines,`,
    'headers, errors with causes, maps and bytes, percent-encoded, coloured, cut off; each kind in each place where it makes sense.',
    'A secret is removed when no ten characters in a row of it can be read, with every encoding taken off again (of a shorter one: six).',
    `${number(caught.benign)} texts hold none: ids, digests, traces, code, prose about passwords, placeholders, other scripts.`,
    `A log text is made of lines of services, traces and queries; one in ${TEXTS_PER_SECRET} holds a secret.`,
    '@pinojs/redact knows paths in objects, and gets over a thousand, which is what its time goes to. secretlint finds (ids of AWS keys',
    'as well, without its profiler), and what it reports is masked; of objects it gets what `util.inspect` shows.',
    '@zapier/secret-scrubber takes out what its `findSensitiveValues` finds. An input at which one throws is withheld.',
    `${versions.join(', ')}.`,
  ].join('\n');
}
