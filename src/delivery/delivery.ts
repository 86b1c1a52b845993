import type { Clock } from '../clock.ts';
import type { WebhookUrl } from '../config/webhook-url.ts';
import type { Incident, MessageRef } from '../pipeline/incident.ts';
import type { SentRequest } from '../pipeline/incident-store.ts';
import type { AuditEntry, Renderer, SelfNotice } from '../render/render.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import { ChannelBudgets } from './channel-budgets.ts';
import { HostGate } from './host-gate.ts';
import { Lane, type LaneEvents } from './lane.ts';
import { NewestNotices } from './newest-notices.ts';
import type { Notice } from './notice.ts';
import { type Hold, holdBefore } from './pacer.ts';
import { byMessage, MAX_EMBEDS, type ShownIncident, shownBefore } from './posted-messages.ts';
import { type DropReason, ENDED_TEXT, type ProbeResult, type RejectReason } from './send-result.ts';
import type { WebhookClient } from './webhook-client.ts';

/** A webhook that has ended is asked no more often than this whether it lives again. */
export const PROBE_INTERVAL_MS: number = 5 * 60_000;

const CLOSE_MS = 50;

/** What became of notices. */
export interface DeliveryEvents {
  /** `shown` is what the message says of the incident. */
  posted(notice: Notice, ref: MessageRef | undefined, shown: ShownIncident): void;
  edited(incidents: readonly { readonly incident: Incident; readonly shown: ShownIncident }[]): void;
  dropped(notice: Notice, reason: DropReason): void;
  /** A request goes out. */
  requested(webhookId: string, kind: 'post' | 'edit'): void;
  /** A lane has run empty. */
  idle(): void;
  warn(code: string, text: string): void;
}

export interface DeliveryOptions {
  readonly channels: ReadonlyMap<string, WebhookUrl>;
  readonly client: WebhookClient;
  /** For waits: one that nobody sets. */
  readonly clock: Clock;
  /** The time of day, for what is shown. */
  readonly wallMs: () => number;
  readonly random: () => number;
  readonly renderer: Renderer;
  readonly gate: (message: WebhookMessage) => WebhookMessage;
  readonly editIntervalMs: number;
  readonly events: DeliveryEvents;
}

interface Receiver {
  readonly lane: Lane;
  /** Channel names that lead here. */
  readonly channels: string[];
  ended?: { readonly reason: RejectReason; readonly status: number };
}

