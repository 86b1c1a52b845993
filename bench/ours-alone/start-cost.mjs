import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { median } from '../report/numbers.mjs';

const ROUNDS = 21;
const STARTER = fileURLToPath(new URL('start-once.mjs', import.meta.url));

/** What importing the package (above an empty module) and starting a pager cost the application's thread, in fresh processes. */
export function measureStartCost() {
  const folder = mkdtempSync(join(tmpdir(), 'pager-bench-'));
  try {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, 'export const nothing = 0;\n');
    const once = (target) => JSON.parse(execFileSync(process.execPath, [STARTER, target], { encoding: 'utf8' }));
    const entry = new URL('../../dist/index.js', import.meta.url).href;
    const rounds = Array.from({ length: ROUNDS }, () => ({
      ours: once(entry),
      nothing: once(pathToFileURL(empty).href),
    }));
    return {
      importMs: median(rounds.map(({ ours, nothing }) => ours.importMs - nothing.importMs)),
      startMs: median(rounds.map(({ ours }) => ours.startMs)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
