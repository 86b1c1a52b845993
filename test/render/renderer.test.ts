import { describe, expect, it } from 'vitest';
import type { AuditEntry, MessageEntry } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { makeEntry, makeOptions, mention, NOW_MS } from './builders.ts';
import { complaintsAbout } from './message-checker.ts';

const ROLE = '111111111111111111';
const links = {
  traceUrl: 'https://tempo.example.com/trace/{trace_id}',
  logsUrl: 'https://loki.example.com/?service={service}',
  runbookUrl: 'https://runbooks.example.com/{service}',
};
const options = makeOptions({ links, repeatIntervalMs: { P0: 900_000, P1: 3_600_000, P2: 1, P3: 1, DEV: 1 } });
const renderer = createRenderer(options);

const stack = (head: string, file: string): string =>
  [
    head,
    '    at Client.query (/app/node_modules/pg/lib/client.js:526:17)',
    `    at place (/app/src/${file}.ts:20:5)`,
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  ].join('\n');
const orderError = {
  type: 'OrderError',
  message: 'order 42 could not be placed',
  stack: stack('OrderError: order 42 could not be placed', 'orders'),
  cause: {
    type: 'DatabaseError',
    message: 'sorry, too many clients already',
    code: '53300',
    stack: stack('DatabaseError: sorry, too many clients already', 'pool'),
  },
};
const traced = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const previous = {
  webhookId: '100000000000000001',
  guildId: '123456789012345678',
  channelId: '223456789012345678',
  messageId: '323456789012345678',
};

const order: MessageEntry = makeEntry({ priority: 'P0', error: orderError, fields: { Order: '42' }, ...traced });
const auditEntry: AuditEntry = {
  atMs: NOW_MS,
  priority: 'P1',
  reason: 'first',
  channel: 'payments',
  service: 'checkout',
  title: 'TypeError: boom *x*',
  incidentId: 'k3f9a2',
};

describe('typical messages', () => {
  const messages: Readonly<Record<string, WebhookMessage>> = {
    'first-p0': renderer.post([order], NOW_MS),
    'repeated-p1': renderer.post(
      [makeEntry({ error: orderError }, { count: 1_234 }, { reason: 'repeat_interval', previous })],
      NOW_MS,
    ),
    'batch-p1': renderer.post(
      [
        makeEntry({ error: orderError, ...traced }),
        makeEntry({ message: 'payment provider timed out' }, { id: 'b7', count: 3 }),
      ],
      NOW_MS,
    ),
    'warning-p2': renderer.post([makeEntry({ priority: 'P2', message: 'disk 90 % full\n/var/lib/data' })], NOW_MS),
    'success-p3': renderer.post(
      [makeEntry({ priority: 'P3', title: 'Deployed 1.4.2', outcome: 'success', fields: { Commit: 'a1b2c3d' } })],
      NOW_MS,
    ),
    'resolved-p0': renderer.post(
      [
        makeEntry(
          { priority: 'P0', error: orderError },
          { state: 'resolved', closedAtMs: NOW_MS + 660_000, count: 17 },
          { reason: 'resolved', previous },
        ),
      ],
      NOW_MS,
    ),
    'edited-quiet-p1': renderer.edit(
      [makeEntry({ error: orderError, ...traced }, { state: 'quiet', closedAtMs: NOW_MS + 600_000, count: 17 })],
      NOW_MS,
    ),
    'hostile-p1': renderer.post(
      [
        makeEntry({
          error: {
            type: 'Error',
            message:
              '@everyone ```\n# not a heading\n[REDACTED:jwt] https://s3.example.com/x?X-Amz-Signature=[REDACTED]',
            stack: 'Error: ```\n    at f```@here (/app/a.ts:1:1)',
          },
          message: '<@123456789012345678> said **hi** \u202e\0\ud83d\r\n- see [here](https://evil.example.com)',
        }),
      ],
      NOW_MS,
    ),
    plain: renderer.plain([order, makeEntry({ priority: 'P0', message: 'payment provider timed out' })], NOW_MS),
    audit: renderer.audit([auditEntry, { ...auditEntry, priority: 'P0', reason: 'escalated' }], NOW_MS).message,
    'self-p1': renderer.self(
      {
        priority: 'P1',
        title: 'The webhook of channel payments is gone',
        text: 'Its alerts go to default.\nRemedy: …',
      },
      NOW_MS,
    ),
  };

  it.each(Object.keys(messages))('%s', async (name) => {
    const message = messages[name];
    expect(message && complaintsAbout(message)).toEqual([]);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`../fixtures/render/${name}.json`);
  });
});

describe('edit', () => {
  it('has the embeds of its post and nothing that could ping', () => {
    const post = renderer.post([order], NOW_MS);
    const edit = renderer.edit([order], NOW_MS);
    expect(edit).toEqual({ embeds: post.embeds, allowed_mentions: { parse: [] }, components: post.components });
  });

  it('takes buttons away that no longer apply, and leaves a batch without any', () => {
    const bare = createRenderer(makeOptions());
    expect(bare.edit([order], NOW_MS).components).toEqual([]);
    expect(renderer.edit([order, order], NOW_MS).components).toBeUndefined();
  });
});

describe('plain', () => {
  it('says the last cause and the incident, and keeps the ping of a P0 alone', () => {
    const mentions = { ...options.mentions, P1: mention({ roles: [ROLE] }) };
    const withRole = createRenderer(makeOptions({ mentions }));
    expect(withRole.plain([order], NOW_MS)).toEqual({
      content:
        '🔴 P0 checkout · OrderError: order 42 could not be placed\n' +
        '→ DatabaseError: sorry, too many clients already (53300) · incident k3f9a2\n@everyone',
      embeds: [],
      allowed_mentions: { parse: ['everyone'] },
    });
    expect(withRole.plain([makeEntry({ message: 'm' })], NOW_MS).allowed_mentions).toEqual({ parse: [] });
  });

  it('stays silent for silent priorities', () => {
    expect(renderer.plain([makeEntry({ priority: 'P2', message: 'm' })], NOW_MS)).toMatchObject({
      content: '🟡 P2 checkout · m\nincident k3f9a2',
      flags: 4_096,
    });
  });
});

describe('audit', () => {
  it('takes as many lines as fit, in their order', () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ ...auditEntry, incidentId: `i${n}` }));
    const { message, taken } = renderer.audit(many, NOW_MS);
    const lines = message.embeds[0]?.description?.split('\n') ?? [];
    expect(lines).toHaveLength(taken);
    expect(taken).toBeGreaterThan(30);
    expect(taken).toBeLessThan(200);
    expect(lines[0]).toBe('<t:1767323045:T> P1 checkout → payments · first notice · TypeError: boom \\*x\\* · i0');
    expect(lines.at(-1)).toContain(`· i${taken - 1}`);
  });
});

describe('self', () => {
  it('pages by policy, but never for a success', () => {
    const notice = { priority: 'P0', title: 'Nothing can be delivered', text: '' } as const;
    expect(renderer.self(notice, NOW_MS).content).toBe('🔴 P0 pager · Nothing can be delivered @everyone');
    const success = renderer.self({ ...notice, success: true }, NOW_MS);
    expect(success).toMatchObject({ allowed_mentions: { parse: [] }, flags: 4_096, embeds: [{ color: 0x00cc66 }] });
    expect(success.content).toBeUndefined();
    expect(renderer.self({ ...notice, priority: 'DEV' }, NOW_MS).flags).toBe(4_096);
  });
});
