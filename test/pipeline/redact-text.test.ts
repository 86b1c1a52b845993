import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import { made, madeJwt, PASSWORD } from './redact-secrets.ts';

const P = PASSWORD;
const M = '[REDACTED]';

/** What is said about the value stays, the value goes: text with `P` in it → the same text with the marker. */
function masked(rows: readonly (readonly [text: string, out?: string])[]): (readonly [string, string])[] {
  return rows.map(([text, out]) => [text, out ?? text.replaceAll(P, M)]);
}

function expectMasked(text: string, out: string): void {
  expect(redact(text)).toBe(out);
  expect(redact(out)).toBe(out);
  expect(out).not.toContain(P);
}

describe('names and values in a text', () => {
  it.each(
    masked([
      [`password=${P}`],
      [`password: ${P}`],
      [`password = ${P}`],
      [`Password : ${P}`],
      [`login failed, password=${P}, host=db`],
      [`login failed (password=${P}) for bob`],
      [`"password":"${P}","user":"bob"`],
      [`{'password': '${P}', 'user': 'bob'}`],
      [`{ password: '${P}', user: 'bob' }`],
      [`{"password" : "${P}"}`],
      ['{"password":"with \\"quotes\\" inside","user":"bob"}', `{"password":"${M}","user":"bob"}`],
      ['{"password":"ends in a backslash\\\\","user":"bob"}', `{"password":"${M}","user":"bob"}`],
      [`"pin":1234,"user":"bob"`, `"pin":"${M}","user":"bob"`],
      [`"tokens":["${P}","b"],"user":"bob"`, `"tokens":"${M}","user":"bob"`],
      [`"credentials":{"user":"a","password":"${P}"},"z":1`, `"credentials":"${M}","z":1`],
      [`{\\"password\\":{\\"a\\":[\\"]${P}\\"]},\\"z\\":1}`, `{\\"password\\":\\"${M}\\",\\"z\\":1}`],
      [`credentials: { user: 'a', pass: '${P}' } at 12`, `credentials: ${M} at 12`],
      [`DB_PASSWORD=${P}`],
      [`export AWS_SECRET_ACCESS_KEY=${P}\nHOME=/root`],
      [`set API_KEY_2=${P}`],
      [`PGPASSWORD=${P} psql -h db`],
      [`$env:CLIENT_SECRET = "${P}"`],
      [`db.password=${P}\ndb.host=x`],
      [`spring.datasource.password: ${P}`],
      [`database:\n  user: app\n  password: ${P}\n  host: db`],
      [`password: "${P}"  # comment`],
      [`password: |\n  ${P}\n  second line\nuser: bob`, `password: |\n  ${M}\nuser: bob`],
      [`tokens:\n  - ${P}\n  - other1\nuser: bob`, `tokens:\n  - ${M}\nuser: bob`],
      [`level=error password="${P}" status=500`],
      [`level=error token=${P} status=500`],
      [`<password>${P}</password><user>bob</user>`],
      [`<ns:Password kind="x">${P}</ns:Password>`],
      [`<password>\n  ${P}\n</password>`],
      [`<password><![CDATA[${P}]]></password>`],
      [`<add key="Password" value="${P}" />`],
      [`{"name":"password","value":"${P}"}`],
      [`{"key":"api_key","value":{"stringValue":"${P}"}}`, `{"key":"api_key","value":"${M}"}`],
      [`[["password","${P}"],["user","bob"]]`],
      [`('password', '${P}')`],
      [`["Host","x","Authorization","Bearer ${P}","Accept","y"]`],
      [`:password => "${P}", :user => "bob"`],
      [`'password' => '${P}'`],
      [`map[password:${P} user:bob]`],
      [`{User:bob Password:${P}}`],
      [`User(name=bob, password=${P})`],
      [`User { name: "bob", password: Some("${P}") }`],
      [`SecretStr('${P}')`],
      [`array(1) { ["password"]=>\n  string(9) "${P}" }`],
      [`if (password == "${P}")`],
      [`headers["x-api-key"] = "${P}"`],
      [`user[password]=${P}&user[name]=bob`],
      [`"${`{""password"":""${P}""}`}",2,3`],
      [`api key: ${P}`],
      [`API key = ${P}`],
      [`mot de passe : ${P}`],
      [`contraseña: ${P}`],
      [`Passwort=${P}`],
      [`senha: ${P}`],
      [`пароль: ${P}`],
      [`パスワード：${P}`],
      [`passphrase: correct horse ${P}`, `passphrase: ${M}`],
      [`password=abc,${P}&${P};${P}`, `password=${M}`],
      [`token=${P}${M}`, `token=${M}`],
    ]),
  )('%s', expectMasked);

  it.each([1, 2, 3])('%i levels of JSON', (levels) => {
    const write = (value: unknown, depth: number): string =>
      depth === 0 ? JSON.stringify(value) : JSON.stringify({ body: write(value, depth - 1) });
    const source = { password: 'a "quoted" \\ one', user: 'bob' };
    expect(redact(write(source, levels))).toBe(write({ ...source, password: M }, levels));
  });

  it('ends with the line when the closing quote was cut off', () => {
    expect(redact(`{"password":"${P} and more`)).toBe(`{"password":"${M}`);
    expect(redact(`{"secrets":{"a":"${P}","b`)).toBe(`{"secrets":"${M}"`);
  });
});

