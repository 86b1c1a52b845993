import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { diag } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createPager, type PagerOptions } from '../../src/index.ts';
import { systemFiles } from '../../src/state/files.ts';
import { runHere } from '../cli/run-command.ts';
import { assemble, WEBHOOK_ID } from '../support/assembled-pager.ts';
import { filesUnder } from '../support/files-under.ts';
import { drawn, traceIn } from '../support/planted-secrets.ts';
import { PASTED } from '../support/settings-with-secrets.ts';
import { openStores } from '../support/stores.ts';

const TOKEN = drawn('alnum', 68, 401);
const BOT_TOKEN = `M${drawn('alnum', 23, 402)}.${drawn('alnum', 6, 402)}.${drawn('alnum', 38, 402)}`;
const IN_TEXT = `gh${'p_'}${drawn('alnum', 36, 403)}`;
const PASSWORD = drawn('alnum', 16, 404);
const PROXY_PASSWORD = drawn('alnum', 20, 405);
const KNOWN = drawn('letters', 24, 406);
const HIDDEN = [TOKEN, BOT_TOKEN, IN_TEXT, PASSWORD, PROXY_PASSWORD, KNOWN];
const PAGE = {
  title: `refused: ${IN_TEXT}`,
  message: `postgres://app:${PASSWORD}@db.internal/shop, and ${KNOWN}`,
  error: Object.assign(new Error(`no access with ${IN_TEXT}`), { password: PASSWORD }),
  priority: 'P0',
} as const;

const root = mkdtempSync(join(tmpdir(), 'pager-errors-'));
let said: string[] = [];
const hear = (...words: unknown[]): void => {
  said.push(words.join(' '));
};
beforeAll(async () => {
  diag.setLogger({ error: hear, warn: hear, info: hear, debug: hear, verbose: hear });
  await Promise.all([import('../../src/pager-runtime.ts'), import('undici')]);
});
afterAll(() => {
  diag.disable();
  rmSync(root, { recursive: true, force: true });
});

