// Secrets in lines of a known form: HTTP headers and connection strings.
import { oddPassword } from './named-secrets.mjs';
import { SETS } from './random.mjs';
import { sceneWithout } from './scene.mjs';
import { base64url } from './token-table.mjs';

const opaque = (r) => r.from(SETS.dash, r.int(20, 64));

/** `name: value`, in whatever case a library or proxy writes it. */
function header(id, name, value) {
  return {
    id: `header/${id}`,
    form: 'header',
    cut: false,
    beyond: false,
    make(random) {
      const made = value(random);
      const { text, secrets } = typeof made === 'string' ? { text: made, secrets: [made] } : made;
      const written = random.pick([name, name, name.toLowerCase(), name.toLowerCase(), name.toUpperCase()]);
      return {
        text: `${written}: ${text}`,
        secrets,
        kept: [written],
        names: [],
        header: { name: written, value: text },
      };
    },
  };
}

const scheme = (word, secretOf) => (r) => {
  const secret = secretOf(r);
  return { text: `${word} ${secret}`, secrets: [secret] };
};

function basic(r) {
  const password = oddPassword(r);
  const encoded = Buffer.from(`${sceneWithout(r, [password]).user}:${password}`).toString('base64');
  return { text: `Basic ${encoded}`, secrets: [encoded, password] };
}

function cookies(r) {
  const [session, csrf] = [r.from(SETS.alnum, r.int(26, 40)), r.from(SETS.dash, 32)];
  const name = r.pick(['connect.sid', 'JSESSIONID', 'PHPSESSID', 'sessionid', '_shop_session', 'sid', '__Host-auth']);
  return { text: `theme=dark; ${name}=${session}; csrftoken=${csrf}; lang=en`, secrets: [session, csrf] };
}

function setCookie(r) {
  const secret = `s%3A${r.from(SETS.dash, 32)}.${r.from(SETS.alnum, 43)}`;
  const name = r.pick(['connect.sid', 'sid', 'remember_me', 'laravel_session', '_gh_sess', 'AWSALB']);
  return {
    text: `${name}=${secret}; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly; Secure; SameSite=Lax`,
    secrets: [secret],
  };
}

const HEADERS = [
  header('bearer', 'Authorization', scheme('Bearer', opaque)),
  header(
    'bearer-lower',
    'Authorization',
    scheme('bearer', (r) => r.uuid()),
  ),
  header(
    'bearer-base64',
    'Authorization',
    scheme('Bearer', (r) => r.base64(r.int(30, 80))),
  ),
  header(
    'bearer-dots',
    'Authorization',
    scheme(
      'Bearer',
      (r) => `${r.from(SETS.alnum, 12)}.${r.from(SETS.alnum, 24)}.${r.from(SETS.alnum, 8)}~${r.from(SETS.alnum, 6)}`,
    ),
  ),
  header('basic', 'Authorization', basic),
  header(
    'token',
    'Authorization',
    scheme('token', (r) => r.from(SETS.hex, 40)),
  ),
  header('token-quoted', 'Authorization', (r) => {
    const secret = r.from(SETS.alnum, 32);
    return { text: `Token token="${secret}"`, secrets: [secret] };
  }),
  header(
    'bot',
    'Authorization',
    scheme('Bot', (r) => `M${r.from(SETS.alnum, 23)}.${r.from(SETS.dash, 6)}.${r.from(SETS.dash, 38)}`),
  ),
  header(
    'api-key-scheme',
    'Authorization',
    scheme('ApiKey', (r) => r.from(SETS.dash, 60)),
  ),
  header('other-scheme', 'Authorization', (r) =>
    scheme(r.pick(['GenieKey', 'SSWS', 'Key', 'Apikey', 'OAuth', 'Splunk', 'DPoP']), (rr) => rr.from(SETS.alnum, 36))(
      r,
    ),
  ),
  header('digest', 'Authorization', (r) => {
    const secret = r.from(SETS.hex, 32);
    return {
      text: `Digest username="bob", realm="shop", nonce="${r.from(SETS.hex, 32)}", uri="/api/orders", qop=auth, nc=00000001, response="${secret}"`,
      secrets: [secret],
    };
  }),
  header('sigv4', 'Authorization', (r) => {
    const secret = r.from(SETS.hex, 64);
    return {
      text: `AWS4-HMAC-SHA256 Credential=AKIA${r.from(SETS.base32, 16)}/20260112/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${secret}`,
      secrets: [secret],
    };
  }),
  header('bare', 'Authorization', opaque),
  header('proxy-basic', 'Proxy-Authorization', basic),
  header('proxy-bearer', 'Proxy-Authorization', scheme('Bearer', opaque)),
  header('cookie', 'Cookie', cookies),
  header('cookie-one', 'Cookie', (r) => {
    const secret = r.from(SETS.dash, r.int(24, 60));
    return { text: `${r.pick(['session', 'sid', 'auth', 'JSESSIONID'])}=${secret}`, secrets: [secret] };
  }),
  header('set-cookie', 'Set-Cookie', setCookie),
  header('x-api-key', 'X-Api-Key', (r) => r.from(SETS.alnum, r.int(16, 44))),
  header('apikey', 'apikey', (r) => r.from(SETS.alnum, 32)),
  header('x-auth-token', 'X-Auth-Token', (r) => r.uuid()),
  header('x-vault-token', 'X-Vault-Token', (r) => r.pick([r.from(SETS.alnum, 26), r.uuid()])),
  header('private-token', 'PRIVATE-TOKEN', (r) => r.from(SETS.dash, 20)),
  header('subscription-key', 'Ocp-Apim-Subscription-Key', (r) => r.from(SETS.hex, 32)),
  header('amz-security-token', 'X-Amz-Security-Token', (r) => `IQoJb3JpZ2luX2Vj${r.base64(r.int(180, 400))}`),
  header('goog-api-key', 'X-Goog-Api-Key', (r) => r.from(SETS.dash, 39)),
  header('csrf', 'X-CSRF-Token', (r) => r.base64(32)),
  header('vendor-key', 'DD-API-KEY', (r) => r.from(SETS.hex, 32)),
  header('vendor-token', 'X-Shopify-Access-Token', (r) => r.from(SETS.hex, 32)),
  header('vendor-secret', 'CF-Access-Client-Secret', (r) => r.from(SETS.hex, 64)),
];

