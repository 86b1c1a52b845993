import { describe, expect, it } from 'vitest';
import { toMessageView } from '../../src/sandbox/message-view.ts';
import type { EmulatedMessage, MessageState } from '../../src/testing.ts';

function stateOf(colors: readonly (number | undefined)[], more: Partial<MessageState> = {}): MessageState {
  return {
    content: '',
    embeds: colors.map((color) => ({ type: 'rich', title: 't', ...(color === undefined ? {} : { color }) })),
    components: [],
    attachments: [],
    flags: 0,
    mention_everyone: false,
    mention_roles: [],
    mentions: [],
    editedAtMs: null,
    ...more,
  };
}

function messageOf(state: MessageState, versions: readonly MessageState[] = []): EmulatedMessage {
  return {
    ...state,
    id: '1',
    channel: 'alerts',
    channelId: '2',
    threadId: null,
    webhookId: '3',
    username: 'Captain Hook',
    createdAtMs: 0,
    pinged: false,
    notified: 'push',
    versions,
    requests: [1],
    pinned: false,
  };
}

describe('what a message is about', () => {
  it.each([
    ['P0', [0xff0000], [], false],
    ['P1', [0xffcc00, 0xff8800], [], false],
    ['P2', [0xffcc00], [], false],
    ['P3', [0x3399ff], [], false],
    ['DEV', [0x808080], [], false],
    ['audit', [0xffffff], [], false],
    ['none', [0x123456], [], false],
    ['none', [], [], false],
    // Green from the start is good news; green by an edit is an incident that is over.
    ['P3', [0x00cc66], [], true],
    ['P1', [0x00cc66], [[0xff8800]], true],
    ['P1', [0x00cc66, 0xff8800], [[0xff8800, 0xff8800]], false],
  ] as const)('%s: colours %j after %j', (tone, colors, earlier, isOver) => {
    const message = messageOf(
      stateOf(colors),
      earlier.map((each) => stateOf(each)),
    );
    expect(toMessageView(message)).toMatchObject({ tone, isOver, editCount: earlier.length });
  });
});

describe('a mention that an edit took away', () => {
  const mentioning = stateOf([], { mention_roles: ['5'] });
  it.each([
    [stateOf([]), [mentioning], true],
    [stateOf([]), [], false],
    [mentioning, [mentioning], false],
    [mentioning, [stateOf([])], false],
  ])('%#', (now, earlier, lostMention) => {
    expect(toMessageView(messageOf(now, earlier)).lostMention).toBe(lostMention);
  });
});

it('previews the content, else the first embed', () => {
  expect(toMessageView(messageOf(stateOf([1], { content: '🟠 P1 a \\*b\\*' }))).preview).toBe('🟠 P1 a *b*');
  expect(toMessageView(messageOf(stateOf([1]))).preview).toBe('t');
});

it('leaves the text of files behind', () => {
  const file = { id: '7', filename: 'a.txt', sizeBytes: 3, contentType: 'text/plain', isSpoiler: false, text: 'abc' };
  expect(toMessageView(messageOf(stateOf([], { attachments: [file] }))).attachments).toEqual([
    { id: '7', filename: 'a.txt', sizeBytes: 3 },
  ]);
});
