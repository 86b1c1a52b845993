import { describe, expect, it } from 'vitest';
import { redact } from '../../src/redact.ts';
import {
  benign,
  type Case,
  cases,
  contexts,
  goesWith,
  judge,
  kinds,
  PAIRING,
  score,
  worst,
} from '../redaction-corpus/index.mjs';

const SEEDS = ['one', 'two'];
const CASES_OF_A_SEED = 4_000;

const sampleOf = (count: number): Case[] => SEEDS.flatMap((seed) => [...cases(seed, count)]);

describe('the corpus', () => {
  it('is the same for the same seed, and another for another', () => {
    const shown = (seed: string): string =>
      JSON.stringify([...cases(seed, 300)].map(({ id, secrets }) => [id, secrets]));
    expect(shown('one')).toBe(shown('one'));
    expect(shown('one')).not.toBe(shown('two'));
  });

  it('shows every secret, and all that has to stay, before anything is redacted', () => {
    const judged = sampleOf(600).map((example) => ({ id: example.id, ...judge(example, example.input) }));
    expect(judged.filter(({ leaked }) => leaked === undefined)).toEqual([]);
    expect(judged.filter(({ lost }) => lost.length > 0)).toEqual([]);
  });

  it('wants nothing kept that gives a secret away', () => {
    const given = sampleOf(600).filter((example) => judge({ ...example, kept: [] }, example.kept).leaked !== undefined);
    expect(given.map(({ id }) => id)).toEqual([]);
  });

  it('says of every kind and context whether they go together, and leaves none out', () => {
    for (const { id, place } of contexts) expect(PAIRING[place], id).toBeDefined();
    expect(kinds.filter((kind) => !contexts.some(({ place }) => goesWith(kind, place)))).toEqual([]);
    expect(contexts.filter(({ place }) => !kinds.some((kind) => goesWith(kind, place)))).toEqual([]);
  });
});

describe('redaction, over the corpus', () => {
  const texts = SEEDS.flatMap((seed) => [...benign(seed, 3)]);
  const result = score(redact, sampleOf(CASES_OF_A_SEED), texts);

  it('removes at least 99.5 % of all secrets', () => {
    expect(result.recall, worst(result)).toBeGreaterThanOrEqual(0.995);
  });

  it('removes at least 95 % of each kind', () => {
    const below = result.kinds
      .filter(({ recall }) => recall < 0.95)
      .map(({ id, found, of }) => `${id}: ${found} of ${of}`);
    expect(below).toEqual([]);
  });

  it('changes at most 0.5 % of the texts that hold no secret', () => {
    expect(result.changedShare, JSON.stringify(result.changed.slice(0, 10), null, 1)).toBeLessThanOrEqual(0.005);
  });

  it('keeps at least 99.5 % of what helps the operator', () => {
    const lost = result.failures.flatMap(({ example, lost: parts }) =>
      parts.length > 0 ? [[example.id, ...parts]] : [],
    );
    expect(result.kept, JSON.stringify(lost, null, 1)).toBeGreaterThanOrEqual(0.995);
  });
});
