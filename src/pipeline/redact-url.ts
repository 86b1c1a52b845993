import { isAlnum, isSpace, matches } from './redact-chars.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';
import { GROUP } from './redact-reading.ts';
import type { Detector, Report, RuleName } from './redact-span.ts';

/** `scheme://user:PASSWORD@host`, RFC 3986 §3.2.1, any scheme. */
export const URL_USERINFO_RULE: RuleName = { id: 'url-userinfo' };

/** The longest stretch behind `://` in which the `@` of a userinfo is looked for. */
const MAX_AUTHORITY_CHARS = 1024;
/** A user name alone this long, with letters and digits, is a token (`https://<token>@host`). */
const MIN_TOKEN_CHARS = 20;

/**
 * Finds passwords in the userinfo of URLs; scheme, user, host, port and path stay. Passwords may hold a raw `@`, `/`, `?` or `#`.
 * `host:port`, and `user@host` without a password, are no finds.
 */
export const detectUserinfo: Detector = (text, report, reading) => {
  const firstAt = text.indexOf('@');
  if (firstAt < 0) return;
  let nextAt = firstAt;
  for (const at of reading.at(GROUP.urls)) {
    if (!isSchemeEnd(text, at)) continue;
    // One search for `@` serves all URLs before it.
    if (nextAt < at) nextAt = text.indexOf('@', at);
    if (nextAt < 0) break;
    if (nextAt - at <= MAX_AUTHORITY_CHARS) inspect(text, at + 3, nextAt, report);
  }
  for (let at = firstAt; at >= 0; at = text.indexOf('@', at + 1)) {
    if (matches(DSN_HOST, text, at)) inspectDsn(text, at, report);
    if (matches(BARE_HOST, text, at)) inspectBare(text, at, report);
  }
  // As some JSON encoders write it.
  for (const at of reading.at(GROUP.escapedUrls)) {
    if (!text.startsWith(':\\/\\/', at)) continue;
    const sign = text.indexOf('@', at);
    if (sign < 0) break;
    if (sign - at <= MAX_AUTHORITY_CHARS) inspect(text, at + 5, sign, report);
  }
};

/** What URLs are known by, and as some JSON encoders write it. */
export const URL_LITERALS = ['://'] as const;
export const ESCAPED_URL_LITERALS = [':\\/'] as const;

function isSchemeEnd(text: string, at: number): boolean {
  return text.startsWith('://', at) && isAlnum(text.charCodeAt(at - 1));
}

