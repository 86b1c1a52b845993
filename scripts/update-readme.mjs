// Writes the generated parts of the README from the built package: npm run readme
import { readFileSync, writeFileSync } from 'node:fs';
import { renderConfigReference } from '../dist/config/config-reference.js';

const file = new URL('../README.md', import.meta.url);
const reference = `<!-- configuration -->\n${renderConfigReference().trim()}\n<!-- /configuration -->`;
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(/<!-- configuration -->[\s\S]*?<!-- \/configuration -->/, () => reference),
);
