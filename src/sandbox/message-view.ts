import type { EmulatedMessage, MessageState } from '../discord-emulator/message-store.ts';
import type { LoggedRequest } from '../discord-emulator/request-log.ts';
import { findViolations } from '../discord-emulator/violations.ts';
import { COLOR_AUDIT, COLOR_GREEN, PRIORITIES, PRIORITY_COLOR } from '../priority.ts';
import { previewLine } from '../render/preview.ts';
import type { MessageStateView, MessageView, RequestDetail, RequestView, Tone } from './view.ts';

/** A message as the page shows it. */
export function toMessageView(message: EmulatedMessage): MessageView {
  return {
    ...toStateView(message),
    id: message.id,
    channelId: message.channelId,
    threadId: message.threadId,
    username: message.username,
    createdAtMs: message.createdAtMs,
    tone: toneOf(message),
    isOver: message.embeds.length > 0 && message.embeds.every(({ color }) => color === COLOR_GREEN),
    pinged: message.pinged,
    notified: message.notified,
    lostMention: !mentionsAnybody(message) && message.versions.some(mentionsAnybody),
    preview: previewLine({
      ...(message.content === '' ? {} : { content: message.content }),
      embeds: message.embeds,
    }),
    editCount: message.versions.length,
  };
}

export function toStateView(state: MessageState): MessageStateView {
  return {
    content: state.content,
    embeds: state.embeds,
    components: state.components,
    attachments: state.attachments.map(({ id, filename, sizeBytes }) => ({ id, filename, sizeBytes })),
    mentionsEveryone: state.mention_everyone,
    mentionedRoles: state.mention_roles,
    mentionedUsers: state.mentions,
    editedAtMs: state.editedAtMs,
  };
}

function mentionsAnybody(state: MessageState): boolean {
  return state.mention_everyone || state.mention_roles.length > 0 || state.mentions.length > 0;
}

/**
 * The most urgent colour that the message has shown. An incident that is over is green and stays what it was; one that was green
 * from the start is good news, which is a P3.
 */
function toneOf(message: EmulatedMessage): Tone {
  const colors = new Set([...message.versions, message].flatMap(({ embeds }) => embeds.map(({ color }) => color)));
  const shown = PRIORITIES.find((priority) => colors.has(PRIORITY_COLOR[priority]));
  if (shown !== undefined) return shown;
  if (colors.has(COLOR_GREEN)) return 'P3';
  return colors.has(COLOR_AUDIT) ? 'audit' : 'none';
}

export function toRequestView(request: LoggedRequest, channelId: string | undefined): RequestView {
  const { seq, atMs, answeredAtMs, method, route, messageId, outcome, status, limit, faults, rateLimitHeaders } =
    request;
  return {
    seq,
    atMs,
    tookMs: answeredAtMs === undefined || outcome === 'hung' ? undefined : answeredAtMs - atMs,
    method,
    route,
    channelId,
    messageId,
    outcome,
    status,
    limit,
    faults,
    rateLimitHeaders,
    broken: findViolations([request], []).map(({ text }) => text),
  };
}

export function toRequestDetail(request: LoggedRequest, channelId: string | undefined): RequestDetail {
  const { userAgent, body, files, error } = request;
  return { ...toRequestView(request, channelId), userAgent, body, files, error };
}
