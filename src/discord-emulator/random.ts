/** A source of numbers in [0, 1) that gives the same row for the same seed. */
export type Random = () => number;

const HEX = '0123456789abcdef';
const TOKEN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** Length of the webhook tokens Discord hands out today. @see https://discord.com/developers/docs/resources/webhook */
const WEBHOOK_TOKEN_CHARS = 68;

/** Mulberry32: small, fast, good enough for tokens that protect nothing. Never use it for a secret. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A webhook token of {@link WEBHOOK_TOKEN_CHARS} characters, `[A-Za-z0-9_-]`. */
export function randomToken(random: Random): string {
  return pick(random, TOKEN_ALPHABET, WEBHOOK_TOKEN_CHARS);
}

/** 32 hexadecimal digits, as bucket hashes look. */
export function randomBucketHash(random: Random): string {
  return pick(random, HEX, 32);
}

function pick(random: Random, alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(random() * alphabet.length)];
  return text;
}
