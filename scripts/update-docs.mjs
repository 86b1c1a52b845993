// Writes the generated parts of the documentation: npm run docs
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedParts, withPart } from './generated-docs.mjs';

for (const [file, marker, text] of generatedParts) {
  const path = new URL(`../${file}`, import.meta.url);
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), marker, text));
}
