import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebhookUrl } from '../../src/config/webhook-url.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { get, post, remove, v10 } from './calls.ts';

let discord: DiscordEmulator;
let url: string;

beforeEach(async () => {
  discord = await startDiscordEmulator();
  url = v10(discord.webhookUrl('alerts'));
});
afterEach(() => discord.close());

const hello = { content: 'x', allowed_mentions: { parse: [] } };

test('its URLs are webhook URLs to the pager', () => {
  const parsed = WebhookUrl.parse(discord.webhookUrl('alerts'));
  expect(parsed).toMatchObject({ ok: true, url: { apiBase: discord.apiBaseUrl, isLoopback: true } });
});

test('two emulators of a process hand out different webhooks', async () => {
  const other = await startDiscordEmulator();
  expect(new URL(other.webhookUrl('alerts')).pathname).not.toBe(new URL(discord.webhookUrl('alerts')).pathname);
  await other.close();
});

test('keeps only so many bytes of files: the oldest message goes first, the newest stays', async () => {
  await discord.close();
  discord = await startDiscordEmulator({ maxFileBytes: 250, bucket: { limit: 50, windowMs: 1_000 } });
  url = v10(discord.webhookUrl('alerts'));
  const postFile = async (name: string, bytes: number): Promise<string> => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ ...hello, content: name }));
    form.set('files[0]', new Blob(['x'.repeat(bytes)]), `${name}.txt`);
    return (await post(`${url}?wait=true`, form)).body.id;
  };
  const contents = (): string[] => discord.messages().map(({ content }) => content);
  await postFile('one', 100);
  await post(url, { ...hello, content: 'without' });
  const second = await postFile('two', 100);
  expect(contents()).toEqual(['one', 'without', 'two']);
  await postFile('three', 100);
  expect(contents()).toEqual(['without', 'two', 'three']);
  await remove(`${url}/messages/${second}`);
  await postFile('four', 140);
  expect(contents()).toEqual(['without', 'three', 'four']);
  await postFile('huge', 1_000);
  expect(contents()).toEqual(['huge']);
  discord.clear();
  await postFile('again', 200);
  expect(contents()).toEqual(['again']);
});

describe('waiting', () => {
  test('ends with the message that was missing', async () => {
    const waiting = discord.waitForMessages(2);
    await post(url, hello);
    await post(url, { ...hello, content: 'second' });
    expect((await waiting).map((one) => one.content)).toEqual(['x', 'second']);
  });

  test('looks again at every edit, and at once at what is there', async () => {
    const { body } = await post(`${url}?wait=true`, hello);
    const waiting = discord.waitForMessages((messages) => messages[0]?.content === 'y');
    await fetch(`${url}/messages/${body.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"content":"y"}',
    });
    await waiting;
    expect(await discord.waitForMessages(1, 0)).toHaveLength(1);
    expect(await discord.waitForRequests(2)).toMatchObject([{ status: 200 }, { kind: 'message_edit' }]);
  });

  test('in vain says what is there instead', async () => {
    await post(url, { ...hello, content: 'disk full' });
    await expect(discord.waitForMessages(2, 1)).rejects.toThrow('Messages there: 1, the last:\n#alerts: disk full');
  });

  test('ends when the emulator closes', async () => {
    const waiting = discord.waitForMessages(1);
    const outcome = expect(waiting).rejects.toThrow('The emulator was closed.');
    await discord.close();
    await outcome;
  });

  test('a predicate that throws fails the wait, not the server', async () => {
    await expect(
      discord.waitForMessages(() => {
        throw new Error('my mistake');
      }),
    ).rejects.toThrow('my mistake');
  });
});

describe('listening', () => {
  test('to messages, edits, deletions and requests, until told to stop', async () => {
    const seen: string[] = [];
    discord.on('message', (message) => seen.push(`message ${message.content}`));
    discord.on('edit', (message) => seen.push(`edit ${message.content}`));
    discord.on('delete', (message) => seen.push(`delete ${message.content}`));
    const stop = discord.on('request', (request) => seen.push(`${request.method} ${request.status}`));
    const { body } = await post(`${url}?wait=true`, hello);
    const path = `${url}/messages/${body.id}`;
    await fetch(path, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"content":"y"}' });
    stop();
    await fetch(path, { method: 'DELETE' });
    expect(seen).toEqual(['message x', 'POST 200', 'edit y', 'PATCH 200', 'delete y']);
  });

  test('a snapshot does not change afterwards', async () => {
    const { body } = await post(`${url}?wait=true`, hello);
    const [before] = discord.messages();
    await fetch(`${url}/messages/${body.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"content":"y"}',
    });
    expect(before).toMatchObject({ content: 'x', versions: [], requests: [1] });
  });
});

