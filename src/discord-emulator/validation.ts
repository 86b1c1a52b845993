import { type ComponentRules, checkComponents } from './component-validation.ts';
import { type FieldPath, FormErrors } from './error-bodies.ts';
import {
  addMaxLength,
  addRequired,
  checkBoolean,
  checkInteger,
  checkList,
  checkObject,
  checkSenderName,
  checkSnowflake,
  checkText,
  checkUrl,
  quoted,
} from './field-checks.ts';
import { codePoints, isJsonObject, type JsonObject, tidyText } from './json.ts';
import { FLAGS, LIMITS } from './validation-limits.ts';

/** What validation has to know besides the body. */
export interface ValidationRules extends ComponentRules {
  /** Code of the complaint about a timestamp that is not ISO 8601. */
  readonly timestampCode: string;
}

/**
 * Every complaint about the body of an execute request, all at once, in Discord's nested form.
 *
 * @see https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export function validateExecute(payload: JsonObject, rules: ValidationRules): FormErrors {
  const errors = new FormErrors();
  checkText(errors, ['content'], payload['content'], { max: LIMITS.contentChars });
  checkSenderName(errors, ['username'], payload['username']);
  checkUrl(errors, ['avatar_url'], payload['avatar_url']);
  checkBoolean(errors, ['tts'], payload['tts']);
  checkEmbeds(errors, payload['embeds'], rules);
  checkAllowedMentions(errors, payload['allowed_mentions']);
  checkAttachments(errors, payload['attachments']);
  checkText(errors, ['thread_name'], payload['thread_name'], { min: 1, max: LIMITS.threadNameChars });
  const tags = checkList(errors, ['applied_tags'], payload['applied_tags'], { max: LIMITS.appliedTags });
  for (const [i, tag] of (tags ?? []).entries()) checkSnowflake(errors, ['applied_tags', i], tag);
  checkPoll(errors, payload['poll']);
  const flags = checkInteger(errors, ['flags'], payload['flags'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  const v2 = hasV2(flags);
  checkComponents(errors, ['components'], payload['components'], v2, rules);
  if (v2) checkLegacyFieldsAbsent(errors, payload);
  return errors;
}

/**
 * The same for an edit, whose fields are fewer. `current` is the message as it stands: once made of components, it stays so, and
 * turning it into one needs the old parts cleared.
 *
 * @see https://discord.com/developers/docs/resources/webhook#edit-webhook-message
 */
