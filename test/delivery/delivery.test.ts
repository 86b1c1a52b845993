import { beforeEach, describe, expect, it } from 'vitest';
import type { WebhookUrl } from '../../src/config/webhook-url.ts';
import { Delivery, type DeliveryEvents } from '../../src/delivery/delivery.ts';
import type { Notice } from '../../src/delivery/notice.ts';
import type { DropReason } from '../../src/delivery/send-result.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { Priority } from '../../src/priority.ts';
import { makeIncident, makeRedacted } from '../support/alerts.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { makeWebhook, plainRenderer, ScriptedDiscord } from '../support/scripted-discord.ts';

let clock: ManualClock;
let discord: ScriptedDiscord;
let dropped: { reason: DropReason; message: string }[];
let warnings: string[];

beforeEach(() => {
  clock = new ManualClock();
  discord = new ScriptedDiscord(clock);
  dropped = [];
  warnings = [];
});

function start(
  channels: Record<string, WebhookUrl> = { default: makeWebhook() },
  gate = (message: never) => message,
): Delivery {
  const events: DeliveryEvents = {
    posted(notice, ref) {
      if (ref !== undefined) notice.incident.message = ref;
    },
    edited() {},
    dropped: (notice, reason) => dropped.push({ reason, message: notice.incident.alert.message }),
    requested() {},
    idle() {},
    warn: (code, text) => warnings.push(`${code}: ${text}`),
  };
  return new Delivery({
    channels: new Map(Object.entries(channels)),
    client: discord,
    clock,
    wallMs: () => clock.now(),
    random: () => 0.5,
    renderer: plainRenderer,
    gate: gate as never,
    editIntervalMs: 5_000,
    events,
  });
}

function incidentOf(message: string, priority: Priority = 'P1', channel = 'default'): Incident {
  return makeIncident({ alert: makeRedacted({ message, priority }), channel });
}

function notice(incident: Incident): Notice {
  return {
    incident,
    reason: 'first',
    priority: incident.priority,
    enqueuedAtMs: clock.now(),
    capturedAtMs: clock.now(),
    form: 'full',
  };
}

