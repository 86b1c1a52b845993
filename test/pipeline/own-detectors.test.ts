import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import { type CheckedDetector, readDetector } from '../../src/pipeline/own-detector.ts';
import type { OwnDetectorsDeps } from '../../src/pipeline/own-detectors.ts';
import { isTooSlow } from '../../src/pipeline/pattern-probe.ts';
import { createRedactor, type Redactor } from '../../src/pipeline/redact.ts';
import { type RedactDetector, redact } from '../../src/redact.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { made } from './redact-secrets.ts';

const FAILED = '[withheld: redaction failed]';
const BODY = made('alnum', 24);
const ACME = `acme_${BODY}`;
const HEX = made('hex', 32);

function checked(...detectors: readonly RedactDetector[]): CheckedDetector[] {
  return detectors.map((detector) => {
    const reading = readDetector(detector);
    if (!reading.ok) throw new Error(`${reading.fault.at}: ${reading.fault.found}`);
    return reading.detector;
  });
}

function redactorOf(detectors: readonly RedactDetector[], deps: Partial<OwnDetectorsDeps> = {}): Redactor {
  return createRedactor({ paths: [], knownValues: [], pii: false, detectors: checked(...detectors) }, deps);
}

/** A clock by which everything that is timed takes so long. */
function slowClock(stepMs: number): () => number {
  let nowMs = 0;
  return () => {
    nowMs += stepMs;
    return nowMs;
  };
}

describe('a detector by prefix', () => {
  const acme: RedactDetector = { name: 'acme-key', prefix: 'acme_' };
  it.each<[what: string, detector: RedactDetector, text: string, shown: string]>([
    ['its marker has its name', acme, `with ${ACME} in it`, 'with [REDACTED:acme-key] in it'],
    ['a sentence keeps its full stop', { ...acme, alphabet: 'dotted' }, `with ${ACME}.`, 'with [REDACTED:acme-key].'],
    ['twelve characters are enough', acme, `acme_${made('alnum', 12)}`, '[REDACTED:acme-key]'],
    ['eleven are not', acme, 'acme_abcdefghijk', 'acme_abcdefghijk'],
    ['minLength says how many', { ...acme, minLength: 6 }, 'acme_abc123', '[REDACTED:acme-key]'],
    ['the case of the prefix counts', acme, `ACME_${BODY}`, `ACME_${BODY}`],
    ['not inside a word', acme, `xacme_${BODY}`, `xacme_${BODY}`],
    ['behind an underscore', acme, `x_${ACME}`, 'x_[REDACTED:acme-key]'],
    ['behind a written line end', acme, `\\n${ACME}`, '\\n[REDACTED:acme-key]'],
    [
      'letters and digits behind its alphabet go along',
      { ...acme, alphabet: 'hex' },
      `acme_${HEX}zz9`,
      '[REDACTED:acme-key]',
    ],
    ['all of it, however long', acme, `acme_${made('alnum', 400)} end`, '[REDACTED:acme-key] end'],
    ['more than one', acme, `${ACME},${ACME}`, '[REDACTED:acme-key],[REDACTED:acme-key]'],
    [
      'one that begins with a sign, inside a word',
      { name: 'own', prefix: '!own:' },
      `a!own:${BODY}`,
      'a[REDACTED:own]',
    ],
    ['one beyond ASCII', { name: 'own', prefix: 'ключ-' }, `ключ-${BODY}`, '[REDACTED:own]'],
    [
      'digits',
      { name: 'no', prefix: 'K-', alphabet: 'digits', minLength: 8 },
      'K-12345678 K-1234',
      '[REDACTED:no] K-1234',
    ],
    [
      'a set of characters of its own',
      { name: 'odd', prefix: 'odd:', alphabet: '0123456789!%()*~', minLength: 6 },
      'odd:1!2%3()~x y',
      '[REDACTED:odd] y',
    ],
    ['cut with an invisible character', acme, `ac\u200bme_${BODY}`, '[REDACTED:acme-key]'],
  ])('%s', (_, detector, text, shown) => {
    expect(redact(text, { detectors: [detector] })).toBe(shown);
    expect(redact(shown, { detectors: [detector] })).toBe(shown);
  });

  it('and the rule that names a secret by its surroundings mask it once, under its own name', () => {
    expect(redact(`token=${ACME}`, { detectors: [acme] })).toBe('token=[REDACTED:acme-key]');
  });

  it('looks into keys, nested values, lists and numbers', () => {
    const detectors: RedactDetector[] = [acme, { name: 'no', prefix: '4711', alphabet: 'digits', minLength: 8 }];
    expect(
      redact({ [ACME]: [{ a: ACME, n: 471_112_345_678, big: 471_112_345_678n, other: 42 }] }, { detectors }),
    ).toEqual({
      '[REDACTED:acme-key]': [{ a: '[REDACTED:acme-key]', n: '[REDACTED:no]', big: '[REDACTED:no]', other: 42 }],
    });
  });

  it('only protects markers of its own name: a text cannot make one up', () => {
    expect(redact('password=[REDACTED:acme-key]', { detectors: [acme] })).toBe('password=[REDACTED:acme-key]');
    expect(redact('password=[REDACTED:hunter2]', { detectors: [acme] })).toBe('password=[REDACTED]');
    expect(redact('password=[REDACTED:acme-key]')).toBe('password=[REDACTED]');
  });
});

