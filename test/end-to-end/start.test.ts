import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPager, type Pager, type PagerOptions } from '../../src/index.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';

let discord: DiscordEmulator;
let stateDir: string;
let pagers: Pager[];

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 1000, windowMs: 1000 } });
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clear();
  stateDir = join(mkdtempSync(join(tmpdir(), 'pager-start-')), 'state');
  pagers = [];
});
afterEach(async () => {
  await Promise.all(pagers.map((pager) => pager.shutdown()));
  // The thread may still be noting when it looked.
  rmSync(join(stateDir, '..'), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

async function start(options: PagerOptions, requests: number): Promise<Pager> {
  const pager = createPager({ env: {}, stateDir, serviceName: 'shop', serviceVersion: '1.4.2', ...options });
  pagers.push(pager);
  await pager.flush();
  if (requests > 0) await discord.waitForRequests(requests);
  await pager.flush();
  return pager;
}

const seen = (): string[] => discord.requests().map(({ method }) => method);

describe('the check at the start', () => {
  it('announces the service in the dev channel, silently, once per version and hour', async () => {
    const webhooks = { default: discord.webhookUrl('alerts'), dev: discord.webhookUrl('dev') };
    await start({ webhooks }, 1);
    expect(discord.messages('dev').map(({ embeds, notified }) => [embeds[0]?.title, notified])).toEqual([
      ['Service started: shop@1.4.2', 'silent'],
    ]);
    await start({ webhooks }, 0);
    expect(seen()).toEqual(['POST']);
    await start({ webhooks, serviceVersion: '1.4.3' }, 2);
    expect(discord.messages('dev')).toHaveLength(2);
    expect(discord.messages('alerts')).toEqual([]);
  });

  it('without a dev channel asks every webhook, once an hour, and posts nothing', async () => {
    const webhooks = { default: discord.webhookUrl('alerts'), p0: discord.webhookUrl('p0') };
    await start({ webhooks }, 2);
    await start({ webhooks }, 0);
    expect(seen()).toEqual(['GET', 'GET']);
    expect(discord.messages()).toEqual([]);
  });

  it('remembers in files that only the owner can read, without a token', async () => {
    await start({ webhooks: { default: discord.webhookUrl('alerts') } }, 1);
    const file = join(stateDir, 'boot-check.json');
    await vi.waitFor(() => statSync(file));
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(discord.webhookUrl('alerts').split('/').at(-1));
  });

  it.each([
    ['off', []],
    ['probe', ['GET', 'GET']],
    ['post', ['POST']],
  ] as const)('%s does what it says', async (bootCheck, expected) => {
    const webhooks = { default: discord.webhookUrl('alerts'), dev: discord.webhookUrl('dev') };
    await start({ webhooks, bootCheck }, expected.length);
    expect(seen()).toEqual(expected);
  });

  it('finds a deleted webhook before a page needs it', async () => {
    const webhooks = { default: discord.webhookUrl('alerts'), p0: discord.webhookUrl('to-be-deleted') };
    discord.fault({ kind: 'delete_webhook', channel: 'to-be-deleted' });
    const pager = await start({ webhooks }, 2);
    await discord.waitForMessages(1);
    expect(discord.messages('alerts').map(({ embeds }) => embeds[0]?.title)).toEqual(['A webhook no longer works: p0']);
    pager.page({ title: 'still heard', priority: 'P0' });
    await pager.flush();
    expect(discord.messages('alerts').at(-1)?.content).toMatch(/still heard/);
    expect(discord.violations()).toEqual([]);
  });
});

describe('inside a test runner', () => {
  let discordProxy: Server;
  let asked: string[];

  beforeAll(async () => {
    // Whatever would go to Discord's own address comes by here.
    discordProxy = createServer();
    discordProxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => discordProxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => discordProxy.close());
  beforeEach(() => {
    asked = [];
  });

  const real = `https://discord.com/api/webhooks/11111111111111111/${'x'.repeat(68)}`;
  const proxied = (env: Record<string, string>): Record<string, string> => ({
    ...env,
    DISCORD_PAGER_WEBHOOK_URL: real,
    DISCORD_PAGER_STATE_DIR: 'none',
    HTTPS_PROXY: `http://127.0.0.1:${(discordProxy.address() as AddressInfo).port}`,
  });

  it.each([
    { VITEST: 'true' },
    { JEST_WORKER_ID: '1' },
    { NODE_TEST_CONTEXT: 'child-v8' },
    { MOCHA_WORKER_ID: '0' },
    { NODE_ENV: 'test' },
  ])('%j: the real thing sends nothing', async (env) => {
    const pager = createPager({ env: proxied(env) });
    pagers.push(pager);
    pager.page({ title: 'from a test', priority: 'P0' });
    await pager.flush();
    expect(asked).toEqual([]);
    expect(pager.stats()).toMatchObject({ posted: 0, queued: 0 });
  });

  it('outside of one it would have been sent', async () => {
    const pager = createPager({ env: proxied({}) });
    pagers.push(pager);
    pager.page({ title: 'from production', priority: 'P0' });
    await pager.flush({ timeoutMs: 500 });
    expect(asked.length).toBeGreaterThan(0);
  });

  it('sends to loopback, and with DISCORD_PAGER_ENABLED=true', async () => {
    const pager = createPager({
      env: {
        NODE_ENV: 'test',
        DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
        DISCORD_PAGER_STATE_DIR: 'none',
        DISCORD_PAGER_BOOT_CHECK: 'off',
      },
    });
    pagers.push(pager);
    pager.page({ title: 'to the emulator' });
    await pager.flush();
    expect(discord.messages('alerts')).toHaveLength(1);
    const forced = createPager({ env: proxied({ NODE_ENV: 'test', DISCORD_PAGER_ENABLED: 'true' }) });
    pagers.push(forced);
    forced.page({ title: 'on purpose' });
    await forced.flush({ timeoutMs: 500 });
    expect(asked.length).toBeGreaterThan(0);
  });
});
