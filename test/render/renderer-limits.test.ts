import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertError, JsonValue } from '../../src/alert.ts';
import type { IncidentState, NotifyReason } from '../../src/pipeline/incident.ts';
import { PRIORITIES, type Priority } from '../../src/priority.ts';
import type { AuditEntry, MessageEntry, RenderOptions } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { makeEntry, makeOptions, mention, NOW_MS } from './builders.ts';
import { complaintsAbout, mentionsIn } from './message-checker.ts';

const ROLE = '111111111111111111';
const USER = '222222222222222222';
const HOSTILE_UNITS = [
  ...[
    '😀',
    '👩‍👩‍👧',
    'مرحبا',
    '\u202e',
    '\0',
    '\ud83d',
    '\udc00',
    '\u0301',
    '\u200b',
    '\r\n',
    '\n',
    ' ',
    '\u00a0',
    '\ufeff',
  ],
  ...['```', '`', '*', '**', '_', '~~', '||', '\\', '[x](https://a.b)', '# ', '> ', '- ', '@everyone', '@here', 'word'],
  ...[
    `<@${USER}>`,
    `<@&${ROLE}>`,
    '<#3>',
    '<t:1:R>',
    'https://a.b/?sig=1',
    'discord.gg/x',
    '[REDACTED:jwt]',
    'at f (/a.ts:1:1)',
  ],
  ...['\n    at f (/app/a.ts:1:1)', '\nCaused by: ', '__proto__', 'constructor'],
];

const short = fc.string({ unit: fc.constantFrom(...HOSTILE_UNITS), maxLength: 12 });
const huge = fc
  .tuple(fc.constantFrom(...HOSTILE_UNITS), fc.integer({ min: 1, max: 1_000_000 }))
  .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));
const text = fc.oneof(
  { weight: 40, arbitrary: short },
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...HOSTILE_UNITS), maxLength: 3_000 }) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 3_000 }) },
  { weight: 1, arbitrary: huge },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const time = fc.oneof(
  fc.integer({ min: NOW_MS - 1e10, max: NOW_MS + 1e10 }),
  fc.constantFrom(0, -1, 0.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER),
);
const id = fc.oneof(fc.constantFrom(ROLE, USER, '@me', '12', ''), short);
const ref = fc.record({ webhookId: id, messageId: id, channelId: id, guildId: id });
const url = fc.oneof(
  short,
  short.map((tail) => `https://a.example.com/${tail}`),
  huge.map((tail) => `http://a/${tail}`),
);

const oneError = fc.record({ type: text, message: text, stack: maybe(text), code: maybe(short) });
const error = fc.array(oneError, { maxLength: 8 }).map((chain) =>
  chain.reduceRight<AlertError | undefined>((cause, { type, message, stack, code }) => {
    return {
      type,
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(code === undefined ? {} : { code }),
      ...(cause === undefined ? {} : { cause }),
    };
  }, undefined),
);
const pairs = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'http.route'), text), text),
  {
    maxLength: 30,
  },
);

/** `Object.fromEntries` keeps a key `__proto__` as what it is: an own property. */
function toRecord(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries);
}

const entry = fc
  .record({
    alert: fc.record(
      {
        title: text,
        message: text,
        origin: fc.record(
          { service: text, environment: text, version: text, instance: text, logger: text, event: text },
          { requiredKeys: [] },
        ),
        fields: pairs.map(toRecord),
        attributes: pairs.map(toRecord) as fc.Arbitrary<Readonly<Record<string, JsonValue>>>,
        outcome: fc.constantFrom('success', 'failure'),
        url,
        runbookUrl: url,
        traceId: short,
        spanId: short,
      },
      { requiredKeys: ['message', 'origin', 'attributes'] },
    ),
    error: maybe(error),
    id: fc.oneof(fc.constant('k3f9a2'), text),
    state: fc.constantFrom<IncidentState>('firing', 'resolved', 'quiet'),
    reason: fc.constantFrom<NotifyReason>('first', 'repeat_interval', 'escalated', 'regressed', 'resolved'),
    priority: fc.constantFrom<Priority>(...PRIORITIES),
    count: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(1e6, 1e300, Number.NaN)),
    firstSeenMs: time,
    lastSeenMs: time,
    closedAtMs: maybe(time),
    previous: maybe(ref),
    continuedIn: maybe(ref),
  })
  .map(({ alert, error: thrown, previous, continuedIn, closedAtMs, ...incident }): MessageEntry => {
    return makeEntry(
      { ...alert, ...(thrown === undefined ? {} : { error: thrown }) },
      { ...incident, ...(closedAtMs === undefined ? {} : { closedAtMs }) },
      { ...(previous === undefined ? {} : { previous }), ...(continuedIn === undefined ? {} : { continuedIn }) },
    );
  });
const entries = fc.array(entry, { minLength: 1, maxLength: 10 });

const policy = fc.record({
  everyone: fc.boolean(),
  here: fc.boolean(),
  roles: fc.constantFrom<readonly string[]>([], [ROLE], [ROLE, ROLE, 'x'], manyIds(150)),
  users: fc.constantFrom<readonly string[]>([], [USER], manyIds(150)),
});
const options: fc.Arbitrary<RenderOptions> = fc
  .record({ P0: policy, P1: policy, P2: policy, P3: policy, DEV: fc.constant(mention({})), template: url })
  .map(({ template, ...mentions }) =>
    makeOptions({ mentions, links: { traceUrl: `${template}{trace_id}`, logsUrl: 'https://l.example.com/{service}' } }),
  );

function manyIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => String(300_000_000_000_000_000n + BigInt(n)));
}

/** The mentions of a message are exactly those it asks Discord to allow, and none where it asks for none. */
function expectMentionsAsAllowed(message: WebhookMessage): void {
  const { parse, roles = [], users = [] } = message.allowed_mentions;
  const found = mentionsIn(message.content ?? '');
  const named = found.filter((word) => word.startsWith('<'));
  expect(named).toEqual([...roles.map((role) => `<@&${role}>`), ...users.map((user) => `<@${user}>`)]);
  expect(found.length - named.length).toBe(parse.length);
}

function expectWithinPolicy(
  message: WebhookMessage,
  shown: readonly MessageEntry[],
  { mentions }: RenderOptions,
): void {
  const firing = shown.filter(({ incident, reason }) => incident.state === 'firing' && reason !== 'resolved');
  const asked = firing.map(({ incident }) => mentions[incident.priority]);
  const { parse, roles = [], users = [] } = message.allowed_mentions;
  if (parse.length > 0) expect(asked.some(({ everyone, here }) => everyone || here)).toBe(true);
  if (message.content?.includes('@everyone')) expect(asked.some(({ everyone }) => everyone)).toBe(true);
  for (const role of roles) expect(asked.some((one) => one.roles.includes(role))).toBe(true);
  for (const user of users) expect(asked.some((one) => one.users.includes(user))).toBe(true);
}

describe('whatever is rendered', () => {
  it('is accepted by Discord and pings nobody outside of the policy', () => {
    fc.assert(
      fc.property(entries, options, (shown, config) => {
        const renderer = createRenderer(config);
        const post = renderer.post(shown, NOW_MS);
        expect(complaintsAbout(post)).toEqual([]);
        expectMentionsAsAllowed(post);
        expectWithinPolicy(post, shown, config);

        const edit = renderer.edit(shown, NOW_MS);
        expect(complaintsAbout(edit)).toEqual([]);
        expect(edit.embeds).toEqual(post.embeds);
        expect(edit.allowed_mentions).toEqual({ parse: [] });
        expect(Object.keys(edit)).not.toContain('content');
        expect(edit.flags ?? edit.files).toBeUndefined();

        const plain = renderer.plain(shown, NOW_MS);
        expect(complaintsAbout(plain)).toEqual([]);
        expect(plain.embeds).toEqual([]);
        expectMentionsAsAllowed(plain);
        const urgent = shown.filter(({ incident }) => incident.priority === 'P0');
        expectWithinPolicy(plain, urgent, config);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is accepted by Discord where every text is a megabyte', () => {
    for (const unit of ['😀', '@everyone `', '\n    at f (/app/a.ts:1:1)']) {
      const all = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const last = { type: all, message: all, stack: all };
      const shown = makeEntry({
        priority: 'P0',
        title: all,
        message: all,
        error: { ...last, cause: last },
        origin: { service: all, environment: all, version: all, instance: all, logger: all },
        fields: { [all]: all },
        url: all,
      });
      const renderer = createRenderer(makeOptions());
      expect(complaintsAbout(renderer.post([shown], NOW_MS))).toEqual([]);
      expect(complaintsAbout(renderer.plain([shown], NOW_MS))).toEqual([]);
    }
  }, 60_000);

  it('gives every embed of a batch the same share', () => {
    fc.assert(
      fc.property(entries, (shown) => {
        const share = Math.floor(6_000 / shown.length);
        for (const embed of createRenderer(makeOptions()).post(shown, NOW_MS).embeds) {
          const fields = (embed.fields ?? []).map(({ name, value }) => name + value).join('');
          const all = `${embed.title}${embed.description ?? ''}${embed.footer?.text}${fields}`;
          expect([...all].length).toBeLessThanOrEqual(share);
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('holds for notices of the pager itself and for the audit mirror', () => {
    const notice = fc.record({
      priority: fc.constantFrom<Priority>(...PRIORITIES),
      title: text,
      text,
      success: fc.boolean(),
    });
    const line: fc.Arbitrary<AuditEntry> = fc.record({
      atMs: time,
      priority: fc.constantFrom<Priority>(...PRIORITIES),
      reason: fc.constantFrom<NotifyReason>('first', 'repeat_interval', 'escalated', 'regressed', 'resolved'),
      channel: text,
      service: text,
      title: text,
      incidentId: text,
    });
    fc.assert(
      fc.property(notice, fc.array(line, { maxLength: 60 }), time, options, (self, lines, nowMs, config) => {
        const renderer = createRenderer(config);
        const message = renderer.self(self, nowMs);
        expect(complaintsAbout(message)).toEqual([]);
        expectMentionsAsAllowed(message);
        if (self.success) expect(message.allowed_mentions).toEqual({ parse: [] });

        const audit = renderer.audit(lines, nowMs);
        expect(complaintsAbout(audit.message)).toEqual([]);
        expect(audit.taken).toBeLessThanOrEqual(lines.length);
        if (lines.length > 0) {
          expect(audit.taken).toBeGreaterThan(0);
          expect(audit.message.embeds[0]?.description?.split('\n')).toHaveLength(audit.taken);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
