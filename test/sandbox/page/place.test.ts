import { describe, expect, it } from 'vitest';
import {
  isSamePlace,
  type Place,
  parsePlace,
  shownMessages,
  shownRequests,
  toHash,
} from '../../../src/sandbox/page/place.ts';
import type { ChannelView, MessageView, RequestView, Tone } from '../../../src/sandbox/view.ts';

describe('a place in the address', () => {
  it.each<Place>([{ kind: 'all' }, { kind: 'requests' }, { kind: 'channel', id: '12' }, { kind: 'thread', id: '3' }])(
    'there and back: %j',
    (place) => {
      expect(isSamePlace(parsePlace(toHash(place)), place)).toBe(true);
    },
  );

  it.each(['', '#', '#/', '#/nowhere', '#/channel', '#/channel/x', '#/channel/<b>', '#/thread/'])(
    'whatever is none is all channels: %j',
    (hash) => {
      expect(parsePlace(hash)).toEqual({ kind: 'all' });
    },
  );
});

const message = (id: string, more: Partial<MessageView>): MessageView =>
  ({
    id,
    channelId: '1',
    threadId: null,
    username: 'Hook',
    content: '',
    embeds: [],
    attachments: [],
    tone: 'P1',
    ...more,
  }) as never;

const messages = [
  message('a', { content: 'Disk full', tone: 'P0' }),
  message('b', {
    channelId: '2',
    embeds: [{ type: 'rich', title: 'Timeout', fields: [{ name: 'Route', value: '/cart', inline: true }] }],
  }),
  message('c', { threadId: '9', attachments: [{ id: '1', filename: 'incident.txt', sizeBytes: 1 }] }),
];

describe('which messages are shown', () => {
  const cases: readonly (readonly [place: Place, tones: Tone[], query: string, ids: string])[] = [
    [{ kind: 'all' }, [], '', 'a b c'],
    [{ kind: 'channel', id: '1' }, [], '', 'a'],
    [{ kind: 'channel', id: '2' }, [], '', 'b'],
    [{ kind: 'thread', id: '9' }, [], '', 'c'],
    [{ kind: 'all' }, ['P0'], '', 'a'],
    [{ kind: 'all' }, ['P0', 'P1'], '', 'a b c'],
    [{ kind: 'all' }, ['P2'], '', ''],
    [{ kind: 'all' }, [], 'disk', 'a'],
    [{ kind: 'all' }, [], '  FULL   disk ', 'a'],
    [{ kind: 'all' }, [], 'disk timeout', ''],
    [{ kind: 'all' }, [], '/cart', 'b'],
    [{ kind: 'all' }, [], 'incident.txt', 'c'],
    [{ kind: 'all' }, [], 'hook', 'a b c'],
    [{ kind: 'channel', id: '2' }, ['P0'], 'timeout', ''],
  ];
  it.each(cases)('%j, priorities %j, search %j: %s', (place, tones, query, ids) => {
    const shown = shownMessages(messages, { place, tones: new Set(tones), query });
    expect(shown.map(({ id }) => id).join(' ')).toBe(ids);
  });
});

describe('which requests are shown', () => {
  const channels = [{ id: '1', name: 'alerts' }] as unknown as ChannelView[];
  const request = (seq: number, more: Partial<RequestView>): RequestView =>
    ({
      seq,
      method: 'POST',
      route: '/api/v10/webhooks/5/***',
      outcome: 'answered',
      faults: [],
      broken: [],
      ...more,
    }) as never;
  const requests = [
    request(1, { channelId: '1', status: 200 }),
    request(2, { status: 429, limit: 'channel' }),
    request(3, { method: 'PATCH', outcome: 'cut', faults: ['outage'] }),
  ];
  it.each([
    ['', '3 2 1'],
    ['429', '2'],
    ['#alerts', '1'],
    ['patch cut', '3'],
    ['outage', '3'],
    ['channel', '2'],
    ['no such', ''],
  ])('%j: %s, newest first', (query, seqs) => {
    expect(
      shownRequests(requests, channels, query)
        .map(({ seq }) => seq)
        .join(' '),
    ).toBe(seqs);
  });
});
