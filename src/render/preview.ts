import { cutEnd } from './cut.ts';
import { cleanLine, unescapeMarkdown } from './text.ts';
import type { Embed } from './webhook-message.ts';

/** The parts of a message that a lock screen can show. */
export interface Previewed {
  readonly content?: string;
  readonly embeds: readonly Pick<Embed, 'title' | 'description'>[];
}

/** What a lock screen shows of a message, roughly: two or three lines. */
const PREVIEW_CHARS = 180;

const OWN_LINK = /\[([A-Za-z ]{1,40})\]\(https?:[^()\s]{1,2100}\)/g;

/**
 * What a telephone shows of a message before it is unlocked: its content (else title and description of its first embed) in one
 * line, markdown and mentions as a reader sees them, at most 180 code points. Empty only for an empty message.
 */
export function previewLine(message: Previewed): string {
  const [embed] = message.embeds;
  const text = message.content ?? [embed?.title, embed?.description].filter((part) => part !== undefined).join(' · ');
  const plain = text
    .replace(/<@&\d{1,20}>/g, '@role')
    .replace(/<@\d{1,20}>/g, '@user')
    .replaceAll('```', ' ')
    .replace(OWN_LINK, '$1')
    // Only own markup strikes through: tildes of the application are escaped.
    .replace(/(?<!\\)~~/g, '');
  return cutEnd(cleanLine(unescapeMarkdown(plain)), PREVIEW_CHARS);
}
