import { COLOR_AUDIT, COLOR_GREEN, isAtLeast, PRIORITY_COLOR } from '../priority.ts';
import { NO_MESSAGE, titleOf } from '../title.ts';
import { auditPage } from './audit-line.ts';
import { codePointLength } from './code-points.ts';
import { contentLine, contentOf, isSilent, mentionsFor, PRIORITY_SIGN } from './content.ts';
import { cutEnd, fitMiddle } from './cut.ts';
import { digestContent, digestEmbed, digestFile } from './digest.ts';
import { incidentEmbed } from './embed.ts';
import { headOf } from './error-block.ts';
import { fullTextFile } from './full-text.ts';
import {
  FLAG_SUPPRESS_NOTIFICATIONS,
  MAX_CONTENT_CHARS,
  MAX_EMBED_DESCRIPTION_CHARS,
  MAX_EMBED_TITLE_CHARS,
  MAX_EMBEDS,
} from './limits.ts';
import { linksOf, toButtonRow } from './links.ts';
import { mentionsOf, noMentions } from './mentions.ts';
import type { AuditEntry, MessageEntry, Renderer, RenderOptions, SelfNotice } from './render.ts';
import { cleanLine, cleanParagraphs, escapeContent, escapeInline, escapeMarkdown } from './text.ts';
import type { ActionRow, WebhookMessage } from './webhook-message.ts';
import { isoTime } from './wording.ts';

/** Makes the renderer. It keeps nothing between calls and never throws on what an alert contains. */
export function createRenderer(options: RenderOptions): Renderer {
  return {
    post: (entries) => (entries.length > MAX_EMBEDS ? renderDigest(entries, options) : renderPost(entries, options)),
    edit: (entries) =>
      entries.length > MAX_EMBEDS
        ? { embeds: [digestEmbed(entries)], allowed_mentions: noMentions().allowed }
        : renderEdit(entries, options),
    audit: renderAudit,
    self: (notice, nowMs) => renderSelf(notice, nowMs, options),
    threadName,
    plain: (entries) =>
      entries.length > MAX_EMBEDS
        ? { ...renderDigest(entries, options, true), embeds: [] }
        : renderPlain(entries, options),
  };
}

/** @see https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
const MAX_THREAD_NAME_CHARS = 100;

/** `🔴 checkout · TypeError: …`: plain text, in which markdown has no meaning. */
function threadName(entries: readonly MessageEntry[]): string {
  const [entry] = entries;
  if (entry === undefined) return NO_MESSAGE;
  const { alert, priority } = entry.incident;
  const service = cleanLine((alert.origin.service ?? '').slice(0, MAX_THREAD_NAME_CHARS));
  const title = cleanLine(titleOf(alert)) || NO_MESSAGE;
  const what = entries.length > MAX_EMBEDS ? `${entries.length} incidents` : title;
  return cutEnd(`${PRIORITY_SIGN[priority]} ${service === '' ? what : `${service} · ${what}`}`, MAX_THREAD_NAME_CHARS);
}

/** @param inWords the content alone has to say it. */
function renderDigest(entries: readonly MessageEntry[], options: RenderOptions, inWords = false): WebhookMessage {
  const mentions = mentionsFor(entries, options);
  const silent = isSilent(entries, mentions);
  return {
    ...(silent && !inWords ? {} : { content: digestContent(entries, mentions) }),
    embeds: [digestEmbed(entries)],
    allowed_mentions: mentions.allowed,
    ...(silent ? { flags: FLAG_SUPPRESS_NOTIFICATIONS } : {}),
    ...(inWords ? {} : { files: [digestFile(entries)] }),
  };
}

function renderPost(entries: readonly MessageEntry[], options: RenderOptions): WebhookMessage {
  const rendered = entries.map((entry) => incidentEmbed(entry, entries.length, options));
  const mentions = mentionsFor(entries, options);
  const content = contentOf(entries, mentions);
  const components = componentsOf(entries, options);
  return {
    ...(content === undefined ? {} : { content }),
    embeds: rendered.map(({ embed }) => embed),
    allowed_mentions: mentions.allowed,
    ...(components === undefined ? {} : { components }),
    ...(isSilent(entries, mentions) ? { flags: FLAG_SUPPRESS_NOTIFICATIONS } : {}),
    ...(rendered.some(({ cut }) => cut) ? { files: [fullTextFile(entries, options)] } : {}),
  };
}

