import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { MessageView, Snapshot } from '../../src/sandbox/view.ts';
import { PACKAGE_VERSION } from '../../src/version.ts';
import {
  BLUE,
  expectGoodConduct,
  GREEN,
  ORANGE,
  ownFrames,
  type Running,
  readExample,
  SECRET,
  startBareSandbox,
  startExample,
  terminalEnv,
} from './example.ts';

const SLOW_MS = 60_000;
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

function kept(running: Running): Running {
  cleanUp.push(() => running.stop());
  return running;
}

function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const channelOf = ({ channels }: Snapshot, { channelId }: MessageView): string | undefined =>
  channels.find(({ id }) => id === channelId)?.name;

describe('plain-script', () => {
  const example = readExample('plain-script');

  it('counts the failed tries in one message, which turns green when it works', { timeout: SLOW_MS }, async () => {
    const disk = join(example.dir, 'disk');
    rmSync(disk, { recursive: true, force: true });
    cleanUp.push(() => rmSync(disk, { recursive: true, force: true }));
    const running = kept(await startExample(example));
    const [first] = await running.messages(1);
    expect(first).toMatchObject({
      tone: 'P1',
      notified: 'push',
      pinged: false,
      isOver: false,
      content: '🟠 P1 backup · Nightly backup failed',
      embeds: [{ color: ORANGE, title: 'Nightly backup failed' }],
    });
    expect(first?.embeds[0]?.description).toContain('Error: ENOENT');
    expect(ownFrames(first)).toMatch(/at async copyToDisk .*backup\.js:\d+/);

    await expect.poll(() => running.appStderr(), { timeout: 15_000 }).toContain('try 2 failed');
    for (const line of example.lines.filter((each) => each.startsWith('mkdir '))) await running.run(line);
    expect(await running.appEnded()).toBe('the command ended with exit code 0');
    expect(readdirSync(disk).map((day) => readFileSync(join(disk, day, 'customers.csv'), 'utf8'))).toEqual([
      readFileSync(join(example.dir, 'data/customers.csv'), 'utf8'),
    ]);
    const [last] = await running.messages(1);
    expect(last).toMatchObject({ id: first?.id, isOver: true, embeds: [{ color: GREEN }] });
    expect(last?.embeds[0]?.title).toMatch(/^✅ ~~Nightly backup failed ×\d~~ · resolved after \d+ s$/);
    await expectGoodConduct(running);
    expect(running.appStderr()).toMatch(/^(?:try \d failed: ENOENT: .*\n?)+$/);
    expect(await running.stop()).toBe(0);
  });

  it('shows no secret, and says when it was stopped before it worked', { timeout: SLOW_MS }, async () => {
    const start = example.scripts['start']?.replace(/ disk$/, ` "nowhere?token=${SECRET}"`) ?? '';
    const running = kept(await startExample({ ...example, scripts: { start } }));
    const [page] = await running.messages(1);
    expect(page?.embeds[0]?.description).toContain('[REDACTED]');
    expect(await running.stopApp()).toBe('the command ended with exit code 1');
    expect(running.appStderr()).toMatch(/^try 1 failed: .*\nstopped before it worked$/);
    await running.messages(1);
    await expectGoodConduct(running);
  });
});