describe('connection strings', () => {
  it.each(
    masked([
      [`Server=db;User Id=sa;Password=${P};Database=shop`],
      [`Server=db;Pwd=${P}`],
      [`Server=db;Password="a;${P}";Database=shop`, `Server=db;Password="${M}";Database=shop`],
      [
        `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${P}/a+b==;EndpointSuffix=core`,
        `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${M};EndpointSuffix=core`,
      ],
      [
        `Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=${P}=`,
        `Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=${M}`,
      ],
      [`host=db port=5432 password=${P} dbname=shop`],
      [`jdbc:mysql://db/shop?user=app&password=${P}&ssl=1`],
      [`jdbc:sqlserver://db:1433;user=sa;password=${P};encrypt=true`],
    ]),
  )('%s', expectMasked);
});

describe('headers', () => {
  it.each(
    masked([
      [`Authorization: Bearer ${P}`],
      [`authorization: bearer ${P}`],
      [`AUTHORIZATION: Basic ${P}`],
      [`Authorization: token ${P}`],
      [`Authorization: Bot ${P}`],
      [`Authorization: ${P}`],
      [`Authorization: Digest username="bob", response="${P}", nonce="x"`, `Authorization: Digest ${M}`],
      [
        `Authorization: AWS4-HMAC-SHA256 Credential=A/b, SignedHeaders=host, Signature=${P}`,
        `Authorization: AWS4-HMAC-SHA256 ${M}`,
      ],
      [`Proxy-Authorization: Basic ${P}`],
      [`authorization=Bearer ${P} status=500`],
      [`{ authorization: 'Bearer ${P}', host: 'x' }`],
      [`Cookie: a=${P}; b=2`, `Cookie: ${M}`],
      [`Set-Cookie: sid=${P}; Path=/; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT`, `Set-Cookie: ${M}`],
      [`curl -H 'Cookie: a=${P}; b=2' -v https://x`, `curl -H 'Cookie: ${M}' -v https://x`],
      [`X-Api-Key: ${P}`],
      [`apikey: ${P}`],
      [`X-Auth-Token: ${P}`],
      [`X-Vault-Token: ${P}`],
      [`PRIVATE-TOKEN: ${P}`],
      [`Ocp-Apim-Subscription-Key: ${P}`],
      [`X-Amz-Security-Token: ${P}`],
      [`X-Goog-Api-Key: ${P}`],
      [`curl -H "X-Api-Key: ${P}" https://x`],
      [`GET / HTTP/1.1\r\nAuthorization: Bearer ${P}\r\nHost: example.com\r\n\r\n`],
      [`{"_header":"GET / HTTP/1.1\\r\\nAuthorization: Bearer ${P}\\r\\nHost: example.com\\r\\n"}`],
      [
        `{"_header":"GET / HTTP/1.1\\r\\nCookie: a=${P}; b=2\\r\\nHost: example.com\\r\\n"}`,
        `{"_header":"GET / HTTP/1.1\\r\\nCookie: ${M}\\r\\nHost: example.com\\r\\n"}`,
      ],
      [`request failed: Bearer ${P} was refused`],
      [`map[Authorization:[Bearer ${P}] Host:[x]]`, `map[Authorization:${M} Host:[x]]`],
    ]),
  )('%s', expectMasked);

  it('knows basic credentials by what they decode to', () => {
    const basic = Buffer.from(`bob:${P}`).toString('base64');
    expect(redact(`sent Basic ${basic} to x`)).toBe(`sent Basic ${M} to x`);
  });
});

describe('addresses that are secrets themselves', () => {
  it.each(
    masked([
      [`https://s3.example.com/k?X-Amz-Credential=${P}&X-Amz-Signature=${P}&X-Amz-Expires=60`],
      [`https://storage.example.com/k?X-Goog-Signature=${P}&x=1`],
      [
        `https://x.blob.example.com/k?sv=2024&sig=${P}%3D&se=2026`,
        `https://x.blob.example.com/k?sv=2024&sig=${M}&se=2026`,
      ],
      [`https://app/#access_token=${P}&state=1`],
      [`https://app/cb?code=${P}&state=1`],
      [`https://api/?key=${P}`],
      [`https://api/?api_key=${P}&q=1`],
      [`https://api/reset?token=${P}`],
      [`https://api/reset?a=1&amp;token=${P}&amp;b=2`],
      [`otpauth://totp/x:bob?secret=${P}&issuer=x`],
      [`(see https://api/?token=${P})`],
    ]),
  )('%s', expectMasked);
});

