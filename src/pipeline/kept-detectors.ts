import { systemClock } from '../clock.ts';
import { type CheckedDetector, MAX_DETECTORS, readDetector } from './own-detector.ts';
import { createOwnDetectors, type OwnDetectors } from './own-detectors.ts';
import { isTooSlow } from './pattern-probe.ts';
import { RecentMap } from './recent-map.ts';

/** Different lists that are kept compiled. Trying out a pattern takes milliseconds, which not every call can. */
const MAX_KEPT = 16;
const kept = new RecentMap<string, OwnDetectors>(MAX_KEPT);

/**
 * The detectors of a list, tried out and compiled; kept by what they say, so that the next call with the same ones is cheap.
 * Where an entry cannot be used, every text is withheld. Undefined for an empty list.
 */
export function ownDetectorsOf(list: unknown): OwnDetectors | undefined {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [undefined];
  if (entries.length === 0) return undefined;
  const checked = entries.slice(0, MAX_DETECTORS).flatMap((entry) => {
    const reading = readDetector(entry);
    return reading.ok ? [reading.detector] : [];
  });
  const identity = JSON.stringify([checked.length === entries.length, ...checked.map(identityOf)]);
  const known = kept.get(identity);
  if (known !== undefined) return known;
  const { steadyMs } = systemClock;
  const usable = checked.filter((detector) => detector.kind === 'prefix' || !isTooSlow(detector.pattern, steadyMs));
  const own = createOwnDetectors(usable, { steadyMs }, usable.length < entries.length);
  kept.set(identity, own);
  return own;
}

function identityOf(detector: CheckedDetector): readonly unknown[] {
  if (detector.kind === 'pattern') return [detector.name, detector.pattern.source, detector.pattern.flags];
  return [detector.name, detector.prefix, detector.body.join(''), detector.minLength];
}
