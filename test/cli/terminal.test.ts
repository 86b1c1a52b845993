import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createStyle, createTerminal, type OutputStream, withoutControls } from '../../src/cli/terminal.ts';

function fakeStream(isTTY: boolean): { stream: OutputStream; emitter: EventEmitter; text: () => string } {
  const emitter = new EventEmitter();
  let text = '';
  const stream = Object.assign(emitter, {
    isTTY,
    columns: 0,
    getColorDepth: (env?: object) => (env !== undefined && 'COLORTERM' in env ? 24 : 4),
    write(chunk: string, done?: () => void) {
      text += chunk;
      done?.();
      return true;
    },
  });
  return { stream: stream as unknown as OutputStream, emitter, text: () => text };
}

describe('colours', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [false, { FORCE_COLOR: '1', COLORTERM: 'truecolor' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('terminal %s, %j: %s', (isTTY, env, expected) => {
    expect(createTerminal(fakeStream(isTTY).stream, env).style.hasColors).toBe(expected);
  });

  it.each([
    [1, 'x'],
    [4, '\u001b[91mx\u001b[39m'],
    [8, '\u001b[38;5;214mx\u001b[39m'],
    [24, '\u001b[38;2;255;170;0mx\u001b[39m'],
  ])('of %i bits', (bits, expected) => {
    expect(createStyle(bits).rgb(bits === 4 ? 0xff0000 : 0xffaa00, 'x')).toBe(expected);
  });
});

it('is 80 wide where the width is not known', () => {
  expect(createTerminal(fakeStream(true).stream, {}).columns).toBe(80);
});

it('whose reader has gone takes everything and says so', async () => {
  const { stream, emitter, text } = fakeStream(false);
  const terminal = createTerminal(stream, {});
  terminal.line('a');
  emitter.emit('error', new Error('EPIPE'));
  terminal.line('b');
  await terminal.drained();
  expect(terminal.isClosed).toBe(true);
  expect(text()).toBe('a\n');
});

it('text of an application cannot steer it', () => {
  expect(withoutControls('a\u001b[2Jb\u0007\u009bc\r\nd\te\u202ef')).toBe('a[2Jbc\nd\tef');
});
