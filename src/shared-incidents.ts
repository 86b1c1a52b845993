import type { Clock } from './clock.ts';
import type { WebhookUrl } from './config/webhook-url.ts';
import type { Incident, NotifyDecision } from './pipeline/incident.ts';
import type { Incidents } from './pipeline/incident-stage.ts';
import type { Contribution, IncidentStore, Inheritance } from './pipeline/incident-store.ts';
import { PRIORITY_RANK } from './priority.ts';

/** What occurred of another process's incident is gathered for so long before it is forwarded. */
const FORWARD_INTERVAL_MS = 200;

/** So many claims are asked for at a time; those of P0 besides. */
const MAX_CLAIMS_UNDER_WAY = 16;

export type Notifying = Extract<NotifyDecision, { notify: true }>;

/** What sharing asks of the pager. */
export interface SharedIncidentsDeps {
  readonly store: IncidentStore;
  readonly incidents: () => Incidents;
  readonly channels: ReadonlyMap<string, WebhookUrl>;
  readonly clock: Clock;
  /** False: what others left is kept, but not shown by this process, which will not live long enough. */
  readonly resumes: boolean;
  /** A notice goes to the outbox. `capturedAtMs` says since when it has been waiting. */
  readonly post: (decision: Notifying, capturedAtMs: number) => void;
  readonly touch: (incident: Incident) => void;
  /** Messages that stand already, of incidents that were taken over. */
  readonly follow: (incidents: readonly Incident[]) => void;
  /** What waited for one incident waits for another one now; without another, nothing waits any more. */
  readonly replaced: (incident: Incident, by: Incident | undefined) => void;
  /** Nothing of this kind is under way any more. */
  readonly idle: () => void;
  readonly warn: (code: string, text: string) => void;
}

/**
 * Keeps the incident stage and the store in step: what is new is claimed before it is posted, what another process has is
 * forwarded there, what an ended one left is taken over. Every change of an incident is written down by way of
 * {@link changed} and {@link forgotten}, which the table calls.
 */
export class SharedIncidents {
  readonly #deps: SharedIncidentsDeps;
  /** Fingerprint → webhook under which it is kept: ours by claim or by inheritance. */
  readonly #owned = new Map<string, string>();
  /** First notices that wait for their claim. */
  readonly #claiming = new Map<string, { decision: Notifying; capturedAtMs: number }>();
  readonly #toClaim: Incident[] = [];
  #claimsUnderWay = 0;
  /** Incidents of others with something to forward, and whether it is their resolve. */
  readonly #forwarding = new Map<string, 'trigger' | 'resolve'>();
  #forwardsUnderWay = 0;
  #forwarded = 0;
  #isStarting = false;
  #isForwardScheduled = false;
  readonly #waiters = new Set<() => void>();

  constructor(deps: SharedIncidentsDeps) {
    this.#deps = deps;
  }

  get isIdle(): boolean {
    return (
      !this.#isStarting && this.#claiming.size === 0 && this.#forwarding.size === 0 && this.#forwardsUnderWay === 0
    );
  }

  /** How often something was handed to the process that has the incident. */
  get forwarded(): number {
    return this.#forwarded;
  }

  /** Notices that wait for their claim. */
  get waiting(): number {
    return this.#claiming.size;
  }

  /** The table has a new state of the incident. */
  changed(incident: Incident): void {
    const webhookId = this.#owned.get(incident.fingerprint) ?? this.#webhookOf(incident.channel);
    if (webhookId === undefined) return;
    if (incident.owner === undefined) this.#deps.store.put(webhookId, incident);
  }

  /** The table has forgotten the incident. */
  forgotten(incident: Incident): void {
    const { fingerprint } = incident;
    const webhookId = this.#owned.get(fingerprint) ?? this.#webhookOf(incident.channel);
    this.#owned.delete(fingerprint);
    if (webhookId !== undefined) this.#deps.store.remove(webhookId, fingerprint);
  }

  /** Posts a notice, once it is sure that the incident is this process's own. */
  notify(decision: Notifying, capturedAtMs: number): void {
    const { fingerprint } = decision.incident;
    const claiming = this.#claiming.get(fingerprint);
    if (claiming !== undefined) {
      claiming.decision = decision;
      return;
    }
    if (this.#owned.has(fingerprint)) {
      this.#deps.post(decision, capturedAtMs);
      return;
    }
    this.#claiming.set(fingerprint, { decision, capturedAtMs });
    // The disk does what it is asked first first: a P0 must not stand behind a thousand others.
    if (decision.incident.priority === 'P0') void this.#claim(decision.incident);
    else {
      this.#toClaim.push(decision.incident);
      this.#claimNext();
    }
  }

