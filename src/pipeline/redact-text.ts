import { detectAssignments, KEY_NAME_RULE, URL_PARAMETER_RULE } from './redact-assignments.ts';
import { createGapDetector, detectCutUserinfo } from './redact-cut.ts';
import { stripInvisible } from './redact-invisible.ts';
import { createKnownDetector, KNOWN_VALUE_RULE } from './redact-known.ts';
import { coverMarkers, isCovered, WITHHELD_FAILED, WITHHELD_TOO_LARGE } from './redact-marker.ts';
import { detectPrivateKeys, PRIVATE_KEY_RULE } from './redact-pem.ts';
import { AUTH_SCHEME_RULE, COMMAND_LINE_RULE, detectPhrases, PHRASE_RULE } from './redact-phrases.ts';
import { detectPii, PII_RULES } from './redact-pii.ts';
import { detectPrefixes } from './redact-prefix.ts';
import { PREFIX_RULES } from './redact-rules.ts';
import { detectShapes, SHAPE_RULES } from './redact-shapes.ts';
import { applySpans, type Detector, holdsText, mergeSpans, type RuleName, type Span } from './redact-span.ts';
import { detectUserinfo, URL_USERINFO_RULE } from './redact-url.ts';

/**
 * How much of the rules a string is put through. `text`: all of them. `identifier`: names that steer the pager (channel, dedup
 * key), in which a colon assigns nothing. `outgoing`: what is known by its content alone, for the second gate; a rendered
 * message puts names beside values and cuts them, which the rules of assignments would misread.
 */
export type TextScope = 'text' | 'identifier' | 'outgoing';

/** The longest single string that is read, in UTF-16 units; a longer one is withheld as a whole. */
export const MAX_STRING_CHARS = 1_048_576;

/** Further passes until nothing changes; one that still changes is withheld. */
const MAX_PASSES = 4;

/** What a text redactor is made of. */
export interface TextRules {
  readonly known: readonly string[];
  readonly pii: boolean;
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
}

const OTHER_RULES: readonly RuleName[] = [
  KNOWN_VALUE_RULE,
  PRIVATE_KEY_RULE,
  URL_USERINFO_RULE,
  URL_PARAMETER_RULE,
  KEY_NAME_RULE,
  AUTH_SCHEME_RULE,
  COMMAND_LINE_RULE,
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

const detectAll: Detector = (text, report) => detectAssignments(text, report);
const detectEquals: Detector = (text, report) => detectAssignments(text, report, 'equals');

/**
 * Compiles the layers in their order: known values, content, names and phrases, personal data. What hides a secret from all of
 * them (invisible characters, terminal colours) is removed from the text first.
 */
export function createTextRedactor(rules: TextRules): TextRedactor {
  const known = createKnownDetector(rules.known);
  const always = known === undefined ? CONTENT_DETECTORS : [known, ...CONTENT_DETECTORS];
  const gaps = createGapDetector(rules.known);
  // The last look sees texts that were cut after they had been redacted.
  const cut = gaps === undefined ? [detectCutUserinfo] : [gaps, detectCutUserinfo];
  const detectors: Readonly<Record<TextScope, readonly Detector[]>> = {
    text: [...always, ...cut, detectAll, detectPhrases, ...(rules.pii ? [detectPii] : [])],
    identifier: [...always, ...cut, detectEquals, ...(rules.pii ? [detectPii] : [])],
    outgoing: always,
  };

  function scan(text: string, scope: TextScope): Span[] {
    const covered = coverMarkers(text, KINDS);
    const spans: Span[] = [];
    const report = (start: number, end: number, rule: RuleName, wrap = ''): void => {
      spans.push({ start, end, rule, wrap });
    };
    for (const detect of detectors[scope]) detect(covered, report);
    return mergeSpans(covered === text ? spans : spans.filter((span) => holdsText(covered, span)));
  }

  function pass(text: string, scope: TextScope): string {
    const visible = stripInvisible(text);
    const spans = scan(visible, scope);
    if (spans.length === 0) return visible;
    if (rules.onMasked !== undefined) for (const { rule } of spans) rules.onMasked(rule.id);
    return applySpans(visible, spans);
  }

  return {
    redact(text, scope = 'text') {
      if (text.length < 4) return stripInvisible(text);
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
        return scan(stripInvisible(text), scope).length > 0;
      } catch {
        return true;
      }
    },
  };
}
