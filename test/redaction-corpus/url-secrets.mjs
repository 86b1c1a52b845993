// Secrets in addresses: webhooks, user information, signed and one-time links.
import { oddPassword } from './named-secrets.mjs';
import { SETS } from './random.mjs';
import { sceneWithout } from './scene.mjs';
import { base64url, snowflake } from './token-table.mjs';

const WEBHOOK_NAMES = ['webhook url', 'notify url', 'endpoint'];
const DATABASE_NAMES = ['database url', 'db url', 'upstream', 'dsn', 'url'];
const LINK_NAMES = ['url', 'callback url', 'location', 'href', 'download link'];

function url(id, names, make, beyond = false) {
  return { id: `url/${id}`, form: 'url', cut: false, beyond, make: (random) => ({ names, kept: [], ...make(random) }) };
}

const discord = (host) => (r) => {
  const secret = r.from(SETS.dash, r.int(66, 70));
  const suffix = r.pick([
    '',
    '',
    '/slack',
    '/github',
    `/messages/${snowflake(r, 19)}`,
    '?wait=true',
    '?thread_id=1234567890&wait=true',
  ]);
  return {
    text: `https://${r.pick(host)}/api/${r.pick(['', 'v10/', 'v9/', 'v6/'])}webhooks/${snowflake(r, r.int(17, 20))}/${secret}${suffix}`,
    secrets: [secret],
  };
};

const WEBHOOKS = [
  url('discord-webhook', WEBHOOK_NAMES, discord(['discord.com', 'discordapp.com'])),
  url(
    'discord-webhook-canary',
    WEBHOOK_NAMES,
    discord(['canary.discord.com', 'ptb.discord.com', 'ptb.discordapp.com']),
  ),
  url('slack-webhook', WEBHOOK_NAMES, (r) => {
    const secret = r.from(SETS.alnum, 24);
    return {
      text: `https://hooks.slack.com/services/T${r.from(SETS.upperAlnum, 10)}/B${r.from(SETS.upperAlnum, 10)}/${secret}`,
      secrets: [secret],
    };
  }),
  url(
    'slack-workflow',
    WEBHOOK_NAMES,
    (r) => {
      const secret = r.from(SETS.hex, 32);
      return {
        text: `https://hooks.slack.com/triggers/T${r.from(SETS.upperAlnum, 8)}/${snowflake(r, 13)}/${secret}`,
        secrets: [secret],
      };
    },
    true,
  ),
  url('teams-webhook', WEBHOOK_NAMES, (r) => {
    const secret = r.from(SETS.hex, 32);
    return {
      text: `https://contoso.webhook.office.com/webhookb2/${r.uuid()}@${r.uuid()}/IncomingWebhook/${secret}/${r.uuid()}`,
      secrets: [secret],
    };
  }),
  url('telegram-bot', WEBHOOK_NAMES, (r) => {
    const secret = `AA${r.from(SETS.dash, 33)}`;
    return {
      text: `https://api.telegram.org/bot${snowflake(r, r.int(8, 10))}:${secret}/sendMessage`,
      secrets: [secret],
      kept: ['api.telegram.org', 'sendMessage'],
    };
  }),
  url('google-chat-webhook', WEBHOOK_NAMES, (r) => {
    const [key, token] = [`AIza${r.from(SETS.dash, 35)}`, r.from(SETS.dash, 43)];
    return {
      text: `https://chat.googleapis.com/v1/spaces/${r.from(SETS.alnum, 11)}/messages?key=${key}&token=${token}`,
      secrets: [key.slice(4), token],
      kept: ['chat.googleapis.com'],
    };
  }),
];

