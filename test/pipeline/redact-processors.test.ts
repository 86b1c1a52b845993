import { describe, expect, it } from 'vitest';
import { type Alert, MAX_ATTRIBUTES, MAX_CAUSES, MAX_TEXT_CHARS } from '../../src/alert.ts';
import type { RedactProcessor } from '../../src/index.ts';
import { createProcessorStage, type ProcessorDeps, type ProcessorStage } from '../../src/redact-processors.ts';
import type { RedactableAlert, RedactableError } from '../../src/redactable-alert.ts';
import { makeAlert } from '../support/alerts.ts';
import { PASSWORD } from './redact-secrets.ts';

const FAILED = '[withheld: redaction failed]';

const ALERT: Alert = makeAlert({
  priority: 'P0',
  title: `title ${PASSWORD}`,
  message: `message ${PASSWORD}`,
  error: {
    type: 'TypeError',
    message: `error ${PASSWORD}`,
    stack: `TypeError: error ${PASSWORD}\n    at f (/app/a.js:1:2)`,
    code: 'E_CODE',
    cause: { type: 'Error', message: `cause ${PASSWORD}` },
  },
  origin: { service: 'shop', environment: 'test', version: '1', logger: 'orders', event: 'order.placed' },
  attributes: { a: PASSWORD, nested: { list: [1, 'x', null, true] }, __proto__x: 1 },
  fields: { order: PASSWORD },
  url: `https://shop.example/${PASSWORD}`,
  runbookUrl: `https://wiki.example/${PASSWORD}`,
  channel: 'orders',
  dedupKey: 'order:1',
  traceId: '0123456789abcdef0123456789abcdef',
});

interface Running extends ProcessorStage {
  readonly warnings: string[];
}

function stageOf(run: readonly RedactProcessor[], deps: Partial<ProcessorDeps> & { isBroken?: boolean } = {}): Running {
  const warnings: string[] = [];
  const stage = createProcessorStage(
    { run, isBroken: deps.isBroken ?? false },
    { steadyMs: () => 0, warn: (code, text) => warnings.push(`${code}: ${text}`), ...deps },
  );
  return Object.assign(Object.create(stage) as ProcessorStage, { warnings, process: stage.process });
}

const bad = (processor: (alert: RedactableAlert) => unknown): RedactProcessor => processor as RedactProcessor;

function changed(change: (alert: RedactableAlert) => unknown, alert: Alert = ALERT): Alert {
  const stage = stageOf([
    bad((given) => {
      const returned = change(given);
      return returned === undefined ? given : returned;
    }),
  ]);
  const outcome = stage.process(alert);
  if (outcome === 'dropped') throw new Error('dropped');
  expect(stage.warnings).toEqual([]);
  return outcome;
}

/** What is left of an alert whose texts are withheld. */
const WITHHELD = {
  id: ALERT.id,
  timestampMs: ALERT.timestampMs,
  source: 'api',
  priority: 'P0',
  explicit: false,
  action: 'trigger',
  title: FAILED,
  message: FAILED,
  origin: ALERT.origin,
  attributes: {},
  channel: 'orders',
  dedupKey: 'order:1',
  traceId: ALERT.traceId,
  repeatKey: ALERT.repeatKey,
  count: 1,
};

describe('processors', () => {
  it('are given a plain copy, of which they may change everything that is no `readonly`', () => {
    let seen: RedactableAlert | undefined;
    const before = structuredClone(ALERT);
    const outcome = changed((alert) => {
      seen = structuredClone(alert);
      for (const key of Object.keys(alert)) delete (alert as unknown as Record<string, unknown>)[key];
      return { ...seen, attributes: { ...seen.attributes, a: 'changed' } };
    });
    expect(ALERT).toEqual(before);
    expect(outcome).toEqual({ ...ALERT, attributes: { ...ALERT.attributes, a: 'changed' } });
    const { title, message, error, attributes, fields, url, runbookUrl, channel, dedupKey } = ALERT;
    const texts = { title, message, error, attributes, fields, url, runbookUrl, channel, dedupKey };
    expect(seen).toEqual({ priority: 'P0', action: 'trigger', service: 'shop', environment: 'test', ...texts });
  });

  it('get only what there is', () => {
    let keys: string[] = [];
    changed(
      (alert) => {
        keys = Object.keys(alert);
      },
      makeAlert({ origin: {} }),
    );
    expect(keys).toEqual(['priority', 'action', 'message', 'attributes']);
  });

  it('run in their order, each on what the one before it has left', () => {
    const append =
      (letter: string): RedactProcessor =>
      (alert) => ({ ...alert, message: alert.message + letter });
    const outcome = stageOf([append('a'), append('b'), append('c')]).process(makeAlert({ message: '' }));
    expect(outcome).toMatchObject({ message: 'abc' });
  });

  it('that change nothing leave the very same values', () => {
    const outcome = changed((alert) => alert);
    expect(outcome).toEqual(ALERT);
    expect(outcome.attributes['nested']).toBe(ALERT.attributes['nested']);
    expect(outcome.error).toBe(ALERT.error);
  });

  it('cannot change what is not theirs', () => {
    const outcome = changed((alert) => ({
      ...alert,
      ...{
        priority: 'DEV',
        service: 'x',
        environment: 'x',
        action: 'resolve',
        id: 'x',
        count: 99,
        repeatKey: 7,
        explicit: true,
      },
    }));
    expect(outcome).toEqual(ALERT);
  });

  it('drop with null, and those behind are not asked', () => {
    let asked = 0;
    const stage = stageOf([
      () => null,
      (alert) => {
        asked++;
        return alert;
      },
    ]);
    expect(stage.process(ALERT)).toBe('dropped');
    expect([asked, stage.warnings.length]).toEqual([0, 0]);
  });

  it('are none: the alert passes as it is', () => {
    expect(stageOf([]).process(ALERT)).toBe(ALERT);
  });
});

