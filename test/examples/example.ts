import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { MessageView, Snapshot } from '../../src/sandbox/view.ts';
import { ROOT } from '../support/child.ts';

/** What a colour of an embed says. */
export const ORANGE: number = 0xff8800;
export const YELLOW: number = 0xffcc00;
export const BLUE: number = 0x3399ff;
export const GREEN: number = 0x00cc66;

/** Put into what fails; must be nowhere in Discord. */
export const SECRET: string = 'Sup3rS3cretPassw0rd';

/** A folder of `examples/` that has a package.json. */
export interface Example {
  readonly name: string;
  readonly dir: string;
  readonly readme: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Lines of the README's `sh` blocks. */
  readonly lines: readonly string[];
}

export const EXAMPLE_NAMES: readonly string[] = readdirSync(join(ROOT, 'examples')).filter((name) =>
  existsSync(join(ROOT, 'examples', name, 'package.json')),
);

export function readExample(name: string): Example {
  const dir = join(ROOT, 'examples', name);
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const readme = readFileSync(join(dir, 'README.md'), 'utf8');
  return {
    name,
    dir,
    readme,
    scripts: manifest.scripts ?? {},
    dependencies: { ...manifest.dependencies, ...manifest.devDependencies },
    lines: [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n')),
  };
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the `node` that everything runs on. @default that of this process */
  readonly nodeDir?: string;
}

/** Where there is a Node that OpenTelemetry 3 runs on. */
export async function nodeForOtel3(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return dirname(process.execPath);
  const { stdout } = await promisify(execFile)('npx', ['-y', 'node@24', '-p', 'process.execPath']);
  return dirname(stdout.trim());
}

/** The environment of somebody at a terminal, where `npm start` finds what it names. */
export function terminalEnv(dir: string, { env = {}, nodeDir = dirname(process.execPath) }: StartOptions = {}): Env {
  const own = Object.fromEntries(
    ['HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const path = [nodeDir, join(dir, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''];
  return { ...own, ...env, PATH: path.join(delimiter) };
}

type Env = Record<string, string>;

/** An example in its sandbox. */
export interface Running {
  stdout(): string;
  /** What the application itself wrote to stderr; the sandbox’s own lines are left out. */
  appStderr(): string;
  /** The sandbox’s own lines. */
  sandboxSaid(): string;
  state(): Promise<Snapshot>;
  /** Waits until this many messages are there, and fails when they do not come. */
  messages(count: number): Promise<readonly MessageView[]>;
  /** Runs a line of the README as it stands, but for the port. */
  run(line: string): Promise<string>;
  /** The port that the application says it listens on. */
  appPort(): Promise<number>;
  /** Ends the application, not the sandbox, as an orchestrator would: SIGTERM. Gives what the sandbox says of its end. */
  stopApp(): Promise<string>;
  /** Waits until the command has ended by itself, and gives what the sandbox says of it. */
  appEnded(): Promise<string>;
  /** All that reached Discord: the state, every request with its body, every attachment. */
  everything(): Promise<string>;
  /** Ends all of it; gives the sandbox’s exit code. Safe to repeat. */
  stop(): Promise<number | null>;
}

/** Starts an example by the very line of its package.json, with `--port 0` so that several can run. */
export async function startExample(example: Example, options: StartOptions = {}): Promise<Running> {
  const env = terminalEnv(example.dir, { ...options, env: { PORT: '0', ...options.env } });
  const { prestart, start = '' } = example.scripts;
  if (prestart !== undefined) await promisify(execFile)('sh', ['-c', prestart], { cwd: example.dir, env });
  expect(start).toMatch(/^discord-pager sandbox /);
  const line = start.replace('discord-pager sandbox', 'discord-pager sandbox --port 0');
  return follow(spawn('sh', ['-c', `exec ${line}`], { cwd: example.dir, env, ...PIPED }), example.dir, env);
}

/** Starts a sandbox without a command. */
export async function startBareSandbox(args: readonly string[]): Promise<Running> {
  const env = terminalEnv(ROOT);
  return follow(spawn('discord-pager', ['sandbox', '--port', '0', ...args], { cwd: ROOT, env, ...PIPED }), ROOT, env);
}

/** In a group of its own, so that all of it can be ended whatever happens. */
const PIPED = { stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], detached: true };
const SANDBOX_LINE = /^(?:discord-pager sandbox| {2}Timeline {2})/;
const ENDED = /^discord-pager sandbox: (the command .*)$/m;

async function follow(child: ChildProcess, cwd: string, env: Env): Promise<Running> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody is left.
    }
  };
  process.once('exit', killGroup);
  const both = (): string => output.stdout + output.stderr;
  try {
    await expect.poll(both, { timeout: 15_000 }).toContain('  Timeline  ');
  } catch (error) {
    killGroup();
    throw new Error(`no sandbox:\n${both()}`, { cause: error });
  }
  const url = / {2}Timeline {2}(http:\S+)/.exec(both())?.[1] ?? '';
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`${url}/_sandbox/${path}`);
    expect(response.status, path).toBe(200);
    return response;
  };
  const state = async (): Promise<Snapshot> => (await get('state')).json() as Promise<Snapshot>;
  const linesOf = (isSandbox: boolean): string =>
    output.stderr
      .split('\n')
      .filter((line) => line !== '' && SANDBOX_LINE.test(line) === isSandbox)
      .join('\n');

  const running: Running = {
    stdout: () => output.stdout,
    appStderr: () => linesOf(false),
    sandboxSaid: () => linesOf(true),
    state,
    async messages(count) {
      await expect
        .poll(async () => (await state()).messages.length, { timeout: 15_000, message: both() })
        .toBeGreaterThanOrEqual(count);
      const { messages } = await state();
      expect(messages.map(({ preview }) => preview)).toHaveLength(count);
      return messages;
    },
    async run(line) {
      const there = /localhost:3000\b/.test(line) ? `localhost:${await running.appPort()}` : '';
      const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('localhost:3000', there)], {
        cwd,
        env,
        timeout: 10_000,
      });
      return stdout;
    },
    async appPort() {
      const find = (): number =>
        Number(
          both()
            .split('\n')
            .filter((line) => /listening/i.test(line))
            .map((line) => /(?:\bport\W+|127\.0\.0\.1:)(\d+)/.exec(line)?.[1])
            .find((port) => port !== undefined) ?? 0,
        );
      await expect.poll(find, { timeout: 15_000, message: both() }).toBeGreaterThan(0);
      return find();
    },
    async stopApp() {
      const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
      const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
      for (const [pid, parent] of rows) if (parent === child.pid && pid !== undefined) process.kill(pid, 'SIGTERM');
      return running.appEnded();
    },
    async appEnded() {
      await expect.poll(() => output.stderr, { timeout: 15_000, message: both() }).toMatch(ENDED);
      return ENDED.exec(output.stderr)?.[1] ?? '';
    },
    async everything() {
      const snapshot = await state();
      const requests = await Promise.all(
        snapshot.requests.map(async ({ seq }) => (await get(`requests/${seq}`)).text()),
      );
      const histories = await Promise.all(
        snapshot.messages.map(async ({ id }) => (await get(`messages/${id}`)).text()),
      );
      const files = await Promise.all(
        snapshot.messages.flatMap((message) =>
          message.attachments.map(async ({ id }) => (await get(`files/${message.id}/${id}`)).text()),
        ),
      );
      return [JSON.stringify(snapshot), ...requests, ...histories, ...files].join('\n');
    },
    async stop() {
      const timer = setTimeout(killGroup, 10_000);
      child.kill('SIGTERM');
      const code = await ended;
      clearTimeout(timer);
      killGroup();
      process.off('exit', killGroup);
      return code;
    },
  };
  return running;
}

/** What holds for every example: Discord's rules are kept, and nothing secret got there. */
export async function expectGoodConduct(running: Running): Promise<void> {
  const { requests } = await running.state();
  expect(requests.flatMap(({ broken }) => broken)).toEqual([]);
  expect(requests.filter(({ status = 0 }) => status < 200 || status > 299)).toEqual([]);
  expect(await running.everything()).not.toContain(SECRET);
}

/** The frames of an embed's stack that are the application's own. */
export function ownFrames(message: MessageView | undefined): string {
  return message?.embeds[0]?.description?.split('-- packages and runtime --')[0] ?? '';
}