  #claimNext(): void {
    while (this.#claimsUnderWay < MAX_CLAIMS_UNDER_WAY) {
      const incident = this.#toClaim.shift();
      if (incident === undefined) return;
      this.#claimsUnderWay++;
      void this.#claim(incident).finally(() => {
        this.#claimsUnderWay--;
        this.#claimNext();
      });
    }
  }

  /** Something was counted into an incident that another process has. */
  forward(incident: Incident, action: 'trigger' | 'resolve'): void {
    if (this.#forwarding.get(incident.fingerprint) !== 'resolve') this.#forwarding.set(incident.fingerprint, action);
    if (action === 'resolve') {
      this.#forwardAll();
      return;
    }
    if (this.#isForwardScheduled) return;
    this.#isForwardScheduled = true;
    void this.#deps.clock.sleep(FORWARD_INTERVAL_MS).then(() => {
      this.#isForwardScheduled = false;
      this.#forwardAll();
    });
  }

  /** Takes over what ended processes have left, and begins to listen to the others. Answers when that is done. */
  async start(): Promise<void> {
    const { store, warn, incidents, clock } = this.#deps;
    store.start({
      inherited: (inheritance) => this.#take([inheritance]),
      contributed: (contributions) => {
        for (const one of contributions) {
          this.#follow(incidents().contribute(one, this.#channelFor(one), clock.now()), one.action);
        }
      },
      failed: (reason) =>
        warn(
          'state',
          `the state directory cannot be written (${reason}); what must outlive this process is kept in memory only`,
        ),
      damaged: (what) => warn('state', `${what} in the state directory were damaged and are set aside`),
      unsaved: (count) => warn('state', `the state directory is full; ${count} incidents are kept in memory only`),
    });
    this.#isStarting = true;
    this.#take(await store.adopt());
    this.#isStarting = false;
    this.#wakeIfIdle();
  }

  /** Sends on at once what is gathered, and waits for claims, at most so long. */
  async settle(timeoutMs: number): Promise<void> {
    this.#forwardAll();
    const { clock } = this.#deps;
    const untilMs = clock.steadyMs() + timeoutMs;
    while (!this.isIdle && clock.steadyMs() < untilMs) {
      const stop = new AbortController();
      const woken = new Promise<void>((resolve) => this.#waiters.add(resolve));
      await Promise.race([woken, clock.sleep(untilMs - clock.steadyMs(), stop.signal)]);
      stop.abort();
    }
  }

  async #claim(incident: Incident): Promise<void> {
    const { store, incidents } = this.#deps;
    const { fingerprint } = incident;
    // A resolve comes with the priority, and so the channel, of whoever sends it: the incident may be under another webhook.
    const holder = incident.state === 'resolved' ? await store.holder(fingerprint) : undefined;
    const webhookId = holder?.webhookId ?? this.#webhookOf(incident.channel) ?? '';
    const claim = await store.claim(webhookId, fingerprint);
    const waiting = this.#claiming.get(fingerprint);
    this.#claiming.delete(fingerprint);
    if (claim.kind === 'theirs') {
      const { member } = claim;
      incidents().handOver(incident, { webhookId, member });
      // It was written down as ours the moment it was opened.
      store.remove(webhookId, fingerprint);
      this.#deps.replaced(incident, undefined);
      this.forward(incident, incident.state === 'resolved' ? 'resolve' : 'trigger');
      this.#forwardAll();
    } else {
      this.#owned.set(fingerprint, webhookId);
      const isReplaced = this.#take(claim.inherited).has(fingerprint);
      if (waiting !== undefined && !isReplaced) this.#deps.post(waiting.decision, waiting.capturedAtMs);
    }
    this.#wakeIfIdle();
  }

  #forwardAll(): void {
    for (const [fingerprint, action] of this.#forwarding) void this.#forwardOne(fingerprint, action);
    this.#forwarding.clear();
  }

  async #forwardOne(fingerprint: string, action: 'trigger' | 'resolve'): Promise<void> {
    const { store, incidents } = this.#deps;
    const incident = incidents().get(fingerprint);
    const owner = incident?.owner;
    if (incident === undefined || owner === undefined) return;
    const { count, firstSeenMs, lastSeenMs, priority, alert } = incident;
    this.#forwardsUnderWay++;
    const contribution: Contribution = {
      fingerprint,
      action,
      count,
      firstMs: firstSeenMs,
      lastMs: lastSeenMs,
      priority,
      alert,
    };
    // Counted again from here on: what comes while this is under way is the next one's.
    incident.count = 0;
    const isTaken = await store.forward(owner.webhookId, owner.member, contribution);
    this.#forwardsUnderWay--;
    if (isTaken) this.#forwarded++;
    if (!isTaken) {
      incident.count += count;
      await this.#takeBack(incident, action);
    }
    this.#wakeIfIdle();
  }

  /** Whoever had the incident has ended: it is this process's, or that of another one that was faster. */
  async #takeBack(incident: Incident, action: 'trigger' | 'resolve'): Promise<void> {
    const { store, incidents, clock } = this.#deps;
    const { fingerprint } = incident;
    const webhookId = incident.owner?.webhookId ?? '';
    const claim = await store.claim(webhookId, fingerprint);
    if (claim.kind === 'theirs') {
      incidents().handOver(incident, { webhookId, member: claim.member });
      this.forward(incident, action);
      return;
    }
    this.#owned.set(fingerprint, webhookId);
    const isReplaced = this.#take(claim.inherited).has(fingerprint);
    if (!isReplaced) this.#follow(incidents().takeBack(incident, clock.now()), 'trigger');
    if (action !== 'resolve') return;
    const { firstSeenMs, lastSeenMs, priority, alert } = incident;
    const resolve = { fingerprint, action, count: 0, firstMs: firstSeenMs, lastMs: lastSeenMs, priority, alert };
    this.#follow(incidents().contribute(resolve, incident.channel, clock.now()), action);
  }

  /** Answers the fingerprints of incidents that were here and now are the ones taken over. */
  #take(inherited: readonly Inheritance[]): ReadonlySet<string> {
    const { clock, follow, incidents, post, replaced } = this.#deps;
    const left = inherited.flatMap((inheritance) => inheritance.incidents);
    follow(left.map(({ incident }) => incident));
    const places = new Set<string>();
    const waiting: Incident[] = [];
    for (const { webhookId, incident } of left) {
      const { fingerprint } = incident;
      this.#owned.set(fingerprint, webhookId);
      if (!this.#deps.channels.has(incident.channel)) {
        incident.channel = this.#channelOf(webhookId) ?? incident.channel;
      }
      const here = incidents().get(fingerprint);
      const decision = incidents().takeOver(incident, clock.now());
      const now = incidents().get(fingerprint);
      if (here !== undefined && now !== here) {
        places.add(fingerprint);
        replaced(here, incident);
      }
      if (decision !== undefined) this.#follow(decision, 'trigger');
      if (!decision?.notify && now === incident && incident.pendingSinceMs !== undefined) waiting.push(incident);
    }
    for (const { webhookId, ...one } of inherited.flatMap(({ contributions }) => contributions)) {
      const channel = this.#channelOf(webhookId) ?? this.#channelFor(one);
      this.#follow(incidents().contribute(one, channel, clock.now()), one.action);
    }
    // The most urgent is the first in an empty lane, which sends at once what it is given.
    waiting.sort((a, b) => PRIORITY_RANK[a.priority] - PRIORITY_RANK[b.priority]);
    for (const incident of this.#deps.resumes ? waiting : []) {
      const { reason, message: previous, pendingSinceMs = clock.now() } = incident;
      post({ notify: true, reason, incident, ...(previous === undefined ? {} : { previous }) }, pendingSinceMs);
    }
    for (const { settled } of inherited) void settled();
    return places;
  }

  #follow(decision: NotifyDecision, action: 'trigger' | 'resolve'): void {
    if (decision.notify) this.notify(decision, this.#deps.clock.now());
    else if (decision.reason === 'forwarded') this.forward(decision.incident, action);
    else if (decision.incident !== undefined) this.#deps.touch(decision.incident);
  }

  #channelFor({ fingerprint, priority }: Contribution): string {
    const known = this.#deps.incidents().get(fingerprint);
    if (known !== undefined) return known.channel;
    const { channels } = this.#deps;
    return (
      [priority.toLowerCase(), 'default'].find((name) => channels.has(name)) ?? [...channels.keys()][0] ?? 'default'
    );
  }

  /** As the delivery chooses it. */
  #webhookOf(channel: string): string | undefined {
    const { channels } = this.#deps;
    return (channels.get(channel) ?? channels.get('default') ?? [...channels.values()][0])?.id;
  }

  #channelOf(webhookId: string): string | undefined {
    for (const [channel, { id }] of this.#deps.channels) if (id === webhookId && channel !== 'audit') return channel;
    return undefined;
  }

  #wakeIfIdle(): void {
    if (!this.isIdle) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
    this.#deps.idle();
  }
}