describe('a detector by pattern', () => {
  it.each<[what: string, pattern: RegExp | string, flags: string | undefined, text: string, shown: string]>([
    ['a RegExp', /C-\d{8}/, undefined, 'of C-12345678, C-87654321', 'of [REDACTED:own], [REDACTED:own]'],
    ['its source as a text', 'C-\\d{8}', undefined, 'of C-12345678', 'of [REDACTED:own]'],
    ['flags', 'c-\\d{8}', 'i', 'of C-12345678', 'of [REDACTED:own]'],
    ['global: all are found anyway', /C-\d{8}/g, undefined, 'C-12345678 C-12345678', '[REDACTED:own] [REDACTED:own]'],
    ['sticky: it is found anywhere', /C-\d{8}/y, undefined, 'of C-12345678', 'of [REDACTED:own]'],
    ['a lookbehind', /(?<=customer )\w+/, undefined, 'customer ann left', 'customer [REDACTED:own] left'],
    ['a lookahead', /\b\w+(?= left)/, undefined, 'customer ann left', 'customer [REDACTED:own] left'],
    ['unicode', /\p{Script=Greek}+/u, undefined, 'Αθήνα is hot', '[REDACTED:own] is hot'],
    ['astral characters', /😀+/u, undefined, 'a 😀😀 b', 'a [REDACTED:own] b'],
    ['sets', '[\\p{L}--[a-z]]{3}', 'v', 'abc ABC', 'abc [REDACTED:own]'],
    ['across lines', /BEGIN.{1,99}END/s, undefined, 'BEGIN a\nb END c', '[REDACTED:own] c'],
    ['line by line', /^id .+$/m, undefined, 'x\nid 7\ny', 'x\n[REDACTED:own]\ny'],
    ['short texts', /\d{2}/, undefined, '42', '[REDACTED:own]'],
    ['matches that touch are one', /\d{2}/, undefined, '1234', '[REDACTED:own]'],
    ['alternatives that match nothing besides', /(?=😀)x?|\d{4}/u, undefined, '😀😀1234', '😀😀[REDACTED:own]'],
    ['everything', /.+/, undefined, 'all\nof it', '[REDACTED:own]\n[REDACTED:own]'],
  ])('%s', (_, pattern, flags, text, shown) => {
    const detectors = [{ name: 'own', pattern, flags }];
    expect(redact(text, { detectors })).toBe(shown);
    expect(redact(shown, { detectors })).toBe(shown);
  });

  it('leaves the RegExp it was given alone, and does not go by what was put over it', () => {
    const pattern = Object.assign(/C-\d{8}/g, {
      lastIndex: 5,
      exec: () => null,
      [Symbol.replace]: () => 'x',
    });
    expect(redact('C-12345678', { detectors: [{ name: 'own', pattern }] })).toBe('[REDACTED:own]');
    expect(pattern.lastIndex).toBe(5);
  });

  it('masks around markers, never into them', () => {
    const detectors: RedactDetector[] = [{ name: 'own', pattern: /[^;]{5}/ }];
    const once = redact(`12345abc password=hunter2; ${ACME};x`, { detectors });
    expect(once).not.toMatch(/12345|hunter2|acme_/);
    expect(redact(once, { detectors })).toBe(once);
    expect(once.replaceAll(/\[(?:REDACTED(?::own)?|withheld: redaction failed)\]/g, '')).not.toMatch(/[[\]]/);
  });

  it('that matches nearly everything does not blow a text up: it is withheld', () => {
    expect(redact('a.'.repeat(10_000), { detectors: [{ name: 'own', pattern: /\w/ }] })).toBe(FAILED);
  });
});

