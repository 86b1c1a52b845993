import type { VNode } from 'preact';
import type { ChannelView } from '../view.ts';
import { Icon, type IconName } from './icons.tsx';
import { isSamePlace, type Place, toHash } from './place.ts';
import type { Timeline } from './store.ts';
import { SwitchList } from './switch-list.tsx';

interface SidebarProps {
  readonly timeline: Timeline;
  readonly place: Place;
  /** Messages a place has that its reader has not seen. */
  readonly unseen: ReadonlyMap<string, { readonly count: number; readonly pings: number }>;
  readonly isOpen: boolean;
  readonly theme: 'dark' | 'light';
  readonly onTheme: () => void;
  readonly onNavigate: () => void;
}

export function Sidebar({ timeline, place, unseen, isOpen, theme, onTheme, onNavigate }: SidebarProps): VNode {
  const { channels, messages, requests, switches, connection } = timeline;
  const broken = requests.reduce((sum, request) => sum + request.broken.length, 0);
  const clear = (): void => {
    void fetch('/_sandbox/clear', { method: 'POST' }).catch(() => undefined);
  };
  return (
    <div class={isOpen ? 'sidebar is-open' : 'sidebar'} id="sidebar">
      <header class="sidebar-head">
        <p class="product">Sandbox</p>
        <span class={`connection is-${connection}`} role="status">
          {connection === 'live' ? 'live' : connection === 'lost' ? 'not connected' : 'connecting'}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={onTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </header>
      <div class="sidebar-scroll">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link is followed by Enter, which is a click */}
        <nav aria-label="Channels" onClick={onNavigate}>
          <ul class="channels">
            <PlaceLink to={{ kind: 'all' }} place={place} icon="list" label="All channels" />
            {channels.filter(isReadable).map((channel) => (
              <ChannelLinks key={channel.id} channel={channel} place={place} unseen={unseen} />
            ))}
            <PlaceLink to={{ kind: 'requests' }} place={place} icon="wire" label="Requests" />
          </ul>
        </nav>
        <section aria-labelledby="switches-title">
          <h2 id="switches-title">Turn Discord off</h2>
          <SwitchList switches={switches} channels={channels.filter(isReadable)} />
        </section>
      </div>
      <footer class="sidebar-foot">
        <span>
          {plural(messages.length, 'message')} · {plural(requests.length, 'request')}
          <br />
          <span class={broken > 0 ? 'is-bad' : undefined}>
            {broken === 0 ? "none of Discord's rules broken" : `rules broken ${broken.toLocaleString()} times`}
          </span>
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label="Clear everything"
          title="Clear everything"
          onClick={clear}
        >
          <Icon name="trash" />
        </button>
      </footer>
    </div>
  );
}

function isReadable({ kind }: ChannelView): boolean {
  return kind !== 'category';
}

function ChannelLinks({
  channel,
  place,
  unseen,
}: {
  channel: ChannelView;
  place: Place;
  unseen: SidebarProps['unseen'];
}): VNode {
  const icon: IconName = channel.kind === 'forum' || channel.kind === 'media' ? 'forum' : 'hash';
  return (
    <>
      <PlaceLink
        to={{ kind: 'channel', id: channel.id }}
        place={place}
        icon={icon}
        label={channel.name}
        unseen={unseen.get(channel.id)}
      />
      {channel.threads.map(({ id, name, archived }) => (
        <PlaceLink
          key={id}
          to={{ kind: 'thread', id }}
          place={place}
          icon="thread"
          label={archived ? `${name} (archived)` : name}
          unseen={unseen.get(id)}
        />
      ))}
    </>
  );
}

function PlaceLink({
  to,
  place,
  icon,
  label,
  unseen,
}: {
  to: Place;
  place: Place;
  icon: IconName;
  label: string;
  unseen?: { readonly count: number; readonly pings: number } | undefined;
}): VNode {
  const isHere = isSamePlace(to, place);
  const classes = ['place', isHere && 'is-here', to.kind === 'thread' && 'is-thread', unseen && 'is-unseen'];
  return (
    <li>
      <a href={toHash(to)} class={classes.filter(Boolean).join(' ')} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        <span class="place-name">{label}</span>
        {unseen !== undefined && unseen.count > 0 && (
          <span class={unseen.pings > 0 ? 'badge is-ping' : 'badge'}>
            {unseen.pings > 0 ? unseen.pings : unseen.count}
            <span class="hidden"> {unseen.pings > 0 ? 'pings' : 'new'}</span>
          </span>
        )}
      </a>
    </li>
  );
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
