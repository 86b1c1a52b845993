import { describe, expect, it } from 'vitest';
import type { MessageEntry, RenderOptions } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { Embed, WebhookMessage } from '../../src/render/webhook-message.ts';
import { makeEntry, makeOptions, NOW_MS } from './builders.ts';

const STACK = 'TypeError: boom\n    at place (/app/src/order.ts:20:5)';
const GUILD = { guildId: '123456789012345678', channelId: '223456789012345678' };
const REF = { webhookId: '1', messageId: '323456789012345678' };
const MESSAGE_URL = 'https://discord.com/channels/123456789012345678/223456789012345678/323456789012345678';

function post(entries: readonly MessageEntry[], overrides: Partial<RenderOptions> = {}): WebhookMessage {
  return createRenderer(makeOptions(overrides)).post(entries, NOW_MS);
}

function embedOf(entry: MessageEntry, overrides: Partial<RenderOptions> = {}): Embed {
  return post([entry], overrides).embeds[0] ?? {};
}

describe('title', () => {
  const closed = { closedAtMs: NOW_MS + 600_000, count: 12 };
  it.each([
    ['one occurrence', makeEntry({ message: 'disk *full*' }), 'disk \\*full\\*'],
    ['several', makeEntry({ message: 'disk full' }, { count: 12 }), 'disk full ×12'],
    ['an error', makeEntry({ error: { type: 'TypeError', message: 'boom\nmore' } }), 'TypeError: boom'],
    [
      'resolved',
      makeEntry({ message: 'disk full' }, { ...closed, state: 'resolved' }),
      '✅ ~~disk full ×12~~ · resolved after 11 min',
    ],
    ['quiet', makeEntry({ message: 'disk full' }, { ...closed, state: 'quiet' }), 'disk full ×12 · quiet for 10 min'],
    [
      'a resolve that found nothing',
      makeEntry(
        { dedupKey: 'backup', action: 'resolve' },
        { state: 'resolved', firstSeenMs: NOW_MS, closedAtMs: NOW_MS },
        { reason: 'resolved' },
      ),
      '✅ ~~backup~~ · resolved',
    ],
  ])('of %s', (_, entry, title) => {
    expect(embedOf(entry).title).toBe(title);
  });

  it('is shortened in the middle', () => {
    const { title = '' } = embedOf(makeEntry({ message: `head ${'x'.repeat(500)} tail` }, { count: 3 }));
    expect(title).toMatch(/^head x+…x+ tail ×3$/);
    expect(title).toHaveLength(256);
  });
});

describe('colour', () => {
  it.each([
    ['P0', {}, {}, 0xff0000],
    ['P1', {}, {}, 0xff8800],
    ['P2', {}, {}, 0xffcc00],
    ['P3', {}, {}, 0x3399ff],
    ['P3', { outcome: 'success' }, {}, 0x00cc66],
    ['P1', { outcome: 'success' }, {}, 0xff8800],
    ['DEV', {}, {}, 0x808080],
    ['P0', {}, { state: 'resolved' }, 0x00cc66],
    ['P0', {}, { state: 'quiet' }, 0x00cc66],
  ] as const)('of a %s %j %j', (priority, alert, incident, color) => {
    expect(embedOf(makeEntry({ priority, ...alert }, incident)).color).toBe(color);
  });
});

describe('footer', () => {
  it.each([
    ['first', 'firing', 'k3f9a2 · first notice · P1'],
    ['repeat_interval', 'firing', 'k3f9a2 · still firing, repeated after 1 h · P1'],
    ['escalated', 'firing', 'k3f9a2 · escalated · P1'],
    ['regressed', 'firing', 'k3f9a2 · back again after it was closed · P1'],
    ['resolved', 'resolved', 'k3f9a2 · resolved · P1'],
    ['first', 'resolved', 'k3f9a2 · first notice, resolved since · P1'],
    ['first', 'quiet', 'k3f9a2 · first notice, quiet since · P1'],
  ] as const)('of %s while %s', (reason, state, text) => {
    const repeatIntervalMs = { P0: 1, P1: 3_600_000, P2: 1, P3: 1, DEV: 1 };
    expect(embedOf(makeEntry({}, { reason, state }), { repeatIntervalMs }).footer).toEqual({ text });
  });
});

