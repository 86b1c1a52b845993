import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import type { ResolvedConfig } from '../../src/config/resolved-config.ts';
import { HOST, webhook } from './config-input.ts';

const DIR = fileURLToPath(new URL('../fixtures/config/', import.meta.url));
const ENV = {
  DB_PASSWORD: 'correct horse',
  P0_WEBHOOK: webhook(2),
  BOT_TOKEN: 'MTAwMDAwMDAwMDAwMDAwMDAwMA.GhIjKl.mNoPqRsTuVwXyZ0123456789abcdefghijkl',
};

/** Loads a fixture through the real file system. */
function load(file: string): Promise<ResolvedConfig> {
  return loadConfig({ env: { ...ENV, DISCORD_PAGER_CONFIG: `${DIR}${file}` }, host: HOST });
}

function ids(config: ResolvedConfig): Record<string, string> {
  return Object.fromEntries([...config.channels].map(([name, url]) => [name, url.id.slice(-1)]));
}

describe('files that are right', () => {
  it('ok.everything.yml', async () => {
    const config = await load('ok.everything.yml');
    expect(config.problems).toEqual([]);
    expect(ids(config)).toEqual({ default: '1', p0: '2', 'my-team': '3', deploys: '4', audit: '5' });
    expect(config).toMatchObject({
      enabled: true,
      minPriority: 'P3',
      mentions: {
        P0: { everyone: false, here: true, roles: ['200000000000000001'], users: [] },
        P1: { users: ['200000000000000002'] },
      },
      bootCheck: 'off',
      exitTimeoutMs: 1_500,
      repeatIntervalMs: { P0: 300_000, P1: 3_600_000, P2: 14_400_000, P3: 172_800_000, DEV: 172_800_000 },
      editIntervalMs: 10_000,
      links: {
        traceUrl: 'https://tempo.example/trace/{trace_id}',
        logsUrl: 'https://grafana.example/explore?left={"queries":[{"expr":"{trace_id}"}]}',
        runbookUrl: 'https://runbooks.example/{service}/{environment}',
      },
      redact: { paths: ['req.headers.cookie', 'users[*].name'], pii: true },
      service: { name: 'checkout', version: '4.2.0', environment: 'production', instance: 'checkout-7d9f' },
    });
    expect(config.routes).toEqual([
      { match: { service: 'pay*', 'http.status_code': '500' }, channel: 'my-team', priority: 'P0' },
      { match: { event: 'invoice.*' }, channel: 'deploys' },
    ]);
    expect(config).not.toHaveProperty('stateDir');
    expect(config).not.toHaveProperty('resolveAfterMs');
    expect(config).not.toHaveProperty('blockedAfterMs');
    expect(config.botToken?.reveal()).toBe(ENV.BOT_TOKEN);
    expect(config.redact.knownValues).toContain('correct horse');
  });

  it('ok.everything.json', async () => {
    const config = await load('ok.everything.json');
    expect(config).toMatchObject({
      enabled: true,
      minPriority: 'P1',
      repeatIntervalMs: { P0: 1_800_000, P3: 1_800_000 },
      redact: { paths: ['a.b', 'c["d,e"]'] },
      problems: [],
    });
  });

  it('ok.references.yml: paths start at the file’s own directory', async () => {
    const config = await load('ok.references.yml');
    expect(config.problems).toEqual([]);
    expect(ids(config)).toEqual({ default: '1', p0: '2' });
  });

  it('ok.no-ending: JSON is recognised by its beginning', async () => {
    expect(await load('ok.no-ending')).toMatchObject({ enabled: true, problems: [] });
  });
});

