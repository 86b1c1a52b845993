import type { EmulatedEmbed } from '../discord-emulator/embeds.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import { inlineText, toTextLines } from './discord-text.ts';
import { type Style, withoutControls } from './terminal.ts';

export interface PictureOptions {
  readonly style: Style;
  /** Width in characters; between 40 and 100 of them are used. */
  readonly columns: number;
  readonly nowMs: number;
  /** From what happened to the message, if it is to be told. */
  readonly latencyMs?: number;
}

const INDENT = '  ';
const MIN_COLUMNS = 40;
const MAX_COLUMNS = 100;
/** Lines of a stack that are worth their room in a terminal. */
const MAX_CODE_LINES = 6;
const BAR = '▌';

/**
 * A message as it stands in Discord, drawn for a terminal: channel and sound in the first line, then what a telephone's lock screen
 * shows, then each embed behind a bar of its colour. Text is wrapped, long code is shortened.
 */
export function drawPage(message: EmulatedMessage, options: PictureOptions): string[] {
  const { style } = options;
  const width = pictureWidth(options.columns);
  const head = [style.bold(style.cyan(`#${message.channel}`)), soundOf(message, style)];
  if (options.latencyMs !== undefined) head.push(style.dim(`arrived after ${Math.max(0, options.latencyMs)} ms`));
  const lines = [head.join(style.dim(' · '))];
  if (message.content !== '') {
    for (const line of toTextLines(message.content, options)) {
      lines.push(...wrap(line.text, width).map((part) => style.bold(part)));
    }
  }
  for (const embed of message.embeds) lines.push(...drawEmbed(embed, options, width));
  const buttons = labelsOf(message);
  if (buttons.length > 0) lines.push(buttons.map((label) => style.cyan(`[ ${label} ↗ ]`)).join(' '));
  for (const file of message.attachments) lines.push(style.dim(`📎 ${oneLine(file.filename)}`));
  return lines.map((line) => `${INDENT}${line}`);
}

/** What an edit changed, in one or two lines: the new title behind the bar. */
export function drawEdit(message: EmulatedMessage, options: PictureOptions): string[] {
  const { style } = options;
  const width = pictureWidth(options.columns);
  const titles = message.embeds.flatMap((embed) => {
    const bar = style.rgb(embed.color ?? 0, BAR);
    return wrap(inlineText(oneLine(embed.title ?? ''), options), width - 2).map((line) => `${bar} ${style.bold(line)}`);
  });
  const head = `${style.bold(style.cyan(`#${message.channel}`))}${style.dim(' · the same message, edited in place · no sound')}`;
  return [head, ...titles].map((line) => `${INDENT}${line}`);
}

function drawEmbed(embed: EmulatedEmbed, options: PictureOptions, width: number): string[] {
  const { style } = options;
  const bar = style.rgb(embed.color ?? 0x4e5058, BAR);
  const room = width - 2;
  const lines: string[] = [];
  if (embed.title !== undefined) {
    lines.push(...wrap(inlineText(oneLine(embed.title), options), room).map((line) => style.bold(line)));
  }
  if (embed.description !== undefined) lines.push(...drawDescription(embed.description, options, room));
  lines.push(...drawFields(embed.fields ?? [], options, room));
  if (embed.footer !== undefined) lines.push(style.dim(shorten(oneLine(embed.footer.text), room)));
  return lines.map((line) => `${bar} ${line}`);
}

function drawDescription(description: string, options: PictureOptions, room: number): string[] {
  const { style } = options;
  const lines: string[] = [];
  let codeLines = 0;
  for (const { text, isCode } of toTextLines(description, options)) {
    if (!isCode) {
      codeLines = 0;
      lines.push(...wrap(text, room));
      continue;
    }
    if (++codeLines > MAX_CODE_LINES) {
      if (codeLines === MAX_CODE_LINES + 1) lines.push(style.dim('  …'));
      continue;
    }
    lines.push(style.dim(`  ${shorten(text, room - 2)}`));
  }
  return lines;
}

function drawFields(fields: NonNullable<EmulatedEmbed['fields']>, options: PictureOptions, room: number): string[] {
  const { style } = options;
  const texts = fields.map(
    ({ name, value }) => `${inlineText(oneLine(name), options)}: ${inlineText(oneLine(value), options)}`,
  );
  const lines: string[] = [];
  let line = '';
  for (const text of texts) {
    const longer = line === '' ? text : `${line}   ${text}`;
    if (line !== '' && longer.length > room) {
      lines.push(line);
      line = text;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((text) => style.dim(shorten(text, room)));
}

function soundOf(message: EmulatedMessage, style: Style): string {
  if (message.pinged) {
    const whom = message.mention_everyone ? '@everyone' : 'those mentioned';
    return style.rgb(0xff5555, `🔔 push, pings ${whom}`);
  }
  return message.notified === 'push' ? '🔔 push' : style.dim('🔕 silent');
}

function labelsOf(message: EmulatedMessage): string[] {
  return message.components.flatMap((row) => {
    const buttons: unknown = row['components'];
    if (!Array.isArray(buttons)) return [];
    return buttons.flatMap((button: { label?: unknown }) =>
      typeof button.label === 'string' ? [oneLine(button.label)] : [],
    );
  });
}

function pictureWidth(columns: number): number {
  return Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, columns)) - INDENT.length;
}

function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ');
}

function shorten(text: string, maxChars: number): string {
  const chars = [...text];
  return chars.length <= maxChars ? text : `${chars.slice(0, Math.max(0, maxChars - 1)).join('')}…`;
}

/** Breaks at blanks; a word that is longer than a line is broken too. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length > width) {
      lines.push(line);
      line = '';
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  lines.push(line);
  return lines;
}
