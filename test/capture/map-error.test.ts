import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CAUSES, MAX_TEXT_CHARS } from '../../src/alert.ts';
import { isClassName, isErrorCode, parseStackText } from '../../src/capture/error-text.ts';
import { mapError, readError, toAlertError } from '../../src/capture/map-error.ts';

const FRAMES = '\n    at f (/app/a.js:1:1)\n    at g (/app/b.js:2:2)';

describe('a printed stack', () => {
  it.each<readonly [string, string, Partial<ReturnType<typeof parseStackText>>]>([
    [
      'class and message',
      `TypeError: boom${FRAMES}`,
      { type: 'TypeError', message: 'boom', frames: FRAMES, causes: '' },
    ],
    ['no message', `Error${FRAMES}`, { type: 'Error', message: '' }],
    ['a code in brackets', `TypeError [ERR_X]: boom${FRAMES}`, { type: 'TypeError', code: 'ERR_X', message: 'boom' }],
    ['a message of several lines', `Error: a\nb: c\n${FRAMES}`, { type: 'Error', message: 'a\nb: c\n' }],
    ['no frames', 'TypeError: boom', { type: 'TypeError', message: 'boom', frames: '' }],
    ['no class', 'something went wrong', { frames: '' }],
    ['frames only', FRAMES, { frames: FRAMES }],
    ['nothing', '', { frames: '', own: '' }],
    [
      'pino’s causes',
      `Error: outer${FRAMES}\ncaused by: TypeError: inner${FRAMES}\ncaused by: Error: deep`,
      { own: `Error: outer${FRAMES}`, causes: `caused by: TypeError: inner${FRAMES}\ncaused by: Error: deep` },
    ],
    [
      'bunyan’s causes',
      `Error: outer${FRAMES}\nCaused by: TypeError: inner`,
      { own: `Error: outer${FRAMES}`, causes: 'Caused by: TypeError: inner' },
    ],
    ['a message that speaks of causes', `Error: x caused by: y${FRAMES}`, { message: 'x caused by: y', causes: '' }],
  ])('%s', (_name, stack, expected) => expect(parseStackText(stack)).toMatchObject(expected));

  it('as Node’s inspect prints it, with the error’s own properties and nested causes', () => {
    const stack = [
      'Error: outer',
      '    at f (/app/a.js:1:1) {',
      "  code: 'E_OUTER',",
      '  [cause]: PaymentError: inner',
      '      at g (/app/b.js:2:2) {',
      "    code: 'E_INNER',",
      '    [cause]: TypeError: deep',
      '        at h (/app/c.js:3:3)',
      '  }',
      '}',
    ].join('\n');
    expect(toAlertError(readError({ stack }))).toMatchObject({
      type: 'Error',
      message: 'outer',
      stack: 'Error: outer\n    at f (/app/a.js:1:1)',
      cause: {
        type: 'PaymentError',
        message: 'inner',
        stack: 'PaymentError: inner\n    at g (/app/b.js:2:2)',
        cause: { type: 'TypeError', message: 'deep', stack: 'TypeError: deep\n    at h (/app/c.js:3:3)' },
      },
    });
  });

  it('any text is taken apart, its own part and frames being parts of it', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\n    at ',
        '\ncaused by: ',
        '\nCaused by: ',
        '\n  [cause]: ',
        ' {\n',
        '\n}',
        'Error: ',
        ' [E_X]: ',
        'f (/a.js:1:1)',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const stack = pieces.join('');
        const { own, frames, causes } = parseStackText(stack);
        expect(stack.startsWith(own)).toBe(true);
        expect(own.endsWith(frames)).toBe(true);
        expect(stack.endsWith(causes)).toBe(true);
        const error = mapError({ message: 'm', stack });
        expect(JSON.stringify(error).length).toBeLessThan(8 * stack.length + 1_000);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['x', '\n    at ', '\ncaused by: ', '\n [cause]: ', ' ', '[cause]: ', 'Error: ', '\n      at {'])(
    'a megabyte of %j is read in linear time',
    (unit) => {
      const stack = unit.repeat(262_144 / unit.length);
      const started = performance.now();
      toAlertError(readError({ stack, message: stack }));
      expect(performance.now() - started).toBeLessThan(1_000);
    },
  );
});

