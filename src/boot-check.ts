import type { Clock } from './clock.ts';
import type { ResolvedConfig } from './config/resolved-config.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { StateDirectory } from './state/state-directory.ts';

/** A start is announced, and a webhook asked, once in this time. */
export const BOOT_CHECK_INTERVAL_MS: number = 3_600_000;
const STATE_FILE = 'boot-check.json';
const MAX_REMEMBERED = 200;

interface Remembered {
  /** `service@version` → when its start was posted. */
  readonly posts: Record<string, number>;
  /** Webhook id → when it was found alive. */
  readonly probes: Record<string, number>;
}

export interface BootCheckDeps {
  readonly clock: Clock;
  readonly delivery: Delivery;
  /** Undefined: nothing is remembered, every start checks. */
  readonly state: StateDirectory | undefined;
  readonly warn: (code: string, text: string) => void;
}

/**
 * Finds out at the start whether pages can arrive, before the first real one has to: "service started" in the `dev` channel
 * where there is one, else a GET of every webhook, which posts nothing. What is broken is warned of in words; nothing is thrown.
 */
export async function runBootCheck(config: ResolvedConfig, deps: BootCheckDeps): Promise<void> {
  if (config.bootCheck === 'off') return;
  const nowMs = deps.clock.now();
  const remembered = parseRemembered(await deps.state?.read(STATE_FILE));
  const recent = (at: number | undefined): boolean =>
    at !== undefined && at <= nowMs && nowMs - at < BOOT_CHECK_INTERVAL_MS;
  const postTo = config.channels.has('dev') ? 'dev' : config.bootCheck === 'post' ? 'default' : undefined;
  if (config.bootCheck !== 'probe' && postTo !== undefined) {
    const { name = 'a service', version, environment } = config.service;
    const who = version === undefined ? name : `${name}@${version}`;
    if (config.bootCheck === 'auto' && recent(remembered.posts[who])) return;
    deps.delivery.self(postTo, {
      priority: 'DEV',
      success: true,
      title: `Service started: ${who}`,
      text: `Pages of ${name}${environment === undefined ? '' : ` (${environment})`} arrive here. Channels: ${[...config.channels.keys()].join(', ')}.`,
    });
    remembered.posts[who] = nowMs;
    await remember(deps.state, remembered, nowMs);
    return;
  }
  const due = [...config.channels.values()].some(({ id }) => !recent(remembered.probes[id]));
  if (config.bootCheck === 'auto' && !due) return;
  let allLive = true;
  for (const { channels, result } of await deps.delivery.probeAll()) {
    if (result.kind === 'live') continue;
    allLive = false;
    // A webhook that is gone was already warned of by the delivery.
    if (result.kind === 'unknown') {
      deps.warn(
        'boot_check',
        `the webhook of ${channels.join(', ')} could not be checked at the start (${result.reason})`,
      );
    }
  }
  if (!allLive) return;
  for (const { id } of config.channels.values()) remembered.probes[id] = nowMs;
  await remember(deps.state, remembered, nowMs);
}

async function remember(state: StateDirectory | undefined, remembered: Remembered, nowMs: number): Promise<void> {
  const keep = (times: Record<string, number>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(times)
        .filter(([, at]) => at <= nowMs && nowMs - at < BOOT_CHECK_INTERVAL_MS)
        .slice(-MAX_REMEMBERED),
    );
  await state?.write(
    STATE_FILE,
    JSON.stringify({ version: 1, posts: keep(remembered.posts), probes: keep(remembered.probes) }),
  );
}

function parseRemembered(text: string | undefined): Remembered {
  try {
    const value = JSON.parse(text ?? '') as { version?: unknown; posts?: unknown; probes?: unknown };
    if (value.version === 1) return { posts: timesOf(value.posts), probes: timesOf(value.probes) };
  } catch {
    // A damaged file costs one more check, nothing else.
  }
  return { posts: {}, probes: {} };
}

function timesOf(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
