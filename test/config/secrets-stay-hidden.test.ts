import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTING_PATHS } from '../../src/config/config-keys.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { ResolvedConfig } from '../../src/config/resolved-config.ts';
import { keyOf } from '../../src/config/setting-sources.ts';
import { ConfigError, describeProblem } from '../../src/errors.ts';
import { input, webhook } from './config-input.ts';

const VARIABLES = [
  ...SETTING_PATHS.flatMap((path) => keyOf(path).variable ?? []).map((name) => name.replace('<CHANNEL>', 'OWN')),
  'DISCORD_PAGER_WEBHOOK_URL_FILE',
  'DISCORD_PAGER_WEBHOOK_P0_FILE',
  'DISCORD_PAGER_BOT_TOKEN_FILE',
  'DISCORD_PAGER_UNKNOWN',
  'OTEL_RESOURCE_ATTRIBUTES',
];
const OPTIONS = SETTING_PATHS.filter((path) => !path.includes('<'));

/** 68 characters as Discord makes them, with letters and digits in every stretch. */
const tokens = fc
  .array(fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789_-'), {
    minLength: 64,
    maxLength: 64,
  })
  .map((chars) => `A1${chars.join('')}z9`);

const disguises: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => webhook(1, token),
  (token) => `${webhook(1, token)}?thread_id=1`,
  (token) => ` "${webhook(1, token)}" `,
  (token) => `https://discord.com/api/webhooks/123/${token}`,
  (token) => `https://hooks.example.com/${token}`,
  (token) => `https://user:${token}@discord.com/`,
  (token) => `file:${token}`,
  (token) => `file:/run/${webhook(1, token)}`,
  (token) => `env:${token}`,
  (token) => `azure-keyvault://vault/${token}`,
  (token) => `${token}://discord.com/`,
  (token) => `https://${token}/{${token.slice(0, 30)}}`,
  (token) => `role:${token}`,
  (token) => `none,${token}`,
  (token) => `a[${token}`,
  (token) => `service.name=${webhook(1, token)}`,
];

/** Everything that may end in a log: as JSON, as text, inspected with all that Node can show. */
function shownOf(config: ResolvedConfig): string {
  return [
    JSON.stringify(config),
    JSON.stringify([...config.channels]),
    inspect(config, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }),
    `${config.redact.knownValues}${config.botToken}${[...config.channels.values()]}`,
    config.problems.map(describeProblem).join('\n'),
    inspect(new ConfigError(config.problems)),
  ].join('\n');
}

function problemsOf(config: ResolvedConfig): string {
  return config.problems.map(describeProblem).join('\n');
}

const HALF = 30;

describe('a token that is a configured webhook', () => {
  it('shows nowhere, whatever else it was pasted into', async () => {
    await fc.assert(
      fc.asyncProperty(
        tokens,
        fc.constantFrom(...VARIABLES),
        fc.constantFrom(...disguises),
        fc.boolean(),
        async (token, variable, disguise, isOption) => {
          const env = { DISCORD_PAGER_WEBHOOK_P3: webhook(3, token), [variable]: disguise(token) };
          const config = await loadConfig(input(env, isOption ? optionsWith(disguise(token)) : undefined));
          expect(shownOf(config)).not.toContain(token);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a token in the wrong place, not configured as a webhook', () => {
  it('shows in no problem, nor does half of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        tokens,
        fc.constantFrom(...VARIABLES),
        fc.constantFrom(...disguises),
        async (token, variable, disguise) => {
          const config = await loadConfig(input({ [variable]: disguise(token) }));
          expect(problemsOf(config)).not.toContain(token.slice(0, HALF));
          expect(problemsOf(config)).not.toContain(token.slice(-HALF));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('shows in no problem of options', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.constantFrom(...disguises), async (token, disguise) => {
        const config = await loadConfig(input({}, optionsWith(disguise(token))));
        expect(problemsOf(config)).not.toContain(token.slice(0, HALF));
      }),
      { numRuns: 200 },
    );
  });

  it('shows in no problem of a config file, broken or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        tokens,
        fc.constantFrom(...disguises),
        fc.constantFrom(...FILES),
        async (token, disguise, file) => {
          const env = { DISCORD_PAGER_CONFIG: '/etc/pager' };
          const config = await loadConfig(input(env, undefined, { '/etc/pager': file(disguise(token)) }));
          expect(problemsOf(config)).not.toContain(token.slice(0, HALF));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'a variable’s name',
      (token: string) => input({ [`DISCORD_PAGER_WEBHOOK_${token}`]: 'x', [`DISCORD_PAGER_${token}`]: 'x' }),
    ],
    [
      'an option’s name',
      (token: string) => input({}, { [token]: 1, webhooks: { [token]: 1 }, mention: { [token]: 1 } }),
    ],
    ['a route', (token: string) => input({}, { routes: [{ match: { [token]: '' }, channel: token, [token]: 1 }] })],
  ])('shows in no problem when it stands in %s', async (_, inputOf) => {
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => {
        expect(problemsOf(await loadConfig(inputOf(token)))).not.toContain(token);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what reading a secret fails with', () => {
  it('is told by its code, never by its message', async () => {
    const token = 'tokenTOKEN0123456789tokenTOKEN0123456789';
    const config = await loadConfig({
      ...input({
        DISCORD_PAGER_WEBHOOK_URL_FILE: '/run/secrets/page',
        DISCORD_PAGER_WEBHOOK_P0: 'vault:secret/page',
        DISCORD_PAGER_CONFIG: '/etc/pager.yml',
      }),
      readFile() {
        throw Object.assign(new Error(`cannot read ${token}`), { code: 'EIO' });
      },
      secretResolvers: [{ scheme: 'vault', resolve: () => Promise.reject(new Error(`denied for ${token}`)) }],
    });
    expect(config.problems.map(({ found }) => found)).toEqual([
      'the file "/etc/pager.yml", which could not be read (EIO)',
      'the file "/run/secrets/page", which could not be read (EIO)',
      'a reference (vault:) that could not be read',
    ]);
    expect(shownOf(config)).not.toContain(token);
  });
});

/** The same text in every place that code can fill. */
function optionsWith(text: string): object {
  const options: Record<string, unknown> = { routes: [{ match: { service: text }, channel: text, priority: text }] };
  for (const path of OPTIONS) {
    const [top = '', nested] = path.split('.');
    if (nested === undefined) options[top] ??= text;
    else options[top] = { ...(typeof options[top] === 'object' ? options[top] : {}), [nested]: text };
  }
  return options;
}

const FILES: readonly ((text: string) => string)[] = [
  (text) => `webhooks:\n  default: ${text}\nminPriority: ${text}\n`,
  (text) => `webhooks: ${text}\nmention: ${text}\nroutes: ${text}\n`,
  (text) => `webhooks:\n  default: ${text}\n @broken\n`,
  (text) => `{"webhooks": {"default": ${JSON.stringify(text)}}, "minPriority": ${JSON.stringify(text)}}`,
  (text) => `{"webhooks": {"default": "${text}"}, ${text}}`,
  (text) => `{${text}`,
  (text) => text,
];
