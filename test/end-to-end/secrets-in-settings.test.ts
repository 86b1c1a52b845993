import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { diag } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createPager } from '../../src/index.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { runHere } from '../cli/run-command.ts';
import { filesUnder } from '../support/files-under.ts';
import { traceIn } from '../support/planted-secrets.ts';
import { PASTED, WRONG_PLACES, type WrongPlace } from '../support/settings-with-secrets.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-settings-'));
let discord: DiscordEmulator;
let said: string[] = [];
const hear = (...words: unknown[]): void => {
  said.push(words.join(' '));
};

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 10_000, windowMs: 1_000 }, channelBudget: 'off' });
  diag.setLogger({ error: hear, warn: hear, info: hear, debug: hear, verbose: hear });
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(async () => {
  diag.disable();
  await discord.close();
  rmSync(root, { recursive: true, force: true });
});

const LINE = `${JSON.stringify({ level: 50, msg: 'it broke' })}\n`;
/** Each reads the configuration, and says what is wrong with it in its own way. */
const COMMANDS: readonly (readonly string[])[] = [
  ['doctor'],
  ['doctor', '--json'],
  ['send', '--title', 'it broke', '--timeout', '2s'],
  ['render'],
  ['spool', 'list'],
  ['doctor', '--post'],
];

let turn = 0;

/** Everything that is said and left behind with these settings, by one of the commands and by a pager. */
async function everythingWith(place: WrongPlace, secret: string): Promise<{ text: string; token: string }> {
  const stateDir = join(root, `state-${++turn}`);
  const webhook = discord.webhookUrl(`alerts-${turn}`);
  const { env: wrong } = place.settings(secret, root);
  const env = { DISCORD_PAGER_WEBHOOK_URL: webhook, DISCORD_PAGER_STATE_DIR: stateDir, ...wrong };
  said = [];
  discord.clear();
  const { stdout, stderr } = await runHere(COMMANDS[turn % COMMANDS.length] ?? [], { env, stdin: LINE });
  const pager = createPager({ env, bootCheck: 'post' });
  await pager.flush({ timeoutMs: 1_000 });
  const shown = [inspect(pager, { depth: 12, showHidden: true }), JSON.stringify([pager, pager.stats()])];
  await pager.shutdown();
  const left = [filesUnder(stateDir), JSON.stringify([discord.requests(), discord.messages()])];
  return { text: [stdout, stderr, ...said, ...shown, ...left].join('\n'), token: webhook.split('/').at(-1) ?? '' };
}

describe('a secret shows nowhere that stands in', () => {
  test.each(WRONG_PLACES.map((place) => [place.name, place] as const))('%s', async (_name, place) => {
    for (const [what, secret] of PASTED) {
      if (place.except?.includes(what)) continue;
      const { text, token } = await everythingWith(place, secret);
      const hidden = /:([^:@]+)@/.exec(secret)?.[1] ?? secret;
      expect([what, traceIn(text, [hidden, token])]).toEqual([what, undefined]);
    }
  });
});

it('what was wrong is said all the same, by the name of its setting', async () => {
  const env = { DISCORD_PAGER_MIN_PRIORITY: PASTED[5]?.[1] ?? '', DISCORD_PAGER_EDIT_INTERVAL: '5 bananas' };
  const { stdout } = await runHere(['doctor'], { env });
  expect(stdout).toContain('DISCORD_PAGER_MIN_PRIORITY: found a text that is not shown here, expected one of P0');
  expect(stdout).toContain('DISCORD_PAGER_EDIT_INTERVAL: found "5 bananas", expected a duration');
});