const BAD: Readonly<Record<string, { enabled: boolean; problems: readonly string[] }>> = {
  'bad.unknown-keys.yml': {
    enabled: true,
    problems: [
      'min_priority: a key that does not exist → Did you mean minPriority?',
      'DISCORD_PAGER_EDIT_INTERVAL: a key that does not exist → Did you mean editInterval?',
      'metnion: a key that does not exist → Did you mean mention?',
      'somethingElse: a key that does not exist → Remove it; it has no effect.',
      'mention.p5: a key that does not exist → Did you mean mention.p0?',
    ],
  },
  'bad.values.yml': {
    enabled: true,
    problems: [
      'worker: a key that a file cannot set → Move it there.',
      'config: a key that a file cannot set → Move it there.',
      'minPriority: "P9" → Correct it. Until then the default (P2) stands.',
      'mention.p0: "@channel" → Write role:<id> or user:<id>. Until then the default (@everyone) stands.',
      'mention.p1: "bogus" → Write role:<id> or user:<id>.',
      'mention.p2: "none" beside others → Remove "none", or everything else.',
      'mention.p3: 7 → Write "none" for nobody. Until then the default (none) stands.',
      'enabled: "perhaps" → Correct it. Until then the default (auto) stands.',
      'bootCheck: "sometimes" → Correct it. Until then the default (auto) stands.',
      'stateDir: a list → Write it as one line of text. Until then it counts as not set.',
      'exitTimeoutMs: "2s" → Write the number without a unit. Until then the default (2000) stands.',
      'repeatInterval.p0: "15" → Write a number and its unit: 500ms 5s 10m 2h 1d. Until then the default (15m) stands.',
      'repeatInterval.p1: "400d" → Write a number and its unit: 500ms 5s 10m 2h 1d. Until then the default (1h) stands.',
      'resolveAfter: "never" → Write a number and its unit: 500ms 5s 10m 2h 1d. Until then the default (10m) stands.',
      'editInterval: "1ms" → Write a number and its unit: 500ms 5s 10m 2h 1d. Until then the default (5s) stands.',
      'blockedAfter: "500ms" → Write a number and its unit: 500ms 5s 10m 2h 1d. Until then the default (10s) stands.',
      'traceUrl: the placeholder {traceId} → Did you mean {trace_id}? Until then it counts as not set.',
      'logsUrl: a URL whose scheme is neither http nor https → Start it with https://. Until then it counts as not set.',
      'runbookUrl: a URL with a user name or password → Leave them out: the link is shown in Discord. Until then it counts as not set.',
      'redactPaths[1]: "not..one" → Correct it.',
      'redactPaths[2]: 5 → Correct it.',
      'redactValuesOf[1]: a text that is no name → Correct it.',
      'redactValuesOf[0]: a variable that is not set → Write names, without $; there is nothing to mask for this one.',
      'redactPii: "perhaps" → Correct it. Until then it counts as true.',
      'serviceName: an object → Write one short text. Until then it counts as not set.',
    ],
  },
  'bad.webhooks.yml': {
    enabled: true,
    problems: [
      'webhooks.p0: a URL whose path is not /api/webhooks/<id>/<token> → Copy it again: part of it may be missing.',
      'webhooks.p1: a URL of a host that is not Discord → Only discord.com (ptb., canary., discordapp.com) is posted to.',
      'webhooks.p2: an empty value → Set it, or remove it: it counts as not set.',
      'webhooks.p3: 12 → Write it as one text.',
      'webhooks.dev: a reference to Azure Key Vault, which is not available in this version → Mount the secret as a file and write file:<path>, or pass it in a variable.',
      'webhooks.deploys: a malformed reference to Azure Key Vault → Write azure-keyvault://<vault>/<secret> or azure-keyvault://<vault>/<secret>/<version>.',
      'webhooks.ci: the variable CI_WEBHOOK, which is not set → Set it for this process, or name another one.',
      `webhooks.security: the file "${DIR}does-not-exist", which does not exist → Check that it exists and that the user of this process may read it.`,
      'webhooks.url: a channel name that cannot be used → Did you mean default?',
      'webhooks.payments_file: a channel name that cannot be used → Choose another name.',
      'webhooks.no blanks: a channel name that cannot be used → Choose another name.',
      'webhooks.MY_TEAM: the same channel twice → Remove one.',
    ],
  },
  'bad.routes.yml': {
    enabled: true,
    problems: [
      'webhooks.payments: a URL whose path is not /api/webhooks/<id>/<token> → Copy it again: part of it may be missing.',
      'routes[0].channel: "paymnets", a channel without a webhook → Give the channel a webhook, or correct its name; until then it goes to default.',
      'routes[2].match: an object → Write match: { service: "pay*" }; the route is left out.',
      'routes[3].match.service: an empty text → Write match: { service: "pay*" }; the route is left out.',
      'routes[4].match: nothing → Write match: { service: "pay*" }; the route is left out.',
      'routes[5].channel: nothing → Name a channel that has a webhook; the route is left out.',
      'routes[6].priority: "P7" → Correct it; the route works without it.',
      'routes[7].prioritty: an unknown key → Remove it.',
      'routes[8].match.service: "{a,b}" → Write one route per alternative; as it stands it is matched literally.',
      'routes[9]: "just text" → The route is left out.',
    ],
  },
  'bad.shapes.json': {
    enabled: false,
    problems: [
      'webhooks: a text that is not shown here → Write the webhook under webhooks.default.',
      'mention: "@here" → Write mention: { p0: … }.',
      'routes: an object → Write a list. Until then it counts as not set.',
      'repeatInterval: a list → Write repeatInterval: { p0: … }.',
      'minPriority: an empty value → Set it, or remove it: it counts as not set.',
      'redactPaths: 5 → Write a list. Until then it counts as not set.',
    ],
  },
  'bad.syntax.yml': unreadable(
    'bad.syntax.yml',
    'is not valid YAML at line 4, column 7',
    'Check the indentation there, and put values that start with @, *, & or { into quotes.',
  ),
  'bad.syntax.json': unreadable(
    'bad.syntax.json',
    'is not valid JSON at line 4, column 1',
    'JSON knows no comments and no comma behind the last entry; YAML does.',
  ),
  'bad.twice.yml': unreadable('bad.twice.yml', 'is not valid YAML at line 2, column 1', 'Write every key once.'),
  'bad.list.yml': unreadable('bad.list.yml', 'holds no keys', 'Write one key per line: minPriority: P2.'),
  'bad.empty.yml': unreadable('bad.empty.yml', 'is empty', 'Fill it, or remove the setting.'),
  'bad.aliases.yml': unreadable(
    'bad.aliases.yml',
    'is not valid YAML (too deep, or too many aliases)',
    'Write it out plainly.',
  ),
};

