import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { StateFiles } from './files.ts';

const MAX_CLAIM_BYTES = 256;
/** Anything else is what a fault of the machine has left: empty, or full of zeros. */
const MEMBER_ID = /^[\w-]{1,100}$/;

/**
 * Who has which incident under one webhook: a file per fingerprint that holds a member's id, made by whoever is first. Only the
 * member named in it, or the one that inherits from that member, may replace it.
 */
export class Claims {
  readonly #path: string;
  readonly #memberId: string;
  readonly #files: StateFiles;
  /** By fingerprint: what is under way. To give up a claim and to ask for it again must not overtake each other. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(path: string, memberId: string, files: StateFiles) {
    this.#path = path;
    this.#memberId = memberId;
    this.#files = files;
  }

  /** Ours when nobody has it. Empty: somebody is just about to write its name, or ended while it did. */
  take(fingerprint: string): Promise<'ours' | { readonly member: string }> {
    return this.#inTurn(fingerprint, async () => {
      if (await this.#files.createExclusive(this.#file(fingerprint), this.#memberId)) return 'ours';
      const member = await this.holder(fingerprint);
      return member === this.#memberId ? 'ours' : { member: member ?? '' };
    });
  }

  /** Undefined when nobody has it; empty when it does not say who. */
  async holder(fingerprint: string): Promise<string | undefined> {
    const member = (await this.#files.read(this.#file(fingerprint), MAX_CLAIM_BYTES))?.trim();
    return member === undefined || MEMBER_ID.test(member) ? member : '';
  }

  /** Writes our name over that of a member we inherit from. */
  seize(fingerprint: string): Promise<void> {
    return this.#inTurn(fingerprint, () => this.#files.replace(this.#file(fingerprint), this.#memberId));
  }

  /** Writes our name over that of a member we have inherited from, where it still stands, or where it never came to write it. */
  succeed(fingerprint: string, member: string): Promise<void> {
    return this.#inTurn(fingerprint, async () => {
      const holder = await this.holder(fingerprint);
      if (holder === member) await this.#files.replace(this.#file(fingerprint), this.#memberId);
      else if (holder === undefined) await this.#files.createExclusive(this.#file(fingerprint), this.#memberId);
    });
  }

  /** @param isOurs true for the name of a member we have inherited from. */
  release(fingerprint: string, isOurs: (member: string) => Promise<boolean>): Promise<void> {
    return this.#inTurn(fingerprint, async () => {
      const member = await this.holder(fingerprint);
      if (member === undefined || member === '') return;
      if (member === this.#memberId || (await isOurs(member))) await this.#files.remove(this.#file(fingerprint));
    });
  }

  #inTurn<T>(fingerprint: string, run: () => Promise<T>): Promise<T> {
    const turn = (this.#underWay.get(fingerprint) ?? Promise.resolve()).then(run);
    const done: Promise<void> = turn
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        if (this.#underWay.get(fingerprint) === done) this.#underWay.delete(fingerprint);
      });
    this.#underWay.set(fingerprint, done);
    return turn;
  }

  /** A fingerprint may hold what no file name can, and be long. */
  #file(fingerprint: string): string {
    return join(this.#path, createHash('sha256').update(fingerprint).digest('hex').slice(0, 32));
  }
}
