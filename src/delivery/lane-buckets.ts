import {
  type BucketState,
  bucketReadyAt,
  exhaustBucket,
  INITIAL_BUCKET,
  observeBucket,
  takeFromBucket,
} from './bucket.ts';
import type { SendResult } from './send-result.ts';

type Method = 'post' | 'edit';

/** From the note of a request to its arrival at Discord: more than 55 ms were seen on a busy machine, and a way of 130 ms is common. */
const OTHERS_WAY_MS = 300;

/**
 * The buckets of one webhook. Posts and edits share one until Discord names two; the names are the same for all webhooks, so they
 * say nothing beyond this one.
 */
export class LaneBuckets {
  #shared: BucketState = INITIAL_BUCKET;
  /** Set once edits turn out to have a bucket of their own. */
  #edits: BucketState | undefined;
  #names: Partial<Record<Method, string>> = {};

  readyAt(method: Method, nowMs: number, urgent: boolean): number {
    return bucketReadyAt(this.#of(method), nowMs, urgent);
  }

  /** A request goes out. */
  sent(method: Method, nowMs: number): void {
    this.#set(method, takeFromBucket(this.#of(method), nowMs));
  }

  /** Another process has sent one: what its answer says is not known here. */
  sentElsewhere(method: Method, atMs: number): void {
    this.#set(method, takeFromBucket(this.#of(method), atMs, OTHERS_WAY_MS));
  }

  /** Its answer has come. */
  answered(method: Method, result: SendResult, nowMs: number): void {
    if (result.rate?.bucket !== undefined) this.#learn(method, result.rate.bucket);
    this.#set(method, observeBucket(this.#of(method), result.rate, nowMs));
    if (result.kind === 'throttled' && result.scope === 'bucket') {
      this.#set(method, exhaustBucket(this.#of(method), nowMs, result.retryAfterMs));
    }
  }

  #of(method: Method): BucketState {
    return method === 'edit' ? (this.#edits ?? this.#shared) : this.#shared;
  }

  #set(method: Method, state: BucketState): void {
    if (method === 'edit' && this.#edits !== undefined) this.#edits = state;
    else this.#shared = state;
  }

  #learn(method: Method, name: string): void {
    this.#names = { ...this.#names, [method]: name };
    const { post, edit } = this.#names;
    const apart = post !== undefined && edit !== undefined && post !== edit;
    this.#edits = apart ? (this.#edits ?? INITIAL_BUCKET) : undefined;
  }
}