/** Passwords as they really stand in addresses: also with what should have been percent-encoded. */
const PASSWORDS = {
  plain: (r) => r.from(SETS.alnum, r.int(8, 32)),
  encoded: (r) => encodeURIComponent(oddPassword(r)),
  'raw-at': (r) => `${r.from(SETS.alnum, r.int(4, 8))}@${r.from(SETS.alnum, r.int(4, 8))}`,
  'raw-slash': (r) => `${r.from(SETS.alnum, r.int(4, 8))}/${r.from(SETS.alnum, r.int(4, 8))}`,
  'raw-question': (r) => `${r.from(SETS.alnum, r.int(4, 8))}?${r.from(SETS.alnum, r.int(4, 8))}`,
  'raw-hash': (r) => `${r.from(SETS.alnum, r.int(4, 8))}#${r.from(SETS.alnum, r.int(4, 8))}`,
  'raw-colon': (r) => `${r.from(SETS.alnum, r.int(4, 8))}:${r.from(SETS.alnum, r.int(4, 8))}`,
  'raw-marks': (r) =>
    `${r.from(SETS.alnum, 4)}${r.pick(['!', '$', '&', '*', '+', '=', '^', '~', '|', '%'])}${r.from(SETS.alnum, 6)}${r.pick(['!', '$', '*', '.', '-', '_'])}${r.int(0, 9)}`,
  short: (r) => r.from(SETS.lowerAlnum, r.int(6, 8)),
  token: (r) => r.from(SETS.hex, 40),
};
const SCHEMES = [
  'postgres',
  'postgresql',
  'mysql',
  'mongodb',
  'mongodb+srv',
  'amqp',
  'amqps',
  'mariadb',
  'clickhouse',
  'mssql',
  'cockroachdb',
  'postgresql+asyncpg',
  'mysql+pymysql',
];
const WEB_SCHEMES = [
  'https',
  'http',
  'ftp',
  'sftp',
  'smtp',
  'smtps',
  'ldap',
  'ldaps',
  'nats',
  'socks5',
  'git+https',
  'wss',
  'imaps',
  'kafka',
  'mqtt',
  'rtsp',
];

function userinfo(id, passwordOf, schemes = SCHEMES) {
  return url(`userinfo-${id}`, DATABASE_NAMES, (r) => {
    const secret = passwordOf(r);
    const { user, host, port, database } = sceneWithout(r, [secret]);
    const text = `${r.pick(schemes)}://${user}:${secret}@${host}:${port}/${database}${r.pick(['', '', '?sslmode=require', '?retryWrites=true&w=majority'])}`;
    return { text, secrets: [secret], kept: [user, host, port, database] };
  });
}

const USERINFO = [
  ...Object.entries(PASSWORDS).map(([id, passwordOf]) => userinfo(id, passwordOf)),
  userinfo('web', PASSWORDS.plain, WEB_SCHEMES),
  url('userinfo-redis', ['redis url', 'cache url'], (r) => {
    const secret = r.from(SETS.alnum, r.int(12, 40));
    const { host, port } = sceneWithout(r, [secret]);
    return {
      text: `${r.pick(['redis', 'rediss'])}://${r.pick([':', 'default:'])}${secret}@${host}:${port}/0`,
      secrets: [secret],
      kept: [host, port],
    };
  }),
  url('userinfo-several-hosts', DATABASE_NAMES, (r) => {
    const secret = r.from(SETS.alnum, 16);
    const { user, database } = sceneWithout(r, [secret]);
    return {
      text: `mongodb://${user}:${secret}@mongo-0.example.com:27017,mongo-1.example.com:27017/${database}?replicaSet=rs0`,
      secrets: [secret],
      kept: [user, 'mongo-0.example.com:27017', 'mongo-1.example.com:27017', database, 'replicaSet=rs0'],
    };
  }),
  url('userinfo-token-as-user', ['remote url', 'origin', 'url'], (r) => {
    const secret = r.from(SETS.hex, 40);
    return {
      text: `https://${secret}:x-oauth-basic@github.com/acme/shop.git`,
      secrets: [secret],
      kept: ['github.com/acme/shop.git'],
    };
  }),
  url('userinfo-git-remote', ['remote url', 'origin', 'url'], (r) => {
    const secret = r.from(SETS.alnum, 36);
    const [user, prefix] = r.pick([
      ['x-access-token', 'ghs_'],
      ['oauth2', 'glpat-'],
      ['gitlab-ci-token', ''],
      ['x-token-auth', ''],
    ]);
    return {
      text: `https://${user}:${prefix}${secret}@git.example.com/acme/shop.git`,
      secrets: [secret],
      kept: [user, 'git.example.com/acme/shop.git'],
    };
  }),
  url('userinfo-known-token-alone', ['remote url', 'origin', 'url'], (r) => {
    const secret = r.from(SETS.alnum, 36);
    return {
      text: `https://ghp_${secret}@github.com/acme/shop.git`,
      secrets: [secret],
      kept: ['github.com/acme/shop.git'],
    };
  }),
  url('userinfo-sentry-dsn', ['sentry dsn', 'dsn'], (r) => {
    const secret = r.from(SETS.hex, 32);
    return {
      text: `https://${r.from(SETS.hex, 32)}:${secret}@o${r.int(1e4, 9e5)}.ingest.sentry.io/${r.int(1e4, 9e6)}`,
      secrets: [secret],
      kept: ['ingest.sentry.io'],
    };
  }),
];

