import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { type DiscordEmulator, startDiscordEmulator } from '../discord-emulator/emulator.ts';
import type { EmulatedMessage } from '../discord-emulator/message-store.ts';
import type { CommandHost, ExitCode } from './command-host.ts';
import { countOf, DEMO_CHANNELS, faultsOf, isPageOf, SCENES, type Scene } from './demo-scenes.ts';
import { missingPackages, SHOP_PACKAGES, type Shop, type ShopEnd, type ShopLine, startShop } from './demo-shop.ts';
import { drawEdit, drawPage, wrap } from './page-picture.ts';
import type { Finish } from './program.ts';
import { type Terminal, withoutControls } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The whole demo; what has not come by then counts as missing. */
const TOTAL_MS = 18_000;
/** The longest that a scene waits for its page; the rest of the demo goes on without it. */
const SCENE_MS = 4_000;
/** A page may arrive before the pipe has brought the log line that tells of the same trouble; it is shown after it. */
const SHOW_AFTER_MS = 80;
/** Between two scenes, and for the eye of whoever watches a terminal. */
const PAUSE_MS = { unwatched: 2 * SHOW_AFTER_MS, watched: 900 } as const;

export function addDemoCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('demo')
    .summary('watch a small service fail, and its pages arrive')
    .description(
      'Starts a local Discord and an instrumented shop that fails in instructive ways, and shows every page as it arrives. Nothing leaves this machine, no webhook is needed. Takes about 15 seconds.',
    )
    .option('--once', 'play once, check every page, and end (what it always does as yet)')
    .addHelpText(
      'after',
      '\nExit codes: 0 every page arrived as expected · 1 not so · 2 wrong usage, or packages missing\n',
    )
    .action(async () => finish(await demo(host)));
}

async function demo(host: CommandHost): Promise<ExitCode> {
  const missing = missingPackages();
  if (missing.length > 0) throw new UsageError([missingPackagesProblem(missing)]);
  const discord = await startDiscordEmulator();
  const password = randomBytes(12).toString('hex');
  const stage = createStage(host, discord);
  const shop = startShop(host.env, shopSettings(discord, password), stage.onLine);
  shop.ready.catch(() => undefined);
  // Whoever stops the demo stops the shop as well; the signal then does what it would have done.
  const onSignal = (signal: NodeJS.Signals): void => {
    shop.kill();
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const deadlineMs = host.clock.now() + TOTAL_MS;
    const end = await play(shop, discord, stage, host, deadlineMs);
    return summarise(discord, end, password, host);
  } finally {
    shop.kill();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await discord.close();
  }
}

function missingPackagesProblem(missing: readonly string[]): UsageError['problems'][number] {
  const packages = SHOP_PACKAGES.map((name) => (name === '@opentelemetry/api' ? `${name}@1.9` : name));
  return {
    key: 'demo',
    found: `${missing.join(', ')} not installed`,
    expected: "OpenTelemetry's SDK and pino beside this package, as an instrumented service has them",
    remedy: `Run: npx ${['otel-discord-pager', ...packages].map((name) => `-p ${name}`).join(' ')} discord-pager demo`,
  };
}

function shopSettings(discord: DiscordEmulator, databasePassword: string): Record<string, string> {
  const webhooks = DEMO_CHANNELS.map((channel) => [
    `DISCORD_PAGER_WEBHOOK_${channel === 'alerts' ? 'URL' : channel.toUpperCase()}`,
    discord.webhookUrl(channel),
  ]);
  return {
    ...Object.fromEntries(webhooks),
    DISCORD_PAGER_STATE_DIR: 'none',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.4.2,deployment.environment.name=demo,service.instance.id=shop-1',
    // The SDK's own queue, for what is not urgent: a second instead of five.
    OTEL_BLRP_SCHEDULE_DELAY: '1000',
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: `postgres://shop:${databasePassword}@db.internal:5432/orders`,
  };
}

/** What is shown while the demo runs. */
interface Stage {
  onLine(line: ShopLine): void;
  announce(scene: Scene, number: number): void;
  /** Since when the latency of the next new message counts. */
  started(): void;
  /** Prints what waits to be counted: repeated log lines. */
  settle(): void;
}

function createStage(host: CommandHost, discord: DiscordEmulator): Stage {
  const { stdout, clock } = host;
  const { style } = stdout;
  let startedMs = clock.now();
  let last: { line: ShopLine; repeats: number } | undefined;

  function settle(): void {
    if (last !== undefined && last.repeats > 0) logLine(`… and ${last.repeats} more of this line`, 30);
    if (last !== undefined) last.repeats = 0;
  }

  function logLine(text: string, level: number): void {
    const paint = level >= 50 ? style.red : style.dim;
    stdout.line(`  ${style.dim('shop │')} ${paint(cut(withoutControls(text), Math.min(100, stdout.columns) - 11))}`);
  }

  function showSoon(lines: readonly string[]): void {
    void clock.sleep(SHOW_AFTER_MS).then(() => {
      settle();
      for (const line of lines) stdout.line(line);
    });
  }

  const options = () => ({ style, columns: stdout.columns, nowMs: clock.now() });
  discord.on('message', (message) =>
    showSoon(drawPage(message, { ...options(), latencyMs: Math.round(message.createdAtMs - startedMs) })),
  );
  discord.on('edit', (message) => showSoon(drawEdit(message, options())));

  stdout.line();
  stdout.line(`${style.bold('discord-pager demo')}  a shop that fails, and a Discord on this machine that shows it`);
  const channels = DEMO_CHANNELS.map((channel) => style.cyan(`#${channel}`)).join(' ');
  stdout.line(
    style.dim(
      `examples/shop/server.js knows nothing of the pager; instrumentation.js registers it. Channels: ${channels}`,
    ),
  );
  return {
    onLine(line) {
      // The dying words of Node are several lines; the first that tells the error is enough.
      if (line.level === 0 && !/^\w*Error\b/.test(line.text)) return;
      if (last?.line.text === line.text) {
        last.repeats++;
        return;
      }
      settle();
      last = { line, repeats: 0 };
      logLine(line.level >= 60 ? `FATAL ${line.text}` : line.text, line.level === 0 ? 60 : line.level);
    },
    announce(scene, number) {
      settle();
      last = undefined;
      const width = Math.max(40, Math.min(100, stdout.columns));
      stdout.line();
      for (const [index, line] of wrap(`${number}  ${scene.story}`, width).entries()) {
        stdout.line(style.bold(index === 0 ? line : `   ${line}`));
      }
      for (const line of wrap(scene.lesson, width - 3)) stdout.line(style.dim(`   ${line}`));
    },
    started() {
      startedMs = clock.now();
    },
    settle,
  };
}

