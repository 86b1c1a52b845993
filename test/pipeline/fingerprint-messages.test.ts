import { describe, expect, test } from 'vitest';
import type { RedactedAlert } from '../../src/alert.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { normaliseMessage } from '../../src/pipeline/normalise-message.ts';
import type { MessageGroup } from './messages/group.ts';
import { TABLES } from './messages/index.ts';

function ofMessage(message: string): string {
  return fingerprint({
    id: 'a1',
    timestampMs: 1_000,
    source: 'log',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: '',
    error: { type: 'Error', message },
    origin: { service: 'shop', environment: 'production' },
    attributes: {},
    repeatKey: 1,
    count: 1,
  } as unknown as RedactedAlert);
}

/** What is wrong with a group, in words that say which rule to look at. */
function problemsOf({ troubles }: MessageGroup): string[] {
  const problems: string[] = [];
  const owners = new Map<string, number>();
  for (const [index, [first = '', ...others]] of troubles.entries()) {
    const expected = ofMessage(first);
    for (const other of others) {
      if (ofMessage(other) !== expected)
        problems.push(`split: ${normaliseMessage(first)}\n       ${normaliseMessage(other)}`);
    }
    for (const message of [first, ...others]) {
      const owner = owners.get(ofMessage(message)) ?? index;
      if (owner !== index) problems.push(`merged ${owner} and ${index}: ${normaliseMessage(message)}`);
      owners.set(ofMessage(message), owner);
    }
  }
  return problems;
}

const groups = Object.values(TABLES).flat();

describe('fingerprint of real messages', () => {
  test.each(Object.entries(TABLES))('%s', (_table, ofTable) => {
    const failed = ofTable.flatMap((group) => {
      const problems = problemsOf(group);
      return problems.length === 0 ? [] : [`${group.name}\n  ${problems.join('\n  ')}`];
    });
    expect(failed.join('\n\n')).toBe('');
  });

  test('come from a large table in which every name and every message stands once', () => {
    const messages = groups.flatMap(({ troubles }) => troubles.flat());
    expect(groups.length).toBeGreaterThanOrEqual(200);
    expect(messages.length).toBeGreaterThanOrEqual(1_000);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    for (const { name, troubles } of groups) expect(new Set(troubles.flat()).size, name).toBe(troubles.flat().length);
  });
});
