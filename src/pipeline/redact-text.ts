import type { OwnDetectors } from './own-detectors.ts';
import { KEY_NAME_RULE, URL_PARAMETER_RULE } from './redact-assignments.ts';
import { detectBase64 } from './redact-base64.ts';
import { COLUMN_LITERALS, COLUMN_RULE, detectColumns } from './redact-columns.ts';
import {
  AUTH_SCHEME_RULE,
  detectCommands,
  detectLoginWords,
  detectProtocols,
  detectSchemes,
  FLAG_LITERALS,
  LOGIN_LITERALS,
  PROTOCOL_LITERALS,
  SCHEME_LITERALS,
} from './redact-commands.ts';
import { createGapDetector, detectCutUserinfo } from './redact-cut.ts';
import { DOCUMENT_LITERALS, DOCUMENT_RULE, detectDocuments, REJECTED_LITERALS } from './redact-documents.ts';
import { detectBytes } from './redact-encoded.ts';
import { separatedView, stripHidden, stripInvisible } from './redact-invisible.ts';
import { createKnownDetector, createQuotedKnownDetector, KNOWN_VALUE_RULE } from './redact-known.ts';
import {
  coverMarkers,
  isCovered,
  MARKER,
  MARKER_LITERALS,
  WITHHELD_FAILED,
  WITHHELD_TOO_LARGE,
} from './redact-marker.ts';
import { detectNamed, NAME_LITERALS } from './redact-named.ts';
import { detectPrivateKeys, PRIVATE_KEY_RULE } from './redact-pem.ts';
import { COMMAND_LINE_RULE, PHRASE_RULE } from './redact-phrases.ts';
import { detectPii, PII_RULES } from './redact-pii.ts';
import { detectPrefixes, PREFIXES } from './redact-prefix.ts';
import { createTextReader, GROUP, type Reading, type TextReader } from './redact-reading.ts';
import { PREFIX_RULES } from './redact-rules.ts';
import { detectShapes, SHAPE_LITERALS, SHAPE_RULES } from './redact-shapes.ts';
import { applySpans, type Detector, holdsText, mergeSpans, type RuleName, type Span } from './redact-span.ts';
import { detectUserinfo, ESCAPED_URL_LITERALS, URL_LITERALS, URL_USERINFO_RULE } from './redact-url.ts';
import { viewOf } from './redact-view.ts';

/**
 * How much of the rules a string is put through. `text`: all of them. `identifier`: names that steer the pager (channel, dedup
 * key), in which a colon assigns nothing. `outgoing`: what is known by its content alone, for the second gate; a rendered
 * message puts names beside values and cuts them, which the rules of assignments would misread.
 */
export type TextScope = 'text' | 'identifier' | 'outgoing';

/** The longest single string that is read, in UTF-16 units; a longer one is withheld as a whole. */
export const MAX_STRING_CHARS = 1_048_576;

/** How often what was decoded is decoded again: percent-encoding inside JSON inside base64. */
const MAX_DECODE_DEPTH = 2;

/** Further passes until nothing changes; one that still changes is withheld. */
const MAX_PASSES = 4;

/** What a text redactor is made of. */
export interface TextRules {
  readonly known: readonly string[];
  readonly pii: boolean;
  /** What the operator adds. */
  readonly own?: OwnDetectors | undefined;
  /** Called once for every secret masked. */
  readonly onMasked?: (ruleId: string) => void;
  /** Called for every string that was withheld because redacting it failed. */
  readonly onFailed?: () => void;
}

/** Redaction of single strings, pure but for the two callbacks. */
export interface TextRedactor {
  /** The string without its secrets; redacting the result again gives the same string. Never throws. */
  redact(text: string, scope?: TextScope): string;
  /** Whether a secret is found; throws nothing, and in doubt says yes. */
  holdsSecret(text: string, scope: TextScope): boolean;
  /** The number, or what stands for it where an own detector finds something in its digits. */
  redactNumber<N extends number | bigint>(value: N): N | string;
}

