import { isJsonObject, type JsonObject, textOrNone } from './json.ts';

/** A picture of an embed, with what Discord adds to it. */
export interface EmulatedMedia {
  readonly url: string;
  readonly proxy_url: string;
  readonly width: number;
  readonly height: number;
}

/** An embed as Discord gives it back: trimmed, typed, with proxied media, without what it ignores. */
export interface EmulatedEmbed {
  readonly type: 'rich';
  readonly title?: string;
  readonly description?: string;
  readonly url?: string;
  readonly color?: number;
  readonly timestamp?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly inline: boolean }[];
  readonly footer?: { readonly text: string; readonly icon_url?: string; readonly proxy_icon_url?: string };
  readonly author?: {
    readonly name: string;
    readonly url?: string;
    readonly icon_url?: string;
    readonly proxy_icon_url?: string;
  };
  readonly image?: EmulatedMedia;
  readonly thumbnail?: EmulatedMedia;
}

/** The shown embeds of a validated body. One without anything to show is dropped, as Discord does. */
export function normaliseEmbeds(value: unknown): EmulatedEmbed[] {
  const embeds: EmulatedEmbed[] = [];
  for (const item of Array.isArray(value) ? value : []) {
    const embed = isJsonObject(item) ? normaliseEmbed(item) : undefined;
    if (embed !== undefined) embeds.push(embed);
  }
  return embeds;
}

function normaliseEmbed(raw: JsonObject): EmulatedEmbed | undefined {
  const fields = (Array.isArray(raw['fields']) ? raw['fields'] : []).filter(isJsonObject).map((field) => ({
    name: textOrNone(field['name']) ?? '',
    value: textOrNone(field['value']) ?? '',
    inline: field['inline'] === true,
  }));
  const visible = {
    ...optional('title', textOrNone(raw['title'])),
    ...optional('description', textOrNone(raw['description'])),
    ...(fields.length > 0 ? { fields } : {}),
    ...optional('footer', normaliseFooter(raw['footer'])),
    ...optional('author', normaliseAuthor(raw['author'])),
    ...optional('image', normaliseMedia(raw['image'])),
    ...optional('thumbnail', normaliseMedia(raw['thumbnail'])),
  };
  if (Object.keys(visible).length === 0) return undefined;
  const time = textOrNone(raw['timestamp']);
  const color = raw['color'] === null || raw['color'] === undefined ? undefined : Number(raw['color']);
  return {
    type: 'rich',
    ...visible,
    ...optional('url', textOrNone(raw['url'])),
    ...optional('color', color),
    ...optional('timestamp', time === undefined ? undefined : toApiTimestamp(Date.parse(time.replace(',', '.')))),
  };
}

function normaliseFooter(value: unknown): EmulatedEmbed['footer'] {
  const text = isJsonObject(value) ? textOrNone(value['text']) : undefined;
  return text === undefined ? undefined : { text, ...normaliseIcon(value) };
}

function normaliseAuthor(value: unknown): EmulatedEmbed['author'] {
  const name = isJsonObject(value) ? textOrNone(value['name']) : undefined;
  if (name === undefined || !isJsonObject(value)) return undefined;
  return { name, ...optional('url', textOrNone(value['url'])), ...normaliseIcon(value) };
}

function normaliseIcon(value: unknown): { icon_url?: string; proxy_icon_url?: string } {
  const url = isJsonObject(value) ? textOrNone(value['icon_url']) : undefined;
  return url === undefined ? {} : { icon_url: url, proxy_icon_url: proxied(url) };
}

// https://discord.com/developers/docs/reference#editing-message-attachments-using-attachments-within-embeds
const ATTACHED_IMAGE = /^attachment:\/\/[^/]+\.(?:jpe?g|png|webp|gif)$/i;

function normaliseMedia(value: unknown): EmulatedMedia | undefined {
  const url = isJsonObject(value) ? textOrNone(value['url']) : undefined;
  if (url === undefined) return undefined;
  // An attachment of another kind is no picture and shows nothing.
  if (url.startsWith('attachment://') && !ATTACHED_IMAGE.test(url)) return undefined;
  return { url, proxy_url: proxied(url), width: 0, height: 0 };
}

function proxied(url: string): string {
  return `https://images-ext-1.discordapp.net/external/emulated/${encodeURIComponent(url)}`;
}

/** Discord's timestamps: microseconds and a numeric offset. */
export function toApiTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
