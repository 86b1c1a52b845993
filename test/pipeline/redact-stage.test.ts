import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import { createRedactor, type RedactorOptions } from '../../src/pipeline/redact.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { made, madeJwt, PASSWORD } from './redact-secrets.ts';

const P = PASSWORD;
const M = '[REDACTED]';
const TOKEN = `gh${'p_'}${made('alnum', 36)}`;
const TOKEN_MARK = '[REDACTED:github-token]';
const FAILED = '[withheld: redaction failed]';
const NOTICE = '[withheld: possible secret]';

function redactor(options: Partial<RedactorOptions> = {}): ReturnType<typeof createRedactor> {
  return createRedactor({ paths: [], knownValues: [], pii: false, ...options });
}

function alert(overrides: Partial<Alert> = {}): Alert {
  return {
    id: 'a1',
    timestampMs: 1_790_000_000_000,
    source: 'log',
    priority: 'P0',
    explicit: false,
    action: 'trigger',
    message: 'it broke',
    origin: { service: 'checkout' },
    attributes: {},
    repeatKey: 42,
    count: 3,
    ...overrides,
  };
}

describe('redactAlert', () => {
  it('redacts every text and leaves identity, time and counts alone', () => {
    const traceId = made('hex', 32);
    const source = alert({
      id: `id-${TOKEN}`,
      traceId,
      spanId: made('hex', 16),
      title: `title ${TOKEN}`,
      message: `password=${P}`,
      error: {
        type: `E ${TOKEN}`,
        message: `token ${TOKEN}`,
        stack: `Error: token ${TOKEN}\n    at f (/app/a.js:1:2)`,
        code: `C-${TOKEN}`,
        cause: { type: 'Error', message: `postgres://u:${P}@h/x`, cause: { type: 'E', message: TOKEN } },
      },
      origin: {
        service: `s ${TOKEN}`,
        environment: TOKEN,
        version: TOKEN,
        instance: TOKEN,
        logger: TOKEN,
        event: `GET /x?token=${P}`,
      },
      attributes: {
        'http.request.header.authorization': [`Bearer ${P}`],
        'db.password': P,
        note: `used ${TOKEN}`,
        [TOKEN]: true,
        nested: { secret: P, list: [TOKEN] },
        port: 5432,
      },
      fields: { password: P, order: '42', [`k ${TOKEN}`]: TOKEN },
      channel: `c-${TOKEN}`,
      dedupKey: `d-${TOKEN}`,
      outcome: TOKEN,
      url: `https://x.example/?token=${P}&a=1`,
      runbookUrl: `https://u:${P}@x.example/`,
    });
    const out = redactor().redactAlert(source);
    expect(out).toEqual({
      ...source,
      title: `title ${TOKEN_MARK}`,
      message: `password=${M}`,
      error: {
        type: `E ${TOKEN_MARK}`,
        message: `token ${TOKEN_MARK}`,
        stack: `Error: token ${TOKEN_MARK}\n    at f (/app/a.js:1:2)`,
        code: `C-${TOKEN_MARK}`,
        cause: { type: 'Error', message: `postgres://u:${M}@h/x`, cause: { type: 'E', message: TOKEN_MARK } },
      },
      origin: {
        service: `s ${TOKEN_MARK}`,
        environment: TOKEN_MARK,
        version: TOKEN_MARK,
        instance: TOKEN_MARK,
        logger: TOKEN_MARK,
        event: `GET /x?token=${M}`,
      },
      attributes: {
        'http.request.header.authorization': M,
        'db.password': M,
        note: `used ${TOKEN_MARK}`,
        [TOKEN_MARK]: true,
        nested: { secret: M, list: [TOKEN_MARK] },
        port: 5432,
      },
      fields: { password: M, order: '42', [`k ${TOKEN_MARK}`]: TOKEN_MARK },
      channel: `c-${TOKEN_MARK}`,
      dedupKey: `d-${TOKEN_MARK}`,
      outcome: TOKEN_MARK,
      url: `https://x.example/?token=${M}&a=1`,
      runbookUrl: `https://u:${M}@x.example/`,
    });
    expect(redactor().redactAlert(out)).toEqual(out);
  });

  it('masks a message in the stack though its surroundings hide it there', () => {
    const message = `key: ${P}`;
    const out = redactor({ knownValues: [message] }).redactAlert(
      alert({ error: { type: 'E', message, stack: `E: ${message}\n    at f` } }),
    );
    expect(out.error?.stack).toBe(`E: ${M}\n    at f`);
  });

  it('leaves names that steer the pager usable', () => {
    const source = alert({
      dedupKey: 'token:expiry:prod-db',
      channel: 'security',
      origin: { event: 'secret:rotated' },
    });
    expect(redactor().redactAlert(source)).toEqual(source);
  });

  it('follows user paths into attributes, fields and the alert itself', () => {
    const source = alert({
      message: 'm',
      title: 't',
      attributes: { 'user.mail': 'a', user: { mail: 'b', name: 'bob' }, deep: { iban: 'i' } },
      fields: { order: '42', iban: 'j' },
      origin: { service: 's', instance: 'i' },
    });
    const out = redactor({
      paths: ['user.mail', 'title', 'origin.instance', 'fields.order', '**.iban', 'not a path'],
    }).redactAlert(source);
    expect(out).toMatchObject({
      message: 'm',
      title: M,
      attributes: { 'user.mail': M, user: { mail: M, name: 'bob' }, deep: { iban: M } },
      fields: { order: M, iban: M },
      origin: { service: 's', instance: M },
    });
  });

  it('masks known values and personal data where asked to', () => {
    const options = { knownValues: ['the-known-one', 'tiny'], pii: true };
    expect(
      redactor(options).redactAlert(alert({ message: 'tiny the-known-one bob@example.com 203.0.113.7' })).message,
    ).toBe(`tiny ${M} [REDACTED:email] [REDACTED:ip]`);
  });

  it('goes out with priority, service and time when parts of it cannot be read', () => {
    const broken = {
      ...alert(),
      get message(): string {
        throw new Error(P);
      },
      get error(): never {
        throw new Error(P);
      },
      attributes: {
        fine: 'ok',
        get bad(): string {
          throw new Error(P);
        },
      },
      fields: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error(P);
          },
        },
      ),
    };
    const stage = redactor();
    const out = stage.redactAlert(broken);
    expect(out).toMatchObject({
      priority: 'P0',
      timestampMs: 1_790_000_000_000,
      origin: { service: 'checkout' },
      message: FAILED,
      attributes: { fine: 'ok', bad: FAILED },
    });
    expect(out.error?.message).toBe(FAILED);
    expect(JSON.stringify(out)).not.toContain(P);
    expect(stage.counters().failures).toBeGreaterThanOrEqual(4);
  });

  it('never throws, whatever it is given', () => {
    for (const odd of [
      null,
      undefined,
      1,
      'text',
      [],
      {},
      { error: 1, origin: 2, attributes: 3, fields: 4, message: 5 },
    ]) {
      const out = redactor().redactAlert(odd as unknown as Alert);
      expect(typeof out.message).toBe('string');
      expect(typeof out.attributes).toBe('object');
      expect(typeof out.origin).toBe('object');
    }
  });

  it('ends with a chain of causes that has no end', () => {
    const error = { type: 'E', message: TOKEN } as { type: string; message: string; cause?: unknown };
    error.cause = error;
    expect(JSON.stringify(redactor().redactAlert(alert({ error: error as never })))).not.toContain(TOKEN);
  });
});

