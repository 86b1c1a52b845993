// The corpus against a build: node test/redaction-corpus/try.mjs [dist/redact.js] [--seed 1] [--kind aws/] [--context json]
// [--limit 20] [--count 5000] [--listed] [--lost] [--benign] [--table] [--id '1:kind@context']
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benign } from './benign.mjs';
import { cases } from './cases.mjs';
import { figures, shown } from './report.mjs';
import { score } from './score.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: '' },
    context: { type: 'string', default: '' },
    limit: { type: 'string', default: '20' },
    count: { type: 'string' },
    id: { type: 'string' },
    listed: { type: 'boolean' },
    lost: { type: 'boolean' },
    benign: { type: 'boolean' },
    table: { type: 'boolean' },
  },
});
const { redact } = await import(pathToFileURL(resolve(positionals[0] ?? 'dist/redact.js')).href);

const [seed, pairId] = values.id === undefined ? [values.seed] : values.id.split(/:(.*)/s);
const [kindId, contextId] = pairId?.split('@') ?? [];
const only = ({ kind, context }) =>
  !(values.listed && kind.beyond) &&
  (kindId === undefined
    ? kind.id.startsWith(values.kind) && context.id.startsWith(values.context)
    : kind.id === kindId && context.id === contextId);
const count = values.count === undefined ? undefined : Number(values.count);
const harmless = values.kind || values.context || values.id ? [] : benign(seed);
const result = score(redact, cases(seed, count, only), harmless);

console.log(figures(result));
if (values.table) {
  for (const table of ['kinds', 'contexts']) {
    console.log(`\n${table} below 100 %:`);
    for (const row of result[table].filter(({ recall }) => recall < 1)) {
      console.log(`${(row.recall * 100).toFixed(1).padStart(6)} % of ${String(row.of).padStart(4)}  ${row.id}`);
    }
  }
}
const limit = Number(values.limit);
const wanted = values.lost
  ? ({ lost }) => lost.length > 0
  : ({ leaked, lost }) => leaked !== undefined || lost.length > 0;
const shownFailures = values.benign ? [] : result.failures.filter(wanted).slice(0, limit);
for (const { example, output, leaked, lost } of shownFailures) {
  console.log(
    `\n${example.id}${leaked ? `\n  leaks ${leaked}` : ''}${lost.length > 0 ? `\n  loses ${lost.join(' | ')}` : ''}`,
  );
  console.log(`  in  ${shown(example.input)}\n  out ${shown(output)}`);
}
for (const { id, text, output } of result.changed.slice(0, values.benign ? limit : 5)) {
  console.log(`\n${id} was changed\n  in  ${shown(text)}\n  out ${shown(output)}`);
}
