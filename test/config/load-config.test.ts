import { describe, expect, expectTypeOf, it } from 'vitest';
import type { SettingValues } from '../../src/config/config-keys.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { PagerConfig } from '../../src/config/pager-config.ts';
import type { ResolvedConfig } from '../../src/config/resolved-config.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { HOST, input, LOOPBACK, TOKEN, webhook } from './config-input.ts';

const ON = { DISCORD_PAGER_WEBHOOK_URL: webhook() };

function channelIds(config: ResolvedConfig): Record<string, string> {
  return Object.fromEntries([...config.channels].map(([name, url]) => [name, url.id.slice(-1)]));
}

function keysAndFound(config: ResolvedConfig): string[] {
  return config.problems.map(({ key, found }) => `${key}: ${found}`);
}

describe('what code may pass', () => {
  it('is exactly what the table of keys knows', () => {
    type TopLevel<K extends string> = K extends `${infer Top}.${string}` ? Top : K;
    expectTypeOf<keyof PagerConfig>().toEqualTypeOf<TopLevel<keyof SettingValues>>();
  });
});

describe('with one webhook and nothing else', () => {
  it('pages with the documented defaults', async () => {
    const config = await loadConfig(input(ON));
    expect(config).toMatchObject({
      enabled: true,
      minPriority: 'P2',
      mentions: {
        P0: { everyone: true, here: false, roles: [], users: [] },
        P1: { everyone: false, here: false, roles: [], users: [] },
        DEV: { everyone: false, here: false, roles: [], users: [] },
      },
      routes: [],
      bootCheck: 'auto',
      worker: 'auto',
      stateDir: '/home/ops/.local/state/otel-discord-pager',
      exitTimeoutMs: 2_000,
      repeatIntervalMs: { P0: 900_000, P1: 3_600_000, P2: 14_400_000, P3: 86_400_000, DEV: 86_400_000 },
      resolveAfterMs: 600_000,
      editIntervalMs: 5_000,
      blockedAfterMs: 10_000,
      links: {},
      redact: { paths: [], pii: false },
      service: { instance: 'host-1' },
      problems: [],
    });
    expect(config).not.toHaveProperty('disabledReason');
    expect(config).not.toHaveProperty('apiBaseUrl');
    expect(channelIds(config)).toEqual({ default: '1' });
  });

  it('knows URL, id with token, and token as secrets', async () => {
    const { redact } = await loadConfig(input(ON));
    const id = '100000000000000001';
    expect([...redact.knownValues]).toEqual(
      expect.arrayContaining([
        webhook(),
        `https://discord.com/api/v10/webhooks/${id}/${TOKEN}`,
        `${id}/${TOKEN}`,
        TOKEN,
      ]),
    );
  });
});

