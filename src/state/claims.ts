import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { StateFiles } from './files.ts';

const MAX_CLAIM_BYTES = 256;

/**
 * Who has which incident under one webhook: a file per fingerprint that holds a member's id, made by whoever is first. Only the
 * member named in it, or the one that inherits from that member, may replace it.
 */
export class Claims {
  readonly #path: string;
  readonly #memberId: string;
  readonly #files: StateFiles;

  constructor(path: string, memberId: string, files: StateFiles) {
    this.#path = path;
    this.#memberId = memberId;
    this.#files = files;
  }

  /** Ours when nobody has it. Empty: somebody is just about to write its name, or ended while it did. */
  async take(fingerprint: string): Promise<'ours' | { readonly member: string }> {
    if (await this.#files.createExclusive(this.#file(fingerprint), this.#memberId)) return 'ours';
    const member = await this.holder(fingerprint);
    return member === this.#memberId ? 'ours' : { member: member ?? '' };
  }

  /** Undefined when nobody has it. */
  async holder(fingerprint: string): Promise<string | undefined> {
    return (await this.#files.read(this.#file(fingerprint), MAX_CLAIM_BYTES))?.trim();
  }

  /** Writes our name over that of a member we inherit from. */
  seize(fingerprint: string): Promise<void> {
    return this.#files.replace(this.#file(fingerprint), this.#memberId);
  }

  /** @param isOurs true for the name of a member we have inherited from. */
  async release(fingerprint: string, isOurs: (member: string) => Promise<boolean>): Promise<void> {
    const member = await this.holder(fingerprint);
    if (member === undefined) return;
    if (member === this.#memberId || (await isOurs(member))) await this.#files.remove(this.#file(fingerprint));
  }

  /** A fingerprint may hold what no file name can, and be long. */
  #file(fingerprint: string): string {
    return join(this.#path, createHash('sha256').update(fingerprint).digest('hex').slice(0, 32));
  }
}