const OTHER_RULES: readonly RuleName[] = [
  KNOWN_VALUE_RULE,
  PRIVATE_KEY_RULE,
  URL_USERINFO_RULE,
  URL_PARAMETER_RULE,
  KEY_NAME_RULE,
  AUTH_SCHEME_RULE,
  COMMAND_LINE_RULE,
  COLUMN_RULE,
  DOCUMENT_RULE,
  PHRASE_RULE,
];

/** The ids of all rules that work on texts; those for personal data are among them, whether switched on or not. */
export const TEXT_RULE_IDS: readonly string[] = [
  ...new Set([...PREFIX_RULES, ...SHAPE_RULES, ...OTHER_RULES, ...PII_RULES].map((rule) => rule.id)),
];

const KINDS: ReadonlySet<string> = new Set(
  [...PREFIX_RULES, ...SHAPE_RULES, ...OTHER_RULES, ...PII_RULES].flatMap(({ kind }: RuleName) => kind ?? []),
);

/** True for a string that is nothing but a marker or a notice of withholding. */
export function isMarker(text: string): boolean {
  return isCovered(coverMarkers(text, KINDS), 0, text.length);
}

/** What is known by its content, wherever it stands. */
const CONTENT_DETECTORS: readonly Detector[] = [detectPrefixes, detectShapes, detectPrivateKeys, detectUserinfo];

const detectAll: Detector = (text, report, reading) => detectNamed(text, report, reading);
const detectEquals: Detector = (text, report, reading) => detectNamed(text, report, reading, 'equals');

/** A reader for texts at every depth of decoding: the outer text is still looked at when the inner one has been read. */
const readers: readonly TextReader[] = Array.from({ length: MAX_DECODE_DEPTH + 1 }, () =>
  createTextReader({
    names: NAME_LITERALS,
    prefixes: PREFIXES,
    shapes: SHAPE_LITERALS,
    schemes: SCHEME_LITERALS,
    logins: LOGIN_LITERALS,
    protocols: PROTOCOL_LITERALS,
    columns: COLUMN_LITERALS,
    rejected: REJECTED_LITERALS,
    documents: DOCUMENT_LITERALS,
    flags: FLAG_LITERALS,
    markers: MARKER_LITERALS,
    urls: URL_LITERALS,
    escapedUrls: ESCAPED_URL_LITERALS,
  }),
);

function read(text: string, depth: number): Reading {
  return (readers[depth] as TextReader)(text);
}

/**
 * Compiles the layers in their order: known values, content, names and phrases, personal data. What hides a secret from all of
 * them (invisible characters, terminal colours) is removed from the text first.
 */
