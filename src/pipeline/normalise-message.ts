/** The longest text that is looked at; of a longer one, the first and the last half of this many UTF-16 units. */
export const MAX_NORMALISED_CHARS = 8_192;
const HALF_CHARS = MAX_NORMALISED_CHARS / 2;
/** Of each half this much counts: ids of different lengths shift where a half was cut, and that end must not count. */
const KEPT_HALF_CHARS = HALF_CHARS / 2;

/**
 * What stays of a message when everything is gone that differs between two occurrences of the same trouble. Quantities become `*`:
 * numbers, sizes, durations, dates, UUIDs, hex and random ids, IP addresses, ports, e-mail addresses, query strings, quoted values,
 * redaction marks. What names the trouble stays: words, error codes (`ECONNREFUSED`, `E11000`, `SQLSTATE 42P01`, `status code 502`,
 * `exit code 137`), names of system things in quotes (`relation "users"`, `queue 'mail'`), paths, hosts. In doubt a word stays:
 * merging two causes is worse than splitting one. Linear in the text, of which at most {@link MAX_NORMALISED_CHARS} are read.
 */
export function normaliseMessage(message: string): string {
  const isLong = message.length > MAX_NORMALISED_CHARS;
  const head = normalisePiece(isLong ? message.slice(0, HALF_CHARS) : message);
  if (!isLong && head.length <= 2 * KEPT_HALF_CHARS) return head;
  const tail = isLong ? normalisePiece(message.slice(-HALF_CHARS)) : head;
  return `${head.slice(0, KEPT_HALF_CHARS)} … ${tail.slice(-KEPT_HALF_CHARS)}`;
}

/** {@link normaliseMessage} for a file path or a function name: ids and release numbers go, everything else stays. */
export function normalisePath(path: string): string {
  return replaceTokens(path.slice(-1_024), 'text', '');
}

function normalisePiece(text: string): string {
  const plain = text
    .replace(ANSI, '')
    .replace(STACK_LINES, '')
    .replace(REDACTION_MARK, '*')
    .replaceAll('\\"', '"')
    .replace(FAILING_ROW, '$1*')
    .replace(KEY_VALUE_ROW, '$1=*')
    .replace(VALUE_KEY, '$1=*')
    .replace(ACCESS_LINE, '$1 $2 status $3');
  return replaceTokens(plain, 'text', plain).replace(LIST, '*').replace(PLURAL, '* $1').replace(/\s+/g, ' ').trim();
}