describe('command lines', () => {
  it.each(
    masked([
      [`tool --password ${P} --host db`],
      [`tool --password=${P} --host db`],
      [`tool --api-key '${P}' run`],
      [`["tool","--password","${P}","--host"]`],
      [`curl -u bob:${P} https://x`],
      [`curl --user bob:${P} https://x`],
      [`curl -u 'bob:${P}' https://x`],
      [`mysql -u root -p${P} shop`],
      [`mysqldump -p'${P}' shop`],
      [`sshpass -p ${P} ssh bob@x`],
      [`redis-cli -h x -a ${P} ping`],
      [`docker login -u bob -p ${P} registry`],
      [`curl -b 'sid=${P}' https://x`, `curl -b '${M}' https://x`],
      [`machine x login bob password ${P}`],
    ]),
  )('%s', expectMasked);
});

describe('SQL and prose', () => {
  it.each(
    masked([
      [`ALTER USER bob WITH PASSWORD '${P}'`],
      [`CREATE USER 'bob'@'%' IDENTIFIED BY '${P}'`],
      [`IDENTIFIED WITH mysql_native_password BY '${P}'`],
      [`SET PASSWORD = '${P}'`],
      [`SELECT * FROM t WHERE api_key = '${P}' AND id = 1`],
      [`UPDATE u SET password='it''s ${P}' WHERE id=1`, `UPDATE u SET password='${M}' WHERE id=1`],
      [`SET PASSWORD FOR 'bob' = PASSWORD('${P}')`],
      [`your password "${P}" was refused`],
      [`the API key '${P}' is not valid`],
      [`the token is ${P} now`],
      [`the password was "${P}".`],
      [`set password ${P} for bob`],
      ['your PIN is 1234', `your PIN is ${M}`],
      [`invalid API key ${made('alnum', 32)} given`, `invalid API key ${M} given`],
    ]),
  )('%s', expectMasked);
});

describe('what hides a secret', () => {
  it('is taken out, of the text that is posted as well', () => {
    expect(redact(`pass\u200bword=${P.slice(0, 3)}\u00ad${P.slice(3)}\ufeff ok`)).toBe(`password=${M} ok`);
    expect(redact(`\u001b[31mpassword\u001b[0m=\u001b[1m${P}\u001b[0m ok`)).toBe(`password=${M} ok`);
    expect(redact('a\u202eb\u2066c\u0000d')).toBe('abcd');
    expect(redact('\\u001b[31mred\\u001b[0m')).toBe('red');
  });

  it('is left where it is part of a script or an emoji', () => {
    for (const text of ['👩‍👩‍👧‍👦 ⚠️ done', 'می‌خواهم', 'क्‍ष']) expect(redact(text)).toBe(text);
  });
});

describe('markers', () => {
  it('are out of reach of the rules', () => {
    for (const text of [
      `password=${M}`,
      `Authorization: Bearer [REDACTED:jwt]`,
      `token: [REDACTED:github-token], retrying`,
      'postgres://u:[REDACTED]@h/x',
      'https://[REDACTED:github-token]@github.com/x',
      'https://u:%5BREDACTED%5D@h/x',
      'password=[withheld: redaction failed]',
      '[REDACTED:github-token]=1',
    ]) {
      expect(redact(text)).toBe(text);
    }
  });

  it('cannot be forged to protect a secret', () => {
    expect(redact(`password=[REDACTED:${P.toLowerCase()}]`)).toBe(`password=${M}`);
  });

  it('take no part of the text for a replacement pattern', () => {
    expect(redact(`$& $1 password=${P} $'`)).toBe(`$& $1 password=${M} $'`);
  });
});

describe('the whole text', () => {
  it('masks every secret, not every other one', () => {
    const jwt = madeJwt();
    expect(redact(Array(5).fill(`${jwt} password=${P}`).join('\n'))).toBe(
      Array(5).fill(`[REDACTED:jwt] password=${M}`).join('\n'),
    );
  });

  it('is withheld beyond a mebibyte', () => {
    expect(redact('a'.repeat(1_048_577))).toBe('[withheld: too large]');
    expect(redact('a'.repeat(1_048_576))).toHaveLength(1_048_576);
  });

  it('is not steered by what it says', () => {
    for (const hint of ['# pragma: allowlist secret', 'secretlint-disable', 'gitleaks:allow', 'example', '// nosec']) {
      expect(redact(`password=${P} ${hint}`)).toBe(`password=${M} ${hint}`);
    }
  });
});
