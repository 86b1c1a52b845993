import type { CaptureFilter } from '../capture/capture-target.ts';
import { eventGlobsOf } from './channel-name.ts';
import type { ResolvedConfig } from './resolved-config.ts';

/** What the application's thread has to capture under this configuration. Plain: it survives the way there. */
export function captureFilterOf(config: ResolvedConfig): CaptureFilter {
  return {
    enabled: config.enabled,
    minPriority: config.minPriority,
    events: eventGlobsOf((channel) => config.channels.has(channel)),
    routes: config.routes.map(({ match }) => ({ ...match })),
  };
}
