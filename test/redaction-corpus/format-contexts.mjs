// Formats of files and dumps, in a text.
import { inspect } from 'node:util';
import { carriedBy, context, csv, double, json, nameOf, single, sql, xml, yaml } from './context-table.mjs';

const record = (p, s, name) => ({
  level: 'error',
  service: s.service,
  status: Number(s.status),
  [name]: carriedBy(p),
  route: s.route,
});
const recordKept = (s, name) => [s.service, s.status, name, s.route];

/** Places where a value in quotes stands behind its name; `{n}` the name, `{v}` the quoted value. */
const CODE = [
  (n, v) => `const ${n} = ${v};`,
  (n, v) => `${n} := ${v}`,
  (n, v) => `$${n} = ${v};`,
  (n, v) => `let ${n}: string = ${v};`,
  (n, v) => `private static final String ${n} = ${v};`,
  (n, v) => `client = Client(host=h, ${n}=${v}, timeout=30)`,
  (n, v) => `connect({ host: h, ${n}: ${v} })`,
  (n, v) => `config.${n} = ${v}`,
  (n, v) => `os.environ["${n}"] = ${v}`,
  (n, v) => `  "${n}" => ${v},`,
  (n, v) => `%{${n}: ${v}, timeout: 30}`,
  (n, v) => `define('${n}', ${v});`,
  (n, v) => `mutation { login(user: "u", ${n}: ${v}) { id } }`,
  (n, v) => `if (${n} == ${v}) return;`,
];

/** How languages print a record. */
const PRINTED = [
  (n, v, s) => `Config{host=${s.host}, ${n}=${v}, port=${s.port}}`,
  (n, v, s) => `Config(host=${s.host}, ${n}=${v}, port=${s.port})`,
  (n, v, s) => `{Host:${s.host} ${n}:${v} Port:${s.port}}`,
  (n, v, s) => `&main.Config{Host:"${s.host}", ${n}:"${v}", Port:${s.port}}`,
  (n, v, s) => `Config { host: "${s.host}", ${n}: "${v}", port: ${s.port} }`,
  (n, v, s) => `Config { host: "${s.host}", ${n}: Some("${v}"), port: ${s.port} }`,
  (n, v, s) => `Config { Host = ${s.host}, ${n} = ${v}, Port = ${s.port} }`,
  (n, v, s) => `#<Config host="${s.host}", ${n}="${v}", port=${s.port}>`,
  (n, v, s) => `Array\n(\n    [host] => ${s.host}\n    [${n}] => ${v}\n    [port] => ${s.port}\n)`,
  (n, v, s) =>
    `array(3) {\n  ["host"]=>\n  string(${s.host.length}) "${s.host}"\n  ["${n}"]=>\n  string(${v.length}) "${v}"\n  ["port"]=>\n  int(${s.port})\n}`,
  (n, v, s) => `Namespace(host='${s.host}', ${n}='${v}', port=${s.port})`,
  (n, v, s) => `OrderedDict([('host', '${s.host}'), ('${n}', '${v}'), ('port', ${s.port})])`,
];

