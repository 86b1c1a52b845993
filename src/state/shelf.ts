import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Incident } from '../pipeline/incident.ts';
import type { Contribution } from '../pipeline/incident-store.ts';
import { Claims } from './claims.ts';
import { errorCode } from './error-code.ts';
import type { StateFiles } from './files.ts';
import { MAX_CARD_BYTES, type MemberCard, readCard, toCardText } from './member-card.ts';
import { MemberLog, type MemberLogEvents } from './member-log.ts';
import { isAlive, type ProcessTable } from './process-identity.ts';
import { readRecordLines, toRecordLine } from './record-lines.ts';
import { RequestLedger } from './request-ledger.ts';
import { contributionRecord, readContribution, readIncidents } from './stored-incident.ts';

/*
 * The directory of one webhook:
 *
 *   claims/<hash of a fingerprint>      who has the incident
 *   members/<id>/member.json            who that is, and when it was heard of last
 *   members/<id>/log                    its incidents, and what of them waits to be shown
 *   members/<id>/inbox/<name>           what others saw of its incidents
 *   heirs/<id>                          who inherited from that member, while claims still name it
 *   members/<id>/heir-<id>/…            the directory of a member it has inherited from, until all of it is in its own log
 *   requests                            when which member has sent a request to the webhook
 *   aside/<name>                        logs that were damaged
 *
 * A member inherits by renaming the other's directory into its own: of all who try at once, one succeeds.
 */

/** The longest log that is read back; twice what is written at most. */
const MAX_LOG_BYTES = 128 * 1024 * 1024;
const MAX_CONTRIBUTION_BYTES = 1024 * 1024;
/** Messages that wait for a member; a member that does not look gets no more. */
const MAX_INBOX = 5_000;
/** Damaged logs that are kept to be looked at; the oldest go. */
const MAX_ASIDE = 5;
const MAX_HEIR_BYTES = 256;
/** A chain of members that ended while they inherited is followed so far. */
const MAX_HEIR_DEPTH = 8;

/** What is needed to open a shelf. */
export interface ShelfOptions {
  readonly path: string;
  readonly memberId: string;
  readonly card: MemberCard;
  readonly files: StateFiles;
  readonly clock: Clock;
  readonly processes: ProcessTable;
  /** True for a member whose thread has ended while its process lives on. */
  readonly isPredecessor?: ((id: string) => boolean) | undefined;
  readonly events: MemberLogEvents & { damaged(what: string): void };
}

/** Another member, as its card and its last sign of life tell. */
export interface OtherMember {
  readonly id: string;
  /** Undefined when it cannot be read. */
  readonly card: MemberCard | undefined;
  readonly isAlive: boolean;
  /** How long ago it was heard of last; 0 for one that left by itself. */
  readonly silentMs: number;
}

/** What a member has left. */
export interface Legacy {
  readonly incidents: readonly Incident[];
  readonly contributions: readonly Contribution[];
  /** Throws the directory away; everything in it has to be in our own log by then. */
  discard(): Promise<void>;
  /** Writes our name into the claims that name the member. May take its time. */
  succeed(): Promise<void>;
}

/** One member's place under one webhook. Rejects when the disk does. */
export class Shelf {
  readonly log: MemberLog;
  readonly claims: Claims;
  readonly ledger: RequestLedger;
  readonly #options: ShelfOptions;
  readonly #own: string;
  #sent = 0;

