import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/sandbox/view.ts';
import {
  expectGoodConduct,
  nodeForOtel3,
  ORANGE,
  ownFrames,
  type Running,
  readExample,
  SECRET,
  startExample,
  YELLOW,
} from './example.ts';

/** Nothing listens there. */
const DATABASE_URL = `postgres://app:${SECRET}@127.0.0.1:1/app`;
/** Includes fetching another Node, the first time. */
const SLOW_MS = 120_000;

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

async function start(name: string, options: Parameters<typeof startExample>[1]): Promise<Running> {
  const running = await startExample(readExample(name), options);
  cleanUp.push(() => running.stop());
  return running;
}

/** Executes the README's curl lines, one after the other. */
async function curl(name: string, running: Running): Promise<string[]> {
  const answers: string[] = [];
  for (const line of readExample(name).lines.filter((each) => each.startsWith('curl ')))
    answers.push(await running.run(line));
  return answers;
}

/** A page of a P1: its title, its sound and colour, and where the error comes from. */
function expectP1(message: MessageView | undefined, title: RegExp, frames: RegExp): void {
  expect(message).toMatchObject({ tone: 'P1', notified: 'push', pinged: false });
  expect(message?.content).toMatch(/^🟠 P1 /);
  expect(message?.embeds[0]).toMatchObject({ color: ORANGE, title: expect.stringMatching(title) });
  expect(ownFrames(message)).toMatch(frames);
}

const fieldsOf = (message: MessageView | undefined): unknown =>
  Object.fromEntries(message?.embeds[0]?.fields?.map(({ name, value }) => [name, value]) ?? []);
const byTitle = (messages: readonly MessageView[], part: string): MessageView | undefined =>
  messages.find(({ embeds }) => embeds[0]?.title?.includes(part));
const withoutColors = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

/** A collector: notes what it is sent, and takes everything. */
async function startCollector(): Promise<{ url: string; received: Map<string, string> }> {
  const received = new Map<string, string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('latin1')) body += chunk;
    received.set(request.url ?? '', (received.get(request.url ?? '') ?? '') + body);
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

