import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageHistory, MessageView, RequestDetail } from '../view.ts';
import { formatPrecise } from './discord-time.ts';
import { Icon } from './icons.tsx';
import { MessageBody } from './message-body.tsx';
import { Phone } from './phone.tsx';
import { RequestCard } from './request-card.tsx';
import { useJson } from './use-json.ts';

const TABS = ['Phone', 'Requests', 'Versions'] as const;
type Tab = (typeof TABS)[number];

interface PanelProps {
  readonly title: string;
  readonly onClose: () => void;
}

/** The panel at the side: what is behind a message. */
export function MessagePanel({ message, onClose }: Omit<PanelProps, 'title'> & { message: MessageView }): VNode {
  const [tab, setTab] = useState<Tab>('Phone');
  const history = useJson<MessageHistory>(`/_sandbox/messages/${message.id}`, message.editCount);
  const versions = history?.versions ?? [];
  const counts = { Phone: undefined, Requests: history?.requests.length, Versions: versions.length + 1 };

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'Phone';
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };

  return (
    <Panel title="Message" onClose={onClose}>
      <div class="tabs" role="tablist" aria-label="Behind the message" onKeyDown={onKeyDown}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="tab-content"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {name} {counts[name] !== undefined && <span class="count">{counts[name]}</span>}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <div class="panel-content" role="tabpanel" id="tab-content" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'Phone' && <Phone message={message} />}
        {tab === 'Requests' && history?.requests.map((request) => <RequestCard key={request.seq} request={request} />)}
        {tab === 'Versions' && <Versions message={message} earlier={versions} />}
      </div>
    </Panel>
  );
}

/** The panel at the side: one request. */
export function RequestPanel({ seq, version, onClose }: { seq: number; version: unknown; onClose: () => void }): VNode {
  const request = useJson<RequestDetail>(`/_sandbox/requests/${seq}`, version);
  return (
    <Panel title={`Request ${seq}`} onClose={onClose}>
      <div class="panel-content">{request && <RequestCard request={request} />}</div>
    </Panel>
  );
}

function Panel({ title, onClose, children }: PanelProps & { children: VNode | VNode[] }): VNode {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside class="panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
        <button type="button" class="icon-button" ref={close} aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </aside>
  );
}

function Versions({ message, earlier }: { message: MessageView; earlier: MessageHistory['versions'] }): VNode {
  const states = [...earlier, message];
  return (
    <ol class="versions">
      {states
        .map((state, index) => (
          <li key={state.editedAtMs ?? message.createdAtMs}>
            <h3>
              {index === 0 ? 'Posted' : `Edit ${index}`} · {formatPrecise(state.editedAtMs ?? message.createdAtMs)}
              {index === states.length - 1 && states.length > 1 && <span class="fact">now</span>}
              {state.mentionsEveryone && <span class="fact is-ping">mentions @everyone</span>}
            </h3>
            <MessageBody messageId={message.id} state={state} nowMs={message.createdAtMs} isEdited={index > 0} />
          </li>
        ))
        .toReversed()}
    </ol>
  );
}
