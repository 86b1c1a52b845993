import type { Alert, RepeatCount } from './alert.ts';
import { alertChars, lightened } from './alert-size.ts';
import type { FlushResult } from './capture/capture-target.ts';
import type { PagerCounters } from './capture/protocol.ts';
import { type Clock, ClockWatch, steadyClock } from './clock.ts';
import type { ResolvedConfig } from './config/resolved-config.ts';
import { Delivery } from './delivery/delivery.ts';
import type { Notice } from './delivery/notice.ts';
import type { OpenThread } from './delivery/thread-opener.ts';
import type { WebhookClient } from './delivery/webhook-client.ts';
import { Diagnostics } from './diagnostics.ts';
import { DroppedRepeats } from './dropped-repeats.ts';
import { withGatedNames } from './gated-names.ts';
import { createDecider } from './pipeline/decide.ts';
import { keyFingerprint } from './pipeline/fingerprint.ts';
import type { Incident, MessageRef } from './pipeline/incident.ts';
import type { IncidentStore } from './pipeline/incident-store.ts';
import { createIncidentTable } from './pipeline/incident-table.ts';
import type { Redactor } from './pipeline/redact.ts';
import { createProcessorStage } from './redact-processors.ts';
import type { Renderer } from './render/render.ts';
import { createRenderer } from './render/renderer.ts';
import type { WebhookMessage } from './render/webhook-message.ts';
import { type Notifying, SharedIncidents } from './shared-incidents.ts';
import { titleOf } from './title.ts';

/** How often incidents are looked through for those that have become quiet. */
const SWEEP_INTERVAL_MS = 15_000;

/** An alert with more text than this is kept whole only until it is shown. */
const HEAVY_CHARS = 12_000;
/** Text of such alerts that may wait at a time; beyond it they are kept without the middle of their texts. */
const MAX_HEAVY_CHARS = 12_000_000;
/** Of the time for a flush, so much (or a tenth) is left for writing down what could not be sent. */
const SAVE_MARGIN_MS = 100;
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
  readonly store: IncidentStore;
  /** Opens a thread on the message of a P0. @default none is opened */
  readonly openThread?: OpenThread;
  /** @default 'service' */
  readonly role?: PagerRole;
  /** These alerts are decided: shown, counted or lost with a reason. */
  readonly settled: (ids: readonly string[]) => void;
  /** Counters have changed, or nothing waits any more. */
  readonly changed: () => void;
  readonly warn: (code: string, text: string) => void;
}

/**
 * `service`: takes over what ended processes have left, and shows what of it still waits. `command`: lives for one page; what others
 * have left stays for the next service, unless it is the very incident that the page is about. `single`: the same for a page without an
 * identity of its own; nothing of it is kept but what could not be sent.
 */
export type PagerRole = 'service' | 'command' | 'single';

/** The pager behind its thread's door. No method throws. */
export interface PagerCore {
  readonly delivery: Delivery;
  readonly renderer: Renderer;
  readonly redactor: Redactor;
  /** Takes over what ended processes have left. To be called once, before the first alert. */
  start(): Promise<void>;
  accept(alert: Alert): void;
  /** True when an incident with this key is known, here or to another process. */
  knows(dedupKey: string): Promise<boolean>;
  /** How often something was handed to the process that has the incident. */
  readonly forwarded: number;
  /** False when nobody knows the key any more. */
  repeat(repeat: RepeatCount): boolean;
  /** Repeat keys of alerts that were dropped since the last call: the next of each has to come in full, to be decided anew. */
  takeForgotten(): number[];
  /** @param isLast the process ends afterwards. */
  flush(timeoutMs: number, isLast?: boolean): Promise<FlushResult>;
  /** Sends nothing more. What waits is kept on disk, or counted as lost. */
  stop(): Promise<void>;
  /** Writes down what is not yet, blocking: for a thread that is about to end. */
  saveNow(): void;
  readonly isIdle: boolean;
  counters(): PagerCounters;
  readonly diagnostics: Diagnostics;
}

/**
 * Puts the pager together. The order, and why each stage stands where it stands:
 *
 * 1. redact, after what the operator's own processors change or drop: first, so that fingerprints, incident state, the spool and our own words never hold a raw value. What comes
 *    behind accepts only a `RedactedAlert`.
 * 2. route: before incidents, because what is not shown must not become an incident, and an incident keeps its channel.
 * 3. incidents: the one decision whether this is news. Everything up to here is synchronous.
 * 4. the store: what is new is written down, and claimed, so that of all processes that see it one posts it.
 * 5. outbox and lanes: what is news waits for its webhook's turn. The text is made when its turn has come (render), so that a
 *    message always shows the newest count, and what waits costs no text.
 * 6. second gate: looks at the finished payload once more, because a bug in front of it would be a leak.
 *
 * Results flow back as values: an incident counts as notified when Discord has accepted its message, not when it was decided; a
 * lost message takes that back.
 */