let server: Server;
let answer: (request: IncomingMessage, body: string, response: ServerResponse) => void;
let requested: string[];
let port: number;
beforeEach(async () => {
  said = [];
  requested = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      requested.push(request.url ?? '');
      answer(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

let states = 0;

function expectNothingShown(...texts: string[]): void {
  expect(traceIn([...texts, ...said].join('\n'), HIDDEN)).toBeUndefined();
}

/** Pages, and looks at everything that was said and left. */
async function pageInto(webhook: string, options: PagerOptions = {}): Promise<string> {
  const stateDir = join(root, `state-${++states}`);
  const pager = createPager({
    stateDir,
    bootCheck: 'probe',
    enabled: true,
    redactValuesOf: ['KNOWN'],
    webhooks: { default: webhook },
    botToken: BOT_TOKEN,
    ...options,
    env: { KNOWN, ...options.env },
  });
  const ready = await pager.flush({ timeoutMs: 300 });
  pager.page(PAGE);
  const flushed = await pager.flush({ timeoutMs: 300 });
  const shown = inspect([pager, pager.stats(), ready, flushed], { depth: 12, showHidden: true });
  await pager.shutdown();
  expectNothingShown(shown, JSON.stringify(pager.stats()), filesUnder(stateDir));
  return [shown, ...said].join('\n');
}

/** The same by commands. */
async function commandsInto(webhook: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const env = {
    DISCORD_PAGER_WEBHOOK_URL: webhook,
    DISCORD_PAGER_BOT_TOKEN: BOT_TOKEN,
    DISCORD_PAGER_REDACT_VALUES_OF: 'KNOWN',
    KNOWN,
    DISCORD_PAGER_STATE_DIR: join(root, `state-${++states}`),
    ...more,
  };
  const texts: string[] = [];
  for (const args of [
    ['doctor'],
    ['doctor', '--post', '--json'],
    ['send', '--title', PAGE.title, '--message', PAGE.message, '--dedup-key', 'one', '--timeout', '400ms'],
    ['spool', 'list'],
    ['spool', 'list', '--json'],
    ['spool', 'drain', '--timeout', '200ms'],
  ]) {
    const { stdout, stderr } = await runHere(args, { env });
    expectNothingShown(stdout, stderr, filesUnder(env.DISCORD_PAGER_STATE_DIR));
    texts.push(stdout, stderr);
  }
  return texts.join('\n');
}

const webhook = (base = `http://127.0.0.1:${port}`): string => `${base}/api/webhooks/123456789012345678/${TOKEN}`;

describe('Discord answers with what it was sent', () => {
  type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;
  const json = (status: number, make: (echo: string) => object, headers: Record<string, string> = {}): Answer => {
    return (request, body, response) => {
      const echo = `${request.url} ${request.headers.authorization} ${body}`;
      response.writeHead(status, { 'content-type': 'application/json', via: '1.1 google', ...headers });
      response.end(JSON.stringify(make(echo)));
    };
  };
  const text = (status: number, headers: Record<string, string> = {}): Answer => {
    return (request, body, response) => {
      response.writeHead(status, { 'content-type': 'text/html', ...headers });
      response.end(`<html>${request.url} ${request.headers.authorization} ${body}</html>`);
    };
  };
  const rates = (value: string): Record<string, string> =>
    Object.fromEntries(
      ['retry-after', 'x-ratelimit-scope', 'x-ratelimit-bucket', 'x-ratelimit-reset-after', 'x-ratelimit-limit'].map(
        (name) => [name, value],
      ),
    );

  test.each<[string, Answer]>([
    ['400 of a form', json(400, (e) => ({ message: e, code: 50035, errors: { [e]: { _errors: [{ message: e }] } } }))],
    ['400 as text', text(400)],
    ['400 of an old version', json(400, (e) => ({ embeds: [e], _misc: [e] }))],
    ['401', json(401, (e) => ({ message: e, code: 50027 }))],
    ['403 of the API', json(403, (e) => ({ message: e, code: 50013 }))],
    ['403 of the edge', text(403)],
    ['404', json(404, (e) => ({ message: e, code: 10015 }))],
    ['404 as text', text(404)],
    ['405', text(405)],
    ['413', json(413, (e) => ({ message: e, code: 40005 }))],
    ['429', json(429, (e) => ({ message: e, retry_after: 3_600, global: false }))],
    ['429 with words for numbers', json(429, (e) => ({ message: e, retry_after: e, global: e }), rates(TOKEN))],
    ['429 as text', text(429, rates(TOKEN))],
    ['500', json(500, (e) => ({ message: e, code: 0 }))],
    ['502 as text', text(502)],
    ['a filter', json(400, (e) => ({ message: e, code: 200000 }))],
    ['success with other ids', json(200, (e) => ({ id: TOKEN, channel_id: e, name: e, guild_id: TOKEN, embeds: [e] }))],
    ['success that is none', text(200)],
    ['a redirect', text(302, { location: `http://127.0.0.1:9/${TOKEN}/${IN_TEXT}` })],
    ['a redirect for good', text(308, { location: `/elsewhere/${TOKEN}` })],
  ])('%s', async (_what, given) => {
    answer = given;
    await pageInto(webhook());
    await commandsInto(webhook());
    expect(requested.length).toBeGreaterThan(2);
    // Nobody is led elsewhere.
    expect(requested.filter((url) => !url.startsWith('/api/v10/'))).toEqual([]);
  });
});

describe('the network fails', () => {
  const ended = (request: IncomingMessage): void => void request.socket.destroy();

  test.each<[string, () => { readonly base?: string; readonly env?: Record<string, string>; readonly says: RegExp }]>([
    ['nobody listens', () => ({ base: 'http://127.0.0.1:9', says: /ECONNREFUSED/ })],
    ['the connection breaks', () => ({ says: /UND_ERR_SOCKET|ECONNRESET|connection failed/ })],
    ['the name is unknown', () => ({ base: 'http://pager.invalid', says: /ENOTFOUND|EAI_AGAIN|no answer/ })],
    ['TLS meets a server without it', () => ({ base: `https://127.0.0.1:${port}`, says: /ERR_SSL|EPROTO|failed/ })],
    [
      'nobody listens at the proxy',
      () => ({
        base: 'https://discord.com',
        env: { HTTPS_PROXY: `http://ann:${PROXY_PASSWORD}@127.0.0.1:9` },
        says: /ECONNREFUSED/,
      }),
    ],
    [
      'the proxy refuses',
      () => ({
        base: 'https://discord.com',
        env: { HTTPS_PROXY: `http://ann:${PROXY_PASSWORD}@127.0.0.1:${port}` },
        says: /UND_ERR|could not be asked/,
      }),
    ],
    [
      'the proxy is none',
      () => ({ env: { HTTPS_PROXY: `ann:${PROXY_PASSWORD}@proxy` }, says: /HTTPS_PROXY: found a text that is not/ }),
    ],
  ])('%s', async (_what, make) => {
    answer = ended;
    server.on('connect', (request, socket) => {
      socket.end(`HTTP/1.1 407 No\r\n\r\n${request.headers['proxy-authorization']} ${PROXY_PASSWORD}`);
    });
    const { base, env = {}, says } = make();
    // A name that is not Discord's is allowed where it is the API's.
    const isForeign = base?.includes('.invalid') === true;
    const url = isForeign ? webhook('https://discord.com') : webhook(base);
    const api = isForeign ? `${base}/api/v10` : undefined;
    await pageInto(url, { env, ...(api === undefined ? {} : { apiBaseUrl: api }) });
    const shown = await commandsInto(url, {
      ...env,
      ...(api === undefined ? {} : { DISCORD_PAGER_API_BASE_URL: api }),
    });
    expect(shown).toMatch(says);
  });
});

describe('the disk fails', () => {
  it.each(['ENOSPC', 'EROFS', 'EIO', 'EACCES'])('%s', async (code) => {
    const fault = Object.assign(new Error(`${code}: ${IN_TEXT}, ${TOKEN}`), { code, path: `/x/${PASSWORD}` });
    const files = new Proxy(systemFiles, {
      get(target, name: keyof typeof systemFiles) {
        if (name === 'append' || name === 'replace' || name === 'createExclusive') return () => Promise.reject(fault);
        if (name !== 'appendSync') return target[name];
        return () => {
          throw fault;
        };
      },
    });
    const directory = join(root, `full-${code}`);
    mkdirSync(directory);
    const stores = openStores(directory);
    const sound = await stores.open({ webhookIds: [WEBHOOK_ID] });
    await sound.close();
    const opened = await stores.open({ webhookIds: [WEBHOOK_ID], files }).catch((error: unknown) => error);
    if (opened instanceof Error) return expect(inspect(opened)).toBe(inspect(fault));
    const { core, send, warnings, clock } = await assemble({}, { clock: stores.clock, store: opened as never });
    send({ message: PAGE.message, title: PAGE.title, dedupKey: 'x' });
    await clock.advance(5_000);
    await core.stop();
    expectNothingShown(warnings.join('\n'), filesUnder(directory));
  });

  it.each<[string, (path: string) => void]>([
    ['is a file', (path) => writeFileSync(path, '')],
    ['is a link', (path) => symlinkSync(mkdtempSync(join(root, 'linked-')), path)],
  ])('the state directory %s, and its name is a secret', async (_how, make) => {
    const directory = join(root, IN_TEXT);
    rmSync(directory, { force: true });
    make(directory);
    answer = (_request, _body, response) => void response.writeHead(204).end();
    await pageInto(webhook(), { stateDir: directory });
    await commandsInto(webhook(), { DISCORD_PAGER_STATE_DIR: directory });
  });
});

describe('a command is called wrongly', () => {
  test.each(PASTED)('with %s', async (_what, secret) => {
    const compact = secret.replaceAll(' ', '-');
    const rows: readonly (readonly string[])[] = [
      [secret],
      [`--${compact}`],
      ['send', secret],
      ['send', `--${compact}`, 'x'],
      ['send', `-p${compact}`],
      ['send', `--titel=${secret}`],
      ['send', '--title', 'x', '--priority', secret],
      ['send', '--title', 'x', '--channel', `${secret}!`],
      ['send', '--title', 'x', '--field', secret],
      ['send', '--title', 'x', '--field', `=${secret}`],
      ['send', '--title', 'x', '--url', secret],
      ['send', '--title', 'x', '--timeout', secret],
      ['send', '--title', 'x', '--webhook', secret],
      ['send', '--title', 'x', '--webhook', `https://example.com/${secret}`],
      ['send', '--title', 'x', '--webhook', `file:${secret}`],
      ['send', '--title', 'x', '--webhook', `env:${secret}`],
      ['send', '--title', 'x', '--webhook', `file:/run/secrets/${secret}`],
      [
        'send',
        '--title',
        'x',
        ...Array.from({ length: 26 }, (_, i) => ['--field', `${secret.slice(0, 12)}${i}=1`]).flat(),
      ],
      ['doctor', secret],
      ['doctor', `--${compact}`],
      ['render', `/var/log/${secret}`],
      ['render', 'x', secret],
      ['spool', secret],
      ['spool', 'drain', '--timeout', secret],
      ['sandbox', '--port', secret],
      ['sandbox', '--channel', `${secret}!`],
      ['sandbox', '--host', secret, '--port', '0'],
      ['sandbox', '--once', '--port', '0', '--', `TOKEN=${compact}`, 'node'],
      ['run', '--timeout', secret, '--', 'true'],
      ['run', `--${compact}`, '--', 'true'],
      ['run', '--', `TOKEN=${compact}`, 'node'],
      ['run', '--name', secret, '--', `/no/such/${compact}`],
    ];
    for (const args of rows) {
      const { code, stdout, stderr } = await runHere(args, { cwd: root });
      expect(code).not.toBe(0);
      const hidden = /:([^:@]+)@/.exec(secret)?.[1] ?? secret;
      expect([
        args.join(' '),
        traceIn(`${stdout}\n${stderr}`, hidden === secret ? [secret, compact] : [hidden]),
      ]).toEqual([args.join(' '), undefined]);
    }
  });
});

it('a supervised command that dies with secrets in its arguments and last lines', async () => {
  let bodies = '';
  answer = (_request, body, response) => {
    bodies += body;
    response
      .writeHead(200, { 'content-type': 'application/json', via: '1.1 google' })
      .end('{"id":"1","channel_id":"2"}');
  };
  const lines = ['{', `  "note": "${KNOWN}"`, '}', `password=${PASSWORD}`, `Authorization: Bearer ${IN_TEXT}`];
  const script = `for line in "$@"; do printf '%s\\n' "$line" >&2; done; exit 3`;
  const env = { DISCORD_PAGER_WEBHOOK_URL: webhook(), DISCORD_PAGER_REDACT_VALUES_OF: 'KNOWN', KNOWN };
  const command = ['sh', '-c', script, 'sh', ...lines, `--token=${PASSWORD}`];
  const { code, stdout, stderr } = await runHere(['run', '--name', `job ${IN_TEXT}`, '--', ...command], { env });
  expect(code).toBe(3);
  expect(bodies).toContain('exited with code 3');
  expect(bodies).toContain('Authorization: Bearer');
  // What the command itself says passes by, as it was.
  const ours = stderr.split('\n').filter((line) => line.startsWith('otel-discord-pager:'));
  expectNothingShown(bodies, stdout, ...ours);
});
