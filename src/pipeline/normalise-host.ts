import { isServicePort } from './normalise-number.ts';

/**
 * The text with the replica taken out of the names of hosts: `db03.internal`, `redis-master-0.redis.svc:6379`,
 * `payments-7d9f8b6c5-x2x4q`. The role stays. A name is a host's where it has a port or a domain, or where the words before say so;
 * elsewhere a number in a name may tell two things apart.
 */
export function dropReplicas(text: string): string {
  return text
    .replace(POD, '*')
    .replace(LONE_POD, '*')
    .replace(NAMED_POD, '$1*')
    .replace(HOST_AND_PORT, (match) => withoutReplica(match))
    .replace(DOTTED_HOST, (match, offset: number) =>
      DOMAIN.test(match) || HOST_BEFORE.test(text.slice(Math.max(0, offset - 24), offset))
        ? withoutReplica(match)
        : match,
    )
    .replace(SYSLOG_HOST, (_match, date: string, host: string) => `${date}${withoutReplica(host)}`)
    .replace(SHORT_HOST, (_match, before: string, host: string) => `${before}${withoutReplica(host)}`);
}

// Kubernetes: hash of the template and five characters for the pod, both of an alphabet without vowels; Google's node pools; the
// machines of Azure's scale sets. https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go
const POD =
  /(?<=[a-z0-9]-)(?=[a-z]{0,9}\d)[bcdfghjklmnpqrstvwxz2456789]{6,10}-[a-z0-9]{5}(?![A-Za-z0-9])|(?<=[a-z0-9]-)[0-9a-f]{8}-[a-z0-9]{4}(?![A-Za-z0-9])|(?<=vmss)[0-9a-z]{6}(?![A-Za-z0-9])/g;
// The pod of a daemon set. A word of consonants and a digit may be a word; with a digit before a letter it is none.
const LONE_POD = /(?<=[a-z0-9]-)(?=[a-z]{0,4}\d{1,4}[a-z])[bcdfghjklmnpqrstvwxz2456789]{5}(?![A-Za-z0-9])/g;
const NAMED_POD = /(\bpods? ["']?[a-z0-9-]{1,60}-)[bcdfghjklmnpqrstvwxz2456789]{5}(?![A-Za-z0-9-])/g;

const HOST_AND_PORT = /(?<![\w.@/-])[A-Za-z][\w-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,8}(?=:\d{4,5}(?!\w))/g;
const DOTTED_HOST = /(?<![\w.@-])[A-Za-z][\w-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w-])/g;
/** Endings that no file and no column has. */
const DOMAIN =
  /\.(?:internal|local|localdomain|lan|svc|intra|corp|com|net|org|io|dev|cloud|example|[a-z0-9-]{1,63}\.(?:de|at|ch|uk|fr|nl|eu|us|ca|au|br|jp|cn|in|pl|se|es|ru|ua))$/;
const HOST_WORDS =
  '(?:ENOTFOUND|EAI_AGAIN|ETIMEOUT|ENODATA|ESERVFAIL|getaddrinfo for|[Ll]ookup|[Rr]esolve host:?|[Hh]ost(?: ?name)?|[Cc]onnect(?:ion|ed)? to|[Cc]ontact (?:to|with)|[Ss]erver at|[Bb]roker|://)';
const HOST_BEFORE = new RegExp(`${HOST_WORDS} ?["'\`(]?$`);
const SHORT_HOST = new RegExp(`((?<![A-Za-z])${HOST_WORDS} ?["'\`(]?)([A-Za-z][\\w-]{0,62})(?![\\w.-])`, 'g');

const SYSLOG_HOST =
  /(\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d )([A-Za-z][\w-]{0,62})(?![\w.-])/g;

const SOURCE_FILE =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|cc?|cpp|h|php|pl|exs?|scala|swift|lua|sh|sql|vue|svelte)$/;

function withoutReplica(host: string): string {
  const dot = host.indexOf('.');
  const first = dot < 0 ? host : host.slice(0, dot);
  // A first label `v2` is a version of an interface; `step2.ts:1043` is a line of a file.
  if (/^v\d{1,3}$/.test(first) || SOURCE_FILE.test(host)) return host;
  return `${first.replace(/[-_]?\d[\d_-]*$/, '*')}${dot < 0 ? '' : host.slice(dot)}`;
}

/** An IP address, of which only the port of a well-known service counts. */
export function normaliseAddress(match: string, before: string): string {
  // `::` alone is a scope operator (`Shop::Order`), a run of letters and colons no address either.
  if (!/\d/.test(match) && match !== '::') return match;
  const port = /:(\d{1,5})$/.exec(match)?.[1];
  return port !== undefined && isServicePort(port, before) ? `*:${port}` : '*';
}

/** A URL cut into what counts: scheme, host without user and port, path without query. */
export function partsOfUrl(url: string): readonly [scheme: string, host: string, path: string] {
  const start = url.indexOf('://') + 3;
  const rest = url.slice(start).replace(/[?#].*/s, '');
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:(?:\d{1,5}|\*)?$/, '');
  return [url.slice(0, start), host, slash < 0 ? '' : rest.slice(slash)];
}
