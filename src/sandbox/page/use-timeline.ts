import { useEffect, useReducer } from 'preact/hooks';
import { afterEvent, EMPTY_TIMELINE, type Timeline } from './store.ts';

/** The timeline, kept up to date over the stream. The browser itself connects again when it is cut. */
export function useTimeline(): Timeline {
  const [timeline, dispatch] = useReducer(afterEvent, EMPTY_TIMELINE);
  useEffect(() => {
    const stream = new EventSource('/_sandbox/events');
    stream.addEventListener('snapshot', ({ data }) => dispatch({ kind: 'snapshot', snapshot: JSON.parse(data) }));
    stream.addEventListener('changes', ({ data }) => dispatch({ kind: 'changes', changes: JSON.parse(data) }));
    stream.addEventListener('error', () => dispatch({ kind: 'lost' }));
    return () => stream.close();
  }, []);
  return timeline;
}
