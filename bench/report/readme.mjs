import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../../README.md', import.meta.url);
const PLOT = new URL('../../docs/images/storm.svg', import.meta.url);

/** What stands in the README between its markers, and what the run prints. */
export function report({ machine, table, notes, own, plotted }) {
  return [machine, plotted, table, notes, own].join('\n\n');
}

/** Replaces what stands between the README's markers of this name. */
export function writePart(name, text) {
  const before = readFileSync(README, 'utf8');
  const after = before.replace(
    new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`),
    () => `<!-- ${name} -->\n${text}\n<!-- /${name} -->`,
  );
  if (!after.includes(text)) throw new Error(`README.md has no markers <!-- ${name} --> and <!-- /${name} -->.`);
  writeFileSync(README, after);
}

export function writeReport(text, plot) {
  writePart('bench', text);
  mkdirSync(new URL('.', PLOT), { recursive: true });
  writeFileSync(PLOT, plot);
}