/** A connection string: `{secret}` and the places around it. */
function connection(id, passwordOf, textOf, beyond = false) {
  return {
    id: `connection/${id}`,
    form: 'line',
    cut: false,
    beyond,
    make(random) {
      const secret = passwordOf(random);
      const scene = sceneWithout(random, [secret]);
      const { host, port, database, user } = scene;
      const text = textOf(secret, scene, random);
      return {
        text,
        secrets: [secret],
        kept: [host, port, database, user].filter((part) => text.includes(part)),
        names: ['dsn', 'data source', 'connection'],
      };
    },
  };
}

const plain = (r) => r.from(SETS.alnum, r.int(8, 24));
const odd = (without) => (r) => oddPassword(r, without);
const key64 = (r) => `${r.from(SETS.base64, 86)}==`;
const key32 = (r) => `${r.from(SETS.base64, 43)}=`;

const CONNECTIONS = [
  connection(
    'ado-password',
    odd(';"\'{}'),
    (p, s) =>
      `Server=tcp:${s.host},${s.port};Initial Catalog=${s.database};User ID=${s.user};Password=${p};Encrypt=True;Connection Timeout=30`,
  ),
  connection('ado-pwd', plain, (p, s) => `Data Source=${s.host};Database=${s.database};Uid=${s.user};Pwd=${p}`),
  connection(
    'ado-first',
    plain,
    (p, s) => `Password=${p};Username=${s.user};Host=${s.host};Port=${s.port};Database=${s.database}`,
  ),
  connection(
    'ado-quoted',
    (r) => `${r.from(SETS.alnum, 6)};${r.from(SETS.alnum, 6)}`,
    (p, s) => `Host=${s.host};Password="${p}";Username=${s.user};Database=${s.database}`,
  ),
  connection(
    'odbc',
    plain,
    (p, s) =>
      `Driver={ODBC Driver 18 for SQL Server};Server=${s.host},${s.port};Database=${s.database};Uid=${s.user};Pwd={${p}};TrustServerCertificate=yes`,
  ),
  connection(
    'azure-storage',
    key64,
    (p, _s) => `DefaultEndpointsProtocol=https;AccountName=shopstore;AccountKey=${p};EndpointSuffix=core.windows.net`,
  ),
  connection(
    'azure-service-bus',
    key32,
    (p) =>
      `Endpoint=sb://shop-bus.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${p};EntityPath=orders`,
  ),
  connection('azure-cosmos', key64, (p) => `AccountEndpoint=https://shop.documents.azure.com:443/;AccountKey=${p};`),
  connection('azure-iot', key32, (p) => `HostName=shop.azure-devices.net;DeviceId=till-7;SharedAccessKey=${p}`),
  connection(
    'libpq',
    plain,
    (p, s) => `host=${s.host} port=${s.port} dbname=${s.database} user=${s.user} password=${p} sslmode=require`,
  ),
  connection(
    'libpq-quoted',
    (r) => `${r.from(SETS.alnum, 6)} ${r.from(SETS.alnum, 6)}`,
    (p, s) => `host=${s.host} port=${s.port} dbname=${s.database} user=${s.user} password='${p}' connect_timeout=10`,
  ),
  connection(
    'jdbc-postgresql',
    odd('&#;?"\'<>%+{}|\\()[],'),
    (p, s) => `jdbc:postgresql://${s.host}:${s.port}/${s.database}?user=${s.user}&password=${p}&ssl=true`,
  ),
  connection(
    'jdbc-sqlserver',
    odd(';"\'{}'),
    (p, s) =>
      `jdbc:sqlserver://${s.host}:${s.port};databaseName=${s.database};user=${s.user};password=${p};encrypt=true`,
  ),
  connection(
    'jdbc-oracle',
    plain,
    (p, s, r) =>
      `jdbc:oracle:thin:${s.user}/${p}@${r.pick(['', '//'])}${s.host}:${s.port}${r.pick([':', '/'])}${s.database}`,
  ),
  connection('jdbc-userinfo', plain, (p, s) => `jdbc:mysql://${s.user}:${p}@${s.host}:${s.port}/${s.database}`),
  connection('redis-stackexchange', plain, (p, s) => `${s.host}:${s.port},password=${p},ssl=True,abortConnect=False`),
  connection(
    'kafka-jaas',
    plain,
    (p, s) => `org.apache.kafka.common.security.plain.PlainLoginModule required username="${s.user}" password="${p}";`,
  ),
  connection('go-mysql', plain, (p, s) => `${s.user}:${p}@tcp(${s.host}:${s.port})/${s.database}?parseTime=true`, true),
];

