import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The name and, of a file, its contents; what went away meanwhile is just its name. */
function named(path: string, name: string): string {
  try {
    const file = join(path, name);
    return statSync(file).isFile() ? `${name}\n${readFileSync(file, 'utf8')}` : name;
  } catch {
    return name;
  }
}

/** Names and contents of all files below a directory, in one text; `''` where there is none. */
export function filesUnder(path: string): string {
  let names: string[];
  try {
    names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  } catch {
    return '';
  }
  return names.map((name) => named(path, name)).join('\n');
}
