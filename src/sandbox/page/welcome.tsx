import type { VNode } from 'preact';
import type { ChannelView } from '../view.ts';
import { CopyLine } from './copy-line.tsx';

/** What an empty sandbox says: how to get the first message here. */
export function Welcome({ channels, isFiltered }: { channels: readonly ChannelView[]; isFiltered: boolean }): VNode {
  const lines = channels.flatMap(({ connect }) => connect ?? []);
  if (isFiltered) {
    return <p class="empty-line">No message matches.</p>;
  }
  return (
    <div class="welcome">
      <h2>Nothing has been paged yet</h2>
      <p>
        This is a Discord of your own: it keeps the real one's limits, and nothing leaves this machine. Point an
        application at it:
      </p>
      {lines.map((line) => (
        <CopyLine key={line} text={line} />
      ))}
      {lines[0] !== undefined && (
        <>
          <p>or send a page from a shell where that is set:</p>
          <CopyLine text="npx discord-pager send --title 'Hello from the sandbox'" />
        </>
      )}
    </div>
  );
}
