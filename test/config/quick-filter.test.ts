import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureFilter } from '../../src/capture/capture-target.ts';
import { captureFilterOf } from '../../src/config/capture-filter.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { quickFilter } from '../../src/config/quick-filter.ts';
import { PRIORITY_RANK } from '../../src/priority.ts';
import { input, LOOPBACK, webhook } from './config-input.ts';

const ON = { DISCORD_PAGER_WEBHOOK_URL: webhook() };
const ALL_EVENTS = [...['deploy*', 'ci*', 'cicd*', 'security*', 'credential*', 'secret*', 'rotation*', 'escalation*']];

describe('the first guess', () => {
  const cases: readonly [string, Record<string, string>, object | undefined, Partial<CaptureFilter>][] = [
    ['nothing set', {}, undefined, { enabled: false }],
    ['a webhook', ON, undefined, { enabled: true, minPriority: 'P2', events: [], routes: [] }],
    ['a webhook in code', {}, { webhooks: { default: webhook() } }, { enabled: true }],
    ['a webhook in a file', { DISCORD_PAGER_WEBHOOK_P0_FILE: '/run/page' }, undefined, { enabled: true }],
    ['a webhook that is empty', { DISCORD_PAGER_WEBHOOK_URL: ' ' }, undefined, { enabled: false }],
    [
      'a config file',
      { DISCORD_PAGER_CONFIG: 'x.yml' },
      undefined,
      { enabled: true, minPriority: 'P3', events: ALL_EVENTS },
    ],
    ['a config file in code', {}, { config: 'x.yml' }, { enabled: true, minPriority: 'P3', events: ALL_EVENTS }],
    ['a threshold', { ...ON, DISCORD_PAGER_MIN_PRIORITY: 'p1' }, undefined, { minPriority: 'P1' }],
    [
      'a threshold in code',
      { ...ON, DISCORD_PAGER_MIN_PRIORITY: 'p1' },
      { minPriority: 'DEV' },
      { minPriority: 'DEV' },
    ],
    [
      'a wrong threshold',
      { ...ON, DISCORD_PAGER_MIN_PRIORITY: 'x' },
      undefined,
      { minPriority: 'P3', events: ALL_EVENTS },
    ],
    [
      'a low threshold and a config file',
      { DISCORD_PAGER_CONFIG: 'x', DISCORD_PAGER_MIN_PRIORITY: 'dev' },
      undefined,
      { minPriority: 'DEV' },
    ],
    ['event channels', { ...ON, DISCORD_PAGER_WEBHOOK_DEPLOYS: webhook() }, undefined, { events: ['deploy*'] }],
    [
      'routes',
      ON,
      { routes: [{ match: { a: 'b', c: 5 }, channel: 'x' }, 7, {}, { match: {} }] },
      { routes: [{ a: 'b', c: '5' }] },
    ],
    ['switched off', { ...ON, DISCORD_PAGER_ENABLED: 'no' }, undefined, { enabled: false }],
    ['switched off in code', ON, { enabled: false }, { enabled: false }],
    ['switched on in code', { ...ON, DISCORD_PAGER_ENABLED: 'no' }, { enabled: true }, { enabled: true }],
    ['a test runner', { ...ON, VITEST: 'true' }, undefined, { enabled: false }],
    [
      'a test runner, switched on',
      { ...ON, VITEST: 'true', DISCORD_PAGER_ENABLED: 'true' },
      undefined,
      { enabled: true },
    ],
    ['a test runner, loopback', { DISCORD_PAGER_WEBHOOK_URL: LOOPBACK, VITEST: 'true' }, undefined, { enabled: true }],
    [
      'a test runner, API base',
      { ...ON, VITEST: '1', DISCORD_PAGER_API_BASE_URL: 'http://localhost:1' },
      undefined,
      { enabled: true },
    ],
    ['a test runner, a reference', { DISCORD_PAGER_WEBHOOK_URL: 'file:x', VITEST: '1' }, undefined, { enabled: true }],
    ['a test runner, a config file', { ...ON, VITEST: '1', DISCORD_PAGER_CONFIG: 'x' }, undefined, { enabled: true }],
  ];
  it.each(cases)('%s', (_, env, options, expected) => {
    expect(quickFilter(env, options)).toMatchObject(expected);
  });

  it('never throws', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(quickFilter(ON, hostile).enabled).toBe(true);
    fc.assert(
      fc.property(fc.object(), fc.dictionary(fc.string(), fc.string()), (options, env) => {
        expect(typeof quickFilter(env, options).enabled).toBe('boolean');
      }),
    );
  });

  it('captures all that the configuration turns out to ask for', async () => {
    const variables = fc.record(
      {
        DISCORD_PAGER_WEBHOOK_URL: fc.constantFrom(webhook(), LOOPBACK, 'nonsense', ''),
        DISCORD_PAGER_WEBHOOK_CI: fc.constantFrom(webhook(), LOOPBACK, 'file:/missing'),
        DISCORD_PAGER_MIN_PRIORITY: fc.constantFrom('P0', 'p3', 'DEV', 'nonsense', ''),
        DISCORD_PAGER_ENABLED: fc.constantFrom('auto', 'true', 'false', 'nonsense', ''),
        DISCORD_PAGER_CONFIG: fc.constantFrom('/etc/pager.yml', '/missing', ''),
        DISCORD_PAGER_API_BASE_URL: fc.constantFrom('http://127.0.0.1:1', 'http://sandbox', 'nonsense'),
        VITEST: fc.constantFrom('true', ''),
      },
      { requiredKeys: [] },
    );
    const options = fc.record(
      {
        minPriority: fc.constantFrom('P1', 'P3', 'nonsense'),
        enabled: fc.constantFrom<unknown>(true, false, 'auto', 'nonsense'),
        webhooks: fc.constantFrom({ default: webhook() }, { deploys: LOOPBACK }, { default: '' }),
        routes: fc.constantFrom([{ match: { a: 'b' }, channel: 'ci' }], []),
      },
      { requiredKeys: [] },
    );
    const file = `webhooks: { security: "${LOOPBACK}" }\nminPriority: P3\n`;
    await fc.assert(
      fc.asyncProperty(variables, options, async (env, given) => {
        const guess = quickFilter(env, given);
        const known = captureFilterOf(await loadConfig(input(env, given, { '/etc/pager.yml': file })));
        if (!known.enabled) return;
        expect(guess.enabled).toBe(true);
        expect(PRIORITY_RANK[guess.minPriority]).toBeGreaterThanOrEqual(PRIORITY_RANK[known.minPriority]);
        expect(guess.events).toEqual(expect.arrayContaining([...known.events]));
        expect(guess.routes).toEqual(expect.arrayContaining([...known.routes]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the filter of a configuration', () => {
  it('is plain, and holds what was configured', async () => {
    const env = { ...ON, DISCORD_PAGER_WEBHOOK_ROTATION: webhook(2), DISCORD_PAGER_MIN_PRIORITY: 'P1' };
    const config = await loadConfig(input(env, { routes: [{ match: { logger: 'x' }, channel: 'default' }] }));
    const filter = captureFilterOf(config);
    expect(filter).toEqual({
      enabled: true,
      minPriority: 'P1',
      events: ['rotation*', 'escalation*'],
      routes: [{ logger: 'x' }],
    });
    expect(structuredClone(filter)).toEqual(filter);
  });
});

describe('what the application’s thread loads', () => {
  it.each(['quick-filter.ts', 'test-runner.ts'])('%s needs no package and no file system', async (file) => {
    const seen = new Set<string>();
    const foreign: string[] = [];
    await visit(new URL(`../../src/config/${file}`, import.meta.url));
    expect(foreign).toEqual([]);

    async function visit(url: URL): Promise<void> {
      if (seen.has(url.href)) return;
      seen.add(url.href);
      const source = await readFile(url, 'utf8');
      for (const [, target = ''] of source.matchAll(/^import (?!type )[^;]*?from '([^']+)'/gm)) {
        if (target.startsWith('.')) await visit(new URL(target, url));
        else foreign.push(target);
      }
    }
  });
});
