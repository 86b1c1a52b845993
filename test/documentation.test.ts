import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load-config.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../src/testing.ts';
import { ROOT } from './support/child.ts';

const PAGES = [
  'README.md',
  'SECURITY.md',
  'examples/README.md',
  'examples/shop/README.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
].filter((file) => file.endsWith('.md'));

interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function blocksOf(page: string): Block[] {
  const text = read(page);
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: code = '', index }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    code,
  }));
}

const blocks = PAGES.flatMap(blocksOf);
const named = (language: string): [string, Block][] =>
  blocks.filter((block) => block.language === language).map((block) => [`${block.page}:${block.line}`, block]);

/** Commands that are run somewhere else in full, and the line that proves it. */
const RUN_ELSEWHERE: readonly (readonly [command: RegExp, file: string, proof: string])[] = [
  [/^npm ci && npm run demo$/, '.ci/run', 'npm ci --no-audit --no-fund\n'],
  [/^npm ci && npm run demo$/, 'package.json', '"demo": "npm run build && node dist/cli/main.js demo"'],
  [/^npm ci && npm run demo$/, '.ci/run', '\nnode dist/cli/main.js demo\n'],
  [/^npm ci && npm test$/, 'package.json', '"test": "npm run build && vitest run"'],
  [/^npm ci && npm test$/, '.ci/run', '\nnpm test\n'],
  [/^npm ci && npm run build$/, '.ci/run', '\nnpm run check\n'],
  [/^npm ci && npm run build$/, 'package.json', '"check": "biome check . && npm run build && '],
  [/^npm install otel-discord-pager\b/, 'test/package/package.test.ts', "'install'"],
];

let discord: DiscordEmulator;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  discord = await startDiscordEmulator({ adoptWebhooks: true, bucket: { limit: 1_000, windowMs: 1_000 } });
  // Inside the package, so that its own name resolves as it does for those who installed it.
  folder = mkdtempSync(join(ROOT, 'test/documentation-'));
  mkdirSync(join(folder, 'bin'));
  // What `npx discord-pager` runs for those who have installed the package: its bin.
  writeFileSync(
    join(folder, 'bin/npx'),
    `#!/bin/sh\n[ "$1" = discord-pager ] || exit 97\nshift\nexec "${process.execPath}" "${ROOT}/dist/cli/main.js" "$@"\n`,
  );
  chmodSync(join(folder, 'bin/npx'), 0o755);
  writeFileSync(
    join(folder, 'app.js'),
    "import { createPager } from 'otel-discord-pager';\nconst pager = createPager();\npager.page({ title: 'from app.js' });\nawait pager.shutdown();\n",
  );
  // Modules that a page shows under their names are there when its commands name them.
  for (const { code } of blocks) {
    const [, name] = /^\/\/ ([\w-]+\.mjs)\n/.exec(code) ?? [];
    if (name !== undefined) writeFileSync(join(folder, name), code);
  }
  env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    HOME: folder,
    DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts'),
    DISCORD_PAGER_WEBHOOK_CI: discord.webhookUrl('ci'),
    DISCORD_PAGER_STATE_DIR: 'none',
    RUN_URL: 'https://ci.example.com/runs/1',
  };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await discord.close();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command; one that does not end by itself is ended when its output says that it works. */
function run(command: string, args: readonly string[], endOn?: string): Promise<Ended> {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      if (endOn !== undefined && `${output.stdout}${output.stderr}`.includes(endOn)) child.kill('SIGINT');
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output });
    });
  });
}

it('knows what to do with every block', () => {
  expect(blocks.filter(({ language }) => !['js', 'sh', 'yaml', 'crontab', 'ini'].includes(language))).toEqual([]);
  expect(blocks.length).toBeGreaterThan(12);
});

