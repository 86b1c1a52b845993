/** Listeners by event name; a listener that throws is reported as a process warning and disturbs nobody. */
export class Events<EventMap extends object> {
  readonly #listeners = new Map<keyof EventMap, Set<(value: never) => void>>();

  /** Calls the listener for every event of that name; gives back the function that ends it. */
  on<Name extends keyof EventMap>(name: Name, listener: (value: EventMap[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    // A wrapper of its own, so that the same function can listen twice and each registration ends by itself.
    const own = (value: EventMap[Name]): void => listener(value);
    listeners.add(own);
    return () => {
      listeners.delete(own);
    };
  }

  emit<Name extends keyof EventMap>(name: Name, value: EventMap[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as (value: EventMap[Name]) => void)(value);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
