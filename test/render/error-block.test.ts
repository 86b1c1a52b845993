import { describe, expect, it } from 'vitest';
import type { AlertError } from '../../src/alert.ts';
import { errorBlock, headOf } from '../../src/render/error-block.ts';

const NODE_STACK = `TypeError: boom
    at dependency (/app/node_modules/pg/lib/client.js:5:1)
    at place (/app/src/order.ts:20:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async handle (file:///app/src/server.ts:9:3)`;

function lines(error: AlertError, maxChars = 4_000, showsHead = false): readonly string[] {
  return errorBlock(error, maxChars, showsHead).text.split('\n').slice(1, -1);
}

describe('errorBlock', () => {
  it('prints own frames first, then the others', () => {
    expect(lines({ type: 'TypeError', message: 'boom', stack: NODE_STACK })).toEqual([
      'at place (/app/src/order.ts:20:5)',
      'at async handle (/app/src/server.ts:9:3)',
      '-- packages and runtime --',
      'at dependency (/app/node_modules/pg/lib/client.js:5:1)',
      'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ]);
  });

  it('prints frames in their order where none is own', () => {
    const stack = 'E: x\n    at a (node:fs:1:1)\n    at b (node:net:2:2)';
    expect(lines({ type: 'E', message: 'x', stack })).toEqual(['at a (node:fs:1:1)', 'at b (node:net:2:2)']);
  });

  it('prints type, message and code where the title does not, and the causes in their order', () => {
    const error = {
      type: 'A',
      message: 'outer',
      cause: { type: 'B', message: 'between', cause: { type: 'C', message: 'refused', code: 'ECONNREFUSED' } },
    };
    expect(lines(error, 4_000, true)).toEqual([
      'A: outer',
      'Caused by: B: between',
      'Caused by: C: refused (ECONNREFUSED)',
    ]);
  });

  it('says a recursion in one line, also where runtime frames stand between its calls', () => {
    const calls = Array.from(
      { length: 40 },
      () => '    at walk (/app/src/tree.ts:7:3)\n    at Array.map (<anonymous>)',
    );
    const stack = `E: x\n    at read (/app/src/tree.ts:2:1)\n${calls.join('\n')}\n    at main (/app/src/index.ts:1:1)`;
    expect(lines({ type: 'E', message: 'x', stack })).toEqual([
      'at read (/app/src/tree.ts:2:1)',
      'at walk (/app/src/tree.ts:7:3) ×40',
      'at main (/app/src/index.ts:1:1)',
      '-- packages and runtime --',
      'at Array.map (<anonymous>) ×40',
    ]);
  });

  it('shows no more lines of a stack than a telephone can bear, and says how many frames there are besides', () => {
    const frame = (file: string, i: number): string => `    at f${i} (/app/${file}/f${i}.js:1:1)`;
    const own = Array.from({ length: 30 }, (_, i) => frame('src', i));
    const foreign = Array.from({ length: 15 }, (_, i) => frame('node_modules/p', i));
    const error = { type: 'E', message: 'x', stack: ['E: x', ...own, ...foreign].join('\n') };
    const shown = lines(error);
    expect(shown.filter((line) => line.includes('/src/'))).toHaveLength(20);
    expect(shown.filter((line) => line.includes('/node_modules/'))).toHaveLength(10);
    expect(shown.at(-1)).toBe('… 15 more frames');
    expect(errorBlock(error, 4_000, false).cut).toBe(true);
  });

  it('is empty where there is nothing to say', () => {
    expect(errorBlock({ type: 'A', message: 'm' }, 4_000, false)).toEqual({ text: '', cut: false });
  });

  it('names the last cause in any room, and tells what is missing', () => {
    const deep = (level: number): AlertError => ({
      type: level === 8 ? 'RootError' : `Error${level}`,
      message: level === 8 ? 'disk is full' : 'm'.repeat(3_000),
      stack: NODE_STACK.repeat(20),
      ...(level === 8 ? {} : { cause: deep(level + 1) }),
    });
    for (let maxChars = 60; maxChars <= 4_096; maxChars += 37) {
      const { text, cut } = errorBlock(deep(1), maxChars, true);
      expect(text.length).toBeLessThanOrEqual(maxChars);
      expect(text).toContain('Caused by: RootError: disk is full');
      expect(cut).toBe(true);
    }
    expect(errorBlock(deep(1), 1_000, true).text).toMatch(/… \d+ more frames\n.*Caused by: RootError/s);
  });

  it('counts causes that it cannot name', () => {
    const chain = (level: number): AlertError => ({
      type: `E${level}`,
      message: 'long '.repeat(10),
      ...(level === 7 ? {} : { cause: chain(level + 1) }),
    });
    expect(lines(chain(1), 170)).toEqual([
      expect.stringMatching(/^Caused by: E2.*…/),
      '… 4 more causes',
      `Caused by: E7: ${'long '.repeat(10).trim()}`,
    ]);
  });

  it('takes the causes from a stack of the JVM', () => {
    const stack = [
      'com.acme.OrderException: order failed',
      '\tat org.springframework.web.Servlet.doGet(Servlet.java:10)',
      '\tat com.acme.Order.place(Order.java:20)',
      'Caused by: java.net.ConnectException: refused',
      '\tat java.base/java.net.Socket.connect(Socket.java:1)',
      '\t... 12 more',
    ].join('\n');
    expect(lines({ type: 'com.acme.OrderException', message: 'order failed', stack })).toEqual([
      'at com.acme.Order.place(Order.java:20)',
      '-- packages and runtime --',
      'at org.springframework.web.Servlet.doGet(Servlet.java:10)',
      'Caused by: java.net.ConnectException: refused',
      'at java.base/java.net.Socket.connect(Socket.java:1)',
    ]);
  });

  it('counts the middle of an endless chain of the JVM, and keeps its end', () => {
    const stack = `E: x\n\tat a.B.c(B.java:1)${Array.from({ length: 5_000 }, (_, n) => `\nCaused by: E${n}: m`).join('')}`;
    const { text, cut } = errorBlock({ type: 'E', message: 'x', stack }, 4_000, false);
    expect(text).toMatch(/… 4,989 more causes\n/);
    expect(text).toContain('Caused by: E4999: m');
    expect(cut).toBe(true);
  });

  it('prints a stack of another form as it is, cut in the middle', () => {
    const stack = [
      'Traceback (most recent call last):',
      ...Array.from({ length: 300 }, (_, n) => `  File "/srv/app.py", line ${n}, in f\n    call(${n})`),
      'ValueError: boom',
    ].join('\n');
    const { text, cut } = errorBlock({ type: 'ValueError', message: 'boom', stack }, 1_000, true);
    expect(text).toMatch(/^```\nTraceback [\s\S]+characters cut …[\s\S]+ValueError: boom\n```$/);
    expect(text.length).toBeLessThanOrEqual(1_000);
    expect(cut).toBe(true);
    expect(lines({ type: 'E', message: 'm', stack: 'somewhere\nelse' }, 1_000, true)).toEqual([
      'E: m',
      'somewhere',
      'else',
    ]);
  });

  it('cannot be left by a fence in a message or a stack', () => {
    const stack = 'E: ```\n    at ``` (/app/a.ts:1:1)\n';
    const { text } = errorBlock({ type: 'E', message: '```', stack, cause: { type: 'F', message: '````' } }, 500, true);
    expect(text.slice(3, -3)).not.toContain('```');
  });
});

describe('headOf', () => {
  it.each([
    [{ type: 'E', message: 'm' }, 'E: m'],
    [{ type: 'E', message: '' }, 'E'],
    [{ type: '', message: 'm' }, 'Error: m'],
    [{ type: 'E', message: 'E: m' }, 'E: m'],
    [{ type: 'E', message: 'm', code: 'X1' }, 'E: m (X1)'],
    [{ type: 'E', message: 'm X1', code: 'X1' }, 'E: m X1'],
  ])('of %j', (error, head) => {
    expect(headOf(error)).toBe(head);
  });
});
