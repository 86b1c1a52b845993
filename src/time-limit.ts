import { type Context, createContext, Script } from 'node:vm';

/** What was running when its time was over. */
export const OVERRUN: unique symbol = Symbol('overrun');

/**
 * Runs work that is not ours and may never end: a regular expression that backtracks, a loop. After its time it is stopped, and
 * {@link OVERRUN} comes back; what it throws is thrown.
 *
 * It is stopped between two instructions, without its `catch` and `finally`: what it was about to change may be changed by half.
 * A call costs a few hundred microseconds, for the thread that keeps the time.
 */
export type TimeLimit = <T>(work: () => T) => T | typeof OVERRUN;

interface Stage {
  readonly context: Context & { run?: (() => void) | undefined };
  readonly script: Script;
}

let stage: Stage | undefined;

/** The engine stops only what runs in a script with a timeout; this one does nothing but call. */
function open(): Stage {
  stage ??= { context: createContext(Object.create(null) as Context), script: new Script('run()') };
  return stage;
}

export function createTimeLimit(limitMs: number): TimeLimit {
  return <T>(work: () => T): T | typeof OVERRUN => {
    let started = false;
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    try {
      const { context, script } = open();
      context.run = () => {
        started = true;
        try {
          outcome = { value: work() };
        } catch (error) {
          outcome = { error };
        }
      };
      script.runInContext(context, { timeout: limitMs, displayErrors: false });
      context.run = undefined;
    } catch {
      // Its time is over, or there is no such thing as a time limit here.
    }
    const ended = outcome as { readonly value: T } | { readonly error: unknown } | undefined;
    if (ended === undefined) return started ? OVERRUN : work();
    if ('error' in ended) throw ended.error;
    return ended.value;
  };
}