describe('counters', () => {
  it('count by rule, and hold no text', () => {
    const stage = redactor({ knownValues: ['the-known-one'] });
    stage.redactAlert(
      alert({ message: `${TOKEN} ${TOKEN} password=${P} the-known-one`, attributes: { password: P, jwt: madeJwt() } }),
    );
    expect(stage.counters()).toEqual({
      failures: 0,
      withheld: 0,
      masked: { 'github-token': 2, 'key-name': 3, 'known-value': 1 },
    });
    expect(redactor().counters().masked).toEqual({});
  });

  it('are told with the number of rules', () => {
    expect(redactor().ruleCount).toBeGreaterThan(90);
  });
});

describe('options that cannot be used', () => {
  it('never mean "no redaction"', () => {
    const stage = createRedactor({ paths: 'x', knownValues: null, pii: undefined } as unknown as RedactorOptions);
    expect(stage.redactText(`password=${P} bob@example.com`)).toBe(`password=${M} [REDACTED:email]`);
    expect(createRedactor(undefined as unknown as RedactorOptions).redactText(`password=${P}`)).toBe(`password=${M}`);
  });
});

describe('the second gate', () => {
  const clean: WebhookMessage = {
    content: '🔴 P0 checkout · it broke @everyone',
    embeds: [
      {
        title: 'it broke ×3',
        description: `connecting to postgres://u:${M}@h/x\n\`\`\`\nError: token: [REDACTED:jwt]\n\`\`\``,
        url: 'https://runbooks.example.com/checkout',
        color: 0xff0000,
        fields: [{ name: 'password', value: M, inline: true }],
        footer: { text: 'ID1 · first' },
      },
    ],
    allowed_mentions: { parse: ['everyone'] },
    components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Trace', url: 'https://t.example/x' }] }],
    files: [{ name: 'full.txt', text: `password=${M}` }],
  };

  it('hands a clean message back as it is', () => {
    const stage = redactor({ knownValues: ['the-known-one'] });
    expect(stage.gate(clean)).toEqual({ message: clean, withheld: 0 });
    expect(stage.gate(clean).message).toBe(clean);
  });

  it('withholds every string that holds a secret, and counts', () => {
    const stage = redactor({ knownValues: ['the-known-one'] });
    const leaking: WebhookMessage = {
      content: `P0 ${TOKEN} @everyone <@&123456789012345678> <@&999999999999999999>`,
      embeds: [
        {
          title: TOKEN,
          description: `a the-known-one b`,
          url: `https://u:${P}@x.example/`,
          color: 1,
          fields: [
            { name: TOKEN, value: `postgres://u:${P}@h/x` },
            { name: 'fine', value: 'fine' },
          ],
          footer: { text: madeJwt() },
        },
        { title: 'fine', url: 'https://x.example/' },
      ],
      allowed_mentions: { parse: ['everyone'], roles: ['123456789012345678'] },
      components: [
        { type: 1, components: [{ type: 2, style: 5, label: 'Trace', url: `https://x.example/${TOKEN}` }] },
        {
          type: 1,
          components: [
            { type: 2, style: 5, label: TOKEN, url: 'https://x.example/' },
            { type: 2, style: 5, label: 'Logs', url: 'https://x.example/logs' },
          ],
        },
      ],
      flags: 4096,
      files: [{ name: `${TOKEN}.txt`, text: `line\n${TOKEN}\n` }],
    };
    const before = structuredClone(leaking);
    const { message, withheld } = stage.gate(leaking);
    expect(message).toEqual({
      content: `${NOTICE} @everyone <@&123456789012345678>`,
      embeds: [
        {
          title: NOTICE,
          description: NOTICE,
          color: 1,
          fields: [
            { name: NOTICE, value: NOTICE },
            { name: 'fine', value: 'fine' },
          ],
          footer: { text: NOTICE },
        },
        { title: 'fine', url: 'https://x.example/' },
      ],
      allowed_mentions: { parse: ['everyone'], roles: ['123456789012345678'] },
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 5, label: 'withheld', url: 'https://x.example/' },
            { type: 2, style: 5, label: 'Logs', url: 'https://x.example/logs' },
          ],
        },
      ],
      flags: 4096,
      files: [{ name: 'withheld.txt', text: NOTICE }],
    });
    expect(withheld).toBe(11);
    expect(stage.counters().withheld).toBe(11);
    expect(leaking).toEqual(before);
  });

  it('sees through the escapes and zero-width spaces of markdown', () => {
    const stage = redactor({ knownValues: ['a_known*one'] });
    const written = ['a\\_known\\*one', TOKEN.replace('_', '\\_'), `${TOKEN.slice(0, 2)}\u200b${TOKEN.slice(2)}`];
    for (const description of written) {
      expect(stage.gate({ embeds: [{ description }], allowed_mentions: { parse: [] } })).toEqual({
        message: { embeds: [{ description: NOTICE }], allowed_mentions: { parse: [] } },
        withheld: 1,
      });
    }
  });

  it('takes a cut, a mention or an id for no secret', () => {
    const stage = redactor({ pii: true });
    for (const text of [
      'password: [REDAC… 300 characters left out …CTED]',
      '<@123456789012345678> <t:1790000000:R> ID1',
      'host 10.0.0.1',
      'a\\_b \\[REDACTED:jwt\\] https\\://u:[REDACTED]@h',
    ]) {
      expect(stage.gate({ content: text, embeds: [], allowed_mentions: { parse: [] } }).withheld).toBe(0);
    }
  });

  it('makes a notice that still pings of a message that cannot be read', () => {
    const stage = redactor();
    const broken = {
      content: 'P0 @everyone',
      get embeds(): never {
        throw new Error(P);
      },
      allowed_mentions: { parse: ['everyone'] },
      flags: 4096,
    } as unknown as WebhookMessage;
    expect(stage.gate(broken)).toEqual({
      message: {
        content: `${FAILED} @everyone`,
        embeds: [{ title: FAILED }],
        allowed_mentions: { parse: ['everyone'] },
        flags: 4096,
      },
      withheld: 1,
    });
    expect(stage.gate(null as unknown as WebhookMessage).message).toEqual({
      embeds: [{ title: FAILED }],
      allowed_mentions: { parse: [] },
    });
  });
});