describe('a lane', () => {
  it('sends the first alert at once and batches what comes meanwhile', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    for (let i = 0; i < 25; i++) delivery.post(notice(incidentOf(`e${i}`)));
    await clock.advance(400);
    expect(discord.posts.map(({ titles }) => titles.length)).toEqual([1, 10, 10]);
    expect(discord.posts[0]?.atMs).toBe(1_700_000_000_000);
    await clock.advance(3000);
    expect(discord.posts.map(({ titles }) => titles.length)).toEqual([1, 10, 10, 4]);
  });

  it('sends P0 first and alone, then P1, then silent pages; edits wait behind', async () => {
    const delivery = start();
    const old = incidentOf('old');
    delivery.post(notice(old));
    await settle();
    old.count = 2;
    delivery.touch(old);
    discord.latencyMs = 50;
    delivery.post(notice(incidentOf('p2', 'P2')));
    await settle();
    for (const [message, priority] of [
      ['p3', 'P3'],
      ['p1', 'P1'],
      ['p0a', 'P0'],
      ['p0b', 'P0'],
    ] as const) {
      delivery.post(notice(incidentOf(message, priority)));
    }
    await clock.advance(10_000);
    expect(
      discord.seen.map(({ kind, titles }) => `${kind} ${titles.map((title) => title.split(' ')[0]).join('+')}`),
    ).toEqual(['post old', 'post p2', 'post p0a', 'post p0b', 'post p1', 'post p3', 'edit old']);
  });

  it('keeps two requests of the bucket for a P0 that comes late', async () => {
    const delivery = start();
    discord.latencyMs = 1;
    for (let i = 0; i < 200; i++) delivery.post(notice(incidentOf(`e${i}`)));
    await clock.advance(100);
    expect(discord.posts).toHaveLength(3);
    delivery.post(notice(incidentOf('fatal', 'P0')));
    await clock.advance(5);
    expect(discord.posts[3]?.titles[0]).toContain('fatal');
  });

  it('shows 200 distinct errors of one second within 12 s', async () => {
    const delivery = start();
    discord.latencyMs = 5;
    for (let i = 0; i < 200; i++) {
      delivery.post(notice(incidentOf(`e${i}`)));
      await clock.advance(5);
    }
    await clock.advance(11_000);
    expect(new Set(discord.posts.flatMap(({ titles }) => titles)).size).toBe(200);
  });

  it.each([
    { way: 'by this process: the answer says when', sentElsewhere: false, untilMs: 2_050 },
    { way: 'by another one, whose answers are not known here: later', sentElsewhere: true, untilMs: 2_350 },
  ])('waits for the window when it was used up $way', async ({ sentElsewhere, untilMs }) => {
    const delivery = start();
    const webhookId = makeWebhook().id;
    const requests = Array.from({ length: 5 }, () => ({ kind: 'post' as const, atMs: clock.now() }));
    if (sentElsewhere) delivery.usedByOthers(webhookId, requests);
    for (const [i] of sentElsewhere ? [] : requests.entries()) {
      delivery.post(notice(incidentOf(`p0 ${i}`, 'P0')));
      await settle();
    }
    await clock.advance(10);
    const before = discord.posts.length;
    delivery.post(notice(incidentOf('next', 'P0')));
    await clock.advance(untilMs - 11);
    expect(discord.posts).toHaveLength(before);
    await clock.advance(2);
    expect(discord.posts).toHaveLength(before + 1);
  });

  it('waits as long as a 429 says, sends the same again, and never earlier', async () => {
    const delivery = start();
    discord.answer({ kind: 'throttled', scope: 'bucket', retryAfterMs: 3_412.5 });
    delivery.post(notice(incidentOf('e')));
    await clock.advance(3_400);
    expect(discord.posts).toHaveLength(1);
    await clock.advance(200);
    expect(discord.posts).toHaveLength(2);
    expect(dropped).toEqual([]);
  });

  it('retries faults of the server and the network with growing pauses, without losing anything', async () => {
    const delivery = start();
    discord.answer({ kind: 'retryable', reason: 'server_error', ambiguous: false }, 3);
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 3);
    delivery.post(notice(incidentOf('e')));
    await clock.advance(60_000);
    const gaps = discord.posts.slice(1).map(({ atMs }, index) => atMs - (discord.posts[index]?.atMs ?? 0));
    expect(gaps).toEqual([375, 750, 1500, 3000, 6000, 12_000]);
    expect(dropped).toEqual([]);
  });

  it('tries a P0 again after a second at most', async () => {
    const delivery = start();
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 8);
    delivery.post(notice(incidentOf('e')));
    await clock.advance(20_000);
    const before = discord.posts.length;
    delivery.post(notice(incidentOf('fatal', 'P0')));
    await clock.advance(1_100);
    expect(discord.posts.length).toBeGreaterThan(before);
    expect(discord.posts.at(-1)?.titles[0]).toContain('fatal');
  });

  it('edits the count after 5 s, then at doubling pauses; a change of state is edited soon', async () => {
    const delivery = start();
    const incident = incidentOf('e');
    delivery.post(notice(incident));
    await settle();
    const startMs = clock.now();
    for (let second = 0; second < 120; second++) {
      incident.count++;
      delivery.touch(incident);
      await clock.advance(1000);
    }
    expect(discord.edits.map(({ atMs }) => Math.round((atMs - startMs) / 1000))).toEqual([5, 15, 35, 75]);
    incident.state = 'resolved';
    delivery.touch(incident);
    await clock.advance(5_000);
    expect(discord.edits.at(-1)?.titles[0]).toBe('e ×121 resolved');
    await clock.advance(120_000);
    expect(discord.edits).toHaveLength(5);
  });

  it('sends no content and no file with an edit', async () => {
    const delivery = start();
    const incident = incidentOf('e');
    delivery.post(notice(incident));
    await settle();
    incident.count = 2;
    delivery.touch(incident);
    await clock.advance(5_000);
    expect(discord.edits[0]?.message).not.toHaveProperty('content');
    expect(discord.edits[0]?.message?.allowed_mentions).toEqual({ parse: [] });
  });

  it('counts what happened while the message was under way', async () => {
    const delivery = start();
    discord.latencyMs = 500;
    const incident = incidentOf('e');
    delivery.post(notice(incident));
    await clock.advance(100);
    incident.count = 10_000;
    delivery.touch(incident);
    await clock.advance(6_000);
    expect(discord.edits.map(({ titles }) => titles[0])).toEqual(['e ×10000 firing']);
  });

  it('posts anew when the message is gone, and leaves a closed one alone', async () => {
    const delivery = start();
    const [firing, closed] = [incidentOf('firing'), incidentOf('closed')];
    for (const incident of [firing, closed]) {
      delivery.post(notice(incident));
      await settle();
    }
    discord.answer(
      { kind: 'rejected', reason: 'message_gone', status: 404, code: 10008 },
      2,
      ({ kind }) => kind === 'edit',
    );
    firing.count = 2;
    closed.state = 'resolved';
    delivery.touch(firing);
    delivery.touch(closed);
    await clock.advance(20_000);
    expect(discord.posts.slice(2).map(({ titles }) => titles[0])).toEqual(['firing ×2 firing']);
  });

  it('lets the newest message own the incident; the one before points to it', async () => {
    const delivery = start();
    const incident = incidentOf('e');
    delivery.post(notice(incident));
    await settle();
    delivery.post({
      ...notice(incident),
      reason: 'repeat_interval',
      ...(incident.message ? { previous: incident.message } : {}),
    });
    await clock.advance(5_000);
    expect(discord.edits.map(({ messageId, titles }) => [messageId, titles[0]])).toEqual([['m1', 'e ×1 firing → m2']]);
    incident.count = 5;
    delivery.touch(incident);
    await clock.advance(20_000);
    expect(discord.edits.slice(1).map(({ messageId }) => messageId)).toEqual(['m2']);
  });

  it('tries a plainer form when Discord refuses the text, and counts it only when none is left', async () => {
    const delivery = start();
    discord.answer({ kind: 'rejected', reason: 'invalid_payload', status: 400, code: 50035 });
    delivery.post(notice(incidentOf('bad')));
    await clock.advance(10);
    expect(discord.posts.map(({ message }) => message?.content)).toEqual(['new', 'plain 1']);
    expect(dropped).toEqual([]);
    discord.answer({ kind: 'rejected', reason: 'invalid_payload', status: 400, code: 50035 }, 3);
    delivery.post(notice(incidentOf('worse')));
    await clock.advance(10_000);
    expect(dropped).toEqual([{ reason: 'rejected', message: 'worse' }]);
    expect(discord.posts.at(-1)?.titles[0]).toBe('self: 1 alert was not shown');
  });

  it('drops only the file when the request is too large', async () => {
    const delivery = start();
    discord.answer({ kind: 'rejected', reason: 'too_large', status: 413, code: 40005 });
    delivery.post(notice(incidentOf('big')));
    await clock.advance(10);
    expect(discord.posts).toHaveLength(2);
    expect(discord.posts[1]?.titles).toEqual(['big ×1 firing']);
  });

  it('shows a filtered page without its text', async () => {
    const delivery = start();
    discord.answer({ kind: 'rejected', reason: 'filtered', status: 400, code: 200000 });
    delivery.post(notice(incidentOf('rude')));
    await clock.advance(10);
    expect(discord.posts[1]?.message?.content).toBe('A page whose text Discord refused');
  });

  it('says later how many alerts were not shown when the outbox was full', async () => {
    const delivery = start();
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 1);
    for (let i = 0; i < 2005; i++) delivery.post(notice(incidentOf(`e${i}`, 'P3')));
    await clock.advance(1000);
    expect(dropped.every(({ reason }) => reason === 'queue_full')).toBe(true);
    expect(dropped.length).toBeGreaterThanOrEqual(4);
    await clock.advance(3_600_000);
    const told = discord.posts.filter(({ titles }) => titles[0]?.startsWith('self:'));
    expect(told.map(({ titles }) => titles[0])).toEqual([`self: ${dropped.length} alerts were not shown`]);
  });

  it('gives up after a day', async () => {
    const delivery = start();
    discord.answer({ kind: 'retryable', reason: 'network', ambiguous: false }, 1_000_000);
    delivery.post(notice(incidentOf('old')));
    for (let hour = 0; hour < 25; hour++) await clock.advance(3_600_000);
    expect(dropped).toEqual([{ reason: 'expired', message: 'old' }]);
  });
});

