import type { Style } from './terminal.ts';
import { withoutControls } from './terminal.ts';

/** How a text of a Discord message is shown in a terminal. */
export interface DiscordTextOptions {
  readonly style: Style;
  /** For relative times. */
  readonly nowMs: number;
}

/** A line of a Discord text, as a terminal shows it. */
export interface TextLine {
  readonly text: string;
  /** It stands in a code block. */
  readonly isCode: boolean;
}

/**
 * The lines of a Discord text as a reader sees them: code blocks told apart, escapes and zero-width spaces gone, links as their label,
 * times in words, own bold and struck-through text in the terminal's way. Whatever could steer the terminal is left out.
 */
export function toTextLines(markdown: string, options: DiscordTextOptions): TextLine[] {
  const lines: TextLine[] = [];
  let isCode = false;
  for (const line of withoutControls(markdown).split('\n')) {
    if (line.startsWith('```')) {
      isCode = !isCode;
      continue;
    }
    const expanded = line.replaceAll('\t', '  ');
    lines.push({ text: isCode ? withoutZeroWidth(expanded) : inlineText(expanded, options), isCode });
  }
  return lines;
}

const ZERO_WIDTH = /\u200b/g;

function withoutZeroWidth(text: string): string {
  return text.replace(ZERO_WIDTH, '');
}

const MASKED_LINK = /\[([^\]\\]{1,80})\]\(https?:[^()\s]{1,2100}\)/g;
const TIME = /<t:(\d{1,13}):[A-Za-z]>/g;

/** One line outside of code. */
export function inlineText(line: string, { style, nowMs }: DiscordTextOptions): string {
  const shown = line
    .replace(MASKED_LINK, (_whole, label: string) => `${label} ↗`)
    .replace(TIME, (_whole, seconds: string) => ago(nowMs - Number(seconds) * 1_000))
    .replace(/(?<!\\)~~(.*?)(?<!\\)~~/g, (_whole, struck: string) => style.strike(struck))
    .replace(/(?<!\\)\*\*(.*?)(?<!\\)\*\*/g, (_whole, bold: string) => style.bold(bold));
  return withoutZeroWidth(shown).replace(/\\([^A-Za-z0-9\s])/g, '$1');
}

function ago(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 2) return 'just now';
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
