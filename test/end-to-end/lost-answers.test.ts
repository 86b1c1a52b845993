import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPager, type Pager } from '../../src/index.ts';
import { type DiscordEmulator, type Fault, startDiscordEmulator } from '../../src/testing.ts';

let discord: DiscordEmulator;
let pager: Pager;

beforeAll(async () => {
  discord = await startDiscordEmulator();
  // Compiled on the way in by the test runner, which may take longer than a flush waits.
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clear();
  pager = createPager({
    env: {},
    stateDir: 'none',
    bootCheck: 'off',
    serviceName: 'shop',
    editInterval: '100ms',
    webhooks: { default: discord.webhookUrl('alerts') },
  });
});
afterEach(() => pager.shutdown());

const ids = (): string[] =>
  discord.messages('alerts').map(({ embeds }) => embeds[0]?.footer?.text.split(' · ')[0] ?? '');

describe('an answer that got lost', () => {
  const faults: [what: string, fault: Fault, shown: number][] = [
    ['the connection was cut after the message was stored', { kind: 'reset', when: 'after_storing', times: 1 }, 2],
    [
      'a gateway gave up after the message was stored',
      { kind: 'server_error', status: 504, stored: true, times: 1 },
      2,
    ],
    ['the connection was cut before', { kind: 'reset', when: 'before_storing', times: 1 }, 1],
    ['no gateway took it', { kind: 'server_error', status: 502, times: 1 }, 1],
  ];
  it.each(faults)(
    '%s: shown, at most twice, as one incident, which goes on in the known message',
    async (_what, fault, shown) => {
      discord.fault(fault);
      pager.page({ title: 'payments are down', dedupKey: 'payments' });
      await pager.flush({ timeoutMs: 10_000 });
      expect(discord.messages('alerts')).toHaveLength(shown);
      expect(new Set(ids()).size).toBe(1);
      for (let i = 0; i < 4; i++) pager.page({ title: 'payments are down', dedupKey: 'payments' });
      pager.resolve('payments');
      await pager.flush({ timeoutMs: 10_000 });
      expect(discord.messages('alerts')).toHaveLength(shown);
      expect(discord.messages('alerts').at(-1)?.embeds[0]?.title).toMatch(/^✅ ~~payments are down ×5~~/);
    },
  );

  it('whose end is missing says that the message stands: it is shown once', async () => {
    discord.fault({ kind: 'truncated_json', times: 1 });
    pager.page({ title: 'payments are down', dedupKey: 'payments' });
    await pager.flush({ timeoutMs: 10_000 });
    expect(discord.messages('alerts')).toHaveLength(1);
  });
});