function unreadable(file: string, what: string, remedy: string): { enabled: boolean; problems: readonly string[] } {
  const until = 'Until then it counts as not set, and personal data is masked too.';
  return {
    enabled: false,
    problems: [`DISCORD_PAGER_CONFIG: the file "${DIR}${file}", which ${what} → ${remedy} ${until}`],
  };
}

describe('files that are wrong: everything is listed at once', () => {
  it.each(Object.entries(BAD))('%s', async (file, expected) => {
    const config = await load(file);
    const remedies = (text: string): string => text.replace(' As it stands it has no effect.', '');
    const shown = config.problems.map(({ key, found, remedy }) => `${key}: ${found} → ${remedies(remedy)}`);
    expect([...shown].sort()).toEqual([...expected.problems].sort());
    expect(config.enabled).toBe(expected.enabled);
  });

  it('bad.routes.yml: what a route selects stays visible, and its priority stands', async () => {
    const { routes } = await load('bad.routes.yml');
    expect(routes).toEqual([
      { match: { service: 'pay*' }, channel: 'default', priority: 'P0' },
      { match: { service: 'pay*' }, channel: 'default' },
      { match: { service: 'a' }, channel: 'default' },
      { match: { service: 'a' }, channel: 'default' },
      { match: { service: '{a,b}' }, channel: 'default' },
    ]);
  });

  it('bad.values.yml: what is right in a list is used', async () => {
    const config = await load('bad.values.yml');
    expect(config).toMatchObject({
      mentions: { P0: { everyone: true }, P1: { roles: ['200000000000000001'] }, P2: { here: true } },
      redact: { paths: ['ok.path'], pii: true },
    });
  });

  it('is tested with every file there is', async () => {
    const files = (await readdir(DIR)).filter((name) => name.startsWith('bad.'));
    expect(files.sort()).toEqual(Object.keys(BAD).sort());
  });

  it('shows no token of a file', async () => {
    for (const file of Object.keys(BAD)) {
      const tokens = (await readFile(`${DIR}${file}`, 'utf8')).match(/[\w-]{60,}/g) ?? [];
      const shown = JSON.stringify(await load(file));
      for (const token of tokens) expect(shown).not.toContain(token);
    }
  });
});
