import type { SendResult } from './send-result.ts';

const FIRST_COOL_DOWN_MS = 60_000;
const LONGEST_COOL_DOWN_MS = 30 * 60_000;

/**
 * The gate all webhooks pass: closed while Discord told everybody from this address to wait, or while the edge in front of it
 * blocks us. After a block exactly one request goes out to see whether it has ended; the others stay behind the gate until that
 * one was answered.
 *
 * States: open → (global 429) → held → open; open → (edge block) → held → half open → open, or held again for twice as long.
 */
export class HostGate {
  #heldUntilMs = 0;
  #blocks = 0;
  #halfOpen = false;
  #prober: string | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The earliest time for this lane; `Infinity` while another one's request is finding out. */
  readyAt(lane: string, nowMs: number): number {
    if (nowMs < this.#heldUntilMs) return this.#heldUntilMs;
    return this.#halfOpen && this.#prober !== undefined && this.#prober !== lane ? Number.POSITIVE_INFINITY : nowMs;
  }

  /** A request of this lane goes out. */
  began(lane: string): void {
    if (this.#halfOpen) this.#prober ??= lane;
  }

  /** A request of this lane was answered, or failed. */
  settled(lane: string, result: SendResult, nowMs: number): void {
    if (result.kind === 'throttled' && result.scope === 'edge') {
      const growing = Math.min(LONGEST_COOL_DOWN_MS, FIRST_COOL_DOWN_MS * 2 ** Math.min(this.#blocks, 10));
      this.#blocks++;
      this.#halfOpen = true;
      this.#prober = undefined;
      this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + Math.max(result.retryAfterMs, growing));
      return;
    }
    if (result.kind === 'throttled' && result.scope === 'global') {
      this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + result.retryAfterMs);
    }
    if (this.#prober !== lane) return;
    this.#prober = undefined;
    // A fault of the network says nothing about the block: the next lane may try.
    if (result.kind !== 'retryable') {
      this.#halfOpen = false;
      this.#blocks = 0;
    }
    this.#onChange();
  }
}