describe('ending', () => {
  test('is prompt with idle, hanging and half-sent connections, and can be repeated', async () => {
    const { port } = new URL(discord.url);
    await get(url);
    discord.fault({ kind: 'hang' });
    const hanging = post(url, hello).catch(() => 'cut');
    await discord.waitForRequests(2);
    const half = connect(Number(port), '127.0.0.1');
    half.on('error', () => {});
    half.write('POST /api/v10/webhooks/1/t HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const closed = new Promise((resolve) => half.once('close', resolve));
    const started = performance.now();
    await Promise.all([discord.close(), discord.close()]);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await hanging).toBe('cut');
    await closed;
  });

  test('leaves no server behind, though an answer was still due', async () => {
    const servers = (): number => process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap').length;
    const before = servers();
    const other = await startDiscordEmulator({ latencyMs: 60_000 });
    const pending = post(v10(other.webhookUrl('alerts')), hello).catch(() => 'cut');
    await other.waitForMessages(1);
    expect(servers()).toBe(before + 1);
    await other.close();
    expect(await pending).toBe('cut');
    expect(servers()).toBe(before);
  });

  test('leaves no timer of a wait behind', async () => {
    const other = await startDiscordEmulator();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const waiting = other.waitForMessages(1, 60_000).catch(() => 'closed');
      expect(vi.getTimerCount()).toBe(1);
      await other.close();
      expect([await waiting, vi.getTimerCount()]).toEqual(['closed', 0]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what no client should send', () => {
  /** Sends bytes and gives back what comes before the connection ends. */
  const raw = (bytes: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(discord.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
      socket.write(bytes);
    });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['a strange target', 'GET // HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n\r\n', '404'],
    [
      'a full URL as the target',
      'GET http://discord.com/api/v10/x HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n\r\n',
      '404',
    ],
    [
      'a target that cannot be decoded',
      'GET /api/v10/%E0%A4%A HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n\r\n',
      '404',
    ],
    ['HEAD', 'HEAD /api/v10/users/@me HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n\r\n', '405'],
  ])('%s is answered, and the next request too', async (_what, bytes, status) => {
    expect(await raw(bytes)).toContain(`HTTP/1.1 ${status}`);
    expect((await post(url, hello)).status).toBe(204);
  });

  test('a client that goes away in the middle of its body is logged as cut', async () => {
    const path = new URL(url).pathname;
    const socket = connect(Number(new URL(discord.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nContent-Length: 100\r\n\r\n{`, () =>
      socket.destroy(),
    );
    const [request] = await discord.waitForRequests(1);
    expect(request).toMatchObject({ outcome: 'cut', status: undefined });
    expect(discord.messages()).toEqual([]);
  });

  test('JSON nested deeper than any stack is answered', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"content":"x","poll":{"a":${deep}}}`,
    });
    expect(answer.status).toBe(400);
  });
});

test('keeps the newest messages and requests when there are too many', async () => {
  await discord.close();
  discord = await startDiscordEmulator({ maxMessages: 2, maxRequests: 3 });
  url = v10(discord.webhookUrl('alerts'));
  for (const content of ['a', 'b', 'c', 'd']) await post(url, { ...hello, content });
  expect(discord.messages().map((one) => one.content)).toEqual(['c', 'd']);
  expect(discord.requests().map((one) => one.seq)).toEqual([2, 3, 4]);
});

test('pages beside the API have the first look', async () => {
  await discord.close();
  discord = await startDiscordEmulator({
    pages: (request, response) => {
      if (request.url !== '/') return false;
      response.end('timeline');
      return true;
    },
  });
  expect((await get(`${discord.url}/`)).body).toBe('timeline');
  expect((await get(`${discord.url}/x`)).status).toBe(404);
  expect(discord.requests()).toHaveLength(1);
});