describe('variables', () => {
  const cases: readonly [variable: string, value: string, expected: object][] = [
    ['DISCORD_PAGER_MIN_PRIORITY', ' dev ', { minPriority: 'DEV' }],
    ['DISCORD_PAGER_MENTION_P0', 'none', { mentions: { P0: { everyone: false, roles: [] } } }],
    [
      'DISCORD_PAGER_MENTION_P1',
      '@here, role:200000000000000001,user:200000000000000002',
      {
        mentions: { P1: { everyone: false, here: true, roles: ['200000000000000001'], users: ['200000000000000002'] } },
      },
    ],
    ['DISCORD_PAGER_ENABLED', 'FALSE', { enabled: false, disabledReason: 'switched off' }],
    ['DISCORD_PAGER_BOOT_CHECK', 'Probe', { bootCheck: 'probe' }],
    ['DISCORD_PAGER_STATE_DIR', 'state', { stateDir: '/srv/app/state' }],
    ['DISCORD_PAGER_STATE_DIR', '~/state', { stateDir: '/home/ops/state' }],
    ['DISCORD_PAGER_WORKER', 'off', { worker: 'off' }],
    ['DISCORD_PAGER_EXIT_TIMEOUT_MS', '0', { exitTimeoutMs: 0 }],
    ['DISCORD_PAGER_REPEAT_INTERVAL', '90s', { repeatIntervalMs: { P0: 90_000, P3: 90_000, DEV: 90_000 } }],
    [
      'DISCORD_PAGER_REPEAT_INTERVAL_P3',
      '2d',
      { repeatIntervalMs: { P0: 900_000, P3: 172_800_000, DEV: 172_800_000 } },
    ],
    ['DISCORD_PAGER_RESOLVE_AFTER', '500ms', { resolveAfterMs: 500 }],
    ['DISCORD_PAGER_EDIT_INTERVAL', '10s', { editIntervalMs: 10_000 }],
    ['DISCORD_PAGER_BLOCKED_AFTER', '1m', { blockedAfterMs: 60_000 }],
    [
      'DISCORD_PAGER_TRACE_URL',
      'https://t.example/{trace_id}',
      { links: { traceUrl: 'https://t.example/{trace_id}' } },
    ],
    ['DISCORD_PAGER_LOGS_URL', 'https://l.example/{service}', { links: { logsUrl: 'https://l.example/{service}' } }],
    ['DISCORD_PAGER_RUNBOOK_URL', 'https://r.example', { links: { runbookUrl: 'https://r.example' } }],
    ['DISCORD_PAGER_REDACT_PATHS', 'a.b, *.c', { redact: { paths: ['a.b', '*.c'] } }],
    ['DISCORD_PAGER_REDACT_PII', '1', { redact: { pii: true } }],
    ['OTEL_SERVICE_NAME', 'checkout', { service: { name: 'checkout' } }],
  ];
  it.each(cases)('%s=%s', async (variable, value, expected) => {
    const config = await loadConfig(input({ ...ON, [variable]: value }));
    expect(config).toMatchObject(expected);
    expect(config.problems).toEqual([]);
  });

  it('keeps no state when the directory is none', async () => {
    expect(await loadConfig(input({ ...ON, DISCORD_PAGER_STATE_DIR: 'none' }))).not.toHaveProperty('stateDir');
  });

  it('never closes on quiet when that is off', async () => {
    expect(await loadConfig(input({ ...ON, DISCORD_PAGER_RESOLVE_AFTER: 'off' }))).not.toHaveProperty('resolveAfterMs');
  });

  it('does not watch for blocked loops when that is off', async () => {
    expect(await loadConfig(input({ ...ON, DISCORD_PAGER_BLOCKED_AFTER: 'off' }))).not.toHaveProperty('blockedAfterMs');
  });

  it('sends everything to the API base', async () => {
    const config = await loadConfig(input({ ...ON, DISCORD_PAGER_API_BASE_URL: 'http://sandbox:8025' }));
    expect(config.apiBaseUrl).toBe('http://sandbox:8025/api/v10');
    expect(config.channels.get('default')?.apiBase).toBe('http://sandbox:8025/api/v10');
    expect(config.problems).toEqual([]);
  });

  it('accepts webhooks on the API base’s own host', async () => {
    const config = await loadConfig(
      input({
        DISCORD_PAGER_WEBHOOK_URL: `https://sandbox-of-the-operations-team.example/api/webhooks/100000000000000001/${TOKEN}`,
        DISCORD_PAGER_API_BASE_URL: 'https://sandbox-of-the-operations-team.example',
      }),
    );
    expect(config).toMatchObject({ enabled: true, problems: [] });
    expect([...config.redact.knownValues].some((known) => known.startsWith('sandbox'))).toBe(false);
  });

  it('keeps the bot token, which does not print', async () => {
    const token = 'MTAwMDAwMDAwMDAwMDAwMDAwMA.GhIjKl.mNoPqRsTuVwXyZ0123456789abcdefghijkl';
    const config = await loadConfig(input({ ...ON, DISCORD_PAGER_BOT_TOKEN: `Bot ${token}` }));
    expect(config.botToken?.reveal()).toBe(token);
    expect(`${config.botToken}${JSON.stringify(config.botToken)}`).toBe('***"***"');
    expect(config.redact.knownValues).toContain(token);
  });

  it('masks the values of named variables', async () => {
    const config = await loadConfig(
      input({
        ...ON,
        DISCORD_PAGER_REDACT_VALUES_OF: 'DB_PASSWORD,SHORT,MISSING',
        DB_PASSWORD: 'correct horse',
        SHORT: 'abc',
      }),
    );
    expect(config.redact.knownValues.at(-1)).toBe('correct horse');
    expect(config.redact.knownValues).not.toContain('abc');
    expect(keysAndFound(config)).toEqual([
      'DISCORD_PAGER_REDACT_VALUES_OF[1]: a variable whose value is very short',
      'DISCORD_PAGER_REDACT_VALUES_OF[2]: a variable that is not set',
    ]);
  });
});

