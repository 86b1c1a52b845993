import { describe, expect, it } from 'vitest';
import { formatPosted, formatRelative, formatTimestamp } from '../../../src/sandbox/page/discord-time.ts';

const NOW = new Date(2026, 10, 24, 18, 30, 15).getTime();
const SECOND = 1_000;
const HOUR = 3_600_000;

describe('<t:…:R>', () => {
  it.each([
    [0, 'now'],
    [-5 * SECOND, '5 seconds ago'],
    [-59 * SECOND, '59 seconds ago'],
    [-90 * SECOND, '1 minute ago'],
    [-3 * HOUR, '3 hours ago'],
    [-26 * HOUR, 'yesterday'],
    [-40 * 24 * HOUR, 'last month'],
    [-800 * 24 * HOUR, '2 years ago'],
    [2 * HOUR, 'in 2 hours'],
  ])('%i ms: %s', (offset, text) => {
    expect(formatRelative(NOW + offset, NOW, 'en-GB')).toBe(text);
  });
});

describe('<t:…>', () => {
  it.each([
    ['t', '18:30'],
    ['T', '18:30:15'],
    ['d', '24/11/2026'],
    ['D', '24 November 2026'],
    ['f', '24 November 2026 at 18:30'],
    ['F', 'Tuesday 24 November 2026 at 18:30'],
    ['s', '24/11/2026, 18:30'],
    ['S', '24/11/2026, 18:30:15'],
    [undefined, '24 November 2026 at 18:30'],
    ['?', '24 November 2026 at 18:30'],
    ['R', 'now'],
  ])('style %s: %s', (style, text) => {
    // Versions of ICU differ in their commas.
    expect(formatTimestamp(NOW, style, NOW, 'en-GB').replaceAll(',', '')).toBe(text.replaceAll(',', ''));
  });
});

it('a message of today has the time alone', () => {
  expect(formatPosted(NOW - HOUR, NOW, 'en-GB')).toBe('17:30');
  expect(formatPosted(NOW - 24 * HOUR, NOW, 'en-GB')).toMatch(/^23\/11\/2026,? 18:30$/);
});
