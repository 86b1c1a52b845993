import { open } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import { errorCode } from './shown-value.ts';

/** The largest file that is read: configuration or a secret. */
export const MAX_FILE_BYTES = 262_144;

/** How long reading a file or a secret may take: a pipe nobody writes to must not keep the pager from starting. */
export const READ_TIMEOUT_MS = 5_000;

/** Reads a UTF-8 file. Files beyond {@link MAX_FILE_BYTES} reject with the code `EFBIG`, without being read to their end. */
export async function readTextFile(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(MAX_FILE_BYTES + 1);
    let bytes = 0;
    while (bytes < buffer.length) {
      const { bytesRead } = await handle.read(buffer, bytes, buffer.length - bytes, null);
      if (bytesRead === 0) break;
      bytes += bytesRead;
    }
    if (bytes > MAX_FILE_BYTES) throw Object.assign(new Error('file too large'), { code: 'EFBIG' });
    return buffer.toString('utf8', 0, bytes);
  } finally {
    await handle.close();
  }
}

/** Waits for a value at most `timeoutMs`; later it rejects with the code `ETIMEDOUT`. */
export async function withinTime<T>(value: T | Promise<T>, timeoutMs: number, clock: Clock): Promise<T> {
  const done = new AbortController();
  const late = clock.sleep(timeoutMs, done.signal).then((): never => {
    throw Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
  });
  // Whichever loses the race must not become an unhandled rejection of the application.
  late.catch(() => undefined);
  try {
    return await Promise.race([Promise.resolve(value), late]);
  } finally {
    done.abort();
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'must not be read'],
  ['EPERM', 'must not be read'],
  ['ERR_ACCESS_DENIED', 'must not be read'],
  ['EISDIR', 'is a directory'],
  ['EFBIG', `is larger than ${MAX_FILE_BYTES / 1_024} KiB`],
  ['ETIMEDOUT', `gave nothing within ${READ_TIMEOUT_MS / 1_000} s`],
]);

/** Why reading failed, to be put behind "a file that": by the error's code alone, because its message may quote anything. */
export function describeReadFailure(error: unknown): string {
  const code = errorCode(error);
  return (
    (code === undefined ? undefined : REASONS.get(code)) ?? `could not be read${code === undefined ? '' : ` (${code})`}`
  );
}
