import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_VERSION } from '../../src/version.ts';
import { ROOT } from '../support/child.ts';

const INSTALL_MS = 120_000;
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  exports: Record<string, unknown>;
  devDependencies: Record<string, string>;
};

let folder: string;
let tarball: string;
let files: string[];

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const { VITEST: _vitest, NODE_ENV: _nodeEnv, ...outside } = process.env;
  return promisify(execFile)(command, args, { cwd, env: { ...outside, ...env }, timeout: INSTALL_MS });
}

/** A project of somebody who installed the package. */
async function makeProject(name: string, packages: readonly string[] = []): Promise<string> {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-save', '--prefer-offline', '--omit=dev', tarball, ...packages],
    project,
  );
  return project;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pager-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], ROOT);
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  tarball = join(folder, packed.filename);
  files = packed.files.map(({ path }) => path);
}, INSTALL_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what runs, and nothing of how it is made', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'README.md',
        'LICENSE',
        'SECURITY.md',
        'CHANGELOG.md',
        'dist/index.js',
        'dist/pager-thread.js',
        'bin/discord-pager.js',
        'dist/cli/main.js',
        'examples/shop/server.js',
      ]),
    );
    expect(
      files.filter(
        (path) =>
          !/^(?:bin\/discord-pager\.js|dist\/.+\.(?:js|d\.ts)|dist\/sandbox\/page\/.+|docs\/.+\.md|examples\/shop\/.+|package\.json|[A-Z]+(?:\.md)?)$/.test(
            path,
          ),
      ),
    ).toEqual([]);
    expect(PACKAGE_VERSION).toBe(manifest.version);
  });
});

describe('installed in an empty project', () => {
  let project: string;

  beforeAll(async () => {
    project = await makeProject('empty');
  }, INSTALL_MS);

  const entries = Object.keys(manifest.exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => `otel-discord-pager${entry.slice(1)}`);

  it.each(entries)('%s loads by import and by require, without a warning', async (entry) => {
    const shown = `const names = Object.keys(module); if (names.length === 0) throw new Error('nothing exported'); console.log(names.sort().join());`;
    writeFileSync(join(project, 'load.mjs'), `const module = await import('${entry}'); ${shown}`);
    writeFileSync(
      join(project, 'load.cjs'),
      `const module_ = require('${entry}'); { const module = module_; ${shown} }`,
    );
    const esm = await run(process.execPath, ['load.mjs'], project);
    const cjs = await run(process.execPath, ['load.cjs'], project);
    expect(esm.stderr).toBe('');
    expect(cjs.stderr).toBe('');
    // require() of ESM shows a marker beside what is exported.
    expect(
      cjs.stdout
        .trim()
        .split(',')
        .filter((name) => name !== '__esModule' && name !== 'module.exports'),
    ).toEqual(esm.stdout.trim().split(','));
  });

  it('has a command', async () => {
    const { stdout } = await run(join(project, 'node_modules/.bin/discord-pager'), ['--help'], project);
    for (const command of ['send', 'doctor', 'render', 'demo']) expect(stdout).toContain(command);
  });

  it('pages from a thread of its own', async () => {
    writeFileSync(
      join(project, 'page.mjs'),
      `import { createPager } from 'otel-discord-pager';
import { startDiscordEmulator } from 'otel-discord-pager/testing';
const discord = await startDiscordEmulator();
const pager = createPager({ webhooks: { default: discord.webhookUrl('alerts') }, stateDir: 'none' });
pager.page({ title: 'installed and alive', priority: 'P0' });
console.log(JSON.stringify(await pager.flush()), discord.messages('alerts')[0]?.content);
await pager.shutdown();
await discord.close();
`,
    );
    const { stdout, stderr } = await run(process.execPath, ['page.mjs'], project);
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('{"delivered":1,"spooled":0,"dropped":0} 🔴 P0 installed and alive @everyone');
  });
});

describe('in TypeScript', () => {
  const setUp = (sdkTrace: string, logs: string, spans: string): string => `
import { BatchLogRecordProcessor, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor } from '${sdkTrace}';
import { createPager, DiscordLogRecordExporter, DiscordSpanExporter, type Pager, type PagerOptions, UrgentLogRecordProcessor } from 'otel-discord-pager';
import transport from 'otel-discord-pager/pino';
import { redact } from 'otel-discord-pager/redact';
import { createMemorySink, type DiscordEmulator, startDiscordEmulator } from 'otel-discord-pager/testing';

const options: PagerOptions = { minPriority: 'P1', sink: createMemorySink() };
const pager: Pager = createPager(options);
const exporter = new DiscordLogRecordExporter(pager);
export const processors = [
  new UrgentLogRecordProcessor(${logs.replace('Batch', 'BatchLogRecordProcessor')}, exporter),
  ${logs.replace('Batch', 'SimpleLogRecordProcessor')},
];
export const provider = LoggerProvider;
export const spans = ${spans};
export const text: string = redact('password=x');
export const open: Promise<DiscordEmulator> = startDiscordEmulator({ port: 0 });
export const stream = transport({ minPriority: 'P2' });
// @ts-expect-error a priority that does not exist
createPager({ minPriority: 'P7' });
`;
  const lines: [name: string, packages: string[], sdkTrace: string, logs: string, spans: string][] = [
    [
      '2.x, the last with the positional form',
      ['@opentelemetry/api@1.9.0', '@opentelemetry/sdk-logs@0.218.0', '@opentelemetry/sdk-trace-base@2.8.0'],
      '@opentelemetry/sdk-trace-base',
      'new Batch(exporter)',
      'new BatchSpanProcessor(new DiscordSpanExporter(pager))',
    ],
    [
      '2.x, the newest',
      ['@opentelemetry/api@1.9.0', '@opentelemetry/sdk-logs@0.223.1', '@opentelemetry/sdk-trace-base@2.12.1'],
      '@opentelemetry/sdk-trace-base',
      'new Batch({ exporter })',
      'new BatchSpanProcessor(new DiscordSpanExporter(pager))',
    ],
    [
      '3.x',
      ['@opentelemetry/api@1.10.0', '@opentelemetry/sdk-logs@3.1.1', '@opentelemetry/sdk-trace@3.1.1'],
      '@opentelemetry/sdk-trace',
      'new Batch({ exporter })',
      'new BatchSpanProcessor({ exporter: new DiscordSpanExporter(pager) })',
    ],
  ];

  it.each(lines)(
    'type-checks with OpenTelemetry %s, from ESM and from CommonJS',
    { timeout: INSTALL_MS },
    async (name, packages, sdkTrace, logs, spans) => {
      const versions = ['typescript', '@types/node'].map((each) => `${each}@${manifest.devDependencies[each]}`);
      const project = await makeProject(name.replace(/\W+/g, '-'), [...packages, ...versions]);
      writeFileSync(join(project, 'esm.mts'), setUp(sdkTrace, logs, spans));
      writeFileSync(join(project, 'cjs.cts'), setUp(sdkTrace, logs, spans));
      writeFileSync(
        join(project, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            module: 'nodenext',
            target: 'es2022',
            lib: ['es2023', 'dom'],
            types: ['node'],
            strict: true,
            noEmit: true,
            exactOptionalPropertyTypes: false,
            skipLibCheck: false,
          },
          include: ['*.mts', '*.cts'],
        }),
      );
      const { stdout } = await run(
        process.execPath,
        ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
        project,
      ).catch((error: { stdout: string }) => error);
      expect(stdout).toBe('');
    },
  );
});
