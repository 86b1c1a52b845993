import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Priority } from '../../src/priority.ts';
import type { MessageEntry } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import { makeEntry, makeOptions, mention, NOW_MS } from './builders.ts';
import { complaintsAbout } from './message-checker.ts';

const renderer = createRenderer(makeOptions());

function entries(count: number, priority: Priority = 'P2', parts: Partial<MessageEntry> = {}): MessageEntry[] {
  return Array.from({ length: count }, (_, i) =>
    makeEntry({ message: `trouble ${i}`, priority }, { id: `ID${i}`, priority, count: i + 1 }, parts),
  );
}

describe('more than ten incidents in one message', () => {
  it('are a digest: how many, the most frequent by name, all of them in a list', () => {
    const message = renderer.post(entries(120), NOW_MS);
    expect(message.content).toBeUndefined();
    expect(message.flags).toBe(4_096);
    const [embed] = message.embeds;
    expect(message.embeds).toHaveLength(1);
    expect(embed?.title).toBe('120 incidents, 7,260 occurrences');
    expect(embed?.description?.split('\n')).toHaveLength(16);
    expect(embed?.description).toMatch(/^\*\*×120\*\* checkout · trouble 119 · P2 · ID119\n/);
    expect(embed?.description).toMatch(/… and 105 more: all are in the attached list\.$/);
    expect(embed?.footer?.text).toBe('digest, more was waiting than the channel takes · P2');
    const [file] = message.files ?? [];
    const rows = file?.text.trimEnd().split('\n') ?? [];
    expect(rows).toHaveLength(121);
    for (let i = 0; i < 120; i++) expect(rows.some((row) => row.endsWith(`\ttrouble ${i}`))).toBe(true);
  });

  it('of P1 make a sound and name the first on the lock screen', () => {
    const loud = createRenderer(makeOptions({ mentions: { ...makeOptions().mentions, P1: mention({ here: true }) } }));
    const message = loud.post(entries(30, 'P1'), NOW_MS);
    expect(message.content).toMatch(/^🟠 P1 30 incidents at once: checkout · trouble 29, .*, … @here$/);
    expect(message.allowed_mentions).toEqual({ parse: ['everyone'] });
    expect(message.flags).toBeUndefined();
  });

  it('say how late they are, and what of them is over', () => {
    const late = entries(12, 'P2', { delayedMs: 720_000 });
    for (const { incident } of late.slice(0, 5)) Object.assign(incident, { state: 'resolved', closedAtMs: NOW_MS });
    const [embed] = renderer.post(late, NOW_MS).embeds;
    expect(embed?.title).toBe('12 incidents, 78 occurrences, 5 of them over');
    expect(embed?.footer?.text).toContain('delayed up to 12 min');
    expect(embed?.description).toContain('✅ ~~');
  });

  it('are edited without content, mention and file', () => {
    const message = renderer.edit(entries(40, 'P1'), NOW_MS);
    expect(Object.keys(message).toSorted()).toEqual(['allowed_mentions', 'embeds']);
    expect(message.allowed_mentions).toEqual({ parse: [] });
  });

  it('are words where Discord refuses embeds', () => {
    const message = renderer.plain(entries(40), NOW_MS);
    expect(message.embeds).toEqual([]);
    expect(message.content).toContain('40 incidents at once');
    expect(message.files).toBeUndefined();
  });

  it('are within every limit, whatever is in them', () => {
    const text = fc.string({ unit: 'binary', maxLength: 600 });
    const one = fc.record({
      title: text,
      service: text,
      count: fc.nat(1e9),
      priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'DEV'),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 11, maxLength: 60 }), (given) => {
        const made = given.map(({ title, service, count, priority }, i) =>
          makeEntry({ title, origin: { service }, priority }, { id: `ID${i}`, count, priority }),
        );
        for (const message of [
          renderer.post(made, NOW_MS),
          renderer.edit(made, NOW_MS),
          renderer.plain(made, NOW_MS),
        ]) {
          expect(complaintsAbout(message)).toEqual([]);
        }
        expect([...renderer.threadName(made)].length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 150 },
    );
  });
});
