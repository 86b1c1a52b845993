import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FRAMES, parseStack, type StackFrame, topOwnFrame } from '../src/stack.ts';

type Row = readonly [line: string, frame: Omit<StackFrame, 'text'>];

const V8_LINES: readonly Row[] = [
  ['at charge (/app/src/pay.js:10:5)', { functionName: 'charge', file: '/app/src/pay.js', line: 10, own: true }],
  ['at /app/src/pay.js:10:5', { file: '/app/src/pay.js', line: 10, own: true }],
  ['at async charge (/app/src/pay.js:10:5)', { functionName: 'charge', file: '/app/src/pay.js', line: 10, own: true }],
  ['at async file:///app/src/pay.mjs:3:1', { file: '/app/src/pay.mjs', line: 3, own: true }],
  ['at new Pool (/app/pool.js:1:2)', { functionName: 'new Pool', file: '/app/pool.js', line: 1, own: true }],
  [
    'at Object.<anonymous> (/app/a.js:1:7)',
    { functionName: 'Object.<anonymous>', file: '/app/a.js', line: 1, own: true },
  ],
  ['at Api.get [as fetch] (/app/a.js:1:7)', { functionName: 'Api.get', file: '/app/a.js', line: 1, own: true }],
  ['at <anonymous> (/app/a.js:1:7)', { file: '/app/a.js', line: 1, own: true }],
  ['at Array.map (<anonymous>)', { functionName: 'Array.map', own: false }],
  ['at async Promise.all (index 0)', { functionName: 'Promise.all', own: false }],
  ['at <anonymous>', { own: false }],
  ['at foo (native)', { functionName: 'foo', own: false }],
  ['at node:internal/main/run_main_module:28:49', { file: 'node:internal/main/run_main_module', line: 28, own: false }],
  [
    'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    {
      functionName: 'process.processTicksAndRejections',
      file: 'node:internal/process/task_queues',
      line: 95,
      own: false,
    },
  ],
  ['at run (internal/timers.js:1:1)', { functionName: 'run', file: 'internal/timers.js', line: 1, own: false }],
  [
    'at Client.q (/app/node_modules/pg/lib/client.js:526:17)',
    { functionName: 'Client.q', file: '/app/node_modules/pg/lib/client.js', line: 526, own: false },
  ],
  ['at run (C:\\srv\\api\\run.js:4:9)', { functionName: 'run', file: 'C:\\srv\\api\\run.js', line: 4, own: true }],
  [
    'at run (C:\\srv\\node_modules\\x\\i.js:4:9)',
    { functionName: 'run', file: 'C:\\srv\\node_modules\\x\\i.js', line: 4, own: false },
  ],
  ['at file:///C:/srv/my%20api/run.js:4:9', { file: 'C:/srv/my api/run.js', line: 4, own: true }],
  ['at file:///srv/100%/run.js:4:9', { file: '/srv/100%/run.js', line: 4, own: true }],
  ['at f (file:///app/a.js?t=17:4:9)', { functionName: 'f', file: '/app/a.js', line: 4, own: true }],
  [
    'at eval (eval at run (/app/tpl.js:5:3), <anonymous>:1:7)',
    { functionName: 'eval', file: '/app/tpl.js', line: 5, own: true },
  ],
  [
    'at eval (eval at <anonymous> ([eval]:1:1), <anonymous>:1:1)',
    { functionName: 'eval', file: '[eval]', line: 1, own: true },
  ],
  [
    'at Page (webpack-internal:///(rsc)/./app/page.tsx:8:11)',
    {
      functionName: 'Page',
      file: 'webpack-internal:///(rsc)/./app/page.tsx',
      line: 8,
      own: true,
    },
  ],
  [
    'at x (webpack://api/./node_modules/y/i.js:8:1)',
    {
      functionName: 'x',
      file: 'webpack://api/./node_modules/y/i.js',
      line: 8,
      own: false,
    },
  ],
  [
    'at __webpack_require__ (webpack://api/webpack/bootstrap:19:1)',
    {
      functionName: '__webpack_require__',
      file: 'webpack://api/webpack/bootstrap',
      line: 19,
      own: false,
    },
  ],
  ['at f (/home/u/My App (1)/a.js:2:3)', { functionName: 'f', file: '/home/u/My App (1)/a.js', line: 2, own: true }],
];

const OTHER_LINES: readonly Row[] = [
  [
    'at com.shop.Pay.charge(Pay.java:42)',
    { functionName: 'com.shop.Pay.charge', file: 'Pay.java', line: 42, own: true },
  ],
  [
    'at app//com.shop.Pay.<init>(Pay.java:4)',
    { functionName: 'com.shop.Pay.<init>', file: 'Pay.java', line: 4, own: true },
  ],
  [
    'at java.base/java.util.ArrayList.forEach(ArrayList.java:1511)',
    {
      functionName: 'java.util.ArrayList.forEach',
      file: 'ArrayList.java',
      line: 1511,
      own: false,
    },
  ],
  ['at sun.misc.Unsafe.park(Native Method)', { functionName: 'sun.misc.Unsafe.park', own: false }],
  [
    'at Shop.Pay.Charge(String id) in C:\\src\\Pay.cs:line 42',
    {
      functionName: 'Shop.Pay.Charge',
      file: 'C:\\src\\Pay.cs',
      line: 42,
      own: true,
    },
  ],
  [
    'File "/srv/app/pay.py", line 7, in charge',
    { functionName: 'charge', file: '/srv/app/pay.py', line: 7, own: true },
  ],
  [
    'File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode',
    {
      functionName: 'raw_decode',
      file: '/usr/lib/python3.11/json/decoder.py',
      line: 355,
      own: false,
    },
  ],
];