describe('express-otel', () => {
  it('gives one page for every failing request, and everything to the collector', { timeout: SLOW_MS }, async () => {
    const collector = await startCollector();
    const running = await start('express-otel', {
      env: { DATABASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    expect(await curl('express-otel', running)).toEqual([
      '{"name":"Teapot","price":24}',
      '{"error":"internal error"}',
      '{"error":"internal error"}',
    ]);
    await running.messages(2);

    // At its end the SDK hands over the spans, too: they must not count a second time.
    expect(await running.stopApp()).toBe('the command ended with exit code 0');
    const messages = await running.messages(2);
    const typeError = byTitle(messages, 'TypeError');
    expectP1(
      typeError,
      /^TypeError: Cannot read properties of undefined \(reading 'amount'\)$/,
      /server\.js:\d+:\d+\)?\n/,
    );
    expect(typeError?.embeds[0]?.description).toContain('GET /products/:id failed');
    expect(fieldsOf(typeError)).toMatchObject({ Service: 'orders', Environment: 'production' });
    const order = byTitle(messages, 'order of 1');
    expectP1(order, /^Error: order of 1 was not saved to .*\[REDACTED\]@127\.0\.0\.1:1/, /at saveOrder .*server\.js:/);
    expect(order?.embeds[0]?.description).toContain('Caused by: Error: connect ECONNREFUSED');

    // The button leads to the trace that the application's own log line names.
    const traceIds = [...running.stdout().matchAll(/"level":50,.*"trace_id":"([0-9a-f]{32})"/g)].map(([, id]) => id);
    expect(traceIds).toHaveLength(2);
    for (const id of traceIds) expect(JSON.stringify(messages.map(({ components }) => components))).toContain(id);

    expect(collector.received.get('/v1/logs')).toContain('GET /products/:id failed');
    expect(collector.received.get('/v1/logs')).toContain('orders is listening');
    expect(collector.received.get('/v1/traces')).toContain('GET /products/:id');
    await expectGoodConduct(running);
    expect(running.appStderr()).toBe('');
    expect(await running.stop()).toBe(0);
  });
});

describe('otel-3', () => {
  it('gives one page for a failing request, and everything to the collector', { timeout: SLOW_MS }, async () => {
    const collector = await startCollector();
    const running = await start('otel-3', {
      nodeDir: await nodeForOtel3(),
      env: {
        BANK_URL: `http://127.0.0.1:1/transfers?api_key=${SECRET}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      },
    });
    expect(await curl('otel-3', running)).toEqual(['{"ok":true}', '{"error":"internal error"}']);
    await running.messages(1);

    expect(await running.stopApp()).toBe('the command ended with exit code 0');
    const [page] = await running.messages(1);
    expectP1(page, /^Error: payout po_17 was not accepted by .*\[REDACTED\]/, /at transfer .*server\.js:\d+/);
    expect(page?.embeds[0]?.description).toContain('POST /payouts failed');
    expect(fieldsOf(page)).toMatchObject({ Service: 'billing', Environment: 'production', Logger: 'billing' });
    expect(JSON.stringify(page?.components)).toMatch(/https:\/\/tempo\.example\.com\/trace\/[0-9a-f]{32}"/);
    expect(collector.received.get('/v1/logs')).toContain('POST /payouts failed');
    expect(collector.received.get('/v1/traces')).toContain('POST');
    await expectGoodConduct(running);
    expect(running.appStderr()).toBe('');
    expect(await running.stop()).toBe(0);
  });
});

describe('fastify-pino', () => {
  it('pages from the second target, and keeps the first', { timeout: SLOW_MS }, async () => {
    const running = await start('fastify-pino', { env: { DATABASE_URL } });
    expect(await curl('fastify-pino', running)).toEqual([
      '{"name":"Lake view","beds":2}',
      '{"error":"internal error"}',
      '{"error":"internal error"}',
    ]);
    const messages = await running.messages(3);
    const typeError = byTitle(messages, 'TypeError');
    expectP1(typeError, /^TypeError: Cannot read properties of null \(reading 'name'\)$/, /server\.js:\d+:\d+\)\n/);
    expect(typeError?.embeds[0]?.description).toContain('GET /rooms/:id failed');
    expect(fieldsOf(typeError)).toMatchObject({ Service: 'bookings', Environment: 'production' });
    expectP1(byTitle(messages, 'booking of room'), /\[REDACTED\]@127\.0\.0\.1:1/, /at saveBooking .*server\.js:/);
    expect(byTitle(messages, 'unusually long booking')).toMatchObject({
      tone: 'P2',
      notified: 'silent',
      content: '',
      embeds: [{ color: YELLOW }],
    });
    expect(running.stdout()).toContain('"msg":"GET /rooms/:id failed"');

    expect(await running.stopApp()).toBe('the command ended with exit code 0');
    expect(running.stdout()).toContain('"msg":"closing"');
    await running.messages(3);
    await expectGoodConduct(running);
    expect(running.appStderr()).toBe('');
    expect(await running.stop()).toBe(0);
  });
});

describe('nest', () => {
  it('pages what is not the client’s fault, and leaves the rest to Nest', { timeout: SLOW_MS }, async () => {
    const running = await start('nest', { env: { DATABASE_URL } });
    const [found, missing, failed] = await curl('nest', running);
    expect(found).toBe('{"id":"1","subject":"The lift is stuck"}');
    expect(missing).toContain('"statusCode":404');
    expect(failed).toBe('{"statusCode":500,"message":"Internal server error"}');
    await running.messages(1);
    const port = await running.appPort();
    const post = (body: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await post('{}')).status).toBe(400);
    expect((await post('{"subj')).status).toBe(400);
    expect((await post(JSON.stringify('x'.repeat(200_000)))).status).toBe(413);

    // Nest sends itself the signal that ended it, once it has closed everything.
    expect(await running.stopApp()).toBe('the command was ended by SIGTERM');
    const [page] = await running.messages(1);
    expectP1(
      page,
      /^Error: ticket "Door jams" was not saved to .*\[REDACTED\]@127\.0\.0\.1:1/,
      /at TicketsService\.create .*src\/tickets\.service\.ts:\d+:\d+\)\nat async TicketsController\.create .*src\//,
    );
    expect(page?.embeds[0]?.description).toContain('POST /tickets failed');
    expect(page?.embeds[0]?.description).toContain('Caused by: Error: connect ECONNREFUSED');
    expect(fieldsOf(page)).toMatchObject({ Service: 'tickets', Environment: 'production' });
    await expectGoodConduct(running);
    // Nest logs errors there; the failing request and nothing else.
    const errors = withoutColors(running.appStderr());
    expect(errors.match(/\[Nest\]/g)).toHaveLength(1);
    expect(errors).toMatch(/ERROR \[ExceptionsHandler\] Error: ticket "Door jams" was not saved/);
    expect(await running.stop()).toBe(0);
  });
});
