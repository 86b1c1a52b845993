/** In a `name`, a number of at most three digits behind a word stays: `queue "shard-1"` is not `queue "shard-2"`. */
export type Mode = 'text' | 'name';

/** Ends with a word behind which a number is a code: `status code `, `exited with `, `errno: -`, `SQLSTATE[`, `Error ` (MySQL). */
const CODE_PLACE =
  /(?:(?:status|code|errno|sqlstate|sqlcode|hresult|rc|http(?:\/[\d.]{1,3})?|exit(?:ed)?(?: with)?|signal|sig)["']?(?:[ :=#([]{1,3}| (?:of|is|was) )["']?-?|(?:error|err)[ #]{1,2}-?)$/i;
/** Codes that are values of somebody: a coupon, a parcel. */
const VALUE_CODE =
  /(?:zip|postal|post|promo|coupon|verification|invite|invitation|country|area|product|qr|bar|discount|voucher|referral|sms|pin|item|customer|order|tracking|access|login|security)[ _-]?code["']?[ :=#([]{1,3}["']?-?$/i;

export function isCodePlace(before: string): boolean {
  // The longest that the first looks for is `exited with: "-`: a shorter text is looked through sooner.
  return CODE_PLACE.test(before.slice(-20)) && !VALUE_CODE.test(before);
}

/** A text that speaks of HTTP: in it, `returned 503` and `(503)` are statuses. */
const SPEAKS_HTTP =
  /https?|status|respon[sd]|request|upstream|gateway|webhook|fetch|\b(?:api|call(?:ed|ing)?|endpoint|server|service|client|proxy|url)\b/i;
const STATUS_BEFORE =
  /(?:(?:response|returned|responded|replied|answered|got|received|failed|error|with)(?: an?)? |: |-> |=> |→ |\()$/i;
const STATUS_AFTER = /^(?:$|[)\],;:!]|\.(?!\d)| (?:for|from|on|at|when|while|after|to|in|by)(?![A-Za-z])| [A-Z([-])/;
/** What follows the status at the very beginning of a message: `429 Too Many Requests`, `503 status code (no body)`. */
const AFTER_FIRST_STATUS = /^ (?:[A-Z][a-z]|\{"|status code)/;
/** States of SQL without a letter, by class. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATE_FIRST = /^(?:08|2[1-8]|4[02]|5[34578])\d{3}$/;

function isStatus(digits: string, before: string, after: string, message: string): boolean {
  if (!/^[345]\d\d$/.test(digits)) return false;
  if (before === '') return AFTER_FIRST_STATUS.test(after);
  return STATUS_BEFORE.test(before.slice(-16)) && STATUS_AFTER.test(after) && SPEAKS_HTTP.test(message.slice(0, 1_024));
}

/** `error: 40 - Could not open`, and the negative results of system calls: `failed with -110`, `ret=-5`. */
function isReturned(match: string, before: string, after: string): boolean {
  if (ERROR_COLON.test(before.slice(-8)) && /^(?:$| - |[),;])/.test(after)) return true;
  return /^-\d{1,3}$/.test(match) && RETURNED.test(before.slice(-16));
}
const ERROR_COLON = /(?:error|err): $/i;
const RETURNED = /(?<![A-Za-z])(?:ret|retval|result|returned|failed with|failed)[ :=(]{1,3}$/i;

/** A number with its unit: itself where it is a code, `*` where it is a quantity. `message` is the whole text around. */
export function normaliseNumber(match: string, before: string, after: string, mode: Mode, message: string): string {
  const digits = match.replace(/^[-+]/, '');
  if (/^\d+$/.test(digits)) {
    if (isCodePlace(before) || isReturned(match, before, after) || isStatus(match, before, after, message))
      return match;
    if (before === '' && after.startsWith(': ') && SQL_STATE_FIRST.test(match)) return match;
    if (mode === 'name' && match.length <= 3 && /[A-Za-z][-_.]?$/.test(before)) return match;
    if (before.endsWith(':') && isServicePort(match, before)) return match;
  }
  return '*';
}

/**
 * The remote port of a refused or timed-out connection says which dependency is down where the host does not (two containers
 * behind one address, `localhost`). Only ports of services that are known by them; own and ephemeral ports say nothing.
 * https://www.iana.org/assignments/service-names-port-numbers
 */
const SERVICE_PORTS: ReadonlySet<string> = new Set(
  (
    '22 25 53 389 443 465 587 636 1433 1521 1883 2181 2379 3306 4222 4317 4318 5432 5671 5672 6379 6650 7687 8086 8123 8200 8500 ' +
    '9042 9092 9200 11211 26257 26379 27017 50051 61616'
  ).split(' '),
);
const CONNECTS = /connect|dial|ECONN|ETIMEDOUT|UNREACH/i;

export function isServicePort(port: string, before: string): boolean {
  return SERVICE_PORTS.has(port) && CONNECTS.test(before);
}

// Windows: HRESULT and NTSTATUS of a failure.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/
const STATUS_HEX = /^0[xX](?:8007|C000|c000)[0-9A-Fa-f]{4}$/;

export function normaliseHex(match: string, before: string): string {
  return isCodePlace(before) || STATUS_HEX.test(match) ? match.toLowerCase() : '*';
}
