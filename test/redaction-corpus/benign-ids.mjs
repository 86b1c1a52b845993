// Ids, digests, times, addresses and encoded texts that hold nothing secret.
import { SETS } from './random.mjs';
import { edge } from './structured-secrets.mjs';

const encoded = (text) => Buffer.from(text).toString('base64');

/** @type {Record<string, ((s: import('./scene.mjs').Scene, r: import('./random.mjs').Random) => string)[]>} */
export const BENIGN_IDS = {
  uuids: [
    (s, r) => `request ${r.uuid()} took ${s.ms} ms`,
    (_s, r) => JSON.stringify({ id: r.uuid(), parentId: r.uuid(), correlationId: r.uuid(), tenant: r.uuid() }),
    (_, r) => r.uuid().toUpperCase(),
    (_, r) => `urn:uuid:${r.uuid()}`,
    (s, r) => `${s.service}/${r.uuid()}/${r.uuid()}.json`,
    (_, r) => `session_uuid ${r.uuid().replaceAll('-', '')} replaced`,
  ],
  digests: [
    (_, r) => `commit ${r.from(SETS.hex, 40)}`,
    (s, r) => `merged ${r.from(SETS.hex, 7)}..${r.from(SETS.hex, 7)} into ${s.service}`,
    (s, r) => `image ${s.service}@sha256:${r.from(SETS.hex, 64)} pulled`,
    (_, r) => `md5 ${r.from(SETS.hex, 32)}, sha1=${r.from(SETS.hex, 40)}, sha512: ${r.from(SETS.hex, 128)}`,
    (_, r) => `"integrity": "sha512-${r.base64(64)}"`,
    (_, r) => `<script src="/a.js" integrity="sha384-${r.base64(48)}" crossorigin="anonymous"></script>`,
    (_, r) => `ETag: W/"${r.from(SETS.hex, 32)}"`,
    (_, r) => `checksum mismatch: expected ${r.from(SETS.hex, 64)}, got ${r.from(SETS.hex, 64)}`,
    (s, r) => `app.${r.from(SETS.hex, 20)}.js 204 kB, chunk-${r.from(SETS.upperAlnum, 8)}.css ${s.ms} kB`,
    (_, r) => `SHA256:${r.from(SETS.base64, 43)} root@build (ED25519)`,
    (_, r) => `index ${r.from(SETS.hex, 7)}..${r.from(SETS.hex, 7)} 100644`,
    (_, r) => `content-md5: ${r.base64(16)}`,
  ],
  traces: [
    (s, r) => `trace_id=${s.traceId} span_id=${r.from(SETS.hex, 16)} sampled=true`,
    (s, r) => `traceparent: 00-${s.traceId}-${r.from(SETS.hex, 16)}-01`,
    (s, r) =>
      JSON.stringify({
        traceId: s.traceId,
        spanId: r.from(SETS.hex, 16),
        parentSpanId: r.from(SETS.hex, 16),
        name: s.route,
      }),
    (_s, r) =>
      `X-Amzn-Trace-Id: Root=1-${r.from(SETS.hex, 8)}-${r.from(SETS.hex, 24)};Parent=${r.from(SETS.hex, 16)};Sampled=1`,
    (_, r) => `x-b3-traceid: ${r.from(SETS.hex, 32)}`,
    (_, r) =>
      `cf-ray: ${r.from(SETS.hex, 16)}-FRA, x-amz-request-id: ${r.from(SETS.upperAlnum, 16)}, x-amz-id-2: ${r.base64(56)}`,
  ],
  'resource ids': [
    (_, r) =>
      `charge pi_${r.from(SETS.alnum, 24)} of cus_${r.from(SETS.alnum, 14)} failed, event evt_${r.from(SETS.alnum, 24)}`,
    (_, r) =>
      `payment_method: pm_${r.from(SETS.alnum, 24)}, subscription: sub_${r.from(SETS.alnum, 24)}, price_${r.from(SETS.alnum, 24)}`,
    () => 'arn:aws:iam::123456789012:role/orders-writer is not authorized to perform: s3:GetObject',
    (_, r) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-${r.from(SETS.alnum, 6)}`,
    (_, r) => `arn:aws:kms:eu-west-1:123456789012:key/${r.uuid()}`,
    (_, r) =>
      `i-${r.from(SETS.hex, 17)} in subnet-${r.from(SETS.hex, 17)}, vpc-${r.from(SETS.hex, 8)}, ami-${r.from(SETS.hex, 17)}`,
    (_, r) => `projects/shop-prod/secrets/db-password/versions/${r.int(1, 20)} not found`,
    (_, r) => `pod ${r.pick(['orders', 'mailer'])}-${r.from(SETS.hex, 10)}-${r.from(SETS.lowerAlnum, 5)} evicted`,
    (_, r) => `message <${r.from(SETS.alnum, 24)}@mail.example.com> queued as ${r.from(SETS.upperHex, 10)}`,
    (_, r) => `/subscriptions/${r.uuid()}/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv`,
    (_, r) => `user 01${r.from(SETS.upperAlnum, 24)} and order ord_${r.from(SETS.lowerAlnum, 26)}`,
    (_, r) => `ObjectId("${r.from(SETS.hex, 24)}") duplicate key error collection: shop.orders index: email_1`,
    (_, r) => `https://discord.com/channels/${r.from('123456789', 18)}/${r.from('123456789', 19)}`,
    (_, r) => `client_id=${r.int(1e11, 9e11)}-${r.from(SETS.lowerAlnum, 32)}.apps.googleusercontent.com`,
  ],
  'times and versions': [
    (s) => `${s.time} started, next run at 2026-11-03T00:00:00+01:00`,
    () => 'v1.2.3-beta.4+build.567 replaces 1.2.2, requires node >=20.19.0',
    () => '12:30:45.678 [main] INFO 127.0.0.1:8080 -> [::1]:443',
    () =>
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    (_, r) => `uptime ${r.int(1, 400)} days, load 0.12 0.30 0.28, rss=${r.int(1e7, 9e8)} heap=${r.int(1e7, 9e7)}`,
    () => 'Cron 0 */5 * * * fired; took 1h2m3s; exit status 137 (SIGKILL)',
    (_, r) => `offset ${r.int(1e5, 9e9)} lag ${r.int(0, 9999)} partition 7 epoch ${r.int(17e8, 18e8)}`,
  ],
  images: [
    (_, r) => `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${r.base64(r.int(60, 300))}`,
    (_, r) =>
      `background: url(data:image/svg+xml;base64,${encoded(`<svg xmlns="http://www.w3.org/2000/svg" width="${r.int(8, 64)}"><path d="M0 0h24v24H0z"/></svg>`)})`,
    (_, r) => `data:font/woff2;base64,d09GMgABAAAAA${r.base64(r.int(90, 200))}`,
  ],
  'encoded texts': [
    () => encoded('the quick brown fox jumps over the lazy dog and logs about it'),
    (s) => encoded(JSON.stringify({ service: s.service, route: s.route, status: s.status, retry: true })),
    (s) => `cursor=${encoded(`order:${s.order}`)}&page=2`,
    (s) => `filter=${encodeURIComponent(JSON.stringify({ status: 'open', user: s.user, total: { gt: 100 } }))}`,
    (s) => `q=${encodeURIComponent('schöne Grüße aus Köln')}&utm_source=mail&route=${encodeURIComponent(s.route)}`,
    (_, r) => `payload ${r.base64(r.int(30, 200))} is not an image`,
    (_, r) => `Sec-WebSocket-Accept: ${r.base64(20)}`,
    () => '&lt;b&gt;caf&eacute;&lt;/b&gt; &amp; &#9731; &#x2603;',
    () => '{"title":"\\u00dcbersicht","emoji":"\\ud83d\\ude00"}',
    () => "b'\\x89PNG\\r\\n\\x1a\\n\\x00\\x00'",
    (s) => `state=${encoded(JSON.stringify({ back: s.route, lang: 'en' }))}`,
  ],
  'public keys': [
    (_, r) => `${edge('BEGIN', 'PUBLIC KEY')}\n${r.base64(48)}\n${r.base64(48)}\n${edge('END', 'PUBLIC KEY')}`,
    (_, r) => `${edge('BEGIN', 'CERTIFICATE')}\n${r.base64(48)}\n${r.base64(48)}\n${edge('END', 'CERTIFICATE')}\n`,
    (_, r) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.base64(32)} bob@laptop`,
    (_, r) => `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${r.base64(150)} ann@laptop`,
    () => `expected "${edge('BEGIN', 'PRIVATE KEY')}" but found "${edge('BEGIN', 'CERTIFICATE')}"`,
    (_, r) => `age1${r.from(SETS.lowerAlnum, 58)} is the recipient`,
    (_, r) => `stripe publishable key pk_live_${r.from(SETS.alnum, 24)} loaded`,
  ],
};
