import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });

const manifest = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The manifest of something that is compared, by its folder. */
export const installed = (folder) => manifest(`node_modules/${folder}/package.json`);

/** Installs what is compared, where another version or none is there. */
export function installCompared() {
  const isThere = ([folder, wanted]) => {
    try {
      return installed(folder).version === wanted.split('@').at(-1);
    } catch {
      return false;
    }
  };
  if (!Object.entries(manifest('package.json').dependencies).every(isThere)) {
    npm(['install', '--no-audit', '--no-fund'], HERE);
  }
}
