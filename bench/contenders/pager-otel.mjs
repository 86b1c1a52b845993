import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createPager, DiscordLogRecordExporter, UrgentLogRecordProcessor } from '../../dist/index.js';

// Default options but for the state directory: a bench leaves nothing in anybody's home.
export function start({ url, channels, stateDir = 'none' }) {
  const pager = createPager({ webhooks: { default: url, ...channels }, stateDir });
  const exporter = new DiscordLogRecordExporter(pager);
  const logger = new LoggerProvider({
    processors: [new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter)],
  }).getLogger('bench');
  const emit = (severityNumber, severityText, error, channel) =>
    logger.emit({
      severityNumber,
      severityText,
      body: error.message,
      attributes: {
        'exception.type': error.name,
        'exception.message': error.message,
        'exception.stacktrace': error.stack,
        ...(channel === undefined ? {} : { 'pager.channel': channel }),
      },
    });
  return {
    error: (error, channel) => emit(17, 'ERROR', error, channel),
    fatal: (error) => emit(21, 'FATAL', error),
    info: (text) => logger.emit({ severityNumber: 9, severityText: 'INFO', body: text }),
    page: (error) => pager.page({ error }),
    mixed: (error, priority) => pager.page({ error, priority }),
  };
}
