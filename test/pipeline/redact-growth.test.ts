// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested here
import { describe, expect, it } from 'vitest';
import { PREFIX_RULES } from '../../src/pipeline/redact-rules.ts';
import { SHAPE_RULES } from '../../src/pipeline/redact-shapes.ts';
import { redact } from '../../src/redact.ts';
import { type HostileText, slownessOf, type TimeBounds } from '../support/time-growth.ts';
import { made, pemEdge, SAMPLES } from './redact-secrets.ts';

// Four times what is promised: this is a test of growth, and a machine may be slow.
const BOUNDS: TimeBounds = { smallMs: 200, largeMs: 1_000, floorMs: 60 };
/** For each unit by itself: a square is seen at 64 KB as well. */
const SHORT: TimeBounds = { ...BOUNDS, maxChars: 65_536 };
const RULES = { pii: true, known: ['known-value/1', 'another-known-value'] };

const BEGIN = pemEdge('BEGIN', 'PRIVATE KEY');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
const escaped = (text: string): string =>
  [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const entities = (text: string): string => [...text].map((character) => `&#${character.charCodeAt(0)};`).join('');
const fullWidth = (text: string): string =>
  [...text].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');

/** Repeated until the text is full: what begins something and never ends it, nearly matches, or matches at every step. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  characters: [
    ...'a1 \n:="\'\\.,-@<>[]{}()&%#;/?|`~+*$_',
    '\\"',
    'é',
    'ß',
    '漢',
    '\ud800',
    '😀',
    '\u0430:',
    '：',
    '＝',
  ],
  'invisible characters': [
    '\u200b',
    '\u200d',
    'a\u200d',
    '\u00ad',
    '\u001b[',
    '\u001b]',
    '\u001b[31m',
    '\\u001b[',
    '\ufe0f',
  ],
  'names and values': [
    ...[
      'a=',
      'a:',
      'password=',
      'password: ',
      'password=,',
      'password=a,a,',
      'password=&a',
      'password=(',
      'token:[ x ',
    ],
    ...['"token":{', 'token=abc(', 'password=`${', 'password: a.a.a.a.', 'token: abc ', 'token:\n', 'token: |\n'],
    ...['"password":"', '\\"password\\":\\"', '\\\\\\"token\\\\\\":', "'secret': '", 'password => ', 'a_b_c_password_'],
    ...['name:"password",', '{"name":"token","value":', '["password","', '"authorization",', '("password", '],
    ...['<a>', '<token>', '<token><![CDATA[true', '<token a="b" ', 'user[password]=', 'api key: ', 'mot de passe '],
  ],
  headers: [
    'cookie: a',
    'Cookie: a=b; ',
    'Authorization: Digest a="',
    'Authorization: Bearer ',
    'Set-Cookie: ',
    'X-Api-Key:',
  ],
  phrases: [
    ...[
      ' --password',
      ' --token=',
      ' -p',
      ' -u a:',
      'mysql -p ',
      'curl -b ',
      'curl -u a:b ',
      'login a ',
      'identified by ',
    ],
    ...['token is ', 'password is a1', 'Bearer ', 'bearer a1', 'basic a', 'password a', 'machine a login b password '],
    ...["PASSWORD '", 'Password("', 'the token to a', 'API key a1b2c3d4e5f6g7h8 '],
  ],
  URLs: [
    ...['a://', 'a://b@', 'a://b:c@d/', 'a://:b@', 'a://b:c', 'https:\\/\\/a:b@', '@', 'a@', 'http://a?code=abcdefg&'],
    ...[
      '?sig=',
      '&key=a',
      'jdbc:oracle:thin:a/',
      'hooks.slack.com/services/',
      'webhooks/1',
      '/webhooks/123456789012345678/',
    ],
  ],
  'private keys': [
    ...[BEGIN, `${BEGIN}\\\\\\\\`, pemEdge('END', 'PRIVATE KEY'), 'Private-Lines: 1 ', `${BEGIN}\nMIIE\n`],
    ...['PRIVATE KEY', '-----', 'BEGIN ', `${pemEdge('BEGIN', 'RSA PRIVATE KEY')}\n> ${made('base64', 60)}\n`],
  ],
  'personal data': ['1 ', '1-', '4111 ', '1.1.1.1:', '1.', 'a.a@a.', 'a@a.bc ', 'a:', '::', 'fe80::', '1:2:3:'],
  markers: [
    '[REDACTED]',
    '[REDACTED',
    '[REDACTED:a',
    'password=[REDACTED]',
    '%5BREDACTED',
    '[withheld: ',
    '\ue000',
    '\ue000=',
  ],
  'percent encoding': [
    '%',
    '%4',
    '%41',
    '%2541',
    '%252541',
    '%3D',
    '%22',
    '%u0041',
    '%00',
    '%ff',
    percent('password=a'),
    `a${percent('=')}`,
  ],
  escapes: [
    '\\',
    '\\u',
    '\\u00',
    '\\u0041',
    '\\x41',
    '\\x',
    '\\u{41}',
    '\\101',
    '\\n',
    escaped('password=a'),
    '\\\\u0041',
  ],
  entities: [
    '&',
    '&#',
    '&#x',
    '&#65;',
    '&#x41;',
    '&amp;',
    '&quot;',
    '&lt;',
    '&amp;amp;',
    '&#0000065;',
    entities('token=a'),
  ],
  base64: [
    base64('password=a;'),
    base64('{"token":"'),
    base64(base64('password=a')),
    'cGFz',
    '=',
    '==',
    'A=',
    'eyJ',
    'eyJa.',
  ],
  bytes: ['00', '0x41, ', '65, 66, ', '65 ', 'a0:', '[65,66,67,', '%d, '],
  'letters that look like others': ['\u043e', 'p\u0430', 'p\u0430ssword=', '\u0430 ', '\u{1d5ba}'],
  'full width': [
    fullWidth('a'),
    fullWidth('password='),
    `${fullWidth('token')}=`,
    `${fullWidth('ghp_')}a`,
    '\uff0e',
    '\uffff',
  ],
};

/** What the tables of rules look for. */
const BEGINNINGS: readonly string[] = [
  ...PREFIX_RULES.flatMap(({ prefixes }) => prefixes),
  ...SHAPE_RULES.flatMap(({ literals }) => literals).filter((one) => one.length > 1),
];

function slowOnes(texts: readonly HostileText[], bounds: TimeBounds = SHORT): string[] {
  // An exclamation mark: what is invisible would be taken away before it is looked at.
  return texts.flatMap((text) => slownessOf((whole) => redact(whole, RULES), { end: '!', ...text }, bounds) ?? []);
}

describe.each(Object.entries(UNITS))('the time redaction takes grows with the text: %s', (_, units) => {
  const timeout = 120_000;

  it('over and over', { timeout }, () => {
    expect(slowOnes(units.map((unit) => ({ lead: '', unit })))).toEqual([]);
  });

  it('in turn, to 256 KB', { timeout }, () => {
    expect(slowOnes([{ lead: '', unit: units.join('') }], BOUNDS)).toEqual([]);
  });

  it('behind a name and in quotes', { timeout }, () => {
    const leads = ['password=', '{"token":"', BEGIN, 'https://a:', 'Authorization: '];
    expect(slowOnes(units.map((unit, index) => ({ lead: leads[index % leads.length] ?? '', unit })))).toEqual([]);
  });
});

describe('the time redaction takes grows with the text:', () => {
  it.each(BEGINNINGS.filter((_, index) => index % 8 === 0).map((one, index) => [one, index * 8]))(
    'what the tables of rules look for, from %s on',
    { timeout: 60_000 },
    (_, from) => {
      const units = BEGINNINGS.slice(from, from + 8);
      expect(slowOnes(units.map((unit) => ({ lead: '', unit })))).toEqual([]);
    },
  );

  it('secrets in turn, to 256 KB', { timeout: 60_000 }, () => {
    const secrets = new Map(SAMPLES);
    expect(slowOnes([{ lead: '', unit: [...secrets.values()].join(' ') }], BOUNDS)).toEqual([]);
  });
});
