import type { Incident, MessageRef, NotifyReason } from '../pipeline/incident.ts';
import type { Priority } from '../priority.ts';

/** In which form a message is tried; a refusal leads to the next plainer one. `withheld` holds no text of the application. */
export type MessageForm = 'full' | 'without_files' | 'plain' | 'withheld';

/** One incident's claim to be shown in a new message: what the outbox holds. */
export interface Notice {
  readonly incident: Incident;
  readonly reason: NotifyReason;
  readonly priority: Priority;
  /** The message that the new one continues. */
  readonly previous?: MessageRef;
  /** Since when it has been waiting, by a clock that nobody sets. */
  readonly enqueuedAtMs: number;
  /** When the occurrence behind it was captured: the start of the latency that is measured. */
  readonly capturedAtMs: number;
  form: MessageForm;
}

/** Notices of one class may share a message; classes never mix. */
export type NoticeClass = 'P0' | 'P1' | 'silent';

/** `P2`, `P3` and `DEV` make no sound and share messages. */
export function classOf(priority: Priority): NoticeClass {
  return priority === 'P0' || priority === 'P1' ? priority : 'silent';
}
