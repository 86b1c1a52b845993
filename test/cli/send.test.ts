import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type Outcome, runBuilt, runHere, tokenOf } from './run-command.ts';

let discord: DiscordEmulator;
beforeEach(async () => {
  discord = await startDiscordEmulator();
});
afterEach(() => discord.close());

/** Runs `send` with the emulator as the default channel; its token must not show either. */
async function send(
  args: readonly string[],
  more: { env?: Record<string, string>; stdin?: string } = {},
): Promise<Outcome> {
  const env = { DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'), ...more.env };
  const outcome = await runHere(['send', ...args], { env, ...(more.stdin === undefined ? {} : { stdin: more.stdin }) });
  for (const { webhookId } of discord.requests()) expect(webhookId).toMatch(/^\d+$/);
  expect(outcome.stdout + outcome.stderr).not.toContain(tokenOf(discord.webhookUrl('alerts')));
  return outcome;
}

describe('a page', () => {
  it('with a title alone is a P1 in the default channel', async () => {
    const { code, stdout, stderr } = await send(['--title', 'Backup failed']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ P1 delivered in \d+ ms\n$/);
    const [message, ...others] = discord.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ channel: 'alerts', content: '🟠 P1 tests · Backup failed', pinged: false });
    expect(discord.violations()).toEqual([]);
  });

  it('carries everything that was said', async () => {
    const { code } = await send(
      [
        ...['--title', 'Backup failed', '--message', 'disk full', '--priority', 'p0', '--channel', 'ops'],
        ...[
          '--field',
          'host=db1',
          '--field',
          'free=0 B = none',
          '--url',
          'https://ci.example/job/7',
          '--dedup-key',
          'backup',
        ],
      ],
      { env: { DISCORD_PAGER_WEBHOOK_OPS: discord.webhookUrl('ops') } },
    );
    expect(code).toBe(0);
    const [message] = discord.messages();
    expect(message).toMatchObject({ channel: 'ops', content: '🔴 P0 tests · Backup failed @everyone', pinged: true });
    const shown = JSON.stringify(message);
    for (const part of ['disk full', 'host', 'db1', '0 B = none', 'https://ci.example/job/7'])
      expect(shown).toContain(part);
  });

  it('of low priority is shown all the same: it was asked for', async () => {
    expect((await send(['--title', 'Nightly report', '--priority', 'P3'])).code).toBe(0);
    expect(discord.messages()).toMatchObject([{ notified: 'silent', content: '' }]);
  });

  it('takes its text from stdin, redacted', async () => {
    const stdin = 'step 3 failed\npassword=correct-horse-battery-77\nat line 9\n';
    expect((await send(['--title', 'Tests failed', '--message', '-'], { stdin })).code).toBe(0);
    const shown = JSON.stringify([discord.messages(), discord.requests()]);
    expect(shown).toContain('step 3 failed');
    expect(shown).not.toContain('correct-horse-battery-77');
  });

  it('of a huge stdin keeps both ends and says that something is missing', async () => {
    const stdin = `first line\n${'noise and noise\n'.repeat(60_000)}last line`;
    expect((await send(['--title', 'Tests failed', '--message', '-'], { stdin })).code).toBe(0);
    const [message] = discord.messages();
    const texts = [message?.embeds[0]?.description ?? '', ...(message?.attachments ?? []).map(({ text }) => text)].join(
      '\n',
    );
    expect(texts).toContain('first line');
    expect(texts).toContain('last line');
    expect(texts).toContain('cut');
  });

  it('that resolves posts one green message where nobody knows the incident', async () => {
    const { code, stdout } = await send(['--resolve', '--dedup-key', 'backup']);
    expect(code).toBe(0);
    expect(stdout).toContain('resolve delivered');
    expect(discord.messages()).toMatchObject([{ pinged: false, notified: 'silent', embeds: [{ color: 0x00cc66 }] }]);
  });

  it('to an unknown channel goes to the default one, and says so', async () => {
    const { code, stderr } = await send(['--title', 'x', '--channel', 'nowhere']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: .*nowhere/);
    expect(discord.messages('alerts')).toHaveLength(1);
  });
});

