import { describe, expect, test } from 'vitest';
import type { RedactedAlert } from '../../src/alert.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';

/** Pieces that begin what an expression looks for and never end it, or that end it too often. */
const SHAPES: readonly (readonly [name: string, piece: string])[] = [
  ['digits', '1'],
  ['dotted digits', '1.'],
  ['grouped digits', '1_000'],
  ['digits with apostrophes', "1'000"],
  ['signed digits', '-1 '],
  ['digits and blanks before a unit', '1 м'],
  ['times', '1 Sekunden'],
  ['days of a month', '3 mar '],
  ['months', 'Jan '],
  ['colons', ':1'],
  ['letters and colons', 'a:'],
  ['hex and colons', 'ab1:'],
  ['double quotes', '"'],
  ['words in double quotes', '"a" '],
  ['an open double quote after a name', 'queue "a1-'],
  ['apostrophes', "it's '"],
  ['open single quotes', " 'a"],
  ['backticks', '`a'],
  ['open German quotes', '„a'],
  ['open English quotes', '“a'],
  ['open single English quotes', '‘a'],
  ['open French quotes', '«'],
  ['open Japanese quotes', '「'],
  ['values after a person', 'user for "a" '],
  ['what looks like a sentence', "'x' is not a valid "],
  ['keys of JSON', '{"a": "b", '],
  ['JSON paths', 'path: ["a", 1, '],
  ['URLs in URLs', 'https://a@'],
  ['open schemes', 'a://'],
  ['at signs', 'a@'],
  ['dots and dashes', 'a.b-'],
  ['hosts', 'a1.b'],
  ['hosts with a port', 'host a1:1234 '],
  ['hosts to connect to', 'connect to a'],
  ['pods', 'pods "a-1-'],
  ['hashes of pods', 'a-bcdfgh2-'],
  ['underscores', 'a_'],
  ['escaped bytes', '%41\\x41'],
  ['assignments', 'a_id='],
  ['open rows', 'Key ('],
  ['rows', '(a)=('],
  ['open values of SQL', 'values ('],
  ['quoted values of SQL', "values ('a),('"],
  ['duplicate keys', 'dup key: {'],
  ['key values', 'key value is ('],
  ['excerpts', "Unexpected token 'a', "],
  ['open sources', '[Source: '],
  ['lines of an access log', 'GET /'],
  ['open marks', '[REDACTED:'],
  ['frames', '\n at '],
  ['placeholders', '(*), *:1, '],
  ['digits of another script', '٤'],
  ['letters of another script', 'é1'],
  ['combining marks', 'a\u0301'],
  ['half of a pair', '\ud83d'],
  ['colours', '\u001b[3'],
  ['blanks', ' \t\n'],
];

const KILO = 1_024;

function bestMs(text: string, times = 5): number {
  let best = Number.POSITIVE_INFINITY;
  const alert = {
    message: text,
    origin: {},
    attributes: {},
    error: { type: 'Error', message: text },
  } as unknown as RedactedAlert;
  for (let i = 0; i < times; i++) {
    const startedMs = performance.now();
    fingerprint(alert);
    best = Math.min(best, performance.now() - startedMs);
  }
  return best;
}

const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

describe('the time of a fingerprint', () => {
  test.each(SHAPES)('of 64 KB of %s is short and grows with the text, not with its square', (_name, piece) => {
    const small = bestMs(fill(piece, 16 * KILO));
    const large = bestMs(fill(piece, 64 * KILO));
    expect(large).toBeLessThan(20);
    // Below a fifth of a millisecond a clock says nothing about growth.
    expect(large / Math.max(small, 0.2)).toBeLessThan(6);
  });

  test.each(SHAPES)('of what is read of %s does not grow with its square either', (_name, piece) => {
    const small = bestMs(fill(piece, 2 * KILO), 15);
    const large = bestMs(fill(piece, 8 * KILO), 15);
    // Four times the text: four where it grows with the text, sixteen where it grows with its square.
    expect(large / Math.max(small, 0.5)).toBeLessThan(10);
  });

  test.each(SHAPES)('of a code, a logger, an event and a stack of %s is short', (_name, piece) => {
    const text = fill(piece, 64 * KILO);
    const alert = {
      message: text,
      title: text,
      origin: { logger: text, event: text },
      attributes: { 'error.type': text },
    } as unknown as RedactedAlert;
    const startedMs = performance.now();
    fingerprint(alert);
    fingerprint({ ...alert, error: { type: text, message: 'x', code: text, stack: text } } as unknown as RedactedAlert);
    expect(performance.now() - startedMs).toBeLessThan(100);
  });
});
