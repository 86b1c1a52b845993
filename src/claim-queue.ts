/** So many claims are asked for at a time; urgent ones besides. */
const MAX_UNDER_WAY = 16;

/** What a queue of claims asks of its owner. */
export interface ClaimQueueDeps<T> {
  /** Asks for it. Never rejects. */
  readonly claim: (waiting: T) => Promise<void>;
  /** True when what is claimed already is more than can be shown before the process ends. */
  readonly hasEnough: () => boolean;
  /** Nothing is under way any more. */
  readonly rests: () => void;
}

/**
 * First notices that wait for their claim, in their order: the disk does what it is asked first first, and a P0 must not stand behind
 * a thousand others.
 */
export class ClaimQueue<T> {
  readonly #deps: ClaimQueueDeps<T>;
  readonly #waiting: T[] = [];
  #underWay = 0;
  #isEnding = false;
  #isClosed = false;

  constructor(deps: ClaimQueueDeps<T>) {
    this.#deps = deps;
  }

  /** True when nothing is under way, and nothing more will be asked for. */
  get isAtRest(): boolean {
    return this.#underWay === 0 && (this.#isClosed || this.#waiting.length === 0);
  }

  add(waiting: T, isUrgent: boolean): void {
    if (isUrgent) this.#begin(waiting);
    else {
      this.#waiting.push(waiting);
      this.#next();
    }
  }

  /** Asks for it at once, should it still wait. */
  hasten(waiting: T): void {
    const place = this.#waiting.indexOf(waiting);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    this.#begin(waiting);
  }

  /** The process ends soon: once there is enough, what is not urgent goes on waiting. */
  end(): void {
    this.#isEnding = true;
  }

  #next(): void {
    this.#isClosed ||= this.#isEnding && this.#deps.hasEnough();
    while (this.#underWay < MAX_UNDER_WAY && !this.#isClosed) {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) return;
      this.#begin(waiting);
    }
  }

  #begin(waiting: T): void {
    this.#underWay++;
    void this.#deps.claim(waiting).finally(() => {
      this.#underWay--;
      this.#next();
      if (this.#underWay === 0) this.#deps.rests();
    });
  }
}
