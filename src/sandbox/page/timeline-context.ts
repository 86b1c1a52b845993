import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChannelView } from '../view.ts';

/** The channels, for whatever has to name one. */
export const ChannelsContext = createContext<readonly ChannelView[]>([]);

/** Name of a channel or thread. */
export function useChannelName(id: string | undefined): string | undefined {
  const channels = useContext(ChannelsContext);
  for (const channel of channels) {
    if (channel.id === id) return channel.name;
    const thread = channel.threads.find((one) => one.id === id);
    if (thread !== undefined) return thread.name;
  }
  return undefined;
}
