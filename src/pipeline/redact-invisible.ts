// Terminal control sequences (ECMA-48 §5.4), raw and written out (`\u001b[31m`): colours, erasing, moving the cursor, modes. Only
// these finals: with all of them `ESC [ g` would take the first letter of a token along, and no rule would know the rest.
// The classes of neighbouring quantifiers are disjoint, so a scan is linear.
const CONTROL_SEQUENCES =
  /(?:\x1b\[|\x9b|\\(?:u001[bB]|x1[bB]|033|e)\[)(?:[0-9:;]*[mKJ]|[0-9:;]+[A-HST]|\?[0-9;]+[hl])/g;
// Window titles and links (ECMA-48 §8.3.89).
const OPERATING_SYSTEM_COMMANDS = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

// Invisible in every script: soft hyphen, zero-width space, marks and isolates of direction, word joiner, invisible operators,
// byte order mark, tag characters, and the control characters that are no line end or tab.
const INVISIBLE =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]|\u034f|\u17b4|\u17b5|\udb40[\udc00-\udfff]/g;

// Joiners (U+200C, U+200D) and variation selectors shape emoji and several scripts; between two ASCII characters they have no
// such job.
const JOINERS_IN_ASCII = /(?<=[!-~])(?:\u200c|\u200d|[\ufe00-\ufe0f])+(?=[!-~])/g;

// One cheap look: most texts have nothing of all this.
const MAY_HIDE = /[^\t\n\r -[\]-~\u00a0-\u00ac\u00ae-\u02ff]/;

/**
 * The text without characters that a reader does not see: they split a token so that no rule knows it. What is returned is also
 * what is posted. Emoji and scripts that need joiners keep them.
 */
export function stripInvisible(text: string): string {
  if (!MAY_HIDE.test(text)) return text;
  return text
    .replace(OPERATING_SYSTEM_COMMANDS, '')
    .replace(CONTROL_SEQUENCES, '')
    .replace(INVISIBLE, '')
    .replace(JOINERS_IN_ASCII, '');
}