export function createTextRedactor(rules: TextRules): TextRedactor {
  const known = createKnownDetector(rules.known);
  const quotedKnown = createQuotedKnownDetector(rules.known);
  const registered = [known, quotedKnown].filter((detector) => detector !== undefined);
  const always = [...registered, ...CONTENT_DETECTORS];
  const gaps = createGapDetector(rules.known);
  // The last look sees texts that were cut after they had been redacted.
  const cut = gaps === undefined ? [detectCutUserinfo] : [gaps, detectCutUserinfo];
  const { own } = rules;
  const kinds = own === undefined ? KINDS : new Set([...KINDS, ...own.kinds]);
  const detectors: Readonly<Record<TextScope, readonly Detector[]>> = {
    text: [
      ...always,
      ...cut,
      detectAll,
      detectSchemes,
      detectCommands,
      detectProtocols,
      detectLoginWords,
      detectColumns,
      detectDocuments,
      ...(rules.pii ? [detectPii] : []),
    ],
    identifier: [...always, ...cut, detectEquals, ...(rules.pii ? [detectPii] : [])],
    outgoing: always,
  };

  /** `reading`: of the text, where it is at hand. */
  function scan(raw: string, text: string, scope: TextScope, reading?: Reading): Span[] {
    const hasMarker = reading === undefined || reading.at(GROUP.markers).length > 0;
    const covered = hasMarker ? coverMarkers(text, kinds) : text;
    const found = detect(covered, scope, MAX_DECODE_DEPTH, covered === text ? reading : undefined);
    if (raw !== text) {
      const view = separatedView(raw);
      for (const span of detect(coverMarkers(view.text, kinds), scope, MAX_DECODE_DEPTH)) {
        found.push({ ...span, start: view.startOf(span.start), end: view.endOf(span.end) });
      }
    }
    const spans = mergeSpans(found);
    return covered === text ? spans : spans.filter((span) => holdsText(covered, span));
  }

  /** As the text stands, as it reads decoded, and what it holds in base64. */
  function detect(given: string, scope: TextScope, depth: number, reading: Reading = read(given, depth)): Span[] {
    const { text } = reading;
    const spans: Span[] = [];
    const report = (start: number, end: number, rule: RuleName, wrap = ''): void => {
      spans.push({ start, end, rule, wrap });
    };
    for (const look of detectors[scope]) look(text, report, reading);
    own?.detect[scope](text, report);
    if (depth === 0) return spans;
    const look = (decoded: string): RuleName | undefined => detect(stripInvisible(decoded), scope, depth - 1)[0]?.rule;
    detectBase64(text, report, reading, look);
    detectBytes(text, report, reading, look);
    const view = viewOf(text, reading.encoded);
    if (view === undefined) return spans;
    for (const [from, to] of view.windows) {
      for (const { start, end, rule } of detect(view.text.slice(from, to), scope, depth - 1)) {
        const at = view.startOf(from + start);
        report(at, endInUrl(text, at, view.endOf(from + end)), rule);
      }
    }
    return spans;
  }

  function pass(text: string, scope: TextScope): string {
    const reading = read(text, MAX_DECODE_DEPTH);
    const visible = stripHidden(text, reading);
    const spans = scan(text, visible, scope, visible === text ? reading : undefined);
    if (spans.length === 0) return visible;
    if (rules.onMasked !== undefined) for (const { rule } of spans) rules.onMasked(rule.id);
    return applySpans(visible, spans);
  }

  return {
    redact(text, scope = 'text') {
      if (text.length < (own === undefined ? 4 : 1)) return stripInvisible(text);
      if (text.length > MAX_STRING_CHARS) return WITHHELD_TOO_LARGE;
      try {
        let current = text;
        for (let i = 0; i < MAX_PASSES; i++) {
          const next = pass(current, scope);
          if (next === current) return current;
          current = next;
        }
      } catch {
        // What was thrown is not looked at: its message may quote the text.
      }
      rules.onFailed?.();
      return WITHHELD_FAILED;
    },
    holdsSecret(text, scope) {
      if (text.length > MAX_STRING_CHARS) return true;
      try {
        return scan(text, stripInvisible(text), scope).length > 0;
      } catch {
        return true;
      }
    },
    redactNumber(value) {
      let isKnown = false;
      known?.(String(value), () => {
        isKnown = true;
      });
      if (isKnown) {
        rules.onMasked?.(KNOWN_VALUE_RULE.id);
        return MARKER;
      }
      return own?.maskNumber(value, rules.onMasked, rules.onFailed) ?? value;
    },
  };
}

const URL_VALUE = /(?:%[0-9A-Fa-f]{2}|[\w.~!*'()+:@/,;$-])*/y;
const BLANK_OR_QUOTE = /%(?:20|09|22|27|60|5[Cc]|3[CcEe])/y;

/**
 * The end of a value in a query, where blanks and quotes are written as `%20` and `%22`: decoded they look like its end and are
 * none, and a `&` that was not encoded ends it in any case.
 */
function endInUrl(text: string, start: number, end: number): number {
  const assigned = text.charCodeAt(start - 1) === 61;
  if (!assigned && !/%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, start - 3), start))) return end;
  if (assigned && !text.slice(start, end + 1).includes('%')) return end;
  URL_VALUE.lastIndex = start;
  URL_VALUE.test(text);
  const limit = Math.max(URL_VALUE.lastIndex, start + 1);
  BLANK_OR_QUOTE.lastIndex = end;
  return assigned && BLANK_OR_QUOTE.test(text) ? Math.max(end, limit) : Math.min(end, limit);
}
