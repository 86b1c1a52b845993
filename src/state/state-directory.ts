import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The longest state file that is read; a longer one is damage. */
const MAX_STATE_BYTES = 4 * 1024 * 1024;

/** A directory of our own: small files, replaced as a whole. */
export interface StateDirectory {
  readonly path: string;
  /** The file's text; undefined when it is not there, not readable or too long. */
  read(name: string): Promise<string | undefined>;
  /** Replaces the file in one step (mode 0600). False when that failed: full disk, read-only. */
  write(name: string, text: string): Promise<boolean>;
}

/** An opened directory, or why it is not used. */
export type StateDirectoryResult =
  | { readonly ok: true; readonly directory: StateDirectory }
  | { readonly ok: false; readonly reason: 'symlink' | 'not_a_directory' | 'foreign_owner' | 'not_writable' };

/**
 * Opens the state directory, making it with mode 0700 where it is missing. Refused when it is a symbolic link or belongs to
 * another user: somebody could have put it there to have our files written elsewhere.
 */
export async function openStateDirectory(path: string): Promise<StateDirectoryResult> {
  try {
    await makeDirectory(path);
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return { ok: false, reason: 'symlink' };
    if (!stats.isDirectory()) return { ok: false, reason: 'not_a_directory' };
    const uid = process.getuid?.();
    if (uid !== undefined && stats.uid !== uid) return { ok: false, reason: 'foreign_owner' };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    return { ok: false, reason: code === 'EEXIST' || code === 'ENOTDIR' ? 'not_a_directory' : 'not_writable' };
  }
  return {
    ok: true,
    directory: { path, read: (name) => readText(join(path, name)), write: (name, text) => replace(path, name, text) },
  };
}

/**
 * Makes it and what is missing above it. Not by `recursive`, which never ends where the system answers ENOENT although the parent
 * is there, as `/proc` and some network file systems do.
 */
async function makeDirectory(path: string, isParentMade = false): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || isParentMade || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await makeDirectory(path, true);
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const stats = await lstat(file);
    if (!stats.isFile() || stats.size > MAX_STATE_BYTES) return undefined;
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function replace(path: string, name: string, text: string): Promise<boolean> {
  const temporary = join(path, `.${name}.${process.pid}.tmp`);
  try {
    await rm(temporary, { force: true });
    // `wx`: should somebody have put a link there in between, it is not followed.
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await rename(temporary, join(path, name));
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}
