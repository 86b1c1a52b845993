import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MessageView } from '../view.ts';
import type { Place } from './place.ts';

/** Per channel and thread: messages that came while their reader was elsewhere. */
export function useUnseen(
  messages: readonly MessageView[],
  place: Place,
): ReadonlyMap<string, { readonly count: number; readonly pings: number }> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set());
  useEffect(() => {
    const visible = messages.filter((message) => !seen.has(message.id) && isVisible(message, place));
    if (visible.length === 0) return;
    // Only of what is still there: the set does not grow with a page that stays open.
    setSeen(
      new Set(messages.filter((message) => seen.has(message.id) || visible.includes(message)).map(({ id }) => id)),
    );
  }, [messages, place, seen]);
  return useMemo(() => {
    const unseen = new Map<string, { count: number; pings: number }>();
    for (const message of messages) {
      if (seen.has(message.id) || isVisible(message, place)) continue;
      const where = message.threadId ?? message.channelId;
      const entry = unseen.get(where) ?? { count: 0, pings: 0 };
      unseen.set(where, { count: entry.count + 1, pings: entry.pings + (message.pinged ? 1 : 0) });
    }
    return unseen;
  }, [messages, place, seen]);
}

function isVisible(message: MessageView, place: Place): boolean {
  if (place.kind === 'all') return true;
  if (place.kind === 'requests') return false;
  return (message.threadId ?? message.channelId) === place.id;
}
