import type { RedactedAlert } from '../alert.ts';
import type { Clock } from '../clock.ts';
import type { Incident } from '../pipeline/incident.ts';
import { PRIORITY_RANK } from '../priority.ts';
import { errorCode } from './error-code.ts';
import type { StateFiles } from './files.ts';
import { toRecordLine } from './record-lines.ts';
import { fullRecord, goneRecord, stateRecord } from './stored-incident.ts';

/** What one member keeps under one webhook; beyond it incidents stay in memory only, the least missed first. */
export const MAX_LIVE_CHARS = 32_000_000;
/** A log is written anew when it is longer than this and three times as long as what is alive in it. */
const MIN_REWRITE_CHARS = 256_000;
const REWRITE_FACTOR = 3;
/** What no notice waits for is written down so soon. */
const WRITE_DELAY_MS = 100;
/** After a fault the disk is left alone for so long; then everything is written anew. */
const RETRY_AFTER_MS = 30_000;

/** What a log tells its owner. */
export interface MemberLogEvents {
  /** It cannot be written: the system's code. Told once, until it works again. */
  failed(code: string): void;
  unsaved(incidents: number): void;
}

interface Kept {
  /** The incident itself, which goes on changing; its state at the time of writing is what is written. */
  readonly incident: Incident;
  /** The alert that stands in the log already. */
  writtenAlert: RedactedAlert | undefined;
  chars: number;
}

/**
 * One member's incidents under one webhook, as a log that is only added to and now and then written anew. Changes are gathered
 * while a write is under way, so that a storm costs few writes. Nothing is forced to the platter: it outlives the process, not
 * the machine's power.
 */
export class MemberLog {
  readonly #file: string;
  readonly #files: StateFiles;
  readonly #clock: Clock;
  readonly #events: MemberLogEvents;
  readonly #maxLiveChars: number;
  readonly #kept = new Map<string, Kept>();
  readonly #changed = new Set<string>();
  /** What the write under way holds. */
  #beingWritten: ReadonlySet<string> = new Set();
  #liveChars = 0;
  #logChars = 0;
  #writing: Promise<boolean> | undefined;
  #isScheduled = false;
  #isFailing = false;
  /** By a clock that nobody sets. */
  #retryAtMs = 0;
  #mustRewrite = false;
  #isClosed = false;

  constructor(
    file: string,
    deps: {
      readonly files: StateFiles;
      readonly clock: Clock;
      readonly events: MemberLogEvents;
      readonly maxLiveChars?: number;
    },
  ) {
    this.#file = file;
    this.#files = deps.files;
    this.#clock = deps.clock;
    this.#events = deps.events;
    this.#maxLiveChars = deps.maxLiveChars ?? MAX_LIVE_CHARS;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  put(incident: Incident): void {
    const { fingerprint } = incident;
    const kept = this.#kept.get(fingerprint);
    if (kept === undefined || kept.incident !== incident) {
      this.#liveChars -= kept?.chars ?? 0;
      this.#kept.set(fingerprint, { incident, writtenAlert: undefined, chars: 0 });
    }
    this.#changed.add(fingerprint);
    this.#schedule(incident.pendingSinceMs !== undefined);
  }

  remove(fingerprint: string): void {
    const kept = this.#kept.get(fingerprint);
    if (kept === undefined) return;
    this.#kept.delete(fingerprint);
    this.#liveChars -= kept.chars;
    this.#changed.add(fingerprint);
    this.#schedule(false);
  }

