import type { Renderer } from './render/render.ts';
import type { WebhookMessage } from './render/webhook-message.ts';

/** A renderer whose names of threads and posts have been looked at like every other outgoing text. */
export function withGatedNames(renderer: Renderer, gate: (message: WebhookMessage) => WebhookMessage): Renderer {
  return {
    ...renderer,
    threadName(entries) {
      const name = renderer.threadName(entries);
      return gate({ content: name, embeds: [], allowed_mentions: { parse: [] } }).content ?? name;
    },
  };
}
