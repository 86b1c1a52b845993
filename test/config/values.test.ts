import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventGlobsOf,
  fallbackChannelOf,
  parseChannelName,
  parseWebhookVariable,
} from '../../src/config/channel-name.ts';
import { formatDurationMs, parseDurationMs } from '../../src/config/duration.ts';
import { parseFlag } from '../../src/config/flag.ts';
import { readLinkTemplate } from '../../src/config/link-template.ts';
import { readMention } from '../../src/config/mention.ts';
import { nearestName } from '../../src/config/nearest-name.ts';
import { isRedactPath, splitPaths } from '../../src/config/redact-path.ts';
import { parseResourceAttributes } from '../../src/config/resource-attributes.ts';
import { concealedList } from '../../src/config/secret-text.ts';
import { describeFound, describePath } from '../../src/config/shown-value.ts';
import { defaultStateDir, resolveStateDir } from '../../src/config/state-dir.ts';
import { routesType } from '../../src/config/value-types.ts';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5_000],
    [' 10M ', 600_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1.5h', 5_400_000],
    ['10 m', 600_000],
    ['0s', 0],
    ['', undefined],
    ['10', undefined],
    ['m', undefined],
    ['-1s', undefined],
    ['1h30m', undefined],
    ['1e3s', undefined],
    ['5 minutes', undefined],
    ['99999999999d', undefined],
  ])('%j is %j', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected);
  });

  it('are read back as they are written', () => {
    fc.assert(fc.property(fc.nat(1e9), (ms) => void expect(parseDurationMs(formatDurationMs(ms))).toBe(ms)));
    expect([90_000, 900_000, 86_400_000, 1_500].map(formatDurationMs)).toEqual(['90s', '15m', '1d', '1500ms']);
  });
});

describe('switches', () => {
  it.each([
    [true, true],
    ['TRUE', true],
    ['1', true],
    [1, true],
    ['yes', true],
    ['on', true],
    [false, false],
    [' off ', false],
    ['0', false],
    ['no', false],
    ['auto', undefined],
    ['', undefined],
    [2, undefined],
    [null, undefined],
    [{}, undefined],
  ])('%j is %j', (value, expected) => {
    expect(parseFlag(value)).toBe(expected);
  });
});

describe('mentions', () => {
  const ROLE = '200000000000000001';
  const USER = '200000000000000002';
  it.each([
    ['@everyone', { everyone: true, here: false, roles: [], users: [] }, 0],
    ['everyone, HERE', { everyone: true, here: true, roles: [], users: [] }, 0],
    [`role:${ROLE},user:${USER}`, { everyone: false, here: false, roles: [ROLE], users: [USER] }, 0],
    [`<@&${ROLE}> , <@${USER}>`, { everyone: false, here: false, roles: [ROLE], users: [USER] }, 0],
    [`role:${ROLE}, role:${ROLE}`, { everyone: false, here: false, roles: [ROLE], users: [] }, 0],
    ['none', { everyone: false, here: false, roles: [], users: [] }, 0],
    ['none, @here', { everyone: false, here: true, roles: [], users: [] }, 1],
    ['@here, role:ops', { everyone: false, here: true, roles: [], users: [] }, 1],
    ['@here,', { everyone: false, here: true, roles: [], users: [] }, 1],
    ['role:123', undefined, 1],
    ['@channel', undefined, 1],
  ])('%s', (text, value, findings) => {
    const reading = readMention(text);
    expect(reading.value).toEqual(value);
    expect(reading.findings).toHaveLength(findings);
  });

  it('are at most 20', () => {
    const list = Array.from(
      { length: 40 },
      (_, i) => `${i % 2 === 0 ? 'role' : 'user'}:${200_000_000_000_000_000n + BigInt(i)}`,
    );
    const { value, findings } = readMention(list.join());
    expect((value?.roles.length ?? 0) + (value?.users.length ?? 0)).toBe(20);
    expect(findings).toMatchObject([{ found: '40 roles and users' }]);
  });
});

describe('link templates', () => {
  it.each([
    ['https://t.example/{trace_id}/{span_id}?s={service}&e={environment}#{incident}', []],
    ['https://{environment}.example/', []],
    ['https://g.example/explore?left={"expr":"{trace_id}"}', []],
    ['https://t.example/{traceId}/{foo_bar_baz}', ['the placeholder {traceId}', 'the placeholder {foo_bar_baz}']],
    ['https://t.example/{a!b}/{…}/{3}', Array(3).fill('an unknown placeholder')],
    ['https://t.example/{service}?left={"a":[{3}]}&to={now!}', []],
    ['t.example/{trace_id}', ['text that is not a URL']],
    ['javascript:alert(1)', ['a URL whose scheme is neither http nor https']],
    ['https://a:b@t.example', ['a URL with a user name or password']],
    [`https://t.example/${'x'.repeat(500)}`, ['more than 480 characters']],
  ])('%s', (text, found) => {
    const reading = readLinkTemplate(text);
    expect(reading.findings.map((finding) => finding.found)).toEqual(found);
    expect(reading.value).toBe(found.length === 0 ? text : undefined);
  });
});

