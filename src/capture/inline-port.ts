import type { PagerPort, PagerStart, PortEvents, ToPager } from './protocol.ts';

/** The pager as this thread runs it. */
export interface InlineRuntime {
  receive(message: ToPager): void;
  /** Writes down what is not yet, blocking. */
  saveNow(): void;
  end(): Promise<void>;
}

/** Loads the pager into this thread; handed in, so that nothing of it is loaded where a thread of its own does the work. */
export type LoadRuntime = (start: PagerStart, emit: PortEvents['message']) => Promise<InlineRuntime>;

/** What waits while the runtime is being loaded; beyond it the oldest go. */
const MAX_BUFFERED = 2_000;

/**
 * The pager in the application's own thread: where a thread of its own cannot be had or is not wanted. A dying process cannot
 * wait for it (nothing runs while this thread blocks), so `drainBlocking` writes down what is not yet, for the next process to
 * show, and answers false.
 */
export function startInlinePort(start: PagerStart, events: PortEvents, load: LoadRuntime): PagerPort {
  let runtime: InlineRuntime | undefined;
  let ended = false;
  const buffered: ToPager[] = [];
  load(start, (message) => {
    if (!ended) events.message(message);
  }).then(
    (loaded) => {
      runtime = loaded;
      for (const message of buffered.splice(0)) loaded.receive(message);
    },
    () => {
      ended = true;
      events.died('the pager could not be loaded');
    },
  );
  return {
    canBlock: false,
    post(message) {
      if (ended) return;
      if (runtime !== undefined) {
        runtime.receive(message);
        return;
      }
      buffered.push(message);
      if (buffered.length > MAX_BUFFERED) buffered.shift();
    },
    pump() {},
    drainBlocking() {
      runtime?.saveNow();
      return false;
    },
    async end() {
      ended = true;
      // What fails at the end is nothing the application could do anything about.
      await runtime?.end().catch(() => undefined);
    },
  };
}
