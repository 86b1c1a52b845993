import type { Alert } from '../alert.ts';
import type { CaptureTarget, Occurrence } from './capture-target.ts';

/** What the repeat counter decided about a sighting: the key and count its alert carries. */
interface SightingVerdict {
  readonly repeatKey: number;
  readonly count: number;
}

/**
 * One log record, span, line or call, read but not mapped yet: most of them turn out to be repeats, and then the rest of the work is
 * never done.
 */
export interface Sighting {
  readonly occurrence: Occurrence;
  /** Plain and bounded. To be called before the source may change, at most once. */
  toAlert(verdict: SightingVerdict): Alert;
}

/** Hands a sighting over unless it is a repeat or was seen before. */
export function captureSighting(target: CaptureTarget, sighting: Sighting): void {
  const verdict = target.observe(sighting.occurrence);
  if (verdict.kind === 'new') target.capture(sighting.toAlert(verdict));
}

let lastId = 0;

/** An id that no other alert of this thread has. */
export function nextAlertId(): string {
  lastId += 1;
  return `a${lastId.toString(36)}`;
}
