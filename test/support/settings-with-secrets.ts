import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawn } from './planted-secrets.ts';

/** Secrets as they are pasted into the wrong place. */
export const PASTED: readonly (readonly [name: string, secret: string])[] = [
  ['a webhook’s token', drawn('alnum', 68, 901)],
  ['a bot’s token', `M${drawn('alnum', 23, 902)}.${drawn('alnum', 6, 902)}.${drawn('alnum', 38, 902)}`],
  ['a token of GitHub', `gh${'p_'}${drawn('alnum', 36, 903)}`],
  ['a key of AWS', `AK${'IA'}${drawn('base32', 16, 904)}`],
  ['a key in hex', drawn('hex', 32, 905)],
  ['a password', drawn('alnum', 14, 906)],
  ['a password with signs', `${drawn('alnum', 7, 907)}!${drawn('alnum', 6, 907)}`],
  ['a passphrase', [0, 1, 2, 3].map((i) => drawn('letters', 6, 908 + i)).join(' ')],
  ['a URL with a password', `postgres://app:${drawn('alnum', 16, 913)}@db.internal/shop`],
];

/** What surrounds a setting: the environment, and files under a directory of the test. */
export interface Settings {
  readonly env: Readonly<Record<string, string>>;
}

/** One wrong place for a secret. */
export interface WrongPlace {
  readonly name: string;
  /** Secrets that nobody could tell from what is meant to be there, by their names. */
  readonly except?: readonly string[];
  readonly settings: (secret: string, directory: string) => Settings;
}

const variable = (
  name: string,
  form: (secret: string) => string = (secret) => secret,
  except: readonly string[] = [],
): WrongPlace => ({
  except,
  name: `${name}${form('…') === '…' ? '' : ` as ${form('…')}`}`,
  settings: (secret) => ({ env: { [name]: form(secret) } }),
});

let files = 0;
const file = (name: string, form: (secret: string) => string, ending = 'yml'): WrongPlace => ({
  name: `a config file ${name}`,
  settings(secret, directory) {
    const path = join(directory, `pager-${++files}.${ending}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, form(secret));
    return { env: { DISCORD_PAGER_CONFIG: path } };
  },
});
const text = JSON.stringify;

/** Wherever a setting is read, its name and its value, right and wrong; and what stands around the pager. */
export const WRONG_PLACES: readonly WrongPlace[] = [
  variable('DISCORD_PAGER_WEBHOOK_P1'),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `https://discord.com/api/webhooks/12345/${s}`),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `https://example.com/api/webhooks/123456789012345678/${s}`),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `file:${s}`),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `file:/run/${s}/webhook`),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `env:${s}`),
  variable('DISCORD_PAGER_WEBHOOK_P1', (s) => `azure-keyvault://vault/${s}`),
  variable('DISCORD_PAGER_WEBHOOK_P1_FILE'),
  variable('DISCORD_PAGER_WEBHOOK_P1_FILE', (s) => `/run/secrets/${s}`),
  variable('DISCORD_PAGER_CONFIG'),
  variable('DISCORD_PAGER_CONFIG', (s) => `/etc/${s}/pager.yml`),
  variable('DISCORD_PAGER_MIN_PRIORITY'),
  variable('DISCORD_PAGER_MENTION_P0'),
  variable('DISCORD_PAGER_MENTION_P0', (s) => `role:${s}`),
  variable('DISCORD_PAGER_ENABLED'),
  variable('DISCORD_PAGER_BOOT_CHECK'),
  variable('DISCORD_PAGER_WORKER'),
  variable('DISCORD_PAGER_EXIT_TIMEOUT_MS'),
  variable('DISCORD_PAGER_REPEAT_INTERVAL'),
  variable('DISCORD_PAGER_RESOLVE_AFTER'),
  variable('DISCORD_PAGER_EDIT_INTERVAL'),
  variable('DISCORD_PAGER_STATE_DIR', (s) => `/proc/${s}`),
  variable('DISCORD_PAGER_TRACE_URL'),
  variable('DISCORD_PAGER_TRACE_URL', (s) => `https://trace.example.com/{trace_id}?api_key=${encodeURIComponent(s)}`),
  variable('DISCORD_PAGER_LOGS_URL', (s) => `https://ann:${encodeURIComponent(s)}@logs.example.com/`),
  variable('DISCORD_PAGER_RUNBOOK_URL', (s) => `https://runbooks.example.com/{${s}}`, ['a passphrase']),
  variable('DISCORD_PAGER_REDACT_PATHS', (s) => `a[${s}`),
  variable('DISCORD_PAGER_REDACT_VALUES_OF'),
  variable('DISCORD_PAGER_REDACT_PII'),
  variable('DISCORD_PAGER_API_BASE_URL'),
  variable('DISCORD_PAGER_API_BASE_URL', (s) => `https://ann:${encodeURIComponent(s)}@proxy.example/api/v10`),
  variable('DISCORD_PAGER_BOT_TOKEN', (s) => `Bearer ${s}`),
  variable('DISCORD_PAGER_BOT_TOKEN_FILE'),
  variable('OTEL_RESOURCE_ATTRIBUTES', (s) => `broken ${s}`),
  variable('OTEL_RESOURCE_ATTRIBUTES', (s) => `service.name=shop,api_key=${encodeURIComponent(s)}`),
  variable('OTEL_SERVICE_NAME', (s) => `shop password=${s}`, ['a passphrase']),
  variable('HTTPS_PROXY'),
  variable('HTTPS_PROXY', (s) => `http://ann:${encodeURIComponent(s)}@127.0.0.1:9`),
  variable('HTTPS_PROXY', (s) => `socks5://ann:${s}@127.0.0.1:9`),
  { name: 'the name of a variable', settings: (s) => ({ env: { [`DISCORD_PAGER_${s}`]: 'x' } }) },
  { name: 'the name of a channel’s variable', settings: (s) => ({ env: { [`DISCORD_PAGER_WEBHOOK_${s}`]: 'x' } }) },
  file('with a wrong value', (s) => `minPriority: ${text(s)}\nrepeatInterval: { p0: ${text(s)} }\n`),
  file('with a wrong key', (s) => `${text(s)}: P2\nmention: { ${text(s)}: none }\n`),
  file('with a wrong channel', (s) => `webhooks: { ${text(s)}: x, p1: ${text(s)} }\n`),
  file('with a webhook where the channels should be', (s) => `webhooks: ${text(s)}\n`),
  file('with a wrong route', (s) => `routes: [{ match: { service: ${text(`{a,${s}}`)} }, channel: ${text(s)} }]\n`),
  file(
    'with a wrong key in a route',
    (s) => `routes: [{ match: { ${text(s)}: "/x/" }, channel: p9, ${text(s)}: 1 }]\n`,
  ),
  file('with a route that is none', (s) => `routes: [${text(s)}]\n`),
  file('that is no YAML', (s) => `minPriority: P2\n  - ${text(s)}: ]\n`),
  file('with a key twice', (s) => `${text(s)}: 1\n${text(s)}: 2\n`),
  file('that is no JSON', (s) => `{"minPriority": ${s}}`, 'json'),
  file('that is a list', (s) => `- ${text(s)}\n`),
  file('that is a text', (s) => s),
];
