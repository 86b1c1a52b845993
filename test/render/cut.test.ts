import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLength, fitsIn } from '../../src/render/code-points.ts';
import { cutEnd, cutMiddle, elideMiddle, fitMiddle } from '../../src/render/cut.ts';
import { escapeMarkdown } from '../../src/render/text.ts';

const anyText = fc.string({
  unit: fc.constantFrom(...'ab \n\\*_`~|é😀\u0301\u200d\ud83d\ude00[]'.split(''), '👩‍👩‍👧', '🇦🇹'),
  maxLength: 400,
});
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const max = fc.integer({ min: -1, max: 300 });
const cutters = [
  ['cutMiddle', cutMiddle],
  ['elideMiddle', elideMiddle],
  ['cutEnd', cutEnd],
] as const;

describe('code points', () => {
  it('are counted as Discord counts them', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), max, (text, limit) => {
        expect(codePointLength(text)).toBe([...text].length);
        expect(fitsIn(text, limit)).toBe([...text].length <= limit);
      }),
    );
  });
});

describe('cutMiddle', () => {
  it('leaves alone what fits', () => {
    expect(cutMiddle('😀😀😀', 3)).toBe('😀😀😀');
  });

  it('keeps head and tail, more of the tail, and says how much is missing', () => {
    const text = `${'h'.repeat(5_000)}${'t'.repeat(5_000)}`;
    const cut = cutMiddle(text, 1_000);
    const [, head = '', count = '', tail = ''] = /^(h+) … ([\d,]+) characters cut … (t+)$/.exec(cut) ?? [];
    expect(codePointLength(cut)).toBeLessThanOrEqual(1_000);
    expect(tail.length).toBeGreaterThan(1.9 * head.length);
    expect(Number(count.replaceAll(',', ''))).toBe(text.length - head.length - tail.length);
  });

  it('prefers ends of lines', () => {
    const text = Array.from({ length: 200 }, (_, line) => `line ${line}`).join('\n');
    expect(cutMiddle(text, 200)).toMatch(
      /^line 0\n(?:line \d+\n)+… 1,\d{3} characters cut …\n(?:line \d+\n)+line 199$/,
    );
  });

  it('never makes the beginning of a line from the middle of one', () => {
    expect(cutMiddle(`${'a'.repeat(300)} # no heading`, 90)).toMatch(/ characters cut … [^\n]+$/);
  });

  it('keeps an emoji with its modifiers and flags whole', () => {
    for (const sign of ['👩‍👩‍👧‍👦', '👍🏽', '🇦🇹', 'é̂', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
      for (let limit = 72; limit < 110; limit++) {
        const rest = cutMiddle(sign.repeat(120), limit).replaceAll(sign, '');
        expect(rest).toMatch(/^ ?… [\d,]+ characters cut … ?$/);
      }
    }
  });
});

describe.each(cutters)('%s', (_, cut) => {
  it('is never longer than allowed and never breaks a surrogate pair', () => {
    fc.assert(
      fc.property(anyText, max, (text, limit) => {
        const shown = cut(text, limit);
        expect([...shown].length).toBeLessThanOrEqual(Math.max(0, limit));
        if (!LONE_SURROGATE.test(text)) expect(shown).not.toMatch(LONE_SURROGATE);
        if ([...text].length <= limit) expect(shown).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never splits a markdown escape', () => {
    const escaped = fc
      .array(fc.constantFrom('\\*', '\\\\', '\\_', 'a', '\n'), { maxLength: 400 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(escaped, max, (text, limit) => {
        const unescaped = cut(text, limit).replace(/\\[\\*_]/g, '');
        expect(unescaped).not.toMatch(/[\\*_]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never splits a redaction marker', () => {
    const marked = fc
      .array(fc.constantFrom('[REDACTED]', '[REDACTED:aws_access_key]', 'ab', ' ', '😀'), { maxLength: 100 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(marked, max, (text, limit) => {
        const rest = cut(text, limit).replace(/\[REDACTED(?::aws_access_key)?\]/g, '');
        expect(rest).not.toMatch(/[A-Z[\]:_]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes a megabyte of anything in its stride', () => {
    for (const unit of ['a', '\\', '😀', '\u0301', '\ud83d', '[REDACTED', '\n', '🇦']) {
      const shown = cut(unit.repeat(1_000_000 / unit.length), 100);
      expect([...shown].length).toBeLessThanOrEqual(100);
    }
  });
});

describe('fitMiddle', () => {
  it('cuts before the escapes, so that the result fits and the number counts what was there', () => {
    const fitted = fitMiddle('*'.repeat(1_000), 200, escapeMarkdown);
    expect(fitted.cut).toBe(true);
    expect(fitted.text).toMatch(/^(?:\\\*)+ … [\d,]+ characters cut … (?:\\\*)+$/);
    const kept = fitted.text.split('\\*').length - 1;
    const count = Number(/[\d,]+/.exec(fitted.text)?.[0]?.replaceAll(',', ''));
    expect(kept + count).toBe(1_000);
    expect(codePointLength(fitted.text)).toBeGreaterThan(180);
  });

  it('never exceeds its limit', () => {
    fc.assert(
      fc.property(anyText, max, (text, limit) => {
        const fitted = fitMiddle(text, limit, escapeMarkdown);
        expect([...fitted.text].length).toBeLessThanOrEqual(Math.max(0, limit));
        if (!fitted.cut) expect(fitted.text).toBe(escapeMarkdown(text));
      }),
    );
  });
});