describe('redaction paths', () => {
  it.each([
    ['a', true],
    ['req.headers.cookie', true],
    ['users[*].name', true],
    ['*.password', true],
    ['a["b-c"].d', true],
    ["a['b.c']", true],
    ['[0].b', true],
    ['http.request-id', true],
    ['', false],
    ['.a', false],
    ['a.', false],
    ['a..b', false],
    ['a[', false],
    ['a[]', false],
    ['a[b]', false],
    ['a[0]b', false],
    ['a b', false],
    ['x'.repeat(257), false],
  ])('%s: %s', (path, expected) => {
    expect(isRedactPath(path)).toBe(expected);
  });

  it('are split at commas outside brackets', () => {
    expect(splitPaths('a.b , c["d,e"],,f')).toEqual(['a.b', 'c["d,e"]', 'f']);
  });

  it('are read in linear time', () => {
    expect(splitPaths('['.repeat(250_000)).length).toBe(1);
    expect(isRedactPath('a.'.repeat(125_000))).toBe(false);
  });
});

describe('channel names', () => {
  it.each([
    ['P0', 'p0'],
    [' My_Team ', 'my-team'],
    ['a'.repeat(48), 'a'.repeat(48)],
    ['a'.repeat(49), undefined],
    ['-a', undefined],
    ['', undefined],
    ['a b', undefined],
    ['über', undefined],
  ])('%j is %j', (text, expected) => {
    expect(parseChannelName(text)).toBe(expected);
  });

  it.each([
    ['DISCORD_PAGER_WEBHOOK_URL', { channel: 'default', fromFile: false }],
    ['DISCORD_PAGER_WEBHOOK_URL_FILE', { channel: 'default', fromFile: true }],
    ['DISCORD_PAGER_WEBHOOK_P0', { channel: 'p0', fromFile: false }],
    ['DISCORD_PAGER_WEBHOOK_MY_TEAM_FILE', { channel: 'my-team', fromFile: true }],
    ['DISCORD_PAGER_WEBHOOK_FILE', undefined],
    ['DISCORD_PAGER_WEBHOOK_FILE_FILE', undefined],
    ['DISCORD_PAGER_WEBHOOK_', undefined],
    ['DISCORD_PAGER_WEBHOOK', undefined],
    ['DISCORD_PAGER_MIN_PRIORITY', undefined],
  ])('%s', (variable, expected) => {
    expect(parseWebhookVariable(variable)).toEqual(expected);
  });

  it.each([
    [['default', 'p0'], 'default'],
    [['p1', 'p3', 'deploys'], 'p1'],
    [['dev'], 'dev'],
    [['deploys', 'audit'], undefined],
  ])('%j falls back to %s', (channels, expected) => {
    expect(fallbackChannelOf((name) => channels.includes(name))).toBe(expected);
  });

  it('take events only where they are configured', () => {
    expect(eventGlobsOf((name) => ['ci', 'security'].includes(name))).toEqual([
      'ci*',
      'cicd*',
      'security*',
      'credential*',
      'secret*',
    ]);
  });
});

describe('routes', () => {
  it('take at most 200 rules of 16 matchers', () => {
    const rule = { match: { a: 'b' }, channel: 'p0' };
    const many = routesType.read(Array.from({ length: 201 }, () => rule));
    expect(many.value).toHaveLength(200);
    expect(many.findings).toMatchObject([{ found: '201 routes' }]);
    const wide = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, 'x']));
    expect(routesType.read([{ ...rule, match: wide }])).toMatchObject({ value: [], findings: [{ at: '[0].match' }] });
  });

  it('answer anything, and throw at nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => void expect(Array.isArray(routesType.read(value).findings)).toBe(true)),
    );
  });
});

describe('near names', () => {
  it.each([
    ['minPriorty', 'minPriority'],
    ['MIN_PRIORITY', 'minPriority'],
    ['statdeir', 'stateDir'],
    ['xyz', undefined],
    ['', undefined],
    ['m'.repeat(100), undefined],
  ])('%s → %s', (name, expected) => {
    expect(nearestName(name, ['minPriority', 'stateDir', 'mention'])).toBe(expected);
  });
});

