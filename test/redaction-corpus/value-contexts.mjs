// More shapes of values: numbers, lists of lists, parents that say it, what clients keep behind symbols.
import { carriedBy, context, nameOf } from './context-table.mjs';

const around = (s) => ({ service: s.service, route: s.route, status: Number(s.status) });
const aroundKept = (s) => [s.service, s.route, s.status];

const property = (id, make, { styles = ['camel', 'snake'], keepsName = true } = {}) =>
  context(id, 'property', (p, s, r) => {
    const name = nameOf(p, r, ...styles);
    const kept = keepsName ? [...aroundKept(s), name] : aroundKept(s);
    return { input: make(name, carriedBy(p), s, r), kept, coversAll: true };
  });

const header = (id, make) =>
  context(id, 'header', (p, s) => ({
    input: make(p.header.name, p.header.value, s),
    kept: aroundKept(s),
    coversAll: true,
  }));

export const VALUE_CONTEXTS = [
  context('number', 'number', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const value = Number(`1${p.text.slice(1)}`);
    return {
      input: { ...around(s), login: { user: s.user, [name]: value } },
      kept: [...aroundKept(s), s.user, name],
      secrets: [String(value)],
    };
  }),
  context('number-in-json', 'number', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const value = Number(`1${p.text.slice(1)}`);
    return {
      input: JSON.stringify({ service: s.service, [name]: value, route: s.route }),
      kept: [s.service, s.route, name],
      secrets: [String(value)],
    };
  }),
  context('big-number', 'number', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: { ...around(s), [name]: BigInt(`1${p.text.slice(1)}`) },
      kept: [...aroundKept(s), name],
      secrets: [`1${p.text.slice(1)}`],
    };
  }),
  property(
    'environment-object',
    (n, v, s) => ({ ...around(s), env: { PATH: '/usr/bin', NODE_ENV: 'production', [n]: v } }),
    { styles: ['screaming'] },
  ),
  property('to-json', (n, v, s) => ({ ...around(s), client: { toJSON: () => ({ host: s.host, [n]: v }) } })),
  property('behind-symbol', (n, v, s) => ({ ...around(s), [Symbol('internals')]: { options: { [n]: v } } })),
  property('map-in-set', (n, v, s) => ({ ...around(s), all: new Set([new Map([[n, v]])]) })),
  property(
    'list-of-lists',
    (n, v, s) => ({
      ...around(s),
      rows: [
        [
          ['host', s.host],
          [n, v],
        ],
      ],
    }),
    { styles: ['snake', 'kebab'] },
  ),
  property('pair-capitals', (n, v, s) => ({ ...around(s), Parameters: [{ Name: n, Value: v }] }), {
    styles: ['pascal', 'camel'],
  }),
  property(
    'pair-parameter-key',
    (n, v, s) => ({ ...around(s), Parameters: [{ ParameterKey: n, ParameterValue: v }] }),
    { styles: ['pascal', 'camel'] },
  ),
  property(
    'otlp-list',
    (n, v, s) => ({ ...around(s), attributes: [{ key: n, value: { arrayValue: { values: [{ stringValue: v }] } } }] }),
    { styles: ['dotted', 'snake'] },
  ),
  property(
    'otlp-map',
    (n, v, s) => ({
      ...around(s),
      attributes: [{ key: 'login', value: { kvlistValue: { values: [{ key: n, value: { stringValue: v } }] } } }],
    }),
    { styles: ['snake'] },
  ),
  property('far-in-a-list', (n, v, s) => ({
    ...around(s),
    rows: [...Array.from({ length: 300 }, (_, i) => ({ id: i })), { id: 300, [n]: v }],
  })),
  property('under-credentials', (_, v, s) => ({ ...around(s), credentials: { first: v, more: [v] } }), {
    keepsName: false,
  }),
  property('under-cookies', (_, v, s) => ({ ...around(s), cookies: { theme: 'dark', sid: v } }), { keepsName: false }),
  property('under-auth', (_, v, s) => ({ ...around(s), auth: { username: s.user, value: v } }), { keepsName: false }),
  property('error-cause-property', (n, v, s) =>
    Object.assign(
      new Error(`${s.service} ${s.route} ${s.status}`, {
        cause: Object.assign(new Error('inner'), { config: { [n]: v } }),
      }),
    ),
  ),
  property('error-in-list', (n, v, s) => ({ ...around(s), errors: [Object.assign(new Error('first'), { [n]: v })] })),

  header('headers-flat-list', (n, v, s) => ({ ...around(s), headers: ['Accept', '*/*', n, v] })),
  header('headers-behind-symbol', (n, v, s) => ({ ...around(s), [Symbol('kHeaders')]: { [n.toLowerCase()]: [v] } })),
  header('fetch-options', (n, v, s) => ({
    ...around(s),
    args: ['https://api.example.com', { method: 'POST', headers: { [n]: v } }],
  })),
  header('client-error', (n, v, s) =>
    Object.assign(new Error(`${s.service} failed: ${s.status} ${s.route}`), {
      options: { headers: { [n]: v } },
      response: { req: { _headers: { [n]: v } } },
    }),
  ),
  header('lambda-event', (n, v, s) => ({ ...around(s), headers: { [n]: v }, multiValueHeaders: { [n]: [v] } })),
  header('grpc-metadata', (n, v, s) => ({
    ...around(s),
    metadata: { internalRepr: new Map([[n.toLowerCase(), [v]]]) },
  })),
];
