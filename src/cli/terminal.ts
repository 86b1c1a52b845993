import type { WriteStream } from 'node:tty';

/** Wraps a text in one way to show it; without colours each of them returns the text as it is. */
export interface Style {
  readonly hasColors: boolean;
  bold(text: string): string;
  dim(text: string): string;
  strike(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  /** Foreground in a 24-bit RGB colour, or in the nearest one that the terminal has. */
  rgb(color: number, text: string): string;
}

/** Where a command writes to: a terminal, a pipe or a file. */
export interface Terminal {
  readonly style: Style;
  readonly isTerminal: boolean;
  /** Width in characters; 80 where it is not known. */
  readonly columns: number;
  /** True once the reader has gone: what is written after that is lost without an error. */
  readonly isClosed: boolean;
  /** Bytes go out as they are. False: more waits than should; go on when it is `drained`. */
  write(text: string | Uint8Array): boolean;
  /** Writes the text and a line break. */
  line(text?: string): void;
  /** Resolves when everything written so far has left this process, or nobody reads any more. */
  drained(): Promise<void>;
}

/** The parts of `process.stdout` that a terminal needs. */
export type OutputStream = Pick<WriteStream, 'write' | 'on'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'getColorDepth'>>;

const DEFAULT_COLUMNS = 80;

/**
 * Colours only on a terminal, and never where `NO_COLOR` is set to anything (https://no-color.org) or `TERM` is `dumb`. A reader
 * that goes away (`| head`) closes the terminal instead of ending the command.
 */
export function createTerminal(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const isTerminal = stream.isTTY === true;
  let isClosed = false;
  stream.on('error', () => {
    isClosed = true;
  });
  const write = (text: string | Uint8Array): boolean => isClosed || stream.write(text);
  return {
    style: createStyle(isTerminal ? colorBits(stream, env) : 1),
    isTerminal,
    get columns() {
      return stream.columns || DEFAULT_COLUMNS;
    },
    get isClosed() {
      return isClosed;
    },
    write,
    line(text = '') {
      write(`${text}\n`);
    },
    drained: () => (isClosed ? Promise.resolve() : new Promise((resolve) => stream.write('', () => resolve()))),
  };
}

function colorBits(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): number {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return 1;
  return stream.getColorDepth?.({ ...env }) ?? 1;
}

/** @param bits 1 (none), 4, 8 or 24 bits of colour, as `tty.WriteStream.getColorDepth` says. */
export function createStyle(bits: number): Style {
  const hasColors = bits > 1;
  const wrap =
    (open: string, close: string) =>
    (text: string): string =>
      hasColors && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    hasColors,
    bold: wrap('1', '22'),
    dim: wrap('2', '22'),
    strike: wrap('9', '29'),
    red: wrap('31', '39'),
    green: wrap('32', '39'),
    yellow: wrap('33', '39'),
    cyan: wrap('36', '39'),
    rgb: (color, text) => wrap(colorCode(color, bits), '39')(text),
  };
}

function colorCode(color: number, bits: number): string {
  const red = (color >> 16) & 0xff;
  const green = (color >> 8) & 0xff;
  const blue = color & 0xff;
  if (bits >= 24) return `38;2;${red};${green};${blue}`;
  if (bits >= 8) {
    const level = (value: number): number => Math.round((value / 255) * 5);
    // The 6×6×6 cube of the 256 colours begins at 16.
    return `38;5;${16 + 36 * level(red) + 6 * level(green) + level(blue)}`;
  }
  const bright = (value: number, bit: number): number => (value > 127 ? bit : 0);
  return String(90 + bright(red, 1) + bright(green, 2) + bright(blue, 4));
}

/** Control characters (the escape that starts a colour included) and marks that turn the reading direction. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of an application, which could steer the terminal it is shown in, without what does so. Line breaks and tabs stay. */
export function withoutControls(text: string): string {
  return text.replace(CONTROL, '');
}