describe('--webhook', () => {
  it.each([[[]], [['--channel', 'p0']], [['--priority', 'P0']]])(
    'goes before everything that is configured %j',
    async (more) => {
      const env = {
        DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('p0'),
        DISCORD_PAGER_WEBHOOK_P1: discord.webhookUrl('p1'),
      };
      const { code } = await send(['--title', 'x', '--webhook', discord.webhookUrl('mine'), ...more], { env });
      expect(code).toBe(0);
      expect(discord.messages().map(({ channel }) => channel)).toEqual(['mine']);
    },
  );

  it('may be a reference, so that it stands in no history', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'send-')), 'webhook');
    await writeFile(file, `${discord.webhookUrl('by-file')}\n`);
    expect((await send(['--title', 'x', '--webhook', `file:${file}`])).code).toBe(0);
    expect(
      (await send(['--title', 'y', '--webhook', 'env:MINE'], { env: { MINE: discord.webhookUrl('by-env') } })).code,
    ).toBe(0);
    expect(discord.messages().map(({ channel }) => channel)).toEqual(['by-file', 'by-env']);
  });

  it('that is wrong is not replaced by another: nothing is sent', async () => {
    const { code } = await send(['--title', 'x', '--webhook', 'https://discord.com/api/webhooks/1']);
    expect(code).toBe(2);
    expect(discord.requests()).toEqual([]);
  });
});

describe('not delivered is exit code 1, and one line says why', () => {
  it('a deleted webhook', async () => {
    discord.webhookUrl('alerts');
    discord.fault({ kind: 'delete_webhook', channel: 'alerts' });
    const { code, stderr } = await send(['--title', 'x', '--timeout', '3s']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^not delivered: the webhook of default was deleted \(HTTP 404\).*\n$/);
  });

  it('nobody answers', async () => {
    const url = discord.webhookUrl('alerts');
    await discord.close();
    const { code, stderr } = await send(['--title', 'x', '--timeout', '300ms'], {
      env: { DISCORD_PAGER_WEBHOOK_URL: url },
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'not delivered: Discord did not accept it within 300ms (ECONNREFUSED)\n',
    });
  });

  it('a limit that asks for a longer wait', async () => {
    discord.fault({ kind: 'rate_limited', retryAfterMs: 60_000 });
    const { code, stderr } = await send(['--title', 'x', '--timeout', '500ms']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'not delivered: Discord limits the rate, and asked to wait longer than 500ms\n',
    });
  });

  it('a Discord that is down', async () => {
    discord.fault({ kind: 'server_error', status: 503 });
    const { code, stderr } = await send(['--title', 'x', '--timeout', '500ms']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'not delivered: Discord did not accept it within 500ms (HTTP 503)\n',
    });
  });

  it('inside a test run nothing is sent to Discord', async () => {
    const env = {
      NODE_ENV: 'test',
      DISCORD_PAGER_WEBHOOK_URL: `https://discord.com/api/webhooks/123456789012345678/${'a1'.repeat(34)}`,
    };
    const { code, stderr } = await send(['--title', 'x'], { env });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'not delivered: inside a test run (NODE_ENV=test) nothing is sent; set DISCORD_PAGER_ENABLED=true to send all the same\n',
    );
  });

  it('switched off', async () => {
    const { code, stderr } = await send(['--title', 'x'], { env: { DISCORD_PAGER_ENABLED: 'false' } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'not delivered: the pager is switched off; set DISCORD_PAGER_ENABLED=true\n',
    });
    expect(discord.requests()).toEqual([]);
  });
});

it('without any webhook it is exit code 2', async () => {
  const { code, stderr } = await runHere(['send', '--title', 'x']);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'error: DISCORD_PAGER_WEBHOOK_URL: found no webhook, expected the webhook of at least one channel.',
  );
});

it('a setting that is wrong is told, and the page goes out', async () => {
  const { code, stderr } = await send(['--title', 'x'], { env: { DISCORD_PAGER_MIN_PRIORITY: 'P9' } });
  expect(code).toBe(0);
  expect(stderr).toBe('warning: 1 setting is wrong and ignored; see discord-pager doctor\n');
});

it('the built command waits for Discord and then ends at once', async () => {
  const env = { DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts') };
  const { code, stdout } = await runBuilt(['send', '--title', 'from CI', '--message', '-'], { env, stdin: 'the log' });
  expect(code).toBe(0);
  expect(stdout).toContain('delivered');
  expect(discord.messages()).toHaveLength(1);
});
