import { createTimeLimit, OVERRUN, type TimeLimit } from '../time-limit.ts';
import type { CheckedDetector } from './own-detector.ts';
import { type Matches, matchesOf } from './pattern-matches.ts';
import { ALPHABETS, type Alphabet, isAlnum, isTokenStart, runEnd } from './redact-chars.ts';
import { FILLER, markerOf, WITHHELD_FAILED } from './redact-marker.ts';
import { withoutFinalDots } from './redact-prefix.ts';
import type { PlainDetector, Report, RuleName } from './redact-span.ts';
import type { TextScope } from './redact-text.ts';

/** One use of a pattern may take so long, and for long texts longer: a hundredth of a second for 100,000 characters. */
const MAX_USE_MS = 25;
const CHARS_PER_MS = 10_000;
/** A pattern that has not come to an end by then is stopped. */
const MAX_RUN_MS = 1_000;
/** The machine may have had something else to do: only what is too slow twice is dropped. */
const STRIKES = 2;

// What the pager itself writes into a message: times, pings, links to its messages. A pattern for numbers would match them.
const OUR_OWN = /<t:\d{1,13}:[A-Za-z]>|<@&?\d{1,20}>|https:\/\/discord\.com\/channels\/\d{1,20}\/\d{1,20}\/\d{1,20}/g;

/** What own detectors need of the world. */
export interface OwnDetectorsDeps {
  /** Milliseconds since some instant. */
  readonly steadyMs: () => number;
  readonly warn?: ((code: string, text: string) => void) | undefined;
  /** @default 1000 */
  readonly maxRunMs?: number | undefined;
}

/**
 * The detectors of an operator, compiled. A pattern that takes too long is dropped, and from then on the detector of the scope
 * `text` throws: what cannot be checked is withheld. In names that steer (`identifier`) and at the second gate (`outgoing`) it is
 * passed over, so that pages still go out with priority, service and time.
 */
export interface OwnDetectors {
  readonly count: number;
  /** The kinds in their markers. */
  readonly kinds: ReadonlySet<string>;
  readonly detect: Readonly<Record<TextScope, PlainDetector>>;
  /** What stands for a number, where a detector finds something in its digits. */
  maskNumber(value: number | bigint, onMasked?: (ruleId: string) => void, onFailed?: () => void): string | undefined;
  /** Does work in which the detectors are used, and ends what does not end by itself. Without any pattern it only does the work. */
  guard<T>(work: () => T): T;
}

interface PrefixEntry {
  readonly prefix: string;
  readonly startsInside: boolean;
  readonly body: Alphabet;
  readonly tail: Alphabet;
  readonly minLength: number;
  readonly rule: RuleName;
}

interface PatternEntry {
  readonly pattern: RegExp;
  readonly rule: RuleName;
  strikes: number;
  isDropped: boolean;
}

/** Thrown where a detector that was dropped would have had to look. Its text is never shown. */
class Unchecked extends Error {}

