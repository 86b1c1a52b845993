import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './child.ts';

/**
 * The files that take the longest, the longest first. With one of them begun last, the other processors would wait for it at the
 * end. Nothing breaks when this list is out of date.
 */
const LONGEST: readonly string[] = [
  'test/end-to-end/hostile-lines-and-pages.test.ts',
  'test/end-to-end/hostile-log-records.test.ts',
  'test/render/renderer-limits.test.ts',
  'test/pipeline/redact-properties.test.ts',
  'test/browser/timeline-page.test.ts',
  'test/examples/compose.test.ts',
  'test/package/package.test.ts',
  'test/cli/run.test.ts',
  'test/examples/scripts.test.ts',
  'test/documentation.test.ts',
  'test/examples/for-real.test.ts',
  'test/examples/services.test.ts',
];

/** Begins with what takes the longest; the others keep the order that vitest gives them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONGEST.indexOf(relative(ROOT, moduleId));
      return index < 0 ? LONGEST.length : index;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