describe('a digest', () => {
  const shownIn = (titles: readonly string[]): string => titles.map((title) => title.split(' ')[0]).join();

  it('takes all silent pages once more than fifty wait, and gathers for ten seconds before the next', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    for (let i = 0; i < 400; i++) delivery.post(notice(incidentOf(`e${i}`, 'P2')));
    await clock.advance(1_000);
    expect(discord.posts.map(({ titles }) => titles.length)).toEqual([1, 399]);
    for (let i = 0; i < 80; i++) {
      delivery.post(notice(incidentOf(`f${i}`, 'P3')));
      await clock.advance(100);
    }
    const beforeGathered = discord.posts.length;
    await clock.advance(3_000);
    // Up to fifty go as they come; what is more is gathered.
    expect(discord.posts.slice(2, beforeGathered).every(({ titles }) => titles.length <= 10)).toBe(true);
    expect(discord.posts.flatMap(({ titles }) => titles)).toHaveLength(480);
  });

  it('of P1 begins behind the first hundred, which go on one by one', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    for (let i = 0; i < 350; i++) delivery.post(notice(incidentOf(`e${i}`)));
    await clock.advance(60_000);
    expect(discord.posts.map(({ titles }) => titles.length)).toEqual([1, 249, ...Array(10).fill(10)]);
    expect(shownIn(discord.posts[2]?.titles ?? [])).toBe('e1,e2,e3,e4,e5,e6,e7,e8,e9,e10');
  });

  it('of P1 is not made of what the channel can take one by one', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    for (let i = 0; i < 200; i++) delivery.post(notice(incidentOf(`e${i}`)));
    await clock.advance(60_000);
    expect(discord.posts.every(({ titles }) => titles.length <= 10)).toBe(true);
    expect(discord.posts.flatMap(({ titles }) => titles)).toHaveLength(200);
  });

  it('never holds a P0, however many', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    for (let i = 0; i < 150; i++) delivery.post(notice(incidentOf(`e${i}`, 'P0')));
    await clock.advance(60_000);
    expect(discord.posts.map(({ titles }) => titles.length)).toEqual([1, ...Array(14).fill(10), 9]);
  });

  it('that was not accepted stands where it stood', async () => {
    discord.answer({ kind: 'retryable', reason: 'server_error', ambiguous: false }, 3);
    const delivery = start();
    for (let i = 0; i < 430; i++) delivery.post(notice(incidentOf(`e${i}`)));
    await clock.advance(120_000);
    const shown = discord.posts.flatMap(({ titles }) => titles.map((title) => title.split(' ')[0]));
    expect(new Set(shown).size).toBe(430);
    expect(delivery.queued).toBe(0);
    // And is tried again as the digest it was: ten at a time, they would use up the channel's minute.
    expect(discord.posts.slice(0, 4).map(({ titles }) => titles.length)).toEqual([1, 330, 330, 330]);
  });

  it('is edited as one message, and goes on counting', async () => {
    discord.latencyMs = 100;
    const delivery = start();
    const incidents = Array.from({ length: 120 }, (_, i) => incidentOf(`e${i}`, 'P2'));
    for (const incident of incidents) delivery.post(notice(incident));
    await clock.advance(1_000);
    for (const incident of incidents) {
      incident.count += 2;
      delivery.touch(incident);
    }
    await clock.advance(20_000);
    const digestEdits = discord.edits.filter(({ titles }) => titles.length > 10);
    expect(digestEdits).toHaveLength(1);
    expect(digestEdits[0]?.titles.every((title) => title.includes('×3'))).toBe(true);
  });
});

