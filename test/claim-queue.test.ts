import { beforeEach, describe, expect, it } from 'vitest';
import { ClaimQueue } from '../src/claim-queue.ts';
import { settle } from './support/manual-clock.ts';

let asked: string[];
let answer: Map<string, () => void>;
let hasEnough: boolean;
let rests: number;
let queue: ClaimQueue<string>;

beforeEach(() => {
  asked = [];
  answer = new Map();
  hasEnough = false;
  rests = 0;
  queue = new ClaimQueue<string>({
    claim: (name) => {
      asked.push(name);
      return new Promise((resolve) => answer.set(name, resolve));
    },
    hasEnough: () => hasEnough,
    rests: () => {
      rests++;
    },
  });
});

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);
async function answerAll(): Promise<void> {
  while (answer.size > 0) {
    for (const [name, done] of answer) {
      answer.delete(name);
      done();
    }
    await settle();
  }
}

describe('first notices that wait for their claim', () => {
  it('are asked for in their order, sixteen at a time', async () => {
    for (const name of names(40)) queue.add(name, false);
    expect(asked).toEqual(names(16));
    answer.get('n3')?.();
    await settle();
    expect(asked).toEqual(names(17));
    await answerAll();
    expect(asked).toEqual(names(40));
    expect([rests, queue.isAtRest]).toEqual([1, true]);
  });

  it('wait for no other when they are urgent, or become it', () => {
    for (const name of names(40)) queue.add(name, false);
    queue.add('fatal', true);
    queue.hasten('n30');
    queue.hasten('n2');
    expect(asked).toEqual([...names(16), 'fatal', 'n30']);
  });

  it('are asked for until there is enough when the process ends; then only what is urgent', async () => {
    for (const name of names(40)) queue.add(name, false);
    queue.end();
    answer.get('n0')?.();
    await settle();
    expect(asked).toHaveLength(17);
    hasEnough = true;
    answer.delete('n0');
    await answerAll();
    expect(asked).toHaveLength(17);
    expect([rests, queue.isAtRest]).toEqual([1, true]);
    // What is sent meanwhile makes no room: nobody waits any more.
    hasEnough = false;
    queue.add('late', false);
    queue.add('fatal', true);
    await answerAll();
    expect(asked.slice(17)).toEqual(['fatal']);
  });
});