describe('what a processor gives back', () => {
  const error = (more: Partial<RedactableError>): RedactableError => ({ type: 'E', message: 'm', ...more });

  it.each<[what: string, change: (alert: RedactableAlert) => unknown, expected: object]>([
    ['texts', (a) => ({ ...a, title: 't', message: 'm' }), { title: 't', message: 'm' }],
    ['an empty message', (a) => ({ ...a, message: '' }), { message: '' }],
    ['no title', (a) => ({ ...a, title: undefined }), { title: undefined }],
    [
      'null for nothing',
      (a) => ({ ...a, title: null, error: null, fields: null }),
      { title: undefined, error: undefined, fields: undefined },
    ],
    [
      'nothing but a message',
      () => ({ message: 'm' }),
      { message: 'm', attributes: {}, error: undefined, fields: undefined, url: undefined, dedupKey: undefined },
    ],
    ['a title with blanks', (a) => ({ ...a, title: '  t ' }), { title: 't' }],
    [
      'a channel as it is written: it becomes a name when it has been redacted',
      (a) => ({ ...a, channel: 'My_Team' }),
      { channel: 'My_Team' },
    ],
    ['another dedup key', (a) => ({ ...a, dedupKey: 'order' }), { dedupKey: 'order' }],
    ['a link', (a) => ({ ...a, url: 'https://x.example/' }), { url: 'https://x.example/' }],
    ['what is no link', (a) => ({ ...a, url: 'javascript:alert(1)' }), { url: undefined }],
    ['fields of any value', (a) => ({ ...a, fields: { n: 5, o: { a: 1 } } }), { fields: { n: '5', o: '{"a":1}' } }],
    [
      'attributes of any value',
      (a) => ({ ...a, attributes: { d: new Date(0), f: () => 1, n: 5n, m: new Map([['k', 1]]) } }),
      { attributes: { d: '1970-01-01T00:00:00.000Z', f: '[function]', n: '5', m: { k: 1 } } },
    ],
    [
      'another error',
      (a) => ({ ...a, error: error({ code: 'C', stack: 's' }) }),
      { error: { type: 'E', message: 'm', code: 'C', stack: 's' } },
    ],
    ['an error without a type', (a) => ({ ...a, error: { message: 'm' } }), { error: { type: 'Error', message: 'm' } }],
    [
      'an instance of a class',
      (a) => Object.assign(Object.create({ extra: 1 }) as object, a, { message: 'm' }),
      { message: 'm' },
    ],
    [
      'an object without a prototype',
      (a) => Object.assign(Object.create(null) as object, a, { message: 'm' }),
      { message: 'm' },
    ],
    ['keys that nobody knows', (a) => ({ ...a, message: 'm', more: 1 }), { message: 'm' }],
    [
      'a name that prototypes have',
      (a) => ({ ...a, attributes: JSON.parse('{"__proto__":{"x":1},"constructor":"c"}') }),
      { attributes: JSON.parse('{"__proto__":{"x":1},"constructor":"c"}') },
    ],
  ])('may hold %s', (_, change, expected) => {
    const outcome = changed(change) as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(expected)) expect(outcome[key]).toEqual(value);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('is cut to what an alert may hold', () => {
    const long = 'ab '.repeat(200_000);
    let deep: RedactableError = error({});
    for (let i = 0; i < 30; i++) deep = error({ cause: deep, stack: long });
    const {
      message,
      title,
      error: kept,
      attributes,
      fields = {},
    } = changed((alert) => ({
      ...alert,
      message: long,
      title: long,
      error: deep,
      attributes: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, long])),
      fields: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, long])),
    }));
    expect(message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
    expect(title?.length).toBeLessThanOrEqual(8_192);
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(MAX_ATTRIBUTES);
    expect(JSON.stringify(attributes).length).toBeLessThan(2 * MAX_TEXT_CHARS);
    expect(Object.keys(fields)).toHaveLength(25);
    let causes = 0;
    for (let cause = kept; cause !== undefined; cause = cause.cause) causes++;
    expect(causes).toBeLessThanOrEqual(MAX_CAUSES);
  });

  it('keeps the order of attributes, and as many as there were', () => {
    const attributes = Object.fromEntries(Array.from({ length: MAX_ATTRIBUTES }, (_, i) => [`k${i}`, i]));
    const outcome = changed((alert) => {
      alert.attributes['k5'] = 'x';
    }, makeAlert({ attributes }));
    expect(Object.entries(outcome.attributes)).toEqual(Object.entries({ ...attributes, k5: 'x' }));
  });

  it('has its message in the stack as well, though the processor forgot that', () => {
    const { error: kept } = changed((alert) => {
      if (alert.error !== undefined) alert.error.message = 'error ***';
    });
    expect(kept).toMatchObject({ message: 'error ***', stack: 'TypeError: error ***\n    at f (/app/a.js:1:2)' });
  });
});

