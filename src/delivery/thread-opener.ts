import type { Clock } from '../clock.ts';
import type { SecretText } from '../config/secret-text.ts';
import type { MessageRef } from '../pipeline/incident.ts';
import type { HttpTransport } from './http-transport.ts';
import { readAnswer } from './response.ts';

/** Opens a thread on a message that stands in a text channel. Never rejects: a page without its thread is a page all the same. */
export type OpenThread = (apiBase: string, message: MessageRef, name: string) => Promise<void>;

/** A day after the last word in it, it is put away. https://discord.com/developers/docs/resources/channel#start-thread-from-message */
const ARCHIVE_AFTER_MINUTES = 1_440;
const TIMEOUT_MS = 10_000;
/** A told wait that is longer is not worth it. */
const MAX_WAIT_MS = 30_000;
const MAX_TRIES = 3;
/** After a refusal nobody is asked again for so long: it takes a person to change a permission. */
const PAUSE_MS = 3_600_000;

const REMEDY: Readonly<Record<number, string>> = {
  401: 'the bot token is wrong; set DISCORD_PAGER_BOT_TOKEN anew',
  403: 'the bot may not; give it “View Channel” and “Create Public Threads” there',
  404: 'the bot does not see the message; invite it to the server, and into the channel',
};

/** A plain webhook cannot open a thread on a message of its own; a bot can. Its token goes to Discord and nowhere else. */
export function createThreadOpener(deps: {
  readonly transport: HttpTransport;
  readonly token: SecretText;
  readonly clock: Clock;
  readonly warn: (code: string, text: string) => void;
}): OpenThread {
  const { transport, token, clock, warn } = deps;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  return async (apiBase, { channelId, messageId }, name) => {
    if (channelId === undefined || clock.steadyMs() < pausedUntilMs) return;
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const stop = new AbortController();
      const done = new AbortController();
      void clock.sleep(TIMEOUT_MS, done.signal).then(() => stop.abort());
      try {
        const answer = await transport.request(
          {
            method: 'POST',
            url: `${apiBase}/channels/${channelId}/messages/${messageId}/threads`,
            json: JSON.stringify({ name, auto_archive_duration: ARCHIVE_AFTER_MINUTES }),
            authorization: `Bot ${token.reveal()}`,
          },
          stop.signal,
        );
        const result = readAnswer(answer, 'seconds');
        if (result.kind === 'delivered') return;
        if (result.kind === 'rejected') {
          // 160004: it has one already. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
          if (result.code === 160_004) return;
          pausedUntilMs = clock.steadyMs() + PAUSE_MS;
          const why =
            REMEDY[result.status] ?? `Discord refused it (HTTP ${result.status}, code ${result.code ?? 'none'})`;
          warn('thread', `no thread was opened on a P0: ${why}`);
          return;
        }
        const waitMs = result.kind === 'throttled' ? result.retryAfterMs : tries * 1_000;
        if (waitMs > MAX_WAIT_MS) return;
        await clock.sleep(waitMs);
      } catch {
        await clock.sleep(tries * 1_000);
      } finally {
        done.abort();
      }
    }
  };
}
