import { chmod, mkdir, mkdtemp, readdir, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode } from '../../src/cli/doctor-checks.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type Outcome, runBuilt, runHere, tokenOf, WEBHOOK } from './run-command.ts';

let discord: DiscordEmulator;
beforeEach(async () => {
  discord = await startDiscordEmulator();
});
afterEach(() => discord.close());

async function doctor(env: Record<string, string> = {}, ...flags: string[]): Promise<Outcome> {
  const alerts = discord.webhookUrl('alerts');
  const outcome = await runHere(['doctor', ...flags], { env: { DISCORD_PAGER_WEBHOOK_URL: alerts, ...env } });
  expect(outcome.stdout + outcome.stderr).not.toContain(tokenOf(alerts));
  return outcome;
}

function lineOf({ stdout }: Outcome, name: string): string {
  return stdout.split('\n').find((line) => line.slice(2).startsWith(name)) ?? '';
}

it('says in one line each that all is well, asks and posts nothing', async () => {
  const outcome = await doctor();
  expect(outcome.code).toBe(0);
  const stdout = outcome.stdout;
  expect(stdout).toMatch(/^✓ node +\d+\.\d+/m);
  expect(stdout).toMatch(/^✓ configuration +no problem; channels default; service tests$/m);
  expect(stdout).toMatch(/^✓ webhook default +live: "Captain Hook" in channel \d+ of server \d+$/m);
  expect(stdout).toMatch(/^✓ test guard +no test runner around/m);
  expect(stdout).toMatch(/^✓ mentions +P0 ping @everyone; P1 P2 P3 ping nobody$/m);
  expect(stdout).toMatch(
    /^✓ redaction +4 made-up secrets did not survive, \d{2,} built-in rules, \d known values, 0 paths, personal data not masked$/m,
  );
  expect(stdout).toMatch(/^✓ proxy +none$/m);
  expect(stdout).toMatch(/0 failed$/m);
  expect(discord.messages()).toEqual([]);
  expect(discord.requests()).toMatchObject([{ method: 'GET', status: 200 }]);
});

describe('what is wrong is exit code 1, with the remedy', () => {
  it('no webhook', async () => {
    const outcome = await runHere(['doctor']);
    expect(outcome.code).toBe(1);
    expect(lineOf(outcome, 'configuration')).toMatch(
      /^✗ .*DISCORD_PAGER_WEBHOOK_URL: found no webhook.* → Set it to the URL/,
    );
  });

  it('every problem of the configuration has its line', async () => {
    const outcome = await doctor({ DISCORD_PAGER_MIN_PRIORITY: 'P9', DISCORD_PAGER_WEBHOOK_P0: 'https://example.com' });
    expect(outcome.code).toBe(1);
    expect(outcome.stdout.match(/^✗ configuration/gm)).toHaveLength(2);
  });

  it('a deleted webhook and a new token', async () => {
    const env = {
      DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('p0'),
      DISCORD_PAGER_WEBHOOK_CI: discord.webhookUrl('ci'),
    };
    discord.fault({ kind: 'delete_webhook', channel: 'p0' });
    discord.fault({ kind: 'regenerate_token', channel: 'ci' });
    const outcome = await doctor(env);
    expect(outcome.code).toBe(1);
    expect(lineOf(outcome, 'webhook default')).toMatch(/^✓/);
    expect(lineOf(outcome, 'webhook p0')).toMatch(/^✗ .*was deleted \(HTTP 404\) → Make a new webhook/);
    expect(lineOf(outcome, 'webhook ci')).toMatch(/^✗ .*has another token now \(HTTP 401\) → Make a new webhook/);
  });

  it('a Discord that cannot be reached', async () => {
    const url = discord.webhookUrl('alerts');
    await discord.close();
    const outcome = await runHere(['doctor'], { env: { DISCORD_PAGER_WEBHOOK_URL: url } });
    expect(outcome.code).toBe(1);
    expect(lineOf(outcome, 'webhook default')).toMatch(
      /could not be asked \(ECONNREFUSED\) → Check that this machine reaches 127/,
    );
  });

  it('a proxy that is no URL', async () => {
    const outcome = await runHere(['doctor'], { env: { HTTP_PROXY: '', HTTPS_PROXY: 'user:pass word' } });
    expect(outcome.code).toBe(1);
    expect(lineOf(outcome, 'proxy')).toMatch(
      /^✗ proxy +HTTPS_PROXY: found a text that is not the URL of a proxy.* → Write it as/,
    );
    expect(outcome.stdout).not.toContain('pass word');
  });
});

