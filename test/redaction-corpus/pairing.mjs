// Which secret makes sense in which place, and why the rest does not.

const NAMELESS = 'nothing but a name, a header or a connection string tells it from any other text';
const PROSE = 'a lower-case word behind a colon is prose as often (`password: mismatch`)';
const BLANKS = 'it has blanks, and the place ends at the first';
const MARKS = 'its own marks end the value for every reader, the program that is meant to read it included';
const LINES = 'it has several lines, and the place has one';
const ITS_OWN = 'it brings its name along and has places of its own';
const NO_EDGES = 'without line ends nothing is left that shows where it begins';
const LETTERS = 'it is no number';
const ANYWHERE = true;

const ALL_NAMED = { plain: true, padded: true, letters: true, digits: true, odd: true, quotes: true, spaced: true };

/**
 * Place → form or style → whether the two go together, else the reason against.
 * @type {Record<string, Record<string, true | string>>}
 */
export const PAIRING = {
  /** In running text, without a name. */
  bare: {
    token: true,
    url: true,
    line: true,
    header: 'a header goes on to the end of its line: what follows would belong to it',
    hash: true,
    block: LINES,
    named: NAMELESS,
  },
  /** Where only a word of letters, digits and few marks can stand: a path, a cell, between marks of any kind. */
  word: { token: true, hash: MARKS, url: MARKS, line: BLANKS, header: BLANKS, block: LINES, named: NAMELESS },
  /** A parameter, percent-encoded. */
  parameter: { token: true, url: true, hash: true, line: true, header: ITS_OWN, block: LINES, ...ALL_NAMED },
  /** A name and a value in quotes, escaped as the format wants it. */
  quoted: { token: true, url: true, line: true, hash: true, block: ANYWHERE, header: true, ...ALL_NAMED },
  /** `name=value` up to the next blank. */
  blankEnded: {
    token: true,
    url: true,
    hash: true,
    line: BLANKS,
    header: BLANKS,
    block: LINES,
    plain: true,
    padded: true,
    letters: true,
    digits: true,
    odd: MARKS,
    quotes: MARKS,
    spaced: BLANKS,
  },
  /** `name: value` in a line of a log, up to the next blank. */
  colon: {
    token: true,
    url: true,
    hash: true,
    line: BLANKS,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: true,
    letters: PROSE,
    digits: true,
    odd: MARKS,
    quotes: MARKS,
    spaced: BLANKS,
  },
  /** A cell of a table beside the one that holds the name. */
  cell: {
    token: true,
    url: true,
    hash: true,
    line: BLANKS,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: true,
    letters: 'a word beside another says nothing (`password  Running`)',
    digits: 'a number beside a word is a count (`tokens  1534`)',
    odd: MARKS,
    quotes: MARKS,
    spaced: BLANKS,
  },
  /** `name=value` up to the end of the line. */
  lineEnded: {
    token: true,
    url: true,
    line: true,
    hash: true,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: true,
    letters: true,
    digits: true,
    odd: true,
    quotes: MARKS,
    spaced: true,
  },
  /** Prose that names the kind and quotes the value. */
  prose: {
    token: true,
    url: ITS_OWN,
    line: ITS_OWN,
    hash: ITS_OWN,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: true,
    letters: true,
    digits: true,
    odd: true,
    quotes: MARKS,
    spaced: true,
  },
  /** Behind a command or keyword that says by itself that a password follows. */
  password: {
    token: ITS_OWN,
    url: ITS_OWN,
    line: ITS_OWN,
    hash: ITS_OWN,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: 'keys are not typed where passwords are',
    letters: true,
    digits: true,
    odd: MARKS,
    quotes: MARKS,
    spaced: BLANKS,
  },
  header: { header: true, token: ITS_OWN, url: ITS_OWN, line: ITS_OWN, hash: ITS_OWN, block: LINES, named: NAMELESS },
  /** The value of a property, an entry of a map, half of a pair. */
  property: { token: true, url: true, line: true, hash: true, header: true, block: ANYWHERE, ...ALL_NAMED },
  /** The value of a property that is a number. */
  number: {
    digits: true,
    token: LETTERS,
    url: LETTERS,
    line: LETTERS,
    hash: LETTERS,
    header: LETTERS,
    block: LETTERS,
    named: LETTERS,
  },
  /** A value in an object without a name of its own: a list, a set, bytes, a message. */
  element: { token: true, url: true, line: true, hash: true, header: true, block: ANYWHERE, named: NAMELESS },
  /** Only an address. */
  address: { url: true, token: MARKS, line: MARKS, hash: MARKS, header: MARKS, block: LINES, named: NAMELESS },
  /** A token that was changed on its way: the name says nothing here, the form has to be seen through the damage. */
  damaged: {
    token: true,
    url: ITS_OWN,
    line: ITS_OWN,
    hash: ITS_OWN,
    header: ITS_OWN,
    block: ITS_OWN,
    named: NAMELESS,
  },
  /** A named secret whose value or name was changed on its way. */
  damagedPair: {
    token: ITS_OWN,
    url: ITS_OWN,
    line: ITS_OWN,
    hash: ITS_OWN,
    header: ITS_OWN,
    block: LINES,
    plain: true,
    padded: true,
    letters: PROSE,
    digits: 'a short number is no longer one when characters are put in between',
    odd: MARKS,
    quotes: MARKS,
    spaced: BLANKS,
  },
  /** A token that lost its end, of a kind that its prefix alone gives away. */
  cut: { cuttable: true, token: 'without its end nothing is left of what gives it away' },
  /** A private key, whole or in part. */
  key: { block: true },
  /** … of the kind that has a first and a last line of dashes. */
  pem: { block: true, putty: NO_EDGES, keyFile: 'its line ends are written out: it has only one line' },
};

/** Whether a kind can turn up in a context. */
export function goesWith(kind, place) {
  const row = PAIRING[place];
  const column = place === 'cut' && kind.cut ? 'cuttable' : kind.style;
  return (row[column] ?? row[kind.form]) === true;
}
