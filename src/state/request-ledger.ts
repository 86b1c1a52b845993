import type { Clock } from '../clock.ts';
import type { RequestKind, SentRequest } from '../pipeline/incident-store.ts';
import type { StateFiles } from './files.ts';

/** What is older than the longest window of Discord's is of no interest. */
const KEPT_MS = 60_000;
/** Beyond this it is written anew with what is of interest; a line has some 40 characters. */
const MAX_CHARS = 32_000;
const MAX_BYTES = 1024 * 1024;

/**
 * When the processes that share a webhook have sent requests to it, one line each: Discord counts them together, and a process that was
 * just started would otherwise run into what the one before it has used up. Best effort: lines may be lost, and then Discord says
 * itself what is used up.
 */
export class RequestLedger {
  readonly #file: string;
  readonly #memberId: string;
  readonly #files: StateFiles;
  readonly #clock: Clock;
  #seenMs = Number.NEGATIVE_INFINITY;
  #written: Promise<void> = Promise.resolve();
  #read: Promise<unknown> = Promise.resolve();

  constructor(file: string, memberId: string, files: StateFiles, clock: Clock) {
    this.#file = file;
    this.#memberId = memberId;
    this.#files = files;
    this.#clock = clock;
  }

  /** Requests of others since the last call, of the last minute, in the order of their times. Rejects when the disk does. */
  async others(): Promise<SentRequest[]> {
    const nowMs = this.#clock.now();
    const content = (await this.#files.read(this.#file, MAX_BYTES)) ?? '';
    const recent = content
      .split('\n')
      .map(parseLine)
      .filter((line) => line !== undefined && line.atMs > nowMs - KEPT_MS && line.atMs <= nowMs) as Line[];
    recent.sort((a, b) => a.atMs - b.atMs);
    const found = recent.filter(({ memberId, atMs }) => memberId !== this.#memberId && atMs > this.#seenMs);
    this.#seenMs = Math.max(this.#seenMs, ...found.map(({ atMs }) => atMs));
    if (content.length > MAX_CHARS) await this.#files.replace(this.#file, recent.map(toLine).join(''));
    return found.map(({ kind, atMs }) => ({ kind, atMs }));
  }

  /** Notes a request of our own, and answers what others have sent since. Rejects when the disk does. */
  note(kind: RequestKind): Promise<SentRequest[]> {
    const line = toLine({ memberId: this.#memberId, kind, atMs: this.#clock.now() });
    // No note waits for what an earlier one reads: a process that ends has little time to say what it has used up.
    const noted = this.#written.then(() => this.#files.append(this.#file, line));
    this.#written = noted.catch(() => undefined);
    const read = Promise.all([noted, this.#read]).then(() => this.others());
    this.#read = read.catch(() => undefined);
    return read;
  }

  /** Every request noted so far is in the file, or could not be written. */
  written(): Promise<void> {
    return this.#written;
  }
}

interface Line extends SentRequest {
  readonly memberId: string;
}

function toLine({ atMs, kind, memberId }: Line): string {
  return `${atMs} ${kind} ${memberId}\n`;
}

function parseLine(line: string): Line | undefined {
  const [, at = '', kind, memberId = ''] = /^(\d{1,15}) (post|edit) (\S{1,100})$/.exec(line) ?? [];
  return kind === 'post' || kind === 'edit' ? { atMs: Number(at), kind, memberId } : undefined;
}