describe('what is no detector', () => {
  const RULES = '{ name, prefix, alphabet?, minLength? } or { name, pattern, flags? }';
  it.each<[what: string, entry: unknown, at: string, found: string]>([
    ['nothing', undefined, '', 'nothing'],
    ['a text', 'acme_', '', 'no object'],
    ['a list', [], '', 'no object'],
    ['no name', { prefix: 'acme_' }, '.name', 'nothing'],
    ['a name with capitals', { name: 'Acme', prefix: 'acme_' }, '.name', 'a text that is no such name'],
    ['a name that would end the marker', { name: 'a] [b', prefix: 'acme_' }, '.name', 'a text that is no such name'],
    ['a name that begins with a dash', { name: '-a', prefix: 'acme_' }, '.name', 'a text that is no such name'],
    ['a long name', { name: 'a'.repeat(41), prefix: 'acme_' }, '.name', 'a text that is no such name'],
    ['neither', { name: 'a' }, '', 'neither a prefix nor a pattern'],
    ['both', { name: 'a', prefix: 'acme_', pattern: /x/ }, '', 'a prefix and a pattern'],
    ['a short prefix', { name: 'a', prefix: 'a' }, '.prefix', 'a text that is no such prefix'],
    ['a long prefix', { name: 'a', prefix: 'a'.repeat(65) }, '.prefix', 'a text that is no such prefix'],
    ['blanks around a prefix', { name: 'a', prefix: 'acme ' }, '.prefix', 'a text that is no such prefix'],
    ['a prefix nobody sees', { name: 'a', prefix: 'ac\u200bme' }, '.prefix', 'a text that is no such prefix'],
    [
      'a prefix that stands for a marker',
      { name: 'a', prefix: '\ue000\ue000' },
      '.prefix',
      'a text that is no such prefix',
    ],
    ['a number as prefix', { name: 'a', prefix: 4711 }, '.prefix', 'a number'],
    ['a misspelt alphabet', { name: 'a', prefix: 'ac', alphabet: 'base46' }, '.alphabet', 'a text that is neither'],
    [
      'a long word as alphabet',
      { name: 'a', prefix: 'ac', alphabet: 'alphanumeric' },
      '.alphabet',
      'a text that is neither',
    ],
    [
      'a property of objects',
      { name: 'a', prefix: 'ac', alphabet: 'constructor' },
      '.alphabet',
      'a text that is neither',
    ],
    [
      'blanks in an alphabet',
      { name: 'a', prefix: 'ac', alphabet: '0123456789 ' },
      '.alphabet',
      'a text that is neither',
    ],
    ['a list as alphabet', { name: 'a', prefix: 'ac', alphabet: ['a'] }, '.alphabet', 'a object'],
    ['a short body', { name: 'a', prefix: 'ac', minLength: 5 }, '.minLength', '5'],
    ['a huge body', { name: 'a', prefix: 'ac', minLength: 513 }, '.minLength', '513'],
    ['a text as length', { name: 'a', prefix: 'ac', minLength: '12' }, '.minLength', 'a string'],
    ['no regular expression', { name: 'a', pattern: '(a' }, '.pattern', 'a text that is no regular expression'],
    ['an empty pattern', { name: 'a', pattern: '' }, '.pattern', 'a string'],
    ['a number as pattern', { name: 'a', pattern: 5 }, '.pattern', 'a number'],
    ['slashes', { name: 'a', pattern: '/a+/i' }, '.pattern', 'a pattern between slashes'],
    ['a match of nothing', { name: 'a', pattern: /a*/ }, '.pattern', 'a pattern that matches the empty text'],
    ['a match of the beginning', { name: 'a', pattern: '^' }, '.pattern', 'a pattern that matches the empty text'],
    ['a huge pattern', { name: 'a', pattern: 'a'.repeat(2_001) }, '.pattern', 'a pattern that is far too long'],
    ['unknown flags', { name: 'a', pattern: 'a', flags: 'x' }, '.flags', 'other flags'],
    ['flags twice', { name: 'a', pattern: 'a', flags: 'ii' }, '.flags', 'other flags'],
    [
      'flags that exclude each other',
      { name: 'a', pattern: 'a', flags: 'uv' },
      '.pattern',
      'a text that is no regular expression',
    ],
    ['flags beside a RegExp', { name: 'a', pattern: /a/, flags: 'i' }, '.flags', 'flags beside a RegExp'],
    ['flags beside a prefix', { name: 'a', prefix: 'ac', flags: 'i' }, '.flags', 'flags beside a prefix'],
    [
      'a length beside a pattern',
      { name: 'a', pattern: 'ac', minLength: 8 },
      '.minLength',
      'minLength beside a pattern',
    ],
    [
      'a getter that throws',
      {
        get name(): string {
          throw new Error('x');
        },
      },
      '',
      'something that cannot be read',
    ],
  ])('%s', (_, entry, at, found) => {
    expect(readDetector(entry)).toMatchObject({ ok: false, fault: { at, found } });
    const detectors = [entry as RedactDetector, { name: 'acme', prefix: 'acme_' }];
    expect(redact('it broke', { detectors })).toBe(FAILED);
    expect(redact({ a: ['it', 1] }, { detectors })).toEqual({ [FAILED]: [FAILED, FAILED] });
  });

  it('says what an entry is', () => {
    expect(readDetector('x')).toMatchObject({ fault: { expected: RULES } });
  });

  it.each<[what: string, detectors: unknown]>([
    ['no list', {}],
    ['a text', 'acme_'],
    ['one detector too many', Array.from({ length: 65 }, () => ({ name: 'acme', prefix: 'acme_' }))],
    [
      'a list that throws',
      new Proxy([], {
        get: () => {
          throw new Error('x');
        },
      }),
    ],
  ])('as a list: %s', (_, detectors) => {
    expect(redact('it broke', { detectors: detectors as RedactDetector[] })).toBe(FAILED);
  });

  it.each([undefined, null, []])('none: %s', (detectors) => {
    expect(redact('it broke', { detectors: detectors as undefined })).toBe('it broke');
  });
});

