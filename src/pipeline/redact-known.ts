import { isAlnum, isSpace } from './redact-chars.ts';
import type { PlainDetector, RuleName } from './redact-span.ts';

/** Exact secrets that the operator registered, and the pager's own webhooks. */
export const KNOWN_VALUE_RULE: RuleName = { id: 'known-value' };

/** Shorter values are ignored: they would mask half of every text. */
export const MIN_KNOWN_CHARS = 6;
/** More than this is not a secret but a file; only so much of it is compared. */
const MAX_KNOWN_CHARS = 16_384;
const SLOTS = 1 << 13;

/**
 * A detector for exact values, each also as it looks percent-encoded, form-encoded, JSON-escaped (once and twice) and base64
 * (inside a longer base64 text as well). Undefined when there is nothing to look for. The cost does not grow with the number of values: one pass,
 * looking closer only where three characters agree with the beginning of one.
 */
export function createKnownDetector(values: readonly string[]): PlainDetector | undefined {
  const forms = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    for (const form of formsOf(value)) if (form.length >= MIN_KNOWN_CHARS) forms.add(form);
  }
  if (forms.size === 0) return undefined;
  const slots: (string[] | undefined)[] = new Array(SLOTS).fill(undefined);
  for (const form of forms) {
    const slot = slotOf(form.charCodeAt(0), form.charCodeAt(1), form.charCodeAt(2));
    const entries = slots[slot] ?? [];
    slots[slot] = entries;
    entries.push(form);
  }
  // The longest form first, so that no tail remains.
  for (const entries of slots) entries?.sort((a, b) => b.length - a.length);
  return (text, report) => {
    let first = text.charCodeAt(0);
    let second = text.charCodeAt(1);
    for (let i = 0; i + 2 < text.length; i++) {
      const third = text.charCodeAt(i + 2);
      const entries = slots[slotOf(first, second, third)];
      const form = entries === undefined ? undefined : formAt(text, i, entries);
      if (form !== undefined) {
        // Read on inside: known values may overlap.
        report(i, i + form.length, KNOWN_VALUE_RULE);
      }
      first = second;
      second = third;
    }
  };
}

/** So much of a value is enough where the text was cut. */
const MIN_CUT_CHARS = 12;
/** How a value begins that shares its beginning with what is no secret: scheme and host, the id of a webhook. */
const PUBLIC_START =
  /^(?:[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\/[^/?#@:\s]{1,255}(?:\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20})?\/?|\d{17,20}(?:\/|%2[Ff]|\\{1,3}\/))/;

/** The longest form that stands at `at`, or the beginning of one that was cut. */
function formAt(text: string, at: number, entries: readonly string[]): { readonly length: number } | undefined {
  let longest = 0;
  for (const entry of entries) {
    if (entry.length <= longest) continue;
    if (text.startsWith(entry, at)) longest = entry.length;
    else if (entry.length > MIN_CUT_CHARS && text.startsWith(entry.slice(0, MIN_CUT_CHARS), at)) {
      longest = Math.max(longest, cutLength(text, at, entry));
    }
  }
  return longest === 0 ? undefined : { length: longest };
}

/**
 * How much of `entry` stands at `at` before it was cut; 0 where it was not. What goes on with a letter or digit was not cut: it is
 * another value that begins alike.
 */
function cutLength(text: string, at: number, entry: string): number {
  let length = MIN_CUT_CHARS;
  while (text.charCodeAt(at + length) === entry.charCodeAt(length)) length++;
  if (isAlnum(text.charCodeAt(at + length))) return 0;
  while (isSpace(entry.charCodeAt(length - 1))) length--;
  const start = PUBLIC_START.exec(entry)?.[0].length ?? 0;
  return start > 0 && length < start + MIN_KNOWN_CHARS ? 0 : length;
}

function slotOf(first: number, second: number, third: number): number {
  return ((first * 33 + second) * 33 + third) & (SLOTS - 1);
}

function formsOf(raw: string): string[] {
  const trimmed = raw.trim();
  if (trimmed.length < MIN_KNOWN_CHARS) return [];
  const value = trimmed.slice(0, MAX_KNOWN_CHARS);
  const json = JSON.stringify(value).slice(1, -1);
  const forms = [value, json, JSON.stringify(json).slice(1, -1), json.replaceAll('/', '\\/')];
  const percent = percentEncoded(value);
  if (percent !== undefined) {
    const form = percent.replaceAll('%20', '+');
    // RFC 3986 leaves `!'()*` alone, the form encoding of URLs and other languages does not.
    const strict = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    for (const encoded of [percent, form, strict, strict.replaceAll('%20', '+'), strict.replaceAll('~', '%7E')]) {
      forms.push(
        encoded,
        encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
      );
    }
    forms.push(encodeURI(value));
  }
  const hex = Buffer.from(value, 'utf8').toString('hex');
  return [...forms, hex, hex.toUpperCase(), ...base64Forms(value)];
}

/** Undefined for a value with lone surrogates, which cannot be encoded. */
function percentEncoded(value: string): string | undefined {
  try {
    return encodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/**
 * Base64 of the value alone, and the part of it that stays the same wherever the value stands in a longer encoded text (one form
 * for each of the three alignments).
 */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const whole = bytes.toString('base64');
  const url = bytes.toString('base64url');
  const forms = [whole, whole.replace(/=+$/, ''), url, encodeURIComponent(whole)];
  for (let shift = 0; shift < 3; shift++) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters also hold bits of the neighbours.
    const start = shift === 0 ? 0 : shift + 1;
    const spare = (bytes.length + shift) % 3;
    const core = encoded.slice(start, spare === 0 ? encoded.length : encoded.length - 1);
    forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
    if (core.includes('+') || core.includes('/')) forms.push(encodeURIComponent(core));
  }
  return forms;
}

const QUOTING = /[\\"'`]/g;

/**
 * A detector for the values that hold quotes or backslashes, however those are escaped: in JSON of any depth, by a shell, in SQL. Values
 * and text are compared without any of them. Undefined where no value needs that.
 */
export function createQuotedKnownDetector(values: readonly string[]): PlainDetector | undefined {
  const bare = values.flatMap((value) => {
    if (typeof value !== 'string' || value.search(QUOTING) < 0) return [];
    const plain = value.trim().slice(0, MAX_KNOWN_CHARS).replace(QUOTING, '');
    return plain.length >= MIN_KNOWN_CHARS ? [plain] : [];
  });
  const detector = bare.length === 0 ? undefined : createKnownDetector(bare);
  if (detector === undefined) return undefined;
  return (text, report) => {
    const places: number[] = [];
    let plain = '';
    let done = 0;
    QUOTING.lastIndex = 0;
    for (let mark = QUOTING.exec(text); mark !== null; mark = QUOTING.exec(text)) {
      for (let i = done; i < mark.index; i++) places.push(i);
      plain += text.slice(done, mark.index);
      done = mark.index + 1;
    }
    for (let i = done; i < text.length; i++) places.push(i);
    plain += text.slice(done);
    detector(plain, (start, end, rule) => report(places[start] as number, (places[end - 1] as number) + 1, rule));
  };
}
