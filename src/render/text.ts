/**
 * Makes text of the application harmless: everything that reaches a message goes through one of these. No expression here can
 * take more than linear time.
 */

const ZERO_WIDTH_SPACE = '\u200b';

// Colours and cursor moves of a terminal, before their escape character is taken off.
const TERMINAL_SEQUENCE = /\u001b\[[0-9;?]{0,32}[@-~]/g;
const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085]/g;
// C0 but tab and newline, DEL, C1, byte order marks, and the overrides and isolates that make a text read otherwise than it is
// (https://unicode.org/reports/tr36/#Bidirectional_Text_Spoofing).
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const BROKEN = /[\ud800-\udfff\ufffe\uffff]/gu;

/**
 * Text that is well-formed and shows what it is: line ends are `\n`; NUL, other control characters, terminal colours and
 * bidirectional overrides are gone; lone surrogates are U+FFFD. Idempotent.
 */
export function cleanText(text: string): string {
  return text.replace(TERMINAL_SEQUENCE, '').replace(LINE_BREAK, '\n').replace(UNSEEN, '').replace(BROKEN, '\ufffd');
}

/** {@link cleanText} in one line: runs of blanks, tabs and newlines are one blank; none at the ends. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** {@link cleanText} without blanks at the ends and without more than one empty line in a row. */
export function cleanParagraphs(text: string): string {
  return cleanText(text)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const NAMED_MENTION = /@(?=everyone|here)/gi;
// Users, roles, channels, emoji, timestamps, guild navigation, slash commands, links: all begin like this.
const TAG = /<(?=[@#:/]|[a-z]{1,10}:)/gi;

/**
 * Takes the meaning from `@everyone`, `@here`, `<@id>`, `<#id>`, `<t:…>` and the like, by a zero-width space that nobody sees. Any
 * part of the result is as harmless as the whole.
 */
function breakMentions(text: string): string {
  return text.replace(NAMED_MENTION, `@${ZERO_WIDTH_SPACE}`).replace(TAG, `<${ZERO_WIDTH_SPACE}`);
}

const INLINE_SYNTAX = /[\\*_`~|]/g;
const LINK_OR_EMOJI_COLON = /:(?=\/\/|[A-Za-z+-][\w+-]{0,31}:)/g;
const MASKED_LINK = /\]\(/g;

/**
 * Markdown that shows a cleaned text as it is, within one line: styles, code, spoilers, masked links, bare links and emoji names
 * are escaped, mentions broken. An underscore between letters or digits needs no escape and gets none.
 *
 * @see https://discord.com/developers/docs/reference#message-formatting
 */
export function escapeInline(text: string): string {
  return breakMentions(text)
    .replace(INLINE_SYNTAX, (char, index: number, whole: string) =>
      isHarmless(char, index, whole) ? char : `\\${char}`,
    )
    .replace(LINK_OR_EMOJI_COLON, '\\:')
    .replace(MASKED_LINK, ']\\(');
}

const BLOCK_SYNTAX = /^([ \t]{0,64})(#{1,3}|-#|>{1,3}|[-+])(?=\s|$)/gm;
const NUMBERED_LIST = /^([ \t]{0,64}\d{1,10})\.(?=\s)/gm;

/** {@link escapeInline} for text of several lines: headings, lists, quotes and subtext are escaped as well. */
export function escapeMarkdown(text: string): string {
  return escapeInline(text).replace(BLOCK_SYNTAX, '$1\\$2').replace(NUMBERED_LIST, '$1\\.');
}

function isHarmless(char: string, index: number, whole: string): boolean {
  if (char === '_') return isWordChar(whole, index - 1) && isWordChar(whole, index + 1);
  if (char === '|') return whole[index - 1] !== '|' && whole[index + 1] !== '|';
  return false;
}

function isWordChar(text: string, index: number): boolean {
  return /^[A-Za-z0-9]$/.test(text[index] ?? '');
}

const FENCE = /`(?=``)/g;

/** The overhead of {@link codeFence} in code points. */
export const CODE_FENCE_CHARS = 8;

/**
 * Keeps three backticks from standing side by side, by zero-width spaces, and breaks `@everyone` and `@here`: nothing pings from a
 * code block, but nobody should have to wonder. Any part of the result is as harmless as the whole.
 */
export function breakFences(text: string): string {
  return text.replace(FENCE, `\`${ZERO_WIDTH_SPACE}`).replace(NAMED_MENTION, `@${ZERO_WIDTH_SPACE}`);
}

/** A fenced code block that its text cannot leave. Nothing in it is a link, a mention or markdown. */
export function codeFence(text: string): string {
  return `\`\`\`\n${breakFences(text)}\n\`\`\``;
}

// A preview or an invitation is made from the bare host too.
const DISCORD_HOST = /(discord(?:app)?|dis)\.(?=gg|gd|com|gift|new|me)/gi;

/**
 * A cleaned line for `content`, where a telephone's lock screen shows it raw: mentions, links and emoji names are broken by
 * zero-width spaces, and backslashes stand only where something would otherwise become markdown. A style needs two ends, so a line
 * that stands alone (the default) may keep a single one; one of several lines may not.
 */
export function escapeContent(line: string, standsAlone = true): string {
  const isOpen = (sign: string): boolean => !standsAlone || line.split(sign, 3).length > 2;
  const opens: Readonly<Record<string, boolean>> = {
    '*': isOpen('*'),
    '`': isOpen('`'),
    _: isOpen('_'),
    '~': isOpen('~~'),
    '|': isOpen('||'),
  };
  return breakMentions(line)
    .replace(INLINE_SYNTAX, (char, index: number, whole: string) => {
      const next = whole[index + 1] ?? ' ';
      if (char === '\\') return /[^A-Za-z0-9\s]/.test(next) ? '\\\\' : char;
      if (opens[char] !== true || isHarmless(char, index, whole)) return char;
      if (char === '~' && whole[index - 1] !== '~' && next !== '~') return char;
      return `\\${char}`;
    })
    .replace(LINK_OR_EMOJI_COLON, `:${ZERO_WIDTH_SPACE}`)
    .replace(DISCORD_HOST, `$1.${ZERO_WIDTH_SPACE}`);
}

/** What a reader sees of text that {@link escapeContent} or {@link escapeInline} made: without escapes and zero-width spaces. */
export function unescapeMarkdown(text: string): string {
  return text.replaceAll(ZERO_WIDTH_SPACE, '').replace(/\\([^A-Za-z0-9\s])/g, '$1');
}