describe('description', () => {
  it.each([
    ['nothing that the title says', { message: 'disk full' }, undefined],
    ['the lines after the first', { message: 'disk full\n90 % of _data_' }, 'disk full\n90 % of \\_data\\_'],
    ['the message beside a title of its own', { title: 'Disk', message: 'full' }, 'full'],
    [
      'the message beside an error',
      { message: 'order 42 failed', error: { type: 'E', message: 'boom' } },
      'order 42 failed',
    ],
    ['no message that repeats the error', { message: 'boom', error: { type: 'E', message: 'boom' } }, undefined],
    [
      'no stack twice',
      { message: `failed ${STACK}`, error: { type: 'TypeError', message: 'boom', stack: STACK } },
      'failed\n```\nat place (/app/src/order.ts:20:5)\n```',
    ],
    [
      'the error under a title of its own',
      { title: 'Order', error: { type: 'TypeError', message: 'boom', stack: STACK } },
      '```\nTypeError: boom\nat place (/app/src/order.ts:20:5)\n```',
    ],
    [
      'the code of an error',
      { error: { type: 'Error', message: 'connect failed', code: 'ECONNREFUSED' } },
      '```\nError: connect failed (ECONNREFUSED)\n```',
    ],
  ])('shows %s', (_, alert, description) => {
    expect(embedOf(makeEntry(alert)).description).toBe(description);
  });

  it('links the message before and the message after', () => {
    const ref = { ...REF, ...GUILD };
    expect(embedOf(makeEntry({ message: 'm' }, {}, { previous: ref })).description).toBe(
      `Continues [the message before](${MESSAGE_URL}).`,
    );
    expect(embedOf(makeEntry({ message: 'm' }, {}, { continuedIn: ref })).description).toBe(
      `Continued in [a newer message](${MESSAGE_URL}).`,
    );
    expect(embedOf(makeEntry({ message: 'm' }, {}, { previous: REF })).description).toBeUndefined();
    expect(embedOf(makeEntry({ message: 'm' }, {}, { continuedIn: REF })).description).toBe(
      'Continued in a newer message.',
    );
  });
});

describe('a message that does not fit', () => {
  const long = `${'first line\n'.repeat(1_000)}the cause at the end`;

  it('is cut in the middle and attached in full', () => {
    const message = post([makeEntry({ message: long, attributes: { 'order.id': 42 } })]);
    expect(message.embeds[0]?.description).toMatch(
      /^first line\n[\s\S]+\n… [\d,]+ characters cut …\n[\s\S]+the cause at the end$/,
    );
    expect(message.files?.map(({ name }) => name)).toEqual(['incident-k3f9a2.txt']);
    expect(message.files?.[0]?.text).toContain(long);
    expect(message.files?.[0]?.text).toContain('order.id: 42');
  });

  it('attaches nothing where all of it is shown', () => {
    expect(post([makeEntry({ message: 'x'.repeat(3_000) })]).files).toBeUndefined();
  });

  it('has the texts of a batch in one file', () => {
    const message = post([makeEntry({ message: long }), makeEntry({ message: 'short' }, { id: 'b/../2' })]);
    expect(message.files).toHaveLength(1);
    expect(message.files?.[0]?.text).toMatch(/incident: k3f9a2[\s\S]+={80}[\s\S]+incident: b\/\.\.\/2/);
  });

  it('names the file after nothing that could lead elsewhere', () => {
    expect(post([makeEntry({ message: long }, { id: '../../etc/passwd\0' })]).files?.[0]?.name).toBe(
      'incident-etcpasswd.txt',
    );
    expect(post([makeEntry({ message: long }, { id: '/' })]).files?.[0]?.name).toBe('incident-unnamed.txt');
  });

  it('keeps the last cause in every embed of a full batch', () => {
    const cause = { type: 'SqlError', message: 'too many clients already', stack: STACK.repeat(9) };
    const error = {
      type: 'TypeError',
      message: long,
      stack: STACK.repeat(9),
      cause: { type: 'E', message: long, cause },
    };
    const previous = { ...REF, ...GUILD };
    const fields = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`field ${n}`, 'v'.repeat(200)]));
    const origin = {
      service: 's'.repeat(99),
      environment: 'e'.repeat(99),
      instance: 'i'.repeat(99),
      logger: 'l'.repeat(99),
    };
    const links = { traceUrl: 'https://trace.example.com/{service}', logsUrl: 'https://logs.example.com/' };
    for (let n = 1; n <= 10; n++) {
      const entries = Array.from({ length: n }, () =>
        makeEntry({ message: long, error, fields, origin }, { count: 9_999 }, { previous }),
      );
      for (const embed of post(entries, { links }).embeds) {
        expect(embed.description).toContain('Caused by: SqlError: too many clients already');
      }
    }
  });
});

