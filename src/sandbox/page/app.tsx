import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MessageView, Tone } from '../view.ts';
import { CopyLine } from './copy-line.tsx';
import { Icon } from './icons.tsx';
import { MessagePanel, RequestPanel } from './inspector.tsx';
import { MessageList } from './message-list.tsx';
import { useNow } from './now.ts';
import { type Place, parsePlace, shownMessages } from './place.ts';
import { RequestsView } from './requests-view.tsx';
import { Sidebar } from './sidebar.tsx';
import { ChannelsContext, useChannelName } from './timeline-context.ts';
import { useTheme } from './use-theme.ts';
import { useTimeline } from './use-timeline.ts';
import { useUnseen } from './use-unseen.ts';
import { Welcome } from './welcome.tsx';

const TONES: readonly Tone[] = ['P0', 'P1', 'P2', 'P3', 'DEV'];

type Selected = { readonly kind: 'message'; readonly id: string } | { readonly kind: 'request'; readonly seq: number };

export function App(): VNode {
  const timeline = useTimeline();
  const place = usePlace();
  const [theme, toggleTheme] = useTheme();
  const [tones, setTones] = useState<ReadonlySet<Tone>>(() => new Set());
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<Selected>();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { messages, channels, requests } = timeline;
  const unseen = useUnseen(messages, place);
  // Of "today" and "yesterday" a minute is exact enough; drawing every message each second would not be.
  const nowMs = Math.floor(useNow() / 60_000) * 60_000;
  const shown = useMemo(() => shownMessages(messages, { place, tones, query }), [messages, place, tones, query]);
  const message = selected?.kind === 'message' ? messages.find(({ id }) => id === selected.id) : undefined;
  const request = selected?.kind === 'request' ? requests.find(({ seq }) => seq === selected.seq) : undefined;

  // What is behind a message is of no interest among the requests, and the other way round.
  useEffect(() => setSelected(undefined), [place.kind === 'requests']);
  useKeys(search, () => {
    if (isMenuOpen) setMenuOpen(false);
    else setSelected(undefined);
  });

  const toggleTone = (tone: Tone): void => {
    const next = new Set(tones);
    if (!next.delete(tone)) next.add(tone);
    setTones(next);
  };
  const close = (): void => setSelected(undefined);
  const isPanelOpen = message !== undefined || request !== undefined;

  return (
    <ChannelsContext.Provider value={channels}>
      <div class={isPanelOpen ? 'page has-panel' : 'page'}>
        <Sidebar
          timeline={timeline}
          place={place}
          unseen={unseen}
          isOpen={isMenuOpen}
          theme={theme}
          onTheme={toggleTheme}
          onNavigate={() => setMenuOpen(false)}
        />
        {isMenuOpen && (
          <button type="button" class="veil" aria-label="Close the menu" onClick={() => setMenuOpen(false)} />
        )}
        <main>
          <div class="top">
            <button
              type="button"
              class="icon-button menu-button"
              aria-label="Channels and switches"
              aria-expanded={isMenuOpen}
              aria-controls="sidebar"
              onClick={() => setMenuOpen(!isMenuOpen)}
            >
              <Icon name="menu" />
            </button>
            <PlaceTitle place={place} />
            {place.kind !== 'requests' && (
              <fieldset class="tones">
                <legend class="hidden">Show only</legend>
                {TONES.map((tone) => (
                  <button
                    key={tone}
                    type="button"
                    class={`tone is-${tone}`}
                    aria-pressed={tones.has(tone)}
                    onClick={() => toggleTone(tone)}
                  >
                    {tone}
                  </button>
                ))}
              </fieldset>
            )}
            <label class="search">
              <span class="hidden">Search</span>
              <input
                ref={search}
                type="search"
                placeholder="Search"
                value={query}
                onInput={(event) => setQuery(event.currentTarget.value)}
              />
              <Icon name="search" />
            </label>
          </div>
          {place.kind === 'requests' ? (
            <RequestsView
              requests={requests}
              channels={channels}
              query={query}
              selectedSeq={request?.seq}
              onSelect={(seq) => setSelected({ kind: 'request', seq })}
            />
          ) : shown.length === 0 && timeline.connection !== 'connecting' ? (
            <div class="list">
              <Welcome channels={channels} isFiltered={tones.size > 0 || query !== ''} />
            </div>
          ) : (
            <MessageList
              key={window.location.hash}
              messages={shown}
              all={messages}
              nowMs={nowMs}
              namesChannel={place.kind === 'all'}
              selectedId={message?.id}
              onSelect={(id) => setSelected(id === message?.id ? undefined : { kind: 'message', id })}
            />
          )}
          {place.kind !== 'requests' && <Composer place={place} />}
        </main>
        {message && <MessagePanel key={message.id} message={message} onClose={close} />}
        {request && <RequestPanel key={request.seq} seq={request.seq} version={request.outcome} onClose={close} />}
        <Announcer messages={messages} />
      </div>
    </ChannelsContext.Provider>
  );
}

function usePlace(): Place {
  const [hash, setHash] = useState(() => window.location.hash);
  useEffect(() => {
    const onChange = (): void => setHash(window.location.hash);
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return useMemo(() => parsePlace(hash), [hash]);
}

/** `/` goes to the search, Escape closes what is open. */
function useKeys(search: { readonly current: HTMLInputElement | null }, onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key === '/' && !isTyping) {
        event.preventDefault();
        search.current?.focus();
      } else if (event.key === 'Escape') {
        if (isTyping) (event.target as HTMLElement).blur();
        else latest.current();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [search]);
}

function PlaceTitle({ place }: { place: Place }): VNode {
  const name = useChannelName('id' in place ? place.id : undefined);
  const title = place.kind === 'all' ? 'All channels' : place.kind === 'requests' ? 'Requests' : (name ?? 'gone');
  const icon =
    place.kind === 'channel'
      ? 'hash'
      : place.kind === 'requests'
        ? 'wire'
        : place.kind === 'thread'
          ? 'thread'
          : 'list';
  return (
    <h1 class="place-title">
      <Icon name={icon} />
      <span>{title}</span>
    </h1>
  );
}

/** Where Discord has its text box: webhooks only write, so here stands how to make one write. */
function Composer({ place }: { place: Place }): VNode | null {
  return (
    <ChannelsContext.Consumer>
      {(channels) => {
        const channel = place.kind === 'channel' ? channels.find(({ id }) => id === place.id) : channels[0];
        if (channel?.connect === undefined) return null;
        return (
          <div class="composer">
            <CopyLine text={channel.connect} label={channel.connect.replace(/\/(\d+)\/[^/]*$/, '/$1/…')} />
          </div>
        );
      }}
    </ChannelsContext.Consumer>
  );
}

/** Tells a screen reader of the newest message. */
function Announcer({ messages }: { messages: readonly MessageView[] }): VNode {
  const newest = messages.at(-1);
  const channel = useChannelName(newest?.channelId);
  return (
    <div class="hidden" aria-live="polite">
      {newest && `#${channel}: ${newest.preview}`}
    </div>
  );
}
