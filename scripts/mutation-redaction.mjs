// Which test notices when a rule of redaction, or a layer of it, is not there: npm run mutation:redaction [-- rule …]
//
// Nothing of the package is changed for it. The modules of redaction are loaded through wrappers: one drops what is reported under the
// id of the rule, another stands for the layer with a function that does nothing. For each of them the tests of redaction must fail.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BaseSequencer, createVitest } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PIPELINE = join(ROOT, 'src/pipeline');
const TESTS = join(ROOT, 'test/pipeline');
const SPANS = 'redact-span.ts';

/** The most likely first; what takes long, or tells of no single secret, not at all. */
const FIRST = ['rules', 'text', 'places', 'known', 'walk', 'paths', 'cut', 'stage', 'explain', 'benign'];
const LEFT_OUT = ['corpus', 'growth', 'mutation', 'paths-pino', 'properties'];

const EVERYTHING_THERE = 'nothing';
const NOTHING = '() => undefined';
/** What is not a detector of its own: module, function, and what stands for it. */
const LAYERS = [
  ['redact-view.ts', 'viewOf', NOTHING],
  ['redact-invisible.ts', 'stripHidden', '(text) => text'],
  ['redact-invisible.ts', 'stripInvisible', '(text) => text'],
  ['redact-invisible.ts', 'separatedView', "() => ({ text: '', windows: [], startOf: (at) => at, endOf: (at) => at })"],
  ['redact-names.ts', 'wordUnder', NOTHING],
  ['redact-names.ts', 'wordBefore', NOTHING],
  ['redact-names.ts', 'redactArgument', NOTHING],
  ['redact-siblings.ts', 'siblingsOf', '() => () => undefined'],
  ['redact-pem.ts', 'isKeyLine', '() => false'],
  ['redact-pii.ts', 'isCardNumber', '() => false'],
  ['redact-bytes.ts', 'isSecretByteList', '() => false'],
  ['redact-bytes.ts', 'redactBytes', '(source) => source'],
  ['redact-paths.ts', 'createPathMatcher', '() => whole.createPathMatcher([])'],
];

/** The detectors that the redactor of texts is made of. */
function detectors() {
  const source = readFileSync(join(PIPELINE, 'redact-text.ts'), 'utf8');
  return [...source.matchAll(/import \{([^}]*)\} from '\.\/([\w-]+\.ts)'/g)].flatMap(([, names, module]) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^(?:detect[A-Z]|create\w+Detector$)/.test(name))
      .map((name) => [module, name, name.startsWith('detect') ? NOTHING : `() => ${NOTHING}`]),
  );
}

const layers = [...detectors(), ...LAYERS].map(([module, name, instead]) => ({
  id: `${module.replace('.ts', '')} ${name}`,
  module,
  name,
  instead,
}));

/** Loads a wrapper in the place of a module, and the module itself for the wrapper. */
const wrappers = {
  name: 'redaction-without',
  enforce: 'pre',
  load(id) {
    const module = id.startsWith(`${PIPELINE}/`) ? id.slice(PIPELINE.length + 1) : '';
    const own = layers.filter((layer) => layer.module === module);
    if (module !== SPANS && own.length === 0) return undefined;
    const functions = own.map(
      ({ id: layer, name, instead }) =>
        `export function ${name}(...all) { return (without() === ${JSON.stringify(layer)} ? ${instead} : whole.${name})(...all); }`,
    );
    if (module === SPANS) {
      functions.push(
        'export function mergeSpans(spans) { return whole.mergeSpans(spans.filter(({ rule }) => rule.id !== without())); }',
      );
    }
    return [
      "import { inject } from 'vitest';",
      `import * as whole from ${JSON.stringify(`${id}?whole`)};`,
      `export * from ${JSON.stringify(`${id}?whole`)};`,
      "function without() { return inject('without'); }",
      ...functions,
    ].join('\n');
  },
};

