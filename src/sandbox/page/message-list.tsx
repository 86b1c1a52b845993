import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MessageView } from '../view.ts';
import { Message } from './message.tsx';

/** Messages drawn at first, and more at a time. */
const PAGE_SIZE = 150;
/** Whoever is this near to the end is taken along when something new comes. */
const NEAR_END_PX = 120;

interface MessageListProps {
  readonly messages: readonly MessageView[];
  /** For counting what stands in threads. */
  readonly all: readonly MessageView[];
  readonly nowMs: number;
  readonly namesChannel: boolean;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** The messages of a place, newest below. Arrow keys, `j` and `k` go from one to the next, Enter inspects it. */
export function MessageList(props: MessageListProps): VNode {
  const { messages, all, nowMs, namesChannel, selectedId, onSelect } = props;
  const [drawn, setDrawn] = useState(PAGE_SIZE);
  const [reachedId, setReached] = useState<string>();
  const [unread, setUnread] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lastCount = useRef(messages.length);

  const threadCounts = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { id, threadId } of all)
      if (threadId !== null && threadId !== id) counts.set(threadId, (counts.get(threadId) ?? 0) + 1);
    return counts;
  }, [all]);

  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setUnread(0);
  };

  // Every change of the list can make it higher, an edit too.
  useLayoutEffect(() => {
    const added = messages.length - lastCount.current;
    lastCount.current = messages.length;
    if (isAtEnd.current) toEnd();
    else if (added > 0) setUnread((count) => count + added);
  }, [messages]);

  // Opening the panel beside the list, or another window, changes its height as well.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // The panel makes the list narrower and its messages higher: what is looked at stays in sight.
  useEffect(() => {
    if (selectedId === undefined) return;
    scroller.current?.querySelector(`[data-message="${selectedId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (isAtEnd.current && unread > 0) setUnread(0);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const article = (event.target as HTMLElement).closest?.('article');
    if (article === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const articles = [...(scroller.current?.querySelectorAll<HTMLElement>('article') ?? [])];
    const at = articles.indexOf(article);
    const next = nextIndex(event.key, at, articles.length);
    if (next !== undefined) {
      const target = articles[next];
      event.preventDefault();
      target?.focus();
      setReached(target?.dataset['message']);
    } else if (event.key === 'Enter' && event.target === article) {
      onSelect(article.dataset['message'] ?? '');
    }
  };

  const shown = messages.slice(-drawn);
  const reachable = shown.some(({ id }) => id === reachedId) ? reachedId : shown.at(-1)?.id;
  return (
    <div class="list-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of its messages bubble up to here */}
      <div class="list" ref={scroller} onScroll={onScroll} onKeyDown={onKeyDown}>
        {messages.length > drawn && (
          <button type="button" class="older" onClick={() => setDrawn(drawn + PAGE_SIZE)}>
            Show {Math.min(PAGE_SIZE, messages.length - drawn)} older messages
          </button>
        )}
        <ol class="messages" aria-label="Messages">
          {shown.map((message) => (
            <Message
              key={message.id}
              message={message}
              nowMs={nowMs}
              namesChannel={namesChannel}
              isSelected={message.id === selectedId}
              isReachable={message.id === reachable}
              threadCount={threadCounts.get(message.id) ?? 0}
              onSelect={onSelect}
            />
          ))}
        </ol>
      </div>
      {unread > 0 && (
        <button type="button" class="newer" onClick={toEnd}>
          {unread} new {unread === 1 ? 'message' : 'messages'} below
        </button>
      )}
    </div>
  );
}

function nextIndex(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
