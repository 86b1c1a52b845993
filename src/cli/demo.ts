import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { SANDBOX_PORT, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import { Stagehand } from './demo-acts.ts';
import { keepOpen, whenAborted } from './demo-keeper.ts';
import type { ShopName } from './demo-scene.ts';
import { DEMO_CHANNELS } from './demo-scenes.ts';
import { missingPackages, SHOP_PACKAGES, type Shop, startShop } from './demo-shop.ts';
import { play, printOutcome } from './demo-stage.ts';
import { judge } from './demo-verdict.ts';
import { startChild } from './sandbox-child.ts';
import { UsageError } from './usage-error.ts';

export function addDemoCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('demo')
    .summary('watch a small service fail, and its pages arrive')
    .description(
      'Starts the sandbox and an instrumented shop that fails in many instructive ways, and checks that every page arrives. Nothing leaves this machine, no webhook is needed. On a terminal it takes a good minute and stays until Ctrl-C, for whoever wants to look and try: then the shop is started again whenever it dies.',
    )
    .option('--once', 'do not wait for anybody: play, check and end')
    .addHelpText(
      'after',
      '\nExit codes: 0 every scene showed what it should · 1 not so · 2 wrong usage, or packages missing\n',
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
  const { stdout, clock } = host;
  const { style } = stdout;
  stdout.line(`${style.bold('discord-pager demo')}  a shop that fails, and a Discord on this machine that shows it`);
  stdout.line(`  Open  ${style.cyan(sandbox.url)}  and watch${isWatched ? ' for a good minute' : ''}`);
  const password = randomBytes(12).toString('hex');
  const stateDirOf = (name: string): string => join(stateDir, name);
  const shops: Shop[] = [];
  const openShop = (name: ShopName, port = 0, more: Readonly<Record<string, string>> = PATIENT): Shop => {
    const shop = startShop(host.env, {
      ...webhooksOf(name, sandbox),
      ...shopSettings(name, port, password),
      DISCORD_PAGER_STATE_DIR: stateDirOf(name),
      ...more,
    });
    shops.push(shop);
    return shop;
  };
  const stagehand = new Stagehand({
    discord: sandbox.discord,
    clock,
    openShop,
    stateDirOf,
    webhookIdOf: (channel) => idOf(sandbox.discord.webhookUrl(channel)),
    // A CI job is no service, and runs on another machine: it has the webhooks and nothing else.
    run: async (args) => {
      const env = { PATH: host.env['PATH'] ?? '', ...sandbox.environment, DISCORD_PAGER_STATE_DIR: stateDirOf('ci') };
      const { code } = await startChild([process.execPath, MAIN, ...args], env, 'ignore').ended;
      if (code !== 0) throw new Error(`exit code ${code}, expected 0`);
    },
    setAway: (isAway) => void sandbox.setSwitch('outage', isAway),
    takenPort: Number(new URL(sandbox.url).port),
    stopped,
  });
  try {
    const played = await Promise.race([
      play({ host, discord: sandbox.discord, stagehand, isWatched, stopped }),
      whenAborted(stopped),
    ]);
    if (played === undefined || stopped.aborted) return 1;
    const outcome = judge(sandbox.discord, played, password);
    printOutcome(outcome, host);
    if (isWatched) {
      // It knows nothing of the incidents of the play: what is broken now is a new page rather than one more in an old count.
      const anew = { DISCORD_PAGER_STATE_DIR: stateDirOf('anew') };
      await keepOpen((port) => openShop('shop-1', port, anew), sandbox, host, stopped);
    }
    return outcome.isGood ? 0 : 1;
  } finally {
    for (const shop of shops) shop.kill();
    await Promise.all(shops.map(({ ended }) => ended));
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

/**
 * A process that dies at its start is held until its pager's thread has come up and sent the page. On a machine that is busy with other
 * things, as those of CI are, that takes longer than the two seconds of the default.
 */
const PATIENT = { DISCORD_PAGER_EXIT_TIMEOUT_MS: '8000' };

/** The second instance stands for one of another team, which has two webhooks of its own and no more. */
function webhooksOf(name: ShopName, { discord, environment }: Sandbox): Readonly<Record<string, string>> {
  if (name === 'shop-1') return environment;
  return {
    DISCORD_PAGER_WEBHOOK_URL: discord.webhookUrl('alerts', { webhook: name }),
    DISCORD_PAGER_WEBHOOK_P0: discord.webhookUrl('p0', { webhook: name }),
  };
}

function idOf(webhookUrl: string): string {
  return new URL(webhookUrl).pathname.split('/').at(-2) ?? '';
}

function shopSettings(name: ShopName, port: number, databasePassword: string): Record<string, string> {
  return {
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: `service.version=1.4.2,deployment.environment.name=demo,service.instance.id=${name}`,
    // The SDK's own queue, for what is not urgent: a second instead of five.
    OTEL_BLRP_SCHEDULE_DELAY: '1000',
    // Counts tick so that it can be watched: after two seconds, four, eight … instead of five, ten, twenty.
    DISCORD_PAGER_EDIT_INTERVAL: '2s',
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_URL: `postgres://shop:${databasePassword}@db.internal:5432/orders`,
  };
}
