// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested here
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import { made, PASSWORD } from './redact-secrets.ts';

const TOKEN = `gh${'p_'}${made('alnum', 36)}`;
const KEY40 = made('base64', 40);
const HEX32 = made('hex', 32);
const encoded = (text: string, form: (code: number) => string): string =>
  Array.from(text, (character) => form(character.charCodeAt(0))).join('');

/** where it stands → the text; whatever it is, the password, token or key in it must be gone */
const PLACES: readonly (readonly [place: string, text: string])[] = [
  // The name stands at the head of the column
  ['SQL, by column', `insert into users (name, password) values ('bob', '${PASSWORD}')`],
  ['SQL, several rows', `INSERT INTO \`u\` (\`id\`,\`api_key\`) VALUES (1,'x'),(2,'${PASSWORD}')`],
  ['SQL with parameters', `INSERT INTO "u"("a", "password") VALUES ($1, $2) -- PARAMETERS: ["bob","${PASSWORD}"]`],
  ['a unique key of PostgreSQL', `Key (email, reset_token)=(bob@x.example, ${PASSWORD}) already exists.`],
  [
    'PostgreSQL’s log of parameters',
    `UPDATE users SET password = $1 WHERE id = $2\nDETAIL:  parameters: $1 = '${PASSWORD}'`,
  ],
  ['SQLAlchemy', `[SQL: INSERT INTO users (name, password) VALUES (?, ?)]\n[parameters: ('bob', '${PASSWORD}')]`],
  ['TypeORM', `SELECT 1 FROM "u" WHERE "u"."accessToken" = $1 -- PARAMETERS: ["${PASSWORD}"]`],
  ['an error of TypeORM', `{ query: 'UPDATE "user" SET "password" = $1', parameters: [ '${PASSWORD}', 3 ] }`],
  [
    'MyBatis',
    `Preparing: insert into user (name, password) values (?, ?)\n==> Parameters: bob(String), ${PASSWORD}(String)`,
  ],
  ['a role made with a parameter', `CREATE USER bob WITH PASSWORD $1\nparameters: $1 = '${PASSWORD}'`],
  ['CSV', `id,email,password\n4,b@x.example,${PASSWORD}\n`],
  ['CSV of AWS', `User,Secret access key\nbob,${KEY40}`],
  ['a table of psql', ` id |  password\n----+------------\n  4 | ${PASSWORD}\n(1 row)`],
  [
    'a table of mysql',
    `+----+----------+\n| id | password |\n+----+----------+\n|  4 | ${PASSWORD} |\n+----+----------+`,
  ],
  ['a table of Markdown', `| name | password |\n|---|---|\n| bob | ${PASSWORD} |`],
  ['a table of two columns', `| password | ${PASSWORD} |`],
  // The value is named beside it
  ['settings of Azure', `[{"name":"DB_PASS","slotSetting":false,"value":"${PASSWORD}"}]`],
  ['variables of GitLab', `{"key":"DB_PASSWORD","variable_type":"env_var","value":"${PASSWORD}"}`],
  ['an answer file of Windows', `<AutoLogon><Password><Value>${PASSWORD}</Value></Password></AutoLogon>`],
  ['a dump of Symfony', `"login[_password]" => "${PASSWORD}"`],
  ['a parameter of AWS', `{"Name":"/prod/db","Type":"SecureString","Value":"${PASSWORD}","Version":1}`],
  ['a field of a form', `<input type="password" name="p" value="${PASSWORD}">`],
  ['a cookie of a browser', `{"name":"sessionid","domain":"x.io","value":"${HEX32}"}`],
  ['flags of curl together', `curl -sku admin:${PASSWORD} https://x.io`],
  ['a key for something', `API key for project x: ${HEX32}`],
  ['a password that was reset', `Your password has been reset to: ${PASSWORD}`],
  ['a tuple', `auth=('svc', '${PASSWORD}')`],
  ['a constructor with a user', `requests.get('https://x.io', auth=HTTPBasicAuth('svc', '${PASSWORD}'))`],
  ['a default of Laravel', `'password' => env('DB_PASSWORD', '${PASSWORD}'),`],
  ['headers of ASGI', `headers=[(b'host', b'x'), (b'x-api-key', b'${PASSWORD}')]`],
  ['an old token of Vault', `X-Vault-Token: s.${made('alnum', 22)}7x`],
  ['an old token of Vault, assigned', `VAULT_TOKEN=s.${made('alnum', 22)}7x`],
  ['a key of Airflow', `AIRFLOW__CORE__FERNET_KEY=${KEY40}`],
  ['a cookie of ASP.NET', `Cookie .ASPXAUTH=${HEX32}`],
  ['arguments of Redis', `Args: ["redis-server","--requirepass","${PASSWORD}"]`],
  ['arguments in YAML', `args:\n- --password\n- ${PASSWORD}\n`],
  ['a prompt that names the user', `Password for user postgres: ${PASSWORD}`],
  ['a prompt of sudo', `[sudo] password for bob: ${PASSWORD}`],
  ['IMAP', `A001 LOGIN bob@x.io "${PASSWORD}"`],
  ['IMAP with a token', `A1 AUTHENTICATE XOAUTH2 ${KEY40}`],
  ['what is piped into a login', `echo "${PASSWORD}" | docker login -u ci --password-stdin r.x.io`],
  ['what is piped into sudo', `echo '${PASSWORD}' | sudo -S apt update`],
  ['what is piped into chpasswd', `+ echo 'root:${PASSWORD}' | chpasswd`],
  ['a keychain', `security unlock-keychain -p ${PASSWORD} login.keychain`],
  ['pydantic', `password\n  String should be longer [type=x, input_value='${PASSWORD}', input_type=str]`],
  ['joi', `"password" with value "${PASSWORD}" fails to match the pattern`],
  ['mongoose', `Cast to Number failed for value "${PASSWORD}" (type string) at path "password"`],
  ['MySQL', `Duplicate entry '${PASSWORD}' for key 'sessions.token'`],
  ['Spring', `on field 'password': rejected value [${PASSWORD}]; codes`],
  ['zod', `[{"path":["password"],"message":"short","received":"${PASSWORD}"}]`],
  ['Terraform', `  ~ password = "old" -> "${PASSWORD}"`],
  ['a variable of Terraform', `variable "db_password" {\n  default = "${PASSWORD}"\n}`],
  ['value first', `{"value":"${PASSWORD}","name":"DB_PASSWORD"}`],
  ['an input', `<input value="${PASSWORD}" name="password">`],
  ['multipart', `Content-Disposition: form-data; name="password"\r\n\r\n${PASSWORD}\r\n--x`],
  ['XML of two elements', `<name>fs.secret.key</name><value>${PASSWORD}</value>`],
  ['a cell of HTML', `<th>Password</th><td>${PASSWORD}</td>`],
  // The kind of text says it
  ['a Secret of Kubernetes', `kind: Secret\nstringData:\n  smtp: ${PASSWORD}\ntype: Opaque\n`],
  ['a JSON Web Key', `{"kty":"EC","crv":"P-256","d":"${made('dash', 43)}","x":"abc"}`],
  ['a stack trace of PHP', `#0 /app/db.php(12): PDO->__construct('mysql:host=db', 'app', '${PASSWORD}')`],
  ['beside an access key id', `AK${'IA'}${made('base32', 16)}: ${KEY40}`],
  ['a license key of New Relic', `license ${made('hex', 36)}${'NR'}AL invalid`],
  // Links
  ['a reset link', `GET /password-reset/${made('alnum', 40)} 200`],
  ['an incoming webhook', `https://chat.example.com/hooks/${made('lower', 26)}`],
  ['a hook of Zapier', `https://hooks.zapier.com/hooks/catch/${made('digits', 7)}/${made('lower', 7)}`],
  ['an endpoint with a key', `https://mainnet.infura.io/v3/${HEX32}`],
  ['without a scheme', `connecting to admin:${PASSWORD}@db.example.com:5432/shop`],
  ['a DSN of Go', `bob:${PASSWORD}@tcp(db:3306)/shop`],
  ['pgpass', `db.example.com:5432:shop:app:${PASSWORD}`],
  // Announced
  ['Markdown', `**Password:** \`${PASSWORD}\``],
  ['bold HTML', `<b>Password:</b> ${PASSWORD}`],
  ['an arrow', `password -> ${PASSWORD}`],
  ['for somebody', `Enter password for user bob: ${PASSWORD}`],
  ['a line below', `Password:\n\n${PASSWORD}`],
  ['a tag of YAML', `password: !!str ${PASSWORD}`],
  ['a heredoc', `password = <<EOT\n${PASSWORD}\nEOT`],
  ['what stands in for it', `password: process.env.X ?? '${PASSWORD}'`],
  ['Rust', `password: Some("${PASSWORD}")`],
  ['Erlang', `{password,<<"${PASSWORD}">>}`],
  ['PHP, serialized', `s:8:"password";s:12:"${PASSWORD}";`],
  ['two halves', `password: '${PASSWORD}' +\n    '${PASSWORD}'`],
  ['a Dockerfile', `ENV DB_PASSWORD ${PASSWORD}`],
  ['a scheme of a vendor', `Authorization: SSWS ${PASSWORD}xY`],
  ['a folded header', `Authorization: Bearer\r\n ${PASSWORD}`],
  ['LDIF', `userPassword:: ${Buffer.from(PASSWORD).toString('base64')}`],
  // Commands
  ['sqlplus', `sqlplus scott/${PASSWORD}@//db:1521/X`],
  ['a protocol', `"AUTH" "default" "${PASSWORD}"`],
  ['Redis', `CONFIG SET requirepass ${PASSWORD}`],
  // Written otherwise
  ['percent-encoded', `next=${encodeURIComponent(encodeURIComponent(`https://x/?token=${PASSWORD}`))}`],
  ['percent-encoded in part', `p%61ssword=${PASSWORD}`],
  ['escapes of JSON', `{"pass\\u0077ord":"${PASSWORD}"}`],
  ['entities', `token ${encoded(TOKEN, (code) => `&#${code};`)}`],
  ['octal', encoded(TOKEN, (code) => `\\${code.toString(8).padStart(3, '0')}`)],
  ['full-width', `ｐａｓｓｗｏｒｄ＝${PASSWORD}`],
  ['letters that look alike', `p\u0430ssword=${PASSWORD}`],
  ['base64', Buffer.from(`host=db\npassword=${PASSWORD}\n`).toString('base64')],
  ['hexadecimal', `dump ${Buffer.from(`t=${TOKEN}`).toString('hex')}`],
  ['a Buffer', `<Buffer ${encoded(TOKEN, (code) => `${code.toString(16)} `).trim()}>`],
  ['a list of bytes', `[${encoded(TOKEN, (code) => `${code}, `).slice(0, -2)}]`],
  ['colours before it', `using\u001b[32m${TOKEN}\u001b[0m`],
  ['colours that lost their escape', `[36mpassword[0m=[33m${PASSWORD}[0m`],
  ['arguments with NUL between them', `tool\0--password\0${PASSWORD}\0`],
  ['behind a letter', `failed${TOKEN}`],
  ['escaped for Markdown', TOKEN.replace('_', '\\_')],
  ['cut, and said so', `${TOKEN.slice(0, 13)} [truncated 30 characters]`],
];

const HIDDEN = [
  PASSWORD,
  TOKEN,
  KEY40,
  HEX32,
  made('dash', 43),
  made('alnum', 40),
  made('lower', 26),
  made('lower', 7),
];
HIDDEN.push(made('hex', 36), Buffer.from(PASSWORD).toString('base64'));

/** Ten characters in a row, of a shorter one all of it. */
function shows(text: string, secret: string): boolean {
  const length = Math.min(10, secret.length);
  for (let at = 0; at + length <= secret.length; at++) if (text.includes(secret.slice(at, at + length))) return true;
  return false;
}

describe('a secret is found', () => {
  it.each(PLACES)('%s', (_, text) => {
    const out = redact(text);
    expect(out).toContain('[REDACTED');
    for (const secret of HIDDEN) expect(shows(out, secret), out).toBe(false);
    expect(redact(out)).toBe(out);
  });
});

describe('what the other properties of an object say', () => {
  it.each<readonly [string, unknown]>([
    ['a validator', { path: 'password', value: PASSWORD }],
    ['FastAPI', { loc: ['body', 'password'], input: PASSWORD }],
    ['CloudFormation', { ParameterKey: 'DbPassword', ParameterValue: PASSWORD }],
    ['a query and its parameters', { sql: 'update users set password = ? where id = ?', bindings: [PASSWORD, 4] }],
    ['a Secret of Kubernetes', { kind: 'Secret', data: { smtp: PASSWORD } }],
    ['a JSON Web Key', { kty: 'EC', d: PASSWORD }],
    ['a command of Redis', { name: 'auth', args: ['default', PASSWORD] }],
    ['arguments of mysql', { cmd: 'mysql', args: ['-u', 'root', `-p${PASSWORD}`] }],
    ['arguments of curl', { file: 'curl', args: ['-u', `bob:${PASSWORD}`] }],
    ['arguments of sshpass', ['sshpass', '-p', PASSWORD, 'ssh', 'h']],
    ['a property of a list', Object.assign([1], { token: PASSWORD })],
    ['a signature', { 'x-signature': `sha256=${made('hex', 64)}` }],
    ['a name in full-width letters', { ｐａｓｓｗｏｒｄ: PASSWORD }],
  ])('%s', (_, value) => {
    const out = JSON.stringify(redact(value)) + JSON.stringify(Object.entries(redact(value) as object));
    expect(out).toContain('[REDACTED');
    expect(out).not.toContain(PASSWORD.slice(1));
    expect(out).not.toContain(made('hex', 64));
  });
});

describe('what an operator needs is left alone', () => {
  it.each([
    'PWD=/app OLDPWD=/',
    'OLDPWD=/tmp',
    'pin: GPIO17',
    '{"type":"token","value":"IDENTIFIER_2"}',
    '<input type="text" name="q" value="order-4711">',
    'Lookup key for order: order-4711-x',
    'token = s.session.token',
    "password = getpass('Password: ', 'again')",
    'SELECT 1 FROM users WHERE id = $1 -- PARAMETERS: ["bob-4711"]',
    '{"name":"password","required":true,"maxLength":64}',
    "echo 'built 4711 files' | tee out.log",
    'auth=ok token=expired secret=missing',
    'first pass: 3ms',
    'required scopes: token:read secrets:write',
    'password = (sensitive value)',
    'password: (known after apply)',
    'connect(host=host, password=password)',
    'private key: /etc/nginx/ssl/app.key',
    'ssh_key: /home/bob/.ssh/id.pub',
    'read -s -p "Password: " PASSWORD',
    ': "${API_KEY:?API_KEY is required}"',
    '--token string   API token',
    'string password = 2;',
    'password = models.CharField(max_length=128)',
    'headers: { Authorization: "Bearer " + token }',
    'Authorization: Bearer <token> is missing',
    'Usage: shop login [--user NAME] [--password PASSWORD]',
    'services:\n  db:\n    secrets:\n      - db_password\n',
    'Passwort: zu kurz, mindestens 12 Zeichen',
    'Unexpected token: EOF, got token: RIGHT_PAREN',
    '[3m20s elapsed] still creating',
    `payload ${Buffer.from('{"service":"shop","status":"ok"}').toString('base64')}`,
    '/run/secrets/db-password: permission denied',
    'User validation failed: password: Path `password` is required.',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

it('a run of backslashes inside brackets is looked at once', () => {
  // Looked at anew from each of them, it takes minutes.
  const text = `password: ["a", ${'\\'.repeat(262_144)}`;
  expect(redact(text)).not.toContain('\\\\\\');
});
