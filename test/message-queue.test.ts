import { describe, expect, it } from 'vitest';
import type { ToPager } from '../src/capture/protocol.ts';
import { MessageQueue } from '../src/message-queue.ts';
import type { Priority } from '../src/priority.ts';
import { makeAlert } from './support/alerts.ts';
import { settle } from './support/manual-clock.ts';

function bench(costMs = 0): { queue: MessageQueue; taken: string[]; now: () => number; pass: (ms: number) => void } {
  let nowMs = 0;
  const taken: string[] = [];
  const queue = new MessageQueue(
    {
      take(message, waitedMs) {
        nowMs += costMs;
        taken.push(message.kind === 'alert' ? `${message.alert.message}` : `${message.kind} ${waitedMs}`);
      },
      passed: (seq) => taken.push(`passed ${seq}`),
    },
    () => nowMs,
  );
  return {
    queue,
    taken,
    now: () => nowMs,
    pass(ms) {
      nowMs += ms;
    },
  };
}

const alert = (seq: number, priority: Priority = 'P1', action: 'trigger' | 'resolve' = 'trigger'): ToPager => ({
  kind: 'alert',
  seq,
  alert: makeAlert({ message: `${priority} ${seq}`, priority, action }),
});

describe('what came through the pager’s door', () => {
  it('waits until the pager is ready, and is then taken up in its order, a P0 first', async () => {
    const { queue, taken, pass } = bench();
    for (const message of [alert(1), alert(2), alert(3, 'P0'), alert(4)]) queue.push(message);
    queue.push({ kind: 'flush', id: 1, timeoutMs: 1_000 });
    await settle();
    expect(taken).toEqual([]);
    pass(300);
    queue.start();
    expect(taken).toEqual(['P0 3', 'P1 1', 'P1 2', 'passed 3', 'P1 4', 'flush 300']);
  });

  it('is taken up in slices, so that a P0 that comes meanwhile is next', async () => {
    const { queue, taken } = bench(3);
    queue.start();
    for (let seq = 1; seq <= 9; seq++) queue.push(alert(seq));
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual(['P1 1', 'P1 2', 'P1 3']);
    queue.push(alert(10, 'P0'));
    await settle();
    await settle();
    expect(taken.slice(3, 5)).toEqual(['P0 10', 'P1 4']);
    expect(taken.at(-1)).toBe('passed 10');
    expect(taken).toHaveLength(11);
  });

  it('does not let a resolve overtake what it resolves', () => {
    const { queue, taken } = bench();
    queue.push(alert(1, 'P0'));
    queue.push(alert(2, 'P0', 'resolve'));
    queue.push(alert(3, 'P1'));
    queue.start();
    expect(taken).toEqual(['P0 1', 'passed 1', 'P0 2', 'P1 3']);
  });

  it('is all taken up at once at the very end', () => {
    const { queue, taken } = bench(100);
    queue.start();
    for (let seq = 1; seq <= 50; seq++) queue.push(alert(seq));
    queue.takeAll();
    expect(taken).toHaveLength(50);
  });
});
