import type { HttpTransport } from '../delivery/http-transport.ts';

/** A transport that remembers what went wrong last, in words that hold no URL. */
export interface NotedTransport extends HttpTransport {
  /** `ECONNREFUSED`, `HTTP 503`; undefined while nothing went wrong, and again after a request that went well. */
  readonly lastFault: string | undefined;
}

/** Wraps a transport so that a command can say why nothing arrived. */
export function withFaultNote(next: HttpTransport): NotedTransport {
  let lastFault: string | undefined;
  return {
    get lastFault() {
      return lastFault;
    },
    async request(request, signal) {
      try {
        const answer = await next.request(request, signal);
        lastFault = answer.status < 400 ? undefined : `HTTP ${answer.status}`;
        return answer;
      } catch (error) {
        lastFault = signal.aborted ? 'no answer' : (faultCode(error) ?? 'connection failed');
        throw error;
      }
    },
    close: () => next.close(),
  };
}

/** The code of a fault, also where it stands in one of its causes. Never its message, which names the URL. */
function faultCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code)) return code;
    current = cause;
  }
  return undefined;
}
