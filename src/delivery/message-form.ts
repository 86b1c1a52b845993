import type { MessageEntry, Renderer } from '../render/render.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import type { MessageForm } from './notice.ts';
import type { RejectReason } from './send-result.ts';

/** Ids that a notice without any text of the application names. */
const MAX_IDS = 20;

/** The text of a message in one of its forms. */
export function composeForm(
  form: MessageForm,
  renderer: Renderer,
  entries: readonly MessageEntry[],
  nowMs: number,
): WebhookMessage {
  if (form === 'plain') return renderer.plain(entries, nowMs);
  if (form === 'withheld') {
    const more = entries.length > MAX_IDS ? ` and ${entries.length - MAX_IDS} more` : '';
    const ids = `${entries
      .slice(0, MAX_IDS)
      .map(({ incident }) => incident.id)
      .join(', ')}${more}`;
    const first = entries[0]?.incident;
    return renderer.self(
      {
        priority: first?.priority ?? 'P1',
        title: 'A page whose text Discord refused',
        text: `Incident ${ids}: the server's own filter does not let its text through. Look in your logs.`,
      },
      nowMs,
    );
  }
  const message = renderer.post(entries, nowMs);
  if (form === 'full') return message;
  const { files: _left, ...withoutFiles } = message;
  return withoutFiles;
}

/** The next plainer form after a refusal; undefined when none is left. */
export function nextForm(form: MessageForm, reason: RejectReason): MessageForm | undefined {
  if (reason === 'too_large' && form === 'full') return 'without_files';
  if (reason === 'filtered') return form === 'withheld' ? undefined : 'withheld';
  if (form === 'full' || form === 'without_files') return 'plain';
  return form === 'plain' ? 'withheld' : undefined;
}
