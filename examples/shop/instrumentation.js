// Loaded before the service: node --import ./instrumentation.js server.js
// The service itself knows nothing of it, and nothing of Discord.
import { trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { DiscordLogRecordExporter, DiscordSpanExporter, UrgentLogRecordProcessor } from 'otel-discord-pager';

// Name, version and environment come from OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
const resource = detectResources({ detectors: [envDetector] });

// Both exporters share one pager, which reads DISCORD_PAGER_WEBHOOK_URL and the other DISCORD_PAGER_… variables.
const exporter = new DiscordLogRecordExporter();

logs.setGlobalLoggerProvider(
  new LoggerProvider({
    resource,
    processors: [
      // What is urgent overtakes the queue of the batch processor. The processor of your OTLP exporter stands beside this one.
      new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter }), exporter),
    ],
  }),
);

trace.setGlobalTracerProvider(
  new BasicTracerProvider({
    resource,
    // Simple, because a failed request is to be heard of now; the exporter takes the failed ones only and never waits.
    spanProcessors: [new SimpleSpanProcessor(new DiscordSpanExporter())],
  }),
);
