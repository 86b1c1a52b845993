import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertSource, RepeatCount } from '../../src/alert.ts';
import type { ObserveVerdict, Occurrence } from '../../src/capture/capture-target.ts';
import { hashTexts } from '../../src/capture/identity-hash.ts';
import type { PagerMarks } from '../../src/capture/pager-attributes.ts';
import {
  createRepeatCounter,
  type RepeatCounter,
  type RepeatCounterOptions,
} from '../../src/capture/repeat-counter.ts';

const START = 1_750_000_000_000;

class Bench {
  nowMs = START;
  readonly counter: RepeatCounter;
  /** What the pager would have counted. */
  handedOver = 0;
  drained: RepeatCount[] = [];

  constructor(options: Partial<RepeatCounterOptions> = {}) {
    this.counter = createRepeatCounter({ now: () => this.nowMs, seed: 7, ...options });
  }

  see(given: Partial<Occurrence> | string = {}): ObserveVerdict {
    const { identity = ['error', 'boom', 'frames'], ...rest } =
      typeof given === 'string' ? { identity: [given] } : given;
    const verdict = this.counter.observe({ source: 'log', timestampMs: this.nowMs, priority: 'P1', identity, ...rest });
    if (verdict.kind === 'new') this.handedOver += verdict.count;
    return verdict;
  }

  kinds(...given: (Partial<Occurrence> | string)[]): string[] {
    return given.map((one) => {
      const verdict = this.see(one);
      return verdict.kind === 'new' ? `new ${verdict.count}` : verdict.kind;
    });
  }

  drain(): RepeatCount[] {
    const repeats = this.counter.drain();
    this.drained.push(...repeats);
    return repeats;
  }

  get total(): number {
    return this.handedOver + this.drained.reduce((sum, repeat) => sum + repeat.count, 0);
  }
}

const keyOf = (verdict: ObserveVerdict): number => {
  if (verdict.kind !== 'new') throw new Error(`expected a new alert, got ${verdict.kind}`);
  return verdict.repeatKey;
};

describe('repeats', () => {
  it('are counted with their first and last time', () => {
    const bench = new Bench();
    const repeatKey = keyOf(bench.see());
    expect(bench.counter.hasPending()).toBe(false);
    bench.nowMs += 1_000;
    bench.see();
    bench.nowMs += 500;
    bench.see();
    bench.see({ timestampMs: START + 10 });
    expect(bench.counter.hasPending()).toBe(true);
    expect(bench.drain()).toEqual([{ repeatKey, count: 3, firstMs: START + 10, lastMs: START + 1_500 }]);
    expect(bench.drain()).toEqual([]);
    expect(bench.counter.hasPending()).toBe(false);
  });

  it.each<readonly [string, Partial<Occurrence>, Partial<Occurrence>]>([
    ['message', { identity: ['error', 'a', 'f'] }, { identity: ['error', 'b', 'f'] }],
    ['frames', { identity: ['error', 'a', 'f'] }, { identity: ['error', 'a', 'g'] }],
    ['where one text ends and the next begins', { identity: ['ab', 'c'] }, { identity: ['a', 'bc'] }],
    ['nothing and an empty text', { identity: [undefined] }, { identity: [''] }],
    ['causes', { causes: 'refused' }, { causes: 'timeout' }],
    ['channel', { marks: { channel: 'a' } }, { marks: { channel: 'b' } }],
    ['title', { marks: { title: 'a' } }, {}],
    ['dedup key', { marks: { dedupKey: 'a' } }, { marks: { dedupKey: 'b' } }],
    ['outcome', { marks: { outcome: 'success' } }, { marks: { outcome: 'failure' } }],
    ['runbook', { marks: { runbookUrl: 'https://a' } }, { marks: {} }],
    ['a resolve', {}, { marks: { action: 'resolve' } }],
  ])('differ by %s', (_name, a, b) => {
    const bench = new Bench();
    expect(keyOf(bench.see(a))).not.toBe(keyOf(bench.see(b)));
  });

  it('do not differ by source, priority or what merely repeats the default', () => {
    const bench = new Bench();
    expect(
      bench.kinds(
        {},
        { source: 'pino' },
        { priority: 'P3' },
        { marks: { priority: 'P1' } },
        { marks: { action: 'trigger' } },
      ),
    ).toEqual(['new 1', 'counted', 'counted', 'counted', 'counted']);
  });

  it('that are more urgent are handed over', () => {
    const bench = new Bench();
    expect(
      bench.kinds({ priority: 'P2' }, { priority: 'P1' }, { priority: 'P2' }, { priority: 'P1' }, { priority: 'P0' }),
    ).toEqual(['new 1', 'new 1', 'counted', 'counted', 'new 1']);
  });

  it('are handed over in full again when the time is up, under the same key', () => {
    const bench = new Bench({ ttlMs: 60_000 });
    const key = keyOf(bench.see());
    for (let i = 0; i < 59; i++) {
      bench.nowMs += 1_000;
      expect(bench.see().kind).toBe('counted');
    }
    bench.nowMs += 1_000;
    expect(keyOf(bench.see())).toBe(key);
    bench.drain();
    expect(bench.total).toBe(61);
  });

  it('of a key that the pager forgot wait for the next full alert', () => {
    const bench = new Bench();
    const key = keyOf(bench.see());
    bench.see();
    bench.counter.forget([key, 12345]);
    expect(bench.counter.hasPending()).toBe(false);
    expect(bench.drain()).toEqual([]);
    expect(keyOf(bench.see())).toBe(key);
    expect(bench.drain()).toMatchObject([{ repeatKey: key, count: 1 }]);
    expect(bench.total).toBe(3);
  });

  it('start anew after clear, and nothing counted is lost', () => {
    const bench = new Bench();
    bench.kinds('a', 'a', { traceId: 't' });
    bench.counter.clear();
    expect(bench.counter.hasPagedTrace('t')).toBe(false);
    expect(bench.kinds('a', 'a')).toEqual(['new 1', 'counted']);
    bench.drain();
    expect(bench.total).toBe(5);
  });

  it('keys depend on the seed', () => {
    expect(keyOf(new Bench({ seed: 1 }).see())).not.toBe(keyOf(new Bench({ seed: 2 }).see()));
    expect(keyOf(new Bench({ seed: 1 }).see())).not.toBe(keyOf(new Bench({ seed: 1 + 2 ** 32 }).see()));
  });
});

