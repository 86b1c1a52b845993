import { hasSubscribers } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The channels through which undici shows requests, path included, to whoever subscribes in the same thread. */
const WATCHED = ['undici:request:create', 'undici:client:sendHeaders'];
const REQUEST_LINE = /^([A-Z]+) \/hidden\/(\d+) HTTP\/1\.1\r\n/;

/**
 * Keeps the path of a request, which is the password, from instrumentation in the same thread: while somebody watches, undici is
 * given a stand-in (`/hidden/7`), and the true path takes its place in the last moment, in the line that is written to the
 * socket. Where the pager has a thread of its own nobody watches, and nothing of this happens.
 *
 * Fails closed: should the stand-in ever reach the server, the path stays hidden and the request is answered as unknown.
 */
export class HiddenPaths {
  readonly #paths = new Map<string, string>();
  #next = 0;

  /** The URL to hand to undici, and what to call when the request has ended. */
  hide(url: string): { readonly url: string; readonly done: () => void } {
    if (!WATCHED.some((channel) => hasSubscribers(channel))) return { url, done: () => {} };
    const { origin, pathname, search } = new URL(url);
    const id = String(++this.#next);
    this.#paths.set(id, pathname + search);
    return { url: `${origin}/hidden/${id}`, done: () => this.#paths.delete(id) };
  }

  /** Watches over what is written to a connection. */
  guard(socket: Socket): void {
    const write = socket.write.bind(socket) as (chunk: unknown, ...rest: unknown[]) => boolean;
    const guarded = (chunk: unknown, ...rest: unknown[]): boolean =>
      write(typeof chunk === 'string' ? this.#reveal(chunk) : chunk, ...rest);
    socket.write = guarded as Socket['write'];
  }

  #reveal(chunk: string): string {
    const [line, method, id = ''] = REQUEST_LINE.exec(chunk) ?? [];
    const path = this.#paths.get(id);
    return line === undefined || path === undefined
      ? chunk
      : `${method} ${path} HTTP/1.1\r\n${chunk.slice(line.length)}`;
  }
}