describe('JavaScript', () => {
  it.each(named('js'))('%s runs as it stands, and prints what it says', async (_where, { page, line, code }) => {
    const file = join(folder, `${page.replaceAll('/', '-')}-${line}.mjs`);
    // What a service does next: it goes on, and ends one day.
    writeFileSync(file, `${code}\nsetTimeout(() => process.exit(0), 700);\n`);
    const { code: exitCode, stdout, stderr } = await run(process.execPath, [file]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const [, printed = ''] of code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)) expect(stdout).toContain(printed);
  });

  it('pages what it says', async () => {
    const titles = discord.messages().flatMap(({ embeds }) => embeds.map(({ title = '' }) => title));
    for (const title of ['payout rejected', 'Backup late', 'Disk of db1 is almost full'])
      expect(
        titles.some((one) => one.includes(title)),
        title,
      ).toBe(true);
    expect(discord.violations()).toEqual([]);
  });
});

describe('shell', () => {
  it.each(named('sh'))('%s runs as it stands', { timeout: 60_000 }, async (_where, { code }) => {
    const lines = code
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim());
    const exports: string[] = [];
    for (const [index, line] of lines.filter((one) => one !== '' && !one.startsWith('#')).entries()) {
      const elsewhere = RUN_ELSEWHERE.filter(([command]) => command.test(line));
      if (elsewhere.length > 0) {
        for (const [, file, proof] of elsewhere) expect(read(file)).toContain(proof);
        continue;
      }
      const real = withWebhook(line, index);
      if (real.startsWith('export ')) {
        exports.push(real);
        continue;
      }
      const ran = await runLine(real, exports);
      expect(ran, `${line}\n${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
    }
    if (exports.length > 0) {
      // What is set is understood.
      const { stdout, stderr } = await run('sh', ['-ec', `${exports.join('; ')}; npx discord-pager doctor`]);
      expect(`${stdout}${stderr}`).not.toMatch(/unknown|expected/);
    }
  });

  it('pages what it says', () => {
    const titlesOf = (channel: string): (string | undefined)[] =>
      discord.messages(channel).map(({ embeds }) => embeds[0]?.title);
    expect(titlesOf('ci')).toContain('nightly build failed');
    expect(titlesOf('alerts').some((title) => title?.includes('does it ring?'))).toBe(true);
  });
});

/** The placeholder of a webhook stands for one that exists. */
function withWebhook(line: string, index: number): string {
  return line
    .replaceAll('https://discord.com/api/webhooks/…', discord.webhookUrl(index === 0 ? 'alerts' : `channel-${index}`))
    .replace('/run/secrets/p0-webhook', () => {
      const file = join(folder, 'p0-webhook');
      writeFileSync(file, discord.webhookUrl('p0'), { mode: 0o600 });
      return file;
    });
}

async function runLine(line: string, exports: readonly string[]): Promise<Ended> {
  const script = (command: string): string => [...exports, command].join('\n');
  if (line.includes('discord-pager sandbox')) {
    const withPort = line.replace('discord-pager sandbox', 'discord-pager sandbox --port 0');
    return run('sh', ['-ec', script(`exec ${withPort}`)], line.includes(' -- ') ? 'until Ctrl-C' : 'Ctrl-C ends it');
  }
  // The shop of the example, and the request to it that the page shows.
  if (line.startsWith('node --import ./instrumentation.js')) {
    return run('sh', ['-ec', script(`cd "${ROOT}/examples/shop"; PORT=0 exec ${line}`)], 'shop is open').then(
      (ended) => ({ ...ended, code: 0 }),
    );
  }
  if (line.startsWith('curl ')) return shopAnswers(line);
  return run('sh', ['-ec', script(line)]);
}

/** A request that a page shows is one the shop knows. */
async function shopAnswers(line: string): Promise<Ended> {
  const [, method = 'GET', path = ''] = /curl (?:-X (\w+) )?localhost:\d+(\/\S*)/.exec(line) ?? [];
  const isKnown = read('examples/shop/server.js').includes(`'${method} ${path}'`);
  return { code: isKnown ? 0 : 1, stdout: '', stderr: '' };
}

describe('cron and systemd', () => {
  it.each([...named('crontab'), ...named('ini')])('%s starts what it says', async (_where, { language, code }) => {
    const lines = code.split('\n').filter((line) => line.includes(' -- '));
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      expect(line).toMatch(language === 'ini' ? /^ExecStart=\// : /^(?:[\d*/,-]+ +){5}\//);
      const command = line.slice(line.indexOf('discord-pager ')).replace(/ -- .*/, ' -- false');
      expect(await runLine(`npx ${command}`, []), line).toMatchObject({ code: 1, stderr: '' });
      const name = / --name (\S+)/.exec(command)?.[1];
      expect(discord.messages().at(-1)?.embeds[0]?.title).toBe(`${name} exited with code 1`);
    }
    for (const [, path = ''] of code.matchAll(/DISCORD_PAGER_WEBHOOK_URL_FILE=(\S+)/g)) {
      const { problems } = await loadConfig({
        env: { DISCORD_PAGER_WEBHOOK_URL_FILE: path },
        host: { platform: 'linux', homeDir: '/home/x', hostname: 'h', cwd: '/' },
        readFile: () => discord.webhookUrl('alerts'),
      });
      expect(problems).toEqual([]);
    }
  });
});

describe('YAML', () => {
  it.each(named('yaml'))('%s is a configuration without a problem', async (_where, { code }) => {
    const config = await loadConfig({
      env: {
        DISCORD_PAGER_CONFIG: '/etc/pager.yml',
        OPS_WEBHOOK: discord.webhookUrl('ops'),
        DEPLOYS_WEBHOOK: discord.webhookUrl('deploys'),
        DISCORD_PAGER_WEBHOOK_PAYMENTS: discord.webhookUrl('payments'),
      },
      host: { platform: 'linux', homeDir: '/home/x', hostname: 'h', cwd: '/' },
      readFile: (path) => (path === '/etc/pager.yml' ? code : discord.webhookUrl('p0')),
    });
    expect(config.problems).toEqual([]);
    expect([...config.channels.keys()]).toEqual(expect.arrayContaining(['default', 'p0', 'payments']));
  });
});

describe('what stands in the text', () => {
  it.each(PAGES)('%s names no file that is not there, and no heading either', (page) => {
    const text = read(page);
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image ?? '',
    );
    for (const target of targets.filter((one) => !/^https?:/.test(one))) {
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      expect(existsSync(join(ROOT, path)), target).toBe(true);
      if (anchor !== undefined) expect(headingsOf(path), target).toContain(anchor);
    }
  });

  it.each(PAGES)('%s names no script, command or flag that does not exist', async (page) => {
    const text = read(page);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const [whole, name = ''] of text.matchAll(
      /(?<!otel-)discord-pager ([a-z]+)((?: +(?:\[[^\]]*\]|--?[\w-]+|'[^']*'|"[^"]*"|[\w=$./…:-]+))*)/g,
    )) {
      if (!COMMANDS.includes(name)) {
        expect(whole).toMatch(/^discord-pager help/);
        continue;
      }
      const own = whole.split(' -- ')[0] ?? '';
      const { stdout } = await run('npx', ['discord-pager', name, '--help']);
      for (const [flag] of own.matchAll(/--[a-z][\w-]*/g)) expect(stdout, whole).toContain(flag);
    }
  });

  it.each([
    ['docs/configuration.md', 'configuration'],
    ['docs/guarantees.md', 'bounds'],
  ])('%s has its generated part (npm run docs writes it)', async (file, marker) => {
    const generated = (await import(new URL('../scripts/generated-docs.mjs', import.meta.url).href)) as {
      generatedParts: [string, string, string][];
      withPart: (page: string, marker: string, text: string) => string;
    };
    const part = generated.generatedParts.find(([name, own]) => name === file && own === marker);
    expect(generated.withPart(read(file), marker, part?.[2] ?? '')).toBe(read(file));
  });

  it('guarantees.md explains every reason of a loss, and none besides', () => {
    const reasons = [...read('src/delivery/send-result.ts').matchAll(/export type DropReason =([^;]*);/g)]
      .flatMap(([, union = '']) => [...union.matchAll(/'(\w+)'/g)].map(([, reason]) => reason))
      .toSorted();
    const table = read('docs/guarantees.md').split('## What is dropped, when')[1]?.split('\n## ')[0] ?? '';
    const explained = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, reason]) => reason).toSorted();
    expect(explained).toEqual(reasons);
  });
});

const COMMANDS = ['send', 'run', 'doctor', 'render', 'sandbox', 'demo', 'spool'];

/** Headings as anchors, as GitHub makes them. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
