import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall } from './api.ts';
import { headerOf, parsedBody } from './client-conduct.ts';
import { refuse } from './error-bodies.ts';
import type { MetFault } from './fault-book.ts';
import { toLimitedCall } from './limit-checks.ts';
import type { Random } from './random.ts';
import { errorReply, gatewayReply, type Reply } from './reply.ts';
import { maskPath, matchRoute, type RouteMatch, splitApiPath, webhookIdOf } from './routes.ts';
import type { ApiCall, World } from './world.ts';

/** Bytes beyond the largest request that are still read and thrown away, so that the refusal can be answered. */
const DISCARD_BYTES = 64 * 1024 * 1024;

/**
 * One HTTP request: logged, judged, delayed, answered, with the scripted faults where they strike. Never rejects.
 */
export async function handleRequest(
  world: World,
  random: Random,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const left = new AbortController();
  response.on('close', () => left.abort());
  response.on('error', () => left.abort());
  const exchange = new Exchange(world, random, response, left.signal);
  try {
    await exchange.run(request);
  } catch (error) {
    // The client went away in the middle of its request: nothing is left to answer.
    if (!left.signal.aborted && !request.destroyed) process.emitWarning(error instanceof Error ? error : String(error));
    response.destroy();
  }
}

/** Takes a request line and its headers apart and opens its line in the log. */
function openCall(world: World, request: IncomingMessage): ApiCall {
  const { rules, guild } = world;
  const nowMs = world.now();
  const method = request.method ?? 'GET';
  const url = parseTarget(request.url ?? '/');
  const { version, path } = splitApiPath(url.pathname);
  const route: RouteMatch | undefined = path === undefined ? undefined : matchRoute(method, path);
  const params = route !== undefined && 'params' in route ? route.params : undefined;
  const kind = route !== undefined && 'params' in route ? route.kind : undefined;

  const webhookId = params?.webhookId || webhookIdOf(url.pathname);
  const known = webhookId === undefined ? undefined : guild.knownWebhook(webhookId);
  const adopts = rules.adoptWebhooks && known === undefined && params?.token;
  const hook = adopts ? guild.adoptWebhook({ id: params.webhookId, token: params.token }) : known;
  const channelId = hook?.channelId ?? (guild.thread(params?.channelId ?? '')?.parentId || params?.channelId);
  const channel = guild.channel(channelId ?? '');
  const messageId = params?.messageId || undefined;
  const address = request.socket.remoteAddress ?? '';
  const effective = version ?? (rules.unversionedIsV6 ? 6 : 10);
  const old = effective < 8;
  const webhookKey = params?.token ? `${params.webhookId}/${params.token}` : undefined;
  const found = messageId === undefined ? undefined : world.messages.get(messageId);
  const message = found?.webhookId === webhookId ? found : undefined;

  const entry = world.log.open({
    atMs: nowMs,
    method,
    route: `${maskPath(url.pathname)}${url.search}`,
    kind,
    apiVersion: version,
    channel: channel?.name,
    webhookId,
    messageId,
    userAgent: request.headers['user-agent'],
    auditLogReason: auditLogReason(request),
  });
  const call: ApiCall = {
    method,
    route,
    version: effective,
    dialect: {
      flatErrors: old,
      waitsInMs: old,
      wholeSeconds: old && request.headers['x-ratelimit-precision'] !== 'millisecond',
    },
    query: url.searchParams,
    headers: request.headers,
    address,
    entry,
    faults: { channel: channel?.name, webhook: hook?.label, method, route: kind, met: [] },
    conduct: {
      webhookKey,
      limited:
        kind === undefined || webhookKey === undefined
          ? undefined
          : toLimitedCall(kind, webhookKey, hook?.channelId ?? '', message?.createdAtMs),
      messageId,
      route: kind,
      subject: request.headers.authorization ?? address,
      address,
      waitsInMs: old,
    },
    bytes: undefined,
    bucket: undefined,
  };
  entry.faults = call.faults.met;
  world.conduct.judge(entry, call.conduct, nowMs);
  return call;
}

