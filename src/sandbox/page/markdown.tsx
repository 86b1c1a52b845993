import type { ComponentChildren, VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatTimestamp } from './discord-time.ts';
import { type ListItem, type MarkdownNode, parseMarkdown } from './markdown-tree.ts';
import { useNow } from './now.ts';
import { useChannelName } from './timeline-context.ts';

/** A text of a message as Discord shows it. Titles of embeds are `inline`. */
export function Markdown({ text, form = 'block' }: { text: string; form?: 'block' | 'inline' }): VNode {
  const nodes = useMemo(() => parseMarkdown(text, form), [text, form]);
  return <>{nodes.map(toVNode)}</>;
}

function Children({ of }: { of: unknown }): VNode {
  if (typeof of === 'string') return <>{of}</>;
  return <>{(Array.isArray(of) ? (of as MarkdownNode[]) : []).map(toVNode)}</>;
}

function toVNode(node: MarkdownNode, index: number): ComponentChildren {
  const inside = <Children of={node['content']} />;
  switch (node.type) {
    case 'text':
      return String(node['content']);
    case 'br':
    case 'newline':
      return <br key={index} />;
    case 'strong':
      return <strong key={index}>{inside}</strong>;
    case 'em':
      return <em key={index}>{inside}</em>;
    case 'underline':
      return <u key={index}>{inside}</u>;
    case 'strikethrough':
      return <s key={index}>{inside}</s>;
    case 'spoiler':
      return <Spoiler key={index}>{inside}</Spoiler>;
    case 'inlineCode':
      return <code key={index}>{inside}</code>;
    case 'codeBlock':
      return (
        <pre key={index}>
          <code>{String(node['content'])}</code>
        </pre>
      );
    case 'blockQuote':
      return <blockquote key={index}>{inside}</blockquote>;
    case 'heading':
      // No headings of the page: its outline is its own.
      return (
        <div key={index} class={`md-heading md-heading-${node['level']}`}>
          {inside}
        </div>
      );
    case 'subtext':
      return (
        <div key={index} class="md-subtext">
          {inside}
        </div>
      );
    case 'list':
      return <List key={index} items={node['items'] as ListItem[]} />;
    case 'link':
    case 'url':
    case 'autolink':
      return (
        <Link key={index} target={String(node['target'])}>
          {inside}
        </Link>
      );
    case 'timestamp':
      return <Timestamp key={index} seconds={Number(node['timestamp'])} format={node['format']} />;
    case 'everyone':
    case 'here':
      return <Mention key={index} name={node.type} />;
    case 'user':
    case 'role':
      return <Mention key={index} name={node.type} title={`${node.type} ${node['id']}`} />;
    case 'channel':
      return <ChannelMention key={index} id={String(node['id'])} />;
    default:
      // Emoji of the own system and whatever else has a name.
      return String(node['name'] ?? node['content'] ?? '');
  }
}

function List({ items }: { items: readonly ListItem[] }): VNode {
  return (
    <ul class="md-list">
      {items.map(({ depth, number, content }, index) => (
        <li
          key={index}
          class={`md-depth-${depth}`}
          data-mark={number === undefined ? (depth === 0 ? '•' : '◦') : `${number}.`}
        >
          <Children of={content} />
        </li>
      ))}
    </ul>
  );
}

/** Only the web: `javascript:` and the like stay text. */
export function Link({ target, children }: { target: string; children: ComponentChildren }): VNode {
  if (!/^https?:\/\//i.test(target)) return <>{children}</>;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Mention({ name, title }: { name: string; title?: string }): VNode {
  return (
    <span class="mention" title={title}>
      @{name}
    </span>
  );
}

function ChannelMention({ id }: { id: string }): VNode {
  return <span class="mention">#{useChannelName(id) ?? 'unknown'}</span>;
}

function Timestamp({ seconds, format }: { seconds: number; format: string | undefined }): VNode {
  const nowMs = useNow();
  const timeMs = seconds * 1_000;
  if (Math.abs(timeMs) > 8.64e15) return <>Invalid date</>;
  return (
    <time class="timestamp" dateTime={new Date(timeMs).toISOString()} title={formatTimestamp(timeMs, 'F', nowMs)}>
      {formatTimestamp(timeMs, format, nowMs)}
    </time>
  );
}

function Spoiler({ children }: { children: ComponentChildren }): VNode {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <span class="spoiler">{children}</span>
  ) : (
    <button type="button" class="spoiler is-hidden" aria-label="Show the spoiler" onClick={() => setOpen(true)}>
      {children}
    </button>
  );
}
