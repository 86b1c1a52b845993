import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  isAlive,
  type ProcessIdentity,
  type ProcessTable,
  SILENT_AFTER_MS,
  systemProcessTable,
} from '../../src/state/process-identity.ts';

const own: ProcessIdentity = { host: 'a', boot: 'b1', pidNamespace: 'n1', pid: 1, start: 's1' };

function table(running: Readonly<Record<number, string>>): ProcessTable {
  return { own, exists: (pid) => running[pid] !== undefined, startOf: (pid) => running[pid] ?? '' };
}

describe('whether another process runs', () => {
  const cases: [
    what: string,
    other: Partial<ProcessIdentity>,
    running: Record<number, string>,
    silentMs: number,
    alive: boolean,
  ][] = [
    ['it is in the process table', { pid: 7, start: 's7' }, { 7: 's7' }, 1e9, true],
    ['its number is not', { pid: 7, start: 's7' }, {}, 0, false],
    ['its number is another process’s now', { pid: 7, start: 's7' }, { 7: 's9' }, 0, false],
    ['the machine was started again', { pid: 7, start: 's7', boot: 'b0' }, { 7: 's7' }, 0, false],
    ['it is in another container, and was just heard of', { pidNamespace: 'n2', pid: 7 }, {}, 1_000, true],
    ['it is in another container, and is silent', { pidNamespace: 'n2', pid: 7 }, {}, SILENT_AFTER_MS, false],
    ['it is on another machine, and was just heard of', { host: 'z', boot: 'b9', pid: 7 }, {}, 1_000, true],
    ['it is on another machine, and is silent', { host: 'z', boot: 'b9', pid: 7 }, {}, SILENT_AFTER_MS, false],
    ['the system does not say when it started: it was heard of', { pid: 7, start: '' }, { 7: '' }, 1_000, true],
    ['the system does not say when it started: it is silent', { pid: 7, start: '' }, { 7: '' }, SILENT_AFTER_MS, false],
  ];
  it.each(cases)('%s', (_what, other, running, silentMs, alive) => {
    expect(isAlive({ ...own, ...other }, silentMs, table(running))).toBe(alive);
  });

  it('is seen of a real one, until it has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const processes = systemProcessTable();
    const pid = child.pid ?? 0;
    const identity = { ...processes.own, pid, start: processes.startOf(pid) };
    expect(isAlive(identity, 0, processes)).toBe(true);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(isAlive(identity, 0, processes)).toBe(false);
  });
});
