import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const MAKE_TIMEOUT_MS = 2_000;

/** A pipe of the system: what a command writes into one end is read from the other. */
export interface StderrPipe {
  readonly source: Readable;
  /** For the command; to be closed here once it has been started. */
  readonly writeFd: number;
}

/**
 * Opens a real pipe, or `undefined` where the system does not let us. Node gives a child process a socket in its place, and
 * `/dev/stderr` cannot be opened on a socket: a script's `> /dev/stderr`, and every server whose log file is a link to it, would
 * fail. Node has no call that makes a pipe, so it is a FIFO that loses its name at once.
 */
export function openStderrPipe(platform: string): StderrPipe | undefined {
  if (platform === 'win32') return undefined;
  let directory: string | undefined;
  let readFd: number | undefined;
  let writeFd: number | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), 'discord-pager-'));
    const path = join(directory, 'stderr');
    const { status } = spawnSync('mkfifo', ['-m', '600', path], { stdio: 'ignore', timeout: MAKE_TIMEOUT_MS });
    if (status !== 0) return undefined;
    // The end that does not wait for the other one goes first.
    readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    writeFd = openSync(path, constants.O_WRONLY);
    return { source: new Socket({ fd: readFd, readable: true, writable: false }), writeFd };
  } catch {
    for (const fd of [readFd, writeFd]) if (fd !== undefined) closeSync(fd);
    return undefined;
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}
