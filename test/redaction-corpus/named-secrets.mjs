// Secrets without a prefix: nothing but their name, header or connection string tells them from any other text.
import { SETS } from './random.mjs';
import { base64url } from './token-table.mjs';

/**
 * @param {string} id
 * @param {string} style what their characters allow: see `pairing.mjs`
 * @param {string[]} names
 * @param {(random: import('./random.mjs').Random) => string} secret
 */
function named(id, style, names, secret) {
  return {
    id: `named/${id}`,
    form: 'named',
    style,
    cut: false,
    beyond: false,
    make(random) {
      const text = secret(random);
      return { text, secrets: [text], kept: [], names };
    },
  };
}

export const PASSWORD_NAMES = [
  'password',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'passcode',
  'db password',
  'smtp pass',
];
const TOKEN_NAMES = ['token', 'auth token', 'access token', 'refresh token', 'session token', 'bot token'];
const SECRET_NAMES = ['secret', 'client secret', 'app secret', 'secrets', 'shared secret', 'webhook secret'];
const KEY_NAMES = [
  'api key',
  'secret key',
  'private key',
  'access key',
  'account key',
  'storage key',
  'signing key',
  'encryption key',
  'master key',
  'auth key',
  'service key',
  'client key',
  'shared key',
  'subscription key',
  'webhook key',
  'sdk key',
  'deploy key',
];
const SYMBOLS = '!@#$%^&*()-_=+[]{}|:;,.?/~<>';
const WORDS = [
  'river',
  'copper',
  'violin',
  'meadow',
  'ladder',
  'orbit',
  'pepper',
  'walnut',
  'canyon',
  'saddle',
  'glacier',
  'tulip',
];

/** A password as a generator makes it: letters, digits and what keyboards have besides. */
export function oddPassword(random, without = '') {
  const odd = [...SYMBOLS].filter((character) => !without.includes(character)).join('');
  let out = random.from(SETS.alnum, 2);
  const length = random.int(10, 22);
  while (out.length < length) out += random.chance(0.3) ? random.pick(odd) : random.from(SETS.alnum, 1);
  return out + random.int(0, 9);
}