describe('the budget of a channel', () => {
  it('is shared by its webhooks: never more than 25 pages a minute, P0 excepted', async () => {
    const [a, b] = [makeWebhook('11111111111111111'), makeWebhook('22222222222222222')];
    const delivery = start({ default: a, p2: b });
    discord.probeResult = { kind: 'live', channelId: 'one' };
    discord.channelOf = () => 'one';
    await delivery.probeAll();
    const sentMs = (): number[] => discord.posts.map(({ atMs }) => atMs);
    // Few enough at a time that none goes into a digest.
    for (let i = 0; i < 59; i++) {
      delivery.post(notice(incidentOf(`a${i}`, 'P1')));
      delivery.post(notice(incidentOf(`b${i}`, 'P2', 'p2')));
      await clock.advance(1_000);
    }
    expect(sentMs().length).toBe(25);
    delivery.post(notice(incidentOf('fatal', 'P0')));
    await clock.advance(100);
    expect(sentMs().length).toBe(26);
  });

  it('holds all webhooks of a channel when it was exceeded', async () => {
    const [a, b] = [makeWebhook('11111111111111111'), makeWebhook('22222222222222222')];
    const delivery = start({ default: a, p2: b });
    discord.probeResult = { kind: 'live', channelId: 'one' };
    discord.channelOf = () => 'one';
    await delivery.probeAll();
    discord.answer({ kind: 'throttled', scope: 'channel', retryAfterMs: 42_000 });
    delivery.post(notice(incidentOf('e')));
    await settle();
    delivery.post(notice(incidentOf('f', 'P2', 'p2')));
    await clock.advance(41_000);
    expect(discord.posts).toHaveLength(1);
    await clock.advance(2_000);
    expect(discord.posts).toHaveLength(3);
  });
});