it('asks a webhook of two channels once', async () => {
  const outcome = await doctor({ DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('alerts') });
  expect(lineOf(outcome, 'webhook default, p0')).toMatch(/^✓/);
  expect(discord.requests()).toHaveLength(1);
});

describe('--post', () => {
  it('posts one silent message that pings nobody to every webhook', async () => {
    const outcome = await doctor({ DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('p0') }, '--post');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout.match(/^✓ test .* a test message was posted$/gm)).toHaveLength(2);
    const messages = discord.messages();
    expect(messages.map(({ channel }) => channel).sort()).toEqual(['alerts', 'p0']);
    for (const message of messages) expect(message).toMatchObject({ notified: 'silent', pinged: false, content: '' });
  });

  it('waits when Discord asks for it', async () => {
    discord.fault({ kind: 'rate_limited', retryAfterMs: 20, method: 'POST', times: 1 });
    expect((await doctor({}, '--post')).code).toBe(0);
    expect(discord.messages()).toHaveLength(1);
  });

  it('posts nothing in a test run that would reach Discord', async () => {
    discord.webhookUrl('alerts');
    const outcome = await doctor(
      {
        NODE_ENV: 'test',
        DISCORD_PAGER_WEBHOOK_URL: WEBHOOK,
        DISCORD_PAGER_API_BASE_URL: 'http://127.0.0.1:9/api/v10',
      },
      '--post',
    );
    expect(outcome.stdout).toMatch(/NODE_ENV=test/);
    expect(discord.messages()).toEqual([]);
  });
});

it('--json is one document with the same checks', async () => {
  discord.webhookUrl('alerts');
  discord.fault({ kind: 'delete_webhook', channel: 'alerts' });
  const { code, stdout } = await doctor({}, '--json');
  const { ok, checks } = JSON.parse(stdout) as {
    ok: boolean;
    checks: { name: string; status: string; remedy?: string }[];
  };
  expect({ code, ok }).toEqual({ code: 1, ok: false });
  expect(checks.map(({ name }) => name)).toEqual([
    ...['node', 'configuration', 'test guard', 'webhook default', 'mentions', 'redaction', 'state directory', 'proxy'],
  ]);
  expect(checks.find(({ name }) => name === 'webhook default')).toMatchObject({
    status: 'failed',
    remedy: expect.any(String),
  });
});

