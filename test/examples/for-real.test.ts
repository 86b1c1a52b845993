import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { EXAMPLE_NAMES, nodeForOtel3, readExample, terminalEnv } from './example.ts';

const WEBHOOK = /https:\/\/discord\.com\/api\/webhooks\/…/g;

interface Ran {
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  stop(): void;
}

function start(line: string, dir: string, env: Readonly<Record<string, string>>): Ran {
  const child = spawn('sh', ['-c', `exec ${line}`], {
    cwd: dir,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => output,
    ended,
    stop() {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    },
  };
}

/** The way to a real webhook, as each README says it, with a local Discord in the place of the real one. */
describe.each(EXAMPLE_NAMES.filter((name) => name !== 'compose'))('examples/%s for real', (name) => {
  const example = readExample(name);
  const lines = [...(example.readme.split('## For real')[1] ?? '').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(
    ([, block = '']) => block.trim().split('\n'),
  );
  let discord: DiscordEmulator;
  let ran: Ran | undefined;

  beforeEach(async () => {
    discord = await startDiscordEmulator();
  });
  afterEach(async () => {
    ran?.stop();
    await ran?.ended;
    await discord.close();
  });

  it('pages without the sandbox', { timeout: 120_000 }, async () => {
    const env: Record<string, string> = terminalEnv(example.dir, {
      env: { PORT: '0', DISCORD_PAGER_STATE_DIR: 'none' },
      nodeDir: name === 'otel-3' ? await nodeForOtel3() : dirname(process.execPath),
    });
    for (const line of lines) {
      const [, variable, value = ''] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
      if (variable !== undefined) {
        const channel = variable.replace('DISCORD_PAGER_WEBHOOK_', '').toLowerCase();
        env[variable] = value.replace(WEBHOOK, discord.webhookUrl(channel));
        continue;
      }
      ran = start(line, example.dir, env);
      const { output } = ran;
      // A build, or a job of a CI; else a service, or a script that tries again and again.
      if (/^(?:npm|bash) /.test(line)) {
        expect(await ran.ended, output()).toBe(line === 'bash ci.sh test' ? 1 : 0);
        continue;
      }
      const isService = example.lines.some((each) => each.startsWith('curl '));
      if (isService) {
        const port = (): string =>
          /(?:listening.*?port\W+|"port":|listening[^\n]*127\.0\.0\.1:)(\d{2,5})/i.exec(output())?.[1] ?? '';
        await expect.poll(port, { timeout: 20_000, message: output() }).not.toBe('');
        for (const curl of example.lines.filter((each) => each.startsWith('curl '))) {
          const call = start(curl.replace('localhost:3000', `localhost:${port()}`), example.dir, env);
          expect(await call.ended).toBe(0);
        }
      }
    }
    await discord.waitForMessages(name === 'ci-job' ? 2 : 1, 20_000);
    expect(discord.messages().every(({ embeds }) => embeds.length === 1)).toBe(true);
    expect(discord.violations()).toEqual([]);
  });
});
