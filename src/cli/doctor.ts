import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { detectTestRunner } from '../config/test-runner.ts';
import type { CommandHost, ExitCode, Finish } from './command-host.ts';
import {
  type Check,
  checkConfiguration,
  checkMentions,
  checkNode,
  checkProxy,
  checkRedaction,
  checkStateDirectory,
  checkSwitch,
} from './doctor-checks.ts';
import { checkProcessors } from './doctor-processors.ts';
import { checkWebhooks } from './doctor-webhooks.ts';
import { openNetwork } from './network.ts';
import { type Terminal, withoutControls } from './terminal.ts';

interface DoctorFlags {
  readonly post?: true;
  readonly json?: true;
}

export function addDoctorCommand(program: Command, host: CommandHost, finish: Finish): void {
  program
    .command('doctor')
    .summary('check configuration, webhooks, redaction and state directory')
    .description(
      'Checks everything a page depends on, one line each with the remedy. Asks every webhook whether it lives, which posts nothing.',
    )
    .option('--post', 'post one harmless, silent test message to every webhook')
    .option('--json', 'write one JSON document instead')
    .addHelpText('after', HELP_AFTER)
    .action(async (flags: DoctorFlags) => finish(await doctor(flags, host)));
}

const HELP_AFTER = `
Signs: ✓ in order · ! works, but look at it · ✗ failed

Exit codes: 0 nothing failed · 1 something failed · 2 wrong usage
`;

async function doctor(flags: DoctorFlags, host: CommandHost): Promise<ExitCode> {
  const { env, facts, stdout } = host;
  const testRunner = detectTestRunner(env);
  const config = await loadConfig({
    env,
    host: testRunner === undefined ? facts : { ...facts, testRunner },
    clock: host.clock,
  });
  const checks: Check[] = [checkNode(process.versions.node), ...checkConfiguration(config), checkSwitch(config, env)];
  const proxy = checkProxy(config, env);
  // With a proxy that is none there is no network to ask over; its own line says so.
  if (proxy.status !== 'failed') checks.push(...(await askWebhooks(config, host, flags.post === true)));
  checks.push(checkMentions(config, env), checkRedaction(config), ...checkProcessors(config, host.clock));
  checks.push(await checkStateDirectory(config.stateDir), proxy);
  const ok = checks.every(({ status }) => status !== 'failed');
  if (flags.json) stdout.line(JSON.stringify({ ok, checks }, undefined, 2));
  else print(checks, stdout);
  return ok ? 0 : 1;
}

async function askWebhooks(config: ResolvedConfig, host: CommandHost, post: boolean): Promise<Check[]> {
  const transport = await openNetwork(host.env);
  try {
    return await checkWebhooks(config, transport, host.clock, post);
  } finally {
    // An answer that never comes would hold this up, and nothing depends on it.
    void transport.close().catch(() => undefined);
  }
}

function print(checks: readonly Check[], terminal: Terminal): void {
  const { style } = terminal;
  const signs = { ok: style.green('✓'), warning: style.yellow('!'), failed: style.red('✗') };
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { status, name, detail, remedy } of checks) {
    const arrow = remedy === undefined ? '' : ` ${style.cyan('→')} ${withoutControls(remedy)}`;
    terminal.line(`${signs[status]} ${style.bold(name.padEnd(width))}  ${withoutControls(detail)}${arrow}`);
  }
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const failed = count('failed');
  const summary = `${count('ok')} in order, ${count('warning')} to look at, ${failed} failed`;
  terminal.line(failed === 0 ? style.green(summary) : style.red(summary));
}
