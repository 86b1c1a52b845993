import { describe, expect, it } from 'vitest';
import { growthOf } from './super-linear.ts';

describe('a pattern that takes more and more time', () => {
  it.each([
    // Two ways round a loop
    [/(a+)+$/, 'exponential'],
    [/(a*)*b/y, 'exponential'],
    [/(a|a)*b/, 'exponential'],
    [/^(a|aa)+$/, 'exponential'],
    [/(x+x+)+y/, 'exponential'],
    [/^(([a-z])+.)+[A-Z]([a-z])+$/, 'exponential'],
    [/(?:\d+|\d+a)*b/y, 'exponential'],
    [/^(?:\s*[\w-]+\s*,?)*$/i, 'exponential'],
    [/^(?:(?:ab|a|b)c?)*$/, 'exponential'],
    // The copies are counted, and there are enough of them
    [/(?:a{0,20}){0,20}b/y, 'exponential'],
    // Two loops behind each other, also by a word of several characters
    [/a*a*b/y, 'polynomial'],
    [/(?:ab)*(?:ab)*c/y, 'polynomial'],
    [/(.*)"(.*)"(.*)/y, 'polynomial'],
    [/^\d+[\d,]*\.$/, 'polynomial'],
    [/a+(?=a*b)c/y, 'polynomial'],
    [/^(a)=\1*\w+;$/, 'polynomial'],
    // A loop that can be begun anywhere
    [/\s+$/, 'polynomial'],
    [/x*y/, 'polynomial'],
    [/[a-z]+!/g, 'polynomial'],
    [/<!--.*-->/s, 'polynomial'],
    [/-----BEGIN[\s\S]*?END/, 'polynomial'],
    [/(?:^|[^A-Za-z0-9])arn:[\w:/-]*$/, 'polynomial'],
    [/\w+@\w+\.com/u, 'polynomial'],
    [/(?<!b)a+c/g, 'polynomial'],
    // Bounded, but by too much
    [/\w{0,80}\w{0,80}!/y, 'factor'],
    [/[a-z]{0,2000};/g, 'factor'],
  ])('%s: %s', (pattern, kind) => {
    const growth = growthOf(pattern);
    expect(growth).toMatchObject({ kind, attack: { pump: expect.stringMatching(/^[\s\S]+$/) } });
  });

  it('comes with a text that shows it', () => {
    expect(growthOf(/^"(?:x|yz)*(?:x|yz|!)*;/)).toEqual({
      kind: 'polynomial',
      degree: 2,
      attack: { prefix: '"x', pump: 'x' },
    });
    expect(growthOf(/.*.*=.*/)).toMatchObject({ kind: 'polynomial', degree: 3 });
  });
});

describe('a pattern that takes time linear in the text', () => {
  it.each([
    [/abc/],
    [/^[a-z]+$/],
    [/[a-z]+/g],
    [/x*y/y],
    // What stands before decides where a run may begin
    [/(?<![a-z])[a-z]+!/g],
    [/\ba+!/g],
    [/^\s+/],
    [/^[ \t]+/gm],
    // Neighbours have nothing in common
    [/"[^"\n]*"\s*:\s*\d+/y],
    [/(?<![A-Za-z0-9])(?:api[_-]?key|token)\s{0,4}[=:]\s{0,4}[^\s,;]{8,}/gi],
    [/^(?:\d+,)*\d+$/],
    // Nothing can fail behind it
    [/[?#].*/s],
    [/(a+)+/],
    [/\p{Lu}?\p{Ll}+/gu],
    [/foo(?=a+b)/],
    [/(\(\*\)|\*:\d{2,5})(?:, ?\1)+/g],
    [/\w{0,80}x/],
  ])('%s', (pattern) => {
    expect(growthOf(pattern).kind).toBe('linear');
  });
});

it('what is too much to follow is not called linear', () => {
  expect(growthOf(/(?<=a+)b/)).toMatchObject({ kind: 'undecided' });
  expect(growthOf(/(?:[a-z]{60}){60}(?:[b-y]{60}){60}c*/)).toMatchObject({ kind: 'undecided' });
});
