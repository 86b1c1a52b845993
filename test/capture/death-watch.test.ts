import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeathWatch, type DeathWitness, type WatchedProcess } from '../../src/capture/death-watch.ts';

class FakeProcess extends EventEmitter {
  pid = 4711;
  readonly platform = 'linux';
  readonly ends: string[] = [];
  kill(_pid: number, signal: string): true {
    this.ends.push(signal);
    // As the kernel does: a listener that is left is called, else it is the end.
    if (this.listenerCount(signal) > 0) this.emit(signal, signal);
    else this.ends.push('dead');
    return true;
  }
  exit(code: number): never {
    this.ends.push(`exit ${code}`);
    return undefined as never;
  }
}

let fake: FakeProcess;
let told: string[];
let watch: DeathWatch;

const witness: DeathWitness = {
  crashed: (error, fatal) => told.push(`${fatal ? 'fatal' : 'survived'} ${(error as Error).message}`),
  dying: () => told.push('dying'),
  finishing: () => told.push('finishing'),
};

function newWatch(): DeathWatch {
  return new DeathWatch(fake as unknown as WatchedProcess, { signals: true });
}

beforeEach(() => {
  fake = new FakeProcess();
  told = [];
  watch = newWatch();
  watch.add(witness);
});

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a signal', () => {
  it('that nobody else wants: drained, then raised again', () => {
    fake.emit('SIGTERM', 'SIGTERM');
    expect(told).toEqual(['dying']);
    expect(fake.ends).toEqual(['SIGTERM', 'dead']);
  });

  it('that the application handles is left to it, the next one too', async () => {
    const seen: string[] = [];
    fake.on('SIGTERM', () => seen.push('application'));
    for (let i = 0; i < 2; i++) {
      fake.emit('SIGTERM', 'SIGTERM');
      await nextTurn();
    }
    expect(seen).toHaveLength(2);
    expect([told, fake.ends]).toEqual([[], []]);
    fake.removeAllListeners('SIGTERM');
    expect(fake.listenerCount('SIGTERM')).toBe(0);
  });

  it('as process 1 ends with 128 + n, where a raised signal would be ignored', () => {
    fake.pid = 1;
    fake.emit('SIGINT', 'SIGINT');
    expect(fake.ends).toEqual(['exit 130']);
  });

  it('is swallowed by no two copies of this package', () => {
    newWatch().add(witness);
    fake.emit('SIGTERM', 'SIGTERM');
    expect(fake.ends).toContain('dead');
    expect(told).toContain('dying');
  });

  it.each(['before', 'after'])('is not swallowed between us and signal-exit, loaded %s us', (order) => {
    const emitter = { count: 1 };
    Object.assign(fake, { __signal_exit_emitter__: emitter });
    // What signal-exit does, in short.
    const polite = (): void => {
      if (fake.listenerCount('SIGTERM') !== emitter.count) return;
      fake.off('SIGTERM', polite);
      told.push('signal-exit');
      fake.kill(4711, 'SIGTERM');
    };
    if (order === 'before') fake.prependListener('SIGTERM', polite);
    else fake.on('SIGTERM', polite);
    fake.emit('SIGTERM', 'SIGTERM');
    expect(fake.ends.at(-1)).toBe('dead');
    expect(told).toContain('dying');
  });
});

describe('a rejection', () => {
  it('is listened for only beside a listener of the application', async () => {
    expect(fake.listenerCount('unhandledRejection')).toBe(0);
    const own = (): void => {};
    fake.on('unhandledRejection', own);
    await nextTurn();
    expect(fake.listenerCount('unhandledRejection')).toBe(2);
    fake.emit('unhandledRejection', new Error('r'));
    expect(told).toEqual(['survived r']);
    fake.off('unhandledRejection', own);
    await nextTurn();
    expect(fake.listenerCount('unhandledRejection')).toBe(0);
  });
});

it('leaves nothing behind with its last witness', async () => {
  fake.on('unhandledRejection', () => {});
  await nextTurn();
  watch.remove(witness);
  expect(fake.eventNames()).toEqual(['unhandledRejection']);
  expect(fake.listenerCount('unhandledRejection')).toBe(1);
});
