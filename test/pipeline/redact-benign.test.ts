// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested here
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import { made, madePem, madeUuid, PASSWORD, pemEdge } from './redact-secrets.ts';

/** What must be left exactly as it is. */
const BENIGN: Readonly<Record<string, readonly string[]>> = {
  ids: [
    madeUuid(),
    `commit ${made('hex', 40)}`,
    `trace ${made('hex', 32)} span ${made('hex', 16)}`,
    `traceparent: 00-${made('hex', 32)}-${made('hex', 16)}-01`,
    `sha256:${made('hex', 64)}`,
    `integrity sha512-${made('base64', 86)}==`,
    `etag: "${made('hex', 32)}"`,
    `cache-key-${made('hex', 32)}`,
    `pi_${made('alnum', 24)} cus_${made('alnum', 14)} evt_${made('alnum', 24)}`,
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf',
    `SHA256:${made('base64', 43)}`,
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${made('base64', 43)} bob@host`,
    `data:image/png;base64,iVBORw0KGgo${made('base64', 80)}=`,
    madePem('CERTIFICATE'),
    '2026-01-02T03:04:05.678Z v1.2.3-beta.4 127.0.0.1:8080 [12:30:45]',
  ],
  names: [
    'secrets "db-credentials" not found',
    'secretName: db-credentials',
    'secret: kv/data/app',
    'secret projects/p/secrets/db-password/versions/3 not found',
    'password: op://vault/item/password',
    'password=file:/run/secrets/db',
    'AWS_ACCESS_KEY_ID is missing',
    'missing field `password` at line 1',
    'npm_config_registry=https://x npm_lifecycle_event=test',
    'sk-folding-cube animated, re_export_everything_in_this_file_please',
  ],
  prose: [
    'bearer scheme not supported',
    'Bearer authentication required',
    'Basic authentication is disabled',
    'password too short',
    'Invalid password: must be at least 8 characters',
    'password authentication failed for user "bob"',
    "Access denied for user 'root'@'localhost' (using password: YES)",
    'Invalid token: expired',
    'token: signature verification failed',
    'JsonWebTokenError: jwt malformed',
    'SyntaxError: Unexpected token < in JSON at position 0',
    `SyntaxError: Unexpected token 'a', "abc" is not valid JSON`,
    'Unexpected token: punc (,)',
    'the token is expired, the password was reset',
    'password reset link: https://example.com/help',
    'use --password or --token to log in',
    'cookies: disabled by user',
    'auth: user not found',
    'secret: access denied',
    'CSRF token missing or incorrect',
    'The API key provided is invalid',
    'Could not load credentials from any providers',
    'password hash algorithm argon2id selected',
    `expected ${pemEdge('BEGIN', 'PRIVATE KEY')} header`,
    'tests: 12, pass: 10, fail: 2',
  ],
  counts: [
    'prompt_tokens: 512, completion_tokens: 100, total_tokens=612',
    'tokens_remaining=5 token_budget: 9 token_ttl=3600',
    '{"usage":{"tokens":1534}}',
    'rate limit: 5 tokens per second',
  ],
  metadata: [
    'password_policy: strict, passwordChangedAt: 2026-01-01',
    'auth_provider: google, token_type=bearer',
    'is_secret: true, has_password: yes',
    'password=null token: undefined "token":null "password":"" secret=false',
    "credentials: 'same-origin'",
  ],
  'words that hold others': [
    'tokenizer: fast1 encompass: all1 authentic: yes1 secretariat=abc1 spinner: dots1 author: bob1 compass: n1 keyboard: us1',
  ],
  'keys that are no secrets': [
    'public_key: abc1 primary_key=id1 foreign_key: fk1 partition_key: p1 routing_key=rk1 cache_key: ck1',
    'sort_key=1a message_key: m1 row_key=1b group_key=1c idempotency_key: abc1 hot_key=k1',
  ],
  placeholders: [
    'api_key=YOUR_API_KEY',
    'PASSWORD=<password> token: <your token>',
    'token=${TOKEN} password={{ password }} secret: ${{ secrets.TOKEN }}',
    'password=%PASSWORD% password: ******** token=xxxxxxxx',
    'postgres://user:${PASSWORD}@host/db https://user:****@host/',
    'Authorization: Bearer <token>',
    'Authorization: Bearer ${token}',
    'password=[FILTERED] token: [redacted]',
  ],
  'source code': [
    'token: process.env.NAME',
    'const token = process.env.TOKEN;',
    "const password = config['db'].password;",
    'password = getPassword()',
    'password: await vault.read("x")',
    'auth: new Auth({a: 1})',
    'apiKey: config.apiKey,',
    'password: `${user.password}`',
    'password: string;',
    'function f(password: string, token: Token) {}',
    'if (token === undefined) return buildAuthHeader()',
    'password == null',
    "Authorization: 'Bearer ' + token",
  ],
  'stack frames': [
    '    at login (/app/src/password.ts:12:5)',
    '    at Object.token (/app/a.js:10:5)',
    '    at async auth.login (file:///app/auth.js:3:1)',
    'Error: connect ECONNREFUSED 127.0.0.1:5432 { code: "ECONNREFUSED", port: 5432 }',
  ],
  addresses: [
    'http://localhost:3000/@vite/client',
    'https://example.com/@user/post',
    'https://host/path?email=a@b.example&code=404',
    'http://user@host/x mailto:bob@example.com git@github.com:org/repo.git',
    'redis://localhost:6379/0 http://[::1]:8080/x',
    'docker run -u 1000:1000 -p 8080:80 image',
    'GET /api/webhooks/list 200',
  ],
};

describe('what is no secret', () => {
  const rows = Object.entries(BENIGN).flatMap(([group, texts]) => texts.map((text) => [group, text] as const));

  it.each(rows)('%s: %s', (_, text) => {
    expect(redact(text)).toBe(text);
    expect(redact({ message: text })).toEqual({ message: text });
  });

  it('stays around a secret: host, port, database, user, route, status', () => {
    const text = `GET /orders/42 500 user=bob postgres://app:${PASSWORD}@db.internal:5432/shop`;
    expect(redact(text)).toBe(text.replace(PASSWORD, '[REDACTED]'));
  });
});