describe('webhook variables', () => {
  it('give a channel each, of any name', async () => {
    const config = await loadConfig(
      input({
        DISCORD_PAGER_WEBHOOK_URL: webhook(1),
        DISCORD_PAGER_WEBHOOK_P0: webhook(2),
        DISCORD_PAGER_WEBHOOK_MY_TEAM: webhook(3),
        DISCORD_PAGER_WEBHOOK_AUDIT: webhook(1),
      }),
    );
    expect(channelIds(config)).toEqual({ default: '1', p0: '2', 'my-team': '3', audit: '1' });
    expect(config.problems).toEqual([]);
  });

  it('may name a file or another variable', async () => {
    const config = await loadConfig(
      input(
        {
          DISCORD_PAGER_WEBHOOK_URL_FILE: '/run/secrets/page',
          DISCORD_PAGER_WEBHOOK_P0: 'file:page-p0',
          DISCORD_PAGER_WEBHOOK_P1: 'env:OTHER',
          OTHER: webhook(4),
        },
        undefined,
        { '/run/secrets/page': `${webhook(2)}\n`, '/srv/app/page-p0': `\uFEFF${webhook(3)}` },
      ),
    );
    expect(channelIds(config)).toEqual({ default: '2', p0: '3', p1: '4' });
    expect(config.problems).toEqual([]);
  });

  it('leave the plain variable in force when its file is named too', async () => {
    const config = await loadConfig(
      input({ DISCORD_PAGER_WEBHOOK_URL_FILE: '/run/secrets/page', DISCORD_PAGER_WEBHOOK_URL: webhook(1) }),
    );
    expect(channelIds(config)).toEqual({ default: '1' });
    expect(keysAndFound(config)).toEqual([
      'DISCORD_PAGER_WEBHOOK_URL_FILE: a second value beside DISCORD_PAGER_WEBHOOK_URL',
    ]);
  });

  it('are listed when nothing is in them or the file cannot be read', async () => {
    const config = await loadConfig(
      input({ ...ON, DISCORD_PAGER_WEBHOOK_P0: ' ', DISCORD_PAGER_WEBHOOK_P1_FILE: '/run/secrets/p1' }),
    );
    expect(config.enabled).toBe(true);
    expect(keysAndFound(config)).toEqual([
      'DISCORD_PAGER_WEBHOOK_P0: an empty value',
      'DISCORD_PAGER_WEBHOOK_P1_FILE: the file "/run/secrets/p1", which does not exist',
    ]);
    expect(config.problems.some(({ fatal }) => fatal)).toBe(false);
  });

  it('do not wait for a file that never ends', async () => {
    const clock = new ManualClock();
    const loading = loadConfig({
      env: { ...ON, DISCORD_PAGER_WEBHOOK_P0_FILE: '/dev/pipe' },
      host: HOST,
      clock,
      readFile: () => new Promise<string>(() => undefined),
    });
    await clock.advance(5_000);
    const config = await loading;
    expect(config.enabled).toBe(true);
    expect(keysAndFound(config)).toEqual([
      'DISCORD_PAGER_WEBHOOK_P0_FILE: the file "/dev/pipe", which gave nothing within 5 s',
    ]);
    expect(clock.sleeping).toBe(0);
  });
});

