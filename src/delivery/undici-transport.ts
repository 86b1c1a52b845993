import type { buildConnector, Dispatcher, Pool as PoolType } from 'undici';
import { PACKAGE_VERSION, PROJECT_URL } from '../version.ts';
import { HiddenPaths } from './hidden-path.ts';
import type { HttpRequest, HttpTransport } from './http-transport.ts';
import type { HttpAnswer } from './response.ts';

/** Discord refuses clients without such an agent at its edge. https://discord.com/developers/docs/reference#user-agent */
export const USER_AGENT: string = `DiscordBot (${PROJECT_URL}, ${PACKAGE_VERSION})`;

/** The longest answer that is read; a message that Discord returns is some 10 KB. */
const MAX_ANSWER_BYTES = 512 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
/** Discord's edge keeps idle connections for longer; a warm connection is what makes a P0 fast. */
const KEEP_ALIVE_MS = 60_000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** The variables that name a proxy, as curl and undici read them. */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/**
 * The network by undici. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (either case) are honoured; loopback never goes through a
 * proxy, and a proxy that is no URL is warned of and not used. Connections are kept warm and never keep the process alive.
 */
export async function createUndiciTransport(
  env: ProxyEnv,
  warn: (code: string, text: string) => void = () => {},
): Promise<HttpTransport> {
  const { Agent, buildConnector, EnvHttpProxyAgent, FormData, Pool, request } = await import('undici');
  const paths = new HiddenPaths();
  const guarded = (connector: buildConnector.connector): buildConnector.connector => {
    return (target, callback) =>
      connector(target, (...[error, socket]: Parameters<buildConnector.Callback>) => {
        if (error !== null) return callback(error, null);
        paths.guard(socket);
        // A request that hangs is no reason for the application to live on. Whoever waits for a flush is held by that.
        socket.unref();
        socket.ref = () => socket;
        callback(null, socket);
      });
  };
  // Every connection is made here, through a proxy or not.
  const factory = (origin: string | URL, given: object): PoolType => {
    const { connect, ...rest } = given as PoolType.Options;
    return new Pool(origin, {
      ...rest,
      connect: guarded(typeof connect === 'function' ? connect : buildConnector({ ...connect })),
    });
  };
  const options = {
    factory,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connections: 8,
    pipelining: 1,
  };
  const httpProxy = env['http_proxy'] ?? env['HTTP_PROXY'];
  const httpsProxy = env['https_proxy'] ?? env['HTTPS_PROXY'];
  const noProxy = [env['no_proxy'] ?? env['NO_PROXY'], ...LOOPBACK].filter(Boolean).join(',');
  const proxies = { ...(httpProxy ? { httpProxy } : {}), ...(httpsProxy ? { httpsProxy } : {}) };
  let dispatcher: Dispatcher;
  try {
    dispatcher =
      httpProxy || httpsProxy ? new EnvHttpProxyAgent({ ...options, noProxy, ...proxies }) : new Agent(options);
  } catch {
    // The value may hold a password.
    warn('proxy', 'the proxy named in HTTPS_PROXY or HTTP_PROXY is not a URL; Discord is asked without it');
    dispatcher = new Agent(options);
  }

  async function send(sent: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const hidden = paths.hide(sent.url);
    try {
      return await exchange(sent, hidden.url, signal);
    } finally {
      hidden.done();
    }
  }

  async function exchange(sent: HttpRequest, url: string, signal: AbortSignal): Promise<HttpAnswer> {
    const multipart = sent.files !== undefined && sent.files.length > 0;
    const answer = await request(url, {
      dispatcher,
      method: sent.method,
      signal,
      headers: {
        'user-agent': USER_AGENT,
        accept: 'application/json',
        ...(sent.authorization === undefined ? {} : { authorization: sent.authorization }),
        ...(multipart || sent.json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(multipart ? { body: multipartBody(FormData, sent) } : sent.json === undefined ? {} : { body: sent.json }),
    });
    const headers: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(answer.headers)) {
      headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { status: answer.statusCode, headers, text: await readText(answer.body) };
  }

  return { request: send, close: () => dispatcher.close() };
}

function multipartBody(FormDataClass: typeof import('undici').FormData, sent: HttpRequest): import('undici').FormData {
  const form = new FormDataClass();
  form.append('payload_json', new Blob([sent.json ?? '{}'], { type: 'application/json' }));
  (sent.files ?? []).forEach((file, index) => {
    form.append(`files[${index}]`, new Blob([file.text], { type: 'text/plain; charset=utf-8' }), file.name);
  });
  return form;
}

/** The body, or undefined when it was cut short: the status has already said what became of the request. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}
