import { context, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createPager,
  DiscordLogRecordExporter,
  DiscordSpanExporter,
  type Pager,
  type PagerOptions,
  UrgentLogRecordProcessor,
} from '../../src/index.ts';
import { createMemorySink, type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';

let discord: DiscordEmulator;
let pagers: Pager[];

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 1000, windowMs: 1000 }, channelBudget: 'off' });
  // Compiled on the way in by the test runner, which may take longer than a flush waits.
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clear();
  pagers = [];
});
afterEach(async () => {
  await Promise.all(pagers.map((pager) => pager.shutdown()));
  expect(discord.violations()).toEqual([]);
});

function start(options: PagerOptions = {}, channels: readonly string[] = ['default']): Pager {
  const pager = createPager({
    env: {},
    stateDir: 'none',
    bootCheck: 'off',
    serviceName: 'shop',
    webhooks: Object.fromEntries(channels.map((channel) => [channel, discord.webhookUrl(channel)])),
    ...options,
  });
  pagers.push(pager);
  return pager;
}

const contents = (channel?: string): string[] => discord.messages(channel).map(({ content }) => content);
const titles = (channel?: string): string[] =>
  discord.messages(channel).flatMap(({ embeds }) => embeds.map(({ title }) => title ?? ''));

describe('a page', () => {
  it('shows what broke, where and how often', async () => {
    const pager = start({ environment: 'production' });
    pager.page({
      error: new TypeError('cannot read the cart'),
      priority: 'P0',
      fields: { order: 4711 },
      url: 'https://shop.example.com/orders/4711',
    });
    expect(await pager.flush()).toEqual({ delivered: 1, spooled: 0, dropped: 0 });
    const [message] = discord.messages('default');
    expect(message?.content).toBe('🔴 P0 shop · TypeError: cannot read the cart @everyone');
    expect(message?.mention_everyone).toBe(true);
    expect(message?.embeds[0]?.color).toBe(0xff0000);
    expect(message?.embeds[0]?.title).toBe('TypeError: cannot read the cart');
    const names = message?.embeds[0]?.fields?.map(({ name }) => name.toLowerCase()) ?? [];
    expect(names).toEqual(expect.arrayContaining(['order', 'service', 'environment']));
    expect(message?.embeds[0]?.description).toContain('pager.test.ts');
    expect(pager.stats()).toMatchObject({ received: 1, posted: 1, queued: 0, dropped: {}, configProblems: [] });
  });

  it('of one error is one message, however often it comes', async () => {
    const pager = start();
    for (let i = 0; i < 1000; i++) pager.page({ message: 'the queue is stuck' });
    await pager.flush();
    expect(discord.messages('default')).toHaveLength(1);
    expect(titles('default')).toEqual(['the queue is stuck ×1,000']);
    expect(pager.stats()).toMatchObject({ received: 1000, posted: 1, suppressed: 999 });
  });

  it('is resolved by its key: the same message turns green, silently', async () => {
    const pager = start();
    pager.page({ title: 'disk nearly full', dedupKey: 'disk-1', priority: 'P0' });
    await pager.flush();
    pager.resolve('disk-1');
    pager.resolve('disk-1');
    await pager.flush();
    const messages = discord.messages('default');
    expect(messages).toHaveLength(1);
    expect(messages[0]?.embeds[0]?.title).toMatch(/^✅ ~~.*disk nearly full.*~~/);
    expect(messages[0]?.embeds[0]?.color).toBe(0x00cc66);
    expect(messages[0]?.mention_everyone).toBe(true);
  });

  it('that a resolve does not know is one green message', async () => {
    const pager = start();
    pager.resolve('backup-7');
    await pager.flush();
    expect(discord.messages('default')).toHaveLength(1);
    expect(discord.messages('default')[0]?.embeds[0]?.color).toBe(0x00cc66);
    expect(discord.messages('default')[0]?.notified).toBe('silent');
  });

  it('that becomes more urgent is raised in a new message, and the old one points there', async () => {
    const pager = start();
    pager.page({ title: 'slow', dedupKey: 'db', priority: 'P1' });
    await pager.flush();
    pager.page({ title: 'slow', dedupKey: 'db', priority: 'P0' });
    await pager.flush();
    expect(contents('default')).toEqual([
      expect.stringMatching(/^🟠 P1 shop · slow/),
      expect.stringMatching(/^🔴 P0 shop · slow/),
    ]);
    expect(discord.messages('default')[1]?.pinged).toBe(true);
  });
});

