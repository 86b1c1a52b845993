import type { CaptureFilter } from '../capture/capture-target.ts';
import { isAtLeast, type Priority, parsePriority } from '../priority.ts';
import { eventGlobsOf, parseChannelName, parseWebhookVariable } from './channel-name.ts';
import { parseFlag } from './flag.ts';
import { detectTestRunner } from './test-runner.ts';
import { isLoopbackHost } from './webhook-url.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The filter that stands until the pager thread has read the configuration: synchronous, cheap, reading no file. It errs towards
 * capturing, because what is captured too much is sorted out later and what is not captured is lost.
 *
 * Off only when that is certain: switched off, nowhere a webhook, or inside a test runner with nothing but real webhooks. The
 * threshold is the one from code or environment, else `P2`; at least `P3` where a config file or a value that cannot be read
 * leaves it open, and then every event name counts that could lead to a channel. `options` may hold anything. Never throws.
 */
export function quickFilter(env: Env, options: object = {}): CaptureFilter {
  try {
    return firstGuess(env, isRecord(options) ? options : {});
  } catch {
    // A getter or proxy that throws: leave everything open, the pager thread gets a plain copy.
    return { enabled: true, minPriority: 'P3', events: eventGlobsOf(() => true), routes: [] };
  }
}

function firstGuess(env: Env, given: Readonly<Record<string, unknown>>): CaptureFilter {
  const webhooks = webhooksOf(env, given);
  const hasFile = isSet(given['config']) || isSet(env['DISCORD_PAGER_CONFIG']);
  const written = [given['minPriority'], env['DISCORD_PAGER_MIN_PRIORITY']].filter(isSet);
  const minPriority = written.map(parsePriority).find((priority) => priority !== undefined) ?? 'P2';
  const isOpen = hasFile || written.some((value) => parsePriority(value) === undefined);
  return {
    enabled: !isCertainlyOff(env, given, webhooks, hasFile),
    minPriority: isOpen ? lessUrgent(minPriority, 'P3') : minPriority,
    events: eventGlobsOf(isOpen ? () => true : (channel) => webhooks.has(channel)),
    routes: routesOf(given['routes']),
  };
}

function isCertainlyOff(
  env: Env,
  given: Readonly<Record<string, unknown>>,
  webhooks: ReadonlyMap<string, unknown>,
  hasFile: boolean,
): boolean {
  const switches = [given['enabled'], env['DISCORD_PAGER_ENABLED']].filter(isSet);
  const enabled = switches.find((value) => parseFlag(value) !== undefined || /^\s*auto\s*$/i.test(String(value)));
  if (parseFlag(enabled) === false) return true;
  if (hasFile) return false;
  if (webhooks.size === 0) return true;
  if (parseFlag(enabled) === true || detectTestRunner(env) === undefined) return false;
  const base = [given['apiBaseUrl'], env['DISCORD_PAGER_API_BASE_URL']].filter(isSet);
  return base.length === 0 && [...webhooks.values()].every(isForeign);
}

/** True for a URL that is not on loopback. A reference may turn out to be. */
function isForeign(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\s*["'<]?https?:/i.test(value)) return false;
  const text = value.trim().replace(/^["'<]/, '');
  return URL.canParse(text) && !isLoopbackHost(new URL(text).hostname);
}

function webhooksOf(env: Env, given: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const webhooks = new Map<string, unknown>();
  for (const variable of Object.keys(env)) {
    const webhook = parseWebhookVariable(variable);
    const value = env[variable];
    // A path is no URL, which is as much as is known of it here.
    if (webhook !== undefined && isSet(value)) webhooks.set(webhook.channel, webhook.fromFile ? undefined : value);
  }
  const inCode = given['webhooks'];
  if (!isRecord(inCode)) return webhooks;
  for (const name of Object.keys(inCode)) {
    const channel = parseChannelName(name);
    if (channel !== undefined && isSet(inCode[name])) webhooks.set(channel, inCode[name]);
  }
  return webhooks;
}

function routesOf(routes: unknown): readonly Readonly<Record<string, string>>[] {
  if (!Array.isArray(routes)) return [];
  return routes.flatMap((route: unknown) => {
    const match = isRecord(route) ? route['match'] : undefined;
    if (!isRecord(match)) return [];
    const globs = Object.entries(match).filter(([, glob]) => /^(?:string|number|boolean)$/.test(typeof glob));
    return globs.length > 0 ? [Object.fromEntries(globs.map(([name, glob]) => [name, String(glob)]))] : [];
  });
}

function lessUrgent(a: Priority, b: Priority): Priority {
  return isAtLeast(a, b) ? b : a;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
