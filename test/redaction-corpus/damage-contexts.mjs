// What happens to a secret on its way: encodings, invisible characters, colours, cuts.
import { context, json, nameOf } from './context-table.mjs';
import { edge } from './structured-secrets.mjs';

/** Puts something in between, at so many places. */
function sprinkled(text, random, places, between) {
  const characters = [...text];
  for (let i = 0; i < places; i++) characters.splice(random.int(1, characters.length - 1), 0, between());
  return characters.join('');
}

const INVISIBLE = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u202a', '\u2061', '\u180e'];
const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const wideLetters = (text) => text.replace(/[A-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const hexOf = (c, digits) => c.charCodeAt(0).toString(16).padStart(digits, '0');
const each = (text, share, random, encode) => text.replace(/[!-~]/g, (c) => (random.chance(share) ? encode(c) : c));
const percent = (text, share, random) => each(text, share, random, (c) => `%${hexOf(c, 2).toUpperCase()}`);

const sentence = (text, s) => ({
  input: `${s.service} ${s.route}: ${text} ${s.status}`,
  kept: [s.service, s.route, s.status],
});
const tokenIn = (id, change) => context(id, 'damaged', (p, s, r) => sentence(change(p.text, r), s));

const config = (p, s, name) => `host: ${s.host}\nuser: ${s.user}\n${name}: ${p.text}\nport: ${s.port}\n`;

const DAMAGED_TOKENS = [
  tokenIn('zero-width', (t, r) => sprinkled(t, r, r.int(1, 6), () => r.pick(INVISIBLE.slice(0, 5)))),
  tokenIn('zero-width-everywhere', (t) => [...t].join('\u200b')),
  tokenIn('soft-hyphen', (t, r) => sprinkled(t, r, r.int(1, 4), () => '\u00ad')),
  tokenIn('other-invisible', (t, r) => sprinkled(t, r, r.int(1, 3), () => r.pick(INVISIBLE.slice(5)))),
  tokenIn('full-width', (t) => wide(t)),
  tokenIn('full-width-letters', (t) => wideLetters(t)),
  tokenIn('colour-inside', (t, r) =>
    sprinkled(t, r, 1, () => r.pick(['\u001b[1m', '\u001b[31m', '\u001b[0m', '\u001b[38;5;196m', '\u001b[4;1m'])),
  ),
  tokenIn('colour-around', (t) => `\u001b[31m${t}\u001b[39m`),
  tokenIn('marked-match', (t, r) => {
    // As grep --color shows what it found in the middle of a word.
    const at = r.int(5, Math.min(12, t.length - 3));
    return `${t.slice(0, at)}\u001b[01;31m\u001b[K${t.slice(at, at + 2)}\u001b[m\u001b[K${t.slice(at + 2)}`;
  }),
  tokenIn('percent-some', (t, r) => `https://x.example/?q=${percent(t, 0.2, r)}`),
  tokenIn('percent-all', (t, r) => `https://x.example/?q=${percent(t, 1, r)}`),
  tokenIn('percent-twice', (t, r) => `https://x.example/?q=${encodeURIComponent(percent(t, 0.3, r))}`),
  tokenIn('unicode-escape-some', (t, r) => `{"v":"${each(t, 0.2, r, (c) => `\\u${hexOf(c, 4)}`)}"}`),
  tokenIn('unicode-escape-all', (t, r) => `{"v":"${each(t, 1, r, (c) => `\\u${hexOf(c, 4)}`)}"}`),
  tokenIn('hex-escape', (t, r) => `b'${each(t, r.pick([0.2, 1]), r, (c) => `\\x${hexOf(c, 2)}`)}'`),
  tokenIn('html-decimal', (t, r) => each(t, r.pick([0.2, 1]), r, (c) => `&#${c.charCodeAt(0)};`)),
  tokenIn('html-hex', (t, r) => each(t, r.pick([0.2, 1]), r, (c) => `&#x${hexOf(c, 2)};`)),
  tokenIn('html-marks', (t) => `<p>${t.replace(/[^A-Za-z0-9]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`),
  tokenIn('markdown-escaped', (t) => `**refused** ${t.replace(/[_*~]/g, '\\$&')}`),
  tokenIn('base64-alone', (t) => Buffer.from(t).toString('base64')),
  tokenIn('escaped-slashes', (t) => `{\\"v\\":\\"${t.replaceAll('/', '\\\\/')}\\"}`),
];

const DAMAGED_PAIRS = [
  context('base64-config', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return sentence(Buffer.from(config(p, s, name)).toString('base64'), s);
  }),
  context('base64-json', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    const encoding = r.pick(['base64', 'base64url']);
    return {
      input: json({ payload: Buffer.from(json({ user: s.user, [name]: p.text })).toString(encoding), order: s.order }),
      kept: ['payload', s.order],
    };
  }),
  context('kubernetes-secret', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'kebab');
    return {
      input: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${s.service}\ntype: Opaque\ndata:\n  ${name}: ${Buffer.from(p.text).toString('base64')}\n`,
      kept: ['kind: Secret', s.service, name],
    };
  }),
  context('zero-width-in-value', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `${s.route} ${name}=${sprinkled(p.text, r, 2, () => '\u200b')} host=${s.host}`,
      kept: [s.route, name, s.host],
    };
  }),
  context('zero-width-in-name', 'damagedPair', (p, s, r) => {
    const name = sprinkled(nameOf(p, r, 'snake', 'camel'), r, 1, () => '\u200b');
    return { input: `${s.route} ${name}=${p.text} host=${s.host}`, kept: [s.route, s.host] };
  }),
  context('full-width-colon', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'spaced');
    return { input: `${s.service} ${name}：${p.text} ${s.status}`, kept: [s.service, name, s.status] };
  }),
  context('coloured-pair', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `\u001b[36mhost\u001b[39m=${s.host} \u001b[36m${name}\u001b[39m=\u001b[32m${p.text}\u001b[39m \u001b[36mport\u001b[39m=${s.port}`,
      kept: [s.host, name, s.port],
    };
  }),
  context('percent-encoded-json', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `GET ${s.route}?filter=${encodeURIComponent(json({ user: s.user, [name]: p.text }))}&page=2 ${s.status}`,
      kept: [s.route, 'page=2', s.status],
    };
  }),
  context('html-escaped-json', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    return {
      input: `<pre>${json({ host: s.host, [name]: p.text, port: s.port }).replaceAll('"', '&quot;')}</pre>`,
      kept: [s.host, name, s.port],
    };
  }),
  context('unicode-escaped-name', 'damagedPair', (p, s, r) => {
    const name = nameOf(p, r, 'snake', 'camel');
    const escaped = each(name, 0.4, r, (c) => `\\u${hexOf(c, 4)}`);
    return { input: `{"host":"${s.host}","${escaped}":${json(p.text)},"port":${s.port}}`, kept: [s.host, s.port] };
  }),
];

const CUTS = ['cut-end', 'cut-dots', 'cut-ellipsis', 'cut-note', 'cut-in-quotes'].map((id, i) =>
  context(id, 'cut', (p, s, r) => {
    const left = r.int(p.cutAfter, Math.max(p.cutAfter, p.text.length - 2));
    const text = p.text.slice(0, left);
    const gone = p.text.length - left;
    const input = [
      `${s.service} ${s.route}: ${text}`,
      `${s.service} ${s.route}: ${text}...`,
      `${s.service} ${s.route}: ${text}…`,
      `${s.service} ${s.route}: ${text} [truncated ${gone} chars]`,
      `${s.service} ${s.route} {"msg":"${text}`,
    ][i];
    const secrets = p.secrets
      .map((secret) => text.slice(Math.max(0, p.text.indexOf(secret))))
      .filter((part) => part.length >= 6);
    return { input, kept: [s.service, s.route], secrets };
  }),
);

const lines = (p) => p.text.split('\n');
const key = (place) => (id, change) =>
  context(id, place, (p, s, r) => {
    const { text, secrets } = change(p, r, s);
    return { input: text, kept: [s.service], ...(secrets ? { secrets, coversAll: true } : {}) };
  });
const anyKey = key('key');
const pem = key('pem');

/** Cut off somewhere in the secret lines, behind the first of them. */
function withoutEnd(p, random) {
  const first = p.text.indexOf(p.secrets[0]) + p.secrets[0].length;
  const last = p.text.indexOf(p.secrets.at(-1)) + p.secrets.at(-1).length;
  const text = p.text.slice(0, random.int(first, last - 1));
  const secrets = p.secrets.map((secret) => (text.includes(secret) ? secret : text.slice(p.text.indexOf(secret))));
  return { text, secrets: secrets.filter((secret) => secret.length >= 10) };
}

const KEYS = [
  anyKey('key-in-log', (p, _, s) => ({ text: `${s.service} could not parse key:\n${p.text}\nstarting without it` })),
  anyKey('key-windows-lines', (p, _, s) => ({ text: `${s.service}\r\n${lines(p).join('\r\n')}\r\n` })),
  anyKey('key-escaped', (p, _, s) => ({ text: `{"service":"${s.service}","data":${json(p.text)}}` })),
  anyKey('key-escaped-twice', (p, _, s) => ({ text: json({ body: json({ service: s.service, data: p.text }) }) })),
  anyKey('key-escaped-thrice', (p, _, s) => ({
    text: json(json({ body: json({ service: s.service, data: p.text }) })),
  })),
  anyKey('key-quoted', (p, _, s) => ({
    text: `${s.service} wrote:\n${lines(p)
      .map((line) => `> ${line}`)
      .join('\n')}`,
  })),
  anyKey('key-indented', (p, _, s) => ({
    text: `${s.service}:\n  data: |\n${lines(p)
      .map((line) => `    ${line}`)
      .join('\n')}\n`,
  })),
  anyKey('key-numbered', (p, _, s) => ({
    text: `${s.service}.pem\n${lines(p)
      .map((line, i) => `${String(i + 1).padStart(4)} | ${line}`)
      .join('\n')}`,
  })),
  pem('key-with-times', (p, _, s) => ({
    text: lines(p)
      .map((line) => `${s.time} ${s.service} ${line}`)
      .join('\n'),
  })),
  pem('key-of-one-line', (p, _, s) => ({ text: `${s.service} key ${lines(p).join(' ')} refused` })),
  pem('key-without-line-ends', (p, _, s) => ({
    text: `${s.service} key ${lines(p).join('')} refused`,
    secrets: p.secrets,
  })),
  pem('key-in-html', (p, _, s) => ({ text: `<pre>${s.service}<br>${lines(p).join('<br>')}</pre>` })),
  anyKey('key-in-base64', (p, _, s) => ({
    text: `${s.service} tls.key: ${Buffer.from(p.text).toString('base64')}`,
    secrets: p.secrets,
  })),
  anyKey('key-without-end', (p, r, s) => {
    const { text, secrets } = withoutEnd(p, r);
    return { text: `${s.service} read:\n${text}`, secrets };
  }),
  pem('key-without-end-escaped', (p, r, s) => {
    const { text, secrets } = withoutEnd(p, r);
    return { text: `{"service":"${s.service}","key":"${text.replaceAll('\n', '\\n')}...`, secrets };
  }),
  pem('key-cut-by-other-line', (p, r, s) => {
    const { text, secrets } = withoutEnd(p, r);
    return { text: `${s.service} read:\n${text}\n[${s.time}] INFO listening on port ${s.port}`, secrets };
  }),
  anyKey('key-between-certificates', (p, _, s) => {
    const certificate = `${edge('BEGIN', 'CERTIFICATE')}\nMIIB\n${edge('END', 'CERTIFICATE')}`;
    return { text: `${s.service}\n${certificate}\n${p.text}\n${certificate}` };
  }),
];

export const DAMAGE_CONTEXTS = [...DAMAGED_TOKENS, ...DAMAGED_PAIRS, ...CUTS, ...KEYS];
