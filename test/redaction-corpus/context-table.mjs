/**
 * A place where a secret turns up.
 * @typedef {object} Context
 * @property {string} id
 * @property {keyof typeof import('./pairing.mjs').PAIRING} place
 * @property {(piece: import('./token-table.mjs').Piece, scene: import('./scene.mjs').Scene, random: import('./random.mjs').Random) => Placed} make
 *
 * @typedef {object} Placed
 * @property {unknown} input
 * @property {string[]} kept what has to stay beside what the piece itself wants kept
 * @property {string[]} [secrets] where the context changes what is secret (a part was cut off)
 * @property {boolean} [coversAll] the piece stands under a name that hides all of it: what it wants kept does not count
 */

/** @returns {Context} */
export const context = (id, place, make) => ({ id, place, make });

const STYLES = {
  snake: (words) => words.join('_'),
  screaming: (words) => words.join('_').toUpperCase(),
  camel: (words) => words.map((word, i) => (i === 0 ? word : capital(word))).join(''),
  pascal: (words) => words.map(capital).join(''),
  kebab: (words) => words.join('-'),
  header: (words) => words.map(capital).join('-'),
  dotted: (words) => words.join('.'),
  spaced: (words) => words.join(' '),
};

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

const NEUTRAL = ['value', 'note', 'detail', 'result', 'input', 'arg', 'body', 'comment', 'subject'];

/**
 * A name for the piece in one of these styles: its own, or for half of what is known by its form one that says nothing.
 */
export function nameOf(piece, random, ...styles) {
  if (piece.header) return piece.header.name;
  const neutral = piece.byForm && random.chance(0.5);
  const words = neutral ? random.pick(NEUTRAL) : random.pick(piece.names);
  return STYLES[random.pick(styles)](words.split(' '));
}

/** The name of a flag: nobody makes one with letters beyond ASCII. */
export function flagOf(piece, random) {
  const names = piece.names.filter((name) => /^[\w ]+$/.test(name));
  return nameOf({ ...piece, names: names.length > 0 ? names : ['password'] }, random, 'kebab');
}

/** What stands under the name: of a header its value alone. */
export const carriedBy = (piece) => piece.header?.value ?? piece.text;

export const json = (text) => JSON.stringify(text);
/** In single quotes, as JavaScript and Python write it. */
export const single = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
export const double = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
export const xml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
export const sql = (text) => `'${text.replaceAll("'", "''")}'`;
export const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
export const csv = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
export const yaml = (text) =>
  /^[\w./+=~-]+$/.test(text) && !/^[\d.]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
