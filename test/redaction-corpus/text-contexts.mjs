// Lines of logs, prose, headers, traces.
import { carriedBy, context, json, nameOf } from './context-table.mjs';

/** What can stand right behind a secret, and must not be what ends it for a rule. */
const AFTER = [
  '',
  ' ',
  ',',
  '.',
  ')',
  ']',
  '}',
  ';',
  ':',
  '"',
  "'",
  '<',
  '>',
  '|',
  '\n',
  '\t',
  '`',
  '…',
  '!',
  '?',
  '&',
  '\\n',
];
const AROUND = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['«', '»'],
  ['|', '|'],
  ['=', ''],
  [':', ''],
  [',', ','],
  ['/', ''],
  ['_', ''],
  ['x_', ''],
  ['\t', '\t'],
  ['>', '<'],
  ['\\n', '\\n'],
  ['#', ''],
  ['@', ''],
  ['*', '*'],
  ['~', ''],
];

const LINES = [
  (t, s) => [
    `${s.time} ERROR [${s.service}] request ${s.requestId} failed: ${t} was rejected by ${s.host} status=${s.status}`,
    s.time,
    s.service,
    s.requestId,
    s.host,
    s.status,
  ],
  (t, s) => [
    `level=error service=${s.service} route=${s.route} msg="upstream refused" detail=${t} status=${s.status}`,
    s.service,
    s.route,
    'upstream refused',
    s.status,
  ],
  (t, s) => [
    `[${s.time}] ${s.service}.WARN: retrying ${s.route} with ${t} after ${s.ms} ms {"order":${s.order}}`,
    s.service,
    s.route,
    s.ms,
    s.order,
  ],
  (t, s) => [`Jan 12 10:11:12 ${s.host} ${s.service}[2211]: could not reach ${t}`, s.host, s.service, '2211'],
  (t, s) => [
    `E0112 10:11:12.345678       1 controller.go:114] "sync failed" route=${s.route} err=${t}`,
    'controller.go:114',
    'sync failed',
    s.route,
  ],
  (t, s) => [`${s.error}: ${t}`, s.error],
  (t, s) => [
    `${s.host} - ${s.user} [12/Jan/2026:10:11:12 +0000] "GET ${s.route} HTTP/1.1" ${s.status} ${s.ms} "-" "${t}"`,
    s.host,
    s.user,
    s.route,
    s.status,
  ],
  (t, s) => [
    `trace=${s.traceId} order ${s.order} by ${s.user}: got ${t} and gave up`,
    s.traceId,
    s.order,
    s.user,
    'gave up',
  ],
];

const line = ([input, ...kept]) => ({ input, kept });

/** Sentences that say what follows. */
const SENTENCES = [
  (n, q) => `Incorrect ${n} provided: ${q}.`,
  (n, q) => `The ${n} is ${q}`,
  (n, q) => `cannot log in with ${n} ${q}`,
  (n, q) => `invalid ${n}: ${q}`,
  (n, q) => `${n} ${q} is not valid`,
  (n, q) => `using ${n} ${q} for this request`,
  (n, q) => `${n} is set to ${q}`,
  (n, q) => `unknown ${n} ${q}`,
];

/** Short forms are for names, nobody says them. */
const UNSPOKEN = new Set(['pass', 'pwd', 'passwd', 'pat', 'auth', 'creds', '_auth', 'tokens', 'secrets', 'smtp pass']);

function spokenName(piece, random) {
  const spoken = piece.names.filter((name) => !UNSPOKEN.has(name));
  return random.pick(spoken.length > 0 ? spoken : ['api key']);
}

