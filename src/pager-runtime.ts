import { randomInt } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { type BlockedPager, pageWhileBlocked } from './blocked-page.ts';
import { runBootCheck } from './boot-check.ts';
import type { FromPager, PagerStart, ToPager } from './capture/protocol.ts';
import { type Clock, systemClock } from './clock.ts';
import { captureFilterOf } from './config/capture-filter.ts';
import { loadConfig } from './config/load-config.ts';
import type { ResolvedConfig } from './config/resolved-config.ts';
import type { HttpTransport } from './delivery/http-transport.ts';
import { lateTransport } from './delivery/late-transport.ts';
import { createThreadOpener } from './delivery/thread-opener.ts';
import { createUndiciTransport } from './delivery/undici-transport.ts';
import { createWebhookClient } from './delivery/webhook-client.ts';
import { describeProblem } from './errors.ts';
import { MessageQueue } from './message-queue.ts';
import { assemblePager, type PagerCore, type PagerRole } from './pager.ts';
import type { IncidentStore } from './pipeline/incident-store.ts';
import { DirectoryIncidentStore } from './state/directory-incident-store.ts';
import { systemFiles } from './state/files.ts';
import { createMemoryIncidentStoreHub } from './state/memory-incident-store.ts';
import { systemProcessTable } from './state/process-identity.ts';
import { openStateDirectory, type StateDirectory } from './state/state-directory.ts';

/** Counters travel at most this often. */
const REPORT_INTERVAL_MS = 100;
/** A drain ends this long before the thread that waits for it gives up, or a tenth of the time. */
const DRAIN_MARGIN_MS = 150;
/** Under load it is said so often how far the pager has come. */
const PROGRESS_EVERY = 64;
/** What earlier processes have left is waited for so long. */
const MAX_START_MS = 1_000;

/** What the runtime is started with besides its orders. */
export interface RuntimeDeps {
  readonly emit: (message: FromPager) => void;
  readonly clock?: Clock;
  /** Instead of the network: a memory sink. */
  readonly transport?: HttpTransport;
  /** @default 'service' */
  readonly role?: PagerRole;
}

/** A running pager with its door open. */
export interface PagerRuntime {
  receive(message: ToPager): void;
  end(): Promise<void>;
  /** For commands that look into the pager they started. */
  readonly ready: Promise<{ readonly config: ResolvedConfig; readonly core: PagerCore | undefined }>;
  /** Writes down what is not yet, blocking: for a thread that is about to end. */
  saveNow(): void;
}

/**
 * The pager behind its door: reads the configuration, assembles, and then does what the messages say, in their order. Messages
 * that come before it is ready wait. Nothing is thrown; what goes wrong is a warning or a counter.
 */
