import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { SANDBOX_PORT, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { DEMO_CHANNELS } from './demo-scenes.ts';
import { missingPackages, SHOP_PACKAGES, type Shop, startShop } from './demo-shop.ts';
import { play, printOutcome, printWhatToTry } from './demo-stage.ts';
import { judge } from './demo-verdict.ts';
import { startChild } from './sandbox-child.ts';
import { UsageError } from './usage-error.ts';

export function addDemoCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('demo')
    .summary('watch a small service fail, and its pages arrive')
    .description(
      'Starts the sandbox and an instrumented shop that fails in a dozen instructive ways, and checks that every page arrives. Nothing leaves this machine, no webhook is needed. On a terminal it takes about a minute and stays until Ctrl-C, for whoever wants to look and try.',
    )
    .option('--once', 'do not wait for anybody: play, check and end')
    .addHelpText(
      'after',
      '\nExit codes: 0 every page arrived as expected · 1 not so · 2 wrong usage, or packages missing\n',
    )
    .action(async (flags: { readonly once?: true }) => finish(await demo(flags, host)));
}

async function demo(flags: { readonly once?: true }, host: CommandHost): Promise<ExitCode> {
  const missing = missingPackages();
  if (missing.length > 0) throw new UsageError([missingPackagesProblem(missing)]);
  const stopped = new AbortController();
  const unlisten = host.onStop(() => stopped.abort());
  const sandbox = await openSandbox();
  const stateDir = await mkdtemp(join(tmpdir(), 'discord-pager-demo-'));
  try {
    return await show(sandbox, stateDir, host.stdout.isTerminal && !flags.once, stopped.signal, host);
  } finally {
    unlisten();
    await sandbox.close();
    // A shop that was killed may have been writing there.
    await rm(stateDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whoever has a sandbox open keeps it: then the demo takes any other port. */
async function openSandbox(): Promise<Sandbox> {
  try {
    return await startSandbox({ port: SANDBOX_PORT, channels: DEMO_CHANNELS });
  } catch {
    return await startSandbox({ port: 0, channels: DEMO_CHANNELS });
  }
}

async function show(
  sandbox: Sandbox,
  stateDir: string,
  isWatched: boolean,
  stopped: AbortSignal,
  host: CommandHost,
): Promise<ExitCode> {
  const { stdout } = host;
  const { style } = stdout;
  stdout.line(`${style.bold('discord-pager demo')}  a shop that fails, and a Discord on this machine that shows it`);
  stdout.line(`  Open  ${style.cyan(sandbox.url)}  and watch${isWatched ? ' for a minute' : ''}`);
  const password = randomBytes(12).toString('hex');
  const settings = shopSettings(sandbox, stateDir, password);
  const shops: Shop[] = [];
  const openShop = (): Shop => {
    const shop = startShop(host.env, settings);
    shop.ready.catch(() => undefined);
    shops.push(shop);
    return shop;
  };
  try {
    // A CI job is no service: it has the webhooks and nothing else.
    const run = async (args: readonly string[]): Promise<void> => {
      const env = { PATH: host.env['PATH'] ?? '', ...sandbox.environment, DISCORD_PAGER_STATE_DIR: stateDir };
      await startChild([process.execPath, MAIN, ...args], env, 'ignore').ended;
    };
    const played = play({ host, discord: sandbox.discord, shop: openShop(), run, isWatched, stopped });
    const end = await Promise.race([played, whenAborted(stopped)]);
    if (stopped.aborted) return 1;
    const outcome = judge(sandbox.discord, end, password);
    printOutcome(outcome, host);
    if (isWatched) {
      printWhatToTry({ sandbox: sandbox.url, shop: await openShop().ready }, host);
      await whenAborted(stopped);
    }
    return outcome.isGood ? 0 : 1;
  } finally {
    for (const shop of shops) shop.kill();
  }
}

/** This very command line. */
const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

function missingPackagesProblem(missing: readonly string[]): UsageError['problems'][number] {
  const packages = SHOP_PACKAGES.map((name) => (name === '@opentelemetry/api' ? `${name}@1.9` : name));
  return {
    key: 'demo',
    found: `${missing.join(', ')} not installed`,
    expected: "OpenTelemetry's SDK and pino beside this package, as an instrumented service has them",
    remedy: `Run: npx ${['otel-discord-pager', ...packages].map((name) => `-p ${name}`).join(' ')} discord-pager demo`,
  };
}

function shopSettings(sandbox: Sandbox, stateDir: string, databasePassword: string): Record<string, string> {
  return {
    ...sandbox.environment,
    DISCORD_PAGER_STATE_DIR: stateDir,
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.4.2,deployment.environment.name=demo,service.instance.id=shop-1',
    // The SDK's own queue, for what is not urgent: a second instead of five.
    OTEL_BLRP_SCHEDULE_DELAY: '1000',
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: `postgres://shop:${databasePassword}@db.internal:5432/orders`,
  };
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
