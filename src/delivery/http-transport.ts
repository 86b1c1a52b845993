import type { AttachedText } from '../render/webhook-message.ts';
import type { HttpAnswer } from './response.ts';

/** One request to Discord. `files` make it multipart. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Holds the token: for the wire only. */
  readonly url: string;
  readonly json?: string;
  readonly files?: readonly AttachedText[];
  /** A bot's credentials: for the wire only. */
  readonly authorization?: string;
}

/**
 * The network. `request` resolves with whatever was answered and rejects when nothing was; the rejection's message is never
 * shown, because it may quote the URL.
 */
export interface HttpTransport {
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Ends idle connections. */
  close(): Promise<void>;
}
