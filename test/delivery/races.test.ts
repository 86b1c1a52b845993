import { beforeEach, describe, expect, it } from 'vitest';
import type { WebhookUrl } from '../../src/config/webhook-url.ts';
import { Delivery } from '../../src/delivery/delivery.ts';
import type { Notice } from '../../src/delivery/notice.ts';
import { PostedMessages, shownOf } from '../../src/delivery/posted-messages.ts';
import type { DropReason } from '../../src/delivery/send-result.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { Priority } from '../../src/priority.ts';
import { makeIncident, makeRedacted } from '../support/alerts.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { makeWebhook, plainRenderer, ScriptedDiscord } from '../support/scripted-discord.ts';

const OTHER_ID = '22222222222222222';

let clock: ManualClock;
let discord: ScriptedDiscord;
let dropped: DropReason[];
let warnings: string[];

beforeEach(() => {
  clock = new ManualClock();
  discord = new ScriptedDiscord(clock);
  dropped = [];
  warnings = [];
});

function start(channels: Record<string, WebhookUrl> = { default: makeWebhook() }): Delivery {
  return new Delivery({
    channels: new Map(Object.entries(channels)),
    client: discord,
    clock,
    wallMs: () => clock.now(),
    random: () => 0.5,
    renderer: plainRenderer,
    gate: (message) => message,
    editIntervalMs: 5_000,
    events: {
      posted(notice, ref) {
        if (ref !== undefined) notice.incident.message = ref;
      },
      edited() {},
      dropped: (_notice, reason) => dropped.push(reason),
      requested() {},
      idle() {},
      warn: (code, text) => warnings.push(`${code}: ${text}`),
    },
  });
}

function incidentOf(message: string, priority: Priority = 'P1', channel = 'default'): Incident {
  return makeIncident({ alert: makeRedacted({ message, priority }), channel });
}

function notice(incident: Incident): Notice {
  const { priority } = incident;
  return { incident, reason: 'first', priority, enqueuedAtMs: clock.now(), capturedAtMs: clock.now(), form: 'full' };
}

const twoChannels = () => ({ default: makeWebhook(), p0: makeWebhook(OTHER_ID) });

describe('an incident that is raised into another channel', () => {
  it('is not told again where it waited', async () => {
    const delivery = start(twoChannels());
    discord.answer(
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 60_000 },
      1,
      ({ webhookId }) => webhookId !== OTHER_ID,
    );
    const incident = incidentOf('broken');
    delivery.post(notice(incident));
    await clock.advance(1_000);
    incident.priority = 'P0';
    incident.channel = 'p0';
    delivery.post({ ...notice(incident), reason: 'escalated' });
    await clock.advance(120_000);
    const accepted = discord.posts.filter((post) => post.accepted);
    expect(accepted.map(({ webhookId }) => webhookId)).toEqual([OTHER_ID]);
    expect(delivery.isIdle).toBe(true);
  });

  it('is not told again where it was being sent', async () => {
    const delivery = start(twoChannels());
    discord.latencyMs = 500;
    discord.answer(
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 60_000 },
      1,
      ({ webhookId }) => webhookId !== OTHER_ID,
    );
    const incident = incidentOf('broken');
    delivery.post(notice(incident));
    await clock.advance(100);
    incident.priority = 'P0';
    incident.channel = 'p0';
    delivery.post({ ...notice(incident), reason: 'escalated' });
    await clock.advance(120_000);
    const accepted = discord.posts.filter((post) => post.accepted);
    expect(accepted.map(({ webhookId }) => webhookId)).toEqual([OTHER_ID]);
    expect(delivery.isIdle).toBe(true);
  });
});