describe('a processor that fails', () => {
  const circular: Record<string, unknown> = { message: 'm' };
  circular['self'] = circular;
  const throwing = (): never => {
    throw new Error(`cannot read ${PASSWORD}`);
  };

  const THREW = 'threw an error';
  const NO_ALERT = 'gave back neither an alert nor null';
  const PROMISE = 'gave back a Promise';
  it.each<[what: string, processor: (alert: RedactableAlert) => unknown, said: string]>([
    ['throws', throwing, THREW],
    ['throws what is no error', () => Promise.reject.call(undefined as never, PASSWORD), THREW],
    [
      'changes in place and gives back nothing',
      (a) => {
        a.message = 'm';
      },
      NO_ALERT,
    ],
    ['gives back a text', () => PASSWORD, NO_ALERT],
    ['gives back true', () => true, NO_ALERT],
    ['gives back a list', (a) => [a], NO_ALERT],
    ['gives back a function', () => throwing, NO_ALERT],
    ['is async', async (a) => a, PROMISE],
    ['is async and rejects', async () => throwing(), PROMISE],
    [
      'gives back a Promise that is hostile',
      () => Object.defineProperty(Promise.resolve(), 'constructor', { get: throwing }),
      NO_ALERT,
    ],
    [
      'gives back a generator',
      function* (a) {
        yield a;
      },
      NO_ALERT,
    ],
    ['takes the message away', (a) => ({ ...a, message: undefined }), NO_ALERT],
    ['makes the message a number', (a) => ({ ...a, message: 5 }), NO_ALERT],
    ['makes the title an object', (a) => ({ ...a, title: { toString: () => 'x' } }), NO_ALERT],
    ['makes the error a text', (a) => ({ ...a, error: PASSWORD }), NO_ALERT],
    ['makes the error one without a message', (a) => ({ ...a, error: { type: 'E' } }), NO_ALERT],
    ['makes a cause a list', (a) => ({ ...a, error: { type: 'E', message: 'm', cause: [] } }), NO_ALERT],
    ['makes attributes a list', (a) => ({ ...a, attributes: [PASSWORD] }), NO_ALERT],
    ['makes fields a text', (a) => ({ ...a, fields: PASSWORD }), NO_ALERT],
    ['gives back a getter that throws', (a) => Object.defineProperty({ ...a }, 'title', { get: throwing }), NO_ALERT],
    ['gives back a proxy that throws', (a) => new Proxy(a, { get: throwing }), NO_ALERT],
    [
      'gives back a revoked proxy',
      (a) => {
        const { proxy, revoke } = Proxy.revocable(a, {});
        revoke();
        return proxy;
      },
      NO_ALERT,
    ],
    [
      'gives back attributes that throw',
      (a) => ({ ...a, attributes: new Proxy({ a: 1 }, { ownKeys: throwing }) }),
      NO_ALERT,
    ],
  ])('because it %s: all texts are withheld, and it is said once without a word of theirs', (_, processor, said) => {
    const stage = stageOf([(alert) => alert, bad(processor)]);
    expect(stage.process(ALERT)).toEqual(WITHHELD);
    expect(stage.process(ALERT)).toEqual(WITHHELD);
    expect(stage.withheld).toBe(2);
    expect(stage.warnings).toHaveLength(1);
    expect(stage.warnings[0]).toContain(`redact_processor: redaction processor 2 of 2 ${said}`);
    expect(JSON.stringify(stage.warnings)).not.toContain(PASSWORD);
  });

  it.each<[what: string, value: () => unknown]>([
    ['a cycle', () => circular],
    [
      'a cycle of lists',
      () => {
        const list: unknown[] = [];
        list.push(list);
        return list;
      },
    ],
    [
      'a getter without end',
      () => ({
        get next(): unknown {
          return Object.create(this as object);
        },
      }),
    ],
    [
      'a proxy without end',
      () => {
        const endless: object = new Proxy(
          {},
          {
            get: () => endless,
            ownKeys: () => ['a'],
            getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
          },
        );
        return endless;
      },
    ],
    ['an object with a toJSON that throws', () => ({ toJSON: throwing })],
    [
      'an object that changes its prototype',
      () => Object.setPrototypeOf({ a: 1 }, new Proxy({}, { get: throwing })) as object,
    ],
  ])('does not by %s among its attributes', (_, value) => {
    const stage = stageOf([bad((alert) => ({ ...alert, message: 'm', attributes: { value: value(), other: 1 } }))]);
    const outcome = stage.process(ALERT);
    expect(outcome).toMatchObject({ priority: 'P0' });
    expect(() => structuredClone(outcome)).not.toThrow();
    expect(JSON.stringify(outcome).length).toBeLessThan(20_000);
  });

  it('keeps the names that one before it has changed', () => {
    const stage = stageOf([(alert) => ({ ...alert, dedupKey: 'order:***' }), throwing]);
    expect(stage.process(ALERT)).toEqual({ ...WITHHELD, dedupKey: 'order:***' });
  });

  it('once does not fail the next alert', () => {
    let calls = 0;
    const stage = stageOf([(alert) => (++calls === 1 ? throwing() : alert)]);
    expect(stage.process(ALERT)).toEqual(WITHHELD);
    expect(stage.process(ALERT)).toEqual(ALERT);
  });

  it('is said for each processor and each way it fails in', () => {
    const ways = [throwing, () => undefined, () => Promise.resolve(null), throwing];
    const stage = stageOf([bad(() => ways.shift()?.()), (alert) => alert]);
    for (let i = 0; i < 4; i++) stage.process(ALERT);
    expect(new Set(stage.warnings).size).toBe(3);
    expect(stage.warnings).toHaveLength(3);
  });
});