export const FORMAT_CONTEXTS = [
  context('json', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake', 'screaming', 'pascal', 'kebab');
    return { input: JSON.stringify(record(p, s, name), null, r.pick([0, 0, 2])), kept: recordKept(s, name) };
  }),
  context('json-in-log-line', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: `${s.time} ${s.service} response ${s.status} body=${json({ [name]: carriedBy(p), order: Number(s.order) })} took ${s.ms} ms`,
      kept: [s.service, s.status, name, s.order, s.ms],
    };
  }),
  context('json-list', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: json({ user: s.user, [name]: [carriedBy(p), carriedBy(p)], route: s.route }),
      kept: [s.user, s.route],
      coversAll: true,
    };
  }),
  context('json-in-json', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: json({ level: 'error', body: json(record(p, s, name)), order: s.order }),
      kept: [...recordKept(s, name), s.order],
    };
  }),
  context('json-three-deep', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: json({ event: json({ body: json(record(p, s, name)), at: s.time }), order: s.order }),
      kept: [s.service, s.route, name, s.order],
    };
  }),
  context('json-unicode-escaped', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    // As PHP and Python write it: slashes and everything beyond ASCII escaped.
    const text = json(record(p, s, name))
      .replaceAll('/', '\\/')
      .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return { input: text, kept: [s.service, s.status] };
  }),
  context('json-lines', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: [{ msg: 'start' }, record(p, s, name), { msg: 'end', order: s.order }].map(json).join('\n'),
      kept: [...recordKept(s, name), s.order],
    };
  }),
  context('pair-in-json', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'kebab', 'snake', 'screaming');
    const [key, value] = r.pick([
      ['name', 'value'],
      ['key', 'value'],
      ['Name', 'Value'],
      ['key', 'val'],
    ]);
    return {
      input: json({
        env: [
          { [key]: 'PORT', [value]: s.port },
          { [key]: name, [value]: carriedBy(p) },
        ],
        image: s.service,
      }),
      kept: [s.port, name, s.service],
    };
  }),
  context('otlp-json', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'dotted', 'snake');
    return {
      input: json({
        traceId: s.traceId,
        attributes: [
          { key: 'http.route', value: { stringValue: s.route } },
          { key: name, value: { stringValue: carriedBy(p) } },
        ],
      }),
      kept: [s.traceId, s.route, name],
    };
  }),
  context('inspected', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake', 'kebab');
    return {
      input: inspect({ err: record(p, s, name), list: [1, 2] }, { breakLength: r.pick([80, Infinity]) }),
      kept: recordKept(s, name),
    };
  }),
  context('python-repr', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'kebab');
    return {
      input: `{'service': '${s.service}', '${name}': ${r.pick(['', '', 'b', 'u'])}${single(carriedBy(p))}, 'retries': 3, 'route': '${s.route}', 'debug': None}`,
      kept: [s.service, name, s.route, "'retries': 3"],
    };
  }),
  context('code', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake', 'screaming').replaceAll('-', '_');
    const quoted = r.pick([single, double])(carriedBy(p));
    return {
      input: `// ${s.service}\n${r.pick(CODE)(name, quoted)}\nrun(${s.port});`,
      kept: [s.service, name, s.port],
      coversAll: true,
    };
  }),
  context('printed-record', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake', 'pascal');
    return {
      input: `${s.service} started with ${r.pick(PRINTED)(name, p.text, s)}`,
      kept: [s.service, s.host, name, s.port],
    };
  }),
  context('yaml', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake', 'kebab');
    const value = carriedBy(p);
    const body = value.includes('\n')
      ? `|\n${value.replace(/^/gm, '    ')}`
      : r.chance(0.4)
        ? double(value)
        : yaml(value);
    return {
      input: `${s.service}:\n  host: ${s.host}\n  ${name}: ${body}\n  port: ${s.port}\n`,
      kept: [s.service, s.host, name, s.port],
    };
  }),
  context('ini', 'lineEnded', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'kebab', 'camel');
    return {
      input: `[${s.database}]\nhost = ${s.host}\n${name}${r.pick([' = ', '=', '\t= ', '    = '])}${p.text}\nport = ${s.port}\n`,
      kept: [s.database, s.host, name, s.port],
    };
  }),
  context('properties', 'lineEnded', (p, s, r) => {
    const name = nameOf(p, r, 'kebab', 'dotted', 'camel');
    return {
      input: `server.port=${s.port}\nspring.datasource.${name}=${p.text}\nspring.datasource.username=${s.user}\n`,
      kept: [s.port, name, s.user],
    };
  }),
  context('xml-element', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'pascal', 'kebab');
    return {
      input: `<?xml version="1.0"?><config><host>${s.host}</host><${name}>${xml(carriedBy(p))}</${name}><port>${s.port}</port></config>`,
      kept: [s.host, name, s.port],
    };
  }),
  context('xml-attribute', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'kebab');
    return {
      input: `<datasource host="${s.host}" ${name}="${xml(carriedBy(p))}" port="${s.port}"/>`,
      kept: [s.host, name, s.port],
    };
  }),
  context('xml-pair', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'pascal', 'kebab');
    return {
      input: `<appSettings><add key="Host" value="${s.host}" /><add key="${name}" value="${xml(carriedBy(p))}" /></appSettings>`,
      kept: [s.host, name],
    };
  }),
  context('html-input', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: `<form action="${s.route}"><input type="hidden" name="${name}" value="${xml(carriedBy(p))}"><input name="order" value="${s.order}"></form>`,
      kept: [s.route, name, s.order],
    };
  }),
  context('csv-row', 'word', (p, s) => ({
    input: `${s.time},${s.user},${csv(p.text)},${s.status},${s.route}`,
    kept: [s.time, s.user, s.status, s.route],
  })),
  context('csv-quoted', 'bare', (p, s) => ({
    input: `"${s.time}","${s.user}","${p.text.replaceAll('"', '""')}","${s.status}"`,
    kept: [s.time, s.user, s.status],
  })),
  context('table-row', 'word', (p, s) => ({
    input: `| order | what | user |\n| --- | --- | --- |\n| ${s.order} | ${p.text} | ${s.user} |`,
    kept: [s.order, s.user],
  })),
  context('sql', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake');
    return {
      input: `UPDATE accounts SET name = '${s.user}', ${name} = ${sql(carriedBy(p))} WHERE id = ${s.order}`,
      kept: ['UPDATE accounts', s.user, name, s.order],
    };
  }),
  context('sql-where', 'quoted', (p, _s, r) => {
    const name = nameOf(p, r, 'snake');
    return {
      input: `ERROR: canceling statement: SELECT id FROM clients WHERE status = 'new' AND ${name} = ${sql(carriedBy(p))} LIMIT 1`,
      kept: ['SELECT id FROM clients', name, 'LIMIT 1'],
    };
  }),
  context('multipart', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    return {
      input: `--boundary7\r\nContent-Disposition: form-data; name="order"\r\n\r\n${s.order}\r\n--boundary7\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${carriedBy(p)}\r\n--boundary7--\r\n`,
      kept: [s.order, name],
    };
  }),
  context('toml', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'kebab');
    return {
      input: `[${s.service}]\nhost = "${s.host}"\n${name} = ${double(carriedBy(p))}\nport = ${s.port}\n`,
      kept: [s.service, s.host, name, s.port],
    };
  }),
  context('kubernetes-env', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'screaming');
    const value = carriedBy(p);
    return {
      input: `        env:\n        - name: PORT\n          value: "${s.port}"\n        - name: ${name}\n          value: ${value.includes('\n') ? double(value) : r.pick([yaml, double])(value)}\n        image: ${s.service}\n`,
      kept: [s.port, name, s.service],
    };
  }),
];