export function assemblePager(config: ResolvedConfig, deps: PagerDeps): PagerCore {
  const { clock, role = 'service' } = deps;
  const diagnostics = new Diagnostics();
  const clockWatch = new ClockWatch(clock);
  const table = createIncidentTable({
    put: (incident) => shared.changed(incident),
    deleted(incident) {
      if (incident.pendingSinceMs !== undefined) unkept.add(incident.id);
      shared.forgotten(incident);
    },
  });
  const steadyMs = (): number => clock.steadyMs();
  const decider = createDecider(config, {
    table,
    processors: createProcessorStage(config.redact.processors, { steadyMs, warn: deps.warn }),
    steadyMs,
    hasRestarted: ({ alert: { origin }, lastSeenMs }) =>
      deps.store.hasStartedSince(origin.service, origin.environment, lastSeenMs),
    newId: deps.newId,
    warn: deps.warn,
    maxIncidents: MAX_INCIDENTS,
  });
  const { incidents, redactor } = decider;
  const renderer = withGatedNames(createRenderer(config), gate);
  const droppedRepeats = new DroppedRepeats();
  /** Alerts that a waiting notice stands for. */
  const unsettled = new Map<string, string[]>();
  /** Incidents that were forgotten while a notice of them waits: that one is not on disk. */
  const unkept = new Set<string>();
  /** Incident id → characters of a heavy alert that waits to be shown in full. */
  const heavy = new Map<string, number>();
  let heavyChars = 0;
  const stopped = new AbortController();

  const settle = (incident: Incident, isDecided = true): void => {
    unkept.delete(incident.id);
    const chars = heavy.get(incident.id);
    if (chars !== undefined) {
      heavy.delete(incident.id);
      heavyChars -= chars;
      incident.alert = lightened(incident.alert);
    }
    const ids = unsettled.get(incident.id);
    if (ids === undefined) return;
    unsettled.delete(incident.id);
    if (isDecided) deps.settled(ids);
  };

  const shared = new SharedIncidents({
    store: deps.store,
    incidents: () => incidents,
    channels: config.channels,
    clock,
    resumes: role === 'service',
    post: (decision, capturedAtMs) => post(decision, capturedAtMs),
    queued: () => delivery.queued,
    touch: (incident) => delivery.touch(incident),
    follow: (followed) => delivery.follow(followed),
    replaced(incident, by) {
      const ids = unsettled.get(incident.id) ?? [];
      settle(incident, by === undefined);
      if (by === undefined) diagnostics.countSuppressed(ids.length);
      else unsettled.set(by.id, [...ids, ...(unsettled.get(by.id) ?? [])]);
    },
    requested: (webhookId, requests) => delivery.usedByOthers(webhookId, requests),
    idle: deps.changed,
    warn: deps.warn,
  });

  const delivery = new Delivery({
    channels: config.channels,
    client: deps.client,
    clock: steadyClock(clock),
    wallMs: () => clock.now(),
    random: deps.random,
    renderer,
    gate,
    editIntervalMs: config.editIntervalMs,
    events: {
      posted(notice, ref, shown) {
        const nowMs = clock.now();
        notice.incident.shown = shown;
        diagnostics.countPosted(nowMs - notice.capturedAtMs);
        incidents.notified(notice.incident, ref, nowMs, !delivery.isNewest(notice));
        settle(notice.incident);
        mirror(notice);
        openThreadFor(notice, ref);
        // What happened while the message was under way.
        delivery.touch(notice.incident);
        if (role === 'single') table.delete(notice.incident.fingerprint);
        deps.changed();
      },
      edited(incidents) {
        diagnostics.countEdited();
        for (const { incident, shown } of incidents) {
          // Of a digest most have not changed: they need not be written down again.
          if (incident.shown?.count === shown.count && incident.shown.state === shown.state) continue;
          incident.shown = shown;
          if (table.get(incident.fingerprint) === incident) shared.changed(incident);
        }
        deps.changed();
      },
      dropped(notice, reason) {
        // It is on disk, and the next process shows it.
        if (reason === 'shutdown' && isKept && !unkept.has(notice.incident.id)) {
          settle(notice.incident);
          return;
        }
        diagnostics.countDropped(reason);
        incidents.unnotified(notice.incident);
        settle(notice.incident);
        deps.changed();
      },
      requested: (webhookId, kind) => deps.store.noteRequest(webhookId, kind),
      idle: deps.changed,
      warn: deps.warn,
    },
  });

  function gate(message: WebhookMessage): WebhookMessage {
    const checked = redactor.gate(message);
    if (checked.withheld > 0)
      deps.warn('second_gate', `${checked.withheld} texts were withheld at the last look before sending`);
    return checked.message;
  }

  /** On a P0 in a text channel; in a forum it has a post of its own already. Of several in one message the first names it. */
  function openThreadFor({ incident, reason, priority }: Notice, ref: MessageRef | undefined): void {
    if (deps.openThread === undefined || priority !== 'P0' || reason === 'resolved') return;
    const webhook = [...config.channels.values()].find(({ id }) => id === ref?.webhookId);
    if (ref === undefined || webhook === undefined || ref.threadId !== undefined || (ref.position ?? 0) > 0) return;
    void deps.openThread(webhook.apiBase, ref, renderer.threadName([{ incident, reason }]));
  }

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

  function post({ incident, reason, previous }: Notifying, capturedAtMs: number): void {
    delivery.post({
      incident,
      reason,
      priority: incident.priority,
      ...(previous === undefined ? {} : { previous }),
      capturedAtMs,
      form: 'full',
    });
  }

  /** The time by which incidents are judged, once they know that the clock was set. */
  function judgedMs(): number {
    const setMs = clockWatch.takeSetMs();
    if (setMs !== 0) incidents.clockSet(setMs);
    return clock.now();
  }

  function accept(alert: Alert): void {
    const receivedAtMs = judgedMs();
    let wholeChars = 0;
    const decision = decider.decide(alert, receivedAtMs, (redacted) => {
      const chars = alertChars(redacted);
      if (chars <= HEAVY_CHARS) return redacted;
      if (heavyChars + chars > MAX_HEAVY_CHARS) return lightened(redacted);
      wholeChars = chars;
      return redacted;
    });
    if (decision === 'dropped') {
      diagnostics.countDropped('redaction_processor', alert.count);
      droppedRepeats.dropped(alert.repeatKey);
      deps.settled([alert.id]);
      return;
    }
    droppedRepeats.passed(alert.repeatKey);
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
      shared.notify(decision, receivedAtMs);
      return;
    }
    diagnostics.countSuppressed(alert.count);
    deps.settled([alert.id]);
    if (decision.reason === 'forwarded') shared.forward(decision.incident, alert.action);
    else if (decision.incident !== undefined) delivery.touch(decision.incident);
  }

  const sweepEveryMs = Math.min(SWEEP_INTERVAL_MS, Math.max(1_000, (config.resolveAfterMs ?? SWEEP_INTERVAL_MS) / 4));
  void (async () => {
    while (!stopped.signal.aborted) {
      await clock.sleep(sweepEveryMs, stopped.signal);
      if (stopped.signal.aborted) return;
      const { quiet, escalated } = incidents.sweep(judgedMs());
      for (const incident of quiet) delivery.touch(incident);
      for (const decision of escalated) shared.notify(decision, clock.now());
    }
  })();

  let flushedPosted = 0;
  let flushedDropped = 0;
  /** What waits at the end is on disk. */
  let isKept = false;

  return {
    delivery,
    renderer,
    redactor,
    diagnostics,
    async start() {
      if (role === 'service') await shared.start();
    },
    async knows(dedupKey) {
      const print = keyFingerprint(decider.keyOf(dedupKey));
      return table.get(print) !== undefined || (await deps.store.holder(print)) !== undefined;
    },
    get forwarded() {
      return shared.forwarded;
    },
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
    takeForgotten: () => droppedRepeats.takeUntold(),
    repeat(repeat) {
      if (droppedRepeats.has(repeat.repeatKey)) {
        diagnostics.countDropped('redaction_processor', repeat.count);
        return true;
      }
      const outcome = incidents.repeat(repeat, judgedMs());
      if (outcome.kind === 'unknown') return false;
      diagnostics.countSuppressed(repeat.count);
      if (outcome.kind === 'notify') shared.notify({ notify: true, ...outcome }, clock.now());
      else if (outcome.incident.owner !== undefined) shared.forward(outcome.incident, 'trigger');
      else delivery.touch(outcome.incident);
      return true;
    },
    async flush(timeoutMs, isLast = false) {
      const saveMs = Math.min(SAVE_MARGIN_MS, timeoutMs / 10);
      const untilMs = clock.steadyMs() + timeoutMs - saveMs;
      // Most have nothing to settle, and then not a turn of the loop is spent on it.
      const isOnDisk = isLast && deps.store.isDurable;
      const settled = shared.isIdle ? undefined : shared.settle(untilMs - clock.steadyMs(), isOnDisk);
      await delivery.flush(untilMs - clock.steadyMs(), isOnDisk, settled);
      const isSaved = await Promise.race([deps.store.flush(isLast), clock.sleep(saveMs).then(() => false)]);
      // A disk that is slow now will not be faster before the end.
      isKept = deps.store.isDurable && (isSaved || (isLast && deps.store.flushSync()));
      const result = {
        delivered: diagnostics.posted - flushedPosted,
        spooled: isKept ? delivery.queued + shared.waiting - unkept.size : 0,
        dropped: diagnostics.droppedTotal - flushedDropped,
      };
      flushedPosted = diagnostics.posted;
      flushedDropped = diagnostics.droppedTotal;
      return result;
    },
    async stop() {
      stopped.abort();
      await delivery.stop();
      await deps.store.close();
    },
    saveNow() {
      deps.store.flushSync();
    },
    get isIdle() {
      return delivery.isIdle && shared.isIdle;
    },
    counters: () => diagnostics.counters(delivery.queued + shared.waiting),
  };
}
