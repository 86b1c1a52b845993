/** Why a text cannot be used. Never quotes the text: it may hold a token. */
export interface UrlRefusal {
  readonly ok: false;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** Why a text is not a usable webhook URL. Never quotes the text: it may hold a token. */
export type WebhookUrlRefusal = UrlRefusal | { readonly ok: true; readonly url: WebhookUrl };

/** An API base as {@link parseApiBaseUrl} normalises it, or why it cannot be used. */
export type ApiBaseUrlResult = UrlRefusal | { readonly ok: true; readonly base: string; readonly isLoopback: boolean };

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

/** The longest text that is looked at; a webhook URL has about 120 characters. */
const MAX_URL_CHARS = 2_048;

/** The longest part of an API base's path: tokens are longer. */
const MAX_BASE_PART_CHARS = 40;

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** True for `localhost`, `127.0.0.0/8` and `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Reads where requests go instead of Discord's API: an `http:` or `https:` URL without user name, query or fragment.
 * Without a path, or with `/api` or `/api/v9`, it becomes `…/api/v10`; any other path is kept, for a proxy that has a prefix.
 * The result has no trailing slash. Never throws.
 */
export function parseApiBaseUrl(text: string): ApiBaseUrlResult {
  const expected = 'the address of an API like Discord’s (http://127.0.0.1:8025)';
  const refuse = (found: string, remedy: string): UrlRefusal => ({ ok: false, found, expected, remedy });
  const url = parseUrl(unwrap(text));
  if (url === undefined) return refuse('text that is not a URL', 'Give scheme, host and port.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('a URL whose scheme is neither http nor https', 'Start it with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('a URL with a user name or password', 'Leave them out: the address is shown in diagnostics.');
  }
  if (url.pathname.includes('/webhooks')) {
    return refuse('the URL of a webhook', 'Give the part before /webhooks; a webhook belongs into its own variable.');
  }
  if (url.pathname.split('/').some((part) => part.length > MAX_BASE_PART_CHARS)) {
    return refuse(
      'a URL that may hold a token',
      'Leave the long part of its path out: the address is shown in diagnostics.',
    );
  }
  if (url.search !== '' || url.hash !== '') return refuse('a URL with a query or fragment', 'Leave that part out.');
  const path = url.pathname.replace(/\/$/, '');
  const base = `${url.origin}${path === '' || API_PREFIX.test(path) ? API_PATH : path}`;
  return { ok: true, base, isLoopback: isLoopbackHost(url.hostname) };
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
   * suffixes, a `thread_id`; blanks, quotes or `<>` around it. Normalised to v10. Other hosts are refused, loopback and the host
   * of `apiBaseUrl` aside. With `apiBaseUrl` every request goes there instead of to the URL's own host. Never throws; an
   * `apiBaseUrl` that is itself unusable is a refusal.
   */
  static parse(text: string, options: { readonly apiBaseUrl?: string | undefined } = {}): WebhookUrlRefusal {
    const trimmed = unwrap(text);
    if (trimmed === '')
      return refusal('an empty value', 'Set it to the URL that Discord shows under "Copy Webhook URL".');
    // The URL parser would silently join two lines to one URL.
    if (/\s/.test(trimmed))
      return refusal('text with blanks or several lines', 'Keep nothing but the one webhook URL.');
    const url = parseUrl(trimmed);
    if (url === undefined) return refusal('text that is not a URL', 'Paste the whole webhook URL.');
    const base = options.apiBaseUrl === undefined ? undefined : parseApiBaseUrl(options.apiBaseUrl);
    if (base?.ok === false) return base;
    const isLoopback = isLoopbackHost(url.hostname);
    const isBase = base !== undefined && url.host === new URL(base.base).host;
    if (!isLoopback && !isBase && !DISCORD_HOSTS.has(url.hostname)) {
      return refusal(
        'a URL of a host that is not Discord',
        'Only discord.com (ptb., canary., discordapp.com) is posted to.',
      );
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback || isBase))) {
      return refusal('a URL whose scheme is not https', 'Use https: the URL is a password.');
    }
    const path = WEBHOOK_PATH.exec(url.pathname);
    if (!path || (!isBase && !API_PREFIX.test(path[1] ?? ''))) {
      return refusal('a URL whose path is not /api/webhooks/<id>/<token>', 'Copy it again: part of it may be missing.');
    }
    const [, , id = '', token = ''] = path;
    const thread = url.searchParams.get('thread_id') ?? undefined;
    const apiBase =
      base !== undefined
        ? base.base
        : isLoopback
          ? `${url.origin}${API_PATH}`
          : `https://${url.hostname.replace('discordapp.com', 'discord.com')}${API_PATH}`;
    const targetIsLoopback = base !== undefined ? base.isLoopback : isLoopback;
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

  static {
    Object.defineProperty(WebhookUrl.prototype, INSPECT, { value: WebhookUrl.prototype.toString });
  }
}

/** Takes off what comes along when a URL is pasted: blanks, one pair of quotes, one pair of angle brackets. */
function unwrap(text: string): string {
  const trimmed = text.trim();
  const ends = `${trimmed[0] ?? ''}${trimmed.at(-1) ?? ''}`;
  return trimmed.length >= 2 && (ends === '""' || ends === "''" || ends === '<>')
    ? trimmed.slice(1, -1).trim()
    : trimmed;
}

function parseUrl(text: string): URL | undefined {
  if (text.length > MAX_URL_CHARS) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refusal(found: string, remedy: string): UrlRefusal {
  return {
    ok: false,
    found,
    expected: 'a Discord webhook URL (https://discord.com/api/webhooks/<id>/<token>)',
    remedy,
  };
}
