import type { AST } from '@eslint-community/regexpp';

/** What matches one character of a text. */
export type OneCharacter = AST.Character | AST.CharacterSet | AST.CharacterClass;

/** The characters that a pattern tells apart, by number: one stands for all that it treats alike. */
export interface Alphabet {
  readonly size: number;
  /** The character that stands for a number; a printable one where there is one. */
  characterOf(letter: number): string;
  /** Which numbers an element matches, 1 or 0 each. */
  membersOf(element: OneCharacter): Uint8Array;
  /** Which numbers are members of a class that is not in the pattern (`\w` for `\b`). */
  membersOfClass(source: string): Uint8Array;
}

// ASCII and Latin entirely, then letters, marks, numbers, spaces, symbols and controls of every other kind that a class can ask for.
const SAMPLES: readonly number[] = [
  ...Array.from({ length: 0x180 }, (_, code) => code),
  ...[0x1c5, 0x2b0, 0x300, 0x36f, 0x394, 0x3b4, 0x410, 0x430, 0x5d0, 0x61c, 0x645, 0x660, 0x900, 0xe01, 0x1100, 0x115f],
  ...[0x1680, 0x17b4, 0x180e, 0x1e00, 0x2000, 0x200a, 0x200b, 0x200c, 0x200d, 0x200e, 0x2018, 0x201c, 0x2026, 0x2028],
  ...[0x2029, 0x202a, 0x202f, 0x203f, 0x205f, 0x2060, 0x206f, 0x20ac, 0x2126, 0x212a, 0x2160, 0x2192, 0x2212, 0x24b6],
  ...[0x2705, 0x3000, 0x3005, 0x3042, 0x30d1, 0x3164, 0x4e00, 0xac00, 0xd800, 0xdb40, 0xdbff, 0xdc00, 0xdfff, 0xe000],
  ...[0xfb00, 0xfe00, 0xfe0f, 0xfeff, 0xff0d, 0xff10, 0xff1a, 0xff1d, 0xff21, 0xff41, 0xffa0, 0xfffd, 0xffff],
];
const ASTRAL: readonly number[] = [0x10330, 0x10400, 0x10428, 0x1d400, 0x1d7ce, 0x1f600, 0x20000, 0xe0001, 0x10ffff];

const membersBySource = new Map<string, Uint8Array>();

/** Asks V8 itself: nobody else knows better what a class matches under the flags of a pattern. */
function members(source: string, flags: string, characters: readonly string[], all: string): Uint8Array {
  const key = `${flags}/${source}/${all}`;
  const known = membersBySource.get(key);
  if (known !== undefined) return known;
  const pattern = new RegExp(`^(?:${source})$`, flags);
  const found = Uint8Array.from(characters, (character) => (pattern.test(character) ? 1 : 0));
  membersBySource.set(key, found);
  return found;
}

/** The alphabet of a pattern that is made of these elements. */
export function alphabetOf(elements: readonly OneCharacter[], flags: string): Alphabet {
  const own = [...flags].filter((flag) => 'iusv'.includes(flag)).join('');
  const isByCodePoint = own.includes('u') || own.includes('v');
  const codes = new Set([...SAMPLES, ...(isByCodePoint ? ASTRAL : []), ...elements.flatMap(edgesOf)]);
  const last = isByCodePoint ? 0x10ffff : 0xffff;
  const characters = [...codes]
    .filter((code) => code >= 0 && code <= last)
    .map((code) => String.fromCodePoint(code))
    .toSorted();
  const sources = [...new Set([...elements.map(({ raw }) => raw), '\\w', '[\\n\\r\\u2028\\u2029]'])];
  const all = characters.join('');
  const columns = sources.map((source) => members(source, own, characters, all));
  const alike = new Map<string, number[]>();
  for (const index of characters.keys()) {
    const signature = columns.map((column) => column[index]).join('');
    alike.set(signature, [...(alike.get(signature) ?? []), index]);
  }
  const letters = [...alike.values()];
  const standIns = letters.map((indices) => {
    const same = indices.map((index) => characters[index] ?? '');
    return same.find((one) => /^[a-z0-9]$/i.test(one)) ?? same.find((one) => /^[!-~]$/.test(one)) ?? same[0] ?? '';
  });
  const bySource = new Map(
    sources.map((source, row) => [source, Uint8Array.from(letters, ([index = 0]) => columns[row]?.[index] ?? 0)]),
  );
  const membersOfClass = (source: string): Uint8Array => bySource.get(source) ?? new Uint8Array(letters.length);
  return {
    size: letters.length,
    characterOf: (letter) => standIns[letter] ?? '',
    membersOf: ({ raw }) => membersOfClass(raw),
    membersOfClass,
  };
}

/** Where the ranges of an element begin and end: what lies in between is all alike. */
function edgesOf(element: OneCharacter | AST.CharacterClassElement): number[] {
  switch (element.type) {
    case 'Character':
      return [element.value - 1, element.value, element.value + 1];
    case 'CharacterClassRange':
      return [element.min.value - 1, element.min.value, element.max.value, element.max.value + 1];
    case 'CharacterClass':
      return element.elements.flatMap((one) => edgesOf(one as AST.CharacterClassElement));
    default:
      return [];
  }
}