describe('a pattern that takes too long', () => {
  it.each<[pattern: RegExp]>([
    [/(a+)+$/],
    [/^(?:\w+\s?)+$/],
    [/(?:foo|fo+)+bar/],
    [/token: (?:\d+,?)+;/],
    [/(.*)*x/],
    [/\S+@corp\.example/],
    [/\s+$/],
    [/<[^>]*<[^>]*>x/],
    [/([^@]+)+@/],
    [/(?:ab|a|b)*c/],
  ])('is found out before it is used: %s', (pattern) => {
    expect(isTooSlow(checkedPattern(pattern), () => 0, 50)).toBe(true);
  });

  it.each<[pattern: RegExp]>([
    [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}/],
    [/(?<![\w.+-])[\w.+-]{1,64}@corp\.example/],
    [/(?<=customer )\w+/],
    [/\bC-\d{8}\b/],
    [/(?<!\S)\S+@corp\.example/],
  ])('is not: %s', (pattern) => {
    // By a clock that stands still: only what does not end is found out.
    expect(isTooSlow(checkedPattern(pattern), () => 0)).toBe(false);
  });

  const slow: RedactDetector = { name: 'slow-one', pattern: /C-\d{8}/ };
  const fine: RedactDetector = { name: 'acme-key', prefix: 'acme_' };
  const alert: Alert = {
    id: 'a',
    timestampMs: 1_700_000_000_000,
    source: 'api',
    priority: 'P0',
    explicit: true,
    action: 'trigger',
    title: 'no match',
    message: `${ACME} C-12345678`,
    error: { type: 'TypeError', message: 'no match', stack: 'TypeError: no match', code: 'E1' },
    origin: { service: 'shop', environment: 'test', event: 'order C-12345678' },
    attributes: { a: 'no match', n: 5 },
    channel: 'ops',
    dedupKey: `order ${ACME}`,
    repeatKey: 1,
    count: 1,
  };

  it('is dropped: every text is withheld from then on, names that steer stay, and that is said once', () => {
    const warnings: string[] = [];
    const redactor = redactorOf([slow, fine], {
      steadyMs: slowClock(1_000),
      warn: (code, text) => warnings.push(`${code}: ${text}`),
    });
    const withheld = {
      ...alert,
      title: FAILED,
      message: FAILED,
      error: { type: 'TypeError', message: FAILED, stack: FAILED, code: 'E1' },
      attributes: { [FAILED]: FAILED, [`(2) ${FAILED}`]: FAILED },
      dedupKey: 'order [REDACTED:acme-key]',
    };
    const first = redactor.redactAlert(alert);
    expect(first).toMatchObject({ title: FAILED, message: FAILED, priority: 'P0' });
    expect(redactor.redactAlert(alert)).toEqual(withheld);
    expect(redactor.redactAlert(redactor.redactAlert(alert))).toMatchObject({ message: FAILED });
    expect(redactor.redactText('anything')).toBe(FAILED);
    expect(redactor.counters().failures).toBeGreaterThan(5);
    expect(warnings).toEqual([
      expect.stringMatching(/^redact_detector: the redaction detector "slow-one" took too long .*\{ name, prefix,/),
    ]);
  });

  it('once, because the machine had something else to do, is tried again', () => {
    const times = [0, 1_000, 1_000, 1_001];
    const redactor = redactorOf([slow], { steadyMs: () => times.shift() ?? 2_000 });
    expect(redactor.redactText('C-12345678')).toBe('[REDACTED:slow-one]');
    expect(redactor.redactText('C-12345678')).toBe('[REDACTED:slow-one]');
  });

  it('may take longer for a longer text', () => {
    const redactor = redactorOf([slow], { steadyMs: slowClock(35) });
    expect(redactor.redactText('ab '.repeat(70_000)).length).toBe(210_000);
    expect(redactor.redactText('short')).toBe(FAILED);
  });

  it('is stopped when it does not end at all', () => {
    const warnings: string[] = [];
    const detectors = checked({ name: 'endless', pattern: /^(?:a+)+$/ }, { name: 'acme-key', prefix: 'acme_' });
    const redactor = createRedactor(
      { paths: [], knownValues: [], pii: false, detectors },
      { maxRunMs: 20, steadyMs: () => 0, warn: (code) => warnings.push(code) },
    );
    const endless = `${'a'.repeat(60)}!`;
    expect(redactor.redactAlert({ ...alert, title: endless })).toMatchObject({
      title: FAILED,
      message: FAILED,
      priority: 'P0',
      origin: { service: 'shop', environment: 'test' },
    });
    expect(warnings).toEqual(['redact_detector']);
  });

  it('makes redact() withhold what it was to look at, too', () => {
    const detectors: RedactDetector[] = [{ name: 'endless', pattern: /^(?:b+)+$/ }];
    expect(redact({ a: 'text' }, { detectors })).toEqual({ [FAILED]: FAILED });
  });
});

