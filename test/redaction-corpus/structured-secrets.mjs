// JSON Web Tokens, password hashes, private keys.
import { SETS } from './random.mjs';
import { base64url } from './token-table.mjs';

const jwtNames = ['id token', 'access token', 'jwt', 'bearer token'];

function jwt(id, parts, { cut = true, names = jwtNames } = {}) {
  return {
    id: `jwt/${id}`,
    form: 'token',
    cut,
    beyond: false,
    make(random) {
      const text = parts(random);
      // What is cut keeps its head and 12 characters behind it.
      return { text, secrets: [text], kept: [], names, cutAfter: text.indexOf('.') + 14 };
    },
  };
}

const head = (r, alg) =>
  base64url({ alg, ...(r.chance(0.5) ? { typ: 'JWT' } : {}), ...(r.chance(0.3) ? { kid: r.uuid() } : {}) });
const claims = (r) =>
  base64url({
    sub: String(r.int(1e6, 1e9)),
    name: r.from(SETS.letters, r.int(3, 20)),
    iat: r.int(17e8, 18e8),
    aud: 'shop',
  });

const JWTS = [
  jwt('hs256', (r) => `${head(r, 'HS256')}.${claims(r)}.${r.from(SETS.dash, 43)}`),
  jwt('rs256', (r) => `${head(r, 'RS256')}.${claims(r)}.${r.from(SETS.dash, 342)}`),
  jwt('short', (r) => `${base64url({ alg: 'HS256' })}.${base64url({ id: r.int(1e5, 9e8) })}.${r.from(SETS.dash, 43)}`, {
    cut: false,
  }),
  jwt('unsigned', (r) => `${base64url({ alg: 'none' })}.${claims(r)}.`, { cut: false }),
  jwt('detached-payload', (r) => `${head(r, 'ES256')}..${r.from(SETS.dash, 86)}`, { cut: false }),
  jwt('jwe', (r) =>
    [
      base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' }),
      ...[342, 16, r.int(60, 300), 22].map((length) => r.from(SETS.dash, length)),
    ].join('.'),
  ),
  jwt(
    'jwe-direct',
    (r) =>
      [
        base64url({ alg: 'dir', enc: 'A256GCM' }),
        '',
        ...[16, r.int(60, 300), 22].map((length) => r.from(SETS.dash, length)),
      ].join('.'),
    { cut: false },
  ),
];

function hash(id, parts, beyond = false) {
  return {
    id: `hash/${id}`,
    form: 'hash',
    cut: false,
    beyond,
    make(random) {
      const [prefix, body] = parts(random);
      return {
        text: prefix + body,
        secrets: body.split('$').filter((part) => part.length >= 10),
        kept: [],
        names: ['hash'],
      };
    },
  };
}

const CRYPT = `${SETS.alnum}./`;

const HASHES = [
  ...['2a', '2b', '2y'].map((v) => hash(`bcrypt-${v}`, (r) => [`$${v}$${r.pick(['10', '12'])}$`, r.from(CRYPT, 53)])),
  hash('sha256-crypt', (r) => ['$5$', `${r.from(CRYPT, 16)}$${r.from(CRYPT, 43)}`]),
  hash('sha512-crypt', (r) => ['$6$', `${r.from(CRYPT, r.int(8, 16))}$${r.from(CRYPT, 86)}`]),
  hash('sha512-crypt-rounds', (r) => [`$6$rounds=${r.int(5, 99)}0000$`, `${r.from(CRYPT, 16)}$${r.from(CRYPT, 86)}`]),
  hash('argon2id', (r) => ['$argon2id$v=19$m=65536,t=3,p=4$', `${r.from(SETS.base64, 22)}$${r.from(SETS.base64, 43)}`]),
  hash(
    'argon2i',
    (r) => ['$argon2i$v=19$m=4096,t=3,p=1$', `${r.from(SETS.base64, 22)}$${r.from(SETS.base64, 43)}`],
    true,
  ),
  hash('yescrypt', (r) => ['$y$j9T$', `${r.from(CRYPT, 22)}$${r.from(CRYPT, 43)}`], true),
];

const DASHES = '-'.repeat(5);
/** First and last line of a block: put together here, so that no scanner finds a key in the repository. */
export const edge = (side, label) => `${DASHES}${side} ${label}${DASHES}`;

