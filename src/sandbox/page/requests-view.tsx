import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChannelView, RequestView } from '../view.ts';
import { formatPrecise } from './discord-time.ts';
import { shownRequests } from './place.ts';
import { Verdict } from './request-card.tsx';

interface RequestsViewProps {
  readonly requests: readonly RequestView[];
  readonly channels: readonly ChannelView[];
  readonly query: string;
  readonly selectedSeq: number | undefined;
  readonly onSelect: (seq: number) => void;
}

/** Every request, refused and cut ones too, newest above. */
export function RequestsView({ requests, channels, query, selectedSeq, onSelect }: RequestsViewProps): VNode {
  const shown = useMemo(() => shownRequests(requests, channels, query), [requests, channels, query]);
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <div class="list requests" tabIndex={0}>
      <table>
        <caption class="hidden">Requests, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Request</th>
            <th scope="col">Answer</th>
            <th scope="col">Took</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((request) => (
            <tr key={request.seq} class={request.seq === selectedSeq ? 'is-selected' : undefined}>
              <td>{formatPrecise(request.atMs)}</td>
              <td>
                <button type="button" class="link" onClick={() => onSelect(request.seq)}>
                  {request.method}{' '}
                  {request.channelId === undefined ? request.route : `#${names.get(request.channelId)}`}
                </button>
                {request.broken.length > 0 && <span class="fact is-bad">breaks a rule</span>}
              </td>
              <td>
                <Verdict request={request} />
              </td>
              <td>{request.tookMs === undefined ? '–' : `${Math.round(request.tookMs)} ms`}</td>
              <td>
                {request.rateLimitHeaders['x-ratelimit-remaining'] === undefined
                  ? '–'
                  : `${request.rateLimitHeaders['x-ratelimit-remaining']} of ${request.rateLimitHeaders['x-ratelimit-limit'] ?? '?'}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="empty-line">No requests{query === '' ? ' yet' : ' that match'}.</p>}
    </div>
  );
}
