import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';
import { filesUnder } from '../support/files-under.ts';
import { PLACES, type PlantedPage, plant } from '../support/planted-pages.ts';
import { drawn, KNOWN_VALUE, KNOWN_WORD, type PlantKind, traceIn } from '../support/planted-secrets.ts';
import { startRecordingProxy, withoutTokenInPaths } from '../support/recording-proxy.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-thread-'));
let discord: DiscordEmulator;

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 10_000, windowMs: 1_000 }, channelBudget: 'off' });
});
afterAll(async () => {
  await discord.close();
  rmSync(root, { recursive: true, force: true });
});

/** A secret in every place, across one limit of it, and beyond what the capture keeps. */
const pages: readonly PlantedPage[] = PLACES.map((place, i) => {
  const kind = place.kinds[(i * 11) % place.kinds.length] as PlantKind;
  const boundary = place.boundaries[(i * 5) % place.boundaries.length] ?? 0;
  return plant(place, kind, boundary, ((i * 3) % 11) / 10, 50_000 + i);
});
/** What the application dies of. */
const LAST = drawn('alnum', 36, 77);
const last = `gh${'p_'}${LAST} was refused, and password=${drawn('alnum', 18, 78)} too`;
const LAST_HIDDEN = [`gh${'p_'}${LAST}`, drawn('alnum', 18, 78)];

let runs = 0;

interface Ended {
  readonly result: ChildResult;
  /** Everything that left the process, but for what Node itself says of its death. */
  readonly text: string;
  readonly tokens: readonly string[];
}

async function run(how: string, options: ChildOptions & { readonly isAway?: true } = {}): Promise<Ended> {
  const nth = ++runs;
  const stateDir = join(root, `state-${nth}`);
  const plan = join(root, `plan-${nth}.json`);
  writeFileSync(plan, JSON.stringify({ pages, last }));
  const proxy = await startRecordingProxy(discord.url);
  const [url, auditUrl] = [`alerts-${nth}`, `audit-${nth}`].map((channel) => {
    const webhook = discord.webhookUrl(channel);
    if (options.isAway) discord.fault({ kind: 'outage', mode: 'bad_gateway', channel });
    return proxy.via(webhook);
  }) as [string, string];
  const result = await runApp('test/fixtures/apps/planted.mjs', {
    ...options,
    args: [how],
    env: {
      PLAN: plan,
      DISCORD_PAGER_WEBHOOK_URL: url,
      DISCORD_PAGER_WEBHOOK_AUDIT: auditUrl,
      DISCORD_PAGER_STATE_DIR: stateDir,
      DISCORD_PAGER_BOOT_CHECK: 'post',
      DISCORD_PAGER_REDACT_VALUES_OF: 'KNOWN_VALUE,KNOWN_WORD',
      KNOWN_VALUE,
      KNOWN_WORD,
      OTEL_SERVICE_NAME: 'shop',
    },
  });
  await proxy.close();
  const tokens = [url, auditUrl].map((one) => one.split('/').at(-1) as string);
  const ours = result.stderr.split('\n').filter((line) => line.startsWith('otel-discord-pager: '));
  const stderr = how === 'throw' || how === 'reject' ? ours.join('\n') : result.stderr;
  const text = [withoutTokenInPaths(proxy.sent, tokens), result.stdout, stderr, filesUnder(stateDir)].join('\n');
  return { result, text, tokens };
}

function tracesIn({ text, tokens }: Ended): string[] {
  const planted = [...pages, { what: 'the last words', hidden: LAST_HIDDEN }, { what: 'a webhook', hidden: tokens }];
  return planted.flatMap(({ what, hidden }) => {
    const found = traceIn(text, hidden);
    return found === undefined ? [] : [`${what}: ${found}`];
  });
}

describe('an application with its pager in a thread, page(), log exporter and pino, leaves no trace of a secret', {
  timeout: 60_000,
}, () => {
  it.concurrent.each([
    ['dies of an exception that holds one', 'throw', 1],
    ['dies of a rejection that holds one', 'reject', 1],
    ['has its pager thread ended from outside', 'killed-thread', 0],
  ])('when it %s', async (_when, how, code) => {
    const ended = await run(how);
    expect(ended.result.code).toBe(code);
    expect(ended.result.stdout).toContain('configProblems');
    expect(ended.result.stdout).toContain(how === 'killed-thread' ? 'threads 2' : 'threads 1');
    expect(tracesIn(ended)).toEqual([]);
    // The death itself was shown.
    if (code === 1 || how === 'killed-thread') expect(ended.text).toContain('was refused');
  });

  it.concurrent('when it is told to end', async () => {
    const ended = await run('wait', { signalOn: { text: 'ready', signal: 'SIGTERM' } });
    expect(ended.result.signal).toBe('SIGTERM');
    expect(tracesIn(ended)).toEqual([]);
    expect(ended.text).toContain('was refused');
  });

  it.concurrent('when Discord takes nothing, and everything is written down', async () => {
    const ended = await run('throw', { isAway: true });
    expect(ended.text).toContain('was refused');
    expect(tracesIn(ended)).toEqual([]);
  });
});
