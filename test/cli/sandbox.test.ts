import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { sandboxEnvironment } from '../../src/cli/sandbox-child.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Snapshot } from '../../src/sandbox/view.ts';
import { MAIN, runBuilt, runHere, TOKEN, WEBHOOK } from './run-command.ts';

const children = new Set<ReturnType<typeof spawn>>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Running {
  readonly url: string;
  output(): string;
  /** Sends Ctrl-C and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  until(text: string): Promise<void>;
}

/** Starts the built command, and comes back when it says where its page is. */
async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--port', '0', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const until = (text: string): Promise<void> =>
    expect.poll(() => output, { timeout: 15_000 }).toContain(text) as unknown as Promise<void>;
  await until('Timeline');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
  return {
    url,
    output: () => output,
    until,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      const code = await ended;
      children.delete(child);
      return code;
    },
  };
}

const stateOf = async (url: string): Promise<Snapshot> => (await fetch(`${url}/_sandbox/state`)).json() as never;

describe('discord-pager sandbox', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('says where it is and how to get there, until %s', async (signal) => {
    const sandbox = await start(['--channel', 'p0,deploys', '--channel', 'My_Channel']);
    await sandbox.until('Ctrl-C ends it.');
    const output = sandbox.output();
    for (const name of ['URL', 'P0', 'DEPLOYS', 'MY_CHANNEL'])
      expect(output).toContain(`  export DISCORD_PAGER_WEBHOOK_${name}=${sandbox.url}/api/webhooks/`);
    expect((await fetch(sandbox.url)).status).toBe(200);
    expect((await stateOf(sandbox.url)).channels.map(({ name }) => name)).toEqual([
      'alerts',
      'p0',
      'deploys',
      'my-channel',
    ]);
    expect(await sandbox.stop(signal)).toBe(0);
  });

  it('takes what the line it prints leads to', async () => {
    const sandbox = await start([]);
    const [, name = '', url = ''] = /export (\w+)=(\S+)/.exec(sandbox.output()) ?? [];
    expect(await runBuilt(['send', '--title', 'hello'], { env: { [name]: url } })).toMatchObject({ code: 0 });
    expect((await stateOf(sandbox.url)).messages).toMatchObject([{ preview: '🟠 P1 tests · hello' }]);
    await sandbox.stop();
  });

  it('runs a command that pages into it, and stays for whoever wants to look', async () => {
    const sandbox = await start(['--', process.execPath, MAIN, 'send', '--title', 'from the command']);
    await sandbox.until('the command ended with exit code 0');
    await sandbox.until(`what it paged stays at ${sandbox.url} until Ctrl-C`);
    expect((await stateOf(sandbox.url)).messages).toMatchObject([{ preview: '🟠 P1 from the command' }]);
    expect(await sandbox.stop()).toBe(0);
  });

  it.each([
    [0, 0],
    [3, 1],
  ])('--once ends with its command: %i becomes %i', async (code, expected) => {
    const script = `console.log('out'); console.error('err'); process.exit(${code})`;
    const outcome = await runBuilt(['sandbox', '--port', '0', '--once', '--', process.execPath, '-e', script]);
    expect(outcome).toMatchObject({ code: expected, stdout: 'out\n' });
    expect(outcome.stderr).toContain('err\n');
    expect(outcome.stderr).toContain(`the command ended with exit code ${code}`);
  });

  it('says that a command could not be started', async () => {
    const outcome = await runBuilt(['sandbox', '--port', '0', '--', 'no-such-command-here']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('no-such-command-here could not be started (ENOENT)');
  });

  it('ends its command when it is ended itself', async () => {
    const script = `process.on('SIGTERM', () => { console.log('told to end'); process.exit(0) }); console.log('runs'); setInterval(() => {}, 1000)`;
    const sandbox = await start(['--', process.execPath, '-e', script]);
    await sandbox.until('runs');
    await sandbox.stop('SIGTERM');
    expect(sandbox.output()).toContain('told to end');
  });

  it('a second Ctrl-C ends a command that does not listen', async () => {
    const script = `process.on('SIGINT', () => console.log('not yet')); console.log('runs'); setInterval(() => {}, 1000)`;
    const sandbox = await start(['--', process.execPath, '-e', script]);
    await sandbox.until('runs');
    const first = sandbox.stop('SIGINT');
    await sandbox.until('not yet');
    const second = sandbox.stop('SIGINT');
    expect(await Promise.all([first, second])).toEqual([0, 0]);
    expect(sandbox.output()).toContain('the command was ended by SIGKILL');
  });

  it('says that its port is taken, and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runHere(['sandbox', '--port', String(port)]);
    other.close();
    expect(code).toBe(2);
    expect(stderr).toContain(
      `--port: found ${port}, which cannot be used (EADDRINUSE), expected a free port. Choose another, or --port 0 for any free one.`,
    );
  });

  it('takes any other port for a command where its own is taken, unless a port was asked for', async () => {
    const other = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false));
      other.listen(8025, '127.0.0.1', () => resolve(true));
    });
    const outcome = await runBuilt(['sandbox', '--once', '--', process.execPath, '-e', '']);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toMatch(/Timeline {2}http:\/\/127\.0\.0\.1:(?!8025)\d+/);
    expect((await runBuilt(['sandbox'])).stderr).toContain('--port: found 8025, which cannot be used (EADDRINUSE)');
    if (isFree) other.close();
  });

  it('ends here, too, when it is told to', async () => {
    expect(await runHere(['sandbox', '--port', '0'], { stop: Promise.resolve() })).toMatchObject({ code: 0 });
  });
});

