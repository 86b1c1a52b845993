import type { Clock } from '../clock.ts';
import type { WebhookUrl } from '../config/webhook-url.ts';
import type { Incident, MessageRef } from '../pipeline/incident.ts';
import type { AuditEntry, MessageEntry, Renderer, SelfNotice } from '../render/render.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import { type BudgetUse, sparingMs } from './channel-budget.ts';
import type { ChannelBudgets } from './channel-budgets.ts';
import { DigestPolicy } from './digest-policy.ts';
import type { HostGate } from './host-gate.ts';
import { LaneNotes } from './lane-notes.ts';
import { LaneRequests } from './lane-requests.ts';
import { composeForm, nextForm } from './message-form.ts';
import type { MessageForm, Notice } from './notice.ts';
import { MAX_AGE_MS, Outbox } from './outbox.ts';
import { type Hold, Pacer } from './pacer.ts';
import { Placement } from './placement.ts';
import {
  MAX_EMBEDS,
  type PostedMessage,
  PostedMessages,
  type Shown,
  type ShownIncident,
  shownOf,
} from './posted-messages.ts';
import { type DropReason, isTerminal, type RejectReason, type SendResult } from './send-result.ts';
import type { WebhookClient } from './webhook-client.ts';

/** In a forum, what is no incident has posts of its own. */
const SELF_POST = 'The pager about itself';
const AUDIT_POST = 'Audit';
/** After this long without a P0 the next one travels alone. */
const P0_BURST_MS = 60_000;
/** A page says how late it is from this delay on. */
export const DELAYED_FROM_MS = 30_000;

/** What a lane tells the delivery. Notices and reasons only, never an URL. */
export interface LaneEvents {
  /** `shown` is what of each incident the message shows. */
  posted(lane: Lane, notices: readonly Notice[], ref: MessageRef | undefined, shown: readonly ShownIncident[]): void;
  requested(lane: Lane, kind: 'post' | 'edit'): void;
  edited(lane: Lane, entries: readonly MessageEntry[], shown: readonly ShownIncident[]): void;
  dropped(notice: Notice, reason: DropReason): void;
  auditDropped(count: number): void;
  /** The webhook takes nothing more: what waited is handed over. */
  ended(lane: Lane, reason: RejectReason, status: number): void;
  /** The message of these incidents is no longer there. */
  messageGone(lane: Lane, incidents: readonly Incident[], isArchived: boolean): void;
  /** Nothing waits any more. */
  idle(lane: Lane): void;
  /** It has come to rest, and sends nothing until it is resumed. */
  paused(lane: Lane): void;
  /** Something waits, and its time has not come. */
  waits(lane: Lane): void;
  warn(code: string, text: string): void;
}

export interface LaneOptions {
  readonly webhook: WebhookUrl;
  readonly client: WebhookClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly renderer: Renderer;
  /** The last look at every outgoing text. */
  readonly gate: (message: WebhookMessage) => WebhookMessage;
  readonly hostGate: HostGate;
  readonly budgets: ChannelBudgets;
  readonly editIntervalMs: number;
  /** False when something newer is, or was, told of the incident. */
  readonly isNewest: (notice: Notice) => boolean;
  /** The time of day, for what is shown; `clock` is for waits. */
  readonly wallMs: () => number;
  readonly events: LaneEvents;
}

/** What would be sent next. */
type Work =
  | { readonly kind: 'posts' | 'self' | 'audit'; readonly readyAtMs: number }
  | { readonly kind: 'edit'; readonly readyAtMs: number; readonly message: PostedMessage };

/**
 * One webhook's way out: one request in flight, everything else waits in order: new P0, new P1, the pager's own notices, new
 * silent pages, edits, audit lines.
 *
 * Invariants: no request is sent inside a told wait; a notice is taken from the outbox only for the time of its request and
 * goes back to its place when that fails; a fault never spends a notice, only age, a full outbox and Discord's refusal do.
 */
