import type { StateFiles } from '../../src/state/files.ts';

/** A disk in memory that can be full, read-only, or lose what a write was about to add. */
export class FakeDisk {
  readonly files: Map<string, string> = new Map();
  /** Code that every write fails with; undefined: it works. */
  failure: string | undefined;
  /** The next append writes only so many characters, and then the machine is gone. */
  tearNextAt: number | undefined;
  writes: number = 0;
  /** Appends begin, and never end. */
  isHanging = false;

  /** The part of it that a log uses. */
  get asFiles(): StateFiles {
    const unused = (): never => {
      throw new Error('a log does not use this');
    };
    return {
      makeDirectory: unused,
      list: unused,
      read: (path) => Promise.resolve(this.files.get(path)),
      append: async (path, text) => {
        if (this.isHanging) {
          this.writes++;
          await new Promise(() => undefined);
        }
        this.#append(path, text);
      },
      appendSync: (path, text) => this.#append(path, text),
      replace: async (path, text) => {
        this.#check();
        this.files.set(path, text);
      },
      createExclusive: unused,
      rename: unused,
      remove: unused,
      setModified: unused,
      modifiedMs: unused,
      watch: unused,
    };
  }

  #append(path: string, text: string): void {
    this.#check();
    const written = this.tearNextAt === undefined ? text : text.slice(0, this.tearNextAt);
    this.files.set(path, (this.files.get(path) ?? '') + written);
    if (this.tearNextAt === undefined) return;
    this.tearNextAt = undefined;
    this.failure = 'EIO';
    throw Object.assign(new Error('torn'), { code: 'EIO' });
  }

  #check(): void {
    this.writes++;
    if (this.failure !== undefined) throw Object.assign(new Error('refused'), { code: this.failure });
  }
}