  /** True when everything given so far is in the file. */
  async flush(): Promise<boolean> {
    while (this.#changed.size > 0 || this.#writing !== undefined) {
      if (!(await (this.#writing ?? this.#write()))) return false;
    }
    return !this.#isFailing;
  }

  /** The same at the very end, blocking. What an asynchronous write is about to add is added once more. */
  flushSync(): boolean {
    if (this.#isClosed) return false;
    // A write that failed took its changes with it.
    const doubtful = this.#mustRewrite ? this.#kept.keys() : this.#writing === undefined ? [] : this.#beingWritten;
    for (const fingerprint of doubtful) {
      const kept = this.#kept.get(fingerprint);
      if (kept !== undefined) kept.writtenAlert = undefined;
      this.#changed.add(fingerprint);
    }
    if (this.#changed.size === 0) return true;
    try {
      this.#files.appendSync(this.#file, `\n${this.#takeChanges()}`);
      return true;
    } catch {
      // There is no later time at which to try again.
      return false;
    }
  }

  /** Writes nothing more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Everything is written anew at the next opportunity: the file is gone, or in doubt. */
  rewrite(): void {
    this.#mustRewrite = true;
    this.#schedule(true);
  }

  #schedule(atOnce: boolean): void {
    if (this.#writing !== undefined || this.#isClosed) return;
    if (atOnce) {
      // One write for everything that this turn of the loop brings.
      void Promise.resolve().then(() => {
        if (this.#writing === undefined) void this.#write();
      });
      return;
    }
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void this.#clock.sleep(WRITE_DELAY_MS).then(() => {
      this.#isScheduled = false;
      if (this.#writing === undefined) void this.#write();
    });
  }

  #write(): Promise<boolean> {
    if (this.#isClosed || (this.#isFailing && this.#clock.steadyMs() < this.#retryAtMs)) return Promise.resolve(false);
    if (this.#changed.size === 0 && !this.#mustRewrite) return Promise.resolve(true);
    this.#writing = this.#writeOnce().then((isWritten) => {
      this.#writing = undefined;
      // What came meanwhile; and after a fault everything, once the pause is over.
      if (!isWritten) void this.#retryLater();
      else if (this.#changed.size > 0) this.#schedule(this.#hasWaiting());
      return isWritten;
    });
    return this.#writing;
  }

  async #retryLater(): Promise<void> {
    await this.#clock.sleep(RETRY_AFTER_MS);
    // A timer may be a little early.
    this.#retryAtMs = Number.NEGATIVE_INFINITY;
    this.#schedule(true);
  }

  async #writeOnce(): Promise<boolean> {
    const isAnew =
      this.#mustRewrite ||
      this.#isFailing ||
      (this.#logChars > MIN_REWRITE_CHARS && this.#logChars > REWRITE_FACTOR * this.#liveChars);
    try {
      if (isAnew) {
        for (const [fingerprint, kept] of this.#kept) {
          kept.writtenAlert = undefined;
          this.#changed.add(fingerprint);
        }
        const text = this.#takeChanges();
        await this.#files.replace(this.#file, text);
        this.#logChars = text.length;
      } else {
        const text = this.#takeChanges();
        this.#logChars += text.length;
        await this.#files.append(this.#file, text);
      }
      this.#mustRewrite = false;
      this.#isFailing = false;
      return true;
    } catch (error) {
      this.#mustRewrite = true;
      this.#retryAtMs = this.#clock.steadyMs() + RETRY_AFTER_MS;
      if (!this.#isFailing) {
        this.#isFailing = true;
        this.#events.failed(errorCode(error));
      }
      return false;
    }
  }

  #takeChanges(): string {
    const nowMs = this.#clock.now();
    let text = '';
    for (const fingerprint of this.#changed) {
      const kept = this.#kept.get(fingerprint);
      if (kept === undefined) {
        text += toRecordLine(goneRecord(fingerprint, nowMs));
        continue;
      }
      const { incident } = kept;
      if (kept.writtenAlert === incident.alert) {
        text += toRecordLine(stateRecord(incident, nowMs));
        continue;
      }
      const record = fullRecord(incident, nowMs);
      this.#liveChars += record.length - kept.chars;
      kept.chars = record.length;
      kept.writtenAlert = incident.alert;
      text += toRecordLine(record);
    }
    this.#beingWritten = new Set(this.#changed);
    this.#changed.clear();
    return this.#liveChars <= this.#maxLiveChars ? text : text + this.#makeRoom(nowMs);
  }

  /** Lets go of what is missed least: closed ones, then those that have been shown, then the least urgent that wait. */
  #makeRoom(nowMs: number): string {
    const order = [...this.#kept.values()].sort((a, b) => worthOf(a.incident) - worthOf(b.incident));
    let text = '';
    let unsaved = 0;
    for (const { incident, chars } of order) {
      // A little more than needed, so that not every new one looks through all of them.
      if (this.#liveChars <= this.#maxLiveChars * 0.9) break;
      this.#kept.delete(incident.fingerprint);
      this.#liveChars -= chars;
      text += toRecordLine(goneRecord(incident.fingerprint, nowMs));
      unsaved++;
    }
    this.#events.unsaved(unsaved);
    return text;
  }

  #hasWaiting(): boolean {
    for (const fingerprint of this.#changed)
      if (this.#kept.get(fingerprint)?.incident.pendingSinceMs !== undefined) return true;
    return false;
  }
}

/** Closed · shown · waiting, and within each the less urgent and the older ones less. */
function worthOf(incident: Incident): number {
  const stage = incident.pendingSinceMs !== undefined ? 2 : incident.state === 'firing' ? 1 : 0;
  return stage * 1e15 - PRIORITY_RANK[incident.priority] * 1e14 + incident.lastSeenMs;
}