describe('precedence', () => {
  const FILE = { '/etc/pager.yml': `minPriority: P0\nwebhooks: { p0: "${webhook(3)}", p1: "${webhook(3)}" }\n` };
  const NAMED = { ...ON, DISCORD_PAGER_CONFIG: '/etc/pager.yml' };

  it.each([
    ['code', { ...NAMED, DISCORD_PAGER_MIN_PRIORITY: 'P1' }, { minPriority: 'P3' }, 'P3'],
    ['environment', { ...NAMED, DISCORD_PAGER_MIN_PRIORITY: 'P1' }, {}, 'P1'],
    ['file', NAMED, {}, 'P0'],
    ['default', ON, {}, 'P2'],
    [
      'the next place where a value is wrong',
      { ...NAMED, DISCORD_PAGER_MIN_PRIORITY: 'P1' },
      { minPriority: 'P9' },
      'P1',
    ],
    ['the next place where a variable is empty', { ...NAMED, DISCORD_PAGER_MIN_PRIORITY: '' }, {}, 'P0'],
  ])('%s', async (_, env, options, expected) => {
    expect((await loadConfig(input(env, options, FILE))).minPriority).toBe(expected);
  });

  it('counts for each channel alone', async () => {
    const config = await loadConfig(
      input({ ...NAMED, DISCORD_PAGER_WEBHOOK_P0: webhook(2) }, { webhooks: { default: webhook(9) } }, FILE),
    );
    expect(channelIds(config)).toEqual({ default: '9', p0: '2', p1: '3' });
  });

  it('lets a general interval of one place go before a particular one of a later place', async () => {
    const config = await loadConfig(
      input(
        { ...ON, DISCORD_PAGER_REPEAT_INTERVAL: '1m', DISCORD_PAGER_REPEAT_INTERVAL_P1: '2m' },
        {
          repeatInterval: { p0: '3m' },
        },
      ),
    );
    expect(config.repeatIntervalMs).toEqual({ P0: 180_000, P1: 120_000, P2: 60_000, P3: 60_000, DEV: 60_000 });
  });

  it('takes the config file that code names before the variable', async () => {
    const config = await loadConfig(
      input(NAMED, { config: 'own.json' }, { '/srv/app/own.json': '{"minPriority":"P3"}' }),
    );
    expect(config).toMatchObject({ minPriority: 'P3', problems: [] });
  });
});

describe('whether the pager runs', () => {
  const cases: readonly [
    name: string,
    env: Record<string, string>,
    options: object,
    enabled: boolean,
    reason: string | undefined,
    fatalKeys: string[],
  ][] = [
    ['nothing is set', {}, {}, false, 'no webhook', ['DISCORD_PAGER_WEBHOOK_URL']],
    [
      'only audit has a webhook',
      { DISCORD_PAGER_WEBHOOK_AUDIT: webhook() },
      {},
      false,
      'no webhook',
      ['DISCORD_PAGER_WEBHOOK_URL'],
    ],
    [
      'the only webhook is wrong',
      { DISCORD_PAGER_WEBHOOK_URL: 'nonsense' },
      {},
      false,
      'invalid configuration',
      ['DISCORD_PAGER_WEBHOOK_URL'],
    ],
    ['one of two webhooks is wrong', { ...ON, DISCORD_PAGER_WEBHOOK_P0: 'nonsense' }, {}, true, undefined, []],
    [
      'the default is wrong, P1 is right',
      { DISCORD_PAGER_WEBHOOK_URL: 'x', DISCORD_PAGER_WEBHOOK_P1: webhook() },
      {},
      true,
      undefined,
      [],
    ],
    [
      'everything else is wrong',
      { ...ON, DISCORD_PAGER_MIN_PRIORITY: 'x', DISCORD_PAGER_MENTION_P0: 'x' },
      {},
      true,
      undefined,
      [],
    ],
    [
      'the API base is wrong',
      { ...ON, DISCORD_PAGER_API_BASE_URL: 'sandbox:8025' },
      {},
      false,
      'invalid configuration',
      ['DISCORD_PAGER_API_BASE_URL'],
    ],
    ['switched off', { ...ON, DISCORD_PAGER_ENABLED: 'off' }, {}, false, 'switched off', []],
    [
      'switched off, nothing else is right',
      { DISCORD_PAGER_ENABLED: '0', DISCORD_PAGER_WEBHOOK_URL: 'x' },
      {},
      false,
      'switched off',
      [],
    ],
    [
      'code switches on what the variable switched off',
      { ...ON, DISCORD_PAGER_ENABLED: 'false' },
      { enabled: true },
      true,
      undefined,
      [],
    ],
    ['inside Vitest', { ...ON, VITEST: 'true' }, {}, false, 'test runner', []],
    ['inside Vitest without a webhook', { VITEST: 'true' }, {}, false, 'test runner', []],
    ['with NODE_ENV=test', { ...ON, NODE_ENV: 'test' }, {}, false, 'test runner', []],
    ['inside Vitest, switched on', { ...ON, VITEST: 'true', DISCORD_PAGER_ENABLED: 'true' }, {}, true, undefined, []],
    ['inside Vitest, on loopback', { DISCORD_PAGER_WEBHOOK_URL: LOOPBACK, VITEST: 'true' }, {}, true, undefined, []],
    [
      'inside Vitest, one of two on loopback',
      { ...ON, DISCORD_PAGER_WEBHOOK_P0: LOOPBACK, VITEST: 'true' },
      {},
      false,
      'test runner',
      [],
    ],
    [
      'inside Vitest, API base on loopback',
      { ...ON, DISCORD_PAGER_API_BASE_URL: 'http://localhost:1', VITEST: 'true' },
      {},
      true,
      undefined,
      [],
    ],
    [
      'the config file with the webhook is missing',
      { DISCORD_PAGER_CONFIG: '/nowhere.yml' },
      {},
      false,
      'invalid configuration',
      ['DISCORD_PAGER_CONFIG'],
    ],
    [
      'the config file is missing, a webhook is there',
      { ...ON, DISCORD_PAGER_CONFIG: '/nowhere.yml' },
      {},
      true,
      undefined,
      [],
    ],
    ['webhooks is a text', {}, { webhooks: webhook() }, false, 'invalid configuration', ['webhooks']],
  ];
  it.each(cases)('%s', async (_, env, options, enabled, reason, fatalKeys) => {
    const config = await loadConfig(input(env, options));
    expect({ enabled: config.enabled, reason: config.disabledReason }).toEqual({ enabled, reason });
    expect(config.problems.filter(({ fatal }) => fatal).map(({ key }) => key)).toEqual(fatalKeys);
  });

  it('goes by the test runner that was seen on the application’s thread', async () => {
    const config = await loadConfig({ ...input(ON), host: { ...HOST, testRunner: 'Mocha' } });
    expect(config).toMatchObject({ enabled: false, disabledReason: 'test runner' });
  });

  it('points to a variable of another tool', async () => {
    const config = await loadConfig(input({ DISCORD_WEBHOOK_URL: webhook() }));
    expect(keysAndFound(config)).toEqual([
      'DISCORD_PAGER_WEBHOOK_URL: no webhook (DISCORD_WEBHOOK_URL is set, but not read)',
    ]);
  });

  it('warns when most of what happens has no channel', async () => {
    const config = await loadConfig(input({ DISCORD_PAGER_WEBHOOK_DEPLOYS: webhook() }));
    expect(config.enabled).toBe(true);
    expect(keysAndFound(config)).toEqual(['DISCORD_PAGER_WEBHOOK_URL: webhooks for deploys only']);
  });
});