/** The request and its answer on one connection. */
class Exchange {
  readonly #world: World;
  readonly #random: Random;
  readonly #response: ServerResponse;
  readonly #left: AbortSignal;

  constructor(world: World, random: Random, response: ServerResponse, left: AbortSignal) {
    this.#world = world;
    this.#random = random;
    this.#response = response;
    this.#left = left;
  }

  async run(request: IncomingMessage): Promise<void> {
    const { rules, faults } = this.#world;
    const call = openCall(this.#world, request);
    try {
      call.bytes = await readBytes(request, rules.requestLimitBytes);
    } catch {
      this.#finish(call, 'cut');
      this.#response.destroy();
      return;
    }

    const before = faults.meet(
      call.faults,
      ['outage', 'reset', 'hang', 'server_error'],
      (fault) =>
        fault.kind === 'outage' ||
        (fault.kind === 'reset' ? (fault.when ?? 'before_storing') === 'before_storing' : fault.stored !== true),
    );
    if (before && (await this.#strike(call, before))) return;
    const slowBefore = faults.meet(call.faults, ['slow'], (fault) => fault.when === 'before_storing');
    if (slowBefore) await this.#pause(slowBefore.fault.delayMs, slowBefore.ended);

    const reply = await answerCall(this.#world, call);

    const after = faults.meet(
      call.faults,
      ['reset', 'hang', 'server_error'],
      (fault) =>
        (fault.kind === 'reset' ? fault.when === 'after_storing' : fault.stored === true) && reply.status < 300,
    );
    if (after && (await this.#strike(call, after))) return;
    const slowAfter = faults.meet(
      call.faults,
      ['slow'],
      (fault) => (fault.when ?? 'after_storing') === 'after_storing',
    );
    if (slowAfter) await this.#pause(slowAfter.fault.delayMs, slowAfter.ended);
    const { min, max } = rules.latencyMs;
    if (max > 0) await this.#pause(min + this.#random() * (max - min));
    await this.#write(call, this.#withHeaderFaults(call, reply));
  }

  /** Carries out a fault that takes the answer's place; true when nothing more is to be done. */
  async #strike(call: ApiCall, met: MetFault): Promise<boolean> {
    const { fault } = met;
    if (fault.kind === 'reset' || (fault.kind === 'outage' && (fault.mode ?? 'reset') === 'reset')) {
      this.#cut(call);
      return true;
    }
    if (fault.kind === 'hang') {
      this.#finish(call, 'hung');
      await aborted([met.ended, this.#left]);
      this.#response.socket?.destroy();
      return true;
    }
    const status = fault.kind === 'server_error' ? (fault.status ?? 500) : 502;
    const reply = status === 500 ? errorReply(refuse('internal_error'), call.dialect) : gatewayReply(status);
    await this.#write(call, reply);
    return true;
  }

  #withHeaderFaults(call: ApiCall, reply: Reply): Reply {
    if (reply.edge) return reply;
    const { faults } = this.#world;
    let headers: Record<string, string> = { ...reply.headers };
    const skew = faults.meet(call.faults, ['clock_skew'], () => headers['X-RateLimit-Reset'] !== undefined);
    if (skew) {
      headers['X-RateLimit-Reset'] = (Number(headers['X-RateLimit-Reset']) + skew.fault.skewMs / 1000).toFixed(3);
    }
    const missing = faults.meet(call.faults, ['missing_headers']);
    if (missing) {
      const which = missing.fault.which ?? 'all';
      headers = filterHeaders(headers, (name) =>
        name === 'retry-after' ? which === 'rate_limit' : !name.startsWith('x-ratelimit-') || which === 'retry_after',
      );
    }
    const lower = faults.meet(call.faults, ['lower_case_headers']);
    if (lower)
      headers = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const truncated = faults.meet(call.faults, ['truncated_json'], () => reply.body.length > 1);
    const body = truncated ? reply.body.slice(0, Math.ceil(reply.body.length / 2)) : reply.body;
    return { ...reply, headers, body };
  }

  async #write(call: ApiCall, reply: Reply): Promise<void> {
    const { faults } = this.#world;
    const response = this.#response;
    if (this.#left.aborted) {
      this.#finish(call, 'cut');
      return;
    }
    const body = Buffer.from(reply.body, 'utf8');
    const half = faults.meet(call.faults, ['reset', 'slow'], (fault) => fault.when === 'in_answer' && body.length > 1);
    const broken = half?.fault.kind === 'reset';
    // A client can call again as soon as it has the answer, so the books are closed before the first byte leaves.
    this.#finish(call, broken ? 'cut' : 'answered', reply);
    response.writeHead(reply.status, {
      ...reply.headers,
      Date: new Date(this.#world.now()).toUTCString(),
      ...(reply.status === 204 ? {} : { 'Content-Length': String(body.length) }),
    });
    if (half === undefined) {
      response.end(reply.status === 204 ? undefined : body);
      return;
    }
    const middle = Math.ceil(body.length / 2);
    await new Promise<void>((resolve) => response.write(body.subarray(0, middle), () => resolve()));
    if (half.fault.kind === 'reset') response.socket?.destroy();
    else {
      await this.#pause(half.fault.delayMs, half.ended);
      response.end(body.subarray(middle));
    }
  }

  #cut(call: ApiCall): void {
    this.#finish(call, 'cut');
    const socket = this.#response.socket;
    if (socket !== null && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else this.#response.destroy();
  }

  /** Completes the line in the log, tells the judge of conduct, and lets the listeners know. */
  #finish(call: ApiCall, outcome: 'answered' | 'cut' | 'hung', reply?: Reply): void {
    const { entry } = call;
    const nowMs = this.#world.now();
    entry.outcome = outcome;
    entry.answeredAtMs = nowMs;
    if (reply !== undefined) {
      entry.status = reply.status;
      entry.limit = reply.limit;
      const scope = headerOf(reply, 'x-ratelimit-scope');
      entry.scope = scope === 'user' || scope === 'shared' || scope === 'global' ? scope : undefined;
      entry.rateLimitHeaders = Object.fromEntries(
        Object.entries(reply.headers)
          .map(([name, value]) => [name.toLowerCase(), value] as const)
          .filter(([name]) => name.startsWith('x-ratelimit-') || name === 'retry-after'),
      );
      if (reply.status >= 400) entry.error = parsedBody(reply) ?? reply.body;
      if (outcome === 'answered') this.#world.conduct.tell(reply, call.conduct, nowMs);
    }
    this.#world.events.emit('request', { ...entry, faults: [...entry.faults] });
  }

  async #pause(ms: number, ended?: AbortSignal): Promise<void> {
    const signal = ended === undefined ? this.#left : AbortSignal.any([this.#left, ended]);
    await this.#world.rules.clock.sleep(ms, signal);
  }
}

/** The request's target as a URL; whatever is none becomes a path that matches no route. */
function parseTarget(target: string): URL {
  return URL.canParse(target, 'http://emulator') ? new URL(target, 'http://emulator') : new URL('http://emulator/');
}

function auditLogReason(request: IncomingMessage): string | undefined {
  const header = request.headers['x-audit-log-reason'];
  if (typeof header !== 'string') return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/** The whole body, or undefined when it is larger than allowed. @throws when the client goes away. */
async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maxBytes + DISCARD_BYTES) throw new Error('The request does not end.');
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks);
}

function filterHeaders(
  headers: Record<string, string>,
  keep: (lowerCaseName: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));
}

function aborted(signals: AbortSignal[]): Promise<void> {
  const signal = AbortSignal.any(signals);
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
