import { FILLER, markerOf } from './redact-marker.ts';
import type { Reading } from './redact-reading.ts';

/** What every rule has: an id that is counted under, and the kind shown in the marker (none: the plain marker). */
export interface RuleName {
  readonly id: string;
  readonly kind?: string;
}

/** A secret found in a text: `text[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly rule: RuleName;
  /** Quote to put around the marker where the secret was a number, list or object of a JSON text, so that it stays JSON. */
  readonly wrap: string;
}

/** Called by a detector for every secret it finds. Order and overlaps do not matter. */
export type Report = (start: number, end: number, rule: RuleName, wrap?: string) => void;

/**
 * Looks for one family of secrets in a text whose markers are covered, in time linear in the text. The seam for further
 * layers (decoding ones among them): a detector that decodes a run reports the run as it stands in the text. `reading` is of this text.
 */
export type Detector = (text: string, report: Report, reading: Reading) => void;

/** A detector that needs nothing but the text. */
export type PlainDetector = (text: string, report: Report) => void;

/** Sorts the spans and joins those that overlap; of overlapping ones, the rule that names a kind and the longer one win. */
export function mergeSpans(spans: Span[]): Span[] {
  if (spans.length < 2) return spans;
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged[merged.length - 1];
    if (last === undefined || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = join(last, span);
  }
  return merged;
}

function join(a: Span, b: Span): Span {
  const end = Math.max(a.end, b.end);
  const named = a.rule.kind === undefined ? b : b.rule.kind === undefined ? a : longer(a, b);
  const outer = a.end === end ? a : undefined;
  return { start: a.start, end, rule: named.rule, wrap: outer?.wrap ?? '' };
}

function longer(a: Span, b: Span): Span {
  return b.end - b.start > a.end - a.start ? b : a;
}

/** The text with every span replaced by its marker. Spans are merged and in order. */
export function applySpans(text: string, spans: readonly Span[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, rule, wrap } of spans) {
    out += text.slice(from, start) + wrap + markerOf(rule.kind) + wrap;
    from = end;
  }
  return out + text.slice(from);
}

/** False for a span that only covers markers. */
export function holdsText(text: string, span: Span): boolean {
  for (let i = span.start; i < span.end; i++) if (text[i] !== FILLER) return true;
  return false;
}
