import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names and contents of all files below a directory, in one text; `''` where there is none. */
export function filesUnder(path: string): string {
  let names: string[];
  try {
    names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  } catch {
    return '';
  }
  return names
    .map((name) => {
      const file = join(path, name);
      return statSync(file).isFile() ? `${name}\n${readFileSync(file, 'utf8')}` : name;
    })
    .join('\n');
}
