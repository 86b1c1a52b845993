import { describe, expect, it } from 'vitest';
import { afterEvent, EMPTY_TIMELINE, type Timeline } from '../../../src/sandbox/page/store.ts';
import type { MessageView, RequestView, Snapshot } from '../../../src/sandbox/view.ts';

const message = (id: number, content = ''): MessageView => ({ id: String(id), content }) as unknown as MessageView;
const request = (seq: number, status?: number): RequestView => ({ seq, status }) as unknown as RequestView;
const snapshot: Snapshot = { channels: [], messages: [message(1), message(2)], requests: [request(1)], switches: [] };
const live: Timeline = afterEvent(EMPTY_TIMELINE, { kind: 'snapshot', snapshot });

describe('the timeline', () => {
  it('is what the snapshot says, whatever was before', () => {
    expect(live).toEqual({ ...snapshot, connection: 'live' });
    const empty = { ...snapshot, messages: [] };
    expect(afterEvent(live, { kind: 'snapshot', snapshot: empty }).messages).toEqual([]);
  });

  it('changes a message in its place and puts a new one at the end', () => {
    const { messages } = afterEvent(live, {
      kind: 'changes',
      changes: { messages: [message(1, 'edited'), message(3)], deleted: ['2', '9'] },
    });
    expect(messages).toEqual([message(1, 'edited'), message(3)]);
  });

  it('keeps the very same lists where nothing has changed', () => {
    const next = afterEvent(live, { kind: 'changes', changes: { requests: [request(1, 200), request(2)] } });
    expect(next.messages).toBe(live.messages);
    expect(next.channels).toBe(live.channels);
    expect(next.requests).toEqual([request(1, 200), request(2)]);
  });

  it('keeps what it knows while the connection is lost, and goes on with the next event', () => {
    const lost = afterEvent(live, { kind: 'lost' });
    expect(lost).toEqual({ ...live, connection: 'lost' });
    expect(afterEvent(lost, { kind: 'changes', changes: {} }).connection).toBe('live');
  });

  it('is bounded: the oldest go first', () => {
    const messages = Array.from({ length: 2_500 }, (_, i) => message(i + 10));
    const requests = Array.from({ length: 900 }, (_, i) => request(i + 10));
    const next = afterEvent(live, { kind: 'changes', changes: { messages, requests } });
    expect([next.messages.length, next.messages[0]?.id]).toEqual([2_000, '510']);
    expect([next.requests.length, next.requests.at(-1)?.seq]).toEqual([500, 909]);
  });
});