describe('the state directory', () => {
  const trial = async (prepare: (base: string) => Promise<string>): Promise<Outcome> => {
    const base = await mkdtemp(join(tmpdir(), 'doctor-'));
    return doctor({ DISCORD_PAGER_STATE_DIR: await prepare(base) });
  };

  it('is made, found writable, and left empty', async () => {
    let path = '';
    const outcome = await trial(async (base) => {
      path = join(base, 'state');
      return path;
    });
    expect(lineOf(outcome, 'state directory')).toMatch(/^✓ .*writable, mode 0700$/);
    expect(await readdir(path)).toEqual([]);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('that others can read is worth a look', async () => {
    const outcome = await trial(async (base) => {
      await mkdir(join(base, 'open'));
      await chmod(join(base, 'open'), 0o755);
      return join(base, 'open');
    });
    expect(lineOf(outcome, 'state directory')).toMatch(/^! .*open to others \(mode 0755\) → chmod 700/);
    expect(outcome.code).toBe(0);
  });

  it('that is a link is refused', async () => {
    const outcome = await trial(async (base) => {
      await mkdir(join(base, 'real'));
      await symlink(join(base, 'real'), join(base, 'link'));
      return join(base, 'link');
    });
    expect(lineOf(outcome, 'state directory')).toMatch(/^✗ .*is a symbolic link → Name the directory itself/);
    expect(outcome.code).toBe(1);
  });

  it('that is none is worth a look', async () => {
    expect(lineOf(await doctor(), 'state directory')).toMatch(/^! .*none/);
  });
});

describe('what is worth a look is no failure', () => {
  it.each([
    [{ DISCORD_PAGER_ENABLED: 'false' }, 'switch', /the pager is switched off → Remove DISCORD_PAGER_ENABLED/],
    [{ NODE_ENV: 'development' }, 'mentions', /nobody is ever pinged/],
    [{ DISCORD_PAGER_MENTION_P0: 'none' }, 'mentions', /P0 P1 P2 P3 ping nobody → Set DISCORD_PAGER_MENTION_P0/],
    [{ OTEL_SERVICE_NAME: '' }, 'configuration', /service without a name → Set OTEL_SERVICE_NAME/],
  ])('%j', async (env, name, says) => {
    const outcome = await doctor(env as Record<string, string>);
    expect(lineOf(outcome, name)).toMatch(/^! /);
    expect(lineOf(outcome, name)).toMatch(says);
    expect(outcome.code).toBe(0);
  });
});

it('names the host of a proxy, never its password', async () => {
  const outcome = await doctor({ HTTPS_PROXY: 'http://me:geheim77@proxy.example:3128' });
  expect(lineOf(outcome, 'proxy')).toMatch(
    /^✓ proxy +proxy\.example:3128 \(HTTPS_PROXY\), not used: every webhook is on this machine$/,
  );
  expect(outcome.stdout).not.toContain('geheim77');
});

describe('redaction processors', () => {
  const MODULES = fileURLToPath(new URL('../fixtures/processors/', import.meta.url));
  it.each<[what: string, paths: string, says: RegExp, code: number]>([
    ['that work are tried on a made-up alert', 'list.mjs,common.cjs', /^✓ .*3 redaction processors, tried on/, 0],
    ['that drop it', 'drops-all.mjs', /^! .*1 redaction processor, which dropped a made-up alert → Look whether/, 0],
    ['that fail on it', 'list.mjs,fails.mjs', /^✗ .*redaction processor 3 of 3 threw an error.* → Correct it/, 1],
    ['that are missing', 'gone.mjs', /^✗ .*a redaction processor is missing: every alert goes out without/, 1],
  ])('%s', async (_, paths, says, code) => {
    const named = paths.split(',').map((path) => MODULES + path);
    const outcome = await doctor({ DISCORD_PAGER_REDACT_PROCESSORS: named.join() });
    expect(lineOf(outcome, 'processors')).toMatch(says);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).not.toContain('plantedSecret1');
  });

  it('that are none have no line', async () => {
    expect(lineOf(await doctor(), 'processors')).toBe('');
  });
});

it('shows mentions in words', async () => {
  const env = {
    DISCORD_PAGER_MENTION_P0: 'role:123456789012345678,@here',
    DISCORD_PAGER_MENTION_P1: 'user:123456789012345678',
  };
  expect(lineOf(await doctor(env), 'mentions')).toMatch(/P0 ping @here, 1 role; P1 ping 1 user; P2 P3 ping nobody/);
});

it.each([
  ['20.18.3', 'failed'],
  ['20.19.0', 'ok'],
  ['21.7.0', 'failed'],
  ['22.12.0', 'failed'],
  ['22.13.0', 'ok'],
  ['24.0.0', 'ok'],
])('node %s: %s', (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

it('the built command ends although a webhook answers nothing', async () => {
  discord.fault({ kind: 'server_error', status: 500 });
  const { code, stdout } = await runBuilt(['doctor'], {
    env: { DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts') },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ webhook default +could not be asked \(HTTP 500\)/m);
});

it('counts what redaction works with, and names none of it', async () => {
  const env = {
    DISCORD_PAGER_REDACT_PATHS: 'user.iban, **.ssn',
    DISCORD_PAGER_REDACT_VALUES_OF: 'PARTNER_KEY,OTHER_KEY',
    DISCORD_PAGER_REDACT_PII: 'true',
    PARTNER_KEY: 'rather.plain.words',
    OTHER_KEY: 'some\nother "words"',
  };
  const outcome = await doctor(env);
  expect(lineOf(outcome, 'redaction')).toMatch(/, 6 known values, 2 paths, personal data masked$/);
  expect(outcome.stdout).not.toMatch(/rather\.plain|other "words|iban|ssn/);
  const { checks } = JSON.parse((await doctor(env, '--json')).stdout) as {
    checks: { name: string; counts?: object }[];
  };
  expect(checks.find(({ name }) => name === 'redaction')?.counts).toEqual({
    madeUpSecrets: 4,
    rules: expect.any(Number),
    knownValues: 6,
    paths: 2,
    detectors: 0,
    processors: 0,
    personalData: true,
  });
});
