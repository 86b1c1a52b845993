import { isSpace } from './redact-chars.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { KNOWN_VALUE_RULE, MIN_KNOWN_CHARS } from './redact-known.ts';
import { isCovered } from './redact-marker.ts';
import { GROUP } from './redact-reading.ts';
import type { Detector, Report } from './redact-span.ts';
import { URL_USERINFO_RULE } from './redact-url.ts';

// What a capture writes into the gap of a text that was too long. An application may write it too, and then a little more is masked.
const GAP = /\[… [\d,]{1,15} characters cut at capture …\]/g;
/** Line ends beside the gap, raw or written out in JSON. */
const LINE_END_BEFORE = /(?:\\{1,7}[nr]|[\n\r])$/;
const LINE_END_BEHIND = /(?:\\{1,7}[nr]|[\n\r])?/y;
/** A text with more gaps than this was made to have them; the rest of it is taken as cut everywhere. */
const MAX_GAPS = 64;
/** Of a known value so much is compared beside a gap; a longer piece of it is found by its own content, if it is a key. */
const MAX_KNOWN_CHARS = 16_384;

/**
 * Finds what is left of a known value on either side of a gap, where it holds blanks or line ends and was cut there. Undefined when
 * there are no known values.
 */
export function createGapDetector(known: readonly string[]): Detector | undefined {
  const values = known
    .filter((value) => typeof value === 'string')
    .map((value) => value.trim().slice(0, MAX_KNOWN_CHARS))
    // Without a blank, a capture leaves it whole or takes it all.
    .filter((value) => value.length > MIN_KNOWN_CHARS && /\s/.test(value))
    .flatMap((value) => [...new Set([value, JSON.stringify(value).slice(1, -1)])]);
  if (values.length === 0) return undefined;
  const pieces = values.map((value) => ({ begins: matcherOf(value), ends: matcherOf(reversed(value)) }));
  return (text, report) => {
    if (!text.includes('characters cut at capture')) return;
    GAP.lastIndex = 0;
    for (let gaps = 0, found = GAP.exec(text); found !== null; found = GAP.exec(text)) {
      const behindGap = found.index + found[0].length;
      if (++gaps > MAX_GAPS) return report(behindGap, text.length, KNOWN_VALUE_RULE);
      const window = text
        .slice(Math.max(0, found.index - MAX_KNOWN_CHARS - 8), found.index)
        .replace(LINE_END_BEFORE, '');
      const headEnd = Math.max(0, found.index - MAX_KNOWN_CHARS - 8) + window.length;
      LINE_END_BEHIND.lastIndex = behindGap;
      LINE_END_BEHIND.test(text);
      const tailStart = LINE_END_BEHIND.lastIndex;
      const tail = reversed(text.slice(tailStart, tailStart + MAX_KNOWN_CHARS));
      for (const { begins, ends } of pieces) {
        const before = begins(window);
        if (before >= MIN_KNOWN_CHARS) report(headEnd - before, headEnd, KNOWN_VALUE_RULE);
        const behind = ends(tail);
        if (behind >= MIN_KNOWN_CHARS) report(tailStart, tailStart + behind, KNOWN_VALUE_RULE);
      }
    }
  };
}

/** How many characters at the end of a text are the beginning of `value`; linear, after Knuth, Morris and Pratt. */
function matcherOf(value: string): (text: string) => number {
  const fallback = new Int32Array(value.length);
  for (let i = 1, matched = 0; i < value.length; i++) {
    while (matched > 0 && value.charCodeAt(i) !== value.charCodeAt(matched)) matched = fallback[matched - 1] as number;
    if (value.charCodeAt(i) === value.charCodeAt(matched)) matched++;
    fallback[i] = matched;
  }
  return (text) => {
    let matched = 0;
    for (let i = Math.max(0, text.length - value.length); i < text.length; i++) {
      while (matched > 0 && (matched === value.length || text.charCodeAt(i) !== value.charCodeAt(matched))) {
        matched = fallback[matched - 1] as number;
      }
      if (text.charCodeAt(i) === value.charCodeAt(matched)) matched++;
    }
    return matched;
  };
}

function reversed(text: string): string {
  let out = '';
  for (let i = text.length - 1; i >= 0; i--) out += text[i];
  return out;
}

/** Where others cut (limits on attributes, log collectors), they do it anywhere, and say so by dots, by a word or not at all. */
const CUT_SIGN = /…|\.\.\.|[[(<]truncated|$/y;
/** The longest user name and password that are looked at. */
const MAX_USERINFO_CHARS = 1_024;

/**
 * Finds the password of a URL that was cut before its `@`, at the end of a text or before the sign of a cut:
 * `postgres://app:hunt`. A port has digits alone.
 */
export const detectCutUserinfo: Detector = (text, report, { at: placesOf, codes }) => {
  for (const at of placesOf(GROUP.urls)) if (text.startsWith('://', at)) inspectUrl(text, codes, at + 3, report);
};

function inspectUrl(text: string, codes: Uint16Array, from: number, report: Report): void {
  let colon = -1;
  const stop = Math.min(text.length, from + MAX_USERINFO_CHARS);
  for (let i = from; i <= stop; i++) {
    const code = codes[i] as number;
    if (i === text.length || code === 0x2026 || code === 46 || code === 91 || code === 40 || code === 60) {
      CUT_SIGN.lastIndex = i;
      if (CUT_SIGN.test(text)) {
        if (colon >= 0) inspectPassword(text, colon + 1, i, report);
        return;
      }
    }
    if (colon < 0) {
      // Behind the authority no password stands, and `http://[::1` has no user.
      if (code === 47 || code === 63 || code === 35 || code === 91) return;
      if (code === 58) colon = i;
    } else if (code === 58 && codes[i + 1] === 47 && codes[i + 2] === 47) return;
    if (isSpace(code) || code === 64 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62) return;
  }
}

function inspectPassword(text: string, start: number, end: number, report: Report): void {
  const password = text.slice(start, end);
  if (password === '' || /^\d{0,5}(?:[/?#;,)\]}&]|$)/.test(password) || isCovered(text, start, end)) return;
  if (!isHarmlessValue(password, 'password')) report(start, end, URL_USERINFO_RULE);
}
