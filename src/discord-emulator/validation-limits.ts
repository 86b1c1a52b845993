/**
 * Discord's limits, kept here a second time on purpose: the emulator is the judge of what the pager renders, so a mistake in the
 * pager's own table must not be repeated by it. All lengths in code points, after trimming, inclusive.
 */
export const LIMITS = {
  // https://discord.com/developers/docs/resources/webhook#execute-webhook
  contentChars: 2000,
  embeds: 10,
  attachments: 10,
  attachmentDescriptionChars: 1024,
  usernameChars: 80,
  webhookNameChars: 80,
  threadNameChars: 100,
  appliedTags: 5,
  // https://discord.com/developers/docs/resources/message#embed-object-embed-limits
  embedTitleChars: 256,
  embedDescriptionChars: 4096,
  embedFields: 25,
  embedFieldNameChars: 256,
  embedFieldValueChars: 1024,
  embedFooterChars: 2048,
  embedAuthorChars: 256,
  /** Over all embeds of the message, not per embed: https://github.com/discord/discord-api-docs/issues/2575 */
  embedTotalChars: 6000,
  urlChars: 2048,
  maxColor: 16_777_215,
  // https://discord.com/developers/docs/resources/message#allowed-mentions-object
  allowedMentionIds: 100,
  // https://discord.com/developers/docs/components/reference
  legacyRows: 5,
  rowButtons: 5,
  buttonLabelChars: 80,
  buttonUrlChars: 512,
  customIdChars: 100,
  totalComponents: 40,
  /** https://github.com/discord/discord-api-docs/issues/8562 */
  displayTextChars: 4000,
  sectionTexts: 3,
  galleryItems: 10,
  // https://discord.com/developers/docs/resources/poll#poll-create-request-object
  pollQuestionChars: 300,
  pollAnswers: 10,
  pollAnswerChars: 55,
  pollHours: 768,
  // https://discord.com/developers/docs/resources/guild#create-guild-channel
  channelNameChars: 100,
  topicChars: 1024,
  forumTopicChars: 4096,
  slowmodeSeconds: 21_600,
  availableTags: 20,
  createOverwrites: 100,
  channelOverwrites: 1000,
  guildChannels: 500,
  channelWebhooks: 15,
  guildWebhooks: 1000,
} as const;

/** The only bits of `flags` a webhook may set. @see https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const FLAGS = {
  /** 1 << 2 */
  suppressEmbeds: 4,
  /** 1 << 12 */
  suppressNotifications: 4096,
  /** 1 << 15 */
  componentsV2: 32_768,
} as const;

/** Text displays of more UTF-8 bytes than this (each display counting 12 more) end in a 500: https://github.com/discord/discord-api-docs/issues/8554 */
export const DISPLAY_TEXT_CRASH_BYTES = 10_170;
/** More media items than this end in a 500: https://github.com/discord/discord-api-docs/issues/7528 */
export const MEDIA_ITEMS_CRASH = 64;

/** Component types. @see https://discord.com/developers/docs/components/reference#component-object-component-types */
export const COMPONENT = {
  row: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
} as const;
