import { diag, metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, expect, it, vi } from 'vitest';
import { createPager, type Pager } from '../../src/index.ts';
import { createMemorySink } from '../../src/testing.ts';

let pager: Pager | undefined;

afterEach(async () => {
  await pager?.shutdown();
  metrics.disable();
  diag.disable();
});

it('the pager reports its own numbers to the meter provider of the application, whenever that comes', async () => {
  pager = createPager({ env: {}, sink: createMemorySink(), serviceName: 'shop' });
  pager.page({ title: 'before there is a provider' });
  await pager.flush();
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  pager.page({ title: 'one' });
  pager.page({ title: 'two', error: new Error('with token=abcdefghijklmnopqrstuvwx') });
  pager.page({ title: 'one' });
  await pager.flush();
  await reader.forceFlush();
  const seen = Object.fromEntries(
    exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .filter(({ scope }) => scope.name === 'otel-discord-pager')
      .flatMap((scope) => scope.metrics)
      .map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.map(({ value }) => value)]),
  );
  expect(seen['pager.alerts.received']).toEqual([4]);
  expect(seen['pager.notices.posted']).toEqual([3]);
  expect(seen['pager.alerts.suppressed']).toEqual([1]);
  expect(seen['pager.outbox.size']).toEqual([0]);
  expect(seen['pager.delivery.duration']?.[0]).toMatchObject({ count: 2 });
  expect(JSON.stringify(exporter.getMetrics())).not.toContain('abcdefghijklmnop');
  await reader.shutdown();
});

it('warnings of the pager reach the diagnostic logger of the application, without a secret', async () => {
  const heard: string[] = [];
  const hear = (message: string): void => {
    heard.push(message);
  };
  diag.setLogger({ error: hear, warn: hear, info: hear, debug: hear, verbose: hear });
  pager = createPager({ env: {}, sink: createMemorySink(), serviceName: 'shop' });
  await pager.flush();
  pager.page({ title: 'x', channel: 'no-such-channel' });
  await pager.flush();
  pager.page({ title: 'y', channel: 'no-such-channel' });
  await pager.flush();
  // The API is loaded on the side, never in the way of a page.
  await vi.waitFor(() =>
    expect(heard.filter((line) => line.startsWith('otel-discord-pager'))).toEqual([
      expect.stringContaining('no-such-channel'),
    ]),
  );
});
