import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process this is: enough that another one, later or elsewhere, can tell whether it still runs. */
export interface ProcessIdentity {
  readonly host: string;
  /** Changes with every start of the machine; empty where the system does not say. */
  readonly boot: string;
  /** Containers of one machine may share its name, and count their processes apart. Empty where the system does not say. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** When the process started, as the system says it: a pid is used again. Empty where it does not say. */
  readonly start: string;
}

/** What is asked of the machine; handed in for tests. */
export interface ProcessTable {
  readonly own: ProcessIdentity;
  /** True when a process of this number runs here. */
  exists(pid: number): boolean;
  /** {@link ProcessIdentity.start} of a process here; empty when there is none, or the system does not say. */
  startOf(pid: number): string;
}

/** A process of another machine that has not been heard of for so long is taken for dead. */
export const SILENT_AFTER_MS = 60_000;

/**
 * True when the process is known, or has to be supposed, to run. On this machine the process table decides; a machine that was
 * started again has none of its old processes; of another machine only the age of its last sign of life is known, and one from
 * the future (a clock was set) counts as fresh.
 */
export function isAlive(other: ProcessIdentity, silentMs: number, table: ProcessTable): boolean {
  const { own } = table;
  if (other.host === own.host && other.boot !== own.boot) return false;
  if (other.host !== own.host || other.pidNamespace !== own.pidNamespace) return silentMs < SILENT_AFTER_MS;
  if (!table.exists(other.pid)) return false;
  if (other.start !== '') return table.startOf(other.pid) === other.start;
  return silentMs < SILENT_AFTER_MS;
}

/** The table of this machine, as far as this process sees it. */
export function systemProcessTable(): ProcessTable {
  return {
    own: {
      host: hostname(),
      boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      pidNamespace: textOf(() => readlinkSync('/proc/self/ns/pid')),
      pid: process.pid,
      start: startOf(process.pid),
    },
    exists(pid) {
      try {
        return process.kill(pid, 0);
      } catch (error) {
        // It is there, and not ours.
        return (error as { code?: unknown }).code === 'EPERM';
      }
    },
    startOf,
  };
}

/** The 22nd field, counted behind the name, which is in brackets and may hold blanks. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startOf(pid: number): string {
  return textOf(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is dead, only nobody has taken note of it.
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
  });
}

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}
