import type { SpanContext } from './otel-types.ts';
import type { PagerCounters } from './protocol.ts';
import type { DiagLogger } from './warning-printer.ts';

/** The part of the metrics API that is used; the same on all 1.x versions. */
interface ObservableResult {
  observe(value: number, attributes?: Record<string, string>): void;
}
interface Meter {
  createObservableCounter(
    name: string,
    options: object,
  ): { addCallback(callback: (result: ObservableResult) => void): void };
  createObservableGauge(
    name: string,
    options: object,
  ): { addCallback(callback: (result: ObservableResult) => void): void };
  createHistogram(name: string, options: object): { record(value: number): void };
}
/** The part of `@opentelemetry/api` that is used. */
export interface OtelApi {
  readonly metrics: { getMeter(name: string, version?: string): Meter; getMeterProvider(): object };
  readonly diag: DiagLogger;
  readonly trace?: { getActiveSpan(): { spanContext(): SpanContext } | undefined };
}

/**
 * The pager's own metrics on the application's meter provider, whenever that is registered: the metrics API has no stand-in
 * for a provider that comes later, so it is looked for again with every report until there is one.
 */
export class OtelSelfReport {
  readonly #api: OtelApi;
  readonly #counters: () => PagerCounters & { readonly received: number };
  readonly #version: string;
  #provider: object;
  #latency: { record(value: number): void } | undefined;

  /** Reads the counters when metrics are collected. */
  constructor(api: OtelApi, version: string, counters: () => PagerCounters & { readonly received: number }) {
    this.#api = api;
    this.#version = version;
    this.#counters = counters;
    // The no-op that stands until an SDK registers its own.
    this.#provider = api.metrics.getMeterProvider();
    this.#instrument();
  }

  /** Records how long pages took from capture to Discord's answer. */
  report(latenciesMs: readonly number[]): void {
    const provider = this.#api.metrics.getMeterProvider();
    if (provider !== this.#provider) {
      this.#provider = provider;
      this.#instrument();
    }
    for (const latencyMs of latenciesMs) this.#latency?.record(latencyMs / 1000);
  }

  #instrument(): void {
    const meter = this.#api.metrics.getMeter('otel-discord-pager', this.#version);
    const count = (
      name: string,
      description: string,
      read: (counters: PagerCounters & { readonly received: number }) => number,
    ): void => {
      meter
        .createObservableCounter(name, { description, unit: '{alert}' })
        .addCallback((result) => result.observe(read(this.#counters())));
    };
    count('pager.alerts.received', 'Occurrences captured', (counters) => counters.received);
    count('pager.notices.posted', 'Notices shown in an accepted message', (counters) => counters.posted);
    count('pager.messages.edited', 'Edits accepted', (counters) => counters.edited);
    count('pager.alerts.suppressed', 'Occurrences counted without a new message', (counters) => counters.suppressed);
    meter
      .createObservableCounter('pager.notices.dropped', {
        description: 'Notices never shown, by reason',
        unit: '{alert}',
      })
      .addCallback((result) => {
        for (const [reason, dropped] of Object.entries(this.#counters().dropped)) result.observe(dropped, { reason });
      });
    meter
      .createObservableGauge('pager.outbox.size', { description: 'Notices that wait', unit: '{alert}' })
      .addCallback((result) => result.observe(this.#counters().queued));
    this.#latency = meter.createHistogram('pager.delivery.duration', {
      description: 'From capture to the accepted message',
      unit: 's',
    });
  }
}
