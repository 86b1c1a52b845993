import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RedactedAlert } from '../../src/alert.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { ROOT } from '../support/child.ts';

const PAGE = readFileSync(join(ROOT, 'docs/fingerprint.md'), 'utf8');
const ROWS = [...PAGE.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (same|two) \|$/gm)].map(
  ([, one = '', other = '', incident = '']) => [one, other, incident] as const,
);

function ofMessage(message: string, inError: boolean): string {
  return fingerprint({
    message: inError ? '' : message,
    origin: { service: 'shop' },
    attributes: {},
    ...(inError ? { error: { type: 'Error', message } } : {}),
  } as unknown as RedactedAlert);
}

describe('docs/fingerprint.md', () => {
  test('has its examples', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(12);
    expect(new Set(ROWS.map(([, , incident]) => incident)).size).toBe(2);
  });

  test.each(ROWS)('%s, %s: %s', (one, other, incident) => {
    for (const inError of [true, false])
      expect(ofMessage(one, inError) === ofMessage(other, inError) ? 'same' : 'two').toBe(incident);
  });
});
