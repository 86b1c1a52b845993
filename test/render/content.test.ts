import { describe, expect, it } from 'vitest';
import { previewLine } from '../../src/render/preview.ts';
import type { MessageEntry } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { makeEntry, makeOptions, mention, NOW_MS } from './builders.ts';

const ROLE = '111111111111111111';
const error = { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" };

function post(entries: readonly MessageEntry[], overrides: Parameters<typeof makeOptions>[0] = {}): WebhookMessage {
  return createRenderer(makeOptions(overrides)).post(entries, NOW_MS);
}

describe('content of a new message', () => {
  it.each([
    ['P0', `🔴 P0 checkout · TypeError: ${error.message} @everyone`, ['everyone'], undefined],
    ['P1', `🟠 P1 checkout · TypeError: ${error.message}`, [], undefined],
    ['P2', undefined, [], 4_096],
    ['P3', undefined, [], 4_096],
    ['DEV', undefined, [], 4_096],
  ] as const)('of a %s', (priority, content, parse, flags) => {
    const message = post([makeEntry({ priority, error })]);
    expect(message.content).toBe(content);
    expect(message.allowed_mentions).toEqual({ parse });
    expect(message.flags).toBe(flags);
  });

  it('says how often, and what broke where no service is known', () => {
    const message = post([makeEntry({ priority: 'P1', message: 'disk full', origin: {} }, { count: 1_234 })]);
    expect(message.content).toBe('🟠 P1 disk full ×1,234');
  });

  it('has a line per incident and one mention', () => {
    const entries = ['one', 'two'].map((message) => makeEntry({ priority: 'P0', message }));
    expect(post(entries).content).toBe('🔴 P0 checkout · one\n🔴 P0 checkout · two\n@everyone');
  });

  it('speaks and sounds for a silent priority that somebody wants to be pinged by', () => {
    const mentions = { ...makeOptions().mentions, P2: mention({ roles: [ROLE] }) };
    const message = post([makeEntry({ priority: 'P2', message: 'disk full' })], { mentions });
    expect(message.content).toBe(`🟡 P2 checkout · disk full <@&${ROLE}>`);
    expect(message.allowed_mentions).toEqual({ parse: [], roles: [ROLE] });
    expect(message.flags).toBeUndefined();
  });

  it('pings nobody and makes no sound for what is over', () => {
    const over = makeEntry(
      { priority: 'P0', error },
      { state: 'resolved', closedAtMs: NOW_MS + 660_000, count: 3 },
      { reason: 'resolved' },
    );
    const message = post([over]);
    expect(message.content).toBe(`✅ ~~checkout · TypeError: ${error.message}~~ ×3 · resolved after 12 min`);
    expect(message.allowed_mentions).toEqual({ parse: [] });
    expect(message.flags).toBe(4_096);
    expect(post([over, makeEntry({ priority: 'P0', error })]).allowed_mentions).toEqual({ parse: ['everyone'] });
  });

  it('pings nobody when the incident closed while the message waited', () => {
    const closed = makeEntry(
      { priority: 'P0', error },
      { state: 'quiet', closedAtMs: NOW_MS + 600_000 },
      { reason: 'first' },
    );
    expect(post([closed]).allowed_mentions).toEqual({ parse: [] });
    expect(post([closed]).content).toBe(`checkout · TypeError: ${error.message} · quiet for 10 min`);
  });

  it('cannot be made to mention or link by the application', () => {
    const message = '@everyone <@&111111111111111111> https://s3.example.com/x?sig=abc discord.gg/abc';
    const { content = '' } = post([makeEntry({ priority: 'P1', message })]);
    expect(content).not.toMatch(/@everyone|<@|:\/\/|discord\.gg/);
    expect(content.replaceAll('\u200b', '')).toBe(`🟠 P1 checkout · ${message}`);
  });

  it('tells in its first hundred characters what broke where', () => {
    const alert = {
      priority: 'P0',
      origin: { service: 's'.repeat(500) },
      error: { type: 'TypeError', message: 'x'.repeat(5_000) },
    };
    const { content = '' } = post([makeEntry({ ...alert, priority: 'P0' }, { count: 2 })]);
    expect(content.slice(0, 100)).toMatch(/^🔴 P0 s{30,}… · TypeError: x{20,}/u);
    expect(content).toMatch(/… ×2 @everyone$/);
  });
});

describe('previewLine', () => {
  it('shows what a reader sees on a lock screen', () => {
    expect(previewLine(post([makeEntry({ priority: 'P0', message: 'a *b* https://c.example.com' })]))).toBe(
      '🔴 P0 checkout · a *b* https://c.example.com @everyone',
    );
    const over = makeEntry({ priority: 'P1', message: 'm ~~x~~' }, { state: 'resolved' }, { reason: 'resolved' });
    expect(previewLine(post([over]))).toBe('✅ checkout · m ~~x~~ · resolved after 1 min');
  });

  it('names roles and users as such', () => {
    const mentions = { ...makeOptions().mentions, P1: mention({ roles: [ROLE], users: [ROLE] }) };
    expect(previewLine(post([makeEntry({ message: 'm' })], { mentions }))).toBe('🟠 P1 checkout · m @role @user');
  });

  it('takes the embed where there is no content', () => {
    const entry = makeEntry({ priority: 'P2', title: 'Disk', message: '90 % _full_\nof data' });
    expect(previewLine(post([entry], { links: { logsUrl: 'http://grafana/' } }))).toBe(
      'Disk · 90 % _full_ of data Logs',
    );
    expect(previewLine({ embeds: [] })).toBe('');
  });
});
