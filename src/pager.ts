import type { Alert, RepeatCount } from './alert.ts';
import { alertChars, lightened } from './alert-size.ts';
import type { FlushResult } from './capture/capture-target.ts';
import type { PagerCounters } from './capture/protocol.ts';
import type { Clock } from './clock.ts';
import type { ResolvedConfig } from './config/resolved-config.ts';
import { Delivery } from './delivery/delivery.ts';
import type { Notice } from './delivery/notice.ts';
import type { WebhookClient } from './delivery/webhook-client.ts';
import { Diagnostics } from './diagnostics.ts';
import { createDecider } from './pipeline/decide.ts';
import type { Incident, MessageRef, NotifyReason } from './pipeline/incident.ts';
import { createMemoryIncidentStore } from './pipeline/incident-store.ts';
import type { Redactor } from './pipeline/redact.ts';
import type { Renderer } from './render/render.ts';
import { createRenderer } from './render/renderer.ts';
import { titleOf } from './title.ts';

/** How often incidents are looked through for those that have become quiet. */
const SWEEP_INTERVAL_MS = 15_000;

/** An alert with more text than this is kept whole only until it is shown. */
const HEAVY_CHARS = 12_000;
/** Text of such alerts that may wait at a time; beyond it they are kept without the middle of their texts. */
const MAX_HEAVY_CHARS = 12_000_000;
/** With the text of an alert cut to what a message shows, all incidents together stay below some 70 MB at worst. */
export const MAX_INCIDENTS = 3_000;

/** What the assembled pager needs of the world. */
export interface PagerDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** A new incident id: 8 characters that a person can read out. */
  readonly newId: () => string;
  readonly client: WebhookClient;
  /** These alerts are decided: shown, counted or lost with a reason. */
  readonly settled: (ids: readonly string[]) => void;
  /** Counters have changed, or nothing waits any more. */
  readonly changed: () => void;
  readonly warn: (code: string, text: string) => void;
}

/** The pager behind its thread's door. No method throws. */
export interface PagerCore {
  readonly delivery: Delivery;
  readonly renderer: Renderer;
  readonly redactor: Redactor;
  accept(alert: Alert): void;
  /** False when nobody knows the key any more. */
  repeat(repeat: RepeatCount): boolean;
  flush(timeoutMs: number): Promise<FlushResult>;
  /** Sends nothing more and counts what waits as lost. */
  stop(): Promise<void>;
  readonly isIdle: boolean;
  counters(): PagerCounters;
  readonly diagnostics: Diagnostics;
}

/**
 * Puts the pager together. The order, and why each stage stands where it stands:
 *
 * 1. redact: first, so that fingerprints, incident state, the spool and our own words never hold a raw value. What comes
 *    behind accepts only a `RedactedAlert`.
 * 2. route: before incidents, because what is not shown must not become an incident, and an incident keeps its channel.
 * 3. incidents: the one decision whether this is news. Everything up to here is synchronous.
 * 4. outbox and lanes: what is news waits for its webhook's turn. The text is made when its turn has come (render), so that a
 *    message always shows the newest count, and what waits costs no text.
 * 5. second gate: looks at the finished payload once more, because a bug in front of it would be a leak.
 *
 * Results flow back as values: an incident counts as notified when Discord has accepted its message, not when it was decided; a
 * lost message takes that back.
 */
