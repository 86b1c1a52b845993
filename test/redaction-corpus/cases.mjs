import { contexts } from './contexts.mjs';
import { kinds } from './kinds.mjs';
import { goesWith } from './pairing.mjs';
import { createRandom } from './random.mjs';
import { sceneWithout } from './scene.mjs';

/**
 * @typedef {object} Case
 * @property {string} id
 * @property {string} kind
 * @property {string} context
 * @property {boolean} beyond
 * @property {unknown} input
 * @property {string[]} secrets
 * @property {string[]} kept
 */

/** Every kind with every context it goes with. */
export const pairs = kinds.flatMap((kind) =>
  contexts.filter((context) => goesWith(kind, context.place)).map((context) => ({ kind, context })),
);

/**
 * Cases that are always the same for a seed. Without a count each pair comes once; with one they are a sample in which every
 * kind turns up equally often, as far as it goes.
 * @param {string | number} seed
 * @param {number} [count]
 * @param {(pair: (typeof pairs)[number]) => boolean} [only]
 * @returns {Generator<Case>}
 */
export function* cases(seed, count, only = () => true) {
  const chosen = pairs.filter(only);
  for (const pair of count === undefined ? chosen : sample(chosen, count, createRandom(`sample ${seed}`))) {
    yield caseOf(pair, seed);
  }
}

/** One of each kind, then another of each. */
function sample(from, count, random) {
  const byKind = Map.groupBy ? Map.groupBy(from, ({ kind }) => kind.id) : grouped(from);
  const queues = [...byKind.values()].map((list) => random.shuffled(list));
  const out = [];
  for (let round = 0; out.length < count; round++) {
    const row = queues.filter((list) => list.length > round).map((list) => list[round]);
    if (row.length === 0) break;
    out.push(...row);
  }
  return out.slice(0, count);
}

function grouped(from) {
  const byKind = new Map();
  for (const pair of from) byKind.set(pair.kind.id, [...(byKind.get(pair.kind.id) ?? []), pair]);
  return byKind;
}

/** @returns {Case} */
export function caseOf({ kind, context }, seed) {
  const id = `${seed}:${kind.id}@${context.id}`;
  const random = createRandom(id);
  const piece = { ...kind.make(random), byForm: kind.form !== 'named' && kind.form !== 'url' && kind.form !== 'line' };
  const placed = context.make(piece, sceneWithout(random, piece.secrets), random);
  return {
    id,
    kind: kind.id,
    context: context.id,
    beyond: kind.beyond,
    input: placed.input,
    secrets: placed.secrets ?? piece.secrets,
    kept: [...new Set([...placed.kept, ...(placed.coversAll ? [] : piece.kept)])].filter((part) => part.length > 1),
  };
}
