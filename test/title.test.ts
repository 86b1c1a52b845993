import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TITLE_CHARS, type TitleSource, titleOf } from '../src/title.ts';

const nothing: TitleSource = { message: '', origin: {} };

describe('titleOf', () => {
  const cases: readonly (readonly [name: string, alert: TitleSource, title: string])[] = [
    ['nothing said', nothing, '(no message)'],
    ['a dedup key alone', { ...nothing, dedupKey: 'nightly-backup' }, 'nightly-backup'],
    ['an event name', { ...nothing, origin: { event: 'deploy.failed' }, dedupKey: 'k' }, 'deploy.failed'],
    ['a message', { ...nothing, message: 'disk full', origin: { event: 'e' } }, 'disk full'],
    ['its first line that is not blank', { ...nothing, message: '\r\n  \n\tdisk\tfull  \nsecond' }, 'disk full'],
    ['an error', { ...nothing, message: 'm', error: { type: 'TypeError', message: 'a\nb' } }, 'TypeError: a'],
    ['an error without a message', { ...nothing, error: { type: 'TypeError', message: '' } }, 'TypeError'],
    ['an error without a type', { ...nothing, error: { type: '', message: 'boom' } }, 'boom'],
    ['a message with its type', { ...nothing, error: { type: 'E', message: 'E: boom' } }, 'E: boom'],
    ['a title of its own', { ...nothing, title: 'T', error: { type: 'E', message: 'm' } }, 'T'],
    ['a blank title', { ...nothing, title: ' \n', message: 'm' }, 'm'],
  ];
  it.each(cases)('takes %s', (_, alert, title) => {
    expect(titleOf(alert)).toBe(title);
  });

  it('shortens a line without splitting a surrogate pair or a redaction marker', () => {
    expect(titleOf({ ...nothing, message: '😀'.repeat(MAX_TITLE_CHARS) })).toMatch(/^(?:😀)+…$/u);
    const marked = `${'x'.repeat(MAX_TITLE_CHARS - 5)}[REDACTED:jwt] tail`;
    expect(titleOf({ ...nothing, message: marked })).toBe(`${'x'.repeat(MAX_TITLE_CHARS - 5)}…`);
  });

  it('is one bounded line, never empty, whatever the text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(text, text, text, (title, type, message) => {
        const line = titleOf({ title, message, error: { type, message }, origin: { event: title } });
        expect(line.length).toBeGreaterThan(0);
        expect(line.length).toBeLessThanOrEqual(MAX_TITLE_CHARS);
        expect(line).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
