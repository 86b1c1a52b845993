import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Switches } from '../../src/sandbox/switches.ts';
import { TimelineFeed } from '../../src/sandbox/timeline-feed.ts';
import type { Changes, Snapshot } from '../../src/sandbox/view.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { patch, post, remove, v10 } from '../discord-emulator/calls.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';

let discord: DiscordEmulator;
let switches: Switches;
let feed: TimelineFeed;
let clock: ManualClock;
let url: string;
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  clock = new ManualClock();
  discord = await startDiscordEmulator();
  url = v10(discord.webhookUrl('alerts'));
  switches = new Switches(discord);
  feed = new TimelineFeed(discord, switches, clock, (channel) => (channel === 'alerts' ? 'export X=1' : undefined));
  server = createServer((_request, response) => feed.attach(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  feed.close();
  server.closeAllConnections();
  server.close();
  await discord.close();
});

const hello = { content: 'x', allowed_mentions: { parse: [] } };

interface ServerEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Reads the stream as a browser does. */
async function listen(): Promise<{ status: number; next: () => Promise<ServerEvent>; end: () => void }> {
  const left = new AbortController();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: left.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  return {
    status: response.status,
    async next() {
      for (;;) {
        const end = waiting.indexOf('\n\n');
        if (end >= 0) {
          const block = waiting.slice(0, end);
          waiting = waiting.slice(end + 2);
          const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
          return name === '' ? { name: block, data: undefined } : { name, data: JSON.parse(data) };
        }
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) throw new Error('the stream has ended');
        waiting += chunk.value;
      }
    },
    end: () => left.abort(),
  };
}

it('begins with all there is', async () => {
  await post(url, hello);
  const stream = await listen();
  const { name, data } = await stream.next();
  expect(name).toBe('snapshot');
  expect(data as Snapshot).toMatchObject({
    channels: [{ name: 'alerts', connect: 'export X=1' }],
    messages: [{ content: 'x' }],
    requests: [{ seq: 1, status: 204 }],
  });
  stream.end();
});

it('gathers what happens, and tells the newest state of each message once', async () => {
  const stream = await listen();
  await stream.next();
  const { body } = await post(`${url}?wait=true`, hello);
  await patch(`${url}/messages/${body.id}`, { content: 'y', allowed_mentions: { parse: [] } });
  await post(url, { ...hello, content: 'z' });
  await clock.advance(100);
  const { name, data } = await stream.next();
  expect(name).toBe('changes');
  expect(data as Changes).toMatchObject({
    messages: [
      { content: 'y', editCount: 1 },
      { content: 'z', editCount: 0 },
    ],
    requests: [{ method: 'POST' }, { method: 'PATCH' }, { method: 'POST' }],
  });
  stream.end();
});

it('tells of deleted messages, new channels and switched switches, and of them only when they change', async () => {
  const stream = await listen();
  await stream.next();
  const { body } = await post(`${url}?wait=true`, hello);
  await clock.advance(100);
  await stream.next();
  await remove(`${url}/messages/${body.id}`);
  await clock.advance(100);
  const deleted = (await stream.next()).data as Changes;
  expect(deleted).toMatchObject({ messages: [], deleted: [body.id] });
  expect(deleted).not.toHaveProperty('channels');
  expect(deleted).not.toHaveProperty('switches');
  await post(v10(discord.webhookUrl('p0')), hello);
  switches.set('outage', true, undefined);
  feed.switched();
  await clock.advance(100);
  const { data } = await stream.next();
  expect(data as Changes).toMatchObject({ channels: [{ name: 'alerts' }, { name: 'p0' }] });
  expect((data as Changes).switches?.[0]).toMatchObject({ id: 'outage', isOn: true });
  stream.end();
});

it('tells that a switch has turned itself off', async () => {
  switches.set('stored_then_cut', true, undefined);
  const stream = await listen();
  await stream.next();
  await post(url, hello).catch(() => undefined);
  await clock.advance(100);
  const changes = (await stream.next()).data as Changes;
  expect(changes.switches?.find(({ id }) => id === 'stored_then_cut')?.isOn).toBe(false);
  stream.end();
});

it('begins anew when everything was cleared', async () => {
  await post(url, hello);
  const stream = await listen();
  await stream.next();
  discord.clear();
  feed.restart();
  expect(await stream.next()).toMatchObject({ name: 'snapshot', data: { messages: [], requests: [] } });
  stream.end();
});

it('says now and then that it is still there', async () => {
  const stream = await listen();
  await stream.next();
  await clock.advance(20_000);
  expect((await stream.next()).name).toBe(': still here');
  stream.end();
});

it('keeps nothing for pages that are not there', async () => {
  for (let i = 0; i < 3; i++) await post(url, hello);
  await settle();
  // Nothing waits to be told but the beat.
  expect(clock.sleeping).toBe(1);
});

it('has room for fifty pages', async () => {
  const streams = await Promise.all(Array.from({ length: 50 }, listen));
  expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  const refused = await listen();
  expect(refused.status).toBe(503);
  streams[0]?.end();
  await expect.poll(async () => (await listen()).status).toBe(200);
  for (const stream of streams) stream.end();
});

it('ends with its server', async () => {
  const stream = await listen();
  await stream.next();
  feed.close();
  await expect(stream.next()).rejects.toThrow();
});
