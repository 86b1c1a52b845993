import { describe, expect, it } from 'vitest';
import { ALPHABETS } from '../../src/pipeline/redact-chars.ts';
import { PREFIX_RULES, SOURCES } from '../../src/pipeline/redact-rules.ts';
import { SHAPE_RULES } from '../../src/pipeline/redact-shapes.ts';
import { redact } from '../../src/redact.ts';
import { made, madeJwt, madePem, PASSWORD, SAMPLES } from './redact-secrets.ts';

/** The places where the same secret turns up. */
const CONTEXTS: Readonly<Record<string, (secret: string) => string>> = {
  alone: (s) => s,
  'log line': (s) => `2026-01-02T03:04:05Z ERROR call failed with ${s} after 3 tries`,
  'end of a sentence': (s) => `The call was made with ${s}.`,
  brackets: (s) => `(${s}) [${s}] {${s}} <${s}>`,
  list: (s) => `a,${s},b;${s}|${s}&c`,
  quotes: (s) => `'${s}' "${s}" \`${s}\``,
  json: (s) => JSON.stringify({ a: s, b: [s] }),
  'json in json': (s) => JSON.stringify({ body: JSON.stringify({ a: s }) }),
  'json in json in json': (s) => JSON.stringify({ body: JSON.stringify({ body: JSON.stringify({ a: s }) }) }),
  'after an escaped line end': (s) => `first\\n${s}\\nlast`,
  'after an encoded quote': (s) => `%22${s}%22`,
  yaml: (s) => `config:\n  value: ${s}\n  other: 1`,
  ini: (s) => `[main]\nvalue=${s}\nother=1`,
  xml: (s) => `<config><value>${s}</value></config>`,
  logfmt: (s) => `level=error value=${s} status=500`,
  environment: (s) => `export VALUE=${s}\nHOME=/root`,
  'command line': (s) => `tool --value ${s} --value=${s} -v`,
  form: (s) => `a=1&value=${s}&b=2`,
  'url path': (s) => `https://api.example.com/v1/${s}/items`,
  'url query': (s) => `https://api.example.com/?value=${s}&page=2#${s}`,
  header: (s) => `GET / HTTP/1.1\r\nX-Value: ${s}\r\nHost: example.com\r\n`,
  csv: (s) => `1,bob,${s},2026\n2,"${s}",x`,
  sql: (s) => `INSERT INTO t (a) VALUES ('${s}')`,
  stack: (s) => `Error: refused ${s}\n    at f (/app/a.js:1:2)\nCaused by: Error: ${s}`,
  'underscore before': (s) => `x_${s}`,
  colours: (s) => `\u001b[31m${s}\u001b[0m`,
  'soft hyphen inside': (s) => `${s.slice(0, 9)}\u00ad${s.slice(9)}`,
  'zero-width space inside': (s) => `${s.slice(0, 3)}\u200b${s.slice(3)}`,
};

/** What must not remain: any stretch of the secret long enough to be of use. */
function remains(text: string, secret: string): string | undefined {
  for (let i = 4; i + 8 <= secret.length; i++) {
    const part = secret.slice(i, i + 8);
    if (text.includes(part)) return part;
  }
  return undefined;
}

describe('secrets that are known by their form', () => {
  it('has a sample for every rule', () => {
    const tested = new Set(SAMPLES.map(([id]) => id));
    const elsewhere = [
      'discord-webhook',
      'slack-webhook',
      'teams-webhook',
      'oracle-thin-password',
      'one-time-link',
      'webhook-address',
      'aws-secret-access-key',
      'newrelic-license-key',
      'blockchain-endpoint',
    ];
    expect(
      [...PREFIX_RULES, ...SHAPE_RULES].map(({ id }) => id).filter((id) => !tested.has(id) && !elsewhere.includes(id)),
    ).toEqual([]);
  });

  const rows = SAMPLES.map(([id, secret], index) => ({ id, secret, index }));
  // Hashes and two-part tokens hold characters that some of the contexts write differently.
  const plain = (context: string, secret: string): boolean =>
    !(
      context === 'underscore before' &&
      /^(?:key-|re_|sec|pat|sdk-|api-|mob-|\d|[0-9a-f]{32}-|M|[A-Za-z0-9]{14}\.|[A-Za-z0-9]{3}8Q)/.test(secret)
    );

  it.each(rows)('$id (sample $index) is masked in every context', ({ id, secret }) => {
    for (const [context, write] of Object.entries(CONTEXTS)) {
      if (!plain(context, secret)) continue;
      const out = redact(write(secret));
      expect(remains(out, secret), `${id} in ${context}`).toBeUndefined();
      expect(redact(out), `${id} in ${context}, again`).toBe(out);
    }
  });

  it.each(rows)('$id (sample $index) names its kind', ({ id, secret }) => {
    const kind = [...PREFIX_RULES, ...SHAPE_RULES].find((rule) => rule.id === id)?.kind;
    expect(redact(`with ${secret}, which failed`)).toBe(`with [REDACTED:${kind}], which failed`);
  });

  it('masks a token that was cut after 12 characters', () => {
    for (const prefix of [`gh${'p_'}`, `gl${'pat-'}`, `xo${'xb-'}`, `AK${'IA'}`, `hv${'s.'}`, `sk-${'proj-'}`]) {
      expect(redact(`with ${prefix}${made('base32', 12)}… cut`)).toMatch(
        /^with \[REDACTED:[a-z]+-(?:token|key)\]… cut$/,
      );
    }
  });

  it('takes a longer token whole: no tail remains', () => {
    expect(redact(`gh${'p_'}${made('alnum', 300)} ok`)).toBe('[REDACTED:github-token] ok');
  });
});

