import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/cli/program.ts';
import { type DiscordEmulator, type EmulatedMessage, startDiscordEmulator } from '../../src/testing.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createHostFor, MAIN, type Outcome, runBuilt, runHere } from './run-command.ts';

const NODE = process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'run-'));
const children = new Set<ChildProcess>();
let discord: DiscordEmulator;
beforeEach(async () => {
  discord = await startDiscordEmulator();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  await discord.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const webhook = (): Record<string, string> => ({ DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts') });

/** Runs `run` with the emulator as the default channel. */
function supervised(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return runBuilt(['run', ...args], { env: { ...webhook(), ...env } });
}

const js = (script: string, ...nodeArgs: readonly string[]): string[] => ['--', NODE, ...nodeArgs, '-e', script];

function fieldsOf(message: EmulatedMessage | undefined): Record<string, string> {
  return Object.fromEntries((message?.embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
}

const titleOf = (message: EmulatedMessage | undefined): string | undefined => message?.embeds[0]?.title;

describe('the exit code is that of the command, and a failure is a page', () => {
  const dies = (signal: string): string[] => js(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`);
  const cases: readonly (readonly [
    what: string,
    args: () => readonly string[],
    code: number,
    title: string,
    fields: Readonly<Record<string, string>>,
  ])[] = [
    ['a code', () => js('process.exit(3)'), 3, 'job exited with code 3', { 'exit code': '3', ran: expect.any(String) }],
    [
      'the code of a shell whose command was killed',
      () => ['--', '/bin/sh', '-c', 'exit 137'],
      137,
      'job exited with code 137 (SIGKILL, out of memory?)',
      { 'exit code': '137' },
    ],
    ['SIGKILL', () => dies('SIGKILL'), 137, 'job was killed by SIGKILL (out of memory?)', { signal: 'SIGKILL' }],
    ['SIGSEGV', () => dies('SIGSEGV'), 139, 'job was killed by SIGSEGV (segmentation fault)', { signal: 'SIGSEGV' }],
    ['a SIGTERM that we were not sent', () => dies('SIGTERM'), 143, 'job was killed by SIGTERM', { signal: 'SIGTERM' }],
    [
      'no such command',
      () => ['--', 'no-such-command-here', 'x'],
      127,
      'job could not be started: ENOENT (no such command)',
      { error: 'ENOENT', command: 'no-such-command-here x' },
    ],
    [
      'a file that is no program',
      () => ['--', fileWith('plain', 'text')],
      126,
      'job could not be started: EACCES (not executable)',
      { error: 'EACCES' },
    ],
    [
      'too long a time',
      () => ['--timeout', '300ms', ...js('setInterval(() => {}, 1000)')],
      124,
      'job ran longer than 300 ms and was stopped',
      { signal: 'SIGTERM' },
    ],
    [
      'a heap that is full',
      () => js('const all = []; for (;;) all.push(new Array(1000).fill(0.5))', '--max-old-space-size=16'),
      134,
      'job ran out of memory (JavaScript heap) and was killed by SIGABRT',
      { signal: 'SIGABRT' },
    ],
  ];
  it.each(cases)('%s', async (_what, args, code, title, fields) => {
    const outcome = await supervised(['--name', 'job', ...args()]);
    expect(outcome.code).toBe(code);
    const [message, ...others] = discord.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ content: `🔴 P0 tests · ${title} @everyone`, pinged: true });
    expect(fieldsOf(message)).toMatchObject(fields);
    expect(discord.violations()).toEqual([]);
    if (code < 124 || code > 127) expect(outcome.stderr).not.toContain('otel-discord-pager');
  });

  it('a success is silence', async () => {
    const outcome = await supervised(['--name', 'job', ...js('')]);
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(discord.requests()).toEqual([]);
  });

  it('each failure of a row pages', async () => {
    for (let i = 0; i < 2; i++) expect((await supervised(js('process.exit(1)'))).code).toBe(1);
    expect(discord.messages().map(titleOf)).toEqual(['node exited with code 1', 'node exited with code 1']);
  });

  it('what could not be started, or ran too long, is said on stderr too', async () => {
    expect((await supervised(['--', 'no-such-command-here'])).stderr).toBe(
      'otel-discord-pager: no-such-command-here could not be started: ENOENT (no such command)\n',
    );
  });
});

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o644 });
  return path;
}

describe('flags', () => {
  it('--priority is that of an exit code', async () => {
    await supervised(['--priority', 'P2', ...js('process.exit(1)')]);
    expect(discord.messages()).toMatchObject([{ content: '', notified: 'silent', embeds: [{ color: 0xffcc00 }] }]);
  });

  it('--priority is not that of a death', async () => {
    await supervised(['--priority', 'P2', ...js('process.kill(process.pid, "SIGKILL")')]);
    expect(discord.messages()).toMatchObject([{ pinged: true, embeds: [{ color: 0xff0000 }] }]);
  });

  it('--channel, and the name of the program where there is no --name', async () => {
    const env = { DISCORD_PAGER_WEBHOOK_CI: discord.webhookUrl('ci') };
    await supervised(['--channel', 'ci', '--', '/bin/sh', '-c', 'exit 1'], env);
    expect(discord.messages('ci').map(titleOf)).toEqual(['sh exited with code 1']);
  });

  it('--notify-success tells of a success, silently and green', async () => {
    const { code } = await supervised(['--name', 'nightly-backup', '--notify-success', ...js('')]);
    expect(code).toBe(0);
    const [message, ...others] = discord.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ content: '', notified: 'silent', embeds: [{ color: 0x00cc66 }] });
    expect(titleOf(message)).toMatch(/^nightly-backup finished in \d+ (?:ms|s)$/);
  });

  it('without -- everything behind the command is its own', async () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const words = ['--name', 'x', '--timeout', '-h', '--', '--version'];
    expect(await supervised([NODE, '-e', script, '--', ...words])).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify(words)}\n`,
    });
    expect(await supervised(['--', NODE, '-e', script, '--', ...words])).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify(words)}\n`,
    });
  });
});

describe('the command is not hurt', () => {
  interface Bytes {
    readonly code: number | null;
    readonly stdout: Buffer;
    readonly stderr: Buffer;
  }

  /** With pipes of the system, as in a shell, and bytes instead of text. */
  async function bytesOf(args: readonly string[], stdin: Uint8Array, readLate = false): Promise<Bytes> {
    const child = begin(args);
    const read = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
    const listen = (name: 'stdout' | 'stderr'): void => {
      child[name]?.on('data', (chunk: Buffer) => read[name].push(chunk));
    };
    listen('stdout');
    if (readLate) child.stdout?.once('data', () => listen('stderr'));
    else listen('stderr');
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout: Buffer.concat(read.stdout), stderr: Buffer.concat(read.stderr) };
  }

  const noise = createHash('shake256', { outputLength: 3_000_000 }).update('noise').digest();

  it('stdin, stdout and stderr are byte-exact, a slow reader included', async () => {
    const script = `
      const noise = require('node:crypto').createHash('shake256', { outputLength: 3000000 }).update('noise').digest();
      process.stderr.write(noise.subarray(0, 100000), () => process.stdin.pipe(process.stdout).on('unpipe', () => {}));
      process.stdin.on('end', () => process.stderr.write(noise.subarray(100000)));`;
    const { code, stdout, stderr } = await bytesOf(js(script), noise, true);
    expect(code).toBe(0);
    expect(stdout.equals(noise)).toBe(true);
    expect(stderr.equals(noise)).toBe(true);
  });

  it('its stderr is a pipe that can be opened, as of servers whose log file is /dev/stderr', async () => {
    const { code, stderr } = await supervised(['--', '/bin/sh', '-c', 'echo one >&2; echo two > /dev/stderr']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'one\ntwo\n' });
  });

  it('where no pipe can be made, its stderr passes all the same', async () => {
    const outcome = await supervised(['--', '/bin/sh', '-c', 'echo one >&2; exit 4'], { PATH: '/nonexistent' });
    expect(outcome).toMatchObject({ code: 4, stderr: 'one\n' });
    expect(discord.messages()[0]?.embeds[0]?.description).toBe('one');
  });

  it('a process that it left behind holds nothing up', async () => {
    const { code, stdout, stderr } = await supervised([
      '--',
      '/bin/sh',
      '-c',
      '(exec sleep 30 >/dev/null) & echo $!; echo over >&2; exit 5',
    ]);
    process.kill(Number(stdout));
    expect({ code, stderr }).toEqual({ code: 5, stderr: 'over\n' });
  });

  it('a reader of stderr that goes away does not end it', async () => {
    const script = `for (let i = 0; i < 20000; i++) console.error('line', i); console.log('to the end')`;
    const child = begin(js(script));
    child.stderr?.once('data', () => child.stderr?.destroy());
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    await once(child, 'exit');
    expect(stdout).toBe('to the end\n');
  });

  it('its environment is ours', async () => {
    const env = { ...webhook(), MINE: 'a=b' };
    const { stdout } = await supervised(js('console.log(JSON.stringify(process.env))'), { MINE: 'a=b' });
    expect(JSON.parse(stdout)).toEqual({
      PATH: process.env['PATH'],
      DISCORD_PAGER_STATE_DIR: 'none',
      OTEL_SERVICE_NAME: 'tests',
      ...env,
    });
  });
});

/** Starts the built command; whatever is still there after the test is ended. */
function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(NODE, [MAIN, 'run', ...args], {
    env: { PATH: process.env['PATH'] ?? '', DISCORD_PAGER_STATE_DIR: 'none', ...webhook(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  return child;
}

describe('the last lines', () => {
  it('stand in the page, the last of many, without what is secret', async () => {
    const script = `
      for (let i = 1; i <= 60; i++) console.error('line ' + i + ' of it');
      console.error('connecting with password=correct-horse-battery-77');
      process.exit(1)`;
    const { stderr } = await supervised(js(script));
    expect(stderr).toContain('correct-horse-battery-77');
    const [message] = discord.messages();
    const said = message?.embeds[0]?.description ?? '';
    expect(said).toContain('line 60 of it\nconnecting with password=');
    expect(said).not.toContain('line 20 of it');
    expect(JSON.stringify([discord.messages(), discord.requests()])).not.toContain('correct-horse-battery-77');
  });

  it('and what is secret on the command line stays out too', async () => {
    await supervised([...js('process.exit(1)'), '--', '--password', 'correct-horse-battery-77']);
    expect(fieldsOf(discord.messages()[0])['command']).toContain('--password');
    expect(JSON.stringify([discord.messages(), discord.requests()])).not.toContain('correct-horse-battery-77');
  });
});

describe('signals are passed on', () => {
  async function told(script: string, ...signals: readonly NodeJS.Signals[]): Promise<number | null> {
    const child = begin(['--name', 'api', ...js(`${script}; console.log('up'); setInterval(() => {}, 1000)`)]);
    const ended = once(child, 'close');
    let stdout = '';
    let sent = 0;
    // The next signal goes when the last one was heard of.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      while (sent < stdout.split('\n').length - 1 && sent < signals.length) child.kill(signals[sent++]);
    });
    child.stderr?.resume();
    const [code] = (await ended) as [number | null];
    return code;
  }
  const on = (signal: string, then: string): string => `process.on('${signal}', () => { ${then} })`;

  it.each([
    ['ends by it', '', ['SIGTERM'], 143],
    ['ends with 0', on('SIGTERM', 'process.exit(0)'), ['SIGTERM'], 0],
    ['ends with 128 + n', on('SIGINT', 'process.exit(130)'), ['SIGINT'], 130],
    ['closes its terminal', '', ['SIGHUP'], 129],
    [
      'is told twice',
      on('SIGTERM', 'console.log(); process.once("SIGTERM", () => process.exit(0))'),
      ['SIGTERM', 'SIGTERM'],
      0,
    ],
    ['quits', on('SIGQUIT', 'process.exit(0)'), ['SIGQUIT'], 0],
    [
      'talks by signals',
      `${on('SIGUSR2', 'console.log()')}; ${on('SIGUSR1', 'process.exit(0)')}`,
      ['SIGUSR2', 'SIGUSR1'],
      0,
    ],
  ] as const)('what %s is no page', async (_what, script, signals, code) => {
    expect(await told(script, ...signals)).toBe(code);
    expect(discord.requests()).toEqual([]);
  });

  it.each([
    ['fails when it is told to end', on('SIGTERM', 'process.exit(1)'), ['SIGTERM'], 1, 'api exited with code 1'],
    ['dies of a signal that asks for nothing', '', ['SIGUSR2'], 140, 'api was killed by SIGUSR2'],
  ] as const)('what %s is one', async (_what, script, signals, code, title) => {
    expect(await told(script, ...signals)).toBe(code);
    expect(discord.messages().map(titleOf)).toEqual([title]);
  });

  it('whoever ends us while a page is under way gets our end soon', async () => {
    discord.fault({ kind: 'server_error', status: 503 });
    const child = begin(js('process.exit(3)'));
    const ended = once(child, 'close');
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    await expect.poll(() => discord.requests().length).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect(await ended).toEqual([3, null]);
    expect(stderr).toBe(
      'otel-discord-pager: a page of node was not delivered: Discord did not accept it until we were told to end (HTTP 503)\n',
    );
  });
});

describe('here', () => {
  /** Runs a command in this process, with signals and time as the test says. */
  function beginHere(args: readonly string[], isTerminal = false) {
    const clock = new ManualClock();
    const { host, stderr } = createHostFor({ env: webhook(), isTerminal, clock });
    let send: (signal: NodeJS.Signals) => void = () => undefined;
    const ended = runCommandLine(['run', ...args], {
      ...host,
      onSignals(_signals, listener) {
        send = listener;
        return () => undefined;
      },
    });
    return { clock, stderr, ended, send: (signal: NodeJS.Signals) => send(signal) };
  }

  it('a terminal’s Ctrl-C, which the command gets by itself, is not doubled', async () => {
    const script = `
      process.on('SIGINT', () => console.error('heard SIGINT'));
      process.on('SIGTERM', () => process.exit(0));
      console.error('up'); setInterval(() => {}, 1000)`;
    const running = beginHere(js(script), true);
    await expect.poll(running.stderr).toContain('up');
    running.send('SIGINT');
    running.send('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(running.stderr()).not.toContain('heard');
  });

  it('what the system refuses to start is a page too', async () => {
    const running = beginHere(['--name', 'job', '--', NODE, 'x'.repeat(3_000_000)]);
    expect(await running.ended).toBe(127);
    expect(discord.messages().map(titleOf)).toEqual(['job could not be started: E2BIG']);
  });

  it('what does not end in time is killed 10 s later', async () => {
    const script = `process.on('SIGTERM', () => console.error('not yet')); console.error('up'); setInterval(() => {}, 1000)`;
    const running = beginHere(['--name', 'job', '--timeout', '10m', ...js(script)]);
    await expect.poll(running.stderr).toContain('up');
    await running.clock.advance(600_000);
    await expect.poll(running.stderr).toContain('not yet');
    await running.clock.advance(10_000);
    expect(await running.ended).toBe(124);
    expect(running.stderr()).toContain('otel-discord-pager: job ran longer than 10 min and was stopped\n');
    expect(discord.messages().map(titleOf)).toEqual(['job ran longer than 10 min and was stopped']);
  });
});

describe('what could not be delivered is one line, and the exit code stays', () => {
  it.each([
    [
      'without a webhook',
      { DISCORD_PAGER_WEBHOOK_URL: '' },
      'DISCORD_PAGER_WEBHOOK_URL: found an empty value, expected a value, or not to be set.',
    ],
    ['switched off', { DISCORD_PAGER_ENABLED: 'false' }, 'the pager is switched off; set DISCORD_PAGER_ENABLED=true'],
    [
      'with a proxy that is none',
      { HTTPS_PROXY: 'nonsense' },
      'HTTPS_PROXY: found a text that is not the URL of a proxy',
    ],
  ])('%s', async (_what, env, reason) => {
    const { code, stderr } = await supervised(['--name', 'job', ...js('console.error("mine"); process.exit(3)')], env);
    expect(code).toBe(3);
    expect(stderr.split('\n')).toEqual(['mine', expect.stringContaining(reason), '']);
    expect(stderr).toContain('otel-discord-pager: a page of job was not delivered: ');
    expect(discord.requests()).toEqual([]);
  });

  it('and a success needs no webhook', async () => {
    expect(await runBuilt(['run', ...js('')])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('a name that could be a secret is not shown', async () => {
    const { code, stderr } = await runHere(['run', '--', `/x/${'a1'.repeat(34)}`]);
    expect(code).toBe(127);
    expect(stderr).not.toContain('a1a1');
    expect(stderr).toContain('otel-discord-pager: <not shown> could not be started: ENOENT');
  });
});

describe('run after run, over one state directory', () => {
  const over = (): Record<string, string> => ({ DISCORD_PAGER_STATE_DIR: join(folder, `state-${Math.random()}`) });

  it('a command that fails again and again is one message, which the next success turns green', async () => {
    const env = over();
    for (let i = 0; i < 3; i++) {
      expect((await supervised(['--name', 'backup', ...js('process.exit(2)')], env)).code).toBe(2);
    }
    expect(discord.messages().map(titleOf)).toEqual(['backup exited with code 2 ×3']);
    expect((await supervised(['--name', 'backup', ...js('')], env)).code).toBe(0);
    expect(discord.messages().map(titleOf)).toEqual([expect.stringMatching(/^✅ ~~backup exited with code 2 ×3~~/)]);
  });

  it('a success that ends nothing says nothing', async () => {
    const env = over();
    for (let i = 0; i < 2; i++) {
      expect(await supervised(['--name', 'backup', ...js('')], env)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(discord.messages()).toEqual([]);
  });
});