describe('a processor that takes long', () => {
  it('is told of once, with its time, and counts all the same', () => {
    let nowMs = 0;
    const stage = stageOf(
      [
        (alert) => {
          nowMs += 51;
          return { ...alert, message: 'm' };
        },
      ],
      { steadyMs: () => nowMs },
    );
    expect(stage.process(ALERT)).toMatchObject({ message: 'm' });
    expect(stage.process(ALERT)).toMatchObject({ message: 'm' });
    expect(stage.warnings).toEqual([
      'redact_processor: redaction processor 1 of 1 took 51 ms for one alert; every page waits for it',
    ]);
  });

  it('is not told of up to 50 ms', () => {
    let nowMs = 0;
    const wait: RedactProcessor = (alert) => {
      nowMs += 50;
      return alert;
    };
    const stage = stageOf([wait], { steadyMs: () => nowMs });
    stage.process(ALERT);
    expect(stage.warnings).toEqual([]);
  });

  it('without end is stopped, and after the second time not called any more', () => {
    let calls = 0;
    const stage = stageOf(
      [
        () => {
          calls++;
          for (;;);
        },
      ],
      { maxRunMs: 20 },
    );
    for (let i = 0; i < 4; i++) expect(stage.process(ALERT)).toEqual(WITHHELD);
    expect([calls, stage.withheld]).toEqual([2, 4]);
    expect(stage.warnings).toEqual([
      expect.stringMatching(/did not come to an end and was stopped/),
      expect.stringMatching(/is not called any more, and until the next start every alert goes out without its texts$/),
    ]);
  });
});

it('a processor that is missing: every alert is withheld, and the others are not called', () => {
  let calls = 0;
  const count: RedactProcessor = (alert) => {
    calls++;
    return alert;
  };
  const stage = stageOf([count], { isBroken: true });
  expect(stage.process(ALERT)).toEqual(WITHHELD);
  expect([calls, stage.withheld]).toEqual([0, 1]);
});