export function assemblePager(config: ResolvedConfig, deps: PagerDeps): PagerCore {
  const { clock } = deps;
  const diagnostics = new Diagnostics();
  const decider = createDecider(config, {
    store: createMemoryIncidentStore(),
    newId: deps.newId,
    warn: deps.warn,
    maxIncidents: MAX_INCIDENTS,
  });
  const { incidents, redactor } = decider;
  const renderer = createRenderer(config);
  /** Alerts that a waiting notice stands for. */
  const unsettled = new Map<string, string[]>();
  /** Incident id → characters of a heavy alert that waits to be shown in full. */
  const heavy = new Map<string, number>();
  let heavyChars = 0;
  const stopped = new AbortController();

  const settle = (incident: Incident): void => {
    const chars = heavy.get(incident.id);
    if (chars !== undefined) {
      heavy.delete(incident.id);
      heavyChars -= chars;
      incident.alert = lightened(incident.alert);
    }
    const ids = unsettled.get(incident.id);
    if (ids === undefined) return;
    unsettled.delete(incident.id);
    deps.settled(ids);
  };

  const delivery = new Delivery({
    channels: config.channels,
    client: deps.client,
    clock,
    random: deps.random,
    renderer,
    gate(message) {
      const checked = redactor.gate(message);
      if (checked.withheld > 0)
        deps.warn('second_gate', `${checked.withheld} texts were withheld at the last look before sending`);
      return checked.message;
    },
    editIntervalMs: config.editIntervalMs,
    events: {
      posted(notice, ref) {
        const nowMs = clock.now();
        diagnostics.countPosted(nowMs - notice.capturedAtMs);
        incidents.notified(notice.incident, ref, nowMs);
        settle(notice.incident);
        mirror(notice);
        // What happened while the message was under way.
        delivery.touch(notice.incident);
        deps.changed();
      },
      edited() {
        diagnostics.countEdited();
        deps.changed();
      },
      dropped(notice, reason) {
        diagnostics.countDropped(reason);
        incidents.unnotified(notice.incident);
        settle(notice.incident);
        deps.changed();
      },
      idle: deps.changed,
      warn: deps.warn,
    },
  });

  function mirror({ incident, reason, priority }: Notice): void {
    const { service } = incident.alert.origin;
    delivery.audit({
      atMs: clock.now(),
      priority,
      reason,
      channel: incident.channel,
      ...(service === undefined ? {} : { service }),
      title: titleOf(incident.alert),
      incidentId: incident.id,
    });
  }

  function notify(
    incident: Incident,
    reason: NotifyReason,
    previous: MessageRef | undefined,
    capturedAtMs: number,
  ): void {
    delivery.post({
      incident,
      reason,
      priority: incident.priority,
      ...(previous === undefined ? {} : { previous }),
      enqueuedAtMs: clock.now(),
      capturedAtMs,
      form: 'full',
    });
  }

  function accept(alert: Alert): void {
    const receivedAtMs = clock.now();
    let wholeChars = 0;
    const decision = decider.decide(alert, receivedAtMs, (redacted) => {
      const chars = alertChars(redacted);
      if (chars <= HEAVY_CHARS) return redacted;
      if (heavyChars + chars > MAX_HEAVY_CHARS) return lightened(redacted);
      wholeChars = chars;
      return redacted;
    });
    if (decision === 'not_shown') {
      diagnostics.countSuppressed(alert.count);
      deps.settled([alert.id]);
      return;
    }
    if (decision.notify) {
      if (wholeChars > 0) {
        heavyChars += wholeChars - (heavy.get(decision.incident.id) ?? 0);
        heavy.set(decision.incident.id, wholeChars);
      }
      const ids = unsettled.get(decision.incident.id);
      if (ids === undefined) unsettled.set(decision.incident.id, [alert.id]);
      else ids.push(alert.id);
      notify(decision.incident, decision.reason, decision.previous, receivedAtMs);
      return;
    }
    diagnostics.countSuppressed(alert.count);
    deps.settled([alert.id]);
    if (decision.incident !== undefined) delivery.touch(decision.incident);
  }

  const sweepEveryMs = Math.min(SWEEP_INTERVAL_MS, Math.max(1_000, (config.resolveAfterMs ?? SWEEP_INTERVAL_MS) / 4));
  void (async () => {
    while (!stopped.signal.aborted) {
      await clock.sleep(sweepEveryMs, stopped.signal);
      if (!stopped.signal.aborted) for (const incident of incidents.sweep(clock.now())) delivery.touch(incident);
    }
  })();

  let flushedPosted = 0;
  let flushedDropped = 0;

  return {
    delivery,
    renderer,
    redactor,
    diagnostics,
    accept(alert) {
      try {
        accept(alert);
      } catch {
        // The error's own text may quote the alert, so it is not shown.
        diagnostics.countDropped('invalid');
        deps.warn('alert_failed', 'an alert could not be processed and was dropped');
        deps.settled([alert.id]);
      }
    },
    repeat(repeat) {
      const outcome = incidents.repeat(repeat, clock.now());
      if (outcome.kind === 'unknown') return false;
      diagnostics.countSuppressed(repeat.count);
      if (outcome.kind === 'notify') notify(outcome.incident, outcome.reason, outcome.previous, clock.now());
      else delivery.touch(outcome.incident);
      return true;
    },
    async flush(timeoutMs) {
      await delivery.flush(timeoutMs);
      const result = {
        delivered: diagnostics.posted - flushedPosted,
        spooled: 0,
        dropped: diagnostics.droppedTotal - flushedDropped,
      };
      flushedPosted = diagnostics.posted;
      flushedDropped = diagnostics.droppedTotal;
      return result;
    },
    async stop() {
      stopped.abort();
      await delivery.stop();
    },
    get isIdle() {
      return delivery.isIdle;
    },
    counters: () => diagnostics.counters(delivery.queued),
  };
}
