import { describe, expect, it } from 'vitest';
import type { FromPager, PagerPort, ToPager } from '../../src/capture/protocol.ts';
import { MAX_RESTARTS, MAX_UNSETTLED, RESTART_WINDOW_MS, SupervisedPort } from '../../src/capture/supervised-port.ts';
import { makeAlert } from '../support/alerts.ts';

interface Thread {
  readonly received: ToPager[];
  readonly say: (message: FromPager) => void;
  readonly die: () => void;
}

function setUp(): {
  port: SupervisedPort;
  threads: Thread[];
  told: { kind: string; lost: number }[];
  setNow: (nowMs: number) => void;
} {
  const threads: Thread[] = [];
  const told: { kind: string; lost: number }[] = [];
  let nowMs = 0;
  const start = (died: (reason: string) => void, message: (message: FromPager) => void): PagerPort => {
    const received: ToPager[] = [];
    threads.push({ received, say: message, die: () => died('out of memory') });
    return {
      post: (posted) => received.push(posted),
      pump() {},
      canBlock: true,
      drainBlocking: () => true,
      end: () => Promise.resolve(),
    };
  };
  const port = new SupervisedPort(
    start,
    {
      message() {},
      restarted: (_reason, lost) => told.push({ kind: 'restarted', lost }),
      gaveUp: (_reason, lost) => told.push({ kind: 'gave_up', lost }),
    },
    () => nowMs,
  );
  return { port, threads, told, setNow: (now) => (nowMs = now) };
}

const idsAt = (thread: Thread | undefined): string[] =>
  (thread?.received ?? []).flatMap((message) => (message.kind === 'alert' ? [message.alert.id] : []));

describe('a pager thread that dies', () => {
  it('is started again and handed what it had not settled', () => {
    const { port, threads, told } = setUp();
    for (const id of ['a', 'b', 'c']) port.alert(makeAlert({ id }));
    threads[0]?.say({ kind: 'settled', ids: ['b'] });
    threads[0]?.die();
    expect(idsAt(threads[1])).toEqual(['a', 'c']);
    expect(told).toEqual([{ kind: 'restarted', lost: 0 }]);
  });

  it('is not handed a third time what two threads died with', () => {
    const { port, threads, told } = setUp();
    port.alert(makeAlert({ id: 'deadly' }));
    threads[0]?.die();
    threads[1]?.die();
    expect(idsAt(threads[2])).toEqual([]);
    expect(told.map(({ lost }) => lost)).toEqual([0, 1]);
  });

  it('loses what is too much to be kept twice, and says how much that was', () => {
    const { port, threads, told } = setUp();
    const handedOver = MAX_UNSETTLED + 500;
    for (let i = 0; i < handedOver; i++) port.alert(makeAlert({ id: `alert ${i}` }));
    // 100 of those that are kept, and 200 of those that are not.
    threads[0]?.say({ kind: 'settled', ids: Array.from({ length: 300 }, (_, i) => `alert ${i + 300}`) });
    threads[0]?.die();
    expect(idsAt(threads[1])).toHaveLength(MAX_UNSETTLED - 100);
    expect(told).toEqual([{ kind: 'restarted', lost: 300 }]);
    expect(idsAt(threads[1]).length + 300 + 300).toBe(handedOver);
  });

  it('stays off after too many deaths, unless they are far apart', () => {
    const { port, threads, told, setNow } = setUp();
    for (let i = 0; i < MAX_RESTARTS; i++) threads.at(-1)?.die();
    setNow(RESTART_WINDOW_MS);
    threads.at(-1)?.die();
    expect(port.isRunning).toBe(true);
    for (let i = 0; i < MAX_RESTARTS - 1; i++) threads.at(-1)?.die();
    port.alert(makeAlert());
    threads.at(-1)?.die();
    expect(port.isRunning).toBe(false);
    expect(told.at(-1)).toEqual({ kind: 'gave_up', lost: 1 });
  });

  it('answers a flush that was asked of the dead one', () => {
    const { port, threads } = setUp();
    port.ask({ kind: 'flush', id: 1, timeoutMs: 100 });
    threads[0]?.die();
    expect(threads[1]?.received).toEqual([{ kind: 'flush', id: 1, timeoutMs: 100 }]);
  });
});
