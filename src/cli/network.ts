import type { HttpTransport } from '../delivery/http-transport.ts';
import { createUndiciTransport } from '../delivery/undici-transport.ts';
import type { ConfigProblem } from '../errors.ts';
import { UsageError } from './usage-error.ts';

/** A proxy as the environment names it. Its URL may hold a password: only the host may be shown. */
export interface ProxySetting {
  readonly variable: string;
  readonly host: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** In the order in which requests to Discord read them. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** The proxy that requests go through, or the variable that should name one and does not; `undefined` without any. */
export function readProxy(env: Env): ProxySetting | ConfigProblem | undefined {
  let proxy: ProxySetting | undefined;
  for (const variable of PROXY_VARIABLES) {
    const value = env[variable];
    if (!value) continue;
    if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
      return {
        key: variable,
        found: 'a text that is not the URL of a proxy',
        expected: 'an http or https URL',
        remedy: `Write it as http://proxy.example:3128, or unset it.`,
      };
    }
    proxy ??= { variable, host: new URL(value).host };
  }
  return proxy;
}

/** The network as the pager uses it. @throws {UsageError} where the environment names a proxy that cannot be one. */
export async function openNetwork(env: Env): Promise<HttpTransport> {
  const proxy = readProxy(env);
  if (proxy !== undefined && 'key' in proxy) throw new UsageError([proxy]);
  return createUndiciTransport(env);
}
