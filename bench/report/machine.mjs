import { cpus, totalmem } from 'node:os';
import { CONTENDERS } from '../contenders.mjs';
import { installed } from '../npm.mjs';
import { number } from './numbers.mjs';

const DISCORD = 'Discord emulated in a process of its own on loopback';

/** Where and when a command was run, and what else there was. */
export function machineLine(command = 'npm run bench', setting = DISCORD) {
  const [cpu] = cpus();
  const parts = [
    `One run of \`${command}\`: ${cpus().length} cores (${cpu?.model.trim()})`,
    `${number(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    new Date().toISOString().slice(0, 10),
    ...(setting === '' ? [] : [setting]),
  ];
  return `${parts.join(', ')}.`;
}

/** Name and version of everything that was compared. */
export function versionsLine() {
  const folders = [...new Set(CONTENDERS.flatMap(({ packages }) => packages))];
  return folders
    .map(installed)
    .map(({ name, version }) => `${name} ${version}`)
    .join(', ');
}
