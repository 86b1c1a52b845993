import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Incident } from '../pipeline/incident.ts';
import type {
  Claim,
  Contribution,
  Holder,
  IncidentStore,
  IncidentStoreListener,
  Inheritance,
  RequestKind,
  SentRequest,
} from '../pipeline/incident-store.ts';
import { removeAbandoned } from './abandoned.ts';
import { errorCode } from './error-code.ts';
import type { StateFiles } from './files.ts';
import type { MemberCard } from './member-card.ts';
import type { ProcessTable } from './process-identity.ts';
import { type OtherMember, Shelf } from './shelf.ts';

/** A sign of life is given so often, and the inbox looked into where nobody wakes us. */
const BEAT_MS = 5_000;
/** Members that have ended are looked for so often. */
const LOOK_MS = 15_000;
/** A member of another service has to be gone for so long: its own next start would rather have what it left. */
const FOREIGN_AFTER_MS = 60_000;
/** Whoever inherits from the member that a claim names writes its own name there; so long is it waited for. */
const SUCCESSION_MS = 500;
const SUCCESSION_STEP_MS = 20;
/** What this member itself takes over is waited for so long, should it come up again meanwhile. */
const ARRIVAL_MS = 5_000;
/** Notes of requests are waited for so long. */
const NOTES_MS = 50;
/** The directory's format; another one has a directory of its own. */
export const ROOM = 'incidents-1';

export interface DirectoryStoreOptions {
  /** The state directory, opened and checked. */
  readonly path: string;
  readonly webhookIds: readonly string[];
  /** Different for every member. */
  readonly memberId: string;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  readonly files: StateFiles;
  readonly clock: Clock;
  readonly processes: ProcessTable;
  /** True for a member whose thread has ended while its process lives on. */
  readonly isPredecessor?: ((id: string) => boolean) | undefined;
}

/** Who a member is, for {@link IncidentStore.hasStartedSince}. */
type Start = Pick<MemberCard, 'service' | 'environment' | 'startedMs'>;

/** The incident store of processes that share a directory: on one machine, or on a volume that several have. */
export class DirectoryIncidentStore implements IncidentStore {
  readonly isDurable = true;
  readonly #options: DirectoryStoreOptions;
  readonly #card: MemberCard;
  readonly #shelves = new Map<string, Shelf>();
  readonly #stop = new AbortController();
  readonly #unwatch: (() => void)[] = [];
  #listener: IncidentStoreListener | undefined;
  /** By webhook: others, as they were last seen. */
  readonly #others = new Map<string, readonly Start[]>();
  /** Members that are being inherited from, and incidents of theirs of which it was not yet said that they are here. */
  #inheriting = 0;
  readonly #arriving = new Set<string>();
  /** What was taken over, and is in doubt to be written down. */
  readonly #undiscarded = new Set<() => Promise<boolean>>();
  #isFailing = false;
  #hasFailedSinceBeat = false;
  #hasTidied = false;
  #receiving: Promise<void> | undefined;
  #receiveAgain = false;

