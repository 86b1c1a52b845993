import type { MessageRef } from '../pipeline/incident.ts';
import type { RejectReason, SendResult } from './send-result.ts';

/** Where in a webhook's channel a new message goes: the channel itself, a thread that is there, or a new post of a forum. */
export interface PostTarget {
  readonly threadId?: string;
  readonly threadName?: string;
}

/** Threads that turned out to be gone, of which so many are remembered. */
const MAX_GONE = 1_000;
/** A channel that says now this, now that, and takes nothing, is not asked for ever. */
const MAX_LESSONS = 4;

/**
 * Learns what kind of channel a webhook has. In a text channel everything goes to the channel, or to the thread that the webhook's URL
 * names. In a forum every incident is a post of its own, to which what follows is added; the pager's own notices share a post, and so
 * do the audit lines.
 */
export class Placement {
  /** Thread that the URL names; given up when it turns out to be gone. */
  #fixedThreadId: string | undefined;
  #isForum = false;
  /** What was learnt about the kind of channel since a message was accepted. */
  #lessons = 0;
  readonly #gone = new Set<string>();
  readonly #ownPosts = new Map<string, string>();

  constructor(fixedThreadId: string | undefined) {
    this.#fixedThreadId = fixedThreadId;
  }

  /** True when every incident needs a message of its own. */
  get isForum(): boolean {
    return this.#isForum && this.#fixedThreadId === undefined;
  }

  /** @param name of the post, should it be a new one. */
  forIncident(previous: MessageRef | undefined, name: () => string): PostTarget {
    if (this.#fixedThreadId !== undefined) return { threadId: this.#fixedThreadId };
    if (!this.#isForum) return {};
    const threadId = previous?.threadId;
    return threadId !== undefined && !this.#gone.has(threadId) ? { threadId } : { threadName: name() };
  }

  forOwn(name: string): PostTarget {
    if (this.#fixedThreadId !== undefined) return { threadId: this.#fixedThreadId };
    if (!this.#isForum) return {};
    const threadId = this.#ownPosts.get(name);
    return threadId === undefined ? { threadName: name } : { threadId };
  }

  /** A message was accepted: what is known about the place is right. */
  worked(): void {
    this.#lessons = 0;
  }

  /** A message of the pager's own was accepted there. */
  accepted(target: PostTarget, result: SendResult): void {
    const { threadName } = target;
    if (result.kind === 'delivered') this.worked();
    if (result.kind !== 'delivered' || threadName === undefined || result.threadId === undefined) return;
    this.#ownPosts.set(threadName, result.threadId);
    if (this.#ownPosts.size <= MAX_GONE) return;
    const oldest = this.#ownPosts.keys().next().value;
    if (oldest !== undefined) this.#ownPosts.delete(oldest);
  }

  /** What a refusal teaches about the place; a text when the same message is to be tried elsewhere. */
  refused(target: PostTarget, reason: RejectReason): string | undefined {
    const { threadId } = target;
    const isInDoubt = this.#lessons < MAX_LESSONS;
    if (reason === 'thread_required' && !this.isForum && isInDoubt) {
      this.#lessons++;
      this.#isForum = true;
      return 'a webhook belongs to a forum channel; every incident becomes a post';
    }
    if (reason === 'not_a_forum' && this.#isForum && isInDoubt) {
      this.#lessons++;
      this.#isForum = false;
      return 'a webhook no longer belongs to a forum channel; its pages go to the channel itself';
    }
    if (reason !== 'channel_gone' || threadId === undefined) return undefined;
    if (threadId === this.#fixedThreadId) {
      this.#fixedThreadId = undefined;
      return 'the thread of a webhook is gone; its pages go to the channel itself';
    }
    this.#gone.add(threadId);
    if (this.#gone.size > MAX_GONE) this.#gone.clear();
    for (const [name, id] of this.#ownPosts) if (id === threadId) this.#ownPosts.delete(name);
    return 'a post of a forum is gone; what follows is a new one';
  }
}