function testFiles() {
  const names = readdirSync(TESTS).flatMap((file) => /^redact-([\w-]+)\.test\.ts$/.exec(file)?.[1] ?? []);
  const others = names.filter((name) => ![...FIRST, ...LEFT_OUT].includes(name));
  const ordered = [...FIRST, ...others].filter((name) => names.includes(name));
  return ordered.map((name) => join(TESTS, `redact-${name}.test.ts`));
}

class AsGiven extends BaseSequencer {
  async sort(files) {
    const order = testFiles();
    return files.toSorted((a, b) => order.indexOf(a.moduleId) - order.indexOf(b.moduleId));
  }
}

async function openVitest(plugins = []) {
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root: ROOT,
      watch: false,
      include: testFiles(),
      bail: 1,
      maxWorkers: 1,
      reporters: [{}],
      testTimeout: 60_000,
      sequence: { sequencer: AsGiven },
    },
    { plugins },
  );
  return { vitest, specifications: await vitest.globTestSpecifications() };
}

/** The first test that fails without a rule or layer; undefined when none does. */
async function killerOf(without, { vitest, specifications }) {
  vitest.provide('without', without);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  for (const module of testModules) {
    for (const test of module.children.allTests('failed'))
      return `${module.relativeModuleId.split('/').at(-1)} › ${test.fullName}`;
    // Such a test notices nothing: it has not run.
    if (module.errors().length > 0) throw new Error(`${module.relativeModuleId}: ${module.errors()[0].message}`);
  }
  if (unhandledErrors.length > 0) throw unhandledErrors[0];
  return undefined;
}

/** One of several processes: does every so-manieth of what is to be done, and tells of each. */
async function work(ids, part, parts) {
  const runner = await openVitest([wrappers]);
  for (let i = part; i < ids.length; i += parts) {
    const killer = await killerOf(ids[i], runner);
    process.stdout.write(`${JSON.stringify({ id: ids[i], killer })}\n`);
  }
}

/** A process that tells what can be left out. */
async function list() {
  const { vitest } = await openVitest();
  const { TEXT_RULE_IDS } = await vitest.vite.ssrLoadModule(join(PIPELINE, 'redact-text.ts'));
  for (const id of [...TEXT_RULE_IDS, ...layers.map((layer) => layer.id)]) {
    process.stdout.write(`${JSON.stringify({ id })}\n`);
  }
}

/** Runs this file in a process of its own, whose test runner may stay or end as it likes. */
async function run(args, onTold) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"id":')) onTold(JSON.parse(line));
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}`);
  lines.close();
}

async function main(wanted) {
  const missing = layers.filter(({ module }) => !existsSync(join(PIPELINE, module)));
  if (missing.length > 0) throw new Error(`These layers are not there: ${missing.map(({ id }) => id).join(', ')}`);
  const known = [];
  await run(['--list'], ({ id }) => known.push(id));
  const ids = wanted.length === 0 ? known : wanted;
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new Error(`No rule and no layer: ${unknown.join(', ')}`);
  await run(['--part', '0/1', EVERYTHING_THERE], ({ killer }) => {
    if (killer !== undefined) throw new Error(`With everything there a test fails already: ${killer}`);
  });
  const parts = Math.min(ids.length, availableParallelism());
  const survivors = [];
  const width = Math.max(...ids.map(({ length }) => length));
  const tell = ({ id, killer }) => {
    console.log(`${id.padEnd(width)}  ${killer ?? 'SURVIVES'}`);
    if (killer === undefined) survivors.push(id);
  };
  await Promise.all(Array.from({ length: parts }, (_, part) => run(['--part', `${part}/${parts}`, ...ids], tell)));
  console.log(`\n${ids.length - survivors.length} of ${ids.length} are noticed when they are not there.`);
  if (survivors.length === 0) return;
  console.error(`No test fails without: ${survivors.toSorted().join(', ')}`);
  process.exitCode = 1;
}

const { values, positionals } = parseArgs({
  options: { part: { type: 'string' }, list: { type: 'boolean' } },
  allowPositionals: true,
});
if (values.list) {
  await list();
  process.exit(0);
} else if (values.part !== undefined) {
  await work(positionals, ...values.part.split('/').map(Number));
  process.exit(0);
} else await main(positionals);