/** The detectors in use. `isIncomplete`: some of those asked for cannot be used, so that no text counts as checked. */
export function createOwnDetectors(
  checked: readonly CheckedDetector[],
  deps: OwnDetectorsDeps,
  isIncomplete = false,
): OwnDetectors {
  const { steadyMs, warn, maxRunMs = MAX_RUN_MS } = deps;
  const prefixes: PrefixEntry[] = [];
  const patterns: PatternEntry[] = [];
  for (const detector of checked) {
    const rule = { id: `detector:${detector.name}`, kind: detector.name };
    if (detector.kind === 'pattern') {
      patterns.push({ pattern: detector.pattern, rule, strikes: 0, isDropped: false });
    } else prefixes.push(prefixEntry(detector, rule));
  }
  const limit: TimeLimit = createTimeLimit(maxRunMs);
  let running: PatternEntry | undefined;

  function drop(entry: PatternEntry): void {
    entry.isDropped = true;
    warn?.(
      'redact_detector',
      `the redaction detector "${entry.rule.kind}" took too long and is not used any more: every text that it would have ` +
        'looked at is withheld until the next start. Write it as { name, prefix, alphabet, minLength }, which is never slow, ' +
        'or as a pattern in which no two repetitions can match the same characters',
    );
  }

  function run(entry: PatternEntry, text: string): { readonly found: Matches; readonly isLate: boolean } {
    running = entry;
    try {
      const sinceMs = steadyMs();
      const found = matchesOf(entry.pattern, text);
      return { found, isLate: steadyMs() - sinceMs > MAX_USE_MS + text.length / CHARS_PER_MS };
    } finally {
      running = undefined;
    }
  }

  function detectPattern(entry: PatternEntry, text: string, report: Report, scope: TextScope): void {
    const isText = scope === 'text';
    if (!entry.isDropped) {
      const first = run(entry, text);
      if (first.isLate && run(entry, text).isLate) drop(entry);
      if (!(entry.isDropped && isText)) {
        reportMatches(text, first.found, entry.rule, report);
        return;
      }
    }
    if (isText) throw new Unchecked();
  }

  function detectorOf(scope: TextScope): PlainDetector {
    return (text, report) => {
      if (isIncomplete && scope === 'text') throw new Unchecked();
      for (const entry of prefixes) detectPrefix(entry, text, report);
      if (patterns.length === 0) return;
      const read = scope === 'outgoing' ? text.replace(OUR_OWN, (words) => FILLER.repeat(words.length)) : text;
      for (const entry of patterns) detectPattern(entry, read, report, scope);
    };
  }

  const detect = { text: detectorOf('text'), identifier: detectorOf('identifier'), outgoing: detectorOf('outgoing') };

  return {
    count: checked.length,
    kinds: new Set(checked.map(({ name }) => name)),
    detect,
    maskNumber(value, onMasked, onFailed) {
      let rule: RuleName | undefined;
      try {
        detect.text(String(value), (_start, _end, found) => {
          rule ??= found;
        });
      } catch {
        onFailed?.();
        return WITHHELD_FAILED;
      }
      if (rule === undefined) return undefined;
      onMasked?.(rule.id);
      return markerOf(rule.kind);
    },
    guard(work) {
      while (patterns.some(({ isDropped }) => !isDropped)) {
        running = undefined;
        const outcome = limit(work);
        if (outcome !== OVERRUN) return outcome;
        // Set by the work itself, which was stopped where it stood.
        const culprit = running as PatternEntry | undefined;
        // The built-in rules come to an end, however slow the machine is.
        if (culprit === undefined) break;
        culprit.strikes++;
        if (culprit.strikes >= STRIKES) drop(culprit);
      }
      return work();
    },
  };
}

function prefixEntry(detector: Extract<CheckedDetector, { kind: 'prefix' }>, rule: RuleName): PrefixEntry {
  const { prefix, body, minLength } = detector;
  return {
    prefix,
    startsInside: !isAlnum(prefix.charCodeAt(0)),
    body,
    // Whatever the alphabet, letters and digits that follow belong to the token.
    tail: body.map((member, code) => (member || ALPHABETS.alnum[code] ? 1 : 0)),
    minLength,
    rule,
  };
}

function detectPrefix(entry: PrefixEntry, text: string, report: Report): void {
  const { prefix, startsInside, body, tail, minLength, rule } = entry;
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
    if (!startsInside && !isTokenStart(text, at)) continue;
    const from = at + prefix.length;
    const bodyEnd = runEnd(text, from, body);
    if (bodyEnd - from < minLength) continue;
    const end = withoutFinalDots(text, from, runEnd(text, bodyEnd, tail));
    report(at, end, rule);
    at = end - 1;
  }
}

/** A match that reaches over a marker is what stands around it: the marker stays whole. */
function reportMatches(text: string, found: Matches, rule: RuleName, report: Report): void {
  const isPlain = !text.includes(FILLER);
  for (let i = 0; i + 1 < found.length; i += 2) {
    const end = found[i + 1] as number;
    let start = found[i] as number;
    if (isPlain) {
      report(start, end, rule);
      continue;
    }
    for (let at = start; at <= end; at++) {
      if (at < end && text[at] !== FILLER) continue;
      if (at > start) report(start, at, rule);
      start = at + 1;
    }
  }
}
