import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type DiagLogger, diag, metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureSighting } from '../../src/capture/sighting.ts';
import { createHostPager } from '../../src/create-pager.ts';
import { DiscordLogRecordExporter, type PagerOptions } from '../../src/index.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { filesUnder } from '../support/files-under.ts';
import { PLACES, type PlantedPage, plant, plantedPages, sightingOf, toLogRecord } from '../support/planted-pages.ts';
import { drawn, KNOWN_VALUE, KNOWN_WORD, type PlantKind, traceIn } from '../support/planted-secrets.ts';
import { type RecordingProxy, startRecordingProxy, withoutTokenInPaths } from '../support/recording-proxy.ts';

const BOT_TOKEN = `M${drawn('alnum', 23, 5)}.${drawn('alnum', 6, 5)}.${drawn('alnum', 38, 5)}`;
const root = mkdtempSync(join(tmpdir(), 'pager-limits-'));
let discord: DiscordEmulator;
let proxy: RecordingProxy;
let said = '';
const hear = (...words: unknown[]): void => {
  said += `${words.join(' ')}\n`;
};
const listener: DiagLogger = { error: hear, warn: hear, info: hear, debug: hear, verbose: hear };

beforeAll(async () => {
  discord = await startDiscordEmulator({
    bucket: { limit: 10_000, windowMs: 1_000 },
    channelBudget: 'off',
    globalLimit: 'off',
    oldEdits: 'off',
    invalidLimit: 'off',
    bot: { token: BOT_TOKEN },
    channelKinds: { forum: 'forum' },
  });
  proxy = await startRecordingProxy(discord.url);
  diag.setLogger(listener);
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [metricReader] }));
  // Compiled on the way in by the test runner, which may take longer than a flush waits.
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(async () => {
  diag.disable();
  metrics.disable();
  await metricReader.shutdown();
  await proxy.close();
  await discord.close();
  rmSync(root, { recursive: true, force: true });
});

type HostPager = ReturnType<typeof createHostPager>;
let rounds = 0;
const planted: PlantedPage[] = [];
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const metricReader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });

/** A pager with channels of its own, whose budgets nobody has used, and a state directory of its own. */
function open(stateDir: string, channel: string, more: PagerOptions = {}): { pager: HostPager; tokens: string[] } {
  const urls = [channel, `${channel}-audit`].map((name) => proxy.via(discord.webhookUrl(name)));
  const pager = createHostPager({
    env: { KNOWN_VALUE, KNOWN_WORD },
    stateDir,
    bootCheck: 'off',
    serviceName: 'shop',
    editInterval: '100ms',
    redactValuesOf: ['KNOWN_VALUE', 'KNOWN_WORD'],
    webhooks: { default: urls[0] as string, audit: urls[1] as string },
    botToken: BOT_TOKEN,
    ...more,
  });
  return { pager, tokens: urls.map((url) => url.split('/').at(-1) as string) };
}

function send(pager: HostPager, page: PlantedPage, priority: 'P0' | 'P1'): void {
  if (page.via === 'page') pager.page({ dedupKey: page.key, priority, ...page.input });
  else if (page.via === 'pino') captureSighting(pager, sightingOf(page, Date.now(), priority));
  else new DiscordLogRecordExporter(pager).export([toLogRecord(page, priority)], () => undefined);
}

/** Everything that has left the pager since the last look. */
function everything(pager: HostPager, stateDir: string, tokens: readonly string[]): string {
  const shown = inspect(pager, { depth: 9, showHidden: true, maxStringLength: Infinity });
  const texts = [
    withoutTokenInPaths(proxy.sent, tokens),
    said,
    filesUnder(stateDir),
    shown,
    JSON.stringify(pager.stats()),
  ];
  // The bot's token goes to Discord in a header of one route, and nowhere else.
  return texts.join('\n').replaceAll(`authorization: Bot ${BOT_TOKEN}\r\n`, '');
}

function expectNoTrace(pages: readonly PlantedPage[], text: string, tokens: readonly string[]): void {
  const found = pages.flatMap(({ hidden, what }) => {
    const run = traceIn(text, hidden);
    return run === undefined
      ? []
      : [`${what}: ${run} in ${text.slice(Math.max(0, text.indexOf(run) - 200), text.indexOf(run) + 60)}`];
  });
  expect(found).toEqual([]);
  expect(traceIn(text, [...tokens, BOT_TOKEN, KNOWN_WORD, ...KNOWN_VALUE.split('\n')])).toBeUndefined();
}

