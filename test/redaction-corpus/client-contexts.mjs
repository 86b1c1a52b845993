// How clients and servers trace what they send, and what arrives cut off or escaped once more.
import { carriedBy, context, double, flagOf, json, nameOf, shell, single } from './context-table.mjs';

const header = (id, write) =>
  context(id, 'header', (p, s) => ({ input: write(p.header.name, p.header.value, s), kept: [s.host, s.route] }));

const words = (value) => (/[^\w./:=@+-]/.test(value) ? shell(value) : value);

/** Commands that name what follows. */
const COMMANDS = [
  (n, v, s) => `terraform apply -var ${shell(`${n}=${v}`)} -var region=${s.host}`,
  (n, v, s) => `ansible-playbook -e ${n}=${words(v)} -i ${s.host}, site.yml`,
  (n, v, s) => `./gradlew publish -P${n}=${words(v)} -Phost=${s.host}`,
  (n, v, s) => `mvn deploy -D${n}=${words(v)} -Dhost=${s.host}`,
  (n, v, s) => `aws configure set ${n} ${words(v)} --endpoint-url https://${s.host}`,
  (n, v, s) => `docker build --build-arg ${n}=${words(v)} -t ${s.host}/shop .`,
  (n, v, s) => `env ${n}=${words(v)} node server.js --host ${s.host}`,
  (n, v, s) => `kubectl set env deploy/shop ${n}=${words(v)} --server ${s.host}`,
  (n, v, s) => `flyctl secrets set ${n}=${words(v)} -a ${s.host}`,
  (n, v, s) => `http POST https://${s.host}/login ${n}=${words(v)}`,
];

export const CLIENT_CONTEXTS = [
  header(
    'python-debug',
    (n, v, s) =>
      `send: b${single(`POST ${s.route} HTTP/1.1\r\nHost: ${s.host}\r\n${n}: ${v}\r\nAccept: */*\r\n\r\n`).replaceAll('\r', '\\r')}`,
  ),
  header('ruby-debug', (n, v, s) => `<- ${json(`GET ${s.route} HTTP/1.1\r\nHost: ${s.host}\r\n${n}: ${v}\r\n\r\n`)}`),
  header(
    'apache-wire',
    (n, v, s) =>
      `>> "GET ${s.route} HTTP/1.1[\\r][\\n]"\n>> "Host: ${s.host}[\\r][\\n]"\n>> "${n}: ${v}[\\r][\\n]"\n>> "[\\r][\\n]"`,
  ),
  header(
    'node-header-block',
    (n, v, s) =>
      `  _header: ${single(`GET ${s.route} HTTP/1.1\r\n${n}: ${v}\r\nHost: ${s.host}\r\n\r\n`).replaceAll('\r', '\\r')},`,
  ),
  header(
    'okhttp',
    (n, v, s) => `--> POST https://${s.host}${s.route}\nContent-Length: 12\n${n}: ${v}\n--> END POST (12-byte body)`,
  ),
  header(
    'headers-java',
    (n, v, s) => `GET https://${s.host}${s.route} headers: {Accept=[*/*], ${n}=[${v}], Via=[1.1 edge]}`,
  ),
  header(
    'headers-dotnet',
    (n, v, s) =>
      `Method: GET, RequestUri: 'https://${s.host}${s.route}', Version: 1.1, Headers:\n{\n  Accept: */*\n  ${n}: ${v}\n}`,
  ),
  header(
    'headers-python',
    (n, v, s) => `https://${s.host}${s.route} {'Accept': '*/*', '${n}': ${single(v)}, 'Connection': 'keep-alive'}`,
  ),
  header('wget-header', (n, v, s) => `wget --header=${shell(`${n}: ${v}`)} https://${s.host}${s.route}`),
  header('httpie', (n, v, s) => `http GET https://${s.host}${s.route} ${n}:${shell(v)}`),
  header(
    'powershell-headers',
    (n, v, s) => `Invoke-RestMethod -Uri https://${s.host}${s.route} -Headers @{ '${n}' = '${v}' }`,
  ),
  header(
    'openapi-example',
    (n, v, s) =>
      `curl -X 'GET' \\\n  'https://${s.host}${s.route}' \\\n  -H 'accept: application/json' \\\n  -H ${shell(`${n}: ${v}`)}`,
  ),
  header('escaped-request', (n, v, s) =>
    json({ event: json({ raw: `GET ${s.route} HTTP/1.1\r\nHost: ${s.host}\r\n${n}: ${v}\r\n\r\n` }) }),
  ),
  header('header-pairs-in-json', (n, v, s) =>
    json({
      url: `https://${s.host}${s.route}`,
      headers: [
        { name: 'accept', value: '*/*' },
        { name: n, value: v },
      ],
    }),
  ),
  header(
    'header-list-flat',
    (n, v, s) => `https://${s.host}${s.route} rawHeaders: [ 'Accept', '*/*', '${n}', ${single(v)}, 'Via', '1.1 edge' ]`,
  ),

  context('command-with-name', 'blankEnded', (p, s, r) => {
    const name = flagOf(p, r).replaceAll('-', '_');
    return { input: `+ ${r.pick(COMMANDS)(name, p.text, s)}`, kept: [s.host, name] };
  }),
  context('json-html-safe', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    // As Go writes JSON: angle brackets and ampersands escaped.
    const text = json({ service: s.service, [name]: carriedBy(p), route: s.route }).replace(
      /[<>&]/g,
      (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
    );
    return { input: `${s.time} ${text}`, kept: [s.service, s.route, name] };
  }),
  context('json-cut', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const text = json({ service: s.service, route: s.route, [name]: carriedBy(p) });
    // A limit of a log line hits right behind the value, before its quote.
    return { input: `${text.slice(0, -2)}`, kept: [s.service, s.route, name] };
  }),
  context('json-in-parameter', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const data = encodeURIComponent(json({ order: s.order, [name]: carriedBy(p) }));
    return {
      input: `https://${s.host}${s.route}?data=${data}&page=2`,
      kept: [s.host, s.route, 'page=2'],
      coversAll: true,
    };
  }),
  context('base64-in-parameter', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const data = encodeURIComponent(Buffer.from(json({ order: s.order, [name]: carriedBy(p) })).toString('base64'));
    return {
      input: `https://${s.host}${s.route}?data=${data}&page=2`,
      kept: [s.host, s.route, 'page=2'],
      coversAll: true,
    };
  }),
  context('base64-twice', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    const once = Buffer.from(json({ order: s.order, [name]: p.text })).toString('base64');
    return {
      input: `${s.service} payload ${Buffer.from(once).toString('base64')} ${s.status}`,
      kept: [s.service, s.status],
    };
  }),
  context('quotes-lost', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'camel', 'snake');
    // What is left of JSON after a shell took its quotes.
    return {
      input: `curl: (6) bad body {service:${s.service},${name}:${p.text},port:${s.port}}`,
      kept: [s.service, name, s.port],
    };
  }),
  context('values-of-a-form', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `ImmutableMultiDict([('order', '${s.order}'), ('${name}', ${single(carriedBy(p))})])`,
      kept: [s.order, name],
      coversAll: true,
    };
  }),
  context('double-encoded-json', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `{"service": "${s.service}", "raw": ${json(double(json({ [name]: carriedBy(p) })))}}`,
      kept: [s.service, name],
      coversAll: true,
    };
  }),
];
