import type { ConfigInput, HostFacts } from '../../src/config/load-config.ts';
import type { PagerConfig } from '../../src/config/pager-config.ts';

/** A host with nothing special about it. */
export const HOST: HostFacts = { platform: 'linux', homeDir: '/home/ops', hostname: 'host-1', cwd: '/srv/app' };

/** A token as Discord makes them: 68 characters. */
export const TOKEN = 'Zq3vX9_kT7mB2-nR5wY8cF1hJ4pL6sD0gA_eU-iO3zV7bN2xM5qW8rT1yK4jH6fGdS9a';

/** A webhook URL; another id for another number. */
export function webhook(id = 1, token: string = TOKEN): string {
  return `https://discord.com/api/webhooks/${100_000_000_000_000_000n + BigInt(id)}/${token}`;
}

/** A webhook URL on loopback. */
export const LOOPBACK: string = `http://127.0.0.1:8025/api/webhooks/100000000000000001/${TOKEN}`;

/** An input with the given environment and options, on {@link HOST}. Files that are not given do not exist. */
export function input(
  env: Readonly<Record<string, string | undefined>>,
  options?: PagerConfig | object,
  files: Readonly<Record<string, string>> = {},
): ConfigInput {
  return {
    env,
    options: options as PagerConfig | undefined,
    host: HOST,
    readFile(path) {
      const text = files[path];
      if (text === undefined)
        throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' });
      return text;
    },
  };
}
