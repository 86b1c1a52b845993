import type { VNode } from 'preact';
import type { MessageView } from '../view.ts';
import { Icon } from './icons.tsx';
import { useChannelName } from './timeline-context.ts';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** What a locked telephone shows of a message. */
export function Phone({ message }: { message: MessageView }): VNode {
  const channel = useChannelName(message.channelId);
  const isPush = message.notified === 'push';
  return (
    <div>
      <div class="phone">
        <div class="phone-clock">{CLOCK.format(message.createdAtMs)}</div>
        <div class="phone-day">{DAY.format(message.createdAtMs)}</div>
        {isPush ? (
          <div class={`phone-card is-${message.tone}`}>
            <div class="phone-icon">
              <Icon name="bell" />
            </div>
            <div class="phone-text">
              <div class="phone-title">
                {message.username} <span>(#{channel})</span>
              </div>
              <div class="phone-body">{message.preview}</div>
            </div>
            <div class="phone-when">now</div>
          </div>
        ) : (
          <div class="phone-nothing">no notification</div>
        )}
      </div>
      <p class="explains">{soundInWords(message)}</p>
    </div>
  );
}

function soundInWords({ notified, pinged, editCount }: MessageView): string {
  const edits = editCount > 0 ? ' Its edits made no sound.' : '';
  if (notified === 'silent') return `Sent silently: it stands in the channel and rings nowhere.${edits}`;
  return pinged
    ? `It rings for everybody it mentions.${edits}`
    : `It shows up for those who let this channel notify them of all messages.${edits}`;
}