const ANSI = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;
// A stack inside a message: the frames are compared apart from it.
const STACK_LINES = /\n[ \t]{1,16}at [^\n]*|\nRequire stack:(?:\n- [^\n]*)*/g;
const REDACTION_MARK = /\[(?:REDACTED|redacted|withheld)(?::[^\]\n]{0,80})?\]/g;
// Details of PostgreSQL: `Failing row contains (…)`, `Key (email)=(…)`.
// https://www.postgresql.org/docs/current/protocol-error-fields.html
const FAILING_ROW = /(Failing row contains )\([^\n]*/g;
const KEY_VALUE_ROW = /(\bKey \([^()\n]{1,200}\))=\([^()\n]{0,2000}\)/g;
const ACCESS_LINE =
  /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S{1,2000}) (?:HTTP\/[\d.]{1,3}"? )?(?:-> |→ |- )?([1-5]\d\d)(?![\w.%])/g;
// A key whose value is somebody's or something's name, in lines of `key=value`.
const VALUE_KEY =
  /(?<![A-Za-z0-9])(user|user[_-]?name|login|customer|tenant|account|session|instance|pod|pid|[A-Za-z]{0,20}[_-]?id)=(?:"[^"\n]*"|[^\s,;&)\]}]+)/gi;
const LIST = /\*(?:[,;]? ?\*)+/g;
const PLURAL = /\* ([A-Za-z]{3,20})s(?![A-Za-z])/g;

const UNITS =
  'ns|us|µs|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|B|bytes?|[kKMGT]i?B|[kKMGT]b|%';
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';

// Each alternative begins where no word goes on and repeats only over an alphabet that its neighbour does not share, so that the
// whole is one pass. The order matters: what is more special comes first.
const TOKENS: Readonly<Record<string, string>> = {
  quoted: `"[^"\\n]*"|(?<![A-Za-z0-9])'[^'\\n]*'(?![A-Za-z0-9])|“[^”\\n]*”|‘[^’\\n]*’|«[^»\\n]*»|\`[^\`\\n]*\``,
  url: `(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}:\\/\\/[^\\s"'\`<>]+`,
  email: `(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){0,8}\\.[A-Za-z]{2,24}`,
  date: [
    `(?<![A-Za-z0-9])\\d{4}-\\d{2}-\\d{2}(?:[T_ ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?Z| ?[+-]\\d{2}:?\\d{2})?)?(?![A-Za-z0-9])`,
    `(?<![A-Za-z0-9])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:\\d{1,2}[ -])?(?:${MONTHS})(?:[ -]\\d{1,4}){1,2}(?:,? \\d{4})?` +
      `(?:[ T:]\\d{1,2}:\\d{2}(?::\\d{2})?)?(?: (?:GMT|UTC)(?:[+-]\\d{4})?(?: \\([A-Za-z ]{1,40}\\))?)?(?![A-Za-z0-9])`,
  ].join('|'),
  clock: `(?<![A-Za-z0-9:])\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?![A-Za-z0-9:])`,
  uuid: `(?<![A-Za-z0-9])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![A-Za-z0-9])`,
  ip: [
    `(?<![A-Za-z0-9.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:\\/\\d{1,2}|:\\d{1,5})?(?![A-Za-z0-9])`,
    `(?<![A-Za-z0-9:.])\\[?(?:[0-9A-Fa-f]{0,4}:){2,8}(?:[0-9A-Fa-f]{1,5}|\\d{1,3}(?:\\.\\d{1,3}){3})?(?:\\]?:\\d{1,5}|\\])?(?![A-Za-z0-9:])`,
  ].join('|'),
  // Codes of vendors that look like ids: `ORA-00942`, `SQL0911N`, `AADSTS50034`, `E11000` (MongoDB), `P2002` (Prisma).
  vendorCode: `(?<![A-Za-z0-9])(?:(?:ORA|TNS|PLS|DPI|NJS|SQL|AADSTS|PGRST|TS|CS|MSB|ERR)[-_]?\\d{2,7}N?|E\\d{3,6}|P\\d{4}|(?:TLS|SSL)v\\d(?:\\.\\d)?)(?![A-Za-z0-9])`,
  region: `(?<![A-Za-z0-9])(?:us|eu|ap|sa|ca|me|af|il|cn|mx)(?:-gov)?-[a-z]{4,12}-\\d(?![0-9])`,
  hex: `(?<![A-Za-z0-9])0[xX][0-9A-Fa-f]+(?![A-Za-z0-9])`,
  duration: `(?<![A-Za-z0-9])(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|[dhms])){2,4}(?![A-Za-z0-9])`,
  version: `(?<![A-Za-z0-9])[vV]\\d{1,5}(?:\\.\\d{1,9}){1,4}(?![A-Za-z0-9])`,
  number: `(?<![A-Za-z0-9])\\d+(?:[.,]\\d+){0,8}(?:[eE][+-]?\\d{1,3})?(?: ?(?:${UNITS}))?(?![A-Za-z0-9])`,
  run: `[A-Za-z0-9]+`,
};

const TOKEN = new RegExp(
  Object.entries(TOKENS)
    .map(([name, source]) => `(?<${name}>${source})`)
    .join('|'),
  'g',
);

/** In a `name`, a number of at most three digits behind a word stays: `queue "shard-1"` is not `queue "shard-2"`. */
type Mode = 'text' | 'name';

function replaceTokens(raw: string, mode: Mode, message: string): string {
  return dropLongIds(raw).replace(TOKEN, (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const offset = rest.at(-3) as number;
    const text = rest.at(-2) as string;
    const before = text.slice(Math.max(0, offset - 64), offset);
    const after = text.slice(offset + match.length, offset + match.length + 32);
    if (groups['run'] !== undefined) return normaliseRun(match, before);
    if (groups['quoted'] !== undefined) return normaliseQuoted(match, before, after, message);
    if (groups['url'] !== undefined) return normaliseUrl(match);
    if (groups['ip'] !== undefined) return normaliseAddress(match, before);
    if (groups['vendorCode'] !== undefined || groups['region'] !== undefined) return match;
    if (groups['hex'] !== undefined) return isCodePlace(before) || STATUS_HEX.test(match) ? match.toLowerCase() : '*';
    if (groups['number'] !== undefined) return normaliseNumber(match, before, after, mode, message);
    return '*';
  });
}

// Windows: HRESULT and NTSTATUS of a failure.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/
const STATUS_HEX = /^0[xX](?:8007|C000|c000)[0-9A-Fa-f]{4}$/;

/** Ends with a word behind which a number is a code: `status code `, `exited with `, `errno: -`, `SQLSTATE[`, `Error ` (MySQL). */
const CODE_PLACE =
  /(?:(?:status|code|errno|sqlstate|sqlcode|hresult|rc|http(?:\/[\d.]{1,3})?|exit(?:ed)?(?: with)?|signal)["']?(?:[ :=#([]{1,3}| (?:of|is|was) )["']?-?|(?:error|err)[ #]{1,2})$/i;
/** Codes that are values of somebody: a coupon, a parcel. */
const VALUE_CODE =
  /(?:zip|postal|post|promo|coupon|verification|invite|invitation|country|area|product|qr|bar|discount|voucher|referral|sms|pin|item|customer|order|tracking|access|login|security)[ _-]?code["']?[ :=#([]{1,3}["']?-?$/i;

function isCodePlace(before: string): boolean {
  return CODE_PLACE.test(before) && !VALUE_CODE.test(before);
}

/** A text that speaks of HTTP: in it, `returned 503` and `(503)` are statuses. */
const SPEAKS_HTTP = /https?|status|respon[sd]|request|upstream|gateway|webhook|fetch|\bapi\b/i;
const STATUS_BEFORE =
  /(?:(?:response|returned|responded|replied|answered|got|received|failed|error|with)(?: an?)? |: |-> |=> |→ |\()$/i;
const STATUS_AFTER = /^(?:$|[)\],;:!]|\.(?!\d)| (?:for|from|on|at|when|while|after|to|in|by)(?![A-Za-z])| [A-Z([-])/;

function normaliseNumber(match: string, before: string, after: string, mode: Mode, message: string): string {
  if (/^\d+$/.test(match)) {
    if (isCodePlace(before)) return match;
    if (
      /^[345]\d\d$/.test(match) &&
      STATUS_BEFORE.test(before) &&
      STATUS_AFTER.test(after) &&
      SPEAKS_HTTP.test(message.slice(0, 1_024))
    ) {
      return match;
    }
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

function isServicePort(port: string, before: string): boolean {
  return SERVICE_PORTS.has(port) && CONNECTS.test(before);
}

function normaliseAddress(match: string, before: string): string {
  // `::` alone is a scope operator (`Shop::Order`), a run of letters and colons no address either.
  if (!/\d/.test(match) && match !== '::') return match;
  const port = /:(\d{1,5})$/.exec(match)?.[1];
  return port !== undefined && isServicePort(port, before) ? `*:${port}` : '*';
}

function normaliseUrl(match: string): string {
  const start = match.indexOf('://') + 3;
  const rest = match.slice(start).replace(/[?#].*$/, '');
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:(?:\d{1,5}|\*)?$/, '');
  const path = slash < 0 ? '' : rest.slice(slash);
  return `${match.slice(0, start)}${replaceTokens(host, 'text', '')}${replaceTokens(path, 'text', '')}`;
}

/** Words with digits that are no ids. */
const TECHNICAL =
  /^(?:utf\d+(?:mb\d)?|sha\d+|md5|rsa\d*|aes\d+|[rhep]s(?:256|384|512)|ed25519|secp256[kr]1|x509|u?int\d+|float\d+|base\d+|iso\d+|cp125\d|windows125\d|h26[45]|es20\d\d|http\d|ipv[46])$/i;
function normaliseRun(run: string, before: string): string {
  const digits = countDigits(run);
  if (digits === 0) {
    const isRandom = run.length >= 16 && /^[0-9a-f]+$/.test(run);
    // `cus_NffrFeUfNVeHib`: a short prefix and a long random rest.
    return isRandom || (before.endsWith('_') && run.length >= 12 && RANDOM_CASE.test(run)) ? '*' : run;
  }
  if (TECHNICAL.test(run) || SQL_STATE.test(run) || isCodePlace(before)) return run;
  if (run.length >= 6 && digits < run.length && /^[0-9A-Fa-f]+$/.test(run)) return '*';
  const changes = countChanges(run);
  if (changes >= 3 && run.length >= 5) return '*';
  if (before.endsWith('_') && run.length >= 10 && (changes >= 2 || RANDOM_CASE.test(run))) return '*';
  return run.replace(/\d{3,}/g, '*');
}

/** States of SQL with a letter in them, as PostgreSQL and MySQL use them. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATE = /^(?:\d[A-Z]000|\d\dP\d\d|P0\d{3}|(?:HY|XX|HV|IM)\d{3})$/;
/** A small letter alone between capitals: no camel case. */
const RANDOM_CASE = /[A-Z][a-z][A-Z]/;

function countDigits(run: string): number {
  let digits = 0;
  for (let i = 0; i < run.length; i++) if (isDigit(run.charCodeAt(i))) digits++;
  return digits;
}

/** How often digits and letters take turns: words have one number in them at most, random ids many. */
function countChanges(run: string): number {
  let changes = 0;
  for (let i = 1; i < run.length; i++) {
    if (isDigit(run.charCodeAt(i)) !== isDigit(run.charCodeAt(i - 1))) changes++;
  }
  return changes;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

// Random ids whose alphabet has `-` and `_`: base64url of at least 32 characters, and nanoid's 21.
// https://github.com/ai/nanoid#readme
const LONG_ID = /(?<![\w-])[\w-]{21}(?![\w-])|(?<![\w-])[\w-]{32,}={0,2}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}={1,2}/g;

function dropLongIds(text: string): string {
  return text.replace(LONG_ID, (match) => {
    const isRandom = /[A-Z]/.test(match) && /[a-z]/.test(match) && countChanges(match) >= Math.max(3, match.length / 8);
    return isRandom ? '*' : match;
  });
}

/** Ends with what a quoted name of a system thing follows: `relation "users"`, `reading 'id'`, `for key 'users.email'`. */
const NAMES_BEFORE =
  /(?:^|[^A-Za-z])(?:relation|table|view|column|constraint|index|key|sequence|schema|database|db|role|extension|trigger|collection|keyspace|queue|exchange|vhost|topic|stream|subscription|group|channel|job|task|worker|thread|lock|mutex|cron|schedule|step|stage|pipeline|bucket|container|volume|image|pod|pods|deployment|namespace|cluster|node|secret|configmap|configmaps|resource|function|class|module|package|plugin|import|export|named|reading|setting|access|invoke|property|properties|field|attribute|parameter|param|argument|arg|option|header|variable|env|command|directive|type|enum|model|entity|bean|component|service|provider|template|middleware|handler|hook|route|endpoint|action|event|operation|mutation|resolver|policy|permission|scope|feature|flag|file|directory|dir|path|near|code|errno|error|message|msg|detail|title|exception|kind|reason|status|expected|method|metadata for|(?:denied|failed) for user|bean with name)(?:\(s\)|s)?["'`]?[ :=([]{0,3}$/i;
/** Begins with what follows a quoted name of a system thing: `"email" is required`, `'x' is not defined`, `"path" argument`. */
const NAMES_AFTER =
  /^(?:: executable| (?:is (?:required|undefined|null|missing|read-only|deprecated|not (?:defined|a function|a constructor|iterable|exported|allowed|installed|registered|configured|supported))|must |as it is|before initialization|object |relation|table|column|constraint|index|queue|topic|job|bucket|function|module|package|argument|parameter|option|property|field|header|attribute|collection|service|worker|exchange|stream|command|event|plugin))/;
const JSON_PATH = /path["']?\s?[:=]\s?\[[^\]]{0,48}$/;
/** An answer that is quoted tells two causes apart. */
const SPEAKS_OF_FAILURE =
  /\b(?:errors?|fail(?:ed|ure|s)?|exception|invalid|unexpected|unknown|unable|unavailable|unauthori[sz]ed|forbidden|not|no|cannot|can't|denied|refused|rejected|declined|missing|expired|exceeded|insufficient|time(?:d )?out|closed|aborted|cancell?ed|conflict|corrupt(?:ed)?|overloaded)\b/i;
const FIXED_VALUE =
  /^(?:int|integer|str|float|bool|boolean|NoneType|list|dict|tuple|bytes|string|number|object|array|function|symbol|bigint|undefined|null|nil|true|false|field list|[a-z]{2,8} clause|(?:E|ERR_|SIG)[A-Z][A-Z0-9_]{2,}|[A-Z][A-Z0-9]*_[A-Z0-9_]+)$/;

function normaliseQuoted(match: string, before: string, after: string, message: string): string {
  const content = match.slice(1, -1);
  const mark = match.charAt(0);
  const isPath = /^(?:\.{0,2}[\\/]|[A-Za-z]:\\|[a-z][a-z0-9+.-]{1,20}:\/\/)/.test(content);
  if (isPath) return `${mark}${replaceTokens(content, 'text', '')}${mark}`;
  const isName =
    mark === '`' ||
    (/^\s?:/.test(after) && /[{,[]\s*$/.test(before)) ||
    FIXED_VALUE.test(content) ||
    NAMES_BEFORE.test(before) ||
    NAMES_AFTER.test(after) ||
    JSON_PATH.test(before) ||
    (content.includes(' ') && SPEAKS_OF_FAILURE.test(content)) ||
    match.length === message.trim().length;
  // A number is never a name, whatever stands before it.
  if (!isName || (/^[\d\s.,-]*$/.test(content) && !isCodePlace(before))) return '*';
  // A name has no blanks; what has is a sentence, and there numbers are quantities.
  return `${mark}${replaceTokens(content, content.includes(' ') ? 'text' : 'name', '')}${mark}`;
}