export function validateEdit(
  payload: JsonObject,
  current: { readonly content: string; readonly embedCount: number; readonly v2: boolean },
  rules: ValidationRules,
): FormErrors {
  const errors = new FormErrors();
  checkText(errors, ['content'], payload['content'], { max: LIMITS.contentChars });
  checkEmbeds(errors, payload['embeds'], rules);
  checkAllowedMentions(errors, payload['allowed_mentions']);
  checkAttachments(errors, payload['attachments']);
  const flags = checkInteger(errors, ['flags'], payload['flags'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  const v2 = current.v2 || hasV2(flags);
  checkComponents(errors, ['components'], payload['components'], v2, rules);
  if (v2) {
    checkLegacyFieldsAbsent(errors, {
      content: payload['content'] === undefined ? current.content : payload['content'],
      // Clearing with null does not work while switching: https://github.com/discord/discord-api-docs/issues/7787
      embeds: Array.isArray(payload['embeds']) ? payload['embeds'] : new Array(current.v2 ? 0 : current.embedCount),
    });
  }
  return errors;
}

function hasV2(flags: number | undefined): boolean {
  return flags !== undefined && Math.floor(flags / FLAGS.componentsV2) % 2 === 1;
}

function checkLegacyFieldsAbsent(errors: FormErrors, payload: JsonObject): void {
  const present: string[] = [];
  if (typeof payload['content'] === 'string' && tidyText(payload['content']) !== '') present.push('content');
  if (Array.isArray(payload['embeds']) && payload['embeds'].length > 0) present.push('embeds');
  if (isJsonObject(payload['poll'])) present.push('poll');
  for (const field of present) {
    errors.add(
      [field],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
}

function checkEmbeds(errors: FormErrors, value: unknown, rules: ValidationRules): void {
  const embeds = checkList(errors, ['embeds'], value, { max: LIMITS.embeds }) ?? [];
  let total = 0;
  for (const [i, item] of embeds.entries()) {
    const embed = checkObject(errors, ['embeds', i], item);
    if (embed === undefined) continue;
    checkEmbed(errors, ['embeds', i], embed, rules);
    total += embedChars(embed);
  }
  if (total > LIMITS.embedTotalChars) {
    errors.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${LIMITS.embedTotalChars}`);
  }
}

function checkEmbed(errors: FormErrors, path: FieldPath, embed: JsonObject, rules: ValidationRules): void {
  checkText(errors, [...path, 'title'], embed['title'], { max: LIMITS.embedTitleChars });
  checkText(errors, [...path, 'description'], embed['description'], { max: LIMITS.embedDescriptionChars });
  checkUrl(errors, [...path, 'url'], embed['url']);
  checkInteger(errors, [...path, 'color'], embed['color'], { min: 0, max: LIMITS.maxColor });
  checkTimestamp(errors, [...path, 'timestamp'], embed['timestamp'], rules.timestampCode);
  const footer = checkObject(errors, [...path, 'footer'], embed['footer']);
  if (footer !== undefined) {
    checkText(errors, [...path, 'footer', 'text'], footer['text'], { max: LIMITS.embedFooterChars });
    checkUrl(errors, [...path, 'footer', 'icon_url'], footer['icon_url'], { media: true });
  }
  const author = checkObject(errors, [...path, 'author'], embed['author']);
  if (author !== undefined) {
    checkText(errors, [...path, 'author', 'name'], author['name'], { max: LIMITS.embedAuthorChars });
    checkUrl(errors, [...path, 'author', 'url'], author['url']);
    checkUrl(errors, [...path, 'author', 'icon_url'], author['icon_url'], { media: true });
  }
  for (const key of ['image', 'thumbnail']) {
    const media = checkObject(errors, [...path, key], embed[key]);
    if (media !== undefined) checkUrl(errors, [...path, key, 'url'], media['url'], { media: true });
  }
  const fields = checkList(errors, [...path, 'fields'], embed['fields'], { max: LIMITS.embedFields }) ?? [];
  for (const [i, item] of fields.entries()) {
    const at = [...path, 'fields', i];
    const field = checkObject(errors, at, item);
    if (field === undefined) continue;
    checkText(errors, [...at, 'name'], field['name'], { max: LIMITS.embedFieldNameChars, required: true });
    checkText(errors, [...at, 'value'], field['value'], { max: LIMITS.embedFieldValueChars, required: true });
    checkBoolean(errors, [...at, 'inline'], field['inline']);
  }
}

/** Characters of an embed that count towards the 6000: URLs, timestamps and the message's content do not. */
function embedChars(embed: JsonObject): number {
  const footer = isJsonObject(embed['footer']) ? embed['footer']['text'] : undefined;
  const author = isJsonObject(embed['author']) ? embed['author']['name'] : undefined;
  let total = 0;
  for (const text of [embed['title'], embed['description'], footer, author]) total += textChars(text);
  const fields = Array.isArray(embed['fields']) ? embed['fields'] : [];
  for (const field of fields) {
    if (isJsonObject(field)) total += textChars(field['name']) + textChars(field['value']);
  }
  return total;
}

function textChars(value: unknown): number {
  return typeof value === 'string' ? codePoints(tidyText(value)) : 0;
}

// Date and time of ISO 8601 with an optional fraction and offset; a bare date is one too.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

function checkTimestamp(errors: FormErrors, path: FieldPath, value: unknown, code: string): void {
  if (value === undefined || value === null) return;
  const text = typeof value === 'string' ? value.trim() : undefined;
  if (text !== undefined && ISO_8601.test(text) && !Number.isNaN(Date.parse(text.replace(',', '.')))) return;
  errors.add(path, code, `Could not parse ${quoted(value)}. Should be ISO8601.`);
}

const PARSE_CHOICES = ['users', 'roles', 'everyone'];

function checkAllowedMentions(errors: FormErrors, value: unknown): void {
  const mentions = checkObject(errors, ['allowed_mentions'], value);
  if (mentions === undefined) return;
  const parse =
    checkList(errors, ['allowed_mentions', 'parse'], mentions['parse'], { max: PARSE_CHOICES.length }) ?? [];
  for (const [i, item] of parse.entries()) {
    if (PARSE_CHOICES.includes(item as string)) continue;
    const list = PARSE_CHOICES.map((one) => `'${one}'`).join(', ');
    errors.add(['allowed_mentions', 'parse', i], 'BASE_TYPE_CHOICES', `Value must be one of (${list}).`);
  }
  for (const kind of ['users', 'roles']) {
    const path = ['allowed_mentions', kind];
    const ids = mentions[kind];
    if (ids === undefined || ids === null) continue;
    if (!Array.isArray(ids)) {
      errors.add(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.');
      continue;
    }
    if (ids.length > LIMITS.allowedMentionIds) addMaxLength(errors, path, LIMITS.allowedMentionIds);
    const seen = new Set<string>();
    for (const [i, id] of ids.slice(0, LIMITS.allowedMentionIds).entries()) {
      const text = checkSnowflake(errors, [...path, i], id);
      if (text === undefined) continue;
      if (seen.has(text)) {
        errors.add([...path, i], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
      }
      seen.add(text);
    }
    if (ids.length > 0 && parse.includes(kind)) {
      errors.add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

function checkAttachments(errors: FormErrors, value: unknown): void {
  // More than ten is an error of its own (30015), told later.
  const items = checkList(errors, ['attachments'], value, { max: Number.MAX_SAFE_INTEGER }) ?? [];
  for (const [i, item] of items.entries()) {
    const attachment = checkObject(errors, ['attachments', i], item);
    if (attachment === undefined) continue;
    if (attachment['id'] === undefined || attachment['id'] === null) addRequired(errors, ['attachments', i, 'id']);
    else checkSnowflake(errors, ['attachments', i, 'id'], attachment['id']);
    checkText(errors, ['attachments', i, 'description'], attachment['description'], {
      max: LIMITS.attachmentDescriptionChars,
    });
  }
}

function checkPoll(errors: FormErrors, value: unknown): void {
  const poll = checkObject(errors, ['poll'], value);
  if (poll === undefined) return;
  const question = checkObject(errors, ['poll', 'question'], poll['question']);
  if (question === undefined) addRequired(errors, ['poll', 'question']);
  else {
    checkText(errors, ['poll', 'question', 'text'], question['text'], {
      max: LIMITS.pollQuestionChars,
      required: true,
    });
  }
  const answers = checkList(errors, ['poll', 'answers'], poll['answers'], { min: 1, max: LIMITS.pollAnswers }) ?? [];
  for (const [i, item] of answers.entries()) {
    const path = ['poll', 'answers', i, 'poll_media'];
    const media = isJsonObject(item) ? checkObject(errors, path, item['poll_media']) : undefined;
    if (media === undefined) addRequired(errors, path);
    else checkText(errors, [...path, 'text'], media['text'], { max: LIMITS.pollAnswerChars });
  }
  checkInteger(errors, ['poll', 'duration'], poll['duration'], { min: 1, max: LIMITS.pollHours });
}
