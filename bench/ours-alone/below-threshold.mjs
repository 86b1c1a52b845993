import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createPager, DiscordLogRecordExporter, UrgentLogRecordProcessor } from '../../dist/index.js';
import { median } from '../report/numbers.mjs';

const RECORDS = 100_000;
const ROUNDS = 15;
const RECORD = {
  severityNumber: 9,
  severityText: 'INFO',
  body: 'GET /cart 200',
  attributes: { 'http.route': '/cart', 'user.id': 'u-17', duration: 12.3 },
};

function perRecordUs(logger) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < RECORDS; i++) logger.emit(RECORD);
  return Number(process.hrtime.bigint() - start) / 1000 / RECORDS;
}

/** What the pager adds to a record that it does not show, beside what the SDK alone takes. In turns, as everywhere. */
export async function measureAddedBelowThreshold(webhookUrl) {
  const pager = createPager({ webhooks: { default: webhookUrl }, stateDir: 'none', bootCheck: 'off' });
  const exporter = new DiscordLogRecordExporter(pager);
  const nothing = { onEmit() {}, forceFlush: async () => {}, shutdown: async () => {} };
  const urgent = new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter);
  const withPager = new LoggerProvider({ processors: [urgent] }).getLogger('bench');
  const alone = new LoggerProvider({ processors: [nothing] }).getLogger('bench');
  perRecordUs(alone);
  perRecordUs(withPager);
  const rounds = Array.from({ length: ROUNDS }, () => ({ sdkUs: perRecordUs(alone), bothUs: perRecordUs(withPager) }));
  await pager.shutdown();
  return {
    sdkUs: median(rounds.map(({ sdkUs }) => sdkUs)),
    addedUs: median(rounds.map(({ sdkUs, bothUs }) => bothUs - sdkUs)),
  };
}
