import { isIP } from 'node:net';

/**
 * True for a `Host` header that cannot be a foreign page's: an IP address, `localhost` or a name below it, or the host the server was
 * told to listen on. A page of `attacker.example` can make that name lead to 127.0.0.1, but not change what its browser sends here.
 *
 * @see https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function isTrustedHost(header: string | undefined, ownHost: string): boolean {
  if (header === undefined || !URL.canParse(`http://${header}`)) return false;
  const { hostname } = new URL(`http://${header}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || name === ownHost.toLowerCase();
}

/** True for a change asked for by the server's own page, or by a program that is no browser and names no origin. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
