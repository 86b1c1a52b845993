import { redact } from '../../dist/redact.js';
import { nowMs } from '../clock.mjs';

const DASHES = '-'.repeat(5);

/** What makes a careless rule slow: each is repeated up to the length of the text. */
export const HOSTILE = {
  'equals signs': '=',
  colons: ':',
  'double quotes': '"',
  'single quotes': "'",
  backslashes: '\\',
  'backslashes and quotes': '\\\\"',
  blanks: ' ',
  'line ends': '\n',
  commas: ',',
  brackets: '[',
  'braces and brackets': '{[(<',
  'opening tags': '<a>',
  dashes: '-',
  dots: '.',
  underscores: '_',
  ampersands: '&',
  'percent signs': '%',
  'percent-encoded letters': '%41',
  'percent-encoded percent signs': '%25',
  'entities, decimal': '&#65;',
  'entities, hexadecimal': '&#x41;',
  'unicode escapes': '\\u0041',
  'hex escapes': '\\x41',
  'zero-width characters': 'a\u200b',
  'full-width letters': '\uff41\uff1d',
  colours: '\u001b[31m',
  'one letter': 'a',
  'capitals and digits': 'A7',
  base64: 'QWxhZGRpbjpvcGVuIHNlc2FtZQ',
  'base64 of base64': Buffer.from('QWxhZGRpbjpvcGVuIHNlc2FtZSBRV3hoWkdScGJq').toString('base64'),
  hexadecimal: '0123456789abcdef',
  digits: '1234567890',
  'password=': 'password=',
  'password: ': 'password: ',
  '"password":': '"password":',
  'password=x;': 'password=x;',
  passwordpassword: 'password',
  'token token': 'token ',
  'Authorization: Bearer ': 'Authorization: Bearer ',
  'Bearer Basic': 'Bearer Basic ',
  'Cookie: a=b; ': 'Cookie: a=b; ',
  'set-cookie names': 'Set-Cookie: ',
  eyJ: 'eyJ',
  'eyJ with dots': 'eyJ.',
  'eyJhbGciOi. near misses': 'eyJhbGciOiJIUzI1NiJ9.',
  'prefixes of tokens': 'ghp_sk_live_AKIAxoxb-glpat-',
  'near misses of a token': 'ghp_short ',
  AKIA: 'AKIA',
  'sk-': 'sk-',
  'first lines of keys': `${DASHES}BEGIN PRIVATE KEY${DASHES}\n`,
  'words of first lines': 'BEGIN PRIVATE KEY ',
  'first and last lines of keys': `${DASHES}BEGIN RSA PRIVATE KEY${DASHES}${DASHES}END RSA PRIVATE KEY${DASHES}`,
  'Private-Lines': 'Private-Lines: 9\n',
  '://a@': '://a@',
  '://': '://',
  'a://b:c': 'a://b:c',
  'user:pass@': 'user:pass@',
  'at signs': '@',
  'addresses with parameters': 'https://h/?a=b&',
  'token=%': '?token=%',
  'discord.com/api/webhooks/': 'discord.com/api/webhooks/1/',
  'hooks.slack.com': 'https://hooks.slack.com/services/',
  'digits:AA': '12345678:AA',
  $2b$: '$2b$10$',
  'jdbc:oracle:thin:': 'jdbc:oracle:thin:a/',
  '--password ': '--password ',
  '-u a:': '-u a:',
  'IDENTIFIED BY': "IDENTIFIED BY '",
  'name and value': '{"name":"password","value":',
  'JSON in JSON': '{\\"a\\":\\"{\\\\\\"',
  markers: '[REDACTED]',
  'halves of markers': '[REDACTED:',
};

export const LENGTHS = [65_536, 262_144];
/** What takes less says more about the clock than about growth. */
const MIN_FOR_GROWTH_MS = 1;

/** The longest call over all hostile texts at each length, and the greatest growth from one to the other. */
export function measureHostile({ tries, lengths = LENGTHS }) {
  const rows = Object.entries(HOSTILE).map(([name, unit]) => ({
    name,
    ms: lengths.map((length) => fastest(unit.repeat(Math.ceil(length / unit.length)).slice(0, length), tries)),
  }));
  const longest = lengths.map((_, i) => rows.reduce((a, b) => (b.ms[i] > a.ms[i] ? b : a)));
  const growth = rows
    .filter(({ ms }) => ms[0] >= MIN_FOR_GROWTH_MS && ms.length > 1)
    .map(({ name, ms }) => ({ name, times: ms[1] / ms[0] }))
    .reduce((a, b) => (b.times > a.times ? b : a), { name: 'none', times: 0 });
  return { kinds: rows.length, longest: longest.map(({ name, ms }, i) => ({ name, ms: ms[i] })), growth };
}

/** Others use the machine as well: of several tries the fastest is what the text costs. */
function fastest(text, tries) {
  let best = Infinity;
  for (let i = 0; i < tries; i++) {
    const startMs = nowMs();
    redact(text);
    best = Math.min(best, nowMs() - startMs);
  }
  return best;
}