describe('ci-job', () => {
  const example = readExample('ci-job');
  const file = (name: string): string => readFileSync(join(example.dir, name), 'utf8');

  it('pages for failing tests and tells of a deploy, from the shell', { timeout: SLOW_MS }, async () => {
    const running = kept(
      await startExample(example, { env: { DATABASE_URL: `postgres://ci:${SECRET}@127.0.0.1:1/test` } }),
    );
    expect(await running.appEnded()).toBe('the command ended with exit code 0');
    const messages = await running.messages(2);
    const state = await running.state();
    expect(messages.map((message) => channelOf(state, message))).toEqual(['ci', 'deploys']);
    const [failed, deployed] = messages;
    expect(failed).toMatchObject({
      tone: 'P1',
      notified: 'push',
      content: '🟠 P1 tests failed on main',
      embeds: [{ color: ORANGE, title: 'tests failed on main' }],
    });
    expect(failed?.embeds[0]?.description).toMatch(/every migration can be applied[\s\S]*ci:\[REDACTED\]@127\.0\.0\.1/);
    expect(failed?.embeds[0]?.description).toMatch(/migrations\.test\.js:\d+:\d+/);
    expect(deployed).toMatchObject({
      tone: 'P3',
      notified: 'silent',
      content: '',
      embeds: [{ color: BLUE, title: 'deployed main to production' }],
    });
    for (const { components } of messages) expect(JSON.stringify(components)).toContain('https://ci.example.com/runs/');
    // The job itself shows the log as it is.
    expect(running.stdout()).toContain(SECRET);
    await expectGoodConduct(running);
    expect(running.appStderr()).toBe('');
    expect(await running.stop()).toBe(0);
  });

  it('fails like its tests, and knows no other job', async () => {
    const run = (job: string): Promise<{ code: number; stderr: string }> =>
      promisify(execFile)('bash', ['ci.sh', job], {
        cwd: example.dir,
        env: terminalEnv(example.dir, { env: { DATABASE_URL: 'postgres://127.0.0.1:1/test' } }),
      }).then(
        ({ stderr }) => ({ code: 0, stderr }),
        ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
      );
    // Without a webhook: the page cannot be sent, and the job's result is what it was.
    const [failed, deployed, unknown] = await Promise.all([run('test'), run('deploy'), run('bild')]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('ci.sh: no page was sent');
    expect(deployed.code).toBe(0);
    expect(deployed.stderr).toContain('ci.sh: no page was sent');
    expect(unknown).toEqual({ code: 2, stderr: 'usage: ci.sh test|deploy\n' });
  });

  interface Step {
    readonly name?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly 'continue-on-error'?: boolean;
  }
  type Jobs = Record<string, { steps: Step[]; needs?: string; env?: unknown }>;

  const NPX = `npx --yes --package=otel-discord-pager@${PACKAGE_VERSION} -- discord-pager send`;
  /** A name that a branch can have, and that a shell must not carry out. */
  const BRANCH = 'x";touch owned;$(touch owned);"';

  /** Runs a script as a runner would, with the package of this repository in the place of the one from npm. */
  async function runScript(script: string, env: Readonly<Record<string, string>>, running: Running): Promise<void> {
    expect(script).toContain(NPX);
    const folder = temporaryFolder('pager-ci-');
    const webhooks = Object.fromEntries(
      [...running.stdout().matchAll(/export (\w+)=(\S+)/g)].map(([, name = '', url = '']) => [name, url]),
    );
    const known = Object.entries({ ...webhooks, ...env }).filter(([name]) => name in env || name in webhooks);
    await promisify(execFile)('bash', ['-e', '-c', script.replace(NPX, 'discord-pager send')], {
      cwd: folder,
      env: terminalEnv(example.dir, { env: Object.fromEntries(known) }),
    });
    expect(existsSync(join(folder, 'owned'))).toBe(false);
  }

  async function expectPages(running: Running, failedTitle: string): Promise<void> {
    const messages = await running.messages(2);
    const state = await running.state();
    expect(messages.map((message) => [channelOf(state, message), message.tone])).toEqual([
      ['ci', 'P1'],
      ['deploys', 'P3'],
    ]);
    expect(messages[0]?.preview).toContain(failedTitle);
    expect(messages[1]?.preview).toContain('deployed x";touch');
    for (const { components } of messages) expect(JSON.stringify(components)).toContain('https://ci.example.com/');
    await expectGoodConduct(running);
  }

  it('has steps for GitHub Actions that page', { timeout: SLOW_MS }, async () => {
    const { jobs, permissions } = parse(file('github-actions.yml')) as { jobs: Jobs; permissions: unknown };
    expect(permissions).toEqual({ contents: 'read' });
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { uses } of steps) expect(uses ?? 'actions/checkout@v6').toMatch(/^actions\/[a-z-]+@v\d+$/);
    const pagers = steps.filter(({ run }) => run?.includes('discord-pager'));
    expect(pagers.map((step) => step['continue-on-error'])).toEqual([true, true]);
    expect(pagers[0]?.if).toMatch(/^failure\(\)/);
    // A webhook is known to the step that needs it, and no text of others is put into a script.
    for (const step of steps) {
      expect(step.run ?? '').not.toContain('${{');
      if (!pagers.includes(step)) expect(JSON.stringify(step)).not.toContain('secrets.');
    }

    const running = kept(await startBareSandbox(['--channel', 'ci,deploys']));
    await running.state();
    const webhook = (name: string): string => new RegExp(`export ${name}=(\\S+)`).exec(running.stdout())?.[1] ?? '';
    const values: Record<string, string> = {
      'secrets.DISCORD_WEBHOOK_CI': webhook('DISCORD_PAGER_WEBHOOK_CI'),
      'secrets.DISCORD_WEBHOOK_DEPLOYS': webhook('DISCORD_PAGER_WEBHOOK_DEPLOYS'),
      'github.ref_name': BRANCH,
      'github.server_url': 'https://ci.example.com',
      'github.repository': 'shop/shop',
      'github.run_id': '4711',
    };
    for (const { run = '', env = {} } of pagers) {
      const filled = Object.entries(env).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, key: string) => values[key] ?? `no ${key}`),
      ]);
      await runScript(run, { ...Object.fromEntries(filled), GITHUB_SHA: 'abc1234', GITHUB_ACTOR: 'ada' }, running);
    }
    await expectPages(running, 'tests failed on x";touch');
  });

  it('has jobs for GitLab CI that page', { timeout: SLOW_MS }, async () => {
    const { page, deploy } = parse(file('gitlab-ci.yml')) as Record<string, { when?: string; script: string[] }>;
    expect(page?.when).toBe('on_failure');
    const running = kept(await startBareSandbox(['--channel', 'ci,deploys']));
    await running.state();
    const env = {
      CI_COMMIT_REF_NAME: BRANCH,
      CI_COMMIT_SHA: 'abc1234',
      CI_PIPELINE_URL: 'https://ci.example.com/shop/-/pipelines/4711',
      GITLAB_USER_LOGIN: 'ada',
    };
    for (const job of [page, deploy])
      for (const line of job?.script.filter((each) => each.includes('discord-pager')) ?? [])
        await runScript(line, env, running);
    await expectPages(running, 'pipeline failed on x";touch');
  });
});
