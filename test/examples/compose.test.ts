import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Snapshot } from '../../src/sandbox/view.ts';
import { ROOT } from '../support/child.ts';
import { carryOut, isInContext, readCopy, readDockerfile, type Stage } from './dockerfile.ts';
import { ORANGE, ownFrames, readExample } from './example.ts';
import { type Host, type Hosts, openHosts } from './hosts.ts';

interface Service {
  readonly build: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly ports: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: { readonly test: readonly string[]; readonly retries: number };
}

const example = readExample('compose');
const { services } = parse(readFileSync(join(example.dir, 'compose.yaml'), 'utf8')) as {
  services: Readonly<Record<'sandbox' | 'app', Service>>;
};
const dockerfile = join(ROOT, services.app.build.dockerfile);
const instructions = readDockerfile(dockerfile);

describe('compose.yaml', () => {
  it('is what Docker Compose takes', (context) => {
    const version = ((): string => {
      try {
        return execFileSync('docker', ['compose', 'version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
      } catch {
        return '';
      }
    })();
    if (version === '') context.skip('there is no Docker Compose here');
    execFileSync('docker', ['compose', 'config', '--quiet'], { cwd: example.dir });
  });

  it.each(['sandbox', 'app'] as const)('builds %s from a stage that is there, and publishes it here alone', (name) => {
    const { build, ports } = services[name];
    expect(join(example.dir, build.context, '/')).toBe(join(ROOT, '/'));
    expect(instructions.some(({ word, rest }) => word === 'FROM' && rest.endsWith(` AS ${build.target}`))).toBe(true);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it('starts the application when the sandbox is healthy', () => {
    expect(services.app.depends_on).toEqual({ sandbox: { condition: 'service_healthy' } });
  });
});

describe('the Dockerfile', () => {
  it('copies what is there, and what the ignore file lets through', () => {
    for (const { word, rest } of instructions) {
      if (word !== 'COPY') continue;
      const { from, sources } = readCopy(rest);
      if (from !== undefined) continue;
      for (const source of sources) {
        expect(existsSync(join(ROOT, source)), source).toBe(true);
        expect(isInContext(source, `${dockerfile}.dockerignore`), source).toBe(true);
      }
    }
  });
});

describe('the containers', { timeout: 120_000 }, () => {
  let folder: string;
  let stages: ReadonlyMap<string, Stage>;
  let hosts: Hosts;
  let output = '';
  let port = 8025;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pager-compose-'));
    stages = carryOut(instructions, ROOT, folder);
    hosts = openHosts(['sandbox', 'app']);
    if (hosts.kind === 'loopback') console.warn('No network namespaces here: both containers share this machine.');
  }, 120_000);
  afterAll(() => {
    hosts?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a service with exactly the environment of the file, and waits until its own health check is content. */
  async function up(name: 'sandbox' | 'app'): Promise<Host> {
    const service = services[name];
    const stage = stages.get(service.build.target);
    if (stage === undefined) throw new Error(`no stage ${service.build.target}`);
    expect(stage.user).toBe('node');
    const host = hosts.host(name);
    const cwd = join(stage.root, stage.workdir);
    const isAlone = hosts.kind === 'namespaces';
    // Sharing one machine, the services have no names and may not have the ports either.
    const cmd = isAlone || name === 'app' ? stage.cmd : [...stage.cmd, '--port', '0'];
    const environment = Object.entries({ ...stage.env, ...service.environment }).map(([key, value]) => [
      key,
      isAlone ? value : value.replace('http://sandbox:8025', `http://127.0.0.1:${port}`),
    ]);
    const child = host.start(cmd, { cwd, env: Object.fromEntries(environment) });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    if (!isAlone && name === 'sandbox') {
      await expect.poll(() => output, { timeout: 10_000 }).toContain('Timeline');
      port = Number(/Timeline {2}http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1]);
    }
    const [, ...check] = service.healthcheck.test;
    const isHealthy = (): Promise<boolean> =>
      host.run(check.map((word) => (isAlone ? word : word.replace(':8025', `:${port}`)))).then(
        () => true,
        () => false,
      );
    await expect.poll(isHealthy, { timeout: 15_000, message: output }).toBe(true);
    return host;
  }

  it('page from one to the other', async () => {
    const sandbox = await up('sandbox');
    const app = await up('app');
    const curls = example.lines.filter((line) => line.startsWith('curl '));
    const answers: string[] = [];
    for (const line of curls) answers.push(await app.run(['sh', '-c', line]));
    expect(answers).toEqual(['{"ok":true}', '{"error":"internal error"}']);

    const state = async (): Promise<Snapshot> =>
      JSON.parse(await sandbox.run(['curl', '-s', `http://127.0.0.1:${port}/_sandbox/state`])) as Snapshot;
    await expect.poll(async () => (await state()).messages.length, { timeout: 15_000, message: output }).toBe(1);
    const { messages, requests, channels } = await state();
    expect(channels.map(({ name }) => name)).toEqual(['alerts']);
    expect(requests.flatMap(({ broken }) => broken)).toEqual([]);
    const [page] = messages;
    expect(page).toMatchObject({
      tone: 'P1',
      notified: 'push',
      embeds: [{ color: ORANGE, title: expect.stringMatching(/^Error: no stock from /) }],
    });
    // An address from an error is text, and no link that Discord would visit.
    expect(page?.preview.replaceAll('\u200b', '')).toBe(
      '🟠 P1 inventory · Error: no stock from http://127.0.0.1:4200/stock',
    );
    expect(ownFrames(page)).toMatch(/at async loadStock|at loadStock/);
    expect(output).toContain('POST /reservations failed');
    expect(output).not.toContain('otel-discord-pager:');
  });
});
