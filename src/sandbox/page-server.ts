import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import { toRequestDetail, toStateView } from './message-view.ts';
import type { Switches } from './switches.ts';
import type { TimelineFeed } from './timeline-feed.ts';
import { isOwnOrigin, isTrustedHost } from './trusted-host.ts';
import type { MessageHistory } from './view.ts';

/** What the pages are made of. */
export interface PageServerDeps {
  readonly discord: DiscordEmulator;
  readonly feed: TimelineFeed;
  readonly switches: Switches;
  /** Folder of the built page. */
  readonly pageDir: URL;
  /** A host name that is trusted besides the machine's own: the one it was told to listen on. */
  readonly ownHost: string;
  readonly clear: () => void;
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/_sandbox/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/_sandbox/page.css': ['page.css', 'text/css; charset=utf-8'],
};

const HEADERS = {
  // Nothing from anywhere else, no inline code: what applications wrote into their errors is shown on this page.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** A switch's order is a few words. */
const MAX_BODY_BYTES = 10_000;

/**
 * Answers `/` and `/_sandbox/…`: the page, its stream, what is behind a message, and the switches. Gives false for everything else,
 * which is Discord's.
 *
 * Only somebody who reached this server by the machine's own name or address is answered, and only its own page may switch
 * anything: a foreign page in the same browser can do neither.
 */
export function createPageServer(
  deps: PageServerDeps,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path !== '/' && path !== '/favicon.ico' && !path.startsWith('/_sandbox/')) return false;
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    response.on('error', () => response.destroy());
    if (!isTrustedHost(request.headers.host, deps.ownHost)) {
      text(response, 403, 'Open the sandbox under localhost or an IP address, or start it with --host and this name.');
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      answerGet(path, response, deps);
    } else if (!isOwnOrigin(request.headers.origin, request.headers.host)) {
      text(response, 403, 'Only the page of this sandbox may change anything.');
    } else {
      void answerChange(request, path, response, deps);
    }
    return true;
  };
}

function answerGet(path: string, response: ServerResponse, deps: PageServerDeps): void {
  const { discord, feed } = deps;
  const file = FILES[path];
  const [, , what = '', id = '', rest = ''] = path.split('/');
  if (file !== undefined) sendFile(response, new URL(file[0], deps.pageDir), file[1]);
  else if (path === '/_sandbox/events') feed.attach(response);
  else if (path === '/_sandbox/state') json(response, feed.snapshot());
  else if (what === 'messages' && id !== '') sendHistory(response, id, discord);
  else if (what === 'requests' && id !== '') sendRequest(response, Number(id), discord);
  else if (what === 'files' && rest !== '') sendAttachment(response, id, rest, discord);
  else text(response, 404, 'There is no such page.');
}

function sendFile(response: ServerResponse, file: URL, type: string): void {
  const stream = createReadStream(fileURLToPath(file));
  stream.once('open', () => {
    response.writeHead(200, { 'Content-Type': type });
    stream.pipe(response);
  });
  stream.once('error', () => {
    if (response.headersSent) response.destroy();
    else text(response, 500, 'A file of the page is missing: the package was not installed, or not built, completely.');
  });
}

function sendHistory(response: ServerResponse, id: string, discord: DiscordEmulator): void {
  const message = discord.messages().find((one) => one.id === id);
  if (message === undefined) {
    text(response, 404, 'This message is no longer there.');
    return;
  }
  const seqs = new Set(message.requests);
  const history: MessageHistory = {
    versions: message.versions.map(toStateView),
    requests: discord
      .requests()
      .filter(({ seq, messageId }) => seqs.has(seq) || messageId === id)
      .map((request) => toRequestDetail(request, message.channelId)),
  };
  json(response, history);
}

function sendRequest(response: ServerResponse, seq: number, discord: DiscordEmulator): void {
  const request = discord.requests().find((one) => one.seq === seq);
  if (request === undefined) {
    text(response, 404, 'This request is no longer in the log.');
    return;
  }
  const channel = discord.channels().find(({ name }) => name === request.channel);
  json(response, toRequestDetail(request, channel?.id));
}

/** Always plain text to be saved, whatever the file calls itself. */
function sendAttachment(response: ServerResponse, messageId: string, fileId: string, discord: DiscordEmulator): void {
  const message = discord.messages().find(({ id }) => id === messageId);
  const file = [...(message?.versions ?? []), ...(message === undefined ? [] : [message])]
    .flatMap(({ attachments }) => attachments)
    .find(({ id }) => id === fileId);
  if (file === undefined) {
    text(response, 404, 'This file is no longer there.');
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
  });
  response.end(file.text);
}

async function answerChange(
  request: IncomingMessage,
  path: string,
  response: ServerResponse,
  { clear, feed, switches }: PageServerDeps,
): Promise<void> {
  const order = await readJson(request);
  const [, , what = '', id = ''] = path.split('/');
  if (request.method === 'POST' && path === '/_sandbox/clear') {
    clear();
    feed.restart();
    response.writeHead(204).end();
  } else if (request.method === 'PUT' && what === 'switches') {
    if (!switches.set(id, order?.['on'] === true, textOf(order?.['channelId']))) {
      text(response, 400, 'There is no such switch, or it needs a channel.');
      return;
    }
    feed.switched();
    json(response, switches.list());
  } else text(response, 404, 'There is nothing to change here.');
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
  let body = '';
  try {
    for await (const chunk of request.setEncoding('utf8')) {
      body += chunk;
      if (body.length > MAX_BODY_BYTES) return undefined;
    }
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

function text(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${line}\n`);
}