describe('bounds', () => {
  it('the least recently seen key is forgotten first', () => {
    const bench = new Bench({ maxEntries: 2 });
    expect(bench.kinds('a', 'b', 'a', 'c', 'a', 'b')).toEqual([
      'new 1',
      'new 1',
      'counted',
      'new 1',
      'counted',
      'new 1',
    ]);
  });

  it('repeats of an evicted key are still drained', () => {
    const bench = new Bench({ maxEntries: 1 });
    bench.kinds('a', 'a', 'b', 'b', 'a', 'a');
    bench.drain();
    expect(bench.total).toBe(6);
  });

  it('with too many keys waiting, it flushes', () => {
    const flushed: RepeatCount[][] = [];
    const bench = new Bench({ maxEntries: 2, onFlush: (repeats) => flushed.push(repeats) });
    for (let i = 0; i < 10; i++) bench.kinds(`k${i}`, `k${i}`);
    expect(flushed.map((repeats) => repeats.length)).toEqual([4, 4]);
    expect(bench.drain()).toHaveLength(2);
  });

  it('with too many keys waiting and nobody to flush to, repeats are handed over in full', () => {
    const bench = new Bench({ maxEntries: 2 });
    for (let i = 0; i < 10; i++) bench.kinds(`k${i}`, `k${i}`);
    expect(bench.drain()).toHaveLength(4);
    expect(bench.total).toBe(20);
  });

  it('a long text counts by its ends and its length', () => {
    const long = 'x'.repeat(1_000_000);
    expect(hashTexts([`${long}a`], 1)).not.toBe(hashTexts([`${long}b`], 1));
    expect(hashTexts([`a${long}`], 1)).not.toBe(hashTexts([`b${long}`], 1));
    expect(hashTexts([long], 1)).not.toBe(hashTexts([`${long}x`], 1));
  });

  it('hashes are safe integers, and equal only for equal texts', () => {
    const texts = fc.array(fc.option(fc.string(), { nil: undefined }), { maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (a, b, seed) => {
        const hash = hashTexts(a, seed);
        expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
        expect(hash === hashTexts(b, seed)).toBe(
          JSON.stringify(a) === JSON.stringify(b) && a.length === b.length && a.every((text, i) => text === b[i]),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('remembers 10,000 traces for five minutes', () => {
    const bench = new Bench();
    for (let i = 0; i <= 10_000; i++) bench.see({ traceId: `t${i}` });
    expect([0, 1, 10_000].map((i) => bench.counter.hasPagedTrace(`t${i}`))).toEqual([false, true, true]);
    bench.nowMs += 300_000;
    expect(bench.counter.hasPagedTrace('t1')).toBe(true);
    bench.nowMs += 1;
    expect(bench.counter.hasPagedTrace('t1')).toBe(false);
  });

  it('a trace has paged with a P0 or P1, not with a silent warning', () => {
    const bench = new Bench();
    bench.see({ traceId: 't', priority: 'P2' });
    expect(bench.counter.hasPagedTrace('t')).toBe(false);
    bench.see({ traceId: 't', priority: 'P1' });
    expect(bench.counter.hasPagedTrace('t')).toBe(true);
  });
});

describe('one occurrence through several ways in', () => {
  const log = { source: 'log', traceId: 't' } as const;
  const span = { source: 'span', traceId: 't' } as const;
  const crash = { source: 'crash', priority: 'P0' } as const;
  const error = new Error('boom');

  it.each<readonly [string, readonly Partial<Occurrence>[], readonly string[]]>([
    ['log and span', [log, span], ['new 1', 'same']],
    ['span and log', [span, log], ['new 1', 'same']],
    ['a loop that logs', [log, log, span], ['new 1', 'counted', 'same']],
    ['a loop that logs, told by the span first', [span, log, log], ['new 1', 'same', 'counted']],
    ['two spans of one logged error', [log, span, span], ['new 1', 'same', 'counted']],
    ['another trace', [log, { ...span, traceId: 'u' }], ['new 1', 'counted']],
    ['no trace', [{ source: 'log' }, { source: 'span' }], ['new 1', 'counted']],
    ['another error in the trace', [log, { ...span, identity: ['error', 'other', 'f'] }], ['new 1', 'new 1']],
    ['one error object', [{ errorObject: error }, { source: 'api', errorObject: error }], ['new 1', 'same']],
    ['an error object that is reused', [{ errorObject: error }, { errorObject: error }], ['new 1', 'counted']],
    ['the crash after the log', [{ errorObject: error }, { ...crash, errorObject: error }], ['new 1', 'new 0']],
    [
      'more urgent, then again',
      [log, { ...span, priority: 'P0' }, { ...log, source: 'pino' }],
      ['new 1', 'new 0', 'same'],
    ],
    ['less urgent', [{ ...log, priority: 'P0' }, span], ['new 1', 'same']],
    ['with and without causes', [{ ...log, causes: 'refused' }, span], ['new 1', 'same']],
    ['what a log says about itself, then the span', [{ ...log, marks: { channel: 'a' } }, span], ['new 1', 'same']],
    ['the span, then a log that names a channel', [span, { ...log, marks: { channel: 'a' } }], ['new 1', 'new 1']],
    [
      'trace and object lead to one',
      [{ ...log, errorObject: error }, { source: 'api', errorObject: error }, span],
      ['new 1', 'same', 'same'],
    ],
  ])('%s', (_name, occurrences, expected) => expect(new Bench().kinds(...occurrences)).toEqual(expected));

  it('is recognised for ten seconds, by its own time or by that of its arrival', () => {
    const bench = new Bench();
    bench.see(log);
    bench.nowMs += 60_000;
    expect(bench.kinds({ ...span, timestampMs: START + 10_000 })).toEqual(['same']);
    const late = new Bench();
    late.see({ ...log, timestampMs: 5 });
    late.nowMs += 9_000;
    expect(late.kinds(span)).toEqual(['same']);
    const apart = new Bench();
    apart.see(log);
    apart.nowMs += 10_001;
    expect(apart.kinds(span)).toEqual(['counted']);
  });

  it('many different errors of one trace', () => {
    const bench = new Bench();
    const identities = Array.from({ length: 8 }, (_, i) => [`e${i}`]);
    for (const identity of identities) expect(bench.kinds({ ...log, identity })).toEqual(['new 1']);
    for (const identity of identities) expect(bench.kinds({ ...span, identity })).toEqual(['same']);
  });
});

describe('resolves', () => {
  const trigger: Partial<Occurrence> = { marks: { dedupKey: 'disk' } };
  const resolve: Partial<Occurrence> = { marks: { dedupKey: 'disk', action: 'resolve' } };

  it('a trigger after a resolve is a new alert, each time', () => {
    const bench = new Bench();
    const keys = new Set<number>();
    for (let i = 0; i < 3; i++) {
      keys.add(keyOf(bench.see(trigger)));
      expect(bench.see(trigger).kind).toBe('counted');
      keys.add(keyOf(bench.see(resolve)));
    }
    expect(keys.size).toBe(6);
  });

  it('with another text, the dedup key being the identity', () => {
    const bench = new Bench();
    bench.see({ ...trigger, identity: ['91 %'] });
    bench.see({ ...resolve, identity: ['fine again'] });
    expect(bench.see({ ...trigger, identity: ['91 %'] }).kind).toBe('new');
  });

  it('without dedup key, by identity', () => {
    const bench = new Bench();
    const marks: PagerMarks = { action: 'resolve' };
    expect(bench.kinds({}, {}, { marks }, {}, { marks })).toEqual(['new 1', 'counted', 'new 1', 'new 1', 'new 1']);
  });

  it('one told twice at once is one, one told again later is handed over', () => {
    const bench = new Bench();
    expect(bench.kinds(resolve, resolve)).toEqual(['new 1', 'same']);
    bench.nowMs += 1_000;
    expect(bench.kinds(resolve)).toEqual(['new 1']);
  });

  it('is never taken for the trigger of the same trace', () => {
    const bench = new Bench();
    expect(bench.kinds({ ...trigger, traceId: 't' }, { ...resolve, traceId: 't', source: 'span' })).toEqual([
      'new 1',
      'new 1',
    ]);
  });

  it('other keys are not touched', () => {
    const bench = new Bench();
    bench.see({ marks: { dedupKey: 'other' } });
    bench.see(resolve);
    expect(bench.see({ marks: { dedupKey: 'other' } }).kind).toBe('counted');
  });
});

it('whatever happens, the sum is the number of occurrences', () => {
  const step = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('see' as const),
        key: fc.integer({ min: 0, max: 7 }),
        rank: fc.integer({ min: 0, max: 2 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('drain' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: -500, max: 5_000 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 200 }),
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      (steps, maxEntries, flushes) => {
        const bench: Bench = new Bench({
          maxEntries,
          ttlMs: 10_000,
          ...(flushes ? { onFlush: (repeats: RepeatCount[]) => void bench.drained.push(...repeats) } : {}),
        });
        const known: number[] = [];
        let seen = 0;
        for (const one of steps) {
          if (one.kind === 'see') {
            seen++;
            const verdict = bench.see({
              identity: [`k${one.key}`],
              priority: (['P0', 'P1', 'P2'] as const)[one.rank] ?? 'P1',
            });
            if (verdict.kind === 'new') known.push(verdict.repeatKey);
          } else if (one.kind === 'drain') bench.drain();
          else if (one.kind === 'pass') bench.nowMs += one.ms;
          else if (one.kind === 'forget') bench.counter.forget(known.splice(0, 2));
          else bench.counter.clear();
        }
        // The next occurrence of a forgotten key brings out what waited for it.
        for (let key = 0; key <= 7; key++) {
          seen++;
          bench.see({ identity: [`k${key}`], priority: 'P0' });
        }
        bench.drain();
        expect(bench.total).toBe(seen);
      },
    ),
    { numRuns: 500 },
  );
});

it('across sources, each trace counts as often as the source that told most', () => {
  const telling = fc.record({
    trace: fc.integer({ min: 0, max: 3 }),
    source: fc.constantFrom<AlertSource>('log', 'span', 'pino'),
  });
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 60 }), (tellings) => {
      const bench = new Bench();
      const told = new Map<string, number>();
      for (const { trace, source } of tellings) {
        bench.see({ source, traceId: `t${trace}` });
        const key = `${trace} ${source}`;
        told.set(key, (told.get(key) ?? 0) + 1);
      }
      bench.drain();
      let expected = 0;
      for (let trace = 0; trace <= 3; trace++) {
        expected += Math.max(
          ...(['log', 'span', 'pino'] as const).map((source) => told.get(`${trace} ${source}`) ?? 0),
        );
      }
      expect(bench.total).toBe(expected);
    }),
    { numRuns: 500 },
  );
});
