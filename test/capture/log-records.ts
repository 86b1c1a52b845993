import type { ReadableLogRecord } from '../../src/capture/otel-types.ts';

/** A log record as the SDK hands it over. */
export function makeRecord(given: Partial<ReadableLogRecord> = {}): ReadableLogRecord {
  return {
    hrTime: [1_750_000_000, 0],
    severityNumber: 17,
    body: 'something broke',
    resource: { attributes: {} },
    instrumentationScope: { name: 'test' },
    attributes: {},
    ...given,
  };
}
