import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/alert.ts';
import { pageWhileBlocked } from '../src/blocked-page.ts';
import { beatEveryMs, watchBlocked } from '../src/blocked-watch.ts';
import { AT_REST, Beat } from '../src/capture/beat.ts';
import { isInspected } from '../src/config/inspected.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { createDecider } from '../src/pipeline/decide.ts';
import { createIncidentTable } from '../src/pipeline/incident-table.ts';
import { HOST, webhook } from './config/config-input.ts';
import { ManualClock } from './support/manual-clock.ts';

const STARTED_MS = 1_700_000_000_000;

/** An application and what happens to it, in seconds. */
type Step =
  | readonly ['turns' | 'blocked' | 'process stopped', seconds: number]
  | readonly ['clock set', seconds: number]
  | readonly ['dying' | 'watch stopped'];

class Application {
  readonly clock = new ManualClock(STARTED_MS);
  readonly beats = new SharedArrayBuffer(4);
  readonly #word = new Int32Array(this.beats);
  readonly #everyMs: number;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  async live(steps: readonly Step[], stopWatch: () => void): Promise<void> {
    for (const [what, seconds = 0] of steps) {
      const endMs = this.clock.now() + seconds * 1_000;
      switch (what) {
        case 'turns':
          while (this.clock.now() < endMs) {
            Atomics.add(this.#word, 0, 1);
            await this.clock.advance(Math.min(this.#everyMs, endMs - this.clock.now()));
          }
          break;
        case 'blocked':
          await this.clock.advance(seconds * 1_000);
          break;
        // Nobody is woken meanwhile, the watch neither.
        case 'process stopped':
        case 'clock set':
          this.clock.set(endMs);
          break;
        case 'dying':
          Atomics.store(this.#word, 0, AT_REST);
          break;
        case 'watch stopped':
          stopWatch();
          break;
      }
    }
  }
}

describe('the watch', () => {
  async function watch(blockedAfterMs: number, steps: readonly Step[]): Promise<string[]> {
    const application = new Application(beatEveryMs(blockedAfterMs));
    const { clock, beats } = application;
    const told: string[] = [];
    const at = (): number => (clock.now() - STARTED_MS) / 1_000;
    const { stop } = watchBlocked({
      clock,
      beats,
      blockedAfterMs,
      startedMs: STARTED_MS,
      stillEveryMs: 60_000,
      blocked: (sinceMs) => told.push(`${at()}: blocked since ${(sinceMs - STARTED_MS) / 1_000}`),
      stillBlocked: () => told.push(`${at()}: still`),
      unblocked: () => told.push(`${at()}: unblocked`),
    });
    await application.live(steps, stop);
    stop();
    return told;
  }

  const cases: readonly (readonly [name: string, blockedAfterMs: number, steps: readonly Step[], told: string[]])[] = [
    ['a loop that turns', 10_000, [['turns', 600]], []],
    [
      'a block that is too short',
      10_000,
      [
        ['turns', 5],
        ['blocked', 9.9],
        ['turns', 60],
      ],
      [],
    ],
    [
      'a block, told while it lasts and when it ends',
      10_000,
      [
        ['turns', 5],
        ['blocked', 14],
        ['turns', 5],
      ],
      ['16: blocked since 5', '19.25: unblocked'],
    ],
    [
      'the shortest time',
      1_000,
      [
        ['turns', 5],
        ['blocked', 3],
        ['turns', 5],
      ],
      ['6.25: blocked since 5', '8.25: unblocked'],
    ],
    [
      'a start that takes long, from the start of the watch',
      10_000,
      [
        ['blocked', 15],
        ['turns', 5],
      ],
      ['11: blocked since 0', '15.25: unblocked'],
    ],
    [
      'a start that does not',
      10_000,
      [
        ['blocked', 9],
        ['turns', 60],
      ],
      [],
    ],
    [
      'a block without an end',
      10_000,
      [
        ['turns', 1],
        ['blocked', 200],
      ],
      ['12: blocked since 1', '72: still', '132: still', '192: still', '201: unblocked'],
    ],
    [
      'two blocks',
      1_000,
      [
        ['turns', 1],
        ['blocked', 2],
        ['turns', 1],
        ['blocked', 2],
        ['turns', 1],
      ],
      ['2.25: blocked since 1', '3.25: unblocked', '5.25: blocked since 4', '6.25: unblocked'],
    ],
    [
      'a process that was stopped',
      10_000,
      [
        ['turns', 5],
        ['process stopped', 3_600],
        ['turns', 60],
      ],
      [],
    ],
    [
      '… and beats only later again',
      10_000,
      [
        ['turns', 5],
        ['process stopped', 3_600],
        ['blocked', 9],
        ['turns', 60],
      ],
      [],
    ],
    [
      '… while it was blocked: measured from the time it was continued',
      10_000,
      [
        ['turns', 5],
        ['blocked', 8],
        ['process stopped', 60],
        ['blocked', 12],
        ['turns', 5],
      ],
      ['85: blocked since 74', '85.25: unblocked'],
    ],
    [
      '… when it had been told already: one block',
      10_000,
      [
        ['turns', 5],
        ['blocked', 12],
        ['process stopped', 30],
        ['blocked', 2],
        ['turns', 5],
      ],
      ['16: blocked since 5', '49.25: unblocked'],
    ],
    [
      'stopped again and again',
      10_000,
      [
        ['turns', 1],
        ['process stopped', 9],
        ['turns', 1],
        ['process stopped', 9],
        ['turns', 9],
      ],
      [],
    ],
    [
      'a clock that is set forward',
      10_000,
      [
        ['turns', 5],
        ['clock set', 7_200],
        ['turns', 60],
      ],
      [],
    ],
    [
      'a clock that is set back',
      10_000,
      [
        ['turns', 5],
        ['clock set', -7_200],
        ['turns', 60],
      ],
      [],
    ],
    ['a process that dies: it waits for its last pages', 1_000, [['turns', 5], ['dying'], ['blocked', 60]], []],
    [
      'a process that dies of it',
      1_000,
      [['turns', 5], ['blocked', 2], ['dying'], ['blocked', 60]],
      ['6.25: blocked since 5', '7.25: unblocked'],
    ],
    ['a watch that was stopped', 1_000, [['turns', 5], ['watch stopped'], ['blocked', 60]], []],
    [
      'a watch that is stopped during a block',
      1_000,
      [['turns', 5], ['blocked', 2], ['watch stopped'], ['blocked', 60], ['turns', 5]],
      ['6.25: blocked since 5', '7: unblocked'],
    ],
  ];

  it.each(cases)('%s', async (_name, blockedAfterMs, steps, told) => {
    expect(await watch(blockedAfterMs, steps)).toEqual(told);
  });

  it.each([
    [1_000, 250],
    [2_000, 500],
    [4_000, 1_000],
    [10_000, 1_000],
    [3_600_000, 1_000],
  ])('of %i ms wants a beat every %i ms', (blockedAfterMs, everyMs) => {
    expect(beatEveryMs(blockedAfterMs)).toBe(everyMs);
  });
});

describe('the page', () => {
  async function block(
    seconds: number,
    env: Record<string, string> = {},
  ): Promise<{ alerts: Alert[]; decided: string[] }> {
    const config = await loadConfig({
      env: { DISCORD_PAGER_WEBHOOK_URL: webhook(), DISCORD_PAGER_ENABLED: 'true', OTEL_SERVICE_NAME: 'shop', ...env },
      host: HOST,
    });
    const decider = createDecider(config, {
      table: createIncidentTable(),
      newId: () => 'INCIDENT',
      processors: { process: (alert) => alert, withheld: 0 },
      warn: () => undefined,
    });
    const application = new Application(1_000);
    const { clock, beats } = application;
    const alerts: Alert[] = [];
    const decided: string[] = [];
    const pager = pageWhileBlocked(config, {
      clock,
      start: { beats },
      startedMs: STARTED_MS,
      accept(alert) {
        alerts.push(alert);
        const decision = decider.decide(alert, clock.now());
        if (typeof decision === 'string') decided.push(decision);
        else {
          const { channel = '', state = '', count = 0 } = decision.incident ?? {};
          decided.push([decision.reason, channel, state, `×${count}`].join(' '));
          if (decision.notify) decider.incidents.notified(decision.incident, undefined, clock.now());
        }
        for (const quiet of decider.incidents.sweep(clock.now()).quiet) decided.push(`quiet ${quiet.id}`);
      },
    });
    await application.live(
      [
        ['turns', 5],
        ['blocked', seconds],
        ['turns', 2],
      ],
      () => undefined,
    );
    pager?.stop();
    return { alerts, decided };
  }

  it('says what it means, since when and where', async () => {
    const { alerts, decided } = await block(14);
    expect(alerts).toEqual([
      expect.objectContaining({
        action: 'trigger',
        priority: 'P1',
        title: 'Event loop blocked for 10 s',
        message: expect.stringContaining('no request is answered'),
        timestampMs: STARTED_MS + 5_000,
        dedupKey: 'blocked:shop:host-1',
        fields: { 'Process id': String(process.pid), 'Blocked since': new Date(STARTED_MS + 5_000).toISOString() },
        origin: { event: 'event_loop.blocked' },
        count: 1,
      }),
      expect.objectContaining({ action: 'resolve', dedupKey: 'blocked:shop:host-1', timestampMs: STARTED_MS + 19_250 }),
    ]);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(2);
    expect(decided).toEqual(['first default firing ×1', 'resolved default resolved ×1']);
  });

  it('does not become quiet while it lasts, is counted once, and pings again when that is due', async () => {
    const { decided } = await block(3_700);
    expect(decided.filter((one) => one.startsWith('quiet'))).toEqual([]);
    expect(decided[0]).toBe('first default firing ×1');
    expect(decided.at(-1)).toBe('resolved default resolved ×1');
    expect(decided.filter((one) => one.startsWith('repeat_interval'))).toEqual(['repeat_interval default firing ×1']);
  });

  it('goes by the threshold and by the routes', async () => {
    expect((await block(14, { DISCORD_PAGER_MIN_PRIORITY: 'P0' })).decided).toEqual(['not_shown', 'not_shown']);
    const routed = await block(14, { DISCORD_PAGER_WEBHOOK_P1: webhook(2) });
    expect(routed.decided).toEqual(['first p1 firing ×1', 'resolved p1 resolved ×1']);
  });

  it.each([
    ['10s', '10 s'],
    ['90s', '1 min'],
    ['1h', '1 h'],
  ])('names the time that was configured: %s', async (after, words) => {
    const { alerts } = await block(4_000, { DISCORD_PAGER_BLOCKED_AFTER: after });
    expect(alerts[0]?.title).toBe(`Event loop blocked for ${words}`);
  });

  it('is not there when it is off', async () => {
    expect((await block(60, { DISCORD_PAGER_BLOCKED_AFTER: 'off' })).alerts).toEqual([]);
  });
});

describe('the beat', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const countOf = (beat: Beat): number => Atomics.load(new Int32Array(beat.buffer), 0);

  it('counts at once and then at its times, with one timer however often it is started', () => {
    const beat = new Beat();
    expect(countOf(beat)).toBe(0);
    beat.start(1_000);
    expect(countOf(beat)).toBe(1);
    vi.advanceTimersByTime(5_000);
    expect(countOf(beat)).toBe(6);
    beat.start(500);
    vi.advanceTimersByTime(1_000);
    expect(countOf(beat)).toBe(9);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('begins anew where a word is full', () => {
    const beat = new Beat();
    Atomics.store(new Int32Array(beat.buffer), 0, 2 ** 31 - 1);
    beat.start(1_000);
    expect(countOf(beat)).toBe(1);
  });

  it('ends for good', () => {
    const beat = new Beat();
    beat.start(1_000);
    beat.end();
    beat.start(1_000);
    expect(countOf(beat)).toBe(AT_REST);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a debugger', () => {
  it.each([
    [['--inspect'], {}, true],
    [['--inspect-brk=127.0.0.1:0'], {}, true],
    [['--import', './otel.mjs', '--inspect-wait'], {}, true],
    [[], { NODE_OPTIONS: '--max-old-space-size=512 --inspect=0' }, true],
    [[], { NODE_OPTIONS: '"--inspect-brk"' }, true],
    [[], { VSCODE_INSPECTOR_OPTIONS: '{"autoAttachMode":"always"}' }, true],
    [['--inspect-port=9230'], {}, false],
    [['--import', './otel.mjs'], { NODE_OPTIONS: '--inspect-publish-uid=http' }, false],
    [['--require', './my--inspect.js'], { NODE_OPTIONS: '' }, false],
    [[], {}, false],
  ] as const)('%j %j: %s', (execArgv, env, expected) => {
    expect(isInspected(execArgv, env)).toBe(expected);
  });
});
