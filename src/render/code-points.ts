/**
 * Number of Unicode code points, which is what Discord counts: the same as `[...text].length` (a lone surrogate is one), without
 * making the array.
 */
export function codePointLength(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (isPairAt(text, i)) i++;
    count++;
  }
  return count;
}

/** True when the text is at most `max` code points long; looks at the text only when its UTF-16 length leaves it open. */
export function fitsIn(text: string, max: number): boolean {
  if (text.length <= max) return true;
  // No code point takes more than two units.
  if (text.length > 2 * max) return false;
  return codePointLength(text) <= max;
}

/** Index of the UTF-16 unit behind the first `count` code points. */
export function indexAfter(text: string, count: number): number {
  let index = 0;
  for (let n = 0; n < count && index < text.length; n++) index += isPairAt(text, index) ? 2 : 1;
  return index;
}

/** Index of the UTF-16 unit at which the last `count` code points begin. */
export function indexBeforeLast(text: string, count: number): number {
  let index = text.length;
  for (let n = 0; n < count && index > 0; n++) index -= index >= 2 && isPairAt(text, index - 2) ? 2 : 1;
  return index;
}

/** True when a high surrogate stands at `index` and its low one behind it. */
export function isPairAt(text: string, index: number): boolean {
  return isHigh(text.charCodeAt(index)) && isLow(text.charCodeAt(index + 1));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