async function play(
  shop: Shop,
  discord: DiscordEmulator,
  stage: Stage,
  host: CommandHost,
  deadlineMs: number,
): Promise<ShopEnd | undefined> {
  const { clock, stdout } = host;
  const leftMs = (): number => Math.max(0, deadlineMs - clock.now());
  let hasEnded = false;
  const ended = shop.ended.then((end) => {
    hasEnded = true;
    return end;
  });
  const arrival = (isThere: (messages: EmulatedMessage[]) => boolean, timeoutMs: number): Promise<unknown> =>
    discord.waitForMessages(isThere, Math.min(timeoutMs, leftMs())).catch(() => undefined);

  for (const [index, scene] of SCENES.entries()) {
    if (index === SCENES.length - 1) {
      // What still counts is brought up to date first: the crash would hurry it, and hide how it comes by itself.
      await Promise.race([arrival(hasAllCounts, leftMs() / 2), ended]);
      await clock.sleep(2 * SHOW_AFTER_MS);
    }
    if (hasEnded) break;
    stage.announce(scene, index + 1);
    stage.started();
    if (scene.call === undefined) await Promise.race([shop.ready.catch(() => undefined), clock.sleep(leftMs())]);
    else await Promise.race([shop.call(scene.call).catch(() => undefined), clock.sleep(leftMs())]);
    const page = arrival((messages) => messages.some((message) => isPageOf(scene.page, message)), SCENE_MS);
    // The last page leaves before its process has ended, and is there when it has.
    await Promise.race([page, ended.then(() => clock.sleep(2 * SHOW_AFTER_MS))]);
    await clock.sleep(Math.min(stdout.isTerminal ? PAUSE_MS.watched : PAUSE_MS.unwatched, leftMs()));
  }
  const end = await Promise.race([ended, clock.sleep(leftMs()).then(() => undefined)]);
  stage.settle();
  if (end !== undefined) stdout.line(`  ${stdout.style.dim(`shop │ ended, exit code ${end.code ?? end.signal}`)}`);
  return end;
}

function hasAllCounts(messages: readonly EmulatedMessage[]): boolean {
  return SCENES.every(
    ({ page }) =>
      page.count === 1 || messages.some((message) => isPageOf(page, message) && countOf(message) >= page.count),
  );
}

function summarise(discord: DiscordEmulator, end: ShopEnd | undefined, password: string, host: CommandHost): ExitCode {
  const { stdout } = host;
  const { style } = stdout;
  const messages = discord.messages();
  const requests = discord.requests();
  const pages = SCENES.map(({ name, page }) => ({ name, faults: faultsOf(page, messages) }));
  const strangers = messages.filter((message) => !SCENES.some(({ page }) => isPageOf(page, message)));
  const refused = requests.filter(({ status }) => status !== undefined && status >= 400);
  const violations = discord.violations();
  const everything = JSON.stringify([requests, messages]);
  const promises: readonly (readonly [string, boolean, string])[] = [
    ['nothing else was posted', strangers.length === 0, `${strangers.length} more messages`],
    [
      'only P0s pinged anybody',
      messages.every((message) => message.pinged === SCENES.some(({ page }) => page.pings && isPageOf(page, message))),
      'somebody was pinged, or not pinged, against the rules',
    ],
    [
      `the database password is in none of ${requests.length} requests`,
      !everything.includes(password),
      'the password was sent',
    ],
    [
      'Discord refused nothing and limited nothing',
      refused.length === 0 && violations.length === 0,
      [...refused.map(({ method, status }) => `${method} ${status}`), ...violations.map(({ text }) => text)]
        .slice(0, 3)
        .join('; '),
    ],
    [
      'the shop died its own death (exit code 1)',
      end?.code === 1,
      `it ended with ${end?.code ?? end?.signal ?? 'nothing'}`,
    ],
  ];

  stdout.line();
  for (const { name, faults } of pages) printVerdict(stdout, `page ${name}`, faults);
  for (const [name, isKept, fault] of promises) printVerdict(stdout, name, isKept ? [] : [fault]);
  const right = pages.filter(({ faults }) => faults.length === 0).length;
  const isGood = right === pages.length && promises.every(([, isKept]) => isKept);
  const summary = `${right}/${pages.length} pages as expected`;
  stdout.line();
  stdout.line(style.bold(isGood ? style.green(summary) : style.red(summary)));
  return isGood ? 0 : 1;
}

function printVerdict(terminal: Terminal, name: string, faults: readonly string[]): void {
  const { style } = terminal;
  terminal.line(`${faults.length === 0 ? style.green('✓') : style.red('✗')} ${name}`);
  for (const fault of faults) terminal.line(`    ${withoutControls(fault)}`);
}

function cut(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, Math.max(0, maxChars - 1))}…`;
}
