/** An embed as Discord takes it; only the parts that the pager uses. Source: https://discord.com/developers/docs/resources/message#embed-object */
export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  /** ISO 8601. */
  timestamp?: string;
  fields?: EmbedField[];
  footer?: { text: string };
}

export interface EmbedField {
  name: string;
  value: string;
  inline?: boolean;
}

/** A link button: the only component a webhook made by a person may send. */
export interface LinkButton {
  type: 2;
  style: 5;
  label: string;
  url: string;
}

export interface ActionRow {
  type: 1;
  components: LinkButton[];
}

/** Present in every message: without it Discord falls back to parsing user mentions. */
export interface AllowedMentions {
  parse: 'everyone'[];
  roles?: string[];
  users?: string[];
}

/** A text file sent along with a message. */
export interface AttachedText {
  readonly name: string;
  readonly text: string;
}

/** The body of one webhook request, within every limit of Discord. */
export interface WebhookMessage {
  content?: string;
  embeds: Embed[];
  allowed_mentions: AllowedMentions;
  components?: ActionRow[];
  /** Bit 12: no push, no desktop notification. */
  flags?: number;
  /** Sent as multipart parts, not in the JSON. */
  files?: AttachedText[];
}