describe('a block at the edge', () => {
  it('silences all webhooks for a minute, then lets exactly one request find out', async () => {
    const [a, b] = [makeWebhook('11111111111111111'), makeWebhook('22222222222222222')];
    const delivery = start({ default: a, p2: b });
    discord.answer({ kind: 'throttled', scope: 'edge', retryAfterMs: 60_000 }, 2);
    delivery.post(notice(incidentOf('e')));
    await settle();
    delivery.post(notice(incidentOf('f', 'P2', 'p2')));
    await clock.advance(59_000);
    expect(discord.posts).toHaveLength(1);
    await clock.advance(2_000);
    expect(discord.posts).toHaveLength(2);
    // Blocked again: twice as long.
    await clock.advance(118_000);
    expect(discord.posts).toHaveLength(2);
    await clock.advance(3_000);
    expect(discord.posts).toHaveLength(4);
    expect(dropped).toEqual([]);
  });

  it('a global 429 holds all webhooks', async () => {
    const delivery = start({ default: makeWebhook('11111111111111111'), p2: makeWebhook('22222222222222222') });
    discord.answer({ kind: 'throttled', scope: 'global', retryAfterMs: 5_000 });
    delivery.post(notice(incidentOf('e')));
    await settle();
    delivery.post(notice(incidentOf('f', 'P2', 'p2')));
    await clock.advance(4_900);
    expect(discord.posts).toHaveLength(1);
    await clock.advance(200);
    expect(discord.posts).toHaveLength(3);
  });
});

