// How programs in other languages, and tools, write down a name and its value.
import { carriedBy, context, double, nameOf, single, xml, yaml } from './context-table.mjs';

const quoted = (id, styles, write) =>
  context(id, 'quoted', (p, s, r) => {
    const name = nameOf(p, r, ...styles);
    // Where a name may not have hyphens, it is written without.
    return { input: write(name, carriedBy(p), s, r), kept: [s.service, ...name.split('-')], coversAll: true };
  });

const toLineEnd = (id, styles, write) =>
  context(id, 'lineEnded', (p, s, r) => {
    const name = nameOf(p, r, ...styles);
    return { input: write(name, p.text, s, r), kept: [s.service, name], coversAll: true };
  });

const toPlace = (place) => (id, styles, write) =>
  context(id, place, (p, s, r) => {
    const name = nameOf(p, r, ...styles);
    return { input: write(name, p.text, s, r), kept: [s.service, name, s.port], coversAll: true };
  });

const toBlank = toPlace('blankEnded');
const toCell = toPlace('cell');

export const LANGUAGE_CONTEXTS = [
  quoted(
    'ruby-parameters',
    ['snake'],
    (n, v, s) =>
      `Started POST "${s.route}"\n  Parameters: {"service"=>"${s.service}", "account"=>{"name"=>"${s.user}", "${n}"=>${double(v)}}, "commit"=>"Save"}`,
  ),
  quoted('clojure-map', ['kebab'], (n, v, s) => `{:service "${s.service}", :${n} ${double(v)}, :port ${s.port}}`),
  quoted(
    'elixir-keywords',
    ['snake'],
    (n, v, s) => `** (DBConnection.ConnectionError) [service: "${s.service}", ${n}: ${double(v)}, port: ${s.port}]`,
  ),
  quoted(
    'erlang-tuples',
    ['snake'],
    (n, v, s) => `{badmatch,[{service,"${s.service}"},{${n},${double(v)}},{port,${s.port}}]}`,
  ),
  quoted(
    'lua-table',
    ['snake'],
    (n, v, s) => `config = { service = "${s.service}", ["${n}"] = ${double(v)}, port = ${s.port} }`,
  ),
  quoted(
    'swift-dictionary',
    ['camel'],
    (n, v, s) => `["service": "${s.service}", "${n}": Optional(${double(v)}), "port": ${s.port}]`,
  ),
  quoted(
    'haskell-record',
    ['camel'],
    (n, v, s) => `Config {service = "${s.service}", ${n} = Just ${double(v)}, port = ${s.port}}`,
  ),
  quoted(
    'r-list',
    ['snake', 'dotted'],
    (n, v, s) => `list(service = "${s.service}", ${n} = ${double(v)}, port = ${s.port})`,
  ),
  quoted(
    'powershell-hashtable',
    ['pascal'],
    (n, v, s) =>
      `@{ Service = '${s.service}'; ${n} = '${v.replaceAll("'", "''").replaceAll('\n', '`n')}'; Port = ${s.port} }`,
  ),
  quoted(
    'perl-dumper',
    ['snake'],
    (n, v, s) =>
      `$VAR1 = {\n          'service' => '${s.service}',\n          '${n}' => ${single(v)},\n          'port' => ${s.port}\n        };`,
  ),
  quoted(
    'json5',
    ['camel'],
    (n, v, s) => `{ service: '${s.service}', ${n.replaceAll('-', '')}: ${single(v)}, /* local */ port: ${s.port} }`,
  ),
  quoted('hocon', ['kebab', 'camel'], (n, v, s) => `${s.service} {\n  ${n} : ${double(v)}\n  port : ${s.port}\n}`),
  quoted(
    'terraform-plan',
    ['snake'],
    (n, v, s, r) =>
      `  # aws_ecs_service.${s.service} will be updated in-place\n  ~ resource "aws_ecs_service" "${s.service}" {\n      ${r.pick(['+', '~', '-'])} ${n.padEnd(20)} = ${double(v)}\n    }`,
  ),
  quoted(
    'diff',
    ['snake', 'camel'],
    (n, v, s, r) =>
      `--- a/${s.service}.yml\n+++ b/${s.service}.yml\n@@ -1,3 +1,3 @@\n host: ${s.host}\n${r.pick(['-', '+'])}${n}: ${double(v)}\n port: ${s.port}`,
  ),
  quoted(
    'pydantic',
    ['snake'],
    (n, v, s) =>
      `1 validation error for Settings\nport\n  Input should be a valid integer [type=int_parsing, input_value={'service': '${s.service}', '${n}': ${single(v)}}, input_type=dict]`,
  ),
  quoted(
    'soap',
    ['pascal'],
    (n, v, s) =>
      `<soap:Header><wsse:Security><wsse:Username>${s.service}</wsse:Username><wsse:${n} Type="http://docs.example.org/wss#Text">${xml(v)}</wsse:${n}></wsse:Security></soap:Header>`,
  ),
  quoted(
    'xml-cdata',
    ['camel', 'kebab'],
    (n, v, s) => `<config><service>${s.service}</service><${n}><![CDATA[${v}]]></${n}></config>`,
  ),
  quoted(
    'property-list',
    ['camel', 'pascal'],
    (n, v, s) =>
      `<dict>\n\t<key>Service</key>\n\t<string>${s.service}</string>\n\t<key>${n}</key>\n\t<string>${xml(v)}</string>\n</dict>`,
  ),
  quoted(
    'html-meta',
    ['kebab'],
    (n, v, s) => `<head><title>${s.service}</title><meta name="${n}" content="${xml(v)}"></head>`,
  ),
  quoted('html-data', ['kebab'], (n, v, s) => `<div id="${s.service}" data-${n}="${xml(v)}" class="wide"></div>`),
  quoted('sql-quoted-names', ['snake', 'camel'], (n, v, s, r) => {
    const [open, close] = r.pick([
      ['"', '"'],
      ['`', '`'],
      ['[', ']'],
    ]);
    return `Executing (default): UPDATE ${open}${s.service}${close} SET ${open}${n}${close}='${v.replaceAll("'", "''")}' WHERE ${open}id${close}=7`;
  }),
  quoted(
    'python-keywords',
    ['snake'],
    (n, v, s) =>
      `TypeError: connect() got an unexpected keyword argument 'retries': connect(service='${s.service}', ${n}=${single(v)}, port=${s.port})`,
  ),
  quoted(
    'python-tuples',
    ['snake', 'kebab'],
    (n, v, s) => `[('service', '${s.service}'), ('${n}', ${single(v)}), ('port', ${s.port})]`,
  ),
  quoted(
    'locals-of-a-frame',
    ['snake', 'camel'],
    (n, v, s) =>
      `  File "/app/${s.service}.py", line 12, in connect\n    db.open(user, ${n})\nLocals:\n    user = '${s.user}'\n    ${n} = ${single(v)}`,
  ),
  quoted(
    'javascript-assignment',
    ['camel'],
    (n, v, s) => `window.__CONFIG__={service:"${s.service}",${n.replaceAll('-', '')}:${double(v)},port:${s.port}};`,
  ),

  toLineEnd(
    'windows-set',
    ['screaming'],
    (n, v, s) => `C:\\app> set SERVICE=${s.service}\r\nC:\\app> set ${n}=${v}\r\n`,
  ),
  toLineEnd(
    'compose-environment',
    ['screaming'],
    (n, v, s) => `  ${s.service}:\n    environment:\n      - NODE_ENV=production\n      - ${n}=${v}\n    image: shop\n`,
  ),
  toLineEnd('shell-trace', ['screaming'], (n, v, s) => `+ cd /srv/${s.service}\n+ ${n}=${v}\n+ npm ci`),
  toLineEnd(
    'format-list',
    ['pascal'],
    (n, v, s) => `Service         : ${s.service}\n${n.padEnd(15)} : ${v}\nPort            : ${s.port}\n`,
  ),
  toLineEnd(
    'makefile',
    ['screaming'],
    (n, v, s, r) => `SERVICE := ${s.service}\n${n} ${r.pick([':=', '?=', '='])} ${v}\n\nbuild:\n`,
  ),

  quoted(
    'systemd-unit',
    ['screaming'],
    (n, v, s) => `[Service]\nExecStart=/usr/bin/${s.service}\nEnvironment=${double(`${n}=${v}`)}\nRestart=always`,
  ),
  quoted(
    'powershell-environment',
    ['screaming'],
    (n, v, s) => `$env:SERVICE = "${s.service}"\n$env:${n} = '${v.replaceAll("'", "''").replaceAll('\n', '`n')}'`,
  ),
  quoted(
    'yaml-anchor',
    ['snake', 'camel'],
    (n, v, s) =>
      `base: &base\n  service: ${s.service}\n  "${n}": ${v.includes('\n') ? double(v) : yaml(v)}\nprod:\n  <<: *base`,
  ),

  toBlank(
    'go-map',
    ['camel', 'snake'],
    (n, v, s) => `level=error opts=map[${n}:${v} port:${s.port} service:${s.service}]`,
  ),
  toBlank('scala-map', ['camel'], (n, v, s) => `Map(service -> ${s.service}, ${n} -> ${v}, port -> ${s.port})`),
  toBlank(
    'java-properties',
    ['camel', 'dotted'],
    (n, v, s) => `properties={service=${s.service}, ${n}=${v}, port=${s.port}}`,
  ),
  toBlank(
    'objective-c',
    ['camel'],
    (n, v, s) => `userInfo = {\n    service = ${s.service};\n    ${n} = ${v};\n    port = ${s.port};\n}`,
  ),
  toCell(
    'setenv',
    ['screaming'],
    (n, v, s, r) =>
      `${r.pick(['setenv', 'set -gx', 'set -x', 'ENV', 'SetEnv'])} ${n} ${v}\n# ${s.service} on ${s.port}`,
  ),
  toBlank('upper-case', ['screaming'], (n, v, s) => `FATAL ${s.service}: BAD LOGIN (${n}=${v}) ON PORT ${s.port}`),
  toBlank('semicolons', ['camel', 'pascal'], (n, v, s) => `service=${s.service};${n}=${v};port=${s.port};`),
  toBlank('pipes', ['snake', 'camel'], (n, v, s) => `service=${s.service}|${n}=${v}|port=${s.port}`),
  toCell(
    'table-of-two-columns',
    ['snake', 'kebab'],
    (n, v, s) =>
      `Key                 Value\n---                 -----\nservice             ${s.service}\n${n.padEnd(19)} ${v}\nport                ${s.port}\n`,
  ),
  toCell(
    'markdown-table',
    ['spaced', 'snake'],
    (n, v, s) => `| name | value |\n| --- | --- |\n| service | ${s.service} |\n| ${n} | ${v} |\n| port | ${s.port} |`,
  ),
  toBlank('actions-output', ['snake'], (n, v, s) => `::set-output name=${n}::${v}\n${s.service} listens on ${s.port}`),

  context('colon-after-blank', 'colon', (p, s, r) => {
    const name = nameOf(p, r, 'spaced', 'camel');
    return { input: `${s.service} ${name} : ${p.text} (${s.status})`, kept: [s.service, name, s.status] };
  }),
  context('colon-no-break', 'colon', (p, s, r) => {
    const name = nameOf(p, r, 'spaced', 'snake');
    return { input: `${s.service} ${name}:\u00a0${p.text} ${s.status}`, kept: [s.service, name, s.status] };
  }),
  context('colon-tab', 'colon', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'pascal');
    return {
      input: `Service:\t${s.service}\n${name}:\t${p.text}\nStatus:\t${s.status}\n`,
      kept: [s.service, name, s.status],
    };
  }),
  context('prose-other-quotes', 'prose', (p, s, r) => {
    const [open, close] = r.pick([
      ['“', '”'],
      ['‘', '’'],
      ['«', '»'],
      ['„', '“'],
      ['«\u00a0', '\u00a0»'],
      ['「', '」'],
      ['\\"', '\\"'],
    ]);
    const name = r.pick(['password', 'API key', 'access token', 'client secret', 'passphrase']);
    return {
      input: `${s.service}: the ${name} is ${open}${p.text}${close}, said ${s.user}`,
      kept: [s.service, name, s.user],
    };
  }),
];
