/** @typedef {ReturnType<typeof createRandom>} Random */

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** The alphabets that vendors use. */
export const SETS = {
  upper: UPPER,
  lower: LOWER,
  digits: DIGITS,
  letters: UPPER + LOWER,
  alnum: UPPER + LOWER + DIGITS,
  lowerAlnum: LOWER + DIGITS,
  upperAlnum: UPPER + DIGITS,
  base32: `${UPPER}234567`,
  hex: `${DIGITS}abcdef`,
  upperHex: `${DIGITS}ABCDEF`,
  word: `${UPPER + LOWER + DIGITS}_`,
  dash: `${UPPER + LOWER + DIGITS}_-`,
  base64: `${UPPER + LOWER + DIGITS}+/`,
};

/** Chance that is the same every time for the same seed. */
export function createRandom(/** @type {string | number} */ seed) {
  let state = hashOf(String(seed));

  /** From 0 to below 1 (mulberry32). */
  function next() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const int = (/** @type {number} */ from, /** @type {number} */ to) => from + Math.floor(next() * (to - from + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const chance = (/** @type {number} */ share) => next() < share;

  /** `length` characters of an alphabet; the ends are letters or digits, as the vendors' own are. */
  function from(/** @type {string} */ alphabet, /** @type {number} */ length) {
    const ends = alphabet.replace(/[^A-Za-z0-9]/g, '');
    let out = '';
    for (let i = 0; i < length; i++) out += pick(i === 0 || i === length - 1 ? ends : alphabet);
    return out;
  }

  /** Random bytes in base64, padded as base64 is. */
  function base64(/** @type {number} */ bytes) {
    return Buffer.from(Array.from({ length: bytes }, () => int(0, 255))).toString('base64');
  }

  function uuid() {
    const hex = from(SETS.hex, 32);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join(
      '-',
    );
  }

  function shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const other = int(0, i);
      [copy[i], copy[other]] = [copy[other], copy[i]];
    }
    return copy;
  }

  return { next, int, pick, chance, from, base64, uuid, shuffled };
}

function hashOf(/** @type {string} */ text) {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return hash >>> 0;
}