export class Lane {
  readonly webhook: WebhookUrl;
  readonly outbox: Outbox = new Outbox();
  readonly messages: PostedMessages;
  readonly #options: LaneOptions;
  readonly #notes = new LaneNotes();
  readonly #pacer: Pacer;
  readonly #digests = new DigestPolicy();
  #lastP0Ms = Number.NEGATIVE_INFINITY;
  #lastPostMs = Number.NEGATIVE_INFINITY;
  #hurried = false;
  #running = false;
  #inFlight = 0;
  #requesting = false;
  #stopped = false;
  #paused = false;
  #wake: AbortController | undefined;
  readonly #placement: Placement;
  readonly #requests: LaneRequests;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.webhook = options.webhook;
    this.#placement = new Placement(options.webhook.threadId);
    this.messages = new PostedMessages(options.editIntervalMs);
    this.#pacer = new Pacer({
      ...options,
      webhookId: options.webhook.id,
      requested: (kind) => options.events.requested(this, kind),
    });
    this.#requests = new LaneRequests({
      ...options,
      pacer: this.#pacer,
      placement: this.#placement,
      warn: options.events.warn,
    });
  }

  /** Notices that wait or are being sent. */
  get waiting(): number {
    return this.outbox.size + this.#inFlight;
  }

  /** True when nothing waits: no notice, no line, and no edit either. */
  get isIdle(): boolean {
    return this.waiting === 0 && !this.#notes.hasSelf && !this.#notes.hasAudit && !this.messages.hasChanges;
  }

  /** When the next request may go out; now while one is under way, `Infinity` when nothing waits. */
  get nextRequestMs(): number {
    const nowMs = this.#options.clock.now();
    if (this.#requesting) return nowMs;
    return this.#next(nowMs)?.readyAtMs ?? Number.POSITIVE_INFINITY;
  }

  post(notice: Notice): void {
    if (this.#stopped) {
      this.#options.events.dropped(notice, 'shutdown');
      return;
    }
    const evicted = this.outbox.push(notice);
    if (evicted !== undefined) this.#options.events.dropped(evicted, 'queue_full');
    this.wake();
  }

  self(notice: SelfNotice): void {
    this.#notes.addSelf(notice);
    this.wake();
  }

  audit(entry: AuditEntry): void {
    const lost = this.#notes.addAudit(entry);
    if (lost > 0) this.#options.events.auditDropped(lost);
    this.wake();
  }

  /**
   * While hurried (a flush, a dying process) edits are due at once and the reserve is free for everything.
   *
   * @param hold no new message but a P0 is begun then: what is cut off in the middle may be shown twice.
   */
  hurry(hurried: boolean, hold?: Hold): void {
    this.#hurried = hurried;
    if (hold !== undefined) this.#pacer.hold(hold);
    this.wake();
  }

  usedByOthers(kind: 'post' | 'edit', atMs: number): void {
    this.#pacer.usedByOthers(kind, atMs);
  }

  /** A paused lane keeps what it has and sends nothing: its webhook is gone and no other takes over. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.wake();
  }

  /** Sends nothing more; answers what was still waiting. */
  stop(): Notice[] {
    this.#stopped = true;
    this.wake();
    return this.outbox.takeAll();
  }

  /** Hands over the pager's own notices and audit lines that wait. */
  takeRest(): { self: SelfNotice[]; audit: AuditEntry[] } {
    return this.#notes.takeAll();
  }

  /** Looks again at what to do: something new waits, or a wait has changed. */
  wake(): void {
    this.#wake?.abort();
    if (this.#running || this.#stopped || this.#paused) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
      if (this.#stopped) return;
      if (this.#paused) return this.#options.events.paused(this);
      // Something may have come between the last look and now.
      if (this.#next(this.#options.clock.now()) !== undefined) this.wake();
      else this.#options.events.idle(this);
    });
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    while (!this.#stopped && !this.#paused) {
      const nowMs = clock.now();
      const work = this.#next(nowMs);
      if (work === undefined) return;
      if (work.readyAtMs > nowMs) {
        this.#wake = new AbortController();
        this.#options.events.waits(this);
        await clock.sleep(Math.min(work.readyAtMs - nowMs, CHECK_AGAIN_MS), this.#wake.signal);
        this.#wake = undefined;
        continue;
      }
      this.#requesting = true;
      await this.#do(work);
      this.#requesting = false;
    }
  }

  #next(nowMs: number): Work | undefined {
    const head = this.outbox.head;
    if (head === 'P0') return { kind: 'posts', readyAtMs: this.#readyAt('urgent', nowMs) };
    if (head === 'P1') return { kind: 'posts', readyAtMs: this.#sparedAt(head, nowMs) };
    if (this.#notes.hasSelf) return { kind: 'self', readyAtMs: this.#readyAt('post', nowMs) };
    const gathersUntilMs = head === undefined ? 0 : this.#digests.gathersUntil(this.outbox, head);
    const isGathering = head === 'silent' && gathersUntilMs > nowMs && !this.#hurried;
    if (head === 'silent' && !isGathering) return { kind: 'posts', readyAtMs: this.#sparedAt(head, nowMs) };
    const other = this.#nextBehindPosts(nowMs);
    if (!isGathering || (other !== undefined && other.readyAtMs < gathersUntilMs)) return other;
    return { kind: 'posts', readyAtMs: Math.max(gathersUntilMs, this.#readyAt('post', nowMs)) };
  }

  /** A message that is not full waits a little for more when the channel's minute runs short. */
  #sparedAt(head: 'P1' | 'silent', nowMs: number): number {
    const readyAtMs = this.#readyAt('post', nowMs);
    if (this.#hurried || this.outbox.countOf(head) >= MAX_EMBEDS) return readyAtMs;
    const free = this.#options.budgets.freePosts(this.webhook.id, nowMs);
    return Math.max(readyAtMs, this.#lastPostMs + sparingMs(free));
  }

  #nextBehindPosts(nowMs: number): Work | undefined {
    const edit = this.messages.nextDue(nowMs, this.#hurried);
    const editAt = edit === undefined ? undefined : Math.max(edit.dueMs, this.#readyAt('edit', nowMs));
    if (this.#notes.hasAudit) {
      const auditAt = this.#readyAt('post', nowMs);
      if (edit === undefined || editAt === undefined || auditAt < editAt) return { kind: 'audit', readyAtMs: auditAt };
    }
    return edit === undefined || editAt === undefined
      ? undefined
      : { kind: 'edit', readyAtMs: editAt, message: edit.message };
  }

  #readyAt(use: BudgetUse, nowMs: number): number {
    return this.#pacer.readyAt(use, nowMs, this.#hurried);
  }

  async #do(work: Work): Promise<void> {
    switch (work.kind) {
      case 'posts':
        return this.#sendPosts();
      case 'self':
        return this.#sendSelf();
      case 'audit':
        return this.#sendAudit();
      case 'edit':
        return this.#sendEdit(work.message);
    }
  }

  async #sendPosts(): Promise<void> {
    const { budgets, clock, events, renderer, wallMs } = this.#options;
    const nowMs = clock.now();
    const { head = 'silent' } = this.outbox;
    const alone = this.#placement.isForum || (head === 'P0' && nowMs - this.#lastP0Ms > P0_BURST_MS);
    const kept = this.#digests.keptBeside(this.outbox, head, budgets.freePosts(this.webhook.id, nowMs), nowMs);
    const taken = kept === undefined ? this.outbox.take(alone ? 1 : MAX_EMBEDS) : this.outbox.takeBeyond(kept);
    const batch = taken.filter((notice) => {
      const expired = nowMs - notice.enqueuedAtMs > MAX_AGE_MS;
      if (expired) events.dropped(notice, 'expired');
      return !expired;
    });
    const first = batch[0];
    if (first === undefined) return;
    const entries: MessageEntry[] = batch.map(({ incident, reason, previous, enqueuedAtMs }) => ({
      incident,
      reason,
      ...(previous === undefined ? {} : { previous }),
      ...(nowMs - enqueuedAtMs < DELAYED_FROM_MS ? {} : { delayedMs: nowMs - enqueuedAtMs }),
    }));
    const shown = shownOf(entries);
    const message = composeForm(first.form, renderer, entries, wallMs());
    const target = this.#placement.forIncident(first.previous, () => renderer.threadName(entries));
    this.#inFlight = batch.length;
    this.#lastPostMs = nowMs;
    let result: SendResult;
    try {
      result = await this.#requests.post(first.priority === 'P0' ? 'urgent' : 'post', message, target);
    } finally {
      this.#inFlight = 0;
    }
    if (result.kind === 'delivered') {
      if (first.priority === 'P0') this.#lastP0Ms = clock.now();
      if (kept !== undefined) this.#digests.sent(head, clock.now());
      this.#placement.worked();
      const ref = result.messageId === undefined ? undefined : this.#requests.refOf(result.messageId, result);
      // A plain message has no embeds that an edit could bring up to date.
      const editable = ref !== undefined && (first.form === 'full' || first.form === 'without_files');
      if (editable) this.messages.track(ref, entries, shown, clock.now());
      events.posted(this, batch, editable ? ref : undefined, shown.incidents);
      return;
    }
    const isElsewhere = result.kind === 'rejected' && this.#requests.learnPlace(target, result.reason);
    if (this.#stopped) {
      for (const notice of batch) events.dropped(notice, 'shutdown');
      return;
    }
    const left = batch.filter((notice) => this.#options.isNewest(notice));
    if (result.kind === 'rejected' && !isElsewhere && !isTerminal(result.reason)) {
      this.#fallBack(left, first.form, result.reason, result.code);
      return;
    }
    if (kept === undefined) this.outbox.putBack(left);
    else this.outbox.putBackLast(left);
    if (result.kind === 'rejected' && !isElsewhere) events.ended(this, result.reason, result.status);
  }

  /** Discord refused the text: a plainer one is tried, and only when none is left the notice is lost. */
  #fallBack(batch: readonly Notice[], form: MessageForm, reason: RejectReason, code: number | undefined): void {
    const { events } = this.#options;
    events.warn(
      'message_refused',
      `Discord refused a message (${reason}${code === undefined ? '' : `, code ${code}`}, form ${form})`,
    );
    const next = nextForm(form, reason);
    for (const notice of batch) {
      if (next === undefined) events.dropped(notice, reason === 'filtered' ? 'filtered' : 'rejected');
      else notice.form = next;
    }
    if (next !== undefined) this.outbox.putBack(batch);
  }

  async #sendSelf(): Promise<void> {
    const { events, renderer, wallMs } = this.#options;
    const ended = await this.#notes.sendSelf(renderer, wallMs(), (message) =>
      this.#requests.postOwn(SELF_POST, message),
    );
    if (ended !== undefined) events.ended(this, ended.reason, ended.status);
  }

  async #sendAudit(): Promise<void> {
    const { events, renderer, wallMs } = this.#options;
    const { ended, lost } = await this.#notes.sendAudit(renderer, wallMs(), (message) =>
      this.#requests.postOwn(AUDIT_POST, message),
    );
    if (lost > 0) events.auditDropped(lost);
    if (ended !== undefined) events.ended(this, ended.reason, ended.status);
  }

  async #sendEdit(message: PostedMessage): Promise<void> {
    const { clock, events, renderer, wallMs } = this.#options;
    const { entries } = message;
    const shown: Shown = shownOf(entries);
    const body = renderer.edit(entries, wallMs());
    const result = await this.#requests.edit(message, body);
    if (result.kind === 'delivered') {
      this.messages.edited(message, shown, clock.now());
      events.edited(this, entries, shown.incidents);
      return;
    }
    if (result.kind !== 'rejected') return;
    this.messages.forget(message);
    if (result.reason === 'message_gone' || result.reason === 'channel_gone' || result.reason === 'thread_archived') {
      events.messageGone(
        this,
        message.entries.filter((entry) => entry.continuedIn === undefined).map(({ incident }) => incident),
        result.reason === 'thread_archived',
      );
    } else if (isTerminal(result.reason)) {
      events.ended(this, result.reason, result.status);
    } else {
      events.warn('edit_refused', `Discord refused an edit (${result.reason}, code ${result.code ?? 'none'})`);
    }
  }
}

/** The longest uninterrupted sleep: after it the clock is looked at again, which may have been set. */
const CHECK_AGAIN_MS = 30_000;
