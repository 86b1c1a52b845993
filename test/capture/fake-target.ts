import type { Alert, RepeatCount } from '../../src/alert.ts';
import type {
  CaptureFilter,
  CaptureTarget,
  FlushResult,
  ObserveVerdict,
  Occurrence,
} from '../../src/capture/capture-target.ts';
import { createRepeatCounter, type RepeatCounter } from '../../src/capture/repeat-counter.ts';

const WARNINGS_AND_UP: CaptureFilter = { enabled: true, minPriority: 'P2', events: [], routes: [] };

/** What a pager looks like to the captures, with the real repeat counter. */
export class FakeTarget implements CaptureTarget {
  filter: CaptureFilter = WARNINGS_AND_UP;
  readonly alerts: Alert[] = [];
  readonly occurrences: Occurrence[] = [];
  flushes = 0;
  shutdowns = 0;
  nowMs = 1_750_000_000_000;
  readonly counter: RepeatCounter = createRepeatCounter({ now: () => this.nowMs, seed: 42 });

  observe(occurrence: Occurrence): ObserveVerdict {
    this.occurrences.push(occurrence);
    return this.counter.observe(occurrence);
  }

  hasPagedTrace(traceId: string): boolean {
    return this.counter.hasPagedTrace(traceId);
  }

  capture(alert: Alert): void {
    this.alerts.push(alert);
  }

  async flush(): Promise<FlushResult> {
    this.flushes++;
    return { delivered: this.alerts.length, spooled: 0, dropped: 0 };
  }

  async shutdown(): Promise<void> {
    this.shutdowns++;
  }

  /** Alerts and counted repeats together. */
  total(repeats: readonly RepeatCount[] = this.counter.drain()): number {
    const counted = repeats.reduce((sum, repeat) => sum + repeat.count, 0);
    return counted + this.alerts.reduce((sum, alert) => sum + alert.count, 0);
  }

  get only(): Alert {
    const [alert, ...more] = this.alerts;
    if (alert === undefined || more.length > 0) throw new Error(`expected one alert, got ${this.alerts.length}`);
    return alert;
  }
}
