// Loaded before the application: node --import ./instrumentation.js server.js
// The application itself knows nothing of it, and nothing of Discord.
import { register } from 'node:module';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { register as registerSyncHooks, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';
import { DiscordLogRecordExporter, DiscordSpanExporter, UrgentLogRecordProcessor } from 'otel-discord-pager';

// Instrumentations reach what is loaded by `import` through a loader hook alone. Newer Node lines warn of the asynchronous kind,
// older ones have no other.
if (supportsSyncHooks()) registerSyncHooks();
else register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

const logRecordProcessors = [];
const spanProcessors = [];

// Your own exporters, as they were before: here to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, if it does.
if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  logRecordProcessors.push(new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() }));
  spanProcessors.push(new BatchSpanProcessor({ exporter: new OTLPTraceExporter() }));
}

// The pages. Both exporters share one pager, which reads DISCORD_PAGER_WEBHOOK_URL and the other DISCORD_PAGER_… variables.
const discord = new DiscordLogRecordExporter();
logRecordProcessors.push(
  // The batch processor holds a record back; what is urgent overtakes it.
  new UrgentLogRecordProcessor(new BatchLogRecordProcessor({ exporter: discord }), discord),
);
spanProcessors.push(new BatchSpanProcessor({ exporter: new DiscordSpanExporter() }));

const sdk = startNodeSdk({ logRecordProcessors, spanProcessors, instrumentations: [new HttpInstrumentation()] });

// Once the server is closed and nothing is left to do, what the processors still hold goes out.
process.once('beforeExit', async () => {
  try {
    await sdk.shutdown();
  } catch (error) {
    console.error('Telemetry was lost at the end:', error);
  }
});