describe('fields', () => {
  it('show where and when', () => {
    const { fields } = embedOf(
      makeEntry({ attributes: { 'http.route': '/orders/:id', 'http.request.method': 'POST' } }),
    );
    expect(fields).toEqual([
      { name: 'Service', value: 'checkout', inline: true },
      { name: 'Environment', value: 'production', inline: true },
      { name: 'First seen', value: '<t:1767322985:R>', inline: true },
      { name: 'Last seen', value: '<t:1767323045:R>', inline: true },
      { name: 'Instance', value: 'web-1 · 1.4.2', inline: true },
      { name: 'Route', value: 'POST /orders/:id', inline: true },
    ]);
  });

  it('begin with those of the caller, as many as Discord takes', () => {
    const own = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`k${n}`, `v${n}`]));
    const message = post([makeEntry({ message: 'm', fields: { ...own, k0: '' } })]);
    const { fields = [] } = message.embeds[0] ?? {};
    expect(fields).toHaveLength(25);
    expect(fields.slice(0, 2)).toEqual([
      { name: 'k0', value: '–' },
      { name: 'k1', value: 'v1' },
    ]);
    expect(message.files?.[0]?.text).toContain('k39: v39');
  });

  it('do not push out what happened, nor are pushed out by it', () => {
    const fields = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${n}`, 'v'.repeat(1_000)]));
    const { description = '', fields: shown = [] } = embedOf(
      makeEntry({ title: 'T', message: 'm '.repeat(9_000), fields }),
    );
    expect(description.length).toBeGreaterThan(3_000);
    expect(shown.some(({ name }) => name === 'k0')).toBe(true);
  });
});

describe('links', () => {
  const links = { traceUrl: 'https://trace.example.com/{trace_id}', logsUrl: 'http://grafana/{service}' };
  const entry = makeEntry({ message: 'm', traceId: 'abc' });

  it('are buttons in a message of one incident; what Discord refuses as a button stands in the embed', () => {
    const message = post([entry], { links });
    expect(message.components).toEqual([
      { type: 1, components: [{ type: 2, style: 5, label: 'Trace', url: 'https://trace.example.com/abc' }] },
    ]);
    expect(message.embeds[0]?.description).toBe('[Logs](http://grafana/checkout)');
  });

  it('stand in the embeds of a batch', () => {
    const message = post([entry, entry], { links });
    expect(message.components).toBeUndefined();
    expect(message.embeds[0]?.description).toBe(
      '[Trace](https://trace.example.com/abc) · [Logs](http://grafana/checkout)',
    );
  });
});