describe('the table of prefix rules', () => {
  it.each(PREFIX_RULES.map((rule) => [rule.id, rule] as const))('%s is well-formed', (_, rule) => {
    expect(rule.kind).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(SOURCES[rule.source]).toMatch(/^https:\/\//);
    expect(rule.minLength).toBeGreaterThanOrEqual(10);
    expect(ALPHABETS[rule.alphabet]).toBeDefined();
    for (const prefix of rule.prefixes) expect(prefix.length).toBeGreaterThanOrEqual(2);
    if (rule.shape !== undefined) expect(rule.shape.sticky).toBe(true);
  });

  it('has unique ids', () => {
    const ids = [...PREFIX_RULES, ...SHAPE_RULES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('webhook addresses', () => {
  const token = made('dash', 68);
  const id = '123456789012345678';
  it.each([
    ['discord.com', ''],
    ['discordapp.com', ''],
    ['canary.discord.com', ''],
    ['ptb.discord.com', ''],
    ['discord.com', '/slack'],
    ['discord.com', '/github'],
    ['discord.com', '/messages/998877665544332211'],
    ['discord.com', '?wait=true&thread_id=1'],
  ])('%s …%s keeps its id and loses its token', (host, suffix) => {
    for (const version of ['', 'v10/', 'v9/']) {
      expect(redact(`POST https://${host}/api/${version}webhooks/${id}/${token}${suffix} failed`)).toBe(
        `POST https://${host}/api/${version}webhooks/${id}/[REDACTED:discord-webhook]${suffix} failed`,
      );
    }
  });

  it('is masked with escaped slashes', () => {
    const url = `https://discord.com/api/webhooks/${id}/${token}`.replaceAll('/', '\\/');
    expect(redact(`{"url":"${url}"}`)).not.toContain(token);
  });

  it('masks Slack and Teams webhooks', () => {
    const slack = `https://hooks.slack.com/services/T${made('upper', 8)}/B${made('upper', 8)}/${made('alnum', 24)}`;
    expect(redact(`to ${slack} now`)).toBe('to https://hooks.slack.com/services/[REDACTED:slack-webhook] now');
    const teams = `https://x.webhook.office.com/webhookb2/${made('hex', 32)}@${made('hex', 32)}/IncomingWebhook/${made('hex', 32)}/1`;
    expect(redact(`to ${teams} now`)).toBe('to https://x.webhook.office.com/webhookb2/[REDACTED:teams-webhook] now');
  });

  it('masks the token in the address of a Telegram bot', () => {
    const bot = `${made('digits', 9)}:${'AA'}${made('dash', 33)}`;
    expect(redact(`https://api.telegram.org/bot${bot}/sendMessage`)).toBe(
      'https://api.telegram.org/bot[REDACTED:telegram-token]/sendMessage',
    );
  });
});

describe('private keys', () => {
  const labels = [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'DSA PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ];

  it.each(labels)('%s goes as a whole', (label) => {
    expect(redact(`before\n${madePem(label)}\nafter`)).toBe('before\n[REDACTED:private-key]\nafter');
  });

  it.each([
    ['line ends written out', (pem: string) => pem.replaceAll('\n', '\\n')],
    ['line ends escaped twice', (pem: string) => pem.replaceAll('\n', '\\\\n')],
    ['carriage returns', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['quoted by a mail', (pem: string) => pem.replaceAll('\n', '\n> ')],
    ['indented', (pem: string) => pem.replaceAll('\n', '\n    ')],
    ['a list of lines', (pem: string) => JSON.stringify(pem.split('\n'))],
    ['JSON', (pem: string) => JSON.stringify({ body: pem })],
    ['JSON in JSON', (pem: string) => JSON.stringify({ body: JSON.stringify({ body: pem }) })],
    ['cut before END', (pem: string) => pem.slice(0, 190)],
    ['cut before END, escaped', (pem: string) => pem.replaceAll('\n', '\\n').slice(0, 190)],
    ['cut after BEGIN', (pem: string) => pem.slice(50)],
    ['with headers', (pem: string) => pem.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,ABCDEF\n\n')],
  ])('%s: nothing of the body remains', (_, write) => {
    const pem = madePem('RSA PRIVATE KEY');
    const out = redact(`log: ${write(pem)}`);
    for (const line of pem.split('\n').slice(1, -1)) expect(out).not.toContain(line.slice(0, 16));
    expect(out).toContain('[REDACTED:private-key]');
    expect(redact(out)).toBe(out);
  });

  it('keeps what follows a key that was cut', () => {
    expect(redact(`${madePem('PRIVATE KEY').slice(0, 160)}\n\nError: could not read the key`)).toBe(
      '[REDACTED:private-key]\n\nError: could not read the key',
    );
  });

  it('takes the body of a PuTTY key', () => {
    const body = madePem('X').split('\n').slice(1, -1).join('\n');
    const out = redact(`PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 4\n${body}\nPrivate-MAC: 00`);
    expect(out).not.toContain(body.slice(0, 16));
    expect(out).toContain('Private-MAC: 00');
  });

  it('follows one line per entry of a list', () => {
    const lines = madePem('RSA PRIVATE KEY').split('\n');
    expect(redact(['start', ...lines, 'end'])).toEqual([
      'start',
      lines[0],
      ...Array(4).fill('[REDACTED]'),
      lines.at(-1),
      'end',
    ]);
  });

  it.each(['PUBLIC KEY', 'CERTIFICATE', 'RSA PUBLIC KEY'])('%s stays', (label) => {
    expect(redact(madePem(label))).toBe(madePem(label));
  });
});

describe('passwords in URLs', () => {
  const at = (url: string, out: string): readonly [string, string] => [url, out];
  it.each([
    at(
      `postgres://app:${PASSWORD}@db.internal:5432/shop?ssl=1`,
      'postgres://app:[REDACTED]@db.internal:5432/shop?ssl=1',
    ),
    at(`redis://:${PASSWORD}@cache:6379/0`, 'redis://:[REDACTED]@cache:6379/0'),
    at(`mongodb+srv://u:${PASSWORD}@c0.mongodb.net/x?a=b`, 'mongodb+srv://u:[REDACTED]@c0.mongodb.net/x?a=b'),
    at(`amqp://u:${PASSWORD}@mq`, 'amqp://u:[REDACTED]@mq'),
    at(`https://u:${PASSWORD}@h/@scope/pkg`, 'https://u:[REDACTED]@h/@scope/pkg'),
    at(`mysql://u:p@${PASSWORD}@h:3306/x`, 'mysql://u:[REDACTED]@h:3306/x'),
    at(`mysql://u:p/${PASSWORD}@h:3306/x`, 'mysql://u:[REDACTED]@h:3306/x'),
    at(`mysql://u:p?${PASSWORD}@h:3306/x`, 'mysql://u:[REDACTED]@h:3306/x'),
    at(`mysql://u:p#${PASSWORD}@h:3306/x`, 'mysql://u:[REDACTED]@h:3306/x'),
    at(`mongodb://u:${PASSWORD}@h1:1,h2:2/x`, 'mongodb://u:[REDACTED]@h1:1,h2:2/x'),
    at(`https://${made('alnum', 30)}@github.com/a/b`, 'https://[REDACTED]@github.com/a/b'),
    at(`https://${PASSWORD}:x-oauth-basic@github.com/a`, 'https://[REDACTED]:x-oauth-basic@github.com/a'),
    at(`https://${PASSWORD}:@api.example.com/a`, 'https://[REDACTED]:@api.example.com/a'),
    at(`jdbc:oracle:thin:scott/${PASSWORD}@//db:1521/x`, 'jdbc:oracle:thin:scott/[REDACTED:password]@//db:1521/x'),
  ])('%s', (url, out) => {
    expect(redact(`connect to ${url}: refused`)).toBe(`connect to ${out}: refused`);
    expect(redact(JSON.stringify({ url }))).toBe(JSON.stringify({ url: out }));
    expect(redact(out)).toBe(out);
  });

  it('is masked with escaped slashes', () => {
    expect(redact(`"https:\\/\\/u:${PASSWORD}@h\\/x"`)).toBe('"https:\\/\\/u:[REDACTED]@h\\/x"');
  });
});

describe('JSON web tokens', () => {
  it('go with all their parts, whatever their number', () => {
    const [head, body, signature] = madeJwt().split('.');
    for (const token of [
      `${head}.${body}.${signature}`,
      `${head}.${body}.`,
      `${head}..${body}.${signature}.${signature}`,
    ]) {
      expect(redact(`<${token}>`)).toBe('<[REDACTED:jwt]>');
    }
  });

  it('go when cut', () => {
    expect(redact(`jwt ${madeJwt().slice(0, 60)}`)).toBe('jwt [REDACTED:jwt]');
    expect(redact(`jwt ${madeJwt().slice(0, 30)}…`)).toBe('jwt [REDACTED:jwt]…');
  });
});
