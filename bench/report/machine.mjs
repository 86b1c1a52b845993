import { cpus, totalmem } from 'node:os';
import { CONTENDERS } from '../contenders.mjs';
import { installed } from '../npm.mjs';
import { number } from './numbers.mjs';

export function machineLine(command = 'npm run bench', date = new Date()) {
  const [cpu] = cpus();
  return [
    `One run of \`${command}\`: ${cpus().length} cores (${cpu?.model.trim()})`,
    `${number(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    date.toISOString().slice(0, 10),
    'Discord emulated in a process of its own on loopback.',
  ].join(', ');
}

/** Name and version of everything that was compared. */
export function versionsLine() {
  const folders = [...new Set(CONTENDERS.flatMap(({ packages }) => packages))];
  return folders
    .map(installed)
    .map(({ name, version }) => `${name} ${version}`)
    .join(', ');
}