export function startPagerRuntime(start: PagerStart, deps: RuntimeDeps): PagerRuntime {
  const { emit } = deps;
  const clock = deps.clock ?? systemClock;
  const startedMs = clock.now();
  const drained = new Int32Array(start.drained);
  const queue = new MessageQueue({ take: handle, passed: tookUp }, () => clock.steadyMs());
  const settledIds: string[] = [];
  let core: PagerCore | undefined;
  let state: StateDirectory | undefined;
  let blocked: BlockedPager | undefined;
  let lastSeq = 0;
  let toldIdleSeq = 0;
  let toldProgressSeq = 0;
  let toldVersion = 0;
  let reporting = false;

  const warn = (code: string, text: string): void => emit({ kind: 'warning', code, text });

  function progress(): void {
    if (toldProgressSeq === lastSeq) return;
    toldProgressSeq = lastSeq;
    emit({ kind: 'progress', seq: lastSeq });
  }

  function report(): void {
    progress();
    const forgotten = core?.takeForgotten() ?? [];
    if (forgotten.length > 0) emit({ kind: 'forget', repeatKeys: forgotten, isDropped: true });
    if (settledIds.length > 0) emit({ kind: 'settled', ids: settledIds.splice(0) });
    if (core !== undefined && core.diagnostics.version !== toldVersion) {
      toldVersion = core.diagnostics.version;
      emit({ kind: 'counters', counters: core.counters(), latenciesMs: core.diagnostics.takeLatencies() });
    }
    if (toldIdleSeq !== lastSeq && (core === undefined || core.isIdle)) {
      toldIdleSeq = lastSeq;
      emit({ kind: 'idle', seq: lastSeq });
    }
  }

  function reportSoon(): void {
    if (reporting) return;
    reporting = true;
    void clock.sleep(REPORT_INTERVAL_MS).then(() => {
      reporting = false;
      report();
    });
  }

  async function load(): Promise<{ config: ResolvedConfig; core: PagerCore | undefined }> {
    const config = await loadConfig({
      env: start.env,
      options: start.options,
      host: {
        ...(start.testRunner === undefined ? {} : { testRunner: start.testRunner }),
        platform: process.platform,
        homeDir: homedir(),
        hostname: hostname(),
        cwd: process.cwd(),
      },
    });
    if (config.enabled) {
      const transport = deps.transport ?? lateTransport(createUndiciTransport(start.env, warn));
      state = await openState(config);
      const opened = assemblePager(config, {
        clock,
        random: Math.random,
        newId: newIncidentId,
        client: createWebhookClient(transport, clock),
        store: await openStore(config, state),
        ...(config.botToken === undefined
          ? {}
          : { openThread: createThreadOpener({ transport, token: config.botToken, clock, warn }) }),
        ...(deps.role === undefined ? {} : { role: deps.role }),
        settled: (ids) => {
          settledIds.push(...ids);
          reportSoon();
        },
        changed: reportSoon,
        warn,
      });
      // Before the first alert: what it repeats may be there already. What a slow disk still holds comes as it comes.
      await Promise.race([opened.start(), clock.sleep(MAX_START_MS)]);
      core = opened;
      blocked = pageWhileBlocked(config, { clock, start, startedMs, accept: (alert) => core?.accept(alert) });
    }
    if (config.problems.length > 0) {
      const list = config.problems.map((problem) => `\n  - ${describeProblem(problem)}`).join('');
      const consequence = config.enabled ? 'the pager runs with what is valid' : 'the pager is OFF';
      warn('config', `${config.problems.length} problem(s) in the configuration, ${consequence}:${list}`);
    }
    emit({
      kind: 'ready',
      filter: captureFilterOf(config),
      exitTimeoutMs: config.exitTimeoutMs,
      problems: config.problems,
      ...(blocked === undefined ? {} : { beatEveryMs: blocked.beatEveryMs }),
    });
    return { config, core };
  }

  async function openState(config: ResolvedConfig): Promise<StateDirectory | undefined> {
    if (config.stateDir === undefined) return undefined;
    const opened = await openStateDirectory(config.stateDir);
    if (opened.ok) return opened.directory;
    warn('state_dir', `the state directory is not used (${opened.reason}); what must outlive a restart is forgotten`);
    return undefined;
  }

  async function openStore(config: ResolvedConfig, directory: StateDirectory | undefined): Promise<IncidentStore> {
    const webhookIds = [...new Set([...config.channels.values()].map(({ id }) => id))];
    const { name: service, environment } = config.service;
    const memberPrefix = `${process.pid}-${start.pager?.id ?? newIncidentId().toLowerCase()}-`;
    if (directory !== undefined) {
      try {
        return await DirectoryIncidentStore.open({
          path: directory.path,
          webhookIds,
          memberId: memberPrefix + (start.pager?.thread ?? 0),
          // Whatever else begins like this was a thread before this one.
          isPredecessor: (id) => id.startsWith(memberPrefix),
          service,
          environment,
          files: systemFiles,
          clock,
          processes: systemProcessTable(),
        });
      } catch {
        warn('state_dir', 'the state directory is not used (not_writable); what must outlive a restart is forgotten');
      }
    }
    return createMemoryIncidentStoreHub(() => clock.now()).open({
      webhookIds,
      service,
      environment,
      startedMs: clock.now(),
    });
  }

  function tookUp(seq: number): void {
    lastSeq = seq;
    if (lastSeq - toldProgressSeq >= PROGRESS_EVERY) progress();
  }

  function handle(message: ToPager, waitedMs: number): void {
    switch (message.kind) {
      case 'alert':
        // One that is taken up before its turn has not brought everything before it along.
        if (message.seq === lastSeq + 1) tookUp(message.seq);
        if (core === undefined) settledIds.push(message.alert.id);
        else core.accept(message.alert);
        break;
      case 'repeats': {
        tookUp(message.seq);
        const unknown = core === undefined ? [] : message.repeats.filter((repeat) => core?.repeat(repeat) === false);
        if (unknown.length > 0) {
          core?.diagnostics.countDropped('pager_crashed', unknown.length);
          emit({ kind: 'forget', repeatKeys: unknown.map(({ repeatKey }) => repeatKey) });
        }
        break;
      }
      case 'flush':
        void flush(message.timeoutMs - waitedMs, false).then((result) => {
          report();
          emit({ kind: 'flushed', id: message.id, result });
        });
        break;
      case 'shutdown':
        blocked?.stop();
        void flush(lastTimeout(message.timeoutMs, waitedMs), true).then(async (result) => {
          await core?.stop();
          report();
          emit({ kind: 'flushed', id: message.id, result });
        });
        break;
      case 'drain':
        blocked?.stop();
        void flush(lastTimeout(message.timeoutMs, waitedMs), true).then(() => {
          report();
          Atomics.add(drained, 0, 1);
          Atomics.notify(drained, 0);
        });
        break;
    }
    reportSoon();
  }

  function lastTimeout(timeoutMs: number, waitedMs: number): number {
    return timeoutMs - waitedMs - Math.min(DRAIN_MARGIN_MS, timeoutMs / 10);
  }

  async function flush(
    timeoutMs: number,
    isLast: boolean,
  ): Promise<{ delivered: number; spooled: number; dropped: number }> {
    return (await core?.flush(Math.max(0, timeoutMs), isLast)) ?? { delivered: 0, spooled: 0, dropped: 0 };
  }

  const ready = load().then(async (loaded) => {
    queue.start();
    if (loaded.core !== undefined && start.bootCheck) {
      void runBootCheck(loaded.config, { clock, delivery: loaded.core.delivery, state, warn }).catch(() =>
        warn('boot_check', 'the check at the start failed'),
      );
    }
    return loaded;
  });
  // A failure here is a bug of ours; the host hears of it as a dead pager. Its text may quote a value.
  ready.catch(() => {
    warn('start', 'the pager could not start; nothing is paged');
    emit({
      kind: 'ready',
      filter: { enabled: false, minPriority: 'P0', events: [], routes: [] },
      exitTimeoutMs: 0,
      problems: [],
    });
    queue.start();
  });

  return {
    ready,
    receive: (message) => queue.push(message),
    async end() {
      blocked?.stop();
      await core?.stop();
    },
    saveNow() {
      queue.takeAll();
      core?.saveNow();
    },
  };
}

/** Crockford's base 32: no letter that is taken for another when read out. https://www.crockford.com/base32.html */
const ID_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newIncidentId(): string {
  let id = '';
  for (let i = 0; i < 8; i++) id += ID_ALPHABET[randomInt(ID_ALPHABET.length)];
  return id;
}
