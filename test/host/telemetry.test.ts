import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { runApp } from '../support/child.ts';

let discord: DiscordEmulator;

beforeAll(async () => {
  discord = await startDiscordEmulator();
});
afterAll(() => discord.close());
beforeEach(() => discord.clear());

const lines = ['otel-1', 'otel-2', 'otel-3'];

describe.each(lines)('an application on %s with HTTP and undici instrumentation', (line) => {
  it.each(['with-context', 'without-context'])(
    'pages, and sees nothing of our requests (%s)',
    async (contextManager) => {
      const webhook = discord.webhookUrl('alerts');
      const [, id = '', token = ''] = /webhooks\/(\d+)\/(.+)$/.exec(webhook) ?? [];
      const result = await runApp('test/fixtures/apps/instrumented.mjs', {
        args: [line, contextManager],
        env: { DISCORD_PAGER_WEBHOOK_URL: webhook, OTEL_SERVICE_NAME: 'shop' },
      });
      expect(result.stderr).toBe('');
      expect(result.code).toBe(0);
      const titles = discord.messages('alerts').flatMap(({ embeds }) => embeds.map(({ title }) => title));
      expect(titles).toEqual(
        expect.arrayContaining([
          expect.stringContaining('the disk is full'),
          expect.stringContaining('the batch failed'),
          expect.stringContaining('the span broke'),
        ]),
      );
      // The instrumentation works: it saw the application's own request.
      expect(result.stdout).toContain('the-own-request');
      expect(result.stdout).not.toContain(token);
      expect(result.stdout).not.toContain(token.slice(0, 20));
      expect(result.stdout).not.toContain(id);
      expect(result.stdout).not.toContain('/webhooks');
      expect(discord.violations()).toEqual([]);
    },
  );
});
