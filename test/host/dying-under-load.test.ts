import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';

const QUEUED = 400;
let discord: DiscordEmulator;
let stateDir: string;

beforeEach(async () => {
  discord = await startDiscordEmulator();
  stateDir = mkdtempSync(join(tmpdir(), 'pager-dying-'));
});
afterEach(async () => {
  expect(discord.violations()).toEqual([]);
  await discord.close();
  rmSync(stateDir, { recursive: true, force: true });
});

function run(script: string, args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runApp(script, {
    timeoutMs: 60_000,
    ...options,
    args,
    env: {
      DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
      DISCORD_PAGER_STATE_DIR: stateDir,
      DISCORD_PAGER_BOOT_CHECK: 'off',
      OTEL_SERVICE_NAME: 'shop',
      ...options.env,
    },
  });
}

/** Everything that can be read in the channel, attached lists included. */
const readable = (): string =>
  discord
    .messages('alerts')
    .map(({ content, embeds, attachments }) =>
      [
        content,
        ...embeds.flatMap(({ title, description }) => [title, description]),
        ...attachments.map(({ text }) => text),
      ].join('\n'),
    )
    .join('\n');
const word = (i: number): string =>
  [...String(i).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');

describe(`with ${QUEUED} errors on their way and a FATAL behind them`, () => {
  const deaths: [form: string, way: string, code: number | null, signal: NodeJS.Signals | null][] = [
    ['page', 'throw', 1, null],
    ['otel', 'SIGTERM', null, 'SIGTERM'],
    ['otel', 'exit', 7, null],
    ['pino', 'exit', 7, null],
    ['pino', 'handled SIGTERM', 7, null],
  ];
  it.each(deaths)(
    '%s, %s: the FATAL is out first, and nothing is missing after the next start',
    async (form, way, code, signal) => {
      const result = await run('test/fixtures/apps/dying-under-load.mjs', [form, way, String(QUEUED)]);
      expect([result.code, result.signal]).toEqual([code, signal]);
      expect(readable()).toContain('P0 shop · Error: the process gives up');
      const dyingMs = Number(/dying (\d+)/.exec(result.stdout)?.[1]);
      const shown = discord.messages('alerts');
      const before = shown.slice(
        0,
        shown.findIndex(({ content }) => content.includes('the process gives up')),
      );
      // What was on the wire already, and no more than the bucket has for others while two of its places are kept for a P0.
      expect(before.filter(({ createdAtMs }) => createdAtMs > dyingMs).length).toBeLessThanOrEqual(3);
      await run('test/fixtures/apps/stateful.mjs', ['start-then-end']);
      const text = readable();
      for (let i = 0; i < QUEUED; i++) expect(text).toContain(`part ${word(i)} is broken`);
    },
    60_000,
  );
});
