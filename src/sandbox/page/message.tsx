import type { VNode } from 'preact';
import { memo } from 'preact/compat';
import type { MessageView } from '../view.ts';
import { formatPosted, formatTimestamp } from './discord-time.ts';
import { Icon } from './icons.tsx';
import { MessageBody } from './message-body.tsx';
import { useChannelName } from './timeline-context.ts';

interface MessageProps {
  readonly message: MessageView;
  /** For what is said of its day. */
  readonly nowMs: number;
  /** Among messages of other channels. */
  readonly namesChannel: boolean;
  readonly isSelected: boolean;
  /** The one that the Tab key reaches. */
  readonly isReachable: boolean;
  readonly threadCount: number;
  readonly onSelect: (id: string) => void;
}

/** A message as it stands in its channel. */
export const Message: (props: MessageProps) => VNode = memo((props: MessageProps): VNode => {
  const { message, nowMs, namesChannel, isSelected, isReachable, threadCount, onSelect } = props;
  const channel = useChannelName(message.channelId);
  const thread = useChannelName(message.threadId ?? undefined);
  const isMention = message.mentionsEveryone || message.mentionedRoles.length + message.mentionedUsers.length > 0;
  const classes = ['message', isMention && 'is-mention', isSelected && 'is-selected'].filter(Boolean).join(' ');
  return (
    <li>
      <article
        class={classes}
        data-message={message.id}
        aria-label={`${message.tone === 'none' ? '' : `${message.tone}, `}${message.preview || 'message'}`}
        tabIndex={isReachable ? 0 : -1}
      >
        <div class={`avatar is-${message.tone}`} aria-hidden="true">
          <Icon name="bell" />
        </div>
        <div class="message-column">
          <div class="message-head">
            <span class="author">{message.username}</span>
            <span class="app-tag">APP</span>
            <time
              class="posted"
              dateTime={new Date(message.createdAtMs).toISOString()}
              title={formatTimestamp(message.createdAtMs, 'F', nowMs)}
            >
              {formatPosted(message.createdAtMs, nowMs)}
            </time>
            {namesChannel && <span class="where">#{channel}</span>}
            {namesChannel && thread !== undefined && <span class="where">› {thread}</span>}
          </div>
          <MessageBody messageId={message.id} state={message} nowMs={nowMs} isEdited={message.editCount > 0} />
          <div class="facts">
            <Sound message={message} />
            {message.lostMention && <span class="fact is-bad">an edit took the mention away</span>}
            {message.editCount > 0 && <span class="fact">edited {message.editCount}×</span>}
            {threadCount > 0 && (
              <a class="fact" href={`#/thread/${message.id}`}>
                <Icon name="thread" /> thread, {threadCount} {threadCount === 1 ? 'message' : 'messages'}
              </a>
            )}
            <button
              type="button"
              class="fact is-button"
              onClick={() => onSelect(message.id)}
              aria-expanded={isSelected}
            >
              Inspect
            </button>
          </div>
        </div>
      </article>
    </li>
  );
});

function Sound({ message }: { message: MessageView }): VNode {
  if (message.notified === 'silent') {
    return (
      <span class="fact">
        <Icon name="bellOff" /> silent
      </span>
    );
  }
  return (
    <span class={message.pinged ? 'fact is-ping' : 'fact'}>
      <Icon name="bell" /> {message.pinged ? 'push, pings' : 'push'}
    </span>
  );
}
