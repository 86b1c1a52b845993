// Values that are handed over as they are: objects, errors, maps, bytes.
import { carriedBy, context, json, nameOf } from './context-table.mjs';

/** Nobody reads bytes: what stands in them beside a secret may go with it. */
const BYTES_GO_WHOLE = 'bytes';

const around = (s) => ({ service: s.service, route: s.route, status: Number(s.status), at: new Date(s.time) });
const aroundKept = (s) => [s.service, s.route, s.status];

function property(
  id,
  make,
  { kept = (s) => aroundKept(s), styles = ['camel', 'snake', 'kebab'], coversAll = false } = {},
) {
  return context(id, 'property', (p, s, r) => {
    const name = nameOf(p, r, ...styles);
    return {
      input: make(name, carriedBy(p), s, r),
      kept: coversAll === BYTES_GO_WHOLE ? kept(s) : [...kept(s), name],
      coversAll,
    };
  });
}

const element = (id, make, kept = aroundKept, coversAll = false) =>
  context(id, 'element', (p, s, r) => ({ input: make(p.text, s, r), kept: kept(s), coversAll }));

function errorWith(message, s, properties = {}) {
  const error = new Error(message);
  error.name = s.error;
  error.stack = `${s.error}: ${message}\n    at checkout (/app/src/${s.service}.js:12:5)`;
  return Object.assign(error, properties);
}
const errorKept = (s) => [s.error, `/app/src/${s.service}.js:12:5`];

/** What an HTTP client throws: the credential stands in it several times. */
function axiosLike(name, value, s) {
  const headers = { Accept: 'application/json', [name]: value, 'User-Agent': 'axios/1.7.2' };
  const block = `POST ${s.route} HTTP/1.1\r\nAccept: application/json\r\n${name}: ${value}\r\nHost: ${s.host}\r\n\r\n`;
  return errorWith(`Request failed with status code ${s.status}`, s, {
    code: 'ERR_BAD_REQUEST',
    config: { url: s.route, method: 'post', headers, data: json({ order: s.order }) },
    request: { _header: block, path: s.route, method: 'POST' },
    response: { status: Number(s.status), config: { headers }, request: { _header: block } },
  });
}
const axiosKept = (s) => [
  ...errorKept(s),
  `status code ${s.status}`,
  'ERR_BAD_REQUEST',
  s.route,
  'axios/1.7.2',
  s.order,
  s.host,
];

class Session {
  constructor(service, secrets) {
    this.service = service;
    Object.assign(this, secrets);
  }
  toJSON() {
    return { ...this };
  }
}

