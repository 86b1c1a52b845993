import type { Changes, ChannelView, MessageView, RequestView, Snapshot, SwitchView } from '../view.ts';

/** What the page knows. */
export interface Timeline {
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly channels: readonly ChannelView[];
  /** Oldest first. */
  readonly messages: readonly MessageView[];
  /** Oldest first. */
  readonly requests: readonly RequestView[];
  readonly switches: readonly SwitchView[];
}

export type TimelineEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'changes'; readonly changes: Changes }
  | { readonly kind: 'lost' };

export const EMPTY_TIMELINE: Timeline = {
  connection: 'connecting',
  channels: [],
  messages: [],
  requests: [],
  switches: [],
};

/** As many as the sandbox keeps itself. */
const MAX_MESSAGES = 2_000;
const MAX_REQUESTS = 500;

/** The timeline after an event; what the event does not name stays the very same object. */
export function afterEvent(timeline: Timeline, event: TimelineEvent): Timeline {
  switch (event.kind) {
    case 'lost':
      return { ...timeline, connection: 'lost' };
    case 'snapshot':
      return { ...event.snapshot, connection: 'live' };
    case 'changes': {
      const { channels, messages = [], deleted = [], requests = [], switches } = event.changes;
      return {
        ...timeline,
        connection: 'live',
        ...(channels === undefined ? {} : { channels }),
        ...(switches === undefined ? {} : { switches }),
        messages: merged(timeline.messages, messages, (message) => message.id, MAX_MESSAGES, new Set(deleted)),
        requests: merged(timeline.requests, requests, (request) => request.seq, MAX_REQUESTS),
      };
    }
  }
}

function merged<Item, Key>(
  before: readonly Item[],
  changed: readonly Item[],
  keyOf: (item: Item) => Key,
  max: number,
  deleted: ReadonlySet<Key> = new Set(),
): readonly Item[] {
  if (changed.length === 0 && deleted.size === 0) return before;
  const items = new Map(before.map((item) => [keyOf(item), item]));
  for (const item of changed) items.set(keyOf(item), item);
  for (const key of deleted) items.delete(key);
  return [...items.values()].slice(-max);
}
