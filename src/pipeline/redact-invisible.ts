import type { Reading } from './redact-reading.ts';
import type { View } from './redact-view.ts';

// Terminal control sequences (ECMA-48 §5.4), raw, written out (`\u001b[31m`) and without their ESC, which many a log has lost:
// colours, erasing, moving the cursor, modes. Only these finals: with all of them `ESC [ g` would take the first letter of a token
// along, and no rule would know the rest. Window titles and links (ECMA-48 §8.3.89).
const SEQUENCES =
  /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|(?:\x1b\[|\x9b|\\(?:u001[bB]|x1[bB]|033|e)\[|\^\[\[|#x1[bB]\[)(?:[0-9:;]*[mKJ]|[0-9:;]+[A-HST]|\?[0-9;]+[hl])|\[(?:0|1|[349]\d)(?:;\d{1,3}){0,5}m(?!\d{1,2}s)/
    .source;

// Invisible in every script: soft hyphen, zero-width space, marks and isolates of direction, word joiner, invisible operators,
// byte order mark, tag characters, noncharacters, and the control characters that are no line end or tab.
const INVISIBLE =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|\udb40[\udc00-\udfff]/
    .source;

// Joiners (U+200C, U+200D), variation selectors and the private use area shape emoji, several scripts and icons; between two ASCII
// characters they have no such job.
const BETWEEN = '[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]{0,8}';
const JOINERS = `(?<=[!-~]${BETWEEN})(?:\\u200c|\\u200d|[\\ufe00-\\ufe0f]|[\\ue000-\\uf8ff])+(?=${BETWEEN}[!-~])`;

const ANY = [SEQUENCES, INVISIBLE, JOINERS].join('|');
const HIDDEN = new RegExp(ANY, 'g');
const HIDDEN_HERE = new RegExp(ANY, 'y');

// One cheap look: most texts have nothing of all this.
const MAY_HIDE = /[^\t\n\r -[\]-~\u00a0-\u00ac\u00ae-\u02ff]|\[(?:\d{1,2}[m;]|\[)|#x1/;

/**
 * The text without characters that a reader does not see: they split a token so that no rule knows it. What is returned is also
 * what is posted. Emoji and scripts that need joiners keep them.
 */
export function stripInvisible(text: string): string {
  return MAY_HIDE.test(text) ? text.replace(HIDDEN, '') : text;
}

/** The same of a text that has been read: only where something invisible may be. */
export function stripHidden(text: string, { hidden, codes }: Reading): string {
  let out = '';
  let done = 0;
  for (const place of hidden) {
    if (place < done) continue;
    // `^[[`
    const at = place > done && codes[place] === 91 && codes[place - 1] === 94 ? place - 1 : place;
    HIDDEN_HERE.lastIndex = at;
    if (!HIDDEN_HERE.test(text)) continue;
    out += text.slice(done, at);
    done = HIDDEN_HERE.lastIndex;
  }
  return done === 0 ? text : out + text.slice(done);
}

/**
 * The text with a blank where a stretch of it is invisible, and the way to the stripped one: what is invisible may also be all that
 * stands between a word and a token (`failed:ESC[31mghp_…`, arguments with NUL between them).
 */
export function separatedView(source: string): View {
  const places: number[] = [];
  const text = source.replace(HIDDEN, (hidden: string, ...rest: unknown[]) => {
    const at = rest.find((each) => typeof each === 'number') as number;
    places.push(at, hidden.length);
    return ' ';
  });
  // Where each blank stands in the separated text, and how much shorter the stripped one is behind it.
  const blanks: number[] = [];
  let removed = 0;
  for (let i = 0; i < places.length; i += 2) {
    blanks.push((places[i] as number) - removed);
    removed += (places[i + 1] as number) - 1;
  }
  const before = (position: number): number => {
    let low = 0;
    let high = blanks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((blanks[middle] as number) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const place = (position: number): number => position - before(position);
  return { text, windows: [[0, text.length]], startOf: place, endOf: place };
}