async function round(pages: readonly PlantedPage[], options: PagerOptions, channel: string): Promise<void> {
  const stateDir = join(root, `state-${++rounds}`);
  proxy.clear();
  said = '';
  planted.push(...pages);
  const { pager, tokens } = open(stateDir, channel, options);
  try {
    const [first, ...others] = pages;
    // Alone, with a thread; then several in one message; repeats and resolves edit them.
    if (first !== undefined) send(pager, first, 'P0');
    await pager.flush();
    for (const page of others) send(pager, page, 'P1');
    await pager.flush();
    for (const page of pages) send(pager, page, 'P1');
    for (const { key } of pages.slice(0, 4)) pager.resolve(key);
    await pager.flush();
    expect(pager.stats()).toMatchObject({ dropped: {}, queued: 0, configProblems: [] });
    expect(proxy.sent).toContain('POST /api/v10/webhooks/');
    if (channel !== 'forum') expect(proxy.sent).toMatch(/POST \/api\/v10\/channels\/\d+\/messages\/\d+\/threads /);
    expectNoTrace(pages, everything(pager, stateDir, tokens), tokens);
  } finally {
    await pager.shutdown();
  }
  // What a shutdown has written down.
  expectNoTrace(pages, filesUnder(stateDir), tokens);
}

const everyPlace = PLACES.flatMap((place, i) =>
  place.boundaries.map((boundary, j) => {
    const kind = place.kinds[(i * 7 + j * 5) % place.kinds.length] as PlantKind;
    return plant(place, kind, boundary, ((i + j) % 11) / 10, i * 100 + j + 1);
  }),
);
/** Long enough that the capture cuts it: some 300,000 characters. */
const longest = PLACES.filter(({ boundaries }) => boundaries.includes(4_096) || boundaries.includes(6_144)).map(
  (place, i) => plant(place, place.kinds[(i * 5) % place.kinds.length] as PlantKind, 131_000, i / 10, 9_000 + i),
);

const PER_ROUND = 16;
const rowsOf = (pages: readonly PlantedPage[]): PlantedPage[][] =>
  Array.from({ length: Math.ceil(pages.length / PER_ROUND) }, (_, i) =>
    pages.slice(i * PER_ROUND, (i + 1) * PER_ROUND),
  );

describe('a secret across any limit, in any place, shows in no request, file, warning or number', () => {
  it('in every place, at every limit', { timeout: 60_000 }, async () => {
    for (const pages of rowsOf([...everyPlace, ...longest])) await round(pages, {}, `alerts-${rounds}`);
  });

  it('at any offset', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plantedPages, { minLength: PER_ROUND, maxLength: PER_ROUND }), (pages) =>
        round(pages, {}, `alerts-${rounds}`),
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('in the posts of a forum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plantedPages, { minLength: 5, maxLength: 5 }), (pages) => round(pages, {}, 'forum')),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('while it waits on disk, and when the next process shows it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plantedPages, { minLength: PER_ROUND, maxLength: PER_ROUND }), async (pages) => {
        const stateDir = join(root, `state-${++rounds}`);
        const channel = `spooled-${rounds}`;
        proxy.clear();
        said = '';
        const fault = discord.fault({ kind: 'rate_limited', retryAfterMs: 60_000 });
        const before = open(stateDir, channel);
        for (const page of pages) send(before.pager, page, 'P1');
        const { spooled } = await before.pager.flush({ timeoutMs: 1_000 });
        await before.pager.shutdown();
        fault.end();
        expect(spooled).toBeGreaterThan(0);
        expectNoTrace(pages, everything(before.pager, stateDir, before.tokens), before.tokens);
        const after = open(stateDir, channel);
        await after.pager.flush();
        expect(after.pager.stats()).toMatchObject({ posted: spooled, queued: 0 });
        await after.pager.shutdown();
        expectNoTrace(pages, everything(after.pager, stateDir, after.tokens), after.tokens);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('and in no metric of all of them', async () => {
    await metricReader.forceFlush();
    const text = JSON.stringify(metricExporter.getMetrics());
    expect(text).toContain('pager.notices.posted');
    expectNoTrace(planted, text, []);
  });
});
