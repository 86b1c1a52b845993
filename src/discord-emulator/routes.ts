import { isSnowflake } from './snowflake.ts';

/** Everything the emulator answers. */
export type RouteKind =
  | 'webhook_execute'
  | 'webhook_slack'
  | 'webhook_github'
  | 'webhook_get'
  | 'webhook_modify'
  | 'webhook_delete'
  | 'message_get'
  | 'message_edit'
  | 'message_delete'
  | 'bot_webhook_get'
  | 'bot_webhook_modify'
  | 'bot_webhook_delete'
  | 'bot_me'
  | 'bot_guild_channels'
  | 'bot_channel_create'
  | 'bot_guild_webhooks'
  | 'bot_channel_get'
  | 'bot_channel_modify'
  | 'bot_channel_webhooks'
  | 'bot_webhook_create'
  | 'bot_messages'
  | 'bot_thread_create'
  | 'bot_pin';

/** Path parameters; those a route does not have are empty. */
export interface RouteParams {
  readonly webhookId: string;
  readonly token: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly guildId: string;
}

export type RouteMatch =
  | { readonly kind: RouteKind; readonly params: RouteParams; readonly badId: string | undefined }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'method_not_allowed' };

const TABLE: readonly (readonly [method: string, pattern: string, kind: RouteKind])[] = [
  ['POST', 'webhooks/:webhookId/:token', 'webhook_execute'],
  ['GET', 'webhooks/:webhookId/:token', 'webhook_get'],
  ['PATCH', 'webhooks/:webhookId/:token', 'webhook_modify'],
  ['DELETE', 'webhooks/:webhookId/:token', 'webhook_delete'],
  ['POST', 'webhooks/:webhookId/:token/slack', 'webhook_slack'],
  ['POST', 'webhooks/:webhookId/:token/github', 'webhook_github'],
  ['GET', 'webhooks/:webhookId/:token/messages/:messageId', 'message_get'],
  ['PATCH', 'webhooks/:webhookId/:token/messages/:messageId', 'message_edit'],
  ['DELETE', 'webhooks/:webhookId/:token/messages/:messageId', 'message_delete'],
  ['GET', 'webhooks/:webhookId', 'bot_webhook_get'],
  ['PATCH', 'webhooks/:webhookId', 'bot_webhook_modify'],
  ['DELETE', 'webhooks/:webhookId', 'bot_webhook_delete'],
  ['GET', 'users/@me', 'bot_me'],
  ['GET', 'guilds/:guildId/channels', 'bot_guild_channels'],
  ['POST', 'guilds/:guildId/channels', 'bot_channel_create'],
  ['GET', 'guilds/:guildId/webhooks', 'bot_guild_webhooks'],
  ['GET', 'channels/:channelId', 'bot_channel_get'],
  ['PATCH', 'channels/:channelId', 'bot_channel_modify'],
  ['GET', 'channels/:channelId/webhooks', 'bot_channel_webhooks'],
  ['POST', 'channels/:channelId/webhooks', 'bot_webhook_create'],
  ['GET', 'channels/:channelId/messages', 'bot_messages'],
  ['POST', 'channels/:channelId/messages/:messageId/threads', 'bot_thread_create'],
  ['PUT', 'channels/:channelId/messages/pins/:messageId', 'bot_pin'],
  ['PUT', 'channels/:channelId/pins/:messageId', 'bot_pin'],
];

const ROUTES = TABLE.map(([method, pattern, kind]) => ({ method, parts: pattern.split('/'), kind }));

const NO_PARAMS: RouteParams = { webhookId: '', token: '', messageId: '', channelId: '', guildId: '' };

/** Names of the id parameters as Discord's complaints call them. */
const ID_FIELDS: readonly (readonly [keyof RouteParams, string])[] = [
  ['webhookId', 'webhook_id'],
  ['messageId', 'message_id'],
  ['channelId', 'channel_id'],
  ['guildId', 'guild_id'],
];

/** The path below `/api`, taken apart. `version` is undefined for a path without one; the path is undefined outside of `/api`. */
export function splitApiPath(pathname: string): { version: number | undefined; path: string | undefined } {
  const match = /^\/api(?:\/v(\d{1,3}))?(?:\/(.*))?$/s.exec(pathname);
  if (match === null) return { version: undefined, path: undefined };
  return { version: match[1] === undefined ? undefined : Number(match[1]), path: match[2] ?? '' };
}

/** Finds the route of a path below `/api`; `badId` names the first id that is none. */
export function matchRoute(method: string, path: string): RouteMatch {
  const segments = path.replace(/\/$/, '').split('/');
  let pathKnown = false;
  for (const route of ROUTES) {
    const params = matchSegments(route.parts, segments);
    if (params === undefined) continue;
    pathKnown = true;
    if (route.method !== method) continue;
    const bad = ID_FIELDS.find(([key]) => route.parts.includes(`:${key}`) && !/^\d{1,20}$/.test(params[key]));
    return { kind: route.kind, params, badId: bad?.[1] };
  }
  return { kind: pathKnown ? 'method_not_allowed' : 'not_found' };
}

function matchSegments(parts: readonly string[], segments: readonly string[]): RouteParams | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: Record<keyof RouteParams, string> = { ...NO_PARAMS };
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else params[part.slice(1) as keyof RouteParams] = segment;
  }
  return params;
}

/** The path as a log may show it: what stands where a webhook's token stands is masked, also in paths that match no route. */
export function maskPath(pathname: string): string {
  return pathname.replace(/(\/webhooks\/[^/]*\/)[^/]+/g, '$1***');
}

/** The webhook id of any path that has one: for the log of requests that match no route. */
export function webhookIdOf(pathname: string): string | undefined {
  const id = /\/webhooks\/(\d+)/.exec(pathname)?.[1];
  return isSnowflake(id) ? id : undefined;
}