/** Lines of a block of so many bytes. */
const linesOf = (body, width = 64) => body.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

function block(id, label, lines, names = ['private key', 'ssl key', 'tls private key']) {
  return {
    id: `private-key/${id}`,
    form: 'block',
    cut: false,
    beyond: false,
    make(random) {
      const body = lines(random);
      return {
        text: [edge('BEGIN', label), ...body, edge('END', label)].join('\n'),
        secrets: body.filter((line) => line.length >= 16 && !line.includes(':')),
        kept: [],
        names,
      };
    },
  };
}

const der = (start) => (r) => linesOf(start + r.base64(r.int(110, 600)));

const PRIVATE_KEYS = [
  block('pkcs8', 'PRIVATE KEY', der('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC')),
  block('rsa', 'RSA PRIVATE KEY', der('MIIEpAIBAAKCAQEA')),
  block('ec', 'EC PRIVATE KEY', (r) => linesOf(`MHcCAQEEI${r.base64(110)}`)),
  block('ed25519', 'PRIVATE KEY', (r) => linesOf(`MC4CAQAwBQYDK2VwBCIEI${r.base64(33)}`)),
  block('dsa', 'DSA PRIVATE KEY', der('MIIBugIBAAKBgQD')),
  block('openssh', 'OPENSSH PRIVATE KEY', (r) => linesOf(`b3BlbnNzaC1rZXktdjEAAAAA${r.base64(r.int(240, 900))}`, 70)),
  block('encrypted', 'ENCRYPTED PRIVATE KEY', der('MIIFHDBOBgkqhkiG9w0BBQ0wQTAp')),
  block('rsa-encrypted', 'RSA PRIVATE KEY', (r) => [
    'Proc-Type: 4,ENCRYPTED',
    `DEK-Info: AES-256-CBC,${r.from(SETS.upperHex, 32)}`,
    '',
    ...linesOf(r.base64(400)),
  ]),
  block('pgp', 'PGP PRIVATE KEY BLOCK', (r) => [
    'Version: GnuPG v2',
    '',
    ...linesOf(`lQOYBF${r.base64(r.int(300, 900))}`),
    `=${r.from(SETS.base64, 4)}`,
  ]),
];

const PUTTY = {
  id: 'private-key/putty',
  form: 'block',
  style: 'putty',
  cut: false,
  beyond: false,
  make(random) {
    const publicLines = linesOf(`AAAAB3NzaC1yc2EAAAADAQABAAABAQ${random.base64(150)}`);
    const privateLines = linesOf(random.base64(random.int(200, 500)));
    const mac = random.from(SETS.hex, 64);
    return {
      text: [
        'PuTTY-User-Key-File-3: ssh-rsa',
        'Encryption: none',
        'Comment: imported-openssh-key',
        `Public-Lines: ${publicLines.length}`,
        ...publicLines,
        `Private-Lines: ${privateLines.length}`,
        ...privateLines,
        `Private-MAC: ${mac}`,
      ].join('\n'),
      secrets: privateLines.filter((line) => line.length >= 16),
      kept: [],
      names: ['ssh private key'],
    };
  },
};

/** The file of a Google service account: a private key in JSON, with its line ends written out. */
const SERVICE_ACCOUNT = {
  id: 'google/service-account',
  form: 'block',
  style: 'keyFile',
  cut: false,
  beyond: false,
  make(random) {
    const { text, secrets } = PRIVATE_KEYS[0].make(random);
    const project = `shop-${random.from(SETS.lower, 6)}`;
    const email = `mailer@${project}.iam.gserviceaccount.com`;
    return {
      text: JSON.stringify(
        {
          type: 'service_account',
          project_id: project,
          private_key_id: random.from(SETS.hex, 40),
          private_key: `${text}\n`,
          client_email: email,
          client_id: random.from(SETS.digits, 21),
          token_uri: 'https://oauth2.googleapis.com/token',
        },
        null,
        random.chance(0.5) ? 2 : 0,
      ),
      secrets,
      kept: [project, email, 'oauth2.googleapis.com'],
      names: ['google application json'],
    };
  },
};

export const STRUCTURED_SECRETS = [...JWTS, ...HASHES, ...PRIVATE_KEYS, PUTTY, SERVICE_ACCOUNT];
