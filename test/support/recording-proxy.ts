import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between the pager and a server on this machine, and keeps every byte that goes there. */
export interface RecordingProxy {
  /** The same address by way of the proxy. */
  via(url: string): string;
  /** Everything that was sent so far: request lines, headers, bodies, files. */
  readonly sent: string;
  clear(): void;
  close(): Promise<void>;
}

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let chunks: Buffer[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (chunk) => chunks.push(chunk));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    via: (url) => url.replace(new URL(url).origin, origin),
    get sent() {
      return Buffer.concat(chunks).toString('utf8');
    },
    clear() {
      chunks = [];
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A webhook's token, which may stand in the path of a request to Discord and nowhere else. */
export function withoutTokenInPaths(sent: string, tokens: readonly string[]): string {
  return tokens.reduce(
    (rest, token) =>
      rest.replace(
        new RegExp(`((?:GET|POST|PATCH) /api(?:/v\\d+)?/webhooks/\\d+/)${token}(?=[^ \\r\\n]* HTTP/1\\.1\\r\\n)`, 'g'),
        '$1***',
      ),
    sent,
  );
}
