// What importing the package and starting a pager cost the application's thread, each time in a fresh process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from './discord.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pager-bench-'));
const empty = join(folder, 'empty.mjs');
writeFileSync(empty, 'export const nothing = 0;\n');
const timer = join(folder, 'timer.mjs');
const entry = new URL('../dist/index.js', import.meta.url).href;
writeFileSync(
  timer,
  `const before = performance.now();
const module = await import(process.argv[2]);
const imported = performance.now() - before;
let started = 0;
if (module.createPager) {
  const at = performance.now();
  module.createPager({ webhooks: { default: 'http://127.0.0.1:9/api/webhooks/11111111111111111/' + 't'.repeat(68) }, stateDir: 'none', bootCheck: 'off', enabled: true });
  started = performance.now() - at;
}
console.log(JSON.stringify({ imported, started }));
process.exit(0);
`,
);
const once = (target) => JSON.parse(execFileSync(process.execPath, [timer, target], { encoding: 'utf8' }));
const rows = Array.from({ length: 21 }, () => ({ ours: once(entry), nothing: once(empty) }));
console.log(
  JSON.stringify({
    importMs: quantile(
      rows.map(({ ours, nothing }) => ours.imported - nothing.imported),
      0.5,
    ),
    startMs: quantile(
      rows.map(({ ours }) => ours.started),
      0.5,
    ),
  }),
);