/**
 * Everything behind the outbox: one lane per webhook, the budgets and the gate they share, and what happens when a webhook
 * ends. Owns all timers of the sending side.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #receivers = new Map<string, Receiver>();
  readonly #byChannel = new Map<string, Receiver>();
  readonly #budgets = new ChannelBudgets();
  readonly #stop = new AbortController();
  readonly #waiters = new Set<() => void>();
  readonly #untold = new Map<DropReason, number>();
  readonly #newest = new NewestNotices();
  #hurrying = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    const hostGate = new HostGate(() => {
      for (const { lane } of this.#receivers.values()) lane.wake();
    });
    for (const [channel, webhook] of options.channels) {
      // One lane per id and token: two channels may share a webhook.
      const key = `${webhook.id}/${webhook.revealToken()}`;
      let receiver = this.#receivers.get(key);
      if (receiver === undefined) {
        const lane = new Lane({
          webhook,
          client: options.client,
          clock: options.clock,
          wallMs: options.wallMs,
          random: options.random,
          renderer: options.renderer,
          gate: options.gate,
          hostGate,
          budgets: this.#budgets,
          editIntervalMs: options.editIntervalMs,
          isNewest: this.isNewest,
          events: this.#laneEvents(),
        });
        receiver = { lane, channels: [] };
        this.#receivers.set(key, receiver);
      }
      receiver.channels.push(channel);
      this.#byChannel.set(channel, receiver);
    }
  }

  /** Notices that wait or are being sent. */
  get queued(): number {
    let queued = 0;
    for (const { lane } of this.#receivers.values()) queued += lane.waiting;
    return queued;
  }

  /** True when nothing waits: no notice, no line, no edit. */
  get isIdle(): boolean {
    return [...this.#receivers.values()].every(({ lane }) => lane.isIdle);
  }

  /** Puts a notice into the outbox of its channel's webhook, or of the one that stands in for it. */
  post(given: Omit<Notice, 'enqueuedAtMs'>): void {
    const { clock, wallMs } = this.#options;
    // What an earlier process has left has waited since then.
    const enqueuedAtMs = clock.now() - Math.max(0, wallMs() - given.capturedAtMs);
    const lane = this.#laneFor(given.incident.channel);
    const notice = { ...given, enqueuedAtMs };
    this.#newest.given(notice);
    for (const other of this.#receivers.values()) other.lane.outbox.withdraw(given.incident.id);
    lane?.post(notice);
  }

  /** False when something newer is, or was, told of the incident. */
  readonly isNewest = (notice: Notice): boolean => this.#newest.has(notice);

  /** Keeps messages up to date that earlier processes have posted. */
  follow(incidents: readonly Incident[]): void {
    for (const group of byMessage(incidents)) {
      const ref = group[0]?.message;
      const lane = ref === undefined ? undefined : this.#laneOfWebhook(ref.webhookId);
      if (ref === undefined || lane === undefined) continue;
      // A digest of which not everything is known any more keeps what it says.
      if ((ref.of ?? 1) > MAX_EMBEDS && group.length !== ref.of) continue;
      const entries = group.map((incident) => ({ incident, reason: incident.reason }));
      lane.messages.track(ref, entries, shownBefore(entries), this.#options.clock.now(), ref.of);
      lane.wake();
    }
  }

  /** The incident changed: its standing message will be brought up to date. */
  touch(incident: Incident): void {
    const { message } = incident;
    if (message === undefined) return;
    const lane = this.#laneOfWebhook(message.webhookId);
    if (lane?.messages.touch(message.messageId, incident)) lane.wake();
  }

  /** Other processes have sent requests to the webhook, at these times of day. */
  usedByOthers(webhookId: string, requests: readonly SentRequest[]): void {
    const { clock, wallMs } = this.#options;
    const lane = this.#laneOfWebhook(webhookId);
    for (const { kind, atMs } of requests) lane?.usedByOthers(kind, clock.now() - Math.max(0, wallMs() - atMs));
  }

  /** One line for the audit channel, where there is one. */
  audit(entry: AuditEntry): void {
    const receiver = this.#byChannel.get('audit');
    if (receiver !== undefined && receiver.ended === undefined) receiver.lane.audit(entry);
  }

  /** A message of the pager about itself. */
  self(channel: string, notice: SelfNotice): void {
    this.#laneFor(channel)?.self(notice);
  }

  /** Asks every webhook whether it lives, and learns its channel. One entry per webhook. */
  async probeAll(): Promise<{ readonly channels: readonly string[]; readonly result: ProbeResult }[]> {
    return Promise.all(
      [...this.#receivers.values()].map(async (receiver) => ({
        channels: receiver.channels,
        result: await this.#probe(receiver),
      })),
    );
  }

  /**
   * Waits until nothing waits any more, nothing can move in time (a webhook has ended, a told wait is longer), or the time is over.
   * Edits are sent at once meanwhile. True when everything was sent.
   * @param isLast this process ends afterwards, and what is not sent is on disk: nothing is begun that may be cut off.
   * @param before what is still on its way here: nothing counts as settled until it has come.
   */
  async flush(timeoutMs: number, isLast = false, before?: Promise<void>): Promise<boolean> {
    const { clock } = this.#options;
    const deadlineMs = clock.now() + timeoutMs;
    this.#hurry(1, isLast ? holdBefore(deadlineMs, timeoutMs) : undefined);
    try {
      if (before !== undefined) await before;
      while (!this.#isSettled(deadlineMs)) {
        const leftMs = deadlineMs - clock.now();
        if (leftMs <= 0) break;
        const stop = new AbortController();
        const woken = new Promise<void>((resolve) => this.#waiters.add(resolve));
        await Promise.race([woken, clock.sleep(leftMs, stop.signal)]);
        stop.abort();
      }
    } finally {
      this.#hurry(-1);
    }
    return this.isIdle;
  }

  /** Sends nothing more. What still waits is counted as lost by `shutdown`. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { lane } of this.#receivers.values()) {
      for (const notice of lane.stop()) this.#options.events.dropped(notice, 'shutdown');
    }
    // Connections that are closing need not be waited for.
    await Promise.race([this.#options.client.close(), this.#options.clock.sleep(CLOSE_MS)]);
  }

  #isSettled(deadlineMs: number): boolean {
    return [...this.#receivers.values()].every(
      ({ lane, ended }) => lane.isIdle || ended !== undefined || lane.nextRequestMs > deadlineMs,
    );
  }

  #hurry(change: 1 | -1, hold?: Hold): void {
    this.#hurrying += change;
    for (const { lane } of this.#receivers.values()) lane.hurry(this.#hurrying > 0, hold);
  }

  #laneFor(channel: string): Lane | undefined {
    const receiver = this.#byChannel.get(channel) ?? this.#byChannel.get('default') ?? this.#anyLive();
    if (receiver === undefined) return undefined;
    return receiver.ended === undefined ? receiver.lane : (this.#standIn(receiver) ?? receiver).lane;
  }

  /** Who takes over for a webhook that has ended: `default`, else any that lives (the audit channel last). */
  #standIn(ended: Receiver): Receiver | undefined {
    const fallback = this.#byChannel.get('default');
    return fallback !== undefined && fallback !== ended && fallback.ended === undefined ? fallback : this.#anyLive();
  }

  #anyLive(): Receiver | undefined {
    const live = [...this.#receivers.values()].filter(({ ended }) => ended === undefined);
    return live.find(({ channels }) => channels.some((channel) => channel !== 'audit')) ?? live[0];
  }

  #laneOfWebhook(webhookId: string): Lane | undefined {
    for (const { lane } of this.#receivers.values()) if (lane.webhook.id === webhookId) return lane;
    return undefined;
  }

  #receiverOf(lane: Lane): Receiver | undefined {
    for (const receiver of this.#receivers.values()) if (receiver.lane === lane) return receiver;
    return undefined;
  }

  #laneEvents(): LaneEvents {
    const { events } = this.#options;
    return {
      posted: (lane, notices, ref, shown) => {
        notices.forEach((notice, position) => {
          let own = ref === undefined || notices.length === 1 ? ref : { ...ref, position, of: notices.length };
          const { message } = notice.incident;
          if (this.#newest.isOvertaken(notice) && message !== undefined) {
            if (own !== undefined) lane.messages.continueElsewhere(own.messageId, notice.incident, message);
            own = undefined;
          }
          if (own !== undefined) this.#pointToNewest(notice, own);
          events.posted(notice, own, shown[position] ?? { count: 0, state: '' });
        });
      },
      requested: (lane, kind) => events.requested(lane.webhook.id, kind),
      edited: (_lane, entries, shown) =>
        events.edited(
          entries.flatMap(({ incident, continuedIn }, index) => {
            const one = shown[index];
            return one === undefined || continuedIn !== undefined ? [] : [{ incident, shown: one }];
          }),
        ),
      dropped: (notice, reason) => this.#dropped(notice, reason),
      auditDropped: (count) => events.warn('audit_dropped', `${count} audit lines were not shown`),
      ended: (lane, reason, status) => this.#ended(lane, reason, status),
      messageGone: (_lane, incidents, isArchived) => this.#repost(incidents, isArchived),
      idle: () => {
        this.#tellDropped();
        this.#wakeWaiters();
        events.idle();
      },
      paused: (lane) => this.#strand(lane),
      waits: () => this.#wakeWaiters(),
      warn: (code, text) => events.warn(code, text),
    };
  }

  /** The newest message owns the incident; the one before gets a last edit that points to it. */
  #pointToNewest(notice: Notice, ref: MessageRef): void {
    const previous = notice.incident.message ?? notice.previous;
    if (previous === undefined || previous.messageId === ref.messageId) return;
    const lane = this.#laneOfWebhook(previous.webhookId);
    if (lane?.messages.continueElsewhere(previous.messageId, notice.incident, ref)) lane.wake();
  }

  /** @param isArchived the message stands in a thread that was put away: a new message brings that back. */
  #repost(incidents: readonly Incident[], isArchived: boolean): void {
    for (const incident of incidents) {
      const { message, priority } = incident;
      delete incident.message;
      if (incident.state !== 'firing' && !isArchived) continue;
      const reason = incident.state === 'firing' ? incident.reason : 'resolved';
      const previous = isArchived && message !== undefined ? { previous: message } : {};
      this.post({ incident, reason, priority, ...previous, capturedAtMs: this.#options.wallMs(), form: 'full' });
    }
  }

  #dropped(notice: Notice, reason: DropReason): void {
    this.#untold.set(reason, (this.#untold.get(reason) ?? 0) + 1);
    this.#options.events.dropped(notice, reason);
  }

  /** Once there is room again the operator hears what was not shown. */
  #tellDropped(): void {
    if (this.#untold.size === 0 || this.#stop.signal.aborted) return;
    const total = [...this.#untold.values()].reduce((sum, count) => sum + count, 0);
    const reasons = [...this.#untold].map(([reason, count]) => `${reason} ${count}`).join(', ');
    this.#untold.clear();
    this.self('default', {
      priority: 'P1',
      title: `${total} ${total === 1 ? 'alert was' : 'alerts were'} not shown`,
      text: `Counted by reason: ${reasons}. Look in your logs for them.`,
    });
  }

  #ended(lane: Lane, reason: RejectReason, status: number): void {
    const receiver = this.#receiverOf(lane);
    if (receiver === undefined || receiver.ended !== undefined) return;
    receiver.ended = { reason, status };
    lane.pause(true);
    lane.messages.clear();
    const what = `the webhook of ${receiver.channels.join(', ')} ${ENDED_TEXT[reason] ?? 'refuses'} (HTTP ${status})`;
    const standIn = this.#standIn(receiver);
    this.#options.events.warn(
      'webhook_ended',
      `${what}; ${standIn === undefined ? 'no other webhook can take its pages' : `its pages go to ${standIn.channels.join(', ')}`}`,
    );
    if (standIn !== undefined) {
      this.#handOver(receiver, standIn);
      standIn.lane.self({
        priority: 'P1',
        title: `A webhook no longer works: ${receiver.channels.join(', ')}`,
        text: `${what[0]?.toUpperCase()}${what.slice(1)}. Its pages come here until it works again. Make a new webhook in Discord and set it in the configuration.`,
      });
    }
    this.#wakeWaiters();
    void this.#watchEnded(receiver);
  }

  /** What came back from a request that was under way when its webhook ended. */
  #strand(lane: Lane): void {
    const receiver = this.#receiverOf(lane);
    const standIn = receiver?.ended === undefined ? undefined : this.#standIn(receiver);
    if (receiver !== undefined && standIn !== undefined) this.#handOver(receiver, standIn);
    this.#wakeWaiters();
  }

  #handOver(from: Receiver, to: Receiver): void {
    for (const notice of from.lane.outbox.takeAll()) to.lane.post(notice);
    const rest = from.lane.takeRest();
    for (const notice of rest.self) to.lane.self(notice);
    if (from.channels.includes('audit') && rest.audit.length > 0) {
      this.#options.events.warn('audit_dropped', `${rest.audit.length} audit lines were not shown`);
    }
  }

  async #watchEnded(receiver: Receiver): Promise<void> {
    const { clock, events } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted && receiver.ended !== undefined) {
      await clock.sleep(PROBE_INTERVAL_MS, signal);
      if (signal.aborted) return;
      const result = await this.#probe(receiver);
      if (result.kind !== 'live') continue;
      delete receiver.ended;
      events.warn('webhook_live', `the webhook of ${receiver.channels.join(', ')} works again`);
      receiver.lane.pause(false);
      // Others may have been waiting for any webhook at all.
      for (const other of this.#receivers.values()) if (other.ended !== undefined) this.#handOver(other, receiver);
    }
  }

  async #probe(receiver: Receiver): Promise<ProbeResult> {
    const { webhook } = receiver.lane;
    const result = await this.#options.client.probe(webhook);
    if (result.kind === 'live') this.#budgets.learn(webhook.id, result.channelId, result.guildId);
    if (result.kind === 'gone') this.#ended(receiver.lane, result.reason, result.status);
    return result;
  }

  #wakeWaiters(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