// `bob:hunter2@db:5432/shop` without a scheme: a port or path behind the host, and a password that has digits and letters.
const BARE_HOST = /@(?:[A-Za-z0-9-]{1,63}\.){0,6}[A-Za-z0-9-]{1,63}(?::\d{2,5}(?!\d)|\/(?=[\w]))/y;
const BARE_USER = /(?:^|[\s"'`=(<>,]|\/\/)[\w.%+-]{1,64}:([^\s"'`@/<>]{6,128})$/;

function inspectBare(text: string, at: number, report: Report): void {
  const password = BARE_USER.exec(text.slice(Math.max(0, at - 200), at))?.[1];
  if (password === undefined || !/\d/.test(password) || !/[A-Za-z]/.test(password)) return;
  reportPart(text, at - password.length, at, report);
}

// user:password@tcp(host:port)/database: https://github.com/go-sql-driver/mysql#dsn-data-source-name
const DSN_HOST = /@(?:tcp6?|udp|unix|cloudsql|[a-z]{2,12}\+tcp)\(/y;
const MAX_DSN_CHARS = 256;

function inspectDsn(text: string, at: number, report: Report): void {
  let start = at;
  while (start > 0 && at - start < MAX_DSN_CHARS && !isSpace(text.charCodeAt(start - 1))) start--;
  if (!text.slice(start, at).includes(':')) return;
  const user = /(?:^|[\s"'`=(:,/<>[])[\w.-]{1,64}:(?!\/\/)/.exec(text.slice(start, at));
  if (user !== null) reportPart(text, start + user.index + user[0].length, at, report);
}

const PORT_AND_LIST = /^\d{1,5};/;

function inspect(text: string, from: number, firstAt: number, report: Report): void {
  let colon = -1;
  let slash = -1;
  // Up to the first `@`: no blank or quote may come before it.
  for (let i = from; i < firstAt; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code) || code === 34 || code === 39 || code === 96) return;
    // A tag begins, unless a password has begun.
    if ((code === 60 || code === 62) && (colon < 0 || i === colon + 1 || isPort(text, colon + 1, i))) return;
    if (code === 58) {
      // Another URL begins before the `@`.
      if (text.charCodeAt(i + 1) === 47 && text.charCodeAt(i + 2) === 47) return;
      if (colon < 0) colon = i;
      // `jdbc:sqlserver://host:1433;user=…`: a port, and parameters behind it.
      if (colon === i && PORT_AND_LIST.test(text.slice(i + 1, i + 8))) return;
    }
    if ((code === 47 || code === 63 || code === 35) && slash < 0) slash = i;
  }
  // `https://host/@user` and `http://host:8080/?mail=a@b` have their `@` behind the authority.
  if (slash >= 0 && (colon < 0 || colon > slash || isPort(text, colon + 1, slash))) {
    if (!(colon === from && slash > colon + 1)) return;
  }
  const end = lastAtOf(text, from, firstAt);
  if (colon < 0 || colon > end) {
    if (isToken(text.slice(from, Math.min(end, from + 256)), text.slice(end + 1, end + 40)))
      reportPart(text, from, end, report);
    return;
  }
  const password = text.slice(colon + 1, end);
  // Basic authentication with a token as user: the password is empty or says so.
  if (password === '' || password === 'x-oauth-basic' || password === 'x') reportPart(text, from, colon, report);
  else reportPart(text, colon + 1, end, report);
}

function reportPart(text: string, start: number, end: number, report: Report): void {
  if (
    end <= start ||
    isCovered(text, start, end) ||
    isHarmlessValue(text.slice(start, Math.min(end, start + 600)), 'password')
  )
    return;
  report(start, end, URL_USERINFO_RULE);
}

function isPort(text: string, start: number, end: number): boolean {
  return /^\d{0,5}$/.test(text.slice(start, Math.min(end, start + 6)));
}

/** Hosts whose addresses hold a token as user. */
const TOKEN_HOSTS = /^(?:www\.)?(?:github|gitlab|bitbucket)\.|^dev\.azure\.|sentry\.io/i;
const MIN_HOST_TOKEN_CHARS = 10;

function isToken(user: string, host: string): boolean {
  return (
    user.length >= (TOKEN_HOSTS.test(host) ? MIN_HOST_TOKEN_CHARS : MIN_TOKEN_CHARS) &&
    /\d/.test(user) &&
    /[A-Za-z]/.test(user) &&
    /^[\w.~%+=-]+$/.test(user)
  );
}

const SIMPLE_HOST = /(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?(?=[/?#\s"'`<>,;)\]}\\&|]|$)/y;

/**
 * The `@` that ends the userinfo: the last one before the host, where a later one still has a plain host behind it and no slash
 * before it, or a host with a port.
 */
function lastAtOf(text: string, from: number, firstAt: number): number {
  let last = firstAt;
  let afterSlash = false;
  const stop = Math.min(text.length, from + MAX_AUTHORITY_CHARS);
  let hostFound = isHost(text, firstAt + 1);
  for (let i = firstAt + 1; i < stop; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code) || code === 34 || code === 39 || code === 96 || code === 60 || code === 62) break;
    if (code === 44 && hostFound) break;
    if (code === 58 && text.startsWith('\\/\\/', i + 1)) break;
    if (code === 58 && text.charCodeAt(i + 1) === 47 && text.charCodeAt(i + 2) === 47) break;
    if (code === 47 || code === 63 || code === 35) afterSlash = true;
    if (code !== 64) continue;
    const host = isHost(text, i + 1);
    if (host && (!afterSlash || !hostFound || hasPort(text, i + 1))) {
      last = i;
      hostFound = true;
    }
  }
  return last;
}

function isHost(text: string, at: number): boolean {
  SIMPLE_HOST.lastIndex = at;
  return SIMPLE_HOST.test(text);
}

function hasPort(text: string, at: number): boolean {
  SIMPLE_HOST.lastIndex = at;
  return /:\d+$/.test(SIMPLE_HOST.exec(text)?.[0] ?? '');
}
