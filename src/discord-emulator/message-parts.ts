import { measureComponents } from './component-validation.ts';
import { refuse } from './error-bodies.ts';
import type { Channel, Webhook } from './guild.ts';
import { isJsonObject, type JsonObject, textOrNone } from './json.ts';
import { findMentions, type MentionRights, type Mentions } from './mentions.ts';
import type { EmulatedAttachment } from './message-store.ts';
import { botPermissions, hasPermission } from './permissions.ts';
import type { ParsedBody } from './request-body.ts';
import type { ValidationRules } from './validation.ts';
import { DISPLAY_TEXT_CRASH_BYTES, FLAGS, MEDIA_ITEMS_CRASH } from './validation-limits.ts';
import { type ApiCall, queryFlag, type World } from './world.ts';

/** What the sender of these components may send. */
export function validationRulesOf(world: World, call: ApiCall, hook: Webhook): ValidationRules {
  const asked = queryFlag(call.query, 'with_components');
  return {
    components: hook.applicationId !== null ? 'all' : asked ? 'non_interactive' : 'ignored',
    interactiveCode: world.rules.leafCodes.interactiveComponent,
    timestampCode: world.rules.leafCodes.timestamp,
  };
}

/** The components that are kept; what a human's webhook did not ask for is dropped without a word. */
export function keptComponents(value: unknown, rules: ValidationRules, call: ApiCall): JsonObject[] {
  const components = Array.isArray(value) ? value.filter(isJsonObject) : [];
  if (rules.components !== 'ignored') return components;
  if (components.length > 0) call.entry.componentsDropped = true;
  return [];
}

/**
 * Two shapes of components crash the real API instead of being refused.
 *
 * @throws {ApiError} 500.
 */
export function crashOnHugeComponents(components: readonly JsonObject[]): void {
  const { texts, mediaItems } = measureComponents(components);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8') + 12, 0);
  if (bytes > DISPLAY_TEXT_CRASH_BYTES || mediaItems > MEDIA_ITEMS_CRASH) throw refuse('internal_error');
}

/** Bits that a webhook can set; all others are ignored. */
export function settableFlags(value: unknown): number {
  const all = FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2;
  return Number(value ?? 0) & all;
}

/** Who is mentioned by the content and the text displays. */
export function mentionsOf(
  world: World,
  hook: Webhook,
  channel: Channel | undefined,
  texts: { readonly content: string; readonly components: readonly JsonObject[] },
  allowed: unknown,
): Mentions {
  const shown = [texts.content, ...measureComponents(texts.components).texts];
  return findMentions(shown, allowed, mentionRights(world, hook, channel));
}

/** People's webhooks may mention everybody; an app's have the permissions of its bot. */
function mentionRights(world: World, hook: Webhook, channel: Channel | undefined): MentionRights {
  const everyone =
    hook.applicationId === null || hasPermission(botPermissions(world.rules, world.guild, channel), 'MENTION_EVERYONE');
  return { everyone, roles: world.rules.mentionableRoles };
}

/** The uploaded files as attachments, with what `attachments` says of them by their number. */
export function toAttachments(world: World, body: ParsedBody): EmulatedAttachment[] {
  const described = Array.isArray(body.payload['attachments']) ? body.payload['attachments'] : [];
  return body.files.map((file) => {
    const words = described.find((one) => isJsonObject(one) && String(one['id']) === String(file.index));
    const about: JsonObject = isJsonObject(words) ? words : {};
    const description = textOrNone(about['description']);
    const filename = textOrNone(about['filename']) ?? file.filename;
    return {
      id: world.ids.next(world.now()),
      filename,
      sizeBytes: file.bytes.length,
      contentType: file.contentType,
      ...(description === undefined ? {} : { description }),
      isSpoiler: about['is_spoiler'] === true || filename.startsWith('SPOILER_'),
      text: file.bytes.toString('utf8'),
    };
  });
}

/** The log keeps names and sizes of files, and the payload as parsed. */
export function logBody(call: ApiCall, body: ParsedBody): void {
  call.entry.body = body.payload;
  call.entry.files = body.files.map((file) => ({ name: file.filename, sizeBytes: file.bytes.length }));
}