describe('a webhook that has ended', () => {
  const gone = { kind: 'rejected', reason: 'webhook_gone', status: 404, code: 10015 } as const;
  const [a, b] = [makeWebhook('11111111111111111'), makeWebhook('22222222222222222')];

  it('is not called again; its pages go to `default`, which says so once', async () => {
    const delivery = start({ default: a, p0: b });
    discord.probeResult = { kind: 'gone', reason: 'webhook_gone', status: 404 };
    discord.answer(gone, 1, ({ webhookId }) => webhookId === b.id);
    delivery.post(notice(incidentOf('fatal', 'P0', 'p0')));
    await clock.advance(3_000);
    expect(discord.posts.map(({ webhookId, titles }) => [webhookId, titles[0]])).toEqual([
      [b.id, 'fatal ×1 firing'],
      [a.id, 'fatal ×1 firing'],
      [a.id, 'self: A webhook no longer works: p0'],
    ]);
    delivery.post(notice(incidentOf('second', 'P0', 'p0')));
    await clock.advance(250_000);
    expect(discord.posts.at(-1)?.webhookId).toBe(a.id);
    expect(discord.seen.filter(({ kind }) => kind === 'probe')).toHaveLength(0);
    expect(warnings.filter((warning) => warning.startsWith('webhook_ended'))).toHaveLength(1);
  });

  it('is asked every five minutes, and used again when it lives', async () => {
    const delivery = start({ default: a, p0: b });
    discord.probeResult = { kind: 'gone', reason: 'webhook_gone', status: 404 };
    discord.answer(gone, 1, ({ webhookId }) => webhookId === b.id);
    delivery.post(notice(incidentOf('fatal', 'P0', 'p0')));
    await clock.advance(660_000);
    expect(discord.seen.filter(({ kind }) => kind === 'probe')).toHaveLength(2);
    discord.probeResult = { kind: 'live', channelId: 'x' };
    await clock.advance(300_000);
    delivery.post(notice(incidentOf('third', 'P0', 'p0')));
    await clock.advance(100);
    expect(discord.posts.at(-1)?.webhookId).toBe(b.id);
  });

  it('is found out by the check at the start, before a page needs it', async () => {
    const delivery = start({ default: a, p0: b });
    discord.probeResult = { kind: 'gone', reason: 'webhook_gone', status: 404 };
    await delivery.probeAll();
    expect(warnings.filter((warning) => warning.startsWith('webhook_ended'))).toHaveLength(2);
  });

  it('keeps its pages when no other webhook lives, and sends them when one does', async () => {
    const delivery = start({ default: a });
    discord.answer({ ...gone, reason: 'unauthorized', status: 401 });
    discord.probeResult = { kind: 'live', channelId: 'x' };
    delivery.post(notice(incidentOf('e')));
    await clock.advance(200_000);
    expect(discord.posts).toHaveLength(1);
    expect(await delivery.flush(60_000)).toBe(false);
    await clock.advance(200_000);
    expect(discord.posts).toHaveLength(2);
    expect(dropped).toEqual([]);
  });
});

