import { ClaimQueue } from './claim-queue.ts';
import type { Clock } from './clock.ts';
import type { WebhookUrl } from './config/webhook-url.ts';
import type { Incident, NotifyDecision } from './pipeline/incident.ts';
import type { Incidents } from './pipeline/incident-stage.ts';
import type { Contribution, IncidentStore, Inheritance, SentRequest } from './pipeline/incident-store.ts';
import { PRIORITY_RANK } from './priority.ts';

/** What occurred of another process's incident is gathered for so long before it is forwarded. */
const FORWARD_INTERVAL_MS = 200;

/** With so many in the outboxes the last seconds of a process have enough to do: its buckets take some fifty more. */
const ENOUGH_AT_THE_END = 100;

interface Waiting {
  decision: Notifying;
  readonly capturedAtMs: number;
}

export type Notifying = Extract<NotifyDecision, { notify: true }>;

type Owner = NonNullable<Incident['owner']>;

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
  /** How many notices wait in the outboxes. */
  readonly queued: () => number;
  readonly touch: (incident: Incident) => void;
  /** Messages that stand already, of incidents that were taken over. */
  readonly follow: (incidents: readonly Incident[]) => void;
  /** What waited for one incident waits for another one now; without another, nothing waits any more. */
  readonly replaced: (incident: Incident, by: Incident | undefined) => void;
  /** Others have sent requests to a webhook. */
  readonly requested: (webhookId: string, requests: readonly SentRequest[]) => void;
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
  /** Fingerprint → webhook under which this process has written it down. */
  readonly #under = new Map<string, string>();
  /** Ours by claim or by inheritance. */
  readonly #owned = new Set<string>();
  /** First notices that wait for their claim. */
  readonly #claiming = new Map<string, Waiting>();
  readonly #claims: ClaimQueue<Waiting>;
  /** Incidents of others with something to forward, and whether it is their resolve. */
  readonly #forwarding = new Map<string, 'trigger' | 'resolve'>();
  /** One at a time of each: should its owner have ended, it is taken back once. */
  readonly #underWay = new Set<string>();
  #forwarded = 0;
  #isStarting = false;
  #isForwardScheduled = false;
  readonly #waiters = new Set<() => void>();

  constructor(deps: SharedIncidentsDeps) {
    this.#deps = deps;
    this.#claims = new ClaimQueue({
      claim: (waiting) => this.#claim(waiting),
      hasEnough: () => deps.queued() >= ENOUGH_AT_THE_END,
      rests: () => this.#wakeIfIdle(),
    });
  }

  get isIdle(): boolean {
    return this.#claiming.size === 0 && this.#isQuiet;
  }

  get #isQuiet(): boolean {
    return !this.#isStarting && this.#forwarding.size === 0 && this.#underWay.size === 0;
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
    if (incident.owner !== undefined) return;
    const webhookId = this.#under.get(incident.fingerprint) ?? this.#webhookOf(incident.channel);
    if (webhookId === undefined) return;
    this.#under.set(incident.fingerprint, webhookId);
    this.#deps.store.put(webhookId, incident);
  }

  /** The table has forgotten the incident. */
  forgotten({ fingerprint }: Incident): void {
    this.#owned.delete(fingerprint);
    this.#unwrite(fingerprint);
  }

  /** Posts a notice, once it is sure that the incident is this process's own. */
  notify(decision: Notifying, capturedAtMs: number): void {
    const { incident } = decision;
    const claiming = this.#claiming.get(incident.fingerprint);
    if (claiming !== undefined) {
      // It was forgotten meanwhile, and came anew.
      if (claiming.decision.incident !== incident) this.#deps.replaced(claiming.decision.incident, incident);
      claiming.decision = decision;
      if (incident.priority === 'P0') this.#claims.hasten(claiming);
      return;
    }
    if (this.#owned.has(incident.fingerprint)) {
      this.#deps.post(decision, capturedAtMs);
      return;
    }
    const waiting = { decision, capturedAtMs };
    this.#claiming.set(incident.fingerprint, waiting);
    this.#claims.add(waiting, incident.priority === 'P0');
  }

  /** Something was counted into an incident that another process has. */
  forward(incident: Incident, action: 'trigger' | 'resolve'): void {
    if (this.#forwarding.get(incident.fingerprint) !== 'resolve') this.#forwarding.set(incident.fingerprint, action);
    if (action === 'resolve') {
      this.#forwardAll();
      return;
    }
    this.#forwardSoon();
  }

  #forwardSoon(): void {
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
      requested: (webhookId, requests) => this.#deps.requested(webhookId, requests),
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

  /**
   * Sends on at once what is gathered, and waits for claims, at most so long.
   *
   * @param isLast this process ends afterwards, and all of it is on disk: what cannot be shown any more is not claimed either.
   */
  async settle(timeoutMs: number, isLast = false): Promise<void> {
    if (isLast) this.#claims.end();
    this.#forwardAll();
    const { clock } = this.#deps;
    const untilMs = clock.steadyMs() + timeoutMs;
    while (!this.#isSettled() && clock.steadyMs() < untilMs) {
      const stop = new AbortController();
      const woken = new Promise<void>((resolve) => this.#waiters.add(resolve));
      await Promise.race([woken, clock.sleep(untilMs - clock.steadyMs(), stop.signal)]);
      stop.abort();
    }
  }

  async #claim(waiting: Waiting): Promise<void> {
    const { store, incidents, replaced, post } = this.#deps;
    const { incident: asked } = waiting.decision;
    const { fingerprint } = asked;
    // A resolve comes with the priority, and so the channel, of whoever sends it: the incident may be under another webhook.
    const holder = asked.state === 'resolved' ? await store.holder(fingerprint) : undefined;
    const webhookId = holder?.webhookId ?? this.#webhookOf(asked.channel) ?? '';
    const claim = await store.claim(webhookId, fingerprint);
    this.#claiming.delete(fingerprint);
    const { incident } = waiting.decision;
    if (claim.kind === 'theirs') {
      if (incidents().get(fingerprint) === incident) {
        const action = incident.state === 'resolved' ? 'resolve' : 'trigger';
        incidents().handOver(incident, { webhookId, member: claim.member });
        // It was written down as ours the moment it was opened.
        this.#unwrite(fingerprint);
        this.forward(incident, action);
        this.#forwardAll();
      }
      replaced(incident, undefined);
    } else {
      if (incidents().get(fingerprint) === incident) this.#own(fingerprint, webhookId);
      this.#take(claim.inherited, fingerprint);
      const now = incidents().get(fingerprint);
      // Forgotten meanwhile, or taken over from elsewhere: then nothing of it is under this claim.
      if (this.#under.get(fingerprint) !== webhookId) store.remove(webhookId, fingerprint);
      if (now === undefined || now === incident) post(waiting.decision, waiting.capturedAtMs);
      else replaced(incident, undefined);
    }
    this.#wakeIfIdle();
  }

  /** It is this process's, and written down under this webhook. */
  #own(fingerprint: string, webhookId: string): void {
    const { store, incidents } = this.#deps;
    this.#owned.add(fingerprint);
    const before = this.#under.get(fingerprint);
    if (before === webhookId) return;
    this.#under.set(fingerprint, webhookId);
    if (before !== undefined) store.remove(before, fingerprint);
    const incident = incidents().get(fingerprint);
    if (incident !== undefined) this.changed(incident);
  }

  /** Nothing of it stays written down by this process. */
  #unwrite(fingerprint: string): void {
    const webhookId = this.#under.get(fingerprint);
    this.#under.delete(fingerprint);
    if (webhookId !== undefined) this.#deps.store.remove(webhookId, fingerprint);
  }

  #forwardAll(): void {
    for (const [fingerprint, action] of this.#forwarding) {
      if (this.#underWay.has(fingerprint)) continue;
      this.#forwarding.delete(fingerprint);
      const incident = this.#deps.incidents().get(fingerprint);
      if (incident?.owner !== undefined) void this.#forwardOne(incident, incident.owner, action);
    }
    this.#wakeIfIdle();
  }

  async #forwardOne(incident: Incident, owner: Owner, action: 'trigger' | 'resolve'): Promise<void> {
    const { fingerprint } = incident;
    this.#underWay.add(fingerprint);
    const isCounted =
      (action === 'resolve' && incident.count === 0) || (await this.#handTo(owner, incident, 'trigger'));
    // What was counted before a resolve belongs to what it closes.
    const isTaken = isCounted && (action === 'trigger' || (await this.#handTo(owner, incident, 'resolve')));
    if (isTaken) this.#forwarded++;
    else await this.#takeBack(incident, owner, action);
    this.#underWay.delete(fingerprint);
    // What came while this was under way.
    if (this.#forwarding.has(fingerprint)) this.#forwardSoon();
    this.#wakeIfIdle();
  }

  async #handTo(owner: Owner, incident: Incident, action: 'trigger' | 'resolve'): Promise<boolean> {
    const contribution = contributionOf(incident, action);
    const { count } = contribution;
    // Counted again from here on: what comes while this is under way is the next one's.
    incident.count -= count;
    const isTaken = await this.#deps.store.forward(owner.webhookId, owner.member, contribution);
    if (!isTaken) incident.count += count;
    return isTaken;
  }

  /** Whoever had the incident has ended: it is this process's, or that of another one that was faster. */
  async #takeBack(incident: Incident, { webhookId }: Owner, action: 'trigger' | 'resolve'): Promise<void> {
    const { store, incidents, clock } = this.#deps;
    const { fingerprint } = incident;
    const claim = await store.claim(webhookId, fingerprint);
    const isHere = (): boolean => incidents().get(fingerprint) === incident && incident.owner !== undefined;
    if (claim.kind === 'theirs') {
      if (!isHere()) return;
      incidents().handOver(incident, { webhookId, member: claim.member });
      this.forward(incident, action);
      return;
    }
    if (isHere()) this.#owned.add(fingerprint);
    this.#take(claim.inherited, fingerprint);
    if (isHere()) {
      this.#under.set(fingerprint, webhookId);
      this.#follow(incidents().takeBack(incident, clock.now()), 'trigger');
    } else if (incident.count > 0) {
      // It was taken over while this was under way.
      const rest = contributionOf(incident, 'trigger');
      this.#follow(incidents().contribute(rest, incident.channel, clock.now()), 'trigger');
    }
    if (action !== 'resolve') return;
    const resolve = contributionOf(incident, 'resolve');
    this.#follow(incidents().contribute(resolve, incident.channel, clock.now()), action);
  }

  /** @param about the incident that this is for: it is shown, also where the rest has to wait. */
  #take(inherited: readonly Inheritance[], about?: string): void {
    const { clock, follow, incidents, post, replaced, resumes } = this.#deps;
    const left = inherited.flatMap((inheritance) => inheritance.incidents);
    follow(left.map(({ incident }) => incident));
    const waiting: Incident[] = [];
    for (const { webhookId, incident } of left) {
      const { fingerprint } = incident;
      if (!this.#deps.channels.has(incident.channel)) {
        incident.channel = this.#channelOf(webhookId) ?? incident.channel;
      }
      const here = incidents().get(fingerprint);
      const before = this.#under.get(fingerprint);
      this.#under.set(fingerprint, webhookId);
      this.#owned.add(fingerprint);
      const decision = incidents().takeOver(incident, clock.now());
      const isTaken = incidents().get(fingerprint) === incident;
      // Of two places one remains.
      if (!isTaken && before !== undefined) this.#own(fingerprint, before);
      else if (before !== undefined && before !== webhookId) this.#deps.store.remove(before, fingerprint);
      const waits = isTaken && incident.pendingSinceMs !== undefined;
      if (here !== undefined && isTaken) replaced(here, waits ? incident : undefined);
      if (decision !== undefined) this.#follow(decision, 'trigger');
      if (!decision?.notify && waits) waiting.push(incident);
    }
    for (const { webhookId, ...one } of inherited.flatMap(({ contributions }) => contributions)) {
      const channel = this.#channelOf(webhookId) ?? this.#channelFor(one);
      this.#follow(incidents().contribute(one, channel, clock.now()), one.action);
    }
    // The most urgent is the first in an empty lane, which sends at once what it is given.
    waiting.sort((a, b) => PRIORITY_RANK[a.priority] - PRIORITY_RANK[b.priority]);
    for (const incident of waiting) {
      if (!resumes && incident.fingerprint !== about) continue;
      const { reason, message: previous, pendingSinceMs = clock.now() } = incident;
      post({ notify: true, reason, incident, ...(previous === undefined ? {} : { previous }) }, pendingSinceMs);
    }
    for (const { settled } of inherited) void settled();
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

  /** Nothing moves any more. */
  #isSettled(): boolean {
    return this.#claims.isAtRest && this.#isQuiet;
  }

  #wakeIfIdle(): void {
    if (!this.#isSettled()) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
    if (this.isIdle) this.#deps.idle();
  }
}

/** A resolve carries no occurrences. */
function contributionOf(incident: Incident, action: 'trigger' | 'resolve'): Contribution {
  const { fingerprint, count, firstSeenMs, lastSeenMs, priority, alert } = incident;
  const counted = action === 'resolve' ? 0 : count;
  return { fingerprint, action, count: counted, firstMs: firstSeenMs, lastMs: lastSeenMs, priority, alert };
}