describe('what an error is called', () => {
  const stack = `TypeError: boom${FRAMES}`;
  it.each<readonly [string, Parameters<typeof readError>[0], { type: string; code?: string | undefined }]>([
    ['exception.type is its class', { name: 'TypeError', stack }, { type: 'TypeError' }],
    ['exception.type is its code', { name: 'ECONNREFUSED', stack }, { type: 'TypeError', code: 'ECONNREFUSED' }],
    [
      'exception.type is a code in words',
      { name: 'card_declined', stack },
      { type: 'TypeError', code: 'card_declined' },
    ],
    ['exception.type is a number', { name: '20', stack }, { type: 'TypeError', code: '20' }],
    ['exception.type is another class', { name: 'PaymentError', stack }, { type: 'PaymentError' }],
    ['a code without a stack', { name: 'ECONNREFUSED' }, { type: 'Error', code: 'ECONNREFUSED' }],
    ['a class of another language', { name: 'java.io.IOException' }, { type: 'java.io.IOException' }],
    ['a class of Go', { name: '*errors.errorString' }, { type: '*errors.errorString' }],
    ['nothing', {}, { type: 'Error' }],
    ['an absurdly long name', { name: 'E'.repeat(10_000) }, { type: 'Error' }],
  ])('%s', (_name, raw, expected) => {
    const { type, code } = readError(raw);
    expect({ type, code }).toEqual({ code: undefined, ...expected });
  });

  it('a class name that other sources do not know is kept aside', () => {
    expect(readError({ name: 'PaymentError', code: 'card_declined', stack: `Error: no${FRAMES}` })).toMatchObject({
      type: 'Error',
      code: 'card_declined',
      className: 'PaymentError',
    });
  });

  it.each([
    ['TypeError', true, false],
    ['E', false, true],
    ['ECONNREFUSED', false, true],
    ['42P01', false, true],
    ['auth/user-not-found', false, true],
    ['pkg.MyError', true, true],
    ['with blanks', false, false],
    ['', false, false],
  ])('%j: class %s, code %s', (text, isClass, isCode) => {
    expect([isClassName(text), isErrorCode(text)]).toEqual([isClass, isCode]);
  });
});

describe('whatever is thrown', () => {
  it.each<readonly [string, unknown, { type: string; message: string }]>([
    ['an error', new RangeError('x'), { type: 'RangeError', message: 'x' }],
    ['a text', 'just text', { type: 'Error', message: 'just text' }],
    ['nothing', undefined, { type: 'Error', message: 'undefined' }],
    ['a number', 7, { type: 'Error', message: '7' }],
    ['an object', { status: 500 }, { type: 'Error', message: '{"status":500}' }],
    ['a message without class', { message: 'm' }, { type: 'Error', message: 'm' }],
  ])('%s', (_name, thrown, expected) => expect(mapError(thrown)).toMatchObject(expected));

  it('never throws, is bounded, and survives JSON', () => {
    const part = fc.oneof(fc.anything(), fc.string(), fc.constant(new Error('inner')));
    fc.assert(
      fc.property(
        fc.record(
          { name: part, type: part, message: part, stack: part, code: part, cause: part, errors: part },
          { requiredKeys: [] },
        ),
        (thrown) => {
          const error = mapError(thrown);
          expect(structuredClone(error)).toEqual(error);
          let depth = 0;
          for (let at: typeof error | undefined = error; at !== undefined; at = at.cause) depth++;
          expect(depth).toBeLessThanOrEqual(MAX_CAUSES);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('cuts long texts in the middle', () => {
    const long = `start ${'lorem '.repeat(200_000)}end`;
    const error = mapError({ message: long, stack: `Error: ${long}${FRAMES}`, cause: { message: long } });
    expect(error.message.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
    expect(error.stack?.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
    expect(error.cause?.message.length).toBeLessThanOrEqual(16_384);
    expect(error.stack).toMatch(/^Error: start [\s\S]*at g \(\/app\/b\.js:2:2\)$/);
  });

  it('calls a VError’s cause', () => {
    const error = Object.assign(new Error('outer: inner'), { cause: () => new TypeError('inner') });
    expect(mapError(error).cause).toMatchObject({ type: 'TypeError', message: 'inner' });
    const throwing = Object.assign(new Error('outer'), {
      cause: () => {
        throw new Error('no');
      },
    });
    expect(mapError(throwing).cause).toBeUndefined();
  });
});
