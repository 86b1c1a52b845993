import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { MessageHistory, RequestDetail, Snapshot, SwitchView } from '../../src/sandbox/view.ts';
import { patch, post, v10 } from '../discord-emulator/calls.ts';
import { ROOT } from '../support/child.ts';

const pageDir = pathToFileURL(join(ROOT, 'dist/sandbox/page/'));

let sandbox: Sandbox;
let webhook: string;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, channels: ['alerts', 'p0'], pageDir });
  webhook = v10(sandbox.environment['DISCORD_PAGER_WEBHOOK_URL'] ?? '');
});
afterEach(() => sandbox.close());

const hello = { content: '🔴 P0 shop · down @everyone', allowed_mentions: { parse: ['everyone'] } };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** As a browser or a program would ask, with headers that `fetch` does not let one set. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${sandbox.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const json = async <Value>(path: string): Promise<Value> => JSON.parse((await ask('GET', path)).text) as Value;
const state = (): Promise<Snapshot> => json('/_sandbox/state');
const setSwitch = (id: string, order: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask('PUT', `/_sandbox/switches/${id}`, { 'content-type': 'application/json', ...headers }, JSON.stringify(order));

describe('the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<title>Sandbox'],
    ['/_sandbox/page.js', 'text/javascript; charset=utf-8', 'EventSource'],
    ['/_sandbox/page.css', 'text/css; charset=utf-8', '--embed-color'],
  ])('%s is served from this machine alone', async (path, type, part) => {
    const { status, headers, text } = await ask('GET', path);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
    expect(text).toContain(part);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('says what is wrong where the built page is missing', async () => {
    const broken = await startSandbox({ port: 0, pageDir: pathToFileURL('/nowhere/') });
    const response = await fetch(broken.url);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('not built, completely');
    await broken.close();
  });

  it('leaves the rest to Discord', async () => {
    expect(JSON.parse((await ask('GET', '/api/v10/nothing', { 'user-agent': 'test/1' })).text)).toEqual({
      message: '404: Not Found',
      code: 0,
    });
  });

  it.each([
    '/_sandbox/nothing',
    '/_sandbox/messages/1',
    '/_sandbox/requests/99',
    '/_sandbox/files/1/2',
    '/favicon.ico',
  ])('knows no %s', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
  });
});

