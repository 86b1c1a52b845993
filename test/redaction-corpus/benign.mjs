import { BENIGN_CODE } from './benign-code.mjs';
import { BENIGN_IDS } from './benign-ids.mjs';
import { BENIGN_NETWORK } from './benign-network.mjs';
import { BENIGN_PROSE } from './benign-prose.mjs';
import { BENIGN_SCHEMAS } from './benign-schemas.mjs';
import { createRandom } from './random.mjs';
import { sceneWithout } from './scene.mjs';

const groups = [BENIGN_IDS, BENIGN_PROSE, BENIGN_CODE, BENIGN_SCHEMAS, BENIGN_NETWORK].flatMap((texts) =>
  Object.entries(texts),
);

/** How a text comes into a log. */
const WRAPPED = [
  (text) => text,
  (text, s) => `${s.time} ERROR [${s.service}] ${text}`,
  (text, s) => JSON.stringify({ level: 'error', service: s.service, msg: text, route: s.route }),
  (text, s) => `${s.error}: ${text}\n    at checkout (/app/src/${s.service}.js:12:5)`,
  (text, s) => `request ${s.requestId}: ${text} (${s.ms} ms)`,
  (text, s) => JSON.stringify({ event: JSON.stringify({ msg: text, user: s.user }) }),
];

/** How many texts there are without any around them. */
export const benignTemplates = groups.reduce((sum, [, texts]) => sum + texts.length, 0);

/**
 * Texts without a secret, always the same for a seed: each template so often, alone and in what logs put around it.
 * @param {string | number} seed
 * @param {number} [times]
 * @returns {Generator<{ id: string, group: string, text: string }>}
 */
export function* benign(seed, times = 6) {
  for (const [group, texts] of groups) {
    for (const [index, textOf] of texts.entries()) {
      for (let i = 0; i < times; i++) {
        const id = `${seed}:${group}/${index}.${i}`;
        const random = createRandom(id);
        const scene = sceneWithout(random, []);
        yield { id, group, text: WRAPPED[i % WRAPPED.length](textOf(scene, random), scene) };
      }
    }
  }
}