// No content, no flags, no files: what an edit does not name stays as it was posted, and content would rebuild the mentions
// (https://discord.com/developers/docs/resources/webhook#edit-webhook-message).
function renderEdit(entries: readonly MessageEntry[], options: RenderOptions): WebhookMessage {
  return {
    embeds: entries.map((entry) => incidentEmbed(entry, entries.length, options).embed),
    allowed_mentions: noMentions().allowed,
    // The empty list takes away buttons of an occurrence that is no longer the one shown.
    ...(entries.length === 1 ? { components: componentsOf(entries, options) ?? [] } : {}),
  };
}

function componentsOf(entries: readonly MessageEntry[], options: RenderOptions): ActionRow[] | undefined {
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) return undefined;
  const row = toButtonRow(linksOf(entry.incident.alert, entry.incident.id, options.links));
  return row === undefined ? undefined : [row];
}

function renderAudit(
  entries: readonly AuditEntry[],
  nowMs: number,
): { readonly message: WebhookMessage; readonly taken: number } {
  const { text, taken } = auditPage(entries);
  return {
    message: {
      embeds: [{ description: text === '' ? 'No notices.' : text, color: COLOR_AUDIT, timestamp: isoTime(nowMs) }],
      allowed_mentions: noMentions().allowed,
      flags: FLAG_SUPPRESS_NOTIFICATIONS,
    },
    taken,
  };
}

const SELF_NAME = 'pager';
const SELF_LINE_CHARS = 200;

function renderSelf(notice: SelfNotice, nowMs: number, options: RenderOptions): WebhookMessage {
  const { priority } = notice;
  const isSuccess = notice.success === true;
  const title = cleanLine(notice.title) || NO_MESSAGE;
  const text = fitMiddle(notice.text, MAX_EMBED_DESCRIPTION_CHARS, (raw) => escapeMarkdown(cleanParagraphs(raw)));
  const mentions = isSuccess ? noMentions() : mentionsOf([priority], options.mentions);
  const speaks = mentions.text !== '' || (isAtLeast(priority, 'P1') && !isSuccess);
  const line = `${PRIORITY_SIGN[priority]} ${priority} ${SELF_NAME} · ${escapeContent(cutEnd(title, SELF_LINE_CHARS))}`;
  return {
    ...(speaks ? { content: [line, mentions.text].filter((part) => part !== '').join(' ') } : {}),
    embeds: [
      {
        title: fitMiddle(title, MAX_EMBED_TITLE_CHARS, escapeInline).text,
        ...(text.text === '' ? {} : { description: text.text }),
        color: isSuccess ? COLOR_GREEN : PRIORITY_COLOR[priority],
        footer: { text: `the pager about itself · ${priority}` },
        timestamp: isoTime(nowMs),
      },
    ],
    allowed_mentions: mentions.allowed,
    ...(speaks ? {} : { flags: FLAG_SUPPRESS_NOTIFICATIONS }),
  };
}

// Discord has refused the message with embeds, and why is not known: so nothing here but text, and pings for P0 alone.
function renderPlain(entries: readonly MessageEntry[], options: RenderOptions): WebhookMessage {
  const mentions = mentionsFor(
    entries.filter(({ incident }) => incident.priority === 'P0'),
    options,
  );
  const room = MAX_CONTENT_CHARS - codePointLength(mentions.text) - 1;
  const perEntry = Math.floor(room / Math.max(1, entries.length)) - 1;
  const paragraphs = entries.map((entry) => plainParagraph(entry, perEntry));
  return {
    content: [...paragraphs, mentions.text].filter((part) => part !== '').join('\n'),
    embeds: [],
    allowed_mentions: mentions.allowed,
    ...(isSilent(entries, mentions) ? { flags: FLAG_SUPPRESS_NOTIFICATIONS } : {}),
  };
}

const PLAIN_LINE_CHARS = 300;

function plainParagraph(entry: MessageEntry, maxChars: number): string {
  const { incident } = entry;
  const line = contentLine(entry, Math.min(PLAIN_LINE_CHARS, maxChars), false);
  const room = maxChars - codePointLength(line) - 1;
  const id = `incident ${cleanLine(incident.id.slice(0, 80))}`;
  const detail = plainDetail(entry);
  const fitted = fitMiddle(detail === '' ? id : `→ ${detail} · ${id}`, room, (raw) =>
    escapeContent(cleanLine(raw), false),
  );
  return room < id.length ? line : `${line}\n${fitted.text}`;
}

/** The last cause is what broke; without an error it is the message. Empty where the title says the same. */
function plainDetail({ incident: { alert } }: MessageEntry): string {
  let error = alert.error;
  while (error?.cause !== undefined) error = error.cause;
  const detail = error === undefined ? alert.message : headOf(error);
  const title = titleOf(alert);
  return detail.length <= title.length && title.includes(detail) ? '' : detail;
}
