import { createPager } from '../../dist/index.js';

// This package called by its own name, without OpenTelemetry or a logger.
export function start({ url, channels, stateDir = 'none' }) {
  const pager = createPager({ webhooks: { default: url, ...channels }, stateDir });
  return {
    error: (error) => pager.page({ error }),
    fatal: (error) => pager.page({ error, priority: 'P0' }),
  };
}
