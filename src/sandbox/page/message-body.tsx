import type { VNode } from 'preact';
import type { MessageStateView } from '../view.ts';
import { Attachment } from './attachment.tsx';
import { Embed } from './embed.tsx';
import { Icon } from './icons.tsx';
import { Link, Markdown } from './markdown.tsx';

/** What members of a channel see of one state of a message: content, embeds, files, buttons. */
export function MessageBody({
  messageId,
  state,
  nowMs,
  isEdited,
}: {
  messageId: string;
  state: MessageStateView;
  nowMs: number;
  isEdited: boolean;
}): VNode {
  const edited = isEdited && <span class="edited">(edited)</span>;
  return (
    <div class="message-body">
      {state.content !== '' && (
        <div class="content">
          <Markdown text={state.content} />
          {edited && <> {edited}</>}
        </div>
      )}
      {state.embeds.map((embed, index) => (
        <Embed key={index} embed={embed} nowMs={nowMs} />
      ))}
      {state.attachments.map((file) => (
        <Attachment key={file.id} messageId={messageId} file={file} />
      ))}
      <Components rows={state.components} />
      {state.content === '' && edited && <div class="content">{edited}</div>}
    </div>
  );
}

/** Link buttons; of everything else that Discord could show the kind is named. */
function Components({ rows }: { rows: MessageStateView['components'] }): VNode {
  return (
    <>
      {rows.map((row, index) => {
        const parts = Array.isArray(row['components']) ? (row['components'] as Record<string, unknown>[]) : [row];
        return (
          <div class="buttons" key={index}>
            {parts.map((part, column) => (
              <Component part={part} key={`${column}/${String(part['label'])}`} />
            ))}
          </div>
        );
      })}
    </>
  );
}

/** https://discord.com/developers/docs/components/reference#component-object-component-types */
const BUTTON = 2;
const TEXT_DISPLAY = 10;

function Component({ part }: { part: Readonly<Record<string, unknown>> }): VNode {
  const label = String(part['label'] ?? '');
  if (part['type'] === BUTTON && typeof part['url'] === 'string') {
    return (
      <span class="button">
        <Link target={part['url']}>
          {label} <Icon name="open" />
        </Link>
      </span>
    );
  }
  if (part['type'] === TEXT_DISPLAY && typeof part['content'] === 'string') {
    return (
      <div class="content">
        <Markdown text={part['content']} />
      </div>
    );
  }
  return <span class="button is-dead">{label || `component of type ${String(part['type'])}`}</span>;
}