describe('two messages of an incident under way at once', () => {
  it('the older one points to the newer, whichever arrives first', async () => {
    const delivery = start(twoChannels());
    discord.latencyMs = 5_000;
    const incident = incidentOf('broken');
    delivery.post(notice(incident));
    await clock.advance(100);
    discord.latencyMs = 10;
    incident.priority = 'P0';
    incident.channel = 'p0';
    delivery.post({ ...notice(incident), reason: 'escalated' });
    await clock.advance(60_000);
    expect(incident.message).toMatchObject({ webhookId: OTHER_ID, messageId: 'm1' });
    expect(discord.edits.map(({ messageId, titles }) => [messageId, titles[0]])).toEqual([
      ['m2', 'broken ×1 firing → m1'],
    ]);
  });
});

describe('a webhook that ends while it is sending', () => {
  const probeWhileSending = async (result: Parameters<ScriptedDiscord['answer']>[0]): Promise<void> => {
    const delivery = start(twoChannels());
    discord.latencyMs = 500;
    discord.probeResult = { kind: 'gone', reason: 'webhook_gone', status: 404 };
    discord.answer(result, 1, ({ webhookId }) => webhookId !== OTHER_ID);
    delivery.post(notice(incidentOf('broken')));
    await clock.advance(10);
    const probe = delivery.probeAll();
    await clock.advance(10);
    await probe;
  };

  it.each([
    ['refuses', { kind: 'rejected', reason: 'webhook_gone', status: 404 }],
    ['fails', { kind: 'retryable', reason: 'network', ambiguous: false }],
  ] as const)('leaves nothing behind when that %s', async (_what, result) => {
    // The other one lives.
    const probe = discord.probe.bind(discord);
    discord.probe = (webhook) =>
      webhook.id === OTHER_ID ? Promise.resolve({ kind: 'live', channelId: '2' }) : probe(webhook);
    await probeWhileSending(result);
    await clock.advance(10_000);
    const titles = discord.posts.filter(({ accepted }) => accepted).flatMap((post) => post.titles);
    expect(titles).toContain('broken ×1 firing');
  });
});

describe('a delivery that is stopped while it sends', () => {
  it('counts what did not arrive', async () => {
    const delivery = start();
    discord.latencyMs = 500;
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 1);
    delivery.post(notice(incidentOf('on its way')));
    await clock.advance(10);
    delivery.post(notice(incidentOf('waits')));
    await delivery.stop();
    await clock.advance(1_000);
    expect(dropped).toEqual(['shutdown', 'shutdown']);
  });
});

describe('messages that are kept up to date', () => {
  it('hold no more incidents than the pager itself does', () => {
    const messages = new PostedMessages(5_000);
    const all: Incident[] = [];
    for (let i = 0; i < 20; i++) {
      const incidents = Array.from({ length: 1_000 }, (_, j) => incidentOf(`e${i}-${j}`));
      all.push(...incidents);
      const entries = incidents.map((incident) => ({ incident, reason: 'first' as const }));
      messages.track({ webhookId: '1', messageId: `m${i}` }, entries, shownOf(entries), 0);
    }
    for (const incident of all) incident.count++;
    const followed = Array.from({ length: 20 }, (_, i) => messages.touch(`m${i}`, all[1_000 * i] as Incident));
    expect(followed.filter(Boolean).length).toBeLessThanOrEqual(5);
    expect(followed.at(-1)).toBe(true);
  });
});

describe('a channel that is and is not a forum', () => {
  it('is not asked for ever', async () => {
    const delivery = start();
    const post = discord.post.bind(discord);
    discord.post = async (webhook, message, target?: { threadName?: string }) => {
      await post(webhook, message);
      return target?.threadName === undefined
        ? { kind: 'rejected', reason: 'thread_required', status: 400, code: 220_001 }
        : { kind: 'rejected', reason: 'not_a_forum', status: 400, code: 220_003 };
    };
    delivery.post(notice(incidentOf('broken')));
    await clock.advance(30 * 60_000);
    await settle();
    expect(discord.posts.length).toBeLessThan(40);
    expect(warnings.length).toBeLessThan(40);
    expect(dropped.length + delivery.queued).toBe(1);
  });
});