export const NAMED_SECRETS = [
  named('password-mixed', 'plain', PASSWORD_NAMES, (r) => `${r.from(SETS.alnum, r.int(7, 19))}${r.int(0, 9)}`),
  named('password-word-and-digits', 'plain', PASSWORD_NAMES, (r) => r.pick(WORDS) + r.int(10, 9999)),
  named('password-capital-and-mark', 'plain', PASSWORD_NAMES, (r) => {
    const word = r.pick(WORDS);
    return `${word[0].toUpperCase()}${word.slice(1)}${r.int(10, 2030)}!`;
  }),
  named('password-joined-words', 'plain', PASSWORD_NAMES, (r) =>
    [r.pick(WORDS), r.pick(WORDS), r.pick(WORDS), r.int(1, 99)].join('-'),
  ),
  named('password-letters', 'letters', PASSWORD_NAMES, (r) => r.from(SETS.lower, r.int(8, 16))),
  named('password-digits', 'digits', PASSWORD_NAMES, (r) => r.from(SETS.digits, r.int(6, 12))),
  named('password-odd', 'odd', PASSWORD_NAMES, (r) => oddPassword(r)),
  named('password-quotes', 'quotes', PASSWORD_NAMES, (r) =>
    oddPassword(r).replace(/^(..)(.)/, (_, two) => two + r.pick(['"', "'", '\\', '`', '\\"'])),
  ),
  named(
    'password-spaced',
    'spaced',
    ['passphrase', 'password'],
    (r) => Array.from({ length: 4 }, () => r.pick(WORDS)).join(' ') + r.int(10, 99),
  ),
  named(
    'password-umlauts',
    'plain',
    PASSWORD_NAMES,
    (r) =>
      `${r.pick(['Frühling', 'Straße', 'Señor', 'Élan', 'Пароль', 'Ключ'])}${r.from(SETS.alnum, 6)}${r.int(1, 99)}`,
  ),
  named(
    'password-other-languages',
    'plain',
    ['contraseña', 'passwort', 'kennwort', 'mot de passe', 'senha', 'пароль', 'パスワード'],
    (r) => `${r.from(SETS.alnum, r.int(8, 14))}${r.int(0, 9)}`,
  ),
  named('password-hash', 'plain', ['password hash', 'password digest'], (r) => r.from(SETS.hex, r.pick([40, 64, 128]))),
  named('rails-secret', 'plain', ['secret_key_base'], (r) => r.from(SETS.hex, 128)),
  named(
    'names-of-passwords',
    'plain',
    [
      ...[
        'new password',
        'old password',
        'current password',
        'password confirmation',
        'password2',
        'passwd1',
        'password repeat',
      ],
      ...[
        'root password',
        'admin pwd',
        'wifi password',
        'keystore password',
        'trust store password',
        'sudo pass',
        'bind password',
      ],
      ...[
        'proxy password',
        'ssh pass',
        'ftp passwd',
        'database password',
        'key passphrase',
        'mysql root password',
        'pgpassword',
      ],
    ],
    (r) => `${r.from(SETS.alnum, r.int(8, 18))}${r.int(0, 9)}`,
  ),
  named(
    'names-of-tokens',
    'plain',
    [
      ...[
        'vault token',
        'ci job token',
        'oauth token secret',
        'consumer secret',
        'jwt secret',
        'cookie secret',
        'session secret',
      ],
      ...[
        'hmac secret',
        'api secret',
        'user token',
        'deploy token',
        'registry token',
        'fcm token',
        'id token',
        'x auth token',
      ],
      ...[
        'api key 2',
        'openai api key',
        'my secret',
        'service account key',
        'webhook signing secret',
        'app client secret',
      ],
      ...['github pat', 'user credentials', 'login cookie', 'remember token', 'unsubscribe token', 'api token v2'],
    ],
    (r) => r.pick([r.from(SETS.hex, 40), r.from(SETS.dash, r.int(24, 60)), r.uuid()]),
  ),
  named('pin', 'digits', ['pin', 'user pin', 'card pin', 'pin code'], (r) => r.from(SETS.digits, r.int(4, 6))),
  named('otp', 'digits', ['otp', 'mfa code', 'otp code', 'sms otp'], (r) => r.from(SETS.digits, 6)),
  named('cvv', 'digits', ['cvv', 'cvc', 'card cvv'], (r) => r.from(SETS.digits, r.int(3, 4))),

  named('token-hex', 'plain', TOKEN_NAMES, (r) => r.from(SETS.hex, r.pick([32, 40, 48, 64]))),
  named('token-base64url', 'plain', TOKEN_NAMES, (r) => r.from(SETS.dash, r.int(22, 86))),
  named('token-uuid', 'plain', TOKEN_NAMES, (r) => r.uuid()),
  named(
    'token-list-word',
    'plain',
    ['tokens', 'device tokens', 'creds', 'credentials', 'pat', 'session id', 'jsessionid', 'phpsessid'],
    (r) => r.from(SETS.alnum, r.int(20, 40)),
  ),
  named('secret-hex', 'plain', SECRET_NAMES, (r) => r.from(SETS.hex, r.pick([32, 64]))),
  named('secret-base64', 'padded', SECRET_NAMES, (r) => r.base64(r.pick([32, 34, 64]))),
  named('key-base64', 'padded', KEY_NAMES, (r) => r.base64(r.pick([16, 32, 48]))),
  named('key-hex', 'plain', KEY_NAMES, (r) => r.from(SETS.hex, r.pick([32, 40, 64]))),
  named('key-alnum', 'plain', KEY_NAMES, (r) => r.from(SETS.alnum, r.int(20, 44))),
  named('key-uuid', 'plain', KEY_NAMES, (r) => r.uuid()),
  named('license-key', 'plain', ['license key', 'licence key'], (r) =>
    Array.from({ length: 5 }, () => r.from(SETS.upperAlnum, 5)).join('-'),
  ),
  named('csrf-token', 'plain', ['csrf token', 'xsrf token', 'csrfmiddlewaretoken'], (r) =>
    r.from(SETS.alnum, r.int(32, 64)),
  ),
  named('auth', 'plain', ['auth', 'authorization'], (r) => r.from(SETS.alnum, r.int(24, 40))),

  named('aws-secret-access-key', 'padded', ['aws secret access key', 'secret access key'], (r) =>
    r.from(SETS.base64, 40),
  ),
  named(
    'aws-session-token',
    'padded',
    ['aws session token', 'session token', 'security token'],
    (r) => `IQoJb3JpZ2luX2Vj${r.base64(r.int(180, 500))}`,
  ),
  named(
    'azure-storage-key',
    'padded',
    ['azure storage key', 'account key', 'storage account key'],
    (r) => `${r.from(SETS.base64, 86)}==`,
  ),
  named('datadog-key', 'plain', ['datadog api key', 'dd api key', 'dd client token'], (r) => r.from(SETS.hex, 32)),
  named('twilio-auth-token', 'plain', ['twilio auth token'], (r) => r.from(SETS.hex, 32)),
  named('okta-token', 'plain', ['okta api token', 'okta token'], (r) => `00${r.from(SETS.dash, 40)}`),
  named('heroku-key', 'plain', ['heroku api key'], (r) => r.uuid()),
  named('cloudflare-token', 'plain', ['cloudflare api token', 'cf api token'], (r) => r.from(SETS.dash, 40)),
  named('postmark-token', 'plain', ['postmark server token', 'postmark api token'], (r) => r.uuid()),
  named(
    'google-refresh-token',
    'plain',
    ['refresh token', 'google refresh token'],
    (r) => `1//0${r.from(SETS.dash, r.int(60, 110))}`,
  ),
  named('npm-auth', 'padded', ['_auth'], (r) => base64url(`deploy:${r.from(SETS.alnum, 14)}`)),
];