function checkedPattern(pattern: RegExp): RegExp {
  const [detector] = checked({ name: 'own', pattern });
  return detector?.kind === 'pattern' ? detector.pattern : /^/;
}

describe('the second gate', () => {
  const message = (description: string): WebhookMessage => ({
    content: '🔴 P0 shop · it broke <@&123456789012345678>',
    embeds: [{ title: 'it broke', description, fields: [{ name: 'first seen', value: '<t:1700000000:R>' }] }],
    allowed_mentions: { parse: [], roles: ['123456789012345678'] },
  });

  it.each<[what: string, detector: RedactDetector, description: string, withheld: number]>([
    ['finds what a prefix tells', { name: 'acme', prefix: 'acme_' }, `saw ${ACME}`, 1],
    ['finds what a pattern matches', { name: 'own', pattern: /C-\d{8}/ }, 'saw C-12345678', 1],
    ['passes what they do not know', { name: 'own', pattern: /C-\d{8}/ }, 'saw nothing', 0],
    [
      'does not take our own times, pings and links for secrets',
      { name: 'own', pattern: /\d{8,}/ },
      'earlier: https://discord.com/channels/123456789012345678/123456789012345678/123456789012345678',
      0,
    ],
    [
      'does not take markers for secrets',
      { name: 'redacted', pattern: /REDACTED.+/ },
      '[REDACTED:redacted] [REDACTED]',
      0,
    ],
  ])('%s', (_, detector, description, withheld) => {
    const gated = redactorOf([detector]).gate(message(description));
    expect(gated.withheld).toBe(withheld);
    if (withheld === 0) expect(gated.message).toEqual(message(description));
  });

  it('passes over a pattern that was dropped: what is shown was withheld before', () => {
    const redactor = redactorOf([{ name: 'own', pattern: /C-\d{8}/ }], { steadyMs: slowClock(1_000) });
    expect(redactor.redactText('x')).toBe(FAILED);
    expect(redactor.gate(message('C-12345678')).withheld).toBe(0);
  });
});

