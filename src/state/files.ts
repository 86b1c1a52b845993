import { randomBytes } from 'node:crypto';
import { appendFileSync, type FSWatcher, watch } from 'node:fs';
import { appendFile, lstat, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

/**
 * What the state needs of a file system, and nothing more; handed in, so that tests can have it full or broken. Paths are
 * absolute. Files are made with mode 0600, directories with 0700. Rejects where nothing else is said.
 */
export interface StateFiles {
  /** One that is there is fine; its parent must be there. */
  makeDirectory(path: string): Promise<void>;
  /** Names of its entries; none where it is not there. */
  list(path: string): Promise<string[]>;
  /** The file's text; undefined when it is not there, no file, or longer than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<string | undefined>;
  /** Adds to the end in one write. */
  append(path: string, text: string): Promise<void>;
  /** The same while this thread is about to end. Throws. */
  appendSync(path: string, text: string): void;
  /** Replaces the file in one step: whoever reads sees the old text or the new one. */
  replace(path: string, text: string): Promise<void>;
  /** False when it is there already: of all who try at once, one succeeds. */
  createExclusive(path: string, text: string): Promise<boolean>;
  /** False when there is nothing of that name (any more): of all who try at once, one succeeds. */
  rename(from: string, to: string): Promise<boolean>;
  /** With everything in it; one that is not there is fine. */
  remove(path: string): Promise<void>;
  setModified(path: string, atMs: number): Promise<void>;
  /** Undefined when it is not there. */
  modifiedMs(path: string): Promise<number | undefined>;
  /** Calls back after something in the directory changed; may call too often, and not at all where that is not supported. */
  watch(path: string, changed: () => void): () => void;
}

/** The machine's own. */
export const systemFiles: StateFiles = {
  async makeDirectory(path) {
    try {
      await mkdir(path, { mode: 0o700 });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  },
  async list(path) {
    try {
      return await readdir(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
      throw error;
    }
  },
  async read(path, maxBytes) {
    try {
      const stats = await lstat(path);
      if (!stats.isFile() || stats.size > maxBytes) return undefined;
      return await readFile(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  append: (path, text) => appendFile(path, text, { mode: 0o600 }),
  appendSync: (path, text) => appendFileSync(path, text, { mode: 0o600 }),
  async replace(path, text) {
    // Several processes may replace the same file at once. Their numbers are no names: containers count them apart.
    const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
    try {
      // `wx`: should somebody have put a link there, it is not followed.
      await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  },
  async createExclusive(path, text) {
    try {
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  async rename(from, to) {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
  setModified: (path, atMs) => utimes(path, atMs / 1_000, atMs / 1_000),
  async modifiedMs(path) {
    try {
      return (await lstat(path)).mtimeMs;
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  watch(path, changed) {
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(path, { persistent: false }, changed);
      // A directory that goes away, or a machine out of watches: then only the regular look remains.
      watcher.on('error', () => watcher?.close());
    } catch {
      return () => undefined;
    }
    return () => watcher?.close();
  },
};
