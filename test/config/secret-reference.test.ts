import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import {
  azureKeyVaultResolver,
  createEnvResolver,
  createFileResolver,
  resolveSecret,
  type SecretResolver,
  type SecretSources,
} from '../../src/config/secret-reference.ts';
import { MAX_FILE_BYTES, readTextFile, withinTime } from '../../src/config/text-file.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { HOST, input, webhook } from './config-input.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pager-config-'));
  await writeFile(join(dir, 'secret'), '  the secret\n');
  await writeFile(join(dir, 'empty'), '\n');
  await writeFile(join(dir, 'full'), 'x'.repeat(MAX_FILE_BYTES));
  await writeFile(join(dir, 'large'), 'x'.repeat(MAX_FILE_BYTES + 1));
});
afterAll(() => rm(dir, { recursive: true }));

function sources(env: Record<string, string> = {}): SecretSources {
  return { env, host: HOST, clock: systemClock, readFile: readTextFile };
}

function resolve(resolver: SecretResolver, reference: string): ReturnType<typeof resolveSecret> {
  return resolveSecret(resolver, reference, systemClock);
}

describe('file:', () => {
  it.each([
    ['file:secret', 'the secret'],
    ['FILE: secret ', 'the secret'],
  ])('%s', async (reference, secret) => {
    expect(await resolve(createFileResolver(sources(), dir), reference)).toEqual({ ok: true, secret });
  });

  it.each([
    ['file:', /without a path/],
    ['file:missing', /does not exist/],
    ['file:empty', /is empty/],
    ['file:large', /is larger than 256 KiB/],
    ['file:.', /is a directory/],
  ])('%s', async (reference, found) => {
    const result = await resolve(createFileResolver(sources(), dir), reference);
    expect(result).toMatchObject({ ok: false, finding: { found: expect.stringMatching(found) } });
  });

  it('says so when the secret stands where its path belongs', async () => {
    const config = await loadConfig(input({ DISCORD_PAGER_WEBHOOK_URL_FILE: webhook() }));
    expect(config.problems).toMatchObject([
      {
        key: 'DISCORD_PAGER_WEBHOOK_URL_FILE',
        found: expect.stringContaining('does not exist'),
        remedy: 'Here the path of a file is expected, not the value itself.',
      },
    ]);
  });
});

describe('env:', () => {
  const resolver = createEnvResolver(sources({ PAGE: ' the secret ', EMPTY: ' ' }));
  it.each([
    ['env:PAGE', { ok: true, secret: 'the secret' }],
    ['env://PAGE', { ok: true, secret: 'the secret' }],
    ['env:MISSING', { ok: false, finding: { found: 'the variable MISSING, which is not set' } }],
    ['env:EMPTY', { ok: false, finding: { found: 'the variable EMPTY, which is empty' } }],
    ['env:hunter2', { ok: false, finding: { found: 'the variable <not shown>, which is not set' } }],
    ['env:constructor', { ok: false }],
  ])('%s', async (reference, expected) => {
    expect(await resolve(resolver, reference)).toMatchObject(expected);
  });
});

describe('azure-keyvault:', () => {
  it.each([
    ['azure-keyvault://ops-vault/page', /not available in this version/],
    ['azure-keyvault://ops-vault/page/0123456789abcdef0123456789abcdef', /not available in this version/],
    ['azure-keyvault://ops-vault', /malformed/],
    ['azure-keyvault:ops-vault/page', /malformed/],
  ])('%s', async (reference, found) => {
    expect(await resolve(azureKeyVaultResolver, reference)).toMatchObject({
      ok: false,
      finding: { found: expect.stringMatching(found) },
    });
  });
});

describe('resolvers of others', () => {
  const own = (answer: () => Promise<string>): SecretResolver => ({ scheme: 'vault', resolve: answer });

  it('are asked with the whole reference, before the built-in ones', async () => {
    const asked: string[] = [];
    const config = await loadConfig({
      ...input({ DISCORD_PAGER_WEBHOOK_URL: 'vault:ops/page', DISCORD_PAGER_WEBHOOK_P0: 'env:PAGE' }),
      secretResolvers: ['vault', 'env'].map((scheme) => ({
        scheme,
        resolve(reference) {
          asked.push(reference);
          return Promise.resolve(webhook());
        },
      })),
    });
    expect(asked).toEqual(['vault:ops/page', 'env:PAGE']);
    expect(config).toMatchObject({ enabled: true, problems: [] });
  });

  it.each<[string, () => Promise<string>]>([
    ['give nothing', () => Promise.resolve(' ')],
    ['give no text', () => Promise.resolve(5 as unknown as string)],
    ['reject with nothing', () => Promise.reject(undefined)],
    [
      'throw',
      () => {
        throw new Error('secret');
      },
    ],
  ])('may %s', async (_, answer) => {
    const result = await resolve(own(answer), 'vault:x');
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('secret"');
  });

  it('are given up when they never answer', async () => {
    const clock = new ManualClock();
    const result = resolveSecret(
      own(() => new Promise(() => undefined)),
      'vault:x',
      clock,
    );
    await clock.advance(10_000);
    expect(await result).toMatchObject({ ok: false });
  });
});

describe('files', () => {
  it('are read up to their limit', async () => {
    expect(await readTextFile(join(dir, 'full'))).toHaveLength(MAX_FILE_BYTES);
    await expect(readTextFile(join(dir, 'large'))).rejects.toMatchObject({ code: 'EFBIG' });
  });

  it('leave no timer behind', async () => {
    const clock = new ManualClock();
    expect(await withinTime(Promise.resolve(1), 5_000, clock)).toBe(1);
    await expect(withinTime(Promise.reject(new Error('x')), 5_000, clock)).rejects.toThrow('x');
    expect(clock.sleeping).toBe(0);
  });
});