describe('redacting again', () => {
  const words = fc.constantFrom(
    ...[
      'C-12345678',
      ACME,
      'password=hunter2',
      '[REDACTED:own]',
      '[REDACTED]',
      FAILED,
      'ann',
      '12',
      ' ',
      '\n',
      ';',
      '"',
      '😀',
    ],
  );
  const patterns = fc.constantFrom(
    ...[/C-\d{8}/, /[^;]{5}/, /.{3}/, /\d+/, /^.+$/m, /(?<=ann)./s, /\w+(?!;)/, /[\s\S]{7}/, /\b/, /(?!)x/, /D:|=/],
  );

  it('gives the same, whatever the pattern', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), patterns, (parts, pattern) => {
        const redactor = createRedactor(
          {
            paths: [],
            knownValues: [],
            pii: false,
            detectors: [{ kind: 'pattern', name: 'own', pattern: new RegExp(pattern, `${pattern.flags}g`) }],
          },
          { steadyMs: () => 0 },
        );
        const once = redactor.redactText(parts.join(''));
        expect(redactor.redactText(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the redactor', () => {
  it('counts by detector and says how many there are', () => {
    const redactor = redactorOf([
      { name: 'acme', prefix: 'acme_' },
      { name: 'own', pattern: /C-\d{8}/ },
    ]);
    redactor.redactText(`${ACME} C-12345678 C-87654321`);
    expect(redactor.counters().masked).toEqual({ 'detector:acme': 1, 'detector:own': 2 });
    expect([redactor.detectorCount, redactor.processorCount]).toEqual([2, 0]);
  });
});