describe('resource attributes', () => {
  it.each([
    ['', {}, 0],
    ['a=b, c = d ,', { a: 'b', c: 'd' }, 0],
    ['a=b%2Cc=d', { a: 'b,c=d' }, 0],
    ['a="b"', { a: 'b' }, 0],
    ['a=', { a: '' }, 0],
    ['a=b=c', { a: 'b=c' }, 0],
    ['=b,a,c=%', {}, 3],
  ])('%s', (text, expected, invalidPairs) => {
    const result = parseResourceAttributes(text);
    expect(Object.fromEntries(result.attributes)).toEqual(expected);
    expect(result.invalidPairs).toBe(invalidPairs);
  });
});

describe('the state directory', () => {
  const LINUX = { platform: 'linux', homeDir: '/home/ops', cwd: '/srv/app' };
  const WINDOWS = { platform: 'win32', homeDir: 'C:\\Users\\ops', cwd: 'C:\\app' };
  it.each([
    [{}, LINUX, '/home/ops/.local/state/otel-discord-pager'],
    [{ XDG_STATE_HOME: '/var/state' }, LINUX, '/var/state/otel-discord-pager'],
    [{ XDG_STATE_HOME: 'relative' }, LINUX, '/home/ops/.local/state/otel-discord-pager'],
    [{ STATE_DIRECTORY: '/var/lib/app', XDG_STATE_HOME: '/x' }, LINUX, '/var/lib/app'],
    [{ STATE_DIRECTORY: '/var/lib/a:/var/lib/b' }, LINUX, '/var/lib/a'],
    [{ STATE_DIRECTORY: '' }, LINUX, '/home/ops/.local/state/otel-discord-pager'],
    [{}, { ...LINUX, homeDir: '' }, undefined],
    [{ LOCALAPPDATA: 'D:\\Local' }, WINDOWS, 'D:\\Local\\otel-discord-pager'],
    [{}, WINDOWS, 'C:\\Users\\ops\\AppData\\Local\\otel-discord-pager'],
  ])('%j on %j: %s', (env, host, expected) => {
    expect(defaultStateDir(env, host)).toBe(expected);
  });

  it.each([
    ['none', LINUX, undefined],
    [' None ', LINUX, undefined],
    ['/a/../b', LINUX, '/b'],
    ['state', LINUX, '/srv/app/state'],
    ['~', LINUX, '/home/ops'],
    ['~/s', LINUX, '/home/ops/s'],
    ['~ops', LINUX, '/srv/app/~ops'],
    ['~\\s', WINDOWS, 'C:\\Users\\ops\\s'],
    ['D:\\s', WINDOWS, 'D:\\s'],
  ])('named %j on %j: %s', (text, host, expected) => {
    expect(resolveStateDir(text, host)).toBe(expected);
  });
});

describe('what a problem quotes', () => {
  it.each([
    [undefined, 'nothing'],
    ['  ', 'an empty text'],
    [5, '5'],
    [[], 'a list'],
    [{}, 'an object'],
    [' P9 ', '"P9"'],
    ['role:ops', '"role:ops"'],
    ['postgres://u:p@h', 'a text that is not shown here'],
    ['password=hunter2', 'a text that is not shown here'],
    ['ghp_0123456789abcdef', 'a text that is not shown here'],
    ['line\nbreak', 'a text that is not shown here'],
    ['x'.repeat(41), 'a text that is not shown here'],
  ])('%j: %s', (value, expected) => {
    expect(describeFound(value)).toBe(expected);
  });

  it.each([
    ['/run/secrets/discord-webhook-production-p0', '"/run/secrets/discord-webhook-production-p0"'],
    ['C:\\secrets\\page', '"C:\\secrets\\page"'],
    ['/run/A1b2C3d4E5f6G7h8I9j0K1l2M3n4', '"/run/***"'],
    ['https://discord.com/x', 'a path that is not shown here'],
  ])('path %s: %s', (path, expected) => {
    expect(describePath(path)).toBe(expected);
  });
});

describe('a concealed list', () => {
  it('is an array like any other to whoever reads it', () => {
    const list = concealedList(['a', 'b']);
    expect([list.length, [...list], list.includes('b'), list.map((s) => `${s}!`)]).toEqual([
      2,
      ['a', 'b'],
      true,
      ['a!', 'b!'],
    ]);
    expect(structuredClone(list)).toEqual(['a', 'b']);
    expect(`${list} ${JSON.stringify({ list })}`).toBe('[2 secrets] {"list":"[2 secrets]"}');
  });
});
