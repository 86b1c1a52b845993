/**
 * Every limit of a message. Lengths are Unicode code points, counted after the blanks around a text are trimmed; all limits are
 * inclusive.
 *
 * @see https://github.com/discord/discord-api-docs/issues/1315 (code points)
 */

/** @see https://discord.com/developers/docs/resources/webhook#execute-webhook-jsonform-params */
export const MAX_CONTENT_CHARS = 2_000;
/** @see https://discord.com/developers/docs/resources/webhook#execute-webhook-jsonform-params */
export const MAX_EMBEDS = 10;

/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_EMBED_TITLE_CHARS = 256;
/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_EMBED_DESCRIPTION_CHARS = 4_096;
/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_EMBED_FIELDS = 25;
/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_FIELD_NAME_CHARS = 256;
/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_FIELD_VALUE_CHARS = 1_024;
/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const MAX_FOOTER_CHARS = 2_048;
/**
 * Title, description, field names and values, footer and author of all embeds of a message together.
 *
 * @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
const MAX_EMBEDS_TOTAL_CHARS = 6_000;

/** @see https://discord.com/developers/docs/components/reference#button-button-structure */
export const MAX_BUTTON_URL_CHARS = 512;
/** @see https://discord.com/developers/docs/components/reference#button-button-structure */
export const MAX_BUTTON_LABEL_CHARS = 80;
/** @see https://discord.com/developers/docs/components/reference#action-row */
export const MAX_BUTTONS_PER_ROW = 5;

/** @see https://discord.com/developers/docs/resources/message#allowed-mentions-object-allowed-mentions-structure */
export const MAX_MENTION_IDS = 100;
/**
 * The text of all mentions of one message: our own limit, so that half of the content remains for what broke. Mentions that do not
 * fit are left out.
 */
export const MAX_MENTION_TEXT_CHARS = 1_000;

/**
 * UTF-8 bytes of the attached full text: our own limit, a tenth of what Discord takes.
 *
 * @see https://discord.com/developers/docs/reference#uploading-files (10 MiB a file)
 */
export const MAX_FILE_BYTES = 1_048_576;

/** Message flag: no push, no desktop notification. @see https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const FLAG_SUPPRESS_NOTIFICATIONS: number = 1 << 12;

/** What one of `embedCount` embeds may use of the total: they share it evenly, so that an edit never outgrows its post. */
export function embedBudget(embedCount: number): number {
  return Math.floor(MAX_EMBEDS_TOTAL_CHARS / Math.max(1, embedCount));
}
