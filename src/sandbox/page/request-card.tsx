import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { RequestDetail, RequestView } from '../view.ts';
import { formatBytes } from './attachment.tsx';
import { formatPrecise } from './discord-time.ts';
import { useChannelName } from './timeline-context.ts';

/** What became of a request, in a word. */
export function Verdict({ request }: { request: RequestView }): VNode {
  const { status, outcome, limit, faults } = request;
  const isGood = status !== undefined && status < 300 && outcome === 'answered';
  const why = [limit === undefined || limit === 'fault' ? undefined : limit, ...faults].filter(Boolean).join(', ');
  const text = outcome === 'answered' ? String(status) : outcome === 'cut' ? 'cut off' : outcome;
  return (
    <span class={`verdict ${isGood ? 'is-good' : outcome === 'pending' ? '' : 'is-bad'}`}>
      {text}
      {why !== '' && <span> {why.replaceAll('_', ' ')}</span>}
    </span>
  );
}

/** A request with its answer's rate-limit headers and the payload as it arrived. */
export function RequestCard({ request }: { request: RequestDetail }): VNode {
  const channel = useChannelName(request.channelId);
  const headers = Object.entries(request.rateLimitHeaders);
  return (
    <section class="request-card" aria-label={`Request ${request.seq}`}>
      <div class="request-line">
        <strong>{request.method}</strong> <Verdict request={request} />
        <span class="muted">
          {formatPrecise(request.atMs)}
          {request.tookMs !== undefined && ` · ${Math.round(request.tookMs)} ms`}
          {channel !== undefined && ` · #${channel}`}
        </span>
      </div>
      <div class="route">{request.route}</div>
      {request.broken.map((text) => (
        <p class="broken" key={text}>
          {text}
        </p>
      ))}
      {headers.length > 0 && (
        <dl class="headers">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {request.files.length > 0 && (
        <p class="muted">
          {request.files.map(({ name, sizeBytes }) => `${name} (${formatBytes(sizeBytes)})`).join(', ')}
        </p>
      )}
      {request.body !== undefined && <Json title="Payload" value={request.body} />}
      {request.error !== undefined && <Json title="Answer" value={request.error} isOpen />}
    </section>
  );
}

function Json({ title, value, isOpen = false }: { title: string; value: unknown; isOpen?: boolean }): VNode {
  const [open, setOpen] = useState(isOpen);
  return (
    <details class="json" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && <pre>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>}
    </details>
  );
}