describe('what is there', () => {
  it('is told as JSON: channels with the line that leads to them, messages, requests, switches', async () => {
    await post(webhook, hello);
    const { channels, messages, requests, switches } = await state();
    expect(channels.map(({ name, connect }) => [name, connect])).toEqual([
      ['alerts', `export DISCORD_PAGER_WEBHOOK_URL=${sandbox.environment['DISCORD_PAGER_WEBHOOK_URL']}`],
      ['p0', `export DISCORD_PAGER_WEBHOOK_P0=${sandbox.environment['DISCORD_PAGER_WEBHOOK_P0']}`],
    ]);
    expect(messages).toMatchObject([
      { channelId: channels[0]?.id, content: hello.content, pinged: true, notified: 'push', preview: hello.content },
    ]);
    expect(requests).toMatchObject([{ seq: 1, method: 'POST', status: 204, channelId: channels[0]?.id, broken: [] }]);
    expect(switches.map(({ id, isOn }) => [id, isOn])).toEqual([
      ['outage', false],
      ['slow', false],
      ['rate_limited', false],
      ['edge_block', false],
      ['stored_then_cut', false],
      ['deleted_webhook', false],
    ]);
  });

  it('never holds the token of a webhook that the sandbox did not make', async () => {
    const token = 'R3al-t0ken_'.repeat(7).slice(0, 68);
    const url = `${sandbox.url}/api/v10/webhooks/123456789012345678/${token}`;
    await post(`${url}?wait=true`, hello);
    await post(`${url.slice(0, -1)}x`, hello);
    const { messages } = await state();
    const everything = await Promise.all(
      ['/_sandbox/state', `/_sandbox/messages/${messages[0]?.id}`, '/_sandbox/requests/1', '/_sandbox/requests/2'].map(
        async (path) => (await ask('GET', path)).text,
      ),
    );
    expect(everything.join()).toContain('/webhooks/123456789012345678/***');
    expect(everything.join()).not.toContain(token.slice(0, 12));
  });

  it('has every state and every request behind a message', async () => {
    const { body } = await post(`${webhook}?wait=true`, hello);
    await patch(`${webhook}/messages/${body.id}`, { content: 'quiet', allowed_mentions: { parse: [] } });
    await patch(`${webhook}/messages/${body.id}`, { content: 'x'.repeat(2_001), allowed_mentions: { parse: [] } });
    const { messages } = await state();
    expect(messages).toMatchObject([{ content: 'quiet', editCount: 1, lostMention: true }]);
    const history = await json<MessageHistory>(`/_sandbox/messages/${body.id}`);
    expect(history.versions).toMatchObject([{ content: hello.content, mentionsEveryone: true, editedAtMs: null }]);
    expect(history.requests.map(({ method, status, body: sent }) => [method, status, sent])).toEqual([
      ['POST', 200, hello],
      ['PATCH', 200, { content: 'quiet', allowed_mentions: { parse: [] } }],
      ['PATCH', 400, expect.anything()],
    ]);
    expect(history.requests[0]?.rateLimitHeaders).toMatchObject({ 'x-ratelimit-limit': '5' });
  });

  it('tells of a refused request what was refused, and which rule it broke', async () => {
    await post(webhook, { content: '', allowed_mentions: { parse: [] } });
    const request = await json<RequestDetail>('/_sandbox/requests/1');
    expect(request).toMatchObject({ status: 400, error: { code: 50006 }, body: { content: '' } });
    expect(request.broken).toEqual([expect.stringContaining('was refused')]);
  });

  it('gives attached files as text to be saved, whatever they call themselves', async () => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ ...hello, attachments: [{ id: 0, filename: 'a"b.html' }] }));
    form.set('files[0]', new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), 'a"b.html');
    const { body } = await post(`${webhook}?wait=true`, form);
    const [message] = (await state()).messages;
    const { headers, text } = await ask('GET', `/_sandbox/files/${body.id}/${message?.attachments[0]?.id}`);
    expect(text).toBe('<script>alert(1)</script>');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''a/);
  });
});

describe('who may ask', () => {
  const port = (): string => new URL(sandbox.url).port;

  it.each([
    ['localhost', 200],
    ['127.0.0.1', 200],
    ['[::1]', 200],
    ['192.168.1.20', 200],
    ['sandbox.localhost', 200],
    ['attacker.example', 403],
    ['localhost.attacker.example', 403],
  ])('under the name %j: %i', async (name, status) => {
    expect((await ask('GET', '/_sandbox/state', { host: `${name}:${port()}` })).status).toBe(status);
  });

  it('a foreign page can switch and clear nothing', async () => {
    const origin = 'https://attacker.example';
    expect((await setSwitch('outage', { on: true }, { origin })).status).toBe(403);
    expect((await ask('POST', '/_sandbox/clear', { origin })).status).toBe(403);
    expect((await state()).switches.some(({ isOn }) => isOn)).toBe(false);
  });

  it('its own page and a program can', async () => {
    expect((await setSwitch('outage', { on: true }, { origin: sandbox.url })).status).toBe(200);
    expect((await setSwitch('outage', { on: false })).status).toBe(200);
  });

  it.each(['', '{', '"x"', 'null', `{"on":${' '.repeat(20_000)}true}`])(
    'a body that says nothing: %.20j',
    async (body) => {
      const { status, text } = await ask('PUT', '/_sandbox/switches/outage', {}, body);
      expect({ status, isOn: (JSON.parse(text) as SwitchView[])[0]?.isOn }).toEqual({ status: 200, isOn: false });
    },
  );
});

it('clears everything but the channels', async () => {
  await post(webhook, hello);
  await setSwitch('slow', { on: true });
  expect((await ask('POST', '/_sandbox/clear')).status).toBe(204);
  expect(await state()).toMatchObject({ channels: [{ name: 'alerts' }, { name: 'p0' }], messages: [], requests: [] });
  expect((await state()).switches.some(({ isOn }) => isOn)).toBe(false);
});