  private constructor(options: DirectoryStoreOptions) {
    const { service, environment, processes, clock } = options;
    this.#options = options;
    this.#card = {
      process: processes.own,
      ...(service === undefined ? {} : { service }),
      ...(environment === undefined ? {} : { environment }),
      startedMs: clock.now(),
    };
  }

  /** Makes this member's places. Rejects when the directory cannot be written. */
  static async open(options: DirectoryStoreOptions): Promise<DirectoryIncidentStore> {
    const store = new DirectoryIncidentStore(options);
    const room = join(options.path, ROOM);
    await options.files.makeDirectory(room);
    for (const webhookId of new Set(options.webhookIds)) {
      const shelf = new Shelf({
        path: join(room, webhookId),
        memberId: options.memberId,
        card: store.#card,
        files: options.files,
        clock: options.clock,
        processes: options.processes,
        isPredecessor: options.isPredecessor,
        events: {
          failed: (code) => store.#failed(code),
          unsaved: (incidents) => store.#listener?.unsaved(incidents),
          damaged: (what) => store.#listener?.damaged(what),
        },
      });
      await shelf.settle();
      store.#shelves.set(webhookId, shelf);
    }
    return store;
  }

  start(listener: IncidentStoreListener): void {
    this.#listener = listener;
    for (const shelf of this.#shelves.values()) {
      this.#unwatch.push(this.#options.files.watch(shelf.inboxPath, () => void this.#receive()));
    }
    void this.#every(BEAT_MS, () => this.#beat());
    void this.#every(LOOK_MS, () => this.#lookAround());
  }

  async adopt(): Promise<readonly Inheritance[]> {
    const inherited: Inheritance[] = [];
    // Before anything is shown: it would run into what the one before has used up.
    await Promise.all(
      [...this.#shelves.keys()].map((webhookId) => this.#tellRequests(webhookId, (shelf) => shelf.ledger.others())),
    );
    for (const webhookId of this.#shelves.keys()) inherited.push(...(await this.#adoptUnder(webhookId, 0)));
    return inherited;
  }

  async claim(webhookId: string, fingerprint: string): Promise<Claim> {
    const shelf = this.#shelves.get(webhookId);
    const inherited: Inheritance[] = [];
    if (shelf === undefined) return { kind: 'ours', inherited };
    try {
      const { clock, memberId } = this.#options;
      const beganMs = clock.steadyMs();
      while (!this.#stop.signal.aborted) {
        const waitedMs = clock.steadyMs() - beganMs;
        const taken = await shelf.claims.take(fingerprint);
        const member = taken === 'ours' ? memberId : taken.member && (await shelf.successorOf(taken.member));
        if (member === memberId) {
          // Of what is just being taken over it is said first that it is here.
          const isBeingRead = taken !== 'ours' && this.#inheriting > 0;
          const isArriving = isBeingRead || this.#arriving.has(keyOf(webhookId, fingerprint));
          if (!isArriving || waitedMs >= ARRIVAL_MS) break;
        } else if (member !== '' && (await shelf.other(member)).isAlive) return { kind: 'theirs', member };
        else {
          const legacy = member === '' ? undefined : await this.#inherit(webhookId, shelf, member);
          if (legacy !== undefined) inherited.push(legacy);
          // Nobody says that it is theirs. Of all who come to that at once the last has it: the next look tells who that is.
          if (legacy !== undefined || waitedMs >= SUCCESSION_MS) await shelf.claims.seize(fingerprint);
          if (legacy !== undefined) break;
        }
        await clock.sleep(SUCCESSION_STEP_MS, this.#stop.signal);
      }
    } catch (error) {
      this.#failed(errorCode(error));
    }
    return { kind: 'ours', inherited };
  }

  async holder(fingerprint: string): Promise<Holder | undefined> {
    for (const [webhookId, shelf] of this.#shelves) {
      try {
        const named = await shelf.claims.holder(fingerprint);
        if (named === undefined || named === '') continue;
        const member = await shelf.successorOf(named);
        if (member === this.#options.memberId) continue;
        return { webhookId, member, isAlive: (await shelf.other(member)).isAlive };
      } catch (error) {
        this.#failed(errorCode(error));
      }
    }
    return undefined;
  }

  put(webhookId: string, incident: Incident): void {
    this.#shelves.get(webhookId)?.log.put(incident);
  }

  remove(webhookId: string, fingerprint: string): void {
    const shelf = this.#shelves.get(webhookId);
    if (shelf === undefined) return;
    shelf.log.remove(fingerprint);
    shelf.release(fingerprint).catch((error: unknown) => this.#failed(errorCode(error)));
  }

  async forward(webhookId: string, member: string, contribution: Contribution): Promise<boolean> {
    const shelf = this.#shelves.get(webhookId);
    if (shelf === undefined) return false;
    try {
      return (await shelf.other(member)).isAlive && (await shelf.send(member, contribution));
    } catch (error) {
      this.#failed(errorCode(error));
      return false;
    }
  }

  noteRequest(webhookId: string, kind: RequestKind): void {
    void this.#tellRequests(webhookId, (shelf) => shelf.ledger.note(kind));
  }

  hasStartedSince(service: string | undefined, environment: string | undefined, sinceMs: number): boolean {
    return [this.#card, ...[...this.#others.values()].flat()].some(
      (start) => start.service === service && start.environment === environment && start.startedMs > sinceMs,
    );
  }

  async flush(isLast = false): Promise<boolean> {
    const shelves = [...this.#shelves.values()];
    const written = await Promise.all(shelves.map(({ log }) => log.flush()));
    if (isLast) {
      // Best effort, unlike the incidents.
      const noted = Promise.all(shelves.map(({ ledger }) => ledger.written()));
      await Promise.race([noted, this.#options.clock.sleep(NOTES_MS)]);
    }
    return written.every((isWritten) => isWritten);
  }

  flushSync(): boolean {
    const written = [...this.#shelves.values()].map(({ log }) => log.flushSync());
    return written.every((isWritten) => isWritten);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
    // What it has taken out of the inbox is nowhere else.
    await this.#receiving;
    await this.flush();
    await this.#discard();
    for (const shelf of this.#shelves.values()) {
      shelf.log.close();
      await shelf.end().catch(() => undefined);
    }
  }

  async #tellRequests(webhookId: string, ask: (shelf: Shelf) => Promise<readonly SentRequest[]>): Promise<void> {
    const shelf = this.#shelves.get(webhookId);
    if (shelf === undefined || this.#stop.signal.aborted) return;
    try {
      const requests = await ask(shelf);
      if (requests.length > 0) this.#listener?.requested(webhookId, requests);
    } catch (error) {
      this.#failed(errorCode(error));
    }
  }

  async #every(intervalMs: number, run: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#options.clock.sleep(intervalMs, signal);
      if (signal.aborted) return;
      await run().catch((error: unknown) => this.#failed(errorCode(error)));
    }
  }

  async #beat(): Promise<void> {
    for (const shelf of this.#shelves.values()) {
      if (await shelf.beat()) continue;
      // Somebody took us for dead, or cleaned up: a place is made anew, and everything written there again.
      await shelf.settle();
      shelf.log.rewrite();
    }
    await this.#receive();
    await this.#discard();
    const isWorking = !this.#hasFailedSinceBeat && [...this.#shelves.values()].every(({ log }) => !log.isFailing);
    if (isWorking) this.#isFailing = false;
    this.#hasFailedSinceBeat = false;
  }

  async #lookAround(): Promise<void> {
    if (!this.#hasTidied) {
      this.#hasTidied = true;
      const { path, files, clock } = this.#options;
      await removeAbandoned(join(path, ROOM), new Set(this.#shelves.keys()), files, clock.now());
    }
    for (const webhookId of this.#shelves.keys()) {
      for (const inheritance of await this.#adoptUnder(webhookId, FOREIGN_AFTER_MS)) {
        this.#listener?.inherited(inheritance);
      }
    }
  }

  /** @param foreignAfterMs how long members of other services must have been gone; at our own start everything left is taken. */
  async #adoptUnder(webhookId: string, foreignAfterMs: number): Promise<Inheritance[]> {
    const shelf = this.#shelves.get(webhookId);
    if (shelf === undefined) return [];
    const inherited: Inheritance[] = [];
    try {
      const others = await shelf.others();
      this.#others.set(
        webhookId,
        others.flatMap(({ card }) => (card === undefined ? [] : [card])),
      );
      for (const other of others) {
        if (other.isAlive || (!this.#isOfOurService(other) && other.silentMs < foreignAfterMs)) continue;
        const legacy = await this.#inherit(webhookId, shelf, other.id);
        if (legacy !== undefined) inherited.push(legacy);
      }
    } catch (error) {
      this.#failed(errorCode(error));
    }
    return inherited;
  }

  async #inherit(webhookId: string, shelf: Shelf, member: string): Promise<Inheritance | undefined> {
    this.#inheriting++;
    try {
      const legacy = await shelf.inherit(member);
      if (legacy === undefined) return undefined;
      const arriving = legacy.incidents.map(({ fingerprint }) => keyOf(webhookId, fingerprint));
      for (const key of arriving) this.#arriving.add(key);
      // In the background: thousands of claims take a while, and the first page should not wait for them.
      void legacy.succeed().catch((error: unknown) => this.#failed(errorCode(error)));
      return {
        incidents: legacy.incidents.map((incident) => ({ webhookId, incident })),
        contributions: legacy.contributions.map((contribution) => ({ webhookId, ...contribution })),
        settled: () => {
          for (const key of arriving) this.#arriving.delete(key);
          this.#undiscarded.add(async () => {
            if (!(await shelf.log.flush())) return false;
            await legacy.discard();
            return true;
          });
          return this.#discard();
        },
      };
    } finally {
      this.#inheriting--;
    }
  }

  /** Throws away what was taken over and is written down here; what a full disk did not take is tried again. */
  async #discard(): Promise<void> {
    for (const discard of this.#undiscarded) {
      try {
        if (await discard()) this.#undiscarded.delete(discard);
      } catch (error) {
        this.#failed(errorCode(error));
      }
    }
  }

  #isOfOurService({ card }: OtherMember): boolean {
    return card !== undefined && card.service === this.#card.service && card.environment === this.#card.environment;
  }

  /** One look at a time; who is woken meanwhile looks once more. */
  #receive(): Promise<void> {
    if (this.#receiving !== undefined) {
      this.#receiveAgain = true;
      return this.#receiving;
    }
    this.#receiving = this.#receiveOnce().finally(() => {
      this.#receiving = undefined;
      if (!this.#receiveAgain) return;
      this.#receiveAgain = false;
      void this.#receive();
    });
    return this.#receiving;
  }

  async #receiveOnce(): Promise<void> {
    for (const shelf of this.#shelves.values()) {
      try {
        const contributions = await shelf.receive();
        if (contributions.length > 0) this.#listener?.contributed(contributions);
      } catch (error) {
        this.#failed(errorCode(error));
      }
    }
  }

  #failed(code: string): void {
    this.#hasFailedSinceBeat = true;
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#listener?.failed(code);
  }
}

function keyOf(webhookId: string, name: string): string {
  return `${webhookId}/${name}`;
}
