/** Why a text is not a usable webhook URL. Never quotes the text: it may hold a token. */
export type WebhookUrlRefusal =
  | { readonly ok: false; readonly found: string; readonly expected: string; readonly remedy: string }
  | { readonly ok: true; readonly url: WebhookUrl };

const DISCORD_HOSTS: ReadonlySet<string> = new Set([
  'discord.com',
  'ptb.discord.com',
  'canary.discord.com',
  'discordapp.com',
  'ptb.discordapp.com',
  'canary.discordapp.com',
]);

/** The version every request goes to. A URL copied from Discord carries none, which would mean v6 and its other error format. */
const API_PATH = '/api/v10';

// Ids are snowflakes of 17–20 digits; tokens are 68 characters today and have been longer.
// https://discord.com/developers/docs/reference#snowflakes
const WEBHOOK_PATH = /^(.*?)\/webhooks\/(\d{17,20})\/([A-Za-z0-9_-]{20,200})(?:\/(?:slack|github))?\/?$/;
const API_PREFIX = /^\/api(?:\/v\d{1,2})?$/;

/** True for `localhost`, `127.0.0.0/8` and `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * A webhook's address, which is a password: whoever has it can post. However it is printed (`String`, JSON, `util.inspect`,
 * template literal), only the id shows: `https://discord.com/api/v10/webhooks/123…/***`.
 */
export class WebhookUrl {
  /** The webhook's snowflake. Not secret. */
  readonly id: string;
  /** Thread of a pasted `?thread_id=…`: the default for every message. */
  readonly threadId: string | undefined;
  /** Scheme, host and API prefix without a trailing slash: `https://discord.com/api/v10`. Not secret. */
  readonly apiBase: string;
  readonly isLoopback: boolean;
  // A `#` field is not shown by util.inspect, JSON or a debugger's property list of a structured clone.
  readonly #token: string;

  private constructor(id: string, token: string, apiBase: string, isLoopback: boolean, threadId: string | undefined) {
    this.id = id;
    this.#token = token;
    this.apiBase = apiBase;
    this.isLoopback = isLoopback;
    this.threadId = threadId;
  }

  /**
   * Accepts what users paste: with or without `/v10`, `discordapp.com`, `ptb.` and `canary.` hosts, `/slack` and `/github`
   * suffixes, a `thread_id`; blanks and quotes around it. Normalised to v10. Other hosts are refused, loopback and the host of
   * `apiBaseUrl` aside. With `apiBaseUrl` every request goes there instead of to the URL's own host.
   */
  static parse(text: string, options: { readonly apiBaseUrl?: string | undefined } = {}): WebhookUrlRefusal {
    const trimmed = text
      .trim()
      .replace(/^(["'])(.*)\1$/s, '$2')
      .trim();
    if (trimmed === '')
      return refusal('an empty value', 'Set it to the URL that Discord shows under "Copy Webhook URL".');
    let url: URL;
    try {
      url = new URL(trimmed);
    } catch {
      return refusal(`text of ${trimmed.length} characters that is not a URL`, 'Paste the whole webhook URL.');
    }
    const base = options.apiBaseUrl === undefined ? undefined : new URL(options.apiBaseUrl);
    const isLoopback = isLoopbackHost(url.hostname);
    const isBase = base !== undefined && url.host === base.host;
    if (!isLoopback && !isBase && !DISCORD_HOSTS.has(url.hostname)) {
      return refusal(
        'a URL of a host that is not Discord',
        'Only discord.com (ptb., canary., discordapp.com) is posted to.',
      );
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback || isBase))) {
      return refusal(`the scheme ${url.protocol.replace(/[^a-z:]/g, '')}`, 'Use https: the URL is a password.');
    }
    const path = WEBHOOK_PATH.exec(url.pathname);
    if (!path || (!isBase && !API_PREFIX.test(path[1] ?? ''))) {
      return refusal('a URL whose path is not /api/webhooks/<id>/<token>', 'Copy it again: part of it may be missing.');
    }
    const [, , id = '', token = ''] = path;
    const thread = url.searchParams.get('thread_id') ?? undefined;
    const apiBase =
      base !== undefined
        ? base.href.replace(/\/+$/, '')
        : isLoopback
          ? `${url.origin}${API_PATH}`
          : `https://${url.hostname.replace('discordapp.com', 'discord.com')}${API_PATH}`;
    const targetIsLoopback = base !== undefined ? isLoopbackHost(base.hostname) : isLoopback;
    const threadId = thread !== undefined && /^\d{17,20}$/.test(thread) ? thread : undefined;
    return { ok: true, url: new WebhookUrl(id, token, apiBase, targetIsLoopback, threadId) };
  }

  /** The secret itself, for the request and for the redaction stage's known values. Never put it into a text. */
  revealToken(): string {
    return this.#token;
  }

  toString(): string {
    return `${this.apiBase}/webhooks/${this.id}/***`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function refusal(found: string, remedy: string): WebhookUrlRefusal {
  return {
    ok: false,
    found,
    expected: 'a Discord webhook URL (https://discord.com/api/webhooks/<id>/<token>)',
    remedy,
  };
}
