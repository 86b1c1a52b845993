import type { PagerPort, PortEvents } from './protocol.ts';

/** The port of a pager that is switched off: no thread, nothing captured, every flush done at once. */
export function startOffPort(events: PortEvents): PagerPort {
  return {
    canBlock: false,
    post(message) {
      if (message.kind !== 'flush' && message.kind !== 'shutdown') return;
      const { id } = message;
      queueMicrotask(() => events.message({ kind: 'flushed', id, result: { delivered: 0, spooled: 0, dropped: 0 } }));
    },
    pump() {},
    drainBlocking: () => false,
    end: () => Promise.resolve(),
  };
}
