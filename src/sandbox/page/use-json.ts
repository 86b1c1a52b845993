import { useEffect, useState } from 'preact/hooks';

/** What the sandbox answers at a path, asked again when the version changes; undefined until the first answer. */
export function useJson<Value>(path: string, version: unknown): Value | undefined {
  const [answer, setAnswer] = useState<{ readonly path: string; readonly value: Value }>();
  useEffect(() => {
    const left = new AbortController();
    fetch(path, { signal: left.signal })
      .then((response) => (response.ok ? (response.json() as Promise<Value>) : undefined))
      .then((value) => {
        if (value !== undefined) setAnswer({ path, value });
      })
      .catch(() => undefined);
    return () => left.abort();
  }, [path, version]);
  return answer?.path === path ? answer.value : undefined;
}
