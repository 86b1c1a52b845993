import type { ConfigProblem } from '../errors.ts';
import { type CheckedDetector, DETECTOR_KEYS, MAX_DETECTORS, readDetector } from '../pipeline/own-detector.ts';
import { isTooSlow } from '../pipeline/pattern-probe.ts';
import type { Finding, ValueType } from './finding.ts';
import { MAX_VALUE_CHARS } from './schema-type.ts';
import { describeFound, showName } from './shown-value.ts';

/** A detector with its place in the list it was written in. */
export interface NumberedDetector {
  readonly index: number;
  readonly detector: CheckedDetector;
}

const LIST = 'a list of { name, prefix, alphabet?, minLength? } or { name, pattern, flags? }';
const MEANWHILE = 'until then it is left out, and personal data is masked too.';

/** Detectors as a list, or as JSON text; a wrong one is listed and left out. Whether a pattern is fast enough is tried later. */
export const redactDetectorsType: ValueType<readonly NumberedDetector[]> = {
  syntax: '`[{ name, prefix, alphabet?, minLength? }]` or `[{ name, pattern, flags? }]`',
  read(value) {
    const list = typeof value === 'string' ? parseList(value) : value;
    if (!Array.isArray(list)) {
      const found = typeof value === 'string' ? 'a text that is no JSON list' : describeFound(value);
      return { findings: [{ found, expected: LIST, remedy: `Write a list; ${MEANWHILE}` }] };
    }
    const findings: Finding[] = [];
    const detectors: NumberedDetector[] = [];
    if (list.length > MAX_DETECTORS) {
      findings.push({
        found: `${list.length} detectors`,
        expected: `at most ${MAX_DETECTORS}`,
        remedy: `Join some: a pattern can have alternatives; those behind are left out, and personal data is masked too.`,
      });
    }
    for (const [index, entry] of list.slice(0, MAX_DETECTORS).entries()) {
      findings.push(...unknownKeys(entry, index));
      const reading = readDetector(entry);
      if (reading.ok) detectors.push({ index, detector: reading.detector });
      else {
        const { at, found, expected } = reading.fault;
        findings.push({ at: `[${index}]${at}`, found, expected, remedy: `Correct it; ${MEANWHILE}` });
      }
    }
    return detectors.length > 0 || findings.length === 0 ? { value: detectors, findings } : { findings };
  },
};

function parseList(text: string): unknown {
  try {
    return text.length <= MAX_VALUE_CHARS ? JSON.parse(text) : undefined;
  } catch {
    // What the engine says about it quotes it.
    return undefined;
  }
}

function unknownKeys(entry: unknown, index: number): Finding[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
  return Object.keys(entry)
    .filter((key) => !DETECTOR_KEYS.includes(key))
    .map((key) => ({
      at: `[${index}].${showName(key)}`,
      found: 'an unknown key',
      expected: DETECTOR_KEYS.join(', '),
      remedy: 'Correct or remove it: it has no effect, and until then personal data is masked too.',
    }));
}

/** Trying out all patterns together may take so long; what comes behind is refused. */
const MAX_TRIALS_MS = 3_000;

/** The detectors whose patterns end in time, and a problem for each of the others. */
export function withoutSlowPatterns(
  numbered: readonly NumberedDetector[],
  key: string,
  steadyMs: () => number,
): { readonly detectors: readonly CheckedDetector[]; readonly problems: readonly ConfigProblem[] } {
  const detectors: CheckedDetector[] = [];
  const problems: ConfigProblem[] = [];
  const sinceMs = steadyMs();
  for (const { index, detector } of numbered) {
    const isLate = steadyMs() - sinceMs > MAX_TRIALS_MS;
    if (detector.kind === 'prefix' || !(isLate || isTooSlow(detector.pattern, steadyMs))) {
      detectors.push(detector);
      continue;
    }
    problems.push({
      key: `${key}[${index}].pattern`,
      found: isLate ? 'a pattern that was not tried: those before it took too long' : 'a pattern that takes too long',
      expected: 'a pattern whose time grows no faster than the text',
      remedy: `Write { name, prefix, alphabet, minLength }, which is never slow; or begin the pattern with a lookbehind such as (?<![A-Za-z0-9]) and let no two repetitions match the same characters; ${MEANWHILE}`,
    });
  }
  return { detectors, problems };
}
