import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../../README.md', import.meta.url);
const PLOT = new URL('../../docs/images/storm.svg', import.meta.url);

/** What stands in the README between its markers, and what the run prints. */
export function report({ machine, table, notes, own, plotted }) {
  return [machine, plotted, table, notes, own].join('\n\n');
}

export function writeReport(text, plot) {
  const before = readFileSync(README, 'utf8');
  const after = before.replace(
    /<!-- bench -->[\s\S]*?<!-- \/bench -->/,
    () => `<!-- bench -->\n${text}\n<!-- /bench -->`,
  );
  if (!after.includes(text)) throw new Error('README.md has no markers <!-- bench --> and <!-- /bench -->.');
  writeFileSync(README, after);
  mkdirSync(new URL('.', PLOT), { recursive: true });
  writeFileSync(PLOT, plot);
}
