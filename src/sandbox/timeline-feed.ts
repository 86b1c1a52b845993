import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import type { LoggedRequest } from '../discord-emulator/request-log.ts';
import { toMessageView, toRequestView } from './message-view.ts';
import type { Switches } from './switches.ts';
import type { Changes, ChannelView, Snapshot } from './view.ts';

/** Changes travel together this often; a storm of requests is no storm of events. */
const GATHER_MS = 80;
/** A connection over which nothing goes is asked this often whether it is still there. */
const BEAT_MS = 20_000;
/** What may wait for a reader that does not read; beyond it the connection ends, and its browser starts again with a snapshot. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** Requests of a snapshot; a page keeps no more. */
const MAX_REQUESTS = 500;
/** Most pages that can be open at a time. */
const MAX_READERS = 50;

/**
 * Tells every open page what happens, as server-sent events: first `snapshot`, then `changes` with the newest state of what has
 * changed. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class TimelineFeed {
  readonly #discord: DiscordEmulator;
  readonly #switches: Switches;
  readonly #clock: Clock;
  readonly #connectLine: (channel: string) => string | undefined;
  readonly #readers = new Set<ServerResponse>();
  readonly #closed = new AbortController();
  readonly #listening: readonly (() => void)[];
  #messages = new Map<string, EmulatedMessage>();
  #deleted = new Set<string>();
  #requests = new Map<number, LoggedRequest>();
  #switched = false;
  #gathering = false;
  #channels = '';

  constructor(
    discord: DiscordEmulator,
    switches: Switches,
    clock: Clock,
    connectLine: (channel: string) => string | undefined,
  ) {
    this.#discord = discord;
    this.#switches = switches;
    this.#clock = clock;
    this.#connectLine = connectLine;
    this.#listening = [
      discord.on('message', (message) => this.#messageChanged(message)),
      discord.on('edit', (message) => this.#messageChanged(message)),
      discord.on('delete', ({ id }) => {
        this.#messages.delete(id);
        this.#deleted.add(id);
        this.#gather();
      }),
      discord.on('request', (request) => {
        if (this.#switches.met(request)) this.#switched = true;
        this.#requests.set(request.seq, request);
        this.#gather();
      }),
    ];
    void this.#beat();
  }

  snapshot(): Snapshot {
    const channels = this.#channelViews();
    const ids = new Map(channels.map(({ name, id }) => [name, id]));
    return {
      channels,
      messages: this.#discord.messages().map(toMessageView),
      requests: this.#discord
        .requests()
        .slice(-MAX_REQUESTS)
        .map((request) => toRequestView(request, ids.get(request.channel ?? ''))),
      switches: this.#switches.list(),
    };
  }

  /** Opens the stream to one page. With fifty of them open it is refused: 503. */
  attach(response: ServerResponse): void {
    if (this.#readers.size >= MAX_READERS || this.#closed.signal.aborted) {
      response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Too many pages are open.\n');
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.on('close', () => this.#readers.delete(response));
    response.on('error', () => this.#readers.delete(response));
    this.#readers.add(response);
    send(response, 'snapshot', this.snapshot());
  }

  /** The switches were set by hand. */
  switched(): void {
    this.#switched = true;
    this.#gather();
  }

  /** Everything was cleared: every page starts again. */
  restart(): void {
    this.#forget();
    const snapshot = this.snapshot();
    for (const reader of this.#readers) send(reader, 'snapshot', snapshot);
  }

  close(): void {
    this.#closed.abort();
    for (const end of this.#listening) end();
    for (const reader of this.#readers) reader.destroy();
    this.#readers.clear();
  }

  #messageChanged(message: EmulatedMessage): void {
    this.#messages.set(message.id, message);
    this.#gather();
  }

  #gather(): void {
    if (this.#readers.size === 0) {
      this.#forget();
      return;
    }
    if (this.#gathering) return;
    this.#gathering = true;
    void this.#clock.sleep(GATHER_MS, this.#closed.signal).then(() => {
      this.#gathering = false;
      const changes = this.#changes();
      for (const reader of this.#readers) send(reader, 'changes', changes);
    });
  }

  #changes(): Changes {
    const channels = this.#channelViews();
    const ids = new Map(channels.map(({ name, id }) => [name, id]));
    const asText = JSON.stringify(channels);
    const changes: Changes = {
      ...(asText === this.#channels ? {} : { channels }),
      messages: [...this.#messages.values()].map(toMessageView),
      deleted: [...this.#deleted],
      requests: [...this.#requests.values()]
        .slice(-MAX_REQUESTS)
        .map((request) => toRequestView(request, ids.get(request.channel ?? ''))),
      ...(this.#switched ? { switches: this.#switches.list() } : {}),
    };
    this.#forget();
    this.#channels = asText;
    return changes;
  }

  #forget(): void {
    this.#messages = new Map();
    this.#deleted = new Set();
    this.#requests = new Map();
    this.#switched = false;
  }

  #channelViews(): ChannelView[] {
    return this.#discord.channels().map((channel) => ({ ...channel, connect: this.#connectLine(channel.name) }));
  }

  async #beat(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await this.#clock.sleep(BEAT_MS, signal);
      for (const reader of this.#readers) write(reader, ': still here\n\n');
    }
  }
}

function send(reader: ServerResponse, event: 'snapshot' | 'changes', value: Snapshot | Changes): void {
  // JSON holds no raw line break, so one data line is enough.
  write(reader, `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
}

function write(reader: ServerResponse, text: string): void {
  if (reader.writableLength > MAX_WAITING_BYTES) reader.destroy();
  else reader.write(text);
}
