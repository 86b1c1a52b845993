import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, AlertError, RedactedAlert } from '../../src/alert.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { MAX_NORMALISED_CHARS, normaliseMessage } from '../../src/pipeline/normalise-message.ts';

function makeAlert(parts: Partial<Alert> = {}): RedactedAlert {
  return {
    id: 'a1',
    timestampMs: 1_000,
    source: 'log',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: '',
    origin: { service: 'shop', environment: 'production' },
    attributes: {},
    repeatKey: 1,
    count: 1,
    ...parts,
  } as RedactedAlert;
}

function ofMessage(message: string): string {
  return fingerprint(makeAlert({ error: { type: 'Error', message } }));
}

function ofError(error: AlertError): string {
  return fingerprint(makeAlert({ error }));
}

/** Two occurrences of one trouble. */
const SAME: readonly (readonly [string, string])[] = [
  // Node
  ['connect ECONNREFUSED 10.0.3.17:8443', 'connect ECONNREFUSED 10.0.9.2:8443'],
  ['connect ECONNREFUSED 127.0.0.1:41233', 'connect ECONNREFUSED 127.0.0.1:38012'],
  ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'],
  ['listen EADDRINUSE: address already in use :::3000', 'listen EADDRINUSE: address already in use 0.0.0.0:8080'],
  ['read ECONNRESET 10.1.2.3:51234', 'read ECONNRESET 10.1.2.4:61002'],
  [
    'connect ETIMEDOUT 34.98.1.2:443 - Local (10.0.0.4:51522)',
    'connect ETIMEDOUT 34.98.7.9:443 - Local (10.0.0.5:40022)',
  ],
  ['The operation timed out after 5000ms', 'The operation timed out after 1.5s'],
  ['Unexpected token o in JSON at position 1', 'Unexpected token o in JSON at position 4012'],
  [
    `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
    `Unexpected token '<', "<html><hea"... is not valid JSON`,
  ],
  [
    "ENOENT: no such file or directory, open '/tmp/upload_8f3a2b1c9d.png'",
    "ENOENT: no such file or directory, open '/tmp/upload_01c2d3e4f5.png'",
  ],
  [
    'Worker terminated due to reaching memory limit: JS heap out of memory at 512 MB',
    'Worker terminated due to reaching memory limit: JS heap out of memory at 2048 MB',
  ],
  // PostgreSQL
  [
    'duplicate key value violates unique constraint "users_email_key" Key (email)=(ann@example.com) already exists.',
    'duplicate key value violates unique constraint "users_email_key" Key (email)=(bob+x@example.org) already exists.',
  ],
  ['invalid input syntax for type integer: "abc"', 'invalid input syntax for type integer: "12;drop"'],
  ['invalid input syntax for type uuid: "42"', 'invalid input syntax for type uuid: "not-a-uuid"'],
  [
    'canceling statement due to statement timeout after 30000 ms',
    'canceling statement due to statement timeout after 15 s',
  ],
  [
    'Process 4711 waits for ShareLock on transaction 889123; blocked by process 4712.',
    'Process 12 waits for ShareLock on transaction 1; blocked by process 9.',
  ],
  [
    'null value in column "email" of relation "users" violates not-null constraint Failing row contains (17, null, Ann).',
    'null value in column "email" of relation "users" violates not-null constraint Failing row contains (18, null, Bob (jr), 2026-01-01).',
  ],
  [
    'remaining connection slots are reserved for 3 superusers',
    'remaining connection slots are reserved for 10 superusers',
  ],
  // MySQL
  ["Duplicate entry 'ann@example.com' for key 'users.email'", "Duplicate entry 'bob' for key 'users.email'"],
  [
    "Access denied for user 'shop'@'172.17.0.4' (using password: YES)",
    "Access denied for user 'shop'@'172.17.0.9' (using password: YES)",
  ],
  [
    'Lock wait timeout exceeded; try restarting transaction (trx 884213)',
    'Lock wait timeout exceeded; try restarting transaction (trx 884999)',
  ],
  ["Data too long for column 'note' at row 1", "Data too long for column 'note' at row 73"],
  // MongoDB
  [
    'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "ann@example.com" }',
    'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "bob" }',
  ],
  [
    'Cast to ObjectId failed for value "abc" (type string) at path "_id"',
    'Cast to ObjectId failed for value "65a1b2c3d4e5f60718293a4b" (type string) at path "_id"',
  ],
  ['Server selection timed out after 30000 ms', 'Server selection timed out after 5000 ms'],
  ['connection 12 to 10.0.4.3:27017 closed', 'connection 4 to 10.0.4.4:27017 closed'],
  // Redis
  ['MOVED 3999 10.0.0.3:6381', 'MOVED 12182 10.0.0.4:6382'],
  [
    'Reached the max retries per request limit (which is 20).',
    'Reached the max retries per request limit (which is 3).',
  ],
  [
    'BUSY Redis is busy running a script. script: 5332031c6b470dc5a0dd9b4bf2030dea6d65de91',
    'BUSY Redis is busy running a script. script: e0e1f9fabfc9d4800c877a703b823ac0578ff8db',
  ],
  // HTTP clients and gRPC
  [
    'GET https://api.example.com/v1/users/8123?expand=true failed',
    'GET https://api.example.com/v1/users/99?expand=false&x=1 failed',
  ],
  [
    'Request 0f8fad5b-d9cb-469f-a165-70867728950e failed with status code 502',
    'Request 7c9e6679-7425-40de-944b-e07fc1f90ae7 failed with status code 502',
  ],
  ['timeout of 3000ms exceeded', 'timeout of 10000ms exceeded'],
  [
    '4 DEADLINE_EXCEEDED: Deadline exceeded after 5.002s,remote_addr=10.4.0.2:50051',
    '4 DEADLINE_EXCEEDED: Deadline exceeded after 12.9s,remote_addr=10.4.0.7:50051',
  ],
  ['GET /orders/17 500 12ms', 'GET /orders/9120 500 1.2s'],
  // Frameworks, queues, payments
  ['job 8812 in queue "mail" stalled more than 3 times', 'job 9001 in queue "mail" stalled more than 3 times'],
  ['No such customer: cus_NffrFeUfNV2Hib', 'No such customer: cus_Ph0x8KlmQwErTy'],
  ['No such customer: cus_NffrFeUfNVzHib', 'No such customer: cus_QaBcDeFgHiJkLm'],
  ['Session V1StGXR8_Z5jdHi6B-myT expired', 'Session aB3dE5gH7_jK9mN1p-rSt expired'],
  [
    'Order ORD-10021 for ann@example.com could not be charged',
    'Order ORD-10400 for bob@example.com could not be charged',
  ],
  ['pod api-7d4b9c6f5-x2k9p was evicted', 'pod api-66c5d8f7b9-9q4zt was evicted'],
  ['Could not process items 1, 2, 3', 'Could not process items 9'],
  ['level=error user=ann msg=failed', 'level=error user=bob.smith msg=failed'],
  ['lag is 1,204,113 messages (12.5%)', 'lag is 3 messages (0.1%)'],
  ['token [REDACTED:jwt] was refused', 'token [REDACTED] was refused'],
  ['started at 2026-11-03T04:05:06.789Z, gave up', 'started at 2026-11-04 10:00:00+01:00, gave up'],
  [
    'Certificate expired on Tue Nov 03 2026 12:00:00 GMT+0000 (Coordinated Universal Time)',
    'Certificate expired on Mon Jan 12 2026 08:30:00 GMT+0000 (Coordinated Universal Time)',
  ],
  ['Segmentation fault at 0x7ffd9a3c', 'Segmentation fault at 0x55d0a1b2c3'],
  ['commit a1b2c3d failed to build', 'commit 9f8e7d6c5b failed to build'],
  ["User 'ann' has no cart", "User 'bob' has no cart"],
  ["could not convert string to float: '1,2'", "could not convert string to float: 'n/a'"],
  ['strconv.Atoi: parsing "abc": invalid syntax', 'strconv.Atoi: parsing "x1": invalid syntax'],
  ['For input string: "12a"', 'For input string: "zz"'],
  ['took 1h30m', 'took 3m20s'],
  ['\u001b[31mBoom\u001b[39m in 3 ms', 'Boom in 4 ms'],
  ['Boom\n    at f (/app/a.js:1:2)', 'Boom\n    at f (/app/a.js:9:9)'],
  ['{"statusCode":503,"requestId":"k2j3h4k5j6"}', '{"statusCode":503,"requestId":"z9x8c7v6b5"}'],
  ['3 retries left', '1 retries left'],
  ['lock "order:12345" is held', 'lock "order:17" is held'],
  ['node v20.1.0 at 12:30:45.123', 'node v22.1 at 4:05:06'],
  ['{"msg":"boom in 3 ms","pid":12}', '{"msg":"boom in 4 ms","pid":13}'],
  ['You exceeded your quota of 10 requests', 'You exceeded your quota of 1 request'],
];

/** Two troubles. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  // Node
  ['connect ECONNREFUSED 10.0.3.17:5432', 'connect ETIMEDOUT 10.0.3.17:5432'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 127.0.0.1:6379'],
  ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED ::1:3306'],
  ['getaddrinfo ENOTFOUND db.internal', 'getaddrinfo ENOTFOUND cache.internal'],
  ['getaddrinfo ENOTFOUND db.internal', 'getaddrinfo EAI_AGAIN db.internal'],
  ["Cannot read properties of undefined (reading 'id')", "Cannot read properties of undefined (reading 'email')"],
  ["Cannot read properties of undefined (reading 'id')", "Cannot read properties of null (reading 'id')"],
  ["Cannot find module 'pg'", "Cannot find module 'redis'"],
  ["Cannot access 'config' before initialization", "Cannot access 'logger' before initialization"],
  [
    'The "path" argument must be of type string. Received undefined',
    'The "data" argument must be of type string. Received undefined',
  ],
  [
    "ENOENT: no such file or directory, open '/etc/shop/config.yml'",
    "ENOENT: no such file or directory, open '/etc/shop/tls.crt'",
  ],
  [
    "ENOENT: no such file or directory, open '/etc/shop/config.yml'",
    "EACCES: permission denied, open '/etc/shop/config.yml'",
  ],
  ['process exited with code 137', 'process exited with code 1'],
  ['child exited: exit code 1', 'child exited: exit code 2'],
  ['killed by signal SIGKILL', 'killed by signal SIGTERM'],
  ['[Errno 2] something failed', '[Errno 13] something failed'],
  // PostgreSQL
  ['relation "users" does not exist', 'relation "orders" does not exist'],
  ['column "a" of relation "users" does not exist', 'column "b" of relation "users" does not exist'],
  [
    'duplicate key value violates unique constraint "users_email_key"',
    'duplicate key value violates unique constraint "orders_pkey"',
  ],
  ['permission denied for table orders', 'permission denied for table users'],
  ['database "shop" does not exist', 'role "shop" does not exist'],
  ['password authentication failed for user "shop"', 'password authentication failed for user "billing"'],
  ['ERROR: query failed (SQLSTATE 42P01)', 'ERROR: query failed (SQLSTATE 57014)'],
  ['SQLSTATE[23000]: Integrity constraint violation', 'SQLSTATE[HY000]: Integrity constraint violation'],
  ['invalid input syntax for type integer: "abc"', 'invalid input syntax for type uuid: "abc"'],
  // MySQL and Oracle
  ["Table 'shop.orders' doesn't exist", "Table 'shop.users' doesn't exist"],
  ["Unknown column 'price' in 'field list'", "Unknown column 'total' in 'field list'"],
  ["Unknown column 'price' in 'field list'", "Unknown column 'price' in 'where clause'"],
  ["Duplicate entry 'x' for key 'users.email'", "Duplicate entry 'x' for key 'users.name'"],
  ['Error 1205: try again', 'Error 1213: try again'],
  ['ORA-00942: statement failed', 'ORA-01017: statement failed'],
  // MongoDB and Redis
  [
    'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "a" }',
    'E11000 duplicate key error collection: shop.carts index: email_1 dup key: { email: "a" }',
  ],
  ['E11000 write failed', 'E11001 write failed'],
  [
    "ERR unknown command 'FOO', with args beginning with: 'a'",
    "ERR unknown command 'BAR', with args beginning with: 'a'",
  ],
  ['WRONGTYPE Operation against a key', 'NOAUTH Operation against a key'],
  // HTTP clients and gRPC
  ['Request failed with status code 404', 'Request failed with status code 500'],
  ['Response code 502 (Bad Gateway)', 'Response code 503 (Service Unavailable)'],
  ['HTTP/1.1 502', 'HTTP/1.1 504'],
  ['upstream returned 502', 'upstream returned 504'],
  ['GET /orders/17 500 12ms', 'GET /orders/17 404 12ms'],
  ['14 UNAVAILABLE: No connection established', '4 DEADLINE_EXCEEDED: No connection established'],
  ['GET https://api.example.com/v1/users failed', 'GET https://api.example.org/v1/users failed'],
  ['GET https://api.example.com/v1/users failed', 'GET https://api.example.com/v1/orders failed'],
  ['{"statusCode":503,"id":"a"}', '{"statusCode":429,"id":"a"}'],
  ['webhook answered 410', 'webhook answered 429'],
  // Frameworks, queues, Kubernetes, Java, Go
  ['queue "mail" is stalled', 'queue "billing" is stalled'],
  ['queue "shard-1" is stalled', 'queue "shard-2" is stalled'],
  ["no queue 'orders' in vhost '/'", "no queue 'mails' in vhost '/'"],
  ['Topic "orders" has no leader', 'Topic "payments" has no leader'],
  ['The bucket "invoices" does not exist', 'The bucket "avatars" does not exist'],
  ['Unique constraint failed on the fields: (`email`)', 'Unique constraint failed on the fields: (`name`)'],
  ['Invalid `prisma.user.create()` invocation', 'Invalid `prisma.order.create()` invocation'],
  ['P2002: query failed', 'P2025: query failed'],
  ['"email" is required', '"name" is required'],
  ['Cannot query field "foo" on type "Query"', 'Cannot query field "bar" on type "Query"'],
  ['secret "db-creds" not found', 'configmap "app-config" not found'],
  ['exec: "git": executable file not found in $PATH', 'exec: "tar": executable file not found in $PATH'],
  ['Cannot invoke "User.getName()" because "user" is null', 'Cannot invoke "Cart.getSum()" because "cart" is null'],
  ["No module named 'numpy'", "No module named 'pandas'"],
  ["'user_id'", "'order_id'"],
  ["name 'foo' is not defined", "name 'bar' is not defined"],
  ['failed in us-east-1', 'failed in us-east-2'],
  ['unsupported digest sha256', 'unsupported digest sha512'],
  ['[{"code":"invalid_type","path":["user","email"]}]', '[{"code":"invalid_type","path":["user","name"]}]'],
  ['{"level":50,"msg":"disk full"}', '{"level":50,"msg":"no such user"}'],
  ['bank says "insufficient funds"', 'bank says "card has expired"'],
  ['lock "import-users" is held', 'lock "import-orders" is held'],
  ['handshake failed: TLSv1.1', 'handshake failed: TLSv1.3'],
  ['Response 500', 'Response 404'],
  ['HRESULT: 0x80070005', 'HRESULT: 0x80070057'],
];

describe('fingerprint of a message', () => {
  test.each(SAME)('is the same: %j and %j', (a, b) => {
    expect(normaliseMessage(a)).toBe(normaliseMessage(b));
    expect(ofMessage(a)).toBe(ofMessage(b));
  });

  test.each(DIFFERENT)('differs: %j and %j', (a, b) => {
    expect(normaliseMessage(a)).not.toBe(normaliseMessage(b));
    expect(ofMessage(a)).not.toBe(ofMessage(b));
  });
});

describe('normaliseMessage', () => {
  test.each([
    ['code 12345 for the zip code 12345', 'code 12345 for the zip code *'],
    ["user's cart doesn't load for 'ann'", "user's cart doesn't load for *"],
    ['Shop::Order failed', 'Shop::Order failed'],
    ['an e-mail to ann@example.com and a package express@4.18.2', 'an e-mail to * and a package express@*'],
    ['postgres://app:[REDACTED]@db.internal:5432/shop?ssl=1', 'postgres://db.internal/shop'],
    ['a "quote that never ends', 'a "quote that never ends'],
    ['utf8mb4 over http2 with sha256', 'utf8mb4 over http2 with sha256'],
    ['', ''],
  ])('%j → %j', (message, expected) => {
    expect(normaliseMessage(message)).toBe(expected);
  });

  test('of a long text counts head and tail, not how long the ids in it are', () => {
    const filler = 'lorem ipsum dolor '.repeat(2_000);
    const text = (id: string, end: string): string => `row ${id} of ${id}: ${filler} ${id} ${end}`;
    expect(normaliseMessage(text('1', 'at the end'))).toBe(normaliseMessage(text('1234567890', 'at the end')));
    expect(normaliseMessage(text('1', 'at the end'))).not.toBe(normaliseMessage(text('1', 'at another end')));
    expect(normaliseMessage(filler).length).toBeLessThanOrEqual(MAX_NORMALISED_CHARS);
  });

  test.each([
    ['digits', '1'.repeat(262_144)],
    ['dotted digits', '1.'.repeat(131_072)],
    ['colons', 'a:'.repeat(131_072)],
    ['hex and colons', 'ab1:'.repeat(65_536)],
    ['quotes', '"'.repeat(262_144)],
    ['quoted words', '"a" '.repeat(65_536)],
    ['apostrophes', " '".repeat(131_072)],
    ['at signs', 'a@'.repeat(131_072)],
    ['dots and dashes', 'a.b-'.repeat(65_536)],
    ['brackets', '['.repeat(262_144)],
    ['open redaction marks', '[REDACTED:'.repeat(26_000)],
    ['schemes', 'a://'.repeat(65_536)],
    ['status words', 'status code '.repeat(20_000)],
    ['verbs', 'GET '.repeat(65_536)],
    ['keys', 'Key ('.repeat(50_000)],
    ['assignments', 'a_id='.repeat(50_000)],
    ['months', 'Jan '.repeat(65_536)],
    ['placeholders', '1, '.repeat(87_000)],
    ['blanks and breaks', '\n at '.repeat(52_000)],
    ['durations', '1h'.repeat(131_072)],
    ['underscores', 'a_'.repeat(131_072)],
  ])('takes a quarter of a megabyte of %s without delay', (_name, text) => {
    normaliseMessage(text);
    const startedMs = performance.now();
    normaliseMessage(text);
    expect(performance.now() - startedMs).toBeLessThan(200);
  });
});

describe('fingerprint', () => {
  const stack = (file: string, position = '10:5', fn = 'charge'): string =>
    `Error: x\n    at Client.q (/app/node_modules/pg/lib/client.js:1:1)\n    at ${fn} (${file}:${position})`;

  test('is the dedup key and nothing else where there is one', () => {
    const a = makeAlert({ dedupKey: 'disk-full', message: 'a', origin: { service: 'a' } });
    const b = makeAlert({ dedupKey: 'disk-full', message: 'b', origin: { service: 'b' }, action: 'resolve' });
    expect(fingerprint(a)).toBe('key:disk-full');
    expect(fingerprint(b)).toBe('key:disk-full');
  });

  test('of a very long dedup key is short and still its own', () => {
    const a = fingerprint(makeAlert({ dedupKey: `${'k'.repeat(100_000)}a` }));
    expect(a.length).toBeLessThan(300);
    expect(a).not.toBe(fingerprint(makeAlert({ dedupKey: `${'k'.repeat(100_000)}b` })));
  });

  test('is 32 hex characters where it is computed', () => {
    expect(fingerprint(makeAlert({ message: 'x' }))).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each<[string, Partial<Alert>]>([
    ['id and time', { id: 'b', timestampMs: 5 }],
    ['priority and channel', { priority: 'P0', channel: 'p0' }],
    [
      'instance and version',
      { origin: { service: 'shop', environment: 'production', instance: 'pod-9', version: '2' } },
    ],
    ['trace and span', { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }],
    ['way in', { source: 'pino', repeatKey: 77, count: 0 }],
    ['attributes', { attributes: { 'host.name': 'a', 'process.pid': 12, port: 8080 } }],
  ])('does not depend on %s', (_name, parts) => {
    expect(fingerprint(makeAlert({ message: 'x', ...parts }))).toBe(fingerprint(makeAlert({ message: 'x' })));
  });

  test.each<[string, Partial<Alert>]>([
    ['service', { origin: { service: 'other', environment: 'production' } }],
    ['environment', { origin: { service: 'shop', environment: 'staging' } }],
    ['event', { origin: { service: 'shop', environment: 'production', event: 'deploy.failed' } }],
    ['logger', { origin: { service: 'shop', environment: 'production', logger: 'billing' } }],
    ['title', { title: 'Backup failed' }],
    ['message', { message: 'y' }],
    ['error type attribute', { attributes: { 'error.type': 'timeout' } }],
    ['HTTP status', { attributes: { 'http.response.status_code': 503 } }],
    ['error', { error: { type: 'TypeError', message: 'x' } }],
  ])('depends on %s', (_name, parts) => {
    expect(fingerprint(makeAlert({ message: 'x', ...parts }))).not.toBe(fingerprint(makeAlert({ message: 'x' })));
  });

  test('a resolve by title finds what a trigger of the same title opened', () => {
    const trigger = makeAlert({ title: 'Disk full', message: '91% used' });
    const resolve = makeAlert({ title: 'Disk full', message: '40% used', action: 'resolve' });
    expect(fingerprint(resolve)).toBe(fingerprint(trigger));
  });

  test('of an error does not depend on what was logged beside it, nor on who logged it', () => {
    const error = { type: 'TypeError', message: 'x is not a function' };
    const a = makeAlert({ error, message: 'request failed', origin: { service: 's', logger: 'a', event: 'GET /x' } });
    const b = makeAlert({ error, message: 'oh no', origin: { service: 's', logger: 'b' } });
    expect(fingerprint(a)).toBe(fingerprint(b));
  });

  test.each<[string, string, string]>([
    ['line and column', stack('/app/src/pay.js', '10:5'), stack('/app/src/pay.js', '99:1')],
    [
      'the folder of a release',
      stack('/srv/releases/20261103/api/src/pay.js'),
      stack('/srv/releases/20261104/api/src/pay.js'),
    ],
    ['where it is installed', stack('/srv/app/api/src/pay.js'), stack('/home/me/api/src/pay.js')],
    ['the form of the path', stack('file:///srv/api/src/pay.js'), stack('C:\\work\\api\\src\\pay.js')],
    ['hashes of a bundler', stack('/app/server/chunks/8f3a2b1c.js'), stack('/app/server/chunks/0011aabb.js')],
    ['async', stack('/app/src/pay.js'), stack('/app/src/pay.js', '10:5', 'async charge')],
  ])('of an error does not depend on %s', (_name, a, b) => {
    expect(ofError({ type: 'Error', message: 'x', stack: a })).toBe(ofError({ type: 'Error', message: 'x', stack: b }));
  });

  test.each<[string, AlertError, AlertError]>([
    ['type', { type: 'TypeError', message: 'x' }, { type: 'RangeError', message: 'x' }],
    ['code', { type: 'Error', message: 'x', code: '23505' }, { type: 'Error', message: 'x', code: '23503' }],
    [
      'file',
      { type: 'E', message: 'x', stack: stack('/app/src/a.js') },
      { type: 'E', message: 'x', stack: stack('/app/src/b.js') },
    ],
    [
      'function',
      { type: 'E', message: 'x', stack: stack('/app/src/a.js', '1:1', 'charge') },
      { type: 'E', message: 'x', stack: stack('/app/src/a.js', '1:1', 'refund') },
    ],
  ])('of an error depends on its %s', (_name, a, b) => {
    expect(ofError(a)).not.toBe(ofError(b));
  });

  test('a code that the message names anyway counts once', () => {
    const message = 'connect ECONNREFUSED 10.0.0.1:5432';
    expect(ofError({ type: 'Error', message, code: 'ECONNREFUSED' })).toBe(ofError({ type: 'Error', message }));
  });

  test('the root cause counts, not its wrappers', () => {
    const cause: AlertError = { type: 'Error', message: 'connect ECONNREFUSED 10.0.0.1:5432', code: 'ECONNREFUSED' };
    const a = ofError({ type: 'OrderError', message: 'could not load order', cause });
    const b = ofError({ type: 'UserError', message: 'could not load user', cause });
    expect(a).toBe(b);
    expect(a).toBe(ofError(cause));
    const other = { ...cause, message: 'connect ETIMEDOUT 10.0.0.1:5432', code: 'ETIMEDOUT' };
    expect(ofError({ type: 'OrderError', message: 'could not load order', cause: other })).not.toBe(a);
  });

  test('a cause that says too little is told apart by its wrapper', () => {
    const cause: AlertError = { type: 'Error', message: 'timeout' };
    const a = ofError({ type: 'Error', message: 'could not charge', cause });
    const b = ofError({ type: 'Error', message: 'could not send mail', cause });
    expect(a).not.toBe(b);
  });

  test('a cause without own frames takes the place from its wrapper', () => {
    const cause: AlertError = { type: 'Error', message: 'connect ECONNREFUSED 10.0.0.1:443', code: 'ECONNREFUSED' };
    const a = ofError({ type: 'TypeError', message: 'fetch failed', cause, stack: stack('/app/src/mail.js') });
    const b = ofError({ type: 'TypeError', message: 'fetch failed', cause, stack: stack('/app/src/pay.js') });
    expect(a).not.toBe(b);
  });

  test('of an error without text depends on what was logged', () => {
    const error = { type: 'Error', message: '' };
    const a = fingerprint(makeAlert({ error, message: 'mail failed' }));
    expect(a).not.toBe(fingerprint(makeAlert({ error, message: 'payment failed' })));
  });

  test('never throws and always answers the same', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('"', "'", 'code ', '503', '10.0.0.1:5432', '[REDACTED]', '\n    at ', '://', '::'),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, (message, stackText, title) => {
        const alert = makeAlert({ message, title, error: { type: 'Error', message, stack: stackText } });
        expect(fingerprint(alert)).toBe(fingerprint(alert));
      }),
    );
  });
});
