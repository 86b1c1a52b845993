import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakFences,
  cleanLine,
  cleanText,
  codeFence,
  escapeContent,
  escapeInline,
  escapeMarkdown,
  unescapeMarkdown,
} from '../../src/render/text.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...[
        '@',
        'everyone',
        'here',
        '<',
        '>',
        '<@',
        '<@&',
        '<#',
        '<t:',
        '123',
        ':',
        'https://',
        'x.gg/y',
        'discord.gg/',
        '`',
      ],
      ...[
        '```',
        '*',
        '**',
        '_',
        '__',
        '~~',
        '||',
        '\\',
        '[',
        '](',
        ')',
        '# ',
        '-# ',
        '> ',
        '- ',
        '1. ',
        '\n',
        ' ',
        'word',
      ],
      ...['\r', '\0', '\u001b[31m', '\u202e', '\u2066', '\ud800', '\udc00', '😀', ':key:', '\u200b'],
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 80,
});

describe('cleanText', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['NUL and other control characters', 'a\0b\u0007c\u009bd\te', 'abcd\te'],
    ['colours of a terminal', '\u001b[31mred\u001b[0m', 'red'],
    ['bidirectional overrides', 'abc\u202etxt.exe\u2069', 'abctxt.exe'],
    ['lone surrogates', '\ud83dx\ude00', '\ufffdx\ufffd'],
    ['ordinary text of any script', 'Grüße, 世界, مرحبا 😀', 'Grüße, 世界, مرحبا 😀'],
  ];
  it.each(cases)('normalises %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('is idempotent, well-formed and free of what is not seen', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toMatch(/[\ud800-\udfff]/u);
        expect(clean).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(cleanLine(text)).not.toMatch(/[\n\t]|^\s|\s$/);
      }),
    );
  });
});

describe('escapeMarkdown', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['**bold** and ~~gone~~', '\\*\\*bold\\*\\* and \\~\\~gone\\~\\~'],
    ['snake_case_name __proto__ _x_', 'snake_case_name \\_\\_proto\\_\\_ \\_x\\_'],
    ['a | b || c', 'a | b \\|\\| c'],
    ['C:\\temp', 'C:\\\\temp'],
    ['`code`', '\\`code\\`'],
    ['# heading\n> quote\n- item\n1. one\n-# small', '\\# heading\n\\> quote\n\\- item\n1\\. one\n\\-# small'],
    ['see https://host/sig?x=1', 'see https\\://host/sig?x=1'],
    ['[click](https://host)', '[click]\\(https\\://host)'],
    ['urn:key:1', 'urn\\:key:1'],
    ['[REDACTED:jwt] stays', '[REDACTED:jwt] stays'],
    ['12:34:56', '12:34:56'],
    ['hi @everyone <@123> <#4> <t:1:R>', 'hi @\u200beveryone <\u200b@123> <\u200b#4> <\u200bt:1:R>'],
  ];
  it.each(cases)('shows %j as it is', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves no mention, link, style or heading in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMarkdown(cleanText(text));
        expect(escaped).not.toMatch(/@(?:everyone|here)/i);
        expect(escaped).not.toMatch(/<@|<#|<t:|https?:\/\//i);
        const withoutEscapes = escaped.replace(/\\[^A-Za-z0-9\s]/g, '');
        expect(withoutEscapes).not.toMatch(/[*`~]|\|\||__|\]\(/);
        expect(escaped).not.toMatch(/^\s{0,3}(?:#{1,3}|>|-|-#|\d+\.) /m);
      }),
      { numRuns: 1_000 },
    );
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = cleanText(text).replaceAll('\u200b', '');
        expect(unescapeMarkdown(escapeMarkdown(clean))).toBe(clean);
        expect(unescapeMarkdown(escapeInline(clean))).toBe(clean);
      }),
    );
  });
});

describe('escapeContent', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Cannot read 'user_id' of undefined", "Cannot read 'user_id' of undefined"],
    ['2 * 3 is ~6 | `x', '2 * 3 is ~6 | `x'],
    ['*a* `b` ~~c~~', '\\*a\\* \\`b\\` \\~\\~c\\~\\~'],
    ['C:\\temp\\_x', 'C:\\temp\\\\_x'],
    ['@here see https://s3/x?sig=1', '@\u200bhere see https:\u200b//s3/x?sig=1'],
    ['join discord.gg/abc', 'join discord.\u200bgg/abc'],
  ];
  it.each(cases)('keeps %j plain', (text, shown) => {
    expect(escapeContent(text)).toBe(shown);
  });

  it('escapes single signs in one of several lines: the other end may stand in the next', () => {
    expect(escapeContent('2 * 3', false)).toBe('2 \\* 3');
  });

  it('leaves no mention, link or invitation in any line', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, alone) => {
        const line = escapeContent(cleanLine(text), alone);
        expect(line).not.toMatch(/@(?:everyone|here)|<@|<#|:\/\/|discord\.gg/i);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('codeFence', () => {
  it('cannot be left, by any text or part of one', () => {
    fc.assert(
      fc.property(hostile, fc.nat(80), fc.nat(80), (text, from, length) => {
        const part = breakFences(text).slice(from, from + length);
        const fence = codeFence(part);
        expect(fence.startsWith('```\n') && fence.endsWith('\n```')).toBe(true);
        expect(fence.slice(3, -3)).not.toContain('```');
      }),
    );
  });
});
