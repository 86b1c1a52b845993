import type { FaultHandle, FaultKind, RequestFault } from './fault.ts';
import type { RouteKind } from './routes.ts';

/** What faults are matched against. */
export interface FaultSubject {
  readonly channel: string | undefined;
  readonly webhook: string | undefined;
  readonly method: string;
  readonly route: RouteKind | undefined;
  /** Kinds that met this request, in order; the book adds to it. */
  readonly met: FaultKind[];
}

/** A fault that meets a request; `ended` aborts when the fault is over. */
export interface MetFault<F extends RequestFault = RequestFault> {
  readonly fault: F;
  readonly ended: AbortSignal;
}

interface Entry {
  readonly fault: RequestFault;
  toSkip: number;
  remaining: number;
  readonly ended: AbortController;
}

/**
 * The faults that stand, in the order they were made. A fault is asked for where it would act, and spends one of its `times` only
 * there: a content filter, say, does not spend itself on a request that was refused before.
 */
export class FaultBook {
  #entries: Entry[] = [];

  add(fault: RequestFault): FaultHandle {
    const entry: Entry = {
      fault,
      toSkip: fault.after ?? 0,
      remaining: fault.times ?? Number.POSITIVE_INFINITY,
      ended: new AbortController(),
    };
    this.#entries.push(entry);
    return {
      end: () => {
        this.#entries = this.#entries.filter((one) => one !== entry);
        entry.ended.abort();
      },
    };
  }

  /** The first standing fault of these kinds that meets the request and passes `when`, spending one of its times. */
  meet<Kind extends RequestFault['kind']>(
    subject: FaultSubject,
    kinds: readonly Kind[],
    when: (fault: Extract<RequestFault, { kind: Kind }>) => boolean = () => true,
  ): MetFault<Extract<RequestFault, { kind: Kind }>> | undefined {
    for (const entry of this.#entries) {
      if (!(kinds as readonly string[]).includes(entry.fault.kind) || !matches(entry.fault, subject)) continue;
      const fault = entry.fault as Extract<RequestFault, { kind: Kind }>;
      if (!when(fault)) continue;
      if (entry.toSkip > 0) {
        entry.toSkip--;
        continue;
      }
      if (entry.remaining <= 0) continue;
      entry.remaining--;
      // Over, but not ended: a request that hangs in it hangs on.
      if (entry.remaining <= 0 && !mayHold(entry.fault)) {
        this.#entries = this.#entries.filter((one) => one !== entry);
      }
      subject.met.push(fault.kind);
      return { fault, ended: entry.ended.signal };
    }
    return undefined;
  }

  /** Ends all of them. */
  clear(): void {
    const entries = this.#entries;
    this.#entries = [];
    for (const entry of entries) entry.ended.abort();
  }
}

function mayHold(fault: RequestFault): boolean {
  return fault.kind === 'hang' || fault.kind === 'slow';
}

function matches(fault: RequestFault, subject: FaultSubject): boolean {
  return (
    (fault.channel === undefined || fault.channel === subject.channel) &&
    (fault.webhook === undefined || fault.webhook === subject.webhook) &&
    (fault.method === undefined || fault.method === subject.method) &&
    (fault.route === undefined || fault.route === subject.route)
  );
}
