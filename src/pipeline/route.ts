import type { JsonValue, RedactedAlert } from '../alert.ts';
import { EVENT_CHANNELS, fallbackChannelOf, parseChannelName } from '../config/channel-name.ts';
import type { Route } from '../config/resolved-config.ts';
import { compileGlob } from '../matcher.ts';
import { isAtLeast, type Priority } from '../priority.ts';

/** What routing needs of the configuration, and where it complains. */
export interface RouterOptions {
  /** Names of the configured channels, lower-case, `-` for `_`. */
  readonly channels: ReadonlySet<string>;
  readonly routes: readonly Route[];
  readonly minPriority: Priority;
  /** Called with `unknown_channel` once per name, for at most {@link MAX_WARNED_NAMES} names. */
  readonly warn: (code: string, text: string) => void;
}

/**
 * Which rule chose the channel. `none`: no channel is configured, or only `audit`, which is never chosen by itself.
 */
export type RouteRule = 'pager_channel' | 'route' | 'event' | 'priority' | 'default' | 'none';

/** Where an alert goes. */
export interface Routed {
  /** False when the alert is below the threshold and nothing selects it all the same, or when there is no channel for it. */
  readonly shown: boolean;
  /** That of the alert, unless a route set another. */
  readonly priority: Priority;
  /** A configured channel; `default` where there is none. */
  readonly channel: string;
  readonly rule: RouteRule;
}

/** Sends an alert to its channel. Pure but for the warnings. */
export type Router = (alert: RedactedAlert) => Routed;

/** Unknown channel names that are warned of; what comes after is likely made of data. */
export const MAX_WARNED_NAMES = 100;
/** Never chosen by itself: it mirrors what the others get. */
const AUDIT = 'audit';

/**
 * Compiles the routing rules. The first of these that names a configured channel wins: `pager.channel` → the first route whose
 * matchers all match → the event name (`deploy*`, `ci*`, …) → the channel named after the priority → `default` → without it the
 * channel of the highest configured priority, then any.
 *
 * A route is asked only where `pager.channel` does not decide; its priority counts for every rule behind it, and for the threshold.
 */
export function createRouter(options: RouterOptions): Router {
  const { channels, minPriority } = options;
  const routes = options.routes.map((route) => ({ ...route, matches: compileMatch(route.match) }));
  const events = EVENT_CHANNELS.filter(({ channel }) => channels.has(channel)).map(({ channel, globs }) => ({
    channel,
    globs: globs.map(compileGlob),
  }));
  const hasChannel = (channel: string): boolean => channels.has(channel);
  const fallback = fallbackChannelOf(hasChannel) ?? [...channels].find((channel) => channel !== AUDIT);
  const warned = new Set<string>();

  function configured(name: string): string | undefined {
    const channel = parseChannelName(name);
    if (channel !== undefined && channels.has(channel)) return channel;
    const shown = printable(name);
    if (!warned.has(shown) && warned.size < MAX_WARNED_NAMES) {
      warned.add(shown);
      options.warn('unknown_channel', `the channel "${shown}" is not configured; the next rule decides`);
    }
    return undefined;
  }

  function choose(alert: RedactedAlert): { channel: string; rule: RouteRule; priority: Priority } {
    let { priority } = alert;
    const named = alert.channel === undefined || alert.channel === '' ? undefined : configured(alert.channel);
    if (named !== undefined) return { channel: named, rule: 'pager_channel', priority };
    const route = routes.find(({ matches }) => matches(alert));
    priority = route?.priority ?? priority;
    const routed = route === undefined ? undefined : configured(route.channel);
    if (routed !== undefined) return { channel: routed, rule: 'route', priority };
    const event = alert.origin.event ?? '';
    const byEvent = event === '' ? undefined : events.find(({ globs }) => globs.some((matches) => matches(event)));
    if (byEvent !== undefined) return { channel: byEvent.channel, rule: 'event', priority };
    const own = priority.toLowerCase();
    if (channels.has(own)) return { channel: own, rule: 'priority', priority };
    return { channel: fallback ?? 'default', rule: fallback === undefined ? 'none' : 'default', priority };
  }

  return (alert) => {
    const { channel, rule, priority } = choose(alert);
    const isSelected = alert.explicit || rule === 'pager_channel' || rule === 'route' || rule === 'event';
    return { shown: rule !== 'none' && (isSelected || isAtLeast(priority, minPriority)), priority, channel, rule };
  };
}

function compileMatch(match: Route['match']): (alert: RedactedAlert) => boolean {
  const matchers = Object.entries(match).map(([key, glob]) => ({ key, matches: compileGlob(glob) }));
  return (alert) => matchers.every(({ key, matches }) => textsOf(alert, key).some(matches));
}

/** The texts that a matcher of this key looks at: none where the alert does not have it, several for a list. */
function textsOf(alert: RedactedAlert, key: string): readonly string[] {
  const { origin, attributes } = alert;
  const own = OWN_KEYS.get(key);
  if (own !== undefined) return present(own(alert));
  const value = Object.hasOwn(attributes, key) ? attributes[key] : nested(attributes, key);
  if (value !== undefined) return Array.isArray(value) ? value.flatMap(textOf) : textOf(value);
  // What a resource says about the process is kept apart from the attributes of a record.
  switch (key) {
    case 'service.name':
      return present(origin.service);
    case 'service.version':
      return present(origin.version);
    case 'service.instance.id':
      return present(origin.instance);
    case 'deployment.environment.name':
    case 'deployment.environment':
      return present(origin.environment);
    default:
      return [];
  }
}

const OWN_KEYS: ReadonlyMap<string, (alert: RedactedAlert) => string | undefined> = new Map<
  string,
  (alert: RedactedAlert) => string | undefined
>([
  ['service', ({ origin }) => origin.service],
  ['logger', ({ origin }) => origin.logger],
  ['event', ({ origin }) => origin.event],
  ['environment', ({ origin }) => origin.environment],
  ['priority', ({ priority }) => priority],
]);

/** The deepest attribute that a dotted key reaches. */
const MAX_DEPTH = 8;

function nested(attributes: RedactedAlert['attributes'], key: string): JsonValue | undefined {
  const path = key.split('.');
  if (path.length < 2 || path.length > MAX_DEPTH) return undefined;
  let value: JsonValue | undefined = attributes;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[name];
  }
  return value;
}

function textOf(value: JsonValue): readonly string[] {
  return typeof value === 'object' ? [] : [String(value)];
}

function present(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

/** A name fit for a line of ours. */
function printable(name: string): string {
  const flat = name.slice(0, 48).replace(/[^\p{L}\p{N} ._/:-]/gu, '?');
  return name.length > 48 ? `${flat}…` : flat;
}
