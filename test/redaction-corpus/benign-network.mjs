// Headers, addresses, metrics, ids of the wide world, and more sentences, in more languages.
import { SETS } from './random.mjs';

/** @type {Record<string, ((s: import('./scene.mjs').Scene, r: import('./random.mjs').Random) => string)[]>} */
export const BENIGN_NETWORK = {
  'headers without secrets': [
    () =>
      'Access-Control-Allow-Headers: Authorization, X-Api-Key, Content-Type\r\nAccess-Control-Allow-Credentials: true',
    () => 'Vary: Cookie, Authorization, Accept-Encoding',
    (_, r) => `Content-Security-Policy: script-src 'self' 'sha256-${r.base64(32)}'; object-src 'none'`,
    () => 'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload',
    (_, r) => `WWW-Authenticate: Digest realm="shop", qop="auth", algorithm=MD5, nonce="${r.from(SETS.hex, 32)}"`,
    () => 'Proxy-Authenticate: Basic realm="proxy", charset="UTF-8"',
    (s) =>
      `GET ${s.route} HTTP/1.1\r\nHost: ${s.host}\r\nUser-Agent: axios/1.7.2\r\nAccept: application/json\r\nConnection: keep-alive\r\n\r\n`,
    (s, r) =>
      `HTTP/1.1 ${s.status} Bad Request\r\nDate: Mon, 12 Jan 2026 10:11:12 GMT\r\nETag: "${r.from(SETS.hex, 32)}"\r\nX-Request-Id: ${s.requestId}\r\n\r\n`,
    () => 'Sec-CH-UA: "Chromium";v="126", "Not.A/Brand";v="24"; Sec-Fetch-Mode: cors',
    () => 'Cache-Control: private, no-cache, no-store; Pragma: no-cache; Age: 0',
    (_, r) => `Sec-WebSocket-Version: 13, Sec-WebSocket-Accept: ${r.base64(20)}`,
    () => 'the Authorization header is missing; the Cookie header was too large (8192 bytes)',
    () => 'X-RateLimit-Limit: 60, X-RateLimit-Remaining: 0, X-RateLimit-Reset: 1768212672',
  ],
  'addresses of the world': [
    (_, r) =>
      `https://accounts.example.com/o/oauth2/v2/auth?client_id=shop-web&response_type=code&scope=openid%20email&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&code_challenge=${r.from(SETS.dash, 43)}&code_challenge_method=S256`,
    (_, r) => `https://www.youtube.com/watch?v=${r.from(SETS.dash, 11)}&t=42s`,
    (_, r) =>
      `https://docs.google.com/document/d/1${r.from(SETS.dash, 43)}/edit#heading=h.${r.from(SETS.lowerAlnum, 12)}`,
    (_, r) => `https://github.com/acme/shop/commit/${r.from(SETS.hex, 40)}#diff-${r.from(SETS.hex, 64)}`,
    (_, r) => `https://cdn.example.com/app.js?v=${r.from(SETS.hex, 8)}&hash=${r.from(SETS.hex, 20)}`,
    (_, r) => `https://shop-assets.s3.amazonaws.com/a/b.png?versionId=${r.from(SETS.alnum, 32)}`,
    () => 'https://app.example.com/login?error=invalid_token&error_description=the+token+is+expired',
    (_, r) => `magnet:?xt=urn:btih:${r.from(SETS.hex, 40)}&dn=debian-12.iso`,
    () => 'https://example.com/blog/how-to-reset-your-password https://example.com/secrets-of-the-forest?page=2',
    () => 'http://localhost:8080/actuator/health http://127.0.0.1:9229/json/list ws://localhost:24678/',
    () => 'file:///home/ann/secrets/readme.md vscode://file/app/src/token.ts:12:5',
    (s) => `proxying ${s.route} -> http://${s.host}:${s.port}${s.route}?retry=1&token_type=bearer`,
    () => 'ldap://ldap.example.com:389/dc=example,dc=com?uid?sub?(uid=ann)',
    () =>
      'amqp://guest@mq:5672/%2f postgres://app@db/shop?sslmode=require ssh://git@git.example.com:2222/acme/shop.git',
    () => 'npm http fetch GET 200 https://registry.example.com/@acme%2fshop 123ms (cache revalidated)',
  ],
  metrics: [
    (_, r) => `auth_tokens_issued_total{realm="shop",grant="password"} ${r.int(1, 99_999)}`,
    (_, r) =>
      `password_reset_requests_total ${r.int(1, 999)}\nlogin_failures_total{reason="bad_password"} ${r.int(1, 999)}`,
    (_, r) => `auth.login.fail:${r.int(1, 9)}|c|#reason:token_expired`,
    (s) => `http_request_duration_seconds_bucket{route="${s.route}",code="${s.status}",le="0.5"} 17`,
    () => 'cache hit ratio 0.97, keys 1234, evicted_keys=5, expired_keys: 17, tokens/s 41.2',
  ],
  'ids of the world': [
    (_, r) => `0x${r.from(SETS.hex, 40)} sent 1 ETH in 0x${r.from(SETS.hex, 64)}`,
    (_, r) => `ipfs://bafybei${r.from(SETS.lower, 52)}`,
    (_, r) => `SMS SM${r.from(SETS.hex, 32)} of account AC${r.from(SETS.hex, 32)} undelivered, error 30003`,
    (_, r) =>
      `channel C0${r.from(SETS.upperAlnum, 9)}, user U0${r.from(SETS.upperAlnum, 9)}, team T0${r.from(SETS.upperAlnum, 7)}`,
    (_, r) => `S-1-5-21-${r.int(1e8, 2e9)}-${r.int(1e8, 2e9)}-${r.int(1e8, 2e9)}-1001 {${r.uuid().toUpperCase()}}`,
    (_, r) => `00:1A:2B:${r.from(SETS.upperHex, 2)}:4D:5E up, fe80::${r.from(SETS.hex, 4)}:9dff:fe12:3456/64`,
    (_, r) => `SHA1 Fingerprint=${Array.from({ length: 20 }, () => r.from(SETS.upperHex, 2)).join(':')}`,
    (_, r) => `X509v3 Subject Key Identifier: ${Array.from({ length: 20 }, () => r.from(SETS.upperHex, 2)).join(':')}`,
    (_, r) =>
      `Serial Number: ${Array.from({ length: 8 }, () => r.from(SETS.hex, 2)).join(':')}, Signature Algorithm: sha256WithRSAEncryption`,
    (_, r) => `gpg: key 0x${r.from(SETS.upperHex, 16)}: public key "Ann <ann@example.com>" imported`,
    (_, r) => `[1]: github.com,140.82.121.3 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.base64(32)}`,
    (_, r) => `oid sha256:${r.from(SETS.hex, 64)}\nsize ${r.int(1e4, 9e6)}`,
    (_, r) => `"_rev":"1-${r.from(SETS.hex, 32)}","_id":"order:${r.from(SETS.lowerAlnum, 20)}"`,
    (_, r) => `kafka cluster ${r.from(SETS.dash, 22)}, topic id ${r.from(SETS.dash, 22)}, leader epoch 7`,
    (_, r) =>
      `after=${Buffer.from(JSON.stringify({ id: r.int(1, 9999), dir: 'next' })).toString('base64url')}&first=50`,
    (_, r) =>
      `build ${r.from(SETS.hex, 12)} of refs/heads/feature/token-refresh, run ${r.int(1e9, 9e9)}, job ${r.int(1e10, 9e10)}`,
    (_, r) => `{"nextPageCursor":"${r.base64(30)}","hash":"${r.from(SETS.hex, 64)}","etag":"${r.from(SETS.hex, 32)}"}`,
  ],
  'more sentences': [
    () => 'NOAUTH Authentication required.',
    () => 'WRONGPASS invalid username-password pair or user is disabled.',
    () => 'SASL authentication failed: mechanism SCRAM-SHA-256, user app',
    () => "Unexpected token 'const' at line 3; expected token: RIGHT_PAREN, got token: EOF",
    () => 'Permissions 0644 for "/home/app/.ssh/id_ed25519" are too open. This private key will be ignored.',
    () => 'Could not parse token: wrong number of segments',
    () => 'reason: token revoked; hint: log in again',
    () => 'Password: incorrect. Attempts left: 2',
    () => 'Secret: missing, token: none, auth: failed',
    () => 'The session id is unknown or has expired; the cookie was cleared',
    () => 'Merge pull request #42 from acme/password-reset',
    () => 'rename src/{secrets => vault}/token.ts (98%)',
    () => 'secret manager is unreachable; cached secrets are used for 15 more minutes',
    () => 'credentials expire in 3600 seconds; token refresh scheduled',
    () => 'Two-factor code required: enter the 6-digit code of your app',
    () => 'API key limit reached: 5 of 5 keys in use',
    () => 'key exchange: X25519, cipher: TLS_AES_256_GCM_SHA384, server public key 256 bits',
    () => 'Your PIN must have 4 to 6 digits',
    () => 'pass 2 of 3: optimising, bypass=true, passes: 3',
    () => 'auth=none, auth=ok, sasl auth=plain',
    () => 'password reset token was used twice; the second use was refused',
    () => 'Bearer tokens are not accepted here, basic tokens neither',
  ],
  'more languages': [
    () => 'Passwort: zu kurz, mindestens 12 Zeichen',
    () => 'mot de passe : incorrect',
    () => 'contraseña: inválida, inténtelo de nuevo',
    () => 'senha: obrigatória',
    () => 'пароль: неверный, осталось 2 попытки',
    () => 'パスワード：必須項目です',
    () => '密码错误，请重试；令牌已过期',
    () => 'Token wygasł, zaloguj się ponownie',
    () => 'Le jeton a expiré ; clé publique introuvable',
    () => 'Der geheime Schlüssel liegt in /run/secrets, nicht im Code',
    () => 'كلمة المرور غير صحيحة',
    () => 'La clave primaria ya existe: id=42',
  ],
};
