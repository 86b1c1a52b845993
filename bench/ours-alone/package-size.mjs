import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../npm.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The package as it is published, and what installing it puts on the disk. */
export function measurePackageSize() {
  const folder = mkdtempSync(join(tmpdir(), 'pager-size-'));
  try {
    const [{ filename, size }] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], ROOT));
    npm(['install', '--omit=dev', '--no-audit', '--no-fund', '--prefix', folder, join(folder, filename)], folder);
    const modules = join(folder, 'node_modules');
    return {
      packedKb: size / 1000,
      installedMb: Number(execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t')[0]) / 1000,
      packages: readdirSync(modules).filter((name) => !name.startsWith('.')).length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
