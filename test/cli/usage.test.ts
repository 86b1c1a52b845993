import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACKAGE_VERSION } from '../../src/version.ts';
import { runBuilt, runHere, TOKEN, WEBHOOK } from './run-command.ts';

const env = { DISCORD_PAGER_WEBHOOK_URL: WEBHOOK, DISCORD_PAGER_ENABLED: 'false' };

describe('wrong usage is exit code 2, with key, found, expected and remedy', () => {
  const cases: readonly (readonly [args: readonly string[], says: string])[] = [
    [
      ['sned'],
      'sned: found a command that does not exist, expected one of send, run, doctor, render, sandbox, demo, spool. Did you mean send?',
    ],
    [['--verbose'], '--verbose: found a flag that does not exist'],
    [['send', '--titel', 'x'], '--titel: found a flag that does not exist, expected one of --title, --message'],
    [['send', '--titel', 'x'], 'Did you mean --title?'],
    [['send', '--title'], '--title: found nothing behind it, expected a value: --title <text>'],
    [['send', '--title', ''], '--title: found an empty text, expected what broke'],
    [['send'], '--title: found neither a title nor a message'],
    [['send', '--message', ' '], '--title: found neither a title nor a message'],
    [['send', '--title', 'a', 'b'], 'arguments: found more than this command takes'],
    [
      ['send', '--title', 'a', '--priority', 'P9'],
      '--priority: found "P9", expected P0, P1, P2, P3 or DEV. Write --priority P1.',
    ],
    [['send', '--title', 'a', '--priority', WEBHOOK], '--priority: found a text that is not shown here'],
    [
      ['send', '--title', 'a', '--channel', 'no channel'],
      '--channel: found "no channel", expected letters, digits and dashes',
    ],
    [['send', '--title', 'a', '--channel', 'url'], '--channel: found "url"'],
    [['send', '--title', 'a', '--field', 'branch'], '--field: found a text without =, expected name=value'],
    [['send', '--title', 'a', '--field', '=main'], '--field: found a value without a name'],
    [['send', '--title', 'a', ...tooManyFields()], '--field: found 26 fields, expected at most 25'],
    [
      ['send', '--title', 'a', '--url', 'ftp://x'],
      '--url: found a text that is not shown here, expected an http or https URL',
    ],
    [['send', '--title', 'a', '--timeout', '15'], '--timeout: found "15", expected a duration from 100ms to 10m'],
    [['send', '--title', 'a', '--timeout', '1d'], '--timeout: found "1d", expected a duration from 100ms to 10m'],
    [['send', '--resolve'], '--resolve: found no --dedup-key beside it'],
    [
      ['send', '--title', 'a', '--webhook', 'https://example.com/x'],
      '--webhook: found a URL of a host that is not Discord',
    ],
    [['send', '--title', 'a', '--webhook', 'env:NOT_THERE'], '--webhook: found'],
    [
      ['send', '--title', 'a', '--channel', 'ci', '--webhook', `${WEBHOOK}/x y`],
      '--webhook: found text with blanks or several lines',
    ],
    [
      ['doctor', '--jsn'],
      '--jsn: found a flag that does not exist, expected one of --post, --json, --help. Did you mean --json?',
    ],
    [['doctor', 'now'], 'arguments: found more than this command takes'],
    [['render', '--explian'], '--explian: found a flag that does not exist'],
    [['render', 'a', 'b'], 'arguments: found more than this command takes'],
    [
      ['render', '/does/not/exist.log'],
      'file: found "/does/not/exist.log", which cannot be read (ENOENT), expected a log file, or - for stdin',
    ],
    [['render', '.'], 'which cannot be read (EISDIR)'],
    [['sandbox', '--port', '80250'], '--port: found "80250", expected a number from 0 to 65535. Write --port 8025'],
    [['sandbox', '--port', '-1'], '--port: found'],
    [['sandbox', '--channel', 'a,b c'], '--channel: found "b c", expected letters, digits and dashes'],
    [['sandbox', '--once'], '--once: found no command, expected a command whose end is waited for'],
    [['sandbox', '--host', '203.0.113.9', '--port', '0'], '--host: found an address that this machine does not have'],
    [['run'], 'command: found none, expected the command to run, behind --. Write discord-pager run -- node app.js'],
    [['run', '--', ''], 'command: found none'],
    [['run', '--tmeout', '5m', '--', 'x'], '--tmeout: found a flag that does not exist'],
    [['run', '--timeout', '90d', '--', 'x'], '--timeout: found "90d", expected a duration from 100ms to 24d'],
    [['run', '--name', '', '--', 'x'], '--name: found an empty text, expected a name'],
    [['run', '--channel', 'a b', '--', 'x'], '--channel: found "a b", expected letters, digits and dashes'],
    [['demo', '--twice'], '--twice: found a flag that does not exist, expected one of --once, --help'],
  ];
  it.each(cases)('%j', async (args, says) => {
    const { code, stdout, stderr } = await runHere(args, { env });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/^error: .+: found .+, expected .+\. .+$/m);
    expect(stderr).toMatch(/See discord-pager .*--help\./);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('lists every problem at once', async () => {
    const { code, stderr } = await runHere(['send', '--resolve', '--dedup-key', 'k', '--title', 'x'], {
      env: { DISCORD_PAGER_WEBHOOK_URL: 'https://example.com', DISCORD_PAGER_WEBHOOK_P0: `${WEBHOOK}?`.slice(0, 60) },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('DISCORD_PAGER_WEBHOOK_URL: found a URL of a host that is not Discord');
    expect(stderr).toContain('DISCORD_PAGER_WEBHOOK_P0: found');
  });
});

function tooManyFields(): string[] {
  return Array.from({ length: 26 }, (_, i) => ['--field', `f${i}=v`]).flat();
}

it('a proxy that is no URL is wrong configuration', async () => {
  const HTTPS_PROXY = 'user:geheim77@proxy';
  const { code, stderr } = await runHere(['send', '--title', 'x'], {
    env: { DISCORD_PAGER_WEBHOOK_URL: WEBHOOK, HTTPS_PROXY },
  });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'error: HTTPS_PROXY: found a text that is not the URL of a proxy, expected an http or https URL.',
  );
  expect(stderr).not.toContain('geheim77');
});

describe('help', () => {
  it.each(['send', 'run', 'doctor', 'render', 'demo'])(
    'of %s: on stdout, exit code 0, with the exit codes',
    async (command) => {
      const { code, stdout, stderr } = await runHere([command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: discord-pager ${command}`);
      expect(stdout).toContain(command === 'run' ? 'Exit codes: that of the command' : 'Exit codes: 0');
      expect((await runHere(['help', command])).stdout).toBe(stdout);
    },
  );

  it('names every flag of the contract', async () => {
    const { stdout } = await runHere(['send', '--help']);
    const flags = [
      'title',
      'priority',
      'channel',
      'message',
      'field',
      'url',
      'webhook',
      'dedup-key',
      'resolve',
      'timeout',
    ];
    for (const flag of flags) expect(stdout).toContain(`--${flag}`);
    expect(stdout).toContain('(default: 15s)');
    expect((await runHere(['doctor', '--help'])).stdout).toMatch(/--post[\s\S]*--json/);
    expect((await runHere(['demo', '--help'])).stdout).toContain('--once');
  });

  it('of the program: every command, and on stderr with code 2 where none was given', async () => {
    const asked = await runHere(['--help']);
    expect(asked.code).toBe(0);
    for (const command of ['send', 'run', 'doctor', 'render', 'demo'])
      expect(asked.stdout).toMatch(new RegExp(`^  ${command}`, 'm'));
    const { code, stdout, stderr } = await runHere([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(asked.stdout);
  });

  it('the version', async () => {
    expect(await runHere(['--version'])).toEqual({ code: 0, stdout: `${PACKAGE_VERSION}\n`, stderr: '' });
  });
});

describe('the built command', () => {
  it('ends with the code of the command line', async () => {
    const version = await runBuilt(['--version']);
    expect(version).toEqual({ code: 0, stdout: `${PACKAGE_VERSION}\n`, stderr: '' });
    expect((await runBuilt(['send', '--titel', 'x'])).code).toBe(2);
  });

  it('writes no colours into a pipe, not even where a program forces them', async () => {
    const { stdout } = await runBuilt(['--help'], { env: { FORCE_COLOR: '1', COLORTERM: 'truecolor' } });
    expect(stdout).not.toContain('\u001b');
  });
});

it('no command line makes the token of a webhook show', async () => {
  const words = fc.constantFrom(
    ...['send', 'doctor', 'render', '--title', '--message', '--priority', '--channel', '--field', '--url', '--webhook'],
    ...['--dedup-key', '--resolve', '--timeout', '--json', '--help', '-', 'x', 'P1', '--', '-h'],
    ...[
      WEBHOOK,
      TOKEN,
      `--webhok=${WEBHOOK}`,
      `--${TOKEN}`,
      `-${TOKEN}`,
      `a=${TOKEN}`,
      `file:/${TOKEN}`,
      `env:${TOKEN}`,
    ],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 6 }), async (args) => {
      // `doctor` would ask Discord, and `--help` aside nothing here may leave this machine.
      const offline = { DISCORD_PAGER_ENABLED: 'false' };
      fc.pre(!args.includes('doctor') || args.some((arg) => arg === '--help' || arg === '-h'));
      const { code } = await runHere(args, { env: offline });
      expect([0, 1, 2]).toContain(code);
    }),
    { numRuns: 300 },
  );
});