  /** Touches nothing yet: {@link settle} makes our place. */
  constructor(options: ShelfOptions) {
    const { path, memberId, files, clock, events } = options;
    this.#options = options;
    this.#own = join(path, 'members', memberId);
    this.log = new MemberLog(join(this.#own, 'log'), { files, clock, events });
    this.ledger = new RequestLedger(join(path, 'requests'), memberId, files, clock);
    this.claims = new Claims(join(path, 'claims'), memberId, files);
  }

  /** Our name among the members. */
  get id(): string {
    return this.#options.memberId;
  }

  get inboxPath(): string {
    return join(this.#own, 'inbox');
  }

  /** Makes our place; again, should somebody have taken us for dead and inherited it. */
  async settle(): Promise<void> {
    const { path, files, card } = this.#options;
    for (const directory of [
      path,
      join(path, 'claims'),
      join(path, 'heirs'),
      join(path, 'members'),
      this.#own,
      this.inboxPath,
    ]) {
      await files.makeDirectory(directory);
    }
    await files.replace(join(this.#own, 'member.json'), toCardText(card));
  }

  /** Gives a sign of life. False when our place is gone. */
  async beat(): Promise<boolean> {
    const { files, clock } = this.#options;
    const file = join(this.#own, 'member.json');
    if ((await files.modifiedMs(file)) === undefined) return false;
    await files.setModified(file, clock.now());
    return true;
  }

  /** Says that we have ended: what is there may be taken over at once. */
  async end(): Promise<void> {
    const { files, card, clock } = this.#options;
    await files.replace(join(this.#own, 'member.json'), toCardText({ ...card, endedMs: clock.now() }));
  }

  async others(): Promise<OtherMember[]> {
    const { path, files, memberId } = this.#options;
    const ids = (await files.list(join(path, 'members'))).filter((id) => id !== memberId);
    return Promise.all(ids.map((id) => this.other(id)));
  }

  async other(id: string): Promise<OtherMember> {
    const { path, files, clock, processes } = this.#options;
    const directory = join(path, 'members', id);
    const [text, heardMs] = await Promise.all([
      files.read(join(directory, 'member.json'), MAX_CARD_BYTES),
      files.modifiedMs(join(directory, 'member.json')),
    ]);
    const card = readCard(text);
    // A member that is just making its place has no card yet; its directory is younger than any.
    const silentMs = Math.max(0, clock.now() - (heardMs ?? (await files.modifiedMs(directory)) ?? 0));
    if (card === undefined) return { id, card, isAlive: heardMs === undefined && silentMs < 10_000, silentMs };
    const hasEnded = card.endedMs !== undefined || this.#options.isPredecessor?.(id) === true;
    if (hasEnded) return { id, card, isAlive: false, silentMs: 0 };
    return { id, card, isAlive: isAlive(card.process, silentMs, processes), silentMs };
  }

  /** Takes over what a dead member left. Undefined when another was faster. */
  async inherit(id: string): Promise<Legacy | undefined> {
    const { path, files } = this.#options;
    const heir = join(this.#own, `heir-${id}`);
    if (!(await files.rename(join(path, 'members', id), heir))) return undefined;
    // Whoever meets a claim of that member finds us by this, long before every claim has our name.
    await files.replace(join(path, 'heirs', id), this.#options.memberId);
    const incidents = new Map<string, { incident: Incident; atMs: number }>();
    const contributions: Contribution[] = [];
    const damaged: string[] = [];
    await this.#read(heir, incidents, contributions, { depth: 0, damaged });
    return {
      incidents: [...incidents.values()].map(({ incident }) => incident),
      contributions,
      discard: async () => {
        for (const log of damaged.splice(0)) await this.#setAside(log).catch(() => undefined);
        await files.remove(heir);
      },
      succeed: async () => {
        for (const fingerprint of incidents.keys()) await this.claims.succeed(fingerprint, id);
        await files.remove(join(path, 'heirs', id));
      },
    };
  }

  /** Gives up our claim, should it be ours. */
  release(fingerprint: string): Promise<void> {
    return this.claims.release(
      fingerprint,
      async (member) => (await this.successorOf(member)) === this.#options.memberId,
    );
  }

  /** The member that has what this one had: itself, or who inherited from it, or from that one. */
  async successorOf(id: string): Promise<string> {
    const { path, files } = this.#options;
    let member = id;
    for (let depth = 0; depth < MAX_HEIR_DEPTH; depth++) {
      const heir = (await files.read(join(path, 'heirs', member), MAX_HEIR_BYTES))?.trim();
      if (heir === undefined || heir === '') return member;
      member = heir;
    }
    return member;
  }

  /** What a member has, without taking it: its incidents as its log says. */
  async look(id: string): Promise<Incident[]> {
    const { path } = this.#options;
    const incidents = new Map<string, { incident: Incident; atMs: number }>();
    await this.#read(join(path, 'members', id), incidents, [], { depth: 0 });
    return [...incidents.values()].map(({ incident }) => incident);
  }

  /** Puts a message into another's inbox. False when its place is gone, or nobody looks into it. */
  async send(member: string, contribution: Contribution): Promise<boolean> {
    const { path, files, memberId } = this.#options;
    const inbox = join(path, 'members', member, 'inbox');
    this.#sent++;
    // Every so often: who does not look must not fill the disk.
    if (this.#sent % 256 === 0 && (await files.list(inbox)).length > MAX_INBOX) return false;
    try {
      const name = `${memberId}-${String(this.#sent).padStart(10, '0')}`;
      await files.replace(join(inbox, name), toRecordLine(contributionRecord(contribution)));
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Takes what others have put into our inbox. */
  async receive(): Promise<Contribution[]> {
    const contributions: Contribution[] = [];
    await this.#readInbox(this.inboxPath, contributions, true);
    return contributions;
  }

  async #read(
    directory: string,
    incidents: Map<string, { incident: Incident; atMs: number }>,
    contributions: Contribution[],
    how: { readonly depth: number; readonly damaged?: string[] },
  ): Promise<void> {
    const { files, events } = this.#options;
    const file = join(directory, 'log');
    const content = await files.read(file, MAX_LOG_BYTES);
    const lines = readRecordLines(content ?? '');
    const read = readIncidents(lines.texts);
    for (const [fingerprint, found] of read.incidents) {
      const known = incidents.get(fingerprint);
      if (known === undefined || known.atMs <= found.atMs) incidents.set(fingerprint, found);
    }
    // The end of a log is torn when its member was killed in the middle of a line: that is no damage.
    const torn = content !== undefined && content !== '' && !content.endsWith('\n') ? 1 : 0;
    const damaged = lines.damaged + read.damaged - torn;
    if (damaged > 0 && how.damaged !== undefined) {
      events.damaged(`${damaged} records of a log`);
      // Only once what is whole in it has been written down elsewhere.
      how.damaged.push(file);
    }
    await this.#readInbox(join(directory, 'inbox'), contributions, false);
    if (how.depth >= MAX_HEIR_DEPTH) return;
    const deeper = { ...how, depth: how.depth + 1 };
    for (const name of await files.list(directory)) {
      if (name.startsWith('heir-')) await this.#read(join(directory, name), incidents, contributions, deeper);
    }
  }

  async #readInbox(inbox: string, contributions: Contribution[], take: boolean): Promise<void> {
    const { files } = this.#options;
    for (const name of (await files.list(inbox)).toSorted()) {
      // Still being written.
      if (name.endsWith('.new')) continue;
      const file = join(inbox, name);
      const content = await files.read(file, MAX_CONTRIBUTION_BYTES);
      for (const text of readRecordLines(content ?? '').texts) {
        const contribution = readContribution(text);
        if (contribution !== undefined) contributions.push(contribution);
      }
      if (take) await files.remove(file);
    }
  }

  async #setAside(file: string): Promise<void> {
    const { path, files, clock } = this.#options;
    const aside = join(path, 'aside');
    await files.makeDirectory(aside);
    await files.rename(file, join(aside, `log-${clock.now()}-${this.#sent++}`));
    const names = (await files.list(aside)).toSorted();
    for (const name of names.slice(0, Math.max(0, names.length - MAX_ASIDE))) await files.remove(join(aside, name));
  }
}