describe('flush', () => {
  it('waits for what is under way, edits included, and hurries it', async () => {
    const delivery = start();
    discord.latencyMs = 100;
    const incident = incidentOf('e');
    delivery.post(notice(incident));
    await settle();
    incident.count = 7;
    delivery.touch(incident);
    let flushed: boolean | undefined;
    void delivery.flush(2_000).then((done) => {
      flushed = done;
    });
    await clock.advance(150);
    expect(flushed).toBeUndefined();
    await clock.advance(100);
    expect(flushed).toBe(true);
    expect(discord.edits.map(({ titles }) => titles[0])).toEqual(['e ×7 firing']);
  });

  it('hurries at once, also while the rest is still on its way here, and then waits for it', async () => {
    const delivery = start();
    for (let i = 0; i < 3; i++) {
      delivery.post(notice(incidentOf(`before ${i}`)));
      await clock.advance(10);
    }
    delivery.post(notice(incidentOf('kept back by the reserve')));
    await clock.advance(10);
    expect(discord.posts).toHaveLength(3);
    let flushed: boolean | undefined;
    void delivery.flush(2_000, true, clock.sleep(1_000)).then((done) => {
      flushed = done;
    });
    await clock.advance(10);
    expect(discord.posts).toHaveLength(4);
    await clock.advance(980);
    delivery.post(notice(incidentOf('came late')));
    expect(flushed).toBeUndefined();
    await clock.advance(20);
    expect([discord.posts.length, flushed]).toEqual([5, true]);
  });

  it('begins no message that the end may cut off, however late the rest came', async () => {
    const delivery = start();
    let flushed: boolean | undefined;
    void delivery.flush(2_000, true, clock.sleep(1_600)).then((done) => {
      flushed = done;
    });
    await clock.advance(1_590);
    for (const priority of ['P1', 'P0'] as const) delivery.post(notice(incidentOf(priority, priority)));
    await clock.advance(20);
    expect(flushed).toBe(false);
    // Also not between the end of the flush and that of the process; should that go on after all, so does this.
    await clock.advance(900);
    const titles = (): (string | undefined)[] => discord.posts.map((post) => post.titles[0]?.split(' ')[0]);
    expect(titles()).toEqual(['P0']);
    await clock.advance(1_000);
    expect(titles()).toEqual(['P0', 'P1']);
  });

  it('keeps its deadline while Discord hangs', async () => {
    const delivery = start();
    discord.latencyMs = 1_000_000;
    delivery.post(notice(incidentOf('e')));
    let flushed: boolean | undefined;
    void delivery.flush(2_000).then((done) => {
      flushed = done;
    });
    await clock.advance(1_999);
    expect(flushed).toBeUndefined();
    await clock.advance(1);
    expect(flushed).toBe(false);
  });

  it('does not wait for what cannot come in time', async () => {
    const delivery = start();
    discord.answer({ kind: 'throttled', scope: 'channel', retryAfterMs: 42_000 });
    delivery.post(notice(incidentOf('e')));
    let flushed: boolean | undefined;
    void delivery.flush(2_000).then((done) => {
      flushed = done;
    });
    await clock.advance(10);
    expect(flushed).toBe(false);
    expect(dropped).toEqual([]);
  });

  it('after stop, what waited is counted as lost by shutdown', async () => {
    const delivery = start();
    discord.latencyMs = 1_000;
    delivery.post(notice(incidentOf('under way')));
    await settle();
    delivery.post(notice(incidentOf('waiting')));
    await delivery.stop();
    expect(dropped).toEqual([{ reason: 'shutdown', message: 'waiting' }]);
  });
});

describe('the audit mirror', () => {
  it('sends its lines together and last', async () => {
    const delivery = start({ default: makeWebhook('11111111111111111'), audit: makeWebhook('22222222222222222') });
    discord.latencyMs = 100;
    for (let i = 0; i < 5; i++) {
      delivery.audit({
        atMs: clock.now(),
        priority: 'P1',
        reason: 'first',
        channel: 'default',
        title: `t${i}`,
        incidentId: 'x',
      });
    }
    await clock.advance(1_000);
    expect(discord.posts.map(({ titles }) => titles[0])).toEqual(['audit 1', 'audit 4']);
  });
});

describe('a minute that runs short', () => {
  it('is not used up one incident at a time: what comes last is still shown within seconds', async () => {
    discord.latencyMs = 200;
    const delivery = start();
    const lateness: number[] = [];
    const capturedMs = new Map<string, number>();
    for (let i = 0; i < 100; i++) {
      capturedMs.set(`e${i}`, clock.now());
      delivery.post(notice(incidentOf(`e${i}`)));
      await clock.advance(100);
    }
    await clock.advance(60_000);
    for (const { titles, atMs } of discord.posts) {
      for (const title of titles) lateness.push(atMs - (capturedMs.get(title.split(' ')[0] ?? '') ?? 0));
    }
    expect(lateness).toHaveLength(100);
    expect(Math.max(...lateness)).toBeLessThan(4_000);
  });
});
