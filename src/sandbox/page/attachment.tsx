import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { MessageStateView } from '../view.ts';
import { Icon } from './icons.tsx';

type AttachmentView = MessageStateView['attachments'][number];

/** A file under a message: its name, which saves it, its size, and its text for whoever asks. Every file of the pager is text. */
export function Attachment({ messageId, file }: { messageId: string; file: AttachmentView }): VNode {
  const { id, filename, sizeBytes } = file;
  const path = `/_sandbox/files/${messageId}/${id}`;
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState<string>();
  const toggle = async (): Promise<void> => {
    setOpen(!isOpen);
    if (isOpen || text !== undefined) return;
    const answer = await fetch(path).catch(() => undefined);
    setText(answer?.ok ? await answer.text() : 'This file is no longer there.');
  };
  return (
    <>
      <div class="attachment">
        <Icon name="file" />
        <div>
          <a href={path} download={filename}>
            {filename}
          </a>
          <div class="attachment-size">{formatBytes(sizeBytes)}</div>
        </div>
        <button
          type="button"
          class="fact is-button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Hide' : 'Show'} ${filename}`}
          onClick={() => void toggle()}
        >
          {isOpen ? 'Hide' : 'Show'}
        </button>
      </div>
      {isOpen && text !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <pre class="attachment-text" tabIndex={0}>
          {text}
        </pre>
      )}
    </>
  );
}

/** `812 B`, `3.4 KB`, `2.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const kb = bytes / 1_024;
  return kb < 1_024 ? `${kb.toFixed(1)} KB` : `${(kb / 1_024).toFixed(1)} MB`;
}
