import { describe, expect, it } from 'vitest';
import { discordTime, formatCount, formatDuration, isoTime, reasonInWords } from '../../src/render/wording.ts';

describe('wording', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [1_234_567.9, '1,234,567'],
    [-3, '0'],
    [Number.NaN, '0'],
    [1e300, '9,007,199,254,740,991'],
  ])('counts %d as %s', (count, words) => {
    expect(formatCount(count)).toBe(words);
  });

  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [634_000, '10 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
    [-5, '0 s'],
    [Number.NaN, '0 s'],
  ])('says %d ms as %s', (durationMs, words) => {
    expect(formatDuration(durationMs)).toBe(words);
  });

  it('gives times that Discord can read, whatever it gets', () => {
    expect(discordTime(1_767_323_045_678, 'R')).toBe('<t:1767323045:R>');
    expect(isoTime(1_767_323_045_678)).toBe('2026-01-02T03:04:05.678Z');
    expect(isoTime(Number.NaN)).toBe('1970-01-01T00:00:00.000Z');
    expect(isoTime(1e300)).toBe('9999-12-31T23:59:59.999Z');
    expect(discordTime(-1e300, 'T')).toBe('<t:0:T>');
  });

  it('says after how long a notice is repeated, where that is known', () => {
    expect(reasonInWords('repeat_interval', 3_600_000)).toBe('still firing, repeated after 1 h');
    expect(reasonInWords('repeat_interval')).toBe('still firing, repeated');
    expect(reasonInWords('first', 3_600_000)).toBe('first notice');
  });
});