/** Answers and bodies of authorisation servers, and files of credentials, as they are dumped. */
function file(id, secretOf, textOf, names = ['response', 'body', 'dump']) {
  return {
    id: `file/${id}`,
    form: 'line',
    cut: false,
    beyond: false,
    make(random) {
      const secret = secretOf(random);
      const { text, kept } = textOf(secret, sceneWithout(random, [secret]), random);
      return { text, secrets: [secret], kept, names };
    },
  };
}

const FILES = [
  file('token-response', opaque, (p) => ({
    text: JSON.stringify({ access_token: p, token_type: 'Bearer', expires_in: 3599, scope: 'orders.read' }),
    kept: ['expires_in', '3599', 'orders.read'],
  })),
  file('token-request', opaque, (p) => ({
    text: `grant_type=client_credentials&client_id=shop-web&client_secret=${p}&scope=orders.read`,
    kept: ['grant_type=client_credentials', 'client_id=shop-web', 'scope=orders.read'],
  })),
  file('npmrc', opaque, (p, _s, r) => ({
    text: `//registry.example.com/:${r.pick(['_authToken', '_auth', '_password'])}=${p}`,
    kept: ['registry.example.com'],
  })),
  file('netrc', plain, (p, s) => ({ text: `machine ${s.host} login ${s.user} password ${p}`, kept: [s.host, s.user] })),
  file(
    'docker-config',
    (r) => base64url(`bob:${r.from(SETS.alnum, 15)}`),
    (p) => ({ text: `{"auths":{"registry.example.com":{"auth":"${p}"}}}`, kept: ['registry.example.com'] }),
  ),
];

/** A scheme and what follows, as code passes it on, without the name of the header. */
const SCHEMES = [
  file(
    'bearer-without-header',
    (r) => r.pick([r.from(SETS.dash, r.int(24, 64)), r.from(SETS.hex, 40)]),
    (p) => ({ text: `Bearer ${p}`, kept: [] }),
  ),
  file(
    'basic-without-header',
    (r) => Buffer.from(`svc_orders:${r.from(SETS.alnum, 16)}`).toString('base64'),
    (p) => ({ text: `Basic ${p}`, kept: [] }),
  ),
];

export const LINE_SECRETS = [...HEADERS, ...CONNECTIONS, ...FILES, ...SCHEMES];
