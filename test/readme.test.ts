import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderConfigReference } from '../src/config/config-reference.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../src/testing.ts';
import { ROOT } from './support/child.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

let discord: DiscordEmulator;
let folder: string;

beforeAll(async () => {
  discord = await startDiscordEmulator({ bucket: { limit: 1000, windowMs: 1000 } });
  // Inside the package, so that its own name resolves as it does for those who installed it.
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
  folder = mkdtempSync(join(ROOT, 'test/readme-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await discord.close();
});

function run(command: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(command, args, {
    cwd: ROOT,
    timeout: 20_000,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
      DISCORD_PAGER_WEBHOOK_CI: discord.webhookUrl('ci'),
      DISCORD_PAGER_STATE_DIR: 'none',
      RUN_URL: 'https://ci.example.com/runs/1',
    },
  });
}

describe('the README', () => {
  it.each(blocks('js').map((code, index) => [index + 1, code] as const))(
    'block %i runs as it stands',
    async (index, code) => {
      const file = join(folder, `block-${index}.mjs`);
      // What a service does next: it goes on, and ends one day.
      writeFileSync(file, `${code}\nsetTimeout(() => process.exit(0), 700);\n`);
      const { stderr } = await run(process.execPath, [file]);
      expect(stderr).toBe('');
    },
  );

  it('shows what its snippets show', async () => {
    expect(discord.messages('alerts').flatMap(({ embeds }) => embeds.map(({ title }) => title))).toEqual(
      expect.arrayContaining([expect.stringContaining('payout rejected'), expect.stringContaining('Backup late')]),
    );
    expect(discord.violations()).toEqual([]);
  });

  it('sends from the shell as it says', async () => {
    const line =
      blocks('sh')
        .flatMap((code) => code.split('\n'))
        .find((each) => each.includes('discord-pager send')) ?? '';
    await run('sh', ['-c', line.replace('npx discord-pager', `"${process.execPath}" dist/cli/main.js`)]);
    expect(discord.messages('ci').map(({ embeds }) => embeds[0]?.title)).toEqual(['nightly build failed']);
  });

  it('has a configuration file that is right', async () => {
    const [yaml = ''] = blocks('yaml');
    const config = await loadConfig({
      env: {
        DISCORD_PAGER_CONFIG: '/etc/pager.yml',
        OPS_WEBHOOK: discord.webhookUrl('ops'),
        DEPLOYS_WEBHOOK: discord.webhookUrl('deploys'),
        DISCORD_PAGER_WEBHOOK_PAYMENTS: discord.webhookUrl('payments'),
      },
      host: { platform: 'linux', homeDir: '/home/x', hostname: 'h', cwd: '/' },
      readFile: (path) => (path === '/etc/pager.yml' ? yaml : discord.webhookUrl('p0')),
    });
    expect(config.problems).toEqual([]);
    expect([...config.channels.keys()].toSorted()).toEqual(['default', 'deploys', 'p0', 'payments']);
  });

  it('lists every key of the configuration (npm run readme writes them)', () => {
    expect(readme).toContain(renderConfigReference().trim());
  });

  it('names no file that is not there', () => {
    for (const [, path = ''] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g))
      expect(() => readFileSync(join(ROOT, path))).not.toThrow();
  });
});
