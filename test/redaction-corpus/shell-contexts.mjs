// Command lines, environments, addresses, request bodies.
import { carriedBy, context, double, flagOf, json, nameOf, shell } from './context-table.mjs';

/** Commands whose flags say by themselves that a password follows; `{v}` the quoted value. */
const COMMANDS = [
  (v, s) => `curl -sS -u ${s.user}:${v} https://${s.host}${s.route}`,
  (v, s) => `curl --user ${s.user}:${v} https://${s.host}${s.route}`,
  (v, s) => `mysql -h ${s.host} -u ${s.user} -p${v} ${s.database}`,
  (v, s) => `mysqldump --host=${s.host} --user=${s.user} --password=${v} ${s.database}`,
  (v, s) => `PGPASSWORD=${v} psql -h ${s.host} -U ${s.user} ${s.database}`,
  (v, s) => `sshpass -p ${v} ssh ${s.user}@${s.host}`,
  (v, s) => `redis-cli -h ${s.host} -a ${v} ping`,
  (v, s) => `docker login -u ${s.user} -p ${v} ${s.host}`,
  (v, s) => `az login --service-principal -u ${s.user} -p ${v} --tenant ${s.host}`,
  (v, s) => `helm upgrade ${s.service} ./chart --set db.password=${v} --set db.host=${s.host}`,
  (v, s) => `kubectl create secret generic ${s.service} --from-literal=password=${v}`,
  (v, s) => `openssl pkcs12 -in ${s.service}.p12 -passin pass:${v} -nodes`,
  (v, s) => `docker run -e DB_PASSWORD=${v} -e DB_HOST=${s.host} ${s.service}`,
  (v, s) => `wget --user=${s.user} --password=${v} https://${s.host}${s.route}`,
];

const SQL = [
  (v, s) => `ALTER USER ${s.database} WITH PASSWORD '${v}'`,
  (v, s) => `CREATE USER '${s.user}'@'%' IDENTIFIED BY '${v}'`,
  (v, s) => `CREATE ROLE ${s.database} LOGIN ENCRYPTED PASSWORD '${v}' VALID UNTIL 'infinity'`,
  (v, s) => `ALTER LOGIN ${s.database} WITH PASSWORD = N'${v}'`,
  (v, s) => `SET PASSWORD FOR '${s.user}'@'%' = '${v}'`,
  (v, s) => `CREATE USER ${s.database} IDENTIFIED WITH mysql_native_password BY '${v}'`,
  (v, s) => `GRANT ALL ON ${s.database}.* TO '${s.user}'@'%' IDENTIFIED BY '${v}'`,
];

/** What servers and clients of protocols write when they trace: the command names the secret. */
const PROTOCOLS = [
  (v, s) => `${s.host}:${s.port}> AUTH ${v}`,
  (v, s) => `1736676672.123 [0 ${s.host}:${s.port}] "AUTH" "${v}"`,
  (v) => `CONFIG SET requirepass ${v}`,
  (v, s) => `"AUTH" "${s.user}" "${v}"`,
];

const words = (value) => (/[^\w./:=@+-]/.test(value) ? shell(value) : value);