export const OBJECT_CONTEXTS = [
  property('object', (n, v, s) => ({ ...around(s), [n]: v })),
  property(
    'object-nested',
    (n, v, s) => ({ ...around(s), config: { database: { host: s.host, [n]: v, port: Number(s.port) } } }),
    { kept: (s) => [...aroundKept(s), s.host, s.port] },
  ),
  property('object-deep', (n, v, s, r) => {
    let inner = { [n]: v };
    for (let i = r.int(8, 25); i > 0; i--) inner = { [`level${i}`]: inner };
    return { ...around(s), inner };
  }),
  property('object-in-list', (n, v, s) => ({ ...around(s), clients: [{ host: s.host }, { host: s.host, [n]: v }] }), {
    kept: (s) => [...aroundKept(s), s.host],
  }),
  property('list-under-name', (n, v, s) => ({ ...around(s), [n]: [v, v] }), { coversAll: true }),
  property('object-under-name', (n, v, s) => ({ ...around(s), [n]: { current: v, previous: v } }), { coversAll: true }),
  property('object-of-class', (n, v, s) => new Session(s.service, { [n]: v, user: s.user }), {
    kept: (s) => [s.service, s.user],
  }),
  property('object-without-prototype', (n, v, s) => Object.assign(Object.create(null), around(s), { [n]: v })),
  property('object-frozen', (n, v, s) => Object.freeze({ ...around(s), [n]: v })),
  property('object-with-getter', (n, v, s) =>
    Object.defineProperty({ ...around(s) }, n, { enumerable: true, get: () => v }),
  ),
  property('object-boxed', (n, v, s) => ({ ...around(s), [n]: Object(v) })),
  property(
    'map',
    (n, v, s) => ({
      ...around(s),
      settings: new Map([
        ['host', s.host],
        [n, v],
      ]),
    }),
    { kept: (s) => [...aroundKept(s), s.host] },
  ),
  property('own-prototype-key', (n, v, s) =>
    Object.defineProperty({ ...around(s) }, '__proto__', { value: { [n]: v }, enumerable: true }),
  ),

  property(
    'pairs-name-value',
    (n, v, s) => ({
      ...around(s),
      env: [
        { name: 'PORT', value: s.port },
        { name: n, value: v },
      ],
    }),
    { kept: (s) => [...aroundKept(s), s.port], styles: ['screaming', 'kebab', 'snake'] },
  ),
  property(
    'pairs-key-value',
    (n, v, s) => ({
      ...around(s),
      headers: [
        { key: 'accept', value: '*/*' },
        { key: n, value: v },
      ],
    }),
    { styles: ['kebab', 'header'] },
  ),
  property(
    'pairs-entries',
    (n, v, s) => ({
      ...around(s),
      headers: [
        ['accept', '*/*'],
        [n, v],
        ['host', s.host],
      ],
    }),
    { kept: (s) => [...aroundKept(s), s.host], styles: ['kebab', 'header'] },
  ),
  property(
    'otlp-attributes',
    (n, v, s) => ({
      ...around(s),
      attributes: [
        { key: 'http.route', value: { stringValue: s.route } },
        { key: n, value: { stringValue: v } },
      ],
    }),
    { styles: ['dotted', 'snake'] },
  ),
  property(
    'telemetry-names',
    (n, v, s) => ({
      'http.route': s.route,
      'http.response.status_code': Number(s.status),
      [`app.client.${n}`]: v,
      'service.name': s.service,
    }),
    { styles: ['dotted', 'snake', 'kebab'] },
  ),
  property(
    'environment-list',
    (n, v, s) => ({ ...around(s), Env: [`PORT=${s.port}`, `${n}=${v}`, 'NODE_ENV=production'] }),
    { kept: (s) => [...aroundKept(s), s.port, 'NODE_ENV=production'], styles: ['screaming'] },
  ),
  property(
    'arguments-list',
    (n, v, s) => ({ ...around(s), argv: ['node', `${s.service}.js`, `--${n}`, v, '--port', s.port] }),
    { kept: (s) => [...aroundKept(s), s.port], styles: ['kebab'] },
  ),
  property(
    'arguments-list-equals',
    (n, v, s) => ({ ...around(s), argv: ['node', `${s.service}.js`, `--${n}=${v}`, '--port', s.port] }),
    { kept: (s) => [...aroundKept(s), s.port], styles: ['kebab'] },
  ),

  property('json-in-object', (n, v, s) => ({ ...around(s), body: json({ user: s.user, [n]: v, order: s.order }) }), {
    kept: (s) => [...aroundKept(s), s.user, s.order],
  }),
  property(
    'json-in-json-in-object',
    (n, v, s) => ({ ...around(s), body: json({ event: json({ user: s.user, [n]: v }), order: s.order }) }),
    { kept: (s) => [...aroundKept(s), s.user, s.order] },
  ),
  property('json-bytes', (n, v, s) => ({ ...around(s), body: Buffer.from(json({ user: s.user, [n]: v })) }), {
    kept: aroundKept,
    coversAll: BYTES_GO_WHOLE,
  }),

  property('error-property', (n, v, s) => errorWith('refused', s, { code: 'E_AUTH', [n]: v }), {
    kept: (s) => [...errorKept(s), 'refused', 'E_AUTH'],
  }),
  property('error-options', (n, v, s) => errorWith('connect timed out', s, { options: { host: s.host, [n]: v } }), {
    kept: (s) => [...errorKept(s), 'connect timed out', s.host],
  }),
  property(
    'error-serialised',
    (n, v, s) => ({
      err: {
        type: s.error,
        message: 'refused',
        stack: `${s.error}: refused\n    at x (/app/a.js:1:2)`,
        config: { [n]: v },
      },
      reqId: s.requestId,
    }),
    { kept: (s) => [s.error, 'refused', '/app/a.js:1:2', s.requestId] },
  ),
  property(
    'request-dump',
    (n, v, s) => ({
      req: {
        method: 'POST',
        url: s.route,
        headers: { host: s.host, accept: '*/*' },
        body: { user: s.user, [n]: v },
        remoteAddress: '10.0.0.7',
      },
    }),
    { kept: (s) => [s.route, s.host, s.user, '10.0.0.7'] },
  ),

  context('axios-error', 'header', (p, s) => ({
    input: axiosLike(p.header.name, p.header.value, s),
    kept: [...axiosKept(s), p.header.name],
  })),
  context('headers-object', 'header', (p, s) => ({
    input: { ...around(s), headers: { host: s.host, [p.header.name]: p.header.value } },
    kept: [...aroundKept(s), s.host, p.header.name],
  })),
  context('headers-object-of-lists', 'header', (p, s) => ({
    input: { ...around(s), headers: { host: [s.host], [p.header.name]: [p.header.value] } },
    kept: [...aroundKept(s), s.host, p.header.name],
  })),
  context('headers-instance', 'header', (p, s) => ({
    input: {
      ...around(s),
      headers: new Headers([
        ['x-request-id', s.requestId],
        [p.header.name, p.header.value],
      ]),
    },
    kept: [...aroundKept(s), s.requestId, p.header.name.toLowerCase()],
    coversAll: true,
  })),
  context('headers-map', 'header', (p, s) => ({
    input: new Map([
      ['host', s.host],
      [p.header.name, p.header.value],
    ]),
    kept: [s.host, p.header.name],
  })),
  context('raw-headers', 'header', (p, s) => ({
    input: { ...around(s), rawHeaders: ['Host', s.host, p.header.name, p.header.value, 'Accept', '*/*'] },
    kept: [...aroundKept(s), s.host, p.header.name],
  })),
  context('headers-list-of-lines', 'header', (p, s) => ({
    input: { ...around(s), request: [`GET ${s.route} HTTP/1.1`, `Host: ${s.host}`, p.text] },
    kept: [...aroundKept(s), s.host],
  })),
  context('telemetry-header', 'header', (p, s) => ({
    input: {
      'http.route': s.route,
      'http.response.status_code': Number(s.status),
      [`http.request.header.${p.header.name.toLowerCase()}`]: [p.header.value],
    },
    kept: [s.route, s.status, `http.request.header.${p.header.name.toLowerCase()}`],
    coversAll: true,
  })),

  element(
    'message',
    (t, s) => ({ ...around(s), message: `${s.user} could not use ${t}` }),
    (s) => [...aroundKept(s), 'could not use', s.user],
  ),
  element(
    'list',
    (t, s) => ({ ...around(s), args: ['retry', t, 3, true, null] }),
    (s) => [...aroundKept(s), 'retry'],
  ),
  element(
    'set',
    (t, s) => ({ ...around(s), seen: new Set([s.user, t]) }),
    (s) => [...aroundKept(s), s.user],
  ),
  element(
    'map-key',
    (t, s) => ({
      ...around(s),
      hits: new Map([
        [s.user, 1],
        [t, 17],
      ]),
    }),
    (s) => [...aroundKept(s), s.user],
  ),
  element(
    'object-key',
    (t, s) => ({ ...around(s), limits: { [s.user]: 5, [t]: 100 } }),
    (s) => [...aroundKept(s), s.user],
  ),
  element(
    'error-message',
    (t, s) => errorWith(`could not use ${t}`, s),
    (s) => [...errorKept(s), 'could not use'],
  ),
  element(
    'error-cause',
    (t, s) =>
      errorWith('checkout failed', s, {
        cause: errorWith('client failed', s, { cause: errorWith(`could not use ${t}`, s) }),
      }),
    (s) => [...errorKept(s), 'checkout failed', 'client failed', 'could not use'],
  ),
  element(
    'error-aggregate',
    (t, s) => Object.assign(new AggregateError([errorWith('first', s), errorWith(`second ${t}`, s)], 'all failed')),
    (s) => [s.error, 'all failed', 'first', 'second'],
  ),
  element(
    'error-in-object',
    (t, s) => ({ ...around(s), err: errorWith(`could not use ${t}`, s) }),
    (s) => [...aroundKept(s), ...errorKept(s)],
  ),
  element(
    'bytes',
    (t, s) => ({ ...around(s), chunk: new TextEncoder().encode(`${s.user} sent ${t}\n`) }),
    aroundKept,
    BYTES_GO_WHOLE,
  ),
  element(
    'buffer-as-json',
    (t, s) =>
      JSON.parse(json({ service: s.service, route: s.route, status: s.status, chunk: Buffer.from(`got ${t}`) })),
    aroundKept,
    BYTES_GO_WHOLE,
  ),
  element('symbol-key', (t, s) => ({ ...around(s), [Symbol('raw')]: `got ${t}` }), aroundKept),

  context('url-instance', 'address', (p, s) => ({ input: { ...around(s), url: asUrl(p.text) }, kept: aroundKept(s) })),
  context('url-in-object', 'address', (p, s) => ({ input: { ...around(s), url: p.text }, kept: aroundKept(s) })),
  context('search-parameters', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: {
        ...around(s),
        query: new URLSearchParams([
          ['page', '2'],
          [name, p.text],
        ]),
      },
      kept: [...aroundKept(s), name],
      coversAll: true,
    };
  }),
  context('key-lines-in-list', 'key', (p, s) => ({
    input: { ...around(s), lines: p.text.split('\n') },
    kept: aroundKept(s),
  })),
  context('key-in-object', 'key', (p, s) => ({ input: { ...around(s), pem: p.text }, kept: aroundKept(s) })),
  context('key-bytes', 'key', (p, s) => ({
    input: { ...around(s), content: Buffer.from(p.text) },
    kept: aroundKept(s),
  })),
];

function asUrl(text) {
  try {
    return new URL(text);
  } catch {
    return text;
  }
}