describe('parseStack', () => {
  test.each([...V8_LINES, ...OTHER_LINES])('reads %s', (line, frame) => {
    expect(parseStack(`Error: x\n    ${line}\n`)).toEqual([{ text: line, ...frame }]);
  });

  test.each([
    'Error: the end',
    'at the end of the day it failed',
    'at least 3 (of 5) replicas are needed',
    '... 12 more',
    'Caused by: java.io.IOException: broken pipe',
    'goroutine 1 [running]:',
    '',
  ])('leaves out %j', (line) => {
    expect(parseStack(`${line}\n${line}`)).toEqual([]);
  });

  test('keeps the order of a V8 stack and the frames of its causes', () => {
    const stack = [
      'Error: outer',
      '    at a (/app/a.js:1:1)',
      '    at b (node:net:1:1) {',
      '  [cause]: Error: inner',
      '      at c (/app/c.js:3:1)\r',
    ].join('\n');
    expect(parseStack(stack).map((frame) => frame.functionName)).toEqual(['a', 'b', 'c']);
  });

  test('turns a Python traceback round: the failing call comes first', () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/srv/app/main.py", line 3, in <module>',
      '    charge()',
      '  File "/srv/app/pay.py", line 9, in charge',
      '    json.loads(x)',
      '  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads',
      'json.decoder.JSONDecodeError: Expecting value',
    ].join('\n');
    expect(parseStack(stack).map((frame) => frame.line)).toEqual([346, 9, 3]);
    expect(topOwnFrame(stack)).toMatchObject({ functionName: 'charge', file: '/srv/app/pay.py', line: 9 });
  });

  test('joins the two lines of a Go frame', () => {
    const stack = [
      'panic: runtime error: index out of range [5] with length 3',
      '',
      'goroutine 1 [running]:',
      'panic({0x45e0a0?, 0xc000012345?})',
      '\t/usr/local/go/src/runtime/panic.go:770 +0x132',
      'main.(*Shop).charge(0xc000012345, {0x1, 0x2})',
      '\t/srv/shop/pay.go:14 +0x1d',
      'created by main.main in goroutine 1',
      '\t/srv/shop/main.go:8 +0x4b',
    ].join('\n');
    expect(parseStack(stack).map((frame) => [frame.functionName, frame.line, frame.own])).toEqual([
      ['panic', 770, false],
      ['main.(*Shop).charge', 14, true],
      ['main.main', 8, true],
    ]);
  });

  test(`returns at most ${MAX_FRAMES} frames, those nearest to the failure`, () => {
    const v8 = Array.from({ length: 1_000 }, (_, i) => `    at f (/app/a.js:${i + 1}:1)`).join('\n');
    expect(parseStack(v8)).toHaveLength(MAX_FRAMES);
    expect(topOwnFrame(v8)?.line).toBe(1);
    const python = Array.from({ length: 1_000 }, (_, i) => `  File "/app/a.py", line ${i + 1}, in f`).join('\n');
    const parsed = parseStack(`Traceback (most recent call last):\n${python}\nRecursionError`);
    expect(parsed).toHaveLength(MAX_FRAMES);
    expect(parsed[0]?.line).toBe(1_000);
  });

  test('keeps function and position of a very long line', () => {
    const [frame] = parseStack(`    at f (data:text/javascript;base64,${'A'.repeat(50_000)}:12:3)`);
    expect(frame).toMatchObject({ functionName: 'f', line: 12 });
    expect(frame?.text.length).toBeLessThanOrEqual(1_000);
  });

  test.each([
    ['many colons', ':1'.repeat(130_000)],
    ['many brackets', `at ${' ('.repeat(130_000)}`],
    ['many short lines', 'at a (\n'.repeat(37_000)],
    ['a long Python line', `File "${'x'.repeat(256_000)}`],
    ['many dots', `at ${'a.'.repeat(128_000)}`],
  ])('takes %s without delay', (_name, text) => {
    const startedMs = performance.now();
    parseStack(text);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'at ',
            'File "',
            '(',
            ')',
            ':1',
            ':2:3',
            '\n',
            'eval at ',
            'file://',
            '%',
            '.go',
            ' in ',
            'x',
            ' ',
            '"',
            ', line 3',
          ),
        ),
        (parts) => {
          expect(parseStack(parts.join('')).length).toBeLessThanOrEqual(MAX_FRAMES);
        },
      ),
    );
  });
});

describe('topOwnFrame', () => {
  test('skips the runtime and installed packages', () => {
    const stack = [
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
      '    at Client.connect (/app/node_modules/pg/lib/client.js:1:1)',
      '    at async openPool (file:///app/src/db/pool.js:12:3)',
    ].join('\n');
    expect(topOwnFrame(stack)).toMatchObject({ functionName: 'openPool', file: '/app/src/db/pool.js', line: 12 });
  });

  test('is undefined where no frame is own', () => {
    expect(topOwnFrame('Error: x\n    at node:net:1:1')).toBeUndefined();
    expect(topOwnFrame('')).toBeUndefined();
  });
});