export const SHELL_CONTEXTS = [
  context('environment', 'lineEnded', (p, s, r) => {
    const name = nameOf(p, r, 'screaming');
    return {
      input: `PATH=/usr/local/bin:/usr/bin\nPORT=${s.port}\n${name}=${p.text}\nSERVICE_NAME=${s.service}\n`,
      kept: ['/usr/local/bin', s.port, name, s.service],
    };
  }),
  context('export', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'screaming');
    return {
      input: `export HOST=${s.host}\nexport ${name}=${r.pick([shell, double])(p.text)}\nnode ${s.service}.js`,
      kept: [s.host, name, s.service],
    };
  }),
  context('declare', 'quoted', (p, s, r) => {
    const name = nameOf(p, r, 'screaming');
    return {
      input: `declare -x PORT="${s.port}"\ndeclare -x ${name}=${double(p.text)}\ndeclare -x USER="${s.user}"`,
      kept: [s.port, name, s.user],
    };
  }),
  context('dockerfile', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'screaming');
    return {
      input: `Step 4/9 : ENV ${name}=${p.text}\n ---> Running in 3f2a9c1b7d10\nStep 5/9 : EXPOSE ${s.port}`,
      kept: ['Step 4/9', name, s.port],
    };
  }),
  context('flag-with-blank', 'blankEnded', (p, s, r) => {
    const name = flagOf(p, r);
    return {
      input: `Command failed: ${s.service} --host ${s.host} --${name} ${words(p.text)} --port ${s.port}`,
      kept: ['Command failed', s.service, s.host, name, s.port],
    };
  }),
  context('flag-with-equals', 'blankEnded', (p, s, r) => {
    const name = flagOf(p, r);
    return {
      input: `+ ${s.service} --host=${s.host} --${name}=${words(p.text)} --port=${s.port}`,
      kept: [s.service, s.host, name, s.port],
    };
  }),
  context('flag-quoted', 'quoted', (p, s, r) => {
    const name = flagOf(p, r);
    return {
      input: `$ ${s.service} --host ${s.host} --${name}${r.pick(['=', ' '])}${r.pick([shell, double])(p.text)} --port ${s.port}`,
      kept: [s.service, s.host, name, s.port],
    };
  }),
  context('java-property', 'blankEnded', (p, s, r) => {
    const name = nameOf(p, r, 'dotted', 'camel');
    return {
      input: `java -Xmx512m -Dserver.port=${s.port} -Dapp.${name}=${words(p.text)} -jar ${s.service}.jar`,
      kept: ['-Xmx512m', s.port, name, s.service],
    };
  }),
  context('command', 'password', (p, s, r) => {
    const value = r.pick([words, words, shell])(p.text);
    const input = r.pick(COMMANDS)(value, s);
    return {
      input: `${s.error}: Command failed: ${input}`,
      kept: [
        s.error,
        ...[s.host, s.user, s.database, s.service].filter((part) => input.split(/[\s=:@/]/).includes(part)),
      ],
    };
  }),
  context('sql-password', 'password', (p, s, r) => {
    const input = r.pick(SQL)(p.text, s);
    return {
      input: `ERROR: syntax error at or near ";" in: ${input};`,
      kept: ['syntax error', ...[s.user, s.database].filter((part) => input.includes(part))],
    };
  }),
  context('protocol', 'password', (p, s, r) => {
    const input = r.pick(PROTOCOLS)(p.text, s);
    return {
      input: `${s.time} ${s.service} trace: ${input}`,
      kept: [s.service, s.time, ...[s.host, s.user].filter((part) => input.includes(part))],
    };
  }),

  context('curl-header', 'header', (p, s, r) => ({
    input: `curl -X POST https://${s.host}${s.route} -H ${r.pick([shell, double])(p.text)} -H 'Accept: application/json' -d '{"order":${s.order}}'`,
    kept: [s.host, s.route, 'application/json', s.order],
  })),
  context('fetch-call', 'header', (p, s) => ({
    input: `fetch("https://${s.host}${s.route}", { "method": "POST", "headers": { "accept": "*/*", ${json(p.header.name)}: ${json(p.header.value)} } })`,
    kept: [s.host, s.route],
  })),

  context('query', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel', 'kebab');
    return {
      input: `${s.time} GET https://${s.host}${s.route}?page=2&${encodeURIComponent(name)}=${encodeURIComponent(p.text)}&limit=50 ${s.status}`,
      kept: [s.host, s.route, 'page=2', name, 'limit=50', s.status],
      coversAll: true,
    };
  }),
  context('query-of-path', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `${s.host} - - "POST ${s.route}?${encodeURIComponent(name)}=${encodeURIComponent(p.text)} HTTP/1.1" ${s.status} ${s.ms}`,
      kept: [s.host, s.route, name, s.status],
      coversAll: true,
    };
  }),
  context('fragment', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake');
    return {
      input: `navigated to https://${s.host}${s.route}#${encodeURIComponent(name)}=${encodeURIComponent(p.text)}&state=done`,
      kept: [s.host, s.route, name, 'state=done'],
      coversAll: true,
    };
  }),
  context('form-body', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `${s.route} body: user=${encodeURIComponent(s.user)}&${encodeURIComponent(name)}=${encodeURIComponent(p.text).replaceAll('%20', '+')}&remember=1`,
      kept: [s.route, s.user, name, 'remember=1'],
      coversAll: true,
    };
  }),
  context('form-body-nested', 'parameter', (p, s, r) => {
    const name = nameOf(p, r, 'snake');
    return {
      input: `Parameters: user%5Bname%5D=${encodeURIComponent(s.user)}&user%5B${encodeURIComponent(name)}%5D=${encodeURIComponent(p.text)}&commit=Save`,
      kept: [s.user, name, 'commit=Save'],
      coversAll: true,
    };
  }),
  context('url-in-parameter', 'address', (p, s) => ({
    input: `redirect to https://${s.host}/login?next=${encodeURIComponent(p.text)}&lang=en`,
    kept: [s.host, 'lang=en'],
  })),
  context('path', 'word', (p, s) => ({
    input: `${s.status} GET https://${s.host}/hook/${p.text.replaceAll('/', '%2F')}/events took ${s.ms} ms`,
    kept: [s.status, s.host, s.ms],
  })),
  context('link', 'address', (p, s, r) => {
    const [before, after] = r.pick([
      ['<', '>'],
      ['(', ')'],
      ['"', '"'],
      ['[docs](', ')'],
      ['href="', '">'],
      ["'", "'."],
      ['`', '`,'],
    ]);
    return { input: `${s.service} could not open ${before}${p.text}${after} in ${s.ms} ms`, kept: [s.service, s.ms] };
  }),
  context('git-error', 'address', (p, s) => ({
    input: `fatal: unable to access '${p.text}': The requested URL returned error: ${s.status}`,
    kept: ['fatal: unable to access', s.status],
  })),
  context('argv-quoted', 'quoted', (p, s, r) => {
    const name = flagOf(p, r);
    return {
      input: `spawnargs: [ 'run', '--host', '${s.host}', '--${name}', ${shellLess(carriedBy(p))} ], code: 1`,
      kept: [s.host, name, 'code: 1'],
    };
  }),
];

const shellLess = (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