/** A link with parameters, one of which must not be shown. */
function link(id, parts) {
  return url(id, LINK_NAMES, (r) => {
    const { base, secret, before = [], after = [], name, mark = '?' } = parts(r);
    const secrets = [secret, ...[...before, ...after].filter(([, , hidden]) => hidden).map(([, value]) => value)];
    const pairs = [...before, [name, secret], ...after].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    const kept = [...before, ...after]
      .filter(([, , hidden]) => !hidden)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return {
      text: `${base}${mark}${pairs.join('&')}`,
      secrets,
      kept: [new URL(base).host, new URL(base).pathname, ...kept].filter((part) => part.length > 1),
    };
  });
}

const amzTime = ['X-Amz-Date', '20260112T101112Z'];
const LINKS = [
  link('s3-signed', (r) => ({
    base: `https://shop-invoices.s3.eu-west-1.amazonaws.com/2026/${r.int(1000, 9999)}.pdf`,
    before: [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', `ASIA${r.from(SETS.base32, 16)}/20260112/eu-west-1/s3/aws4_request`, true],
      amzTime,
      ['X-Amz-Expires', '3600'],
    ],
    name: 'X-Amz-Signature',
    secret: r.from(SETS.hex, 64),
  })),
  link('s3-signed-session', (r) => ({
    base: 'https://shop-invoices.s3.amazonaws.com/report.csv',
    before: [amzTime, ['X-Amz-Security-Token', r.base64(r.int(150, 400)), true], ['X-Amz-SignedHeaders', 'host']],
    name: 'X-Amz-Signature',
    secret: r.from(SETS.hex, 64),
  })),
  link('s3-signed-old', (r) => ({
    base: 'https://shop-invoices.s3.amazonaws.com/report.csv',
    before: [['Expires', String(r.int(17e8, 18e8))]],
    name: 'Signature',
    secret: r.base64(20),
  })),
  link('cloudfront-signed', (r) => ({
    base: 'https://d111111abcdef8.cloudfront.net/image.jpg',
    before: [['Expires', String(r.int(17e8, 18e8))]],
    name: 'Signature',
    secret: r.from(`${SETS.alnum}-~_`, 172),
    after: [['Key-Pair-Id', `K${r.from(SETS.upperAlnum, 13)}`]],
  })),
  link('gcs-signed', (r) => ({
    base: 'https://storage.googleapis.com/shop-invoices/report.csv',
    before: [
      ['X-Goog-Algorithm', 'GOOG4-RSA-SHA256'],
      ['X-Goog-Date', '20260112T101112Z'],
      ['X-Goog-Expires', '900'],
    ],
    name: 'X-Goog-Signature',
    secret: r.from(SETS.hex, 256),
  })),
  link('azure-sas', (r) => ({
    base: `https://shopinvoices.blob.core.windows.net/reports/${r.int(1000, 9999)}.csv`,
    before: [
      ['sv', '2024-11-04'],
      ['se', '2026-01-12T10:11:12Z'],
      ['sr', 'b'],
      ['sp', 'r'],
    ],
    name: 'sig',
    secret: r.base64(32),
  })),
  link('access-token-in-query', (r) => ({
    base: 'https://graph.example.com/v19.0/me',
    before: [['fields', 'id']],
    name: 'access_token',
    secret: r.from(SETS.alnum, r.int(24, 64)),
  })),
  link('access-token-in-fragment', (r) => ({
    base: 'https://app.example.com/callback',
    name: 'access_token',
    secret: r.from(SETS.dash, r.int(30, 80)),
    after: [
      ['token_type', 'bearer'],
      ['expires_in', '3600'],
    ],
    mark: '#',
  })),
  link('one-time-token', (r) => ({
    base: `https://app.example.com/${r.pick(['reset-password', 'auth/verify', 'invite', 'magic'])}`,
    before: [['lang', 'de']],
    name: 'token',
    secret: r.from(SETS.dash, r.int(20, 64)),
  })),
  link('oauth-code', (r) => ({
    base: 'https://app.example.com/oauth/callback',
    name: 'code',
    secret: r.from(SETS.dash, r.int(20, 60)),
    after: [['scope', 'email']],
  })),
  link('key', (r) => ({
    base: 'https://maps.example.com/maps/api/geocode/json',
    before: [['address', 'Berlin']],
    name: 'key',
    secret: r.from(SETS.dash, r.int(24, 40)),
  })),
  link('api-key', (r) => ({
    base: 'https://api.example.com/v2/search',
    before: [['q', 'shoes']],
    name: r.pick(['api_key', 'apikey', 'api-key', 'apiKey']),
    secret: r.from(SETS.hex, 32),
    after: [['page', '2']],
  })),
  link('signature', (r) => ({
    base: 'https://cdn.example.com/video/17/index.m3u8',
    before: [['expires', String(r.int(17e8, 18e8))]],
    name: r.pick(['signature', 'sig']),
    secret: r.from(SETS.dash, 43),
  })),
  link('websocket', (r) => ({
    base: 'wss://stream.example.com/v1/events',
    before: [['channel', 'orders']],
    name: 'token',
    secret: r.from(SETS.alnum, 40),
  })),
  link('other-parameters', (r) => ({
    base: 'https://api.example.com/v1/session',
    before: [['lang', 'de']],
    name: r.pick([
      'client_secret',
      'refresh_token',
      'id_token',
      'password',
      'auth_token',
      'access_key',
      'otp',
      'jwt',
      'secret',
      'sessionid',
      'passwd',
      'X-Api-Key',
    ]),
    secret: r.from(SETS.alnum, r.int(20, 48)),
    after: [['page', '2']],
  })),
  url('session-in-path', LINK_NAMES, (r) => {
    const secret = r.from(SETS.upperHex, 32);
    return {
      text: `https://shop.example.com/cart;jsessionid=${secret}?step=2`,
      secrets: [secret],
      kept: ['shop.example.com/cart', 'step=2'],
    };
  }),
  url('logic-app', WEBHOOK_NAMES, (r) => {
    const secret = r.from(SETS.dash, 43);
    return {
      text: `https://prod-00.westeurope.logic.azure.com:443/workflows/${r.from(SETS.hex, 32)}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${secret}`,
      secrets: [secret],
      kept: ['prod-00.westeurope.logic.azure.com', 'api-version=2016-06-01'],
    };
  }),
  url('otpauth', ['provisioning uri'], (r) => {
    const secret = r.from(SETS.base32, r.pick([16, 26, 32]));
    return {
      text: `otpauth://totp/Shop:ann%40example.com?secret=${secret}&issuer=Shop&digits=6`,
      secrets: [secret],
      kept: ['issuer=Shop'],
    };
  }),
  url('id-token-hint', LINK_NAMES, (r) => {
    const secret = `${base64url({ alg: 'RS256' })}.${base64url({ sub: r.uuid() })}.${r.from(SETS.dash, 342)}`;
    return {
      text: `https://login.example.com/logout?id_token_hint=${secret}&state=af0ifjsldkj`,
      secrets: [secret],
      kept: ['login.example.com', '/logout'],
    };
  }),
];

export const URL_SECRETS = [...WEBHOOKS, ...USERINFO, ...LINKS];
