/** Of a longer text only this much from either end is hashed, and its length: the cost per record stays bounded. */
const MAX_EDGE_CHARS = 4_096;

/**
 * 53-bit hash of texts (two rounds of multiply and xor after cyrb53, 32 bits each, joined to a safe integer). `undefined` and `''`
 * differ, and so do `['ab', 'c']` and `['a', 'bc']`. Of a text over 8,192 characters the middle does not count.
 *
 * Not a digest: it tells repeats apart within one process under a secret seed, and must never be stored or shown.
 *
 * @see https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function hashTexts(texts: readonly (string | undefined)[], seed: number): number {
  let h1 = 0xdeadbeef ^ (seed | 0);
  let h2 = 0x41c6ce57 ^ (Math.floor(seed / 4_294_967_296) | 0) ^ (seed | 0);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    // -1 is no length: it marks what is undefined.
    const length = text === undefined ? -1 : text.length;
    h1 = Math.imul(h1 ^ length, 2_654_435_761);
    h2 = Math.imul(h2 ^ length, 1_597_334_677);
    if (text === undefined) continue;
    const headEnd = length > 2 * MAX_EDGE_CHARS ? MAX_EDGE_CHARS : length;
    for (let at = 0; at < headEnd; at++) {
      const code = text.charCodeAt(at);
      h1 = Math.imul(h1 ^ code, 2_654_435_761);
      h2 = Math.imul(h2 ^ code, 1_597_334_677);
    }
    if (headEnd === length) continue;
    for (let at = length - MAX_EDGE_CHARS; at < length; at++) {
      const code = text.charCodeAt(at);
      h1 = Math.imul(h1 ^ code, 2_654_435_761);
      h2 = Math.imul(h2 ^ code, 1_597_334_677);
    }
  }
  return finish(h1, h2);
}

/** Texts longer than this in all are not kept for {@link createTextsHash}. */
const MAX_KEPT_CHARS = 16_384;

/** {@link hashTexts} for who asks for the same texts again and again: of a storm, those of the last call are compared, not hashed. */
export function createTextsHash(seed: number): (texts: readonly (string | undefined)[]) => number {
  let lastTexts: readonly (string | undefined)[] | undefined;
  let lastHash = 0;
  return (texts) => {
    if (lastTexts !== undefined && isSame(texts, lastTexts)) return lastHash;
    lastHash = hashTexts(texts, seed);
    let chars = 0;
    for (const text of texts) chars += text?.length ?? 0;
    lastTexts = chars <= MAX_KEPT_CHARS ? texts : undefined;
    return lastHash;
  };
}

function isSame(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Two hashes and a small number as one hash. */
export function mixHashes(a: number, b: number, salt: number): number {
  let h1 = 0xdeadbeef ^ (a | 0);
  let h2 = 0x41c6ce57 ^ (Math.floor(a / 4_294_967_296) | 0);
  h1 = Math.imul(h1 ^ (b | 0), 2_654_435_761);
  h2 = Math.imul(h2 ^ (Math.floor(b / 4_294_967_296) | 0), 1_597_334_677);
  h1 = Math.imul(h1 ^ salt, 2_654_435_761);
  h2 = Math.imul(h2 ^ salt, 1_597_334_677);
  return finish(h1, h2);
}

function finish(a: number, b: number): number {
  let h1 = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  let h2 = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(h1 ^ (h1 >>> 13), 3_266_489_909);
  h1 ^= h2 >>> 16;
  h2 ^= h1 >>> 13;
  return 4_294_967_296 * (h2 & 0x1f_ffff) + (h1 >>> 0);
}
