import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';

/** A node as the parser gives it. */
export type MarkdownNode = ReturnType<ReturnType<typeof SimpleMarkdown.parserFor>>[number];

/** A line of a list. */
export interface ListItem {
  readonly depth: number;
  /** Undefined in a list of points. */
  readonly number: number | undefined;
  readonly content: readonly MarkdownNode[];
}

const LIST = /^(?: {0,12}(?:[-*]|\d{1,9}\.) [^\n]+(?:\n|$))+/;
const ITEM = /^( *)(?:[-*]|(\d+)\.) (.*)$/;

// The parser knows everything of Discord's but lists: https://support.discord.com/hc/en-us/articles/210298617
const list: (typeof rulesExtended)[string] = {
  order: SimpleMarkdown.defaultRules.heading.order,
  match: (source, state) =>
    state.prevCapture === null || state.prevCapture === undefined || /\n$/.test(state.prevCapture[0] ?? '')
      ? LIST.exec(source)
      : null,
  parse: (capture, parse, state) => ({
    items: (capture[0] ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): ListItem => {
        const [, indent = '', number, text = ''] = ITEM.exec(line) ?? [];
        return {
          depth: Math.min(5, Math.floor(indent.length / 2)),
          number: number === undefined ? undefined : Number(number),
          content: parse(text, { ...state, prevCapture: ['x'] as unknown as RegExpExecArray }),
        };
      }),
  }),
};

const parseBlocks = SimpleMarkdown.parserFor({ ...rulesExtended, list });

// A title knows inline marks only: no links, no mentions, no blocks.
const INLINE = ['escape', 'em', 'strong', 'underline', 'strikethrough', 'inlineCode', 'spoiler', 'twemoji', 'text'];
const parseInline = SimpleMarkdown.parserFor(
  Object.fromEntries(Object.entries(rulesExtended).filter(([name]) => INLINE.includes(name))),
);

/** Discord's markdown as a tree. What cannot be parsed is its own text. */
export function parseMarkdown(text: string, form: 'block' | 'inline'): MarkdownNode[] {
  try {
    return (form === 'block' ? parseBlocks : parseInline)(text, { inline: true });
  } catch {
    return [{ type: 'text', content: text }];
  }
}
