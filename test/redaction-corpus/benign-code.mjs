// Source code, traces, tools and formats.
import { SETS } from './random.mjs';

const dollar = '$';

/** @type {Record<string, ((s: import('./scene.mjs').Scene, r: import('./random.mjs').Random) => string)[]>} */
export const BENIGN_CODE = {
  'source lines': [
    () => 'const token = process.env.TOKEN;',
    () => 'token: process.env.DISCORD_TOKEN,',
    () => `const password = config['db'].password;`,
    () => 'password: await hash(input.password, 12),',
    () => 'const secret = await vault.read("shop/stripe");',
    () => 'headers: { Authorization: buildAuthHeader(user) }',
    () => `headers: { Authorization: 'Bearer ' + token }`,
    () => `headers: { Authorization: \`Bearer ${dollar}{token}\` }`,
    () => 'password = os.environ["DB_PASSWORD"]',
    () => 'password = getpass.getpass()',
    () => 'token := r.Header.Get("X-Auth-Token")',
    () => 'let api_key = env::var("API_KEY")?;',
    () => 'String password = request.getParameter("password");',
    () => 'apiKey: config.apiKey,',
    () => 'function login(user: string, password: string, token?: Token): Promise<Session> {',
    () => 'interface Options { apiKey: string; secret?: string | undefined; pin: number }',
    () => 'if (token === undefined || token === null) throw new Error("no token");',
    () => 'if password == "" { return ErrNoPassword }',
    () => 'assert user.password != None',
    () => '@Column({ name: "password_hash" }) passwordHash: string;',
    () => 'type Credentials struct { Password string `json:"password"` }',
    () => 'auth: new JwtAuth({ jwks, audience }),',
    () => 'this.secret = options.secret; this.token = options.token;',
    () => 'return { ...options, password: undefined };',
    () => 'password = var.db_password',
    () => 'secret = data.aws_secretsmanager_secret_version.db.secret_string',
    () => '!function(e,t){"use strict";var n=e.token,r=t.auth;n&&r(n,{key:e.key,pass:!0})}(this,window);',
    () => 'var a=function(e){return e.password=e.password||t.defaults.password,e},s=Object.keys(n);',
    () => 'cursor.execute("SELECT id FROM users WHERE token = %s", (token,))',
    () => 'db.query("select 1 from users where password = $1", [hash])',
    () => 'process.env.SECRET ?? fail("SECRET")',
  ],
  'traces of programs': [
    (s) =>
      `${s.error}: refused\n    at login (/app/src/password.ts:12:5)\n    at Object.token (/app/a.js:10:5)\n    at async auth.login (file:///app/auth.js:3:1)`,
    () =>
      'java.lang.IllegalArgumentException: password\n\tat com.example.Auth.checkPassword(Auth.java:12)\n\tat java.base/java.lang.Thread.run(Thread.java:840)',
    () =>
      'Traceback (most recent call last):\n  File "/app/auth.py", line 3, in login\n    token = get_token(user)\nKeyError: \'token\'',
    (_, r) =>
      `goroutine 17 [running]:\nmain.(*Client).auth(0xc000${r.from(SETS.hex, 6)}, {0x${r.from(SETS.hex, 6)}, 0x10})\n\t/src/client.go:41 +0x1d3`,
    () => `thread 'main' panicked at src/auth.rs:17:5:\ncalled \`Result::unwrap()\` on an \`Err\` value: InvalidToken`,
    () =>
      'System.NullReferenceException: Object reference not set\n   at Shop.Auth.ValidateToken(String token) in /src/Auth.cs:line 12',
    () => "NoMethodError (undefined method `token' for nil:NilClass):\n  app/models/session.rb:12:in `current'",
    () =>
      'PHP Fatal error:  Uncaught TypeError: login(): Argument #2 ($password) must be of type string in /app/auth.php:12',
    () =>
      `TypeError: Cannot read properties of undefined (reading 'token')\n    at /app/node_modules/next/dist/server.js:1:2345`,
    () => "{ code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '10.0.0.7', port: 5432 }",
  ],
  'logs of tools': [
    (s) => `${s.host} - - [12/Jan/2026:10:11:12 +0000] "GET ${s.route} HTTP/1.1" ${s.status} 5316 "-" "curl/8.4.0"`,
    (s) =>
      `2026/01/12 10:11:12 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.3, server: ${s.host}, request: "GET ${s.route} HTTP/1.1", upstream: "http://10.0.0.7:8080${s.route}"`,
    () => '2026-01-12 10:11:12.123 UTC [77] LOG:  duration: 1203.112 ms  statement: SELECT * FROM orders WHERE id = 42',
    () =>
      '2026-01-12 10:11:12 UTC [77] FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    (s) =>
      `I0112 10:11:12.123456       1 event.go:307] "Event occurred" object="shop/${s.service}" kind="Deployment" reason="ScalingReplicaSet"`,
    () =>
      'Warning  BackOff  2m (x7 over 3m)  kubelet  Back-off restarting failed container orders in pod orders-5d8f9c7b6-x2x9z_shop(0b1c)',
    (s) =>
      `[${s.time}] WARN  o.a.k.c.NetworkClient - [Consumer clientId=orders-1, groupId=orders] Connection to node -1 could not be established`,
    () =>
      '10:11:12.123 [http-nio-8080-exec-3] ERROR c.e.s.OrderController - could not execute statement; SQL [n/a]; constraint [orders_pkey]',
    () =>
      'npm error code E401\nnpm error Incorrect or missing password.\nnpm error A complete log of this run can be found in: /root/.npm/_logs/2026-01-12T10_11_12_345Z-debug-0.log',
    () =>
      'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.\nadded 512 packages in 12s',
    () => 'PASS src/auth/token.test.ts (5.123 s)\nFAIL src/password.test.ts\n  ✕ rejects a wrong password (12 ms)',
    () => 'Jan 12 10:11:12 web-1 sshd[2211]: Failed password for root from 10.0.0.9 port 51234 ssh2',
    () =>
      'Jan 12 10:11:12 web-1 sshd[2211]: Accepted publickey for deploy from 10.0.0.9 port 51234 ssh2: ED25519 SHA256:abc',
    () => 'kernel: Out of memory: Killed process 4242 (node) total-vm:1234567kB, anon-rss:512000kB',
    () => 'ERROR: for orders  Cannot start service orders: driver failed programming external connectivity on endpoint',
    () => 'terraform: aws_db_instance.main: Still creating... [3m20s elapsed]',
    () => 'git push origin main\n ! [rejected]        main -> main (non-fast-forward)',
    () =>
      "remote: Support for password authentication was removed on August 13, 2021.\nfatal: Authentication failed for 'https://github.com/acme/shop.git/'",
    () => 'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")',
    () => 'SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:332:',
    () => 'docker run -u 1000:1000 -p 8080:80 -v /data:/data shop/orders:1.2.3',
    () =>
      'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nSet-Cookie-Policy: none\r\n\r\n{"error":"unauthorized"}',
  ],
  queries: [
    (s) =>
      `SELECT id, user_name, created_at FROM orders WHERE id = ${s.order} AND status IN ('open', 'paid') ORDER BY 1 LIMIT 10`,
    () => `INSERT INTO orders (id, sku, qty) VALUES (42, 'SHOE-42-RED', 1) ON CONFLICT DO NOTHING`,
    () => 'ALTER TABLE users ADD COLUMN password_changed_at timestamptz',
    () => 'SELECT count(*) FROM tokens WHERE expires_at < now()',
    () => 'CREATE INDEX CONCURRENTLY idx_users_token ON users (token_id)',
    () => 'db.orders.find({ status: "open", total: { $gt: 100 } }).sort({ _id: -1 })',
  ],
  configurations: [
    (s) =>
      `server:\n  host: ${s.host}\n  port: ${s.port}\nlogging:\n  level: info\nfeatures:\n  - search\n  - checkout\n`,
    (s) =>
      JSON.stringify(
        { name: s.service, version: '1.2.3', scripts: { test: 'vitest run' }, engines: { node: '>=20' } },
        null,
        2,
      ),
    () => 'services:\n  db:\n    image: postgres:16\n    secrets:\n      - db_password\n    ports: ["5432:5432"]\n',
    () => '[mail]\nhost = smtp.example.com\nport = 587\ntls = required\nfrom = "Shop <shop@example.com>"\n',
    () => 'listen 443 ssl;\nserver_name shop.example.com;\nproxy_pass http://orders:8080;\n',
    () =>
      '<dependency><groupId>org.example</groupId><artifactId>token-parser</artifactId><version>1.2.3</version></dependency>',
    (s) =>
      `resources:\n  limits: { cpu: "2", memory: 512Mi }\nlivenessProbe:\n  httpGet: { path: ${s.route}, port: 8080 }\n`,
  ],
  addresses: [
    (s) => `https://${s.host}${s.route}?page=2&sort=desc&limit=50&q=red+shoes`,
    () => 'https://example.com/@user/post http://localhost:3000/@vite/client',
    () => 'https://example.com/search?email=a@b.example&code=404&state=open&key=name',
    () => 'http://user@host/x mailto:bob@example.com git@github.com:org/repo.git ssh://git@github.com/org/repo.git',
    () =>
      'redis://localhost:6379/0 mongodb://localhost:27017/shop http://[::1]:8080/x postgres://db/shop amqp://mq:5672',
    () =>
      'https://app.example.com/reset-password?lang=de https://app.example.com/oauth/authorize?response_type=code&scope=email',
    (s) => `upstream ${s.host}:${s.port} ok, 10.0.0.1:5432 down, node:internal/modules/cjs/loader:1143`,
    () => 'GET /api/webhooks/list 200, POST /hooks/slack 404, GET /api/tokens 403, DELETE /secrets/42 204',
    () => 'jdbc:postgresql://db.internal:5432/shop?ssl=true&applicationName=orders',
    () => 'Server=db.internal;Database=shop;Integrated Security=SSPI;Encrypt=True',
    () => 'host=db.internal port=5432 dbname=shop user=app sslmode=require',
    () => 'DefaultEndpointsProtocol=https;AccountName=shopstore;EndpointSuffix=core.windows.net',
  ],
  'other scripts': [
    () => '🚨 заказ 42 не оплачен: время ожидания истекло 🔥',
    () => '订单 42 支付失败：连接超时，请稍后再试',
    () => 'パスワードが短すぎます。8文字以上で入力してください',
    () => 'пароль слишком короткий, попробуйте ещё раз',
    () => 'La contraseña es demasiado corta; el token ha caducado',
    () => 'Das Passwort ist zu kurz; der Schlüssel wurde nicht gefunden',
    () => 'Le mot de passe est trop court : réessayez',
    () => 'فشل الطلب رقم 42: انتهت المهلة',
    () => 'הזמנה 42 נכשלה: פג הזמן',
    () => '주문 42 결제 실패: 시간 초과 ⏱️',
    () => 'ＴＯＴＡＬ： ４２ 円',
    () => 'naïve façade — “smart quotes” … ½ × 3 ≤ 7 € ™ ✓ ✗ → ←',
    () => 'emoji family 👍🏽 🏳️‍🌈 stays one',
  ],
  tables: [
    (s) => `| order | user | status |\n| ---: | --- | --- |\n| ${s.order} | ${s.user} | ${s.status} |`,
    () =>
      'NAME        READY   STATUS    RESTARTS   AGE\norders-0    1/1     Running   0          3d2h\nmailer-7f   0/1     Error     12         5m',
    (s) => `id,user,total,status\n1,${s.user},12.50,paid\n2,bob,7.00,open`,
    () => '┌─────────┬──────┐\n│ (index) │ ms   │\n├─────────┼──────┤\n│ token   │ 12   │\n└─────────┴──────┘',
    () =>
      '## Checkout fails\n\n1. open `/checkout`\n2. see **500**\n\n> since v1.2.3, see [runbook](https://wiki.example.com/runbooks/checkout)',
    () => 'diff --git a/auth.ts b/auth.ts\n@@ -1,3 +1,3 @@\n-const ttl = 60;\n+const ttl = 90;',
  ],
};
