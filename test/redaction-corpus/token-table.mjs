import { SETS } from './random.mjs';

/**
 * A kind of secret.
 * @typedef {object} Kind
 * @property {string} id
 * @property {'token' | 'url' | 'header' | 'line' | 'block' | 'hash' | 'named'} form what it looks like, which says where it can turn up
 * @property {string} [style] of a named one: `plain`, `letters`, `digits`, `odd`, `quotes` or `spaced`
 * @property {boolean} cut still to be known when its end was cut off and 12 characters behind the prefix are left
 * @property {boolean} beyond known to public scanners, but not in the list that the rules are held to
 * @property {(random: import('./random.mjs').Random) => Piece} make
 *
 * A secret in what carries it.
 * @typedef {object} Piece
 * @property {string} text what is put into a context
 * @property {string[]} secrets what must not be readable afterwards; without a public prefix
 * @property {string[]} kept what helps the operator and must stay
 * @property {string[]} names under which it turns up, in words (`github token`)
 * @property {{ name: string, value: string }} [header]
 * @property {number} [cutAfter] how many characters have to be left of a text that is cut
 */

/**
 * The row of a token: a public prefix, and what is secret.
 * @param {string} id
 * @param {string[]} names
 * @param {(random: import('./random.mjs').Random) => [prefix: string, body: string]} parts
 * @param {{ cut?: boolean, beyond?: boolean }} [options]
 * @returns {Kind}
 */
export function token(id, names, parts, { cut = true, beyond = false } = {}) {
  return {
    id,
    form: 'token',
    cut,
    beyond,
    make(random) {
      const [prefix, body] = parts(random);
      return { text: prefix + body, secrets: [body], kept: [], names, cutAfter: prefix.length + 12 };
    },
  };
}

/** A token that is a prefix and so many characters of an alphabet. */
export function prefixed(
  /** @type {string} */ id,
  /** @type {string[]} */ names,
  /** @type {string} */ prefix,
  /** @type {keyof typeof SETS} */ set,
  /** @type {number} */ from,
  /** @type {number} */ to = from,
  /** @type {{ cut?: boolean, beyond?: boolean }} */ options = {},
) {
  return token(id, names, (random) => [prefix, random.from(SETS[set], random.int(from, to))], options);
}

/** The ids of app and team that stand at the front of Slack's tokens. */
export const snowflake = (random, length = 12) => random.int(1, 9) + random.from(SETS.digits, length - 1);

export const base64url = (value) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
