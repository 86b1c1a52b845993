import { posix, win32 } from 'node:path';

/** What of the host decides about paths. */
export interface PathHost {
  readonly platform: string;
  /** Empty where the process has none. */
  readonly homeDir: string;
  readonly cwd: string;
}

/** `path` as the host's system writes paths. */
export function pathStyleOf(platform: string): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** An absolute path: `~/` is the home directory, anything relative starts at `baseDir`. */
export function absolutePath(path: string, baseDir: string, host: PathHost): string {
  const style = pathStyleOf(host.platform);
  const trimmed = path.trim();
  const inHome = /^~(?:[\\/]|$)/.test(trimmed) && host.homeDir !== '';
  if (inHome) return style.resolve(host.homeDir, `.${style.sep}${trimmed.slice(1)}`);
  // The host's own directory stands in `baseDir`, never that of the process which happens to run this.
  return style.resolve(host.cwd, baseDir, trimmed);
}