describe('what is uncertain about masking', () => {
  it.each([
    ['nothing', {}, false],
    ['a wrong path', { DISCORD_PAGER_REDACT_PATHS: 'a..b' }, true],
    ['a wrong switch', { DISCORD_PAGER_REDACT_PII: 'perhaps' }, true],
    ['a config file that cannot be read', { DISCORD_PAGER_CONFIG: '/nowhere.yml' }, true],
  ])('masks more: %s', async (_, env, pii) => {
    const config = await loadConfig(input({ ...ON, ...env }));
    expect(config).toMatchObject({ enabled: true, redact: { pii } });
  });
});

describe('in development', () => {
  it('mentions nobody, whatever is configured', async () => {
    const config = await loadConfig(input({ ...ON, NODE_ENV: 'development', DISCORD_PAGER_MENTION_P1: '@here' }));
    const nobody = { everyone: false, here: false, roles: [], users: [] };
    expect(config.mentions).toEqual({ P0: nobody, P1: nobody, P2: nobody, P3: nobody, DEV: nobody });
  });
});

describe('the service', () => {
  it.each([
    ['name before attribute', { OTEL_SERVICE_NAME: 'a', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b' }, { name: 'a' }],
    ['decoded', { OTEL_RESOURCE_ATTRIBUTES: 'service.name=caf%C3%A9%2C%20bar' }, { name: 'café, bar' }],
    [
      'all facts',
      {
        OTEL_RESOURCE_ATTRIBUTES:
          'service.name=b,service.version=1.2,deployment.environment.name=prod,deployment.environment=old,service.instance.id=i-1,host.name=h',
      },
      { name: 'b', version: '1.2', environment: 'prod', instance: 'i-1' },
    ],
    ['older environment', { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=old' }, { environment: 'old' }],
    ['host as instance', { OTEL_RESOURCE_ATTRIBUTES: 'host.name=pod-7' }, { instance: 'pod-7' }],
    ['empty means not set', { OTEL_SERVICE_NAME: '', OTEL_RESOURCE_ATTRIBUTES: '' }, {}],
  ])('%s', async (_, env, expected) => {
    const config = await loadConfig(input({ ...ON, ...env }));
    expect(config.service).toEqual({ instance: 'host-1', ...expected });
    expect(config.problems).toEqual([]);
  });

  it('keeps what is right of broken attributes', async () => {
    const config = await loadConfig(
      input({ ...ON, OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,broken,service.version=%zz' }),
    );
    expect(config.service).toEqual({ name: 'a', instance: 'host-1' });
    expect(keysAndFound(config)).toEqual(['OTEL_RESOURCE_ATTRIBUTES: 2 of its entries malformed']);
  });
});

describe('mistyped variables', () => {
  it.each([
    ['DISCORD_PAGER_MIN_PRIORTY', 'DISCORD_PAGER_MIN_PRIORITY'],
    ['DISCORD_PAGER_MENTIONS_P0', 'DISCORD_PAGER_MENTION_P0'],
    ['DISCORD_PAGER_WEBHOOK', 'DISCORD_PAGER_WEBHOOK_URL'],
    ['DISCORD_PAGER_WEBHOOK_', 'DISCORD_PAGER_WEBHOOK_URL'],
    ['DISCORD_PAGER_WEBHOOK_FILE', 'DISCORD_PAGER_WEBHOOK_URL'],
    ['DISCORD_PAGER_WEBHOKO_URL', 'DISCORD_PAGER_WEBHOOK_URL'],
    ['DISCORD_PAGER_RUNBOOK_ULR', 'DISCORD_PAGER_RUNBOOK_URL'],
  ])('%s', async (variable, meant) => {
    const config = await loadConfig(input({ ...ON, [variable]: 'x' }));
    expect(config.enabled).toBe(true);
    expect(config.problems).toMatchObject([
      {
        key: variable,
        found: 'a variable that does not exist',
        remedy: expect.stringContaining(`Did you mean ${meant}?`),
      },
    ]);
  });

  it('offers nothing for what resembles nothing', async () => {
    const config = await loadConfig(input({ ...ON, DISCORD_PAGER_XYZZY: '1' }));
    expect(config.problems).toMatchObject([{ key: 'DISCORD_PAGER_XYZZY', remedy: 'Remove it; it has no effect.' }]);
  });
});

describe('hostile input', () => {
  it.each<[string, object]>([
    [
      'a throwing getter',
      {
        get minPriority(): never {
          throw new Error('no');
        },
      },
    ],
    ['a cycle', cyclic()],
    ['functions', { minPriority: () => 'P0', webhooks: { p0: () => webhook() } }],
    ['symbols', { minPriority: Symbol('P0') }],
    ['a big number', { exitTimeoutMs: 10n ** 30n }],
    ['__proto__', JSON.parse('{"__proto__": {"minPriority": "P0"}, "webhooks": {"__proto__": "x"}}')],
    ['constructor', { constructor: 1, toString: 2, hasOwnProperty: 3 }],
  ])('%s leaves the pager running', async (_, options) => {
    expect(await loadConfig(input(ON, options))).toMatchObject({ enabled: true, minPriority: 'P2' });
  });

  it('tells a value that is not plain from one that holds a secret', async () => {
    const { problems } = await loadConfig(input(ON, { ...cyclic(), exitTimeoutMs: 10n, traceUrl: webhook(2) }));
    expect(problems.map(({ key, found }) => `${key}: ${found}`)).toEqual([
      'minPriority: a value that is not plain, or nested too deep',
      'exitTimeoutMs: a value that is not plain, or nested too deep',
      'traceUrl: a text that holds a webhook or a token',
      'routes: a value that is not plain, or nested too deep',
    ]);
  });

  it('answers with an off pager where even keys cannot be listed', async () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new TypeError(`no keys for ${TOKEN}`);
        },
      },
    );
    const config = await loadConfig(input(ON, hostile));
    expect(config).toMatchObject({
      enabled: false,
      disabledReason: 'invalid configuration',
      problems: [{ fatal: true }],
    });
    expect(JSON.stringify(config)).not.toContain(TOKEN);
  });

  it('lists at most a hundred problems', async () => {
    const env = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`DISCORD_PAGER_ODD_${i}`, 'x']));
    const { problems } = await loadConfig(input({ ...ON, ...env }));
    expect(problems).toHaveLength(100);
    expect(problems.at(-1)?.found).toBe('901 more problems');
  });
});

function cyclic(): object {
  const options: Record<string, unknown> = { minPriority: {} };
  options['minPriority'] = options;
  options['routes'] = [options];
  return options;
}
