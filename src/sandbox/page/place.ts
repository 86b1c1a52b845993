import type { ChannelView, MessageView, RequestView, Tone } from '../view.ts';

/** Where the reader is. */
export type Place =
  | { readonly kind: 'all' }
  | { readonly kind: 'channel' | 'thread'; readonly id: string }
  | { readonly kind: 'requests' };

/** A place as the part of the address behind `#`, so that a place can be opened by itself and the browser's arrows work. */
export function toHash(place: Place): string {
  return 'id' in place ? `#/${place.kind}/${place.id}` : `#/${place.kind}`;
}

/** Whatever is no place is all channels. */
export function parsePlace(hash: string): Place {
  const [, kind, id] = hash.split('/');
  if ((kind === 'channel' || kind === 'thread') && id !== undefined && /^\d+$/.test(id)) return { kind, id };
  return { kind: kind === 'requests' ? 'requests' : 'all' };
}

export function isSamePlace(one: Place, other: Place): boolean {
  return toHash(one) === toHash(other);
}

/** What of the messages the reader wants to see. */
export interface MessageFilter {
  readonly place: Place;
  /** Empty: every one. */
  readonly tones: ReadonlySet<Tone>;
  readonly query: string;
}

/** The messages of a place that pass the filter, oldest first. A thread's messages stand in it and among all, not in its channel. */
export function shownMessages(messages: readonly MessageView[], { place, tones, query }: MessageFilter): MessageView[] {
  const words = wordsOf(query);
  return messages.filter(
    (message) =>
      isIn(message, place) &&
      (tones.size === 0 || tones.has(message.tone)) &&
      (words.length === 0 || hasAll(textOf(message), words)),
  );
}

/** The requests that a query means, newest first: by method, route, channel, status, limit, fault. */
export function shownRequests(
  requests: readonly RequestView[],
  channels: readonly ChannelView[],
  query: string,
): RequestView[] {
  const words = wordsOf(query);
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  return requests
    .filter((request) => {
      const { method, route, channelId, status, outcome, limit, faults, broken } = request;
      const text = [
        method,
        route,
        `#${names.get(channelId ?? '') ?? ''}`,
        status,
        outcome,
        limit,
        ...faults,
        ...broken,
      ];
      return hasAll(text.join(' ').toLowerCase(), words);
    })
    .toReversed();
}

function isIn(message: MessageView, place: Place): boolean {
  switch (place.kind) {
    case 'all':
    case 'requests':
      return true;
    case 'channel':
      return message.channelId === place.id && message.threadId === null;
    case 'thread':
      return message.threadId === place.id;
  }
}

function wordsOf(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function textOf({ content, embeds, attachments, username }: MessageView): string {
  const parts = embeds.flatMap(({ title, description, fields = [], footer, author }) => [
    author?.name,
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [username, content, ...parts, ...attachments.map(({ filename }) => filename)].join('\n').toLowerCase();
}
