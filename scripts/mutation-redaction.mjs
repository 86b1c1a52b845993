// Takes one rule of redaction out after the other and runs its tests: at least one of them has to fail each time, or nothing would say
// that the rule is gone. `npm run mutation:redaction [-- id…]`; two at a time, about four minutes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const { TEXT_RULE_IDS } = await import(new URL('../dist/pipeline/redact-text.js', import.meta.url).href);
const asked = process.argv.slice(2);
const ids = asked.length > 0 ? asked : TEXT_RULE_IDS;
const folder = mkdtempSync(join(tmpdir(), 'mutation-redaction-'));

/** The name of the first test that fails without the rule, or undefined when all pass. */
function killedBy(id) {
  const report = join(folder, `${id}.json`);
  const args = [
    'vitest',
    'run',
    '--config',
    'test/mutation/vitest.config.ts',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('npx', args, { cwd: root, env: { ...process.env, RULE_TAKEN_OUT: id }, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', () => {
      const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
      const broken = testResults.find(
        ({ assertionResults, status }) => status === 'failed' && assertionResults.length === 0,
      );
      if (broken !== undefined) reject(new Error(`the tests do not run without ${id}: ${broken.message}`));
      const failed = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .find((test) => test.status === 'failed');
      resolve(failed?.fullName);
    });
  });
}

const nothing = await killedBy('no-such-rule');
if (nothing !== undefined) throw new Error(`With every rule in its place a test fails: ${nothing}`);

const survivors = [];
const queue = [...ids];
await Promise.all(
  Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const test = await killedBy(id);
      if (test === undefined) survivors.push(id);
      console.log(`${id.padEnd(34)} ${test === undefined ? 'SURVIVES' : test.slice(0, 100)}`);
    }
  }),
);
rmSync(folder, { recursive: true });
console.log(`\n${ids.length - survivors.length} of ${ids.length} rules are missed by a test when they are taken out.`);
if (survivors.length > 0) {
  console.log(`Nobody misses: ${survivors.join(', ')}`);
  process.exitCode = 1;
}
