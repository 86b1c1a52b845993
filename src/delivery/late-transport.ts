import type { HttpTransport } from './http-transport.ts';

/**
 * A transport that is still being loaded: requests wait for it. The pager takes up alerts meanwhile, so that what was captured in
 * the first moments of a process that does not live long is on disk before there is a network.
 */
export function lateTransport(loading: Promise<HttpTransport>): HttpTransport {
  // Whoever waits for it is told; until somebody does, nobody needs to know.
  loading.catch(() => undefined);
  return {
    async request(request, signal) {
      const transport = await loading;
      signal.throwIfAborted();
      return transport.request(request, signal);
    },
    async close() {
      await (await loading).close();
    },
  };
}