describe('channels', () => {
  const channels = ['default', 'p0', 'p2', 'deploys', 'ci', 'security', 'audit', 'payments'];
  const routes = [{ match: { 'http.route': '/pay*' }, channel: 'payments' }];

  it('take what is theirs, and the audit channel a line of each', async () => {
    const pager = start({ routes }, channels);
    pager.page({ title: 'fatal', priority: 'P0' });
    pager.page({ title: 'error', priority: 'P1' });
    pager.page({ title: 'warning', priority: 'P2' });
    pager.page({ title: 'to ci', priority: 'P3', channel: 'ci' });
    pager.page({ title: 'card declined', attributes: { 'http.route': '/pay/card' } });
    pager.page({ title: 'to nowhere', channel: 'no-such-channel' });
    const provider = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter: new DiscordLogRecordExporter(pager) })],
    });
    const logger = provider.getLogger('release');
    logger.emit({
      severityNumber: 9,
      body: 'released 1.2.3',
      eventName: 'deploy.finished',
      attributes: { 'pager.outcome': 'success' },
    });
    logger.emit({ severityNumber: 9, body: 'a key was used', eventName: 'security.key_used' });
    logger.emit({ severityNumber: 9, body: 'a request', eventName: 'http.request' });
    await provider.forceFlush();
    await pager.flush();
    expect(titles('p0')).toEqual(['fatal']);
    expect(titles('default').toSorted()).toEqual(['error', 'to nowhere']);
    expect(titles('p2')).toEqual(['warning']);
    expect(titles('ci')).toEqual(['to ci']);
    expect(titles('payments')).toEqual(['card declined']);
    expect(titles('deploys')).toEqual(['released 1.2.3']);
    expect(discord.messages('deploys')[0]?.embeds[0]?.color).toBe(0x00cc66);
    expect(titles('security')).toEqual(['a key was used']);
    const audit = discord
      .messages('audit')
      .flatMap(({ embeds }) => embeds.flatMap(({ description }) => (description ?? '').split('\n')));
    expect(audit.filter((line) => line !== '')).toHaveLength(8);
    expect(discord.messages('audit').every(({ notified }) => notified === 'silent')).toBe(true);
    await provider.shutdown();
  });
});

describe('an OpenTelemetry application', () => {
  it('that tells of one error in a log record and in a span is paged once', async () => {
    const pager = start();
    const exporter = new DiscordLogRecordExporter(pager);
    const resource = resourceFromAttributes({ 'service.name': 'checkout', 'deployment.environment.name': 'prod' });
    const logs = new LoggerProvider({
      resource,
      processors: [new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter)],
    });
    const spans = new BasicTracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor(new DiscordSpanExporter(pager))],
    });
    const error = new RangeError('no such article');
    const span = spans.getTracer('t').startSpan('GET /cart', { kind: 1 });
    logs.getLogger('t').emit({
      severityNumber: 17,
      body: 'request failed',
      attributes: {
        'exception.type': 'RangeError',
        'exception.message': error.message,
        'exception.stacktrace': error.stack ?? '',
      },
      context: trace.setSpan(context.active(), span),
    });
    span.recordException(error);
    span.setStatus({ code: 2, message: error.message });
    span.end();
    await logs.forceFlush();
    await spans.forceFlush();
    await pager.flush();
    expect(titles('default')).toEqual(['RangeError: no such article']);
    expect(contents('default')).toEqual([expect.stringContaining('checkout')]);
    await logs.shutdown();
    await spans.shutdown();
  });

  it('gets its fatal through at once, behind ten thousand errors', async () => {
    const pager = start();
    const exporter = new DiscordLogRecordExporter(pager);
    const logs = new LoggerProvider({
      processors: [new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter)],
    });
    const logger = logs.getLogger('t');
    for (let i = 0; i < 10_000; i++) logger.emit({ severityNumber: 17, body: 'the upstream is down' });
    logger.emit({ severityNumber: 21, body: 'giving up' });
    await discord.waitForMessages((messages) => messages.some(({ content }) => content.includes('giving up')), 2500);
    await pager.flush();
    expect(titles('default').toSorted()).toEqual(['giving up', 'the upstream is down ×10,000']);
    await logs.shutdown();
  });
});