export const TEXT_CONTEXTS = [
  context('log-line', 'bare', (p, s, r) => line(r.pick(LINES)(p.text, s))),
  context('alone', 'bare', (p) => ({ input: p.text, kept: [] })),
  context('before-any-mark', 'word', (p, s, r) => ({
    input: `${s.service} sent ${p.text}${r.pick(AFTER)}`,
    kept: [s.service],
  })),
  context('between-marks', 'word', (p, s, r) => {
    const [before, after] = r.pick(AROUND);
    return {
      input: `${s.error} in ${s.service}: ${before}${p.text}${after} at ${s.route}`,
      kept: [s.error, s.service, s.route],
    };
  }),
  context('twice-in-a-line', 'bare', (p, s) => ({
    input: `${s.service}: tried ${p.text} then ${p.text} and then ${p.text} for ${s.route}`,
    kept: [s.service, s.route],
  })),
  context('long-line', 'bare', (p, s, r) => {
    const filler = Array.from(
      { length: r.int(20, 120) },
      (_, i) => `step ${i} of ${s.service} took ${r.int(1, 900)} ms`,
    );
    filler.splice(r.int(0, filler.length), 0, p.text);
    return { input: filler.join(' '), kept: [s.service] };
  }),
  context('several-lines', 'bare', (p, s) => ({
    input: `${s.time} starting ${s.service}\n${p.text}\n${s.time} listening on ${s.host}:${s.port}\n`,
    kept: [s.service, `${s.host}:${s.port}`],
  })),
  context('markdown', 'bare', (p, s) => ({
    input: `**${s.error}** in *${s.service}*\n\n\`\`\`\n${p.text}\n\`\`\`\n> see ${s.route}`,
    kept: [s.error, s.service, s.route],
  })),
  context('between-foreign-letters', 'word', (p, s) => ({
    input: `${s.service}：无法使用 ${p.text}，请稍后再试`,
    kept: [s.service, '无法使用', '请稍后再试'],
  })),
  context('between-emoji', 'bare', (p, s) => ({
    input: `🔥 ${s.service} 💥 ${p.text} 🚨 ${s.status}`,
    kept: [s.service, '🔥', '🚨', s.status],
  })),

  context('prose-quoted', 'prose', (p, s, r) => {
    const quote = r.pick(['"', "'", '`']);
    const name = spokenName(p, r);
    return {
      input: `${s.service}: ${r.pick(SENTENCES)(name, `${quote}${p.text}${quote}`)} (order ${s.order})`,
      kept: [s.service, name, s.order],
    };
  }),

  context('log-colon', 'colon', (p, s, r) => {
    const name = nameOf(p, r, 'spaced', 'snake', 'camel', 'kebab');
    return {
      input: `${s.time} ${s.service} ${name}: ${p.text} user: ${s.user} status: ${s.status}`,
      kept: [s.service, name, s.user, s.status],
    };
  }),
  context('log-equals', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel', 'kebab', 'screaming');
    return {
      input: `${s.error} ${s.route} ${name}=${p.text} host=${s.host} status=${s.status}`,
      kept: [s.error, s.route, name, s.host, s.status],
    };
  }),
  context('logfmt', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'dotted', 'kebab');
    return {
      input: `ts=${s.time} level=error svc=${s.service} ${name}=${p.text} duration=${s.ms}ms`,
      kept: [s.service, name, `${s.ms}ms`],
    };
  }),
  context('logfmt-quoted', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `level=error svc=${s.service} ${name}=${json(carriedBy(p))} route=${s.route} status=${s.status}`,
      kept: [s.service, name, s.route, s.status],
    };
  }),
  context('arrow', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return { input: `[${s.service}] ${name} => ${p.text} [${s.status}]`, kept: [s.service, name, s.status] };
  }),

  context('header-line', 'header', (p, s) => ({
    input: `${s.service} sent\n${p.text}\nto ${s.host}`,
    kept: [s.service, s.host],
  })),
  context('header-alone', 'header', (p) => ({ input: p.text, kept: [] })),
  context('header-in-trace', 'header', (p, s) => ({
    input: `${s.error}: refused with ${p.text}\n    at request (/app/src/${s.service}.js:12:5)`,
    kept: [s.error, `/app/src/${s.service}.js:12:5`],
  })),
  context('raw-request', 'header', (p, s) => ({
    input: `POST ${s.route} HTTP/1.1\r\nHost: ${s.host}\r\n${p.text}\r\nUser-Agent: axios/1.7.2\r\nContent-Length: ${s.ms}\r\n\r\n`,
    kept: [s.route, s.host, 'axios/1.7.2', 'Content-Length'],
  })),
  context('curl-verbose', 'header', (p, s) => ({
    input: `> GET ${s.route} HTTP/2\n> Host: ${s.host}\n> ${p.text}\n> accept: */*\n>\n< HTTP/2 ${s.status}\n< content-type: application/json`,
    kept: [s.route, s.host, s.status, 'application/json'],
  })),
  context('header-in-log-line', 'header', (p, s) => ({
    input: `${s.time} DEBUG ${s.service} outgoing header ${p.text}`,
    kept: [s.service, s.time],
  })),
  context('header-map-go', 'header', (p, s) => ({
    input: `headers=map[Accept:[*/*] ${p.header.name}:[${p.header.value}] X-Request-Id:[${s.requestId}]] status=${s.status}`,
    kept: [s.requestId, s.status],
  })),
  context('header-list-java', 'header', (p, s) => ({
    input: `${s.error}: [Accept:"application/json", ${p.header.name}:${json(p.header.value)}, Host:"${s.host}"]`,
    kept: [s.error, s.host],
  })),

  context('trace-node', 'bare', (p, s) => ({
    input: `${s.error}: cannot use ${p.text}\n    at Client.request (/app/node_modules/pg/lib/client.js:526:17)\n    at async checkout (/app/src/${s.service}.js:41:9) {\n  code: 'ECONNREFUSED',\n  errno: -111\n}`,
    kept: [s.error, '/app/node_modules/pg/lib/client.js:526:17', `/app/src/${s.service}.js:41:9`, 'ECONNREFUSED'],
  })),
  context('trace-java', 'bare', (p, s) => ({
    input: `java.lang.IllegalStateException: ${s.service} failed\n\tat com.example.shop.Checkout.pay(Checkout.java:87)\nCaused by: org.example.${s.error}: ${p.text}\n\tat com.example.shop.Client.send(Client.java:31)\n\t... 12 more`,
    kept: ['java.lang.IllegalStateException', 'Checkout.java:87', s.error, 'Client.java:31'],
  })),
  context('trace-python', 'bare', (p, s) => ({
    input: `Traceback (most recent call last):\n  File "/app/${s.service}.py", line 41, in pay\n    client.connect()\n${s.error}: ${p.text}`,
    kept: [`/app/${s.service}.py`, 'line 41', 'client.connect()', s.error],
  })),
  context('trace-go', 'bare', (p, s) => ({
    input: `panic: ${p.text}\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/${s.service}/main.go:17 +0x1d\nexit status 2`,
    kept: ['goroutine 1', `/src/${s.service}/main.go:17`],
  })),
  context('trace-named', 'colon', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: `${s.error}: login failed, ${name}: ${p.text}, host: ${s.host}\n    at login (/app/src/${s.service}.js:12:5)`,
      kept: [s.error, name, s.host, `/app/src/${s.service}.js:12:5`],
    };
  }),
];
