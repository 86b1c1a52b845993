import { HostPager } from './capture/host-pager.ts';
import { LogRecordCapture } from './capture/log-record-exporter.ts';
import type { Pager } from './capture/pager-handle.ts';
import { SpanCapture } from './capture/span-exporter.ts';
import { createHostPager, type PagerOptions, pagerFromEnvironment } from './create-pager.ts';

/** What an exporter pages through: options of its own, a pager that others use as well, or nothing, which is the environment. */
export type ExporterTarget = PagerOptions | Pager;

/**
 * OpenTelemetry log records → pages. Works with the batch and the simple processor of every SDK line (1.30, 2.x, 3.x); put an
 * `UrgentLogRecordProcessor` in front of the batch processor, or a fatal waits in its queue.
 *
 * `export()` calls back as soon as the records are captured, not when they are delivered; `forceFlush()` and `shutdown()` wait for
 * delivery, at most the exit timeout. Given options it has a pager of its own, which ends with it; a pager that is handed in, or
 * the one of the environment, is flushed and lives on. Nothing is thrown.
 */
export class DiscordLogRecordExporter extends LogRecordCapture {
  constructor(target?: ExporterTarget) {
    super(toTarget(target));
  }
}

/**
 * OpenTelemetry spans → pages: spans that end in an error at the root or as SERVER or CONSUMER (P1), and spans that carry `pager.*`.
 * Only sampled spans reach an exporter. Otherwise as {@link DiscordLogRecordExporter}.
 */
export class DiscordSpanExporter extends SpanCapture {
  constructor(target?: ExporterTarget) {
    super(toTarget(target));
  }
}

/** The pager is started now and not with the first record: what is wrong shows at the start, and the first page is fast. */
function toTarget(target: ExporterTarget | undefined): { resolve: () => HostPager; ownsTarget: boolean } {
  if (target === undefined) {
    const pager = pagerFromEnvironment();
    return { resolve: () => pager, ownsTarget: false };
  }
  if (target instanceof HostPager) return { resolve: () => target, ownsTarget: false };
  const pager = createHostPager(target as PagerOptions);
  return { resolve: () => pager, ownsTarget: true };
}