describe('secrets', () => {
  it('leave in no request: not in text, attributes, stacks, fields, links or names', async () => {
    const pager = start({ redactPaths: ['**.iban'] });
    const secret = `s3cr3t-${'x7'.repeat(12)}`;
    const own = /webhooks\/\d+\/(.+)$/.exec(discord.webhookUrl('default'))?.[1] ?? '';
    pager.page({
      title: `login with password=${secret}`,
      message: `Authorization: Bearer ${secret}`,
      error: new Error(`connect postgres://shop:${secret}@db.internal:5432/orders failed`, {
        cause: new Error(`cookie: session=${secret}`),
      }),
      fields: { apiKey: secret, host: 'db.internal' },
      attributes: { 'http.request.header.authorization': [secret], config: { password: secret, iban: secret }, own },
      url: `https://x.example.com/?access_token=${secret}`,
    });
    await pager.flush();
    const sent = JSON.stringify(discord.requests().map(({ body }) => body)) + JSON.stringify(discord.messages());
    expect(sent).not.toContain(secret);
    expect(sent).not.toContain(own);
    expect(sent).toContain('db.internal');
    expect(sent).toContain('REDACTED');
  });

  it('of our own show nowhere in what the pager says about itself', async () => {
    const pager = start({ webhooks: { default: 'https://evil.example.com/api/webhooks/1/very-secret-token-value' } });
    await pager.flush();
    const { configProblems } = pager.stats();
    expect(configProblems.length).toBeGreaterThan(0);
    expect(JSON.stringify(configProblems)).not.toContain('very-secret-token-value');
  });
});

describe('a webhook that is deleted', () => {
  it('is replaced by default, where it is said', async () => {
    const pager = start({}, ['default', 'p0']);
    pager.page({ title: 'before', priority: 'P0' });
    await pager.flush();
    discord.fault({ kind: 'delete_webhook', channel: 'p0' });
    pager.page({ title: 'after', priority: 'P0' });
    await pager.flush();
    expect(titles('p0')).toEqual(['before']);
    expect(titles('default')).toEqual(['after', expect.stringMatching(/no longer works: p0/)]);
    expect(discord.messages('default')[0]?.pinged).toBe(true);
  });
});

describe('a memory sink', () => {
  it('shows what would have been posted, and posts nothing', async () => {
    const sink = createMemorySink({ channels: ['deploys'] });
    const pager = createPager({ sink, env: { NODE_ENV: 'test' }, serviceName: 'shop' });
    pagers.push(pager);
    pager.page({ title: 'broken', priority: 'P0' });
    pager.page({ title: 'released', priority: 'P3', channel: 'deploys' });
    await pager.flush();
    expect(sink.messages.map(({ channel, pings, silent }) => ({ channel, pings, silent }))).toEqual(
      expect.arrayContaining([
        { channel: 'default', pings: true, silent: false },
        { channel: 'deploys', pings: false, silent: true },
      ]),
    );
    expect(discord.requests()).toEqual([]);
  });
});

describe('a pager', () => {
  it('never throws, whatever it is given', async () => {
    for (const options of [null, 7, 'x', [], { webhooks: 3 }, { routes: 'x' }, { env: null }]) {
      const pager = createPager(options as never);
      pagers.push(pager);
      pager.page(undefined as never);
      pager.page({ priority: 'P9', error: Symbol('x'), fields: 3 } as never);
      pager.resolve(undefined as never);
      await pager.flush({ timeoutMs: -1 });
      expect(pager.stats().dropped).toBeDefined();
    }
  });

  it('that is switched off captures nothing, costs no thread, and says so to nobody', async () => {
    const pager = start({ enabled: false });
    pager.page({ title: 'unheard', priority: 'P0' });
    expect(await pager.flush()).toEqual({ delivered: 0, spooled: 0, dropped: 0 });
    expect(pager.stats()).toMatchObject({ received: 0, posted: 0, configProblems: [] });
    expect(discord.requests()).toEqual([]);
  });

  it('counts what comes after its end as dropped', async () => {
    const pager = start();
    await pager.shutdown();
    pager.page({ title: 'too late' });
    expect(pager.stats().dropped).toEqual({ shutdown: 1 });
    expect(discord.messages()).toEqual([]);
  });

  it('does not mix with another in the same process', async () => {
    const [a, b] = [start({ serviceName: 'a' }, ['a-channel']), start({ serviceName: 'b' }, ['b-channel'])];
    a.page({ title: 'from a' });
    b.page({ title: 'from b' });
    await Promise.all([a.flush(), b.flush()]);
    expect([titles('a-channel'), titles('b-channel')]).toEqual([['from a'], ['from b']]);
    expect([a.stats().received, b.stats().received]).toEqual([1, 1]);
  });
});