describe('the environment of a command in the sandbox', () => {
  it('leads every webhook here, and whatever else it was, it is gone', async () => {
    const sandbox = await startSandbox({ port: 0, channels: ['alerts', 'p0'] });
    const env = sandboxEnvironment(
      {
        PATH: '/bin',
        UNSET: undefined,
        DISCORD_PAGER_WEBHOOK_URL: WEBHOOK,
        DISCORD_PAGER_WEBHOOK_P0_FILE: '/run/secrets/p0',
        DISCORD_PAGER_MIN_PRIORITY: 'P3',
      },
      sandbox,
      '/tmp/state',
    );
    expect(env).toEqual({
      PATH: '/bin',
      DISCORD_PAGER_MIN_PRIORITY: 'P3',
      DISCORD_PAGER_STATE_DIR: '/tmp/state',
      DISCORD_PAGER_API_BASE_URL: sandbox.url,
      DISCORD_PAGER_WEBHOOK_URL: sandbox.discord.webhookUrl('alerts'),
      DISCORD_PAGER_WEBHOOK_P0: sandbox.discord.webhookUrl('p0'),
    });
    await sandbox.close();
  });

  it('keeps a state directory that was asked for', async () => {
    const sandbox = await startSandbox({ port: 0 });
    expect(sandboxEnvironment({ DISCORD_PAGER_STATE_DIR: '/tmp/x' }, sandbox, '/tmp/state')).toMatchObject({
      DISCORD_PAGER_STATE_DIR: '/tmp/x',
    });
    await sandbox.close();
  });

  it('outlives a process of the command, and ends with the sandbox', async () => {
    const once = `import('${new URL('../../dist/index.js', import.meta.url).href}').then(async ({ createPager }) => {
      const pager = createPager();
      pager.page({ title: 'again' });
      await pager.flush();
      await pager.shutdown();
    })`;
    const script = `const { spawnSync } = require('node:child_process');
      for (const _ of 'ab') spawnSync(process.execPath, ['-e', ${JSON.stringify(once)}]);
      console.log('state in ' + process.env.DISCORD_PAGER_STATE_DIR);`;
    const sandbox = await start(['--', process.execPath, '-e', script]);
    await sandbox.until('the command ended');
    const { messages } = await stateOf(sandbox.url);
    expect(messages.map(({ embeds }) => embeds[0]?.title)).toEqual(['again ×2']);
    const [, stateDir = ''] = /state in (.+)/.exec(sandbox.output()) ?? [];
    expect(existsSync(stateDir)).toBe(true);
    expect(await sandbox.stop()).toBe(0);
    expect(existsSync(stateDir)).toBe(false);
  });

  it('an application with real webhooks of its own never reaches Discord', async () => {
    const script = `import('${new URL('../../dist/index.js', import.meta.url).href}').then(async ({ createPager }) => {
      const pager = createPager({ webhooks: { default: process.env.REAL, p0: process.env.REAL2 } });
      pager.page({ title: 'in code' });
      console.log(JSON.stringify(await pager.flush()));
      await pager.shutdown();
    })`;
    const sandbox = await start(['--', process.execPath, '-e', script], {
      REAL: WEBHOOK,
      REAL2: WEBHOOK.replace('123456789012345678', '123456789012345679'),
    });
    await sandbox.until('"delivered":1');
    const state = await stateOf(sandbox.url);
    expect(state.messages).toMatchObject([{ preview: '🟠 P1 in code' }]);
    expect(JSON.stringify(state)).not.toContain(TOKEN);
    expect(state.channels.map(({ name }) => name)).toContain('webhook-345678');
    await sandbox.stop();
  });
});
